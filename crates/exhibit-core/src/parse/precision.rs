//! `digits` and `decimals`: how far numbers are printed.

use exhibit_facts::quantity::DisplayPrecision;

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::Spanned;
use crate::yaml::{Kind, Node};

/// Nothing has more digits than that.
const MOST: u32 = 12;

/// `digits` (at least `least`) or `decimals` of whatever the fields belong to; both are a finding.
pub(super) fn precision(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    least: u32,
) -> Option<DisplayPrecision> {
    let digits = fields
        .get("digits")
        .and_then(|node| count(reader, node, "digits", least));
    let decimals = fields
        .get("decimals")
        .and_then(|node| count(reader, node, "decimals", 0));
    one_of_two(reader, fields, digits.is_some());
    digits.or(decimals)
}

/// `digits` or `decimals` of a table: one for all columns, or a list with one for each column. `null` stands for a column that has none.
/// Empty for a table without them.
pub(super) fn of_columns(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    columns: usize,
) -> Vec<Spanned<Option<DisplayPrecision>>> {
    let mut all = |key: &str, least: u32| {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let mut one = |node: &Node| Spanned {
            value: match node.kind {
                Kind::Null => None,
                _ => count(reader, node, key, least),
            },
            span: node.span,
        };
        match &node.kind {
            Kind::Seq(items) => items.iter().map(one).collect(),
            _ => vec![one(node); columns],
        }
    };
    let (digits, decimals) = (all("digits", 1), all("decimals", 0));
    one_of_two(reader, fields, !digits.is_empty());
    if digits.is_empty() { decimals } else { digits }
}

fn one_of_two(reader: &mut Reader<'_>, fields: &Fields<'_>, digits: bool) {
    if let (true, Some(node)) = (digits, fields.get("decimals")) {
        reader.push(
            Finding::error(Code::UnknownKey, node.span, "`digits` and `decimals` exclude each other: both round the result")
                .help("keep one of the two: `decimals` prints all results with the same decimal places, `digits` with the same significant digits"),
        );
    }
}

/// A whole number from `least` to twelve.
fn count(reader: &mut Reader<'_>, node: &Node, key: &str, least: u32) -> Option<DisplayPrecision> {
    let text = reader.text(node, &format!("`{key}`"))?;
    let number = text.raw.trim().parse().ok();
    let Some(number) = number.filter(|number| (least..=MOST).contains(number)) else {
        reader.push(
            Finding::error(
                Code::BadValue,
                text.span,
                format!("`{key}` cannot be `{}`", text.raw),
            )
            .help(format!("write a whole number from {least} to {MOST}")),
        );
        return None;
    };
    if key == "digits" {
        Some(DisplayPrecision::Digits(number))
    } else {
        i32::try_from(number).ok().map(DisplayPrecision::Decimals)
    }
}
