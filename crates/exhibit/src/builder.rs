//! Data sets and briefs from Rust values, for programs that have figures and no files.
//!
//! A builder writes the same text that an author would: [`DataSet::to_yaml`] and [`BriefBuilder::to_yaml`] show it, findings point into
//! it, and it rides in the PDF like any other input. What a builder has no method for, `set` says by its key in the format's own
//! words.
//!
//! ```
//! use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Metric, Observation, Source};
//! use exhibit::facts::ChartKind;
//! use exhibit::{Fonts, Medium};
//!
//! let staff = Metric::new("Staff", "people")
//!     .observation(Observation::new("2022", 9_400).from("report", "p. 3"))
//!     .observation(Observation::new("2023", "> 10_000").from("report", "p. 4"));
//! let data = DataSet::new()
//!     .source("report", Source::new("Annual report"))
//!     .metric("staff", staff);
//! let chart = Exhibit::chart(ChartKind::Column)
//!     .title("Staff rose")
//!     .of("staff")
//!     .over("year");
//! let mut brief = BriefBuilder::new("Staff", "2024-01-31")
//!     .exhibit("staff", chart)
//!     .text("The firm has {{ staff@2023 }}.")
//!     .place("staff")
//!     .compile(&data);
//! let svg = brief.svg("staff", Medium::Page, &Fonts::builtin()).unwrap();
//! assert!(svg.contains("data-fact=\"staff@2023\""));
//! ```

use exhibit_facts::facts::ChartKind;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::brief::Brief;
use crate::loader::Memory;

/// The name of the data set in a brief that a builder compiles.
const DATA_NAME: &str = "data.yaml";

/// Sets a key, behind those that are there or in the place of the same one.
fn put(fields: &mut Map<String, Json>, key: &str, value: impl Serialize) {
    // A value that JSON cannot say is null, which the compiler then finds at this key.
    let value = serde_json::to_value(value).unwrap_or_default();
    fields.insert(key.to_owned(), value);
}

/// Adds to the list at a key.
fn push(fields: &mut Map<String, Json>, key: &str, value: Json) {
    match fields.get_mut(key).and_then(Json::as_array_mut) {
        Some(list) => list.push(value),
        None => put(fields, key, [value]),
    }
}

/// Sets a key in the mapping at another one.
fn put_in(fields: &mut Map<String, Json>, outer: &str, key: &str, value: impl Serialize) {
    let inner = fields.entry(outer).or_insert_with(|| json!({}));
    if let Some(inner) = inner.as_object_mut() {
        put(inner, key, value);
    }
}

fn text_of(fields: &Map<String, Json>) -> String {
    let mut text = format!("{:#}", Json::from(fields.clone()));
    text.push('\n');
    text
}

/// Where figures come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    fields: Map<String, Json>,
}

impl Source {
    /// A source by its title.
    ///
    /// ```
    /// use exhibit::builder::Source;
    /// let source = Source::new("Annual report").set("publisher", "A firm").set("accessed", "2024-01");
    /// assert_ne!(source, Source::new("Annual report"));
    /// ```
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        let mut fields = Map::new();
        put(&mut fields, "title", title.into());
        Self { fields }
    }

    /// Sets another key: author, editor, publisher, kind, published, accessed, url, licence, note.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Source};
    /// let source = Source::new("Annual report").set("publisher", "A firm");
    /// let data = DataSet::new().source("report", source).to_yaml();
    /// assert!(data.contains("\"publisher\": \"A firm\""));
    /// ```
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Serialize) -> Self {
        put(&mut self.fields, key, value);
        self
    }
}

/// A number as it is written: an integer, or a text in the short form of values (`"> 10_000"`, `"~ 40..50"`, `"19.1 billion"`).
#[derive(Clone, Debug, PartialEq)]
pub struct Written(Json);

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

macro_rules! written_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Written {
            fn from(number: $integer) -> Self {
                Self(number.into())
            }
        }
    )*};
}

