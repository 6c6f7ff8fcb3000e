//! `sort: label` puts names in the order in which a reader of the brief's language looks them up.

use exhibit_facts::facts::Content;

/// The labels of a chart's categories or of a table's rows, as sorted in a brief.
fn order(language: &str, kind: &str, sort: &str, names: &[&str]) -> Vec<String> {
    let list = names.join("\", \"");
    let mut data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  m:\n    label: M\n    unit: people\n    dimensions: {{d: [\"{list}\"]}}\n    observations:\n"
    );
    let mut rows = String::new();
    for name in names {
        data += &format!("      - {{at: 2024, d: \"{name}\", value: 5, from: s}}\n");
        rows += &format!("        - {{label: \"{name}\", cells: [one]}}\n");
    }
    let keys = if kind == "table" {
        format!("head: [A, B]\n      rows:\n{rows}")
    } else {
        "of: m\n      over: d\n".to_owned()
    };
    let brief = format!(
        "title: T\ndate: 2024-01-31\nlanguage: {language}\nallow-numbers: [\"1\", \"9\", \"09\", \"10\"]\ndata: [d.yaml]\nexhibits:\n  e:\n    {kind}:\n      title: T\n      sort: {sort}\n      {keys}body: [{{exhibit: e}}]\n"
    );
    let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
    match &facts.exhibits[0].content {
        Content::Chart(chart) => {
            let categories = chart.categories.iter();
            categories.map(|one| one.label.clone()).collect()
        }
        Content::Table(table) => table.rows.iter().map(|row| row.label.clone()).collect(),
        Content::Timeline(_) | Content::KeyFigures(_) => panic!("{kind} has no order"),
    }
}

#[test]
fn every_kind_that_is_sorted_by_label_follows_the_language() {
    let given = [
        "Region 10",
        "Madrid",
        "Zamość",
        "Region 9",
        "Łódź",
        "Oslo",
        "Lodz",
        "Österreich",
    ];
    let mut wanted = [
        "Lodz",
        "Łódź",
        "Madrid",
        "Oslo",
        "Österreich",
        "Region 9",
        "Region 10",
        "Zamość",
    ];
    for language in ["en", "de", "zh"] {
        for kind in ["bar", "column", "range", "table"] {
            let found = order(language, kind, "label", &given);
            assert_eq!(found, wanted, "{language} {kind}");
            let found = order(language, kind, "label descending", &given);
            wanted.reverse();
            assert_eq!(found, wanted, "{language} {kind}");
            wanted.reverse();
        }
    }
}

#[test]
fn pinyin_is_the_order_of_a_chinese_brief_alone() {
    let given = ["上海", "重庆", "安徽", "北京"];
    let by_pinyin = ["安徽", "北京", "重庆", "上海"];
    assert_eq!(order("zh", "bar", "label", &given), by_pinyin);
    assert_ne!(order("en", "bar", "label", &given), by_pinyin);
}

#[test]
fn equal_names_stay_as_the_data_have_them() {
    let given = ["Region 10", "Region 09", "Region 9", "Region 1"];
    for kind in ["bar", "table"] {
        assert_eq!(
            order("en", kind, "label", &given),
            ["Region 1", "Region 09", "Region 9", "Region 10"]
        );
        assert_eq!(
            order("en", kind, "label descending", &given),
            ["Region 10", "Region 09", "Region 9", "Region 1"]
        );
    }
}
