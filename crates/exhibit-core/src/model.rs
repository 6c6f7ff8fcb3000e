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
    /// The Data Package that says what the author does not.
    pub package: Option<Text>,
}

#[derive(Clone, Debug)]
pub(crate) struct UnitModel {
    pub name: Spanned<String>,
    pub one: Option<Text>,
    pub other: Option<Text>,
    pub german: Option<(String, String)>,
    /// How a currency stands in print.
    pub style: Option<exhibit_facts::unit::CurrencyStyle>,
    pub chinese: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct MetricModel {
    pub id: Spanned<String>,
    pub label: Text,
    pub description: Option<Text>,
    pub unit: Option<Text>,
    pub measure: Option<Spanned<Measure>>,
    /// The length that each figure of a flow is for, where this is not the length of its period: sales a month, on average of a year.
    pub per: Option<exhibit_facts::length::Length>,
    pub signed: bool,
    pub max_age: Option<Freshness>,
    pub dimensions: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    /// What the values of a dimension are called for people: dimension, value, name.
    pub value_labels: Vec<(String, String, Text)>,
    /// In which order the values of a dimension stand, where that is said apart from their declaration.
    pub value_order: Vec<(String, Vec<String>)>,
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
    /// The estimates of the formula are independent of each other, as the author says.
    pub independent: bool,
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
    /// "About" stands there because the sum or mean of rows is printed rounded, and for no other reason.
    pub rounded: bool,
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

/// A file of rows: how its cells are read, what its columns are, and what its rows become.
#[derive(Clone, Debug)]
pub(crate) struct TableModel {
    pub file: Text,
    /// The Data Package that names the file, with the name of the resource.
    pub package: Option<PackageModel>,
    pub format: Format,
    pub book: BookModel,
    pub from: Text,
    pub dialect: Dialect,
    pub at: AtModel,
    /// The column of the number; none where rows are counted, where low and high stand alone, and in a wide table.
    pub value: Option<Text>,
    /// Dimensions and their columns.
    pub dimensions: Vec<(Spanned<String>, Text)>,
    pub wide: Option<WideModel>,
    /// Columns, and what their cells must be for a row to count.
    pub filter: Vec<FilterModel>,
    pub rows: Spanned<RowAggregation>,
    /// Trailing zeros of whole numbers are digits: the column is written to the unit.
    pub zeros_count: bool,
    pub empty: Empty,
    /// The status of every row without a status of its own.
    pub status: Spanned<Status>,
    /// The column of the status, by the first of these names that the file has.
    pub status_column: Option<CodedColumn>,
    pub qualifier: Option<CodedColumn>,
    pub unit: Option<CodedColumn>,
    pub low: Option<Text>,
    pub high: Option<Text>,
    /// The column of the distance from the number to both ends of its interval.
    pub margin: Option<Text>,
    /// The level of confidence of low and high.
    pub level: Option<exhibit_facts::estimate::Level>,
    pub note: Option<Text>,
    pub scale: ScaleModel,
    /// The value of every combination of periods and dimension values that has no row.
    pub fill: Option<Spanned<exhibit_facts::quantity::Amount>>,
}

/// A table of a Data Package.
#[derive(Clone, Debug)]
pub(crate) struct PackageModel {
    /// The file of the package.
    pub file: Text,
    /// The table that is meant; the only one where none is named.
    pub resource: Option<Text>,
    /// The author says the format of the file.
    pub format_is_said: bool,
}

/// Which cells of a workbook are the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct BookModel {
    /// The name of the sheet, else its number from 1; the only one where none is named.
    pub sheet: Option<String>,
    /// The cells that are looked at; all where none are named.
    pub area: Option<crate::book::Area>,
    /// The first and the last row of the head, from 1; found where none is named.
    pub head: Option<(u32, u32)>,
    /// Numbers have the digits that are shown, not all that are stored.
    pub shown: bool,
}

/// How cells are read out of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dialect {
    /// The separator; found in the head otherwise.
    pub separator: Option<u8>,
    /// The label of an encoding; a byte order mark or UTF-8 otherwise.
    pub encoding: Option<String>,
    /// The decimal sign, where somebody said it.
    pub decimal: Option<char>,
    /// The sign that groups digits, where somebody said it.
    pub thousands: Option<char>,
    /// Texts that may stand before or behind a number and say nothing.
    pub signs: Vec<String>,
    /// Cells that say that there is no number, each with the reason that stands for them.
    pub na: Vec<(String, Option<String>)>,
    /// Lines before the head.
    pub skip: u64,
    /// The row below the head names units.
    pub units_row: bool,
    /// What the first cell of the first row begins with that is no row any more.
    pub foot: Option<String>,
    /// What a line begins with that is a remark.
    pub comment: Option<String>,
}

