//! Exhibits: head, plot and foot stay together.

use exhibit_charts::Drawn;
use exhibit_facts::facts::{Content, Exhibit, FactId};
use exhibit_scene::{Frame, Group, Item, LinkTarget, MissingGlyph, Point, Rect, Role, Tag, TagId};

use super::prose::TaggedText;
use super::table::table;
use super::vstack::vstack;
use crate::fragment::{Fragment, Parted, Plot, Stack};
use crate::region::Region;
use crate::style::PageStyle;
use crate::tags::{self, TagTree};

/// An exhibit as one stack. `width` is the width of the place, in points.
///
/// A chart higher than [`Region::max_unbroken`] or wider than `width` is scaled down as a whole, because no page may
/// end inside a plot. A table higher than that breaks over pages, and repeats its head.
///
/// # Errors
/// A character that no face has.
pub(crate) fn exhibit(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    index: usize,
    drawn: &Drawn,
    region: &Region,
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let exhibit = &styles.facts.exhibits[index];
    let around = styles.theme.page.around_exhibit;
    let node = tree.add(parent, Role::Div);
    let (fragments, repeat) = match &exhibit.content {
        Content::Table(rows) => {
            let table_node = tree.add(node, Role::Table);
            let mut fragments = vec![head(styles, tree, table_node, drawn)];
            let rows = table(styles, tree, table_node, rows, width)?;
            fragments.extend(rows.fragments);
            let whole = fragments.last_mut().expect("a table has a head row");
            if drawn.foot.size.height > 0.0 {
                whole.keep_with_next = true;
                fragments.push(foot(styles, tree, node, drawn));
            }
            (fragments, Some(rows.head))
        }
        Content::Chart(_) | Content::Timeline(_) | Content::KeyFigures(_) => {
            let gap = 2.0 * styles.theme.chart.gap;
            let height = drawn.head.size.height
                + drawn.plot.size.height
                + drawn.foot.size.height
                + 2.0 * gap;
            let factor = (region.max_unbroken() / height)
                .min(width / drawn.plot.size.width)
                .min(1.0);
            let size = drawn.plot.size;
            let drawn = if factor < 1.0 {
                &scaled(drawn, factor)
            } else {
                drawn
            };
            let mut fragments = vec![head(styles, tree, node, drawn)];
            let mut figure = figure(tree, node, drawn);
            figure.plot = (factor >= 1.0).then_some(Plot {
                exhibit: index,
                item: 0,
                width: size.width,
                usual: size.height,
            });
            fragments.push(figure);
            if drawn.foot.size.height > 0.0 {
                fragments.push(foot(styles, tree, node, drawn));
            }
            (fragments, None)
        }
    };
    let mut stack = Stack {
        above: around,
        below: around,
        fragments,
        exhibit: true,
        repeat,
        ..Stack::default()
    };
    markers(
        styles,
        tree,
        node,
        exhibit,
        drawn,
        width,
        &mut stack.fragments[0],
    )?;
    anchors(styles, tree, exhibit, &mut stack.fragments[0]);
    let height: f64 = stack.fragments.iter().map(|fragment| fragment.height).sum();
    if height <= region.max_unbroken() {
        let parts = std::mem::take(&mut stack.fragments);
        let head = stack.repeat.take().filter(|_| parts.len() >= LEAST_PARTED);
        stack.parted = head.map(|head| Parted {
            fragments: parts.clone(),
            head: Some(head),
        });
        stack.fragments = vec![vstack(vec![Stack {
            fragments: parts,
            ..Stack::default()
        }])];
    }
    Ok(stack)
}

/// Fewest fragments of a table that a page may part: head, title and foot among them, so that rows stand on both pages.
const LEAST_PARTED: usize = 10;

/// The same drawing, all lengths times `factor`.
fn scaled(drawn: &Drawn, factor: f64) -> Drawn {
    Drawn {
        head: drawn.head.scaled(factor),
        plot: drawn.plot.scaled(factor),
        foot: drawn.foot.scaled(factor),
        alt: drawn.alt.clone(),
        overflow: drawn.overflow,
    }
}

/// Item that fills a leaf with a frame.
fn tagged(frame: &Frame, leaf: TagId) -> Item {
    Item::Group(Group::tagged(frame.clone(), Tag::Content(leaf)))
}

