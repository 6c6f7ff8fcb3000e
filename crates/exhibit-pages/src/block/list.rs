//! Lists.

use exhibit_facts::facts::Block;
use exhibit_scene::{Frame, Group, Item, MissingGlyph, Point, Role, Size, Tag, TagId};

use super::prose::{Markers, TaggedText};
use crate::fragment::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::TagTree;

/// Labels of items without numbers, by depth. Deeper lists repeat the last label.
const BULLETS: [&str; 3] = ["•", "–", "·"];

/// Style and place of a list.
#[derive(Clone, Copy)]
pub(crate) struct ListStyle<'a> {
    /// Style of the text.
    pub(crate) paragraph: &'a ParagraphStyle,
    /// Left edge, in points.
    pub(crate) left: f64,
    /// Width with labels, in points.
    pub(crate) width: f64,
    /// True when lines end at the right edge.
    pub(crate) justified: bool,
    /// Number of lists around the list.
    pub(crate) depth: usize,
}

/// List in running text, as one stack. `first` is the number of the first item; a list without it has bullets.
///
/// # Errors
/// A character that no face has.
pub(crate) fn list(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    first: Option<u64>,
    items: &[Vec<Block>],
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let page = &styles.theme.page;
    let list_style = ListStyle {
        paragraph: &styles.body(),
        left: 0.0,
        width: styles.measure(width),
        justified: true,
        depth: 0,
    };
    Ok(Stack {
        above: page.paragraph,
        below: page.paragraph,
        fragments: fragments(styles, tree, parent, (first, items), list_style)?,
        ..Stack::default()
    })
}

/// Lines of a list, one fragment each. Items hang from their labels, and a nested list from the text of its item.
fn fragments(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    (first, items): (Option<u64>, &[Vec<Block>]),
    list_style: ListStyle,
) -> Result<Vec<Fragment>, MissingGlyph> {
    let style = list_style.paragraph;
    let node = tree.add(parent, Role::List);
    let labels: Vec<String> = (0_u64..)
        .take(items.len())
        .map(|index| match first {
            Some(first) => format!("{}.", first.saturating_add(index)),
            None => BULLETS[list_style.depth.min(BULLETS.len() - 1)].into(),
        })
        .collect();
    let indent = indent(styles, &labels, style)?;
    let mut fragments: Vec<Fragment> = Vec::new();
    for (blocks, label) in items.iter().zip(&labels) {
        let item = tree.add(node, Role::ListItem);
        let tag = tree.add_with_leaf(item, Role::Label);
        let body = tree.add(item, Role::ListBody);
        let inner = ListStyle {
            left: list_style.left + indent,
            width: list_style.width - indent,
            depth: list_style.depth + 1,
            ..list_style
        };
        let mut lines = hanging_fragments(styles, tree, body, blocks, inner)?;
        put_label(styles, style, label, tag, list_style.left, &mut lines[0])?;
        if let Some(last) = fragments.last_mut() {
            last.height += styles.theme.page.item;
        }
        fragments.append(&mut lines);
    }
    Ok(fragments)
}

/// Lines of the paragraphs and lists that hang from one label, of an item or a note. There is one line at least, so
/// that the label has a place.
///
/// # Errors
/// A character that no face has.
pub(crate) fn hanging_fragments(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    blocks: &[Block],
    list_style: ListStyle,
) -> Result<Vec<Fragment>, MissingGlyph> {
    let style = list_style.paragraph;
    let mut fragments: Vec<Fragment> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let mut lines = match block {
            Block::Paragraph(prose) => {
                // The node of the item stands for a single paragraph. Several blocks have a node each.
                let node = if blocks.len() == 1 {
                    parent
                } else {
                    tree.add(parent, Role::P)
                };
                let text = TaggedText::new(styles, tree, node, prose, style, Markers::Shown);
                text.fragments(
                    styles,
                    style,
                    list_style.left,
                    list_style.width,
                    list_style.justified,
                )?
            }
            Block::List { first, items } => {
                self::fragments(styles, tree, parent, (*first, items), list_style)?
            }
            Block::Heading { .. }
            | Block::KeyFigures(_)
            | Block::Exhibit(_)
            | Block::Directive(_)
            | Block::Columns(_)
            | Block::Callout { .. } => {
                unreachable!("texts of the brief give paragraphs and lists only")
            }
        };
        if let Some(last) = fragments.last_mut() {
            last.height += styles.theme.page.item;
            // The line above a nested list stays on the page of the list.
            last.keep_with_next |= matches!(block, Block::List { .. }) && index > 0;
        }
        fragments.append(&mut lines);
    }
    if fragments.is_empty() {
        fragments.push(Fragment {
            height: style.leading,
            ..Fragment::default()
        });
    }
    Ok(fragments)
}

/// Indent of items, in points: that of the theme, or more for a wide label.
///
/// # Errors
/// A character that no face has.
pub(crate) fn indent(
    styles: &PageStyle,
    labels: &[String],
    style: &ParagraphStyle,
) -> Result<f64, MissingGlyph> {
    let mut indent = styles.theme.page.indent;
    for label in labels {
        indent = indent.max(styles.fonts.width(label, &style.text)? + styles.theme.page.step);
    }
    Ok(indent)
}

/// Adds a label before all else on the first line of an item, its left edge at `x`.
///
/// # Errors
/// A character that no face has.
pub(crate) fn put_label(
    styles: &PageStyle,
    style: &ParagraphStyle,
    label: &str,
    tag: TagId,
    x: f64,
    fragment: &mut Fragment,
) -> Result<(), MissingGlyph> {
    let shaped = styles.fonts.shape(label, &style.text)?;
    let mut frame = Frame::new(Size::new(shaped.width, style.leading));
    frame.push_text(Point::new(0.0, styles.baseline(style)), shaped);
    let group = Group::tagged(frame, Tag::Content(tag));
    fragment
        .items
        .insert(0, (Point::new(x, 0.0), Item::Group(group)));
    Ok(())
}
