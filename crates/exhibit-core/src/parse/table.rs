//! `table:` of a metric: a file of rows, and which of its columns is what.

use exhibit_facts::estimate::Level;
use exhibit_facts::normal::normalised;
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::Status;

use super::dialect::{count, dialect, one_or_more};
use super::reader::{Fields, Reader};
use crate::book::Area;
use crate::diag::{Code, Finding};
use crate::model::{
    AtModel, AtPlace, BookModel, CodedColumn, Empty, FilterModel, Format, PackageModel,
    RowAggregation, ScaleModel, Spanned, TableModel, Text, WideColumns, WideModel,
};
use crate::yaml::{Kind, Node};

const FORMATS: [(&str, Format); 9] = [
    ("xlsx", Format::Book),
    ("xlsm", Format::Book),
    ("ods", Format::Book),
    // Told to be saved anew.
    ("xls", Format::Book),
    ("xlsb", Format::Book),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("parquet", Format::Parquet),
];

const ROWS: [(&str, RowAggregation); 8] = [
    ("each", RowAggregation::Each),
    ("sum", RowAggregation::Sum),
    ("count", RowAggregation::Count),
    ("mean", RowAggregation::Mean),
    ("first", RowAggregation::First),
    ("last", RowAggregation::Last),
    ("min", RowAggregation::Min),
    ("max", RowAggregation::Max),
];

const EMPTY: [(&str, Empty); 3] = [
    ("refuse", Empty::Refuse),
    ("skip", Empty::Skip),
    ("unknown", Empty::Unknown),
];

/// What the period of a row may become.
const GRAINS: [(&str, &str); 7] = [
    ("year", "year"),
    ("half", "half"),
    ("quarter", "quarter"),
    ("month", "month"),
    ("week", "week"),
    ("day", "day"),
    ("decade", "decade"),
];

/// Keys of a table.
const KEYS: [&str; 39] = [
    "file",
    "package",
    "resource",
    "sheet",
    "range",
    "numbers",
    "format",
    "from",
    "dialect",
    "separator",
    "encoding",
    "decimal",
    "thousands",
    "signs",
    "na",
    "skip",
    "head",
    "units-row",
    "foot",
    "comment",
    "at",
    "period",
    "value",
    "dimensions",
    "wide",
    "where",
    "rows",
    "fill",
    "zeros-count",
    "empty",
    "status",
    "qualifier",
    "low",
    "high",
    "margin",
    "level",
    "unit",
    "note",
    "scale",
];

