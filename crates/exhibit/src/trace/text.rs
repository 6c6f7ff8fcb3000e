//! A trace as text for people and as JSON for programs.

use serde_json::json;

use super::shown::{Shown, State, Trace};

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-trace-1";

impl Trace {
    /// True when the data of now say of every fact what the file shows. True, too, before [`Trace::compare`].
    ///
    /// ```
    /// use exhibit::trace::Trace;
    /// use exhibit::{Fonts, Medium};
    /// # use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     let chart = Exhibit::key_figures([("staff@2023", "Staff")]).title("Staff").subtitle("Staff");
    /// #     BriefBuilder::new("Staff", "2024-01-31").exhibit("staff", chart).place("staff").compile(&data)
    /// # };
    /// let svg = edition(9_400).svg("staff", Medium::Page, &Fonts::builtin()).unwrap();
    /// let mut trace = Trace::read(svg.as_bytes()).unwrap();
    /// trace.compare(edition(9_400).facts().unwrap());
    /// assert!(trace.is_current());
    /// trace.compare(edition(9_500).facts().unwrap());
    /// assert!(!trace.is_current());
    /// ```
    #[must_use]
    pub fn is_current(&self) -> bool {
        let mut now = self.shown.iter().filter_map(|shown| shown.now.as_ref());
        now.all(|now| now.state == State::Unchanged)
    }

    /// The JSON form, with a line end: `schema`, `kind`, `title`, `pages` and the `facts`.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Medium, trace::Trace};
    /// let svg = Brief::article().svg("value", Medium::Page, &Fonts::builtin()).unwrap();
    /// let text = Trace::read(svg.as_bytes()).unwrap().json();
    /// let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    /// assert_eq!(json["kind"], "svg");
    /// assert!(json["facts"][0]["address"].as_str().unwrap().starts_with("value_per_vehicle["));
    /// ```
    #[must_use]
    pub fn json(&self) -> String {
        let json = json!({
            "schema": SCHEMA, "kind": self.kind, "title": self.title, "pages": self.pages, "facts": self.shown,
        });
        format!("{json:#}\n")
    }

    /// The trace as text for people: one fact a line, in columns.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Medium, trace::Trace};
    /// let svg = Brief::article().svg("value", Medium::Page, &Fonts::builtin()).unwrap();
    /// let trace = Trace::read(svg.as_bytes()).unwrap();
    /// assert_eq!(trace.text().lines().count(), trace.shown.len());
    /// assert!(trace.text().contains(&trace.shown[0].address));
    /// ```
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

    /// Counts in one line: "3 facts, 1 event on 2 pages: 1 revised, 3 unchanged". The states follow where [`Trace::compare`] was called.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Medium, trace::Trace};
    /// let mut brief = Brief::article();
    /// let svg = brief.svg("value", Medium::Page, &Fonts::builtin()).unwrap();
    /// let mut trace = Trace::read(svg.as_bytes()).unwrap();
    /// assert_eq!(trace.summary(), "2 facts");
    /// trace.compare(brief.facts().unwrap());
    /// assert_eq!(trace.summary(), "2 facts: 2 unchanged");
    /// ```
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
