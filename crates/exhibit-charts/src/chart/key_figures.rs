//! Key figures: large numbers side by side, with hairlines between.

use exhibit_facts::facts::KeyFigure;
use exhibit_scene::{Frame, MissingGlyph, Point, Size, Stroke};

use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::region::Region;
use crate::style::{ChartStyle, ParagraphStyle};

/// Largest number of figures in a row.
const MAX_FIGURES_PER_ROW: usize = 4;

/// Draws the figures in rows of equal length.
pub(super) fn key_figures(
    style: &ChartStyle,
    figures: &[KeyFigure],
    region: Region,
) -> Result<Frame, MissingGlyph> {
    let t = &style.tokens;
    // A page sets five figures in one row. A slide has the height for larger numbers in two rows.
    let most = if figures.len() == 5 && region.height.is_none() {
        5
    } else {
        MAX_FIGURES_PER_ROW
    };
    let rows = figures.len().div_ceil(most).max(1);
    let columns = figures.len().div_ceil(rows).max(1);
    let gap = 4.0 * t.gap;
    let column = (region.width - gap * (columns as f64 - 1.0)) / columns as f64;
    let number = fitted(style, figures, column)?;
    let mut cells = Vec::new();
    for figure in figures {
        cells.push(FigureCell::new(style, figure, &number, column)?);
    }
    let heights: Vec<f64> = cells
        .chunks(columns)
        .map(|row| row.iter().map(FigureCell::height).fold(0.0, f64::max))
        .collect();
    let between = 4.0 * t.gap;
    let needed: f64 = heights.iter().sum::<f64>() + between * (rows as f64 - 1.0);
    let extra = region.height.map_or(0.0, |height| {
        ((height - needed) / (rows as f64 + 1.0)).clamp(0.0, 12.0 * t.gap)
    });
    let canvas = Canvas::new(Size::new(
        region.width,
        needed + extra * (rows as f64 + 1.0),
    ));
    let mut y = extra;
    for (index, (row, height)) in cells.chunks(columns).zip(&heights).enumerate() {
        for (cell_index, cell) in row.iter().enumerate() {
            let x = cell_index as f64 * (column + gap);
            let figure = &figures[index * columns + cell_index];
            let label = format!("{}: {}", figure.label, figure.datum.forms.spoken);
            canvas.mark(&figure.datum.address, label, || cell.draw(&canvas, x, y));
            if cell_index > 0 {
                let at = x - gap / 2.0;
                let stroke = Stroke::solid(style.colors.grid, t.hairline);
                canvas.group("rule", || {
                    canvas.line(Point::new(at, y), Point::new(at, y + height), stroke);
                });
            }
        }
        y += height + between + extra;
    }
    Ok(canvas.finish())
}

/// True for a unit in words, which takes a line of its own. A sign stands at the number.
fn is_worded(unit: &str) -> bool {
    !matches!(unit, "" | "%" | "\u{2030}")
}

/// Text of the large number, with a unit that is a sign.
fn big(figure: &KeyFigure) -> String {
    let forms = &figure.datum.forms;
    if is_worded(&forms.unit) {
        forms.number.clone()
    } else {
        format!("{}{}", forms.number, forms.unit)
    }
}

/// Style of the numbers, the same for all figures of an exhibit. The size shrinks where the widest number exceeds the
/// column.
fn fitted(
    style: &ChartStyle,
    figures: &[KeyFigure],
    column: f64,
) -> Result<ParagraphStyle, MissingGlyph> {
    let mut paragraph = style.figure();
    let mut widest: f64 = 0.0;
    for figure in figures {
        widest = widest.max(style.fonts.width(&big(figure), &paragraph.text)?);
    }
    if widest > column {
        paragraph.text.size *= column / widest;
    }
    Ok(paragraph)
}

/// One figure: number, label, unit, detail. The labels of a row align, because the unit stands below.
struct FigureCell {
    number: TextBlock,
    unit: TextBlock,
    label: TextBlock,
    detail: TextBlock,
}

impl FigureCell {
    fn new(
        style: &ChartStyle,
        figure: &KeyFigure,
        number: &ParagraphStyle,
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let unit = &figure.datum.forms.unit;
        let unit = if is_worded(unit) { unit } else { "" };
        Ok(Self {
            number: TextBlock::single(style, &big(figure), number)?,
            unit: TextBlock::wrapped(style, unit, &style.small(), width)?,
            label: TextBlock::wrapped(style, &figure.label, &style.label().bold(), width)?,
            detail: TextBlock::wrapped(style, &figure.detail, &style.small(), width)?,
        })
    }

    fn height(&self) -> f64 {
        [&self.number, &self.label, &self.unit, &self.detail]
            .into_iter()
            .map(TextBlock::height)
            .sum()
    }

    fn draw(&self, canvas: &Canvas, x: f64, mut y: f64) {
        for lines in [&self.number, &self.label, &self.unit, &self.detail] {
            lines.draw(canvas, x, y, Anchor::Start);
            y += lines.height();
        }
    }
}
