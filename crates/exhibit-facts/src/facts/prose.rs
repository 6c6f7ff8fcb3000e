//! Text of a brief, and what stretches of the text mean.

use super::id::{FactId, SourceId};

/// Text with meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Runs in reading order.
    pub runs: Vec<Run>,
}

/// A stretch of text of one look and one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Slanted.
    pub emphasis: bool,
    /// What the run is beyond text; `None` for words alone.
    pub annotation: Option<Annotation>,
}

/// What a run is beyond text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Annotation {
    /// A fact. The text is a printed form of the fact.
    Fact {
        /// The fact.
        fact: FactId,
        /// The fact's place in [`super::Facts::register`], from 1. 0 in an exhibit that the body does not show.
        number: usize,
    },
    /// A citation of a source. The text is the number of the source in brackets, and the place in it.
    Cite(SourceId),
    /// A reference to an exhibit, by index into [`super::Facts::exhibits`].
    Exhibit(usize),
    /// The mark of a note, by index into [`super::Facts::notes`]. The text is the note's letter.
    Note(usize),
    /// A link to an address on the web.
    Uri(String),
}

impl Prose {
    /// Text without annotation.
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
                annotation: None,
            }],
        }
    }

    /// The words without the marks of notes.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::facts::Prose::plain("Sales grew.").text(), "Sales grew.");
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        self.runs
            .iter()
            .filter(|run| !matches!(run.annotation, Some(Annotation::Note(_))))
            .map(|run| run.text.as_str())
            .collect()
    }

    /// Every fact that the text says, in reading order. A fact that the text says twice comes twice.
    ///
    /// ```
    /// use exhibit_facts::facts::{Annotation, FactId, Prose};
    /// let mut prose = Prose::plain("more than 10,000");
    /// assert_eq!(prose.facts().count(), 0);
    /// prose.runs[0].annotation = Some(Annotation::Fact { fact: FactId(3), number: 1 });
    /// assert!(prose.facts().eq([FactId(3)]));
    /// ```
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.runs.iter().filter_map(|run| match run.annotation {
            Some(Annotation::Fact { fact, .. }) => Some(fact),
            _ => None,
        })
    }

    /// True where no run has words.
    ///
    /// ```
    /// assert!(exhibit_facts::facts::Prose::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }
}
