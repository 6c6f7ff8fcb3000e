//! Rows and columns: what tables of exhibits and the register share.

use exhibit_charts::columns::parted;
pub(crate) use exhibit_charts::columns::{Want, widths};
use exhibit_scene::{
    Artifact, Color, Frame, Group, Item, MissingGlyph, Path, Point, Size, Stroke, Tag,
};

use super::prose::{Side, TaggedText, WIDTH_TOLERANCE};
use crate::flow::Fragment;
use crate::style::{PageStyle, ParagraphStyle};

/// A column of a grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its left edge.
    pub(crate) x: f64,
    /// Its width.
    pub(crate) width: f64,
    /// Where its numbers have their decimal sign, from the left edge; `None` in a column of words.
    pub(crate) axis: Option<f64>,
}

/// What stands in a cell, and where.
pub(crate) struct Cell {
    /// What it says.
    pub(crate) text: TaggedText,
    /// How it is set.
    pub(crate) style: ParagraphStyle,
    /// Where it stands in its column.
    pub(crate) align: CellAlign,
}

/// Where a text stands in its column.
pub(crate) enum CellAlign {
    /// At a distance from the left edge, broken into lines where it is too long.
    Left(f64),
    /// At the right edge.
    Right,
    /// A number with its decimal sign on the column's axis; this is what it says.
    Decimal(String),
}

/// Columns of these widths side by side.
pub(crate) fn columns(widths: &[f64], gap: f64) -> Vec<Column> {
    let mut x = 0.0;
    let mut columns = Vec::new();
    for &width in widths {
        columns.push(Column {
            x,
            width,
            axis: None,
        });
        x += width + gap;
    }
    columns
}

/// Width of the widest word and of the whole text.
pub(crate) fn want(
    styles: &PageStyle,
    text: &str,
    style: &ParagraphStyle,
) -> Result<Want, MissingGlyph> {
    exhibit_charts::columns::want(styles.fonts, text, &style.text)
}

/// Widths left and right of the axis that a number needs.
pub(crate) fn number_widths(
    styles: &PageStyle,
    text: &str,
    style: &ParagraphStyle,
) -> Result<(f64, f64), MissingGlyph> {
    let language = styles.facts.meta.language;
    match parted(text, language) {
        Some((left, right)) => Ok((
            styles.fonts.width(left, &style.text)?,
            styles.fonts.width(right, &style.text)?,
        )),
        None => Ok((0.0, 0.0)),
    }
}

/// One row, at least as high as the theme's rows. Cells and columns go together; a cell may be left out at the end.
pub(crate) fn row(
    styles: &PageStyle,
    columns: &[Column],
    cells: Vec<Cell>,
) -> Result<Fragment, MissingGlyph> {
    row_of(styles, columns, cells, styles.theme.page.row)
}

/// The same, at least `least` points high.
pub(crate) fn row_of(
    styles: &PageStyle,
    columns: &[Column],
    cells: Vec<Cell>,
    least: f64,
) -> Result<Fragment, MissingGlyph> {
    let mut fragment = Fragment::default();
    let mut height: f64 = 0.0;
    for (cell, column) in cells.into_iter().zip(columns) {
        let Cell { text, style, align } = cell;
        let pad = ((least - style.leading) / 2.0).max(0.0);
        let (indent, width, side) = match align {
            CellAlign::Left(indent) => (indent, column.width - indent, Side::Left),
            CellAlign::Right => (0.0, column.width, Side::Right),
            CellAlign::Decimal(printed) => on_axis(styles, column, &printed, &style)?,
        };
        let at = Point::new(column.x + indent, pad);
        let lines = text.put_to(styles, &style, at, width, side, &mut fragment)?;
        height = height.max(2.0 * pad + lines);
    }
    fragment.height = height.max(least);
    Ok(fragment)
}

/// Where a number stands: its indent, the width it may take, the edge its lines share.
fn on_axis(
    styles: &PageStyle,
    column: &Column,
    printed: &str,
    style: &ParagraphStyle,
) -> Result<(f64, f64, Side), MissingGlyph> {
    let whole = styles.fonts.width(printed, &style.text)?;
    let at_edge = (0.0, column.width, Side::Right);
    // A word among numbers ends where the column ends, and so does a number that is wider than the column.
    let (Some(axis), Some((left, _))) = (column.axis, parted(printed, styles.facts.meta.language))
    else {
        return Ok(at_edge);
    };
    let indent = axis - styles.fonts.width(left, &style.text)?;
    if indent < 0.0 || indent + whole > column.width + WIDTH_TOLERANCE {
        return Ok(at_edge);
    }
    Ok((indent, column.width - indent + WIDTH_TOLERANCE, Side::Left))
}

/// A rule over the whole width at `y` of a fragment: an artifact.
pub(crate) fn rule(fragment: &mut Fragment, y: f64, width: f64, thick: f64, color: Color) {
    let mut frame = Frame::new(Size::new(width, thick));
    let stroke = Stroke::solid(color, thick);
    let middle = thick / 2.0;
    frame.push(
        Point::ZERO,
        Item::Path(Path::line(
            Point::new(0.0, middle),
            Point::new(width, middle),
            stroke,
        )),
    );
    fragment.items.push((
        Point::new(0.0, y),
        Item::Group(Group::tagged(frame, Tag::Artifact(Artifact::Layout))),
    ));
}

/// A copy of a fragment as decoration: the head that a table repeats on the next page says nothing new.
pub(crate) fn as_artifact(fragment: &Fragment) -> Fragment {
    let mut copy = Fragment {
        height: fragment.height,
        ..Fragment::default()
    };
    for (at, item) in &fragment.items {
        if let Item::Group(group) = item {
            let group = Group {
                tag: Some(Tag::Artifact(Artifact::Layout)),
                ..group.clone()
            };
            copy.items.push((*at, Item::Group(group)));
        }
    }
    copy
}
