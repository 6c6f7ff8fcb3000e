//! Columns: blocks side by side.

use exhibit_scene::{Point, Theme};

use super::vstack::{overlay, vstack};
use crate::flow::{Fragment, Stack};
use crate::region::Region;
use crate::style::PageStyle;

/// Width of each of `count` columns in `width`.
pub(crate) fn width(theme: &Theme, width: f64, count: usize) -> f64 {
    let count = count.max(1) as f64;
    (width - gap(theme) * (count - 1.0)) / count
}

fn gap(theme: &Theme) -> f64 {
    2.0 * theme.page.gutter
}

/// Columns as one fragment, their tops aligned. Columns of nothing but exhibits float as an exhibit does; where text stands beside an
/// exhibit, they stay in their place, after every exhibit before them. Columns higher than most of a page are set one under the other instead: nothing else
/// keeps the reading order when a page ends inside them.
pub(crate) fn columns(
    styles: &PageStyle,
    region: &Region,
    columns: Vec<Vec<Stack>>,
    width: f64,
) -> Vec<Stack> {
    let gap_below = styles.theme.page.around_exhibit;
    let stacked: Vec<Fragment> = columns
        .iter()
        .map(|stacks| vstack(stacks.clone()))
        .collect();
    let height = stacked
        .iter()
        .fold(0.0, |height: f64, fragment| height.max(fragment.height));
    let mut all = columns.iter().flatten();
    let floats = !columns.is_empty() && all.clone().all(|stack| stack.floats);
    let barrier = !floats && all.any(|stack| stack.floats);
    if height > region.max_unbroken() {
        return columns.into_iter().flatten().collect();
    }
    let mut row = Fragment {
        height,
        ..Fragment::default()
    };
    for (index, fragment) in stacked.into_iter().enumerate() {
        overlay(
            &mut row,
            fragment,
            Point::new(index as f64 * (width + gap(styles.theme)), 0.0),
        );
    }
    vec![Stack {
        above: gap_below,
        below: gap_below,
        fragments: vec![row],
        floats,
        barrier,
        ..Stack::default()
    }]
}
