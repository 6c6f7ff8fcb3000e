//! Lines over time, with a label at each line's end.

use exhibit_facts::facts::{Chart, Datum, Series};
use exhibit_facts::quantity::Status;
use exhibit_scene::{Item, MissingGlyph, Path, Point, Rect, Segment, Size, Stroke};

use super::gap_labels::GapLabels;
use super::line_end::{LineEndLabel, draw_line_end_labels, is_named, line_end_labels};
use super::x_labels::x_labels;
use crate::alt::accessible_name;
use crate::draw::{Canvas, PlotArea};
use crate::guide::axis::{MAX_GRID_LINES, TickLabels};
use crate::guide::dodge::{LabelRequest, OccupiedStretches, dodge_unsorted_labels};
use crate::guide::reference::References;
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::band::IntervalBands;
use crate::mark::dot::{DotPlacement, dot};
use crate::mark::interval::FeasibleInterval;
use crate::mark::slot::Orientation;
use crate::mark::style::{line_style, overhang};
use crate::mark::whisker::is_estimate;
use crate::region::{Plotted, Region};
use crate::scale::ticks::Ticks;
use crate::scale::{Scale, ends, extent, value_of};
use crate::style::{ChartStyle, color_role};

/// Largest number of points in a line that draws a dot at each.
const MAX_DOTTED_POINTS: usize = 16;

/// Largest number of points per point of width. Only the extremes of a denser line are drawn.
const MAX_DENSITY: f64 = 4.0;

/// Draws the chart.
pub(super) fn lines(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    Ok(LineLayout::new(style, chart, region)?.draw(style, chart))
}

/// A chart of lines before it is drawn, with shaped texts and with scales fitted to the region. Lengths are in points
/// of the canvas.
struct LineLayout<'a> {
    references: References<'a>,
    /// Labels of the value axis. `None` where the chart has no number.
    ticks: Option<TickLabels>,
    /// Label of a missing value, for each series that has one.
    missing: Vec<Option<TextBlock>>,
    labels: Vec<LineEndLabel>,
    /// Labels of the x axis with their middles.
    names: Vec<(f64, TextBlock)>,
    /// Position of each category, a value of `x`.
    positions: Vec<f64>,
    x: Scale,
    y: Scale,
    /// Left and right edge of the plot area, white included.
    inside: (f64, f64),
    /// Bottom edge of the plot area.
    bottom: f64,
    size: Size,
    /// The texts leave no width to the lines.
    narrow: bool,
}

impl<'a> LineLayout<'a> {
    fn new(style: &ChartStyle, chart: &'a Chart, region: Region) -> Result<Self, MissingGlyph> {
        let t = &style.tokens;
        let references = References::new(style, chart, Orientation::Vertical, region.width)?;
        let found = (extent(data(chart), chart.exponent), references.extent());
        let (low, high) = domain(found.0, found.1);
        // Without a number an axis shows nothing.
        let ticks = match found {
            (None, None) => None,
            _ => Some(TickLabels::new(
                style,
                chart,
                &Ticks::inside(low, high, MAX_GRID_LINES),
            )?),
        };
        let left = ticks
            .as_ref()
            .map_or(0.0, |ticks| ticks.width + 2.0 * t.gap);
        let missing = missing(style, chart)?;
        let labels = line_end_labels(style, chart, (low + high) / 2.0, region.width * 0.28)?;
        let widest = labels.iter().map(LineEndLabel::width).fold(0.0, f64::max);
        let right = region.width - (widest + 2.5 * t.gap).max(references.margin);
        let positions = positions(chart);
        let inset = inset(style, chart, &missing);
        let (start, end) = (left + inset, right - inset);
        let x = Scale::new(ends_of(&positions), (start, end.max(start)));
        let names = x_labels(style, chart, x, &positions, region.width)?;
        let line = style.label().leading;
        let highest = names.iter().map(|(_, lines)| lines.height());
        let below = t.gap + highest.fold(line, f64::max);
        // The column beside the plot must hold all labels.
        let named: f64 = labels.iter().map(LineEndLabel::height).sum();
        let bottom = region
            .plot_height(below, t.plot)
            .max(named + references.height());
        let (under, top) = vertical_overhang(style, chart);
        Ok(Self {
            references,
            ticks,
            missing,
            labels,
            names,
            positions,
            x,
            y: Scale::new((low, high), (bottom - under, top)),
            inside: (left, right),
            bottom,
            size: Size::new(region.width, bottom + below),
            narrow: end <= start,
        })
    }

