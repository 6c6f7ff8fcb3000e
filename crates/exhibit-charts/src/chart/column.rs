//! Columns: one band a category. Every column carries its value where all values fit, else a value axis stands beside
//! the plot. Columns of periods stand at their dates, so that missing periods leave white.

use exhibit_facts::facts::{Category, Chart};
use exhibit_facts::period::Period;
use exhibit_scene::{Color, Fill, Item, MissingGlyph, Path, Point, Rect, Size};

use super::bar_layout::{BarLayout, bar_layouts, is_emphasized};
use super::column_bands::{ColumnBands, Room};
use super::time_labels::{TimeLabels, TimePoints};
use crate::alt::accessible_name;
use crate::draw::{Canvas, PlotArea};
use crate::guide::axis::{
    MAX_GRID_LINES, TickLabels, label_step_with_ends, odd_label_step, zero_line,
};
use crate::guide::dodge::{OccupiedStretches, dodge_unsorted_labels};
use crate::guide::legend::{Legend, Swatch};
use crate::guide::reference::References;
use crate::guide::text::{Anchor, TextBlock, wrapped_alike};
use crate::mark::bar::{BarPlacement, bar};
use crate::mark::slot::Orientation;
use crate::region::{Plotted, Region};
use crate::scale::fit::{BarEnd, fit_bars};
use crate::scale::ticks::Ticks;
use crate::scale::time::TimeAxis;
use crate::scale::{Scale, extent, finest_step, value_of};
use crate::style::{ChartStyle, value_label};

/// Longest word of a name in a narrow band, in em. A longer word is parted.
const MAX_WORD_EM: f64 = 4.5;

/// Least share of the width that a few columns fill.
const MIN_FILLED_SHARE: f64 = 0.45;

/// Least share of the width that a few columns fill on a slide.
const MIN_FILLED_SLIDE: f64 = 0.65;

/// Share of a band that several columns fill.
const SHARE_OF_MANY: f64 = 0.8;

/// Least white between two columns, in points.
const MIN_WHITE: f64 = 1.0;

/// Least height of a column beside a value axis, in points. A lower one would vanish under the zero line.
const MIN_HEIGHT: f64 = 1.0;

/// Largest number of emphasized columns that carry their values beside a value axis.
const MAX_EMPHASIZED: usize = 4;

/// White between the tick labels and the first band, in gaps.
const AXIS_GAPS: f64 = 1.5;

/// Draws the chart.
pub(super) fn columns(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    Ok(ColumnLayout::new(style, chart, region)?.draw(style, chart))
}

/// A chart of columns before it is drawn, with shaped texts, and with bands and scale fitted to the region. Lengths
/// are in points of the canvas.
struct ColumnLayout<'a> {
    legend: Legend,
    references: References<'a>,
    columns: Vec<BarLayout<'a>>,
    /// Labels of the value axis. `None` where every column carries its value.
    ticks: Option<TickLabels>,
    bands: ColumnBands,
    names: Names,
    y: Scale,
    /// Top edge of the plot area.
    top: f64,
    /// Bottom edge of the plot area.
    bottom: f64,
    size: Size,
}

impl<'a> ColumnLayout<'a> {
    fn new(style: &ChartStyle, chart: &'a Chart, region: Region) -> Result<Self, MissingGlyph> {
        let t = &style.tokens;
        let legend = Legend::new(style, chart, Swatch::Square, region.width)?;
        let references = References::new(style, chart, Orientation::Vertical, region.width)?;
        let mut columns = bar_layouts(style, chart)?;
        let count = chart.categories.len();
        let parts = chart.series.len();
        // A few columns fill nearly half of the width and do not stand in a corner.
        let filled = match region.height {
            Some(_) => MIN_FILLED_SLIDE,
            None => MIN_FILLED_SHARE,
        };
        let widest = (t.column * (1.0 + 0.5 * (parts as f64 - 1.0)))
            .max(filled * region.width / count as f64);
        let room = |left: f64| Room {
            left,
            right: region.width - references.margin,
            widest,
            share: if parts > 1 { SHARE_OF_MANY } else { t.bar },
        };
        let free = ColumnBands::new(&chart.categories, room(0.0)).least;
        let axis = if values_fit(style, &columns, free, parts) {
            None
        } else {
            Some(value_axis(style, chart, &columns, &references)?)
        };
        if axis.is_some() && parts > 1 {
            color_missing(style, &mut columns)?;
        }
        let left = axis
            .as_ref()
            .map_or(0.0, |(ticks, _)| ticks.width + AXIS_GAPS * t.gap);
        let bands = ColumnBands::new(&chart.categories, room(left));
        let names = Names::new(style, chart, &bands, region.width)?;
        let below = t.gap + names.height();
        // The column beside the plot must hold the names of all references.
        let height = region
            .plot_height(legend.height + below, t.plot)
            .max(references.height());
        let top = legend.height;
        let bottom = top + height;
        let y = match &axis {
            Some((_, domain)) => {
                let under = emphasized_below(style, chart, &columns);
                axis_scale(style, &columns, *domain, (top, height), under)
            }
            None => label_scale(style, &columns, &references, top, bottom),
        };
        Ok(Self {
            legend,
            references,
            columns,
            ticks: axis.map(|(ticks, _)| ticks),
            bands,
            names,
            y,
            top,
            bottom,
            size: Size::new(region.width, bottom + below),
        })
    }

