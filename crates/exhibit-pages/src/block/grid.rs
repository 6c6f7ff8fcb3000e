//! Rows and columns: what tables of exhibits and the register share.

use exhibit_charts::columns::split_at_decimal_sign;
pub(crate) use exhibit_charts::columns::{ContentWidth, column_widths};
use exhibit_scene::{
    Artifact, Color, Frame, Group, Item, MissingGlyph, Path, Point, Size, Stroke, Tag,
};

use super::prose::{Side, Text};
use crate::flow::Strip;
use crate::style::{Setting, Type};

/// Far less than can be seen: what sums of widths may be off by.
pub(crate) const HAIR: f64 = 0.01;

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
    pub(crate) text: Text,
    /// How it is set.
    pub(crate) kind: Type,
    /// Where it stands in its column.
    pub(crate) place: Place,
}

/// Where a text stands in its column.
pub(crate) enum Place {
    /// At a distance from the left edge, broken into lines where it is too long.
    Left(f64),
    /// At the right edge.
    Right,
    /// A number with its decimal sign on the column's axis; this is what it says.
    Axis(String),
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
    setting: &Setting,
    text: &str,
    kind: &Type,
) -> Result<ContentWidth, MissingGlyph> {
    exhibit_charts::columns::content_width(setting.fonts, text, &kind.style)
}

/// Widths left and right of the axis that a number needs.
pub(crate) fn number_widths(
    setting: &Setting,
    text: &str,
    kind: &Type,
) -> Result<(f64, f64), MissingGlyph> {
    let language = setting.facts.meta.language;
    match split_at_decimal_sign(text, language) {
        Some((left, right)) => Ok((
            setting.fonts.width(left, &kind.style)?,
            setting.fonts.width(right, &kind.style)?,
        )),
        None => Ok((0.0, 0.0)),
    }
}

/// One row, at least as high as the theme's rows. Cells and columns go together; a cell may be left out at the end.
pub(crate) fn row(
    setting: &Setting,
    columns: &[Column],
    cells: Vec<Cell>,
) -> Result<Strip, MissingGlyph> {
    row_of(setting, columns, cells, setting.theme.page.row)
}

/// The same, at least `least` points high.
pub(crate) fn row_of(
    setting: &Setting,
    columns: &[Column],
    cells: Vec<Cell>,
    least: f64,
) -> Result<Strip, MissingGlyph> {
    let mut strip = Strip::default();
    let mut height: f64 = 0.0;
    for (cell, column) in cells.into_iter().zip(columns) {
        let Cell { text, kind, place } = cell;
        let pad = ((least - kind.leading) / 2.0).max(0.0);
        let (indent, width, side) = match place {
            Place::Left(indent) => (indent, column.width - indent, Side::Left),
            Place::Right => (0.0, column.width, Side::Right),
            Place::Axis(printed) => on_axis(setting, column, &printed, &kind)?,
        };
        let at = Point::new(column.x + indent, pad);
        let lines = text.put_to(setting, &kind, at, width, side, &mut strip)?;
        height = height.max(2.0 * pad + lines);
    }
    strip.height = height.max(least);
    Ok(strip)
}

/// Where a number stands: its indent, the width it may take, the edge its lines share.
fn on_axis(
    setting: &Setting,
    column: &Column,
    printed: &str,
    kind: &Type,
) -> Result<(f64, f64, Side), MissingGlyph> {
    let whole = setting.fonts.width(printed, &kind.style)?;
    let at_edge = (0.0, column.width, Side::Right);
    // A word among numbers ends where the column ends, and so does a number that is wider than the column.
    let (Some(axis), Some((left, _))) = (
        column.axis,
        split_at_decimal_sign(printed, setting.facts.meta.language),
    ) else {
        return Ok(at_edge);
    };
    let indent = axis - setting.fonts.width(left, &kind.style)?;
    if indent < 0.0 || indent + whole > column.width + HAIR {
        return Ok(at_edge);
    }
    Ok((indent, column.width - indent + HAIR, Side::Left))
}

/// A rule over the whole width at `y` of a strip: an artifact.
pub(crate) fn rule(strip: &mut Strip, y: f64, width: f64, thick: f64, color: Color) {
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
    strip.items.push((
        Point::new(0.0, y),
        Item::Group(Group::tagged(frame, Tag::Artifact(Artifact::Layout))),
    ));
}

/// A copy of a strip as decoration: the head that a table repeats on the next page says nothing new.
pub(crate) fn as_artifact(strip: &Strip) -> Strip {
    let mut copy = Strip {
        height: strip.height,
        ..Strip::default()
    };
    for (at, item) in &strip.items {
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