/// Where the period of a row stands, and how it is written.
#[derive(Clone, Debug)]
pub(crate) struct AtModel {
    pub place: AtPlace,
    /// Formats of `strftime` in which it may be written.
    pub formats: Vec<String>,
    /// The frequency that each period becomes.
    pub grain: Option<Spanned<&'static str>>,
    pub span: Span,
}

/// Where the period of a row stands.
#[derive(Clone, Debug)]
pub(crate) enum AtPlace {
    /// In a column.
    Column(Text),
    /// In parts: the column of the year, that of its part with the letter before its number (`Q`, `H`, `W`, or nothing for a month), and
    /// that of the day.
    Parts {
        year: Text,
        part: Option<(&'static str, Text)>,
        day: Option<Text>,
    },
    /// Nowhere: all rows are for this.
    Always(Period),
    /// In the head: each column of numbers is for a period.
    Heads,
}

/// A table with a column for each period or for each value of a dimension.
#[derive(Clone, Debug)]
pub(crate) struct WideModel {
    /// The dimension; none for periods.
    pub dimension: Option<Spanned<String>>,
    pub columns: WideColumns,
    pub span: Span,
}

/// The columns of numbers of a wide table.
#[derive(Clone, Debug)]
pub(crate) enum WideColumns {
    /// Every column that reads as a period, or every column that is nothing else.
    All,
    /// These.
    Named(Vec<Text>),
    /// Every column whose name is a period from the first to the last.
    Between(Period, Period),
}

/// A column, and what its cells must be for a row to count.
#[derive(Clone, Debug)]
pub(crate) struct FilterModel {
    pub column: Spanned<String>,
    pub values: Vec<String>,
    /// None of the values, where others are any of them.
    pub not: bool,
}

/// A column of codes, and what each code means.
#[derive(Clone, Debug)]
pub(crate) struct CodedColumn {
    /// Names that the column may have.
    pub columns: Vec<String>,
    pub span: Span,
    /// A file may lack the column.
    pub optional: bool,
    /// Codes and their meanings, as the author wrote them.
    pub codes: Vec<(String, Text)>,
}

/// What the numbers of a table count in.
#[derive(Clone, Debug)]
pub(crate) enum ScaleModel {
    /// A power of ten; 0 for what is written.
    Power(u32),
    /// A column of powers of ten, or of multiplier words.
    Column {
        name: Text,
        /// A file may lack the column.
        optional: bool,
    },
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Tsv,
    /// A list of objects.
    Json,
    /// A sheet of an Excel or OpenDocument workbook.
    Book,
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
    /// The same: their mean.
    Mean,
    /// The same: the one of the first period.
    First,
    /// The same: the one of the last period.
    Last,
    /// The same: the smallest.
    Min,
    /// The same: the largest.
    Max,
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
    pub register: exhibit_facts::facts::RegisterForm,
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
        breaks: bool,
    },
    KeyFigures {
        figures: Vec<FigureModel>,
        precision: Option<DisplayPrecision>,
    },
    Table {
        head: Vec<Text>,
        align: Vec<Spanned<exhibit_facts::facts::Align>>,
        /// How far the numbers of each column are printed.
        precision: Vec<Spanned<Option<DisplayPrecision>>>,
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
    /// How far its numbers are printed.
    pub precision: Option<DisplayPrecision>,
    pub sort: Option<Spanned<Sort>>,
}

#[derive(Clone, Debug)]
pub(crate) enum ChartDataModel {
    Of {
        metric: Text,
        over: Option<Text>,
        by: Option<Text>,
        /// Dimensions, or `period`, each with the values to keep.
        filter: Vec<(Spanned<String>, Vec<Text>)>,
        /// The first and the last period to keep.
        from: Option<Spanned<Period>>,
        to: Option<Spanned<Period>>,
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
    /// How far its numbers are printed; else as those of the chart.
    pub precision: Option<DisplayPrecision>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum BlockModel {
    Heading {
        level: u8,
        text: Text,
    },
    Text(Text),
    Exhibit(Text),
    KeyFigures(Vec<FigureModel>),
    Callout {
        title: Option<Text>,
        text: Text,
    },
    Columns(Vec<Vec<BlockModel>>),
    /// What is said of the place of the next block.
    Directive(exhibit_facts::facts::Directive),
}
