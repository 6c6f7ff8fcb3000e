//! Exhibits: head, plot and foot stay together, and float.

use exhibit_core::facts::{Content, Exhibit, FactId};
use exhibit_scene::{Frame, Group, Item, LinkTarget, MissingGlyph, Point, Rect, Role, Tag, TagId};

use super::pile::pile;
use super::prose::Text;
use super::table::table;
use crate::Drawn;
use crate::flow::{Room, Stack, Strip};
use crate::style::Setting;
use crate::tags::{self, Tree};

/// An exhibit. A chart higher than most of a page is made smaller as a whole until it fits, because a plot cannot be parted; a table higher
/// than that goes over several, and its head with it. A chart wider than `width` is made smaller too.
pub(crate) fn exhibit(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
    index: usize,
    drawn: &Drawn,
    room: &Room,
    width: f64,
) -> Result<Stack, MissingGlyph> {
    let exhibit = &setting.facts.exhibits[index];
    let around = setting.theme.page.around_exhibit;
    let node = tree.add(parent, Role::Div);
    let (strips, repeat) = match &exhibit.content {
        Content::Table(rows) => {
            let table_node = tree.add(node, Role::Table);
            let mut strips = vec![head(setting, tree, table_node, drawn)];
            let rows = table(setting, tree, table_node, rows, width)?;
            strips.extend(rows.strips);
            let whole = strips.last_mut().expect("a table has a head row");
            if drawn.foot.size.height > 0.0 {
                whole.keep = true;
                strips.push(foot(setting, tree, node, drawn));
            }
            (strips, Some(rows.head))
        }
        Content::Chart(_) | Content::Timeline(_) | Content::KeyFigures(_) => {
            let gap = 2.0 * setting.theme.chart.gap;
            let height = drawn.head.size.height
                + drawn.plot.size.height
                + drawn.foot.size.height
                + 2.0 * gap;
            let factor = (room.highest() / height)
                .min(width / drawn.plot.size.width)
                .min(1.0);
            let drawn = if factor < 1.0 {
                &smaller(drawn, factor)
            } else {
                drawn
            };
            let mut strips = vec![head(setting, tree, node, drawn)];
            strips.push(figure(tree, node, drawn));
            if drawn.foot.size.height > 0.0 {
                strips.push(foot(setting, tree, node, drawn));
            }
            (strips, None)
        }
    };
    let mut stack = Stack {
        above: around,
        below: around,
        strips,
        repeat,
        ..Stack::default()
    };
    marks(
        setting,
        tree,
        node,
        exhibit,
        drawn,
        width,
        &mut stack.strips[0],
    )?;
    anchors(setting, tree, exhibit, &mut stack.strips[0]);
    let height: f64 = stack.strips.iter().map(|strip| strip.height).sum();
    if height <= room.highest() {
        let whole = pile(
            vec![Stack {
                strips: std::mem::take(&mut stack.strips),
                ..Stack::default()
            }],
            0.0,
        );
        stack = Stack {
            strips: vec![whole],
            floats: true,
            repeat: None,
            ..stack
        };
    }
    Ok(stack)
}

fn smaller(drawn: &Drawn, factor: f64) -> Drawn {
    Drawn {
        head: drawn.head.scaled(factor),
        plot: drawn.plot.scaled(factor),
        foot: drawn.foot.scaled(factor),
        alt: drawn.alt.clone(),
        overflow: drawn.overflow,
    }
}

/// A frame that fills one leaf.
fn filling(frame: &Frame, leaf: TagId) -> Item {
    Item::Group(Group::tagged(frame.clone(), Tag::Content(leaf)))
}

fn head(setting: &Setting, tree: &mut Tree, node: TagId, drawn: &Drawn) -> Strip {
    let leaf = tree.filled(node, Role::Caption);
    Strip {
        height: drawn.head.size.height + 2.0 * setting.theme.chart.gap,
        items: vec![(Point::ZERO, filling(&drawn.head, leaf))],
        keep: true,
        ..Strip::default()
    }
}

fn figure(tree: &mut Tree, node: TagId, drawn: &Drawn) -> Strip {
    let (figure, leaf) = tree.structure.add_leaf(node, Role::Figure);
    tree.structure.node_mut(figure).alt = Some(drawn.alt.clone());
    let size = drawn.plot.size;
    Strip {
        height: size.height,
        items: vec![(Point::ZERO, filling(&drawn.plot, leaf))],
        figures: vec![(figure, Rect::new(0.0, 0.0, size.width, size.height))],
        keep: true,
        ..Strip::default()
    }
}

fn foot(setting: &Setting, tree: &mut Tree, node: TagId, drawn: &Drawn) -> Strip {
    let leaf = tree.filled(node, Role::P);
    let gap = 2.0 * setting.theme.chart.gap;
    Strip {
        height: gap + drawn.foot.size.height,
        items: vec![(Point::new(0.0, gap), filling(&drawn.foot, leaf))],
        ..Strip::default()
    }
}

fn anchors(setting: &Setting, tree: &mut Tree, exhibit: &Exhibit, strip: &mut Strip) {
    strip.anchors.push((tags::exhibit_name(&exhibit.id), 0.0));
    let numbers = exhibit.facts.iter().filter_map(|fact| setting.mark(*fact));
    let names = numbers.filter_map(|number| tree.first_use(number));
    strip.anchors.extend(names.map(|name| (name, 0.0)));
}

/// The marks of an exhibit's facts, in grey at the right end of its first line, each stretch of numbers a link to the register.
fn marks(
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    exhibit: &Exhibit,
    drawn: &Drawn,
    width: f64,
    strip: &mut Strip,
) -> Result<(), MissingGlyph> {
    let stretches = stretches(setting, &exhibit.facts);
    if stretches.is_empty() {
        return Ok(());
    }
    let mut kind = setting.quiet();
    kind.style = setting.fact_mark();
    kind.style.tabular = false;
    let paragraph = tree.add(node, Role::P);
    let mut line = Text::default();
    for (index, (from, to)) in stretches.iter().enumerate() {
        if index > 0 {
            line.append(Text::plain(tree, paragraph, ", ", &kind));
        }
        let text = if from == to {
            from.to_string()
        } else {
            format!("{from}–{to}")
        };
        let description = format!("{}: {text}", setting.words.register);
        let target = LinkTarget::Destination(tags::fact_name(*from));
        let (live, leaf) = tree.link(paragraph, target, description);
        line.append(Text::filled(leaf, Some(live), &text, &kind));
    }
    // On the baseline of the exhibit's number, which is short; where that is not said, on the first line's.
    let baseline = drawn
        .head
        .baseline
        .unwrap_or_else(|| setting.baseline(&setting.kicker()));
    let y = baseline - setting.baseline(&kind);
    let room = width / 2.0;
    line.put_to(
        setting,
        &kind,
        Point::new(width - room, y),
        room,
        super::prose::Side::Right,
        strip,
    )?;
    Ok(())
}

/// Stretches of marks without a gap, in order.
fn stretches(setting: &Setting, facts: &[FactId]) -> Vec<(usize, usize)> {
    let mut numbers: Vec<usize> = facts
        .iter()
        .filter_map(|fact| setting.mark(*fact))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some((_, to)) if *to + 1 == number => *to = number,
            _ => stretches.push((number, number)),
        }
    }
    stretches
}