    fn draw(&self, style: &ChartStyle, chart: &Chart) -> Plotted {
        let t = &style.tokens;
        let (bands, y) = (&self.bands, self.y);
        let canvas = Canvas::new(self.size);
        self.legend.draw(style, &canvas, 0.0);
        let plot = canvas.plot(bands.scale(), y);
        if let Some(ticks) = &self.ticks {
            ticks.draw_vertical(style, &canvas, &plot, bands.start - AXIS_GAPS * t.gap);
        }
        let right = bands.end;
        let beside = if self.references.margin > 0.0 {
            t.gap
        } else {
            0.0
        };
        let across = (bands.start, right + beside);
        self.references.draw_under_marks(style, &canvas, y, across);
        let complete = self.draw_columns(style, chart, &canvas, &plot);
        let zero = y.map(0.0);
        zero_line(
            style,
            &canvas,
            Point::new(bands.start, zero),
            Point::new(right, zero),
        );
        canvas.group("label", || {
            self.names.draw(&canvas, bands, self.bottom + t.gap);
        });
        let requests = self.references.requests(style, y);
        let middles = dodge_unsorted_labels(&requests, self.top, self.bottom);
        let edge = right + 2.0 * t.gap;
        self.references
            .draw(style, &canvas, y, across, edge, &middles);
        drop(plot);
        // A reader completes a sequence from some of its names. Other names must all be there.
        let named = match &self.names {
            Names::Dates(_) => true,
            Names::Bands(names) => names.len() == bands.count() || is_sequence(&chart.categories),
        };
        let ticks = self.ticks.as_ref();
        let apart = ticks.is_none_or(|ticks| ticks.are_apart(style, y));
        let separate = bands.least * (1.0 - bands.share) >= MIN_WHITE;
        Plotted {
            frame: canvas.finish(),
            complete: named && separate && complete && apart,
            narrow: bands.least <= 0.0,
        }
    }

    /// Draws every column with its label. False where a label of a missing value had no place.
    fn draw_columns(
        &self,
        style: &ChartStyle,
        chart: &Chart,
        canvas: &Canvas,
        plot: &PlotArea,
    ) -> bool {
        let parts = chart.series.len();
        let mut missing =
            MissingLabels::new(style, &self.columns, &self.bands, (self.y, self.top), parts);
        let emphasized: Vec<bool> = (0..self.bands.count())
            .map(|band| is_emphasized(chart, band))
            .collect();
        let few = emphasized.iter().filter(|is| **is).count() <= MAX_EMPHASIZED;
        canvas.group("series", || {
            for column in &self.columns {
                let slot = self.bands.slot(column.band, column.series, parts);
                let label = accessible_name(chart, column.band, column.series, column.datum);
                canvas.mark(&column.datum.address, label, || {
                    let placement = BarPlacement {
                        orientation: Orientation::Vertical,
                        slot,
                        exponent: chart.exponent,
                    };
                    bar(style, plot, column.datum, column.look, placement);
                    let middle = plot.x.map((slot.0 + slot.1) / 2.0);
                    if self.ticks.is_none() {
                        draw_label(style, canvas, plot, column, middle);
                        return;
                    }
                    if value_of(column.datum).is_none() {
                        missing.draw(style, canvas, plot, column, middle);
                        return;
                    }
                    draw_least(canvas, plot, column, slot, column.look.color);
                    if few && emphasized[column.band] {
                        missing.draw_value(style, canvas, plot, column, middle);
                    }
                });
            }
        });
        !missing.lost
    }
}

