//! The cells of a workbook, whatever its kind, and what can be wrong with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use super::format::{Digits, NumberFormat};
use super::place::{Area, Spot};

/// What is wrong with a workbook, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The cell; none where the whole file is meant.
    pub at: Option<Spot>,
    /// What is wrong.
    pub reason: String,
    /// The way out.
    pub help: String,
}

impl Fault {
    /// A fault of the whole file.
    pub(super) fn whole(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            at: None,
            reason: reason.into(),
            help: help.into(),
        }
    }

    /// A file that contradicts itself.
    pub(super) fn damaged(reason: impl std::fmt::Display) -> Self {
        Self::whole(
            format!("the workbook cannot be read: {reason}"),
            "the file is damaged; open it in a spreadsheet program and save it again",
        )
    }
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A text, a truth value (`true`, `false`), a date as the period that its format shows, or the name of an error (`#DIV/0!`).
    Text(String),
    /// A number, and how it is shown.
    Number(f64, Rc<NumberFormat>),
    /// A formula that nobody has calculated: its text.
    Formula(String),
}

impl Content {
    /// The text that a file of rows would have in this place.
    ///
    /// A formula without a value is its own text, which begins with `=`: no number and no period does.
    pub(crate) fn text(&self, digits: Digits) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number, format) => format.text(*number, digits),
            Self::Formula(text) => format!("={}", text.trim_start_matches('=')),
        }
    }
}

/// A cell that holds something. Cells come in reading order: by row, then by column.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Where it stands.
    pub at: Spot,
    /// The cells that it covers: itself, or all that are merged into it.
    pub area: Area,
    /// What it holds.
    pub content: Content,
}

/// Runs a step of a reader of workbooks. Such a reader checks what it finds in a file by panics as well as by errors; to a reader of
/// briefs either is a damaged file. None of our own code that takes cells runs inside.
pub(super) fn guarded<T>(step: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    // What the step leaves half done is never looked at again: the first fault ends the table.
    catch_unwind(AssertUnwindSafe(step))
        .unwrap_or_else(|_| Err(Fault::damaged("its parts do not fit each other")))
}
