//! What stands under an exhibit: notes on its marks, and the line of its sources.

use exhibit_facts::chart_spec::{ChartMark, MAX_DOTTED_POINTS};
use exhibit_facts::estimate::Level;
use exhibit_facts::facts::{
    Chart, Content, Datum, Fact, FactId, Origin, Prose, Timeline, TimelineEvent,
};
use exhibit_facts::format::{self, Collation, StatusLook};
use exhibit_facts::language::Language;
use exhibit_facts::period::Extent;
use exhibit_facts::quantity::{Amount, Reading, Shape, Status, Value};

use super::context::Context;

/// A few words on each look of a mark that occurs in the exhibit and that a reader may not know. `None` where none occurs.
pub(super) fn mark_notes(language: Language, content: &Content, facts: &[Fact]) -> Option<Prose> {
    let notes = format::words(language).mark_notes;
    let graphic = matches!(content, Content::Chart(_));
    let data: Vec<&Datum> = content.data().collect();
    let mut lines: Vec<String> = Vec::new();
    let mut add = |wanted: bool, line: &str| {
        if wanted && !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
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
    if let Content::Chart(chart) = content {
        let bounds = Bounds::of(chart.kind.spec().mark, marks());
        add(bounds.open, notes.open);
        add(bounds.more && !bounds.open, notes.lower_bound);
        match (bounds.at_most, bounds.at_least) {
            (true, false) => add(true, notes.upper_bound),
            (false, true) => add(true, notes.hard_lower_bound),
            (true, true) => add(true, notes.hard_bounds),
            (false, false) => {}
        }
        add(
            marks().any(|(shape, _)| matches!(shape, Shape::Range { .. })),
            notes.range,
        );
        if let Some(line) = estimate_note(chart) {
            add(true, &line);
        }
    }
    let about = |datum: &&Datum| matches!(&datum.reading, Reading::Value(value) if value.about);
    // The edge of a line across the plot is never soft.
    let soft = graphic && data[..data.len() - lines_across].iter().any(about);
    add(soft, notes.soft);
    add(!soft && data.iter().any(about), notes.about);
    let rounded = match content {
        Content::Chart(_) => notes.all_rounded,
        Content::Timeline(_) | Content::KeyFigures(_) | Content::Table(_) => notes.rounded,
    };
    add(data.iter().any(|datum| datum.rounded), rounded);
    if let Content::Chart(chart) = content {
        match chart.common_status() {
            Some(Status::Estimated) => add(true, notes.all_estimated),
            Some(Status::Provisional) => add(true, notes.all_provisional),
            _ => (),
        }
        for (status, look, meaning) in [
            (Status::Target, notes.target_look, notes.target),
            (Status::Forecast, notes.forecast_look, notes.forecast),
            (Status::Estimated, notes.estimated_look, notes.estimated),
            (
                Status::Provisional,
                notes.provisional_look,
                notes.provisional,
            ),
        ] {
            if let Some(line) = status_note(chart, status, None, look, meaning) {
                add(true, &line);
            }
        }
    }
    if let Content::Timeline(Timeline { events, .. }) = content {
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
    if let Content::Chart(chart) = content {
        for datum in data.iter().filter(|datum| datum.status == Status::Claimed) {
            let meaning = match &datum.by {
                Some(who) => notes.claimed.replace("{who}", who),
                None => notes
                    .claimed
                    .replace(" ({who})", "")
                    .replace("（{who}）", ""),
            };
            let by = Some(&datum.by);
            let look = notes.claimed_look;
            if let Some(line) = status_note(chart, Status::Claimed, by, look, &meaning) {
                add(true, &line);
            }
        }
    }
    for datum in &data {
        if matches!(datum.reading, Reading::Missing(_)) {
            add(true, &notes.missing.replace("{what}", &datum.forms.label));
        }
    }
    if let Content::Table(table) = content {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        for cell in cells {
            let reading = cell.fact.map(|id| &facts[id.0].reading);
            if let Some(Reading::Missing(reason)) = reading
                && cell.text == format::absence_sign(reason.kind)
            {
                let colon = format::colon(language);
                let words = format::absent(language, reason.kind);
                add(true, &format!("{}{colon}{words}{}", cell.text, notes.stop));
            }
        }
    }
    add(data.iter().any(|datum| datum.conflict), notes.conflict);
    let space = if language == Language::Chinese {
        ""
    } else {
        " "
    };
    (!lines.is_empty()).then(|| Prose::plain(lines.join(space)))
}

/// What the whiskers and bands of a chart are, or that it has none for its estimates. `None` without estimates.
fn estimate_note(chart: &Chart) -> Option<String> {
    let notes = format::words(chart.language).mark_notes;
    let level = |datum: &Datum| match &datum.reading {
        Reading::Value(Value {
            shape: Shape::Estimate { level, .. },
            ..
        }) => Some(level.clone()),
        _ => None,
    };
    let mut levels: Vec<Option<Level>> = Vec::new();
    let (mut whiskers, mut bands) = (false, false);
    for series in &chart.series {
        let found: Vec<Option<Option<Level>>> = series
            .data
            .iter()
            .map(|datum| datum.as_ref().and_then(level))
            .collect();
        for (index, level) in found.iter().enumerate() {
            let Some(level) = level else { continue };
            if !levels.contains(level) {
                levels.push(level.clone());
            }
            let beside = [index.checked_sub(1), Some(index + 1)];
            let joined = beside
                .into_iter()
                .flatten()
                .any(|index| found.get(index).is_some_and(Option::is_some));
            match chart.kind.spec().mark {
                ChartMark::Vertex if joined => bands = true,
                ChartMark::Vertex | ChartMark::Bar | ChartMark::Dot => whiskers = true,
                ChartMark::Part => {}
            }
        }
    }
    let look = match (levels.is_empty(), whiskers, bands) {
        (true, ..) => return None,
        (_, true, true) => notes.whiskers_and_band,
        (_, true, false) => notes.whiskers,
        (_, false, true) => notes.band,
        (_, false, false) => return Some(notes.intervals_not_drawn.to_owned()),
    };
    let what = format::intervals(chart.language, &levels);
    Some(look.replace("{what}", &what))
}

/// How the bounds of a chart are drawn.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    /// Fading upwards from the number.
    more: bool,
    /// Fading downwards, or from zero, where the number is not.
    open: bool,
    /// Pale up to an upper bound.
    at_most: bool,
    /// Pale down to a lower bound, below zero.
    at_least: bool,
}

impl Bounds {
    /// The bounds of some marks, each a shape, and true where its metric may be below zero.
    fn of<'a>(mark: ChartMark, marks: impl Iterator<Item = (&'a Shape, bool)>) -> Self {
        let mut bounds = Self::default();
        for (shape, signed) in marks {
            let negative = shape.amounts().any(Amount::is_negative);
            let zero = shape.amounts().all(Amount::is_zero);
            let positive = !negative && !zero;
            match (shape, mark) {
                // A bar from zero covers what is possible below it.
                (Shape::MoreThan(_) | Shape::AtLeast(_), ChartMark::Bar) if negative => {
                    bounds.at_least = true;
                    bounds.open = true;
                }
                (Shape::MoreThan(_) | Shape::AtLeast(_), _) => bounds.more = true,
                // No part of a whole is below zero.
                (Shape::LessThan(_) | Shape::AtMost(_), ChartMark::Part) => {
                    bounds.at_most |= positive;
                }
                // What may be below zero has no end there; a bar is pale above it, a dot is not.
                (Shape::LessThan(_) | Shape::AtMost(_), ChartMark::Bar) => {
                    bounds.open |= signed || negative;
                    bounds.at_most |= positive;
                }
                (Shape::LessThan(_) | Shape::AtMost(_), ChartMark::Vertex | ChartMark::Dot) => {
                    bounds.open |= signed || negative;
                    bounds.at_most |= positive && !signed;
                }
                (Shape::Exact(_) | Shape::Range { .. } | Shape::Estimate { .. }, _) => {}
            }
        }
        bounds
    }
}

