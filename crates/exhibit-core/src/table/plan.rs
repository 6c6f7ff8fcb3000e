//! Which columns a table needs, and what each is: decided once, when the head of the file is known.

use exhibit_facts::dated::{Dated, enclosing, read, read_as};
use exhibit_facts::normal::normalised;
use exhibit_facts::period::Period;
use exhibit_facts::span::Span;

use super::error::{Head, TableError, missing};
use crate::model::{
    AtModel, AtPlace, CodedColumn, ScaleModel, Spanned, TableModel, Text, WideColumns, WideModel,
};

/// The columns of a table, and for each job the indices of its columns.
#[derive(Default)]
pub(super) struct Plan {
    /// Names as the file has them, each with the place that asks for it.
    pub columns: Vec<(String, Span)>,
    /// The period, in one to three parts.
    pub at: Vec<usize>,
    pub dimensions: Vec<usize>,
    pub filter: Vec<usize>,
    /// The numbers: one column, or each of a wide table.
    pub values: Vec<Numbers>,
    pub status: Option<usize>,
    pub qualifier: Option<usize>,
    pub unit: Option<usize>,
    pub low: Option<usize>,
    pub high: Option<usize>,
    pub margin: Option<usize>,
    pub note: Option<usize>,
    pub scale: Option<usize>,
}

/// A column of numbers, and what its name says of all of them.
#[derive(Default)]
pub(super) struct Numbers {
    /// `None` where rows are counted, or where low and high stand for the number.
    pub column: Option<usize>,
    /// The period in the head, before and after it was made coarser.
    pub period: Option<(Period, Period)>,
    /// The dimension value in the head.
    pub value: Option<String>,
}

impl Plan {
    /// The plan of a table for a file with this head.
    ///
    /// # Errors
    /// No column of the head can be what the table asks for.
    pub(super) fn of(table: &TableModel, head: &Head<'_>) -> Result<Self, TableError> {
        let mut plan = Self::default();
        let names: Vec<String> = head
            .names
            .iter()
            .map(|name| normalised(name).into_owned())
            .collect();
        let mut finder = Finder {
            head,
            names: &names,
            columns: &mut plan.columns,
        };
        plan.at = match &table.at.place {
            AtPlace::Column(column) => vec![finder.text(column)],
            AtPlace::Parts { year, part, day } => {
                let part = part.as_ref().map(|(_, column)| column);
                let parts = std::iter::once(year).chain(part).chain(day);
                parts.map(|column| finder.text(column)).collect()
            }
            AtPlace::Always(_) | AtPlace::Heads => Vec::new(),
        };
        plan.dimensions = table
            .dimensions
            .iter()
            .map(|(_, column)| finder.text(column))
            .collect();
        plan.filter = table
            .filter
            .iter()
            .map(|filter| finder.name(&filter.column.value, filter.column.span))
            .collect();
        let mut optional =
            |column: &Option<Text>| column.as_ref().map(|column| finder.text(column));
        (plan.low, plan.high, plan.margin, plan.note) = (
            optional(&table.low),
            optional(&table.high),
            optional(&table.margin),
            optional(&table.note),
        );
        plan.status = finder.coded(table.status_column.as_ref())?;
        plan.qualifier = finder.coded(table.qualifier.as_ref())?;
        plan.unit = finder.coded(table.unit.as_ref())?;
        plan.scale = match &table.scale {
            ScaleModel::Power(_) => None,
            ScaleModel::Column { name, optional } => {
                (!optional || finder.has(&name.raw)).then(|| finder.text(name))
            }
        };
        // Numbers come last: what is left of a wide table are its numbers.
        plan.values = match &table.wide {
            Some(wide) => finder.wide(wide, &table.at)?,
            None => vec![Numbers {
                column: table.value.as_ref().map(|value| finder.text(value)),
                ..Numbers::default()
            }],
        };
        Ok(plan)
    }
}

/// Finds columns of a head.
struct Finder<'f> {
    head: &'f Head<'f>,
    /// The names of the head in one form.
    names: &'f [String],
    columns: &'f mut Vec<(String, Span)>,
}

