//! What can be wrong with a file of rows, and what every reader of one shares.

use crate::diag::{Code, nearest};

/// The code of a file that cannot be read, whatever is in it.
pub(super) const UNREADABLE_FILE: Code = Code::UnreadableFile;

/// The code of a file whose rows are no observations.
pub(super) const BAD_TABLE: Code = Code::BadTable;

/// What is wrong with a file, and where in it.
#[derive(Debug)]
pub(crate) struct TableError {
    /// The line of a CSV file, the number of a JSON object or of a Parquet row; all from 1.
    pub row: Option<u64>,
    /// The column, by index into those asked for.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: String,
    /// The way out.
    pub help: String,
    /// The code of its finding.
    pub code: Code,
}

impl TableError {
    pub(super) fn whole(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            row: None,
            column: None,
            reason: reason.into(),
            help: help.into(),
            code: BAD_TABLE,
        }
    }

    pub(crate) fn at(row: u64, column: usize, reason: String, help: &str) -> Self {
        Self {
            row: Some(row),
            column: Some(column),
            help: help.to_owned(),
            ..Self::whole(reason, "")
        }
    }

    /// The same fault, its row counted from so many rows further up.
    #[cfg(feature = "parquet")]
    pub(super) fn below(self, rows: u64) -> Self {
        Self {
            row: Some(self.row.unwrap_or(0) + rows),
            ..self
        }
    }
}

/// Columns that one table may ask for. A wide table has one for each year, or for each place.
pub(super) const MAX_COLUMNS: usize = 2_000;

/// Columns of nearly every table: cells of so many need no memory of their own.
pub(super) const FEW_COLUMNS: usize = 16;

/// What a file says before its first row.
pub(crate) struct Head<'h> {
    /// The names of the columns, in order. Of a JSON file, the keys of the first object.
    pub names: &'h [&'h str],
    /// Semicolons separate the cells, and nobody said so. Such files mostly come from programs whose decimal sign is a comma.
    pub semicolons: bool,
}

/// Takes what a file has: the head, then row by row the cells of the columns that it asks for.
pub(crate) trait Sink {
    /// Answers the head with the names of the columns wanted. A name may be asked for twice.
    ///
    /// # Errors
    /// The columns do not fit.
    fn head(&mut self, head: &Head<'_>) -> Result<Vec<String>, TableError>;

    /// Takes a row: its number, and the cells of the columns wanted, `None` where JSON or Parquet has null, and JSON no such key.
    ///
    /// # Errors
    /// The row does not fit. No further row is read.
    fn row(&mut self, row: u64, cells: &[Option<&str>]) -> Result<(), TableError>;

    /// True where a column asked for holds figures, by index: what a cell that is merged over several rows holds is none of each.
    fn is_number(&self, column: usize) -> bool;
}

/// The columns that a sink asks for.
///
/// # Errors
/// What the sink says, or that there are too many.
pub(super) fn wanted(sink: &mut dyn Sink, head: &Head<'_>) -> Result<Vec<String>, TableError> {
    let wanted = sink.head(head)?;
    if wanted.len() > MAX_COLUMNS {
        return Err(TableError::whole(
            format!(
                "the table needs {} columns, but {MAX_COLUMNS} are allowed",
                wanted.len()
            ),
            "remove dimensions and conditions that do not separate rows, or name fewer columns in `wide`",
        ));
    }
    Ok(wanted)
}

/// The fault of a column that the file does not have.
pub(super) fn missing<'n>(
    wanted: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> TableError {
    let help = nearest(wanted, names.clone()).map_or_else(
        || format!("the columns are: {}", names.collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    TableError::whole(format!("the table has no column `{wanted}`"), help)
}
