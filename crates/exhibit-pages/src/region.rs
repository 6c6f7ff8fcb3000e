//! The region of a page that text and exhibits fill.

use exhibit_scene::theme::PageTokens;
use exhibit_scene::{Point, Size, Theme};

/// A rectangle of a page that the flow fills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    /// Top left corner on the page, in points.
    pub(crate) origin: Point,
    /// Width and height, in points.
    pub(crate) size: Size,
    /// Step of the baseline grid, in points. Each block begins on a multiple of the step below the top edge.
    pub(crate) step: f64,
    /// Least factor of an exhibit that is made smaller as a whole: its smallest type stays legible.
    pub(crate) smallest: f64,
}

impl Region {
    /// Greatest height of a block that no page end may cut, in points.
    pub(crate) fn max_unbroken(&self) -> f64 {
        self.size.height * PageTokens::HIGHEST
    }
}

/// The text area of a page: the page without its margins, its height cut to whole baseline steps.
pub(crate) fn text_region(theme: &Theme) -> Region {
    let (page, chart) = (&theme.page, &theme.chart);
    let height = page.size.height - page.top - page.bottom;
    Region {
        origin: Point::new(page.side, page.top),
        size: Size::new(
            page.size.width - 2.0 * page.side,
            (height / page.step).floor() * page.step,
        ),
        step: page.step,
        smallest: chart.legible / chart.small.min(chart.kicker).min(chart.label),
    }
}
