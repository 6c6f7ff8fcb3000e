//! Dots and ranges on a shared scale, one row a category. A line connects several dots of a row (a dumbbell).

use exhibit_facts::facts::{Chart, ColorRole, Datum, Series};
use exhibit_scene::{MissingGlyph, Point, Size, Stroke};

use super::category_names::CategoryNames;
use super::time_rows::RowPlaces;
use super::two_columns::in_one_or_two_columns;
use crate::alt::accessible_name;
use crate::draw::{Canvas, PlotArea};
use crate::guide::axis::zero_line;
use crate::guide::dodge::{LabelRequest, dodge_labels};
use crate::guide::legend::{Legend, Swatch};
use crate::guide::reference::{References, clear_pieces};
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::dot::{DotPlacement, dot};
use crate::mark::interval::FeasibleInterval;
use crate::mark::slot::{BandSlot, Orientation};
use crate::mark::style::overhang;
use crate::mark::whisker::is_estimate;
use crate::region::{BandHeights, Plotted, Region, TOLERANCE};
use crate::scale::ticks::Ticks;
use crate::scale::{Bands, Scale, extent, value_of, whole_ends};
use crate::style::{ChartStyle, Look, value_label};

/// Ratio of the lowest to the highest number above which the scale does not begin at zero, as for lines. Dots are
/// compared by position and not by length, so they need no zero.
const NO_ZERO_RATIO: f64 = 0.6;

/// A dot before it is drawn.
struct Dot<'a> {
    series: usize,
    datum: &'a Datum,
    look: Look,
    label: TextBlock,
    /// Lowest and highest number. `None` for a missing value.
    ends: Option<(f64, f64)>,
    /// Points that open or soft ends take below and above those numbers.
    open: (f64, f64),
}

/// Draws the chart.
pub(super) fn range(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    // Many rows stand in two columns on one scale.
    in_one_or_two_columns(style, region, chart.categories.len(), |columns| {
        in_columns(style, chart, region, columns)
    })
}

/// Draws the rows in `columns` columns, 1 or 2.
fn in_columns(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
    columns: usize,
) -> Result<Plotted, MissingGlyph> {
    Ok(RangeLayout::new(style, chart, region, columns)?.draw(style, chart))
}

/// A chart of dots and ranges before it is drawn, with shaped texts and with scales fitted to the region. Lengths are
/// in points of the canvas.
struct RangeLayout<'a> {
    legend: Legend,
    references: References<'a>,
    names: CategoryNames,
    rows: Vec<Vec<Dot<'a>>>,
    places: RowPlaces,
    columns: usize,
    /// Width of each column.
    width: f64,
    /// White between two columns.
    gutter: f64,
    /// Bands of one column.
    bands: Bands,
    /// Labels stand above their dots. Else they stand at the two ends of a row.
    stacked: bool,
    /// Scale of the values in the first column.
    x: Scale,
    /// Left end of the names of references in the first column. `None` where the names do not fit.
    named_from: Option<f64>,
    size: Size,
    /// The texts leave no width to the marks.
    narrow: bool,
}

impl<'a> RangeLayout<'a> {
    fn new(
        style: &ChartStyle,
        chart: &'a Chart,
        region: Region,
        columns: usize,
    ) -> Result<Self, MissingGlyph> {
        let t = &style.tokens;
        let legend = Legend::new(style, chart, Swatch::Disc, region.width)?;
        let rows = dot_rows(style, chart)?;
        let stacked = chart.series.len() > 2;
        let line = if stacked { style.label().leading } else { 0.0 };
        let single = style.label().leading.max(2.0 * t.dot + t.tick);
        let gutter = 8.0 * t.gap;
        let width = region.column_width(columns, gutter);
        let names = CategoryNames::new(style, chart, width)?;
        let references = References::new(style, chart, Orientation::Horizontal, width)?;
        let top = legend.height + references.margin;
        let usual = t.band.max(names.height + t.gap) + line;
        let places = RowPlaces::new(&chart.categories, columns);
        let count = places.longest;
        let heights = BandHeights {
            min: single.max(names.height) + t.gap / 2.0 + line,
            usual,
            max: usual * 1.9,
        };
        let bands = Bands {
            start: top,
            width: region.band_height(count, top, heights),
            share: 1.0,
            count,
        };

        let domain = domain(chart, &rows, references.extent());
        let left = names.width;
        let margin = |sign: f64, free: f64| margin(style, &rows, stacked, domain, sign, free);
        let mut to = width - margin(1.0, 0.0);
        let mut from = left + margin(-1.0, to - left);
        if !stacked {
            (from, to) = beyond_zero(style, &rows, domain, (from, to), (left, width));
        }
        let named_from = references.names_begin(style, left, width);
        let texts_fit = rows
            .iter()
            .all(|row| texts_fit(style, row, stacked, (left, from, width)));
        Ok(Self {
            narrow: to < from + t.band || named_from.is_none() || !texts_fit,
            x: Scale::new(domain, (from, to.max(from + t.band))),
            size: Size::new(region.width, top + count as f64 * bands.width),
            legend,
            references,
            names,
            rows,
            places,
            columns,
            width,
            gutter,
            bands,
            stacked,
            named_from,
        })
    }

