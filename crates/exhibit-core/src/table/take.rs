//! Rows taken in: each becomes an observation, or goes into one.

use std::collections::BTreeSet;

use num_traits::Zero;

use exhibit_facts::address::is_dimension_value;
use exhibit_facts::dated::enclosing;
use exhibit_facts::normal::normalised;
use exhibit_facts::number;
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};
use exhibit_facts::quantity::{Amount, Reading, Scale, Shape, Status, Value};
use exhibit_facts::reason::Reason;
use exhibit_facts::rounding::magnitude;

use super::cell::Numerals;
use super::codes::{self, Flag, weaker};
use super::draft::{Content, Draft, Drafts, Key};
use super::error::{Head, Sink, TableError};
use super::plan::{Plan, coarse, period};
use super::total::{Digits, Total, times_power};
use crate::diag::{Code, nearest, one_of};
use crate::model::{
    AtPlace, Empty, Measure, MetricModel, RowAggregation, ScaleModel, Spanned, TableModel,
};
use crate::rules::{DIMENSION_VALUE_HELP, SIGNED_HELP, below_zero};

/// Observations that one table may give. Each is a fact with all its printed forms.
const MAX_OBSERVATIONS: usize = 100_000;

/// Days that a table of days may lack at the ends of a period, and the part of the period: weekends, holidays, days on which nothing
/// happened.
const DAYS_OFF: (i64, i64) = (20, 4);

/// What the rows of a table become, while they are read.
pub(super) struct Taking<'m> {
    metric: &'m MetricModel,
    table: &'m TableModel,
    numerals: Numerals<'m>,
    digits: Digits,
    plan: Plan,
    /// The dimensions of an observation, in the order of the values of a key.
    names: Vec<Spanned<String>>,
    drafts: Drafts,
    reach: Reach,
    /// What the row at hand has written for its key.
    scratch: String,
}

/// From when to when the rows of a table are, and how their days are meant.
struct Reach {
    /// First and last day, in days since 1970-01-01.
    days: Option<(i64, i64)>,
    /// The frequency of the rows.
    frequency: &'static str,
    /// Every day is the first of a month, of a quarter, of a year: such a day stands for all of it.
    months: bool,
    quarters: bool,
    years: bool,
}

impl Reach {
    fn add(&mut self, fine: &Period) {
        let (Some(first), Some(last)) = fine.days() else {
            return;
        };
        let day = Date::from_days(first);
        self.months &= day.day == 1;
        self.quarters &= day.day == 1 && day.month % 3 == 1;
        self.years &= day.day == 1 && day.month == 1;
        self.frequency = fine.frequency();
        self.days = Some(match self.days {
            None => (first, last),
            Some((begin, end)) => (begin.min(first), end.max(last)),
        });
    }

    /// A coarse period without what no row of the table reaches.
    fn clip(&self, coarse: &Period) -> Option<Period> {
        let (Some(begin), Some(end)) = coarse.days() else {
            return None;
        };
        let (first, last) = self.days?;
        let frequency = match self.frequency {
            "day" if self.years && first != last => "year",
            "day" if self.quarters && first != last => "quarter",
            "day" if self.months && first != last => "month",
            other => other,
        };
        let unit = |day: i64| -> Option<CalendarUnit> {
            let day = Period::unit(CalendarUnit::Day(Date::from_days(day)));
            match enclosing(&day, frequency)?.extent {
                Extent::Unit(unit) => Some(unit),
                Extent::Span(..) => None,
            }
        };
        let (first, last) = (unit(first)?, unit(last)?);
        let (most, part) = DAYS_OFF;
        let off = match frequency {
            "day" => most.min((end - begin + 1) / part),
            _ => 0,
        };
        let (late, early) = (first.days().0 - begin, end - last.days().1);
        if late <= off && early <= off {
            return None;
        }
        let from = if late > off { first } else { unit(begin)? };
        let to = if early > off { last } else { unit(end)? };
        let extent = if from == to {
            Extent::Unit(from)
        } else {
            Extent::Span(Some(from), Some(to))
        };
        Some(Period {
            about: coarse.about,
            extent,
        })
    }
}

