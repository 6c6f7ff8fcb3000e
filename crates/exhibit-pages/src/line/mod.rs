//! Line breaking of a paragraph: total fit, justified or ragged, in English, German and Chinese.
//!
//! [`break_lines`] takes text runs and returns lines of glyph runs. The module knows nothing of prose, pages or structure: a
//! text run carries the index of a leaf, and a line groups its glyph runs by that index. Leading, widows and orphans are
//! matters of the flow.
//!
//! Guarantees:
//! - White space collapses to single spaces, and none remains at either end of the paragraph. U+2028 forces a line end.
//! - No line is wider than `width`, except a line of one unbreakable word. A justified line, unless it is the last, ends
//!   exactly at `width`. A paragraph whose spaces would double for that, beside a long address for instance, is ragged.
//! - The space at the end of a line stays in its glyph run, as a glyph without advance. The hyphen of a broken word is a
//!   glyph run of its own with the text U+00AD. Copied text therefore keeps its words.
//! - Hyphenation is the second choice, tried when a paragraph does not fit without it. No name and no number is
//!   hyphenated. A word wider than the line is hyphenated in any case. [`Hyphens`] narrows the choice.
//! - Sums of lengths are integers in 1/65536 pt, so that every platform rounds alike.
//!
//! ```
//! use exhibit_pages::line::{Hyphens, Line, TextRun, break_lines};
//! use exhibit_scene::{Fonts, Theme};
//! let style = Theme::standard().text(9.6);
//! let text = "Deliveries passed 10,000 a month in June and July.".to_owned();
//! let text_run = TextRun { text, style, leaf: 0, rise: 0.0, hyphens: Hyphens::Any };
//! let lines = break_lines(&Fonts::builtin(), &[text_run], 120.0, false).unwrap();
//! assert!(lines.len() > 1 && lines.iter().all(|line| line.width() <= 120.0));
//! assert_eq!(lines.iter().map(Line::text).collect::<String>(), "Deliveries passed 10,000 a month in June and July.");
//! ```
//!
//! Reading order: `text`, `breaking`, `paragraph`, `han`, `breakpoints`, `fit`, `build`, `length`.

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
pub(crate) use breakpoints::{emergency_hyphens, word_around};
pub use text::{Hyphens, Line, Piece, TextRun};
