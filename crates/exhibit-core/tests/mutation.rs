//! Nothing of the built-in data set or brief can be changed unseen: each observation is removed, each unit changed, a digit typed
//! beside and into each address, one at a time, and each time there is an error at the line that is wrong.

use std::collections::BTreeSet;

use exhibit_core::diag::Severity;
use exhibit_core::{Compilation, article, compile};
use exhibit_facts::facts::{FactId, Origin};

/// Errors of a compilation: file, line, code.
fn errors(brief: &str, data: &str) -> Vec<(String, usize, &'static str)> {
    let Compilation {
        report, sources, ..
    } = compile("brief.yaml", brief, &mut |_| {
        Ok(("data.yaml".to_owned(), data.to_owned()))
    });
    report
        .findings()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            let span = finding.span.expect("every finding has a place");
            let file = sources.file(span.file);
            let line = file.line_column(span.start).line;
            assert!(
                line >= 1 && line <= file.text.lines().count(),
                "{finding:?}"
            );
            (file.name.clone(), line, finding.code.as_str())
        })
        .collect()
}

/// The line, from 1, of a byte.
fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

/// A text without the bytes of a range, and without the line that this leaves empty.
fn without(text: &str, from: usize, to: usize) -> String {
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at + 1);
    format!("{}{}", &text[..start], &text[end..])
}

#[test]
fn a_removed_observation_is_missed_where_it_is_used() {
    let facts = article::facts();
    let mut seen = BTreeSet::new();
    let shown: BTreeSet<FactId> = facts.register.iter().map(|entry| entry.fact).collect();
    for (index, fact) in facts.facts.iter().enumerate() {
        if !matches!(fact.origin, Origin::Stated { .. }) {
            continue;
        }
        let metric = &facts.metrics[fact.metric.0].id;
        let (from, to) = (fact.span.start as usize, fact.span.end as usize);
        let to = from + article::DATA[from..to].trim_end().len();
        let found = errors(article::BRIEF, &without(article::DATA, from, to));
        // The metric is short of one observation, and the finding says so at its name.
        let head = article::DATA
            .find(&format!("\n  {metric}:\n"))
            .expect("the metric stands in the data set")
            + 1;
        let at = line_of(article::DATA, head);
        assert!(
            found
                .iter()
                .any(|(file, line, _)| file == "data.yaml" && *line == at),
            "{}: {found:?}",
            fact.address
        );
        // Whatever was computed from it cannot be computed any more.
        let id = FactId(index);
        for derived in &facts.facts {
            let Origin::Derived { inputs, .. } = &derived.origin else {
                continue;
            };
            let siblings = facts.facts.iter().filter(|other| {
                other.metric == derived.metric && matches!(&other.origin, Origin::Derived { .. })
            });
            // A formula for each period loses one of its results silently; the brief's address of it then fails.
            if inputs.contains(&id) && siblings.count() == 1 {
                let formula = line_of(article::DATA, derived.span.start as usize);
                let formula = if formula > at {
                    formula - removed_lines(from, to)
                } else {
                    formula
                };
                assert!(
                    found
                        .iter()
                        .any(|(file, line, _)| file == "data.yaml" && *line == formula),
                    "{} without {}: {found:?}",
                    derived.address,
                    fact.address
                );
            }
        }
        // And where the brief names the metric, and this was its only figure, each such line is told.
        let alone = facts
            .facts
            .iter()
            .filter(|other| other.metric == fact.metric)
            .count()
            == 1;
        if shown.contains(&id) && alone {
            let lines = naming(article::BRIEF, metric);
            assert!(!lines.is_empty());
            for line in lines {
                assert!(
                    found
                        .iter()
                        .any(|(file, at, _)| file == "brief.yaml" && *at == line),
                    "{} is missed at line {line}: {found:?}",
                    fact.address
                );
            }
        }
        seen.insert(fact.address.clone());
    }
    assert_eq!(seen.len(), 65);
}

fn removed_lines(from: usize, to: usize) -> usize {
    article::DATA[from..to].trim_end().matches('\n').count() + 1
}

/// Lines of the brief where an address begins with this metric.
fn naming(brief: &str, metric: &str) -> BTreeSet<usize> {
    brief
        .match_indices(metric)
        .filter(|(at, _)| {
            let before = brief[..*at].trim_end_matches('"');
            let opens =
                before.ends_with("{{ ") || before.ends_with("of: ") || before.ends_with("of: [");
            let after = brief[at + metric.len()..].chars().next().unwrap_or(' ');
            opens && !(after.is_ascii_alphanumeric() || after == '_')
        })
        .map(|(at, _)| line_of(brief, at))
        .collect()
}

#[test]
fn a_changed_unit_is_an_error_at_its_line() {
    let mut count = 0;
    let mut at = 0;
    for line in article::DATA.split_inclusive('\n') {
        if let Some(unit) = line.trim().strip_prefix("unit: ") {
            let other = if unit == "people" { "km" } else { "people" };
            let data = format!(
                "{}    unit: {other}\n{}",
                &article::DATA[..at],
                &article::DATA[at + line.len()..]
            );
            let number = line_of(article::DATA, at);
            let found = errors(article::BRIEF, &data);
            assert!(
                found.iter().any(|(file, line, code)| file == "data.yaml"
                    && *line == number
                    && matches!(*code, "inventory" | "unit-mismatch")),
                "{line} {found:?}"
            );
            count += 1;
        }
        at += line.len();
    }
    assert!(count > 60, "{count}");
}

#[test]
fn a_digit_typed_beside_or_into_an_address_is_an_error_at_its_line() {
    let mut count = 0;
    for (at, _) in article::BRIEF.match_indices("}}") {
        let number = line_of(article::BRIEF, at);
        for typed in [at, at + 2] {
            let brief = format!("{}7{}", &article::BRIEF[..typed], &article::BRIEF[typed..]);
            let found = errors(&brief, article::DATA);
            assert!(
                found
                    .iter()
                    .any(|(file, line, _)| file == "brief.yaml" && *line == number),
                "line {number}: {found:?}"
            );
        }
        count += 1;
    }
    assert!(count > 80, "{count}");
}