    fn draw(&self, style: &ChartStyle, chart: &Chart) -> Plotted {
        let (bands, references) = (&self.bands, &self.references);
        let canvas = Canvas::new(self.size);
        self.legend.draw(style, &canvas, 0.0);
        for column in 0..self.columns {
            let shift = column as f64 * (self.width + self.gutter);
            let x = self.x.shifted(shift);
            let own = self.places.categories(column);
            let height = bands.start + self.places.height(column) as f64 * bands.width;
            self.places
                .draw_breaks(style, &canvas, bands, column, shift);
            references.draw_under_marks(style, &canvas, x, (bands.start, height));
            let plot = canvas.plot(x, bands.scale());
            for index in own {
                self.draw_row(style, chart, &canvas, &plot, index, shift);
            }
            if x.domain.0 <= 0.0 && x.domain.1 >= 0.0 {
                draw_zero(style, &canvas, x.map(0.0), (bands.start, height));
            }
            let named_from = self.named_from.unwrap_or(self.names.width);
            let along = (shift + named_from, shift + self.width);
            references.draw_with_names_above(style, &canvas, x, (bands.start, height), along);
        }
        Plotted {
            frame: canvas.finish(),
            complete: true,
            narrow: self.narrow,
        }
    }

    /// Draws the row of a category in its column, `shift` points right of the first column.
    fn draw_row(
        &self,
        style: &ChartStyle,
        chart: &Chart,
        canvas: &Canvas,
        plot: &PlotArea,
        index: usize,
        shift: f64,
    ) {
        let (bands, row, x) = (&self.bands, &self.rows[index], plot.x);
        let half_line = if self.stacked {
            style.label().leading / 2.0
        } else {
            0.0
        };
        let across = bands.middle(self.places.row(index)) + half_line;
        self.names.draw(canvas, index, shift, across);
        draw_track(style, canvas, x, row, across, self.stacked);
        draw_connector(style, canvas, x, row, across);
        let height = bands.width - 2.0 * half_line;
        for (one, lane) in row.iter().zip(lanes(style, row, height)) {
            let label = accessible_name(chart, index, one.series, one.datum);
            canvas.mark(&one.datum.address, label, || {
                let placement = DotPlacement {
                    orientation: Orientation::Horizontal,
                    across: (across + lane - bands.start) / bands.width,
                    exponent: chart.exponent,
                    half: style.tokens.dot,
                    floor: x.domain.0,
                    whisker: true,
                };
                dot(style, plot, one.datum, one.look, placement);
            });
        }
        let along = (shift + self.names.width, shift + self.width);
        canvas.group("label", || {
            draw_labels(style, canvas, x, row, across, self.stacked, along);
        });
    }
}

/// Draws the zero line between both ends of `across`. A label above a dot interrupts the line.
fn draw_zero(style: &ChartStyle, canvas: &Canvas, zero: f64, across: (f64, f64)) {
    let slot = BandSlot {
        orientation: Orientation::Horizontal,
        across,
    };
    for (from, to) in clear_pieces(&slot, zero, style.tokens.gap / 3.0, &canvas.texts()) {
        let (from, to) = (Point::new(zero, from), Point::new(zero, to));
        zero_line(style, canvas, from, to);
    }
}

