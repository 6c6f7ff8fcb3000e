//! Columns: blocks side by side.

use exhibit_scene::{Point, Theme};

use super::vstack::{overlay, vstack};
use crate::flow::{Fragment, Stack};
use crate::region::Region;
use crate::style::PageStyle;

/// Width of each of `count` columns within `width` points.
pub(crate) fn width(theme: &Theme, width: f64, count: usize) -> f64 {
    let count = count.max(1) as f64;
    (width - gap(theme) * (count - 1.0)) / count
}

/// White space between two columns, in points.
fn gap(theme: &Theme) -> f64 {
    2.0 * theme.page.gutter
}

/// Columns as one fragment, aligned at the top, each `width` points wide.
///
/// Columns of exhibits alone float. Columns of text and exhibits do not float, and every earlier exhibit stands before
/// them. Columns higher than [`Region::max_unbroken`] follow one below the other, because no other order survives a
/// page end inside them.
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
