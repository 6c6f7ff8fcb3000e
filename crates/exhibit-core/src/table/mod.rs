//! Observations from a file of rows: which column is what, which rows count, one observation a row or one for many.
//!
//! A file is read once, row by row. What stays in memory is what becomes a fact: rows that `where` leaves out and rows that are
//! summed or counted cost nothing, however many they are.

mod error;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;
mod separated;

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use num_rational::BigRational;
use num_traits::Zero;

use exhibit_facts::address::is_dimension_value;
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, Reading, Scale, Shape, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::rounding::{Rounding, magnitude, power_of_ten, rounded_at};
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding, Report};
use crate::model::{
    Empty, MetricModel, ObservationModel, RowAggregation, Spanned, TableModel, Text,
};
use crate::rules::{DIMENSION_VALUE_HELP, SIGNED_HELP, below_zero};
use error::TableError;
use rows::rows;

/// Observations that one table may give. Each is a fact with all its printed forms.
const MAX_OBSERVATIONS: usize = 100_000;

/// What a metric's rows have in common: period and dimension values.
type Key = (Period, Vec<String>);

/// One observation in the making.
struct Draft {
    key: Key,
    content: Content,
    /// The row it began with, and how many went in.
    row: u64,
    rows: u64,
}

/// What the rows of an observation say.
enum Content {
    /// One row's reading; nothing for rows that are counted.
    One(Option<Reading>),
    Sum(Total),
}

/// The observations in the making, in the order of their first rows.
#[derive(Default)]
struct Drafts {
    list: Vec<Draft>,
    /// By what their rows have written: nearly every row of a long table is known by this, and nothing of it is read again.
    written: HashMap<String, usize>,
    /// By what that means, since `2023` and ` 2023` are one.
    meant: BTreeMap<Key, usize>,
    /// The key of the row at hand.
    scratch: String,
}

