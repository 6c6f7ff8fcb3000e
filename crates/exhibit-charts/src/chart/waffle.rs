//! Waffles: a grid of squares for each category, a square for each unit of the whole.

use exhibit_facts::facts::{Chart, Datum};
use exhibit_facts::format;
use exhibit_facts::quantity::Shape;
use exhibit_scene::{Frame, MissingGlyph, Point, Rect, Size, Stroke};

use super::category_names::{CategoryNames, MAX_WIDTH_SHARE};
use crate::alt::accessible_name;
use crate::draw::{Canvas, PlotArea};
use crate::guide::text::{Anchor, TextBlock};
use crate::mark::hatch::{inline, texture};
use crate::mark::slot::{BandSlot, Orientation};
use crate::mark::style::{MarkStyle, Texture, mark_style};
use crate::region::Region;
use crate::scale::{ends, value_of};
use crate::style::{ChartStyle, Look, value_label};

/// White between squares, as a share of their side.
const WHITE_SHARE: f64 = 0.28;

/// Numbers of squares side by side that are tried, after the whole itself.
const ACROSS: [usize; 5] = [20, 10, 25, 50, 5];

/// Largest whole that may stand in one line.
const MAX_LINE: usize = 20;

/// Largest number of grids side by side.
const MAX_COLUMNS: usize = 4;

/// Smallest side of a square, as a share of the usual side. Smaller squares are too small to be counted.
const MIN_SIDE_SHARE: f64 = 0.4;

/// Largest side of a square on a slide, as a multiple of the usual side.
const MAX_SIDE_SHARE: f64 = 2.4;

/// Least ratio of the sides at which grids stand side by side rather than under each other.
const BESIDE_RATIO: f64 = 1.15;

/// Draws the chart.
pub(super) fn waffle(
    style: &ChartStyle,
    chart: &Chart,
    region: Region,
) -> Result<Frame, MissingGlyph> {
    let t = &style.tokens;
    let whole = chart.whole.unwrap_or(1) as usize;
    let labels = labels(style, chart, whole)?;
    let count = chart.categories.len();
    let mut found: Option<(Arrangement, CategoryNames)> = None;
    for columns in 1..=count.min(MAX_COLUMNS) {
        let names = names(style, chart, region.width, columns)?;
        let room = Room::new(style, region, &names, &labels, columns);
        let arrangement = room.arrange(style, region, whole);
        let better = found.as_ref().is_none_or(|(best, _)| {
            best.side < t.square && arrangement.side > BESIDE_RATIO * best.side
        });
        if better {
            found = Some((arrangement, names));
        }
    }
    let Some((arrangement, names)) = found else {
        return Ok(Frame::new(Size::new(region.width, 0.0)));
    };
    let Arrangement {
        room, side, across, ..
    } = arrangement;
    let step = side * (1.0 + WHITE_SHARE);
    let block = arrangement.block(whole);
    let band = room.band(style, block);
    let rows = count.div_ceil(room.columns);
    let canvas = Canvas::new(Size::new(region.width, rows as f64 * band));
    let plot = canvas.points();
    for (index, label) in labels.iter().enumerate() {
        let left = (index % room.columns) as f64 * (room.width + room.gutter);
        let top = (index / room.columns) as f64 * band;
        let high: f64 = label.iter().map(TextBlock::height).sum();
        // Beside each other, grids have their names and values above, else at both sides.
        let (origin, mut at) = if room.columns > 1 {
            names.draw(&canvas, index, left, top + names.height / 2.0);
            let values = Point::new(left, top + names.height);
            (Point::new(left, top + room.above), values)
        } else {
            let middle = top + band / 2.0;
            names.draw(&canvas, index, 0.0, middle);
            let right = names.width + across.min(whole) as f64 * step - side * WHITE_SHARE;
            (
                Point::new(names.width, middle - block / 2.0),
                Point::new(right + 2.0 * t.gap, middle - high / 2.0),
            )
        };
        let grid = SquareGrid {
            plot: &plot,
            origin,
            side,
            step,
            across,
            whole,
        };
        draw_row(style, &canvas, chart, index, &grid);
        for lines in label {
            lines.draw(&canvas, at.x, at.y, Anchor::Start);
            at.y += lines.height();
        }
    }
    drop(plot);
    Ok(canvas.finish())
}

/// Names of the grids, in `columns` columns of `width` points.
fn names(
    style: &ChartStyle,
    chart: &Chart,
    width: f64,
    columns: usize,
) -> Result<CategoryNames, MissingGlyph> {
    // A name above its grid has the width of the grid, a name beside it a share of the whole.
    let own = if columns > 1 {
        (width / columns as f64 - GUTTER_GAPS * style.tokens.gap) / MAX_WIDTH_SHARE
    } else {
        width
    };
    CategoryNames::new(style, chart, own)
}

