//! A value as an observation has it: one number, a bound, a range, or the reason why there is none.

use exhibit_facts::number;
use exhibit_facts::quantity::{Reading, Shape, Value};

use super::reader::Reader;
use crate::diag::{Code, Finding};
use crate::model::Spanned;
use crate::yaml::{Kind, Node};

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
            let fields = reader.fields(
                node,
                "a value",
                &[
                    "exactly",
                    "more_than",
                    "at_least",
                    "less_than",
                    "at_most",
                    "range",
                    "unknown",
                    "about",
                ],
            )?;
            let about = reader.boolean(&fields, "about", false);
            let shapes: Vec<_> = fields
                .entries()
                .iter()
                .filter(|(name, ..)| *name != "about")
                .collect();
            let [(name, _, inner)] = shapes.as_slice() else {
                reader.push(Finding::error(Code::BadValue, node.span, "a value must have exactly one shape").help("write one of exactly, more_than, at_least, less_than, at_most, range, unknown; `about: true` may be added"));
                return None;
            };
            if *name == "unknown" {
                return reader
                    .text(inner, "the reason")
                    .and_then(|reason| spanned(Reading::Missing(reason.raw)));
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
                        reader.push(
                            Finding::error(Code::BadValue, inner.span, error.to_string())
                                .help(error.help()),
                        );
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

fn amount(reader: &mut Reader<'_>, node: &Node) -> Option<exhibit_facts::quantity::Amount> {
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
