//! Places in a workbook, in the terms of spreadsheet programs: `B7`, `B3:F40`, `'Table 1'!B7`.

use std::fmt;

/// The last column of any sheet, XFD, and the last row, counted from 0.
const LAST_COLUMN: u32 = 16_383;
const LAST_ROW: u32 = 1_048_575;

/// A cell of a sheet. Row and column count from 0; it prints as `B7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Spot {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

impl Spot {
    /// Reads `B7`, `b7` or `$B$7`; `None` for anything else, and for cells that no sheet has.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (column, rest) = letters(text)?;
        let row: u32 = plain(rest)?;
        (1..=LAST_ROW + 1).contains(&row).then(|| Self {
            row: row - 1,
            column,
        })
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// Cells of a sheet: all rows from one to another, in all columns from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    /// Its upper left cell.
    pub from: Spot,
    /// Its lower right cell.
    pub to: Spot,
}

impl Area {
    /// One cell.
    pub(crate) fn one(at: Spot) -> Self {
        Self { from: at, to: at }
    }

    /// Reads `B3:F40`, `B:F` (all rows) or `3:40` (all columns); `None` for anything else. The ends may stand in any order.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.split_once(':')?;
        let end = |text: &str| {
            let text = text.trim();
            if let Some(spot) = Spot::parse(text) {
                return Some((Some(spot.row), Some(spot.column)));
            }
            if let Some(row) = plain::<u32>(text) {
                let row = row.checked_sub(1).filter(|row| *row <= LAST_ROW)?;
                return Some((Some(row), None));
            }
            letters(text)
                .filter(|(_, rest)| rest.is_empty())
                .map(|(column, _)| (None, Some(column)))
        };
        let ((row, column), (other_row, other_column)) = (end(first)?, end(second)?);
        let (rows, columns) = match ((row, column), (other_row, other_column)) {
            ((Some(a), Some(b)), (Some(c), Some(d))) => ((a, c), (b, d)),
            ((Some(a), None), (Some(c), None)) => ((a, c), (0, LAST_COLUMN)),
            ((None, Some(b)), (None, Some(d))) => ((0, LAST_ROW), (b, d)),
            _ => return None,
        };
        Some(Self {
            from: Spot {
                row: rows.0.min(rows.1),
                column: columns.0.min(columns.1),
            },
            to: Spot {
                row: rows.0.max(rows.1),
                column: columns.0.max(columns.1),
            },
        })
    }

    /// True for a cell inside.
    pub(crate) fn contains(&self, at: Spot) -> bool {
        (self.from.row..=self.to.row).contains(&at.row)
            && (self.from.column..=self.to.column).contains(&at.column)
    }
}

/// Digits alone as a number.
fn plain<T: std::str::FromStr>(text: &str) -> Option<T> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The column that a text begins with, and the rest of the text.
fn letters(text: &str) -> Option<(u32, &str)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let count = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if !(1..=3).contains(&count) {
        return None;
    }
    let number = text.bytes().take(count).fold(0, |number, byte| {
        number * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1
    });
    (number <= LAST_COLUMN + 1).then(|| (number - 1, &text[count..]))
}

/// The letters of a column: A, B, …, Z, AA.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell with its sheet, as formulas call it: `Sheet1!B7`; a name with other signs in quotation marks, `'Table 1'!B7`.
pub(crate) fn named(sheet: &str, at: Spot) -> String {
    let simple = !sheet.is_empty()
        && !sheet.starts_with(|ch: char| ch.is_ascii_digit())
        && sheet.chars().all(|ch| ch.is_alphanumeric() || ch == '_');
    if simple {
        format!("{sheet}!{at}")
    } else {
        format!("'{}'!{at}", sheet.replace('\'', "''"))
    }
}

/// The sheet and the cell that a place ends with: `annex Sheet1!B7`, `'Table 1'!$B$7`, or `B7` alone, of the only sheet. `None` for a
/// place in other terms.
pub(crate) fn split(place: &str) -> Option<(Option<String>, Spot)> {
    let place = place.trim();
    let Some((before, cell)) = place.rsplit_once('!') else {
        let last = place.rsplit(char::is_whitespace).next()?;
        return Spot::parse(last).map(|spot| (None, spot));
    };
    let spot = Spot::parse(cell)?;
    let sheet = match before.strip_suffix('\'') {
        Some(quoted) => {
            // Two quotation marks stand for one; the first that stands alone, from the right, opens the name.
            let mut open = None;
            let bytes = quoted.as_bytes();
            let mut index = bytes.len();
            while index > 0 {
                index -= 1;
                if bytes[index] == b'\'' {
                    if index > 0 && bytes[index - 1] == b'\'' {
                        index -= 1;
                    } else {
                        open = Some(index + 1);
                        break;
                    }
                }
            }
            quoted[open?..].replace("''", "'")
        }
        None => before.rsplit(char::is_whitespace).next()?.to_owned(),
    };
    Some((Some(sheet), spot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_print() {
        for text in ["A1", "B7", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(Spot::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Spot::parse("$c$3"), Spot::parse("C3"));
        for text in [
            "", "A", "7", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "B-7", "ß1",
        ] {
            assert_eq!(Spot::parse(text), None, "{text}");
        }
    }

    #[test]
    fn areas_have_ends_in_any_order() {
        let area = Area::parse("F40:B3").expect("an area");
        assert_eq!(
            (area.from.to_string(), area.to.to_string()),
            ("B3".into(), "F40".into())
        );
        let rows = Area::parse("3:40").expect("rows");
        assert!(
            rows.contains(Spot {
                row: 2,
                column: 999
            }) && !rows.contains(Spot { row: 1, column: 0 })
        );
        let columns = Area::parse("B:C").expect("columns");
        assert!(columns.contains(Spot {
            row: 9_999,
            column: 2
        }));
        for text in ["B3", "B3:4", "B:3", ":", "B3:F40:G1"] {
            assert_eq!(Area::parse(text), None, "{text}");
        }
    }

    #[test]
    fn sheets_with_spaces_are_quoted() {
        let at = Spot { row: 6, column: 1 };
        for sheet in ["Sheet1", "Table 1", "it's", "2024", "Übersicht", "a!b"] {
            let place = format!("annex 2, {}", named(sheet, at));
            assert_eq!(split(&place), Some((Some(sheet.to_owned()), at)), "{place}");
        }
        assert_eq!(split("B7"), Some((None, at)));
        assert_eq!(split("book.xlsx Sheet1!B7, 5 rows"), None);
        assert_eq!(split("§2 ¶5"), None);
    }
}
