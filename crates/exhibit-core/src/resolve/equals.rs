//! How long a time the facts and formulas of a brief are over, and which amounts are no equals.

use exhibit_facts::facts::FactId;
use exhibit_facts::formula::{Formula, Function, Operator};
use exhibit_facts::length::Length;
use exhibit_facts::unit::Dimensions;

use super::duration::{
    Duration, Factor, Near, Stretch, Unequal, alike, call, equal, scaled, together,
};
use super::store::Store;
use crate::model::Measure;

/// True for a unit with time below the line, as cars a month: it is the same over any length.
fn per_time(dimensions: &Dimensions) -> bool {
    ["month", "second"]
        .iter()
        .any(|time| dimensions.get(*time).is_some_and(|power| *power < 0))
}

/// The time that a fact is over.
pub(super) fn of_fact(store: &Store, id: FactId) -> Duration {
    if let Some(known) = store.durations.get(&id) {
        return known.clone();
    }
    let fact = store.fact(id);
    let entry = &store.metrics[fact.metric.0];
    let dimensions = store.units.dimensions(&entry.unit);
    let undeclared = match entry.model.measure.as_ref().map(|measure| measure.value) {
        Some(Measure::Stock | Measure::Ratio) => return Duration::Free,
        Some(Measure::Flow) if per_time(&dimensions) => return Duration::Free,
        Some(Measure::Flow) => None,
        // A percentage, a price for each piece: no amount that grows with time.
        None if !entry.unit.factors.iter().any(|(_, power)| *power > 0)
            || dimensions.values().any(|power| *power < 0)
            || dimensions.is_empty() =>
        {
            return Duration::Free;
        }
        None => Some(entry.model.id.value.clone()),
    };
    let (lengths, period) = match &entry.model.per {
        // The figure is for one part of its period: an average month of a year.
        Some(per) => (vec![per.clone()], None),
        None => (vec![Length::of(&fact.at)], Some(fact.at.clone())),
    };
    Duration::Over(Stretch {
        lengths,
        period,
        address: fact.address.clone(),
        undeclared,
    })
}

/// The time that a result is over, for a derived fact. A metric that is declared as a stock or a ratio is over none. A declared flow whose
/// formula does not tell is over its own period: `None`.
pub(super) fn of_result(store: &Store, metric: usize, formula: Duration) -> Option<Duration> {
    let entry = &store.metrics[metric];
    if entry.model.per.is_some() {
        return None;
    }
    match (
        entry.model.measure.as_ref().map(|measure| measure.value),
        formula,
    ) {
        (Some(Measure::Stock | Measure::Ratio), _) => Some(Duration::Free),
        (Some(Measure::Flow), Duration::Free) => None,
        (_, formula) => Some(formula),
    }
}

