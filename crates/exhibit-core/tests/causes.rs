//! A cause is told, and what follows from it is not told again.

use exhibit_core::{Compilation, compile};

const BRIEF: &str = "title: T\ndate: 2024-08-31\ndata: [d.yaml]
exhibits:
  road: {timeline: {title: A road, events: [launch]}}
body:
  - text: It was {{ event:launch }} with {{ a@2022 }} [@s].
  - exhibit: road
";

fn run(data: &str) -> Compilation {
    compile("b.yaml", BRIEF, &mut |name| {
        Ok((name.to_owned(), data.to_owned()))
    })
}

fn codes(data: &str) -> Vec<&'static str> {
    let done = run(data);
    let findings = done.report.findings();
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

const METRIC: &str = "metrics:\n  a: {label: A, observations: [{at: 2022, value: 5, from: s}]}\n";

#[test]
fn an_event_with_a_wrong_date_is_told_once() {
    let data = format!(
        "sources: {{s: {{title: S}}}}\n{METRIC}events:\n  launch: {{at: 2024-13, label: L, from: s}}\n"
    );
    assert_eq!(codes(&data), ["bad-period"]);
    let right = data.replace("2024-13", "2024-12");
    assert_eq!(codes(&right), [""; 0]);
}

#[test]
fn a_source_with_a_fault_is_told_once() {
    let data = format!(
        "sources: {{s: {{titel: S}}}}\n{METRIC}events:\n  launch: {{at: 2024-12, label: L, from: s}}\n"
    );
    let codes = codes(&data);
    assert!(!codes.is_empty(), "the fault is told");
    assert!(!codes.contains(&"unknown-source"), "{codes:?}");
    assert!(!codes.contains(&"unknown-event"), "{codes:?}");
}

#[test]
fn a_data_set_that_is_no_mapping_is_told_alone() {
    for data in ["", "- a\n", "words\n"] {
        assert_eq!(codes(data), ["wrong-type"], "{data:?}");
    }
}

#[test]
fn an_empty_data_set_gives_no_empty_list() {
    let done = run("{}\n");
    let findings = done.report.findings();
    assert!(findings.len() >= 3, "{findings:#?}");
    for finding in findings {
        if let Some(help) = &finding.help {
            assert!(!help.trim_end().ends_with(':'), "{help}");
        }
    }
}

#[test]
fn a_minus_without_spaces_is_explained() {
    let data = format!(
        "sources: {{s: {{title: S}}}}\n{METRIC}  b: {{label: B, formula: a-a}}\nevents:\n  launch: {{at: 2024-12, label: L, from: s}}\n"
    );
    let done = run(&data);
    let findings = done.report.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(
        format!("{:?}", findings[0]).contains("`a - a`"),
        "{findings:#?}"
    );
}

#[test]
fn a_wrong_filter_is_told_at_its_own_value_and_a_wrong_metric_at_its_name() {
    let data = "sources: {s: {title: S}}\nmetrics:\n  a: {label: A, dimensions: {kind: [x, y], mykind: [p]}, observations: [{at: 2022, kind: x, mykind: p, value: 5, from: s}]}\n";
    let place = |of: &str, filter: &str| {
        let brief = format!(
            "title: T\ndate: 2024-08-31\ndata: [d.yaml]\nexhibits:\n  e: {{bar: {{title: E, of: {of}, where: {filter}}}}}\nbody: [{{exhibit: e}}]\n"
        );
        let done = compile("b.yaml", &brief, &mut |name| {
            Ok((name.to_owned(), data.to_owned()))
        });
        let findings = done.report.findings();
        let [finding] = findings.as_slice() else {
            panic!("{findings:#?}");
        };
        let span = finding.span.expect("a place in the brief");
        done.sources.slice(span).to_owned()
    };
    // The name of one dimension is part of the name of the other.
    assert_eq!(place("a", "{kind: x, mykind: q}"), "q");
    assert_eq!(place("a", "{kind: z, mykind: p}"), "z");
    // The name of the metric holds the value of the filter.
    assert_eq!(place("axe", "{kind: x}"), "axe");
}
