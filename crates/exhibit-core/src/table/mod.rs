//! Observations from a file of rows: which column is what, which rows count, one observation a row or one for many.
//!
//! A file is read once, row by row. What stays in memory is what becomes a fact: rows that `where` leaves out and rows that are
//! summed or counted cost nothing, however many they are.

mod rows;

use std::collections::BTreeMap;
use std::io::Read;

use num_rational::BigRational;
use num_traits::Zero;

use crate::diag::{Finding, Report, Span};
use crate::format::{self, Language};
use crate::model::{Empty, MetricModel, ObservationModel, Rows, Spanned, TableModel, Text};
use crate::number;
use crate::period::Period;
use crate::quantity::{Amount, Reading, Scale, Shape, Value};
use crate::rounding::magnitude;
use rows::{Fault, rows};

/// Observations that one table may give. Each is a fact with all its printed forms.
const MOST: usize = 100_000;

/// What a metric's rows have in common: period and dimension values.
type Key = (Period, Vec<String>);

/// One observation in the making.
struct Draft {
    reading: Reading,
    /// The row it began with, and how many went in.
    row: u64,
    rows: u64,
}

/// Reads the table of a metric and adds its observations to the metric.
pub(crate) fn observe(
    metric: &mut MetricModel,
    table: &TableModel,
    input: Box<dyn Read + '_>,
    language: Language,
    report: &mut Report,
) {
    let mut columns: Vec<(&str, Span)> = vec![(table.at.said.as_str(), table.at.span)];
    columns.extend(
        table
            .dimensions
            .iter()
            .map(|(_, column)| (column.said.as_str(), column.span)),
    );
    columns.extend(
        table
            .filter
            .iter()
            .map(|(column, _)| (column.value.as_str(), column.span)),
    );
    if let Some(value) = &table.value {
        columns.push((value.said.as_str(), value.span));
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut drafts: BTreeMap<Key, Draft> = BTreeMap::new();
    let done = rows(table.format, input, &names, &mut |row, cells| {
        take(metric, table, row, cells, &mut drafts)
    });
    if let Err(fault) = done {
        let place = fault
            .column
            .map_or(table.file.span, |column| columns[column].1);
        let row = fault.row.map_or(String::new(), |row| format!(" row {row}"));
        let column = fault.column.map_or(String::new(), |column| {
            format!(", column `{}`", names[column])
        });
        let code = if fault.unreadable {
            "unreadable-file"
        } else {
            "bad-table"
        };
        report.push(
            Finding::error(
                code,
                place,
                format!("`{}`{row}{column}: {}", table.file.said, fault.reason),
            )
            .label("read from here")
            .help(fault.help),
        );
        metric.broken = true;
        return;
    }
    if drafts.is_empty() {
        report.push(
            Finding::error(
                "bad-table",
                table.file.span,
                format!("`{}` has no row that counts", table.file.said),
            )
            .help("look at `where`, and at the rows of the file"),
        );
        metric.broken = true;
        return;
    }
    metric.written += drafts.len();
    for ((at, values), draft) in in_order(metric, table, drafts) {
        metric
            .observations
            .push(observation(table, at, values, draft, language));
    }
}

/// Observations by period, then in the order in which the metric declares the values of its dimensions, else that of the rows.
fn in_order(
    metric: &MetricModel,
    table: &TableModel,
    drafts: BTreeMap<Key, Draft>,
) -> Vec<(Key, Draft)> {
    let declared: Vec<&[Spanned<String>]> = table
        .dimensions
        .iter()
        .map(|(name, _)| declared(metric, &name.value))
        .collect();
    let mut all: Vec<(Key, Draft)> = drafts.into_iter().collect();
    all.sort_by_cached_key(|((at, values), draft)| {
        let places: Vec<usize> = values
            .iter()
            .zip(&declared)
            .map(|(value, declared)| {
                let place = declared.iter().position(|known| known.value == *value);
                place.unwrap_or(declared.len())
            })
            .collect();
        (at.clone(), places, draft.row)
    });
    all
}

/// The values that a metric declares for a dimension; none where any will do.
fn declared<'m>(metric: &'m MetricModel, dimension: &str) -> &'m [Spanned<String>] {
    metric
        .dimensions
        .iter()
        .find(|(known, _)| known.value == dimension)
        .map_or(&[][..], |(_, declared)| declared.as_slice())
}

