//! The legend: names of series above the plot, each with a swatch.

use exhibit_facts::facts::Chart;
use exhibit_scene::{Fill, Item, MissingGlyph, Path, Point, Rect};

use super::text::{Anchor, TextBlock};
use crate::draw::Canvas;
use crate::mark::hatch::inline;
use crate::style::{ChartStyle, Look};

/// Shape of a swatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Swatch {
    /// A square, for bars, columns and parts.
    Square,
    /// A disc, for dots.
    Disc,
}

/// Entries of the legend in drawing order: in one row where they fit, else in rows of aligned columns.
pub(crate) struct Legend {
    entries: Vec<(Point, Look, TextBlock)>,
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
        chart: &Chart,
        swatch: Swatch,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let gap = style.tokens.gap;
        let side = style.tokens.label * 0.8;
        let paragraph = style.label();
        let row = paragraph.leading;
        let mut named = Vec::new();
        for (series, look) in chart.series.iter().zip(style.looks(chart)) {
            if series.label.is_empty() || chart.series.len() == 1 && !series.named {
                continue;
            }
            let paragraph = paragraph.colored(look.text);
            let lines = TextBlock::wrapped(style, &series.label, &paragraph, width - side - gap)?;
            named.push((look, lines));
        }
        let widths: Vec<f64> = named
            .iter()
            .map(|(_, lines)| side + gap + lines.width)
            .collect();
        let columns = columns(&widths, 3.0 * gap, width);
        let mut lefts = Vec::new();
        let mut left = 0.0;
        for width in &columns {
            lefts.push(left);
            left += width + 3.0 * gap;
        }
        let (mut entries, mut top, mut high) = (Vec::new(), 0.0, 0.0);
        for (index, (look, lines)) in named.into_iter().enumerate() {
            let column = index % lefts.len();
            if column == 0 {
                top += high;
                high = row;
            }
            // A name longer than its row goes on below.
            high = f64::max(high, lines.height());
            entries.push((Point::new(lefts[column], top), look, lines));
        }
        let height = if entries.is_empty() {
            0.0
        } else {
            top + high + 1.5 * gap
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
    pub(crate) fn draw(&self, style: &ChartStyle, canvas: &Canvas, y: f64) {
        let gap = style.tokens.gap;
        canvas.group("legend", || {
            for (at, look, lines) in &self.entries {
                let middle = y + at.y + self.row / 2.0;
                let rect = Rect::new(at.x, middle - self.side / 2.0, self.side, self.side);
                let fill = Fill::Solid(look.color);
                let path = match self.swatch {
                    Swatch::Disc if !look.inlined => {
                        let center = Point::new(at.x + self.side / 2.0, middle);
                        Path::disc(center, self.side / 2.0, Some(fill), None)
                    }
                    Swatch::Square | Swatch::Disc => Path::rect(rect, fill),
                };
                canvas.item(Point::ZERO, Item::Path(path));
                if look.inlined
                    && self.swatch == Swatch::Square
                    && let Some(item) = inline(style, rect)
                {
                    canvas.item(Point::ZERO, item);
                }
                let top = lines.top_of_first(middle);
                lines.draw(canvas, at.x + self.side + gap, top, Anchor::Start);
            }
        });
    }
}

/// Widths of the most columns in which entries of some widths stand row by row, `gap` points apart, within `width`. One column always
/// serves.
fn columns(widths: &[f64], gap: f64, width: f64) -> Vec<f64> {
    let widest = |count: usize| -> Vec<f64> {
        (0..count)
            .map(|column| {
                let own = widths.iter().skip(column).step_by(count);
                own.copied().fold(0.0, f64::max)
            })
            .collect()
    };
    let fits =
        |columns: &[f64]| columns.iter().sum::<f64>() + gap * (columns.len() as f64 - 1.0) <= width;
    let most = (1..=widths.len())
        .rev()
        .find(|count| fits(&widest(*count)))
        .unwrap_or(1);
    // Rows of about one length: eight entries stand as four and four, not as seven and one.
    let rows = widths.len().div_ceil(most).max(1);
    let even = widths.len().div_ceil(rows).max(1);
    let even = widest(even);
    if fits(&even) { even } else { widest(most) }
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn entries_stand_in_one_row_or_in_aligned_columns() {
        assert_eq!(columns(&[10.0, 20.0, 30.0], 5.0, 70.0), [10.0, 20.0, 30.0]);
        // Seven would fit in a row of eight: four and four are even.
        assert_eq!(columns(&[10.0; 8], 2.0, 90.0), [10.0; 4]);
        assert_eq!(columns(&[100.0, 90.0], 5.0, 70.0), [100.0]);
        assert_eq!(columns(&[], 5.0, 70.0), [0.0]);
    }
}
