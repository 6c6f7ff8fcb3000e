//! Facts as JSON, CSV and a table for people. What rides in the PDF and what `exhibit facts` prints are the same bytes.

use serde_json::{Map, Value as Json, json};

use crate::facts::{Event, Fact, Facts, Origin};
use crate::format::exact_decimal;
use crate::quantity::{Reading, Shape};

/// The identifier of the JSON form; it changes when a field changes its meaning.
pub const SCHEMA: &str = "exhibit-facts-1";

/// Text for machines: ties and narrow spaces become plain ones.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

/// Which facts and events are exported.
#[derive(Clone, Copy)]
pub struct Selection<'a> {
    /// Facts.
    pub fact: &'a dyn Fn(&Fact) -> bool,
    /// Events.
    pub event: &'a dyn Fn(&Event) -> bool,
}

impl Selection<'_> {
    /// Everything.
    pub const ALL: Selection<'static> = Selection {
        fact: &|_| true,
        event: &|_| true,
    };
}

/// The selected facts and events, and every source, as one JSON value.
///
/// ```
/// use exhibit_core::{article, export};
/// let json = export::json(&article::facts(), export::Selection::ALL);
/// assert_eq!(json["schema"], export::SCHEMA);
/// assert_eq!(json["events"][0]["at"], "2007");
/// ```
#[must_use]
pub fn json(facts: &Facts, selection: Selection<'_>) -> Json {
    let list: Vec<Json> = facts
        .facts
        .iter()
        .filter(|fact| (selection.fact)(fact))
        .map(|fact| fact_json(facts, fact))
        .collect();
    let events: Vec<Json> = facts
        .events
        .iter()
        .filter(|event| (selection.event)(event))
        .map(|event| event_json(facts, event))
        .collect();
    let sources: Vec<Json> = facts
        .sources
        .iter()
        .map(|source| {
            json!({"id": source.id, "title": source.title, "author": source.author, "editor": source.editor, "publisher": source.publisher, "kind": source.kind,
                   "published": source.published, "accessed": source.accessed, "url": source.url, "licence": source.licence, "note": source.note})
        })
        .collect();
    json!({"schema": SCHEMA, "facts": list, "events": events, "sources": sources})
}

/// Qualifier, amount, low and high of a reading, as text.
fn amounts(
    reading: &Reading,
) -> (
    &'static str,
    bool,
    Option<String>,
    Option<String>,
    Option<String>,
) {
    match reading {
        Reading::Missing(_) => ("unknown", false, None, None, None),
        Reading::Value(value) => {
            let text = |amount: &crate::quantity::Amount| Some(exact_decimal(&amount.value));
            match &value.shape {
                Shape::Range { low, high } => ("range", value.about, None, text(low), text(high)),
                Shape::Exact(amount)
                | Shape::MoreThan(amount)
                | Shape::AtLeast(amount)
                | Shape::LessThan(amount)
                | Shape::AtMost(amount) => (
                    value.shape.qualifier(),
                    value.about,
                    text(amount),
                    None,
                    None,
                ),
            }
        }
    }
}

