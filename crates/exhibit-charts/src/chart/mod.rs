//! Kinds of exhibits. Each kind composes marks and guides and has no geometry of marks of its own.

mod bar;
mod bar_layout;
mod category_names;
mod column;
mod column_bands;
mod gap_labels;
mod key_figures;
mod line;
mod line_end;
mod range;
mod share;
mod stretches;
mod table;
mod time_labels;
mod time_rows;
mod timeline;
mod two_columns;
mod waffle;
mod x_labels;

use std::borrow::Cow;

use exhibit_facts::facts::{Chart, ChartKind, Content, Exhibit};
use exhibit_facts::quantity::Status;
use exhibit_scene::MissingGlyph;

use crate::region::{Plotted, Region};
use crate::style::ChartStyle;

/// Draws the plot of an exhibit.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the exhibit.
pub(crate) fn plot(
    style: &ChartStyle,
    exhibit: &Exhibit,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    let frame = match &exhibit.content {
        Content::Chart(chart) => return plot_chart(style, &plain(chart), region),
        Content::Timeline(shown) => timeline::timeline(style, shown, region),
        Content::KeyFigures(figures) => key_figures::key_figures(style, figures, region),
        Content::Table(rows) => table::table(style, rows, region),
    };
    Ok(frame?.into())
}

/// The same chart with plain marks, where a note says the status of all of them.
fn plain(chart: &Chart) -> Cow<'_, Chart> {
    if chart.common_status().is_none() {
        return Cow::Borrowed(chart);
    }
    let mut chart = chart.clone();
    let data = chart.series.iter_mut().flat_map(|series| &mut series.data);
    for datum in data.flatten() {
        datum.status = Status::Actual;
    }
    Cow::Owned(chart)
}

/// Draws the plot of a chart.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the chart.
fn plot_chart(style: &ChartStyle, chart: &Chart, region: Region) -> Result<Plotted, MissingGlyph> {
    match chart.kind {
        ChartKind::Bar => bar::bars(style, chart, region),
        ChartKind::Column => column::columns(style, chart, region),
        ChartKind::Range => range::range(style, chart, region),
        ChartKind::Line => line::lines(style, chart, region),
        ChartKind::Share => share::share(style, chart, region),
        ChartKind::Waffle => Ok(waffle::waffle(style, chart, region)?.into()),
    }
}

/// Least ratio of the bands that an axis of time would hold to those that it has, for dates that lie far apart.
const APART: f64 = 1.5;

/// True for columns at their dates with long gaps between them: fewer columns need no less width, a shorter time does.
pub(crate) fn is_apart(exhibit: &Exhibit) -> bool {
    match &exhibit.content {
        Content::Chart(chart) if chart.kind == ChartKind::Column => {
            let needed = column_bands::bands_needed(&chart.categories);
            needed.is_some_and(|bands| bands > APART * chart.categories.len() as f64)
        }
        _ => false,
    }
}