/// Right edge of the label left of a row's dots, and left edge of the label right of them. A label that would stand on the zero line stands
/// beyond it.
fn label_edges(style: &ChartStyle, x: Scale, row: &[Dot]) -> (f64, f64) {
    let t = &style.tokens;
    let known = || row.iter().filter_map(|dot| Some((dot, dot.ends?)));
    let lows = known().map(|(dot, (low, _))| x.map(low) - dot.open.0.max(t.dot));
    let highs = known().map(|(dot, (_, high))| x.map(high) + dot.open.1.max(t.dot));
    let right = lows.fold(f64::INFINITY, f64::min) - t.gap;
    let left = highs.fold(f64::NEG_INFINITY, f64::max) + t.gap;
    let (Some((first, _)), Some((last, _))) = (known().next(), known().next_back()) else {
        return (x.range.0, x.range.0);
    };
    if x.domain.0 > 0.0 || x.domain.1 < 0.0 {
        return (right, left);
    }
    let (zero, hair) = (x.map(0.0), t.gap / 2.0);
    let right = if right - first.label.width - hair < zero && zero < right + hair {
        zero - hair
    } else {
        right
    };
    let left = if left - hair < zero && zero < left + last.label.width + hair {
        zero + hair
    } else {
        left
    };
    (right, left)
}

/// True where the labels of a row fit side by side. Labels above dots have the width of the plot area. Labels of
/// missing values begin with the scale. `left` and `from` are the begins of plot area and scale, and `width` is the
/// end of both.
fn texts_fit(
    style: &ChartStyle,
    row: &[Dot],
    stacked: bool,
    (left, from, width): (f64, f64, f64),
) -> bool {
    let gap = style.tokens.gap;
    let known = row.iter().filter(|dot| dot.ends.is_some());
    let labels: f64 = known.clone().map(|dot| dot.label.width + gap).sum();
    let missing = row.iter().filter(|dot| dot.ends.is_none());
    let missing: f64 = missing.map(|dot| dot.label.width + 2.0 * gap).sum();
    let too_long = known.count() == 0 && from + missing > width;
    !too_long && (!stacked || labels <= width - left)
}

/// Points that each dot of a row stands below its middle: none, unless intervals of estimates overlap. Then each dot has a lane of its own,
/// so that the eye sees whose whisker is whose. All lanes lie within `height`, the height of the row below its labels.
fn lanes(style: &ChartStyle, row: &[Dot], height: f64) -> Vec<f64> {
    let ends: Vec<(f64, f64)> = row.iter().filter_map(|dot| dot.ends).collect();
    let overlap = |(index, one): (usize, &(f64, f64))| {
        let mut others = ends[index + 1..].iter();
        others.any(|other| other.0 <= one.1 && one.0 <= other.1)
    };
    let apart =
        row.iter().any(|dot| is_estimate(dot.datum)) && ends.iter().enumerate().any(overlap);
    let t = &style.tokens;
    let count = ends.len() as f64;
    // A dot with its halo or the ticks of its ends, the arrow at an open end, or the caps of a whisker.
    let beside = (t.tick + t.edge / 2.0).max(t.soft / 2.0);
    let half = (t.dot + beside).max(t.arrow).max(t.whisker);
    let room = (height - 2.0 * half).max(0.0);
    let step = (2.0 * (t.whisker + t.hairline)).min(room / (count - 1.0).max(1.0));
    let mut lane = -(count - 1.0) / 2.0;
    row.iter()
        .map(|dot| {
            if !apart || dot.ends.is_none() {
                return 0.0;
            }
            lane += 1.0;
            (lane - 1.0) * step
        })
        .collect()
}

/// Draws a hairline from the name of a row to its first mark, so that the eye finds the mark.
fn draw_track(
    style: &ChartStyle,
    canvas: &Canvas,
    x: Scale,
    row: &[Dot],
    across: f64,
    stacked: bool,
) {
    let t = &style.tokens;
    let mut known = row.iter().filter(|dot| dot.ends.is_some());
    let from = x.range.0;
    let low = row.iter().find_map(|dot| dot.ends);
    let dot = low.map_or(from, |(low, _)| x.map(low));
    // The hairline ends before a label at the left end of the row, unless the label stands beyond its begin.
    let to = match (known.next(), known.next_back()) {
        (Some(first), Some(_)) if !stacked => {
            let (right, _) = label_edges(style, x, row);
            if right <= from {
                dot
            } else {
                (right - first.label.width - t.gap).max(from)
            }
        }
        _ => dot,
    };
    let track = Stroke::solid(style.colors.grid, t.hairline);
    canvas.group("axis", || {
        canvas.line(Point::new(from, across), Point::new(to, across), track);
    });
}

