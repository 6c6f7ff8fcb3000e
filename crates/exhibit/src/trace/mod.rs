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

    /// Says of each fact of the file what the data say of it now, in [`Shown::now`].
    pub fn compare(&mut self, facts: &Facts) {
        compare::compare(self, facts);
    }
}
