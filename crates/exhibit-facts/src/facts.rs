//! Facts: what `resolve` leaves behind. Typed, decimal, complete; what is required is there.
//!
//! Later rooms read these types and check nothing twice. Everything printable was printed by `format` already:
//! a label, a sentence form and a spoken form stand beside each value, so that no later room writes a number.

mod id;
mod prose;

use std::collections::BTreeMap;

pub use crate::chart_spec::ChartKind;
pub use crate::format::Forms;
use crate::language::Language;
use crate::period::{Date, Period};
use crate::quantity::{Reading, Status};
use crate::span::Span;
pub use id::{FactId, MetricId, SourceId};
pub use prose::{Annotation, Prose, Run};

/// A brief with its data, resolved.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Title, authors, date and the like.
    pub meta: BriefMeta,
    /// Sources, in the order of the data set.
    pub sources: Vec<Source>,
    /// Metrics, in the order of the data set.
    pub metrics: Vec<Metric>,
    /// Every fact, observed and derived, in the order of the data set.
    pub facts: Vec<Fact>,
    /// Dated events, in the order of the data set.
    pub events: Vec<Event>,
    /// Exhibits in the order of their numbers.
    pub exhibits: Vec<Exhibit>,
    /// The body of the brief.
    pub body: Vec<Block>,
    /// Notes, in the order of their marks, each of paragraphs and lists; note 1 is the first.
    pub notes: Vec<Vec<Block>>,
    /// Facts that the brief shows, in the order of first mention, each with the places that show it and its row.
    pub register: Vec<RegisterEntry>,
    /// The brief and its data sets, in order: name and text. Tables are not kept.
    pub inputs: Vec<(String, String)>,
}

impl Facts {
    /// The fact at a canonical address, as [`Fact::address`] has it. `None` where there is none.
    ///
    /// ```
    /// use exhibit_facts::Facts;
    /// fn label<'f>(facts: &'f Facts, address: &str) -> Option<&'f str> {
    ///     facts.fact(address).map(|fact| fact.forms.label.as_str())
    /// }
    /// ```
    #[must_use]
    pub fn fact(&self, address: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.address == address)
    }

    /// An event by its id. `None` where there is none.
    ///
    /// ```
    /// use exhibit_facts::Facts;
    /// fn date<'f>(facts: &'f Facts, id: &str) -> Option<&'f str> {
    ///     facts.event(id).map(|event| event.at_text.as_str())
    /// }
    /// ```
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }
}

/// What stands above and around a brief.
#[derive(Clone, Debug)]
pub struct BriefMeta {
    /// Title.
    pub title: Prose,
    /// The sentence under it.
    pub subtitle: Option<Prose>,
    /// The line above it (series, edition).
    pub kicker: Option<String>,
    /// Title in the running head.
    pub short_title: String,
    /// Authors.
    pub authors: Vec<String>,
    /// Date of the brief, from the brief.
    pub date: Date,
    /// The date in words of the brief's language.
    pub date_text: String,
    /// Language of the text.
    pub language: Language,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// A table of contents is wanted.
    pub contents: bool,
    /// Form of the register.
    pub register: RegisterForm,
    /// Key figures of the title block.
    pub key_figures: Vec<KeyFigure>,
}

/// How much of the register a document prints. Every form keeps every fact in the attached files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegisterForm {
    /// Facts of one series share a row; facts that the text says stand singly.
    #[default]
    Grouped,
    /// A row for every fact.
    Full,
    /// One line that names the attached file.
    Attached,
}

/// Where figures come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in addresses and citations.
    pub id: String,
    /// Title.
    pub title: String,
    /// Author.
    pub author: Option<String>,
    /// Editor.
    pub editor: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// `article`, `report`, `dataset`, …
    pub kind: Option<String>,
    /// When it was published, in words.
    pub published: Option<String>,
    /// When it was read, in words.
    pub accessed: Option<String>,
    /// Where it is on the web.
    pub url: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// The entry in the list of sources: everything above in one line.
    pub citation: String,
}

/// A measured thing.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its name in addresses.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// What it counts or measures.
    pub description: Option<String>,
    /// Unit, canonical text (`vehicles`, `CNY/people`).
    pub unit: String,
    /// Derived: the formula as written.
    pub formula: Option<String>,
    /// What values of dimensions are called for people, by dimension and value.
    pub value_labels: BTreeMap<String, BTreeMap<String, String>>,
}