/// Reads the table of a metric and adds its observations to the metric.
pub(crate) fn observe(
    metric: &mut MetricModel,
    table: &TableModel,
    input: Box<dyn Read + '_>,
    language: Language,
    report: &mut Report,
) {
    let mut columns: Vec<(&str, Span)> = vec![(table.at.raw.as_str(), table.at.span)];
    columns.extend(
        table
            .dimensions
            .iter()
            .map(|(_, column)| (column.raw.as_str(), column.span)),
    );
    columns.extend(
        table
            .filter
            .iter()
            .map(|(column, _)| (column.value.as_str(), column.span)),
    );
    if let Some(value) = &table.value {
        columns.push((value.raw.as_str(), value.span));
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut drafts = Drafts::default();
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
        report.push(
            Finding::error(
                fault.code,
                place,
                format!("`{}`{row}{column}: {}", table.file.raw, fault.reason),
            )
            .label("read from here")
            .help(fault.help),
        );
        metric.broken = true;
        return;
    }
    if drafts.list.is_empty() {
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
    metric.written += drafts.list.len();
    for draft in in_order(metric, table, drafts.list) {
        metric
            .observations
            .push(observation(table, draft, language));
    }
}

/// Observations by period, then in the order in which the metric declares the values of its dimensions, else that of the rows.
fn in_order(metric: &MetricModel, table: &TableModel, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let declared: Vec<&[Spanned<String>]> = table
        .dimensions
        .iter()
        .map(|(name, _)| declared(metric, &name.value))
        .collect();
    drafts.sort_by_cached_key(|draft| {
        let (at, values) = &draft.key;
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
    drafts
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
    drafts: &mut Drafts,
) -> Result<(), TableError> {
    let first = 1 + table.dimensions.len();
    for (index, (_, wanted)) in table.filter.iter().enumerate() {
        let cell = cells[first + index].unwrap_or("");
        if !wanted.iter().any(|value| value == cell) {
            return Ok(());
        }
    }
    let column = cells.len() - 1;
    let cell = cells[column].unwrap_or("").trim();
    if table.rows != RowAggregation::Count && cell.is_empty() && table.empty == Empty::Skip {
        return Ok(());
    }
    drafts.scratch.clear();
    for cell in &cells[..first] {
        drafts.scratch.push_str(cell.unwrap_or(""));
        drafts.scratch.push('\u{1f}');
    }
    let known = match drafts.written.get(&drafts.scratch) {
        Some(index) => Some(*index),
        None => {
            let key = key(metric, table, row, cells)?;
            let known = drafts.meant.get(&key).copied();
            if known.is_none() && drafts.list.len() == MAX_OBSERVATIONS {
                return Err(TableError::at(
                    row,
                    0,
                    format!("the table gives more than {MAX_OBSERVATIONS} observations"),
                    "exclude rows with `where`, or add rows up with `rows: sum`",
                ));
            }
            let index = known.unwrap_or(drafts.list.len());
            drafts.written.insert(drafts.scratch.clone(), index);
            if known.is_none() {
                drafts.meant.insert(key.clone(), index);
                let content = match table.rows {
                    RowAggregation::Each => {
                        Content::One(Some(reading(metric, table, row, column, cell)?))
                    }
                    RowAggregation::Count => Content::One(None),
                    RowAggregation::Sum => {
                        let mut total = Total::default();
                        total.add(metric, table, row, column, cell)?;
                        Content::Sum(total)
                    }
                };
                drafts.list.push(Draft {
                    key,
                    content,
                    row,
                    rows: 1,
                });
                return Ok(());
            }
            known
        }
    };
    let draft = &mut drafts.list[known.expect("a key that is known has its draft")];
    draft.rows += 1;
    match (&mut draft.content, table.rows) {
        (Content::Sum(total), _) => total.add(metric, table, row, column, cell),
        (Content::One(_), RowAggregation::Each) => Err(TableError::at(
            row,
            0,
            format!("row {} has the same period and dimension values", draft.row),
            "add a dimension whose column separates the rows, exclude rows with `where`, or add rows up with `rows: sum`",
        )),
        (Content::One(_), _) => Ok(()),
    }
}

/// What the period and dimension cells of a row mean.
fn key(
    metric: &MetricModel,
    table: &TableModel,
    row: u64,
    cells: &[Option<&str>],
) -> Result<Key, TableError> {
    let written = cells[0].unwrap_or("").trim();
    let Some(at) = Period::parse(written) else {
        return Err(TableError::at(
            row,
            0,
            format!("`{written}` cannot be read as a period"),
            "write periods such as 2023, 2024-Q2, 2024-06 or 2024-06-30",
        ));
    };
    let mut values = Vec::with_capacity(table.dimensions.len());
    for (index, (name, _)) in table.dimensions.iter().enumerate() {
        let value = cells[1 + index].unwrap_or("").trim();
        let declared = declared(metric, &name.value);
        if !is_dimension_value(value) {
            return Err(TableError::at(
                row,
                1 + index,
                format!("`{value}` cannot be a dimension value"),
                DIMENSION_VALUE_HELP,
            ));
        }
        if !declared.is_empty() && !declared.iter().any(|known| known.value == value) {
            return Err(TableError::at(
                row,
                1 + index,
                format!("dimension `{}` has no value `{value}`", name.value),
                "add the value to `dimensions` of the metric, or exclude its rows with `where`",
            ));
        }
        values.push(value.to_owned());
    }
    Ok((at, values))
}

/// A cell as a reading.
fn reading(
    metric: &MetricModel,
    table: &TableModel,
    row: u64,
    column: usize,
    cell: &str,
) -> Result<Reading, TableError> {
    if cell.is_empty() {
        return match table.empty {
            Empty::Unknown if table.rows == RowAggregation::Each => {
                Ok(Reading::Missing(Reason::stated("the cell is empty")))
            }
            Empty::Unknown | Empty::Refuse | Empty::Skip => Err(TableError::at(
                row,
                column,
                "the cell is empty".to_owned(),
                "write `empty: skip` to ignore such rows, or `empty: unknown` to keep such rows as observations without a number; an empty cell is never zero",
            )),
        };
    }
    let mut value = number::value(cell)
        .map_err(|error| TableError::at(row, column, error.to_string(), &error.help()))?;
    if !metric.signed
        && let Some(why) = below_zero(&value.shape, &metric.id.value)
    {
        return Err(TableError {
            code: Code::NegativeValue,
            ..TableError::at(row, column, why, SIGNED_HELP)
        });
    }
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
            // The ends follow the point.
            Shape::Estimate { point, .. } => count_zeros(point),
        }
    }
    Ok(Reading::Value(value))
}

/// Makes digits of the trailing zeros of a whole number.
fn count_zeros(amount: &mut Amount) {
    let whole = |scale: Scale| scale.decimals == 0 && scale.multiplier == 0;
    if amount.scale.is_some_and(whole) && !amount.value.is_zero() {
        amount.digits = u32::try_from(magnitude(&amount.value)).unwrap_or(0) + 1;
    }
}

/// A sum of plain numbers, exact. It has the decimals of its coarsest part.
///
/// Short decimals are added as whole numbers of the finest decimal seen; only what does not fit goes through fractions, so that
/// a long table is read about as fast as its lines are split.
struct Total {
    exact: BigRational,
    /// To be divided by ten to the power of `finest`.
    short: i128,
    finest: u32,
    coarsest: u32,
}

impl Default for Total {
    fn default() -> Self {
        Self {
            exact: BigRational::zero(),
            short: 0,
            finest: 0,
            coarsest: u32::MAX,
        }
    }
}

impl Total {
    fn add(
        &mut self,
        metric: &MetricModel,
        table: &TableModel,
        row: u64,
        column: usize,
        cell: &str,
    ) -> Result<(), TableError> {
        if let Some((digits, decimals)) = short(cell)
            && (digits >= 0 || metric.signed)
            && self.add_short(digits, decimals).is_some()
        {
            self.coarsest = self.coarsest.min(decimals);
            return Ok(());
        }
        match reading(metric, table, row, column, cell)? {
            Reading::Value(Value {
                shape: Shape::Exact(amount),
                about: false,
            }) => {
                let decimals = amount
                    .scale
                    .map_or(0, |scale| scale.decimals.saturating_sub(scale.multiplier));
                self.coarsest = self.coarsest.min(decimals);
                self.exact += amount.value;
                Ok(())
            }
            _ => Err(TableError::at(
                row,
                column,
                format!("`{cell}` has a qualifier, and `rows: sum` adds plain numbers only"),
                "add qualified figures by a formula, which keeps the bounds",
            )),
        }
    }

    /// `None`, and nothing added, where the sum would not fit.
    fn add_short(&mut self, digits: i64, decimals: u32) -> Option<()> {
        let finest = self.finest.max(decimals);
        let grown = |number: i128, by: u32| number.checked_mul(10_i128.checked_pow(by)?);
        let sum = grown(self.short, finest - self.finest)?
            .checked_add(grown(i128::from(digits), finest - decimals)?)?;
        (self.short, self.finest) = (sum, finest);
        Some(())
    }

    fn amount(self) -> Amount {
        let value = self.exact
            + BigRational::from_integer(self.short.into()) * power_of_ten(-i64::from(self.finest));
        let decimals = if self.coarsest == u32::MAX {
            0
        } else {
            self.coarsest
        };
        let size = if value.is_zero() {
            0
        } else {
            magnitude(&value).max(0)
        };
        Amount {
            value,
            digits: u32::try_from(size).unwrap_or(0) + 1 + decimals,
            scale: Some(Scale {
                decimals,
                multiplier: 0,
            }),
        }
    }
}

/// A plain decimal of at most eighteen digits: its digits as one number, and how many stand behind the point.
fn short(cell: &str) -> Option<(i64, u32)> {
    let (negative, body) = cell
        .strip_prefix('-')
        .map_or((false, cell), |body| (true, body));
    let (mut digits, mut count, mut point) = (0_i64, 0_u32, None);
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' if count < 18 => {
                digits = digits * 10 + i64::from(byte - b'0');
                count += 1;
            }
            b'.' if point.is_none() && count > 0 => point = Some(count),
            _ => return None,
        }
    }
    // "5." and "" are left to the reader of values, which says what is wrong with them.
    if count == 0 || point == Some(count) {
        return None;
    }
    let decimals = point.map_or(0, |point| count - point);
    Some((if negative { -digits } else { digits }, decimals))
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
    let drive = file.as_bytes().get(1) == Some(&b':');
    if drive || file.starts_with(['/', '\\']) {
        file.rsplit(['/', '\\']).next().unwrap_or(file)
    } else {
        file
    }
}

fn observation(table: &TableModel, draft: Draft, language: Language) -> ObservationModel {
    let (at, values) = draft.key;
    let span = table.file.span;
    let (source, place_in_source) = table
        .from
        .raw
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((table.from.raw.trim(), ""));
    let taken = (table.rows != RowAggregation::Each).then_some(draft.rows);
    let place = format::rows(language, draft.row, taken);
    let exact = |amount: Amount| {
        // A sum that is printed coarser than it is, since one of its parts is, becomes "about".
        let decimals = amount.scale.map_or(0, |scale| scale.decimals);
        let printed = rounded_at(&amount.value, -i64::from(decimals), Rounding::Nearest);
        Reading::Value(Value {
            about: printed != amount.value,
            shape: Shape::Exact(amount),
        })
    };
    let reading = match draft.content {
        Content::One(Some(reading)) => reading,
        Content::Sum(total) => exact(total.amount()),
        Content::One(None) => exact(count(draft.rows)),
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
            raw: format!(
                "{source} {}",
                [place_in_source.trim(), named(&table.file.raw), &place]
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
