//! Rows of a JSON list of objects.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{BAD_TABLE, Head, Sink, TableError, UNREADABLE_FILE, wanted};

/// Hands out every object; objects are numbered from 1.
///
/// # Errors
/// The first fault of the file, or the first that the sink gives back.
pub(super) fn rows(input: Box<dyn Read + '_>, sink: &mut dyn Sink) -> Result<(), TableError> {
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(input));
    let mut fault = None;
    let list = List {
        sink,
        fault: &mut fault,
    };
    let done = list.deserialize(&mut reader).and_then(|()| reader.end());
    match (fault, done) {
        (Some(fault), _) => Err(fault),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(TableError {
            row: None,
            code: if error.is_io() {
                UNREADABLE_FILE
            } else {
                BAD_TABLE
            },
            ..TableError::whole(
                error.to_string(),
                "write a list of objects: [{\"year\": 2023, \"value\": 5}, …]",
            )
        }),
    }
}

/// A JSON list whose objects go to the sink as they are read.
struct List<'a, 's> {
    sink: &'a mut (dyn Sink + 's),
    fault: &'a mut Option<TableError>,
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
        // Raw values keep the digits that a number was written with.
        let Some(first) = access.next_element_seed(Whole)? else {
            return Ok(());
        };
        let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
        let head = Head {
            names: &names,
            semicolons: false,
        };
        let columns = match wanted(self.sink, &head) {
            Ok(columns) => columns,
            Err(fault) => {
                *self.fault = Some(fault);
                return Err(A::Error::custom("stopped"));
            }
        };
        let mut row = 0;
        let mut first = Some(first);
        loop {
            let mut twice = None;
            let mut object = Object {
                columns: &columns,
                twice: &mut twice,
            };
            let object = match first.take() {
                Some(pairs) => {
                    let mut cells = vec![None; columns.len()];
                    for (name, value) in pairs {
                        object.put(&mut cells, &name, &value);
                    }
                    cells
                }
                None => match access.next_element_seed(object)? {
                    Some(cells) => cells,
                    None => return Ok(()),
                },
            };
            row += 1;
            if let Some(column) = twice {
                *self.fault = Some(TableError::at(
                    row,
                    column,
                    "the object has this key twice".to_owned(),
                    "remove one of the two keys",
                ));
                return Err(A::Error::custom("stopped"));
            }
            let mut cells: Vec<Option<String>> = Vec::with_capacity(columns.len());
            for (column, raw) in object.iter().enumerate() {
                let raw = raw.as_ref().map(|raw| raw.get());
                let cell = match raw {
                    None | Some("null") => None,
                    Some(text) if text.starts_with('"') => {
                        Some(serde_json::from_str::<String>(text).map_err(A::Error::custom)?)
                    }
                    Some(text) if text.starts_with(['{', '[']) => {
                        *self.fault = Some(TableError::at(
                            row,
                            column,
                            "a cell is a text, a number or null".to_owned(),
                            "flatten the file: write one object for each row",
                        ));
                        return Err(A::Error::custom("stopped"));
                    }
                    Some(text) => Some(text.to_owned()),
                };
                cells.push(cell);
            }
            let cells: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
            if let Err(fault) = self.sink.row(row, &cells) {
                *self.fault = Some(fault);
                return Err(A::Error::custom("stopped"));
            }
        }
    }
}

/// A JSON object, of which the columns asked for are kept, as they are written.
struct Object<'a> {
    columns: &'a [String],
    /// The first of them that stands there twice.
    twice: &'a mut Option<usize>,
}

impl Object<'_> {
    /// Puts a value into each of the cells that are asked for by its key. One column may be asked for twice, as a dimension and in `where`.
    fn put(&mut self, cells: &mut [Option<Box<RawValue>>], key: &str, value: &RawValue) {
        for (index, cell) in cells.iter_mut().enumerate() {
            if self.columns[index] == key {
                if cell.is_some() {
                    self.twice.get_or_insert(index);
                }
                *cell = Some(value.to_owned());
            }
        }
    }
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

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut cells: Self::Value = vec![None; self.columns.len()];
        while let Some(key) = access.next_key::<Cow<'de, str>>()? {
            let value: Box<RawValue> = access.next_value()?;
            self.put(&mut cells, &key, &value);
        }
        Ok(cells)
    }
}

/// A JSON object with all its keys, as they are written.
struct Whole;

impl<'de> DeserializeSeed<'de> for Whole {
    type Value = Vec<(String, Box<RawValue>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole {
    type Value = Vec<(String, Box<RawValue>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}
