//! Columns: blocks side by side.

use exhibit_scene::{Point, Theme};

use super::grid::parted;
use super::vstack::{overlay, vstack};
use crate::fragment::{Fragment, Parted, Stack};
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

/// Fewest lines of columns that a page may part, so that two stand on both pages.
const LEAST_PARTED: usize = 4;

/// Columns as one fragment, aligned at the top, each `width` points wide.
///
/// Columns of exhibits alone may be made smaller as a whole, as an exhibit may. Where a page would be left too empty,
/// columns are parted between two lines, and each goes on below itself. Columns higher than [`Region::max_unbroken`] follow one below the other, because no other order survives a
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
    let exhibit = columns.iter().flatten().all(|stack| stack.exhibit);
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
    // A plot beside another is not drawn at another height.
    row.plot = None;
    let parts = parted(row.clone(), 0.0);
    let parted = (parts.len() >= LEAST_PARTED).then_some(Parted {
        fragments: parts,
        head: None,
    });
    vec![Stack {
        above: gap_below,
        below: gap_below,
        fragments: vec![row],
        exhibit,
        parted,
        ..Stack::default()
    }]
}
