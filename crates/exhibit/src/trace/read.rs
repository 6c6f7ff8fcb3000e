//! What a PDF or a picture says of the facts it shows.

use std::collections::BTreeMap;

use exhibit_core::export;
use exhibit_pdf::{Contents, Spot};
use serde_json::Value as Json;

use super::shown::{Record, Shown, Trace, TraceError};
use crate::record::{EventRecord, FactRecord, RecordOrigin, Records};

/// The attached file that holds the facts.
const FACTS: &str = "facts.json";

/// Reads a finished file; what it is, its first bytes say.
///
/// # Errors
/// When it is neither a PDF nor an SVG, is damaged, or holds no facts.
pub(super) fn read(bytes: &[u8]) -> Result<Trace, TraceError> {
    if bytes.starts_with(b"%PDF-") {
        let contents =
            exhibit_pdf::read(bytes).map_err(|why| TraceError::Unreadable(why.to_string()))?;
        return pdf(&contents);
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with('<') {
        return Err(TraceError::Foreign);
    }
    svg(text)
}

/// The facts of a document, from the list that rides in it, its links and its named places.
fn pdf(contents: &Contents) -> Result<Trace, TraceError> {
    let bytes = contents.files.get(FACTS).ok_or(TraceError::NoFacts(
        "the file has no facts.json, which every PDF of `exhibit build` has",
    ))?;
    let damaged = |why: String| {
        TraceError::Unreadable(format!("the facts.json in the file is damaged ({why})"))
    };
    let json: Json = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
    let schema = json["schema"].as_str().unwrap_or("no form at all");
    if schema != export::SCHEMA {
        let why = format!(
            "the facts.json in the file has the form {schema}, but this program reads {}",
            export::SCHEMA
        );
        return Err(TraceError::Unreadable(why));
    }
    let rows = Records::parse(json).map_err(|why| damaged(why.to_string()))?;
    let mut facts: Vec<&FactRecord> = rows.facts.iter().filter(|row| row.mark.is_some()).collect();
    facts.sort_by_key(|row| row.mark);
    // A link to the row of a series does not tell which of its facts the place shows.
    let mut marks: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for row in &facts {
        *marks.entry(row.mark).or_default() += 1;
    }
    let shared = |row: &FactRecord| marks[&row.mark] > 1;
    let mut shown: Vec<Shown> = facts
        .iter()
        .map(|row| fact(contents, row, shared(row)))
        .collect();
    let events = rows.events.iter().map(|row| event(contents, row));
    shown.extend(events.filter(|event| !event.pages.is_empty()));
    if shown.is_empty() {
        return Err(TraceError::NoFacts(
            "the file shows none of the facts in its facts.json",
        ));
    }
    Ok(Trace {
        kind: "pdf",
        title: contents.title.clone(),
        pages: Some(contents.pages),
        shown,
    })
}

fn fact(contents: &Contents, row: &FactRecord, shared: bool) -> Shown {
    let name = row
        .mark
        .map(|mark| format!("fact-{mark}"))
        .unwrap_or_default();
    let entry = contents.places.get(&name);
    let mut pages = exhibit_pages(contents, &row.exhibits);
    // The register links its entries among themselves; it explains figures and does not show them.
    let register = contents.places.get("fact-1");
    let shows = |at: &Spot| register.is_none_or(|register| at < register);
    let links = contents.links.iter();
    pages.extend(
        links
            .filter(|link| !shared && link.to == name && shows(&link.at))
            .map(|link| link.at.page + 1),
    );
    let origin = match &row.formula {
        Some(formula) => format!("= {formula}"),
        None => place(&row.origin),
    };
    Shown {
        address: row.address.clone(),
        mark: row.mark,
        display: row.display.clone(),
        qualifier: Some(row.qualifier.clone()),
        approximate: Some(row.approximate),
        status: Some(row.status.clone()),
        formula: row.formula.clone(),
        origin: row.origin.clone(),
        pages: sorted(pages),
        entry: entry.map(|at| at.page + 1),
        exhibits: row.exhibits.clone(),
        in_words: [row.qualified(), origin],
        record: Some(Record::Fact(row.clone())),
        ..Shown::default()
    }
}

fn event(contents: &Contents, row: &EventRecord) -> Shown {
    Shown {
        address: row.address(),
        display: format!("{}: {}", row.at, row.label),
        status: Some(row.status.clone()),
        origin: row.origin.clone(),
        pages: sorted(exhibit_pages(contents, &row.exhibits)),
        exhibits: row.exhibits.clone(),
        in_words: [String::new(), place(&row.origin)],
        record: Some(Record::Event(row.clone())),
        ..Shown::default()
    }
}

fn place(origin: &RecordOrigin) -> String {
    let parts = [&origin.source, &origin.place];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ").trim_end().to_owned()
}

/// The pages on which exhibits begin, from 1. An exhibit without a place is not in the document.
fn exhibit_pages(contents: &Contents, exhibits: &[String]) -> Vec<usize> {
    let places = exhibits
        .iter()
        .filter_map(|id| contents.places.get(&format!("exhibit-{id}")));
    places.map(|at| at.page + 1).collect()
}

fn sorted(mut pages: Vec<usize>) -> Vec<usize> {
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// The facts of a picture, from its marks.
fn svg(text: &str) -> Result<Trace, TraceError> {
    let picture = exhibit_svg::read(text).map_err(|why| match why {
        exhibit_svg::Unreadable::Foreign => TraceError::Foreign,
        damaged @ exhibit_svg::Unreadable::Damaged(_) => {
            TraceError::Unreadable(damaged.to_string())
        }
    })?;
    if picture.marks.is_empty() {
        return Err(TraceError::NoFacts(
            "no group of the file has a `data-fact`",
        ));
    }
    let shown = picture.marks.into_iter().map(|mark| Shown {
        address: mark.trace,
        display: plain(&mark.words.join(" ")),
        label: Some(plain(&mark.label)).filter(|label| !label.is_empty()),
        words: mark.words.iter().map(|words| plain(words)).collect(),
        ..Shown::default()
    });
    Ok(Trace {
        kind: "svg",
        title: picture.title,
        pages: None,
        shown: shown.collect(),
    })
}

/// Ties and narrow spaces become plain ones, as in all that is printed for people and programs.
pub(super) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}
