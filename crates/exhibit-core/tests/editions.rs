//! What time does to figures: they are corrected, and they grow old.

use exhibit_core::diag::{Severity, one_line};
use exhibit_core::{Compilation, compile, export};

fn run(head: &str, metrics: &str) -> Compilation {
    let brief = format!(
        "title: \"T {{{{ b }}}}\"\ndate: 2024-08-31\ndata: [d.yaml]\n{head}exhibits:\n  e: {{bar: {{title: E, rows: [{{label: A, of: a@2022}}]}}}}\nbody:\n  - text: x {{{{ a@2022 }}}}\n  - exhibit: e\n"
    );
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n{metrics}  b: {{label: B, at: 2022, formula: 2 * a@2022}}\n"
    );
    compile("b.yaml", &brief, &mut |_| {
        Ok(("d.yaml".to_owned(), data.clone()))
    })
}

#[test]
fn an_old_figure_names_where_it_is_used() {
    let a = "  a: {label: A, observations: [{at: 2022, value: 5, from: s}]}\n";
    let done = run("max-age: 18 months\n", a);
    let found = done.report.findings();
    let lines: Vec<String> = found
        .iter()
        .map(|finding| one_line(finding, &done.sources))
        .collect();
    assert_eq!(
        lines,
        [
            "d.yaml:3:32: warning[stale]: `a@2022` is for 2022, more than 18 months before the date of the brief"
        ]
    );
    assert!(
        done.facts.is_some(),
        "an old figure is reported, and the brief is built"
    );
    let weakened: Vec<(usize, &str)> = found[0]
        .others
        .iter()
        .map(|(span, label)| {
            (
                done.sources.file(span.file).line_column(span.start).line,
                label.as_str(),
            )
        })
        .collect();
    assert_eq!(
        weakened,
        [
            (1, "used in this sentence"),
            (8, "used in this sentence"),
            (6, "used in exhibit `e`")
        ]
    );
}

/// A series that goes on to a new figure is no old one; the sentence that says an old figure of it is.
#[test]
fn older_figures_of_a_series_are_its_history() {
    let line = "exhibits:\n  e: {line: {title: E, subtitle: S, of: a, over: year}}\nbody:\n  - exhibit: e\n";
    let data = "sources: {s: {title: S}}\nmetrics:\n  a: {label: A, observations: [{at: 2015, value: 5, from: s}, {at: 2016, value: 6, from: s}, {at: LAST, value: 7, from: s}]}\n";
    for (last, text, stale) in [
        ("2023", "", 0),
        ("2023", "  - text: x {{ a@2015 }}\n", 1),
        ("2017", "", 3),
    ] {
        let brief =
            format!("title: T\ndate: 2024-08-31\nmax-age: 2 years\ndata: [d.yaml]\n{line}{text}");
        let done = compile("b.yaml", &brief, &mut |_| {
            Ok(("d.yaml".to_owned(), data.replace("LAST", last)))
        });
        let codes: Vec<_> = done
            .report
            .findings()
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert_eq!(
            codes,
            vec!["stale"; stale],
            "{last} {text}: {:?}",
            done.report
        );
    }
}

#[test]
fn an_age_is_counted_to_the_day() {
    for (head, metric, stale) in [
        ("max-age: 20 months\n", "", false),
        ("max-age: 19 months\n", "", true),
        ("max-age: 2 years\n", "", false),
        ("max-age: 609 days\n", "", false),
        ("max-age: 608 days\n", "", true),
        ("", "", false),
        ("max-age: 1 day\n", "max-age: never, ", false),
        ("", "max-age: 1 week, ", true),
        ("max-age: 1 day\n", "max-age: 2 years, ", false),
    ] {
        let a =
            format!("  a: {{label: A, {metric}observations: [{{at: 2022, value: 5, from: s}}]}}\n");
        let done = run(head, &a);
        let codes: Vec<_> = done
            .report
            .findings()
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(codes == ["stale"], stale, "{head} {metric} {codes:?}");
    }
    // Targets are for a time to come.
    let a = "  a: {label: A, observations: [{at: 2022, value: 5, status: target, from: s}]}\n";
    assert!(run("max-age: 1 day\n", a).report.is_empty());
    for wrong in ["soon", "0 days", "18", "-1 years"] {
        let done = run(&format!("max-age: {wrong}\n"), a);
        assert_eq!(
            done.report.findings()[0].code.as_str(),
            "bad-period",
            "{wrong}"
        );
    }
}

#[test]
fn a_correction_supersedes_and_stays_in_history() {
    let a = "  a:
    label: A
    observations:
      - {at: 2022, value: 5, from: s}
      - {at: 2022, value: 6, from: s, corrects: first count}
      - {at: 2022, value: 7, from: s, corrects: revised in May}\n";
    let done = run("", a);
    assert!(done.report.is_empty(), "{:?}", done.report);
    let facts = done.facts.expect("sound");
    let now = facts.fact("a@2022").expect("the latest");
    assert_eq!(
        (now.forms.number.as_str(), now.corrects.as_deref()),
        ("7", Some("revised in May"))
    );
    let before: Vec<&str> = now
        .corrected
        .iter()
        .map(|id| facts.facts[id.0].forms.number.as_str())
        .collect();
    assert_eq!(before, ["5", "6"]);
    assert!(now.conflicts.is_empty());
    assert_eq!(
        facts
            .fact("b@2022")
            .expect("computed from the latest")
            .forms
            .number,
        "14"
    );
    let json = export::json(&facts, export::Selection::ALL);
    assert_eq!(json["facts"][2]["corrected"][1], "a@2022#was2");
}

#[test]
fn a_correction_of_nothing_and_a_conflict_beside_one_are_found() {
    for (observations, code) in [
        (
            "{at: 2022, value: 5, from: s, corrects: x}",
            "needless-correction",
        ),
        (
            "{at: 2022, value: 5, from: s}, {at: 2022, value: 6, from: s, corrects: x}, {at: 2022, value: 7, from: s}",
            "conflict",
        ),
    ] {
        let done = run(
            "",
            &format!("  a: {{label: A, observations: [{observations}]}}\n"),
        );
        let found = done.report.findings();
        assert_eq!(
            (found[0].code.as_str(), found[0].severity),
            (code, Severity::Error)
        );
        assert_eq!(found.len(), 1, "{found:#?}");
    }
}