/// Reads the mapping. `known` are the metric's dimensions.
pub(super) fn table(
    reader: &mut Reader<'_>,
    node: &Node,
    metric: &str,
    known: &[&str],
) -> Option<TableModel> {
    let what = format!("the table of {metric}");
    let fields = reader.fields(node, &what, &KEYS)?;
    let sdmx = fields
        .get("dialect")
        .and_then(|node| reader.choice(node, "dialect", &[("sdmx", true), ("plain", false)]))
        .is_some_and(|sdmx| sdmx.value);
    let package = package(reader, &fields);
    let file = match &package {
        Some(package) => Some(package.file.clone()),
        None => reader
            .need_text(&fields, "file", &what)
            .map(|file| reader.as_written(file)),
    };
    let from = reader.need_text(&fields, "from", &what);
    let wide = wide(reader, &fields, known);
    let at = at(reader, &fields, &what, wide.as_ref(), sdmx);
    let rows = fields
        .get("rows")
        .and_then(|node| reader.choice(node, "rule for rows", &ROWS))
        .unwrap_or(Spanned {
            value: RowAggregation::Each,
            span: node.span,
        });
    let (low, high) = (
        column(reader, &fields, "low"),
        column(reader, &fields, "high"),
    );
    ends(reader, low.as_ref(), high.as_ref());
    let margin = column(reader, &fields, "margin");
    if let (Some(margin), Some(low)) = (&margin, &low) {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                margin.span,
                "`margin` and `low` exclude each other: both say where the interval of an estimate ends",
            )
            .other(low.span, "the other here")
            .help("keep `margin`, the distance to both ends, or `low` and `high`, the ends"),
        );
    }
    let value = value(
        reader,
        &fields,
        &what,
        wide.is_some(),
        rows.value,
        low.is_some(),
        sdmx,
    )?;
    let (dimensions, known_all) = dimensions(reader, &fields, known, wide.as_ref());
    let filter = filter(reader, &fields);
    let empty = fields
        .get("empty")
        .and_then(|node| reader.choice(node, "rule for empty cells", &EMPTY))
        .map_or(Empty::Refuse, |empty| empty.value);
    let (status, status_column) = status(reader, &fields, node, sdmx);
    let format = match &package {
        // The package knows.
        Some(package) if !package.format_is_said => Some(Format::Csv),
        _ => file.as_ref().and_then(|file| format(reader, &fields, file)),
    };
    let book = format == Some(Format::Book) || fields.get("sheet").is_some();
    let dialect = dialect(reader, &fields, sdmx, book);
    let book = self::book(reader, &fields, book);
    let scale = scale(reader, &fields, sdmx);
    let (file, from, at) = (file?, from?, at?);
    let format = format?;
    // Rows that a dimension should tell apart would be called alike.
    known_all.then_some(TableModel {
        file,
        package,
        format,
        book,
        from,
        dialect,
        at,
        value,
        dimensions,
        wide,
        filter,
        rows,
        zeros_count: reader.boolean(&fields, "zeros-count", false),
        empty,
        status,
        status_column,
        qualifier: coded(reader, &fields, "qualifier"),
        unit: coded(reader, &fields, "unit"),
        low,
        high,
        margin,
        level: level(reader, &fields),
        note: column(reader, &fields, "note"),
        scale,
        fill: fill(reader, &fields),
    })
}

/// `package:` and `resource:`, a table of a Data Package.
fn package(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<PackageModel> {
    let node = fields.get("package")?;
    let file = reader
        .text(node, "`package`")
        .map(|file| reader.as_written(file))?;
    if let Some(own) = fields.get("file") {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                own.span,
                "`file` and `package` exclude each other: the package names the file",
            )
            .help("keep one of the two"),
        );
        return None;
    }
    Some(PackageModel {
        file,
        resource: reader.optional_text(fields, "resource"),
        format_is_said: fields.get("format").is_some(),
    })
}

/// `sheet:`, `range:`, `head:` and `numbers:`, which cells of a workbook are the table, and which digits they have.
fn book(reader: &mut Reader<'_>, fields: &Fields<'_>, book: bool) -> BookModel {
    if !book {
        for key in ["range", "numbers"] {
            if let Some(node) = fields.get(key) {
                reader.push(
                    Finding::error(
                        Code::UnknownKey,
                        node.span,
                        format!("`{key}` is for workbooks, and the file is none"),
                    )
                    .help("remove the key, or name a file that ends in .xlsx or .ods"),
                );
            }
        }
        return BookModel::default();
    }
    let area = reader.optional_text(fields, "range").and_then(|text| {
        let area = Area::parse(text.raw.trim());
        if area.is_none() {
            reader.push(
                Finding::error(
                    Code::BadValue,
                    text.span,
                    format!("`{}` is no range of cells", text.raw),
                )
                .help("write the first and the last cell, such as `B3:F40`; `B:F` for whole columns, `3:40` for whole rows"),
            );
        }
        area
    });
    let skipped = fields
        .get("skip")
        .and_then(|_| count(reader, fields, "skip", 0));
    let head = match reader.optional_text(fields, "head") {
        Some(text) => head_rows(reader, &text),
        None => skipped
            .and_then(|rows| u32::try_from(rows + 1).ok())
            .map(|row| (row, row)),
    };
    BookModel {
        sheet: reader
            .optional_text(fields, "sheet")
            .map(|text| text.raw.trim().to_owned()),
        area,
        head,
        shown: fields
            .get("numbers")
            .and_then(|node| {
                reader.choice(
                    node,
                    "rule for digits",
                    &[("stored", false), ("shown", true)],
                )
            })
            .is_some_and(|shown| shown.value),
    }
}

