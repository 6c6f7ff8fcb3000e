//! Tables as pictures, for slides and for SVG. (`exhibit-pages` sets the tables of a document from their cells.)

use exhibit_facts::facts::{Align, Table};
use exhibit_scene::{Frame, MissingGlyph, Point, Size, Stroke};

use crate::columns::{
    ContentWidth, choose_gap, column_widths, content_width, split_at_decimal_sign,
};
use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::region::Region;
use crate::style::{ChartStyle, ParagraphStyle};

/// Least number of rows in a table that may stand in two halves.
const MIN_ROWS_TO_HALVE: usize = 12;

/// Draws the table. A table that is too high stands in two halves side by side, where each half fits without broken
/// lines.
pub(super) fn table(
    style: &ChartStyle,
    table: &Table,
    region: Region,
) -> Result<Frame, MissingGlyph> {
    let whole = rows(style, table, region)?;
    if whole.size.height <= region.max_height || table.rows.len() < MIN_ROWS_TO_HALVE {
        return Ok(whole);
    }
    let between = 10.0 * style.tokens.gap;
    let width = (region.width - between) / 2.0;
    if ColumnGrid::natural(style, table, 4.0 * style.tokens.gap)? > width {
        return Ok(whole);
    }
    let (first, second) = table.rows.split_at(table.rows.len().div_ceil(2));
    let mut frame = Frame::new(Size::new(region.width, 0.0));
    for (index, part) in [first, second].into_iter().enumerate() {
        let half = Table {
            rows: part.to_vec(),
            ..table.clone()
        };
        let half = rows(style, &half, Region { width, ..region })?;
        frame.size.height = frame.size.height.max(half.size.height);
        frame.push_frame(Point::new(index as f64 * (width + between), 0.0), half);
    }
    Ok(frame)
}

/// Draws the rows of a table under each other, head first, with rules between.
fn rows(style: &ChartStyle, table: &Table, region: Region) -> Result<Frame, MissingGlyph> {
    let t = &style.tokens;
    let gap = 4.0 * t.gap;
    let grid = ColumnGrid::new(style, table, gap, region.width)?;
    let mut rows = vec![row_of(style, table, &grid, None)?];
    for index in 0..table.rows.len() {
        rows.push(row_of(style, table, &grid, Some(index))?);
    }
    let pad = t.gap * 0.6;
    let heights: Vec<f64> = rows.iter().map(|row| row.height + 2.0 * pad).collect();
    let needed: f64 = heights.iter().sum();
    let extra = region.height.map_or(0.0, |height| {
        ((height - needed) / rows.len() as f64).clamp(0.0, t.band * 0.6)
    });
    let height = needed + extra * rows.len() as f64;
    let canvas = Canvas::new(Size::new(region.width, height));
    let rule = |y: f64, width: f64, color| {
        let y = y.clamp(width / 2.0, height - width / 2.0);
        let (from, to) = (Point::new(0.0, y), Point::new(region.width, y));
        canvas.group("rule", || {
            canvas.line(from, to, Stroke::solid(color, width))
        });
    };
    let mut y = 0.0;
    rule(0.0, t.zero, style.colors.rule);
    for (index, (row, height)) in rows.iter().zip(&heights).enumerate() {
        row.draw(&canvas, y + pad + extra / 2.0);
        y += height + extra;
        if index + 1 == rows.len() {
            rule(y, t.zero, style.colors.rule);
        } else {
            rule(y, t.hairline, style.colors.grid);
        }
    }
    Ok(canvas.finish())
}

/// Columns in points: left edge, width, and position of the decimal sign.
struct ColumnGrid {
    columns: Vec<(f64, f64, Option<f64>)>,
}

fn cell_style(style: &ChartStyle, table: &Table, row: Option<usize>) -> ParagraphStyle {
    match row {
        None => style.small().bold(),
        Some(row) => {
            let mut paragraph = style.label().bold_if(table.rows[row].emphasis);
            paragraph.text.tabular = true;
            paragraph
        }
    }
}

/// Text of a cell. Row `None` is the head, and column 0 holds the labels of the rows.
fn text_of(table: &Table, row: Option<usize>, column: usize) -> &str {
    match row {
        None => table.head.get(column).map_or("", String::as_str),
        Some(row) if column == 0 => &table.rows[row].label,
        Some(row) => table.rows[row]
            .cells
            .get(column - 1)
            .map_or("", |cell| cell.text.as_str()),
    }
}

fn is_decimal(table: &Table, column: usize) -> bool {
    table.align.get(column) == Some(&Align::Decimal)
}

impl ColumnGrid {
    /// Width of the table without any line break, in points.
    fn natural(style: &ChartStyle, table: &Table, gap: f64) -> Result<f64, MissingGlyph> {
        let contents = TableContents::new(style, table)?.whole;
        let natural: f64 = contents.iter().map(|content| content.natural).sum();
        Ok(natural + gap * (contents.len() as f64 - 1.0))
    }

