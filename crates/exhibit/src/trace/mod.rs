//! The facts that a finished PDF or SVG shows, read from the file alone, and what the data say of them now.
//!
//! Reading order: `shown` (the types), `read` (what a file says of each fact), `compare` (what the data say of it), `text` (both as text and JSON).

mod compare;
mod read;
mod shown;
mod text;

use exhibit_facts::facts::Facts;

pub use shown::{Now, Shown, State, Trace, TraceError};

impl Trace {
    /// Reads a finished file; its first bytes say what it is.
    ///
    /// # Errors
    /// When it is neither a PDF nor an SVG, is damaged, or holds no facts.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Medium, trace::{State, Trace}};
    /// let mut brief = Brief::article();
    /// let svg = brief.svg("deliveries", Medium::Page, &Fonts::builtin()).unwrap();
    /// let mut trace = Trace::read(svg.as_bytes()).unwrap();
    /// trace.compare(brief.facts().unwrap());
    /// assert!(trace.shown.iter().all(|shown| shown.now.as_ref().unwrap().state == State::Unchanged));
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, TraceError> {
        read::read(bytes)
    }

    /// Compares each fact of the file with the data of now, and sets [`Shown::now`].
    ///
    /// ```
    /// use exhibit::trace::{State, Trace};
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
    /// trace.compare(edition(9_500).facts().unwrap());
    /// let now = trace.shown[0].now.as_ref().unwrap();
    /// assert_eq!(now.state, State::Revised);
    /// assert_eq!(now.display.as_deref(), Some("9,500 people"));
    /// ```
    pub fn compare(&mut self, facts: &Facts) {
        compare::compare(self, facts);
    }
}
