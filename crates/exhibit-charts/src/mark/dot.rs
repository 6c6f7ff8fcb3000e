//! Dots and spans: marks that stand at their value.

use exhibit_facts::facts::Datum;
use exhibit_facts::quantity::{Shape, Status, Value};
use exhibit_scene::{Color, Fill, Item, Path, Point, Rect, Stroke};

use super::hatch::hatch;
use super::interval::FeasibleInterval;
use super::slot::{BandSlot, Orientation};
use super::style::{line_style, mark_style};
use super::whisker::{WhiskerPlacement, whisker};
use crate::draw::PlotArea;
use crate::scale;
use crate::style::ChartStyle;

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
    color: Color,
    placement: DotPlacement,
) {
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
    if exact && !value.about && datum.status == Status::Actual {
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
            disc(style, &slot, high, value.about, datum.status, color)
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

/// Items of a disc in the style of its status, with a halo for "about".
fn disc(
    style: &ChartStyle,
    slot: &BandSlot,
    at: f64,
    about: bool,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let t = &style.tokens;
    let center = slot.point(at, slot.middle());
    let radius = (slot.across.1 - slot.across.0) / 2.0;
    let mut items = Vec::new();
    if about {
        let halo = Fill::Solid(style.pale(color));
        let halo = Path::disc(center, radius + t.soft / 2.0, Some(halo), None);
        items.push(Item::Path(halo));
    }
    let mark = mark_style(style, status, color);
    let inner = radius - mark.outline.as_ref().map_or(0.0, |line| line.width / 2.0);
    let disc = Path::disc(center, inner, Some(Fill::Solid(mark.fill)), mark.outline);
    items.push(Item::Path(disc));
    items
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
    let t = &style.tokens;
    let rect: Rect = slot.rect(from, to);
    if rect.width <= 0.0 || rect.height <= 0.0 {
        return Vec::new();
    }
    let mark = mark_style(style, status, color);
    let mut items = vec![slot.filled(from, to, style.pale(color))];
    if mark.hatched {
        items.push(hatch(rect, t.hatch, Stroke::solid(color, t.hairline)));
    }
    if let Some(outline) = mark.outline {
        items.push(slot.outline(from, to, false, outline));
    }
    items
}
