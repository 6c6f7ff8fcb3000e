//! Rows of a sheet of a workbook, as the cells that a CSV file would have.
//!
//! A sheet is made for the eye: titles stand above the head, a name is merged over the columns that it is for, a group is named once for
//! the rows that it has. The head is the first row that has all names asked for, unless the author says where it stands. A merged cell
//! counts for all that it covers, except that a number belongs to one row.

use std::io::Read;

use super::error::{Head, Sink, TableError, UNREADABLE_FILE, missing, wanted};
use crate::book::{Area, Book, Cell, Content, Digits, Fault, MAX_FILE_BYTES, Spot, named};
use crate::model::{BookModel, Dialect};

/// Rows with content in which the head is looked for.
const MAX_ROWS_ABOVE: usize = 100;

/// Where the columns of a sheet stand, to call its cells as a spreadsheet program does.
pub(crate) struct Located {
    /// The name of the sheet.
    pub sheet: String,
    columns: Vec<(String, u32)>,
}

impl Located {
    /// The cell of a column in a row, counted from 1: `Sheet1!B7`.
    pub(crate) fn cell(&self, column: &str, row: u64) -> Option<String> {
        let (_, column) = self.columns.iter().find(|(name, _)| name == column)?;
        let row = u32::try_from(row.checked_sub(1)?).ok()?;
        Some(named(
            &self.sheet,
            Spot {
                row,
                column: *column,
            },
        ))
    }
}

/// Gives the sink the head of the sheet, then every row below it that has one of the cells asked for.
///
/// Gives the first fault of the file, or the first that the sink gives back, and the places of the columns, where they are known.
pub(super) fn rows(
    place: &BookModel,
    dialect: &Dialect,
    input: Box<dyn Read + '_>,
    sink: &mut dyn Sink,
) -> (Result<(), TableError>, Option<Located>) {
    let mut bytes = Vec::new();
    if let Err(error) = input.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
        let fault = TableError::whole(error.to_string(), "the file could not be read to its end");
        let fault = TableError {
            code: UNREADABLE_FILE,
            ..fault
        };
        return (Err(fault), None);
    }
    let book = match Book::open(bytes) {
        Ok(book) => book,
        Err(fault) => return (Err(fault.into()), None),
    };
    let sheet = match book.sheet(place.sheet.as_deref()) {
        Ok(sheet) => sheet,
        Err(fault) => return (Err(fault.into()), None),
    };
    let mut grid = Grid {
        place,
        dialect,
        sink,
        above: Vec::new(),
        nearest: None,
        columns: None,
        units_row: dialect.units_row,
        merged: Vec::new(),
    };
    let mut row: Vec<Cell> = Vec::new();
    let mut done = book.cells(sheet, &mut |cell| {
        if place.area.is_some_and(|area| !area.contains(cell.at)) {
            return Ok(true);
        }
        if row.first().is_some_and(|first| first.at.row != cell.at.row) {
            // Behind the last row that counts nothing is kept.
            if !grid.take(std::mem::take(&mut row))? {
                return Ok(false);
            }
        }
        row.push(cell);
        Ok(true)
    });
    if done.is_ok() && !row.is_empty() {
        done = grid.take(row).map(|_| ());
    }
    let done = done.and_then(|()| grid.finish());
    let located = grid.columns.map(|columns| Located {
        sheet: sheet.to_owned(),
        columns: columns.all,
    });
    let done = match (done, &located) {
        (Ok(()), None) => Err(TableError::whole(
            format!("the sheet `{sheet}` is empty"),
            "choose another sheet by `sheet:`, or other cells by `range:`",
        )),
        (done, _) => done,
    };
    (done, located)
}

impl From<Fault> for TableError {
    fn from(fault: Fault) -> Self {
        let reason = match fault.at {
            Some(at) => format!("{at}: {}", fault.reason),
            None => fault.reason,
        };
        Self::whole(reason, fault.help)
    }
}

