//! Columns, one band a category. Values stand on the columns where every one finds room, else a value axis says them.

use exhibit_core::facts::{Category, Chart};
use exhibit_core::period::Period;
use exhibit_scene::{Fill, Item, MissingGlyph, Path, Point, Rect, Size};

use super::bar_layout::{BarLayout, bar_layouts, is_emphasized};
use crate::alt::spoken;
use crate::draw::{Canvas, PlotArea};
use crate::guide::axis::{
    MAX_GRID_LINES, TickLabels, label_step_with_ends, odd_label_step, zero_line,
};
use crate::guide::dodge::{OccupiedStretches, dodge_unsorted_labels};
use crate::guide::legend::{Legend, Swatch};
use crate::guide::reference::References;
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::bar::{BarPlacement, bar};
use crate::mark::slot::Orientation;
use crate::region::{Plotted, Region};
use crate::scale::fit::{BarEnd, fit_bars};
use crate::scale::ticks::Ticks;
use crate::scale::{Bands, Scale, extent, value_of};
use crate::style::{ChartStyle, value_label};

/// Longest word of a name that is not parted where bands are narrow, in em.
const MAX_WORD_EM: f64 = 4.5;

/// Share of the width that columns take however few they are.
const MIN_FILLED_SHARE: f64 = 0.45;

/// Least white between two columns, in points.
const MIN_WHITE: f64 = 1.0;

/// Draws the chart.
pub(super) fn columns(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    let t = &style.tokens;
    let legend = Legend::new(style, &chart.series, Swatch::Square, region.width)?;
    let references = References::new(style, chart, Orientation::Vertical, region.width)?;
    let mut columns = bar_layouts(style, chart)?;
    let count = chart.categories.len();
    let parts = chart.series.len();
    let beside = references.margin;
    let share = if parts > 1 { 0.8 } else { t.bar };
    let widest_label = columns
        .iter()
        .map(|column| column.label.width)
        .fold(0.0, f64::max);
    // A few columns take nearly half of the width, so that they do not stand in a corner.
    let most = (t.column * (1.0 + 0.5 * (parts as f64 - 1.0)))
        .max(MIN_FILLED_SHARE * region.width / count as f64);
    let free = (region.width - beside) / count as f64;
    // A label may be as wide as its column's part of the band with the white beside it, but for a hair.
    let labelled = widest_label + t.gap / 2.0
        <= free.min(most) / if parts > 1 { parts as f64 / 0.9 } else { 1.0 };

    let numbers = if labelled {
        None
    } else {
        let data = columns.iter().map(|column| column.datum);
        let (low, high) = with_zero(extent(data, chart.exponent), references.extent());
        let ticks = Ticks::inside(low, high, MAX_GRID_LINES);
        Some((TickLabels::new(style, chart, &ticks)?, (low, high)))
    };
    if numbers.is_some() && parts > 1 {
        // Words that may stand above their neighbours say by their colour whose they are.
        for column in columns
            .iter_mut()
            .filter(|one| value_of(one.datum).is_none())
        {
            let kind = style.label().colored(style.text_color(column.role));
            column.label = TextBlock::single(style, &value_label(column.datum), &kind)?;
        }
    }
    let left = numbers
        .as_ref()
        .map_or(0.0, |(numbers, _)| numbers.width + 1.5 * t.gap);
    let width = ((region.width - left - beside) / count as f64).min(most);
    let bands = Bands {
        start: left,
        width,
        share,
        count,
    };
    let names = names(style, chart, &bands, region.width)?;
    let names_height = names
        .iter()
        .map(|name| name.label.height() + name.detail.height())
        .fold(0.0, f64::max);
    let line = style.label().leading;
    let below = t.gap + names_height;
    let above = match numbers {
        // Half a line: the topmost number is centred on its line.
        Some(_) => line / 2.0 + t.fade + t.arrow,
        None => 0.0,
    };
    let besides = legend.height + below;
    // The column of references' names must hold them all.
    let plot_height = region.plot_height(besides, t.plot).max(references.height());
    let top = legend.height;
    let bottom = top + plot_height;
    let y = match &numbers {
        Some((_, domain)) => {
            let down = columns
                .iter()
                .filter(|column| column.below || column.other.1 > 0.0);
            let under = down
                .map(|column| {
                    if column.below {
                        column.open
                    } else {
                        column.other.1
                    }
                })
                .fold(0.0, f64::max);
            let above = above.max(headroom(style, &columns, *domain, plot_height - under));
            Scale::new(*domain, (bottom - under, top + above))
        }
        None => {
            let mut ends: Vec<BarEnd> = columns
                .iter()
                .flat_map(|column| column.ends(line))
                .collect();
            for end in references
                .extent()
                .into_iter()
                .flat_map(|(low, high)| [low, high])
            {
                ends.push(BarEnd {
                    value: end,
                    below: end < 0.0,
                    padding: line,
                });
            }
            upwards(&ends, top, bottom)
        }
    };
    let canvas = Canvas::new(Size::new(region.width, bottom + below));
    legend.draw(&canvas, t.gap, 0.0);
    let plot = canvas.plot(bands.scale(), y);
    if let Some((numbers, _)) = &numbers {
        numbers.draw_vertical(style, &canvas, &plot, left - 1.5 * t.gap);
    }
    let right = bands.start + count as f64 * bands.width;
    let across = (bands.start, right + if beside > 0.0 { t.gap } else { 0.0 });
    let edge = right + 2.0 * t.gap;
    references.draw_under_marks(style, &canvas, y, across);
    let mut missing = MissingLabels::new(style, &columns, &bands, (y, top), parts);
    canvas.group("series", || {
        for column in &columns {
            let slot = bands.slot(column.band, column.series, parts);
            let label = spoken(chart, column.band, column.series, column.datum);
            canvas.mark(&column.datum.address, label, || {
                let placement = BarPlacement {
                    orientation: Orientation::Vertical,
                    slot,
                    exponent: chart.exponent,
                };
                let color = style.mark_color(column.role);
                bar(style, &plot, column.datum, color, placement);
                let middle = plot.x.map((slot.0 + slot.1) / 2.0);
                if labelled {
                    draw_label(style, &canvas, &plot, column, middle);
                } else if value_of(column.datum).is_none() {
                    missing.draw(style, &canvas, &plot, column, middle);
                }
            });
        }
    });
    let zero = y.map(0.0);
    zero_line(
        style,
        &canvas,
        Point::new(bands.start, zero),
        Point::new(right, zero),
    );
    canvas.group("label", || {
        for name in &names {
            let middle = bands.middle(name.band);
            name.label
                .draw(&canvas, middle, bottom + t.gap, Anchor::Middle);
            let under = bottom + t.gap + name.label.height();
            name.detail.draw(&canvas, middle, under, Anchor::Middle);
        }
    });
    let requests = references.requests(style, y);
    let middles = dodge_unsorted_labels(&requests, top, bottom);
    references.draw(style, &canvas, y, across, edge, &middles);
    drop(plot);
    // Of a sequence some names say all; of anything else each is needed. And white is needed between columns.
    let named = names.len() == count || chart.categories.iter().all(is_in_sequence);
    let parted = bands.width * (1.0 - share) >= MIN_WHITE;
    Ok(Plotted {
        frame: canvas.finish(),
        complete: named && parted && !missing.lost,
        narrow: bands.width <= 0.0,
    })
}

