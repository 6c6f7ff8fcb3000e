//! Rows of a file, one at a time: CSV, TSV, a JSON list of objects, or Parquet. Only the columns asked for are looked at; nothing is kept.

use std::io::Read;

use super::error::{MAX_COLUMNS, Sink, TableError};
use super::{json, separated};
use crate::model::Format;

/// Hands out every row.
///
/// # Errors
/// The first fault of the file, or the first that the sink gives back.
pub(crate) fn rows(
    format: Format,
    input: Box<dyn Read + '_>,
    columns: &[&str],
    sink: &mut Sink<'_>,
) -> Result<(), TableError> {
    if columns.len() > MAX_COLUMNS {
        return Err(TableError::whole(
            format!(
                "the table needs {} columns, but {MAX_COLUMNS} are allowed",
                columns.len()
            ),
            "remove dimensions and conditions that do not separate rows",
        ));
    }
    match format {
        Format::Csv => separated::rows(b',', input, columns, sink),
        Format::Tsv => separated::rows(b'\t', input, columns, sink),
        Format::Json => json::rows(input, columns, sink),
        #[cfg(feature = "parquet")]
        Format::Parquet => super::parquet::rows(input, columns, sink),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(TableError::whole(
            "this build of the program cannot read Parquet files",
            "build the program with `--features parquet`, or save the table as .csv",
        )),
    }
}
