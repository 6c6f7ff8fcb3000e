//! The cells of a row, read by their jobs: does the row count, for when it is, what its number is and what stands beside it.

use num_traits::Zero;

use exhibit_facts::normal::normalised;
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, Reading, Scale, Shape, Status, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::rounding::magnitude;

use super::cell::Numerals;
use super::codes::{self, Flag};
use super::error::TableError;
use super::plan::{Plan, coarse, period};
use super::total::{Digits, Total, times_power};
use crate::diag::Code;
use crate::model::{
    AtPlace, CodedColumn, Empty, MetricModel, RowAggregation, ScaleModel, TableModel,
};
use crate::rules::{SIGNED_HELP, below_zero};

/// Reads the cells of the rows of one table.
pub(super) struct CellReader<'m> {
    pub metric: &'m MetricModel,
    pub table: &'m TableModel,
    pub numerals: Numerals<'m>,
    pub digits: Digits,
    pub plan: Plan,
}

/// What the cells beside a number say.
#[derive(Default)]
pub(super) struct Beside {
    pub flag: Flag,
    pub note: Option<String>,
    /// The power of ten that the number counts in.
    power: u32,
}

impl CellReader<'_> {
    /// Refuses what a spreadsheet program writes into a cell whose formula has no result.
    pub(super) fn no_errors(&self, row: u64, cells: &[Option<&str>]) -> Result<(), TableError> {
        let numbers = self.plan.values.iter().filter_map(|one| one.column);
        let names = self.plan.at.iter().chain(&self.plan.dimensions).copied();
        for column in names.chain(numbers) {
            let cell = cells[column].unwrap_or("").trim();
            if cell.starts_with(['#', '='])
                && self.mark(cell).is_none()
                && let Some((reason, help)) = spreadsheet_error(cell)
            {
                return Err(TableError::at(row, column, reason, &help));
            }
        }
        Ok(())
    }

    /// True for a row that counts.
    pub(super) fn counts(&self, cells: &[Option<&str>]) -> bool {
        let mut filters = self.table.filter.iter().zip(&self.plan.filter);
        filters.all(|(filter, column)| {
            let cell = cells[*column].unwrap_or("");
            let among = |cell: &str| filter.values.iter().any(|value| value == cell);
            // Nearly every cell is written as the author writes it.
            let holds = among(cell) || among(&normalised(cell.trim()));
            holds != filter.not
        })
    }

    /// Adds the number of a row to a total, and gives the status of the row.
    pub(super) fn added(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
        total: &mut Total,
    ) -> Result<Option<Status>, TableError> {
        if let Some(cell) = self.alone(cells, numbers)
            && total
                .add_cell(&self.digits, cell, self.metric.signed)
                .is_some()
        {
            return Ok(None);
        }
        let (value, beside) = self.plain(row, cells, numbers)?;
        if let Shape::Exact(amount) = value.shape {
            total.add(amount);
        }
        Ok(beside.flag.status)
    }

    /// The cell of a number that no other cell changes and that is no mark: the short way of nearly every row of a long table.
    pub(super) fn alone<'c>(&self, cells: &[Option<&'c str>], numbers: usize) -> Option<&'c str> {
        let plan = &self.plan;
        let beside = [
            plan.status,
            plan.qualifier,
            plan.unit,
            plan.low,
            plan.margin,
            plan.scale,
        ];
        if beside.iter().any(Option::is_some) {
            return None;
        }
        let cell = cells[plan.values[numbers].column?].unwrap_or("").trim();
        self.mark(cell).is_none().then_some(cell)
    }

    /// The period of a row, before and after it was made coarser.
    pub(super) fn period(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
    ) -> Result<(Period, Period), TableError> {
        if let Some(found) = &self.plan.values[numbers].period {
            return Ok(found.clone());
        }
        let place = &self.table.at;
        let column = self.plan.at.first().copied().unwrap_or(0);
        let cell = |at: usize| {
            let column = self.plan.at.get(at)?;
            Some(cells[*column].unwrap_or("").trim())
        };
        let at = |(reason, help): (String, String)| TableError::at(row, column, reason, &help);
        let fine = match &place.place {
            AtPlace::Always(period) => period.clone(),
            AtPlace::Column(_) | AtPlace::Heads => {
                period(cell(0).unwrap_or(""), &place.formats).map_err(at)?
            }
            AtPlace::Parts { part, .. } => {
                let mut written = cell(0).unwrap_or("").to_owned();
                let mut next = 1;
                if let Some((letter, _)) = part {
                    written.push_str(&part_of_year(letter, cell(next).unwrap_or("")));
                    next += 1;
                }
                if let Some(day) = cell(next) {
                    written.push_str(&format!("-{day:0>2}"));
                }
                period(&written, &place.formats).map_err(at)?
            }
        };
        let coarse = coarse(&fine, place.grain.as_ref()).map_err(at)?;
        Ok((fine, coarse))
    }

    /// The reason that a cell stands for, where it says that there is no number.
    pub(super) fn mark(&self, cell: &str) -> Option<String> {
        let marks = &self.table.dialect.na;
        let (mark, reason) = marks.iter().find(|(mark, _)| mark == cell)?;
        Some(match reason {
            Some(reason) => reason.clone(),
            None => format!("the table has `{mark}`"),
        })
    }

    /// What the cells beside a number say.
    fn beside(&self, row: u64, cells: &[Option<&str>]) -> Result<Beside, TableError> {
        let cell = |column: usize| cells[column].unwrap_or("").trim();
        let mut beside = Beside {
            power: self.table.scale_of_all(),
            ..Beside::default()
        };
        if let (Some(column), Some(codes)) = (self.plan.status, &self.table.status_column) {
            let cell = cell(column);
            beside.flag = codes::flag(codes, cell).ok_or_else(|| {
                TableError::at(
                    row,
                    column,
                    format!("`{cell}` is no status, and no code of `status`"),
                    &format!("add the code: `status: {{column: {}, codes: {{{cell}: provisional}}}}`; the meaning is a status, or words", self.plan.columns[column].0),
                )
            })?;
        }
        if let (Some(column), Some(codes)) = (self.plan.unit, &self.table.unit) {
            let (unit, power) = codes::unit(codes, cell(column));
            let own = self.numerals.unit;
            if unit != own {
                return Err(TableError {
                    code: Code::UnitMismatch,
                    ..TableError::at(
                        row,
                        column,
                        format!(
                            "the row counts in `{unit}`, but the unit of the metric is `{own}`"
                        ),
                        &format!(
                            "exclude the row with `where`, or say what the code means: `unit: {{column: {}, codes: {{{unit}: {own}}}}}`",
                            codes.columns[0]
                        ),
                    )
                });
            }
            beside.power += power;
        }
        if let Some(column) = self.plan.scale {
            let cell = cell(column);
            beside.power += codes::power(cell).ok_or_else(|| {
                TableError::at(
                    row,
                    column,
                    format!("`{cell}` is no multiplier"),
                    "write a power of ten from 0 to 15, or a word such as thousands; or write `scale: thousand` for all rows",
                )
            })?;
        }
        if let Some(column) = self.plan.note
            && !cell(column).is_empty()
        {
            beside.note = Some(cell(column).to_owned());
        }
        Ok(beside)
    }

    /// The number of a row, exact and without a qualifier, for what is computed of many rows.
    pub(super) fn plain(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
    ) -> Result<(Value, Beside), TableError> {
        let column = self.plan.values[numbers].column.unwrap_or(0);
        let name = match self.table.rows.value {
            RowAggregation::Sum => "sum",
            RowAggregation::Mean => "mean",
            RowAggregation::First => "first",
            RowAggregation::Last => "last",
            RowAggregation::Min => "min",
            RowAggregation::Max => "max",
            RowAggregation::Each | RowAggregation::Count => "each",
        };
        let cell = cells[column].unwrap_or("").trim();
        match self.reading(row, cells, numbers)? {
            (Reading::Value(value), beside)
                if !value.about && matches!(value.shape, Shape::Exact(_)) =>
            {
                Ok((value, beside))
            }
            (Reading::Value(_), _) => Err(TableError::at(
                row,
                column,
                format!(
                    "`{cell}` has a qualifier, and `rows: {name}` {} plain numbers only",
                    if name == "sum" { "adds" } else { "takes" }
                ),
                "add qualified figures by a formula, which keeps the bounds",
            )),
            (Reading::Missing(reason), _) => Err(TableError::at(
                row,
                column,
                format!("the row has no number: {reason}"),
                "write `empty: skip` to ignore such rows; a number that is not known is never zero",
            )),
        }
    }

    /// The cells of a row as a reading.
    pub(super) fn reading(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
    ) -> Result<(Reading, Beside), TableError> {
        let column = self.plan.values[numbers].column;
        let mut beside = self.beside(row, cells)?;
        let ends = self.plan.low.zip(self.plan.high);
        let column = column.or(ends.map(|(low, _)| low)).unwrap_or(0);
        let cell = cells[column].unwrap_or("").trim();
        let words = beside.flag.words.take();
        let missing = match self.mark(cell) {
            // What the status says is more than that there is none.
            Some(reason) => Some(words.clone().unwrap_or(reason)),
            None if cell.is_empty() => match &words {
                Some(words) => Some(words.clone()),
                None => Some(self.empty(row, column)?),
            },
            None => None,
        };
        if let Some(reason) = missing {
            return Ok((Reading::Missing(Reason::parse(&reason)), beside));
        }
        if let Some(words) = words {
            beside.note = Some(match beside.note.take() {
                Some(note) => format!("{words}; {note}"),
                None => words,
            });
        }
        let mut value = self.number(row, column, cell)?;
        if let (Some(at), Some(codes)) = (self.plan.qualifier, &self.table.qualifier) {
            value = self.qualified(row, at, codes, cells[at].unwrap_or("").trim(), value)?;
        }
        if let Some((low, high)) = ends {
            value = self.between(row, cells, low, high, value)?;
        }
        if let Some(margin) = self.plan.margin {
            value = self.around(row, cells, margin, value)?;
        }
        if !self.metric.signed
            && let Some(why) = below_zero(&value.shape, &self.metric.id.value)
        {
            return Err(TableError {
                code: Code::NegativeValue,
                ..TableError::at(row, column, why, SIGNED_HELP)
            });
        }
        if self.table.zeros_count {
            value.shape = match value.shape {
                // The ends follow the point.
                Shape::Estimate {
                    point,
                    low,
                    high,
                    level,
                } => Shape::Estimate {
                    point: count_zeros(point),
                    low,
                    high,
                    level,
                },
                other => other.map(count_zeros),
            };
        }
        // What one power scales all of is scaled when it is added up.
        let later = self.table.scale_of_all();
        let now = match self.table.rows.value {
            RowAggregation::Sum | RowAggregation::Mean => beside.power - later,
            _ => beside.power,
        };
        Ok((Reading::Value(times_power(value, now)), beside))
    }

    /// Why an empty cell has no number, where that is allowed.
    fn empty(&self, row: u64, column: usize) -> Result<String, TableError> {
        if self.table.empty == Empty::Unknown && self.table.rows.value == RowAggregation::Each {
            return Ok("the cell is empty".to_owned());
        }
        Err(TableError::at(
            row,
            column,
            "the cell is empty".to_owned(),
            "write `empty: skip` to ignore such rows, or `empty: unknown` to keep such rows as observations without a number; an empty cell is never zero",
        ))
    }

    /// A cell as a number.
    fn number(&self, row: u64, column: usize, cell: &str) -> Result<Value, TableError> {
        self.numerals
            .value(cell)
            .map_err(|error| TableError::at(row, column, error.reason, &error.help))
    }

    /// A number with the qualifier of another cell.
    fn qualified(
        &self,
        row: u64,
        column: usize,
        codes: &CodedColumn,
        cell: &str,
        value: Value,
    ) -> Result<Value, TableError> {
        let Shape::Exact(amount) = value.shape else {
            return Err(TableError::at(
                row,
                column,
                "the number has a qualifier of its own".to_owned(),
                "remove one of the two",
            ));
        };
        let (shape, about) = codes::qualified(codes, cell, amount).ok_or_else(|| {
            TableError::at(
                row,
                column,
                format!("`{cell}` is no qualifier"),
                "write `>`, `>=`, `<`, `<=` or `~`, or say what the code means: `qualifier: {column: …, codes: {lt: less than}}`",
            )
        })?;
        Ok(Value {
            about: about || value.about,
            shape,
        })
    }

    /// An estimate from its number and the cell of the distance to both ends of its interval. An estimate whose margin is not known is an
    /// estimate all the same.
    fn around(
        &self,
        row: u64,
        cells: &[Option<&str>],
        column: usize,
        value: Value,
    ) -> Result<Value, TableError> {
        let cell = cells[column].unwrap_or("").trim();
        if cell.is_empty() || self.mark(cell).is_some() {
            return Ok(value);
        }
        let (Shape::Exact(point), Shape::Exact(half)) =
            (value.shape, self.number(row, column, cell)?.shape)
        else {
            return Err(TableError::at(
                row,
                column,
                "the number or its margin has a qualifier".to_owned(),
                "write a plain number and a plain margin, or remove `margin`",
            ));
        };
        let shape = number::margin(point, &half.value, self.table.level.clone())
            .map_err(|error| TableError::at(row, column, error.to_string(), &error.help()))?;
        Ok(Value {
            about: value.about,
            shape,
        })
    }

    /// A range from the two cells of its ends, or an estimate with its interval.
    fn between(
        &self,
        row: u64,
        cells: &[Option<&str>],
        low: usize,
        high: usize,
        value: Value,
    ) -> Result<Value, TableError> {
        let end = |column: usize| {
            let cell = cells[column].unwrap_or("").trim();
            match self.number(row, column, cell)? {
                Value {
                    about: false,
                    shape: Shape::Exact(amount),
                } => Ok(amount),
                _ => Err(TableError::at(
                    row,
                    column,
                    format!("`{cell}` has a qualifier, and the end of a range is a plain number"),
                    "correct the cell",
                )),
            }
        };
        if self.table.value.is_some() {
            let empty = |column: usize| cells[column].unwrap_or("").trim().is_empty();
            // An estimate whose interval is not known is an estimate all the same.
            if empty(low) && empty(high) {
                return Ok(value);
            }
            let Shape::Exact(point) = value.shape else {
                return Err(TableError::at(
                    row,
                    low,
                    "the number has a qualifier of its own, and an interval".to_owned(),
                    "remove one of the two",
                ));
            };
            let shape = number::estimate(point, end(low)?, end(high)?, self.table.level.clone())
                .map_err(|error| TableError::at(row, low, error.to_string(), &error.help()))?;
            return Ok(Value {
                about: value.about,
                shape,
            });
        }
        let (low_end, high_end) = (end(low)?, end(high)?);
        if low_end.value == high_end.value {
            return Ok(value);
        }
        let shape = number::range(low_end, high_end)
            .map_err(|error| TableError::at(row, high, error.to_string(), &error.help()))?;
        Ok(Value {
            about: value.about,
            shape,
        })
    }
}