/// True where every column can carry its value. `free` is the width of a band in points, and `parts` columns share a
/// band.
fn values_fit(style: &ChartStyle, columns: &[BarLayout], free: f64, parts: usize) -> bool {
    let widest = columns
        .iter()
        .map(|column| column.label.width)
        .fold(0.0, f64::max);
    // A label may cover the white beside its column, up to the label of the next one.
    let own = if parts > 1 {
        SHARE_OF_MANY / parts as f64
    } else {
        1.0
    };
    widest + style.tokens.gap / 2.0 <= free * own
}

/// Labels of a value axis, and the domain of its scale.
fn value_axis(
    style: &ChartStyle,
    chart: &Chart,
    columns: &[BarLayout],
    references: &References,
) -> Result<(TickLabels, (f64, f64)), MissingGlyph> {
    let data = columns.iter().map(|column| column.datum);
    let (low, high) = with_zero(extent(data, chart.exponent), references.extent());
    let ticks = Ticks::inside_of(low, high, MAX_GRID_LINES, finest_step(chart));
    Ok((TickLabels::new(style, chart, &ticks)?, (low, high)))
}

/// Sets the labels of missing values in the colour of their series. Such a label may stand above another series.
fn color_missing(style: &ChartStyle, columns: &mut [BarLayout]) -> Result<(), MissingGlyph> {
    for column in columns {
        if value_of(column.datum).is_none() {
            let paragraph = style.label().colored(column.look.text);
            column.label = TextBlock::single(style, &value_label(column.datum), &paragraph)?;
        }
    }
    Ok(())
}

/// Points below the lowest column for the value of an emphasized column that goes down.
fn emphasized_below(style: &ChartStyle, chart: &Chart, columns: &[BarLayout]) -> f64 {
    let down = columns.iter().filter(|column| column.below);
    let labels = down.filter(|column| is_emphasized(chart, column.band));
    let heights = labels.map(|column| column.open + column.label.height());
    heights.fold(0.0, |most, height| {
        f64::max(most, height + style.tokens.gap / 3.0)
    })
}

/// The scale beside a value axis. The plot area is `height` points high and begins at `top`. Open ends and labels of
/// missing values stay inside, and so do `least_under` points below the lowest column.
fn axis_scale(
    style: &ChartStyle,
    columns: &[BarLayout],
    domain: (f64, f64),
    (top, height): (f64, f64),
    least_under: f64,
) -> Scale {
    let t = &style.tokens;
    let under = columns
        .iter()
        .map(|column| {
            if column.below {
                column.open
            } else {
                column.other.1
            }
        })
        .fold(least_under, f64::max);
    // Half a line, because the topmost tick label is centred on its grid line.
    let above = style.label().leading / 2.0 + t.fade + t.arrow;
    let above = above.max(headroom(style, columns, domain, height - under));
    Scale::new(domain, (top + height - under, top + above))
}

/// The scale of columns that carry their values, between `top` and `bottom` in points.
fn label_scale(
    style: &ChartStyle,
    columns: &[BarLayout],
    references: &References,
    top: f64,
    bottom: f64,
) -> Scale {
    let line = style.label().leading;
    let columns = columns.iter().flat_map(|column| column.ends(line));
    let ends: Vec<BarEnd> = columns.chain(references.bar_ends(line)).collect();
    upwards(&ends, top, bottom)
}

/// Draws a column that is lower than a hair as a hair, so that a small value is not read as none.
fn draw_least(
    canvas: &Canvas,
    plot: &PlotArea,
    column: &BarLayout,
    slot: (f64, f64),
    color: Color,
) {
    let (zero, end) = (plot.y.map(0.0), plot.y.map(column.end));
    let plain = column.open == 0.0 && column.other == (0.0, 0.0);
    if !plain || (end - zero).abs() >= MIN_HEIGHT {
        return;
    }
    let (left, right) = (plot.x.map(slot.0), plot.x.map(slot.1));
    let top = if column.below {
        zero
    } else {
        zero - MIN_HEIGHT
    };
    let hair = Rect::new(left, top, right - left, MIN_HEIGHT);
    canvas.item(
        Point::ZERO,
        Item::Path(Path::rect(hair, Fill::Solid(color))),
    );
}

/// True for names of which each follows from its neighbours: numbers, and periods in order of time.
fn is_sequence(categories: &[Category]) -> bool {
    let in_order = TimeAxis::of(categories).is_none_or(|axis| {
        let middles = axis.middles();
        middles.is_sorted() || middles.is_sorted_by(|a, b| a >= b)
    });
    in_order && categories.iter().all(is_in_sequence)
}

/// True for a name that may follow from its neighbours: a period or a number.
fn is_in_sequence(category: &Category) -> bool {
    let name = category.label.trim();
    category.period.is_some() || Period::parse(name).is_some() || name.parse::<f64>().is_ok()
}

