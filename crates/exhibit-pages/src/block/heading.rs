//! Headings.

use exhibit_facts::facts::Prose;
use exhibit_scene::{MissingGlyph, OutlineEntry, Role, TagId};

use super::prose::{Markers, TaggedText};
use crate::fragment::Stack;
use crate::style::PageStyle;
use crate::tags::{TagTree, heading_destination};

/// Stack and outline entry of a heading of level 1 or 2. The title of the document is the first level of the structure,
/// so that a heading of level 1 is an `H2`. `number` counts the headings of the document from 1.
///
/// # Errors
/// A character that no face has.
pub(crate) fn heading(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    prose: &Prose,
    level: u8,
    number: usize,
) -> Result<(Stack, OutlineEntry), MissingGlyph> {
    let style = styles.heading(level);
    let node = tree.add(parent, Role::Heading(level + 1));
    let title = prose.text();
    tree.structure.node_mut(node).title = Some(title.clone());
    let mut text = TaggedText::new(styles, tree, node, prose, &style, Markers::Hidden);
    text.anchors.push(heading_destination(number));
    let even = text.balanced(styles, styles.measure(styles.width()))?;
    let mut fragments = text.fragments(styles, &style, 0.0, even, false)?;
    for fragment in &mut fragments {
        fragment.keep_with_next = true;
    }
    let page = &styles.theme.page;
    let (above, below) = if level == 1 {
        (page.above_heading, page.below_heading)
    } else {
        (page.above_subheading, page.below_subheading)
    };
    let stack = Stack {
        above,
        below,
        fragments,
        section: (level == 1).then(|| title.clone()),
        ..Stack::default()
    };
    let entry = OutlineEntry {
        level,
        title,
        destination: heading_destination(number),
    };
    Ok((stack, entry))
}
