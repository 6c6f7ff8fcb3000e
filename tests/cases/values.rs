//! Values, digits and arithmetic.

use exhibit_tests::cases::Case;
use serde_json::Value;

/// A fact of a case by its address.
fn fact(facts: &Value, address: &str) -> Value {
    let mut all = facts["facts"].as_array().expect("facts").iter();
    let found = all.find(|fact| fact["address"] == address);
    found.unwrap_or_else(|| panic!("no {address}")).clone()
}

/// Bounds go through arithmetic.
#[test]
fn arithmetic_qualifiers() {
    let case = Case::open("arithmetic-qualifiers");
    let _ = case.build();
    let facts = case.facts();
    for (address, qualifier, ends) in [
        // More than 10,000 over 40 to 50%, and so on: never more than is known.
        ("q@2020", "more_than", ["20000", "-", "-"]),
        ("r@2021", "range", ["-", "35600", "44500"]),
        ("t@2021", "more_than", ["9434", "-", "-"]),
        ("u@2020..2022", "range", ["-", "-100", "25"]),
        (
            "v@2021..2022",
            "range",
            ["-", "-100", "-29.77528089887640449438202247191011"],
        ),
        ("w@2022", "less_than", ["3750", "-", "-"]),
    ] {
        let fact = fact(&facts, address);
        assert_eq!(fact["qualifier"], qualifier, "{address}: {fact}");
        let found = ["amount", "low", "high"].map(|key| fact[key].as_str().unwrap_or("-"));
        assert_eq!(found, ends, "{address}");
    }
    assert_eq!(fact(&facts, "r@2021")["approximate"], true);
}

/// A poll and a survey: estimates keep point, interval and level, in data, sentences and pictures.
#[test]
fn estimate_intervals() {
    let case = Case::open("estimate-intervals");
    let _ = case.build();
    let facts = case.facts();
    for (address, sentence) in [
        ("rate@2023-Q4", "12.3% (95% CI 11.9 to 12.7)"),
        ("rate@2023-Q2", "12.3% (11.9 to 12.7)"),
        ("vote[party=Blue]@2024-02", "20.1% (95% CI 17.6 to 22.6)"),
        ("change@2024-02", "1.5% (at least 90% CI −4.2 to 7.2)"),
        ("change_independent@2024-02", "1.5% (95% CI −2.6 to 5.6)"),
        ("vote[party=Other]@2024-02", "suppressed"),
    ] {
        assert_eq!(fact(&facts, address)["sentence"], sentence, "{address}");
    }
    let picture = |name: &str| String::from_utf8(case.output(name)).expect("SVG is text");
    let titles = case.run(&["explain", "rate@2023-Q4", "brief.yaml"]);
    assert!(
        titles.data.contains("interval   95% CI 11.9 to 12.7"),
        "{}",
        titles.data
    );
    for (name, spoken) in [
        (
            "charts/parties.svg",
            "twenty-two point four per cent, ninety-five per cent confidence interval nineteen point nine to twenty-five point zero",
        ),
        (
            "charts/rates.svg",
            "twelve point three per cent, ninety-five per cent confidence interval",
        ),
    ] {
        let svg = picture(name);
        assert!(svg.contains(spoken), "{name}");
    }
    // The table has the sign of a suppressed value, and a note below it.
    let table = picture("charts/answers.svg");
    assert!(table.contains("c: suppressed."), "no note");
    assert!(picture("charts/parties.svg").contains("Whiskers: 95% confidence intervals."));
    assert!(
        picture("charts/rates.svg")
            .contains("Band: confidence intervals (95%; some without a stated level).")
    );
}

/// An order that intervals do not support is refused, in a claim and in a sort.
#[test]
fn estimate_intervals_claims() {
    let case = Case::open("estimate-intervals").with(
        "brief.yaml",
        "vote[party=Green]@2024-02 ~ vote[party=Blue]@2024-02",
        "vote[party=Green]@2024-02 > vote[party=Blue]@2024-02",
    );
    let run = case.check();
    assert_ne!(run.code, 0);
    assert!(run.talk.contains("unsupported-claim"), "{}", run.talk);
    let talk = run.talk.replace('\u{a0}', " ");
    assert!(talk.contains("22.4% (95% CI 19.9 to 25.0)"), "{}", run.talk);
    let case = Case::open("estimate-intervals").with("brief.yaml", "sort: data", "sort: value");
    let run = case.check();
    assert_ne!(run.code, 0);
    assert!(run.talk.contains("unsupported-order"), "{}", run.talk);
}
