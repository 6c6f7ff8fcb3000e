//! Rows and columns, shared by tables of exhibits and the register.

use exhibit_charts::columns::split_at_decimal_sign;
pub(crate) use exhibit_charts::columns::{ContentWidth, column_widths};
use exhibit_scene::{
    Artifact, Color, Frame, Group, Item, MissingGlyph, Path, Point, Size, Stroke, Tag,
};

use super::prose::{Side, TaggedText, WIDTH_TOLERANCE};
use crate::fragment::Fragment;
use crate::style::{PageStyle, ParagraphStyle};

/// A column of a grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Left edge, in points.
    pub(crate) x: f64,
    /// Width, in points.
    pub(crate) width: f64,
    /// Distance from the left edge to the decimal signs, in points. None for a column of words.
    pub(crate) axis: Option<f64>,
}

/// A cell before its setting.
pub(crate) struct Cell {
    /// Text of the cell.
    pub(crate) text: TaggedText,
    /// Style of the text.
    pub(crate) style: ParagraphStyle,
    /// Alignment in the column.
    pub(crate) align: CellAlign,
}

/// Alignment of a text in its column.
pub(crate) enum CellAlign {
    /// At a distance from the left edge in points, with as many lines as necessary.
    Left(f64),
    /// At the right edge.
    Right,
    /// Decimal sign on the axis of the column. The text is the printed number.
    Decimal(String),
}

/// Columns of the given widths, side by side with `gap` points between them.
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

/// Widths of the longest word and of the whole text.
///
/// # Errors
/// A character that no face has.
pub(crate) fn want(
    styles: &PageStyle,
    text: &str,
    style: &ParagraphStyle,
) -> Result<ContentWidth, MissingGlyph> {
    exhibit_charts::columns::content_width(styles.fonts, text, &style.text)
}

/// Widths left and right of the decimal sign, in points. Both are 0 for a text without a number.
///
/// # Errors
/// A character that no face has.
pub(crate) fn number_widths(
    styles: &PageStyle,
    text: &str,
    style: &ParagraphStyle,
) -> Result<(f64, f64), MissingGlyph> {
    let language = styles.facts.meta.language;
    match split_at_decimal_sign(text, language) {
        Some((left, right)) => Ok((
            styles.fonts.width(left, &style.text)?,
            styles.fonts.width(right, &style.text)?,
        )),
        None => Ok((0.0, 0.0)),
    }
}

/// One row, at least as high as the rows of tables. Each cell stands in the column of the same index; the last columns
/// may lack cells.
///
/// # Errors
/// A character that no face has.
pub(crate) fn row(
    styles: &PageStyle,
    columns: &[Column],
    cells: Vec<Cell>,
) -> Result<Fragment, MissingGlyph> {
    row_of(styles, columns, cells, styles.theme.page.row)
}

/// One row, at least `least` points high. See [`row`].
///
/// # Errors
/// A character that no face has.
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
            CellAlign::Decimal(printed) => decimal_position(styles, column, &printed, &style)?,
        };
        let at = Point::new(column.x + indent, pad);
        let lines = text.put_to(styles, &style, at, width, side, &mut fragment)?;
        height = height.max(2.0 * pad + lines);
    }
    fragment.height = height.max(least);
    Ok(fragment)
}

/// A row as one fragment, or one a line where the row is higher than `most` points. Two lines stay together at each end,
/// and the last fragment keeps with the next as the row did.
pub(crate) fn parted(row: Fragment, most: f64) -> Vec<Fragment> {
    if row.height <= most {
        return vec![row];
    }
    let bottom = |(at, item): &(Point, Item)| at.y + item_height(item);
    // A line begins where text begins that no other item reaches across. The first line takes the white space above.
    let lines = || row.items.iter().filter(|(_, item)| is_content(item));
    let first = lines().map(bottom).fold(f64::INFINITY, f64::min);
    let mut cuts: Vec<f64> = lines().map(|(at, _)| at.y).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|later, earlier| *later - *earlier < WIDTH_TOLERANCE);
    cuts.retain(|cut| {
        let crosses = |item: &(Point, Item)| {
            item.0.y < cut - WIDTH_TOLERANCE && bottom(item) > cut + WIDTH_TOLERANCE
        };
        *cut + WIDTH_TOLERANCE >= first && !row.items.iter().any(crosses)
    });
    let mut tops = vec![0.0];
    tops.extend(cuts);
    let count = tops.len();
    let mut pieces: Vec<Fragment> = (0..count)
        .map(|index| Fragment {
            height: tops.get(index + 1).unwrap_or(&row.height) - tops[index],
            keep_with_next: if index + 1 == count {
                row.keep_with_next
            } else {
                index == 0 || index + 2 == count
            },
            ..Fragment::default()
        })
        .collect();
    let piece = |y: f64| {
        tops.iter()
            .rposition(|top| *top <= y + WIDTH_TOLERANCE)
            .unwrap_or(0)
    };
    for (at, item) in row.items {
        let index = piece(at.y);
        pieces[index]
            .items
            .push((Point::new(at.x, at.y - tops[index]), item));
    }
    for (at, number) in row.page_numbers {
        let index = piece(at.y);
        let at = Point::new(at.x, at.y - tops[index]);
        pieces[index].page_numbers.push((at, number));
    }
    for (name, down) in row.anchors {
        let index = piece(down);
        pieces[index].anchors.push((name, down - tops[index]));
    }
    pieces
}

/// Height of an item of a row, in points.
fn item_height(item: &Item) -> f64 {
    match item {
        Item::Group(group) => group.frame.size.height,
        Item::Link(link) => link.size.height,
        Item::Glyphs(_) | Item::Path(_) => 0.0,
    }
}

/// True for tagged content, which rules are not.
fn is_content(item: &Item) -> bool {
    matches!(item, Item::Group(group) if matches!(group.tag, Some(Tag::Content(_))))
}

/// Position of a number: indent, available width, and the edge that its lines share.
fn decimal_position(
    styles: &PageStyle,
    column: &Column,
    printed: &str,
    style: &ParagraphStyle,
) -> Result<(f64, f64, Side), MissingGlyph> {
    let whole = styles.fonts.width(printed, &style.text)?;
    let at_edge = (0.0, column.width, Side::Right);
    // A word among numbers stands at the right edge, and so does a number wider than the column.
    let (Some(axis), Some((left, _))) = (
        column.axis,
        split_at_decimal_sign(printed, styles.facts.meta.language),
    ) else {
        return Ok(at_edge);
    };
    let indent = axis - styles.fonts.width(left, &style.text)?;
    if indent < 0.0 || indent + whole > column.width + WIDTH_TOLERANCE {
        return Ok(at_edge);
    }
    Ok((indent, column.width - indent + WIDTH_TOLERANCE, Side::Left))
}

/// Rule of `width` points, its top at `y` points of the fragment, as an artifact.
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

/// Copy of a fragment as an artifact. The head that a table repeats on later pages adds no content.
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
