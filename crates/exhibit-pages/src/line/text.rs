//! What a paragraph is made of, and the lines it becomes.

use exhibit_scene::{GlyphRun, TextStyle};

/// A text run of text of one style and one leaf of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// What it says.
    pub text: String,
    /// How it is set. Its language decides the hyphens.
    pub style: TextStyle,
    /// The leaf it fills, by the caller's count.
    pub leaf: usize,
    /// How far it is raised above the baseline, in points. No line begins with a raised text run.
    pub rise: f64,
    /// No word in it is hyphenated: links, code.
    pub no_hyphens: bool,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Highest ascent of its text runs above the baseline, in points.
    pub ascent: f64,
    /// Lowest descent below the baseline, positive.
    pub descent: f64,
}

/// Neighbouring runs of one leaf on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The leaf it fills.
    pub leaf: usize,
    /// Its left end on the line. Less than 0 where an opening Chinese mark hangs its white half out.
    pub x: f64,
    /// How far it is raised.
    pub rise: f64,
    /// Its width; the space at the line's end has none.
    pub width: f64,
    /// Its runs from its left end, in reading order.
    pub runs: Vec<(f64, GlyphRun)>,
}

impl Line {
    /// Where its ink ends, in points from the left edge of the measure.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.pieces
            .last()
            .map_or(0.0, |piece| piece.x + piece.width)
    }

    /// What it says, with the space or soft hyphen at its end.
    #[must_use]
    pub fn text(&self) -> String {
        let runs = self.pieces.iter().flat_map(|piece| &piece.runs);
        runs.map(|(_, run)| &*run.text).collect()
    }
}