written_integers!(i32, i64, u32, u64, usize);

impl From<f64> for Written {
    /// The shortest decimal that means this binary fraction. What is not finite is a finding when it is compiled.
    fn from(number: f64) -> Self {
        Self(number.to_string().into())
    }
}

/// A number with its period, qualifier, status and origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    fields: Map<String, Json>,
}

impl Observation {
    /// A number for a period: `"2023"`, `"2024-06"`, `"2024-Q2"`, `"2023-12-31"`.
    ///
    /// ```
    /// use exhibit::builder::Observation;
    /// let half = Observation::new("2024-H1", 0.5).from("report", "p. 4").of("region", "north");
    /// assert_ne!(half, Observation::new("2024-H1", "0.50"));
    /// ```
    #[must_use]
    pub fn new(at: impl Into<String>, value: impl Into<Written>) -> Self {
        let mut fields = Map::new();
        put(&mut fields, "at", at.into());
        put(&mut fields, "value", value.into().0);
        Self { fields }
    }

    /// A number that is not known, and why.
    ///
    /// ```
    /// use exhibit::builder::Observation;
    /// let unknown = Observation::unknown("2024", "not published");
    /// assert_ne!(unknown, Observation::new("2024", 0));
    /// ```
    #[must_use]
    pub fn unknown(at: impl Into<String>, reason: impl Into<String>) -> Self {
        let mut fields = Map::new();
        put(&mut fields, "at", at.into());
        put(&mut fields, "value", json!({"unknown": reason.into()}));
        Self { fields }
    }

    /// The origin: the id of a source, and the place in the source (empty for none).
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric, Observation};
    /// let observation = Observation::new("2023", 9_400).from("report", "p. 3");
    /// let staff = Metric::new("Staff", "people").observation(observation);
    /// let data = DataSet::new().metric("staff", staff).to_yaml();
    /// assert!(data.contains("\"from\": \"report p. 3\""));
    /// ```
    #[must_use]
    pub fn from(self, source: &str, place: &str) -> Self {
        self.set("from", format!("{source} {place}").trim_end())
    }

    /// The value of a dimension, which the metric declares by [`Metric::dimension`].
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric, Observation};
    /// let north = Observation::new("2024", 30).of("region", "north");
    /// let sales = Metric::new("Sales", "CNY").dimension("region", ["north", "south"]).observation(north);
    /// let data = DataSet::new().metric("sales", sales).to_yaml();
    /// assert!(data.contains("\"region\": \"north\""));
    /// ```
    #[must_use]
    pub fn of(self, dimension: &str, value: &str) -> Self {
        self.set(dimension, value)
    }

    /// Sets another key: status, by, due, evidence, note, preferred, corrects.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric, Observation};
    /// let plan = Observation::new("2025", 12_000).set("status", "target").set("by", "A firm");
    /// let staff = Metric::new("Staff", "people").observation(plan);
    /// let data = DataSet::new().metric("staff", staff).to_yaml();
    /// assert!(data.contains("\"status\": \"target\""));
    /// ```
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Serialize) -> Self {
        put(&mut self.fields, key, value);
        self
    }
}

/// A measured thing with its observations, or a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    fields: Map<String, Json>,
}

impl Metric {
    /// A metric by its name for people and its unit: `people`, `%`, `CNY`, `CNY/vehicles`, or a unit that the data set declares.
    ///
    /// ```
    /// use exhibit::builder::{Metric, Observation};
    /// let staff = Metric::new("Staff", "people").observation(Observation::new("2023", 9_400));
    /// assert_ne!(staff, Metric::new("Staff", "people"));
    /// ```
    #[must_use]
    pub fn new(label: impl Into<String>, unit: impl Into<String>) -> Self {
        let mut fields = Map::new();
        put(&mut fields, "label", label.into());
        put(&mut fields, "unit", unit.into());
        Self { fields }
    }

