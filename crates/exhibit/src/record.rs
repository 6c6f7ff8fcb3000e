//! A fact and an event as JSON has them: in facts.json of a PDF, or in a manifest.

use std::fmt;

use exhibit_core::diff::Kind;
use exhibit_core::export;
use exhibit_facts::facts::Facts;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct FactRecord {
    /// Its address.
    pub address: String,
    /// As printed on a mark.
    pub display: String,
    /// How the amount is qualified: `exact`, `more_than` and so on.
    pub qualifier: String,
    /// Said with "about".
    pub approximate: bool,
    amount: Option<String>,
    low: Option<String>,
    high: Option<String>,
    #[serde(default)]
    level: Option<String>,
    unit: String,
    reason: Option<String>,
    /// How far it is from being known.
    pub status: String,
    /// It was computed.
    pub derived: bool,
    /// How.
    pub formula: Option<String>,
    /// Who says it, and where.
    #[serde(default)]
    pub origin: RecordOrigin,
    /// Its number in the register.
    pub mark: Option<usize>,
    /// The exhibits that show it.
    #[serde(default)]
    pub exhibits: Vec<String>,
}

/// A source and the place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct RecordOrigin {
    /// The source's id.
    pub source: Option<String>,
    /// The place in it.
    pub place: Option<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct EventRecord {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// What.
    pub label: String,
    /// Happened, or to happen.
    pub status: String,
    /// Who says so, and where.
    #[serde(default)]
    pub origin: RecordOrigin,
    /// The timelines that show it.
    #[serde(default)]
    pub exhibits: Vec<String>,
}

/// Why JSON holds no records. [`Display`](fmt::Display) gives the words of the JSON reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError(String);

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RecordError {}

/// Facts and events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Records {
    /// Facts, in the order of the data.
    #[serde(default)]
    pub facts: Vec<FactRecord>,
    /// Events, in the order of the data.
    #[serde(default)]
    pub events: Vec<EventRecord>,
}

impl Records {
    /// Records of a compiled brief.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// let brief = exhibit::Brief::article();
    /// let records = Records::of(brief.facts().unwrap());
    /// let deliveries = records.facts.iter().find(|record| record.address == "deliveries@2024-06").unwrap();
    /// assert_eq!(deliveries.display, "> 10,000 vehicles");
    /// ```
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let all = export::Selection::ALL;
        Self {
            facts: export::records(facts, all).map(FactRecord::from).collect(),
            events: export::event_records(facts, all)
                .map(EventRecord::from)
                .collect(),
        }
    }

    /// Records of a JSON object with `facts` and `events`: facts.json of a PDF, or a manifest.
    ///
    /// # Errors
    /// [`RecordError`] where a field is missing or has another type.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// assert_eq!(Records::parse(serde_json::json!({"facts": []})), Ok(Records::default()));
    /// assert!(Records::parse(serde_json::json!({"facts": [1]})).is_err());
    /// ```
    pub fn parse(json: Json) -> Result<Self, RecordError> {
        serde_json::from_value(json).map_err(|error| RecordError(error.to_string()))
    }
}

impl From<export::OriginRecord<'_>> for RecordOrigin {
    fn from(origin: export::OriginRecord<'_>) -> Self {
        Self {
            source: origin.source.map(str::to_owned),
            place: origin.place.map(str::to_owned),
        }
    }
}

