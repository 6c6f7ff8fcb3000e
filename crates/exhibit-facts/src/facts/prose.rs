//! Text of a brief: what it says, and what stretches of it mean.

use super::id::{FactId, SourceId};

/// Text with meaning: runs in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Its runs.
    pub runs: Vec<Run>,
}

/// A stretch of text of one look and one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Slanted.
    pub emphasis: bool,
    /// What it is beyond text.
    pub mark: Option<Mark>,
}

/// What a run is beyond text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It says a fact; `number` is its place in [`super::Facts::register`], from 1.
    Fact {
        /// The fact.
        fact: FactId,
        /// Its mark.
        number: usize,
    },
    /// It cites a source. The text is the number in brackets.
    Cite(SourceId),
    /// It names an exhibit, by index.
    Exhibit(usize),
    /// It marks a note, by index into [`super::Facts::notes`]. The text is the note's letter.
    Note(usize),
    /// It links to an address on the web.
    Uri(String),
}

impl Prose {
    /// Text without meaning.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::facts::Prose::plain("Sales grew.").runs.len(), 1);
    /// ```
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            runs: vec![Run {
                text: text.into(),
                strong: false,
                emphasis: false,
                mark: None,
            }],
        }
    }

    /// What it says, marks of notes left out.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::facts::Prose::plain("Sales grew.").text(), "Sales grew.");
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        self.runs
            .iter()
            .filter(|run| !matches!(run.mark, Some(Mark::Note(_))))
            .map(|run| run.text.as_str())
            .collect()
    }

    /// True when it says nothing.
    ///
    /// ```
    /// assert!(exhibit_facts::facts::Prose::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }
}
