//! Kinds of exhibits: each composes marks and guides, and has no geometry of marks of its own.

mod bar;
mod column;
mod grown;
mod key_figures;
mod line;
mod names;
mod range;
mod share;
mod table;
mod timeline;
mod waffle;

use exhibit_core::facts::{Chart, ChartKind, Content, Datum, Exhibit};
use exhibit_scene::{Frame, MissingGlyph};

use crate::setting::Setting;

/// Where a plot is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Its width in points; filled exactly.
    pub(crate) width: f64,
    /// The height in points that it should fill where that makes it better; `None` for as high as it needs.
    pub(crate) height: Option<f64>,
}

impl Room {
    /// What is wanted, stretched between `least` and `most` when there is a height to fill.
    fn stretched(self, parts: usize, besides: f64, least: f64, most: f64) -> f64 {
        match self.height {
            Some(height) => {
                ((height - besides) / parts.max(1) as f64).clamp(least, most.max(least))
            }
            None => least,
        }
    }

    /// Height of a plot with an upright scale: the wanted one on a page; what there is on a slide, from half of that to half as much again.
    fn plot_height(self, besides: f64, wanted: f64) -> f64 {
        match self.height {
            Some(height) => (height - besides).clamp(wanted * 0.5, wanted * 1.5),
            None => wanted,
        }
    }
}

/// Draws the plot of an exhibit.
pub(crate) fn plot(
    setting: &Setting,
    exhibit: &Exhibit,
    room: Room,
) -> Result<Frame, MissingGlyph> {
    match &exhibit.content {
        Content::Chart(chart) => match chart.kind {
            ChartKind::Bar => bar::bars(setting, chart, room),
            ChartKind::Column => column::columns(setting, chart, room),
            ChartKind::Range => range::range(setting, chart, room),
            ChartKind::Line => line::lines(setting, chart, room),
            ChartKind::Share => share::share(setting, chart, room),
            ChartKind::Waffle => waffle::waffle(setting, chart, room),
        },
        Content::Timeline(events) => timeline::timeline(setting, events, room),
        Content::KeyFigures(figures) => key_figures::key_figures(setting, figures, room),
        Content::Table(rows) => table::table(setting, rows, room),
    }
}

/// The spoken name of a mark: where it stands and what it says.
fn spoken(chart: &Chart, category: usize, series: usize, datum: &Datum) -> String {
    let parts = [
        chart.series[series].label.as_str(),
        chart.categories[category].label.as_str(),
    ];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", named.join(", "), datum.forms.spoken)
}
