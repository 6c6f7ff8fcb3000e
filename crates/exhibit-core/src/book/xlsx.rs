//! The cells of an Excel workbook, one at a time.

use std::collections::HashMap;
use std::fmt;
use std::io::Cursor;
use std::rc::Rc;

use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx};

use super::cell::{Cell, Content, Fault, guarded};
use super::format::NumberFormat;
use super::place::{Area, Spot};

/// A workbook that the library has opened: its texts and styles are in memory, its sheets are not.
type Opened<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The names of the sheets that hold cells.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let opened = open(bytes)?;
    let cells = |kind: SheetType| matches!(kind, SheetType::WorkSheet);
    Ok(opened
        .sheets_metadata()
        .iter()
        .filter(|sheet| cells(sheet.typ))
        .map(|sheet| sheet.name.clone())
        .collect())
}

fn open(bytes: &[u8]) -> Result<Opened<'_>, Fault> {
    Xlsx::new(Cursor::new(bytes)).map_err(Fault::damaged)
}

/// Hands out the cells of a sheet. `formulas` says whether a formula stands anywhere in the workbook.
pub(super) fn cells<E: From<Fault>>(
    bytes: &[u8],
    sheet: &str,
    formulas: bool,
    visit: &mut dyn FnMut(Cell) -> Result<bool, E>,
) -> Result<(), E> {
    let mut opened = guarded(|| open(bytes))?;
    let merged = guarded(|| merged(&mut opened, sheet))?;
    let unvalued = if formulas {
        guarded(|| unvalued(&mut opened, sheet))?
    } else {
        HashMap::new()
    };
    let mut reader = guarded(|| opened.worksheet_cells_reader(sheet).map_err(Fault::damaged))?;
    let formats: Vec<Option<Rc<NumberFormat>>> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref())
        .map(|format| format.map(|format| Rc::new(NumberFormat::excel(&format.format_code))))
        .collect();
    let general = Rc::new(NumberFormat::general());
    let mut order = None;
    loop {
        let next = guarded(|| reader.next_cell_with_style_id().map_err(Fault::damaged))?;
        let Some((cell, style)) = next else {
            return Ok(());
        };
        let (row, column) = cell.get_position();
        let at = Spot { row, column };
        if order.is_some_and(|before| before >= at) {
            return Err(Fault::damaged(format!(
                "the cell {at} stands twice, or behind later cells"
            ))
            .into());
        }
        order = Some(at);
        let format = formats
            .get(style)
            .and_then(Option::as_ref)
            .unwrap_or(&general);
        let content = match unvalued.get(&at) {
            Some(formula) => Some(Content::Formula(formula.clone())),
            None => content(cell.get_value(), format),
        };
        let Some(content) = content else {
            continue;
        };
        let area = merged.get(&at).copied().unwrap_or(Area::one(at));
        if !visit(Cell { at, area, content })? {
            return Ok(());
        }
    }
}

/// The areas of merged cells, by their upper left cells.
fn merged(opened: &mut Opened<'_>, sheet: &str) -> Result<HashMap<Spot, Area>, Fault> {
    let spot = |(row, column): (u32, u32)| Spot { row, column };
    let areas = opened
        .merge_cells_by_sheet_name(sheet)
        .map_err(Fault::damaged)?;
    Ok(areas
        .iter()
        .map(|Dimensions { start, end }| Area {
            from: spot(*start),
            to: spot(*end),
        })
        .map(|area| (area.from, area))
        .collect())
}

/// The cells with a formula that has no value, and the formulas. Programs that write workbooks without calculating leave them so.
fn unvalued(opened: &mut Opened<'_>, sheet: &str) -> Result<HashMap<Spot, String>, Fault> {
    let mut reader = opened
        .worksheet_cells_reader(sheet)
        .map_err(Fault::damaged)?;
    let mut found = HashMap::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(Fault::damaged)? {
        let (row, column) = cell.pos;
        if matches!(cell.value, DataRef::Empty)
            && let Some(formula) = cell.formula
        {
            found.insert(Spot { row, column }, formula);
        }
    }
    Ok(found)
}

/// What a cell holds; nothing where it is only painted.
fn content(value: &DataRef<'_>, format: &Rc<NumberFormat>) -> Option<Content> {
    let text = |text: &dyn fmt::Display| Some(Content::Text(text.to_string()));
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => text(number),
        DataRef::Float(number) => Some(Content::Number(*number, Rc::clone(format))),
        DataRef::String(words) => filled(words),
        DataRef::SharedString(words) => filled(words),
        DataRef::Bool(truth) => text(truth),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            Some(Content::Text(if moment.is_duration() {
                format!("{} days", moment.as_f64())
            } else {
                format.date((year, month, day), (hour, minute, second))
            }))
        }
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => filled(words),
        DataRef::Error(error) => text(error),
    }
}

/// A text, unless it is empty.
fn filled(words: &str) -> Option<Content> {
    (!words.trim().is_empty()).then(|| Content::Text(words.to_owned()))
}