/// What the cells beside a number say.
#[derive(Default)]
struct Beside {
    flag: Flag,
    note: Option<String>,
    /// The power of ten that the number counts in.
    power: u32,
}

impl<'m> Taking<'m> {
    pub(super) fn new(metric: &'m MetricModel, table: &'m TableModel) -> Self {
        let dialect = &table.dialect;
        let in_head = table.wide.as_ref().and_then(|wide| wide.dimension.clone());
        Self {
            metric,
            table,
            numerals: Numerals {
                decimal: dialect.decimal,
                thousands: dialect.thousands,
                signs: &dialect.signs,
                unit: metric.unit.as_ref().map_or("", |unit| unit.raw.trim()),
                points_may_group: false,
            },
            digits: Digits {
                decimal: b'.',
                group: None,
            },
            plan: Plan::default(),
            names: table
                .dimensions
                .iter()
                .map(|(name, _)| name.clone())
                .chain(in_head)
                .collect(),
            drafts: Drafts::default(),
            reach: Reach {
                days: None,
                frequency: "span",
                months: true,
                quarters: true,
                years: true,
            },
            scratch: String::new(),
        }
    }

    /// A column that was asked for, and the place that asks for it.
    pub(super) fn column(&self, index: usize) -> Option<Spanned<String>> {
        let (name, span) = self.plan.columns.get(index)?;
        Some(Spanned {
            value: name.clone(),
            span: *span,
        })
    }

    /// The observations, by period, then in the order in which the metric declares the values of its dimensions, else that of the rows; and
    /// the names of their dimensions.
    pub(super) fn into_drafts(self) -> (Vec<Spanned<String>>, Vec<Draft>) {
        let declared: Vec<&[Spanned<String>]> = self
            .names
            .iter()
            .map(|name| declared(self.metric, &name.value))
            .collect();
        let mut drafts = self.drafts.list;
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
        (self.names, drafts)
    }

    /// What can be said only when all rows are read: which part of a coarse period the table reaches, and what has no row.
    ///
    /// # Errors
    /// There would be too many observations.
    pub(super) fn finish(&mut self) -> Result<(), TableError> {
        if self.table.at.grain.is_some() && self.table.rows.value != RowAggregation::Each {
            for draft in &mut self.drafts.list {
                if let Some(clipped) = self.reach.clip(&draft.key.0) {
                    draft.key.0 = clipped;
                }
            }
        }
        match &self.table.fill {
            Some(amount) => self.fill(&amount.value),
            None => Ok(()),
        }
    }

    /// Adds an observation for every combination of a period and dimension values that has no row.
    fn fill(&mut self, amount: &Amount) -> Result<(), TableError> {
        let list = &self.drafts.list;
        let known: BTreeSet<Key> = list.iter().map(|draft| draft.key.clone()).collect();
        let periods: BTreeSet<&Period> = known.iter().map(|(at, _)| at).collect();
        let mut keys: Vec<Key> = periods
            .into_iter()
            .map(|period| (period.clone(), Vec::new()))
            .collect();
        for (index, name) in self.names.iter().enumerate() {
            let declared = declared(self.metric, &name.value);
            let values: BTreeSet<&str> = match declared {
                [] => known
                    .iter()
                    .map(|(_, values)| values[index].as_str())
                    .collect(),
                _ => declared.iter().map(|value| value.value.as_str()).collect(),
            };
            if keys.len().saturating_mul(values.len()) > MAX_OBSERVATIONS {
                return Err(too_many(None));
            }
            keys = keys
                .iter()
                .flat_map(|(period, begin)| {
                    values.iter().map(move |value| {
                        let mut values = begin.clone();
                        values.push((*value).to_owned());
                        (period.clone(), values)
                    })
                })
                .collect();
        }
        for key in keys {
            if known.contains(&key) {
                continue;
            }
            self.drafts.list.push(Draft {
                key,
                content: Content::One(Reading::Value(Value {
                    about: false,
                    shape: Shape::Exact(amount.clone()),
                })),
                row: u64::MAX,
                rows: 0,
                head: None,
                status: None,
                note: None,
                fine: (0, 0),
            });
        }
        Ok(())
    }

