//! Formulas over facts to intervals, units checked on the way.

use num_rational::BigRational;
use num_traits::One;

use super::store::Store;
use crate::arithmetic::{Interval, Refusal};
use crate::facts::FactId;
use crate::formula::{Formula, Function, Operator};
use crate::quantity::Reading;
use crate::unit::Dimensions;

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
    inputs: &[FactId],
) -> Result<Measured, Failure> {
    match formula {
        Formula::Number(number) => Ok((Interval::number(number.clone()), Dimensions::new())),
        Formula::Reference(index) => {
            let fact = store.fact(inputs[*index]);
            let entry = &store.metrics[fact.metric.0];
            let Reading::Value(value) = &fact.reading else {
                unreachable!("missing inputs were sorted out")
            };
            Ok((
                Interval::of(value, &store.units.factor(&entry.unit), entry.model.signed),
                store.units.dimensions(&entry.unit),
            ))
        }
        Formula::Negate(inner) => {
            let (interval, dimensions) = evaluate(store, inner, inputs)?;
            Ok((interval.negated(), dimensions))
        }
        Formula::Join(operator, left, right) => join(
            *operator,
            evaluate(store, left, inputs)?,
            evaluate(store, right, inputs)?,
        ),
        Formula::Call(function, parts) => {
            let parts: Vec<Measured> = parts
                .iter()
                .map(|part| evaluate(store, part, inputs))
                .collect::<Result<_, _>>()?;
            call(*function, parts)
        }
    }
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
    let number = |value: i64| {
        (
            Interval::number(BigRational::from_integer(value.into())),
            Dimensions::new(),
        )
    };
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
                return Err(Refusal(
                    "the number of steps of `cagr` is a whole number from 1 to 100".to_owned(),
                )
                .into());
            };
            let (ratio, dimensions) = join(Operator::Over, after, before)?;
            join(Operator::Minus, (ratio.root(steps)?, dimensions), number(1))
        }
    }
}
