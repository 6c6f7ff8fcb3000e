//! Texts: what is a figure, what is markup, what has the same letters; and numbers as an editor prints them.

use exhibit_core::compile;
use exhibit_facts::facts::{Block, Content, Facts};
use exhibit_tests::cases::Case;

/// The facts of a case, compiled.
fn facts(case: &Case) -> Facts {
    let read = |name: &str| std::fs::read_to_string(case.folder().join(name)).expect("a file");
    let done = compile("brief.yaml", &read("brief.yaml"), &mut |name| {
        Ok((name.to_owned(), read(name)))
    });
    done.facts.unwrap_or_else(|| panic!("{:?}", done.report))
}

/// The text of the body, a line a paragraph, ties as plain spaces.
fn prose(facts: &Facts) -> String {
    fn lines(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(prose) => out.push(prose.text()),
                Block::List { items, .. } => items.iter().for_each(|item| lines(item, out)),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    lines(&facts.body, &mut out);
    plain(&out.join("\n"))
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The numbers that a chart prints, series by series.
fn labels(facts: &Facts, exhibit: &str) -> Vec<String> {
    let found = facts.exhibits.iter().find(|found| found.id == exhibit);
    let Content::Chart(chart) = &found.expect("an exhibit").content else {
        panic!("a chart")
    };
    let data = chart
        .series
        .iter()
        .flat_map(|series| series.data.iter().flatten());
    data.map(|datum| plain(&datum.forms.number)).collect()
}

/// The notes under an exhibit.
fn notes(facts: &Facts, exhibit: &str) -> String {
    let found = facts.exhibits.iter().find(|found| found.id == exhibit);
    let notes = &found.expect("an exhibit").notes;
    notes
        .iter()
        .map(|note| note.text())
        .collect::<Vec<_>>()
        .join(" ")
}

/// 12 deaths minus 11 is 1 death.
#[test]
fn digits_difference() {
    let case = Case::open("digits-difference");
    assert_eq!(
        prose(&facts(&case)),
        "The difference is 1 death, 1 death, 0 deaths, about 2.8 times."
    );
    let _ = case.build();
}

/// Millions have three digits, the labels of a chart one number of decimals, and their note says once that they are rounded.
#[test]
fn digits_million() {
    let case = Case::open("digits-million");
    let done = facts(&case);
    assert_eq!(
        prose(&done),
        "The difference is about 1.37 million jobs; about 12.4 million jobs."
    );
    for exhibit in ["a", "b"] {
        assert_eq!(labels(&done, exhibit), ["12.4", "13.7", "24.0"]);
        assert_eq!(notes(&done, exhibit), "Numbers are rounded in print.");
    }
    // A voice and the data say it exactly.
    let fact = done.fact("d@2022..2023").expect("the difference");
    assert_eq!(fact.forms.spoken, "one point three six five million jobs");
    let json = case.facts();
    let amount = |address: &str| {
        let all = json["facts"].as_array().expect("facts");
        let fact = all.iter().find(|fact| fact["address"] == address);
        fact.expect("a fact")["amount"].as_str().map(str::to_owned)
    };
    assert_eq!(amount("d@2022..2023").as_deref(), Some("1365000"));
    let _ = case.build();
}

/// `digits` and `decimals` of an exhibit, a series and a column of a table.
#[test]
fn digits_as_asked() {
    let chart = |keys: &str| {
        let case = Case::open("digits-million").with(
            "brief.yaml",
            "of: j, over: period, in: million}}",
            &format!("of: j, over: period, in: million, {keys}}}}}"),
        );
        labels(&facts(&case), "a")
    };
    assert_eq!(chart("decimals: 2"), ["12.36", "13.73", "24.00"]);
    assert_eq!(chart("decimals: 0"), ["12", "14", "24"]);
    assert_eq!(chart("digits: 2"), ["12", "14", "24"]);
    assert_eq!(chart("digits: 5"), ["12.360", "13.725", "24.000"]);
    let case = Case::open("digits-million").with(
        "brief.yaml",
        "  b: {column: {title: without, subtitle: Jobs, of: k, over: period, in: million}}",
        "  b:
    column:
      {title: both, subtitle: Jobs, in: million, categories: [\"2022\", \"2023\"], series: [
        {label: J, of: [j@2022, j@2023], decimals: 3},
        {label: K, of: [k@2022, k@2023]}]}
  t:
    table:
      {title: T, head: [Year, J, K], decimals: [null, 2, null], rows: [
        {label: One, cells: [\"{{ j@2022 | in million | number }}\", \"{{ k@2022 | in million | number }}\"]},
        {label: Two, cells: [\"{{ j@2024 | in million | number }}\", \"{{ k@2024 | in million | number }}\"]}]}",
    );
    let case = case.with(
        "brief.yaml",
        "  - exhibit: b",
        "  - exhibit: b\n  - exhibit: t",
    );
    let done = facts(&case);
    assert_eq!(labels(&done, "b"), ["12.360", "13.725", "12.4", "13.7"]);
    let table = done.exhibits.iter().find(|found| found.id == "t");
    let Content::Table(table) = &table.expect("the table").content else {
        panic!("a table")
    };
    let cells = |column: usize| {
        let cells = table.rows.iter().map(|row| row.cells[column].text.as_str());
        cells.collect::<Vec<_>>()
    };
    assert_eq!(cells(0), ["12.36\u{a0}million", "24.00\u{a0}million"]);
    assert_eq!(cells(1), ["12.4\u{a0}million", "24.0\u{a0}million"]);
    assert_eq!(notes(&done, "t"), "Numbers are rounded in print.");
    let both = Case::open("digits-million").with(
        "brief.yaml",
        "of: j, over: period, in: million}}",
        "of: j, over: period, in: million, digits: 2, decimals: 1}}",
    );
    let run = both.check();
    assert!(run.talk.contains("exclude each other"), "{}", run.talk);
}

/// Composed and decomposed letters are one name: in cells, filters, emphasis and addresses.
#[test]
fn csv_unicode_forms() {
    let case = Case::open("csv-unicode-forms");
    let done = facts(&case);
    let names: std::collections::BTreeSet<&str> = done
        .facts
        .iter()
        .map(|fact| fact.dimensions["city"].as_str())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["Genf", "Zürich"]);
    assert_eq!(labels(&done, "c").len(), 4);
    let _ = case.build();
    let named = Case::open("csv-unicode-forms").with(
        "brief.yaml",
        "of: a, over: year, by: city",
        "of: a, over: year, by: city, emphasis: [\"Zu\u{308}rich\"]",
    );
    let _ = named.build();
    let filtered = Case::open("csv-unicode-forms")
        .with(
            "data.yaml",
            "dimensions: {city: City}}",
            "dimensions: {city: City}, where: {City: [\"Zu\u{308}rich\"]}}",
        )
        .with(
            "brief.yaml",
            "  - exhibit: c",
            "  - exhibit: c\n  - text: \"{{ a[city=Zu\u{308}rich]@2023 }}\"",
        );
    let done = facts(&filtered);
    assert_eq!(labels(&done, "c"), ["5", "6"]);
    assert_eq!(prose(&done), "6 cars");
}

/// Ligatures of a copied text are their letters.
#[test]
fn pasted_ligature() {
    let case = Case::open("pasted-ligature");
    let done = facts(&case);
    assert_eq!(done.meta.title.text(), "Office profits");
    assert_eq!(prose(&done), "There were 5 cars in the office.");
    let _ = case.build();
}

/// NO, on, 010, 1e3, 12:30 stay texts.
#[test]
fn yaml_norway() {
    let case = Case::open("yaml-norway");
    let done = facts(&case);
    assert_eq!(prose(&done), "X 5 cars");
    for address in [
        "a[country=010]@2022",
        "a[country=1e3]@2022",
        "a[country=2024-01-01]@2022",
    ] {
        assert!(done.fact(address).is_some(), "{address}");
    }
    let _ = case.build();
}

/// Names sort with Ł beside L, Ø beside O, and 9 before 10.
#[test]
fn sort_label_stroke() {
    let case = Case::open("sort-label-stroke");
    let done = facts(&case);
    let Content::Chart(chart) = &done.exhibits[0].content else {
        panic!("a chart")
    };
    let names: Vec<&str> = chart
        .categories
        .iter()
        .map(|category| category.label.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Łódź",
            "Lublin",
            "Ørsted",
            "Oslo",
            "Region 9",
            "Region 10",
            "Zamość"
        ]
    );
    let _ = case.build();
}

/// What no font has is a finding, for every script, and never an empty box.
#[test]
fn scripts_missing() {
    let case = Case::open("scripts-missing");
    let run = case.run(&["build", "brief.yaml", "--format", "pdf"]);
    assert_eq!(run.code, 1);
    for first in ['م', 'מ', '臺', '語', '한', 'ไ', '🚗'] {
        assert!(
            run.talk
                .contains(&format!("no face has the character '{first}'")),
            "{first}: {}",
            run.talk
        );
    }
    assert!(!case.folder().join("output").exists());
}
