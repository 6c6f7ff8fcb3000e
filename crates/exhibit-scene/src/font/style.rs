//! How text is set: which face, how large, in which colour. The leaf that frames and fonts both name.

use crate::paint::Color;

/// A face of [`Fonts`](crate::Fonts), by its index from 0. [`Fonts::faces`](crate::Fonts::faces) lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u8);

/// Weight of the strokes, by the numbers of OpenType.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
    /// 700. Chinese is set in 600.
    Bold,
}

/// Style of a text: face, size, colour and features.
///
/// ```
/// use exhibit_scene::{Fonts, TextStyle, Theme, Weight};
/// let style = TextStyle { weight: Weight::Bold, ..Theme::standard().text(8.0) };
/// assert!(Fonts::builtin().width("Total", &style).unwrap() > 16.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Weight of the strokes.
    pub weight: Weight,
    /// Slant. Only regular Latin has a slanted face: bold text and Chinese stay upright.
    pub italic: bool,
    /// Em size in points, above 0.
    pub size: f64,
    /// Colour of the glyphs.
    pub color: Color,
    /// Figures of one width, for columns of numbers.
    pub tabular: bool,
    /// Extra space after each cluster of glyphs, in em. The last cluster has it too, so that widths add up. Below 0 tightens.
    pub tracking: f64,
    /// BCP 47 language of the text (`"en"`, `"de"`, `"zh-Hans"`).
    pub lang: &'static str,
}

/// Vertical metrics of a face, as shares of the em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Top of the line above the baseline.
    pub ascent: f64,
    /// Bottom of the line below the baseline, positive.
    pub descent: f64,
    /// Height of capitals.
    pub cap_height: f64,
    /// Height of an x.
    pub x_height: f64,
}

/// Error: a character that no face has. Text with such a character is never drawn as a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingGlyph(pub char);

impl std::fmt::Display for MissingGlyph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no face has the character {:?} (U+{:04X})",
            self.0,
            u32::from(self.0)
        )
    }
}

impl std::error::Error for MissingGlyph {}
