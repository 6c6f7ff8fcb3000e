//! A value as an observation has it: one number, a bound, a range, an estimate, or the reason why there is none.

use exhibit_facts::estimate::Level;
use exhibit_facts::number::{self, NumberError};
use exhibit_facts::quantity::{Amount, Reading, Shape, Value};
use exhibit_facts::reason::{Absence, Reason};
use exhibit_facts::rounding::power_of_ten;
use exhibit_facts::span::Span;
use num_rational::BigRational;

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::Spanned;
use crate::yaml::{Kind, Node};

/// The keys of an estimate beside `value`.
const ESTIMATE_KEYS: [&str; 6] = ["low", "high", "margin", "se", "cv", "level"];

/// The keys of the long form.
const KEYS: [&str; 22] = [
    "exactly",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
    "range",
    "unknown",
    "about",
    "value",
    "low",
    "high",
    "margin",
    "se",
    "cv",
    "level",
    "not-available",
    "not-collected",
    "not-applicable",
    "suppressed",
    "unreliable",
    "below-detection",
    "break",
];

/// The level of an interval that is made from a standard error, where the author states none.
const DEFAULT_LEVEL: &str = "95%";

/// A value in its short or long form.
pub(super) fn reading(reader: &mut Reader<'_>, node: &Node) -> Option<Spanned<Reading>> {
    let spanned = |reading| {
        Some(Spanned {
            value: reading,
            span: node.span,
        })
    };
    match &node.kind {
        Kind::Scalar { text, .. } => match number::value(text) {
            Ok(value) => spanned(Reading::Value(value)),
            Err(error) => {
                reader.push(
                    Finding::error(Code::BadValue, node.span, error.to_string())
                        .label("not a value")
                        .help(error.help()),
                );
                None
            }
        },
        Kind::Map(_) => {
            let fields = reader.fields(node, "a value", &KEYS)?;
            if fields.entries().iter().any(|(name, ..)| *name == "value") {
                return estimate(reader, node, &fields)
                    .and_then(|value| spanned(Reading::Value(value)));
            }
            let about = reader.boolean(&fields, "about", false);
            let shapes: Vec<_> = fields
                .entries()
                .iter()
                .filter(|(name, ..)| *name != "about")
                .collect();
            let [(name, _, inner)] = shapes.as_slice() else {
                reader.push(Finding::error(Code::BadValue, node.span, "a value must have exactly one shape").help("write one of exactly, more_than, at_least, less_than, at_most, range, unknown; `about: true` may be added; an estimate is `{value: 12.3, low: 11.9, high: 12.7, level: 95%}`"));
                return None;
            };
            if *name == "unknown" {
                return reader
                    .text(inner, "the reason")
                    .and_then(|reason| spanned(Reading::Missing(Reason::parse(&reason.raw))));
            }
            if let Some(kind) = Absence::NAMED.into_iter().find(|kind| kind.name() == *name) {
                let text = reader.text(inner, "the reason")?.raw;
                return spanned(Reading::Missing(Reason { kind, text }));
            }
            if ESTIMATE_KEYS.contains(name) {
                reader.push(
                    Finding::error(Code::BadValue, inner.span, format!("`{name}` stands without the estimate"))
                        .help("add the estimate as `value`: `{value: 12.3, low: 11.9, high: 12.7, level: 95%}`"),
                );
                return None;
            }
            let shape = if *name == "range" {
                let ends: Vec<_> = reader
                    .list(inner, "`range`")
                    .iter()
                    .map(|end| amount(reader, end))
                    .collect();
                let [low, high] = ends.as_slice() else {
                    reader.push(
                        Finding::error(Code::BadValue, inner.span, "a range must have two ends")
                            .help("write `{range: [40, 50]}`"),
                    );
                    return None;
                };
                match number::range(low.clone()?, high.clone()?) {
                    Ok(shape) => shape,
                    Err(error) => {
                        refuse(reader, inner.span, &error);
                        return None;
                    }
                }
            } else {
                let amount = amount(reader, inner)?;
                match *name {
                    "more_than" => Shape::MoreThan(amount),
                    "at_least" => Shape::AtLeast(amount),
                    "less_than" => Shape::LessThan(amount),
                    "at_most" => Shape::AtMost(amount),
                    _ => Shape::Exact(amount),
                }
            };
            spanned(Reading::Value(Value { shape, about }))
        }
        Kind::Null => {
            reader.push(Finding::error(Code::BadValue, node.span, "the value is empty").help("write the value, or `{unknown: reason}` if the value is not known: an empty value is never zero"));
            None
        }
        Kind::Seq(_) => {
            reader.push(
                Finding::error(
                    Code::BadValue,
                    node.span,
                    "a value must be one number or one range",
                )
                .help("write `40..50` or `{range: [40, 50]}`"),
            );
            None
        }
    }
}

