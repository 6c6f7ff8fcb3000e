//! Rows of a Parquet file: the columns asked for, decoded some rows at a time and handed out as the cells that a CSV file would have.
//!
//! A Parquet file says at its end what is in it, so all of it is in memory before the first row; what is decoded never is.

use std::fmt::{Debug, Display, LowerExp, Write as _};
use std::io::Read;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use exhibit_facts::period::Date;
use num_bigint::BigInt;
use parquet::basic::{Compression, ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};

use super::error::{Head, Sink, TableError, UNREADABLE_FILE, missing, wanted};

/// Rows that are decoded at a time.
const ROWS_A_BATCH: usize = 1024;

/// Bytes of the longest decimal: 76 digits, which is more than any writer has.
const MAX_DECIMAL_BYTES: usize = 32;

const NANOSECONDS_A_DAY: i64 = 86_400_000_000_000;

/// 1970-01-01 as a Julian day, in which the old 96-bit timestamps count.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

/// What the stored values of a column mean.
#[derive(Clone, Copy)]
enum Kind {
    /// What they are: truth values, signed whole numbers, binary fractions.
    Plain,
    Unsigned,
    /// Whole numbers of a decimal with so many places behind the point.
    Decimal(u8),
    /// Days since 1970-01-01.
    Day,
    /// Ticks since the beginning of 1970-01-01, so many a day.
    Instant(i64),
    Text,
}

/// One column of the file that is asked for.
struct Column {
    /// Its place among the leaves of the file's schema.
    leaf: usize,
    /// Its first place among the columns asked for.
    asked: usize,
    kind: Kind,
    cells: Cells,
}

/// The cells of a batch, one after the other.
#[derive(Default)]
struct Cells {
    text: String,
    /// Where in the text each cell stands; nothing where it is null.
    ranges: Vec<Option<Range<usize>>>,
}

impl Cells {
    fn get(&self, row: usize) -> Option<&str> {
        self.ranges[row].clone().map(|range| &self.text[range])
    }
}

/// Hands out every row; rows are numbered from 1.
///
/// # Errors
/// The first fault of the file, or the first that the sink gives back.
pub(super) fn rows(mut input: Box<dyn Read + '_>, sink: &mut dyn Sink) -> Result<(), TableError> {
    let mut bytes = Vec::new();
    if let Err(error) = input.read_to_end(&mut bytes) {
        return Err(TableError {
            code: UNREADABLE_FILE,
            ..TableError::whole(error.to_string(), "the file could not be read to its end")
        });
    }
    let file =
        decoded(|| SerializedFileReader::new(Bytes::from(bytes)).map_err(|error| broken(&error)))?;
    let schema = file.metadata().file_metadata().schema_descr();
    let fields = schema.root_schema().get_fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
    let head = Head {
        names: &names,
        semicolons: false,
    };
    let columns = wanted(sink, &head)?;
    let (mut found, places) = find(schema, &columns)?;
    let mut row = 0;
    for index in 0..file.num_row_groups() {
        let group = decoded(|| file.get_row_group(index).map_err(|error| broken(&error)))?;
        let mut readers = Vec::with_capacity(found.len());
        for column in &found {
            readers.push(decoded(|| open(&*group, column)).map_err(|fault| fault.below(row + 1))?);
        }
        let count = group.metadata().num_rows();
        let mut left = usize::try_from(count)
            .map_err(|_| damaged(format!("a group of {count} rows")).below(row + 1))?;
        while left > 0 {
            let many = left.min(ROWS_A_BATCH);
            for (column, reader) in found.iter_mut().zip(&mut readers) {
                read(column, reader, many, row)?;
            }
            for index in 0..many {
                let cell = |place: &usize| found[*place].cells.get(index);
                let cells: Vec<Option<&str>> = places.iter().map(cell).collect();
                row += 1;
                sink.row(row, &cells)?;
            }
            left -= many;
        }
    }
    Ok(())
}

