//! Derived metrics: formulas over facts to facts.

use exhibit_facts::address::Address;
use exhibit_facts::facts::{Fact, FactId, MetricId, Origin};
use exhibit_facts::format::{self, Detail, Scaling};
use exhibit_facts::formula::{self, Formula, Reference};
use exhibit_facts::quantity::{Amount, Reading, Status, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::span::Span;
use num_rational::BigRational;

use super::aggregate::aggregation;
use super::combine::{Written, combine};
use super::evaluate::{Failure, evaluate, say, selected};
use super::store::Store;
use crate::diag::{Code, Finding, Report};
use crate::model::Text;

/// Computes every derived metric, each after the metrics of its formula.
pub(crate) fn derive(store: &mut Store, report: &mut Report) {
    let mut state = vec![State::Open; store.metrics.len()];
    for metric in 0..store.metrics.len() {
        // Not by recursion: a chain of formulas may be longer than the stack is deep.
        let mut open: Vec<Visit> = visit(store, metric, &mut state, report)
            .into_iter()
            .collect();
        while let Some(mut last) = open.pop() {
            match last.next(store, &state, report) {
                Some(needed) => {
                    let inner = visit(store, needed, &mut state, report);
                    open.push(last);
                    open.extend(inner);
                }
                None => {
                    state[last.metric] = State::Done;
                    last.end(store, report);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Visiting,
    Done,
}

/// A derived metric whose inputs are being computed.
struct Visit {
    metric: usize,
    text: Text,
    formula: Formula,
    references: Vec<Reference>,
    /// How many of the references were followed.
    seen: usize,
    /// No reference leads back to a metric that is being visited.
    whole: bool,
}

/// Begins with a metric. `None` where the metric was visited before, is not derived, or has a formula with a finding.
fn visit(
    store: &mut Store,
    metric: usize,
    state: &mut [State],
    report: &mut Report,
) -> Option<Visit> {
    if state[metric] != State::Open {
        return None;
    }
    state[metric] = State::Done;
    let text = store.metrics[metric].model.formula.clone()?;
    match formula::parse(&text.raw) {
        Err(fault) => {
            store
                .broken
                .insert(store.metrics[metric].model.id.value.clone());
            report.push(Finding::error(Code::BadFormula, place(&text, fault.at, fault.at + 1), format!("the formula cannot be read: {fault}")).label("here").help("join addresses and numbers by + - * / and parentheses; the functions are sum, mean, last, most, least, rank, share, growth, before and cagr"));
            None
        }
        Ok((formula, references)) => {
            state[metric] = State::Visiting;
            Some(Visit {
                metric,
                text,
                formula,
                references,
                seen: 0,
                whole: true,
            })
        }
    }
}

impl Visit {
    /// The next metric that has to be computed first.
    fn next(&mut self, store: &Store, state: &[State], report: &mut Report) -> Option<usize> {
        while let Some(reference) = self.references.get(self.seen) {
            self.seen += 1;
            let Some(needed) = store.metric(&reference.address.metric) else {
                continue;
            };
            match state[needed] {
                State::Open => return Some(needed),
                State::Done => {}
                State::Visiting => {
                    report.push(
                        Finding::error(
                            Code::Cycle,
                            place(&self.text, reference.start, reference.end),
                            format!(
                                "metric `{}` is computed from itself",
                                store.metrics[self.metric].model.id.value
                            ),
                        )
                        .help("break the circle: no formula may use its own metric, directly or through other formulas"),
                    );
                    self.whole = false;
                }
            }
        }
        None
    }

    /// Computes the metric. The metrics of its formula are computed already.
    fn end(self, store: &mut Store, report: &mut Report) {
        if self.whole {
            compute(
                store,
                self.metric,
                &self.text,
                &self.formula,
                &self.references,
                report,
            );
        } else {
            store
                .broken
                .insert(store.metrics[self.metric].model.id.value.clone());
        }
    }
}

fn place(text: &Text, start: usize, end: usize) -> Span {
    let end = (end.min(text.raw.len())..=text.raw.len())
        .find(|at| text.raw.is_char_boundary(*at))
        .unwrap_or(end);
    // Quotation marks shift a formula by one. If it was folded over lines, the whole of it is meant.
    let width = (text.span.end - text.span.start) as usize;
    let shift = match width.checked_sub(text.raw.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return text.span,
    };
    text.span
        .part((start + shift).min(width), (end + shift).min(width))
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
    let id = store.metrics[metric].model.id.value.clone();
    let part = |start: usize, end: usize| place(text, start, end);
    let written = Written {
        what: &id,
        span: text.span,
        part: &part,
    };
    let Some(combinations) = combine(store, &written, references, at.as_ref(), report) else {
        store.broken.insert(id);
        return;
    };
    for combination in combinations {
        let period = at
            .clone()
            .or(combination.period)
            .unwrap_or_else(|| store.fact(combination.facts[0][0]).at.clone());
        let address = Address {
            metric: id.clone(),
            dimensions: combination.dimensions.clone(),
            period: Some(period.clone()),
        }
        .to_string();
        let facts = &combination.facts;
        let sound = aggregation(store, formula, references, facts, &written, report);
        let reading =
            sound.and_then(|()| reading(store, metric, text, formula, facts, &address, report));
        let Some(reading) = reading else {
            store.broken.insert(id.clone());
            continue;
        };
        let entry = &store.metrics[metric];
        let mut listed: Vec<FactId> = Vec::new();
        for id in facts.iter().flatten() {
            if !listed.contains(id) {
                listed.push(*id);
            }
        }
        let inputs: Vec<&Fact> = listed.iter().map(|id| store.fact(*id)).collect();
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
        let about = |reading: &Reading| matches!(reading, Reading::Value(value) if value.about);
        let rounded = about(&reading)
            && inputs
                .iter()
                .all(|fact| fact.rounded || !about(&fact.reading));
        let by = inputs
            .iter()
            .find(|fact| fact.status == status && fact.status != Status::Actual)
            .and_then(|fact| fact.by.clone());
        let fact = Fact {
            address,
            metric: MetricId(metric),
            dimensions: combination.dimensions,
            at_text: entry.when(store.language, &period),
            at: period,
            due: None,
            forms: match &reading {
                Reading::Value(value) => {
                    let detail = entry
                        .model
                        .precision
                        .map_or(Detail::Brief, |_| Detail::Full);
                    format::forms_with(
                        store.language,
                        value,
                        &entry.phrase,
                        Scaling::Natural,
                        detail,
                    )
                }
                Reading::Missing(_) => {
                    format::reading_forms(store.language, &reading, &entry.phrase, Scaling::Natural)
                }
            },
            rounded,
            reading,
            status,
            by,
            origin: Origin::Derived {
                formula: text.raw.clone(),
                inputs: listed,
            },
            note: entry
                .model
                .note
                .as_ref()
                .map(|text| text.raw.trim().to_owned()),
            conflicts: Vec::new(),
            preferred: None,
            corrects: None,
            corrected: Vec::new(),
            span: text.span,
        };
        let id = FactId(store.facts.len());
        store.metrics[metric].add(id, fact.at.clone());
        store.facts.push(fact);
    }
}

fn reading(
    store: &Store,
    metric: usize,
    text: &Text,
    formula: &Formula,
    inputs: &[Vec<FactId>],
    address: &str,
    report: &mut Report,
) -> Option<Reading> {
    if let Some(missing) = inputs
        .iter()
        .flatten()
        .map(|id| store.fact(*id))
        .find(|fact| matches!(fact.reading, Reading::Missing(_)))
    {
        return Some(Reading::Missing(Reason::stated(format!(
            "`{}` is not known",
            missing.address
        ))));
    }
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
                        Code::UnitMismatch,
                        span,
                        format!(
                            "the formula of `{}` gives the unit {}, not {}",
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
                        "set `unit:` to a unit of {}, or correct the formula",
                        say(&dimensions)
                    )),
                );
                return None;
            }
            let factor = store.units.factor(&entry.unit);
            let value = match selected(store, formula, inputs) {
                Some(id) => as_it_stands(store, id, &factor),
                None => interval.value(&factor),
            };
            Some(Reading::Value(match entry.model.precision {
                Some(precision) => value.displayed_with(precision),
                None => value,
            }))
        }
        Err(Failure::Units(left, right)) => {
            report.push(
                Finding::error(Code::UnitMismatch, text.span, format!("{} and {} cannot be added or compared", say(&left), say(&right)))
                    .help("first convert one of the two: multiply by a metric that holds the rate between them, such as a price or a currency rate"),
            );
            None
        }
        Err(Failure::Refused(refusal)) => {
            let finding = Finding::error(
                Code::Refused,
                text.span,
                format!("`{address}` has no certain result: {}", refusal.reason()),
            );
            report.push(
                input_values(store, inputs)
                    .fold(finding, Finding::note)
                    .help(refusal.help()),
            );
            None
        }
    }
}

/// The value of a fact that a formula selects, in a unit of this factor: with its digits, its qualifier and its "about".
fn as_it_stands(store: &Store, id: FactId, factor: &BigRational) -> Value {
    let fact = store.fact(id);
    let Reading::Value(value) = &fact.reading else {
        unreachable!("missing inputs were sorted out")
    };
    let own = store.units.factor(&store.metrics[fact.metric.0].unit);
    let mut value = value.clone();
    if own != *factor {
        let ratio = own / factor;
        value.shape = value.shape.map(|amount| Amount {
            value: amount.value * &ratio,
            digits: amount.digits,
            // What was written was written in another unit.
            scale: None,
        });
    }
    value
}

/// The inputs of a formula, each with its value: the notes of a refusal.
pub(super) fn input_values(store: &Store, inputs: &[Vec<FactId>]) -> impl Iterator<Item = String> {
    let mut unique: Vec<FactId> = inputs.iter().flatten().copied().collect();
    unique.sort();
    unique.dedup();
    unique.into_iter().map(|id| {
        let fact = store.fact(id);
        format!("`{}` is {}", fact.address, fact.forms.sentence)
    })
}