    /// Adds an observation behind those that are there.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// let observation = Observation::new("2023", "> 10_000").from("report", "p. 4");
    /// let staff = Metric::new("Staff", "people").observation(observation);
    /// let data = DataSet::new().source("report", Source::new("Annual report")).metric("staff", staff);
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").text("No figure.").compile(&data);
    /// assert!(brief.facts().unwrap().fact("staff@2023").is_some());
    /// ```
    #[must_use]
    pub fn observation(mut self, observation: Observation) -> Self {
        push(&mut self.fields, "observations", observation.fields.into());
        self
    }

    /// Adds observations, in their order, behind those that are there.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric, Observation};
    /// let years = [("2022", 9_400), ("2023", 10_100)];
    /// let staff = Metric::new("Staff", "people")
    ///     .observations(years.map(|(year, count)| Observation::new(year, count).from("report", "")));
    /// let data = DataSet::new().metric("staff", staff).to_yaml();
    /// assert!(data.contains("\"value\": 9400") && data.contains("\"value\": 10100"));
    /// ```
    #[must_use]
    pub fn observations(self, observations: impl IntoIterator<Item = Observation>) -> Self {
        observations.into_iter().fold(self, Self::observation)
    }

    /// Declares a dimension and the values that the dimension may have.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// let north = Observation::new("2024", 30).of("region", "north").from("report", "");
    /// let sales = Metric::new("Sales", "CNY").dimension("region", ["north", "south"]).observation(north);
    /// let data = DataSet::new().source("report", Source::new("Annual report")).metric("sales", sales);
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").text("No figure.").compile(&data);
    /// assert!(brief.facts().unwrap().fact("sales[region=north]@2024").is_some());
    /// ```
    #[must_use]
    pub fn dimension<V: Into<String>>(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        put_in(&mut self.fields, "dimensions", name, values);
        self
    }

    /// Computes the metric by a formula over other metrics, such as `rd_staff / rd_staff_share`. A metric with a formula has no observation.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// let staff = Metric::new("Staff", "people").observation(Observation::new("2023", "> 10_000").from("report", ""));
    /// let half = Metric::new("Half the staff", "people").formula("staff / 2");
    /// let data = DataSet::new().source("report", Source::new("Annual report")).metric("staff", staff).metric("half", half);
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").text("{{ half@2023 }}").compile(&data);
    /// assert_eq!(brief.facts().unwrap().fact("half@2023").unwrap().forms.number, ">\u{a0}5,000");
    /// ```
    #[must_use]
    pub fn formula(self, formula: &str) -> Self {
        self.set("formula", formula)
    }

    /// Sets another key: measure, signed, description, at, digits, decimals, max-age, table.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric};
    /// let staff = Metric::new("Staff", "people").set("measure", "stock");
    /// let data = DataSet::new().metric("staff", staff).to_yaml();
    /// assert!(data.contains("\"measure\": \"stock\""));
    /// ```
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Serialize) -> Self {
        put(&mut self.fields, key, value);
        self
    }
}

/// Sources, units, metrics and events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSet {
    fields: Map<String, Json>,
}

