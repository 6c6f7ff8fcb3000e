//! Rows of a file, one at a time: CSV, TSV, a JSON list of objects, or Parquet. Only the columns asked for are looked at; nothing is kept.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::separated;
use crate::diag::nearest;
use crate::model::Format;

/// The code of a file that cannot be read, whatever is in it.
pub(super) const UNREADABLE: &str = "unreadable-file";

/// The code of a file whose rows are no observations.
pub(super) const BAD: &str = "bad-table";

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
    /// The code of its finding.
    pub code: &'static str,
}

impl Fault {
    pub(super) fn whole(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            row: None,
            column: None,
            reason: reason.into(),
            help: help.into(),
            code: BAD,
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
        Format::Csv => separated::rows(b',', input, columns, sink),
        Format::Tsv => separated::rows(b'\t', input, columns, sink),
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
            code: if error.is_io() { UNREADABLE } else { BAD },
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
        loop {
            let mut twice = None;
            let object = Object {
                columns: self.columns,
                twice: &mut twice,
            };
            let Some(object) = access.next_element_seed(object)? else {
                return Ok(());
            };
            row += 1;
            if let Some(column) = twice {
                *self.fault = Some(Fault::at(
                    row,
                    column,
                    "the object has this key twice".to_owned(),
                    "remove one of them: which is meant cannot be known",
                ));
                return Err(A::Error::custom("stopped"));
            }
            let mut cells: Vec<Option<String>> = Vec::with_capacity(self.columns.len());
            for (column, raw) in object.iter().enumerate() {
                let raw = raw.as_ref().map(|raw| raw.get());
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
    }
}

/// A JSON object, of which the columns asked for are kept, as they are written.
struct Object<'a> {
    columns: &'a [&'a str],
    /// The first of them that stands there twice.
    twice: &'a mut Option<usize>,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Vec<Option<Box<RawValue>>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Vec<Option<Box<RawValue>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut cells: Self::Value = vec![None; self.columns.len()];
        while let Some(key) = access.next_key::<Cow<'de, str>>()? {
            let value: Box<RawValue> = access.next_value()?;
            // One column may be asked for twice, as a dimension and in `where`.
            let asked = (0..cells.len()).filter(|index| self.columns[*index] == key);
            for index in asked {
                if cells[index].is_some() {
                    self.twice.get_or_insert(index);
                }
                cells[index] = Some(value.clone());
            }
        }
        Ok(cells)
    }
}