/// The columns asked for, each once, and for each name asked for which of them it is.
fn find(
    schema: &SchemaDescriptor,
    columns: &[String],
) -> Result<(Vec<Column>, Vec<usize>), TableError> {
    let fields = schema.root_schema().get_fields();
    let mut found: Vec<Column> = Vec::new();
    let mut places = Vec::with_capacity(columns.len());
    for (asked, name) in columns.iter().enumerate() {
        let at = |fault: TableError| TableError {
            column: Some(asked),
            ..fault
        };
        match fields
            .iter()
            .filter(|field| field.name() == name.as_str())
            .count()
        {
            0 => return Err(at(missing(name, fields.iter().map(|field| field.name())))),
            1 => {}
            _ => {
                return Err(at(TableError::whole(
                    "the file has this name twice",
                    "rename one of the two columns",
                )));
            }
        }
        // A column that is a group has no leaf of its own name alone, and a list has a leaf that repeats.
        let leaf = schema
            .columns()
            .iter()
            .position(|leaf| matches!(leaf.path().parts(), [only] if only == name))
            .filter(|leaf| schema.columns()[*leaf].max_rep_level() == 0);
        let Some(leaf) = leaf else {
            return Err(at(TableError::whole(
                "the column is nested: its cells are lists, maps or groups",
                "flatten the file: write one value into each cell",
            )));
        };
        let place = found.iter().position(|known| known.leaf == leaf);
        if place.is_none() {
            found.push(Column {
                leaf,
                asked,
                kind: kind(&schema.columns()[leaf]).map_err(at)?,
                cells: Cells::default(),
            });
        }
        places.push(place.unwrap_or(found.len() - 1));
    }
    Ok((found, places))
}

/// What a column's values mean, by its logical type, else by the older converted type, else by how they are stored.
fn kind(column: &ColumnDescriptor) -> Result<Kind, TableError> {
    let decimal = |scale: i32| {
        u8::try_from(scale)
            .map(Kind::Decimal)
            .map_err(|_| damaged(format!("a decimal with {scale} places")))
    };
    let old = column.converted_type();
    let stored = column.physical_type();
    if let Some(logical) = column.logical_type_ref() {
        return match logical {
            LogicalType::String | LogicalType::Enum | LogicalType::Json => Ok(Kind::Text),
            LogicalType::Date => Ok(Kind::Day),
            LogicalType::Timestamp(stamp) => Ok(Kind::Instant(match stamp.unit {
                TimeUnit::MILLIS => NANOSECONDS_A_DAY / 1_000_000,
                TimeUnit::MICROS => NANOSECONDS_A_DAY / 1_000,
                TimeUnit::NANOS => NANOSECONDS_A_DAY,
            })),
            LogicalType::Decimal(written) => decimal(written.scale),
            LogicalType::Integer(written) if written.is_signed => Ok(Kind::Plain),
            LogicalType::Integer(_) => Ok(Kind::Unsigned),
            // A column that is null throughout.
            LogicalType::Unknown => Ok(Kind::Plain),
            other => Err(foreign(other)),
        };
    }
    match old {
        ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Ok(Kind::Text),
        ConvertedType::DATE => Ok(Kind::Day),
        ConvertedType::TIMESTAMP_MILLIS => Ok(Kind::Instant(NANOSECONDS_A_DAY / 1_000_000)),
        ConvertedType::TIMESTAMP_MICROS => Ok(Kind::Instant(NANOSECONDS_A_DAY / 1_000)),
        ConvertedType::DECIMAL => decimal(column.type_scale()),
        ConvertedType::UINT_8
        | ConvertedType::UINT_16
        | ConvertedType::UINT_32
        | ConvertedType::UINT_64 => Ok(Kind::Unsigned),
        ConvertedType::INT_8
        | ConvertedType::INT_16
        | ConvertedType::INT_32
        | ConvertedType::INT_64 => Ok(Kind::Plain),
        ConvertedType::NONE => match stored {
            Type::INT96 => Ok(Kind::Instant(NANOSECONDS_A_DAY)),
            // Old writers do not say that their texts are texts.
            Type::BYTE_ARRAY => Ok(Kind::Text),
            Type::FIXED_LEN_BYTE_ARRAY => Err(foreign(stored)),
            Type::BOOLEAN | Type::INT32 | Type::INT64 | Type::FLOAT | Type::DOUBLE => {
                Ok(Kind::Plain)
            }
        },
        other => Err(foreign(other)),
    }
}