impl Metric {
    /// What a value of a dimension is called for people: its label, else the value itself.
    ///
    /// ```
    /// let metric = exhibit_facts::facts::Metric {
    ///     id: "a".into(),
    ///     label: "A".into(),
    ///     description: None,
    ///     unit: "people".into(),
    ///     formula: None,
    ///     value_labels: [("naics".into(), [("48".into(), "Transport".into())].into())].into(),
    /// };
    /// assert_eq!([metric.value_label("naics", "48"), metric.value_label("naics", "49")], ["Transport", "49"]);
    /// ```
    #[must_use]
    pub fn value_label<'v>(&'v self, dimension: &str, value: &'v str) -> &'v str {
        let labels = self.value_labels.get(dimension);
        labels
            .and_then(|labels| labels.get(value))
            .map_or(value, String::as_str)
    }
}

/// One fact: a reading with its period, status and origin.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its canonical address: `deliveries@2024-06`, `female_share[basis=owners]@2024`.
    pub address: String,
    /// The metric.
    pub metric: MetricId,
    /// Dimension values.
    pub dimensions: BTreeMap<String, String>,
    /// What it is for.
    pub at: Period,
    /// That, in words of the brief's language.
    pub at_text: String,
    /// By when a target or forecast is due.
    pub due: Option<Period>,
    /// The reading, in base units.
    pub reading: Reading,
    /// "About" stands there because a computed value is printed rounded, and for no other reason: no input is "about".
    pub rounded: bool,
    /// How far it is from being known.
    pub status: Status,
    /// Whose claim, forecast or target it is.
    pub by: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// What a reader should know of it.
    pub note: Option<String>,
    /// Addresses of observations of the same thing that disagree.
    pub conflicts: Vec<FactId>,
    /// With a conflict: this one is used, and why.
    pub preferred: Option<String>,
    /// Why it supersedes what stood at its address before.
    pub corrects: Option<String>,
    /// What it supersedes, oldest first: kept, and used by nothing.
    pub corrected: Vec<FactId>,
    /// Every printed form.
    pub forms: Forms,
    /// Where it was written.
    pub span: Span,
}

/// Where a fact comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A source says so.
    Stated {
        /// Which.
        source: SourceId,
        /// Where in it.
        place: String,
        /// The words or figures that say so, as short as possible.
        evidence: Option<String>,
    },
    /// It was computed.
    Derived {
        /// The formula as written.
        formula: String,
        /// What went in, in order of appearance.
        inputs: Vec<FactId>,
    },
}

/// Something that happened or is to happen.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name in addresses.
    pub id: String,
    /// When.
    pub at: Period,
    /// That, in words.
    pub at_text: String,
    /// What.
    pub label: String,
    /// Happened, or to happen.
    pub status: Status,
    /// Who says so.
    pub source: SourceId,
    /// Where in it.
    pub place: String,
    /// The words or figures that say so, as short as possible.
    pub evidence: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// A fact that the brief shows, and where.
#[derive(Clone, Debug)]
pub struct RegisterEntry {
    /// The fact.
    pub fact: FactId,
    /// Exhibits that show it, by index.
    pub exhibits: Vec<usize>,
    /// How many times the prose says it, or a key figure.
    pub mentions: usize,
    /// Its row in the register, from 1: the mark that stands behind the fact. Facts of one series share a row. Rows are numbered in the
    /// order of their first facts.
    pub row: usize,
}

/// A place of the brief that names a fact or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it names.
    pub what: Used,
    /// Where it stands.
    pub span: Span,
    /// In what.
    pub at: UsePlace,
}

/// What a place of the brief names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// A fact.
    Fact(FactId),
    /// An event, by index into [`Facts::events`].
    Event(usize),
}

/// In what a place of the brief stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsePlace {
    /// Title, subtitle, heading, paragraph, list, note or callout.
    Prose,
    /// A key figure of the title block or the body.
    KeyFigure,
    /// An exhibit, by index into [`Facts::exhibits`].
    Exhibit(usize),
}

/// A numbered chart or table.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// Its name: file name, link target.
    pub id: String,
    /// From 1, in order of appearance in the body.
    pub number: usize,
    /// "Exhibit 3", in the brief's language.
    pub kicker: String,
    /// The finding, in a sentence.
    pub title: Prose,
    /// What is measured, in which unit, for when.
    pub subtitle: Prose,
    /// What a reader must know to read it right; author's notes first, then notes on the qualifiers that occur.
    pub notes: Vec<Prose>,
    /// "Source: …"
    pub source_line: String,
    /// What it shows.
    pub content: Content,
    /// Alternative text by the author; else it is made from the content.
    pub alt: Option<String>,
    /// It is drawn as a slide, too.
    pub slide: bool,
    /// Language of its texts.
    pub language: Language,
    /// Every fact it shows, text included, in order.
    pub facts: Vec<FactId>,
    /// Where it was written.
    pub span: Span,
}

