//! A fact and an event as JSON has them: in facts.json of a PDF, or in a manifest.

use exhibit_core::diff::Kind;
use exhibit_core::export;
use exhibit_facts::facts::Facts;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    /// Those of a compiled brief.
    pub fn of(facts: &Facts) -> Self {
        Self::parse(export::json(facts, export::Selection::ALL))
            .expect("what core exports has the fields of a record")
    }

    /// Those of a JSON object with `facts` and `events`.
    ///
    /// # Errors
    /// What does not fit, in the words of the JSON reader.
    pub fn parse(json: Json) -> Result<Self, String> {
        serde_json::from_value(json).map_err(|error| error.to_string())
    }
}

impl FactRecord {
    /// What became of this fact in another edition: the rules of [`exhibit_core::diff`], as far as JSON tells.
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
            )
        };
        if qualified(self) == qualified(now) {
            Kind::Unchanged
        } else {
            Kind::Requalified
        }
    }

    /// The printed form, and the status where the figure is not an actual one.
    pub fn display(&self) -> String {
        match self.status.as_str() {
            "actual" => self.display.clone(),
            status => format!("{} ({status})", self.display),
        }
    }

    /// The qualifier in words: "more than", "about, less than".
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
    /// Its address.
    pub fn address(&self) -> String {
        format!("event:{}", self.id)
    }

    /// What became of this event in another edition.
    pub fn kind(&self, now: &Self) -> Kind {
        if self.at != now.at {
            Kind::Revised
        } else if self.status != now.status || self.label != now.label {
            Kind::Requalified
        } else {
            Kind::Unchanged
        }
    }

    /// The date and the label, and the status where the event is not an actual one.
    pub fn display(&self) -> String {
        match self.status.as_str() {
            "actual" => format!("{}: {}", self.at, self.label),
            status => format!("{}: {} ({status})", self.at, self.label),
        }
    }
}
