//! What a finished file shows, and what the data say of it now.

use std::fmt;

use exhibit_core::diff::Kind;
use serde::Serialize;

use crate::record::{EventRecord, FactRecord, RecordOrigin};

/// What a finished file shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// `"pdf"` or `"svg"`.
    pub kind: &'static str,
    /// The document's or picture's title.
    pub title: String,
    /// How many pages it has; a picture has none.
    pub pages: Option<usize>,
    /// Facts in the order of their marks, then events; in a picture, in the order of drawing.
    pub shown: Vec<Shown>,
}

/// A fact or event as a finished file shows it. What the file does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shown {
    /// Its address; `event:id` for an event.
    pub address: String,
    /// Its number in the register of a PDF.
    pub mark: Option<usize>,
    /// The printed form.
    pub display: String,
    /// `exact`, `more_than` and so on.
    pub qualifier: Option<String>,
    /// Said with "about".
    pub approximate: Option<bool>,
    /// How far it is from being known.
    pub status: Option<String>,
    /// How it was computed.
    pub formula: Option<String>,
    /// Who says it, and where.
    pub origin: RecordOrigin,
    /// Pages that show it, from 1.
    pub pages: Vec<usize>,
    /// The page of its entry in the register, from 1.
    pub entry: Option<usize>,
    /// Exhibits that show it.
    pub exhibits: Vec<String>,
    /// What a screen reader says of its mark in a picture.
    pub label: Option<String>,
    /// The words that are drawn in its mark in a picture, a line each.
    pub words: Vec<String>,
    /// What the data say now, where they were given.
    pub now: Option<Now>,
    /// The qualifier and the origin in words, for people.
    #[serde(skip)]
    pub in_words: [String; 2],
    /// What a PDF says of it.
    #[serde(skip)]
    pub(crate) record: Option<Record>,
}

/// What a PDF says of a fact or an event, to the field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Record {
    Fact(FactRecord),
    Event(EventRecord),
}

/// What became of a fact since a file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The number, its unit or the date is another one.
    Revised,
    /// The number is the same, but not its qualifier.
    Requalified,
    /// The data have no such address any more.
    Gone,
    /// The data say what the file shows.
    Unchanged,
}

impl State {
    /// All, in the order of telling.
    pub const ALL: [Self; 4] = [
        Self::Revised,
        Self::Requalified,
        Self::Gone,
        Self::Unchanged,
    ];

    /// The word of the state, as in JSON.
    ///
    /// ```
    /// assert_eq!(exhibit::trace::State::Gone.name(), "gone");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revised => "revised",
            Self::Requalified => "requalified",
            Self::Gone => "gone",
            Self::Unchanged => "unchanged",
        }
    }

    pub(crate) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Added | Kind::Revised => Self::Revised,
            Kind::Requalified => Self::Requalified,
            Kind::Removed => Self::Gone,
            Kind::Unchanged => Self::Unchanged,
        }
    }
}

/// What the data say now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Now {
    /// Against what the file shows.
    pub state: State,
    /// The printed form; `None` where it is gone.
    pub display: Option<String>,
}

impl Now {
    pub(crate) const GONE: Self = Self {
        state: State::Gone,
        display: None,
    };
}

/// Why no facts were read from a finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceError {
    /// It is neither a PDF nor an SVG.
    Foreign,
    /// It is damaged, or has a form that this program does not read: why.
    Unreadable(String),
    /// It shows no facts: how that is known.
    NoFacts(&'static str),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("cannot be read: the file is neither a PDF nor an SVG"),
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::NoFacts(why) => write!(f, "holds no facts: {why}"),
        }
    }
}

impl std::error::Error for TraceError {}
