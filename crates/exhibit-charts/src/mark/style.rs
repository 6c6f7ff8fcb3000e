//! The style of a mark by its status, and the overhang of open and soft ends.

use exhibit_facts::quantity::Status;
use exhibit_scene::{Color, Stroke};

use super::interval::FeasibleInterval;
use crate::style::ChartStyle;

/// Fill and outline of a mark.
#[derive(Clone)]
pub(crate) struct MarkStyle {
    /// Colour of the fill.
    pub(crate) fill: Color,
    /// Lines are hatched over the fill.
    pub(crate) hatched: bool,
    /// Stroke along the edge. `None` without an outline.
    pub(crate) outline: Option<Stroke>,
}

/// Style of a status in a colour.
pub(crate) fn mark_style(style: &ChartStyle, status: Status, color: Color) -> MarkStyle {
    let t = &style.tokens;
    let line = Stroke::solid(color, t.edge);
    match status {
        Status::Actual => MarkStyle {
            fill: color,
            hatched: false,
            outline: None,
        },
        Status::Estimated | Status::Provisional => MarkStyle {
            fill: style.tint(color),
            hatched: false,
            outline: Some(line.dashed(&t.dash)),
        },
        Status::Target => MarkStyle {
            fill: style.colors.paper,
            hatched: false,
            outline: Some(line.dashed(&t.dash)),
        },
        Status::Forecast => MarkStyle {
            fill: style.colors.paper,
            hatched: true,
            outline: Some(line),
        },
        Status::Claimed => MarkStyle {
            fill: style.tint(color),
            hatched: false,
            outline: Some(line.dashed(&t.dots)),
        },
    }
}

/// Stroke of a line by its status: dashed for an expected or uncertain value, dotted for a claimed one.
pub(crate) fn line_style(style: &ChartStyle, status: Status, stroke: Stroke) -> Stroke {
    let t = &style.tokens;
    match status {
        Status::Actual => stroke,
        Status::Estimated | Status::Provisional | Status::Target | Status::Forecast => {
            stroke.dashed(&t.dash)
        }
        Status::Claimed => stroke.dashed(&t.dots),
    }
}

/// Points that a mark takes below its lowest and above its highest number: a fade and its arrow at an open end, half
/// of a soft end for "about".
pub(crate) fn overhang(style: &ChartStyle, interval: FeasibleInterval, about: bool) -> (f64, f64) {
    let t = &style.tokens;
    let side = |end: Option<f64>| match end {
        None => t.fade + t.arrow,
        Some(_) if about => t.soft / 2.0,
        Some(_) => 0.0,
    };
    (side(interval.low), side(interval.high))
}
