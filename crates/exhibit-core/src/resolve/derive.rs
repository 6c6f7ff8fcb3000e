//! Derived metrics: formulas over facts to facts.

use std::collections::BTreeMap;

use super::evaluate::{Failure, evaluate, say};
use super::store::Store;
use crate::address::Address;
use crate::arithmetic::Refusal;
use crate::diag::{Finding, Report, Span};
use crate::facts::{Fact, FactId, MetricId, Origin};
use crate::format::{self, Scaling};
use crate::formula::{self, Formula, Function, Reference};
use crate::model::{Measure, Text};
use crate::period::Period;
use crate::quantity::{Reading, Status};

/// Computes every derived metric, each after what it needs.
pub(crate) fn derive(store: &mut Store, report: &mut Report) {
    let mut state = vec![State::Open; store.metrics.len()];
    for metric in 0..store.metrics.len() {
        visit(store, metric, &mut state, report);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Visiting,
    Done,
}

fn visit(store: &mut Store, metric: usize, state: &mut [State], report: &mut Report) {
    if state[metric] != State::Open {
        return;
    }
    let Some(text) = store.metrics[metric].model.formula.clone() else {
        state[metric] = State::Done;
        return;
    };
    state[metric] = State::Visiting;
    let place = |start: usize, end: usize| place(&text, start, end);
    match formula::parse(&text.said) {
        Err(fault) => {
            store
                .broken
                .insert(store.metrics[metric].model.id.value.clone());
            report.push(Finding::error("bad-formula", place(fault.at, fault.at + 1), format!("this is no formula: {}", fault.reason)).label("here").help("a formula joins addresses and numbers by + - * / and parentheses; there are sum, mean, share, growth, before and cagr"));
        }
        Ok((formula, references)) => {
            let mut whole = true;
            for reference in &references {
                let Some(needed) = store.metric(&reference.address.metric) else {
                    continue;
                };
                if state[needed] == State::Visiting {
                    report.push(
                        Finding::error(
                            "cycle",
                            place(reference.start, reference.end),
                            format!(
                                "metric `{}` needs itself",
                                store.metrics[metric].model.id.value
                            ),
                        )
                        .help("a formula cannot lead back to its own metric; break the circle"),
                    );
                    whole = false;
                    continue;
                }
                visit(store, needed, state, report);
            }
            if !whole {
                store
                    .broken
                    .insert(store.metrics[metric].model.id.value.clone());
            } else {
                compute(store, metric, &text, &formula, &references, report);
            }
        }
    }
    state[metric] = State::Done;
}

fn place(text: &Text, start: usize, end: usize) -> Span {
    // A formula is one line; quotation marks shift it by one.
    let width = (text.span.end - text.span.start) as usize;
    let shift = usize::from(width == text.said.len() + 2);
    if width < text.said.len() + shift {
        return text.span;
    }
    text.span
        .part((start + shift).min(width), (end + shift).min(width))
}

/// One combination of inputs: a fact for each reference.
struct Combination {
    facts: Vec<FactId>,
    dimensions: BTreeMap<String, String>,
    period: Option<Period>,
}

fn compute(
    store: &mut Store,
    metric: usize,
    text: &Text,
    formula: &Formula,
    references: &[Reference],
    report: &mut Report,
) {
    let at = store.metrics[metric]
        .model
        .at
        .as_ref()
        .map(|at| at.value.clone());
    let Some(combinations) = combine(store, metric, text, references, at.as_ref(), report) else {
        store
            .broken
            .insert(store.metrics[metric].model.id.value.clone());
        return;
    };
    for combination in combinations {
        let id = store.metrics[metric].model.id.value.clone();
        let period = at
            .clone()
            .or(combination.period)
            .unwrap_or_else(|| store.fact(combination.facts[0]).at.clone());
        let address = Address {
            metric: id,
            dimensions: combination.dimensions.clone(),
            period: Some(period.clone()),
        }
        .to_string();
        let Some(reading) = reading(
            store,
            metric,
            text,
            formula,
            &combination.facts,
            &address,
            report,
        ) else {
            store
                .broken
                .insert(store.metrics[metric].model.id.value.clone());
            continue;
        };
        let entry = &store.metrics[metric];
        let inputs: Vec<&Fact> = combination.facts.iter().map(|id| store.fact(*id)).collect();
        let status = entry.model.status.as_ref().map_or_else(
            || {
                inputs
                    .iter()
                    .map(|fact| fact.status)
                    .max()
                    .unwrap_or(Status::Actual)
            },
            |status| status.value,
        );
        let by = inputs
            .iter()
            .find(|fact| fact.status == status && fact.status != Status::Actual)
            .and_then(|fact| fact.by.clone());
        let mut listed = combination.facts.clone();
        let mut seen = Vec::new();
        listed.retain(|id| {
            let new = !seen.contains(id);
            seen.push(*id);
            new
        });
        let fact = Fact {
            address,
            metric: MetricId(metric),
            dimensions: combination.dimensions,
            at_text: format::period(store.language, &period),
            at: period,
            due: None,
            forms: format::reading_forms(store.language, &reading, &entry.phrase, Scaling::Natural),
            reading,
            status,
            by,
            origin: Origin::Derived {
                formula: text.said.clone(),
                inputs: listed,
            },
            note: entry
                .model
                .note
                .as_ref()
                .map(|text| text.said.trim().to_owned()),
            conflicts: Vec::new(),
            preferred: None,
            span: text.span,
        };
        let id = FactId(store.facts.len());
        store.facts.push(fact);
        store.metrics[metric].facts.push(id);
    }
}

/// Every combination of facts that fit the references and each other: where two references leave the period or a dimension open, they must agree on it.
fn combine(
    store: &Store,
    metric: usize,
    text: &Text,
    references: &[Reference],
    at: Option<&Period>,
    report: &mut Report,
) -> Option<Vec<Combination>> {
    let mut found = vec![Combination {
        facts: Vec::new(),
        dimensions: BTreeMap::new(),
        period: None,
    }];
    let mut whole = true;
    for reference in references {
        let span = place(text, reference.start, reference.end);
        let candidates = match store.matching(&reference.address) {
            Ok(candidates) if !candidates.is_empty() => candidates,
            _ => {
                // Says why, with the nearest name, unless the metric has told already.
                store.find(&reference.address.to_string(), span, report);
                whole = false;
                continue;
            }
        };
        // With an `at` of its own the formula takes one fact a reference, whatever its period.
        let periods_join = reference.address.period.is_none() && at.is_none();
        let mut next = Vec::new();
        for combination in &found {
            for id in &candidates {
                let fact = store.fact(*id);
                if periods_join
                    && combination
                        .period
                        .as_ref()
                        .is_some_and(|period| *period != fact.at)
                {
                    continue;
                }
                let mut dimensions = combination.dimensions.clone();
                let agree = fact
                    .dimensions
                    .iter()
                    .filter(|(name, _)| !reference.address.dimensions.contains_key(*name))
                    .all(|(name, value)| {
                        dimensions
                            .entry(name.clone())
                            .or_insert_with(|| value.clone())
                            == value
                    });
                if !agree {
                    continue;
                }
                let mut facts = combination.facts.clone();
                facts.push(*id);
                let period = if periods_join {
                    Some(fact.at.clone())
                } else {
                    combination.period.clone()
                };
                next.push(Combination {
                    facts,
                    dimensions,
                    period,
                });
            }
        }
        found = next;
        if found.len() > 100_000 {
            report.push(
                Finding::error(
                    "bad-formula",
                    span,
                    "this formula has more than 100,000 combinations of inputs",
                )
                .help("name periods and dimension values in its addresses"),
            );
            return None;
        }
    }
    if !whole {
        return None;
    }
    let id = &store.metrics[metric].model.id.value;
    if found.is_empty() {
        report.push(
            Finding::error(
                "no-observation",
                text.span,
                format!("no period or dimension value is shared by all inputs of `{id}`"),
            )
            .help(
                "name the periods in the formula (a@2023 / b@2022) and the metric's own with `at:`",
            ),
        );
        return None;
    }
    let mut keys: Vec<(Option<&Period>, &BTreeMap<String, String>)> = found
        .iter()
        .map(|combination| (combination.period.as_ref(), &combination.dimensions))
        .collect();
    keys.sort();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        report.push(
            Finding::error(
                "ambiguous-address",
                text.span,
                format!("an address in the formula of `{id}` may be any of several facts"),
            )
            .help("name its period or dimension value"),
        );
        return None;
    }
    Some(found)
}

