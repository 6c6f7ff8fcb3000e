//! Faces and shaped text. Text is shaped once, here; backends receive glyphs and advances.
//!
//! [`Fonts`] holds the faces of a build: Inter for Latin, Greek and Cyrillic, and a cut of Noto Sans SC for Chinese. The
//! face of a character follows from the style, the character and its neighbours (`choose`); a character that no face has
//! is an error, never a box and never another font of the machine.
//!
//! ```
//! use exhibit_scene::{Fonts, Theme};
//! let fonts = Fonts::builtin();
//! let style = Theme::standard().text(8.0);
//! let shaped = fonts.shape("SU7 小米", &style).unwrap();
//! assert_eq!(shaped.runs.len(), 2, "one run of Inter, one of Noto Sans SC");
//! assert!(fonts.shape("\u{1F600}", &style).is_err());
//! ```
//!
//! Reading order: `style`, `face`, `choose`, `plan`, `kerning`, `pairs`, `memory`, `shaped`, `fonts`, `lines`.

mod choose;
mod face;
mod fonts;
mod kerning;
mod lines;
mod memory;
mod pairs;
mod plan;
mod shaped;
pub(crate) mod style;

pub use face::FaceInfo;
pub use fonts::Fonts;
pub use shaped::Shaped;
pub use style::{FaceId, Metrics, MissingGlyph, TextStyle, Weight};
