//! Keys of a table that say how its cells are read: separator, encoding, decimal sign, marks for no value, lines around the rows.

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::{Dialect, Text};
use crate::yaml::{Kind, Node};

const SEPARATORS: [(&str, u8); 6] = [
    (",", b','),
    (";", b';'),
    ("|", b'|'),
    ("\t", b'\t'),
    ("tab", b'\t'),
    (":", b':'),
];

const DECIMALS: [(&str, char); 2] = [(".", '.'), (",", ',')];

const THOUSANDS: [(&str, char); 5] = [(",", ','), (".", '.'), (" ", ' '), ("'", '\''), ("_", '_')];

/// How the cells are read out of the file.
pub(super) fn dialect(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    sdmx: bool,
    book: bool,
) -> Dialect {
    let mut one_of = |key: &str, choices: &[(&str, char)]| -> Option<char> {
        let node = fields.get(key)?;
        reader
            .choice(node, &format!("sign for `{key}`"), choices)
            .map(|sign| sign.value)
    };
    let (decimal, thousands) = (
        one_of("decimal", &DECIMALS),
        one_of("thousands", &THOUSANDS),
    );
    if decimal.is_some()
        && decimal == thousands
        && let Some(node) = fields.get("thousands")
    {
        reader.push(
            Finding::error(
                Code::BadValue,
                node.span,
                "one sign cannot be the decimal sign and group digits",
            )
            .help("keep one of `decimal` and `thousands`"),
        );
    }
    let separator = fields
        .get("separator")
        .and_then(|node| reader.choice(node, "separator", &SEPARATORS))
        .map(|separator| separator.value);
    let encoding = reader
        .optional_text(fields, "encoding")
        .and_then(|text| encoding(reader, &text));
    // The head of a workbook stands in a row, or in several.
    let (skip, head) = if book {
        (None, None)
    } else {
        (
            count(reader, fields, "skip", 0),
            count(reader, fields, "head", 1),
        )
    };
    if let (Some(_), Some(_), Some(node)) = (skip, head, fields.get("head")) {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                node.span,
                "`skip` and `head` exclude each other: both say where the head stands",
            )
            .help("keep one of the two: `skip` counts the lines before the head, `head` is the line of the head"),
        );
    }
    let comment = reader
        .optional_text(fields, "comment")
        .and_then(|text| comment(reader, text));
    let signs = fields.get("signs").map_or_else(Vec::new, |node| {
        one_or_more(reader, node, "a sign")
            .into_iter()
            .map(|text| text.raw.trim().to_owned())
            .filter(|sign| !sign.is_empty())
            .collect()
    });
    Dialect {
        separator,
        encoding,
        decimal,
        thousands,
        signs,
        na: na(reader, fields, sdmx),
        skip: skip.or(head.map(|line| line - 1)).unwrap_or(0),
        units_row: reader.boolean(fields, "units-row", false),
        foot: reader.optional_text(fields, "foot").map(|text| text.raw),
        comment,
    }
}

/// The label of an encoding that is known.
fn encoding(reader: &mut Reader<'_>, text: &Text) -> Option<String> {
    let label = text.raw.trim().to_ascii_lowercase();
    if crate::table::is_encoding(&label) {
        return Some(label);
    }
    reader.push(
        Finding::error(
            Code::UnknownWord,
            text.span,
            format!("`{}` is not a known encoding", text.raw),
        )
        .help("write utf-8, utf-16, latin1, windows-1252, windows-1250, iso-8859-2, gbk, big5, shift_jis or another name of the Encoding Standard"),
    );
    None
}

/// What a remark begins with: one sign.
fn comment(reader: &mut Reader<'_>, text: Text) -> Option<String> {
    let one = text.raw.len() == 1 && !text.raw.contains(['"', ' ']);
    if !one {
        reader.push(
            Finding::error(
                Code::BadValue,
                text.span,
                format!("a remark cannot begin with `{}`", text.raw),
            )
            .help("write one sign of ASCII, such as `comment: \"#\"`"),
        );
    }
    one.then_some(text.raw)
}

/// A whole number from `least` on.
pub(super) fn count(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    key: &str,
    least: u64,
) -> Option<u64> {
    let text = reader.text(fields.get(key)?, &format!("`{key}`"))?;
    let number = text.raw.trim().parse().ok();
    let number = number.filter(|number| (least..=100_000).contains(number));
    if number.is_none() {
        reader.push(
            Finding::error(
                Code::BadValue,
                text.span,
                format!("`{key}` cannot be `{}`", text.raw),
            )
            .help(format!("write a whole number from {least} on")),
        );
    }
    number
}

/// `na:`, cells without a number: a list, or each with its reason.
fn na(reader: &mut Reader<'_>, fields: &Fields<'_>, sdmx: bool) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    if let Some(node) = fields.get("na") {
        if matches!(node.kind, Kind::Map(_)) {
            let inner = reader.mapping(node, "`na`");
            for (mark, _, reason) in inner.iter().flat_map(Fields::entries) {
                if let Some(reason) = reader.text(reason, "a reason") {
                    all.push(((*mark).trim().to_owned(), Some(reason.raw)));
                }
            }
        } else {
            let marks = one_or_more(reader, node, "a mark");
            all.extend(
                marks
                    .into_iter()
                    .map(|text| (text.raw.trim().to_owned(), None)),
            );
        }
    }
    if sdmx {
        all.extend(["NaN", ":"].map(|mark| (mark.to_owned(), None)));
    }
    all
}

/// One text, or a list of texts.
pub(super) fn one_or_more(reader: &mut Reader<'_>, node: &Node, what: &str) -> Vec<Text> {
    match &node.kind {
        Kind::Seq(items) => items
            .iter()
            .filter_map(|item| reader.text(item, what))
            .collect(),
        _ => reader.text(node, what).into_iter().collect(),
    }
}