fn reading(
    store: &Store,
    metric: usize,
    text: &Text,
    formula: &Formula,
    inputs: &[FactId],
    address: &str,
    report: &mut Report,
) -> Option<Reading> {
    if let Some(missing) = inputs
        .iter()
        .map(|id| store.fact(*id))
        .find(|fact| matches!(fact.reading, Reading::Missing(_)))
    {
        return Some(Reading::Missing(format!(
            "`{}` is not known",
            missing.address
        )));
    }
    aggregation(store, formula, inputs, text, report)?;
    let entry = &store.metrics[metric];
    match evaluate(store, formula, inputs) {
        Ok((interval, dimensions)) => {
            let wanted = store.units.dimensions(&entry.unit);
            if wanted != dimensions {
                let span = entry
                    .model
                    .unit
                    .as_ref()
                    .map_or(entry.model.id.span, |unit| unit.span);
                report.push(
                    Finding::error(
                        "unit-mismatch",
                        span,
                        format!(
                            "the formula of `{}` gives {}, not {}",
                            entry.model.id.value,
                            say(&dimensions),
                            say(&wanted)
                        ),
                    )
                    .label(if entry.model.unit.is_some() {
                        "declared here"
                    } else {
                        "no unit declared"
                    })
                    .other(text.span, "computed here")
                    .help(format!(
                        "set `unit:` to one that measures {}, or mend the formula",
                        say(&dimensions)
                    )),
                );
                return None;
            }
            Some(Reading::Value(
                interval.value(&store.units.factor(&entry.unit)),
            ))
        }
        Err(Failure::Units(left, right)) => {
            report.push(
                Finding::error("unit-mismatch", text.span, format!("{} and {} cannot be added or compared", say(&left), say(&right)))
                    .help("only amounts of one kind are added; a rate between them (a currency rate, a price) is a metric of its own to multiply by"),
            );
            None
        }
        Err(Failure::Refused(Refusal(reason))) => {
            let mut said: Vec<String> = Vec::new();
            for fact in inputs.iter().map(|id| store.fact(*id)) {
                let line = format!("`{}` is {}", fact.address, fact.forms.sentence);
                if !said.contains(&line) {
                    said.push(line);
                }
            }
            let finding = Finding::error(
                "refused",
                text.span,
                format!("`{address}` has no honest result: {reason}"),
            );
            report.push(
                said.into_iter()
                    .fold(finding, Finding::note)
                    .help("use figures whose bounds support the result, or leave it out"),
            );
            None
        }
    }
}

