//! Observations from a file of rows: which column is what, which rows count, one observation a row or one for many.
//!
//! A file is read once, row by row. What stays in memory is what becomes a fact: rows that `where` leaves out and rows that are
//! summed or counted cost nothing, however many they are.

mod book;
mod cell;
mod codes;
mod draft;
mod encoding;
mod error;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod plan;
mod reach;
mod reading;
mod rows;
mod sample;
mod separated;
mod take;
mod total;

use std::io::Read;

use num_rational::BigRational;

use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Amount, Reading, Scale, Shape, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::rounding::{Rounding, rounded_at};

pub(crate) use cell::Numerals;
pub(crate) use encoding::is_encoding;
pub(crate) use sample::{Sample, sample};

use crate::diag::{Code, Finding, Report};
use crate::model::{
    Measure, MetricModel, ObservationModel, RowAggregation, Spanned, TableModel, Text,
};
use book::Located;
use draft::{Content, Draft};
use error::TableError;
use rows::rows;
use take::Taking;
use total::times_power;

/// Reads the table of a metric and adds its observations to the metric.
pub(crate) fn observe(
    metric: &mut MetricModel,
    table: &TableModel,
    input: Box<dyn Read + '_>,
    language: Language,
    report: &mut Report,
) {
    if let Some(finding) = unsound_sum(metric, table) {
        report.push(finding);
        metric.broken = true;
        return;
    }
    let mut taking = Taking::new(metric, table);
    let (done, located) = rows(
        table.format,
        &table.dialect,
        &table.book,
        input,
        &mut taking,
    );
    if let Err(fault) = done.and_then(|()| taking.finish()) {
        let column = fault.column.and_then(|column| taking.column(column));
        report.push(finding(table, fault, column, located.as_ref()));
        metric.broken = true;
        return;
    }
    let (names, drafts) = taking.into_drafts();
    if drafts.is_empty() {
        report.push(
            Finding::error(
                Code::BadTable,
                table.file.span,
                format!("no row of `{}` becomes an observation", table.file.raw),
            )
            .help("check `where` and the rows of the file"),
        );
        metric.broken = true;
        return;
    }
    metric.written += drafts.len();
    for draft in drafts {
        metric.observations.push(observation(
            table,
            &names,
            draft,
            located.as_ref(),
            language,
        ));
    }
}

/// The finding of a fault in a file: file, row and column.
fn finding(
    table: &TableModel,
    fault: TableError,
    column: Option<Spanned<String>>,
    located: Option<&Located>,
) -> Finding {
    let place = column
        .as_ref()
        .map_or(table.file.span, |column| column.span);
    let cell = located.zip(fault.row).zip(column.as_ref());
    let cell = cell.and_then(|((located, row), column)| located.cell(&column.value, row));
    let row = match (&cell, fault.row) {
        (Some(cell), _) => format!(" {cell}"),
        (None, Some(row)) => format!(" row {row}"),
        (None, None) => String::new(),
    };
    let column = column.map_or(String::new(), |column| {
        format!(", column `{}`", column.value)
    });
    Finding::error(
        fault.code,
        place,
        format!("`{}`{row}{column}: {}", table.file.raw, fault.reason),
    )
    .label("read from here")
    .help(fault.help)
}

/// The finding of `rows: sum` for a metric whose values do not add up.
fn unsound_sum(metric: &MetricModel, table: &TableModel) -> Option<Finding> {
    if table.rows.value != RowAggregation::Sum {
        return None;
    }
    let measure = metric.measure.as_ref().map(|measure| measure.value);
    let percent = metric
        .unit
        .as_ref()
        .is_some_and(|unit| unit.raw.trim() == "%");
    let (reason, help) = match measure {
        Some(Measure::Ratio) => (
            "is a ratio, and ratios do not add up",
            "write `rows: mean` for the mean of the rows, each counted once, or compute the ratio from its parts by a formula",
        ),
        None if percent => (
            "counts in per cent, and only parts of one whole add up",
            "write `rows: mean` for the mean of the rows, or `measure: flow` if the rows are parts of one whole",
        ),
        _ => return None,
    };
    Some(
        Finding::error(
            Code::WrongAggregation,
            table.rows.span,
            format!("metric `{}` {reason}", metric.id.value),
        )
        .help(help),
    )
}

