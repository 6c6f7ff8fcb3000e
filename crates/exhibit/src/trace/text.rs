//! A trace as text for people and as JSON for programs.

use serde_json::json;

use super::shown::{Shown, State, Trace};

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-trace-1";

impl Trace {
    /// True when the data say of every fact what the file shows, or were not asked.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let mut now = self.shown.iter().filter_map(|shown| shown.now.as_ref());
        now.all(|now| now.state == State::Unchanged)
    }

    /// The JSON form, with a line end: `schema`, `kind`, `title`, `pages` and the `facts`.
    #[must_use]
    pub fn json(&self) -> String {
        let json = json!({
            "schema": SCHEMA, "kind": self.kind, "title": self.title, "pages": self.pages, "facts": self.shown,
        });
        format!("{json:#}\n")
    }

    /// One fact a line, in columns.
    #[must_use]
    pub fn text(&self) -> String {
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
    #[must_use]
    pub fn summary(&self) -> String {
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
        let mut text = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if let Some(pages) = self.pages.and_then(|pages| count(pages, "page")) {
            text.push_str(&format!(" on {pages}"));
        }
        let states = State::ALL.iter().filter_map(|state| {
            let is = |shown: &&Shown| shown.now.as_ref().is_some_and(|now| now.state == *state);
            let count = self.shown.iter().filter(is).count();
            (count > 0).then(|| format!("{count} {}", state.name()))
        });
        let states: Vec<String> = states.collect();
        if !states.is_empty() {
            text.push_str(&format!(": {}", states.join(", ")));
        }
        text
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
                cells.extend(self.in_words.iter().cloned());
                cells.push(list("page", &self.pages));
                cells.push(self.exhibits.join(", "));
            }
            _ => cells.push(self.label.clone().unwrap_or_default()),
        }
        cells.push(match &self.now {
            None => String::new(),
            Some(now) => match &now.display {
                Some(display) if now.state == State::Revised && *display == self.display => {
                    format!("{}: changed before rounding", now.state.name())
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
