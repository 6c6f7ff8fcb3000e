//! Why there is no value: a reason of the kinds that statistical agencies tell apart, or in the author's words.

use std::fmt;

/// Kinds of reasons for a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Absence {
    /// A reason of its own, in words.
    Stated,
    /// It exists, and is not there: no reason is given beyond that.
    NotAvailable,
    /// Nobody collected it.
    NotCollected,
    /// There can be no such value.
    NotApplicable,
    /// It is kept back, to protect those whom it would reveal.
    Suppressed,
    /// It is too uncertain to be published.
    Unreliable,
    /// It is smaller than can be measured.
    BelowDetection,
    /// Before and after a break in the series, values cannot be compared.
    Break,
}

impl Absence {
    /// All kinds but [`Absence::Stated`], in the order of the documentation.
    pub const NAMED: [Self; 7] = [
        Self::NotAvailable,
        Self::NotCollected,
        Self::NotApplicable,
        Self::Suppressed,
        Self::Unreliable,
        Self::BelowDetection,
        Self::Break,
    ];

    /// The word used in YAML, JSON and CSV.
    ///
    /// ```
    /// use exhibit_facts::reason::Absence;
    /// assert_eq!(Absence::NotApplicable.name(), "not-applicable");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::NotAvailable => "not-available",
            Self::NotCollected => "not-collected",
            Self::NotApplicable => "not-applicable",
            Self::Suppressed => "suppressed",
            Self::Unreliable => "unreliable",
            Self::BelowDetection => "below-detection",
            Self::Break => "break",
        }
    }

    /// The kind of this name; spaces may stand for the hyphens.
    ///
    /// ```
    /// use exhibit_facts::reason::Absence;
    /// assert_eq!(Absence::named("Not applicable"), Some(Absence::NotApplicable));
    /// assert_eq!(Absence::named("lost in the post"), None);
    /// ```
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace([' ', '_'], "-");
        Self::NAMED.into_iter().find(|kind| kind.name() == word)
    }

    /// The kind of a code of SDMX for a missing value (code list `CL_OBS_STATUS`): H, L, M, O, Q. `None` for every other code: those
    /// mark values that are there.
    ///
    /// ```
    /// use exhibit_facts::reason::Absence;
    /// assert_eq!(Absence::of_sdmx("Q"), Some(Absence::Suppressed));
    /// assert_eq!(Absence::of_sdmx("P"), None);
    /// ```
    #[must_use]
    pub fn of_sdmx(code: &str) -> Option<Self> {
        match code {
            "H" | "O" => Some(Self::NotAvailable),
            "L" => Some(Self::NotCollected),
            "M" => Some(Self::NotApplicable),
            "Q" => Some(Self::Suppressed),
            _ => None,
        }
    }
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reason {
    /// The kind of the reason.
    pub kind: Absence,
    /// The reason in words; empty where the kind says it all. Never empty for [`Absence::Stated`].
    pub text: String,
}

impl Reason {
    /// A reason in words of its own.
    ///
    /// ```
    /// use exhibit_facts::reason::{Absence, Reason};
    /// assert_eq!(Reason::stated("suppressed").kind, Absence::Stated);
    /// ```
    #[must_use]
    pub fn stated(text: impl Into<String>) -> Self {
        Self {
            kind: Absence::Stated,
            text: text.into(),
        }
    }

    /// A reason of a kind, without further words.
    ///
    /// ```
    /// use exhibit_facts::reason::{Absence, Reason};
    /// assert_eq!(Reason::of(Absence::Suppressed).to_string(), "suppressed");
    /// ```
    #[must_use]
    pub const fn of(kind: Absence) -> Self {
        Self {
            kind,
            text: String::new(),
        }
    }

    /// A reason as it is written: the name of a kind, the name with words behind a colon, or words.
    ///
    /// ```
    /// use exhibit_facts::reason::{Absence, Reason};
    /// let reason = Reason::parse("suppressed: fewer than five cases");
    /// assert_eq!((reason.kind, reason.text.as_str()), (Absence::Suppressed, "fewer than five cases"));
    /// assert_eq!(Reason::parse("kept secret").kind, Absence::Stated);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if let Some(kind) = Absence::named(text) {
            return Self::of(kind);
        }
        let parts = text.split_once(':');
        match parts.and_then(|(name, words)| Some((Absence::named(name)?, words.trim()))) {
            Some((kind, words)) => Self {
                kind,
                text: words.to_owned(),
            },
            None => Self::stated(text),
        }
    }
}

impl fmt::Display for Reason {
    /// As it may be written: `suppressed: fewer than five cases`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.text.as_str()) {
            (Absence::Stated, text) => f.write_str(text),
            (kind, "") => f.write_str(kind.name()),
            (kind, text) => write!(f, "{}: {text}", kind.name()),
        }
    }
}
