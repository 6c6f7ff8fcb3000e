//! Input and output of line breaking: text runs, lines and their pieces.

use exhibit_scene::{GlyphRun, TextStyle};

/// Text of one style that fills one leaf of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Style of the text. The language of the style selects the hyphenation patterns.
    pub style: TextStyle,
    /// Index of the leaf, counted by the caller.
    pub leaf: usize,
    /// Height above the baseline, in points. No line begins with a raised text run, unless a space stands before it.
    pub rise: f64,
    /// Words that are hyphenated.
    pub hyphens: Hyphens,
}

/// Words of a text run that may be hyphenated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphens {
    /// Any word, where a line gains by it: justified text.
    Any,
    /// Words wider than a line: titles, cells, notes.
    Wide,
    /// No word: addresses.
    Never,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Greatest ascent above the baseline, in points.
    pub ascent: f64,
    /// Greatest descent below the baseline, in points; positive.
    pub descent: f64,
}

/// Neighbouring glyph runs of one leaf on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Index of the leaf.
    pub leaf: usize,
    /// Left edge on the line, in points. Negative where the empty half of a Chinese opening mark hangs out.
    pub x: f64,
    /// Height above the baseline, in points.
    pub rise: f64,
    /// Width in points, without a space at the end of the line.
    pub width: f64,
    /// Glyph runs in reading order, each with the distance from the left edge of the piece in points.
    pub runs: Vec<(f64, GlyphRun)>,
}

impl Line {
    /// Right end of the line, in points from the left edge of the measure.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.pieces
            .last()
            .map_or(0.0, |piece| piece.x + piece.width)
    }

    /// Text of the line, with the space or soft hyphen at its end.
    #[must_use]
    pub fn text(&self) -> String {
        let runs = self.pieces.iter().flat_map(|piece| &piece.runs);
        runs.map(|(_, run)| &*run.text).collect()
    }
}
