//! Key figures: large numbers side by side, with hairlines between them.

use exhibit_facts::facts::KeyFigure;
use exhibit_scene::{
    Artifact, Frame, Group, Item, MissingGlyph, Path, Point, Role, Size, Stroke, Tag, TagId,
    TextStyle,
};

use super::prose::TaggedText;
use crate::fragment::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::TagTree;

/// Greatest number of figures in a row.
const MAX_FIGURES_PER_ROW: usize = 4;

/// Key figures as one stack of rows, `width` points wide.
///
/// # Errors
/// A character that no face has.
pub(crate) fn key_figures(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    figures: &[KeyFigure],
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let page = &styles.theme.page;
    let node = tree.add(parent, Role::Div);
    // Rows of even length: five figures stand as three and two, in columns of one width.
    let rows = figures.len().div_ceil(MAX_FIGURES_PER_ROW).max(1);
    let columns = figures.len().div_ceil(rows).max(1);
    let mut fragments = Vec::new();
    for row in figures.chunks(columns) {
        let mut fragment = key_row(styles, tree, node, row, columns, width)?;
        if !fragments.is_empty() {
            fragment.height += page.paragraph;
            shift_down(&mut fragment, page.paragraph);
        }
        fragments.push(fragment);
    }
    Ok(Stack {
        above: page.around_exhibit,
        below: page.around_exhibit,
        fragments,
        ..Stack::default()
    })
}

/// Moves the content of a fragment down by `by` points.
fn shift_down(fragment: &mut Fragment, by: f64) {
    fragment.items.iter_mut().for_each(|(at, _)| at.y += by);
    fragment
        .anchors
        .iter_mut()
        .for_each(|(_, down)| *down += by);
}

/// One row of figures in `columns` columns.
fn key_row(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    row: &[KeyFigure],
    columns: usize,
    width: f64,
) -> Result<Fragment, MissingGlyph> {
    let gap = styles.theme.page.gutter * 2.0;
    let column = (width - gap * (columns as f64 - 1.0)) / columns as f64;
    let number = number_style(styles, row, column)?;
    let beside = units_beside(styles, row, &number, column)?;
    let mut fragment = Fragment::default();
    for (index, figure) in row.iter().enumerate() {
        let x = index as f64 * (column + gap);
        let height = key_figure(
            styles,
            tree,
            node,
            figure,
            &number,
            beside,
            x,
            column,
            &mut fragment,
        )?;
        fragment.height = fragment.height.max(height);
    }
    for index in 1..row.len() {
        let x = index as f64 * (column + gap) - gap / 2.0;
        let item = vertical_rule(styles, fragment.height);
        fragment.items.push((Point::new(x, 0.0), item));
    }
    Ok(fragment)
}

/// Style of the numbers of a row, smaller where the widest number is wider than its column.
fn number_style(
    styles: &PageStyle,
    row: &[KeyFigure],
    column: f64,
) -> Result<ParagraphStyle, MissingGlyph> {
    let mut style = styles.key_figure();
    let mut widest: f64 = 0.0;
    for figure in row {
        widest = widest.max(styles.fonts.width(&number_text(figure), &style.text)?);
    }
    if widest > column {
        style.text.size *= column / widest;
    }
    Ok(style)
}

/// Large text: the number, with its sign where the unit is one.
fn number_text(figure: &KeyFigure) -> String {
    let forms = &figure.datum.forms;
    if is_sign(&forms.unit) {
        format!("{}{}", forms.number, forms.unit)
    } else {
        forms.number.clone()
    }
}

/// True for a unit that is a sign. A sign stands close to its number, in the same size.
fn is_sign(unit: &str) -> bool {
    unit == "%" || unit == "\u{2030}"
}

/// True when each unit in words fits beside its number. Otherwise the units of the row stand below the labels.
fn units_beside(
    styles: &PageStyle,
    row: &[KeyFigure],
    number: &ParagraphStyle,
    column: f64,
) -> Result<bool, MissingGlyph> {
    for figure in row {
        let unit = &figure.datum.forms.unit;
        if !is_sign(unit) && !unit.is_empty() {
            let both = styles.fonts.width(&number_text(figure), &number.text)?
                + styles.fonts.width(unit, &styles.quiet().text)?;
            if both + styles.theme.page.step > column {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Draws one figure at `x` in a column of `column` points, and returns its height in points.
#[expect(
    clippy::too_many_arguments,
    reason = "a figure's place is its row's business"
)]
fn key_figure(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    figure: &KeyFigure,
    number: &ParagraphStyle,
    beside: bool,
    x: f64,
    column: f64,
    fragment: &mut Fragment,
) -> Result<f64, MissingGlyph> {
    let paragraph = tree.add(node, Role::P);
    let forms = &figure.datum.forms;
    let baseline = styles.baseline(&styles.key_figure());
    let mut frame = Frame::new(Size::new(column, number.leading));
    let shaped = styles.fonts.shape(&number_text(figure), &number.text)?;
    let end = shaped.width + styles.theme.page.step;
    frame.push_text(Point::new(0.0, baseline), shaped);
    let mut y = number.leading;
    let worded = !is_sign(&forms.unit) && !forms.unit.is_empty();
    let quiet = styles.quiet();
    if worded && beside {
        frame.push_text(
            Point::new(end, baseline),
            styles.fonts.shape(&forms.unit, &quiet.text)?,
        );
    }
    let leaf = tree.add_leaf(paragraph);
    fragment.items.push((
        Point::new(x, 0.0),
        Item::Group(Group::tagged(frame, Tag::Content(leaf))),
    ));
    let label = styles.label(styles.theme.colors.ink);
    let mut text = TaggedText::plain(tree, paragraph, &figure.label, &label);
    text.append(marker(styles, tree, paragraph, figure, &label.text));
    y += text.put(styles, &label, Point::new(x, y), column, fragment)?;
    // Below the label, so that the labels of a row share one baseline with and without units.
    if worded && !beside {
        y += TaggedText::plain(tree, paragraph, &forms.unit, &quiet).put(
            styles,
            &quiet,
            Point::new(x, y),
            column,
            fragment,
        )?;
    }
    if !figure.detail.is_empty() {
        y += TaggedText::plain(tree, paragraph, &figure.detail, &quiet).put(
            styles,
            &quiet,
            Point::new(x, y),
            column,
            fragment,
        )?;
    }
    Ok(y)
}

/// Raised register number behind a label of style `beside`.
fn marker(
    styles: &PageStyle,
    tree: &mut TagTree,
    paragraph: TagId,
    figure: &KeyFigure,
    beside: &TextStyle,
) -> TaggedText {
    let rise = beside.size * styles.theme.page.mark_rise;
    TaggedText::fact_marker(styles, tree, paragraph, figure.datum.fact, rise)
}

/// Hairline between two columns.
fn vertical_rule(styles: &PageStyle, height: f64) -> Item {
    let stroke = Stroke::solid(styles.theme.colors.grid, styles.theme.page.hairline);
    let mut frame = Frame::new(Size::new(stroke.width, height));
    let x = stroke.width / 2.0;
    frame.push(
        Point::ZERO,
        Item::Path(Path::line(
            Point::new(x, 0.0),
            Point::new(x, height),
            stroke,
        )),
    );
    Item::Group(Group::tagged(frame, Tag::Artifact(Artifact::Layout)))
}
