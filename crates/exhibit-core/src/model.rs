//! What the files say, with the place of every word. May be wrong: `resolve` finds out.

use exhibit_facts::period::Period;
use exhibit_facts::quantity::{DisplayPrecision, Reading, Status};
use exhibit_facts::span::Span;

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// A text as written; `prose` finds the templates in it.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub raw: String,
    pub span: Span,
}

impl Text {
    /// The same as a name, in which there are no templates.
    pub(crate) fn spanned(self) -> Spanned<String> {
        Spanned {
            value: self.raw,
            span: self.span,
        }
    }
}

/// A data set.
#[derive(Clone, Debug, Default)]
pub(crate) struct DataModel {
    pub sources: Vec<SourceModel>,
    pub units: Vec<UnitModel>,
    pub metrics: Vec<MetricModel>,
    /// Ids of metrics, and `event:id` and `source:id`, that have findings and no model: no further finding names them.
    pub broken: Vec<String>,
    pub events: Vec<EventModel>,
}

#[derive(Clone, Debug)]
pub(crate) struct SourceModel {
    pub id: Spanned<String>,
    pub title: Text,
    pub author: Option<Text>,
    pub editor: Option<Text>,
    pub publisher: Option<Text>,
    pub kind: Option<Text>,
    pub published: Option<Spanned<Period>>,
    pub accessed: Option<Spanned<Period>>,
    pub url: Option<Text>,
    pub licence: Option<Text>,
    pub note: Option<Text>,
}

#[derive(Clone, Debug)]
pub(crate) struct UnitModel {
    pub name: Spanned<String>,
    pub one: Option<Text>,
    pub other: Option<Text>,
    pub german: Option<(String, String)>,
    pub chinese: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct MetricModel {
    pub id: Spanned<String>,
    pub label: Text,
    pub description: Option<Text>,
    pub unit: Option<Text>,
    pub measure: Option<Spanned<Measure>>,
    pub signed: bool,
    pub max_age: Option<Freshness>,
    pub dimensions: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    pub observations: Vec<ObservationModel>,
    pub table: Option<TableModel>,
    /// Observations written down, sound or not.
    pub written: usize,
    /// Some observations have findings and no model.
    pub broken: bool,
    pub formula: Option<Text>,
    pub at: Option<Spanned<Period>>,
    /// How precisely results are printed.
    pub precision: Option<DisplayPrecision>,
    pub status: Option<Spanned<Status>>,
    pub note: Option<Text>,
}

/// How old the figures of a metric may be, whatever the brief says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// They do not grow old: a founding year, a distance.
    Never,
    /// So old at most.
    Within(exhibit_facts::period::Age),
}

/// How a metric adds up over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Counted over a stretch of time: parts add up.
    Flow,
    /// Counted at a moment: the last of the parts stands for the whole.
    Stock,
    /// A share or rate: parts do not add up.
    Ratio,
}

#[derive(Clone, Debug)]
pub(crate) struct ObservationModel {
    pub at: Spanned<Period>,
    pub reading: Spanned<Reading>,
    pub dimensions: Vec<(Spanned<String>, Spanned<String>)>,
    pub from: Option<Text>,
    pub evidence: Option<Text>,
    pub status: Spanned<Status>,
    pub by: Option<Text>,
    pub due: Option<Spanned<Period>>,
    pub note: Option<Text>,
    pub preferred: Option<Text>,
    pub corrects: Option<Text>,
    pub span: Span,
}

/// A file of rows, and which of its columns is what.
#[derive(Clone, Debug)]
pub(crate) struct TableModel {
    pub file: Text,
    pub format: Format,
    pub from: Text,
    /// The column of the period.
    pub at: Text,
    /// The column of the number; none where rows are counted.
    pub value: Option<Text>,
    /// Dimensions and their columns.
    pub dimensions: Vec<(Spanned<String>, Text)>,
    /// Columns and the values that a row must have to count.
    pub filter: Vec<(Spanned<String>, Vec<String>)>,
    pub rows: RowAggregation,
    /// Trailing zeros of whole numbers are digits: the column is written to the unit.
    pub zeros_count: bool,
    pub empty: Empty,
    pub status: Spanned<Status>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Tsv,
    /// A list of objects.
    Json,
    Parquet,
}

