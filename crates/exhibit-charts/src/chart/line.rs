//! Lines over time, with a label at each line's end.

use std::borrow::Cow;

use exhibit_facts::chart_spec::MAX_DOTTED_POINTS;
use exhibit_facts::facts::{Chart, Datum, Series};
use exhibit_facts::quantity::Status;
use exhibit_scene::{Item, MissingGlyph, Path, Point, Rect, Segment, Size, Stroke};

use super::gap_labels::GapLabels;
use super::line_end::{LineEndLabel, draw_ground, is_named, line_end_labels};
use super::stretches::{Vertex, stretches};
use super::x_labels::XLabels;
use crate::alt::accessible_name;
use crate::draw::{Canvas, PlotArea};
use crate::guide::axis::{MAX_GRID_LINES, TickLabels};
use crate::guide::dodge::{LabelRequest, OccupiedStretches, dodge_unsorted_labels};
use crate::guide::reference::References;
use crate::guide::text::TextBlock;
use crate::mark::band::IntervalBands;
use crate::mark::dot::{DotPlacement, dot};
use crate::mark::interval::FeasibleInterval;
use crate::mark::slot::Orientation;
use crate::mark::style::{line_strokes, overhang};
use crate::mark::whisker::is_estimate;
use crate::region::{Plotted, Region};
use crate::scale::ticks::Ticks;
use crate::scale::time::TimeAxis;
use crate::scale::{Scale, ends, extent, finest_step, value_of};
use crate::style::{ChartStyle, Look};

/// Largest number of points per point of width. Only the extremes of a denser line are drawn.
const MAX_DENSITY: f64 = 4.0;

/// Draws the chart.
pub(super) fn lines(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Plotted, MissingGlyph> {
    let chart = in_time(chart);
    Ok(LineLayout::new(style, &chart, region)?.draw(style, &chart))
}

/// The chart with its categories in order of time, where all are periods. A line never runs backwards.
fn in_time(chart: &Chart) -> Cow<'_, Chart> {
    let Some(middles) = TimeAxis::of(&chart.categories).map(|axis| axis.middles()) else {
        return Cow::Borrowed(chart);
    };
    if middles.is_sorted() {
        return Cow::Borrowed(chart);
    }
    let mut order: Vec<usize> = (0..middles.len()).collect();
    order.sort_by(|a, b| middles[*a].total_cmp(&middles[*b]));
    let mut sorted = chart.clone();
    let category = |at: &usize| chart.categories[*at].clone();
    sorted.categories = order.iter().map(category).collect();
    for (series, from) in sorted.series.iter_mut().zip(&chart.series) {
        series.data = order.iter().map(|at| from.data[*at].clone()).collect();
    }
    Cow::Owned(sorted)
}

/// White between the plot and its column of labels for leaders, in gaps.
const LEADER_GAPS: f64 = 3.0;

/// What the column of labels beside the plot has to hold.
#[derive(Clone, Copy)]
struct LabelColumn {
    /// Labels of lines that end early stand in the column, too.
    early: bool,
    /// Leaders from the ends of lines to their labels.
    leaders: bool,
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
    /// Place of each label.
    places: Vec<LabelPlace>,
    /// Middles of the names of reference lines.
    of_references: Vec<f64>,
    /// Labels of the x axis.
    names: XLabels,
    /// Position of each category, a value of `x`.
    positions: Vec<f64>,
    x: Scale,
    y: Scale,
    /// Left and right edge of the plot area, white included.
    inside: (f64, f64),
    /// White for leaders between the plot area and the column of labels.
    leaders: f64,
    /// Bottom edge of the plot area.
    bottom: f64,
    size: Size,
    /// The texts leave no width to the lines.
    narrow: bool,
}

/// Place of a line-end label.
#[derive(Clone, Copy)]
enum LabelPlace {
    /// In the plot, at the end of the line.
    AtEnd(Rect),
    /// In the column beside the plot, around this middle.
    InColumn(f64),
}

