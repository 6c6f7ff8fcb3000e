//! The languages of a brief.

/// Languages that Exhibit writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Its BCP 47 tag.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::Language::Chinese.tag(), "zh-Hans");
    /// ```
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Chinese => "zh-Hans",
        }
    }
}
