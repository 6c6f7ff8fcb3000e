//! Which facts go into a formula together: those that fit its addresses and each other.

use std::collections::BTreeMap;

use exhibit_facts::address::Address;
use exhibit_facts::facts::{Fact, FactId};
use exhibit_facts::formula::Reference;
use exhibit_facts::period::{CalendarUnit, Extent, Period, is_frequency};
use exhibit_facts::span::Span;

use super::duration::inside;
use super::store::Store;
use crate::diag::{Code, Finding, Report, one_of};

/// Most combinations of one formula.
const MAX_COMBINATIONS: usize = 100_000;

/// One combination of inputs: a fact for each reference, or several for one that runs over something.
pub(super) struct Combination {
    pub facts: Vec<Vec<FactId>>,
    /// Dimension values that the references leave open and share.
    pub dimensions: BTreeMap<String, String>,
    /// The period that they leave open and share.
    pub period: Option<Period>,
}

/// A formula as it is written, for messages and places.
pub(super) struct Written<'t> {
    /// Whose formula it is.
    pub what: &'t str,
    /// The whole formula.
    pub span: Span,
    /// The place of a part of the formula, by the bytes of its begin and end.
    pub part: &'t dyn Fn(usize, usize) -> Span,
}

/// What a group of facts leaves open: dimension values and period.
type Open = (BTreeMap<String, String>, Option<Period>);

/// What can stand for one reference.
struct Candidate {
    facts: Vec<FactId>,
    dimensions: BTreeMap<String, String>,
    period: Option<Period>,
}

/// Every combination of facts that fit the references and each other: where two references leave the period or a dimension open, they
/// must agree on it. With `at`, each reference takes one fact whatever its period.
pub(super) fn combine(
    store: &Store,
    written: &Written<'_>,
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
        let span = (written.part)(reference.start, reference.end);
        let Some(candidates) = candidates(store, reference, span, report) else {
            whole = false;
            continue;
        };
        let mut next = Vec::new();
        for combination in &found {
            for candidate in &candidates {
                next.extend(joined(combination, candidate, at.is_none()));
            }
        }
        found = next;
        if found.len() > MAX_COMBINATIONS {
            report.push(
                Finding::error(
                    Code::BadFormula,
                    span,
                    format!("the formula has more than {MAX_COMBINATIONS} combinations of inputs"),
                )
                .help("add periods or dimension values to the addresses"),
            );
            return None;
        }
    }
    if !whole {
        return None;
    }
    if found.is_empty() {
        report.push(
            Finding::error(
                Code::NoObservation,
                written.span,
                format!(
                    "the inputs of `{}` have no period or dimension value in common",
                    written.what
                ),
            )
            .help(
                "write the periods into the formula, such as `a@2023 / b@2022`, and the period of the result as `at:`",
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
                Code::AmbiguousAddress,
                written.span,
                format!(
                    "an address in the formula of `{}` fits several facts",
                    written.what
                ),
            )
            .help("add a period or a dimension value to the address"),
        );
        return None;
    }
    Some(found)
}

fn joined(
    combination: &Combination,
    candidate: &Candidate,
    periods_join: bool,
) -> Option<Combination> {
    let mut period = combination.period.clone();
    if let (true, Some(own)) = (periods_join, &candidate.period) {
        if period.as_ref().is_some_and(|period| period != own) {
            return None;
        }
        period = Some(own.clone());
    }
    let mut dimensions = combination.dimensions.clone();
    for (name, value) in &candidate.dimensions {
        if dimensions
            .entry(name.clone())
            .or_insert_with(|| value.clone())
            != value
        {
            return None;
        }
    }
    let mut facts = combination.facts.clone();
    facts.push(candidate.facts.clone());
    Some(Combination {
        facts,
        dimensions,
        period,
    })
}

/// What can stand for a reference. `None` if nothing can; the finding says why.
fn candidates(
    store: &Store,
    reference: &Reference,
    span: Span,
    report: &mut Report,
) -> Option<Vec<Candidate>> {
    match &reference.over {
        Some(over) if is_frequency(over) => over_time(store, reference, over, span, report),
        Some(over) => over_dimension(store, reference, over, span, report),
        None => {
            let found = matching(store, &reference.address, span, report)?;
            let open = reference.address.period.is_none();
            let single = |id: FactId| {
                let fact = store.fact(id);
                Candidate {
                    facts: vec![id],
                    dimensions: left_open(reference, fact, None),
                    period: open.then(|| fact.at.clone()),
                }
            };
            Some(found.into_iter().map(single).collect())
        }
    }
}

/// The facts that an address fits. `None` for none; the finding says why, with the nearest name, unless the metric has told already.
fn matching(
    store: &Store,
    address: &Address,
    span: Span,
    report: &mut Report,
) -> Option<Vec<FactId>> {
    match store.matching(address) {
        Ok(found) if !found.is_empty() => Some(found),
        _ => {
            store.find(&address.to_string(), span, report);
            None
        }
    }
}

