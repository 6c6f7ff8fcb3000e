//! Facts and frames into a document of pages.
//!
//! One road: blocks are set into fragments and their nodes added to the structure in reading order (`block`, `body`, `sources`,
//! `register`), fragments are flowed onto pages (`flow`), and what only finished pages know is added last (`furniture`, `compose`).
//! Every step is a function of values; nothing looks back at a step after it.
//!
//! The page is a single column at the left, at most as wide as the measure, in a text area over which exhibits may spread.

mod block;
mod body;
mod compose;
mod flow;
mod furniture;
pub mod line;
mod region;
mod register;
mod sources;
mod style;
mod tags;

pub use compose::{TooWide, compose, exhibit_height, exhibit_width, exhibit_widths, too_wide};

pub use exhibit_charts::Drawn;
