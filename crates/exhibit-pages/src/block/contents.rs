//! The table of contents: page numbers first, in the accent, then the titles; no dots.

use exhibit_scene::{
    Group, Item, LinkTarget, MissingGlyph, OutlineEntry, Point, Role, Size, Tag, TagId,
};

use super::prose::{Text, link};
use crate::flow::{PageNumber, Stack, Strip};
use crate::style::{Setting, Type};
use crate::tags::Tree;

/// Entries of the outline with the numbers of their pages, which are written after the flow.
pub(crate) fn contents(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
    entries: &[OutlineEntry],
) -> Result<Stack, MissingGlyph> {
    let page = &setting.theme.page;
    let toc = tree.add(parent, Role::Toc);
    let kind = setting.label(setting.theme.colors.grey);
    let caption = tree.add(toc, Role::Caption);
    let mut strips = Text::plain(tree, caption, setting.words.contents, &kind).strips(
        setting,
        &kind,
        0.0,
        setting.width(),
        false,
    )?;
    if let Some(last) = strips.last_mut() {
        last.height += page.item;
        last.keep = true;
    }
    for entry in entries {
        strips.push(line(setting, tree, toc, entry)?);
    }
    Ok(Stack {
        above: page.around_exhibit,
        below: page.above_heading,
        strips,
        ..Stack::default()
    })
}

fn line(
    setting: &Setting,
    tree: &mut Tree,
    toc: TagId,
    entry: &OutlineEntry,
) -> Result<Strip, MissingGlyph> {
    let page = &setting.theme.page;
    let kind: Type = setting.body();
    let item = tree.add(toc, Role::TocItem);
    let reference = tree.add(item, Role::Reference);
    let target = LinkTarget::Destination(entry.destination.clone());
    let (live, leaf) = tree.link(reference, target, entry.title.clone());
    let number = tree.leaf(live.node);
    let left = 2.0 * page.indent + f64::from(entry.level.saturating_sub(1)) * page.indent;
    let width = setting.measure(setting.width());
    let mut strip = Strip::default();
    let text = Text::filled(leaf, None, &entry.title, &kind);
    strip.height = text.put(
        setting,
        &kind,
        Point::new(left, 0.0),
        width - left,
        &mut strip,
    )?;
    let mut style = kind.style;
    style.color = setting.theme.colors.accent_text;
    style.tabular = true;
    let at = Point::new(0.0, setting.baseline(&kind));
    let number = PageNumber {
        destination: entry.destination.clone(),
        style,
        leaf: number,
    };
    strip.page_numbers.push((at, number));
    let area = Size::new(width, strip.height);
    strip
        .items
        .push((Point::ZERO, Item::Link(link(&live, area))));
    Ok(strip)
}

/// A page number, written, as a group with its place.
pub(crate) fn written(
    setting: &Setting,
    number: &PageNumber,
    at: Point,
    page: usize,
) -> Result<(Point, Item), MissingGlyph> {
    let frame = setting.fonts.line(&(page + 1).to_string(), &number.style)?;
    let up = frame.baseline.expect("a line of text has a baseline");
    let group = Group::tagged(frame, Tag::Content(number.leaf));
    Ok((Point::new(at.x, at.y - up), Item::Group(group)))
}
