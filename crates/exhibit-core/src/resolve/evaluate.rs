//! Formulas over facts to intervals, units checked on the way.

use exhibit_facts::arithmetic::{Interval, Known, Refusal};
use exhibit_facts::facts::FactId;
use exhibit_facts::formula::{Formula, Function, Operator};
use exhibit_facts::quantity::Reading;
use exhibit_facts::unit::Dimensions;
use num_rational::BigRational;
use num_traits::One;

use super::store::Store;

/// Dimensions in words: "people", "cars/month".
pub(super) fn say(dimensions: &Dimensions) -> String {
    if dimensions.is_empty() {
        return "a pure number".to_owned();
    }
    let part = |sign: i32| -> Vec<String> {
        dimensions
            .iter()
            .filter(|(_, power)| power.signum() == sign)
            .map(|(name, power)| {
                if power.abs() == 1 {
                    name.clone()
                } else {
                    format!("{name}^{}", power.abs())
                }
            })
            .collect()
    };
    let (above, below) = (part(1).join("*"), part(-1).join("*"));
    let above = if above.is_empty() {
        "1".to_owned()
    } else {
        above
    };
    if below.is_empty() {
        above
    } else {
        format!("{above}/{below}")
    }
}

/// Why a formula gives nothing.
pub(super) enum Failure {
    /// Two amounts of these dimensions were to be added or compared.
    Units(Dimensions, Dimensions),
    /// The bounds do not support a result.
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// An interval in base units and what it measures.
pub(super) type Measured = (Interval, Dimensions);

/// Computes a formula over facts.
///
/// # Errors
/// Amounts of two kinds joined, or bounds that support no result.
pub(super) fn evaluate(
    store: &Store,
    formula: &Formula,
    inputs: &[Vec<FactId>],
) -> Result<Measured, Failure> {
    match formula {
        Formula::Number(number) => Ok((Interval::number(number.clone()), Dimensions::new())),
        Formula::Reference(index) => Ok(measured(store, inputs[*index][0])),
        Formula::Negate(inner) => {
            let (interval, dimensions) = evaluate(store, inner, inputs)?;
            Ok((interval.negated(), dimensions))
        }
        Formula::Join(operator, left, right) => join(
            *operator,
            evaluate(store, left, inputs)?,
            evaluate(store, right, inputs)?,
        ),
        Formula::Beside(function, own, all) => {
            beside(store, *function, inputs[*own][0], &inputs[*all])
        }
        Formula::Call(function, parts) => {
            // A part that runs over something is as many parts as it has facts.
            let mut measures: Vec<Measured> = Vec::new();
            for part in parts {
                match part {
                    Formula::Reference(index) => {
                        measures.extend(inputs[*index].iter().map(|id| measured(store, *id)));
                    }
                    other => measures.push(evaluate(store, other, inputs)?),
                }
            }
            call(*function, measures)
        }
    }
}

/// The fact that a formula selects unchanged: the formula names the fact, or asks for the last, the largest or the smallest of some facts
/// whose bounds say which fact that is. `None` for a computed result.
pub(super) fn selected(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> Option<FactId> {
    let (function, parts) = match formula {
        Formula::Reference(index) => return inputs[*index].first().copied(),
        Formula::Call(function @ (Function::Last | Function::Most | Function::Least), parts) => {
            (*function, parts)
        }
        _ => return None,
    };
    let mut facts: Vec<Option<FactId>> = Vec::new();
    let mut intervals: Vec<Interval> = Vec::new();
    for part in parts {
        match part {
            Formula::Reference(index) => {
                for id in &inputs[*index] {
                    facts.push(Some(*id));
                    intervals.push(measured(store, *id).0);
                }
            }
            other => {
                facts.push(selected(store, other, inputs));
                intervals.push(evaluate(store, other, inputs).ok()?.0);
            }
        }
    }
    let index = match function {
        Function::Most => Interval::largest(&intervals)?,
        Function::Least => Interval::smallest(&intervals)?,
        _ => facts.len().checked_sub(1)?,
    };
    facts[index]
}

/// A fact as an interval in base units.
fn measured(store: &Store, id: FactId) -> Measured {
    let fact = store.fact(id);
    let entry = &store.metrics[fact.metric.0];
    let Reading::Value(value) = &fact.reading else {
        unreachable!("missing inputs were sorted out")
    };
    (
        Interval::of(value, &store.units.factor(&entry.unit), entry.model.signed),
        store.units.dimensions(&entry.unit),
    )
}

/// One fact beside all: its rank, or its share of their sum.
fn beside(
    store: &Store,
    function: Function,
    own: FactId,
    all: &[FactId],
) -> Result<Measured, Failure> {
    let (mine, dimensions) = measured(store, own);
    let others = all.iter().filter(|id| **id != own);
    if function == Function::Share {
        // Own over own plus the rest, as one over one plus rest over own: so that what is not known of the own amount is not
        // counted twice, above and below the line.
        let mut rest = None;
        for id in others {
            let part = measured(store, *id);
            rest = Some(match rest {
                None => part,
                Some(sum) => join(Operator::Plus, sum, part)?,
            });
        }
        let Some((rest, _)) = rest else {
            return Ok((whole_number(1), Dimensions::new()));
        };
        let mut share = whole_number(1).over(&whole_number(1).plus(&rest.over(&mine)?)?)?;
        if mine.high.is_none() {
            // That a part is less than the whole goes without saying.
            share.high = None;
        }
        return Ok((share, Dimensions::new()));
    }
    let mut rank = 1;
    for id in others {
        let (other, unit) = measured(store, *id);
        if unit != dimensions {
            return Err(Failure::Units(dimensions, unit));
        }
        match other.more_than(&mine) {
            Known::True => rank += 1,
            Known::False => {}
            Known::Open => {
                return Err(Refusal::Bounds(format!(
                    "`{}` and `{}` overlap, so their order is not known",
                    store.fact(own).address,
                    store.fact(*id).address
                ))
                .into());
            }
        }
    }
    Ok((whole_number(rank), Dimensions::new()))
}

fn whole_number(value: i64) -> Interval {
    Interval::number(BigRational::from_integer(value.into()))
}

fn join(
    operator: Operator,
    (a, left): Measured,
    (b, right): Measured,
) -> Result<Measured, Failure> {
    match operator {
        Operator::Plus | Operator::Minus if left != right => Err(Failure::Units(left, right)),
        Operator::Plus => Ok((a.plus(&b)?, left)),
        Operator::Minus => Ok((a.minus(&b)?, left)),
        Operator::Times => Ok((a.times(&b)?, merged(left, &right, 1))),
        Operator::Over => Ok((a.over(&b)?, merged(left, &right, -1))),
    }
}

fn merged(mut left: Dimensions, right: &Dimensions, sign: i32) -> Dimensions {
    for (name, power) in right {
        *left.entry(name.clone()).or_default() += sign * power;
    }
    left.retain(|_, power| *power != 0);
    left
}

fn call(function: Function, parts: Vec<Measured>) -> Result<Measured, Failure> {
    let number = |value: i64| (whole_number(value), Dimensions::new());
    let count = i64::try_from(parts.len()).expect("few parts");
    let mut parts = parts.into_iter();
    let mut next = || parts.next().expect("the parser counted the parts");
    match function {
        Function::Sum | Function::Mean => {
            let mut sum = next();
            for part in parts {
                sum = join(Operator::Plus, sum, part)?;
            }
            if function == Function::Mean {
                join(Operator::Over, sum, number(count))
            } else {
                Ok(sum)
            }
        }
        Function::Share => {
            let (part, whole) = (next(), next());
            if part.1 != whole.1 {
                return Err(Failure::Units(part.1, whole.1));
            }
            join(Operator::Over, part, whole)
        }
        Function::Most | Function::Least => {
            let mut all = vec![next()];
            all.extend(parts);
            let dimensions = all[0].1.clone();
            if let Some((_, other)) = all.iter().find(|(_, other)| *other != dimensions) {
                return Err(Failure::Units(dimensions, other.clone()));
            }
            let all: Vec<Interval> = all.into_iter().map(|(interval, _)| interval).collect();
            let chosen = if function == Function::Most {
                Interval::most(&all)
            } else {
                Interval::least(&all)
            };
            Ok((chosen?, dimensions))
        }
        Function::Last => Ok(parts.next_back().expect("a group has at least one fact")),
        Function::Rank => unreachable!("a rank is taken beside others"),
        Function::Growth => {
            let (before, after) = (next(), next());
            if before.1 != after.1 {
                return Err(Failure::Units(before.1, after.1));
            }
            join(
                Operator::Minus,
                join(Operator::Over, after, before)?,
                number(1),
            )
        }
        Function::Before => {
            let (after, growth) = (next(), next());
            join(
                Operator::Over,
                after,
                join(Operator::Plus, number(1), growth)?,
            )
        }
        Function::Cagr => {
            let (before, after, steps) = (next(), next(), next());
            if before.1 != after.1 {
                return Err(Failure::Units(before.1, after.1));
            }
            let steps = steps
                .0
                .low
                .filter(|low| low.at.is_integer() && low.at >= BigRational::one())
                .map(|low| low.at.to_integer());
            let Some(steps) = steps
                .and_then(|steps| u32::try_from(&steps).ok())
                .filter(|steps| *steps <= 100)
            else {
                return Err(Refusal::Bounds(
                    "the number of steps of `cagr` must be a whole number from 1 to 100".to_owned(),
                )
                .into());
            };
            let (ratio, dimensions) = join(Operator::Over, after, before)?;
            join(Operator::Minus, (ratio.root(steps)?, dimensions), number(1))
        }
    }
}