/// Dots of each row, from the lowest to the highest.
fn dot_rows<'a>(style: &ChartStyle, chart: &'a Chart) -> Result<Vec<Vec<Dot<'a>>>, MissingGlyph> {
    let looks = style.looks(chart);
    let mut rows = Vec::new();
    for band in 0..chart.categories.len() {
        let mut row = Vec::new();
        for (series, of) in chart.series.iter().enumerate() {
            let Some(datum) = &of.data[band] else {
                continue;
            };
            let look = style.datum_look(datum, looks[series]);
            let value = value_of(datum);
            let paragraph = style.label();
            let paragraph = match value {
                Some(_) => paragraph
                    .colored(look.text)
                    .bold_if(look.role != ColorRole::Neutral),
                None => paragraph.colored(style.colors.grey),
            };
            row.push(Dot {
                series,
                datum,
                look,
                label: TextBlock::single(style, &dot_text(chart, of, datum), &paragraph)?,
                ends: value.map(|value| whole_ends(&value.shape, chart.exponent)),
                open: match (value, FeasibleInterval::of(datum, chart.exponent)) {
                    (Some(value), Some(interval)) => overhang(style, interval, value.about),
                    _ => (0.0, 0.0),
                },
            });
        }
        let middle = |dot: &Dot| dot.ends.map_or(f64::MIN, |(low, high)| low + high);
        row.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
        rows.push(row);
    }
    Ok(rows)
}

/// Text of a dot: its number, or the name of the series without a value.
fn dot_text(chart: &Chart, series: &Series, datum: &Datum) -> String {
    let label = value_label(datum);
    // The colour of a dot tells its series. A missing value has no colour.
    if value_of(datum).is_some() || chart.series.len() == 1 || series.label.is_empty() {
        label
    } else {
        format!("{} {label}", series.label)
    }
}

/// Domain of the scale. It begins at zero, unless the numbers lie far from zero and close together.
fn domain(chart: &Chart, rows: &[Vec<Dot>], references: Option<(f64, f64)>) -> (f64, f64) {
    let data = rows.iter().flatten().map(|dot| dot.datum);
    let found = [extent(data, chart.exponent), references]
        .into_iter()
        .flatten()
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let Some((low, high)) = found else {
        return (0.0, 1.0);
    };
    let has_upper_bound = rows
        .iter()
        .flatten()
        .any(|dot| value_of(dot.datum).is_some_and(|value| value.shape.low().is_none()));
    let far = low > NO_ZERO_RATIO * high && low > 0.0 && !has_upper_bound;
    let (low, high) = if far {
        (low, high)
    } else {
        (low.min(0.0), high.max(0.0))
    };
    if low == high {
        (low, low + 1.0)
    } else if far || low < 0.0 {
        Ticks::covering(low, high, 4).domain()
    } else {
        (low, high)
    }
}

/// Points that labels and open ends take beyond one end of the domain. `sign` is 1 for the upper and -1 for the lower
/// end. `free` is the width left of the domain's upper end.
fn margin(
    style: &ChartStyle,
    rows: &[Vec<Dot>],
    stacked: bool,
    domain: (f64, f64),
    sign: f64,
    free: f64,
) -> f64 {
    let t = &style.tokens;
    let own = t.dot + t.soft / 2.0;
    let mut most = if sign > 0.0 || domain.0 != 0.0 {
        own
    } else {
        0.0
    };
    for row in rows {
        let ends = |dot: &Dot| {
            let (below, above) = dot.open;
            if sign > 0.0 { above } else { below }.max(t.dot)
        };
        if sign < 0.0 {
            // An arrow to the left stands in the margin. A soft end may overlap its neighbour on the left.
            let arrows = row.iter().map(|dot| dot.open.0);
            most = arrows.filter(|open| *open > t.soft).fold(most, f64::max);
        }
        let known = || row.iter().filter(|dot| dot.ends.is_some());
        let missing = row.iter().filter(|dot| dot.ends.is_none());
        let missing: f64 = missing.map(|dot| dot.label.width + 2.0 * t.gap).sum();
        let Some(first) = known().next() else {
            continue;
        };
        if sign > 0.0
            && let Some(last) = known().next_back()
        {
            let label = if stacked {
                0.0
            } else {
                t.gap + last.label.width
            };
            most = most.max(ends(last) + label + missing);
        }
        if stacked {
            for dot in known() {
                most = most.max(ends(dot)).max(dot.label.width / 2.0);
            }
        } else if sign > 0.0 || known().count() == 1 {
            continue;
        } else {
            // Inside the plot a label has the width from the begin of the scale to its dot. A wider margin moves the
            // dot, too.
            let share = first
                .ends
                .map_or(0.0, |(low, _)| (low - domain.0) / (domain.1 - domain.0));
            let needs = ends(first) + t.gap + first.label.width;
            if share < 1.0 {
                most = most.max((needs - share * free) / (1.0 - share));
            }
        }
    }
    most
}