impl DataSet {
    /// An empty data set.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric, Source};
    /// let data = DataSet::new()
    ///     .source("report", Source::new("Annual report"))
    ///     .unit("plants", "plant", "plants")
    ///     .metric("plants", Metric::new("Plants", "plants"));
    /// assert!(data.to_yaml().contains("\"report\""));
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source by its id, or replaces the source of this id.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Source};
    /// let data = DataSet::new().source("report", Source::new("Annual report"));
    /// let brief = BriefBuilder::new("Nothing", "2024-01-31").text("No figure.").compile(&data);
    /// assert_eq!(brief.facts().unwrap().sources[0].title, "Annual report");
    /// ```
    #[must_use]
    pub fn source(mut self, id: &str, source: Source) -> Self {
        put_in(&mut self.fields, "sources", id, source.fields);
        self
    }

    /// Declares a unit that is counted one by one, with the English words for one and for many.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// let plants = Metric::new("Plants", "plants").observation(Observation::new("2023", 2).from("report", ""));
    /// let data = DataSet::new().source("report", Source::new("Annual report")).unit("plants", "plant", "plants");
    /// let brief = BriefBuilder::new("Plants", "2024-01-31").text("No figure.").compile(&data.metric("plants", plants));
    /// assert_eq!(brief.facts().unwrap().fact("plants@2023").unwrap().forms.label, "2\u{a0}plants");
    /// ```
    #[must_use]
    pub fn unit(mut self, id: &str, one: &str, other: &str) -> Self {
        let words = json!({"one": one, "other": other});
        put_in(&mut self.fields, "units", id, words);
        self
    }

    /// Adds a metric by its id, with which addresses begin, or replaces the metric of this id.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Metric};
    /// let data = DataSet::new().metric("staff", Metric::new("Staff", "people")).to_yaml();
    /// assert!(data.contains("\"staff\": {") && data.contains("\"label\": \"Staff\""));
    /// ```
    #[must_use]
    pub fn metric(mut self, id: &str, metric: Metric) -> Self {
        put_in(&mut self.fields, "metrics", id, metric.fields);
        self
    }

    /// Adds a dated event by its id. `at` is a period such as `"2024-03"`. `from` is a source's id and the place in the source.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Source};
    /// let data = DataSet::new()
    ///     .source("report", Source::new("Annual report"))
    ///     .event("launch", "2024-03", "The car is launched", "report p. 9");
    /// let brief = BriefBuilder::new("Cars", "2024-12-31").text("No figure.").compile(&data);
    /// assert_eq!(brief.facts().unwrap().event("launch").unwrap().at_text, "March 2024");
    /// ```
    #[must_use]
    pub fn event(mut self, id: &str, at: &str, label: &str, from: &str) -> Self {
        let event = json!({"at": at, "label": label, "from": from});
        put_in(&mut self.fields, "events", id, event);
        self
    }

    /// The data set as text: JSON, which is YAML too, with a line end.
    ///
    /// ```
    /// use exhibit::builder::{DataSet, Source};
    /// let data = DataSet::new().source("report", Source::new("Annual report"));
    /// let text = "{\n  \"sources\": {\n    \"report\": {\n      \"title\": \"Annual report\"\n    }\n  }\n}\n";
    /// assert_eq!(data.to_yaml(), text);
    /// ```
    #[must_use]
    pub fn to_yaml(&self) -> String {
        text_of(&self.fields)
    }
}

/// A numbered chart, timeline, row of key figures or table.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    kind: &'static str,
    fields: Map<String, Json>,
}

impl Exhibit {
    fn of_kind(kind: &'static str) -> Self {
        Self {
            kind,
            fields: Map::new(),
        }
    }

