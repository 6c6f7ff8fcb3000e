//! Stacks merged into one fragment, for columns and callouts.

use exhibit_scene::Point;

use crate::fragment::{Fragment, Plot, Stack};

/// Stacks one below the other, with the white space that the flow would give.
pub(crate) fn vstack(stacks: Vec<Stack>) -> Fragment {
    let mut stacked = Fragment::default();
    let mut below: Option<f64> = None;
    for stack in stacks {
        let gap = below.map_or(0.0, |below| below.max(stack.above));
        stacked.height += gap;
        for fragment in stack.fragments {
            let y = stacked.height;
            stacked.height += fragment.height;
            overlay(&mut stacked, fragment, Point::new(0.0, y));
        }
        below = Some(stack.below);
    }
    stacked
}

/// Adds the content of a fragment to another, moved by `by`. The height of `base` stays.
pub(crate) fn overlay(base: &mut Fragment, fragment: Fragment, by: Point) {
    let above = base.items.len();
    let plot = fragment.plot.map(|plot| Plot {
        item: plot.item + above,
        ..plot
    });
    base.plot = base.plot.or(plot);
    let items = fragment.items.into_iter();
    base.items.extend(items.map(|(at, item)| (at + by, item)));
    let anchors = fragment.anchors.into_iter();
    base.anchors
        .extend(anchors.map(|(name, down)| (name, down + by.y)));
    let figures = fragment.figures.into_iter();
    base.figures
        .extend(figures.map(|(tag, rect)| (tag, rect.shifted(by))));
    let numbers = fragment.page_numbers.into_iter();
    base.page_numbers
        .extend(numbers.map(|(at, number)| (at + by, number)));
}
