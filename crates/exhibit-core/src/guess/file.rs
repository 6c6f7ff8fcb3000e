//! How a file is written: its format, encoding and separator, and where its head stands.

use std::io::Read as _;

use super::column::is_year;
use super::draft::Reopen;
use super::yaml::quoted;
use crate::model::{BookModel, Dialect, Format};
use crate::table::{Sample, sample};
use crate::workbook::is_workbook;

/// Rows that are looked at.
const ROWS: usize = 20_000;

/// Lines above a head that are tried.
const LINES_ABOVE: u64 = 12;

/// How many columns a way of reading gives, and what it read by which keys.
type Attempt = (usize, Sample, Vec<(&'static str, String)>);

/// The last row of a workbook that is tried as a head.
const LAST_HEAD: u32 = 10;

/// A file that is read, and the keys of a table by which it is.
pub(super) struct Found {
    pub sample: Sample,
    /// Keys and values, as they stand in the data set.
    pub keys: Vec<(&'static str, String)>,
    /// Further sheets of the workbook.
    pub sheets: Vec<String>,
}

/// Reads the beginning of a file in the first way that gives rows with names.
///
/// # Errors
/// Why no way does.
pub(super) fn read(file: &str, open: &mut Reopen<'_>) -> Result<Found, String> {
    let mut begin = Vec::new();
    let input = open().map_err(|why| why.to_string())?;
    std::io::Read::take(input, 8)
        .read_to_end(&mut begin)
        .map_err(|error| error.to_string())?;
    if is_workbook(&begin) {
        return book(open);
    }
    let name = file.to_ascii_lowercase();
    let format = match name.rsplit('.').next() {
        Some("json") => Format::Json,
        Some("parquet") => Format::Parquet,
        Some("tsv" | "tab") => Format::Tsv,
        _ => Format::Csv,
    };
    let mut keys = Vec::new();
    let known = matches!(
        name.rsplit('.').next(),
        Some("json" | "parquet" | "tsv" | "csv")
    );
    if !known {
        keys.push((
            "format",
            if format == Format::Tsv { "tsv" } else { "csv" }.to_owned(),
        ));
    }
    let mut attempt = |dialect: &Dialect| {
        let input = open().map_err(|why| why.to_string())?;
        sample(format, dialect, &BookModel::default(), input, ROWS).map_err(|fault| fault.reason)
    };
    if matches!(format, Format::Json | Format::Parquet) {
        let sample = attempt(&Dialect::default())?;
        return filled(sample, keys);
    }
    let mut first: Option<String> = None;
    let mut best: Option<Attempt> = None;
    for encoding in [None, Some("windows-1252")] {
        for (separator, sign) in [
            (None, ""),
            (Some(b';'), ";"),
            (Some(b','), ","),
            (Some(b'\t'), "tab"),
        ] {
            for skip in 0..=LINES_ABOVE {
                let dialect = Dialect {
                    separator,
                    encoding: encoding.map(str::to_owned),
                    skip,
                    ..Dialect::default()
                };
                match attempt(&dialect) {
                    Ok(sample) if !sample.rows.is_empty() => {
                        let mut keys = keys.clone();
                        if let Some(encoding) = encoding {
                            keys.push(("encoding", encoding.to_owned()));
                        }
                        if separator.is_some() {
                            keys.push(("separator", format!("\"{sign}\"")));
                        }
                        if skip > 0 {
                            keys.push(("skip", skip.to_string()));
                        }
                        let columns = sample.names.len();
                        if columns > 1 {
                            return filled(sample, keys);
                        }
                        if best.is_none() {
                            best = Some((columns, sample, keys));
                        }
                    }
                    Ok(_) => {}
                    Err(reason) => {
                        first.get_or_insert(reason);
                    }
                }
            }
        }
    }
    match best {
        Some((_, sample, keys)) => filled(sample, keys),
        None => Err(first.unwrap_or_else(|| "the file has no rows".to_owned())),
    }
}

fn filled(sample: Sample, keys: Vec<(&'static str, String)>) -> Result<Found, String> {
    if sample.rows.is_empty() {
        return Err("the file has no rows below its head".to_owned());
    }
    Ok(Found {
        sample,
        keys,
        sheets: Vec::new(),
    })
}

/// Reads a workbook: its first sheet that has a table, with the head in one row or in two.
fn book(open: &mut Reopen<'_>) -> Result<Found, String> {
    let sheets = crate::workbook::sheets(all(open)?)?;
    let mut first: Option<String> = None;
    for sheet in &sheets {
        let one = (1..=LAST_HEAD).map(|row| (row, row));
        let two = (1..=LAST_HEAD).map(|row| (row, row + 1));
        // Of heads that fit alike the first is the plainest; a better one names more columns that hold something.
        let mut best: Option<(usize, (u32, u32), Sample)> = None;
        for head in one.chain(two) {
            let place = BookModel {
                sheet: Some(sheet.clone()),
                head: Some(head),
                ..BookModel::default()
            };
            let input = open().map_err(|why| why.to_string())?;
            match sample(Format::Book, &Dialect::default(), &place, input, ROWS) {
                Ok(sample) if is_table(&sample) => {
                    let filled = filled_columns(&sample);
                    if best.as_ref().is_none_or(|(most, ..)| filled > *most) {
                        best = Some((filled, head, sample));
                    }
                }
                Ok(_) => {}
                Err(fault) => {
                    first.get_or_insert(fault.reason);
                }
            }
        }
        if let Some((_, (from, to), sample)) = best {
            let mut keys = Vec::new();
            if sheets.len() > 1 {
                keys.push(("sheet", quoted(sheet)));
            }
            let head = if from == to {
                from.to_string()
            } else {
                format!("{from}..{to}")
            };
            keys.push(("head", head));
            let others = sheets.iter().filter(|other| *other != sheet).cloned();
            return Ok(Found {
                sample,
                keys,
                sheets: others.collect(),
            });
        }
    }
    Err(first.unwrap_or_else(|| "no sheet of the workbook has a table".to_owned()))
}

/// How many columns hold something.
fn filled_columns(sample: &Sample) -> usize {
    (0..sample.names.len())
        .filter(|column| sample.rows.iter().any(|row| !row[*column].is_empty()))
        .count()
}

/// All bytes of the file.
fn all(open: &mut Reopen<'_>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    open()
        .map_err(|why| why.to_string())?
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A head whose names are words or periods, above rows that mostly fill their columns.
fn is_table(sample: &Sample) -> bool {
    let number = |name: &String| name.parse::<f64>().is_ok() && !is_year(name);
    let filled =
        |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() * 2 > row.len();
    sample.names.len() > 1
        && !sample.rows.is_empty()
        && !sample.names.iter().any(number)
        && sample.rows.iter().take(5).filter(|row| filled(row)).count() * 2
            > sample.rows.len().min(5)
}