/// The rows of a head: `3`, or `3..4` where names stand in several.
fn head_rows(reader: &mut Reader<'_>, text: &Text) -> Option<(u32, u32)> {
    let number = |part: &str| part.trim().parse::<u32>().ok().filter(|row| *row > 0);
    let raw = text.raw.trim();
    let rows = match raw.split_once("..") {
        Some((first, last)) => number(first).zip(number(last)),
        None => number(raw).map(|row| (row, row)),
    };
    let rows = rows.filter(|(first, last)| first <= last && last - first < 10);
    if rows.is_none() {
        reader.push(
            Finding::error(
                Code::BadValue,
                text.span,
                format!("`head` cannot be `{}`", text.raw),
            )
            .help("write the row of the names, such as `head: 3`, or `head: 3..4` where the names stand in two rows"),
        );
    }
    rows
}

/// The format of the file: `format`, else the ending of its name.
fn format(reader: &mut Reader<'_>, fields: &Fields<'_>, file: &Text) -> Option<Format> {
    if let Some(node) = fields.get("format") {
        if let Kind::Scalar { text, .. } = &node.kind
            && text.contains('%')
        {
            reader.push(
                Finding::error(
                    Code::UnknownWord,
                    node.span,
                    format!("`{text}` is the format of a date, but `format` of a table is that of the file"),
                )
                .help(format!("write the format beside the column of the date: `at: {{column: …, format: \"{text}\"}}`")),
            );
            return None;
        }
        return reader
            .choice(node, "table format", &FORMATS)
            .map(|format| format.value);
    }
    let name = file.raw.to_ascii_lowercase();
    let ending = |(ending, _): &&(&str, Format)| name.ends_with(&format!(".{ending}"));
    // Standard input has no name that could tell, and is mostly CSV.
    let found = FORMATS
        .iter()
        .find(ending)
        .map(|(_, format)| *format)
        .or((file.raw == "-").then_some(Format::Csv));
    if found.is_none() {
        reader.push(
            Finding::error(
                Code::MissingKey,
                file.span,
                format!("the name `{}` does not tell the format of the file", file.raw),
            )
            .help("rename the file so that its name ends in .csv, .tsv, .json, .xlsx, .ods or .parquet, or add `format:`"),
        );
    }
    found
}

/// A key whose value is the name of a column.
fn column(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<Text> {
    let node = fields.get(key)?;
    reader.text(node, &format!("`{key}`")).map(named)
}

/// The name of a column, as names are compared.
fn named(text: Text) -> Text {
    Text {
        raw: normalised(text.raw.trim()).into_owned(),
        span: text.span,
    }
}

/// A range needs both ends.
fn ends(reader: &mut Reader<'_>, low: Option<&Text>, high: Option<&Text>) {
    let (one, missing) = match (low, high) {
        (Some(low), None) => (low, "high"),
        (None, Some(high)) => (high, "low"),
        _ => return,
    };
    reader.push(
        Finding::error(
            Code::MissingKey,
            one.span,
            format!("a range must have two ends, but the table names no column `{missing}`"),
        )
        .help(format!(
            "add `{missing}:` with the name of its column; for a bound write `qualifier:`"
        )),
    );
}

/// `level:` of the interval between low and high.
fn level(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Level> {
    let text = reader.optional_text(fields, "level")?;
    match number::level(&text.raw) {
        Ok(level) => Some(level),
        Err(error) => {
            reader.push(
                Finding::error(Code::BadValue, text.span, error.to_string()).help(error.help()),
            );
            None
        }
    }
}

/// `value:`, where the table needs it.
#[expect(
    clippy::option_option,
    reason = "a table may need no value, or lack the one it needs"
)]
fn value(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    what: &str,
    wide: bool,
    rows: RowAggregation,
    range: bool,
    sdmx: bool,
) -> Option<Option<Text>> {
    if wide {
        if let Some(node) = fields.get("value") {
            reader.push(
                Finding::error(
                    Code::UnknownKey,
                    node.span,
                    "a wide table has its numbers in the columns that `wide` names, not in one column `value`",
                )
                .help("remove `value`, or remove `wide`"),
            );
            return None;
        }
        return Some(None);
    }
    if rows == RowAggregation::Count {
        return Some(None);
    }
    match column(reader, fields, "value") {
        Some(column) => Some(Some(column)),
        None if range && fields.get("value").is_none() => Some(None),
        None if sdmx && fields.get("value").is_none() => Some(Some(Text {
            raw: "OBS_VALUE".to_owned(),
            span: fields.span,
        })),
        None => {
            reader.need_text(fields, "value", what)?;
            None
        }
    }
}

