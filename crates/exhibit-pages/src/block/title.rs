//! Title block of the first page.

use exhibit_facts::facts::BriefMeta;
use exhibit_scene::{MissingGlyph, Role, TagId};

use super::grid::rule;
use super::key_figures::key_figures;
use super::prose::{Markers, TaggedText};
use crate::fragment::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::TagTree;

/// Destination of the title.
pub(crate) const TITLE: &str = "title";

/// Stacks of the title block: kicker, title, deck, authors and date, rule, key figures.
///
/// # Errors
/// A character that no face has.
pub(crate) fn title(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
) -> Result<Vec<Stack>, MissingGlyph> {
    let meta = &styles.facts.meta;
    let page = &styles.theme.page;
    let width = styles.width();
    let mut stacks = Vec::new();
    if let Some(kicker) = meta.kicker.as_deref().filter(|kicker| !kicker.is_empty()) {
        let style = styles.kicker();
        stacks.push(line(styles, tree, parent, &kicker.to_uppercase(), &style)?);
    }
    let style = styles.title();
    let node = tree.add(parent, Role::Heading(1));
    tree.structure.node_mut(node).title = Some(meta.title.text());
    let mut text = TaggedText::new(styles, tree, node, &meta.title, &style, Markers::Hidden);
    text.anchors.push(TITLE.into());
    let even = text.balanced(styles, width)?;
    stacks.push(Stack {
        above: page.step,
        below: page.paragraph,
        fragments: keep_together(text.fragments(styles, &style, 0.0, even, false)?),
        ..Stack::default()
    });
    if let Some(deck) = &meta.subtitle {
        let style = styles.deck();
        let node = tree.add(parent, Role::P);
        let text = TaggedText::new(styles, tree, node, deck, &style, Markers::Hidden);
        let even = text.balanced(styles, styles.measure(width) + page.gutter)?;
        stacks.push(Stack {
            below: page.paragraph,
            fragments: keep_together(text.fragments(styles, &style, 0.0, even, false)?),
            ..Stack::default()
        });
    }
    stacks.push(line(styles, tree, parent, &byline(meta), &styles.quiet())?);
    stacks.push(rule_stack(styles, width));
    if !meta.key_figures.is_empty() {
        let mut row = key_figures(styles, tree, parent, &meta.key_figures, width)?;
        row.above = page.paragraph;
        row.below = page.above_heading;
        stacks.push(row);
    }
    Ok(stacks)
}

/// The same fragments, each kept with the next.
fn keep_together(mut fragments: Vec<Fragment>) -> Vec<Fragment> {
    fragments
        .iter_mut()
        .for_each(|fragment| fragment.keep_with_next = true);
    fragments
}

/// Authors and date.
fn byline(meta: &BriefMeta) -> String {
    let mut parts = meta.authors.clone();
    parts.push(meta.date_text.clone());
    parts.join("  ·  ")
}

/// Text as a stack of its own.
fn line(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    text: &str,
    style: &ParagraphStyle,
) -> Result<Stack, MissingGlyph> {
    let node = tree.add(parent, Role::P);
    let text = TaggedText::plain(tree, node, text, style);
    let fragments = text.fragments(styles, style, 0.0, styles.width(), false)?;
    Ok(Stack {
        below: styles.theme.page.step,
        fragments: keep_together(fragments),
        ..Stack::default()
    })
}

/// Rule over the full width.
fn rule_stack(styles: &PageStyle, width: f64) -> Stack {
    let page = &styles.theme.page;
    let mut fragment = Fragment {
        height: page.hairline,
        keep_with_next: true,
        ..Fragment::default()
    };
    rule(
        &mut fragment,
        0.0,
        width,
        page.hairline,
        styles.theme.colors.rule,
    );
    Stack {
        above: page.paragraph,
        below: page.paragraph,
        fragments: vec![fragment],
        ..Stack::default()
    }
}
