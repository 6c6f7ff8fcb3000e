//! Formulas over facts to intervals, units checked on the way.

use exhibit_facts::arithmetic::{Interval, Known, Refusal};
use exhibit_facts::facts::FactId;
use exhibit_facts::formula::{Formula, Function, Operator};
use exhibit_facts::quantity::Reading;
use exhibit_facts::span::Span;
use exhibit_facts::unit::Dimensions;
use num_rational::BigRational;
use num_traits::One;

use super::store::Store;
use crate::diag::{Code, Finding};

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
    /// A number of the formula has a unit that nobody defines.
    UnknownUnit(String),
    /// The bounds do not support a result.
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The finding of a unit that nobody defines.
pub(super) fn unknown_unit(store: &Store, name: &str, span: Span) -> Finding {
    Finding::error(
        Code::UnknownUnit,
        span,
        format!("unit `{name}` is not defined"),
    )
    .help("write a unit of the data set or a built-in unit behind the number, such as `1.95 million jobs`")
    .nearest(name, store.units.names())
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
        Formula::Amount(number, unit) => {
            let unit = store
                .units
                .in_words(unit)
                .ok_or_else(|| Failure::UnknownUnit(unit.clone()))?;
            Ok((
                Interval::number(number * store.units.factor(&unit)),
                store.units.dimensions(&unit),
            ))
        }
        Formula::Reference(index) => Ok(measured(store, inputs[*index][0])),
        Formula::Negate(inner) => {
            let (interval, dimensions) = evaluate(store, inner, inputs)?;
            Ok((interval.negated(), dimensions))
        }
        Formula::Join(operator, left, right) => {
            let parts = (
                evaluate(store, left, inputs)?,
                evaluate(store, right, inputs)?,
            );
            if let Some(base) = growth_base(formula, inputs) {
                growing(&evaluate(store, base, inputs)?.0)?;
            } else if *operator == Operator::Over && like(store, left, right, inputs, &parts) {
                comparable_base(&parts.1.0)?;
            }
            join(*operator, parts.0, parts.1)
        }
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
        Formula::Call(
            function @ (Function::Last | Function::First | Function::Most | Function::Least),
            parts,
        ) => (*function, parts),
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
        Function::First => 0,
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
        let mut rest = None;
        for id in others {
            let part = measured(store, *id);
            not_negative_part(&part.0)?;
            rest = Some(match rest {
                None => part,
                Some(sum) => join(Operator::Plus, sum, part)?,
            });
        }
        not_negative_part(&mine)?;
        let rest = rest.map_or_else(|| whole_number(0), |(rest, _)| rest);
        return Ok((mine.beside(&rest)?, Dimensions::new()));
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

/// A part of a whole is not negative.
fn not_negative_part(part: &Interval) -> Result<(), Refusal> {
    if part.is_not_negative() {
        return Ok(());
    }
    senseless(
        "a part is or may be negative, and parts of two signs make no whole: a share could be above 100 % or below zero",
        "show the parts as amounts in a bar or column chart; or take the share of what is never negative, such as sales instead of profits",
    )
}

/// Growth and everything like it needs a base above zero. From a loss of 50, a smaller loss of 20 would be a fall of 60 %, and a profit a
/// fall of more than 100 %.
fn growing(base: &Interval) -> Result<(), Refusal> {
    if base.is_positive() {
        return Ok(());
    }
    senseless(
        "growth needs a base above zero; from a base that is or may be zero or negative, its sign would say the opposite or nothing",
        "state the change as an amount, `after - before`, in the unit of the figures; or begin at a time at which the base is above zero",
    )
}

/// How many times one amount is another of its kind needs a base that is not negative.
fn comparable_base(base: &Interval) -> Result<(), Refusal> {
    if base.is_not_negative() {
        return Ok(());
    }
    senseless(
        "the base of the quotient is or may be negative, so the quotient does not say how the two figures compare",
        "state the difference, `a - b`; or compare magnitudes: `abs(a) / abs(b)`",
    )
}

/// The base of a formula that says growth by hand: `a / b - 1`, `1 - a / b`, `(a - b) / b`, `(b - a) / b`.
fn growth_base<'f>(formula: &'f Formula, inputs: &[Vec<FactId>]) -> Option<&'f Formula> {
    let one = |part: &Formula| match part {
        Formula::Number(number) => number.is_one(),
        _ => false,
    };
    let quotient = |part: &'f Formula| match part {
        Formula::Join(Operator::Over, _, base) if !is_constant(base) => Some(&**base),
        _ => None,
    };
    match formula {
        Formula::Join(Operator::Minus, left, right) if one(right) => quotient(left),
        Formula::Join(Operator::Minus, left, right) if one(left) => quotient(right),
        Formula::Join(Operator::Plus, left, right) => match (&**left, &**right) {
            (Formula::Negate(inner), other) | (other, Formula::Negate(inner)) if one(inner) => {
                quotient(other)
            }
            _ => None,
        },
        Formula::Join(Operator::Over, change, base) => match &**change {
            Formula::Join(Operator::Minus, left, right)
                if !is_constant(base)
                    && (same(left, base, inputs) || same(right, base, inputs)) =>
            {
                Some(base)
            }
            _ => None,
        },
        _ => None,
    }
}