/// The fault of a type that cannot be a cell, called as Parquet's documentation calls it: what it holds is left out.
fn foreign(kind: impl Debug) -> TableError {
    let name = bare(kind).to_uppercase();
    TableError::whole(
        format!("the program does not read values of type {name}"),
        "write the column as numbers, decimals, texts, dates, timestamps or truth values",
    )
}

/// The name of an enum's variant without its fields.
fn bare(variant: impl Debug) -> String {
    let mut name = format!("{variant:?}");
    name.truncate(name.find('(').unwrap_or(name.len()));
    name
}

/// The reader of a column's values in one group of rows.
fn open(group: &dyn RowGroupReader, column: &Column) -> Result<ColumnReader, TableError> {
    let at = |fault: TableError| TableError {
        column: Some(column.asked),
        ..fault
    };
    let Some(chunk) = group.metadata().columns().get(column.leaf) else {
        return Err(at(damaged("a group of rows lacks the column")));
    };
    match chunk.compression() {
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) => {}
        other => {
            return Err(at(TableError::whole(
                format!("the column is compressed by {}", bare(other)),
                "write the file with Snappy, gzip or no compression",
            )));
        }
    }
    group
        .get_column_reader(column.leaf)
        .map_err(|error| at(broken(&error)))
}

/// Runs a step of the Parquet reader. Its decoders check what they find in the file by panics as well as by errors; to a reader of
/// briefs either is a damaged file. None of our own code runs inside but that which writes cells.
fn decoded<T>(step: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    // What the step leaves half done is never looked at again: the first fault ends the table.
    catch_unwind(AssertUnwindSafe(step))
        .unwrap_or_else(|_| Err(damaged("its bytes cannot be decoded")))
}

/// Decodes the next rows of a column; `row` is how many came before.
fn read(
    column: &mut Column,
    reader: &mut ColumnReader,
    many: usize,
    row: u64,
) -> Result<(), TableError> {
    let kind = column.kind;
    let cells = &mut column.cells;
    let done = decoded(|| match reader {
        ColumnReader::BoolColumnReader(reader) => batch(reader, many, cells, |value, text| {
            put(text, value);
            Ok(())
        }),
        ColumnReader::Int32ColumnReader(reader) => batch(reader, many, cells, |value, text| {
            whole(
                i64::from(*value),
                u64::from(value.cast_unsigned()),
                kind,
                text,
            )
        }),
        ColumnReader::Int64ColumnReader(reader) => batch(reader, many, cells, |value, text| {
            whole(*value, value.cast_unsigned(), kind, text)
        }),
        ColumnReader::Int96ColumnReader(reader) => batch(reader, many, cells, |value, text| {
            let [low, high, julian] = [0, 1, 2].map(|index| value.data()[index]);
            let nanoseconds = (u64::from(high) << 32 | u64::from(low)).cast_signed();
            day(
                i64::from(julian) - EPOCH_JULIAN_DAY + nanoseconds.div_euclid(NANOSECONDS_A_DAY),
                text,
            )
        }),
        ColumnReader::FloatColumnReader(reader) => batch(reader, many, cells, |value, text| {
            float(*value, text);
            Ok(())
        }),
        ColumnReader::DoubleColumnReader(reader) => batch(reader, many, cells, |value, text| {
            float(*value, text);
            Ok(())
        }),
        ColumnReader::ByteArrayColumnReader(reader) => batch(reader, many, cells, |value, text| {
            string(value.data(), kind, text)
        }),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            batch(reader, many, cells, |value, text| {
                string(value.data(), kind, text)
            })
        }
    });
    done.map_err(|fault| TableError {
        column: Some(column.asked),
        row: Some(row + fault.row.unwrap_or(1)),
        ..fault
    })
}