/// Takes one row in.
fn take(
    metric: &MetricModel,
    table: &TableModel,
    row: u64,
    cells: &[Option<&str>],
    drafts: &mut BTreeMap<Key, Draft>,
) -> Result<(), Fault> {
    let first = 1 + table.dimensions.len();
    for (index, (_, wanted)) in table.filter.iter().enumerate() {
        let cell = cells[first + index].unwrap_or("");
        if !wanted.iter().any(|value| value == cell) {
            return Ok(());
        }
    }
    let written = cells[0].unwrap_or("").trim();
    let Some(at) = Period::parse(written) else {
        return Err(Fault::at(
            row,
            0,
            format!("`{written}` is no period"),
            "periods are written 2023, 2024-Q2, 2024-06, 2024-06-30 and so on",
        ));
    };
    let mut values = Vec::with_capacity(table.dimensions.len());
    for (index, (name, _)) in table.dimensions.iter().enumerate() {
        let value = cells[1 + index].unwrap_or("").trim();
        let declared = declared(metric, &name.value);
        if value.is_empty() || value.contains([',', '=', ']', '[']) {
            return Err(Fault::at(
                row,
                1 + index,
                format!("`{value}` cannot be a dimension value"),
                "a dimension value is a text without `,`, `=`, `[` and `]`, since it stands in addresses",
            ));
        }
        if !declared.is_empty() && !declared.iter().any(|known| known.value == value) {
            return Err(Fault::at(
                row,
                1 + index,
                format!("`{value}` is no value of dimension `{}`", name.value),
                "add it to the metric's `dimensions`, or leave its rows out with `where`",
            ));
        }
        values.push(value.to_owned());
    }
    let column = cells.len() - 1;
    let reading = match table.rows {
        Rows::Count => Some(Reading::Value(Value {
            shape: Shape::Exact(whole(1)),
            about: false,
        })),
        Rows::Each | Rows::Sum => reading(table, row, column, cells[column].unwrap_or("").trim())?,
    };
    let Some(reading) = reading else {
        return Ok(());
    };
    let key = (at, values);
    if let Some(known) = drafts.get_mut(&key) {
        if table.rows == Rows::Each {
            return Err(Fault::at(
                row,
                0,
                format!(
                    "the same period and dimension values stand in row {}, too",
                    known.row
                ),
                "name the column that tells them apart as a dimension, leave rows out with `where`, or add them up with `rows: sum`",
            ));
        }
        known.rows += 1;
        return add(&mut known.reading, reading, row, column);
    }
    if drafts.len() == MOST {
        return Err(Fault::at(
            row,
            0,
            format!("the table gives more than {MOST} observations"),
            "leave rows out with `where`, or add them up with `rows: sum`",
        ));
    }
    drafts.insert(
        key,
        Draft {
            reading,
            row,
            rows: 1,
        },
    );
    Ok(())
}

/// A cell as a reading; `None` for an empty one that is to be skipped.
fn reading(
    table: &TableModel,
    row: u64,
    column: usize,
    cell: &str,
) -> Result<Option<Reading>, Fault> {
    if cell.is_empty() {
        return match table.empty {
            Empty::Skip => Ok(None),
            Empty::Unknown if table.rows == Rows::Each => {
                Ok(Some(Reading::Missing("the cell is empty".to_owned())))
            }
            Empty::Unknown | Empty::Refuse => Err(Fault::at(
                row,
                column,
                "the cell is empty".to_owned(),
                "say `empty: skip` if such rows are no observations, or `empty: unknown` if they are observations without a number; missing is never zero",
            )),
        };
    }
    let mut value =
        number::value(cell).map_err(|fault| Fault::at(row, column, fault.reason, &fault.help))?;
    if table.zeros_count {
        match &mut value.shape {
            Shape::Exact(amount)
            | Shape::MoreThan(amount)
            | Shape::AtLeast(amount)
            | Shape::LessThan(amount)
            | Shape::AtMost(amount) => count_zeros(amount),
            Shape::Range { low, high } => {
                count_zeros(low);
                count_zeros(high);
            }
        }
    }
    if table.rows == Rows::Sum && (value.about || !matches!(value.shape, Shape::Exact(_))) {
        return Err(Fault::at(
            row,
            column,
            format!("`{cell}` is qualified"),
            "`rows: sum` adds plain numbers; sum qualified figures by a formula, which carries the bounds",
        ));
    }
    Ok(Some(Reading::Value(value)))
}