impl Finder<'_> {
    /// Adds a column, as the file writes its name.
    fn name(&mut self, wanted: &str, span: Span) -> usize {
        let found = self.names.iter().position(|name| name == wanted);
        let name = found.map_or(wanted, |at| self.head.names[at]);
        self.columns.push((name.to_owned(), span));
        self.columns.len() - 1
    }

    fn text(&mut self, wanted: &Text) -> usize {
        self.name(&wanted.raw, wanted.span)
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// The first of the names that the file has.
    fn coded(&mut self, column: Option<&CodedColumn>) -> Result<Option<usize>, TableError> {
        let Some(column) = column else {
            return Ok(None);
        };
        let found = column.columns.iter().find(|name| self.has(name));
        match (found, column.optional) {
            (Some(name), _) => Ok(Some(self.name(&name.clone(), column.span))),
            (None, true) => Ok(None),
            (None, false) => {
                let names = self.head.names.iter().copied();
                Err(missing(&column.columns[0], names))
            }
        }
    }

    /// The columns of numbers of a wide table.
    fn wide(&mut self, wide: &WideModel, at: &AtModel) -> Result<Vec<Numbers>, TableError> {
        let mut found = Vec::new();
        let taken: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        for (index, name) in self.names.iter().enumerate() {
            let own = self.head.names[index];
            let asked = match &wide.columns {
                WideColumns::Named(names) => names.iter().any(|wanted| wanted.raw == *name),
                WideColumns::All | WideColumns::Between(..) => {
                    !name.is_empty() && !taken.iter().any(|taken| taken == own)
                }
            };
            if !asked {
                continue;
            }
            let mut numbers = Numbers::default();
            if wide.dimension.is_some() {
                numbers.value = Some(name.clone());
            } else {
                let all = !matches!(wide.columns, WideColumns::Named(_));
                let Some(period) = head_period(name, at, all)? else {
                    continue;
                };
                if let WideColumns::Between(first, last) = &wide.columns
                    && !(first.days().0 <= period.0.days().0 && period.0.days().1 <= last.days().1)
                {
                    continue;
                }
                numbers.period = Some(period);
            }
            self.columns.push((own.to_owned(), wide.span));
            numbers.column = Some(self.columns.len() - 1);
            found.push(numbers);
        }
        if let WideColumns::Named(names) = &wide.columns
            && let Some(lost) = names.iter().find(|wanted| !self.has(&wanted.raw))
        {
            return Err(missing(&lost.raw, self.head.names.iter().copied()));
        }
        if found.is_empty() {
            return Err(TableError::whole(
                if wide.dimension.is_some() {
                    "no column of the head is left for the numbers"
                } else {
                    "no column of the head reads as a period"
                },
                format!(
                    "name the columns in `wide`, or say how they are written, such as `at: {{format: \"%Y [YR%Y]\"}}`; the columns are: {}",
                    self.head.names.join(", ")
                ),
            ));
        }
        Ok(found)
    }
}

/// The period that a column is named by, before and after it was made coarser. `None` for a name that is none, among `all` names.
fn head_period(
    name: &str,
    at: &AtModel,
    all: bool,
) -> Result<Option<(Period, Period)>, TableError> {
    let fine = match period(name, &at.formats) {
        Ok(fine) => fine,
        // A column of something else.
        Err(_) if all && matches!(read(name), Dated::Unknown) => return Ok(None),
        Err((reason, help)) => return Err(TableError::whole(reason, help)),
    };
    match coarse(&fine, at.grain.as_ref()) {
        Ok(period) => Ok(Some((fine, period))),
        Err((reason, help)) => Err(TableError::whole(reason, help)),
    }
}

/// A written period.
///
/// # Errors
/// Why the text is none, and the way out.
pub(super) fn period(written: &str, formats: &[String]) -> Result<Period, (String, String)> {
    if let Some(period) = formats.iter().find_map(|format| read_as(written, format)) {
        return Ok(period);
    }
    match read(written) {
        Dated::Certain(period) => Ok(period),
        Dated::Several(readings) => {
            let ways: Vec<String> = readings
                .iter()
                .map(|(period, format)| format!("`format: \"{format}\"` for {period}"))
                .collect();
            let reason = match &readings[..] {
                [(period, _)] => format!("`{written}` may be {period}, but is not certain to be"),
                _ => {
                    let periods: Vec<String> =
                        readings.iter().map(|(period, _)| period.to_string()).collect();
                    format!("`{written}` has several readings: {}", periods.join(" or "))
                }
            };
            Err((
                reason,
                format!("add the format to the column of the period, `at: {{column: …, format: …}}`: {}", ways.join(", ")),
            ))
        }
        Dated::Unknown => Err((
            format!("`{written}` cannot be read as a period"),
            "write periods such as 2023, 2024-Q2, 2024-06 or 2024-06-30, or say how they are written: `at: {column: …, format: \"%d/%m/%Y\"}`"
                .to_owned(),
        )),
    }
}

/// The period that a period becomes.
///
/// # Errors
/// Why it cannot become that, and the way out.
pub(super) fn coarse(
    fine: &Period,
    grain: Option<&Spanned<&'static str>>,
) -> Result<Period, (String, String)> {
    let Some(grain) = grain else {
        return Ok(fine.clone());
    };
    if fine.frequency() == grain.value {
        return Ok(fine.clone());
    }
    enclosing(fine, grain.value).ok_or_else(|| {
        (
            format!("{fine} does not lie in one {}", grain.value),
            "choose a longer `period`, or exclude the row with `where`".to_owned(),
        )
    })
}
