//! Kinds of charts with a value scale: one row for each says what it is, takes and draws.
//!
//! The reader of briefs, the findings, the documentation's table, alternative text, the JSON form of the kinds and the laws over random
//! charts all read this table. A new kind is a variant, a row here, and its drawing.

use crate::language::Language;

/// Kinds of charts with a value scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChartKind {
    /// Horizontal bars, one band a category.
    Bar,
    /// Vertical bars, one band a category.
    Column,
    /// One row a category, dots and spans on a shared scale, joined when there are several series (dumbbell).
    Range,
    /// Lines over time.
    Line,
    /// Horizontal bars of 100 %, one row a category, one part a series.
    Share,
    /// A grid of small squares, one row of squares a category: a count out of a small whole.
    Waffle,
}

/// What a value is drawn as. The notes on bounds and statuses under a chart follow from this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartMark {
    /// A bar from zero to the value.
    Bar,
    /// A dot, or a span between two ends.
    Dot,
    /// A vertex of a line.
    Vertex,
    /// A part of a whole: a stretch of a bar, or squares.
    Part,
}

/// Which numbers a chart shows beside its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueLabels {
    /// The number of every mark.
    Every,
    /// The number of every mark, or none and a value axis where they have no room.
    EveryOrAxis,
    /// The numbers at the ends of lines, and a value axis.
    Ends,
}

/// What a kind makes of one shape of data, in words for the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataShapes {
    /// Of `rows`.
    pub rows: &'static str,
    /// Of `categories` and `series`.
    pub series: &'static str,
    /// Of `of` and `over`, with `by`.
    pub over: &'static str,
}

/// One kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartSpec {
    /// The kind.
    pub kind: ChartKind,
    /// Its name in a brief.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Its name in alternative text: English, German, Chinese.
    pub spoken: [&'static str; 3],
    /// What it makes of each shape of data.
    pub shapes: DataShapes,
    /// Keys that it takes beside those of all charts ([`CHART_KEYS`]).
    pub keys: &'static [&'static str],
    /// Those of its keys that a brief must give.
    pub required: &'static [&'static str],
    /// What a value is drawn as.
    pub mark: ChartMark,
    /// Which numbers it shows.
    pub labels: ValueLabels,
    /// Its values are parts of a whole: none is negative.
    pub part_of_whole: bool,
    /// A list of rows, or the values of one dimension, is one whole with its parts, not a category each.
    pub rows_are_parts: bool,
    /// A category has room for a second, smaller line.
    pub category_details: bool,
    /// The kind that holds more categories, for a chart that has too many.
    pub roomier: Option<&'static str>,
}

/// Most points of a line that has a dot at each.
pub const MAX_DOTTED_POINTS: usize = 16;

/// Keys that every chart takes for its data, its emphasis and its digits.
pub const CHART_KEYS: [&str; 12] = [
    "of",
    "over",
    "by",
    "where",
    "from",
    "to",
    "rows",
    "categories",
    "series",
    "emphasis",
    "digits",
    "decimals",
];

const BAR: ChartSpec = ChartSpec {
    kind: ChartKind::Bar,
    name: "bar",
    purpose: "amounts of things with long names, ranked",
    spoken: ["Bar chart", "Balkendiagramm", "条形图"],
    shapes: DataShapes {
        rows: "a bar each",
        series: "a group of bars a category, a bar a series",
        over: "a bar for each period or value; `by`: a group",
    },
    keys: &["in", "references", "sort"],
    required: &[],
    mark: ChartMark::Bar,
    labels: ValueLabels::Every,
    part_of_whole: false,
    rows_are_parts: false,
    category_details: true,
    roomier: None,
};

const COLUMN: ChartSpec = ChartSpec {
    kind: ChartKind::Column,
    name: "column",
    purpose: "amounts over a few periods",
    spoken: ["Column chart", "Säulendiagramm", "柱形图"],
    shapes: DataShapes {
        rows: "a column each",
        series: "a group of columns a category, a column a series",
        over: "a column for each; `by`: a group",
    },
    keys: &["in", "references", "sort"],
    required: &[],
    mark: ChartMark::Bar,
    labels: ValueLabels::EveryOrAxis,
    part_of_whole: false,
    rows_are_parts: false,
    category_details: true,
    roomier: Some("a bar chart"),
};