/// The columns of a sheet whose head is known.
struct Columns {
    /// Names and columns of the whole head.
    all: Vec<(String, u32)>,
    /// The columns asked for, in the order of the sink.
    asked: Vec<u32>,
}

/// A sheet that is read.
struct Grid<'g> {
    place: &'g BookModel,
    dialect: &'g Dialect,
    sink: &'g mut dyn Sink,
    /// The rows of the head so far, where the author says which they are.
    above: Vec<Vec<Cell>>,
    /// Of the rows that are no head the one with the most of the names asked for: how many, and why it is none.
    nearest: Option<(usize, TableError)>,
    columns: Option<Columns>,
    /// The next row has units.
    units_row: bool,
    /// Areas of merged cells that may reach into rows to come, with what they hold.
    merged: Vec<(Area, Content)>,
}

impl Grid<'_> {
    /// Takes a row; false where no further row counts.
    fn take(&mut self, row: Vec<Cell>) -> Result<bool, TableError> {
        let Some(number) = row.first().map(|cell| cell.at.row) else {
            return Ok(true);
        };
        self.merged.retain(|(area, _)| area.to.row >= number);
        let wide = row.iter().filter(|cell| cell.area != Area::one(cell.at));
        self.merged
            .extend(wide.map(|cell| (cell.area, cell.content.clone())));
        if self.columns.is_some() {
            return self.data(number, &row);
        }
        match self.place.head {
            Some((first, last)) => {
                if number + 1 > last {
                    self.named_head()?;
                    return self.data(number, &row);
                }
                if number + 1 >= first {
                    self.above.push(row);
                }
                if number + 1 == last {
                    self.named_head()?;
                }
            }
            None => self.search(row)?,
        }
        Ok(true)
    }

    /// Ends the sheet: a head that has not come is missing.
    fn finish(&mut self) -> Result<(), TableError> {
        if self.columns.is_some() {
            return Ok(());
        }
        if self.place.head.is_some() && !self.above.is_empty() {
            return self.named_head();
        }
        self.nearest.take().map_or(Ok(()), |(_, fault)| Err(fault))
    }

    /// Takes the rows that the author calls the head.
    fn named_head(&mut self) -> Result<(), TableError> {
        let rows = std::mem::take(&mut self.above);
        let Some(last) = rows
            .last()
            .and_then(|row| row.first())
            .map(|cell| cell.at.row)
        else {
            return Err(TableError::whole(
                "the rows of the head are empty",
                "correct `head`: the row of the names, or `3..4` where names stand in two rows",
            ));
        };
        let all = names(&rows);
        let columns = self.answer(all).map_err(|(_, fault)| TableError {
            row: Some(u64::from(last) + 1),
            ..fault
        })?;
        self.columns = Some(columns);
        Ok(())
    }

    /// Tries a row as the head.
    fn search(&mut self, row: Vec<Cell>) -> Result<(), TableError> {
        let number = row.first().map_or(0, |cell| cell.at.row);
        let all = names(&[row]);
        self.above.push(Vec::new());
        match self.answer(all) {
            Ok(columns) => {
                self.columns = Some(columns);
                return Ok(());
            }
            Err((count, fault)) => {
                if self.nearest.as_ref().is_none_or(|(best, _)| count > *best) {
                    let row = Some(u64::from(number) + 1);
                    self.nearest = Some((count, TableError { row, ..fault }));
                }
            }
        }
        if self.above.len() >= MAX_ROWS_ABOVE
            && let Some((_, fault)) = self.nearest.take()
        {
            return Err(fault);
        }
        Ok(())
    }

    /// The columns that the sink asks for; else how many of them there are, and what is missing.
    fn answer(&mut self, all: Vec<(String, u32)>) -> Result<Columns, (usize, TableError)> {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let head = Head {
            names: &names,
            semicolons: false,
        };
        let asked = wanted(self.sink, &head).map_err(|fault| (0, fault))?;
        let mut places = Vec::with_capacity(asked.len());
        let mut fault = None;
        for (column, name) in asked.iter().enumerate() {
            let mut found = all.iter().filter(|(own, _)| own == name);
            match (found.next(), found.next()) {
                (Some((_, place)), None) => places.push(*place),
                (None, _) => {
                    let missing =
                        missing(name, names.iter().copied().filter(|name| !name.is_empty()));
                    fault.get_or_insert(TableError {
                        column: Some(column),
                        ..missing
                    });
                }
                (Some(_), Some(_)) => {
                    let twice = TableError::whole(
                        "the head has this name twice",
                        "rename one of the two columns, choose the columns by `range:`, or write `head: 3..4` where a name above tells them apart",
                    );
                    fault.get_or_insert(TableError {
                        column: Some(column),
                        ..twice
                    });
                }
            }
        }
        match fault {
            None => Ok(Columns { all, asked: places }),
            Some(fault) => Err((places.len(), fault)),
        }
    }

    /// Gives a row below the head to the sink; false where no further row counts.
    fn data(&mut self, number: u32, row: &[Cell]) -> Result<bool, TableError> {
        if std::mem::take(&mut self.units_row) {
            return Ok(true);
        }
        if let (Some(foot), Some(first)) = (&self.dialect.foot, row.first())
            && first
                .content
                .text(Digits::Name)
                .trim()
                .starts_with(foot.as_str())
        {
            return Ok(false);
        }
        let Some(columns) = &self.columns else {
            return Ok(true);
        };
        let digits = if self.place.shown {
            Digits::Shown
        } else {
            Digits::Stored
        };
        let written = |content: &Content| {
            let text = content.text(digits);
            match content {
                // The author's decimal sign is that of texts: numbers of a workbook have none of their own.
                Content::Number(..) if self.dialect.decimal == Some(',') => text.replace('.', ","),
                _ => text,
            }
        };
        let mut cells: Vec<Option<String>> = Vec::with_capacity(columns.asked.len());
        let mut filled = false;
        for (index, column) in columns.asked.iter().enumerate() {
            let at = Spot {
                row: number,
                column: *column,
            };
            let own = row
                .iter()
                .find(|cell| cell.at == at)
                .map(|cell| &cell.content);
            filled |= own.is_some();
            let covering = || {
                let area = self.merged.iter().find(|(area, _)| area.contains(at));
                area.filter(|_| !self.sink.is_number(index))
                    .map(|(_, content)| content)
            };
            cells.push(own.or_else(covering).map(written));
        }
        if !filled {
            return Ok(true);
        }
        let cells: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
        self.sink.row(u64::from(number) + 1, &cells)?;
        Ok(true)
    }
}

/// The names of the columns, from the rows of a head: those that stand above one another, joined by a space, each merged cell once.
fn names(rows: &[Vec<Cell>]) -> Vec<(String, u32)> {
    let areas: Vec<&Cell> = rows.iter().flatten().collect();
    let first = areas.iter().map(|cell| cell.area.from.column).min();
    let last = areas.iter().map(|cell| cell.area.to.column).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    // A title may be merged over all columns of the sheet: names end with the last cell of their own.
    let ends = areas
        .iter()
        .map(|cell| cell.at.column)
        .max()
        .unwrap_or(last);
    let last = last.min(ends.saturating_add(MAX_MERGED));
    (first..=last)
        .map(|column| {
            let above = areas
                .iter()
                .filter(|cell| (cell.area.from.column..=cell.area.to.column).contains(&column));
            let words: Vec<String> = above
                .map(|cell| cell.content.text(Digits::Name))
                .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|text| !text.is_empty())
                .collect();
            (words.join(" "), column)
        })
        .collect()
}

/// Columns that a merged cell at the end of a head counts for.
const MAX_MERGED: u32 = 1_000;
