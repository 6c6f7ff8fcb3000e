//! `table:` of a metric: a file of rows, and which of its columns is what.

use exhibit_facts::quantity::Status;

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::{Empty, Format, RowAggregation, Spanned, TableModel, Text};
use crate::yaml::Node;

const FORMATS: [(&str, Format); 4] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("parquet", Format::Parquet),
];

const ROWS: [(&str, RowAggregation); 3] = [
    ("each", RowAggregation::Each),
    ("sum", RowAggregation::Sum),
    ("count", RowAggregation::Count),
];

const EMPTY: [(&str, Empty); 3] = [
    ("refuse", Empty::Refuse),
    ("skip", Empty::Skip),
    ("unknown", Empty::Unknown),
];

/// Reads the mapping. `known` are the metric's dimensions.
pub(super) fn table(
    reader: &mut Reader<'_>,
    node: &Node,
    metric: &str,
    known: &[&str],
) -> Option<TableModel> {
    let what = format!("the table of {metric}");
    let keys = [
        "file",
        "format",
        "from",
        "at",
        "value",
        "dimensions",
        "where",
        "rows",
        "zeros-count",
        "empty",
        "status",
    ];
    let fields = reader.fields(node, &what, &keys)?;
    let file = reader.need_text(&fields, "file", &what);
    let from = reader.need_text(&fields, "from", &what);
    let at = reader.need_text(&fields, "at", &what);
    let rows = fields
        .get("rows")
        .and_then(|node| reader.choice(node, "rule for rows", &ROWS))
        .map_or(RowAggregation::Each, |rows| rows.value);
    let value = if rows == RowAggregation::Count {
        None
    } else {
        Some(reader.need_text(&fields, "value", &what)?)
    };
    let (dimensions, known_all) = dimensions(reader, &fields, known);
    let filter = filter(reader, &fields);
    let empty = fields
        .get("empty")
        .and_then(|node| reader.choice(node, "rule for empty cells", &EMPTY))
        .map_or(Empty::Refuse, |empty| empty.value);
    let status = fields
        .get("status")
        .and_then(|node| reader.status(node))
        .unwrap_or(Spanned {
            value: Status::Actual,
            span: node.span,
        });
    let (file, from, at) = (file?, from?, at?);
    let named = fields
        .get("format")
        .and_then(|node| reader.choice(node, "table format", &FORMATS))
        .map(|format| format.value);
    let by_ending = || {
        FORMATS
            .iter()
            .find(|(ending, _)| {
                file.raw
                    .to_ascii_lowercase()
                    .ends_with(&format!(".{ending}"))
            })
            .map(|(_, format)| *format)
    };
    let Some(format) = named.or_else(by_ending) else {
        reader.push(
            Finding::error(
                Code::MissingKey,
                file.span,
                format!("the name `{}` does not tell the format of the file", file.raw),
            )
            .help("rename the file so that its name ends in .csv, .tsv, .json or .parquet, or add `format:`"),
        );
        return None;
    };
    // Rows that a dimension should tell apart would be called alike.
    known_all.then_some(TableModel {
        file,
        format,
        from,
        at,
        value,
        dimensions,
        filter,
        rows,
        zeros_count: reader.boolean(&fields, "zeros-count", false),
        empty,
        status,
    })
}

/// `dimensions:`: the column of each; false where one is named that the metric does not have.
fn dimensions(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    known: &[&str],
) -> (Vec<(Spanned<String>, Text)>, bool) {
    let mut dimensions = Vec::new();
    let mut known_all = true;
    if let Some(node) = fields.get("dimensions")
        && let Some(inner) = reader.mapping(node, "`dimensions` of a table")
    {
        for (name, span, column) in inner.entries() {
            if !known.contains(name) {
                reader.unknown_key(name, *span, "`dimensions` of the metric", known);
                known_all = false;
                continue;
            }
            if let Some(column) = reader.text(column, "a column") {
                let name = Spanned {
                    value: (*name).to_owned(),
                    span: *span,
                };
                dimensions.push((name, column));
            }
        }
    }
    (dimensions, known_all)
}

/// `where:`: columns, and the values that a row must have to count.
fn filter(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<(Spanned<String>, Vec<String>)> {
    let mut filter = Vec::new();
    if let Some(node) = fields.get("where")
        && let Some(inner) = reader.mapping(node, "`where`")
    {
        for (column, span, values) in inner.entries() {
            let values = reader
                .list(values, "the values of a column")
                .iter()
                .filter_map(|value| reader.text(value, "a value"))
                .map(|text| text.raw)
                .collect();
            let column = Spanned {
                value: (*column).to_owned(),
                span: *span,
            };
            filter.push((column, values));
        }
    }
    filter
}
