//! Kinds of exhibits: each composes marks and guides, and has no geometry of marks of its own.

mod bar;
mod column;
mod columns;
mod dates;
mod grown;
mod key_figures;
mod line;
mod names;
mod range;
mod share;
mod table;
mod tag;
mod timeline;
mod waffle;

use exhibit_core::facts::{ChartKind, Content, Exhibit};
use exhibit_scene::MissingGlyph;

use crate::region::{Plotted, Region};
use crate::setting::Setting;

/// Draws the plot of an exhibit.
pub(crate) fn plot(
    setting: &Setting,
    exhibit: &Exhibit,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    let frame = match &exhibit.content {
        Content::Chart(chart) => match chart.kind {
            ChartKind::Bar => return bar::bars(setting, chart, region),
            ChartKind::Column => return column::columns(setting, chart, region),
            ChartKind::Range => return range::range(setting, chart, region),
            ChartKind::Line => return line::lines(setting, chart, region),
            ChartKind::Share => return share::share(setting, chart, region),
            ChartKind::Waffle => waffle::waffle(setting, chart, region),
        },
        Content::Timeline(events) => timeline::timeline(setting, events, region),
        Content::KeyFigures(figures) => key_figures::key_figures(setting, figures, region),
        Content::Table(rows) => table::table(setting, rows, region),
    };
    Ok(frame?.into())
}
