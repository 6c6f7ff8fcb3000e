//! Lists.

use exhibit_core::facts::Block;
use exhibit_scene::{Frame, Group, Item, MissingGlyph, Point, Role, Size, Tag, TagId};

use super::prose::{Markers, TaggedText};
use crate::flow::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::TagTree;

/// What stands before items without numbers, by depth.
const BULLETS: [&str; 3] = ["•", "–", "·"];

/// How a list and what stands in it is set.
#[derive(Clone, Copy)]
pub(crate) struct ListStyle<'a> {
    /// Its text.
    pub(crate) paragraph: &'a ParagraphStyle,
    /// Its left edge.
    pub(crate) left: f64,
    /// Its width, labels and all.
    pub(crate) width: f64,
    /// Lines are filled to the right edge.
    pub(crate) justified: bool,
    /// How many lists it stands in.
    pub(crate) depth: usize,
}

/// A list in running text, numbered or with bullets.
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

/// The lines of a list. Items hang from their labels, and lists in them from theirs.
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
        let mut lines = hanging(styles, tree, body, blocks, inner)?;
        put_label(styles, style, label, tag, list_style.left, &mut lines[0])?;
        if let Some(last) = fragments.last_mut() {
            last.height += styles.theme.page.item;
        }
        fragments.append(&mut lines);
    }
    Ok(fragments)
}

/// The lines of what hangs from a label: paragraphs and lists of an item or a note. At least one, so that the label has a place.
pub(crate) fn hanging(
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
                // An item of one paragraph is that paragraph; what has several parts names each.
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
            | Block::Columns(_)
            | Block::Callout { .. } => {
                unreachable!("texts of the brief give paragraphs and lists only")
            }
        };
        if let Some(last) = fragments.last_mut() {
            last.height += styles.theme.page.item;
            // What leads to a list does not stay behind at a page's foot.
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

/// How far items hang: the theme's indent, or more where a label needs it.
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

/// The label of an item, before everything else on its first line.
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
