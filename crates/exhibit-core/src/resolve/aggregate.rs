//! What may be added, averaged or taken last. Flows add up over time, stocks do not, and ratios do not add up at all. A sum that leaves
//! a part out is a finding.

use exhibit_facts::facts::{Fact, FactId};
use exhibit_facts::formula::{Formula, Function, Operator, Reference};
use exhibit_facts::period::is_frequency;

use super::combine::Written;
use super::store::Store;
use crate::diag::{Code, Finding, Report};
use crate::model::Measure;

/// Checks a formula against the measures of its metrics. `None` if a measure does not allow the formula; the finding says why.
pub(super) fn aggregation(
    store: &Store,
    formula: &Formula,
    references: &[Reference],
    inputs: &[Vec<FactId>],
    written: &Written<'_>,
    report: &mut Report,
) -> Option<()> {
    let (function, parts) = match formula {
        Formula::Number(_) | Formula::Amount(..) | Formula::Reference(_) => {
            return Some(());
        }
        Formula::Negate(inner) => {
            return aggregation(store, inner, references, inputs, written, report);
        }
        Formula::Join(Operator::Plus, left, right) => {
            added_over_time(store, formula, inputs, written, report)?;
            let left = aggregation(store, left, references, inputs, written, report);
            return aggregation(store, right, references, inputs, written, report).and(left);
        }
        // Half the sum of two is their mean, which has a meaning.
        Formula::Join(Operator::Over, left, right)
            if matches!(**left, Formula::Join(Operator::Plus, ..))
                && matches!(**right, Formula::Number(_)) =>
        {
            return Some(());
        }
        Formula::Join(_, left, right) => {
            let left = aggregation(store, left, references, inputs, written, report);
            return aggregation(store, right, references, inputs, written, report).and(left);
        }
        Formula::Beside(function, _, all) => (*function, &[Formula::Reference(*all)][..]),
        Formula::Call(function, parts) => (*function, parts.as_slice()),
    };
    let group = parts.iter().find_map(|part| match part {
        Formula::Reference(index) => references[*index].over.as_ref().map(|over| (*index, over)),
        _ => None,
    });
    let Some((index, over)) = group else {
        for part in parts {
            aggregation(store, part, references, inputs, written, report)?;
        }
        return listed(store, function, parts, inputs, written, report);
    };
    let reference = &references[index];
    let facts: Vec<&Fact> = inputs[index].iter().map(|id| store.fact(*id)).collect();
    let wrong = allowed(store, function, over, &facts).or_else(|| {
        if is_frequency(over) {
            over_time(function, reference, &facts)
        } else {
            left_out(store, over, &facts)
        }
    });
    let Some((message, help)) = wrong else {
        return Some(());
    };
    let span = (written.part)(reference.start, reference.end);
    report.push(Finding::error(Code::WrongAggregation, span, message).help(help));
    None
}

