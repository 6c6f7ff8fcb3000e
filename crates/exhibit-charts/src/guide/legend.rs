//! The legend: names of series above the plot, each with a swatch.

use exhibit_facts::facts::Series;
use exhibit_scene::{Fill, Item, MissingGlyph, Path, Point, Rect};

use super::text::{Anchor, TextBlock};
use crate::draw::Canvas;
use crate::style::ChartStyle;

/// Shape of a swatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Swatch {
    /// A square, for bars, columns and parts.
    Square,
    /// A disc, for dots.
    Disc,
}

/// Entries of the legend in drawing order, in as many rows as the width requires.
pub(crate) struct Legend {
    entries: Vec<(Point, exhibit_scene::Color, TextBlock)>,
    swatch: Swatch,
    side: f64,
    row: f64,
    /// Height in points, with the white below. 0 without entries.
    pub(crate) height: f64,
}

impl Legend {
    /// Legend in `width` points. Of several series every named one has an entry, and a single series has an entry if
    /// its name is to be shown.
    pub(crate) fn new(
        style: &ChartStyle,
        series: &[Series],
        swatch: Swatch,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let gap = style.tokens.gap;
        let side = style.tokens.label * 0.8;
        let paragraph = style.label();
        let row = paragraph.leading;
        let mut entries = Vec::new();
        let mut at = Point::ZERO;
        let named = series
            .iter()
            .filter(|one| !one.label.is_empty() && (series.len() > 1 || one.named));
        for series in named {
            let paragraph = paragraph.colored(style.text_color(series.role));
            let lines = TextBlock::wrapped(style, &series.label, &paragraph, width - side - gap)?;
            let needs = side + gap + lines.width;
            if at.x > 0.0 && at.x + needs > width {
                at = Point::new(0.0, at.y + row);
            }
            // A name longer than its row goes on below.
            let more = (lines.height() - row).max(0.0);
            entries.push((at, style.mark_color(series.role), lines));
            at.x += needs + 3.0 * gap;
            at.y += more;
        }
        let height = if entries.is_empty() {
            0.0
        } else {
            at.y + row + 1.5 * gap
        };
        Ok(Self {
            entries,
            swatch,
            side,
            row,
            height,
        })
    }

    /// Draws the legend with its top edge at `y`. `gap` separates swatch and name, in points.
    pub(crate) fn draw(&self, canvas: &Canvas, gap: f64, y: f64) {
        canvas.group("legend", || {
            for (at, color, lines) in &self.entries {
                let middle = y + at.y + self.row / 2.0;
                let rect = Rect::new(at.x, middle - self.side / 2.0, self.side, self.side);
                let fill = Fill::Solid(*color);
                let path = match self.swatch {
                    Swatch::Square => Path::rect(rect, fill),
                    Swatch::Disc => {
                        let center = Point::new(at.x + self.side / 2.0, middle);
                        Path::disc(center, self.side / 2.0, Some(fill), None)
                    }
                };
                canvas.item(Point::ZERO, Item::Path(path));
                let top = lines.top_of_first(middle);
                lines.draw(canvas, at.x + self.side + gap, top, Anchor::Start);
            }
        });
    }
}