/// What an exhibit shows.
#[derive(Clone, Debug)]
pub enum Content {
    /// Marks on a scale.
    Chart(Chart),
    /// Events on a line.
    Timeline(Timeline),
    /// Big numbers side by side.
    KeyFigures(Vec<KeyFigure>),
    /// Rows and columns.
    Table(Table),
}

/// One thing that an exhibit draws of the data, apart from its texts.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'e> {
    /// A mark of a chart, a line across its plot, or a key figure.
    Datum(&'e Datum),
    /// An event of a timeline.
    Event(&'e TimelineEvent),
    /// A cell of a table, with a fact or without one.
    Cell(&'e TableCell),
}

impl<'e> Shown<'e> {
    /// The address of the fact or event. `None` for a cell without a fact.
    ///
    /// ```
    /// use exhibit_facts::facts::{FactId, Shown, TableCell};
    /// let mut cell = TableCell {
    ///     text: "> 10,000".into(),
    ///     fact: Some(FactId(0)),
    ///     says: Some(("staff@2023".into(), "more than ten thousand".into())),
    /// };
    /// assert_eq!(Shown::Cell(&cell).address(), Some("staff@2023"));
    /// cell.says = None;
    /// assert_eq!(Shown::Cell(&cell).address(), None);
    /// ```
    #[must_use]
    pub fn address(self) -> Option<&'e str> {
        match self {
            Self::Datum(datum) => Some(&datum.address),
            Self::Event(event) => Some(&event.address),
            Self::Cell(cell) => cell.says.as_ref().map(|(address, _)| address.as_str()),
        }
    }

    /// The fact. `None` for an event, and for a cell without a fact.
    ///
    /// ```
    /// use exhibit_facts::facts::{FactId, Shown, TableCell};
    /// let mut cell = TableCell { text: "> 10,000".into(), fact: Some(FactId(7)), says: None };
    /// assert_eq!(Shown::Cell(&cell).fact(), Some(FactId(7)));
    /// cell.fact = None;
    /// assert_eq!(Shown::Cell(&cell).fact(), None);
    /// ```
    #[must_use]
    pub fn fact(self) -> Option<FactId> {
        match self {
            Self::Datum(datum) => Some(datum.fact),
            Self::Event(_) => None,
            Self::Cell(cell) => cell.fact,
        }
    }
}

impl Content {
    /// Everything that is drawn of the data, in drawing order. A chart has its series first, then the lines across its plot.
    ///
    /// ```
    /// use exhibit_facts::facts::{Content, FactId, Table, TableCell, TableRow};
    /// let cell = |text: &str, fact| TableCell { text: text.into(), fact, says: None };
    /// let cells = vec![cell("> 10,000", Some(FactId(7))), cell("not reported", None)];
    /// let row = TableRow { label: "Staff".into(), cells, emphasis: false };
    /// let table = Content::Table(Table { head: Vec::new(), align: Vec::new(), rows: vec![row] });
    /// assert!(table.shown().map(|shown| shown.fact()).eq([Some(FactId(7)), None]));
    /// ```
    pub fn shown(&self) -> impl Iterator<Item = Shown<'_>> {
        let (mut series, mut references): (&[Series], &[Reference]) = (&[], &[]);
        let (mut events, mut figures): (&[TimelineEvent], &[KeyFigure]) = (&[], &[]);
        let mut rows: &[TableRow] = &[];
        match self {
            Self::Chart(chart) => (series, references) = (&chart.series, &chart.references),
            Self::Timeline(all) => events = &all.events,
            Self::KeyFigures(all) => figures = all,
            Self::Table(table) => rows = &table.rows,
        }
        let marks = series
            .iter()
            .flat_map(|series| series.data.iter().flatten());
        marks
            .chain(references.iter().map(|reference| &reference.datum))
            .chain(figures.iter().map(|figure| &figure.datum))
            .map(Shown::Datum)
            .chain(events.iter().map(Shown::Event))
            .chain(rows.iter().flat_map(|row| &row.cells).map(Shown::Cell))
    }

    /// Every datum that is drawn, in drawing order: those of charts and key figures.
    ///
    /// ```
    /// use exhibit_facts::facts::{Content, Datum, FactId, KeyFigure, Timeline};
    /// # use exhibit_facts::{Language, Quantity, Reading, Status, Units};
    /// # let units = Units::builtin();
    /// # let staff = Quantity::parse("> 10_000", "people", &units).unwrap();
    /// # let datum = Datum {
    /// #     fact: FactId(7),
    /// #     address: "staff@2023".into(),
    /// #     forms: staff.forms(Language::English, &units),
    /// #     reading: Reading::Value(staff.value),
    /// #     rounded: false,
    /// #     signed: false,
    /// #     status: Status::Actual,
    /// #     role: None,
    /// #     conflict: false,
    /// #     by: None,
    /// # };
    /// // `datum` says that staff were more than 10,000 people in 2023.
    /// let figure = KeyFigure { label: "Staff".into(), detail: String::new(), datum };
    /// let figures = Content::KeyFigures(vec![figure]);
    /// let labels = figures.data().map(|datum| datum.forms.label.replace('\u{a0}', " "));
    /// assert!(labels.eq(["> 10,000 people"]));
    /// assert_eq!(Content::Timeline(Timeline::default()).data().count(), 0);
    /// ```
    pub fn data(&self) -> impl Iterator<Item = &Datum> {
        self.shown().filter_map(|shown| match shown {
            Shown::Datum(datum) => Some(datum),
            Shown::Event(_) | Shown::Cell(_) => None,
        })
    }
}