    fn draw(&self, style: &ChartStyle, chart: &Chart) -> Plotted {
        let t = &style.tokens;
        let (left, right) = self.inside;
        let canvas = Canvas::new(self.size);
        if let Some(ticks) = &self.ticks {
            let grid = canvas.plot(Scale::new((0.0, 1.0), self.inside), self.y);
            ticks.draw_vertical(style, &canvas, &grid, left - t.gap);
        }
        let plot = canvas.plot(self.x, self.y);
        self.references
            .draw_under_marks(style, &canvas, self.y, self.inside);
        let painter = LinePainter {
            style,
            canvas: &canvas,
            plot: &plot,
            chart,
            positions: &self.positions,
        };
        let mut gaps = GapLabels {
            inside: self.inside,
            lines: painter.line_segments(),
            dots: painter.dot_rects(),
            ..GapLabels::default()
        };
        canvas.group("band", || painter.draw_bands());
        canvas.group("series", || {
            for (index, words) in self.missing.iter().enumerate() {
                gaps.row = OccupiedStretches::default();
                match words {
                    Some(words) => painter.draw_gaps(index, words, &mut gaps),
                    // The label at the line's end stands for every missing value of the line. Each is still a mark.
                    None => painter.name_gaps(index),
                }
            }
            for (index, series) in chart.series.iter().enumerate() {
                painter.draw_line(series);
                painter.draw_dots(index);
            }
        });
        canvas.group("axis", || {
            for (middle, lines) in &self.names {
                lines.draw(&canvas, *middle, self.bottom + t.gap, Anchor::Middle);
            }
        });
        // Labels of lines and of references share one column.
        let mut requests = self.references.requests(style, self.y);
        let referred = requests.len();
        requests.extend(self.labels.iter().map(|label| LabelRequest {
            at: self.y.map(label.at),
            size: label.height(),
        }));
        let end = self.bottom + style.label().leading / 2.0;
        let middles = dodge_unsorted_labels(&requests, 0.0, end);
        let (of_references, of_lines) = middles.split_at(referred);
        let edge = right + 1.5 * t.gap;
        self.references
            .draw(style, &canvas, self.y, self.inside, edge, of_references);
        draw_line_end_labels(&canvas, &self.labels, edge, of_lines);
        drop(plot);
        Plotted {
            frame: canvas.finish(),
            complete: !gaps.lost,
            narrow: self.narrow,
        }
    }
}

/// Every datum of a chart, series by series.
fn data(chart: &Chart) -> impl Iterator<Item = &Datum> {
    let series = chart.series.iter();
    series.flat_map(|series| series.data.iter().flatten())
}

/// White between an edge of the plot area and the outermost points, in points. The label of a missing first or last
/// value fits in.
fn inset(style: &ChartStyle, chart: &Chart, missing: &[Option<TextBlock>]) -> f64 {
    let t = &style.tokens;
    let at_end = |series: &Series| {
        let ends = [series.data.first(), series.data.last()];
        let mut ends = ends.into_iter().flatten().flatten();
        ends.any(|datum| value_of(datum).is_none())
    };
    let words = missing
        .iter()
        .zip(&chart.series)
        .filter_map(|(words, series)| {
            let words = words.as_ref()?;
            at_end(series).then_some(words.width / 2.0)
        });
    words.fold(t.dot, f64::max) + t.gap
}

/// Points below the lowest and above the highest number, for half a tick label, a halo, or an open end.
fn vertical_overhang(style: &ChartStyle, chart: &Chart) -> (f64, f64) {
    let t = &style.tokens;
    let overhangs = data(chart).filter_map(|datum| {
        let interval = FeasibleInterval::of(datum, chart.exponent)?;
        Some(overhang(style, interval, value_of(datum)?.about))
    });
    let least = (style.label().leading / 2.0).max(t.dot + t.soft / 2.0);
    let (under, above) = overhangs.fold((0.0, least), |most, one| {
        (f64::max(most.0, one.0), f64::max(most.1, one.1))
    });
    // A halo may overlap the white below the plot, an arrow may not.
    (if under > t.soft { under } else { 0.0 }, above)
}

