//! Paragraphs.

use exhibit_facts::facts::Prose;
use exhibit_scene::{MissingGlyph, Role, TagId};

use super::prose::{Markers, TaggedText};
use crate::fragment::Stack;
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::TagTree;

/// Justified paragraph as one stack, at most as wide as the measure and `width` points.
///
/// # Errors
/// A character that no face has.
pub(crate) fn paragraph(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    prose: &Prose,
    style: &ParagraphStyle,
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let node = tree.add(parent, Role::P);
    let text = TaggedText::new(styles, tree, node, prose, style, Markers::Shown);
    let gap = styles.theme.page.paragraph;
    Ok(Stack {
        above: gap,
        below: gap,
        fragments: text.fragments(styles, style, 0.0, styles.measure(width), true)?,
        ..Stack::default()
    })
}