fn fact_json(facts: &Facts, fact: &Fact) -> Json {
    let metric = &facts.metrics[fact.metric.0];
    let (qualifier, approximate, amount, low, high) = amounts(&fact.reading);
    let address = |id: &crate::facts::FactId| Json::from(facts.facts[id.0].address.as_str());
    let (derived, source, place, evidence, formula, inputs) = match &fact.origin {
        Origin::Stated {
            source,
            place,
            evidence,
        } => (
            false,
            Some(facts.sources[source.0].id.as_str()),
            Some(place.as_str()),
            evidence.as_deref(),
            None,
            Vec::new(),
        ),
        Origin::Derived { formula, inputs } => (
            true,
            None,
            None,
            None,
            Some(formula.as_str()),
            inputs.iter().map(address).collect(),
        ),
    };
    let dimensions: Map<String, Json> = fact
        .dimensions
        .iter()
        .map(|(name, value)| (name.clone(), Json::from(value.as_str())))
        .collect();
    let reason = match &fact.reading {
        Reading::Missing(reason) => Some(reason.as_str()),
        Reading::Value(_) => None,
    };
    json!({
        "address": fact.address, "metric": metric.id, "label": metric.label, "at": fact.at.to_string(), "dimensions": dimensions,
        "qualifier": qualifier, "approximate": approximate, "amount": amount, "low": low, "high": high, "unit": metric.unit,
        "display": plain(&fact.forms.label), "sentence": plain(&fact.forms.sentence), "spoken": plain(&fact.forms.spoken),
        "status": fact.status.name(), "by": fact.by, "due": fact.due.as_ref().map(ToString::to_string), "reason": reason,
        "derived": derived, "formula": formula, "inputs": inputs, "origin": {"source": source, "place": place}, "evidence": evidence,
        "note": fact.note, "conflicts": fact.conflicts.iter().map(address).collect::<Vec<_>>(), "preferred": fact.preferred,
    })
}

fn event_json(facts: &Facts, event: &Event) -> Json {
    json!({"id": event.id, "at": event.at.to_string(), "label": event.label, "status": event.status.name(),
           "origin": {"source": facts.sources[event.source.0].id, "place": event.place}, "evidence": event.evidence, "note": event.note})
}

/// Head of the CSV form.
const COLUMNS: [&str; 20] = [
    "address",
    "metric",
    "label",
    "at",
    "dimensions",
    "qualifier",
    "approximate",
    "amount",
    "low",
    "high",
    "unit",
    "display",
    "status",
    "by",
    "due",
    "derived",
    "formula",
    "source",
    "place",
    "note",
];

/// The selected facts as CSV (RFC 4180, UTF-8, line feeds). Events have no row.
///
/// # Panics
/// Never: writing to memory does not fail.
#[must_use]
pub fn csv(facts: &Facts, selection: Selection<'_>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    writer
        .write_record(COLUMNS)
        .expect("memory takes every byte");
    for fact in facts.facts.iter().filter(|fact| (selection.fact)(fact)) {
        let json = fact_json(facts, fact);
        let dimensions: Vec<String> = fact
            .dimensions
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cell = |name: &str| match name {
            "dimensions" => dimensions.join(";"),
            "source" | "place" => json["origin"][name].as_str().unwrap_or_default().to_owned(),
            _ => match &json[name] {
                Json::String(text) => text.clone(),
                Json::Bool(flag) => flag.to_string(),
                _ => String::new(),
            },
        };
        writer
            .write_record(COLUMNS.map(cell))
            .expect("memory takes every byte");
    }
    String::from_utf8(writer.into_inner().expect("memory takes every byte"))
        .expect("all cells are text")
}

/// The selected facts and events, one a line, for people.
#[must_use]
pub fn table(facts: &Facts, selection: Selection<'_>) -> String {
    let rows: Vec<[String; 4]> = facts
        .facts
        .iter()
        .filter(|fact| (selection.fact)(fact))
        .map(|fact| {
            let origin = match &fact.origin {
                Origin::Stated { source, place, .. } => {
                    format!("{} {place}", facts.sources[source.0].id)
                }
                Origin::Derived { formula, .. } => format!("= {formula}"),
            };
            [
                fact.address.clone(),
                plain(&fact.forms.label),
                fact.status.name().to_owned(),
                origin.trim_end().to_owned(),
            ]
        })
        .collect();
    let mut widths = [0; 3];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(widths) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        out.push_str(&row[3]);
        out.push('\n');
    }
    for event in facts.events.iter().filter(|event| (selection.event)(event)) {
        out.push_str(&format!(
            "event:{}  {}  {}\n",
            event.id, event.at, event.label
        ));
    }
    out
}
