//! The codes of findings: one stable name for each kind of thing that can be wrong.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What kind of thing is wrong. The name is stable: it stands in reports, and tools may match it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// All codes, by name.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name: `unknown-key`.
            ///
            /// ```
            /// use exhibit_core::diag::Code;
            /// assert_eq!(Code::UnknownKey.as_str(), "unknown-key");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What it stands for, in one sentence.
            ///
            /// ```
            /// use exhibit_core::diag::Code;
            /// assert_eq!(Code::Cycle.summary(), "Formulas use each other in a circle.");
            /// ```
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }
        }
    };
}

codes! {
    /// An address fits several facts.
    AmbiguousAddress = "ambiguous-address",
    /// A text cannot be read as an address.
    BadAddress = "bad-address",
    /// A formula cannot be read.
    BadFormula = "bad-formula",
    /// A name of a metric, source, unit, event or exhibit has characters that names cannot have.
    BadId = "bad-id",
    /// A text cannot be read as a period.
    BadPeriod = "bad-period",
    /// A table of rows cannot be read as its metric describes it.
    BadTable = "bad-table",
    /// A text cannot be read as a value, or the value has no meaning where it stands.
    BadValue = "bad-value",
    /// An exhibit has nothing to show.
    ChartWithoutData = "chart-without-data",
    /// Two observations of one address disagree, and none is preferred.
    Conflict = "conflict",
    /// A text contains a control character.
    ControlCharacter = "control-character",
    /// Formulas use each other in a circle.
    Cycle = "cycle",
    /// A name occurs twice where names must differ.
    DuplicateKey = "duplicate-key",
    /// Two notes have one name.
    DuplicateNote = "duplicate-note",
    /// The evidence of an observation does not contain its number.
    EvidenceNumber = "evidence-number",
    /// The data set does not have what its inventory counts.
    Inventory = "inventory",
    /// A label names another period or value than its figure.
    LabelDrift = "label-drift",
    /// A link has no address that works in a PDF.
    Link = "link",
    /// A text uses Markdown that a brief cannot contain.
    Markdown = "markdown",
    /// No font inside the program has a character.
    MissingGlyph = "missing-glyph",
    /// A required key or value is missing.
    MissingKey = "missing-key",
    /// Amounts over periods of unequal length are treated as equals.
    MixedPeriods = "mixed-periods",
    /// A correction corrects nothing.
    NeedlessCorrection = "needless-correction",
    /// An observation is preferred, but no other observation disagrees.
    NeedlessPreference = "needless-preference",
    /// A value is negative, but its metric cannot be negative.
    NegativeValue = "negative-value",
    /// An address fits no fact of its metric.
    NoObservation = "no-observation",
    /// A text states a number in words that does not come from the data.
    NumberWord = "number-word",
    /// A text contains a number that does not come from the data.
    OrphanNumber = "orphan-number",
    /// The parts of a chart are more than its whole.
    PartExceedsWhole = "part-exceeds-whole",
    /// The parts of a chart do not make its whole.
    PartsNotWhole = "parts-not-whole",
    /// A picture is larger than common programs can show.
    PictureTooLarge = "picture-too-large",
    /// A formula has no sound result.
    Refused = "refused",
    /// A figure is older than the brief allows.
    Stale = "stale",
    /// The rows of a table do not fit its head.
    TableShape = "table-shape",
    /// A table needs more width than its page has.
    TableTooWide = "table-too-wide",
    /// A template in a text cannot be read.
    Template = "template",
    /// An exhibit has more than can be read in its picture.
    TooCrowded = "too-crowded",
    /// A text is longer than texts may be.
    TooLong = "too-long",
    /// Units do not fit each other.
    UnitMismatch = "unit-mismatch",
    /// Emphasis names a category or series that the chart does not have.
    UnknownCategory = "unknown-category",
    /// A metric has no dimension of this name.
    UnknownDimension = "unknown-dimension",
    /// A dimension has no such value.
    UnknownDimensionValue = "unknown-dimension-value",
    /// The data have no event of this id.
    UnknownEvent = "unknown-event",
    /// The brief has no exhibit of this id.
    UnknownExhibit = "unknown-exhibit",
    /// A template uses a filter that does not exist.
    UnknownFilter = "unknown-filter",
    /// A key has an unknown name.
    UnknownKey = "unknown-key",
    /// The data have no metric of this id.
    UnknownMetric = "unknown-metric",
    /// A text refers to a note that is not defined, or a note is never used.
    UnknownNote = "unknown-note",
    /// The data have no source of this id.
    UnknownSource = "unknown-source",
    /// A unit is neither built in nor defined.
    UnknownUnit = "unknown-unit",
    /// A word is not one of the words that its key allows.
    UnknownWord = "unknown-word",
    /// An exhibit is not in the body.
    UnplacedExhibit = "unplaced-exhibit",
    /// A file cannot be read.
    UnreadableFile = "unreadable-file",
    /// A sentence claims what the data do not support.
    UnsupportedClaim = "unsupported-claim",
    /// An order by value is not supported by the bounds.
    UnsupportedOrder = "unsupported-order",
    /// The evidence of an event names another date.
    VerifyDate = "verify-date",
    /// The evidence is not in the source.
    VerifyEvidence = "verify-evidence",
    /// The source states another number.
    VerifyNumber = "verify-number",
    /// The source does not have the place of the evidence.
    VerifyPlace = "verify-place",
    /// The source qualifies the number in another way.
    VerifyQualifier = "verify-qualifier",
    /// A figure has no evidence to compare with the source.
    VerifySilent = "verify-silent",
    /// A metric is aggregated in a way that its measure does not allow.
    WrongAggregation = "wrong-aggregation",
    /// A value of YAML has another type than its key needs.
    WrongType = "wrong-type",
    /// The YAML is deeper or longer than the limit.
    YamlLimit = "yaml-limit",
    /// The YAML cannot be read.
    YamlSyntax = "yaml-syntax",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
