//! Paragraphs.

use exhibit_facts::facts::Prose;
use exhibit_scene::{MissingGlyph, Role, TagId};

use super::prose::{Marks, Text};
use crate::flow::Stack;
use crate::style::{Setting, Type};
use crate::tags::Tree;

/// A paragraph of running text, at most as wide as the measure.
pub(crate) fn paragraph(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
    prose: &Prose,
    kind: &Type,
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let node = tree.add(parent, Role::P);
    let text = Text::new(setting, tree, node, prose, kind, Marks::Shown);
    let gap = setting.theme.page.paragraph;
    Ok(Stack {
        above: gap,
        below: gap,
        strips: text.strips(setting, kind, 0.0, setting.measure(width), true)?,
        ..Stack::default()
    })
}
