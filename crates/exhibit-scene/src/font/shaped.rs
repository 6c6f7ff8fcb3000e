//! One line of shaped text, as a value.

use crate::frame::{Frame, GlyphRun, Item};
use crate::geom::Point;

/// One line of text, shaped. Lengths are in points.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Shaped {
    /// Runs in reading order, each with its left end.
    pub runs: Vec<(f64, GlyphRun)>,
    /// Sum of all advances.
    pub width: f64,
}

impl Shaped {
    /// Text of the line: the texts of its runs, put together.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, Theme};
    /// let shaped = Fonts::builtin().shape("SU7 小米", &Theme::standard().text(8.0)).unwrap();
    /// assert_eq!(shaped.text(), "SU7 小米");
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|(_, run)| &*run.text).collect()
    }

    /// Takes the advance from white space at the end, as a line's end needs it. The glyphs stay.
    pub(super) fn close(&mut self) {
        'runs: for (_, run) in self.runs.iter_mut().rev() {
            for glyph in run.glyphs.iter_mut().rev() {
                if !run.text[glyph.cluster as usize..].starts_with(char::is_whitespace) {
                    break 'runs;
                }
                glyph.advance = 0.0;
            }
        }
        let mut pen = 0.0;
        for (at, run) in &mut self.runs {
            *at = pen;
            pen += run.width();
        }
        self.width = pen;
    }
}

impl Frame {
    /// Puts shaped text on the frame, its left end on the baseline at a point.
    ///
    /// ```
    /// # use exhibit_scene::{Fonts, Frame, Point, Size, Theme};
    /// let shaped = Fonts::builtin().shape("10,000", &Theme::standard().text(8.0)).unwrap();
    /// let mut frame = Frame::new(Size::new(100.0, 20.0));
    /// // Right-aligned:
    /// frame.push_text(Point::new(100.0 - shaped.width, 14.0), shaped);
    /// assert_eq!(frame.items.len(), 1);
    /// ```
    pub fn push_text(&mut self, baseline: Point, shaped: Shaped) {
        for (x, run) in shaped.runs {
            self.push(baseline + Point::new(x, 0.0), Item::Glyphs(run));
        }
    }
}