/// Marks on a scale.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Kind.
    pub kind: ChartKind,
    /// Categories along the band axis, in drawing order.
    pub categories: Vec<Category>,
    /// Series, in drawing order. Each has one datum a category.
    pub series: Vec<Series>,
    /// Lines across the plot: targets, forecasts, averages.
    pub references: Vec<Reference>,
    /// Power of ten that the scale counts in (9 for billions).
    pub exponent: u32,
    /// The unit of the scale in words: "billion yuan", "%", "vehicles". The subtitle names it; ticks do not repeat it, except "%".
    pub unit: String,
    /// Language of tick labels.
    pub language: Language,
    /// With [`ChartKind::Waffle`]: how many squares the whole has.
    pub whole: Option<u32>,
}

impl Chart {
    /// The status of all values of the series, where all are estimates or all are provisional, and there are several. Marks of such a chart
    /// need no look of their own: a note says for all what they are. `None` otherwise, for targets, forecasts and claims too.
    ///
    /// ```
    /// use exhibit_facts::facts::Chart;
    /// use exhibit_facts::quantity::Status;
    /// fn is_first_release(chart: &Chart) -> bool {
    ///     chart.common_status() == Some(Status::Provisional)
    /// }
    /// ```
    #[must_use]
    pub fn common_status(&self) -> Option<Status> {
        let data = self.series.iter().flat_map(|series| &series.data);
        let mut known = data
            .flatten()
            .filter(|datum| matches!(datum.reading, Reading::Value(_)))
            .map(|datum| datum.status);
        let first = known
            .next()
            .filter(|status| matches!(status, Status::Estimated | Status::Provisional))?;
        let mut others = known.peekable();
        others.peek()?;
        others.all(|status| status == first).then_some(first)
    }
}

/// A band of the category axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name.
    pub label: String,
    /// Smaller text under or beside it. Empty for none.
    pub detail: String,
    /// Its period, on a time axis.
    pub period: Option<Period>,
}

/// Marks of one subject.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// The name is the author's or a dimension's and is shown even if there is no other; else it is that of the metric, which the title speaks of.
    pub named: bool,
    /// The color role of its marks.
    pub role: ColorRole,
    /// One entry a category; `None` where nothing was asked for (a gap, not a missing value).
    pub data: Vec<Option<Datum>>,
}

/// What a mark is to the message of its chart. The theme gives each role a color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColorRole {
    /// What the title speaks of.
    Accent,
    /// A second subject.
    Second,
    /// A third subject.
    Third,
    /// A fourth subject.
    Fourth,
    /// A fifth subject.
    Fifth,
    /// A sixth subject.
    Sixth,
    /// A seventh subject.
    Seventh,
    /// An eighth subject.
    Eighth,
    /// Context.
    Neutral,
}

