//! Rows of a file, one at a time: CSV, TSV, a JSON list of objects, a sheet of a workbook, or Parquet. Only the columns asked for are looked at; nothing is kept.

use std::io::Read;

use super::error::{Sink, TableError, UNREADABLE_FILE};
use super::{book, encoding, json, separated};
use crate::model::{BookModel, Dialect, Format};

/// Gives the sink the head of a file, then every row.
///
/// Gives the first fault of the file, or the first that the sink gives back, and where the columns of a sheet of a workbook stand.
pub(crate) fn rows(
    format: Format,
    dialect: &Dialect,
    place: &BookModel,
    input: Box<dyn Read + '_>,
    sink: &mut dyn Sink,
) -> (Result<(), TableError>, Option<book::Located>) {
    if format == Format::Book {
        return book::rows(place, dialect, input, sink);
    }
    (plain(format, dialect, input, sink), None)
}

/// The same, of a file that is no workbook.
fn plain(
    format: Format,
    dialect: &Dialect,
    input: Box<dyn Read + '_>,
    sink: &mut dyn Sink,
) -> Result<(), TableError> {
    let text = |input| {
        let named = dialect.encoding.as_deref();
        encoding::utf8(input, named).map_err(|error| TableError {
            code: UNREADABLE_FILE,
            ..TableError::whole(error.to_string(), "the file could not be read to its end")
        })
    };
    match format {
        Format::Csv => separated::rows(None, dialect, text(input)?, sink),
        Format::Tsv => separated::rows(Some(b'\t'), dialect, text(input)?, sink),
        Format::Json => json::rows(text(input)?, sink),
        Format::Book => Err(TableError::whole("a workbook has sheets", "name a sheet")),
        #[cfg(feature = "parquet")]
        Format::Parquet => super::parquet::rows(input, sink),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(TableError::whole(
            "this build of the program cannot read Parquet files",
            "build the program with `--features parquet`, or save the table as .csv",
        )),
    }
}