/// Kicker, title and subtitle as a caption.
fn head(styles: &PageStyle, tree: &mut TagTree, node: TagId, drawn: &Drawn) -> Fragment {
    let leaf = tree.add_with_leaf(node, Role::Caption);
    Fragment {
        height: drawn.head.size.height + 2.0 * styles.theme.chart.gap,
        items: vec![(Point::ZERO, tagged(&drawn.head, leaf))],
        keep_with_next: true,
        ..Fragment::default()
    }
}

/// Plot as a figure with alternative text.
fn figure(tree: &mut TagTree, node: TagId, drawn: &Drawn) -> Fragment {
    let (figure, leaf) = tree.structure.add_leaf(node, Role::Figure);
    tree.structure.node_mut(figure).alt = Some(drawn.alt.clone());
    let size = drawn.plot.size;
    Fragment {
        height: size.height,
        items: vec![(Point::ZERO, tagged(&drawn.plot, leaf))],
        figures: vec![(figure, Rect::new(0.0, 0.0, size.width, size.height))],
        keep_with_next: true,
        ..Fragment::default()
    }
}

/// Notes and source line as a paragraph.
fn foot(styles: &PageStyle, tree: &mut TagTree, node: TagId, drawn: &Drawn) -> Fragment {
    let leaf = tree.add_with_leaf(node, Role::P);
    let gap = 2.0 * styles.theme.chart.gap;
    Fragment {
        height: gap + drawn.foot.size.height,
        items: vec![(Point::new(0.0, gap), tagged(&drawn.foot, leaf))],
        ..Fragment::default()
    }
}

/// Destinations of an exhibit and of the facts that the exhibit is the first to use.
fn anchors(styles: &PageStyle, tree: &mut TagTree, exhibit: &Exhibit, fragment: &mut Fragment) {
    fragment
        .anchors
        .push((tags::exhibit_destination(&exhibit.id), 0.0));
    let numbers = exhibit
        .facts
        .iter()
        .filter_map(|fact| styles.register_number(*fact));
    let names = numbers.filter_map(|number| tree.first_use(number));
    fragment.anchors.extend(names.map(|name| (name, 0.0)));
}

/// Register numbers of the facts of an exhibit, in grey at the right end of its first line. Each range of numbers links
/// to the register.
fn markers(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    exhibit: &Exhibit,
    drawn: &Drawn,
    width: f64,
    fragment: &mut Fragment,
) -> Result<(), MissingGlyph> {
    let ranges = ranges(styles, &exhibit.facts);
    if ranges.is_empty() {
        return Ok(());
    }
    let mut style = styles.quiet();
    style.text = styles.fact_marker();
    style.text.tabular = false;
    let paragraph = tree.add(node, Role::P);
    let mut line = TaggedText::default();
    for (index, (from, to)) in ranges.iter().enumerate() {
        if index > 0 {
            line.append(TaggedText::plain(tree, paragraph, ", ", &style));
        }
        let text = if from == to {
            from.to_string()
        } else {
            format!("{from}–{to}")
        };
        let description = format!("{}: {text}", styles.words.register);
        let target = LinkTarget::Destination(tags::fact_destination(*from));
        let (link, leaf) = tree.add_link(paragraph, target, description);
        line.append(TaggedText::in_leaf(leaf, Some(link), &text, &style));
    }
    // On the baseline of the kicker, which is short; in a head without a baseline, on that of a kicker at the top.
    let baseline = drawn
        .head
        .baseline
        .unwrap_or_else(|| styles.baseline(&styles.kicker()));
    let y = baseline - styles.baseline(&style);
    let available = width / 2.0;
    line.put_to(
        styles,
        &style,
        Point::new(width - available, y),
        available,
        super::prose::Side::Right,
        fragment,
    )?;
    Ok(())
}

/// Ranges of consecutive register numbers, first and last, in order.
fn ranges(styles: &PageStyle, facts: &[FactId]) -> Vec<(usize, usize)> {
    let mut numbers: Vec<usize> = facts
        .iter()
        .filter_map(|fact| styles.register_number(*fact))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, to)) if *to + 1 == number => *to = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}