/// White between two grids, in gaps.
const GUTTER_GAPS: f64 = 8.0;

/// The room of one grid among others. Lengths are in points.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// Number of grids side by side.
    columns: usize,
    /// Number of grids under each other.
    rows: usize,
    /// White between two grids.
    gutter: f64,
    /// Width of a grid with what stands beside it.
    width: f64,
    /// Width that names and values take beside a grid.
    beside: f64,
    /// Height that names and values take above a grid.
    above: f64,
    /// Least height of a grid with its name.
    least: f64,
}

impl Room {
    fn new(
        style: &ChartStyle,
        region: Region,
        names: &CategoryNames,
        labels: &[Vec<TextBlock>],
        columns: usize,
    ) -> Self {
        let t = &style.tokens;
        let gutter = GUTTER_GAPS * t.gap;
        let widest = labels.iter().flatten().map(|label| label.width);
        let widest = widest.fold(0.0, f64::max);
        let highest = labels
            .iter()
            .map(|label| label.iter().map(TextBlock::height).sum());
        let highest: f64 = highest.fold(0.0, f64::max);
        let single = columns == 1;
        Self {
            columns,
            rows: labels.len().div_ceil(columns),
            gutter,
            width: (region.width - gutter * (columns as f64 - 1.0)) / columns as f64,
            beside: if single {
                names.width + widest + 2.0 * t.gap
            } else {
                0.0
            },
            above: if single {
                0.0
            } else {
                names.height + highest + t.gap
            },
            least: if single {
                (names.height + t.gap).max(t.band)
            } else {
                0.0
            },
        }
    }

    /// Height of a grid whose squares take `block` points, with its name and the white around it.
    fn band(&self, style: &ChartStyle, block: f64) -> f64 {
        (self.above + block + 2.0 * style.tokens.gap).max(self.least)
    }

    /// The arrangement with the largest squares. A page gives squares their usual side where they fit, a slide enlarges them. Squares are never
    /// too small to be counted, so that an arrangement may be higher than the region.
    fn arrange(self, style: &ChartStyle, region: Region, whole: usize) -> Arrangement {
        let t = &style.tokens;
        let most = match region.height {
            Some(_) => MAX_SIDE_SHARE * t.square,
            None => t.square,
        };
        let high = region.height.unwrap_or(region.max_height) / self.rows as f64
            - self.above
            - 2.0 * t.gap;
        let least = MIN_SIDE_SHARE * t.square;
        let own = [whole.min(MAX_LINE)].into_iter();
        let tried = own.chain(ACROSS.into_iter().filter(|across| *across < whole));
        let mut best: Option<Arrangement> = None;
        for across in tried {
            let lines = whole.div_ceil(across) as f64;
            let by_width =
                (self.width - self.beside) / (across as f64 * (1.0 + WHITE_SHARE) - WHITE_SHARE);
            if by_width < least {
                continue;
            }
            let by_height = high / (lines * (1.0 + WHITE_SHARE) - WHITE_SHARE);
            let side = by_width.min(by_height).min(most);
            if best.is_none_or(|best| side > best.side) {
                best = Some(Arrangement {
                    room: self,
                    across,
                    side,
                });
            }
        }
        let best = best.unwrap_or(Arrangement {
            room: self,
            across: 1,
            side: least,
        });
        Arrangement {
            side: best.side.max(least),
            ..best
        }
    }
}

/// Squares in a room.
#[derive(Clone, Copy, Debug)]
struct Arrangement {
    room: Room,
    /// Squares side by side.
    across: usize,
    /// Side of a square.
    side: f64,
}

impl Arrangement {
    /// Height of the squares of a whole.
    fn block(&self, whole: usize) -> f64 {
        let lines = whole.div_ceil(self.across) as f64;
        self.side * (lines * (1.0 + WHITE_SHARE) - WHITE_SHARE)
    }
}

/// Values of each row, in the order of the series.
fn labels(
    style: &ChartStyle,
    chart: &Chart,
    whole: usize,
) -> Result<Vec<Vec<TextBlock>>, MissingGlyph> {
    let looks = style.looks(chart);
    let mut labels = Vec::new();
    for row in 0..chart.categories.len() {
        // A single series gives the whole as well: "6 / 8".
        let of = match &chart.series[..] {
            [_] => format!(" / {}", format::decimal(style.language, &whole.to_string())),
            _ => String::new(),
        };
        let mut row_labels = Vec::new();
        for (series, look) in chart.series.iter().zip(&looks) {
            if let Some(datum) = &series.data[row] {
                let color = style.datum_look(datum, *look).text;
                let name = if chart.series.len() > 1 {
                    format!("{} ", series.label)
                } else {
                    String::new()
                };
                let text = format!("{name}{}{of}", value_label(datum));
                let paragraph = style.label().bold().colored(color);
                row_labels.push(TextBlock::single(style, &text, &paragraph)?);
            }
        }
        labels.push(row_labels);
    }
    Ok(labels)
}

