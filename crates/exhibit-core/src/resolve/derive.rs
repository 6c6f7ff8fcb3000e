//! Derived metrics: formulas over facts to facts.

use exhibit_facts::address::Address;
use exhibit_facts::facts::{Fact, FactId, MetricId, Origin};
use exhibit_facts::format::{self, Detail, Scaling};
use exhibit_facts::formula::{self, Formula, Function, Operator, Reference};
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, Reading, Status, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::span::Span;
use exhibit_facts::unit::Unit;
use num_rational::BigRational;

use super::aggregate::aggregation;
use super::combine::{Written, combine, hull};
use super::duration::{Near, ONE_LENGTH};
use super::equals;
use super::evaluate::{Failure, evaluate, say, selected, unknown_unit};
use super::independent::independent;
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
            report.push(Finding::error(Code::BadFormula, place(&text, fault.at, fault.at + 1), format!("the formula cannot be read: {fault}")).label("here").help("join addresses and numbers by + - * / and parentheses; the functions are sum, mean, first, last, most, least, rank, share, growth, before, cagr and abs"));
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
    if let Some(first) = combinations.first()
        && !in_points(store, metric, text, formula, &first.facts, report)
    {
        store.broken.insert(id);
        return;
    }
    for combination in combinations {
        let period = at
            .clone()
            .or(combination.period)
            .or_else(|| dated(store, formula, &combination.facts))
            .unwrap_or_else(|| store.fact(combination.facts[0][0]).at.clone());
        let address = Address {
            metric: id.clone(),
            dimensions: combination.dimensions.clone(),
            period: Some(period.clone()),
        }
        .to_string();
        let facts = &combination.facts;
        let sound = aggregation(store, formula, references, facts, &written, report);
        let mut near = Near::new();
        let duration = equals::of_formula(store, formula, facts, &mut near);
        if sound.is_some() {
            let unequal = near
                .iter()
                .chain(duration.as_ref().err().map(|error| &**error));
            for unequal in unequal {
                let what = format!("`{address}`");
                report.push(unequal.finding(&what, ONE_LENGTH, text.span));
            }
        }
        let Ok(duration) = duration else {
            store.broken.insert(id.clone());
            continue;
        };
        let duration = equals::of_result(store, metric, duration);
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
        store
            .durations
            .extend(duration.map(|duration| (id, duration)));
        store.metrics[metric].add(id, fact.at.clone());
        store.facts.push(fact);
    }
}

/// Gives a difference of percentages the unit of percentage points, where the metric has no unit. False for a declared unit that says
/// another thing than the formula, with a finding.
fn in_points(
    store: &mut Store,
    metric: usize,
    text: &Text,
    formula: &Formula,
    inputs: &[Vec<FactId>],
    report: &mut Report,
) -> bool {
    let of_one = match difference_of_percentages(store, formula, inputs) {
        Some(of_one) => of_one,
        None if is_ratio_of_two(formula) => {
            let entry = &store.metrics[metric];
            let Some(unit) = entry.model.unit.as_ref().filter(|_| is_points(&entry.unit)) else {
                return true;
            };
            report.push(
                Finding::error(
                    Code::UnitMismatch,
                    unit.span,
                    format!("`{}` is a ratio, and no difference in percentage points", entry.model.id.value),
                )
                .label("declared here")
                .other(text.span, "computed here")
                .help("write `unit: \"%\"`; for percentage points, write the difference of two percentages"),
            );
            return false;
        }
        None => {
            if store.metrics[metric].model.unit.is_none()
                && stays_percentage(store, formula, inputs)
            {
                let entry = &mut store.metrics[metric];
                entry.unit = Unit::named("%");
                entry.phrase = format::unit_words(store.language, &store.units, &entry.unit);
            }
            return true;
        }
    };
    let entry = &mut store.metrics[metric];
    let Some(unit) = &entry.model.unit else {
        entry.unit = Unit::named("points");
        entry.phrase = format::unit_words(store.language, &store.units, &entry.unit);
        return true;
    };
    if !entry.phrase.sign {
        return true;
    }
    let message = format!(
        "`{}` is a difference of percentages: it is in percentage points, not in per cent",
        entry.model.id.value
    );
    let finding = if of_one {
        Finding::error(Code::UnitMismatch, unit.span, message)
    } else {
        // What one percentage leaves of another may be a percentage of the same whole.
        Finding::warning(Code::UnitMismatch, unit.span, message)
    };
    report.push(
        finding
            .label("declared here")
            .other(text.span, "computed here")
            .help(
                "write `unit: points`; for the change in per cent, write `growth(before, after)`",
            ),
    );
    !of_one
}

fn is_points(unit: &Unit) -> bool {
    matches!(
        unit.to_string().as_str(),
        "points" | "pp" | "percentage points"
    )
}

