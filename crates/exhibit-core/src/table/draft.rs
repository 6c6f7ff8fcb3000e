//! Observations in the making, by what their rows have in common.

use std::collections::{BTreeMap, HashMap};

use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Reading, Status};

use super::total::Total;

/// What the rows of an observation have in common: period and dimension values.
pub(super) type Key = (Period, Vec<String>);

/// One observation in the making.
pub(super) struct Draft {
    pub key: Key,
    pub content: Content,
    /// The row it began with, and how many went in. No row where it was filled in.
    pub row: u64,
    pub rows: u64,
    /// The name of its column in a wide table.
    pub head: Option<String>,
    /// Its status where a column says so, and a note.
    pub status: Option<Status>,
    pub note: Option<String>,
    /// The period of the row that it was taken from, before it was made coarser.
    pub fine: (i64, i64),
}

/// What the rows of an observation say.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every table has readings, and their sums are few"
)]
pub(super) enum Content {
    /// One row's reading.
    One(Reading),
    Sum(Total),
    Mean(Total),
    /// The rows are counted.
    Count,
}

/// The observations in the making, in the order of their first rows.
#[derive(Default)]
pub(super) struct Drafts {
    pub list: Vec<Draft>,
    /// By what their rows have written, with the period of such rows: nearly every row of a long table is known by this, and nothing of
    /// it is read again.
    pub written: HashMap<String, (usize, (i64, i64))>,
    /// By what that means, since `2023` and ` 2023` are one.
    pub meant: BTreeMap<Key, usize>,
}