/// Makes digits of the trailing zeros of a whole number.
fn count_zeros(amount: &mut Amount) {
    let whole = |scale: Scale| scale.decimals == 0 && scale.multiplier == 0;
    if amount.scale.is_some_and(whole) && !amount.value.is_zero() {
        amount.digits = u32::try_from(magnitude(&amount.value)).unwrap_or(0) + 1;
    }
}

fn whole(number: i64) -> Amount {
    Amount {
        value: BigRational::from_integer(number.into()),
        digits: 1,
        scale: Some(Scale {
            decimals: 0,
            multiplier: 0,
        }),
    }
}

/// Adds one plain number to a sum. It has the decimals of its coarsest part.
fn add(sum: &mut Reading, part: Reading, row: u64, column: usize) -> Result<(), Fault> {
    let (
        Reading::Value(Value {
            shape: Shape::Exact(sum),
            ..
        }),
        Reading::Value(Value {
            shape: Shape::Exact(part),
            ..
        }),
    ) = (sum, part)
    else {
        return Err(Fault::at(
            row,
            column,
            "only numbers add up".to_owned(),
            "leave rows without a number out with `empty: skip`",
        ));
    };
    sum.value += part.value;
    let decimals = |amount: &Amount| {
        amount
            .scale
            .map_or(0, |scale| scale.decimals.saturating_sub(scale.multiplier))
    };
    let decimals = decimals(sum).min(match part.scale {
        Some(scale) => scale.decimals.saturating_sub(scale.multiplier),
        None => 0,
    });
    sum.scale = Some(Scale {
        decimals,
        multiplier: 0,
    });
    let size = if sum.value.is_zero() {
        0
    } else {
        magnitude(&sum.value).max(0)
    };
    sum.digits = u32::try_from(size).unwrap_or(0) + 1 + decimals;
    Ok(())
}

fn observation(
    table: &TableModel,
    at: Period,
    values: Vec<String>,
    draft: Draft,
    language: Language,
) -> ObservationModel {
    let span = table.file.span;
    let (source, place_in_source) = table
        .from
        .said
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((table.from.said.trim(), ""));
    let taken = (table.rows != Rows::Each).then_some(draft.rows);
    let place = format::rows(language, draft.row, taken);
    let reading = match (table.rows, draft.reading) {
        (Rows::Count, _) => {
            let count = i64::try_from(draft.rows).unwrap_or(i64::MAX);
            Reading::Value(Value {
                shape: Shape::Exact(Amount {
                    digits: u32::try_from(count.to_string().len()).unwrap_or(1),
                    ..whole(count)
                }),
                about: false,
            })
        }
        (Rows::Each | Rows::Sum, reading) => reading,
    };
    ObservationModel {
        at: Spanned {
            value: at,
            span: table.at.span,
        },
        reading: Spanned {
            value: reading,
            span: table.value.as_ref().map_or(span, |value| value.span),
        },
        dimensions: table
            .dimensions
            .iter()
            .zip(values)
            .map(|((name, column), value)| {
                (
                    name.clone(),
                    Spanned {
                        value,
                        span: column.span,
                    },
                )
            })
            .collect(),
        from: Some(Text {
            said: format!(
                "{source} {}",
                [place_in_source.trim(), &table.file.said, &place]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(format::comma(language))
            ),
            span: table.from.span,
        }),
        evidence: None,
        status: table.status.clone(),
        by: None,
        due: None,
        note: None,
        preferred: None,
        corrects: None,
        span,
    }
}
