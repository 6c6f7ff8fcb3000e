//! Two editions of one brief: what is told of each kind of change, and what it reaches.

use exhibit_core::diff::{Diff, Kind, diff, markdown, text};
use exhibit_core::{article, compile};
use exhibit_facts::facts::Facts;

fn edition(changes: &[(&str, &str)]) -> Facts {
    let (mut brief, mut data) = (article::BRIEF.to_owned(), article::DATA.to_owned());
    for (from, to) in changes {
        assert!(
            brief.contains(from) != data.contains(from),
            "{from} stands in one of the two"
        );
        brief = brief.replace(from, to);
        data = data.replace(from, to);
    }
    let done = compile("brief.yaml", &brief, &mut |_| {
        Ok(("data.yaml".to_owned(), data.clone()))
    });
    done.facts
        .unwrap_or_else(|| panic!("{:#?}", done.report.findings()))
}

fn told(diff: &Diff) -> Vec<(&str, Kind)> {
    diff.changes
        .iter()
        .filter(|change| change.kind != Kind::Unchanged)
        .map(|change| (change.address.as_str(), change.kind))
        .collect()
}

#[test]
fn a_revision_reaches_what_is_computed_said_and_drawn() {
    let old = article::facts();
    let new = edition(&[(
        "{at: 2023, value: 19.1 billion, from: \"article §3 ¶9\", evidence: 19.1 billion}",
        "{at: 2023, value: 19.5 billion, from: \"article §3 ¶9\", evidence: 19.5 billion}",
    )]);
    let found = diff(&old, &new);
    let revised: Vec<&str> = told(&found)
        .into_iter()
        .map(|(address, kind)| {
            assert_eq!(kind, Kind::Revised);
            address
        })
        .collect();
    assert_eq!(
        revised,
        [
            "rd_spend@2023",
            "rd_before@2022",
            "national_science@2023",
            "flat_spend@2024..",
            "rd_per_head@2023"
        ]
    );
    let spend = &found
        .changes
        .iter()
        .find(|change| change.address == "rd_spend@2023")
        .expect("it is told");
    assert_eq!(
        (spend.old.as_deref(), spend.new.as_deref()),
        (Some("19.1 billion yuan"), Some("19.5 billion yuan"))
    );
    assert!(!spend.derived && !spend.resourced);
    assert!(
        found
            .sentences
            .iter()
            .any(|sentence| sentence.new.contains("19.5 billion yuan")
                && sentence.facts.contains(&"rd_before@2022".to_owned()))
    );
    let exhibits: Vec<&str> = found
        .exhibits
        .iter()
        .map(|exhibit| exhibit.id.as_str())
        .collect();
    assert_eq!(exhibits, ["spend"]);
    let told = text(&found);
    assert!(
        told.contains("revised      rd_spend@2023  19.1 billion yuan → 19.5 billion yuan"),
        "{told}"
    );
    assert!(
        markdown(&found).contains(
            r"| revised, computed | `rd_before@2022` | \~ 16.0 billion yuan | \~ 16.4 billion yuan |"
        ),
        "{}",
        markdown(&found)
    );
}

#[test]
fn each_kind_of_change_has_its_name() {
    let old = article::facts();
    for (from, to, expected) in [
        (
            "value: 28, basis: buyers",
            "value: \"~ 28\", basis: buyers",
            ("women_share[basis=buyers]@2024", Kind::Requalified),
        ),
        (
            "{at: 2024, value: 14, from",
            "{at: 2024, value: 14, status: estimated, from",
            ("phone_years@2024", Kind::Requalified),
        ),
        (
            "{at: 2024, value: 14, from",
            "{at: 2022, value: 14, from",
            ("phone_years@2022", Kind::Added),
        ),
        (
            "{unknown: a drop is stated but not its size}",
            "-5",
            ("phone_sales_change@2016", Kind::Requalified),
        ),
        (
            "crisis: {at: 2016, label",
            "crisis: {at: 2015, label",
            ("event:crisis", Kind::Revised),
        ),
    ] {
        // The new number of what was unknown is not in its evidence.
        let evidence = if to == "-5" {
            ("evidence: drop", "evidence: \"5\"")
        } else {
            ("Lei Jun’s morning distance", "Lei Jun’s daily distance")
        };
        let new = edition(&[(from, to), evidence]);
        let found = diff(&old, &new);
        assert!(
            told(&found).contains(&expected),
            "{expected:?}: {:?}",
            told(&found)
        );
    }
    let gone = diff(
        &edition(&[("{at: 2024, value: 14, from", "{at: 2022, value: 14, from")]),
        &old,
    );
    assert!(told(&gone).contains(&("phone_years@2022", Kind::Removed)));
}

#[test]
fn a_new_place_is_told_and_is_no_revision() {
    let new = edition(&[(
        "from: \"article §1 ¶10\", evidence: \"14\"",
        "from: \"article §1 ¶11\", evidence: \"14\"",
    )]);
    let found = diff(&article::facts(), &new);
    assert_eq!(told(&found), []);
    let change = found
        .changes
        .iter()
        .find(|change| change.address == "phone_years@2024")
        .expect("it is listed");
    assert!(change.resourced);
    assert_eq!(text(&found), "resourced    phone_years@2024  14 years\n");
    let row = "| resourced | `phone_years@2024` | 14 years | 14 years |";
    assert!(markdown(&found).contains(row), "{}", markdown(&found));
    let same = diff(&new, &new);
    assert_eq!(
        (text(&same).as_str(), markdown(&same).as_str()),
        ("", "No figure changes.\n")
    );
}

#[test]
fn what_the_author_rewrites_is_not_laid_to_the_data() {
    let new = edition(&[("That refutes the forecast.", "That settles it.")]);
    assert!(diff(&article::facts(), &new).is_empty());
}