/// How many rows there are, to the last one.
fn count(rows: u64) -> Amount {
    Amount {
        value: BigRational::from_integer(rows.into()),
        digits: rows.max(1).ilog10() + 1,
        scale: Some(Scale {
            decimals: 0,
            multiplier: 0,
        }),
    }
}

/// What a table is called in print. An absolute path says where a file lies on one machine: its last part names it.
fn named(file: &str) -> &str {
    if file == "-" {
        return "standard input";
    }
    let drive = file.as_bytes().get(1) == Some(&b':');
    if drive || file.starts_with(['/', '\\']) {
        file.rsplit(['/', '\\']).next().unwrap_or(file)
    } else {
        file
    }
}

fn observation(
    table: &TableModel,
    names: &[Spanned<String>],
    draft: Draft,
    located: Option<&Located>,
    language: Language,
) -> ObservationModel {
    let column = draft
        .head
        .as_deref()
        .or(table.value.as_ref().map(|value| value.raw.as_str()));
    // A figure of a workbook is called by its cell, and so is the first of several.
    let cell = located
        .zip(column)
        .and_then(|(located, column)| located.cell(column, draft.row));
    let (at, values) = draft.key;
    let span = table.file.span;
    let (source, place_in_source) = table
        .from
        .raw
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((table.from.raw.trim(), ""));
    let taken = (table.rows.value != RowAggregation::Each).then_some(draft.rows);
    let file = named(&table.file.raw);
    let (file, is_cell) = match (&cell, located) {
        (Some(cell), _) if taken.is_none() => (format!("{file} {cell}"), true),
        (_, Some(located)) => (format!("{file} {}", located.sheet), false),
        (_, None) => (file.to_owned(), false),
    };
    let place = if is_cell {
        String::new()
    } else if draft.rows == 0 {
        format::no_row(language).to_owned()
    } else {
        format::rows(language, draft.row, taken)
    };
    let exact = |amount: Amount| {
        // A sum that is printed coarser than it is, since one of its parts is, becomes "about".
        let decimals = amount.scale.map_or(0, |scale| scale.decimals);
        let printed = rounded_at(&amount.value, -i64::from(decimals), Rounding::Nearest);
        Reading::Value(Value {
            about: printed != amount.value,
            shape: Shape::Exact(amount),
        })
    };
    let scaled = |reading: Reading| match (reading, table.scale_of_all()) {
        (Reading::Value(value), power) if power > 0 => Reading::Value(times_power(value, power)),
        (reading, _) => reading,
    };
    let joined = !matches!(draft.content, Content::One(_));
    let reading = match draft.content {
        Content::One(reading) => reading,
        Content::Sum(total) => scaled(exact(total.sum())),
        Content::Mean(total) => total.mean().map_or_else(
            || Reading::Missing(Reason::stated("no row has a number")),
            |mean| scaled(exact(mean)),
        ),
        Content::Count => exact(count(draft.rows)),
    };
    let wide = draft
        .head
        .as_deref()
        .filter(|_| !is_cell)
        .unwrap_or_default();
    // Rows with "about" are never joined.
    let rounded = joined && matches!(&reading, Reading::Value(value) if value.about);
    ObservationModel {
        at: Spanned {
            value: at,
            span: table.at.span,
        },
        reading: Spanned {
            value: reading,
            span: table.value.as_ref().map_or(span, |value| value.span),
        },
        rounded,
        dimensions: names
            .iter()
            .zip(values)
            .map(|(name, value)| {
                let column = table
                    .dimensions
                    .iter()
                    .find(|(own, _)| own.value == name.value);
                let span = column.map_or(name.span, |(_, column)| column.span);
                (name.clone(), Spanned { value, span })
            })
            .collect(),
        from: Some(Text {
            raw: format!(
                "{source} {}",
                [place_in_source.trim(), &file, &place, wide]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(format::comma(language))
            ),
            span: table.from.span,
        }),
        evidence: None,
        status: Spanned {
            value: draft.status.unwrap_or(table.status.value),
            span: table.status.span,
        },
        by: None,
        due: None,
        note: draft.note.map(|raw| Text { raw, span }),
        preferred: None,
        corrects: None,
        span,
    }
}