impl ColorRole {
    /// The roles of series in drawing order. A ninth series takes the first role again: series of one role differ in their look.
    ///
    /// ```
    /// use exhibit_facts::facts::ColorRole;
    /// assert_eq!(ColorRole::SUBJECTS.len(), 8);
    /// assert!(!ColorRole::SUBJECTS.contains(&ColorRole::Neutral));
    /// ```
    pub const SUBJECTS: [Self; 8] = [
        Self::Accent,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Fifth,
        Self::Sixth,
        Self::Seventh,
        Self::Eighth,
    ];
}

/// One mark's fact.
#[derive(Clone, Debug)]
pub struct Datum {
    /// The fact.
    pub fact: FactId,
    /// Its address, the trace of the mark.
    pub address: String,
    /// The reading, in base units.
    pub reading: Reading,
    /// "About" belongs to the printed form alone: the mark stands at the value itself ([`Fact::rounded`]).
    pub rounded: bool,
    /// Its metric may be below zero, so that an upper bound says nothing about the other end.
    pub signed: bool,
    /// How far it is from being known: decides the style of the mark.
    pub status: Status,
    /// Printed forms at the chart's scale ([`Chart::exponent`]); `number` is the value label of the mark.
    pub forms: Forms,
    /// The color role of this mark; `None` where it is that of the series.
    pub role: Option<ColorRole>,
    /// The fact has an observation that disagrees.
    pub conflict: bool,
    /// Whose claim it is.
    pub by: Option<String>,
}

/// A line across the plot.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What it is: "Media forecast".
    pub label: String,
    /// Its value.
    pub datum: Datum,
}

/// Events on an axis of time.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The events, in order of time.
    pub events: Vec<TimelineEvent>,
    /// A stretch without events that is longer than all the rest may be cut out of the axis.
    pub breaks: bool,
}

/// An event of a timeline.
#[derive(Clone, Debug)]
pub struct TimelineEvent {
    /// Its trace: `event:launch`.
    pub address: String,
    /// When.
    pub at: Period,
    /// First day and last day as days since 1970-01-01; equal ends for a day.
    pub days: (i64, i64),
    /// That, in words: "March 2021".
    pub date_label: String,
    /// What happened.
    pub label: String,
    /// Happened, or to happen.
    pub status: Status,
    /// The color role of the event.
    pub role: ColorRole,
}

/// A big number with its label.
#[derive(Clone, Debug)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The line under it. Empty for none.
    pub detail: String,
    /// Its fact; `forms.number` and `forms.unit` are what is drawn.
    pub datum: Datum,
}

/// Rows and columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// Head cells, the one of the row labels first.
    pub head: Vec<String>,
    /// How each column is set.
    pub align: Vec<Align>,
    /// Rows.
    pub rows: Vec<TableRow>,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its label.
    pub label: String,
    /// Its cells.
    pub cells: Vec<TableCell>,
    /// Spoken of in the title.
    pub emphasis: bool,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// What it says.
    pub text: String,
    /// The fact it shows, where it shows one.
    pub fact: Option<FactId>,
    /// That fact's address and spoken form: the trace of the cell, and what a voice says.
    pub says: Option<(String, String)>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers: on the decimal point, tabular figures.
    Decimal,
}

/// A block of the body.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading; level 1 or 2.
    Heading {
        /// 1 or 2.
        level: u8,
        /// Its text.
        text: Prose,
    },
    /// A paragraph.
    Paragraph(Prose),
    /// A list.
    List {
        /// The number of its first item; `None` where items have no numbers.
        first: Option<u64>,
        /// Its items, each of paragraphs and lists.
        items: Vec<Vec<Block>>,
    },
    /// A row of key figures.
    KeyFigures(Vec<KeyFigure>),
    /// An exhibit, by index into [`Facts::exhibits`].
    Exhibit(usize),
    /// What the author says of the place of the next block.
    Directive(Directive),
    /// Blocks side by side, one list a column.
    Columns(Vec<Vec<Block>>),
    /// Set off from the text.
    Callout {
        /// Its title.
        title: Option<Prose>,
        /// Its blocks.
        blocks: Vec<Block>,
    },
}

/// What an author says of the place of the next block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive {
    /// It begins a page.
    PageBreak,
    /// An exhibit: it stands in its place in the text, and no text goes before it.
    Here,
    /// An exhibit: it stands at the top of a page, and text up to the next heading, callout or exhibit goes before it.
    Top,
    /// An exhibit: where it does not fit, it stands at the top of the next page, and the same text goes before it.
    Float,
    /// It stays in one piece, and on the page of the block after it.
    Keep,
}