/// Squares of one row, filled line by line. Lengths are in points.
struct SquareGrid<'a> {
    /// Plot area whose values are points of the canvas.
    plot: &'a PlotArea,
    origin: Point,
    side: f64,
    step: f64,
    across: usize,
    whole: usize,
}

impl SquareGrid<'_> {
    /// Bounds of a square, counted from 0 line by line.
    fn square(&self, index: usize) -> Rect {
        let column = (index % self.across) as f64;
        let line = (index / self.across) as f64;
        Rect::new(
            self.origin.x + column * self.step,
            self.origin.y + line * self.step,
            self.side,
            self.side,
        )
    }

    /// Slot of one square.
    fn slot(&self, index: usize) -> BandSlot {
        let rect = self.square(index);
        BandSlot {
            orientation: Orientation::Horizontal,
            across: (rect.y, rect.bottom()),
        }
    }

    /// End of the squares `from` to `to`, with its slot: the right side of the last square, or the left side of the
    /// square `from` where there are none. `None` after the last square of the grid.
    fn end(&self, from: usize, to: usize) -> Option<(f64, BandSlot)> {
        if to > from {
            Some((self.square(to - 1).right(), self.slot(to - 1)))
        } else {
            (from < self.whole).then(|| (self.square(from).x, self.slot(from)))
        }
    }
}

/// Numbers of squares of a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SquareCount {
    /// Squares that are certain.
    certain: usize,
    /// Squares that are possible beyond the certain ones.
    possible: usize,
    /// The value may exceed all of them.
    open: bool,
}

impl SquareCount {
    /// Whole squares of a datum, rounded to the nearest. A missing value has none.
    fn of(chart: &Chart, datum: &Datum) -> Self {
        let Some(value) = value_of(datum) else {
            return Self {
                certain: 0,
                possible: 0,
                open: false,
            };
        };
        let (low, high) = ends(&value.shape, chart.exponent);
        let certain = if is_upper_bound(&value.shape) {
            0.0
        } else {
            low
        };
        Self {
            certain: squares(certain),
            possible: squares(high) - squares(certain),
            open: value.shape.high().is_none(),
        }
    }
}

/// The nearest number of squares, 0 to 400.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of at most 400 squares"
)]
fn squares(count: f64) -> usize {
    count.round().clamp(0.0, 400.0) as usize
}

fn is_upper_bound(shape: &Shape) -> bool {
    matches!(shape, Shape::LessThan(_) | Shape::AtMost(_))
}

/// Squares that a datum takes, by index.
#[derive(Clone, Copy, Debug)]
struct SquareRun {
    /// First square.
    from: usize,
    /// Index after the last certain square.
    certain: usize,
    /// Index after the last possible square.
    possible: usize,
    /// The value may go on from there.
    open: bool,
    /// A fading square of its own shows the open end.
    fading: bool,
}

/// Draws the squares of a category: those of each series, then the rest as outlines.
fn draw_row(style: &ChartStyle, canvas: &Canvas, chart: &Chart, row: usize, grid: &SquareGrid) {
    let counts = |datum: &Option<Datum>| datum.as_ref().map(|datum| SquareCount::of(chart, datum));
    let certain: usize = chart
        .series
        .iter()
        .filter_map(|series| counts(&series.data[row]))
        .map(|count| count.certain)
        .sum();
    let looks = style.looks(chart);
    // Merely possible squares take none of the certain ones.
    let mut spare = grid.whole.saturating_sub(certain);
    let mut next = 0;
    for (series, of) in chart.series.iter().enumerate() {
        let (Some(datum), Some(count)) = (&of.data[row], counts(&of.data[row])) else {
            continue;
        };
        let certain = (next + count.certain).min(grid.whole);
        let possible = certain + count.possible.min(spare);
        spare -= possible - certain;
        let fading = count.open && spare > 0;
        spare -= usize::from(fading);
        let run = SquareRun {
            from: next,
            certain,
            possible,
            open: count.open,
            fading,
        };
        let look = style.datum_look(datum, looks[series]);
        canvas.mark(
            &datum.address,
            accessible_name(chart, row, series, datum),
            || {
                draw_squares(style, canvas, datum, look, grid, run);
            },
        );
        next = possible + usize::from(fading);
    }
    let edge = Stroke::solid(style.colors.neutral, style.tokens.zero);
    canvas.group("rest", || {
        for index in next..grid.whole {
            let rect = grid.square(index);
            let slot = grid.slot(index);
            let outline = slot.outline(rect.x, rect.right(), true, edge.clone());
            canvas.item(Point::ZERO, outline);
        }
    });
}

