//! Stacks put under each other for good: what stands in a column or beside a rule.

use exhibit_scene::Point;

use crate::flow::{Stack, Strip};

/// Stacks as one strip, with the white space between them that the flow would give, moved `right`.
pub(crate) fn pile(stacks: Vec<Stack>, right: f64) -> Strip {
    let mut pile = Strip::default();
    let mut below: Option<f64> = None;
    for stack in stacks {
        let gap = below.map_or(0.0, |below| below.max(stack.above));
        pile.height += gap;
        for strip in stack.strips {
            put(&mut pile, strip, right);
        }
        below = Some(stack.below);
    }
    pile
}

/// Adds a strip at the foot of another.
fn put(pile: &mut Strip, strip: Strip, right: f64) {
    let y = pile.height;
    pile.height += strip.height;
    join(pile, strip, Point::new(right, y));
}

/// Draws a strip upon another, moved; heights are the caller's.
pub(crate) fn join(base: &mut Strip, strip: Strip, by: Point) {
    let items = strip.items.into_iter();
    base.items.extend(items.map(|(at, item)| (at + by, item)));
    let anchors = strip.anchors.into_iter();
    base.anchors
        .extend(anchors.map(|(name, down)| (name, down + by.y)));
    let figures = strip.figures.into_iter();
    base.figures
        .extend(figures.map(|(tag, rect)| (tag, rect.shifted(by))));
    let numbers = strip.page_numbers.into_iter();
    base.page_numbers
        .extend(numbers.map(|(at, number)| (at + by, number)));
}
