//! Rows of separated text (CSV, TSV), with the lines that they stand on.
//!
//! The grammar is RFC 4180's, with any of the three ends of line. Readers at hand are lenient where figures are lost by it: a quotation
//! mark that nobody closes takes all rows below into one cell, and a row is called by a number that no editor shows. Here a quotation
//! mark that is not closed, or closed in the middle of a cell, is a fault where it opens, and rows are called by their lines.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::encoding::looks_like_utf16;
use super::error::{FEW_COLUMNS, Head, Sink, TableError, UNREADABLE_FILE, missing, wanted};
use crate::model::Dialect;

/// Bytes of the longest row. What is longer is a quotation mark that is never closed, or no table.
const MAX_ROW_BYTES: usize = 1 << 20;

/// Rows that are searched for the head where the first row is none.
const MAX_LINES_BEFORE_HEAD: usize = 30;

/// The separators that are found without a word.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Hands out the head and every row below it. `usual` is the separator that the name of the file promises.
pub(super) fn rows(
    usual: Option<u8>,
    dialect: &Dialect,
    input: Box<dyn Read + '_>,
    sink: &mut dyn Sink,
) -> Result<(), TableError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut line = 1;
    for _ in 0..dialect.skip {
        let skipped = line_of(&mut input, line)?;
        line += u64::from(!skipped.is_empty());
    }
    let mut head = head_lines(&mut input, dialect, line)?;
    let mut delimiter = dialect.separator.or(usual);
    if let Some(named) = separator_line(&head) {
        // The line `sep=;`, which a spreadsheet writes for itself.
        delimiter = dialect.separator.or(Some(named));
        line += 1;
        head = head_lines(&mut input, dialect, line)?;
    }
    let found = delimiter.is_none();
    let delimiter = match delimiter {
        Some(delimiter) => delimiter,
        None => separator(&head, dialect, line, sink)?,
    };
    let whole = Cursor::new(head).chain(input);
    let mut records = Records::new(delimiter, dialect, line, whole);
    let Some(head_line) = records.next()? else {
        return Err(TableError::whole(
            "the file is empty",
            "write the names of the columns into the first line",
        ));
    };
    let at_head = |fault: TableError| TableError {
        row: fault.row.or(Some(head_line)),
        ..fault
    };
    let names = records.names();
    let columns = answer(sink, &names, found && delimiter == b';').map_err(at_head)?;
    let mut indices = Vec::with_capacity(columns.len());
    for (column, wanted) in columns.iter().enumerate() {
        let mut places = (0..names.len()).filter(|index| names[*index] == *wanted);
        match (places.next(), places.next()) {
            (None, _) if !is_utf8(&records.text) => {
                return Err(at_head(not_utf8("the head is not UTF-8", &records.text)));
            }
            (None, _) => {
                let fault = missing(wanted, names.iter().map(String::as_str));
                let help = records.head_below(wanted).unwrap_or(fault.help);
                return Err(at_head(TableError {
                    column: Some(column),
                    help,
                    ..fault
                }));
            }
            (Some(index), None) => indices.push(index),
            (Some(first), Some(second)) => {
                return Err(at_head(TableError {
                    column: Some(column),
                    ..TableError::whole(
                        format!(
                            "the head has this name twice, in columns {} and {}",
                            first + 1,
                            second + 1
                        ),
                        "rename one of the two columns",
                    )
                }));
            }
        }
    }
    if dialect.units_row {
        let _ = records.next()?;
    }
    while let Some(row) = records.next()? {
        // A row of empty cells says nothing; spreadsheets write many below a table.
        if records.text.is_empty() {
            continue;
        }
        if let Some(foot) = &dialect.foot
            && records.cell(0).starts_with(foot.as_bytes())
        {
            return Ok(());
        }
        if records.count() != names.len() && !records.only_empty_from(names.len()) {
            return Err(TableError {
                row: Some(row),
                ..TableError::whole(
                    format!(
                        "this row has {} cells, but the head has {}",
                        records.count(),
                        names.len()
                    ),
                    "write as many cells in every row as in the head; put cells with a separator in quotation marks; \
                     name lines above the head by `skip: 3`, and notes below the rows by `foot: first words of the notes`",
                )
            });
        }
        let (mut few, mut many) = ([None; FEW_COLUMNS], Vec::new());
        let cells = match few.get_mut(..indices.len()) {
            Some(few) => few,
            None => {
                many.resize(indices.len(), None);
                many.as_mut_slice()
            }
        };
        for (column, (cell, index)) in cells.iter_mut().zip(&indices).enumerate() {
            let bytes = records.cell(*index);
            *cell = Some(std::str::from_utf8(bytes).map_err(|_| TableError {
                row: Some(row),
                column: Some(column),
                ..not_utf8("these bytes are not UTF-8", bytes)
            })?);
        }
        sink.row(row, cells)?;
    }
    Ok(())
}

