//! Much of everything: what is too much for a picture is counted before any work is done for it, and no work grows with the square of
//! the rows.

use std::fmt::Write;

use exhibit_core::diag::{Code, Finding, Report};
use exhibit_core::{Compilation, compile};
use exhibit_facts::span::Span;

/// Rows of a table: at 20 thousand times 20 thousand comparisons, a debug build would be at it for minutes.
const ROWS: usize = 20_000;

/// A metric `a` with a row a day and a dimension that has another value in each row.
fn run(exhibit: &str, body: &str) -> Compilation {
    let mut file = "day,who,count\n".to_owned();
    for row in 0..ROWS {
        let (year, rest) = (1900 + row / 336, row % 336);
        let (month, day) = (rest / 28 + 1, rest % 28 + 1);
        writeln!(file, "{year}-{month:02}-{day:02},w{row},{row}").expect("a text");
    }
    let data = "sources: {s: {title: S}}\nmetrics:\n  a:\n    label: A\n    measure: flow\n    dimensions: {who: []}\n    \
                table: {file: x.csv, from: s, at: day, value: count, dimensions: {who: who}}\n";
    let brief = format!(
        "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nexhibits:\n  one: {exhibit}\nbody: [{{exhibit: one}}, {{text: {body}}}]\n"
    );
    compile("b.yaml", &brief, &mut |name| match name {
        "d.yaml" => Ok((name.to_owned(), data.to_owned())),
        _ => Ok((name.to_owned(), file.clone())),
    })
}

#[track_caller]
fn refused(exhibit: &str, message: &str) {
    let done = run(exhibit, "x");
    let found: Vec<&str> = done
        .report
        .findings()
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(found, [message]);
}

#[test]
fn categories_are_counted_before_they_are_looked_for() {
    refused(
        "{line: {title: T, of: a, over: period}}",
        "chart `one` has 20000 facts in 1 series and 20000 categories",
    );
    refused(
        "{line: {title: T, of: a, over: period, by: who}}",
        "chart `one` has 20000 series, and no reader tells more than 12 apart",
    );
    refused(
        "{share: {title: T, of: a, over: who}}",
        "chart `one` has 20000 series, and no reader tells more than 12 apart",
    );
}

/// Each of many sentences finds its fact without a look at all of them.
#[test]
fn an_address_is_found_among_many() {
    let mut text = String::from("\"");
    for row in 0..2_000 {
        let (month, day) = (row / 28 % 12 + 1, row % 28 + 1);
        let year = 1900 + row / 336;
        write!(text, "{{{{ a@{year}-{month:02}-{day:02} }}}} ").expect("a text");
    }
    text.push('"');
    let done = run(
        "{column: {title: T, rows: [{of: \"a[who=w7]@1900-01-08\"}]}}",
        &text,
    );
    assert!(done.report.is_empty(), "{:#?}", done.report.findings());
    assert_eq!(done.facts.expect("sound").register.len(), 2_000);
}

#[test]
fn a_finding_is_told_once_among_many() {
    let mut report = Report::default();
    for _ in 0..2 {
        for start in 0..100_000 {
            let span = Span {
                start,
                ..Span::default()
            };
            report.push(Finding::error(Code::Link, span, "wrong"));
        }
    }
    assert_eq!(report.len(), 100_000);
}
