//! Rows of separated text (CSV, TSV), with the lines that they stand on.
//!
//! The grammar is RFC 4180's, with any of the three ends of line. Readers at hand are lenient where figures are lost by it: a quotation
//! mark that nobody closes takes all rows below into one cell, and a row is called by a number that no editor shows. Here a quotation
//! mark that is not closed, or closed in the middle of a cell, is a fault where it opens, and rows are called by their lines.

use std::io::{self, BufRead, BufReader, Read};

use super::error::{MAX_COLUMNS, Sink, TableError, UNREADABLE_FILE, missing};

/// Bytes of the longest row. What is longer is a quotation mark that is never closed, or no table.
const MAX_ROW_BYTES: usize = 1 << 20;

/// Hands out every row below the head.
pub(super) fn rows(
    delimiter: u8,
    input: Box<dyn Read + '_>,
    columns: &[&str],
    sink: &mut Sink<'_>,
) -> Result<(), TableError> {
    let mut records = Records::new(delimiter, input);
    let Some(head_line) = records.next()? else {
        return Err(TableError::whole(
            "the file is empty",
            "write the names of the columns into the first line",
        ));
    };
    let names: Vec<String> = (0..records.count())
        .map(|index| {
            let name = String::from_utf8_lossy(records.cell(index));
            name.trim_start_matches('\u{feff}').to_owned()
        })
        .collect();
    let mut indices = Vec::with_capacity(columns.len());
    for (column, wanted) in columns.iter().enumerate() {
        let mut places = (0..names.len()).filter(|index| names[*index] == *wanted);
        let at = |fault: TableError| TableError {
            column: Some(column),
            row: Some(head_line),
            ..fault
        };
        match (places.next(), places.next()) {
            (None, _) if !is_utf8(&records.text) => {
                return Err(TableError {
                    row: Some(head_line),
                    ..TableError::whole(
                        "the head is not UTF-8",
                        "save the file as UTF-8 (some programs call it \"CSV UTF-8\"; \"Unicode text\" is UTF-16)",
                    )
                });
            }
            (None, _) => {
                return Err(at(missing(wanted, names.iter().map(String::as_str))));
            }
            (Some(index), None) => indices.push(index),
            (Some(first), Some(second)) => {
                return Err(at(TableError::whole(
                    format!(
                        "the head has this name twice, in columns {} and {}",
                        first + 1,
                        second + 1
                    ),
                    "rename one of the two columns",
                )));
            }
        }
    }
    while let Some(row) = records.next()? {
        if records.count() != names.len() {
            return Err(TableError {
                row: Some(row),
                ..TableError::whole(
                    format!(
                        "this row has {} cells, but the head has {}",
                        records.count(),
                        names.len()
                    ),
                    "write as many cells in every row as in the head; put cells with a separator in quotation marks",
                )
            });
        }
        let mut cells = [None; MAX_COLUMNS];
        for (column, (cell, index)) in cells.iter_mut().zip(&indices).enumerate() {
            *cell = Some(std::str::from_utf8(records.cell(*index)).map_err(|_| {
                TableError::at(
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

/// True for text in UTF-8. A zero byte is sound UTF-8, but stands in no table: every other byte of UTF-16 is one.
fn is_utf8(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| !text.contains('\0'))
}

/// Where in a cell the reader is.
#[derive(Clone, Copy)]
enum CellState {
    /// Before its first byte.
    Begin,
    /// In a cell without quotation marks.
    Bare,
    /// In a cell in quotation marks, which opened on this line.
    Quoted(u64),
    /// Behind a quotation mark that closes such a cell, or is the first of two that stand for one.
    Closed(u64),
}

/// The rows of a file, one at a time; empty lines are none.
struct Records<R> {
    input: BufReader<R>,
    delimiter: u8,
    /// The line of the next byte, from 1.
    line: u64,
    /// The last byte was a carriage return: a line feed now would end the same line.
    returned: bool,
    /// The cells of the row at hand, one after the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    fn new(delimiter: u8, input: R) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            delimiter,
            line: 1,
            returned: false,
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// How many cells the row has.
    fn count(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a cell, without quotation marks.
    fn cell(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }

    /// Reads the next row and gives the line that it begins on.
    fn next(&mut self) -> Result<Option<u64>, TableError> {
        self.text.clear();
        self.ends.clear();
        let mut place = CellState::Begin;
        let mut first = self.line;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(self.line, &error)),
            };
            if bytes.is_empty() {
                return match place {
                    CellState::Quoted(opened) => Err(unclosed(opened)),
                    CellState::Begin if self.ends.is_empty() => Ok(None),
                    CellState::Begin | CellState::Bare | CellState::Closed(_) => {
                        self.ends.push(self.text.len());
                        Ok(Some(first))
                    }
                };
            }
            let mut used = 0;
            while used < bytes.len() {
                let byte = bytes[used];
                used += 1;
                let returned = std::mem::replace(&mut self.returned, byte == b'\r');
                let line_feed = byte == b'\n' && returned;
                let ends_line = (byte == b'\n' && !returned) || byte == b'\r';
                self.line += u64::from(ends_line);
                match place {
                    CellState::Quoted(opened) if byte == b'"' => place = CellState::Closed(opened),
                    CellState::Quoted(_) => {
                        self.text.push(byte);
                        let rest = &bytes[used..];
                        let plain = |byte: &u8| matches!(byte, b'"' | b'\n' | b'\r');
                        if !ends_line {
                            let many = rest.iter().position(plain).unwrap_or(rest.len());
                            self.text.extend_from_slice(&rest[..many]);
                            used += many;
                        }
                    }
                    CellState::Closed(opened) if byte == b'"' => {
                        self.text.push(byte);
                        place = CellState::Quoted(opened);
                    }
                    // The other half of an end of line, which has ended the row before.
                    CellState::Begin if line_feed && self.ends.is_empty() => first = self.line,
                    CellState::Begin if ends_line && self.ends.is_empty() => first = self.line,
                    _ if byte == self.delimiter => {
                        self.ends.push(self.text.len());
                        place = CellState::Begin;
                    }
                    _ if ends_line => {
                        self.ends.push(self.text.len());
                        self.input.consume(used);
                        return Ok(Some(first));
                    }
                    CellState::Begin if byte == b'"' => place = CellState::Quoted(self.line),
                    CellState::Begin | CellState::Bare => {
                        place = CellState::Bare;
                        self.text.push(byte);
                        let rest = &bytes[used..];
                        let delimiter = self.delimiter;
                        let plain = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
                        let many = rest.iter().position(plain).unwrap_or(rest.len());
                        self.text.extend_from_slice(&rest[..many]);
                        used += many;
                    }
                    CellState::Closed(opened) => return Err(goes_on(opened)),
                }
                if self.text.len() > MAX_ROW_BYTES {
                    return Err(match place {
                        CellState::Quoted(opened) => unclosed(opened),
                        _ => too_long(first),
                    });
                }
            }
            self.input.consume(used);
        }
    }
}

fn unreadable(row: u64, error: &io::Error) -> TableError {
    TableError {
        row: Some(row),
        code: UNREADABLE_FILE,
        ..TableError::whole(
            error.to_string(),
            "the file could not be read to its end; write or fetch it again",
        )
    }
}

/// A quotation mark that opens a cell and takes the rest of the file into it.
fn unclosed(row: u64) -> TableError {
    TableError {
        row: Some(row),
        ..TableError::whole(
            "a quotation mark opens a cell here, but no quotation mark closes the cell",
            "add the closing quotation mark; for a cell that begins with a quotation mark of its own, write three quotation marks: \"\"\"so\"\" he said\"",
        )
    }
}

/// A cell with text behind its closing quotation mark.
fn goes_on(row: u64) -> TableError {
    TableError {
        row: Some(row),
        ..TableError::whole(
            "a cell in quotation marks continues behind the closing quotation mark",
            "end the cell at the quotation mark; inside the cell, write two quotation marks for one",
        )
    }
}

fn too_long(row: u64) -> TableError {
    TableError {
        row: Some(row),
        ..TableError::whole(
            format!("this row has more than {MAX_ROW_BYTES} bytes"),
            "check that the file is a table with one row on each line",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time: whatever is looked at together may come apart.
    struct Bytes<'a>(&'a [u8]);

    impl Read for Bytes<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((byte, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            into[0] = *byte;
            self.0 = rest;
            Ok(1)
        }
    }

    /// Each row's line and cells.
    type Rows = Vec<(u64, Vec<String>)>;

    fn read(input: impl Read) -> Result<Rows, (Option<u64>, String)> {
        let mut records = Records::new(b',', input);
        let mut all = Vec::new();
        while let Some(line) = records.next().map_err(|fault| (fault.row, fault.reason))? {
            let cells = (0..records.count())
                .map(|index| String::from_utf8(records.cell(index).to_vec()).expect("text"));
            all.push((line, cells.collect()));
        }
        Ok(all)
    }

    /// Rows as `line: cell|cell`.
    fn lines(text: &str) -> Vec<String> {
        let whole = read(text.as_bytes());
        assert_eq!(whole, read(Bytes(text.as_bytes())), "{text:?} in parts");
        let rows = whole.expect("rows").into_iter();
        rows.map(|(line, cells)| format!("{line}: {}", cells.join("|")))
            .collect()
    }

    #[test]
    fn rows_are_called_by_their_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = |text: &str| text.replace('\n', end);
            assert_eq!(
                lines(&text("a,b\n1,2\n3,4\n")),
                ["1: a|b", "2: 1|2", "3: 3|4"]
            );
            assert_eq!(lines(&text("\n\na,b\n\n\n1,2")), ["3: a|b", "6: 1|2"]);
            assert_eq!(
                lines(&text("a,\"b\nb\",c\n\n1,\"\n\n\",\n2,,\n")),
                [
                    format!("1: a|b{end}b|c"),
                    format!("4: 1|{end}{end}|"),
                    "7: 2||".to_owned()
                ]
            );
        }
    }

    #[test]
    fn cells_are_as_rfc_4180_has_them() {
        assert_eq!(lines("\"a,\"\"b\"\"\",,\"\"\n"), ["1: a,\"b\"||"]);
        assert_eq!(lines("5\" disk,x y ,"), ["1: 5\" disk|x y |"]);
        assert_eq!(lines("\"\""), ["1: "]);
        assert_eq!(lines(""), Vec::<String>::new());
        assert_eq!(lines("\r\n\n\r"), Vec::<String>::new());
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_told_where_it_opens() {
        for (text, line, words) in [
            ("a,b\n1,2\n3,\"4\n5,6\n", 3, "no quotation mark closes"),
            ("a,b\r\n1,\"2\n\n\"\r\n3,\"4", 5, "no quotation mark closes"),
            ("a,b\n\"1\n1\",\"2\n2\n", 3, "no quotation mark closes"),
            ("a,b\n1,\"2\n3,\"4\"\n", 2, "continues behind"),
            ("a,b\n1,\"2\"2\n", 2, "continues behind"),
        ] {
            for result in [read(text.as_bytes()), read(Bytes(text.as_bytes()))] {
                let (row, reason) = result.expect_err("a fault");
                assert_eq!(row, Some(line), "{text:?}");
                assert!(reason.contains(words), "{text:?}: {reason}");
            }
        }
    }

    #[test]
    fn no_row_fills_the_memory() {
        for (begin, words) in [("a\n\"", "no quotation mark closes"), ("a\n", "more than")] {
            let endless = begin.as_bytes().chain(io::repeat(b'x'));
            let (row, reason) = read(endless).expect_err("a fault");
            assert_eq!(row, Some(2));
            assert!(reason.contains(words), "{reason}");
        }
    }
}
