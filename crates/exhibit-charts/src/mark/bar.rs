//! Bars and columns: marks that grow from a base.

use exhibit_core::quantity::{Shape, Status, Value};
use exhibit_scene::{Color, Item, Point, Rect, Stroke};

use super::hatch::hatch;
use super::{Growth, Lane, Look, look};
use crate::draw::Plot;
use crate::scale;
use crate::setting::Setting;

/// How a bar stands in its plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stand {
    /// Which way values grow.
    pub(crate) growth: Growth,
    /// The value it grows from.
    pub(crate) base: f64,
    /// Both edges, in band numbers.
    pub(crate) lane: (f64, f64),
    /// Power of ten of the scale.
    pub(crate) exponent: u32,
}

/// Draws the bar of a value.
pub(crate) fn bar(
    setting: &Setting,
    plot: &Plot,
    value: &Value,
    status: Status,
    color: Color,
    stand: Stand,
) {
    let (low, high) = scale::ends(&value.shape, stand.exponent);
    let at = |value: f64, band: f64| match stand.growth {
        Growth::Right => (value, band),
        Growth::Up => (band, value),
    };
    let (start, end) = stand.lane;
    let plain = matches!(value.shape, Shape::Exact(_)) && !value.about && status == Status::Actual;
    if plain {
        plot.rect(at(stand.base, start), at(high, end), color);
        return;
    }
    // Of a range below zero the end nearer to zero is its upper one.
    let (near, far) = if low < stand.base && high <= stand.base {
        (high, low)
    } else {
        (low, high)
    };
    let corners = [at(stand.base, start), at(near, end), at(far, end)];
    plot.figure(&corners, |points| {
        let along = |point: Point| match stand.growth {
            Growth::Right => (point.x, point.y),
            Growth::Up => (point.y, point.x),
        };
        let (base, first) = along(points[0]);
        let (near, last) = along(points[1]);
        let (far, _) = along(points[2]);
        let lane = Lane {
            growth: stand.growth,
            across: (first.min(last), first.max(last)),
        };
        let ends = Ends { base, near, far };
        let items = parts(setting, &lane, ends, value, status, color);
        items.into_iter().map(|item| (Point::ZERO, item)).collect()
    });
}

/// Places along the lane, in points: the base, and the numbers of the value (`near` and `far` differ for ranges only).
#[derive(Clone, Copy)]
struct Ends {
    base: f64,
    near: f64,
    far: f64,
}

fn parts(
    setting: &Setting,
    lane: &Lane,
    ends: Ends,
    value: &Value,
    status: Status,
    color: Color,
) -> Vec<Item> {
    let t = &setting.tokens;
    let Ends { base, near, far } = ends;
    let forward = match lane.growth {
        Growth::Right => far >= base,
        Growth::Up => far > base,
    };
    let away = if forward { 1.0 } else { -1.0 };
    let solid = look(setting, status, color);
    let soft = away * t.soft / 2.0;
    let edge = Stroke::solid(color, t.edge);
    let paper = setting.colors.paper;
    let mut items = Vec::new();
    match &value.shape {
        Shape::Exact(_) if value.about => {
            items.extend(body(setting, lane, base, near - soft, &solid, false, color));
            items.push(lane.fade(
                near - soft,
                near + soft,
                faded(setting, &solid, color),
                paper,
            ));
        }
        Shape::Exact(_) => items.extend(body(setting, lane, base, near, &solid, true, color)),
        Shape::MoreThan(_) | Shape::AtLeast(_) => {
            items.extend(body(setting, lane, base, near, &solid, false, color));
            let end = near + away * t.fade;
            items.push(lane.fade(near, end, faded(setting, &solid, color), paper));
            items.push(lane.arrow(near, end + away * t.arrow, t.arrow, color));
        }
        Shape::LessThan(_) | Shape::AtMost(_) => {
            let pale = Look {
                fill: if status == Status::Target {
                    paper
                } else {
                    setting.pale(color)
                },
                ..solid
            };
            items.extend(body(setting, lane, base, near, &pale, false, color));
            if value.about {
                // Soft beyond the bound, never darker than what it ends.
                items.push(lane.fade(near, near + soft, setting.pale(color), paper));
            }
            let half = away * t.edge / 2.0;
            items.push(lane.tick(near - half, 0.0, edge));
        }
        Shape::Range { .. } => {
            let pale = setting.pale(color);
            items.extend(body(setting, lane, base, near, &solid, false, color));
            items.push(lane.filled(near, far, pale));
            if value.about {
                items.push(lane.fade(far, far + soft, pale, paper));
            }
            items.push(lane.tick(near, t.tick, edge.clone()));
            items.push(lane.tick(far, t.tick, edge));
        }
    }
    items
}

/// The colour that a fade begins with, so that it goes on where the body ends.
fn faded(setting: &Setting, look: &Look, color: Color) -> Color {
    if look.hatched || look.fill == setting.colors.paper {
        setting.pale(color)
    } else {
        look.fill
    }
}

/// The filled, hatched, outlined stretch from the base on.
fn body(
    setting: &Setting,
    lane: &Lane,
    from: f64,
    to: f64,
    look: &Look,
    closed: bool,
    color: Color,
) -> Vec<Item> {
    let rect = lane.rect(from, to);
    if rect.width <= 0.0 || rect.height <= 0.0 {
        return Vec::new();
    }
    let mut items = Vec::new();
    if look.fill != setting.colors.paper {
        items.push(lane.filled(from, to, look.fill));
    }
    if look.hatched {
        items.push(hatched(setting, rect, color));
    }
    if let Some(outline) = &look.outline {
        items.push(lane.outline(from, to, closed, outline.clone()));
    }
    items
}

fn hatched(setting: &Setting, rect: Rect, color: Color) -> Item {
    let t = &setting.tokens;
    hatch(rect, t.hatch, Stroke::solid(color, t.hairline))
}
