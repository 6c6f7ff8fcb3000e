//! `exhibit trace`: the facts that a finished file shows, read from the file alone.
//!
//! Reading order: `show` (what a PDF or a picture says of each fact), `compare` (what the data say of it now).

mod compare;
mod show;

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use crate::args::{TraceArgs, TraceFormat};
use crate::exit::{Exit, Fault};
use crate::input::Input;
use crate::row::{EventRow, Place, Row};
use crate::world::{self, World};
use crate::write;
use compare::{Now, State};

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-trace-1";

/// What a finished file shows.
#[derive(Clone, Debug, PartialEq)]
struct Trace {
    /// `"pdf"` or `"svg"`.
    kind: &'static str,
    /// The document's or picture's title.
    title: String,
    /// How many pages it has; a picture has none.
    pages: Option<usize>,
    /// Facts in the order of their marks, then events; in a picture, in the order of drawing.
    shown: Vec<Shown>,
}

/// A fact or event as a finished file shows it. What the file does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Shown {
    /// Its address; `event:id` for an event.
    address: String,
    /// Its number in the register of a PDF.
    mark: Option<usize>,
    /// The printed form.
    display: String,
    /// `exact`, `more_than` and so on.
    qualifier: Option<String>,
    /// Said with "about".
    approximate: Option<bool>,
    /// How far it is from being known.
    status: Option<String>,
    /// How it was computed.
    formula: Option<String>,
    /// Who says it, and where.
    origin: Place,
    /// Pages that show it, from 1.
    pages: Vec<usize>,
    /// The page of its entry in the register, from 1.
    entry: Option<usize>,
    /// Exhibits that show it.
    exhibits: Vec<String>,
    /// What a screen reader says of its mark in a picture.
    label: Option<String>,
    /// The words that are drawn in its mark in a picture, a line each.
    words: Vec<String>,
    /// What the data say now, where they were given.
    now: Option<Now>,
    /// The qualifier and the origin in words, for people.
    #[serde(skip)]
    said: [String; 2],
    /// What a PDF says of it.
    #[serde(skip)]
    record: Option<Record>,
}

/// What a PDF says of a fact or an event, to the field.
#[derive(Clone, Debug, PartialEq)]
enum Record {
    Fact(Row),
    Event(EventRow),
}

/// Lists the facts of a file, and compares them with the data if they are given.
///
/// # Errors
/// When the file cannot be read, or shows no facts that can be read from it.
pub(super) fn run(args: &TraceArgs, world: &World) -> Result<Exit, Fault> {
    let path = &args.file;
    let bytes = world::input(path).map_err(|why| unreadable(path, &why))?;
    let mut trace = show::read(path, &bytes)?;
    if let Some(brief) = &args.data {
        let input = Input::read(Some(brief))?;
        let facts = match input.facts(
            world,
            false,
            "nothing is compared without mending these first",
        ) {
            Ok(facts) => facts,
            Err(exit) => return Ok(exit),
        };
        compare::compare(&mut trace, facts);
    }
    write::data(&match args.format {
        TraceFormat::Text => trace.text(),
        TraceFormat::Json => format!(
            "{:#}\n",
            json!({
                "schema": SCHEMA, "kind": trace.kind, "title": trace.title, "pages": trace.pages, "facts": trace.shown,
            })
        ),
    })?;
    write::talk(&format!("{}: {}\n", path.display(), trace.closing()));
    let differs = |shown: &Shown| {
        shown
            .now
            .as_ref()
            .is_some_and(|now| now.state != State::Unchanged)
    };
    Ok(if trace.shown.iter().any(differs) {
        Exit::Findings
    } else {
        Exit::Done
    })
}

fn unreadable(path: &Path, why: &str) -> Fault {
    Fault::World(format!("{} cannot be read: {why}", path.display()))
}

impl Trace {
    /// One fact a line, in columns.
    fn text(&self) -> String {
        let rows: Vec<Vec<String>> = self
            .shown
            .iter()
            .map(|shown| shown.cells(self.kind))
            .collect();
        let columns = rows.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                rows.iter()
                    .map(|row| row[column].chars().count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let mut out = String::new();
        for row in &rows {
            let mut line = String::new();
            // A column that says nothing at all takes no room.
            for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// "3 facts, 1 event on 2 pages: 1 revised, 3 unchanged".
    fn closing(&self) -> String {
        let count = |count: usize, word: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{count} {word}s")),
        };
        let is_event = |shown: &&Shown| shown.address.starts_with("event:");
        let events = self.shown.iter().filter(is_event).count();
        let counts = [
            count(self.shown.len() - events, "fact"),
            count(events, "event"),
        ];
        let mut said = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if let Some(pages) = self.pages.and_then(|pages| count(pages, "page")) {
            said.push_str(&format!(" on {pages}"));
        }
        let states = State::ALL.iter().filter_map(|state| {
            let is = |shown: &&Shown| shown.now.as_ref().is_some_and(|now| now.state == *state);
            let count = self.shown.iter().filter(is).count();
            (count > 0).then(|| format!("{count} {}", state.name()))
        });
        let states: Vec<String> = states.collect();
        if !states.is_empty() {
            said.push_str(&format!(": {}", states.join(", ")));
        }
        said
    }
}

impl Shown {
    fn cells(&self, kind: &str) -> Vec<String> {
        let list = |word: &str, numbers: &[usize]| {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            match numbers.len() {
                0 => String::new(),
                1 => format!("{word} {}", numbers[0]),
                _ => format!("{word}s {}", numbers.join(", ")),
            }
        };
        let mut cells = vec![
            self.mark.map(|mark| mark.to_string()).unwrap_or_default(),
            self.address.clone(),
            self.display.clone(),
        ];
        match kind {
            "pdf" => {
                cells.extend(self.said.iter().cloned());
                cells.push(list("page", &self.pages));
                cells.push(self.exhibits.join(", "));
            }
            _ => cells.push(self.label.clone().unwrap_or_default()),
        }
        cells.push(match &self.now {
            None => String::new(),
            Some(now) => match &now.display {
                Some(display) if now.state == State::Revised && *display == self.display => {
                    format!("{}: otherwise before rounding", now.state.name())
                }
                Some(display) if now.state != State::Unchanged => {
                    format!("{}: {display}", now.state.name())
                }
                _ => now.state.name().to_owned(),
            },
        });
        cells
    }
}