/// Decodes the next rows of a column. The row of a fault counts within the batch.
fn batch<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    many: usize,
    cells: &mut Cells,
    mut write: impl FnMut(&T::T, &mut String) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let (count, ..) = reader
        .read_records(many, Some(&mut levels), None, &mut values)
        .map_err(|error| broken(&error).below(1))?;
    if count < many {
        return Err(damaged("the column ends before its last row").below(count as u64 + 1));
    }
    cells.text.clear();
    cells.ranges.clear();
    let mut values = values.iter();
    for row in 0..many {
        // A column that cannot be null has no levels; of one that can, level 1 is a value.
        if levels.get(row).is_some_and(|level| *level == 0) {
            cells.ranges.push(None);
            continue;
        }
        let start = cells.text.len();
        let value = values
            .next()
            .ok_or_else(|| damaged("the column has fewer values than the file states"));
        value
            .and_then(|value| write(value, &mut cells.text))
            .map_err(|fault| fault.below(row as u64 + 1))?;
        cells.ranges.push(Some(start..cells.text.len()));
    }
    Ok(())
}

/// Writes a value as it prints.
fn put(text: &mut String, value: impl Display) {
    write!(text, "{value}").expect("a string takes any text");
}

/// Writes a stored whole number: as itself, without its sign, as a decimal or as a day.
fn whole(value: i64, unsigned: u64, kind: Kind, text: &mut String) -> Result<(), TableError> {
    match kind {
        Kind::Plain | Kind::Text => put(text, value),
        Kind::Unsigned => put(text, unsigned),
        Kind::Decimal(places) => decimal(&value.to_string(), places, text),
        Kind::Day => day(value, text)?,
        Kind::Instant(a_day) => day(value.div_euclid(a_day), text)?,
    }
    Ok(())
}

/// Writes stored bytes: big-endian digits of a decimal (Parquet, Logical Types, DECIMAL), else a text.
fn string(bytes: &[u8], kind: Kind, text: &mut String) -> Result<(), TableError> {
    if let Kind::Decimal(places) = kind {
        if bytes.len() > MAX_DECIMAL_BYTES {
            return Err(damaged(format!("a decimal of {} bytes", bytes.len())));
        }
        let digits = BigInt::from_signed_bytes_be(bytes).to_string();
        decimal(&digits, places, text);
        return Ok(());
    }
    let decoded_text = std::str::from_utf8(bytes).map_err(|_| {
        TableError::whole(
            "these bytes are not UTF-8",
            "write the column as text in UTF-8",
        )
    })?;
    text.push_str(decoded_text);
    Ok(())
}

/// Writes digits with a point before the last `places` of them; all are kept, as the file says they count.
fn decimal(digits: &str, places: u8, text: &mut String) {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |digits| ("-", digits));
    let places = usize::from(places);
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (before, behind) = padded.split_at(padded.len() - places);
    text.push_str(sign);
    text.push_str(before);
    if places > 0 {
        text.push('.');
        text.push_str(behind);
    }
}

/// Writes the shortest decimal that means this binary fraction and no other; very long and very small ones with a power of ten.
fn float<F: Copy + Display + LowerExp + Into<f64>>(value: F, text: &mut String) {
    let size = value.into().abs();
    if size == 0.0 || (1e-5..1e16).contains(&size) || !size.is_finite() {
        put(text, value);
    } else {
        write!(text, "{value:e}").expect("a string takes any text");
    }
}

/// Writes a day, given since 1970-01-01.
fn day(days: i64, text: &mut String) -> Result<(), TableError> {
    let bound = |year, month, day| Date::new(year, month, day).map(Date::days);
    let reach = bound(1, 1, 1)..=bound(9999, 12, 31);
    if !reach.contains(&Some(days)) {
        return Err(TableError::whole(
            "the day is beyond the years 1 to 9999",
            "check the unit in which the file counts its dates",
        ));
    }
    put(text, Date::from_days(days));
    Ok(())
}

/// A file that contradicts itself.
fn damaged(reason: impl Into<String>) -> TableError {
    TableError::whole(reason, "the file is damaged; write or fetch it again")
}

/// What the Parquet reader cannot read.
fn broken(error: &ParquetError) -> TableError {
    match error {
        ParquetError::NYI(reason) => TableError::whole(
            reason,
            "write the file plainly, with Snappy, gzip or no compression",
        ),
        ParquetError::General(reason) | ParquetError::EOF(reason) => damaged(reason),
        other => damaged(other.to_string()),
    }
}
