//! Rows taken in: each becomes an observation, or goes into one.

use std::collections::BTreeSet;

use exhibit_facts::address::is_dimension_value;
use exhibit_facts::normal::normalised;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, Reading, Shape, Value};

use super::cell::Numerals;
use super::codes::weaker;
use super::draft::{Content, Draft, Drafts, Key};
use super::error::{Head, Sink, TableError};
use super::plan::Plan;
use super::reach::Reach;
use super::reading::CellReader;
use super::total::{Digits, Total};
use crate::diag::{Code, nearest, one_of};
use crate::model::{Empty, Measure, MetricModel, RowAggregation, Spanned, TableModel};
use crate::rules::DIMENSION_VALUE_HELP;

/// Observations that one table may give. Each is a fact with all its printed forms.
const MAX_OBSERVATIONS: usize = 100_000;

/// What the rows of a table become, while they are read.
pub(super) struct Taking<'m> {
    reader: CellReader<'m>,
    /// The dimensions of an observation, in the order of the values of a key.
    names: Vec<Spanned<String>>,
    drafts: Drafts,
    reach: Reach,
    /// What the row at hand has written for its key.
    scratch: String,
}

impl<'m> Taking<'m> {
    pub(super) fn new(metric: &'m MetricModel, table: &'m TableModel) -> Self {
        let dialect = &table.dialect;
        let in_head = table.wide.as_ref().and_then(|wide| wide.dimension.clone());
        Self {
            reader: CellReader {
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
            },
            names: table
                .dimensions
                .iter()
                .map(|(name, _)| name.clone())
                .chain(in_head)
                .collect(),
            drafts: Drafts::default(),
            reach: Reach::default(),
            scratch: String::new(),
        }
    }

    /// A column that was asked for, and the place that asks for it.
    pub(super) fn column(&self, index: usize) -> Option<Spanned<String>> {
        let (name, span) = self.reader.plan.columns.get(index)?;
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
            .map(|name| declared(self.reader.metric, &name.value))
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
        if self.reader.table.at.grain.is_some()
            && self.reader.table.rows.value != RowAggregation::Each
        {
            for draft in &mut self.drafts.list {
                if let Some(clipped) = self.reach.clip(&draft.key.0) {
                    draft.key.0 = clipped;
                }
            }
        }
        match &self.reader.table.fill {
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
            let declared = declared(self.reader.metric, &name.value);
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

    /// Takes the number of one column of a row in.
    fn take(&mut self, row: u64, cells: &[Option<&str>], numbers: usize) -> Result<(), TableError> {
        let rows = self.reader.table.rows.value;
        let column = self.reader.plan.values[numbers].column;
        let cell = column.map_or("", |column| cells[column].unwrap_or("").trim());
        if column.is_some()
            && self.reader.table.empty == Empty::Skip
            && (cell.is_empty() || self.reader.mark(cell).is_some())
        {
            return Ok(());
        }
        self.scratch.clear();
        for column in self
            .reader
            .plan
            .at
            .iter()
            .chain(&self.reader.plan.dimensions)
        {
            self.scratch.push_str(cells[*column].unwrap_or(""));
            self.scratch.push('\u{1f}');
        }
        if self.reader.plan.values.len() > 1 {
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
            .reader
            .table
            .wide
            .as_ref()
            .and(self.reader.plan.values[numbers].column);
        let mut draft = Draft {
            key,
            content: Content::Count,
            row,
            rows: 1,
            head: head.map(|column| self.reader.plan.columns[column].0.clone()),
            status: None,
            note: None,
            fine,
        };
        match self.reader.table.rows.value {
            RowAggregation::Count => {}
            RowAggregation::Each => {
                let (reading, beside) = self.reader.reading(row, cells, numbers)?;
                draft.content = Content::One(reading);
                draft.status = beside.flag.status;
                draft.note = beside.note;
            }
            RowAggregation::Sum | RowAggregation::Mean => {
                let mut total = Total::default();
                draft.status = self.reader.added(row, cells, numbers, &mut total)?;
                draft.content = match self.reader.table.rows.value {
                    RowAggregation::Sum => Content::Sum(total),
                    _ => Content::Mean(total),
                };
            }
            RowAggregation::First
            | RowAggregation::Last
            | RowAggregation::Min
            | RowAggregation::Max => {
                let (amount, beside) = self.reader.plain(row, cells, numbers)?;
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
        if let Some(cell) = self.reader.alone(cells, numbers)
            && let Content::Sum(total) | Content::Mean(total) = &mut self.drafts.list[index].content
            && total
                .add_cell(&self.reader.digits, cell, self.reader.metric.signed)
                .is_some()
        {
            return Ok(());
        }
        // Out of the list while the rest is read.
        let mut content = std::mem::replace(&mut self.drafts.list[index].content, Content::Count);
        let (Content::Sum(total) | Content::Mean(total)) = &mut content else {
            return Ok(());
        };
        let status = self.reader.added(row, cells, numbers, total)?;
        let draft = &mut self.drafts.list[index];
        draft.content = content;
        if let Some(status) = status {
            draft.status = Some(draft.status.map_or(status, |known| weaker(known, status)));
        }
        Ok(())
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
        let (value, beside) = self.reader.plain(row, cells, numbers)?;
        let draft = &self.drafts.list[index];
        let in_time = matches!(
            self.reader.table.rows.value,
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
        let better = match self.reader.table.rows.value {
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
        let measure = self
            .reader
            .metric
            .measure
            .as_ref()
            .map(|measure| measure.value);
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
        let (fine, at) = self.reader.period(row, cells, numbers)?;
        let mut values = Vec::with_capacity(self.names.len());
        let in_head = self.reader.plan.values[numbers].value.as_deref();
        let columns = self.reader.plan.dimensions.iter().map(|column| {
            let cell = cells[*column].unwrap_or("").trim();
            (*column, cell)
        });
        let head =
            in_head.map(|value| (self.reader.plan.values[numbers].column.unwrap_or(0), value));
        for ((column, cell), name) in columns.chain(head).zip(&self.names) {
            let value = normalised(cell);
            let declared = declared(self.reader.metric, &name.value);
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
}

impl Sink for Taking<'_> {
    fn head(&mut self, head: &Head<'_>) -> Result<Vec<String>, TableError> {
        self.reader.plan = Plan::of(self.reader.table, head)?;
        self.reader.numerals.points_may_group = head.semicolons
            && self.reader.numerals.decimal.is_none()
            && self.reader.numerals.thousands.is_none();
        let plain = self.reader.numerals.are_plain();
        self.reader.digits = match (self.reader.numerals.decimal, self.reader.numerals.thousands) {
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
            .reader
            .plan
            .columns
            .iter()
            .map(|(name, _)| name.clone())
            .collect())
    }

    fn row(&mut self, row: u64, cells: &[Option<&str>]) -> Result<(), TableError> {
        if !self.reader.counts(cells) {
            return Ok(());
        }
        self.reader.no_errors(row, cells)?;
        for numbers in 0..self.reader.plan.values.len() {
            self.take(row, cells, numbers)?;
        }
        Ok(())
    }

    fn is_number(&self, column: usize) -> bool {
        let plan = &self.reader.plan;
        let ends = [plan.low, plan.high, plan.margin];
        ends.contains(&Some(column))
            || self
                .reader
                .plan
                .values
                .iter()
                .any(|one| one.column == Some(column))
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