/// The time that a formula over facts is over.
///
/// Lengths that come near each other go into `near`.
///
/// # Errors
/// Two amounts over times of unequal length that the formula treats as equals.
pub(super) fn of_formula(
    store: &Store,
    formula: &Formula,
    inputs: &[Vec<FactId>],
    near: &mut Near,
) -> Result<Duration, Box<Unequal>> {
    match formula {
        Formula::Number(_) | Formula::Amount(..) => Ok(Duration::Free),
        Formula::Reference(index) => Ok(of_fact(store, inputs[*index][0])),
        Formula::Negate(inner) => of_formula(store, inner, inputs, near),
        Formula::Join(operator, left, right) => {
            let sides = (
                of_formula(store, left, inputs, near)?,
                of_formula(store, right, inputs, near)?,
            );
            match (operator, sides) {
                (Operator::Times, (Duration::Over(one), Duration::Free)) => {
                    Ok(scaled(one, &factor(store, right, inputs), false))
                }
                (Operator::Times, (Duration::Free, Duration::Over(one))) => {
                    Ok(scaled(one, &factor(store, left, inputs), false))
                }
                (Operator::Over, (Duration::Over(_), Duration::Free))
                    if is_time(store, right, inputs) =>
                {
                    Ok(Duration::Free)
                }
                (Operator::Over, (Duration::Over(one), Duration::Free)) => {
                    Ok(scaled(one, &factor(store, right, inputs), true))
                }
                (Operator::Over, (Duration::Over(one), Duration::Over(other))) => {
                    if !one.nested(&other) {
                        equal("the quotient compares the two", &one, &other, near)?;
                    }
                    Ok(Duration::Free)
                }
                (Operator::Over | Operator::Times, _) => Ok(Duration::Free),
                (Operator::Plus, (Duration::Over(one), Duration::Over(other))) => {
                    Ok(Duration::Over(together(one, &other)))
                }
                (Operator::Minus, (Duration::Over(one), Duration::Over(other))) => {
                    if one.nested(&other) && !one.equals(&other) {
                        // A part is taken away: the rest is over the rest of the time.
                        Ok(Duration::Over(Stretch {
                            lengths: Vec::new(),
                            period: None,
                            ..one
                        }))
                    } else {
                        equal("the difference compares the two", &one, &other, near)?;
                        Ok(Duration::Over(Stretch {
                            period: one.period.clone().filter(|_| one.period == other.period),
                            ..one
                        }))
                    }
                }
                (Operator::Plus | Operator::Minus, (Duration::Over(one), Duration::Free))
                | (Operator::Plus | Operator::Minus, (Duration::Free, Duration::Over(one))) => {
                    Ok(Duration::Over(one))
                }
                (Operator::Plus | Operator::Minus, (Duration::Free, Duration::Free)) => {
                    Ok(Duration::Free)
                }
            }
        }
        Formula::Beside(Function::Rank, own, all) => {
            let own = of_fact(store, inputs[*own][0]);
            let all = inputs[*all].iter().map(|id| of_fact(store, *id));
            alike(
                "the rank compares the two",
                std::iter::once(own).chain(all),
                near,
            )?;
            Ok(Duration::Free)
        }
        Formula::Beside(..) => Ok(Duration::Free),
        Formula::Call(function, parts) => {
            let mut all = Vec::new();
            for part in parts {
                match part {
                    Formula::Reference(index) => {
                        all.extend(inputs[*index].iter().map(|id| of_fact(store, *id)));
                    }
                    other => all.push(of_formula(store, other, inputs, near)?),
                }
            }
            call(*function, all, near)
        }
    }
}

/// What a part of a formula that is over no time does to an amount that it multiplies.
fn factor(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> Factor {
    match formula {
        Formula::Number(number) => Factor::Number(number.clone()),
        Formula::Amount(..) if is_time(store, formula, inputs) => Factor::Count,
        Formula::Amount(..) => Factor::Other,
        Formula::Reference(index) | Formula::Beside(_, index, _) => {
            let Some(id) = inputs[*index].first() else {
                return Factor::Other;
            };
            let entry = store.entry_of(*id);
            let dimensions = store.units.dimensions(&entry.unit);
            if (dimensions.is_empty() && !entry.phrase.sign) || is_time(store, formula, inputs) {
                Factor::Count
            } else {
                Factor::Other
            }
        }
        Formula::Negate(inner) => factor(store, inner, inputs),
        Formula::Join(..) | Formula::Call(..) => Factor::Other,
    }
}

/// True for a part of a formula that is a length of time itself: days, months.
fn is_time(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> bool {
    let timed = |dimensions: &Dimensions| {
        ["month", "second"]
            .iter()
            .any(|time| dimensions.get(*time).is_some_and(|power| *power > 0))
    };
    match formula {
        Formula::Number(_) => false,
        Formula::Amount(_, unit) => store
            .units
            .in_words(unit)
            .is_some_and(|unit| timed(&store.units.dimensions(&unit))),
        Formula::Reference(index) | Formula::Beside(_, index, _) => inputs[*index]
            .first()
            .is_some_and(|id| timed(&store.units.dimensions(&store.entry_of(*id).unit))),
        Formula::Negate(inner) => is_time(store, inner, inputs),
        Formula::Join(_, left, right) => {
            is_time(store, left, inputs) || is_time(store, right, inputs)
        }
        Formula::Call(_, parts) => parts.iter().any(|part| is_time(store, part, inputs)),
    }
}
