//! Dots and spans: marks that stand at their value.

use exhibit_facts::facts::Datum;
use exhibit_facts::quantity::{Shape, Status, Value};
use exhibit_scene::{Color, Fill, Item, Path, Point, Rect, Segment, Stroke};

use super::hatch::texture;
use super::interval::FeasibleInterval;
use super::slot::{BandSlot, Orientation};
use super::style::{line_style, mark_style};
use super::whisker::{WhiskerPlacement, whisker};
use crate::draw::PlotArea;
use crate::scale;
use crate::style::{ChartStyle, Look};

/// Placement of a dot in its plot area.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DotPlacement {
    /// Axis of the values.
    pub(crate) orientation: Orientation,
    /// Position across, in values of the other scale.
    pub(crate) across: f64,
    /// Exponent of the chart's scale: values count in `10^exponent`.
    pub(crate) exponent: u32,
    /// Radius of a dot and half the width of a span, in points.
    pub(crate) half: f64,
    /// First value of the plot area, where the span of an upper bound begins.
    pub(crate) floor: f64,
    /// An estimate has a whisker. False where a band shows its interval.
    pub(crate) whisker: bool,
}

/// Draws a datum as a dot, with a whisker where it is an estimate, or as a span where it is a bound or a range. A missing value draws
/// nothing.
pub(crate) fn dot(
    style: &ChartStyle,
    plot: &PlotArea,
    datum: &Datum,
    look: Look,
    placement: DotPlacement,
) {
    let color = look.color;
    let (Some(value), Some(interval)) = (
        scale::value_of(datum),
        FeasibleInterval::of(datum, placement.exponent),
    ) else {
        return;
    };
    let at = |value: f64| match placement.orientation {
        Orientation::Horizontal => (value, placement.across),
        Orientation::Vertical => (placement.across, value),
    };
    let radius = placement.half;
    let exact = matches!(value.shape, Shape::Exact(_) | Shape::Estimate { .. });
    if placement.whisker {
        let whiskers = WhiskerPlacement {
            orientation: placement.orientation,
            across: placement.across,
            exponent: placement.exponent,
        };
        whisker(style, plot, datum, color, whiskers);
    }
    let (low, high) = scale::ends(&value.shape, placement.exponent);
    if exact && !value.about && datum.status == Status::Actual && !look.inlined {
        plot.disc(at(high), radius, color);
        return;
    }
    // The span of an upper bound begins with the plot area, which need not begin at zero.
    let low = if interval.low.is_some_and(|least| least < low) {
        placement.floor
    } else {
        low
    };
    plot.custom(&[at(low), at(high)], |points| {
        let along = |point: Point| match placement.orientation {
            Orientation::Horizontal => (point.x, point.y),
            Orientation::Vertical => (point.y, point.x),
        };
        let (low, middle) = along(points[0]);
        let (high, _) = along(points[1]);
        let slot = BandSlot {
            orientation: placement.orientation,
            across: (middle - placement.half, middle + placement.half),
        };
        let items = if exact {
            disc(style, &slot, high, value.about, datum.status, look)
        } else {
            let positions = SpanPositions { low, high };
            spanning(
                style,
                &slot,
                positions,
                interval,
                value,
                datum.status,
                color,
            )
        };
        items.into_iter().map(|item| (Point::ZERO, item)).collect()
    });
}

/// Items of a dot in the shape of its status, with a halo for "about".
fn disc(
    style: &ChartStyle,
    slot: &BandSlot,
    at: f64,
    about: bool,
    status: Status,
    look: Look,
) -> Vec<Item> {
    let t = &style.tokens;
    let color = look.color;
    let center = slot.point(at, slot.middle());
    let radius = (slot.across.1 - slot.across.0) / 2.0;
    let mut items = Vec::new();
    if about {
        let halo = Fill::Solid(style.pale(color));
        let halo = Path::disc(center, radius + t.soft / 2.0, Some(halo), None);
        items.push(Item::Path(halo));
    }
    items.extend(shape(style, center, radius, status, look));
    items
}

/// Half the side of a square with about the area of a disc, as a share of its radius.
const SQUARE_SHARE: f64 = 0.88;

/// Half the diagonal of a diamond with about the area of a disc, as a share of its radius.
const DIAMOND_SHARE: f64 = 1.25;