/// `at:`, a column, or where and how the period is written; `period:` beside it.
fn at(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    what: &str,
    wide: Option<&WideModel>,
    sdmx: bool,
) -> Option<AtModel> {
    let mut grain = fields
        .get("period")
        .and_then(|node| reader.choice(node, "frequency", &GRAINS));
    let heads = wide.is_some_and(|wide| wide.dimension.is_none());
    let Some(node) = fields.get("at") else {
        let place = if heads {
            AtPlace::Heads
        } else if sdmx {
            AtPlace::Column(Text {
                raw: "TIME_PERIOD".to_owned(),
                span: fields.span,
            })
        } else {
            reader.need(fields, "at", what)?;
            return None;
        };
        return Some(AtModel {
            place,
            formats: Vec::new(),
            grain,
            span: wide.map_or(fields.span, |wide| wide.span),
        });
    };
    if !matches!(node.kind, Kind::Map(_)) {
        let column = named(reader.text(node, "`at`")?);
        if heads {
            return both_places(reader, node);
        }
        return Some(AtModel {
            span: column.span,
            place: AtPlace::Column(column),
            formats: Vec::new(),
            grain,
        });
    }
    let keys = [
        "column", "format", "period", "year", "half", "quarter", "month", "week", "day", "always",
    ];
    let inner = reader.fields(node, "`at`", &keys)?;
    grain = inner
        .get("period")
        .and_then(|node| reader.choice(node, "frequency", &GRAINS))
        .or(grain);
    let formats = inner.get("format").map_or_else(Vec::new, |node| {
        one_or_more(reader, node, "a format")
            .into_iter()
            .map(|text| text.raw)
            .collect()
    });
    let mut name = |key: &str| column(reader, &inner, key);
    let (whole, year, day) = (name("column"), name("year"), name("day"));
    let part = [
        ("half", "H"),
        ("quarter", "Q"),
        ("month", ""),
        ("week", "W"),
    ]
    .into_iter()
    .find_map(|(key, letter)| name(key).map(|column| (letter, column)));
    let always = inner
        .get("always")
        .and_then(|node| reader.period(node, "`always`"));
    let place = match (whole, year, always) {
        (Some(column), None, None) => AtPlace::Column(column),
        (None, Some(year), None) => AtPlace::Parts { year, part, day },
        (None, None, Some(period)) => AtPlace::Always(period.value),
        (None, None, None) if heads => AtPlace::Heads,
        _ => {
            reader.push(
                Finding::error(
                    Code::WrongType,
                    node.span,
                    "`at` must say in one way where the period stands",
                )
                .help("write `at: column`, `at: {column: …, format: \"%m/%d/%Y\"}`, `at: {year: …, month: …}` or `at: {always: 2023}`"),
            );
            return None;
        }
    };
    if heads && !matches!(place, AtPlace::Heads) {
        return both_places(reader, node);
    }
    Some(AtModel {
        place,
        formats,
        grain,
        span: node.span,
    })
}

/// A period cannot stand in a column and in the head.
fn both_places(reader: &mut Reader<'_>, node: &Node) -> Option<AtModel> {
    reader.push(
        Finding::error(
            Code::UnknownKey,
            node.span,
            "the periods stand in the head of this wide table, so that no column has them",
        )
        .help("remove the column from `at`; `at: {format: …}` may stay, and says how the names in the head are written"),
    );
    None
}