/// A reference over a frequency: the facts of that frequency within the period that the reference names.
fn over_time(
    store: &Store,
    reference: &Reference,
    over: &str,
    span: Span,
    report: &mut Report,
) -> Option<Vec<Candidate>> {
    let mut address = reference.address.clone();
    let within = address.period.take();
    let mut found = matching(store, &address, span, report)?;
    found.retain(|id| {
        let at = &store.fact(*id).at;
        (over == "period" || at.frequency() == over)
            && within.as_ref().is_none_or(|within| inside(at, within))
    });
    let open = |fact: &Fact| (left_open(reference, fact, Some(over)), None);
    let mut all = grouped(store, reference, over, found, open, span, report)?;
    if !reference.beside {
        // The time that the facts cover is the time of the result.
        for candidate in &mut all {
            let own = candidate.facts.iter().map(|id| &store.fact(*id).at);
            candidate.period = Some(within.clone().unwrap_or_else(|| hull(own)));
        }
    }
    Some(all)
}

/// A reference over a dimension: the facts that have the dimension, period by period where the reference names none.
fn over_dimension(
    store: &Store,
    reference: &Reference,
    over: &str,
    span: Span,
    report: &mut Report,
) -> Option<Vec<Candidate>> {
    let address = &reference.address;
    let found = matching(store, address, span, report)?;
    let metric = &store.metrics[store.metric(&address.metric)?];
    let mut facts = metric.facts.iter().map(|id| store.fact(*id));
    if !facts.any(|fact| fact.dimensions.contains_key(over)) {
        let names: Vec<&str> = metric
            .model
            .dimensions
            .iter()
            .map(|(name, _)| name.value.as_str())
            .chain(["period"])
            .collect();
        report.push(
            Finding::error(
                Code::UnknownDimension,
                span,
                format!("metric `{}` has no dimension `{over}`", address.metric),
            )
            .help(one_of(names.iter().copied()))
            .nearest(over, names),
        );
        return None;
    }
    let open = |fact: &Fact| {
        let period = address.period.is_none().then(|| fact.at.clone());
        (left_open(reference, fact, Some(over)), period)
    };
    grouped(store, reference, over, found, open, span, report)
}

/// Facts that leave open the same, in order of time. `None` for no fact, with a finding.
fn grouped(
    store: &Store,
    reference: &Reference,
    over: &str,
    found: Vec<FactId>,
    open: impl Fn(&Fact) -> Open,
    span: Span,
    report: &mut Report,
) -> Option<Vec<Candidate>> {
    let mut groups: BTreeMap<Open, Vec<FactId>> = BTreeMap::new();
    for id in found {
        groups.entry(open(store.fact(id))).or_default().push(id);
    }
    if groups.is_empty() {
        report.push(
            Finding::error(
                Code::NoObservation,
                span,
                format!("`{}` has no fact for any {over}", reference.address),
            )
            .help("write a period that has such facts, or another frequency"),
        );
        return None;
    }
    let candidate = |((dimensions, period), mut facts): (Open, Vec<FactId>)| {
        facts.sort_by_key(|id| store.fact(*id).at.order());
        Candidate {
            facts,
            dimensions,
            period,
        }
    };
    Some(groups.into_iter().map(candidate).collect())
}

/// Dimension values of a fact that a reference does not name and does not run over.
fn left_open(reference: &Reference, fact: &Fact, over: Option<&str>) -> BTreeMap<String, String> {
    fact.dimensions
        .iter()
        .filter(|(name, _)| {
            !reference.address.dimensions.contains_key(*name) && Some(name.as_str()) != over
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The period from the first begin to the last end: one of the periods where it covers all of them, else a year, half, quarter or month
/// where it is one, else a span. An end that one of the periods leaves open is open.
pub(super) fn hull<'p>(periods: impl Iterator<Item = &'p Period>) -> Period {
    let periods: Vec<&Period> = periods.collect();
    let first = periods.iter().min_by_key(|period| period.order().0);
    let last = periods.iter().max_by_key(|period| period.order().1);
    let (Some(first), Some(last)) = (first, last) else {
        unreachable!("a group has at least one fact")
    };
    let days = (first.order().0, last.order().1);
    if let Some(one) = periods.iter().find(|period| period.order() == days) {
        return (*one).clone();
    }
    let begin = match first.extent {
        Extent::Unit(unit) => Some(unit),
        Extent::Span(begin, _) => begin,
    };
    let end = match last.extent {
        Extent::Unit(unit) => Some(unit),
        Extent::Span(_, end) => end,
    };
    let extent = match (begin, end) {
        // All time: what is known of it is where it begins last.
        (None, None) => periods[0].extent.clone(),
        (Some(begin), Some(end)) => {
            one_unit(begin, end).map_or(Extent::Span(Some(begin), Some(end)), Extent::Unit)
        }
        _ => Extent::Span(begin, end),
    };
    Period {
        about: first.about || last.about,
        extent,
    }
}

/// The year, half, quarter or month that runs from the begin of one unit to the end of another.
fn one_unit(begin: CalendarUnit, end: CalendarUnit) -> Option<CalendarUnit> {
    let days = (begin.days().0, end.days().1);
    let begin = exhibit_facts::period::Date::from_days(days.0);
    [
        CalendarUnit::Year(begin.year),
        CalendarUnit::Half(begin.year, begin.month.div_ceil(6)),
        CalendarUnit::Quarter(begin.year, begin.month.div_ceil(3)),
        CalendarUnit::Month(begin.year, begin.month),
    ]
    .into_iter()
    .find(|unit| unit.days() == days)
}