/// An estimate in its long form: `value` with `low` and `high`, or with one of `margin`, `se` and `cv`.
fn estimate(reader: &mut Reader<'_>, node: &Node, fields: &Fields<'_>) -> Option<Value> {
    let about = reader.boolean(fields, "about", false);
    let given = |name: &str| fields.entries().iter().any(|(own, ..)| *own == name);
    let foreign = fields
        .entries()
        .iter()
        .find(|(name, ..)| !["value", "about"].contains(name) && !ESTIMATE_KEYS.contains(name));
    if let Some((name, span, _)) = foreign {
        reader.push(
            Finding::error(
                Code::BadValue,
                *span,
                format!("`value` and `{name}` exclude each other"),
            )
            .help(ESTIMATE_HELP),
        );
        return None;
    }
    let mut one = |name: &str| match fields.get(name) {
        Some(node) => amount(reader, node).map(Some),
        None => Some(None),
    };
    let point = one("value")??;
    let (low, high) = (one("low")?, one("high")?);
    let (margin, error) = (one("margin")?, one("se")?);
    let share = match fields.get("cv") {
        Some(node) => Some(variation(reader, node)?),
        None => None,
    };
    let level = match fields.get("level") {
        Some(node) => Some(level(reader, node)?),
        None => None,
    };
    let ways = usize::from(given("low") || given("high"))
        + ["margin", "se", "cv"]
            .into_iter()
            .filter(|name| given(name))
            .count();
    let shape = match (low, high, margin, error, share) {
        (None, None, None, None, None) if level.is_none() => Ok(Shape::Exact(point)),
        _ if ways != 1 => {
            let found = if ways == 0 {
                "a level needs an interval"
            } else {
                "an estimate must have one interval"
            };
            reader.push(Finding::error(Code::BadValue, node.span, found).help(ESTIMATE_HELP));
            return None;
        }
        (Some(low), Some(high), ..) => number::estimate(point, low, high, level),
        (_, _, Some(half), ..) => {
            worded(&point, &half).and_then(|half| number::margin(point, &half, level))
        }
        (_, _, _, Some(error), _) => worded(&point, &error)
            .and_then(|error| number::standard_error(point, &error, or_default(level))),
        (.., Some(share)) => number::variation(point, &share, or_default(level)),
        _ => {
            reader.push(
                Finding::error(Code::BadValue, node.span, "an interval must have two ends")
                    .help(ESTIMATE_HELP),
            );
            return None;
        }
    };
    match shape {
        Ok(shape) => Some(Value { shape, about }),
        Err(error) => {
            refuse(reader, node.span, &error);
            None
        }
    }
}

/// The ways to write an estimate.
const ESTIMATE_HELP: &str = "write `{value: 12.3, low: 11.9, high: 12.7, level: 95%}`, or `margin: 0.4`, `se: 0.2` or `cv: 1.6%` in the place of both ends";

/// The level that is written, or the usual one.
fn or_default(level: Option<Level>) -> Level {
    level.unwrap_or_else(|| number::level(DEFAULT_LEVEL).expect("a sound level"))
}

/// A margin or a standard error beside its point.
///
/// # Errors
/// When the point has a multiplier word and the other number has none.
fn worded(point: &Amount, other: &Amount) -> Result<BigRational, NumberError> {
    let word = |amount: &Amount| amount.scale.map_or(0, |scale| scale.multiplier);
    match (word(point), word(other)) {
        (power, 0) if power > 0 => Err(NumberError::MarginWord(power)),
        _ => Ok(other.value.clone()),
    }
}

/// A level of confidence.
fn level(reader: &mut Reader<'_>, node: &Node) -> Option<Level> {
    let text = reader.text(node, "a level")?;
    match number::level(&text.raw) {
        Ok(level) => Some(level),
        Err(error) => {
            refuse(reader, text.span, &error);
            None
        }
    }
}

/// A coefficient of variation, as a share: `1.6%` or 0.016.
fn variation(reader: &mut Reader<'_>, node: &Node) -> Option<BigRational> {
    let text = reader.text(node, "a share")?;
    let (number, shift) = match text.raw.trim().strip_suffix('%') {
        Some(number) => (number, -2),
        None => (text.raw.as_str(), 0),
    };
    match number::amount(number) {
        Ok(amount) => Some(amount.value * power_of_ten(shift)),
        Err(error) => {
            reader.push(
                Finding::error(Code::BadValue, text.span, error.to_string())
                    .label("not a share")
                    .help("write the coefficient of variation as 1.6% or 0.016"),
            );
            None
        }
    }
}

fn refuse(reader: &mut Reader<'_>, span: Span, error: &NumberError) {
    reader.push(Finding::error(Code::BadValue, span, error.to_string()).help(error.help()));
}

fn amount(reader: &mut Reader<'_>, node: &Node) -> Option<Amount> {
    let text = reader.text(node, "a number")?;
    match number::amount(&text.raw) {
        Ok(amount) => Some(amount),
        Err(error) => {
            reader.push(
                Finding::error(Code::BadValue, text.span, error.to_string())
                    .label("not a number")
                    .help(error.help()),
            );
            None
        }
    }
}