fn is_ratio_of_two(formula: &Formula) -> bool {
    matches!(
        formula,
        Formula::Call(Function::Growth | Function::Cagr | Function::Share, _)
            | Formula::Beside(Function::Share, ..)
    )
}

/// Whether a formula is the difference of two percentages; true within for two of one metric.
fn difference_of_percentages(
    store: &Store,
    formula: &Formula,
    inputs: &[Vec<FactId>],
) -> Option<bool> {
    match formula {
        Formula::Negate(inner) => difference_of_percentages(store, inner, inputs),
        Formula::Call(Function::Abs, parts) => {
            difference_of_percentages(store, parts.first()?, inputs)
        }
        // What a figure leaves of the whole is a part of the whole, too.
        Formula::Join(Operator::Minus, left, _) if is_whole(left) => None,
        Formula::Join(Operator::Minus, left, right) => {
            let percentages = [left, right]
                .iter()
                .all(|side| is_percentage(store, side, inputs));
            let metric = |side: &Formula| match side {
                Formula::Reference(index) => {
                    inputs[*index].first().map(|id| store.fact(*id).metric.0)
                }
                _ => None,
            };
            percentages.then(|| metric(left).is_some() && metric(left) == metric(right))
        }
        _ => None,
    }
}

/// True for what is done to percentages and gives one again: a mean, a choice, a magnitude, a part, what is left of the whole.
fn stays_percentage(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> bool {
    let is_percentage = |part: &Formula| match part {
        Formula::Reference(_) => is_percentage(store, part, inputs),
        _ => stays_percentage(store, part, inputs),
    };
    match formula {
        Formula::Negate(inner) => is_percentage(inner),
        Formula::Join(Operator::Minus, left, right) => is_whole(left) && is_percentage(right),
        Formula::Join(Operator::Plus, left, right) => is_percentage(left) && is_percentage(right),
        Formula::Join(Operator::Over, left, right) => {
            is_percentage(left) && matches!(**right, Formula::Number(_))
        }
        Formula::Call(
            Function::Sum
            | Function::Mean
            | Function::Most
            | Function::Least
            | Function::First
            | Function::Last
            | Function::Abs,
            parts,
        ) => parts.iter().all(is_percentage),
        _ => false,
    }
}

/// True for a written 100 %.
fn is_whole(formula: &Formula) -> bool {
    matches!(formula, Formula::Amount(value, unit) if unit == "%" && *value == BigRational::from_integer(100.into()))
}

fn is_percentage(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> bool {
    match formula {
        Formula::Number(_) | Formula::Join(..) => false,
        Formula::Amount(_, unit) => unit == "%",
        Formula::Reference(index) => inputs[*index]
            .first()
            .is_some_and(|id| store.entry_of(*id).unit.to_string() == "%"),
        Formula::Negate(inner) => is_percentage(store, inner, inputs),
        Formula::Beside(function, ..) => *function == Function::Share,
        Formula::Call(Function::Share | Function::Growth | Function::Cagr, _) => true,
        Formula::Call(_, parts) => parts.iter().all(|part| is_percentage(store, part, inputs)),
    }
}

/// The period of a result whose formula names all its periods: of a sum, a mean, a largest and a smallest the time of all parts, of growth
/// the time at its end, of everything else the time of the first figure. `None` for a formula without a figure.
fn dated(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> Option<Period> {
    match formula {
        Formula::Number(_) | Formula::Amount(..) => None,
        Formula::Reference(index) | Formula::Beside(_, index, _) => {
            inputs[*index].first().map(|id| store.fact(*id).at.clone())
        }
        Formula::Negate(inner) => dated(store, inner, inputs),
        Formula::Join(Operator::Plus, left, right) => {
            let all = [left, right].map(|side| dated(store, side, inputs));
            let all: Vec<Period> = all.into_iter().flatten().collect();
            (!all.is_empty()).then(|| hull(all.iter()))
        }
        Formula::Join(_, left, right) => {
            dated(store, left, inputs).or_else(|| dated(store, right, inputs))
        }
        Formula::Call(Function::Growth | Function::Cagr, parts) => {
            dated(store, parts.get(1)?, inputs).or_else(|| dated(store, parts.first()?, inputs))
        }
        Formula::Call(Function::Sum | Function::Mean | Function::Most | Function::Least, parts) => {
            let all: Vec<Period> = parts
                .iter()
                .filter_map(|part| dated(store, part, inputs))
                .collect();
            (!all.is_empty()).then(|| hull(all.iter()))
        }
        Formula::Call(_, parts) => parts.iter().find_map(|part| dated(store, part, inputs)),
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
    let evaluated = evaluate(store, formula, inputs).and_then(|(interval, dimensions)| {
        let interval = if entry.model.independent {
            independent(store, interval, formula, inputs)?
        } else {
            interval
        };
        Ok((interval, dimensions))
    });
    match evaluated {
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
        Err(Failure::UnknownUnit(name)) => {
            report.push(unknown_unit(store, &name, text.span));
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
