//! Figures against the workbook that they were taken from: does the named cell hold the number, with its qualifier?

use std::collections::{BTreeMap, BTreeSet};

use exhibit_facts::facts::{Event, Fact, Facts, Origin, SourceId};
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, Reading, Value};
use exhibit_facts::rounding::power_of_ten;
use exhibit_facts::span::Span;
use num_rational::BigRational;
use num_traits::Signed;

use crate::book::{Book, Content, Digits, Fault, Spot, named, split};
use crate::diag::{Code, Finding};
use crate::verify::Verification;

/// True for the first bytes of a workbook, whatever its name: those of an archive, or of an Excel file of the old kind.
///
/// ```
/// use exhibit_core::workbook::is_workbook;
/// assert!(is_workbook(b"PK\x03\x04 and more") && !is_workbook(b"year,value\n"));
/// ```
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The names of the sheets of a workbook.
///
/// # Errors
/// Why the bytes are no workbook that can be read.
pub(crate) fn sheets(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let book = Book::open(bytes).map_err(|fault| fault.reason)?;
    Ok(book.sheets)
}

/// Compares every observation and event of one source with the cell that its place names.
///
/// A place ends with a cell: `Sheet1!B7`, `'Table 1'!B7`, or `B7` where the workbook has one sheet. A place in other terms is not looked
/// up, and counts in [`Verification::anywhere`]. A figure that is written with fewer digits than the cell has is compared as rounded.
///
/// # Errors
/// Why the bytes are no workbook that can be read, as words that follow "cannot be read: ".
///
/// ```
/// use exhibit_core::{article, workbook};
/// use exhibit_facts::facts::SourceId;
/// let error = workbook::verify(&article::facts(), SourceId(0), b"no workbook".to_vec()).unwrap_err();
/// assert!(error.starts_with("the file is no workbook"), "{error}");
/// ```
pub fn verify(facts: &Facts, source: SourceId, bytes: Vec<u8>) -> Result<Verification, String> {
    let words = |fault: Fault| match fault.at {
        Some(at) => format!("{at}: {}", fault.reason),
        None => fault.reason,
    };
    let book = Book::open(bytes).map_err(words)?;
    let stated: Vec<(&Fact, &str)> = facts
        .facts
        .iter()
        .filter_map(|fact| match &fact.origin {
            Origin::Stated {
                source: from,
                place,
                ..
            } if *from == source => Some((fact, place.as_str())),
            _ => None,
        })
        .collect();
    let events: Vec<&Event> = facts
        .events
        .iter()
        .filter(|event| event.source == source)
        .collect();
    let places = stated.iter().map(|(_, place)| *place);
    let places = places.chain(events.iter().map(|event| event.place.as_str()));
    let cells = Cells::read(&book, places).map_err(words)?;
    let mut done = Verification::default();
    for (fact, place) in stated {
        done.checked += 1;
        match cells.find(place) {
            Err(reason) => done.report.push(no_place(&fact.address, fact.span, reason)),
            Ok(None) => done.anywhere += 1,
            Ok(Some((cell, content))) => match holds(fact, &cell, content) {
                Ok(()) => done.supported += 1,
                Err(finding) => done.report.push(*finding),
            },
        }
    }
    for event in events {
        done.checked += 1;
        let what = format!("event:{}", event.id);
        match cells.find(&event.place) {
            Err(reason) => done.report.push(no_place(&what, event.span, reason)),
            Ok(None) => done.anywhere += 1,
            Ok(Some((cell, content))) => {
                let text = content
                    .map(|content| content.text(Digits::Name))
                    .unwrap_or_default();
                match Period::parse(text.trim()) {
                    Some(at) if at != event.at => done.report.push(
                        Finding::error(
                            Code::VerifyDate,
                            event.span,
                            format!("`{what}` is dated {}, but {cell} holds {text}", event.at),
                        )
                        .help("correct the date, or choose the cell that states it"),
                    ),
                    _ => done.supported += 1,
                }
            }
        }
    }
    Ok(done)
}

/// The cells that places name, with what they hold.
struct Cells<'b> {
    book: &'b Book,
    held: BTreeMap<(String, Spot), Content>,
}

