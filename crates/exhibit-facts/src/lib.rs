//! Qualified values, units, periods, exact arithmetic, printed forms and resolved facts: the vocabulary of Exhibit.
//!
//! No YAML, no file, no geometry. The reading order goes from the small to the large.

pub mod address;
pub mod arithmetic;
pub mod facts;
pub mod format;
pub mod formula;
pub mod language;
pub mod number;
pub mod period;
pub mod quantity;
pub mod rounding;
pub mod span;
pub mod unit;

pub use language::Language;
pub use span::Span;