/// What rows become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowAggregation {
    /// One observation each.
    Each,
    /// One observation for all with the same period and dimension values: their sum.
    Sum,
    /// The same: how many there are.
    Count,
}

/// What an empty cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    Refuse,
    /// The row is no observation.
    Skip,
    /// An observation without a number.
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) struct EventModel {
    pub id: Spanned<String>,
    pub at: Spanned<Period>,
    pub label: Text,
    pub from: Option<Text>,
    pub evidence: Option<Text>,
    pub status: Status,
    pub note: Option<Text>,
}

/// A brief.
#[derive(Clone, Debug)]
pub(crate) struct BriefModel {
    pub title: Text,
    pub subtitle: Option<Text>,
    pub kicker: Option<Text>,
    pub short_title: Option<Text>,
    pub authors: Vec<Text>,
    pub date: Spanned<Period>,
    pub language: exhibit_facts::language::Language,
    pub keywords: Vec<Text>,
    pub contents: bool,
    pub data: Vec<Text>,
    pub allow_numbers: Vec<Text>,
    pub max_age: Option<exhibit_facts::period::Age>,
    /// Metrics that the brief computes for itself.
    pub metrics: Vec<MetricModel>,
    pub key_figures: Vec<FigureModel>,
    pub exhibits: Vec<ExhibitModel>,
    /// Ids of exhibits that have findings and no model: no further finding names them.
    pub broken: Vec<String>,
    pub body: Vec<BlockModel>,
}

/// A key figure.
#[derive(Clone, Debug)]
pub(crate) struct FigureModel {
    pub of: Text,
    pub label: Option<Text>,
    pub detail: Option<Text>,
}

#[derive(Clone, Debug)]
pub(crate) struct ExhibitModel {
    pub id: Spanned<String>,
    pub kind: Spanned<ExhibitKind>,
    pub title: Text,
    pub subtitle: Option<Text>,
    pub notes: Vec<Text>,
    pub alt: Option<Text>,
    pub slide: bool,
    pub body: ExhibitBody,
}

/// Kinds of exhibits, by the key that names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExhibitKind {
    Chart(exhibit_facts::facts::ChartKind),
    Timeline,
    KeyFigures,
    Table,
}

#[derive(Clone, Debug)]
pub(crate) enum ExhibitBody {
    Chart(Box<ChartModel>),
    Timeline {
        events: Option<Vec<Text>>,
        emphasis: Vec<Text>,
    },
    KeyFigures(Vec<FigureModel>),
    Table {
        head: Vec<Text>,
        align: Vec<Spanned<exhibit_facts::facts::Align>>,
        rows: Vec<RowModel>,
        sort: Option<Spanned<Sort>>,
    },
}

/// In which order categories and rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    /// By their values; else by their labels.
    pub by_value: bool,
    /// The largest first, or the last letter.
    pub descending: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct RowModel {
    pub label: Text,
    pub cells: Vec<Text>,
    pub emphasis: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub(crate) struct ChartModel {
    pub data: ChartDataModel,
    pub scale: Option<Spanned<u32>>,
    pub emphasis: Vec<Text>,
    pub references: Vec<FigureModel>,
    pub whole: Option<Text>,
    pub sort: Option<Spanned<Sort>>,
}

#[derive(Clone, Debug)]
pub(crate) enum ChartDataModel {
    Of {
        metric: Text,
        over: Option<Text>,
        by: Option<Text>,
        filter: Vec<(Spanned<String>, Spanned<String>)>,
    },
    Rows(Vec<BarModel>),
    Grid {
        categories: Vec<Text>,
        series: Vec<SeriesModel>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct BarModel {
    pub label: Option<Text>,
    pub of: Text,
    pub detail: Option<Text>,
    pub role: Option<exhibit_facts::facts::ColorRole>,
}

#[derive(Clone, Debug)]
pub(crate) struct SeriesModel {
    pub label: Text,
    pub role: Option<exhibit_facts::facts::ColorRole>,
    pub of: Vec<Option<Text>>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum BlockModel {
    Heading { level: u8, text: Text },
    Text(Text),
    Exhibit(Text),
    KeyFigures(Vec<FigureModel>),
    Callout { title: Option<Text>, text: Text },
    Columns(Vec<Vec<BlockModel>>),
}