/// What the marks, dots and lines of a status look like in a chart, and what the status means. `by` asks for the status of one speaker
/// alone. `None` where no mark and no line has the status.
fn status_note(
    chart: &Chart,
    status: Status,
    by: Option<&Option<String>>,
    look: StatusLook,
    meaning: &str,
) -> Option<String> {
    let fits = |datum: &Datum| {
        matches!(datum.reading, Reading::Value(_))
            && datum.status == status
            && by.is_none_or(|by| *by == datum.by)
    };
    let known = |datum: &Option<Datum>| matches!(datum, Some(datum) if matches!(datum.reading, Reading::Value(_)));
    let mut line = chart
        .references
        .iter()
        .any(|reference| fits(&reference.datum));
    let (mut mark, mut dot) = (false, false);
    // One note says it for all marks, and they are drawn plain.
    let series = if chart.common_status() == Some(status) {
        &[]
    } else {
        chart.series.as_slice()
    };
    for series in series {
        for (index, datum) in series.data.iter().enumerate() {
            let Some(datum) = datum.as_ref().filter(|datum| fits(datum)) else {
                continue;
            };
            let exact = matches!(&datum.reading, Reading::Value(value) if matches!(value.shape, Shape::Exact(_) | Shape::Estimate { .. }));
            // The segment before a point has the look of the point.
            let before = series.data[..index].iter();
            let joined = before
                .rev()
                .find(|datum| datum.is_some())
                .is_some_and(known);
            match chart.kind.spec().mark {
                ChartMark::Vertex => {
                    line |= joined;
                    // A long line has no dots along it.
                    dot |= exact && (!joined || series.data.len() <= MAX_DOTTED_POINTS);
                    mark |= !exact;
                }
                ChartMark::Dot if exact => dot = true,
                ChartMark::Dot | ChartMark::Bar | ChartMark::Part => mark = true,
            }
        }
    }
    let seen: Vec<String> = [(mark, look.mark), (dot, look.dot), (line, look.line)]
        .into_iter()
        .filter(|(seen, _)| *seen)
        .enumerate()
        .map(|(index, (_, words))| {
            // Only the first begins a sentence. Each begins with an adjective.
            if index == 0 {
                words.to_owned()
            } else {
                lower_first(words)
            }
        })
        .collect();
    let colon = format::colon(chart.language);
    let comma = format::comma(chart.language);
    (!seen.is_empty()).then(|| format!("{}{colon}{meaning}", seen.join(comma)))
}

/// The same words with a small first letter.
fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

/// The line of sources: "Source: Author, Title, §2 ¶5, §3 ¶10; own computation." Empty for an exhibit without facts and events.
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
                            .raw
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
    if let Content::Timeline(Timeline { events, .. }) = content {
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
                // Numbers count as numbers, so that ¶10 comes after ¶9.
                let order = Collation::of(language);
                places.sort_by(|a, b| order.compare(a, b));
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