/// What the sink wants of these columns.
fn answer(
    sink: &mut dyn Sink,
    names: &[String],
    semicolons: bool,
) -> Result<Vec<String>, TableError> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    wanted(
        sink,
        &Head {
            names: &names,
            semicolons,
        },
    )
}

/// One line with its end; nothing at the end of the file. Two lines that end by a carriage return each are two.
fn line_of(input: &mut impl BufRead, line: u64) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    loop {
        let filled = input.fill_buf().map_err(|error| unreadable(line, &error))?;
        let Some(end) = filled.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            let count = filled.len();
            bytes.extend_from_slice(filled);
            input.consume(count);
            if count == 0 || bytes.len() > MAX_ROW_BYTES {
                return Ok(bytes);
            }
            continue;
        };
        let returned = filled[end] == b'\r';
        bytes.extend_from_slice(&filled[..=end]);
        input.consume(end + 1);
        if returned {
            let next = input.fill_buf().map_err(|error| unreadable(line, &error))?;
            if next.first() == Some(&b'\n') {
                bytes.push(b'\n');
                input.consume(1);
            }
        }
        return Ok(bytes);
    }
}

/// The lines down to the end of the head: empty lines and remarks before it, and as many lines as its quotation marks need.
fn head_lines(
    input: &mut impl BufRead,
    dialect: &Dialect,
    line: u64,
) -> Result<Vec<u8>, TableError> {
    let mut all = Vec::new();
    let mut begun = false;
    loop {
        let next = line_of(input, line)?;
        if next.is_empty() || all.len() > MAX_ROW_BYTES {
            return Ok(all);
        }
        let remark = |mark: &String| next.starts_with(mark.as_bytes());
        let blank = next.iter().all(|byte| matches!(byte, b'\n' | b'\r'));
        begun |= !blank && !dialect.comment.as_ref().is_some_and(remark);
        all.extend(next);
        let quotes = all.iter().filter(|byte| **byte == b'"').count();
        if begun && quotes.is_multiple_of(2) {
            return Ok(all);
        }
    }
}

/// The separator that a line such as `sep=;` names.
fn separator_line(head: &[u8]) -> Option<u8> {
    let text = head.trim_ascii().strip_prefix(b"sep=")?;
    match text {
        [separator] if SEPARATORS.contains(separator) => Some(*separator),
        [] if head.contains(&b'\t') => Some(b'\t'),
        _ => None,
    }
}