/// Draws the value at the end of its column.
fn draw_label(
    style: &ChartStyle,
    canvas: &Canvas,
    plot: &PlotArea,
    column: &BarLayout,
    middle: f64,
) {
    let end = plot.y.map(column.end);
    // A third of the gap sets the number on its column, not apart from it.
    let hair = style.tokens.gap / 3.0;
    let top = if column.below {
        end + column.open + hair
    } else {
        end - column.open - hair - column.label.height()
    };
    column.label.draw(canvas, middle, top, Anchor::Middle);
}

/// Points above the highest number of the scale, so that labels of missing values fit above the columns of their
/// band. `high` is the height of the plot area.
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
            // The end of the column divides the remaining height in two shares.
            most = most.max((needed - (1.0 - share) * high) / share);
        }
    }
    most
}

/// Labels of missing values beside a value axis, and the shapes that the labels avoid.
struct MissingLabels {
    /// Columns with their ends, and labels already drawn.
    taken: Vec<Rect>,
    /// Stretches that the labels of each series occupy: one "no data" is enough for neighbours without space for two.
    rows: Vec<OccupiedStretches>,
    /// Top edge of the plot area, in points.
    ceiling: f64,
    /// A label had no place.
    lost: bool,
}

impl MissingLabels {
    fn new(
        style: &ChartStyle,
        columns: &[BarLayout],
        bands: &ColumnBands,
        (y, ceiling): (Scale, f64),
        parts: usize,
    ) -> Self {
        let out = style.tokens.tick;
        let shown = columns.iter().filter(|one| value_of(one.datum).is_some());
        let taken = shown.map(|one| {
            let slot = bands.slot(one.band, one.series, parts);
            let (left, right) = (slot.0 - out, slot.1 + out);
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

    /// Draws the value of an emphasized column at its end, where no other column stands.
    fn draw_value(
        &mut self,
        style: &ChartStyle,
        canvas: &Canvas,
        plot: &PlotArea,
        column: &BarLayout,
        middle: f64,
    ) {
        let words = &column.label;
        let (from, to) = plot.x.range;
        let half = words.width / 2.0;
        let middle = middle.min(to - half).max(from + half);
        let end = plot.y.map(column.end);
        let hair = style.tokens.gap / 3.0;
        let top = if column.below {
            end + column.open + hair
        } else {
            end - column.open - hair - words.height()
        };
        // Capitals and digits leave white above and below themselves in their line.
        let white = words.height() / 6.0;
        let ground = Rect::new(
            middle - half,
            top + white,
            words.width,
            words.height() - 2.0 * white,
        );
        let free = !self.taken.iter().any(|one| one.overlaps(&ground));
        if free && ground.y >= self.ceiling {
            let fill = Fill::Solid(style.colors.paper);
            canvas.item(Point::ZERO, Item::Path(Path::rect(ground, fill)));
            words.draw(canvas, middle, top, Anchor::Middle);
            self.taken.push(ground);
        }
    }

    /// Draws a label on the zero line, or above whatever stands there.
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
        // The label stays over the columns.
        let (from, to) = plot.x.range;
        let middle = middle.min(to - size / 2.0).max(from + size / 2.0);
        if !self.rows[column.series].claim(middle, size) {
            return;
        }
        let hair = style.tokens.gap / 3.0;
        let left = middle - words.width / 2.0;
        let mut ground = Rect::new(left, 0.0, words.width, words.height());
        ground.y = plot.y.map(0.0) - hair - ground.height;
        // Each step moves above at least one shape.
        while let Some(under) = self.taken.iter().find(|one| one.overlaps(&ground)) {
            ground.y = under.y - hair - ground.height;
        }
        if ground.y < self.ceiling {
            // Among several series no reader could tell whose value is missing.
            self.lost |= self.rows.len() > 1;
            return;
        }
        let fill = Fill::Solid(style.colors.paper);
        canvas.item(Point::ZERO, Item::Path(Path::rect(ground, fill)));
        words.draw(canvas, middle, ground.y, Anchor::Middle);
        self.taken.push(ground);
    }
}

/// Smallest and largest number of two extents and zero. 0 to 1 where all are zero or absent.
fn with_zero(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> (f64, f64) {
    let (low, high) = [a, b]
        .into_iter()
        .flatten()
        .fold((0.0_f64, 0.0_f64), |all, one| {
            (all.0.min(one.0), all.1.max(one.1))
        });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// Scale of columns that carry their values. The highest column with its padding ends at `top`, the lowest at
/// `bottom`.
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

/// Names below the columns.
enum Names {
    /// Names of bands, all or some.
    Bands(Vec<BandName>),
    /// Dates: of every column, or at round steps of the calendar.
    Dates(TimeLabels),
}

impl Names {
    fn new(
        style: &ChartStyle,
        chart: &Chart,
        bands: &ColumnBands,
        canvas: f64,
    ) -> Result<Self, MissingGlyph> {
        if let Some(time) = &bands.time {
            let middles: Vec<f64> = (0..bands.count()).map(|band| bands.middle(band)).collect();
            let map = |at: f64| time.map(at);
            let points = TimePoints {
                chart,
                axis: &time.axis,
                middles: &middles,
                map: &map,
                width: canvas,
            };
            if let Some(dates) = TimeLabels::new(style, &style.label(), &points, true)? {
                return Ok(Self::Dates(dates));
            }
        }
        Ok(Self::Bands(names(style, chart, bands, canvas)?))
    }

    /// Height of the names, in points.
    fn height(&self) -> f64 {
        match self {
            Self::Dates(dates) => dates.height(),
            Self::Bands(names) => {
                let heights = names.iter();
                heights
                    .map(|name| name.label.height() + name.detail.height())
                    .fold(0.0, f64::max)
            }
        }
    }

    /// Draws the names below `top`.
    fn draw(&self, canvas: &Canvas, bands: &ColumnBands, top: f64) {
        match self {
            Self::Dates(dates) => dates.draw(canvas, top),
            Self::Bands(names) => {
                for name in names {
                    let middle = bands.middle(name.band);
                    name.label.draw(canvas, middle, top, Anchor::Middle);
                    let under = top + name.label.height();
                    name.detail.draw(canvas, middle, under, Anchor::Middle);
                }
            }
        }
    }
}

/// Name of a band.
struct BandName {
    band: usize,
    label: TextBlock,
    detail: TextBlock,
}

/// Names below their bands. Some names are left out where broken lines would touch: best the first and the last band
/// keep theirs, else each name stands in the middle of its group of bands. `canvas` is the width of the canvas in
/// points.
fn names(
    style: &ChartStyle,
    chart: &Chart,
    bands: &ColumnBands,
    canvas: f64,
) -> Result<Vec<BandName>, MissingGlyph> {
    let t = &style.tokens;
    let (mut widest, mut longest): (f64, f64) = (0.0, 0.0);
    for (band, category) in chart.categories.iter().enumerate() {
        let words = TextBlock::wrapped(style, &category.label, &style.label(), 0.0)?;
        let paragraph = style.label().bold_if(is_emphasized(chart, band));
        let label = TextBlock::single(style, &category.label, &paragraph)?;
        let detail = TextBlock::single(style, &category.detail, &style.detail())?;
        widest = widest.max(words.width);
        longest = longest.max(label.width).max(detail.width);
    }
    // Half of the first and of the last name may stand outside the bands, but not outside the canvas.
    let half = longest / 2.0;
    let inside = bands.middle(0) >= half && bands.middle(bands.count() - 1) + half <= canvas;
    // Longer words are parted.
    let widest = widest.min(MAX_WORD_EM * t.label);
    let ends = label_step_with_ends(bands.count(), bands.least, widest + t.gap).filter(|_| inside);
    let step = ends.unwrap_or_else(|| odd_label_step(bands.count(), bands.least, widest + t.gap));
    let mut named_bands = Vec::new();
    let mut texts = Vec::new();
    for (band, category) in chart.categories.iter().enumerate() {
        let whole = band - band % step + step <= bands.count();
        let named = match ends {
            Some(_) => band % step == 0,
            None => band % step == step / 2 && whole,
        };
        if !named {
            continue;
        }
        // A name at an end is centred below its band, too, and stays on the canvas.
        let middle = bands.middle(band);
        let max_width = (bands.least * step as f64 - t.gap).min(2.0 * middle.min(canvas - middle));
        let paragraph = style.label().bold_if(is_emphasized(chart, band));
        named_bands.push((band, max_width));
        texts.push((category.label.as_str(), paragraph, max_width));
    }
    let labels = wrapped_alike(style, &texts)?;
    let mut names = Vec::new();
    for ((band, max_width), label) in named_bands.into_iter().zip(labels) {
        let detail = &chart.categories[band].detail;
        names.push(BandName {
            band,
            label,
            detail: TextBlock::wrapped(style, detail, &style.detail(), max_width)?,
        });
    }
    Ok(names)
}