/// A name that follows from its neighbours': a period, or a number.
fn is_in_sequence(category: &Category) -> bool {
    let name = category.label.trim();
    category.period.is_some() || Period::parse(name).is_some() || name.parse::<f64>().is_ok()
}

/// Puts a value at the end of its column.
fn draw_label(
    style: &ChartStyle,
    canvas: &Canvas,
    plot: &PlotArea,
    column: &BarLayout,
    middle: f64,
) {
    let end = plot.y.map(column.end);
    // A third of the gap, so that the number stands on its column, not above it.
    let hair = style.tokens.gap / 3.0;
    let top = if column.below {
        end + column.open + hair
    } else {
        end - column.open - hair - column.label.height()
    };
    column.label.draw(canvas, middle, top, Anchor::Middle);
}

/// Room above the highest number of the scale, so that words about what is missing find theirs above the columns of their band.
fn headroom(style: &ChartStyle, columns: &[BarLayout], domain: (f64, f64), high: f64) -> f64 {
    let mut most: f64 = 0.0;
    for band in columns.chunk_by(|a, b| a.band == b.band) {
        let missing = band.iter().filter(|one| value_of(one.datum).is_none());
        let words: f64 = missing
            .map(|one| one.label.height() + style.tokens.gap / 3.0)
            .sum();
        let end = band.iter().map(|one| one.end).fold(0.0, f64::max);
        let open = band.iter().map(|one| one.open).fold(0.0, f64::max);
        let share = (end - domain.0) / (domain.1 - domain.0);
        if words > 0.0 && band.len() > 1 && share > 0.0 {
            let needed = words + open + style.tokens.gap;
            // What is left of the height is shared by what is below that end and above it.
            most = most.max((needed - (1.0 - share) * high) / share);
        }
    }
    most
}

/// Words about what is missing, where a scale says the values, and what they keep clear of.
struct MissingLabels {
    /// Columns with their ends, and words that stand already.
    taken: Vec<Rect>,
    /// Words of each series: one "no data" is enough for neighbours that have no room for two.
    rows: Vec<OccupiedStretches>,
    /// They end here.
    ceiling: f64,
    /// Some found no room.
    lost: bool,
}

impl MissingLabels {
    fn new(
        style: &ChartStyle,
        columns: &[BarLayout],
        bands: &Bands,
        (y, ceiling): (Scale, f64),
        parts: usize,
    ) -> Self {
        let out = style.tokens.tick;
        let x = bands.scale();
        let shown = columns.iter().filter(|one| value_of(one.datum).is_some());
        let taken = shown.map(|one| {
            let slot = bands.slot(one.band, one.series, parts);
            let (left, right) = (x.map(slot.0) - out, x.map(slot.1) + out);
            let away = if one.below { 1.0 } else { -1.0 };
            let end = y.map(one.end) + away * one.open;
            let other = y.map(one.other.0) - away * one.other.1;
            let (top, bottom) = (end.min(other), end.max(other));
            Rect::new(left, top, right - left, bottom - top)
        });
        Self {
            taken: taken.collect(),
            rows: (0..parts).map(|_| OccupiedStretches::default()).collect(),
            ceiling,
            lost: false,
        }
    }

