//! Horizontal bars: one row a category, with the value beside each bar.

use exhibit_facts::facts::Chart;
use exhibit_scene::{MissingGlyph, Point, Size};

use super::bar_layout::bar_layouts;
use super::category_names::CategoryNames;
use super::time_rows::RowPlaces;
use super::two_columns::in_one_or_two_columns;
use crate::alt::accessible_name;
use crate::draw::Canvas;
use crate::guide::axis::zero_line;
use crate::guide::legend::{Legend, Swatch};
use crate::guide::reference::References;
use crate::guide::text::Anchor;
use crate::mark::bar::{BarPlacement, bar};
use crate::mark::slot::Orientation;
use crate::region::{BandHeights, Plotted, Region};
use crate::scale::fit::{BarEnd, FittedScale, fit_bars};
use crate::scale::{Bands, Scale};
use crate::style::ChartStyle;

/// Draws the chart.
pub(super) fn bars(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    // Many bars stand in two columns on one scale.
    in_one_or_two_columns(style, region, chart.categories.len(), |columns| {
        in_columns(style, chart, region, columns)
    })
}

/// Draws the bars in `columns` columns, 1 or 2.
fn in_columns(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
    columns: usize,
) -> Result<Plotted, MissingGlyph> {
    let t = &style.tokens;
    let legend = Legend::new(style, chart, Swatch::Square, region.width)?;
    let bars = bar_layouts(style, chart)?;
    let parts = chart.series.len();
    let gutter = 8.0 * t.gap;
    let lines = style.label().leading * parts as f64;
    let width = region.column_width(columns, gutter);
    let names = CategoryNames::new(style, chart, width)?;
    let references = References::new(style, chart, Orientation::Horizontal, width)?;
    let top = legend.height + references.margin;
    let slots = t.band * (1.0 + 0.7 * (parts as f64 - 1.0));
    let usual = slots.max(names.height + t.gap);
    let places = RowPlaces::new(&chart.categories, columns);
    let rows = places.longest;
    let heights = BandHeights {
        min: lines.max(names.height) + t.gap / 2.0,
        usual,
        max: usual * 1.9,
    };
    let band = region.band_height(rows, top, heights);

    let left = names.width;
    let labelled = bars
        .iter()
        .flat_map(|bar| bar.ends(t.gap + bar.label.width));
    let ends: Vec<BarEnd> = labelled.chain(references.bar_ends(0.0)).collect();
    let fit = fit_bars(&ends, width - left);
    let named_from = references.names_begin(style, left, width);
    let first = scale(&ends, fit, left, width);
    let bands = Bands {
        start: top,
        width: band,
        share: if parts > 1 { 0.8 } else { t.bar },
        count: rows,
    };
    let canvas = Canvas::new(Size::new(region.width, top + rows as f64 * band));
    legend.draw(style, &canvas, 0.0);
    for column in 0..columns {
        let shift = column as f64 * (width + gutter);
        let x = first.shifted(shift);
        let own = places.categories(column);
        let height = top + places.height(column) as f64 * band;
        for index in own.clone() {
            names.draw(&canvas, index, shift, bands.middle(places.row(index)));
        }
        places.draw_breaks(style, &canvas, &bands, column, shift);
        let plot = canvas.plot(x, bands.scale());
        references.draw_under_marks(style, &canvas, x, (top, height));
        canvas.group("series", || {
            for one in bars.iter().filter(|bar| own.contains(&bar.band)) {
                let slot = bands.slot(places.row(one.band), one.series, parts);
                let label = accessible_name(chart, one.band, one.series, one.datum);
                canvas.mark(&one.datum.address, label, || {
                    let placement = BarPlacement {
                        orientation: Orientation::Horizontal,
                        slot,
                        exponent: chart.exponent,
                    };
                    bar(style, &plot, one.datum, one.look, placement);
                    let middle = plot.y.map((slot.0 + slot.1) / 2.0);
                    let end = x.map(one.end);
                    let behind = one.open + t.gap;
                    let (at, anchor) = if one.below {
                        (end - behind, Anchor::End)
                    } else {
                        (end + behind, Anchor::Start)
                    };
                    one.label.draw_beside(&canvas, at, middle, anchor);
                });
            }
        });
        let zero = x.map(0.0);
        zero_line(
            style,
            &canvas,
            Point::new(zero, top),
            Point::new(zero, height),
        );
        let along = (shift + named_from.unwrap_or(left), shift + width);
        references.draw_with_names_above(style, &canvas, x, (top, height), along);
    }
    Ok(Plotted {
        frame: canvas.finish(),
        complete: true,
        narrow: !fit.complete || named_from.is_none(),
    })
}

/// Scale of fitted bars: its domain holds every end of a bar, and its range starts from `left` on.
fn scale(ends: &[BarEnd], fit: FittedScale, left: f64, right: f64) -> Scale {
    let low = ends.iter().map(|end| end.value).fold(0.0, f64::min);
    let high = ends.iter().map(|end| end.value).fold(0.0, f64::max);
    if low == high {
        return Scale::new((0.0, 1.0), (left + fit.zero, right));
    }
    let at = |value: f64| left + fit.zero + value * fit.unit;
    Scale::new((low, high), (at(low), at(high)))
}
