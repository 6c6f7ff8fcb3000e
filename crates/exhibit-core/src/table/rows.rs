//! Rows of a file, one at a time: CSV, TSV, a JSON list of objects, or Parquet. Only the columns asked for are looked at; nothing is kept.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::diag::nearest;
use crate::model::Format;

/// What is wrong with a file, and where in it.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The line of a CSV file, the number of a JSON object or of a Parquet row; all from 1.
    pub row: Option<u64>,
    /// The column, by index into those asked for.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: String,
    /// The way out.
    pub help: String,
    /// The file itself cannot be read.
    pub unreadable: bool,
}

impl Fault {
    pub(super) fn whole(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            row: None,
            column: None,
            reason: reason.into(),
            help: help.into(),
            unreadable: false,
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
}

/// Columns that one table may ask for.
pub(super) const MOST: usize = 32;

/// Takes one row: its number and the cells of the columns asked for, `None` where JSON or Parquet has null, and JSON no such key.
pub(crate) type Sink<'s> = dyn FnMut(u64, &[Option<&str>]) -> Result<(), Fault> + 's;

/// Hands out every row.
///
/// # Errors
/// The first fault of the file, or the first that the sink gives back.
pub(crate) fn rows(
    format: Format,
    input: Box<dyn Read + '_>,
    columns: &[&str],
    sink: &mut Sink<'_>,
) -> Result<(), Fault> {
    if columns.len() > MOST {
        return Err(Fault::whole(
            format!(
                "a table asks for {} columns, and {MOST} are allowed",
                columns.len()
            ),
            "leave out dimensions and conditions that do not tell rows apart",
        ));
    }
    match format {
        Format::Csv => separated(b',', input, columns, sink),
        Format::Tsv => separated(b'\t', input, columns, sink),
        Format::Json => objects(input, columns, sink),
        #[cfg(feature = "parquet")]
        Format::Parquet => super::parquet::rows(input, columns, sink),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(Fault::whole(
            "this program was built without the reader of Parquet files",
            "build it with `--features parquet`, or save the table as .csv",
        )),
    }
}

/// The fault of a column that the file does not have.
pub(super) fn missing<'n>(wanted: &str, names: impl Iterator<Item = &'n str> + Clone) -> Fault {
    let help = nearest(wanted, names.clone()).map_or_else(
        || format!("its columns are {}", names.collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Fault::whole(format!("there is no column `{wanted}`"), help)
}

fn separated(
    delimiter: u8,
    input: Box<dyn Read + '_>,
    columns: &[&str],
    sink: &mut Sink<'_>,
) -> Result<(), Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(input);
    let head = reader.byte_headers().map_err(broken)?.clone();
    let names: Vec<&str> = head
        .iter()
        .map(|name| {
            std::str::from_utf8(name)
                .unwrap_or("")
                .trim_start_matches('\u{feff}')
        })
        .collect();
    let mut indices = Vec::with_capacity(columns.len());
    for (column, wanted) in columns.iter().enumerate() {
        let Some(index) = names.iter().position(|name| name == wanted) else {
            return Err(Fault {
                column: Some(column),
                row: Some(1),
                ..missing(wanted, names.iter().copied())
            });
        };
        indices.push(index);
    }
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(broken)? {
        let row = record.position().map_or(0, csv::Position::line);
        let mut cells = [None; MOST];
        for (column, (cell, index)) in cells.iter_mut().zip(&indices).enumerate() {
            let bytes = record.get(*index).unwrap_or_default();
            *cell = Some(std::str::from_utf8(bytes).map_err(|_| {
                Fault::at(
                    row,
                    column,
                    "these bytes are not UTF-8".to_owned(),
                    "save the file as UTF-8",
                )
            })?);
        }
        sink(row, &cells[..indices.len()])?;
    }
    Ok(())
}

fn broken(error: csv::Error) -> Fault {
    let row = error.position().map(csv::Position::line);
    let unreadable = matches!(error.kind(), csv::ErrorKind::Io(_));
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("this row has {len} cells, the head has {expected_len}")
        }
        _ => error.to_string(),
    };
    Fault {
        row,
        unreadable,
        ..Fault::whole(
            reason,
            "every row has as many cells as the head; cells with a separator stand in quotation marks",
        )
    }
}

fn objects(input: Box<dyn Read + '_>, columns: &[&str], sink: &mut Sink<'_>) -> Result<(), Fault> {
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(input));
    let mut fault = None;
    let list = List {
        columns,
        sink,
        fault: &mut fault,
    };
    let done = list.deserialize(&mut reader).and_then(|()| reader.end());
    match (fault, done) {
        (Some(fault), _) => Err(fault),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(Fault {
            row: None,
            unreadable: error.is_io(),
            ..Fault::whole(
                error.to_string(),
                "the file is a list of objects: [{\"year\": 2023, \"value\": 5}, …]",
            )
        }),
    }
}

/// A JSON list whose objects go to the sink as they are read.
struct List<'a, 's> {
    columns: &'a [&'a str],
    sink: &'a mut Sink<'s>,
    fault: &'a mut Option<Fault>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut row = 0;
        // Raw values keep the digits that a number was written with.
        while let Some(object) = access.next_element::<BTreeMap<String, Box<RawValue>>>()? {
            row += 1;
            let mut cells: Vec<Option<String>> = Vec::with_capacity(self.columns.len());
            for (column, name) in self.columns.iter().enumerate() {
                let raw = object.get(*name).map(|raw| raw.get());
                let cell = match raw {
                    None | Some("null") => None,
                    Some(text) if text.starts_with('"') => {
                        Some(serde_json::from_str::<String>(text).map_err(A::Error::custom)?)
                    }
                    Some(text) if text.starts_with(['{', '[']) => {
                        *self.fault = Some(Fault::at(
                            row,
                            column,
                            "a cell is a text, a number or null".to_owned(),
                            "flatten the file: one object a row",
                        ));
                        return Err(A::Error::custom("stopped"));
                    }
                    Some(text) => Some(text.to_owned()),
                };
                cells.push(cell);
            }
            let cells: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
            if let Err(fault) = (self.sink)(row, &cells) {
                *self.fault = Some(fault);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