    /// Puts words on the zero line, or else on what stands there.
    fn draw(
        &mut self,
        style: &ChartStyle,
        canvas: &Canvas,
        plot: &PlotArea,
        column: &BarLayout,
        middle: f64,
    ) {
        let words = &column.label;
        let size = words.width + style.tokens.gap / 2.0;
        // They stay over the columns.
        let (from, to) = plot.x.range;
        let middle = middle.min(to - size / 2.0).max(from + size / 2.0);
        if !self.rows[column.series].claim(middle, size) {
            return;
        }
        let hair = style.tokens.gap / 3.0;
        let left = middle - words.width / 2.0;
        let mut place = Rect::new(left, 0.0, words.width, words.height());
        place.y = plot.y.map(0.0) - hair - place.height;
        // Each step clears at least one of those in the way.
        while let Some(under) = self.taken.iter().find(|one| one.overlaps(&place)) {
            place.y = under.y - hair - place.height;
        }
        if place.y < self.ceiling {
            // Beside several series nobody can guess whose it would be.
            self.lost |= self.rows.len() > 1;
            return;
        }
        let fill = Fill::Solid(style.colors.paper);
        canvas.item(Point::ZERO, Item::Path(Path::rect(place, fill)));
        words.draw(canvas, middle, place.y, Anchor::Middle);
        self.taken.push(place);
    }
}

fn with_zero(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> (f64, f64) {
    let (low, high) = [a, b]
        .into_iter()
        .flatten()
        .fold((0.0_f64, 0.0_f64), |all, one| {
            (all.0.min(one.0), all.1.max(one.1))
        });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// The scale of columns with labels: the highest with what stands on it reaches `top`, the lowest `bottom`.
fn upwards(ends: &[BarEnd], top: f64, bottom: f64) -> Scale {
    let found = fit_bars(ends, bottom - top);
    let low = ends.iter().map(|end| end.value).fold(0.0, f64::min);
    let high = ends.iter().map(|end| end.value).fold(0.0, f64::max);
    if low == high {
        return Scale::new((0.0, 1.0), (bottom - found.zero, top));
    }
    let at = |value: f64| bottom - found.zero - value * found.unit;
    Scale::new((low, high), (at(low), at(high)))
}

/// The name of a band.
struct BandName {
    band: usize,
    label: TextBlock,
    detail: TextBlock,
}

/// Names below their bands; thinned out where even broken into lines they would touch. Best the first and the last have theirs,
/// else each stands in the middle of its group of bands, so that it stays inside the group.
fn names(
    style: &ChartStyle,
    chart: &Chart,
    bands: &Bands,
    canvas: f64,
) -> Result<Vec<BandName>, MissingGlyph> {
    let t = &style.tokens;
    let (mut widest, mut longest): (f64, f64) = (0.0, 0.0);
    for (band, category) in chart.categories.iter().enumerate() {
        let words = TextBlock::wrapped(style, &category.label, &style.label(), 0.0)?;
        let kind = style.label().bold_if(is_emphasized(chart, band));
        let label = TextBlock::single(style, &category.label, &kind)?;
        let detail = TextBlock::single(style, &category.detail, &style.detail())?;
        widest = widest.max(words.width);
        longest = longest.max(label.width).max(detail.width);
    }
    // Half of the first and of the last name may stand out of their bands, but not of the sheet.
    let half = longest / 2.0;
    let inside = bands.middle(0) >= half && bands.middle(bands.count - 1) + half <= canvas;
    // Longer words are parted.
    let widest = widest.min(MAX_WORD_EM * t.label);
    let ends = label_step_with_ends(bands.count, bands.width, widest + t.gap).filter(|_| inside);
    let step = ends.unwrap_or_else(|| odd_label_step(bands.count, bands.width, widest + t.gap));
    let mut names = Vec::new();
    for (band, category) in chart.categories.iter().enumerate() {
        let whole = band - band % step + step <= bands.count;
        let named = match ends {
            Some(_) => band % step == 0,
            None => band % step == step / 2 && whole,
        };
        if !named {
            continue;
        }
        // Names at the ends are centred below their bands, too, and stay on the sheet.
        let middle = bands.middle(band);
        let room = (bands.width * step as f64 - t.gap).min(2.0 * middle.min(canvas - middle));
        let kind = style.label().bold_if(is_emphasized(chart, band));
        names.push(BandName {
            band,
            label: TextBlock::wrapped(style, &category.label, &kind, room)?,
            detail: TextBlock::wrapped(style, &category.detail, &style.detail(), room)?,
        });
    }
    Ok(names)
}