/// `wide:`, the columns that each have a period or a dimension value of their own.
fn wide(reader: &mut Reader<'_>, fields: &Fields<'_>, known: &[&str]) -> Option<WideModel> {
    let node = fields.get("wide")?;
    let inner = reader.fields(node, "`wide`", &["period", "dimension", "columns"])?;
    let span = node.span;
    if let Some(dimension) = inner.get("dimension") {
        let text = reader.text(dimension, "`dimension`")?;
        if !known.contains(&text.raw.trim()) {
            reader.unknown_key(
                text.raw.trim(),
                text.span,
                "`dimensions` of the metric",
                known,
            );
            return None;
        }
        let columns = inner
            .get("columns")
            .map_or(Some(WideColumns::All), |node| wide_columns(reader, node))?;
        return Some(WideModel {
            dimension: Some(text.spanned()),
            columns,
            span,
        });
    }
    let columns = inner
        .get("period")
        .or_else(|| inner.get("columns"))
        .map_or(Some(WideColumns::All), |node| wide_columns(reader, node))?;
    Some(WideModel {
        dimension: None,
        columns,
        span,
    })
}

/// `all`, names of columns, or `2019..2023`.
fn wide_columns(reader: &mut Reader<'_>, node: &Node) -> Option<WideColumns> {
    if let Kind::Scalar { text, .. } = &node.kind {
        if text == "all" {
            return Some(WideColumns::All);
        }
        if let Some((first, last)) = text.split_once("..")
            && let (Some(first), Some(last)) = (Period::parse(first), Period::parse(last))
        {
            return Some(WideColumns::Between(first, last));
        }
    }
    let names = one_or_more(reader, node, "a column");
    (!names.is_empty()).then(|| WideColumns::Named(names.into_iter().map(named).collect()))
}

/// `dimensions:`: the column of each; false where one is named that the metric does not have.
fn dimensions(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    known: &[&str],
    wide: Option<&WideModel>,
) -> (Vec<(Spanned<String>, Text)>, bool) {
    let mut dimensions = Vec::new();
    let mut known_all = true;
    let in_head = wide.and_then(|wide| wide.dimension.as_ref());
    if let Some(node) = fields.get("dimensions")
        && let Some(inner) = reader.mapping(node, "`dimensions` of a table")
    {
        for (name, span, column) in inner.entries() {
            if !known.contains(name) {
                reader.unknown_key(name, *span, "`dimensions` of the metric", known);
                known_all = false;
                continue;
            }
            if let Some(head) = in_head
                && head.value == *name
            {
                reader.push(
                    Finding::error(
                        Code::DuplicateKey,
                        *span,
                        format!(
                            "dimension `{name}` stands in the head of the table and in a column"
                        ),
                    )
                    .other(head.span, "in the head here")
                    .help("remove one of the two"),
                );
                known_all = false;
                continue;
            }
            if let Some(column) = reader.text(column, "a column") {
                let name = Spanned {
                    value: (*name).to_owned(),
                    span: *span,
                };
                dimensions.push((name, named(column)));
            }
        }
    }
    (dimensions, known_all)
}

