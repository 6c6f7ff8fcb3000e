//! Labels of missing values in the gaps of lines: apart from each other, from dots, and where possible from lines.

use exhibit_scene::{Fill, Item, Path, Point, Rect};

use crate::draw::{Canvas, PlotArea};
use crate::guide::dodge::OccupiedStretches;
use crate::guide::text::{Anchor, TextBlock};
use crate::region::TOLERANCE;
use crate::style::ChartStyle;

/// Largest number of lines of text that a label moves up or down.
const MAX_OFFSET_LINES: i32 = 12;

/// Labels of missing values, and the shapes that the labels avoid. Lengths are in points of the canvas.
#[derive(Default)]
pub(super) struct GapLabels {
    /// Stretches that labels of the current line occupy: one "no data" is enough for neighbours without space for
    /// two.
    pub(super) row: OccupiedStretches,
    /// Bounds of the labels of all lines.
    pub(super) words: Vec<Rect>,
    /// Segments of all lines, each from its left to its right end.
    pub(super) lines: Vec<(Point, Point)>,
    /// Bounds of all dots.
    pub(super) dots: Vec<Rect>,
    /// A label had no place.
    pub(super) lost: bool,
    /// Left and right edge of the plot area. Labels stay between them.
    pub(super) inside: (f64, f64),
}

impl GapLabels {
    /// Draws the label of a missing value. `at` is a position in values. The label moves up or down from labels of
    /// other series, and is left out where a label of the same series stands.
    pub(super) fn draw(
        &mut self,
        style: &ChartStyle,
        canvas: &Canvas,
        plot: &PlotArea,
        words: &TextBlock,
        at: (f64, f64),
    ) {
        let t = &style.tokens;
        let half = words.width / 2.0;
        let (from, to) = self.inside;
        let middle = plot.x.map(at.0).min(to - half).max(from + half);
        if !self.row.claim(middle, words.width + t.gap) {
            return;
        }
        let (bottom, top) = plot.y.range;
        let high = words.height();
        let wanted = plot
            .y
            .map(at.1)
            .clamp(top.min(bottom - high / 2.0), (bottom - high / 2.0).max(top));
        let rect_at =
            |y: f64| Rect::new(middle - half, y - high / 2.0, words.width, high - TOLERANCE);
        let rows = (0..MAX_OFFSET_LINES).flat_map(|row| [f64::from(row), -f64::from(row)]);
        let mut candidates: Vec<f64> = rows
            .map(|row| wanted + row * high)
            .filter(|y| *y >= top && *y <= bottom - high / 2.0 + TOLERANCE)
            .filter(|y| !self.words.iter().any(|other| other.overlaps(&rect_at(*y))))
            .collect();
        // Candidates must avoid dots, and should avoid lines.
        candidates.retain(|y| !self.dots.iter().any(|dot| dot.overlaps(&rect_at(*y))));
        let clear = |y: &&f64| !self.lines.iter().any(|line| crosses(*line, &rect_at(**y)));
        let free = candidates
            .iter()
            .find(clear)
            .or(candidates.first())
            .copied();
        match free {
            Some(y) => {
                // A ground of paper interrupts the grid lines.
                let paper = rect_at(y);
                let fill = Fill::Solid(style.colors.paper);
                canvas.item(Point::ZERO, Item::Path(Path::rect(paper, fill)));
                words.draw_beside(canvas, middle, y, Anchor::Middle);
                self.words.push(paper);
            }
            None => self.lost = true,
        }
    }
}

/// True where a segment, given from left to right, crosses a rectangle.
pub(super) fn crosses((from, to): (Point, Point), rect: &Rect) -> bool {
    let (left, right) = (from.x.max(rect.x), to.x.min(rect.right()));
    if left > right {
        return false;
    }
    let slope = if to.x > from.x {
        (to.y - from.y) / (to.x - from.x)
    } else {
        0.0
    };
    let (a, b) = (
        from.y + slope * (left - from.x),
        from.y + slope * (right - from.x),
    );
    a.min(b) < rect.bottom() && a.max(b) > rect.y
}