    /// A chart with a value scale. It takes its data by [`Exhibit::of`] and [`Exhibit::over`], or row by row by [`Exhibit::row`].
    ///
    /// ```
    /// use exhibit::builder::Exhibit;
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Bar)
    ///     .title("The north leads")
    ///     .row("North", "sales[region=north]@2024")
    ///     .row("South", "sales[region=south]@2024");
    /// assert_ne!(chart, Exhibit::chart(ChartKind::Bar));
    /// ```
    #[must_use]
    pub fn chart(kind: ChartKind) -> Self {
        Self::of_kind(kind.name())
    }

    /// Events on a line, by id; all of the data set where none is named.
    ///
    /// ```
    /// use exhibit::builder::Exhibit;
    /// let events = Exhibit::timeline(["launch"]).title("A launch");
    /// assert_ne!(events, Exhibit::timeline([]));
    /// ```
    #[must_use]
    pub fn timeline<'a>(events: impl IntoIterator<Item = &'a str>) -> Self {
        let events: Vec<&str> = events.into_iter().collect();
        let timeline = Self::of_kind("timeline");
        if events.is_empty() {
            timeline
        } else {
            timeline.set("events", events)
        }
    }

    /// Big numbers side by side: the address and the label of each.
    ///
    /// ```
    /// use exhibit::builder::Exhibit;
    /// let figures = Exhibit::key_figures([("staff@2023", "Staff")]);
    /// assert_ne!(figures, Exhibit::key_figures([]));
    /// ```
    #[must_use]
    pub fn key_figures<'a>(figures: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let figures: Vec<Json> = figures
            .into_iter()
            .map(|(of, label)| json!({"of": of, "label": label}))
            .collect();
        Self::of_kind("key-figures").set("figures", figures)
    }

    /// Rows and columns: the head cells, the one of the row labels first. Rows follow by [`Exhibit::cells`].
    ///
    /// ```
    /// use exhibit::builder::Exhibit;
    /// let table = Exhibit::table(["Region", "Sales"]).cells("North", ["{{ sales[region=north]@2024 }}"]);
    /// assert_ne!(table, Exhibit::table(["Region", "Sales"]));
    /// ```
    #[must_use]
    pub fn table<'a>(head: impl IntoIterator<Item = &'a str>) -> Self {
        let head: Vec<&str> = head.into_iter().collect();
        Self::of_kind("table").set("head", head)
    }

    /// Adds a row of a table: the label, and a cell for each further column. A cell is text, with figures by their addresses.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// let table = Exhibit::table(["Region", "Sales"]).cells("North", ["{{ sales@2024 }}"]);
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", table).to_yaml();
    /// assert!(brief.contains("\"{{ sales@2024 }}\"") && brief.contains("\"label\": \"North\""));
    /// ```
    #[must_use]
    pub fn cells<'a>(mut self, label: &str, cells: impl IntoIterator<Item = &'a str>) -> Self {
        let cells: Vec<&str> = cells.into_iter().collect();
        push(
            &mut self.fields,
            "rows",
            json!({"label": label, "cells": cells}),
        );
        self
    }

    /// The title: the finding, in a sentence.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// let events = Exhibit::timeline(["launch"]).title("The launch came late");
    /// let brief = BriefBuilder::new("Cars", "2024-12-31").exhibit("events", events).to_yaml();
    /// assert!(brief.contains("\"title\": \"The launch came late\""));
    /// ```
    #[must_use]
    pub fn title(self, title: &str) -> Self {
        self.set("title", title)
    }

    /// The subtitle: what is measured, in which unit, for when.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Column).subtitle("Staff at the end of the year");
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").exhibit("staff", chart).to_yaml();
    /// assert!(brief.contains("\"subtitle\": \"Staff at the end of the year\""));
    /// ```
    #[must_use]
    pub fn subtitle(self, subtitle: &str) -> Self {
        self.set("subtitle", subtitle)
    }

    /// Adds a note under the exhibit, behind those that are there.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// let events = Exhibit::timeline(["launch"]).note("Dates are those of the firm.");
    /// let brief = BriefBuilder::new("Cars", "2024-12-31").exhibit("events", events).to_yaml();
    /// assert!(brief.contains("\"Dates are those of the firm.\""));
    /// ```
    #[must_use]
    pub fn note(mut self, note: &str) -> Self {
        push(&mut self.fields, "notes", note.into());
        self
    }

    /// The metric whose facts a chart shows, by id.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Column).of("staff").over("year");
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").exhibit("staff", chart).to_yaml();
    /// assert!(brief.contains("\"of\": \"staff\""));
    /// ```
    #[must_use]
    pub fn of(self, metric: &str) -> Self {
        self.set("of", metric)
    }

    /// The subject of the band axis: a frequency (`year`, `month`, …, as in [`FREQUENCIES`](crate::period::FREQUENCIES)) or a dimension.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Bar).of("sales").over("region");
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", chart).to_yaml();
    /// assert!(brief.contains("\"over\": \"region\""));
    /// ```
    #[must_use]
    pub fn over(self, axis: &str) -> Self {
        self.set("over", axis)
    }

    /// The dimension of the series: each value of the dimension has a series of its own.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Line).of("sales").over("year").by("region");
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", chart).to_yaml();
    /// assert!(brief.contains("\"by\": \"region\""));
    /// ```
    #[must_use]
    pub fn by(self, dimension: &str) -> Self {
        self.set("by", dimension)
    }

    /// Limits the chart to the facts with this value of a dimension.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Column).of("sales").over("year").filter("region", "north");
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", chart).to_yaml();
    /// assert!(brief.contains("\"where\": {") && brief.contains("\"region\": \"north\""));
    /// ```
    #[must_use]
    pub fn filter(mut self, dimension: &str, value: &str) -> Self {
        put_in(&mut self.fields, "where", dimension, value);
        self
    }

    /// Adds a category by its label and the address of its fact.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Bar).row("North", "sales[region=north]@2024");
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", chart).to_yaml();
    /// assert!(brief.contains("\"of\": \"sales[region=north]@2024\""));
    /// ```
    #[must_use]
    pub fn row(mut self, label: &str, address: &str) -> Self {
        push(
            &mut self.fields,
            "rows",
            json!({"label": label, "of": address}),
        );
        self
    }

    /// Adds a line across the plot, such as a target or a forecast: the label, and the address of the fact.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Column).of("staff").over("year").reference("Target", "plan@2025");
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").exhibit("staff", chart).to_yaml();
    /// assert!(brief.contains("\"references\": [") && brief.contains("\"of\": \"plan@2025\""));
    /// ```
    #[must_use]
    pub fn reference(mut self, label: &str, address: &str) -> Self {
        push(
            &mut self.fields,
            "references",
            json!({"label": label, "of": address}),
        );
        self
    }

    /// Sets another key of the kind, such as `in`, `sort`, `emphasis`, `alt`, `slide`, `whole`.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, Exhibit};
    /// use exhibit::facts::ChartKind;
    /// let chart = Exhibit::chart(ChartKind::Column).of("sales").over("year").set("in", "million").set("slide", false);
    /// let brief = BriefBuilder::new("Sales", "2024-12-31").exhibit("sales", chart).to_yaml();
    /// assert!(brief.contains("\"in\": \"million\"") && brief.contains("\"slide\": false"));
    /// ```
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Serialize) -> Self {
        put(&mut self.fields, key, value);
        self
    }
}

