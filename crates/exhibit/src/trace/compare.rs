//! What a finished file shows against what the data say now.

use std::collections::BTreeMap;

use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Content, Datum, Exhibit, TimelineEvent};
use exhibit_facts::format::unqualified;

use super::read::plain;
use super::shown::{Now, Record, Shown, State, Trace};
use crate::record::{FactRecord, Records};

/// Says of each fact of a file what the data say of it now.
pub(super) fn compare(trace: &mut Trace, facts: &Facts) {
    let rows = Records::of(facts);
    match trace.kind {
        "pdf" => documents(trace, &rows),
        _ => pictures(trace, facts, &rows),
    }
}

/// A document has the rows of its facts, which are compared with those of now.
fn documents(trace: &mut Trace, rows: &Records) {
    let facts: BTreeMap<&str, &FactRecord> = rows
        .facts
        .iter()
        .map(|row| (row.address.as_str(), row))
        .collect();
    for shown in &mut trace.shown {
        let now = match &shown.record {
            Some(Record::Fact(was)) => facts.get(was.address.as_str()).map(|now| Now {
                state: State::of(was.kind(now)),
                display: Some(now.said()),
            }),
            Some(Record::Event(was)) => {
                let now = rows.events.iter().find(|now| now.id == was.id);
                now.map(|now| Now {
                    state: State::of(was.kind(now)),
                    display: Some(now.said()),
                })
            }
            None => None,
        };
        shown.now = Some(now.unwrap_or(Now::GONE));
    }
}

/// A picture has the spoken form of its facts behind the names of their marks, which is compared with every spoken form that the
/// brief has of the fact now: charts say millions where the data say single ones.
fn pictures(trace: &mut Trace, facts: &Facts, rows: &Records) {
    for shown in &mut trace.shown {
        let label = shown.label.clone().unwrap_or_default();
        shown.now = Some(match shown.address.strip_prefix("event:") {
            Some(id) => event(facts, id, &label),
            None => fact(facts, rows, shown, &label),
        });
    }
}

fn fact(facts: &Facts, rows: &Records, shown: &Shown, label: &str) -> Now {
    let Some(row) = rows.facts.iter().find(|row| row.address == shown.address) else {
        return Now::GONE;
    };
    let own = facts
        .fact(&shown.address)
        .map(|fact| fact.forms.spoken.as_str());
    let spoken: Vec<String> = data(facts)
        .filter(|datum| datum.address == shown.address)
        .map(|datum| datum.forms.spoken.as_str())
        .chain(own)
        .map(plain)
        .collect();
    let said = label.rsplit_once(": ").map_or(label, |(_, said)| said);
    let bare = |text: &str| unqualified(facts.meta.language, text);
    let state = if spoken.iter().any(|form| form == said) {
        State::Unchanged
    } else if spoken.iter().any(|form| bare(form) == bare(said)) {
        State::Requalified
    } else {
        State::Revised
    };
    Now {
        state,
        display: Some(row.said()),
    }
}

fn event(facts: &Facts, id: &str, label: &str) -> Now {
    let Some(event) = facts.event(id) else {
        return Now::GONE;
    };
    let dates = timelines(facts)
        .filter(|drawn| drawn.address.strip_prefix("event:") == Some(id))
        .map(|drawn| drawn.date_label.as_str())
        .chain([event.at_text.as_str()]);
    let said: Vec<&str> = dates
        .filter_map(|date| label.strip_prefix(&plain(date))?.strip_prefix(": "))
        .collect();
    let state = if said.is_empty() {
        State::Revised
    } else if said.contains(&plain(&event.label).as_str()) {
        State::Unchanged
    } else {
        State::Requalified
    };
    Now {
        state,
        display: Some(format!("{}: {}", event.at, event.label)),
    }
}

fn timelines(facts: &Facts) -> impl Iterator<Item = &TimelineEvent> {
    facts
        .exhibits
        .iter()
        .flat_map(|exhibit| match &exhibit.content {
            Content::Timeline(events) => events.as_slice(),
            Content::Chart(_) | Content::KeyFigures(_) | Content::Table(_) => &[],
        })
}

/// Everything that the brief's exhibits draw of facts.
fn data(facts: &Facts) -> impl Iterator<Item = &Datum> {
    facts.exhibits.iter().flat_map(drawn)
}

fn drawn(exhibit: &Exhibit) -> Vec<&Datum> {
    match &exhibit.content {
        Content::Chart(chart) => {
            let series = chart
                .series
                .iter()
                .flat_map(|series| series.data.iter().flatten());
            let references = chart.references.iter().map(|reference| &reference.datum);
            series.chain(references).collect()
        }
        Content::KeyFigures(figures) => figures.iter().map(|figure| &figure.datum).collect(),
        Content::Timeline(_) | Content::Table(_) => Vec::new(),
    }
}