/// Label of a missing value for each series. `None` where the series has no missing value, or where its line-end
/// label stands for them.
fn missing(style: &ChartStyle, chart: &Chart) -> Result<Vec<Option<TextBlock>>, MissingGlyph> {
    let mut all = Vec::new();
    for series in &chart.series {
        let mut data = series.data.iter().flatten();
        // The line-end label of a series without any value says so, where the chart has several series.
        let said_by_label = chart.series.len() > 1
            && is_named(chart, series)
            && data.clone().all(|datum| value_of(datum).is_none());
        let words = data
            .find(|datum| value_of(datum).is_none() && !said_by_label)
            .map(|datum| {
                let paragraph = style.small().colored(style.text_color(series.role));
                TextBlock::single(style, &datum.forms.number, &paragraph)
            })
            .transpose()?;
        all.push(words);
    }
    Ok(all)
}

/// Domain of the value axis. It begins at zero, unless the numbers lie far from zero.
fn domain(data: Option<(f64, f64)>, references: Option<(f64, f64)>) -> (f64, f64) {
    let found = [data, references]
        .into_iter()
        .flatten()
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let (low, high) = found.unwrap_or((0.0, 1.0));
    let far = low > 0.0 && low > 0.6 * high;
    if low == high && low == 0.0 {
        (0.0, 1.0)
    } else if low == high && far {
        (low - 1.0, low + 1.0)
    } else if far {
        // A little white keeps the lowest point off the edge.
        (low - (high - low) * 0.1, high)
    } else {
        (low.min(0.0), high.max(0.0))
    }
}

/// Position of each category: the middle of its period in days where every category has a period, else its index.
fn positions(chart: &Chart) -> Vec<f64> {
    let days: Option<Vec<f64>> = chart
        .categories
        .iter()
        .map(|category| {
            let (first, last) = category.period.as_ref()?.days();
            Some((first? as f64 + last? as f64) / 2.0)
        })
        .collect();
    match days {
        Some(days) if days.windows(2).all(|pair| pair[0] < pair[1]) => days,
        _ => (0..chart.categories.len())
            .map(|index| index as f64)
            .collect(),
    }
}

/// Domain of the x axis. A single position stands in the middle.
fn ends_of(positions: &[f64]) -> (f64, f64) {
    match positions {
        [] => (0.0, 1.0),
        [only] => (only - 1.0, only + 1.0),
        [first, .., last] => (*first, *last),
    }
}

/// A point of a line, in values.
#[derive(Clone, Copy)]
struct Vertex {
    at: (f64, f64),
    status: Status,
}