    /// Refuses what a spreadsheet program writes into a cell whose formula has no result.
    fn no_errors(&self, row: u64, cells: &[Option<&str>]) -> Result<(), TableError> {
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
    fn counts(&self, cells: &[Option<&str>]) -> bool {
        let mut filters = self.table.filter.iter().zip(&self.plan.filter);
        filters.all(|(filter, column)| {
            let cell = cells[*column].unwrap_or("");
            let among = |cell: &str| filter.values.iter().any(|value| value == cell);
            // Nearly every cell is written as the author writes it.
            let holds = among(cell) || among(&normalised(cell.trim()));
            holds != filter.not
        })
    }

    /// Takes the number of one column of a row in.
    fn take(&mut self, row: u64, cells: &[Option<&str>], numbers: usize) -> Result<(), TableError> {
        let rows = self.table.rows.value;
        let column = self.plan.values[numbers].column;
        let cell = column.map_or("", |column| cells[column].unwrap_or("").trim());
        if column.is_some()
            && self.table.empty == Empty::Skip
            && (cell.is_empty() || self.mark(cell).is_some())
        {
            return Ok(());
        }
        self.scratch.clear();
        for column in self.plan.at.iter().chain(&self.plan.dimensions) {
            self.scratch.push_str(cells[*column].unwrap_or(""));
            self.scratch.push('\u{1f}');
        }
        if self.plan.values.len() > 1 {
            // No more columns than there are characters.
            let mark = u32::try_from(numbers).ok().and_then(char::from_u32);
            self.scratch.push(mark.unwrap_or_default());
        }
        let (index, fine) = match self.drafts.written.get(&self.scratch) {
            Some(known) => *known,
            None => {
                let (key, fine_period) = self.key(row, cells, numbers)?;
                let fine = fine_period.order();
                self.reach.add(&fine_period);
                let known = self.drafts.meant.get(&key).copied();
                if known.is_none() && self.drafts.list.len() == MAX_OBSERVATIONS {
                    return Err(too_many(Some(row)));
                }
                let index = known.unwrap_or(self.drafts.list.len());
                self.drafts
                    .written
                    .insert(self.scratch.clone(), (index, fine));
                if known.is_none() {
                    let draft = self.begin(row, cells, numbers, key.clone(), fine)?;
                    self.drafts.meant.insert(key, index);
                    self.drafts.list.push(draft);
                    return Ok(());
                }
                (index, fine)
            }
        };
        let draft = &self.drafts.list[index];
        match rows {
            RowAggregation::Each => return Err(self.same(row, draft.row)),
            RowAggregation::Sum if draft.fine != fine => self.adds_up_over_time(row, index)?,
            _ => {}
        }
        self.drafts.list[index].rows += 1;
        match rows {
            RowAggregation::Count | RowAggregation::Each => Ok(()),
            RowAggregation::Sum | RowAggregation::Mean => self.add(row, cells, numbers, index),
            RowAggregation::First
            | RowAggregation::Last
            | RowAggregation::Min
            | RowAggregation::Max => self.choose(row, cells, numbers, index, fine),
        }
    }

    /// The observation that a row begins.
    fn begin(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
        key: Key,
        fine: (i64, i64),
    ) -> Result<Draft, TableError> {
        let head = self
            .table
            .wide
            .as_ref()
            .and(self.plan.values[numbers].column);
        let mut draft = Draft {
            key,
            content: Content::Count,
            row,
            rows: 1,
            head: head.map(|column| self.plan.columns[column].0.clone()),
            status: None,
            note: None,
            fine,
        };
        match self.table.rows.value {
            RowAggregation::Count => {}
            RowAggregation::Each => {
                let (reading, beside) = self.reading(row, cells, numbers)?;
                draft.content = Content::One(reading);
                draft.status = beside.flag.status;
                draft.note = beside.note;
            }
            RowAggregation::Sum | RowAggregation::Mean => {
                let mut total = Total::default();
                draft.status = self.added(row, cells, numbers, &mut total)?;
                draft.content = match self.table.rows.value {
                    RowAggregation::Sum => Content::Sum(total),
                    _ => Content::Mean(total),
                };
            }
            RowAggregation::First
            | RowAggregation::Last
            | RowAggregation::Min
            | RowAggregation::Max => {
                let (amount, beside) = self.plain(row, cells, numbers)?;
                draft.content = Content::One(Reading::Value(amount));
                draft.status = beside.flag.status;
                draft.note = beside.note;
            }
        }
        Ok(draft)
    }

    /// Adds a row to a sum or a mean.
    fn add(
        &mut self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
        index: usize,
    ) -> Result<(), TableError> {
        if let Some(cell) = self.alone(cells, numbers)
            && let Content::Sum(total) | Content::Mean(total) = &mut self.drafts.list[index].content
            && total
                .add_cell(&self.digits, cell, self.metric.signed)
                .is_some()
        {
            return Ok(());
        }
        // Out of the list while the rest is read.
        let mut content = std::mem::replace(&mut self.drafts.list[index].content, Content::Count);
        let (Content::Sum(total) | Content::Mean(total)) = &mut content else {
            return Ok(());
        };
        let status = self.added(row, cells, numbers, total)?;
        let draft = &mut self.drafts.list[index];
        draft.content = content;
        if let Some(status) = status {
            draft.status = Some(draft.status.map_or(status, |known| weaker(known, status)));
        }
        Ok(())
    }

    /// Adds the number of a row to a total, and gives the status of the row.
    fn added(
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
    fn alone<'c>(&self, cells: &[Option<&'c str>], numbers: usize) -> Option<&'c str> {
        let plan = &self.plan;
        let beside = [plan.status, plan.qualifier, plan.unit, plan.low, plan.margin, plan.scale];
        if beside.iter().any(Option::is_some) {
            return None;
        }
        let cell = cells[plan.values[numbers].column?].unwrap_or("").trim();
        self.mark(cell).is_none().then_some(cell)
    }

    /// Takes a row instead of the one that was chosen, if it is before, after, smaller or larger.
    fn choose(
        &mut self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
        index: usize,
        fine: (i64, i64),
    ) -> Result<(), TableError> {
        let (value, beside) = self.plain(row, cells, numbers)?;
        let draft = &self.drafts.list[index];
        let in_time = matches!(
            self.table.rows.value,
            RowAggregation::First | RowAggregation::Last
        );
        if in_time && draft.fine == fine {
            return Err(TableError::at(
                row,
                0,
                format!(
                    "row {} is for the same time, so that neither of the two is first or last",
                    draft.row
                ),
                "name the column of the exact date in `at` and write `period: year` for what it becomes, or separate the rows by a dimension",
            ));
        }
        let Content::One(Reading::Value(known)) = &draft.content else {
            return Ok(());
        };
        let smaller = value.shape.low().map(|amount| &amount.value)
            < known.shape.low().map(|amount| &amount.value);
        let better = match self.table.rows.value {
            RowAggregation::First => fine < draft.fine,
            RowAggregation::Last => fine > draft.fine,
            RowAggregation::Min => smaller,
            _ => !smaller && value.shape != known.shape,
        };
        if better {
            let draft = &mut self.drafts.list[index];
            draft.content = Content::One(Reading::Value(value));
            (draft.status, draft.note, draft.fine) = (beside.flag.status, beside.note, fine);
        }
        Ok(())
    }

    /// Refuses to add a stock up over time.
    fn adds_up_over_time(&self, row: u64, index: usize) -> Result<(), TableError> {
        let measure = self.metric.measure.as_ref().map(|measure| measure.value);
        if measure != Some(Measure::Stock) {
            return Ok(());
        }
        let first = self.drafts.list[index].row;
        Err(TableError {
            code: Code::WrongAggregation,
            ..TableError::at(
                row,
                0,
                format!(
                    "rows {first} and {row} are for different times, and a stock does not add up over time"
                ),
                "write `rows: last` for the latest value of the period, or `rows: mean`",
            )
        })
    }

    /// Two rows that would be one observation.
    fn same(&self, row: u64, first: u64) -> TableError {
        TableError::at(
            row,
            0,
            format!("row {first} has the same period and dimension values"),
            "add a dimension whose column separates the rows, exclude rows with `where`, or add rows up with `rows: sum`",
        )
    }

    /// What the period and dimension cells of a row mean, and its period before it was made coarser.
    fn key(
        &self,
        row: u64,
        cells: &[Option<&str>],
        numbers: usize,
    ) -> Result<(Key, Period), TableError> {
        let (fine, at) = self.period(row, cells, numbers)?;
        let mut values = Vec::with_capacity(self.names.len());
        let in_head = self.plan.values[numbers].value.as_deref();
        let columns = self.plan.dimensions.iter().map(|column| {
            let cell = cells[*column].unwrap_or("").trim();
            (*column, cell)
        });
        let head = in_head.map(|value| (self.plan.values[numbers].column.unwrap_or(0), value));
        for ((column, cell), name) in columns.chain(head).zip(&self.names) {
            let value = normalised(cell);
            let declared = declared(self.metric, &name.value);
            if !is_dimension_value(&value) {
                return Err(TableError::at(
                    row,
                    column,
                    format!("`{value}` cannot be a dimension value"),
                    DIMENSION_VALUE_HELP,
                ));
            }
            if !declared.is_empty() && !declared.iter().any(|known| known.value == value) {
                let names = declared.iter().map(|known| known.value.as_str());
                let help = match nearest(&value, names.clone()) {
                    Some(near) => format!(
                        "the metric declares `{near}`: add the value to `dimensions` of the metric, or exclude its rows with `where`"
                    ),
                    None => format!(
                        "add the value to `dimensions` of the metric, or exclude its rows with `where`; {}",
                        one_of(names)
                    ),
                };
                return Err(TableError::at(
                    row,
                    column,
                    format!("dimension `{}` has no value `{value}`", name.value),
                    &help,
                ));
            }
            values.push(value.into_owned());
        }
        Ok(((at, values), fine))
    }

    /// The period of a row, before and after it was made coarser.
    fn period(
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
    fn mark(&self, cell: &str) -> Option<String> {
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
                    &format!("add the code: `status: {{column: {}, codes: {{{cell}: provisional}}}}`; the meaning is a status, or words", codes.columns[0]),
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
    fn plain(
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
    fn reading(
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
        codes: &crate::model::CodedColumn,
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

impl Sink for Taking<'_> {
    fn head(&mut self, head: &Head<'_>) -> Result<Vec<String>, TableError> {
        self.plan = Plan::of(self.table, head)?;
        self.numerals.points_may_group =
            head.semicolons && self.numerals.decimal.is_none() && self.numerals.thousands.is_none();
        let plain = self.numerals.are_plain();
        self.digits = match (self.numerals.decimal, self.numerals.thousands) {
            (Some(','), None | Some('.')) | (None, Some('.')) => Digits {
                decimal: b',',
                group: Some(b'.'),
            },
            (Some('.'), None | Some(',')) | (None, Some(',')) => Digits {
                decimal: b'.',
                group: Some(b','),
            },
            _ => Digits {
                decimal: if plain { b'.' } else { 0 },
                group: None,
            },
        };
        Ok(self
            .plan
            .columns
            .iter()
            .map(|(name, _)| name.clone())
            .collect())
    }

    fn row(&mut self, row: u64, cells: &[Option<&str>]) -> Result<(), TableError> {
        if !self.counts(cells) {
            return Ok(());
        }
        self.no_errors(row, cells)?;
        for numbers in 0..self.plan.values.len() {
            self.take(row, cells, numbers)?;
        }
        Ok(())
    }

    fn is_number(&self, column: usize) -> bool {
        let ends = [self.plan.low, self.plan.high, self.plan.margin];
        ends.contains(&Some(column))
            || self
                .plan
                .values
                .iter()
                .any(|one| one.column == Some(column))
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

/// The values that a metric declares for a dimension; none where any will do.
fn declared<'m>(metric: &'m MetricModel, dimension: &str) -> &'m [Spanned<String>] {
    metric
        .dimensions
        .iter()
        .find(|(known, _)| known.value == dimension)
        .map_or(&[][..], |(_, declared)| declared.as_slice())
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

fn too_many(row: Option<u64>) -> TableError {
    TableError {
        row,
        column: row.map(|_| 0),
        ..TableError::whole(
            format!("the table gives more than {MAX_OBSERVATIONS} observations"),
            "exclude rows with `where`, or add rows up with `rows: sum`",
        )
    }
}