impl<'a> LineLayout<'a> {
    fn new(style: &ChartStyle, chart: &'a Chart, region: Region) -> Result<Self, MissingGlyph> {
        let mut column = LabelColumn {
            early: false,
            leaders: false,
        };
        // The column beside the plot grows until it holds what the plot cannot. Each turn adds one need.
        loop {
            let layout = Self::with_column(style, chart, region, column)?;
            let labels = || layout.labels.iter().zip(&layout.places);
            let in_column = |place: &LabelPlace| matches!(place, LabelPlace::InColumn(_));
            let early = labels().any(|(label, place)| label.early && in_column(place));
            let leaders = labels().any(|(label, place)| match place {
                LabelPlace::AtEnd(_) => false,
                LabelPlace::InColumn(middle) => {
                    label.needs_leader(style, layout.y.map(label.at), *middle)
                }
            });
            if early && !column.early {
                column.early = true;
            } else if leaders && !column.leaders {
                column.leaders = true;
            } else {
                return Ok(layout);
            }
        }
    }

    fn with_column(
        style: &ChartStyle,
        chart: &'a Chart,
        region: Region,
        column: LabelColumn,
    ) -> Result<Self, MissingGlyph> {
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
                &Ticks::inside_of(low, high, MAX_GRID_LINES, finest_step(chart)),
            )?),
        };
        let left = ticks
            .as_ref()
            .map_or(0.0, |ticks| ticks.width + 2.0 * t.gap);
        let missing = missing(style, chart)?;
        let positions = positions(chart);
        let labels = line_end_labels(style, chart, (low + high) / 2.0, region.width, &positions)?;
        let beside = labels.iter().filter(|label| column.early || !label.early);
        let widest = beside.map(LineEndLabel::width).fold(0.0, f64::max);
        let leaders = if column.leaders {
            LEADER_GAPS * t.gap
        } else {
            0.0
        };
        let right =
            region.width - (widest + 2.5 * t.gap + leaders).max(references.margin + leaders);
        let inset = inset(style, chart, &missing);
        let (start, end) = (left + inset, right - inset);
        let x = Scale::new(ends_of(&positions), (start, end.max(start)));
        let names = XLabels::new(style, chart, x, &positions, region.width)?;
        let below = t.gap + names.height().max(style.label().leading);
        // The column beside the plot must hold all labels.
        let named: f64 = labels.iter().map(LineEndLabel::height).sum();
        let bottom = region
            .plot_height(below, t.plot)
            .max(named + references.height());
        let (under, top) = vertical_overhang(style, chart);
        let mut layout = Self {
            references,
            ticks,
            missing,
            labels,
            places: Vec::new(),
            of_references: Vec::new(),
            names,
            positions,
            x,
            y: Scale::new((low, high), (bottom - under, top)),
            inside: (left, right),
            leaders,
            bottom,
            size: Size::new(region.width, bottom + below),
            narrow: end <= start,
        };
        layout.place_labels(style, chart);
        Ok(layout)
    }

    /// Finds a place for each label: in the plot for a line that ends early, if there is one, else in the column.
    fn place_labels(&mut self, style: &ChartStyle, chart: &Chart) {
        let shapes = Shapes {
            style,
            chart,
            positions: &self.positions,
            x: self.x,
            y: self.y,
        };
        let (lines, mut taken) = (shapes.line_segments(), shapes.dot_rects());
        let (left, right) = self.inside;
        let inside = Rect::new(left, 0.0, right - left, self.bottom);
        let at_ends: Vec<Option<Rect>> = self
            .labels
            .iter()
            .map(|label| {
                let end = self.end_of(label).filter(|_| label.early)?;
                let rect = label.place_at_end(style, end, inside, &taken, &lines)?;
                taken.push(rect);
                Some(rect)
            })
            .collect();
        // Labels of lines and of references share one column.
        let mut requests = self.references.requests(style, self.y);
        let referred = requests.len();
        let in_column = self.labels.iter().zip(&at_ends);
        let in_column = in_column.filter(|(_, at_end)| at_end.is_none());
        requests.extend(in_column.map(|(label, _)| LabelRequest {
            at: self.y.map(label.at),
            size: label.height(),
        }));
        let end = self.bottom + style.label().leading / 2.0;
        let mut middles = dodge_unsorted_labels(&requests, 0.0, end);
        let mut of_lines = middles.split_off(referred).into_iter();
        self.of_references = middles;
        self.places = at_ends
            .into_iter()
            .map(|at_end| match at_end {
                Some(rect) => LabelPlace::AtEnd(rect),
                None => LabelPlace::InColumn(of_lines.next().unwrap_or_default()),
            })
            .collect();
    }

    /// End of the line of a label, on the canvas. `None` for a line without values.
    fn end_of(&self, label: &LineEndLabel) -> Option<Point> {
        let category = label.end?;
        let x = self.x.map(self.positions[category]);
        Some(Point::new(x, self.y.map(label.at)))
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
        let shapes = Shapes {
            style,
            chart,
            positions: &self.positions,
            x: self.x,
            y: self.y,
        };
        let edge = right + 1.5 * t.gap + self.leaders;
        self.draw_labels(style, &canvas, edge);
        let at_ends = self.places.iter().filter_map(|place| match place {
            LabelPlace::AtEnd(rect) => Some(*rect),
            LabelPlace::InColumn(_) => None,
        });
        let mut gaps = GapLabels {
            inside: self.inside,
            lines: shapes.line_segments(),
            dots: shapes.dot_rects(),
            words: at_ends.collect(),
            ..GapLabels::default()
        };
        canvas.group("band", || painter.draw_bands());
        let looks = style.looks(chart);
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
                let stretches = stretches(chart, series, &self.positions);
                painter.draw_line(looks[index], &stretches);
                painter.draw_dots(index, looks[index], &stretches);
            }
        });
        canvas.group("axis", || {
            self.names.draw(&canvas, self.bottom + t.gap);
        });
        self.references.draw(
            style,
            &canvas,
            self.y,
            self.inside,
            edge,
            &self.of_references,
        );
        drop(plot);
        Plotted {
            frame: canvas.finish(),
            complete: !gaps.lost,
            narrow: self.narrow,
        }
    }

    /// Draws the labels of all lines. `edge` is the left edge of the column beside the plot.
    fn draw_labels(&self, style: &ChartStyle, canvas: &Canvas, edge: f64) {
        canvas.group("label", || {
            for (label, place) in self.labels.iter().zip(&self.places) {
                match *place {
                    LabelPlace::AtEnd(rect) => {
                        draw_ground(style, canvas, rect);
                        label.draw(canvas, rect.x, rect.y + rect.height / 2.0);
                    }
                    LabelPlace::InColumn(middle) => {
                        let end = self.end_of(label);
                        if let Some(end) =
                            end.filter(|end| label.needs_leader(style, end.y, middle))
                        {
                            label.draw_leader(style, canvas, end, Point::new(edge, middle));
                        }
                        label.draw(canvas, edge, middle);
                    }
                }
            }
        });
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

/// Position of each category, in order: the middle of its period where every category has a period, else its index.
fn positions(chart: &Chart) -> Vec<f64> {
    match TimeAxis::of(&chart.categories) {
        Some(axis) => axis.middles(),
        None => (0..chart.categories.len())
            .map(|index| index as f64)
            .collect(),
    }
}

/// Domain of the x axis. A single position stands in the middle.
fn ends_of(positions: &[f64]) -> (f64, f64) {
    match positions {
        [] => (0.0, 1.0),
        [first, .., last] if first < last => (*first, *last),
        [first, ..] => (first - 1.0, first + 1.0),
    }
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
    fn draw_line(&self, look: Look, stretches: &[Vec<Vertex>]) {
        let Self {
            style,
            canvas,
            plot,
            ..
        } = *self;
        let plot_width = plot.x.range.1 - plot.x.range.0;
        canvas.group("line", || {
            // A lone value is a dot.
            for stretch in stretches.iter().filter(|stretch| stretch.len() > 1) {
                let dense = plot_width > 0.0 && stretch.len() as f64 > MAX_DENSITY * plot_width;
                let stretch = if dense {
                    &extremes(stretch, plot.x, 2.0 * plot_width)
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
                        if vertex.status == Status::Actual && !look.inlined {
                            plot.line(points, look.color, style.tokens.stroke);
                        } else {
                            let strokes = line_strokes(style, vertex.status, look);
                            plot.custom(&points, |points| {
                                let paths = strokes.iter();
                                paths
                                    .map(|stroke| (Point::ZERO, open_path(points, stroke)))
                                    .collect()
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

    /// Draws the dots of a series. A line of many points has dots for lone and for qualified values only. Every other value
    /// is a mark at its point of the line, without a drawing of its own.
    fn draw_dots(&self, index: usize, look: Look, stretches: &[Vec<Vertex>]) {
        let Self {
            style,
            canvas,
            plot,
            chart,
            ..
        } = *self;
        let series = &chart.series[index];
        let dotted = series.data.len() <= MAX_DOTTED_POINTS;
        let bands = self.bands(series, stretches);
        for stretch in stretches {
            for vertex in stretch {
                let datum = series.data[vertex.category].as_ref();
                let Some((datum, value)) = datum.and_then(|one| Some((one, value_of(one)?))) else {
                    continue;
                };
                let whisker = !bands.covers(vertex.category);
                let (low, high) = ends(&value.shape, chart.exponent);
                let bound = value.shape.low().is_none() || value.shape.high().is_none();
                let plain = low == high && !bound && !value.about;
                let exact = plain && !(is_estimate(datum) && whisker);
                let look = style.datum_look(datum, look);
                let label = accessible_name(chart, vertex.category, index, datum);
                canvas.mark(&datum.address, label, || {
                    if !dotted && exact && stretch.len() > 1 {
                        plot.custom(&[vertex.at], |points| {
                            vec![(Point::ZERO, nothing(points[0]))]
                        });
                        return;
                    }
                    let placement = DotPlacement {
                        orientation: Orientation::Vertical,
                        across: vertex.at.0,
                        exponent: chart.exponent,
                        half: style.tokens.dot * 0.8,
                        floor: plot.y.domain.0,
                        whisker,
                    };
                    dot(style, plot, datum, look, placement);
                });
            }
        }
    }

    /// The bands of a series of estimates. A band breaks where its line does.
    fn bands(&self, series: &Series, stretches: &[Vec<Vertex>]) -> IntervalBands {
        let color = self.style.mark_color(series.role);
        let categories = |stretch: &Vec<Vertex>| stretch.iter().map(|one| one.category).collect();
        let runs: Vec<Vec<usize>> = stretches.iter().map(categories).collect();
        IntervalBands::of(
            &series.data,
            self.positions,
            &runs,
            self.chart.exponent,
            color,
        )
    }

    /// Draws the bands of all lines, under the lines.
    fn draw_bands(&self) {
        let (from, to) = self.plot.x.range;
        let bands = self.chart.series.iter().map(|series| {
            let stretches = stretches(self.chart, series, self.positions);
            self.bands(series, &stretches)
        });
        let bands: Vec<IntervalBands> = bands.map(|bands| bands.thinned(to - from)).collect();
        for bands in &bands {
            bands.fill(self.style, self.plot);
        }
        for bands in &bands {
            bands.edges(self.style, self.plot);
        }
    }
}

/// A point of a line without a drawing: the place of a fact in the line.
fn nothing(at: Point) -> Item {
    Item::Path(Path {
        segments: vec![Segment::Move(at)],
        fill: None,
        stroke: None,
    })
}

/// The shapes of a chart of lines on the canvas, which labels avoid.
#[derive(Clone, Copy)]
struct Shapes<'a> {
    style: &'a ChartStyle<'a>,
    chart: &'a Chart,
    /// Position of each category, a value of `x`.
    positions: &'a [f64],
    x: Scale,
    y: Scale,
}

impl Shapes<'_> {
    /// Segments of all lines, each from its left to its right end.
    fn line_segments(&self) -> Vec<(Point, Point)> {
        let Self {
            chart,
            positions,
            x,
            y,
            ..
        } = *self;
        let at = |vertex: &Vertex| Point::new(x.map(vertex.at.0), y.map(vertex.at.1));
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
            chart,
            positions,
            x,
            y,
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
                    Some(least) if least < low => y.domain.0,
                    _ => low,
                };
                let (down, up) = overhang(style, interval, value.about);
                let half = t.dot * 0.8 + t.tick;
                let (top, bottom) = (y.map(high) - up, y.map(low) + down);
                let (top, bottom) = (top - t.dot, bottom + t.dot);
                let middle = x.map(*position);
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