/// Flows add up over time, stocks do not, ratios do not add up at all. `None` if a sum says otherwise; the finding says why.
fn aggregation(
    store: &Store,
    formula: &Formula,
    inputs: &[FactId],
    text: &Text,
    report: &mut Report,
) -> Option<()> {
    let parts = match formula {
        Formula::Number(_) | Formula::Reference(_) => return Some(()),
        Formula::Negate(inner) => return aggregation(store, inner, inputs, text, report),
        Formula::Join(_, left, right) => {
            let left = aggregation(store, left, inputs, text, report);
            return aggregation(store, right, inputs, text, report).and(left);
        }
        Formula::Call(Function::Sum, parts) => parts,
        Formula::Call(_, parts) => {
            return parts
                .iter()
                .try_for_each(|part| aggregation(store, part, inputs, text, report));
        }
    };
    let summed: Vec<&Fact> = parts
        .iter()
        .filter_map(|part| {
            if let Formula::Reference(index) = part {
                Some(store.fact(inputs[*index]))
            } else {
                None
            }
        })
        .collect();
    for pair in summed.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let entry = &store.metrics[first.metric.0];
        if first.metric != second.metric {
            continue;
        }
        let id = &entry.model.id.value;
        let wrong = match entry.model.measure.as_ref().map(|measure| measure.value) {
            Some(Measure::Ratio) => format!("`{id}` is a ratio: shares and rates do not add up"),
            Some(Measure::Stock) if first.at != second.at => format!(
                "`{id}` is a stock: what stands at one time is not added to what stands at another"
            ),
            _ => continue,
        };
        report.push(Finding::error("wrong-aggregation", text.span, wrong).help("flows are summed; of a stock take the last (name its period) or `mean(…)`; a ratio is computed anew from its parts"));
        return None;
    }
    Some(())
}