/// Why a cell has no content, and the way out; nothing for other cells.
fn spreadsheet_error(cell: &str) -> Option<(String, String)> {
    const ERRORS: [&str; 9] = [
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!",
    ];
    if ERRORS.contains(&cell) || cell.starts_with("#Err:") || cell == "#DATA!" {
        return Some((
            format!("the cell holds the error {cell}"),
            format!(
                "correct the formula in the spreadsheet, write `na: [\"{cell}\"]` if there is no number, or exclude the row with `where`"
            ),
        ));
    }
    cell.starts_with('=').then(|| {
        (
            format!("the formula `{cell}` has no value: no spreadsheet program has calculated it"),
            "open the file in a spreadsheet program and save it, so that the results are stored"
                .to_owned(),
        )
    })
}

impl TableModel {
    /// The power of ten that all numbers of the table count in; 0 where a column says it.
    pub(super) fn scale_of_all(&self) -> u32 {
        match self.scale {
            ScaleModel::Power(power) => power,
            ScaleModel::Column { .. } => 0,
        }
    }
}

/// A part of a year as it follows the year in a period: `-Q2`, `-06`. A month may be written in words, and any part with its own letter.
fn part_of_year(letter: &str, cell: &str) -> String {
    let number = cell.trim_start_matches(|ch: char| ch.is_ascii_alphabetic() || ch == ' ');
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match letter {
        "" | "W" if digits => format!("-{letter}{number:0>2}"),
        "" => format!(" {cell}"),
        _ => format!("-{letter}{}", number.trim_start_matches('0')),
    }
}

/// Makes digits of the trailing zeros of a whole number.
fn count_zeros(mut amount: Amount) -> Amount {
    let whole = |scale: Scale| scale.decimals == 0 && scale.multiplier == 0;
    if amount.scale.is_some_and(whole) && !amount.value.is_zero() {
        amount.digits = u32::try_from(magnitude(&amount.value)).unwrap_or(0) + 1;
    }
    amount
}
