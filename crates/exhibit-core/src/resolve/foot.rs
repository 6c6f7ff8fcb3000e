//! What stands under an exhibit: words on the marks that occur, and where its figures come from.

use super::Context;
use super::exhibit::data;
use crate::facts::{Content, FactId, Origin, Prose, TimelineEvent};
use crate::format::{self, Language};
use crate::period::Extent;
use crate::quantity::{Amount, Reading, Shape, Status};

/// A few words on each kind of mark that occurs and a reader may not know.
pub(super) fn mark_notes(language: Language, content: &Content) -> Option<Prose> {
    let notes = format::words(language).mark_notes;
    let graphic = matches!(content, Content::Chart(_));
    let data = data(content);
    let mut lines: Vec<String> = Vec::new();
    let mut add = |wanted: bool, line: &str| {
        if wanted && !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    };
    let values = || {
        data.iter().filter_map(|datum| match &datum.reading {
            Reading::Value(value) => Some(value),
            Reading::Missing(_) => None,
        })
    };
    // A line across the plot says its bound by its number's sign alone.
    let lines_across = match content {
        Content::Chart(chart) => chart.references.len(),
        Content::Timeline(_) | Content::KeyFigures(_) | Content::Table(_) => 0,
    };
    let marks = || {
        data[..data.len() - lines_across]
            .iter()
            .filter_map(|datum| match &datum.reading {
                Reading::Value(value) => Some((&value.shape, datum.signed)),
                Reading::Missing(_) => None,
            })
    };
    if graphic {
        let lower = |shape: &Shape| matches!(shape, Shape::MoreThan(_) | Shape::AtLeast(_));
        let upper = |shape: &Shape| matches!(shape, Shape::LessThan(_) | Shape::AtMost(_));
        let negative = |shape: &Shape| shape.amounts().any(Amount::is_negative);
        // What may be below zero has no end there.
        let down = marks().any(|(shape, signed)| upper(shape) && (signed || negative(shape)));
        add(down, notes.open);
        add(
            !down && marks().any(|(shape, _)| lower(shape)),
            notes.lower_bound,
        );
        add(
            marks().any(|(shape, _)| upper(shape) && !negative(shape)),
            notes.upper_bound,
        );
        add(
            marks().any(|(shape, _)| matches!(shape, Shape::Range { .. })),
            notes.range,
        );
    }
    add(
        values().any(|value| value.about),
        if graphic { notes.soft } else { notes.about },
    );
    add(data.iter().any(|datum| datum.rounded), notes.rounded);
    for (status, line) in [
        (Status::Target, notes.target),
        (Status::Forecast, notes.forecast),
        (Status::Estimated, notes.estimated),
        (Status::Provisional, notes.provisional),
    ] {
        add(
            graphic && data.iter().any(|datum| datum.status == status),
            line,
        );
    }
    if let Content::Timeline(events) = content {
        let day = |event: &TimelineEvent| {
            event.days.1 - event.days.0 < 32 || matches!(event.at.extent, Extent::Span(..))
        };
        add(!events.iter().all(day), notes.within);
        let happened = |event: &TimelineEvent| {
            matches!(
                event.status,
                Status::Actual | Status::Estimated | Status::Provisional
            )
        };
        add(!events.iter().all(happened), notes.expected);
    }
    for datum in data
        .iter()
        .filter(|datum| graphic && datum.status == Status::Claimed)
    {
        let line = match &datum.by {
            Some(who) => notes.claimed.replace("{who}", who),
            None => notes
                .claimed
                .replace(" ({who})", "")
                .replace("（{who}）", ""),
        };
        add(true, &line);
    }
    add(
        data.iter()
            .any(|datum| matches!(datum.reading, Reading::Missing(_))),
        notes.missing,
    );
    add(data.iter().any(|datum| datum.conflict), notes.conflict);
    let space = if language == Language::Chinese {
        ""
    } else {
        " "
    };
    (!lines.is_empty()).then(|| Prose::plain(lines.join(space)))
}

/// Places as a reader meets them: numbers in them count as numbers, so that ¶10 comes after ¶9.
fn reading_order(place: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = place;
    while let Some(ch) = rest.chars().next() {
        let digits = rest
            .find(|ch: char| !ch.is_ascii_digit())
            .unwrap_or(rest.len());
        if digits > 0 {
            let number = rest[..digits].parse().unwrap_or(u64::MAX);
            parts.push((std::mem::take(&mut words), number));
            rest = &rest[digits..];
        } else {
            words.push(ch);
            rest = &rest[ch.len_utf8()..];
        }
    }
    parts.push((words, 0));
    parts
}

/// "Source: Author, Title, §2 ¶5, §3 ¶10; own computation."
pub(super) fn source_line(context: &Context<'_>, facts: &[FactId], content: &Content) -> String {
    let store = &context.store;
    let language = store.language;
    let mut places: Vec<(usize, Vec<String>)> = Vec::new();
    let mut add = |source: usize, place: &str| {
        let entry = match places.iter().position(|(known, _)| *known == source) {
            Some(index) => &mut places[index].1,
            None => {
                places.push((source, Vec::new()));
                &mut places.last_mut().expect("just added").1
            }
        };
        if !place.is_empty() && !entry.iter().any(|known| known == place) {
            entry.push(place.to_owned());
        }
    };
    let mut computed = false;
    let mut open: Vec<FactId> = facts.iter().rev().copied().collect();
    let mut seen: Vec<FactId> = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match &store.fact(id).origin {
            Origin::Stated { source, place, .. } => {
                // Which row of a table it was, the register says; under a chart it would be a list of numbers.
                match &store.entry_of(id).model.table {
                    Some(table) => add(
                        source.0,
                        table
                            .from
                            .said
                            .trim()
                            .split_once(char::is_whitespace)
                            .map_or("", |(_, place)| place.trim()),
                    ),
                    None => add(source.0, place),
                }
            }
            Origin::Derived { inputs, .. } => {
                computed = true;
                open.extend(inputs.iter().rev());
            }
        }
    }
    if let Content::Timeline(events) = content {
        for shown in events {
            if let Some(event) = store
                .events
                .iter()
                .find(|event| shown.address == format!("event:{}", event.id))
            {
                add(event.source.0, &event.place);
            }
        }
    }
    let words = format::words(language);
    let comma = format::comma(language);
    let mut parts: Vec<String> = places
        .iter()
        .map(|(source, places)| {
            let source = &store.sources[*source];
            let who = source.author.as_ref().or(source.publisher.as_ref());
            let mut parts: Vec<String> = who.into_iter().cloned().collect();
            parts.push(if language == Language::Chinese {
                format!("《{}》", source.title)
            } else {
                source.title.clone()
            });
            // A long list of places says no more than the register does.
            if places.len() <= 6 {
                let mut places = places.clone();
                places.sort_by_key(|place| reading_order(place));
                parts.extend(places);
            }
            parts.join(comma)
        })
        .collect();
    if computed {
        parts.push(words.computed.to_owned());
    }
    let colon = format::colon(language);
    if parts.is_empty() {
        String::new()
    } else {
        format!(
            "{}{colon}{}",
            words.source,
            parts.join(if language == Language::Chinese {
                "；"
            } else {
                "; "
            })
        )
    }
}