const RANGE: ChartSpec = ChartSpec {
    kind: ChartKind::Range,
    name: "range",
    purpose: "bounds and ranges; before and after",
    spoken: [
        "Dot and range chart",
        "Punkt- und Spannendiagramm",
        "点与区间图",
    ],
    shapes: DataShapes {
        rows: "a dot or span each",
        series: "a line a category, a dot a series, joined",
        over: "a dot for each; `by`: joined dots",
    },
    keys: &["in", "references", "sort"],
    required: &[],
    mark: ChartMark::Dot,
    labels: ValueLabels::Every,
    part_of_whole: false,
    rows_are_parts: false,
    category_details: true,
    roomier: None,
};

const LINE: ChartSpec = ChartSpec {
    kind: ChartKind::Line,
    name: "line",
    purpose: "change over many periods",
    spoken: ["Line chart", "Liniendiagramm", "折线图"],
    shapes: DataShapes {
        rows: "a point each; dates stand in time",
        series: "a line a series; categories written as periods stand in time",
        over: "a line through its periods; `by`: a line each",
    },
    keys: &["in", "references"],
    required: &[],
    mark: ChartMark::Vertex,
    labels: ValueLabels::Ends,
    part_of_whole: false,
    rows_are_parts: false,
    category_details: false,
    roomier: None,
};

const SHARE: ChartSpec = ChartSpec {
    kind: ChartKind::Share,
    name: "share",
    purpose: "parts of a whole: `%`, or counts that add up",
    spoken: ["Chart of shares", "Anteilsdiagramm", "份额图"],
    shapes: DataShapes {
        rows: "the parts of **one** bar",
        series: "a bar a category, a part a series",
        over: "a dimension: the parts of one bar; periods: a bar each; `by`: its parts",
    },
    keys: &["in", "sort"],
    required: &[],
    mark: ChartMark::Part,
    labels: ValueLabels::Every,
    part_of_whole: true,
    rows_are_parts: true,
    category_details: true,
    roomier: None,
};

const WAFFLE: ChartSpec = ChartSpec {
    kind: ChartKind::Waffle,
    name: "waffle",
    purpose: "a count out of a small whole, up to 400",
    spoken: ["Chart of squares", "Quadratdiagramm", "方格图"],
    shapes: DataShapes {
        rows: "a field of squares each",
        series: "a field a category, a colour a series",
        over: "a field for each; `by`: its colours",
    },
    keys: &["whole"],
    required: &["whole"],
    mark: ChartMark::Part,
    labels: ValueLabels::Every,
    part_of_whole: true,
    rows_are_parts: false,
    category_details: true,
    roomier: None,
};

impl ChartKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Bar,
        Self::Column,
        Self::Range,
        Self::Line,
        Self::Share,
        Self::Waffle,
    ];

    /// The row of the kind.
    ///
    /// ```
    /// use exhibit_facts::chart_spec::ChartKind;
    /// assert!(ChartKind::Share.spec().part_of_whole);
    /// assert!(ChartKind::ALL.iter().all(|kind| kind.spec().kind == *kind));
    /// ```
    #[must_use]
    pub const fn spec(self) -> &'static ChartSpec {
        match self {
            Self::Bar => &BAR,
            Self::Column => &COLUMN,
            Self::Range => &RANGE,
            Self::Line => &LINE,
            Self::Share => &SHARE,
            Self::Waffle => &WAFFLE,
        }
    }

    /// The name in a brief.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::chart_spec::ChartKind::Share.name(), "share");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }
}

impl ChartSpec {
    /// The name in alternative text.
    ///
    /// ```
    /// use exhibit_facts::{Language, chart_spec::ChartKind};
    /// assert_eq!(ChartKind::Bar.spec().spoken(Language::German), "Balkendiagramm");
    /// ```
    #[must_use]
    pub const fn spoken(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.spoken[0],
            Language::German => self.spoken[1],
            Language::Chinese => self.spoken[2],
        }
    }

    /// True for a key of this kind alone, or of some kinds.
    ///
    /// ```
    /// use exhibit_facts::chart_spec::ChartKind;
    /// assert!(ChartKind::Waffle.spec().takes("whole") && !ChartKind::Bar.spec().takes("whole"));
    /// ```
    #[must_use]
    pub fn takes(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }
}
