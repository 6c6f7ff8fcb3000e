//! Which facts go into a formula together: those that fit its addresses and each other.

use std::collections::BTreeMap;

use exhibit_facts::facts::{Fact, FactId};
use exhibit_facts::formula::Reference;
use exhibit_facts::period::{CalendarUnit, Extent, Period, is_frequency};
use exhibit_facts::span::Span;

use super::store::Store;
use crate::diag::{Finding, Report, one_of};

/// Most combinations that one formula may have.
const MOST: usize = 100_000;

/// One combination of inputs: a fact for each reference, or several for one that runs over something.
pub(super) struct Combination {
    pub facts: Vec<Vec<FactId>>,
    /// Dimension values that the references leave open and share.
    pub dimensions: BTreeMap<String, String>,
    /// The period that they leave open and share.
    pub period: Option<Period>,
}

/// A formula's text for messages and places.
pub(super) struct Written<'t> {
    /// Whose formula it is.
    pub what: &'t str,
    /// The whole formula.
    pub span: Span,
    /// Part of it, by bytes.
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
        if found.len() > MOST {
            report.push(
                Finding::error(
                    "bad-formula",
                    span,
                    format!("this formula has more than {MOST} combinations of inputs"),
                )
                .help("name periods and dimension values in its addresses"),
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
                "no-observation",
                written.span,
                format!(
                    "no period or dimension value is shared by all inputs of `{}`",
                    written.what
                ),
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
                written.span,
                format!(
                    "an address in the formula of `{}` may be any of several facts",
                    written.what
                ),
            )
            .help("name its period or dimension value"),
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
    let Some(over) = &reference.over else {
        let found = match store.matching(&reference.address) {
            Ok(found) if !found.is_empty() => found,
            _ => {
                // Says why, with the nearest name, unless the metric has told already.
                store.find(&reference.address.to_string(), span, report);
                return None;
            }
        };
        let open = reference.address.period.is_none();
        return Some(
            found
                .into_iter()
                .map(|id| {
                    let fact = store.fact(id);
                    Candidate {
                        facts: vec![id],
                        dimensions: left_open(reference, fact, None),
                        period: open.then(|| fact.at.clone()),
                    }
                })
                .collect(),
        );
    };
    let mut address = reference.address.clone();
    let within = if is_frequency(over) {
        address.period.take()
    } else {
        None
    };
    let mut found = match store.matching(&address) {
        Ok(found) if !found.is_empty() => found,
        _ => {
            store.find(&address.to_string(), span, report);
            return None;
        }
    };
    let metric = &store.metrics[store.metric(&address.metric)?];
    if !is_frequency(over) {
        let known = metric
            .facts
            .iter()
            .any(|id| store.fact(*id).dimensions.contains_key(over));
        if !known {
            let names: Vec<&str> = metric
                .model
                .dimensions
                .iter()
                .map(|(name, _)| name.value.as_str())
                .chain(["period"])
                .collect();
            report.push(
                Finding::error(
                    "unknown-dimension",
                    span,
                    format!("metric `{}` has no dimension `{over}`", address.metric),
                )
                .help(one_of(names.iter().copied()))
                .nearest(over, names),
            );
            return None;
        }
    }
    if is_frequency(over) {
        found.retain(|id| {
            let fact = store.fact(*id);
            (over == "period" || fact.at.frequency() == over)
                && within
                    .as_ref()
                    .is_none_or(|within| inside(&fact.at, within))
        });
    }
    let mut groups: BTreeMap<Open, Vec<FactId>> = BTreeMap::new();
    for id in found {
        let fact = store.fact(id);
        let dimensions = left_open(reference, fact, Some(over));
        let period = (!is_frequency(over) && address.period.is_none()).then(|| fact.at.clone());
        groups.entry((dimensions, period)).or_default().push(id);
    }
    if groups.is_empty() {
        report.push(
            Finding::error(
                "no-observation",
                span,
                format!("`{}` has no fact for any {over} there", reference.address),
            )
            .help("name a period that holds some, or another frequency"),
        );
        return None;
    }
    Some(
        groups
            .into_iter()
            .map(|((dimensions, period), mut facts)| {
                facts.sort_by_key(|id| store.fact(*id).at.order());
                let decides = is_frequency(over) && !reference.beside;
                let all = decides.then(|| {
                    within
                        .clone()
                        .unwrap_or_else(|| hull(facts.iter().map(|id| &store.fact(*id).at)))
                });
                Candidate {
                    facts,
                    dimensions,
                    period: period.or(all),
                }
            })
            .collect(),
    )
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

fn inside(period: &Period, whole: &Period) -> bool {
    let ((first, last), (begin, end)) = (period.order(), whole.order());
    begin <= first && last <= end
}

/// The period from the first begin to the last end: a year, half, quarter or month where it is one.
fn hull<'p>(periods: impl Iterator<Item = &'p Period>) -> Period {
    let periods: Vec<&Period> = periods.collect();
    let unit = |period: &Period| match &period.extent {
        Extent::Unit(unit) => Some(*unit),
        Extent::Span(..) => None,
    };
    let (Some(Some(first)), Some(Some(last))) = (
        periods.first().map(|period| unit(period)),
        periods.last().map(|period| unit(period)),
    ) else {
        // Spans and units do not mix into one; the first stands for all.
        return periods[0].clone();
    };
    if first == last {
        return Period::unit(first);
    }
    let days = (first.days().0, last.days().1);
    let begin = exhibit_facts::period::Date::from_days(days.0);
    let quarter = begin.month.div_ceil(3);
    [
        CalendarUnit::Year(begin.year),
        CalendarUnit::Half(begin.year, begin.month.div_ceil(6)),
        CalendarUnit::Quarter(begin.year, quarter),
        CalendarUnit::Month(begin.year, begin.month),
    ]
    .into_iter()
    .find(|unit| unit.days() == days)
    .map_or(
        Period {
            about: false,
            extent: Extent::Span(Some(first), Some(last)),
        },
        Period::unit,
    )
}