/// The ends of the scale, moved inwards until every label that stands beyond the zero line has its place between both ends of `inside`. Each
/// step moves an end for good, so that the steps end.
fn beyond_zero(
    style: &ChartStyle,
    rows: &[Vec<Dot>],
    domain: (f64, f64),
    (mut from, mut to): (f64, f64),
    inside: (f64, f64),
) -> (f64, f64) {
    let white = style.tokens.gap / 2.0;
    for _ in 0..=rows.len() {
        let x = Scale::new(domain, (from, to.max(from)));
        let (mut short, mut long): (f64, f64) = (0.0, 0.0);
        for row in rows {
            let mut known = row.iter().filter(|dot| dot.ends.is_some());
            let Some(first) = known.next() else {
                continue;
            };
            let last = known.next_back();
            let (right, left) = label_edges(style, x, row);
            if last.is_some() {
                short = short.max(inside.0 - (right - first.label.width - white));
            }
            let missing = row.iter().filter(|dot| dot.ends.is_none());
            let missing: f64 = missing.map(|dot| dot.label.width + 4.0 * white).sum();
            let end = left + last.unwrap_or(first).label.width + missing;
            long = long.max(end - inside.1);
        }
        if short <= TOLERANCE && long <= TOLERANCE || to <= from {
            break;
        }
        from += short.max(0.0);
        to -= long.max(0.0);
    }
    (from, to)
}

/// Draws a line between the lowest and the highest dot of a row.
fn draw_connector(style: &ChartStyle, canvas: &Canvas, x: Scale, row: &[Dot], across: f64) {
    let mut known = row.iter().filter_map(|dot| dot.ends);
    let (Some((_, low)), Some((high, _))) = (known.next(), known.next_back()) else {
        return;
    };
    let (from, to) = (x.map(low), x.map(high));
    if from >= to {
        return;
    }
    let stroke = Stroke::solid(style.pale(style.colors.neutral), style.tokens.stroke);
    canvas.group("join", || {
        canvas.line(Point::new(from, across), Point::new(to, across), stroke);
    });
}

/// Draws the labels of a row between both ends of `along`, in points of the canvas.
fn draw_labels(
    style: &ChartStyle,
    canvas: &Canvas,
    x: Scale,
    row: &[Dot],
    across: f64,
    stacked: bool,
    (from, width): (f64, f64),
) {
    let t = &style.tokens;
    let known: Vec<(&Dot, (f64, f64))> = row
        .iter()
        .filter_map(|dot| Some((dot, dot.ends?)))
        .collect();
    // Labels of missing values stand after all others.
    let mut behind = x.range.0 + t.gap;
    if stacked {
        let requests: Vec<LabelRequest> = known
            .iter()
            .map(|(dot, (low, high))| LabelRequest {
                at: (x.map(*low) + x.map(*high)) / 2.0,
                size: dot.label.width + t.gap,
            })
            .collect();
        let middles = dodge_labels(&requests, from, width);
        let top = across - t.dot - t.tick - style.label().leading;
        for ((dot, _), middle) in known.iter().zip(middles) {
            dot.label.draw(canvas, middle, top, Anchor::Middle);
        }
        if let Some((last, (_, high))) = known.last() {
            behind = x.map(*high) + last.open.1.max(t.dot) + 2.0 * t.gap;
        }
    } else {
        let (right, left) = label_edges(style, x, row);
        for (index, (dot, _)) in known.iter().enumerate() {
            if index == 0 && known.len() > 1 {
                dot.label.draw_beside(canvas, right, across, Anchor::End);
            } else {
                dot.label.draw_beside(canvas, left, across, Anchor::Start);
                behind = left + dot.label.width + 2.0 * t.gap;
            }
        }
    }
    for dot in row.iter().filter(|dot| dot.ends.is_none()) {
        dot.label.draw_beside(canvas, behind, across, Anchor::Start);
        behind += dot.label.width + 2.0 * t.gap;
    }
}
