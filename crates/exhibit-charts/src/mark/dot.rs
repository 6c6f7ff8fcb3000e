//! Dots and spans: marks that stand at their value and grow from nothing.

use exhibit_core::quantity::{Shape, Status, Value};
use exhibit_scene::{Color, Fill, Item, Path, Point, Rect, Stroke};

use super::hatch::hatch;
use super::{Growth, Lane, line_look, look};
use crate::draw::Plot;
use crate::scale;
use crate::setting::Setting;

/// How a dot stands in its plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// Which way values grow.
    pub(crate) growth: Growth,
    /// Its place across, in the units of the other scale.
    pub(crate) across: f64,
    /// Power of ten of the scale.
    pub(crate) exponent: u32,
    /// Half the width of spans, and about the radius of dots, in points.
    pub(crate) half: f64,
    /// Spans of upper bounds begin here, in values: where the plot begins.
    pub(crate) floor: f64,
}

/// Draws a value as a dot, or as a span where it has two ends or one that is open.
pub(crate) fn dot(
    setting: &Setting,
    plot: &Plot,
    value: &Value,
    status: Status,
    color: Color,
    spot: Spot,
) {
    let (low, high) = scale::ends(&value.shape, spot.exponent);
    let at = |value: f64| match spot.growth {
        Growth::Right => (value, spot.across),
        Growth::Up => (spot.across, value),
    };
    let radius = spot.half;
    if matches!(value.shape, Shape::Exact(_)) && !value.about && status == Status::Actual {
        plot.disc(at(high), radius, color);
        return;
    }
    plot.figure(&[at(low), at(high), at(spot.floor)], |points| {
        let along = |point: Point| match spot.growth {
            Growth::Right => (point.x, point.y),
            Growth::Up => (point.y, point.x),
        };
        let (low, middle) = along(points[0]);
        let (high, _) = along(points[1]);
        let (floor, _) = along(points[2]);
        let lane = Lane {
            growth: spot.growth,
            across: (middle - spot.half, middle + spot.half),
        };
        let places = Places { low, high, floor };
        let items = parts(setting, &lane, places, value, status, color);
        items.into_iter().map(|item| (Point::ZERO, item)).collect()
    });
}

/// Places along the lane, in points.
#[derive(Clone, Copy)]
struct Places {
    low: f64,
    high: f64,
    floor: f64,
}

fn parts(
    setting: &Setting,
    lane: &Lane,
    places: Places,
    value: &Value,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let t = &setting.tokens;
    let Places { low, high, floor } = places;
    let away = match lane.growth {
        Growth::Right => 1.0,
        Growth::Up => -1.0,
    };
    let edge = line_look(setting, status, Stroke::solid(color, t.edge));
    let tick = Stroke::solid(color, t.edge);
    let paper = setting.colors.paper;
    let pale = setting.pale(color);
    let soft = away * t.soft / 2.0;
    let mut items = Vec::new();
    match &value.shape {
        Shape::Exact(_) => {
            let center = lane.point(high, lane.middle());
            let radius = (lane.across.1 - lane.across.0) / 2.0;
            if value.about {
                let halo = Path::disc(center, radius + t.soft / 2.0, Some(Fill::Solid(pale)), None);
                items.push(Item::Path(halo));
            }
            let look = look(setting, status, color);
            let inner = radius - look.outline.as_ref().map_or(0.0, |line| line.width / 2.0);
            let disc = Path::disc(center, inner, Some(Fill::Solid(look.fill)), look.outline);
            items.push(Item::Path(disc));
        }
        Shape::MoreThan(_) | Shape::AtLeast(_) => {
            let end = low + away * t.fade;
            items.push(lane.fade(low, end, color, paper));
            items.push(lane.arrow(low, end + away * t.arrow, t.arrow, color));
            items.push(lane.tick(low, t.tick, tick));
        }
        Shape::LessThan(_) | Shape::AtMost(_) => {
            items.extend(span(setting, lane, floor, high, status, color));
            if value.about {
                items.push(lane.fade(high, high + soft, pale, paper));
            }
            items.push(lane.tick(high, t.tick, tick));
        }
        Shape::Range { .. } => {
            if value.about {
                items.push(lane.fade(low, low - soft, pale, paper));
                items.push(lane.fade(high, high + soft, pale, paper));
            }
            items.extend(span(setting, lane, low, high, status, color));
            items.push(lane.tick(low, t.tick, edge.clone()));
            items.push(lane.tick(high, t.tick, edge));
        }
    }
    items
}

/// A pale stretch in the look of its status.
fn span(
    setting: &Setting,
    lane: &Lane,
    from: f64,
    to: f64,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let t = &setting.tokens;
    let rect: Rect = lane.rect(from, to);
    if rect.width <= 0.0 || rect.height <= 0.0 {
        return Vec::new();
    }
    let look = look(setting, status, color);
    let mut items = vec![lane.filled(from, to, setting.pale(color))];
    if look.hatched {
        items.push(hatch(rect, t.hatch, Stroke::solid(color, t.hairline)));
    }
    if let Some(outline) = look.outline {
        items.push(lane.outline(from, to, false, outline));
    }
    items
}