/// `where:`: columns, and the values that a row must have to count, or with `not` must not have.
fn filter(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<FilterModel> {
    let mut filter = Vec::new();
    if let Some(node) = fields.get("where")
        && let Some(inner) = reader.mapping(node, "`where`")
    {
        for (column, span, node) in inner.entries() {
            let (node, not) = match &node.kind {
                Kind::Map(_) => {
                    let inner = reader.fields(node, "a condition of `where`", &["not"]);
                    match inner.and_then(|inner| inner.get("not")) {
                        Some(node) => (node, true),
                        None => continue,
                    }
                }
                _ => (*node, false),
            };
            let values = one_or_more(reader, node, "a value")
                .into_iter()
                .map(|text| normalised(text.raw.trim()).into_owned())
                .collect();
            filter.push(FilterModel {
                column: Spanned {
                    value: normalised(column.trim()).into_owned(),
                    span: *span,
                },
                values,
                not,
            });
        }
    }
    filter
}

/// `status:` for all rows, or its column.
fn status(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    table: &Node,
    sdmx: bool,
) -> (Spanned<Status>, Option<CodedColumn>) {
    let mut fixed = Spanned {
        value: Status::Actual,
        span: table.span,
    };
    let mut column = None;
    match fields.get("status") {
        Some(node) if matches!(node.kind, Kind::Map(_)) => {
            column = coded(reader, fields, "status").map(|column| CodedColumn {
                // The codes of SDMX stand behind those of the author.
                optional: sdmx,
                ..column
            });
        }
        Some(node) => fixed = reader.status(node).unwrap_or(fixed),
        None => {}
    }
    if sdmx && column.is_none() {
        column = Some(CodedColumn {
            columns: vec!["OBS_STATUS".to_owned(), "OBS_FLAG".to_owned()],
            span: table.span,
            optional: true,
            codes: Vec::new(),
        });
    }
    (fixed, column)
}

/// A key whose value is a column, or a column with `codes`.
fn coded(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<CodedColumn> {
    let node = fields.get(key)?;
    let what = format!("`{key}` of a table");
    let (column, codes) = if matches!(node.kind, Kind::Map(_)) {
        let inner = reader.fields(node, &what, &["column", "codes"])?;
        let column = reader.need_text(&inner, "column", &what)?;
        let mut codes = Vec::new();
        if let Some(node) = inner.get("codes")
            && let Some(inner) = reader.mapping(node, "`codes`")
        {
            for (code, _, meaning) in inner.entries() {
                if let Some(meaning) = reader.text(meaning, "the meaning of a code") {
                    codes.push(((*code).to_owned(), meaning));
                }
            }
        }
        (column, codes)
    } else {
        (reader.text(node, &what)?, Vec::new())
    };
    let column = named(column);
    Some(CodedColumn {
        columns: vec![column.raw],
        span: column.span,
        optional: false,
        codes,
    })
}

/// `scale:`, a multiplier word, or a column of powers of ten.
fn scale(reader: &mut Reader<'_>, fields: &Fields<'_>, sdmx: bool) -> ScaleModel {
    let Some(node) = fields.get("scale") else {
        return if sdmx {
            ScaleModel::Column {
                name: Text {
                    raw: "UNIT_MULT".to_owned(),
                    span: fields.span,
                },
                optional: true,
            }
        } else {
            ScaleModel::Power(0)
        };
    };
    if matches!(node.kind, Kind::Map(_)) {
        let column = reader
            .fields(node, "`scale`", &["column"])
            .and_then(|inner| reader.need_text(&inner, "column", "`scale`"));
        return column.map_or(ScaleModel::Power(0), |name| ScaleModel::Column {
            name: named(name),
            optional: false,
        });
    }
    let Some(text) = reader.text(node, "`scale`") else {
        return ScaleModel::Power(0);
    };
    let power = number::multiplier(text.raw.trim());
    if power.is_none() && text.raw.trim() != "one" {
        reader.push(
            Finding::error(
                Code::UnknownWord,
                text.span,
                format!("`{}` is not a multiplier word", text.raw),
            )
            .help("write thousand, million, billion, trillion, 万 or 亿, or `{column: …}` for a column of powers of ten"),
        );
    }
    ScaleModel::Power(power.unwrap_or(0))
}

/// `fill:`, the number of what has no row.
fn fill(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
) -> Option<Spanned<exhibit_facts::quantity::Amount>> {
    let text = reader.text(fields.get("fill")?, "`fill`")?;
    match number::amount(&text.raw) {
        Ok(value) => Some(Spanned {
            value,
            span: text.span,
        }),
        Err(error) => {
            reader.push(
                Finding::error(Code::BadValue, text.span, error.to_string()).help(error.help()),
            );
            None
        }
    }
}
