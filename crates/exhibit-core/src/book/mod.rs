//! Workbooks: the cells of one sheet of an Excel or OpenDocument file, row by row, as a person who opens the file would read them.
//!
//! A file of rows has texts. A workbook has binary numbers, and number formats that say how each is shown: `0.075` is "7.5%". [`mod@format`]
//! brings both together, so that a cell becomes the text that a CSV file would have. Only this module names the readers of workbooks.

mod archive;
mod cell;
mod decimal;
mod format;
mod ods;
mod place;
mod xlsx;

use std::rc::Rc;

pub(crate) use archive::MAX_FILE_BYTES;
use cell::guarded;
pub(crate) use cell::{Cell, Content, Fault};
pub(crate) use format::Digits;
pub(crate) use place::{Area, Spot, named, split};

/// A workbook in memory, measured: no part of it is larger than what is read.
pub(crate) struct Book {
    bytes: Rc<[u8]>,
    kind: Kind,
    /// A formula stands somewhere in it.
    formulas: bool,
    /// The names of its sheets, in their order.
    pub sheets: Vec<String>,
}

/// How a workbook is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Excel,
    OpenDocument,
}

impl Book {
    /// Opens a workbook, whatever its name.
    ///
    /// # Errors
    /// A file that is no workbook, is locked by a password, is damaged, or unpacks to more than is read.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let measured = archive::measure(&bytes)?;
        let kind = if measured.open_document {
            Kind::OpenDocument
        } else {
            Kind::Excel
        };
        let bytes: Rc<[u8]> = bytes.into();
        let sheets = match kind {
            Kind::Excel => guarded(|| xlsx::sheets(&bytes))?,
            Kind::OpenDocument => guarded(|| ods::sheets(&bytes))?,
        };
        if sheets.is_empty() {
            return Err(Fault::whole(
                "the workbook has no sheet of cells",
                "save the table on a sheet of its own",
            ));
        }
        Ok(Self {
            bytes,
            kind,
            formulas: measured.formulas,
            sheets,
        })
    }

    /// The name of the sheet that is meant: by name, else by number from 1; the only one where none is named.
    ///
    /// # Errors
    /// When there is no such sheet, or several and none is named.
    pub(crate) fn sheet(&self, wanted: Option<&str>) -> Result<&str, Fault> {
        let list = || {
            let names: Vec<String> = self.sheets.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        let Some(wanted) = wanted else {
            return match self.sheets.as_slice() {
                [only] => Ok(only),
                _ => Err(Fault::whole(
                    format!("the workbook has {} sheets", self.sheets.len()),
                    format!("add `sheet:` with one of {}", list()),
                )),
            };
        };
        let by_name = self.sheets.iter().find(|name| *name == wanted);
        let by_number = || {
            let number: usize = wanted.parse().ok()?;
            self.sheets.get(number.checked_sub(1)?)
        };
        by_name
            .or_else(by_number)
            .map(String::as_str)
            .ok_or_else(|| {
                let near = crate::diag::nearest(wanted, self.sheets.iter().map(String::as_str));
                Fault::whole(
                    format!("the workbook has no sheet `{wanted}`"),
                    near.map_or_else(
                        || format!("the sheets are {}", list()),
                        |near| format!("did you mean `{near}`?"),
                    ),
                )
            })
    }

    /// Hands out every cell of a sheet that holds something, until the visitor has enough and gives false.
    ///
    /// # Errors
    /// The first fault of the file, or the first that the visitor gives back.
    pub(crate) fn cells<E: From<Fault>>(
        &self,
        sheet: &str,
        visit: &mut dyn FnMut(Cell) -> Result<bool, E>,
    ) -> Result<(), E> {
        match self.kind {
            Kind::Excel => xlsx::cells(&self.bytes, sheet, self.formulas, visit),
            Kind::OpenDocument => ods::cells(&self.bytes, sheet, visit),
        }
    }
}