/// A reason and the way out.
type Wrong = (String, &'static str);

/// Why the measure of the metric does not allow the function; `None` where it does.
fn allowed(store: &Store, function: Function, over: &str, facts: &[&Fact]) -> Option<Wrong> {
    let entry = &store.metrics[facts.first()?.metric.0];
    let id = &entry.model.id.value;
    let measure = entry.model.measure.as_ref().map(|measure| measure.value);
    let adds = matches!(function, Function::Sum | Function::Share);
    match (measure, function) {
        (_, Function::Most | Function::Least | Function::Rank) => None,
        (_, Function::Last | Function::First) if !is_frequency(over) => Some((
            format!(
                "`{}` needs a frequency, but `{over}` is a dimension",
                function.name()
            ),
            "write `last(metric over month)` or `first(metric over month)`, or write the dimension value into the address",
        )),
        (None, _) => Some((
            format!("metric `{id}` has no `measure`, so its values cannot be added or averaged"),
            "add `measure: flow`, `stock` or `ratio` to the metric",
        )),
        (Some(Measure::Ratio), Function::Last | Function::First) => None,
        (Some(Measure::Ratio), Function::Mean) if is_frequency(over) => None,
        (Some(Measure::Ratio), Function::Mean) => Some((
            format!(
                "metric `{id}` is a ratio: ratios of different {over} values have different weights, and cannot be averaged"
            ),
            "compute the ratio again from the sums of its parts",
        )),
        (Some(Measure::Ratio), _) => Some((
            format!("metric `{id}` is a ratio: ratios cannot be added"),
            "compute the ratio again from the sums of its parts; over time, `mean`, `first`, `last`, `most` and `least` have a meaning",
        )),
        (Some(Measure::Stock), _) if adds && is_frequency(over) => Some((
            format!("metric `{id}` is a stock: stocks of different times cannot be added"),
            "write `first(…)`, `last(…)` or `mean(…)` for a stock",
        )),
        (Some(Measure::Flow), Function::Last | Function::First) => Some((
            format!(
                "metric `{id}` is a flow: the {} part of a flow is not the whole",
                function.name()
            ),
            "write `sum(…)` for a flow, or `mean(…)` for an average part",
        )),
        _ => None,
    }
}

/// Why facts do not add up to a time: two overlap, a gap is between two, or they do not fill the period named.
fn over_time(function: Function, reference: &Reference, facts: &[&Fact]) -> Option<Wrong> {
    if !matches!(function, Function::Sum | Function::Mean | Function::Share) {
        return None;
    }
    // Moments do not fill a time; the average of a stock is taken over the moments there are.
    let moments = facts.iter().all(|fact| fact.at.frequency() == "day");
    if moments && function == Function::Mean {
        return None;
    }
    let help = "add the missing observations, write a period that has them all, or one frequency (`over month`)";
    for pair in facts.windows(2) {
        let (end, begin) = (pair[0].at.order().1, pair[1].at.order().0);
        if begin <= end {
            return Some((format!("{} and {} overlap", pair[0].at, pair[1].at), help));
        }
        if begin > end + 1 {
            return Some((
                format!(
                    "the data have no value between {} and {}",
                    pair[0].at, pair[1].at
                ),
                help,
            ));
        }
    }
    let whole = reference.address.period.as_ref()?.order();
    let (first, last) = (facts.first()?.at.order().0, facts.last()?.at.order().1);
    (whole != (first, last)).then(|| {
        (
            format!(
                "{} to {} do not fill {}",
                facts[0].at,
                facts[facts.len() - 1].at,
                reference
                    .address
                    .period
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            ),
            help,
        )
    })
}

/// Why facts do not add up to a dimension: declared values are not observed.
fn left_out(store: &Store, over: &str, facts: &[&Fact]) -> Option<Wrong> {
    let entry = &store.metrics[facts.first()?.metric.0];
    let (_, declared) = entry
        .model
        .dimensions
        .iter()
        .find(|(name, _)| name.value == over)?;
    let missing: Vec<&str> = declared
        .iter()
        .filter(|value| {
            !facts
                .iter()
                .any(|fact| fact.dimensions.get(over) == Some(&value.value))
        })
        .map(|value| value.value.as_str())
        .collect();
    (!missing.is_empty()).then(|| {
        (
            format!(
                "metric `{}` has no observation for {over}={} at {}",
                entry.model.id.value,
                missing.join(", "),
                facts[0].at
            ),
            "add the observation, or list the parts to add: `sum(a, b)`",
        )
    })
}

/// Checks a written sum, `a@2023 + a@2024`: figures of one ratio or stock at different times do not add up, whatever the sign between them.
fn added_over_time(
    store: &Store,
    formula: &Formula,
    inputs: &[Vec<FactId>],
    written: &Written<'_>,
    report: &mut Report,
) -> Option<()> {
    let mut facts: Vec<&Fact> = Vec::new();
    let mut left = vec![formula];
    while let Some(part) = left.pop() {
        match part {
            Formula::Join(Operator::Plus, one, other) => left.extend([&**one, &**other]),
            Formula::Reference(index) => {
                facts.extend(inputs[*index].first().map(|id| store.fact(*id)));
            }
            _ => {}
        }
    }
    facts.sort_by_key(|fact| fact.metric.0);
    for pair in facts.windows(2) {
        if pair[0].metric != pair[1].metric || pair[0].at == pair[1].at {
            continue;
        }
        let entry = &store.metrics[pair[0].metric.0];
        let id = &entry.model.id.value;
        let (kind, help) = match entry.model.measure.as_ref().map(|measure| measure.value) {
            Some(Measure::Ratio) => (
                "ratio: ratios",
                "compute the ratio again from the sums of its parts; over time, `mean(…)` has a meaning",
            ),
            Some(Measure::Stock) => (
                "stock: stocks",
                "for a stock, write the fact of the last period or `mean(…)`; only flows can be summed over time",
            ),
            Some(Measure::Flow) | None => continue,
        };
        let message = format!("metric `{id}` is a {kind} of different times cannot be added");
        report.push(Finding::error(Code::WrongAggregation, written.span, message).help(help));
        return None;
    }
    Some(())
}

/// Checks a list of addresses of one metric: `sum(a@2023, a@2024)`.
fn listed(
    store: &Store,
    function: Function,
    parts: &[Formula],
    inputs: &[Vec<FactId>],
    written: &Written<'_>,
    report: &mut Report,
) -> Option<()> {
    if !matches!(function, Function::Sum | Function::Mean) {
        return Some(());
    }
    let facts: Vec<&Fact> = parts
        .iter()
        .filter_map(|part| match part {
            Formula::Reference(index) => Some(store.fact(inputs[*index][0])),
            _ => None,
        })
        .collect();
    for pair in facts
        .windows(2)
        .filter(|pair| pair[0].metric == pair[1].metric)
    {
        let entry = &store.metrics[pair[0].metric.0];
        let id = &entry.model.id.value;
        let wrong = match (
            entry.model.measure.as_ref().map(|measure| measure.value),
            function,
        ) {
            // Of one thing at several times, the mean has a meaning.
            (Some(Measure::Ratio), Function::Mean) if pair[0].dimensions == pair[1].dimensions => {
                continue;
            }
            (Some(Measure::Ratio), Function::Mean) => (
                format!(
                    "metric `{id}` is a ratio: ratios of different things have different weights, and cannot be averaged"
                ),
                "compute the ratio again from the sums of its parts",
            ),
            (Some(Measure::Ratio), _) => (
                format!("metric `{id}` is a ratio: ratios cannot be added"),
                "compute the ratio again from the sums of its parts; over time, `mean(…)` has a meaning",
            ),
            (Some(Measure::Stock), Function::Sum) if pair[0].at != pair[1].at => (
                format!("metric `{id}` is a stock: stocks of different times cannot be added"),
                "for a stock, write the fact of the last period or `mean(…)`; only flows can be summed over time",
            ),
            _ => continue,
        };
        let (message, help) = wrong;
        report.push(Finding::error(Code::WrongAggregation, written.span, message).help(help));
        return None;
    }
    Some(())
}
