//! What is too much for one picture, and how much of it there is room for.

use exhibit_core::facts::{Content, Exhibit};
use exhibit_scene::MissingGlyph;

use crate::chart;
use crate::region::{Plotted, Region, fits};
use crate::style::ChartStyle;

/// An exhibit that has more than there is room for in legible type ([`ChartTokens::legible`](exhibit_scene::theme::ChartTokens::legible)). What was drawn of it holds all, but is higher than
/// there is room, is set smaller, or leaves names out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow {
    /// How many categories, rows, events or figures it has.
    pub parts: usize,
    /// How many of them there is room for; 0 where its title and notes alone leave no room.
    pub fits: usize,
    /// Its names and numbers are so long that they leave no width to the marks, however many.
    pub narrow: bool,
}

/// How much of an exhibit there is room for; `None` where that is all.
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
    // The largest number that fits, by halving: fewer parts need no more room.
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
    }))
}

fn parts(exhibit: &Exhibit) -> usize {
    match &exhibit.content {
        Content::Chart(chart) => chart.categories.len(),
        Content::Timeline(events) => events.len(),
        Content::KeyFigures(figures) => figures.len(),
        Content::Table(table) => table.rows.len(),
    }
}

/// The exhibit with its first parts only.
fn truncated(exhibit: &Exhibit, parts: usize) -> Exhibit {
    let mut exhibit = exhibit.clone();
    match &mut exhibit.content {
        Content::Chart(chart) => {
            chart.categories.truncate(parts);
            for series in &mut chart.series {
                series.data.truncate(parts);
            }
        }
        Content::Timeline(events) => events.truncate(parts),
        Content::KeyFigures(figures) => figures.truncate(parts),
        Content::Table(table) => table.rows.truncate(parts),
    }
    exhibit
}