/// Shape of a dot by its status. The shapes differ without colour.
fn shape(style: &ChartStyle, center: Point, radius: f64, status: Status, look: Look) -> Vec<Item> {
    let edge = style.tokens.edge;
    let rim = Stroke::solid(look.color, edge);
    let inner = radius - edge / 2.0;
    let paper = Fill::Solid(style.colors.paper);
    let disc = |fill: Fill| Path::disc(center, inner, Some(fill), Some(rim.clone()));
    let paths = match status {
        Status::Actual if look.inlined => {
            vec![square(center, radius * SQUARE_SHARE, look.color, None)]
        }
        Status::Actual => {
            let fill = Fill::Solid(look.color);
            vec![Path::disc(center, radius, Some(fill), None)]
        }
        Status::Provisional => vec![disc(Fill::Solid(style.pale(look.color)))],
        Status::Estimated => vec![disc(paper), half_disc(center, inner, look.color)],
        Status::Forecast => vec![disc(paper)],
        Status::Target => {
            let half = inner * DIAMOND_SHARE;
            let corners = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)];
            vec![Path {
                segments: polygon(center, &corners),
                fill: Some(paper),
                stroke: Some(rim),
            }]
        }
        Status::Claimed => {
            let half = inner * SQUARE_SHARE;
            vec![square(center, half, style.colors.paper, Some(rim))]
        }
    };
    paths.into_iter().map(Item::Path).collect()
}

/// A square around a point, with sides of twice `half` points.
fn square(center: Point, half: f64, fill: Color, stroke: Option<Stroke>) -> Path {
    let corners = [(-half, -half), (half, -half), (half, half), (-half, half)];
    Path {
        segments: polygon(center, &corners),
        fill: Some(Fill::Solid(fill)),
        stroke,
    }
}

/// The lower half of a disc.
fn half_disc(center: Point, radius: f64, color: Color) -> Path {
    let whole = Path::disc(center, radius, Some(Fill::Solid(color)), None);
    // A disc begins at its right and runs through its lowest point to its left.
    let mut segments: Vec<Segment> = whole.segments.into_iter().take(3).collect();
    segments.push(Segment::Close);
    Path { segments, ..whole }
}

/// Closed outline of a polygon, whose corners are given from its center.
fn polygon(center: Point, corners: &[(f64, f64)]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (index, (x, y)) in corners.iter().enumerate() {
        let corner = center + Point::new(*x, *y);
        segments.push(if index == 0 {
            Segment::Move(corner)
        } else {
            Segment::Line(corner)
        });
    }
    segments.push(Segment::Close);
    segments
}

/// Both ends of a span along its slot, in points. They are equal where one end is open.
#[derive(Clone, Copy)]
struct SpanPositions {
    low: f64,
    high: f64,
}

/// Items of a span between two ends, or of a fade and an arrow on the open side.
fn spanning(
    style: &ChartStyle,
    slot: &BandSlot,
    positions: SpanPositions,
    interval: FeasibleInterval,
    value: &Value,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let t = &style.tokens;
    let SpanPositions { low, high } = positions;
    let direction = slot.direction();
    let paper = style.colors.paper;
    let pale = style.pale(color);
    let soft = direction * t.soft / 2.0;
    let tick = Stroke::solid(color, t.edge);
    let mut items = Vec::new();
    let open = match (interval.low, interval.high) {
        (_, None) => Some((low, direction)),
        (None, Some(_)) => Some((high, -direction)),
        (Some(_), Some(_)) => None,
    };
    if let Some((from, away)) = open {
        let end = from + away * t.fade;
        items.push(slot.fade(from, end, color, paper));
        items.push(slot.arrow(from, end + away * t.arrow, t.arrow, color));
        items.push(slot.tick(from, t.tick, tick));
        return items;
    }
    let range = matches!(value.shape, Shape::Range { .. });
    if value.about && range {
        items.push(slot.fade(low, low - soft, pale, paper));
    }
    if value.about {
        items.push(slot.fade(high, high + soft, pale, paper));
    }
    items.extend(span(style, slot, low, high, status, color));
    if range {
        let edge = line_style(style, status, tick);
        items.push(slot.tick(low, t.tick, edge.clone()));
        items.push(slot.tick(high, t.tick, edge));
    } else {
        items.push(slot.tick(high, t.tick, tick));
    }
    items
}

/// Items of a pale stretch in the style of its status.
fn span(
    style: &ChartStyle,
    slot: &BandSlot,
    from: f64,
    to: f64,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let rect: Rect = slot.rect(from, to);
    if rect.width <= 0.0 || rect.height <= 0.0 {
        return Vec::new();
    }
    let mark = mark_style(style, status, color);
    let mut items = vec![slot.filled(from, to, style.pale(color))];
    items.extend(texture(style, rect, mark.texture, color));
    if let Some(outline) = mark.outline {
        items.push(slot.outline(from, to, false, outline));
    }
    items
}
