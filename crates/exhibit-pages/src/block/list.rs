//! Lists.

use exhibit_core::facts::Prose;
use exhibit_scene::{Frame, Group, Item, MissingGlyph, Point, Role, Size, Tag, TagId};

use super::prose::{Marks, Text};
use crate::flow::{Stack, Strip};
use crate::style::{Setting, Type};
use crate::tags::Tree;

/// A list of text items, numbered or with bullets. Items hang from their labels.
pub(crate) fn list(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
    ordered: bool,
    items: &[Prose],
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let page = &setting.theme.page;
    let kind = setting.body();
    let node = tree.add(parent, Role::List);
    let labels: Vec<String> = (1..=items.len())
        .map(|n| {
            if ordered {
                format!("{n}.")
            } else {
                "•".into()
            }
        })
        .collect();
    let indent = indent(setting, &labels, &kind)?;
    let mut strips: Vec<Strip> = Vec::new();
    for (prose, label) in items.iter().zip(&labels) {
        let item = tree.add(node, Role::ListItem);
        let tag = tree.filled(item, Role::Label);
        let body = tree.add(item, Role::ListBody);
        let text = Text::new(setting, tree, body, prose, &kind, Marks::Shown);
        let mut lines = text.strips(
            setting,
            &kind,
            indent,
            setting.measure(width) - indent,
            true,
        )?;
        if lines.is_empty() {
            lines.push(Strip {
                height: kind.leading,
                ..Strip::default()
            });
        }
        put_label(setting, &kind, label, tag, 0.0, &mut lines[0])?;
        if let Some(last) = strips.last_mut() {
            last.height += page.item;
        }
        strips.append(&mut lines);
    }
    Ok(Stack {
        above: page.paragraph,
        below: page.paragraph,
        strips,
        ..Stack::default()
    })
}

/// How far items hang: the theme's indent, or more where a label needs it.
pub(crate) fn indent(
    setting: &Setting,
    labels: &[String],
    kind: &Type,
) -> Result<f64, MissingGlyph> {
    let mut indent = setting.theme.page.indent;
    for label in labels {
        indent = indent.max(setting.fonts.width(label, &kind.style)? + setting.theme.page.step);
    }
    Ok(indent)
}

/// The label of an item, before everything else on its first line.
pub(crate) fn put_label(
    setting: &Setting,
    kind: &Type,
    label: &str,
    tag: TagId,
    x: f64,
    strip: &mut Strip,
) -> Result<(), MissingGlyph> {
    let shaped = setting.fonts.shape(label, &kind.style)?;
    let mut frame = Frame::new(Size::new(shaped.width, kind.leading));
    frame.push_text(Point::new(0.0, setting.baseline(kind)), shaped);
    let group = Group::tagged(frame, Tag::Content(tag));
    strip
        .items
        .insert(0, (Point::new(x, 0.0), Item::Group(group)));
    Ok(())
}
