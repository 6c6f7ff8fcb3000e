//! Back matter: notes and the list of sources.

use exhibit_facts::facts::{Block, Source};
use exhibit_facts::format::note_letter;
use exhibit_scene::{LinkTarget, MissingGlyph, Point, Role, TagId};

use crate::block::list::{ListStyle, hanging_fragments, indent, put_label};
use crate::block::prose::TaggedText;
use crate::fragment::{Fragment, Stack};
use crate::style::PageStyle;
use crate::tags::{self, TagTree};

/// Notes as one stack. The letter of each note links back to its first marker.
///
/// # Errors
/// A character that no face has.
pub(crate) fn notes(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
) -> Result<Stack, MissingGlyph> {
    let style = styles.small();
    let notes = &styles.facts.notes;
    let labels: Vec<String> = (0..notes.len()).map(note_letter).collect();
    let left = indent(styles, &labels, &style)?;
    let width = styles.measure(styles.width()) - left;
    let mut entries = Vec::new();
    for (index, blocks) in notes.iter().enumerate() {
        let number = index + 1;
        let node = tree.add(parent, Role::Note);
        // The id of each note is unique (PDF/UA-1, 7.9).
        tree.structure.node_mut(node).id = Some(tags::note_destination(number));
        let mut back = TaggedText::default();
        if tree.notes_marked.contains(&number) {
            let label = tree.add(node, Role::Label);
            let description = format!("{} {}", styles.words.notes, labels[index]);
            let target = LinkTarget::Destination(tags::note_marker_destination(number));
            let (link, leaf) = tree.add_link(label, target, description);
            back = TaggedText::in_leaf(leaf, Some(link), &labels[index], &style);
        }
        // A note of one paragraph has a node for that paragraph, beside its label.
        let parent = if blocks.len() == 1 && matches!(blocks[0], Block::Paragraph(_)) {
            tree.add(node, Role::P)
        } else {
            node
        };
        let list_style = ListStyle {
            paragraph: &style,
            left,
            width,
            justified: false,
            depth: 0,
        };
        let mut fragments = hanging_fragments(styles, tree, parent, blocks, list_style)?;
        let first = &mut fragments[0];
        back.put(styles, &style, Point::ZERO, left, first)?;
        first.anchors.push((tags::note_destination(number), 0.0));
        entries.push(fragments);
    }
    Ok(entry_stack(styles, entries))
}

/// List of sources as one stack, with the numbers of the citations.
///
/// # Errors
/// A character that no face has.
pub(crate) fn sources(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
) -> Result<Stack, MissingGlyph> {
    let style = styles.small();
    let sources = &styles.facts.sources;
    let list = tree.add(parent, Role::List);
    let labels: Vec<String> = (1..=sources.len())
        .map(|number| format!("[{number}]"))
        .collect();
    let left = indent(styles, &labels, &style)?;
    let width = styles.measure(styles.width()) - left;
    let mut entries = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let item = tree.add(list, Role::ListItem);
        let label = tree.add_with_leaf(item, Role::Label);
        let body = tree.add(item, Role::ListBody);
        let text = citation_text(styles, tree, body, source);
        let mut fragments = text.fragments(styles, &style, left, width, false)?;
        if fragments.is_empty() {
            fragments.push(Fragment {
                height: style.leading,
                ..Fragment::default()
            });
        }
        put_label(
            styles,
            &style,
            &labels[index],
            label,
            0.0,
            &mut fragments[0],
        )?;
        fragments[0]
            .anchors
            .push((tags::source_destination(index + 1), 0.0));
        entries.push(fragments);
    }
    Ok(entry_stack(styles, entries))
}

/// Citation of a source, with its web address as a link.
fn citation_text(
    styles: &PageStyle,
    tree: &mut TagTree,
    body: TagId,
    source: &Source,
) -> TaggedText {
    let style = styles.small();
    let Some(url) = &source.url else {
        return TaggedText::plain(tree, body, &source.citation, &style);
    };
    let (before, after) = source
        .citation
        .split_once(url.as_str())
        .unwrap_or((&source.citation, ""));
    let gap = if before.is_empty() || before.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    let mut text = TaggedText::plain(tree, body, &format!("{before}{gap}"), &style);
    let mut accent = style;
    accent.text.color = styles.theme.colors.accent_text;
    let (link, leaf) = tree.add_link(body, LinkTarget::Uri(url.clone()), source.title.clone());
    text.append(TaggedText::in_leaf(leaf, Some(link), url, &accent));
    text.append(TaggedText::plain(tree, body, after, &style));
    text
}

/// Entries as one stack, with the white space of list items between them.
fn entry_stack(styles: &PageStyle, entries: Vec<Vec<Fragment>>) -> Stack {
    let mut fragments: Vec<Fragment> = Vec::new();
    for mut entry in entries {
        if let Some(last) = fragments.last_mut() {
            last.height += styles.theme.page.item;
        }
        fragments.append(&mut entry);
    }
    Stack {
        fragments,
        ..Stack::default()
    }
}
