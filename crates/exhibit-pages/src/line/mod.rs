//! A paragraph into lines: total fit, justified or ragged, in English, German and Chinese.
//!
//! [`break_lines`] takes text runs of styled text and gives lines of shaped runs. It knows nothing of prose, pages or structure:
//! a text run carries the caller's index of a leaf, and each line gives its runs back grouped by it. Leading, widows and
//! orphans are the flow's business.
//!
//! What a caller can rely on:
//! - White space is collapsed to single spaces, and dropped at both ends of the paragraph; U+2028 forces a line end.
//! - No line is wider than `width`, unless one unbreakable word is. Justified lines end exactly at it, except the last; a paragraph
//!   in which spaces would be twice as wide for it, beside a long address for instance, is ragged.
//! - The space at a line's end stays in its run as a glyph without advance, and a hyphen that breaks a word is a run of
//!   its own with the text U+00AD: what a reader copies keeps its words.
//! - A word is hyphenated only where the paragraph does not fit otherwise; never a name, a number or a text run that is [`TextRun::no_hyphens`].
//! - Lengths are counted in 1/65536 pt, so that no platform rounds differently.
//!
//! ```
//! use exhibit_pages::line::{Line, TextRun, break_lines};
//! use exhibit_scene::{Fonts, Theme};
//! let style = Theme::standard().text(9.6);
//! let text = "Deliveries passed 10,000 a month in June and July.".to_owned();
//! let text_run = TextRun { text, style, leaf: 0, rise: 0.0, no_hyphens: false };
//! let lines = break_lines(&Fonts::builtin(), &[text_run], 120.0, false).unwrap();
//! assert!(lines.len() > 1 && lines.iter().all(|line| line.width() <= 120.0));
//! assert_eq!(lines.iter().map(Line::text).collect::<String>(), "Deliveries passed 10,000 a month in June and July.");
//! ```
//!
//! Reading order: `text`, `breaking`, `paragraph`, `han`, `breakpoints`, `fit`, `build`; `length` below all of them.

mod breaking;
mod breakpoints;
mod build;
mod fit;
mod han;
mod length;
mod paragraph;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use breaking::balance;
pub use breaking::{break_lines, min_justified_width};
pub use text::{Line, Piece, TextRun};