/// Draws the squares of a datum and the end of their run.
fn draw_squares(
    style: &ChartStyle,
    canvas: &Canvas,
    datum: &Datum,
    look: Look,
    grid: &SquareGrid,
    run: SquareRun,
) {
    let t = &style.tokens;
    let color = look.color;
    let Some(value) = value_of(datum) else {
        return;
    };
    let paper = style.colors.paper;
    let mark = mark_style(style, datum.status, color);
    let pale = MarkStyle {
        fill: style.pale(color),
        texture: Texture::Plain,
        ..mark.clone()
    };
    for index in run.from..run.possible {
        let mark = if index < run.certain { &mark } else { &pale };
        square(style, canvas, grid.plot, grid.square(index), mark, look);
    }
    let end = grid.end(run.from, run.possible);
    if run.fading {
        // A fading square stands for the open end.
        let rect = grid.square(run.possible);
        let slot = grid.slot(run.possible);
        let foot = rect.right() - t.arrow;
        let start = if mark.fill == paper {
            pale.fill
        } else {
            mark.fill
        };
        canvas.item(
            Point::ZERO,
            slot.fade_from_root(rect.x, rect.x, foot, start, paper),
        );
        canvas.item(
            Point::ZERO,
            slot.arrow(rect.x, rect.right(), t.arrow, color),
        );
    } else if let (true, Some((at, slot))) = (run.open, end) {
        // Without a square of its own the arrow stands in the white after the last one.
        let size = t.arrow.min(grid.step - grid.side);
        canvas.item(Point::ZERO, slot.arrow(at, at + size, size, color));
    }
    let last = if run.possible > run.certain {
        pale.fill
    } else {
        mark.fill
    };
    if let (true, false, Some((at, slot))) = (value.about, run.open, end) {
        // Half of a soft end lies on the last square, if that is certain, and half in the white after it.
        let soft = (t.soft / 2.0).min(grid.step - grid.side);
        if run.possible == run.certain && run.possible > run.from && mark.outline.is_none() {
            canvas.item(Point::ZERO, slot.fade(at - soft, at + soft, last, paper));
        } else {
            let start = if last == paper { pale.fill } else { last };
            canvas.item(
                Point::ZERO,
                slot.fade_from_root(at, at, at + soft, start, paper),
            );
        }
    }
    let tick = |(at, slot): (f64, BandSlot), back: f64| {
        let line = Stroke::solid(color, t.edge);
        canvas.item(Point::ZERO, slot.tick(at + back * t.edge / 2.0, 0.0, line));
    };
    match &value.shape {
        Shape::Range { .. } => {
            // The first tick stands at the first pale square.
            if run.possible > run.certain {
                tick((grid.square(run.certain).x, grid.slot(run.certain)), 1.0);
            }
            if let Some(end) = end {
                tick(end, if run.possible > run.from { -1.0 } else { 1.0 });
            }
        }
        Shape::LessThan(_) | Shape::AtMost(_) => {
            if let Some(end) = end {
                tick(end, if run.possible > run.from { -1.0 } else { 1.0 });
            }
        }
        Shape::Exact(_) | Shape::MoreThan(_) | Shape::AtLeast(_) | Shape::Estimate { .. } => {}
    }
}

/// Draws a square in the style of a mark. The values of `plot` are points of the canvas.
fn square(
    style: &ChartStyle,
    canvas: &Canvas,
    plot: &PlotArea,
    rect: Rect,
    mark: &MarkStyle,
    look: Look,
) {
    plot.rect((rect.x, rect.y), (rect.right(), rect.bottom()), mark.fill);
    let inlined = look.inlined && mark.outline.is_none();
    let lines = texture(style, rect, mark.texture, look.color);
    for item in lines
        .into_iter()
        .chain(inlined.then(|| inline(style, rect)).flatten())
    {
        canvas.item(Point::ZERO, item);
    }
    if let Some(outline) = &mark.outline {
        let slot = BandSlot {
            orientation: Orientation::Horizontal,
            across: (rect.y, rect.bottom()),
        };
        let outline = slot.outline(rect.x, rect.right(), true, outline.clone());
        canvas.item(Point::ZERO, outline);
    }
}
