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

use crate::region::{Plotted, Room};
use crate::setting::Setting;

/// Draws the plot of an exhibit.
pub(crate) fn plot(
    setting: &Setting,
    exhibit: &Exhibit,
    room: Room,
) -> Result<Plotted, MissingGlyph> {
    let frame = match &exhibit.content {
        Content::Chart(chart) => match chart.kind {
            ChartKind::Bar => return bar::bars(setting, chart, room),
            ChartKind::Column => return column::columns(setting, chart, room),
            ChartKind::Range => return range::range(setting, chart, room),
            ChartKind::Line => return line::lines(setting, chart, room),
            ChartKind::Share => return share::share(setting, chart, room),
            ChartKind::Waffle => waffle::waffle(setting, chart, room),
        },
        Content::Timeline(events) => timeline::timeline(setting, events, room),
        Content::KeyFigures(figures) => key_figures::key_figures(setting, figures, room),
        Content::Table(rows) => table::table(setting, rows, room),
    };
    Ok(frame?.into())
}
