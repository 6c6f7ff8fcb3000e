//! Names of categories beside their rows: a column at the left edge.

use exhibit_facts::facts::{Category, Chart};
use exhibit_scene::MissingGlyph;

use super::bar_layout::is_emphasized;
use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::style::ChartStyle;

/// Largest width of the names, as a share of the width of the chart.
pub(super) const MAX_WIDTH_SHARE: f64 = 0.36;

/// Names of all rows, each with its detail below.
pub(super) struct CategoryNames {
    rows: Vec<(TextBlock, TextBlock)>,
    /// Width of the column in points, white to the plot included. 0 without names.
    pub(super) width: f64,
    /// Height of the highest name with its detail, in points.
    pub(super) height: f64,
}

impl CategoryNames {
    /// Names of a chart that is `width` points wide.
    pub(super) fn new(style: &ChartStyle, chart: &Chart, width: f64) -> Result<Self, MissingGlyph> {
        let widest = width * MAX_WIDTH_SHARE;
        let mut rows = Vec::new();
        for (index, category) in chart.categories.iter().enumerate() {
            rows.push(name(style, category, is_emphasized(chart, index), widest)?);
        }
        let widths = rows
            .iter()
            .map(|(label, detail)| label.width.max(detail.width));
        let column = widths.fold(0.0, f64::max);
        Ok(Self {
            width: if column > 0.0 {
                // The column ends at a twelfth of the width, so that the zero lines of a page's charts align.
                let twelfth = width / 12.0;
                ((column + 2.0 * style.tokens.gap) / twelfth).ceil() * twelfth
            } else {
                0.0
            },
            height: rows
                .iter()
                .map(|(label, detail)| label.height() + detail.height())
                .fold(0.0, f64::max),
            rows,
        })
    }

    /// Draws the name of a row. `x` is its left edge, and its middle is at `y`.
    pub(super) fn draw(&self, canvas: &Canvas, index: usize, x: f64, y: f64) {
        let (label, detail) = &self.rows[index];
        canvas.group("label", || {
            if detail.count() == 0 {
                label.draw_beside(canvas, x, y, Anchor::Start);
                return;
            }
            let top = y - (label.height() + detail.height()) / 2.0;
            label.draw(canvas, x, top, Anchor::Start);
            detail.draw(canvas, x, top + label.height(), Anchor::Start);
        });
    }
}

fn name(
    style: &ChartStyle,
    category: &Category,
    emphasized: bool,
    widest: f64,
) -> Result<(TextBlock, TextBlock), MissingGlyph> {
    let label = style.label().bold_if(emphasized);
    Ok((
        TextBlock::wrapped(style, &category.label, &label, widest)?,
        TextBlock::wrapped(style, &category.detail, &style.detail(), widest)?,
    ))
}
