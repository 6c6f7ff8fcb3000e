//! Facts and drawn exhibits to a document of pages.
//!
//! Data flows one way. Blocks become fragments, and their nodes join the structure in reading order (`block`, `body`,
//! `sources`, `register`). The flow places the fragments on pages (`flow`), and draws plots lower or higher where a page
//! would be left too empty (`fill`). Page numbers and furniture follow, because
//! only finished pages know them (`furniture`, `compose`). Every step is a function of values, and no step reads a
//! later one.
//!
//! A page has one column of text, flush left and at most as wide as the measure. Exhibits may take the whole text area.
//!
//! Lengths are points, y down. Page indices begin at 0.

mod block;
mod body;
mod compose;
mod fill;
mod flow;
mod fragment;
mod furniture;
pub mod line;
mod region;
mod register;
mod sources;
mod style;
mod tags;

pub use compose::{TooWide, compose, exhibit_height, exhibit_width, exhibit_widths, too_wide};

pub use exhibit_charts::Drawn;
