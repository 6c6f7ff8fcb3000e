//! More content than one picture holds, and how much of it fits.

use exhibit_facts::facts::{Content, Exhibit};
use exhibit_scene::MissingGlyph;

use crate::chart;
use crate::region::{Plotted, Region, fits};
use crate::style::ChartStyle;

/// The excess of an exhibit over a page or a slide, in legible type
/// ([`ChartTokens::legible`](exhibit_scene::theme::ChartTokens::legible)). The drawing of such an exhibit is too
/// high, is scaled down, or leaves labels out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow {
    /// Number of categories, rows, events or figures.
    pub parts: usize,
    /// Number of parts that fit, from the first on. 0 where title and notes leave no height.
    pub fits: usize,
    /// Names and numbers are so long that they leave no width to the marks, however few the parts.
    pub narrow: bool,
    /// Columns stand at their dates, and the dates lie so far apart that no width is left to the columns.
    pub apart: bool,
}

/// The overflow of an exhibit in a region. `None` where `plotted` fits.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
pub(crate) fn overflow(
    style: &ChartStyle,
    exhibit: &Exhibit,
    region: Region,
    plotted: &Plotted,
) -> Result<Option<Overflow>, MissingGlyph> {
    if fits(plotted, region) {
        return Ok(None);
    }
    let parts = parts(exhibit);
    // Bisection finds the largest number that fits, because fewer parts never need more space.
    let (mut low, mut high) = (0, parts);
    while high - low > 1 {
        let middle = (low + high) / 2;
        let plotted = chart::plot(style, &truncated(exhibit, middle), region)?;
        if fits(&plotted, region) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(Overflow {
        parts,
        fits: low,
        narrow: plotted.narrow,
        apart: chart::is_apart(exhibit),
    }))
}

/// Number of categories, events, figures or rows.
fn parts(exhibit: &Exhibit) -> usize {
    match &exhibit.content {
        Content::Chart(chart) => chart.categories.len(),
        Content::Timeline(timeline) => timeline.events.len(),
        Content::KeyFigures(figures) => figures.len(),
        Content::Table(table) => table.rows.len(),
    }
}

/// The exhibit with its first `parts` parts only.
fn truncated(exhibit: &Exhibit, parts: usize) -> Exhibit {
    let mut exhibit = exhibit.clone();
    match &mut exhibit.content {
        Content::Chart(chart) => {
            chart.categories.truncate(parts);
            for series in &mut chart.series {
                series.data.truncate(parts);
            }
        }
        Content::Timeline(timeline) => timeline.events.truncate(parts),
        Content::KeyFigures(figures) => figures.truncate(parts),
        Content::Table(table) => table.rows.truncate(parts),
    }
    exhibit
}