/// The separator of a head: the only one of the known that stands in it, or the only one by which it has all columns asked for.
///
/// # Errors
/// Two separators stand in the head, and the columns asked for do not decide.
fn separator(
    head: &[u8],
    dialect: &Dialect,
    line: u64,
    sink: &mut dyn Sink,
) -> Result<u8, TableError> {
    let mut quoted = false;
    let mut present = [false; SEPARATORS.len()];
    for byte in head {
        quoted ^= *byte == b'"';
        if let Some(index) = SEPARATORS.iter().position(|known| known == byte) {
            present[index] |= !quoted;
        }
    }
    let found: Vec<u8> = (0..SEPARATORS.len())
        .filter(|index| present[*index])
        .map(|index| SEPARATORS[index])
        .collect();
    if found.len() < 2 {
        return Ok(found.first().copied().unwrap_or(b','));
    }
    let mut fits = |delimiter: &u8| {
        let mut records = Records::new(*delimiter, dialect, line, Cursor::new(head));
        if !matches!(records.next(), Ok(Some(_))) {
            return false;
        }
        let names = records.names();
        answer(sink, &names, false)
            .is_ok_and(|columns| columns.iter().all(|wanted| names.contains(wanted)))
    };
    let fitting: Vec<u8> = found.iter().copied().filter(|one| fits(one)).collect();
    match fitting[..] {
        [one] => Ok(one),
        _ => {
            let name = |byte: &u8| match byte {
                b'\t' => "a tab".to_owned(),
                other => format!("`{}`", char::from(*other)),
            };
            let names: Vec<String> = found.iter().map(name).collect();
            Err(TableError {
                row: Some(line),
                ..TableError::whole(
                    format!(
                        "the cells can be separated by {}: the head has each of them, and the columns asked for do not decide",
                        names.join(" or ")
                    ),
                    "write the separator: `separator: \";\"`; then check the names of the columns",
                )
            })
        }
    }
}

/// The fault of bytes in an unknown encoding.
fn not_utf8(reason: &str, bytes: &[u8]) -> TableError {
    let help = match looks_like_utf16(bytes) {
        Some(name) => format!("write `encoding: {}`: every other byte is zero", name.to_lowercase()),
        None => "write how the file is encoded: `encoding: windows-1252` (Western Europe, also called Latin-1 or ANSI), `windows-1250` \
                 (Central Europe), `gbk` (China); or save the file as UTF-8"
            .to_owned(),
    };
    TableError::whole(reason, help)
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
    /// In a line that is no row.
    Remark,
    /// In a cell in quotation marks, which opened on this line.
    Quoted(u64),
    /// Behind a quotation mark that closes such a cell, or is the first of two that stand for one.
    Closed(u64),
}

/// The rows of a file, one at a time; empty lines are none.
struct Records<R> {
    input: BufReader<R>,
    delimiter: u8,
    /// What a line begins with that is no row.
    comment: Option<u8>,
    /// The line of the next byte, from 1.
    line: u64,
    /// The last byte was a carriage return: a line feed now would end the same line.
    returned: bool,
    /// The cells of the row at hand, one after the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    /// A reader whose first line has the number `line`.
    fn new(delimiter: u8, dialect: &Dialect, line: u64, input: R) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            delimiter,
            comment: dialect.comment.as_ref().map(|mark| mark.as_bytes()[0]),
            line,
            returned: false,
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The cells of the row at hand as names of columns.
    fn names(&self) -> Vec<String> {
        (0..self.count())
            .map(|index| {
                let name = String::from_utf8_lossy(self.cell(index));
                name.trim_start_matches('\u{feff}').trim().to_owned()
            })
            .collect()
    }

    /// The way out where a row near the begin of the file has the name of a column, so that lines stand before the head.
    fn head_below(&mut self, wanted: &str) -> Option<String> {
        for _ in 0..MAX_LINES_BEFORE_HEAD {
            let line = self.next().ok()??;
            if self.names().iter().any(|name| name == wanted) {
                return Some(format!(
                    "line {line} has it: add `head: {line}` to the table"
                ));
            }
        }
        None
    }

    /// The row has more cells than that, and all of them are empty.
    fn only_empty_from(&self, from: usize) -> bool {
        self.count() > from && self.ends[from - 1] == self.text.len()
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
                    CellState::Begin | CellState::Remark if self.ends.is_empty() => Ok(None),
                    CellState::Begin
                    | CellState::Remark
                    | CellState::Bare
                    | CellState::Closed(_) => {
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
                    CellState::Remark if ends_line => {
                        place = CellState::Begin;
                        first = self.line;
                    }
                    CellState::Remark => {}
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
                    CellState::Begin if self.ends.is_empty() && self.comment == Some(byte) => {
                        place = CellState::Remark;
                    }
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
        let mut records = Records::new(b',', &Dialect::default(), 1, input);
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
