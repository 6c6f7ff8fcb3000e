//! Sums of estimates that the author calls independent: their errors add up as the root of the sum of their squares.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_facts::arithmetic::{Interval, Refusal};
use exhibit_facts::estimate::Level;
use exhibit_facts::facts::{FactId, Origin};
use exhibit_facts::formula::{Formula, Function, Operator};
use exhibit_facts::quantity::{Reading, Shape};
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::store::Store;

/// A formula as a sum: a number, and estimates with their factors.
#[derive(Clone, Default)]
struct Sum {
    number: BigRational,
    terms: BTreeMap<FactId, BigRational>,
}

impl Sum {
    fn scaled(mut self, factor: &BigRational) -> Self {
        self.number *= factor;
        for own in self.terms.values_mut() {
            *own *= factor;
        }
        self
    }

    fn plus(mut self, other: Self) -> Self {
        self.number += other.number;
        for (id, factor) in other.terms {
            *self.terms.entry(id).or_default() += factor;
        }
        self
    }
}

/// An interval that was computed without an assumption, narrowed to what holds for independent estimates. A result that is no estimate
/// comes back unchanged.
///
/// # Errors
/// When the rule does not hold: for products and quotients of estimates, intervals that are not symmetric or not of one level, and
/// estimates that are computed from a common one.
pub(super) fn independent(
    store: &Store,
    interval: Interval,
    formula: &Formula,
    inputs: &[Vec<FactId>],
) -> Result<Interval, Refusal> {
    if interval.estimated.is_none() {
        return Ok(interval);
    }
    let sum = sum(store, formula, inputs)?;
    let mut level: Option<Level> = None;
    let mut squares = BigRational::zero();
    let mut seen: BTreeSet<FactId> = BTreeSet::new();
    for (id, factor) in sum.terms.iter().filter(|(_, factor)| !factor.is_zero()) {
        let (half, own) = symmetric(store, *id)?;
        if level.as_ref().is_some_and(|level| *level != own) {
            return refuse("`independent` needs intervals of one level");
        }
        level = Some(own);
        for root in roots(store, *id) {
            if !seen.insert(root) {
                return refuse(format!(
                    "`independent` does not hold: two of the estimates are computed from `{}`",
                    store.fact(root).address
                ));
            }
        }
        let part = factor * half;
        squares += &part * &part;
    }
    Ok(interval.with_root_of(&squares, level))
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Bounds(reason.into()))
}

/// Half the interval of an estimate in base units, and its level.
fn symmetric(store: &Store, id: FactId) -> Result<(BigRational, Level), Refusal> {
    let fact = store.fact(id);
    let address = &fact.address;
    let Reading::Value(value) = &fact.reading else {
        unreachable!("missing inputs were sorted out")
    };
    let Shape::Estimate {
        point,
        low,
        high,
        level,
    } = &value.shape
    else {
        unreachable!("a term of the sum is an estimate")
    };
    let (below, above) = (&point.value - &low.value, &high.value - &point.value);
    if below != above {
        return refuse(format!(
            "`independent` needs symmetric intervals, and that of `{address}` is not"
        ));
    }
    let Some(level) = level else {
        return refuse(format!(
            "`independent` needs the level of each interval, and that of `{address}` is not stated"
        ));
    };
    let unit = &store.metrics[fact.metric.0].unit;
    Ok((above * store.units.factor(unit), level.clone()))
}

/// The observations that an estimate is computed from; an observation is its own.
fn roots(store: &Store, id: FactId) -> BTreeSet<FactId> {
    let mut found = BTreeSet::new();
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let fact = store.fact(id);
        let estimate = matches!(&fact.reading, Reading::Value(value) if matches!(value.shape, Shape::Estimate { .. }));
        match &fact.origin {
            Origin::Derived { inputs, .. } => open.extend(inputs),
            Origin::Stated { .. } if estimate => {
                found.insert(id);
            }
            Origin::Stated { .. } => {}
        }
    }
    found
}

/// A formula as a sum.
fn sum(store: &Store, formula: &Formula, inputs: &[Vec<FactId>]) -> Result<Sum, Refusal> {
    let number = |number: BigRational| Sum {
        number,
        terms: BTreeMap::new(),
    };
    match formula {
        Formula::Number(own) => Ok(number(own.clone())),
        Formula::Amount(own, unit) => match store.units.in_words(unit) {
            Some(unit) => Ok(number(own * store.units.factor(&unit))),
            None => refuse(NOT_A_SUM),
        },
        Formula::Reference(index) => term(store, inputs[*index][0]),
        Formula::Negate(inner) => Ok(sum(store, inner, inputs)?.scaled(&-BigRational::one())),
        Formula::Join(operator, left, right) => {
            let (left, right) = (sum(store, left, inputs)?, sum(store, right, inputs)?);
            match operator {
                Operator::Plus => Ok(left.plus(right)),
                Operator::Minus => Ok(left.plus(right.scaled(&-BigRational::one()))),
                Operator::Times if right.terms.is_empty() => Ok(left.scaled(&right.number)),
                Operator::Times if left.terms.is_empty() => Ok(right.scaled(&left.number)),
                Operator::Over if right.terms.is_empty() && !right.number.is_zero() => {
                    Ok(left.scaled(&right.number.recip()))
                }
                Operator::Times | Operator::Over => refuse(NOT_A_SUM),
            }
        }
        Formula::Call(function @ (Function::Sum | Function::Mean), parts) => {
            let mut all = Sum::default();
            let mut count = 0_u32;
            for part in parts {
                let found = match part {
                    Formula::Reference(index) => inputs[*index]
                        .iter()
                        .map(|id| term(store, *id))
                        .collect::<Result<Vec<_>, _>>()?,
                    other => vec![sum(store, other, inputs)?],
                };
                for one in found {
                    all = all.plus(one);
                    count += 1;
                }
            }
            Ok(match function {
                Function::Mean => all.scaled(&BigRational::new(1.into(), count.max(1).into())),
                _ => all,
            })
        }
        Formula::Call(..) | Formula::Beside(..) => refuse(NOT_A_SUM),
    }
}

/// Why the rule of independent errors does not apply to a formula.
const NOT_A_SUM: &str = "`independent` holds for sums, differences and means of estimates, and for their products with exact numbers";

/// A fact as a term of a sum, in base units.
fn term(store: &Store, id: FactId) -> Result<Sum, Refusal> {
    let fact = store.fact(id);
    let Reading::Value(value) = &fact.reading else {
        unreachable!("missing inputs were sorted out")
    };
    let factor = store.units.factor(&store.metrics[fact.metric.0].unit);
    match &value.shape {
        Shape::Estimate { .. } => Ok(Sum {
            number: BigRational::zero(),
            terms: BTreeMap::from([(id, BigRational::one())]),
        }),
        Shape::Exact(amount) => Ok(Sum {
            number: &amount.value * factor,
            terms: BTreeMap::new(),
        }),
        _ => refuse(format!(
            "`independent` holds for estimates and exact numbers, and `{}` is {}",
            fact.address, fact.forms.sentence
        )),
    }
}