    fn new(style: &ChartStyle, table: &Table, gap: f64, width: f64) -> Result<Self, MissingGlyph> {
        let all = TableContents::new(style, table)?;
        let (gap, contents) = choose_gap(gap, &all.whole, &all.broken, width);
        let mut x = 0.0;
        let mut columns = Vec::new();
        for (width, right) in column_widths(contents, gap, width)
            .into_iter()
            .zip(all.axes)
        {
            columns.push((x, width, right.map(|right| x + width - right)));
            x += width + gap;
        }
        Ok(Self { columns })
    }
}

/// Content widths of all columns.
struct TableContents {
    /// Each column, with unbroken numbers.
    whole: Vec<ContentWidth>,
    /// Each column, with numbers broken wherever a line of text may end.
    broken: Vec<ContentWidth>,
    /// Width after the decimal sign, for each column that has one.
    axes: Vec<Option<f64>>,
}

impl TableContents {
    fn new(style: &ChartStyle, table: &Table) -> Result<Self, MissingGlyph> {
        let mut contents = Self {
            whole: Vec::new(),
            broken: Vec::new(),
            axes: Vec::new(),
        };
        for column in 0..table.head.len() {
            let head = text_of(table, None, column);
            let head = content_width(style.fonts, head, &cell_style(style, table, None).text)?;
            let mut broken = ContentWidth {
                natural: head.least.max(head.natural / 2.0),
                ..head
            };
            let mut whole = broken;
            let (mut left, mut right): (f64, f64) = (0.0, 0.0);
            for row in 0..table.rows.len() {
                let text_style = cell_style(style, table, Some(row)).text;
                let text = text_of(table, Some(row), column);
                let mut cell = content_width(style.fonts, text, &text_style)?;
                broken.take(cell);
                if is_decimal(table, column) {
                    cell.least = cell.natural;
                    if let Some((before, behind)) = split_at_decimal_sign(text, style.language) {
                        left = left.max(style.fonts.width(before, &text_style)?);
                        right = right.max(style.fonts.width(behind, &text_style)?);
                    }
                }
                whole.take(cell);
            }
            // Numbers of different lengths on both sides of the sign take more width than the longest number.
            whole.natural = whole.natural.max(left + right);
            whole.least = whole.least.max(left + right);
            contents.whole.push(whole);
            contents.broken.push(broken);
            contents
                .axes
                .push(is_decimal(table, column).then_some(right));
        }
        Ok(contents)
    }
}

/// Texts of a row.
struct TableRow {
    cells: Vec<TableCell>,
    height: f64,
}

/// A text with its position and its fact: address and accessible name.
struct TableCell {
    at: f64,
    anchor: Anchor,
    lines: TextBlock,
    fact: Option<(String, String)>,
}

/// Shaped texts of a row. Row `None` is the head.
fn row_of(
    style: &ChartStyle,
    table: &Table,
    grid: &ColumnGrid,
    row: Option<usize>,
) -> Result<TableRow, MissingGlyph> {
    let paragraph = cell_style(style, table, row);
    let mut cells = Vec::new();
    for (column, (x, width, axis)) in grid.columns.iter().enumerate() {
        let text = text_of(table, row, column);
        let lines = TextBlock::wrapped(style, text, &paragraph, *width)?;
        let (at, anchor) = match (axis, row) {
            (None, _) => (*x, Anchor::Start),
            (Some(_), None) => (x + width, Anchor::End),
            (Some(axis), Some(_)) => match split_at_decimal_sign(text, style.language) {
                Some((before, _)) if lines.count() == 1 => (
                    axis - style.fonts.width(before, &paragraph.text)?,
                    Anchor::Start,
                ),
                _ => (x + width, Anchor::End),
            },
        };
        cells.push(TableCell {
            at,
            anchor,
            lines,
            fact: row.and_then(|row| fact(table, row, column)),
        });
    }
    let height = cells
        .iter()
        .map(|cell| cell.lines.height())
        .fold(0.0, f64::max);
    Ok(TableRow { cells, height })
}

impl TableRow {
    fn draw(&self, canvas: &Canvas, y: f64) {
        for cell in &self.cells {
            let draw = || cell.lines.draw(canvas, cell.at, y, cell.anchor);
            match &cell.fact {
                Some((address, label)) => canvas.mark(address, label.clone(), draw),
                None => canvas.group("cell", draw),
            };
        }
    }
}

/// The fact of a cell, named by the heads of its row and its column.
fn fact(table: &Table, row: usize, column: usize) -> Option<(String, String)> {
    let cell = table.rows[row].cells.get(column.checked_sub(1)?)?;
    let (address, spoken) = cell.says.as_ref()?;
    let heads = [text_of(table, Some(row), 0), text_of(table, None, column)];
    let named: Vec<&str> = heads.into_iter().filter(|head| !head.is_empty()).collect();
    Some((address.clone(), format!("{}: {spoken}", named.join(", "))))
}
