//! A row of names above the plot, for series whose marks have no room for them.

use exhibit_core::facts::Series;
use exhibit_scene::{Fill, Item, MissingGlyph, Path, Point, Rect};

use super::text::{Anchor, TextBlock};
use crate::draw::Canvas;
use crate::style::ChartStyle;

/// What the sample before a name looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Swatch {
    /// A square: bars, columns, parts.
    Square,
    /// A disc: dots.
    Disc,
}

/// A row, or several where one is too narrow, in drawing order.
pub(crate) struct Legend {
    entries: Vec<(Point, exhibit_scene::Color, TextBlock)>,
    swatch: Swatch,
    side: f64,
    row: f64,
    /// Height with the white below it; 0 without entries.
    pub(crate) height: f64,
}

impl Legend {
    /// A legend for the series that have a name of their own; of several each has.
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
            let paragraph = paragraph.colored(style.text_color(series.tone));
            let lines = TextBlock::wrapped(style, &series.label, &paragraph, width - side - gap)?;
            let needs = side + gap + lines.width;
            if at.x > 0.0 && at.x + needs > width {
                at = Point::new(0.0, at.y + row);
            }
            // A name longer than the row goes on below it.
            let more = (lines.height() - row).max(0.0);
            entries.push((at, style.mark_color(series.tone), lines));
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

    /// Draws it with its top edge at `y`.
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