/// True for a formula without a fact.
fn is_constant(formula: &Formula) -> bool {
    match formula {
        Formula::Number(_) | Formula::Amount(..) => true,
        Formula::Reference(_) | Formula::Beside(..) => false,
        Formula::Negate(inner) => is_constant(inner),
        Formula::Join(_, left, right) => is_constant(left) && is_constant(right),
        Formula::Call(_, parts) => parts.iter().all(is_constant),
    }
}

/// True for two formulas that are written alike, over the same facts.
fn same(a: &Formula, b: &Formula, inputs: &[Vec<FactId>]) -> bool {
    match (a, b) {
        (Formula::Reference(a), Formula::Reference(b)) => inputs[*a] == inputs[*b],
        (Formula::Negate(a), Formula::Negate(b)) => same(a, b, inputs),
        (Formula::Join(first, a, b), Formula::Join(second, c, d)) => {
            first == second && same(a, c, inputs) && same(b, d, inputs)
        }
        (Formula::Call(first, a), Formula::Call(second, b)) => {
            first == second
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| same(a, b, inputs))
        }
        _ => a == b,
    }
}

/// True for two amounts of one kind, of which a quotient says how many times one is the other: two of one unit, or two of one metric.
fn like(
    store: &Store,
    left: &Formula,
    right: &Formula,
    inputs: &[Vec<FactId>],
    parts: &(Measured, Measured),
) -> bool {
    let metric = |formula: &Formula| match formula {
        Formula::Reference(index) => inputs[*index].first().map(|id| store.fact(*id).metric.0),
        _ => None,
    };
    let ((_, own), (_, other)) = parts;
    own == other && (!own.is_empty() || metric(left).is_some_and(|one| metric(right) == Some(one)))
}

fn senseless<T>(reason: &str, help: &'static str) -> Result<T, Refusal> {
    Err(Refusal::Sense {
        reason: reason.to_owned(),
        help,
    })
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
            not_negative_part(&part.0)?;
            if !whole.0.is_positive() {
                return Ok(senseless(
                    "the whole of a share must be above zero",
                    "show both figures as amounts, or choose a time at which the whole is above zero",
                )?);
            }
            if part.0.above(&whole.0) {
                return Ok(senseless(
                    "the part is larger than the whole",
                    "write the whole second, `share(part, whole)`; for two amounts of which neither is a part of the other, write a quotient `a / b`",
                )?);
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
        Function::First => Ok(next()),
        Function::Abs => {
            let (interval, dimensions) = next();
            Ok((interval.magnitude()?, dimensions))
        }
        Function::Rank => unreachable!("a rank is taken beside others"),
        Function::Growth => {
            let (before, after) = (next(), next());
            if before.1 != after.1 {
                return Err(Failure::Units(before.1, after.1));
            }
            growing(&before.0)?;
            join(
                Operator::Minus,
                join(Operator::Over, after, before)?,
                number(1),
            )
        }
        Function::Before => {
            let (after, growth) = (next(), next());
            let factor = join(Operator::Plus, number(1), growth)?;
            if !after.0.is_not_negative() || !factor.0.is_positive() {
                return Ok(senseless(
                    "there is no figure above zero before this growth",
                    "use `before` for figures that are not negative and for a growth above -100 %; or write the earlier figure as an observation",
                )?);
            }
            join(Operator::Over, after, factor)
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
            growing(&before.0)?;
            let (ratio, dimensions) = join(Operator::Over, after, before)?;
            join(Operator::Minus, (ratio.root(steps)?, dimensions), number(1))
        }
    }
}