impl From<export::FactRecord<'_>> for FactRecord {
    fn from(fact: export::FactRecord<'_>) -> Self {
        Self {
            address: fact.address.to_owned(),
            display: fact.display.into_owned(),
            qualifier: fact.qualifier.to_owned(),
            approximate: fact.approximate,
            amount: fact.amount,
            low: fact.low,
            high: fact.high,
            level: fact.level,
            unit: fact.unit.to_owned(),
            reason: fact.reason,
            status: fact.status.to_owned(),
            derived: fact.derived,
            formula: fact.formula.map(str::to_owned),
            origin: fact.origin.into(),
            mark: fact.mark,
            exhibits: fact.exhibits.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl From<export::EventRecord<'_>> for EventRecord {
    fn from(event: export::EventRecord<'_>) -> Self {
        Self {
            id: event.id.to_owned(),
            at: event.at,
            label: event.label.to_owned(),
            status: event.status.to_owned(),
            origin: event.origin.into(),
            exhibits: event.exhibits.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl FactRecord {
    /// The change of this fact in another edition, by the rules of [`exhibit_core::diff`], as far as JSON tells.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let record = |staff| Records::of(edition(staff).facts().unwrap()).facts.remove(0);
    /// assert_eq!(record(9_400).kind(&record(9_500)).name(), "revised");
    /// assert_eq!(record(9_400).kind(&record(9_400)).name(), "unchanged");
    /// ```
    pub fn kind(&self, now: &Self) -> Kind {
        let amounts = |row: &Self| -> Vec<String> {
            let amounts = [&row.amount, &row.low, &row.high];
            amounts.into_iter().flatten().cloned().collect()
        };
        let known = |row: &Self| row.qualifier != "unknown";
        if known(self) && known(now) && (amounts(self) != amounts(now) || self.unit != now.unit) {
            return Kind::Revised;
        }
        let qualified = |row: &Self| {
            (
                row.qualifier.clone(),
                row.approximate,
                row.status.clone(),
                row.reason.clone(),
                row.display.clone(),
                row.level.clone(),
            )
        };
        if qualified(self) == qualified(now) {
            Kind::Unchanged
        } else {
            Kind::Requalified
        }
    }

    /// The printed form, and the status in brackets where the fact did not happen.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let mut record = Records::of(edition(9_400).facts().unwrap()).facts.remove(0);
    /// assert_eq!(record.display(), "9,400 people");
    /// record.status = "forecast".into();
    /// assert_eq!(record.display(), "9,400 people (forecast)");
    /// ```
    pub fn display(&self) -> String {
        let mut display = self.display.clone();
        // Of an estimate the interval may be all that changed.
        if let ("estimate", Some(low), Some(high)) =
            (self.qualifier.as_str(), &self.low, &self.high)
        {
            display = format!("{display} ({low} to {high})");
        }
        match self.status.as_str() {
            "actual" => display,
            status => format!("{display} ({status})"),
        }
    }

    /// The qualifier in words: "more than", "about, less than".
    ///
    /// ```
    /// use exhibit::record::Records;
    /// let brief = exhibit::Brief::article();
    /// let mut records = Records::of(brief.facts().unwrap()).facts;
    /// let deliveries = records.iter_mut().find(|record| record.address == "deliveries@2024-06").unwrap();
    /// assert_eq!(deliveries.qualified(), "more than");
    /// deliveries.approximate = true;
    /// assert_eq!(deliveries.qualified(), "about, more than");
    /// ```
    pub fn qualified(&self) -> String {
        let shape = self.qualifier.replace('_', " ");
        match (self.approximate, shape.as_str()) {
            (false, _) => shape,
            (true, "exact") => "about".to_owned(),
            (true, _) => format!("about, {shape}"),
        }
    }
}

impl EventRecord {
    /// The event's address.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// let records = Records::of(exhibit::Brief::article().facts().unwrap());
    /// assert_eq!(records.events[0].address(), "event:windfall");
    /// ```
    pub fn address(&self) -> String {
        format!("event:{}", self.id)
    }

    /// The change of this event in another edition: revised where the date is another one, requalified where the status or the label is.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// let event = Records::of(exhibit::Brief::article().facts().unwrap()).events.remove(0);
    /// let mut now = event.clone();
    /// assert_eq!(event.kind(&now).name(), "unchanged");
    /// now.status = "claimed".into();
    /// assert_eq!(event.kind(&now).name(), "requalified");
    /// now.at = "2008".into();
    /// assert_eq!(event.kind(&now).name(), "revised");
    /// ```
    pub fn kind(&self, now: &Self) -> Kind {
        if self.at != now.at {
            Kind::Revised
        } else if self.status != now.status || self.label != now.label {
            Kind::Requalified
        } else {
            Kind::Unchanged
        }
    }

    /// Date and label, and the status in brackets where the event did not happen.
    ///
    /// ```
    /// use exhibit::record::Records;
    /// let mut event = Records::of(exhibit::Brief::article().facts().unwrap()).events.remove(0);
    /// event.label = "The origin".into();
    /// assert_eq!(event.display(), "2007: The origin");
    /// event.status = "target".into();
    /// assert_eq!(event.display(), "2007: The origin (target)");
    /// ```
    pub fn display(&self) -> String {
        match self.status.as_str() {
            "actual" => format!("{}: {}", self.at, self.label),
            status => format!("{}: {} ({status})", self.at, self.label),
        }
    }
}