impl<'b> Cells<'b> {
    /// Reads each sheet that is named once, down to the last cell that is wanted.
    fn read<'p>(book: &'b Book, places: impl Iterator<Item = &'p str>) -> Result<Self, Fault> {
        let mut wanted: BTreeMap<&str, BTreeSet<Spot>> = BTreeMap::new();
        for (sheet, spot) in places.filter_map(split) {
            if let Ok(sheet) = book.sheet(sheet.as_deref()) {
                wanted.entry(sheet).or_default().insert(spot);
            }
        }
        let mut held = BTreeMap::new();
        for (sheet, spots) in wanted {
            let last = spots.last().copied();
            book.cells::<Fault>(sheet, &mut |cell| {
                // A place may name any of the cells that are merged into one.
                for spot in spots.iter().filter(|spot| cell.area.contains(**spot)) {
                    held.insert((sheet.to_owned(), *spot), cell.content.clone());
                }
                Ok(last.is_some_and(|last| cell.at <= last))
            })?;
        }
        Ok(Self { book, held })
    }

    /// The name and the content of the cell that a place names; none where it names no cell.
    fn find(&self, place: &str) -> Result<Option<(String, Option<&Content>)>, Fault> {
        let Some((sheet, spot)) = split(place) else {
            return Ok(None);
        };
        let sheet = self.book.sheet(sheet.as_deref())?;
        let content = self.held.get(&(sheet.to_owned(), spot));
        Ok(Some((named(sheet, spot), content)))
    }
}

fn no_place(what: &str, span: Span, fault: Fault) -> Finding {
    Finding::error(
        Code::VerifyPlace,
        span,
        format!(
            "the place of `{what}` is not in the workbook: {}",
            fault.reason
        ),
    )
    .help(fault.help)
}

/// The cell holds the number of a fact, with its qualifier.
fn holds(fact: &Fact, cell: &str, content: Option<&Content>) -> Result<(), Box<Finding>> {
    let text = content.map(|content| content.text(Digits::Stored));
    let written = text.as_deref().unwrap_or("nothing");
    let finding = |code, message: String, help: &str| {
        let finding = Finding::error(code, fact.span, message);
        Err(Box::new(
            finding
                .label(format!("the data have {}", fact.forms.label))
                .help(help),
        ))
    };
    let number = text
        .as_deref()
        .map(|text| text.trim().trim_end_matches('%').trim_end());
    let held = number.and_then(|number| number::value(number).ok());
    let value = match (&fact.reading, &held) {
        (Reading::Value(value), Some(_)) => value,
        (Reading::Value(_), None) => {
            return finding(
                Code::VerifyNumber,
                format!(
                    "`{}` has a number, but {cell} holds {written}",
                    fact.address
                ),
                "correct the place, or recalculate and save the workbook",
            );
        }
        (_, None) => return Ok(()),
        (_, Some(_)) => {
            return finding(
                Code::VerifyNumber,
                format!(
                    "`{}` has no number, but {cell} holds {written}",
                    fact.address
                ),
                "take the number of the cell, or correct the place",
            );
        }
    };
    let Some(held) = held else {
        return Ok(());
    };
    if !same_amounts(value, &held) {
        return finding(
            Code::VerifyNumber,
            format!(
                "{cell} holds {written}, which is not the number of `{}`",
                fact.address
            ),
            "correct the number, or choose the cell that states the number",
        );
    }
    if value.shape.qualifier() != held.shape.qualifier() || value.about != held.about {
        return finding(
            Code::VerifyQualifier,
            format!(
                "`{}` has another qualifier than {cell}, which holds {written}",
                fact.address
            ),
            "write the qualifier of the cell: `> 5` for more than, `~ 5` for about",
        );
    }
    Ok(())
}

/// The amounts of a figure are those of a cell, whatever their qualifiers.
fn same_amounts(value: &Value, held: &Value) -> bool {
    let written: Vec<&Amount> = value.shape.named().collect();
    let stored: Vec<&Amount> = held.shape.named().collect();
    written.len() == stored.len()
        && written
            .iter()
            .zip(&stored)
            .all(|(written, stored)| may_be(written, stored))
}

/// True where a written amount is a stored one, rounded to the digits that are written. A column may be in thousands, and the figure
/// then has the multiplier.
fn may_be(written: &Amount, stored: &Amount) -> bool {
    let Some(scale) = written.scale else {
        return written.value == stored.value;
    };
    let step = power_of_ten(i64::from(scale.multiplier) - i64::from(scale.decimals));
    let half = step / BigRational::from_integer(2.into());
    let near = |stored: &BigRational| (&written.value - stored).abs() <= half;
    near(&stored.value)
        || (scale.multiplier > 0
            && near(&(&stored.value * power_of_ten(i64::from(scale.multiplier)))))
}