/// Stretches of a line without a gap. A missing value or an absent datum breaks the line.
fn stretches(chart: &Chart, series: &Series, positions: &[f64]) -> Vec<Vec<Vertex>> {
    let mut stretches: Vec<Vec<Vertex>> = vec![Vec::new()];
    for (datum, position) in series.data.iter().zip(positions) {
        let known = datum
            .as_ref()
            .and_then(|datum| Some((value_of(datum)?, datum.status)));
        match (known, stretches.last_mut()) {
            (Some((value, status)), Some(last)) => {
                let (low, high) = ends(&value.shape, chart.exponent);
                last.push(Vertex {
                    at: (*position, (low + high) / 2.0),
                    status,
                });
            }
            _ => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

fn open_path(points: &[Point], stroke: &Stroke) -> Item {
    let segments = points
        .iter()
        .enumerate()
        .map(|(index, at)| {
            if index == 0 {
                Segment::Move(*at)
            } else {
                Segment::Line(*at)
            }
        })
        .collect();
    Item::Path(Path {
        segments,
        fill: None,
        stroke: Some(stroke.clone()),
    })
}

/// First, lowest, highest and last vertex of each of `columns` equal parts of the width. Those are all that an eye
/// can tell apart, and no extreme is lost.
fn extremes(stretch: &[Vertex], x: Scale, columns: f64) -> Vec<Vertex> {
    let column = |vertex: &Vertex| {
        let share = (x.map(vertex.at.0) - x.range.0) / (x.range.1 - x.range.0);
        (share * columns).floor()
    };
    let mut kept: Vec<Vertex> = Vec::new();
    let mut rest = stretch;
    while let Some(first) = rest.first() {
        let own = column(first);
        let count = rest
            .iter()
            .take_while(|vertex| column(vertex) == own)
            .count();
        let (part, after) = rest.split_at(count);
        let by = |a: &(usize, &Vertex), b: &(usize, &Vertex)| a.1.at.1.total_cmp(&b.1.at.1);
        let lowest = part
            .iter()
            .enumerate()
            .min_by(by)
            .map_or(0, |(index, _)| index);
        let highest = part
            .iter()
            .enumerate()
            .max_by(by)
            .map_or(0, |(index, _)| index);
        let mut keep = vec![0, lowest, highest, count - 1];
        keep.sort_unstable();
        keep.dedup();
        kept.extend(keep.into_iter().map(|index| part[index]));
        rest = after;
    }
    kept
}

/// The canvas, plot area and style that the parts of a chart of lines are drawn with.
#[derive(Clone, Copy)]
struct LinePainter<'a> {
    style: &'a ChartStyle<'a>,
    canvas: &'a Canvas,
    plot: &'a PlotArea,
    chart: &'a Chart,
    /// Position of each category, a value of the x scale.
    positions: &'a [f64],
}

impl LinePainter<'_> {
    /// Draws the line of a series, with a dense line reduced to its extremes.
    fn draw_line(&self, series: &Series) {
        let Self {
            style,
            canvas,
            plot,
            chart,
            positions,
            ..
        } = *self;
        let color = style.mark_color(series.role);
        let width = style.tokens.stroke;
        let plot_width = plot.x.range.1 - plot.x.range.0;
        canvas.group("line", || {
            for stretch in stretches(chart, series, positions) {
                let dense = stretch.len() as f64 > MAX_DENSITY * plot_width;
                let stretch = if dense {
                    extremes(&stretch, plot.x, 2.0 * plot_width)
                } else {
                    stretch
                };
                // A run of segments in one style. The later end of a segment gives the style.
                let mut run: Vec<(f64, f64)> = vec![stretch[0].at];
                for (index, vertex) in stretch.iter().enumerate().skip(1) {
                    run.push(vertex.at);
                    let ends = stretch
                        .get(index + 1)
                        .is_none_or(|next| next.status != vertex.status);
                    if ends {
                        let points = std::mem::replace(&mut run, vec![vertex.at]);
                        if vertex.status == Status::Actual {
                            plot.line(points, color, width);
                        } else {
                            let stroke =
                                line_style(style, vertex.status, Stroke::solid(color, width));
                            plot.custom(&points, |points| {
                                vec![(Point::ZERO, open_path(points, &stroke))]
                            });
                        }
                    }
                }
            }
        });
    }

    /// Draws the labels of the missing values of a series.
    fn draw_gaps(&self, index: usize, words: &TextBlock, gaps: &mut GapLabels) {
        let Self {
            style,
            canvas,
            plot,
            chart,
            positions,
            ..
        } = *self;
        let middle = (plot.y.domain.0 + plot.y.domain.1) / 2.0;
        for (category, datum) in chart.series[index].data.iter().enumerate() {
            let missing = datum.as_ref().filter(|datum| value_of(datum).is_none());
            let Some(datum) = missing else {
                continue;
            };
            let label = accessible_name(chart, category, index, datum);
            canvas.mark(&datum.address, label, || {
                let value = beside(chart, index, category).unwrap_or(middle);
                let at = (positions[category], value);
                gaps.draw(style, canvas, plot, words, at);
            });
        }
    }

    /// Names the missing values of a series as marks, without a drawing: the line-end label stands for them.
    fn name_gaps(&self, index: usize) {
        let Self { canvas, chart, .. } = *self;
        for (category, datum) in chart.series[index].data.iter().enumerate() {
            if let Some(datum) = datum.as_ref().filter(|datum| value_of(datum).is_none()) {
                let label = accessible_name(chart, category, index, datum);
                canvas.mark(&datum.address, label, || {});
            }
        }
    }

    /// Draws the dots of a series. A line of many points has dots for qualified values only.
    fn draw_dots(&self, index: usize) {
        let Self {
            style,
            canvas,
            plot,
            chart,
            positions,
            ..
        } = *self;
        let series = &chart.series[index];
        let dotted = series.data.len() <= MAX_DOTTED_POINTS;
        let bands = self.bands(series);
        for (category, datum) in series.data.iter().enumerate() {
            let known = datum
                .as_ref()
                .and_then(|datum| Some((datum, value_of(datum)?)));
            let Some((datum, value)) = known else {
                continue;
            };
            let (low, high) = ends(&value.shape, chart.exponent);
            let whiskered = is_estimate(datum) && !bands.covers(category);
            let bound = value.shape.low().is_none() || value.shape.high().is_none();
            let exact = low == high && !bound && !value.about && !whiskered;
            if !dotted && exact {
                continue;
            }
            let color = style.mark_color(color_role(datum, series.role));
            let label = accessible_name(chart, category, index, datum);
            canvas.mark(&datum.address, label, || {
                let placement = DotPlacement {
                    orientation: Orientation::Vertical,
                    across: positions[category],
                    exponent: chart.exponent,
                    half: style.tokens.dot * 0.8,
                    floor: plot.y.domain.0,
                    whisker: !bands.covers(category),
                };
                dot(style, plot, datum, color, placement);
            });
        }
    }

    /// The bands of a series of estimates.
    fn bands(&self, series: &Series) -> IntervalBands {
        let color = self.style.mark_color(series.role);
        IntervalBands::of(&series.data, self.positions, self.chart.exponent, color)
    }

    /// Draws the bands of all lines, under the lines.
    fn draw_bands(&self) {
        let (from, to) = self.plot.x.range;
        let bands = self.chart.series.iter().map(|series| self.bands(series));
        let bands: Vec<IntervalBands> = bands.map(|bands| bands.thinned(to - from)).collect();
        for bands in &bands {
            bands.fill(self.style, self.plot);
        }
        for bands in &bands {
            bands.edges(self.style, self.plot);
        }
    }

    /// Segments of all lines, each from its left to its right end.
    fn line_segments(&self) -> Vec<(Point, Point)> {
        let Self {
            plot,
            chart,
            positions,
            ..
        } = *self;
        let at = |vertex: &Vertex| Point::new(plot.x.map(vertex.at.0), plot.y.map(vertex.at.1));
        let series = chart.series.iter();
        let stretches = series.flat_map(|series| stretches(chart, series, positions));
        let pairs = stretches.flat_map(|stretch| {
            let pairs = stretch.windows(2);
            pairs
                .map(|pair| (at(&pair[0]), at(&pair[1])))
                .collect::<Vec<_>>()
        });
        pairs.collect()
    }

    /// Bounds of all dots, with spans and open ends.
    fn dot_rects(&self) -> Vec<Rect> {
        let Self {
            style,
            plot,
            chart,
            positions,
            ..
        } = *self;
        let t = &style.tokens;
        let mut dots = Vec::new();
        for series in &chart.series {
            for (datum, position) in series.data.iter().zip(positions) {
                let Some(datum) = datum else { continue };
                let (Some(value), Some(interval)) =
                    (value_of(datum), FeasibleInterval::of(datum, chart.exponent))
                else {
                    continue;
                };
                let (low, high) = ends(&value.shape, chart.exponent);
                // The span of an upper bound begins with the plot area.
                let low = match interval.low {
                    Some(least) if least < low => plot.y.domain.0,
                    _ => low,
                };
                let (down, up) = overhang(style, interval, value.about);
                let half = t.dot * 0.8 + t.tick;
                let (top, bottom) = (plot.y.map(high) - up, plot.y.map(low) + down);
                let (top, bottom) = (top - t.dot, bottom + t.dot);
                let middle = plot.x.map(*position);
                dots.push(Rect::new(middle - half, top, 2.0 * half, bottom - top));
            }
        }
        dots
    }
}

/// Value half way between the neighbours of a gap, at which the label of the gap stands. The label must not stand
/// near zero, since a gap is not zero. `None` for a line without any value.
fn beside(chart: &Chart, series: usize, category: usize) -> Option<f64> {
    let data = &chart.series[series].data;
    let known = |datum: &Option<Datum>| {
        let value = value_of(datum.as_ref()?)?;
        let (low, high) = ends(&value.shape, chart.exponent);
        Some((low + high) / 2.0)
    };
    let before = data[..category].iter().rev().find_map(known);
    let after = data[category..].iter().find_map(known);
    match (before, after) {
        (Some(before), Some(after)) => Some((before + after) / 2.0),
        (one, None) | (None, one) => one,
    }
}
