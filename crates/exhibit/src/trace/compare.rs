//! What a finished file shows against what the data say now.

use std::collections::BTreeMap;

use exhibit_facts::facts::{Facts, Shown as Drawn};
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
                display: Some(now.display()),
            }),
            Some(Record::Event(was)) => {
                let now = rows.events.iter().find(|now| now.id == was.id);
                now.map(|now| Now {
                    state: State::of(was.kind(now)),
                    display: Some(now.display()),
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
    let drawn = drawn(facts).filter_map(|drawn| match drawn {
        Drawn::Datum(datum) if datum.address == shown.address => Some(datum.forms.spoken.as_str()),
        Drawn::Datum(_) | Drawn::Event(_) | Drawn::Cell(_) => None,
    });
    let spoken: Vec<String> = drawn.chain(own).map(plain).collect();
    let printed = label
        .rsplit_once(": ")
        .map_or(label, |(_, printed)| printed);
    let bare = |text: &str| unqualified(facts.meta.language, text);
    let state = if spoken.iter().any(|form| form == printed) {
        State::Unchanged
    } else if spoken.iter().any(|form| bare(form) == bare(printed)) {
        State::Requalified
    } else {
        State::Revised
    };
    Now {
        state,
        display: Some(row.display()),
    }
}

fn event(facts: &Facts, id: &str, label: &str) -> Now {
    let Some(event) = facts.event(id) else {
        return Now::GONE;
    };
    let drawn = drawn(facts).filter_map(|drawn| match drawn {
        Drawn::Event(shown) if shown.address.strip_prefix("event:") == Some(id) => {
            Some(shown.date_label.as_str())
        }
        Drawn::Datum(_) | Drawn::Event(_) | Drawn::Cell(_) => None,
    });
    let dates = drawn.chain([event.at_text.as_str()]);
    let printed: Vec<&str> = dates
        .filter_map(|date| label.strip_prefix(&plain(date))?.strip_prefix(": "))
        .collect();
    let state = if printed.is_empty() {
        State::Revised
    } else if printed.contains(&plain(&event.label).as_str()) {
        State::Unchanged
    } else {
        State::Requalified
    };
    Now {
        state,
        display: Some(format!("{}: {}", event.at, event.label)),
    }
}

/// Everything that the brief's exhibits draw of the data.
fn drawn(facts: &Facts) -> impl Iterator<Item = Drawn<'_>> {
    facts
        .exhibits
        .iter()
        .flat_map(|exhibit| exhibit.content.shown())
}