/// A brief: title, exhibits and body.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefBuilder {
    fields: Map<String, Json>,
}

impl BriefBuilder {
    /// A brief by its title and its date (`2024-01-31`); the clock is never asked.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// let brief = BriefBuilder::new("Nothing", "2024-01-31").text("No figure.").compile(&DataSet::new());
    /// assert_eq!(brief.facts().unwrap().meta.short_title, "Nothing");
    /// ```
    #[must_use]
    pub fn new(title: impl Into<String>, date: impl Into<String>) -> Self {
        let mut fields = Map::new();
        put(&mut fields, "title", title.into());
        put(&mut fields, "date", date.into());
        put(&mut fields, "data", [DATA_NAME]);
        Self { fields }
    }

    /// Sets another key: subtitle, kicker, short-title, authors, language, keywords, contents, allow-numbers, max-age.
    ///
    /// ```
    /// use exhibit::Language;
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// let brief = BriefBuilder::new("Nichts", "2024-01-31").set("language", "de").text("Keine Zahl.");
    /// let brief = brief.compile(&DataSet::new());
    /// assert_eq!(brief.facts().unwrap().meta.language, Language::German);
    /// ```
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Serialize) -> Self {
        put(&mut self.fields, key, value);
        self
    }

    /// Adds an exhibit by its id, which names the files of the exhibit. [`BriefBuilder::place`] puts the exhibit into the body.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Source};
    /// let data = DataSet::new()
    ///     .source("report", Source::new("Annual report"))
    ///     .event("launch", "2024-03", "The car is launched", "report p. 9");
    /// let events = Exhibit::timeline(["launch"]).title("The launch").subtitle("Events of the year");
    /// let brief = BriefBuilder::new("Cars", "2024-12-31").exhibit("events", events).place("events").compile(&data);
    /// assert!(brief.output_paths().contains("charts/events.svg"));
    /// ```
    #[must_use]
    pub fn exhibit(mut self, id: &str, exhibit: Exhibit) -> Self {
        let kind = json!({exhibit.kind: exhibit.fields});
        put_in(&mut self.fields, "exhibits", id, kind);
        self
    }

    /// Adds a heading to the body.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::facts::Block;
    /// let brief = BriefBuilder::new("Nothing", "2024-01-31").heading("Method").text("None.").compile(&DataSet::new());
    /// let Block::Heading { text, .. } = &brief.facts().unwrap().body[0] else { panic!("a heading") };
    /// assert_eq!(text.text(), "Method");
    /// ```
    #[must_use]
    pub fn heading(self, text: &str) -> Self {
        self.block("heading", text)
    }

    /// Adds paragraphs in Markdown to the body, with figures by their addresses: `{{ staff@2023 }}`.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::facts::Block;
    /// let brief = BriefBuilder::new("Nothing", "2024-01-31").text("*No* figure.").compile(&DataSet::new());
    /// let Block::Paragraph(prose) = &brief.facts().unwrap().body[0] else { panic!("a paragraph") };
    /// assert!(prose.runs[0].emphasis);
    /// assert_eq!(prose.text(), "No figure.");
    /// ```
    #[must_use]
    pub fn text(self, markdown: &str) -> Self {
        self.block("text", markdown)
    }

    /// Places an exhibit, by its id, at the end of the body so far.
    ///
    /// ```
    /// use exhibit::builder::BriefBuilder;
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").text("A chart follows.").place("staff").to_yaml();
    /// assert!(brief.contains("\"exhibit\": \"staff\""));
    /// ```
    #[must_use]
    pub fn place(self, exhibit: &str) -> Self {
        self.block("exhibit", exhibit)
    }

    /// Adds a block of any kind to the body. `content` has the shape that the kind takes in YAML.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::facts::Block;
    /// let callout = serde_json::json!({"title": "Caveat", "text": "No figure."});
    /// let brief = BriefBuilder::new("Nothing", "2024-01-31").block("callout", callout).compile(&DataSet::new());
    /// assert!(matches!(brief.facts().unwrap().body[0], Block::Callout { .. }));
    /// ```
    #[must_use]
    pub fn block(mut self, kind: &str, content: impl Serialize) -> Self {
        let content = serde_json::to_value(content).unwrap_or_default();
        push(&mut self.fields, "body", json!({kind: content}));
        self
    }

    /// The brief as text: JSON, which is YAML too, with a line end. The brief names its data set `data.yaml`.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::{Brief, Memory};
    /// let text = BriefBuilder::new("Nothing", "2024-01-31").text("No figure.").to_yaml();
    /// let files = Memory::from([("data.yaml", DataSet::new().to_yaml())]);
    /// assert!(Brief::from_str("brief.yaml", &text, &files).report().is_empty());
    /// ```
    #[must_use]
    pub fn to_yaml(&self) -> String {
        text_of(&self.fields)
    }

    /// Compiles the brief with its data. The [report](Brief::report) has the findings, each with its place in the texts that
    /// [`BriefBuilder::to_yaml`] and [`DataSet::to_yaml`] give.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// use exhibit::diag::Code;
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").text("The firm has 9,400 people.").compile(&DataSet::new());
    /// let finding = brief.report().findings()[0];
    /// assert_eq!(finding.code, Code::OrphanNumber);
    /// assert_eq!(brief.sources().slice(finding.span.unwrap()), "9,400");
    /// ```
    #[must_use]
    pub fn compile(&self, data: &DataSet) -> Brief {
        let files = Memory::from([(DATA_NAME, data.to_yaml())]);
        Brief::from_str("brief.yaml", &self.to_yaml(), &files)
    }
}
