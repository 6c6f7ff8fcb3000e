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

/// Columns that one table may ask for.
pub(super) const MAX_COLUMNS: usize = 32;

/// Takes one row: its number and the cells of the columns asked for, `None` where JSON or Parquet has null, and JSON no such key.
pub(crate) type Sink<'s> = dyn FnMut(u64, &[Option<&str>]) -> Result<(), TableError> + 's;

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
