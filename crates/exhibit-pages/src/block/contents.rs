//! Table of contents: page numbers in the accent colour, then titles, without leaders.

use exhibit_scene::{
    Group, Item, LinkTarget, MissingGlyph, OutlineEntry, Point, Role, Size, Tag, TagId,
};

use super::grid::parted;
use super::prose::{TaggedText, link_area};
use super::table::highest_row;
use crate::fragment::{Fragment, PageNumber, Stack};
use crate::style::PageStyle;
use crate::tags::TagTree;

/// Entries of the outline as one stack below `parent`. The flow comes first, the page numbers later: see
/// [`page_number_item`].
///
/// # Errors
/// A character that no face has.
pub(crate) fn contents(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    entries: &[OutlineEntry],
) -> Result<Stack, MissingGlyph> {
    let page = &styles.theme.page;
    let toc = tree.add(parent, Role::Toc);
    let style = styles.label(styles.theme.colors.grey);
    let caption = tree.add(toc, Role::Caption);
    let mut fragments = TaggedText::plain(tree, caption, styles.words.contents, &style).fragments(
        styles,
        &style,
        0.0,
        styles.width(),
        false,
    )?;
    if let Some(last) = fragments.last_mut() {
        last.height += page.item;
        last.keep_with_next = true;
    }
    let gutter = 2.0 * page.gutter;
    let half = (styles.width() - gutter) / 2.0;
    let columns = if fit_two_columns(styles, entries, half)? {
        2
    } else {
        1
    };
    let width = if columns == 2 {
        half
    } else {
        styles.measure(styles.width())
    };
    let rows = entries.len().div_ceil(columns);
    let first = fragments.len();
    for (index, entry) in entries.iter().enumerate() {
        let x = (index / rows.max(1)) as f64 * (half + gutter);
        let line = line(styles, tree, toc, entry, x, width)?;
        // The second column stands beside the first, row by row.
        match fragments.get_mut(first + index % rows.max(1)) {
            Some(beside) if index >= rows => {
                beside.height = beside.height.max(line.height);
                beside.items.extend(line.items);
                beside.page_numbers.extend(line.page_numbers);
            }
            _ => fragments.extend(parted(line, highest_row(styles))),
        }
    }
    Ok(Stack {
        above: page.around_exhibit,
        below: page.above_heading,
        fragments,
        ..Stack::default()
    })
}

/// Greatest number of entries in a single column.
const MAX_SINGLE_COLUMN_ENTRIES: usize = 6;

/// True when a list has more than [`MAX_SINGLE_COLUMN_ENTRIES`] entries and each title fits on one line of `width`
/// points.
fn fit_two_columns(
    styles: &PageStyle,
    entries: &[OutlineEntry],
    width: f64,
) -> Result<bool, MissingGlyph> {
    let style = styles.body().text;
    let mut fits = entries.len() > MAX_SINGLE_COLUMN_ENTRIES;
    for entry in entries {
        let left = indent(styles, entry);
        fits &= left + styles.fonts.width(&entry.title, &style)? <= width;
    }
    Ok(fits)
}

/// Indent of a title behind the left edge of its page number, in points.
fn indent(styles: &PageStyle, entry: &OutlineEntry) -> f64 {
    let step = styles.theme.page.indent;
    2.0 * step + f64::from(entry.level.saturating_sub(1)) * step
}

/// Fragment of one entry at `x`, `width` points wide.
fn line(
    styles: &PageStyle,
    tree: &mut TagTree,
    toc: TagId,
    entry: &OutlineEntry,
    x: f64,
    width: f64,
) -> Result<Fragment, MissingGlyph> {
    let style = styles.body();
    let item = tree.add(toc, Role::TocItem);
    let reference = tree.add(item, Role::Reference);
    let target = LinkTarget::Destination(entry.destination.clone());
    let (link, leaf) = tree.add_link(reference, target, entry.title.clone());
    let number = tree.add_leaf(link.node);
    let left = indent(styles, entry);
    let at = Point::new(x + left, 0.0);
    let mut fragment = Fragment::default();
    let text = TaggedText::in_leaf(leaf, None, &entry.title, &style);
    fragment.height = text.put(styles, &style, at, width - left, &mut fragment)?;
    // A page may end inside a title of many lines, which therefore has a link on each line and none around it.
    let tall = fragment.height > highest_row(styles);
    if tall {
        fragment = Fragment::default();
        let text = TaggedText::in_leaf(leaf, Some(link.clone()), &entry.title, &style);
        fragment.height = text.put(styles, &style, at, width - left, &mut fragment)?;
    }
    let mut number_style = style.text;
    number_style.color = styles.theme.colors.accent_text;
    number_style.tabular = true;
    let at = Point::new(x, styles.baseline(&style));
    let number = PageNumber {
        destination: entry.destination.clone(),
        style: number_style,
        leaf: number,
    };
    fragment.page_numbers.push((at, number));
    if !tall {
        let area = Size::new(width, fragment.height);
        fragment
            .items
            .push((Point::new(x, 0.0), Item::Link(link_area(&link, area))));
    }
    Ok(fragment)
}

/// Item of a page number and its top left corner. `at` is the left end of the baseline, `page` an index from 0.
///
/// # Errors
/// A character that no face has.
pub(crate) fn page_number_item(
    styles: &PageStyle,
    number: &PageNumber,
    at: Point,
    page: usize,
) -> Result<(Point, Item), MissingGlyph> {
    let frame = styles.fonts.line(&(page + 1).to_string(), &number.style)?;
    let up = frame.baseline.expect("a line of text has a baseline");
    let group = Group::tagged(frame, Tag::Content(number.leaf));
    Ok((Point::new(at.x, at.y - up), Item::Group(group)))
}
