//! How a status looks, and how far an open or a soft end stands out.

use exhibit_core::quantity::Status;
use exhibit_scene::{Color, Stroke};

use super::interval::FeasibleInterval;
use crate::style::ChartStyle;

/// How a status fills a mark and lines it.
#[derive(Clone)]
pub(crate) struct MarkStyle {
    /// What fills it.
    pub(crate) fill: Color,
    /// Hatched on top of that.
    pub(crate) hatched: bool,
    /// What is along its edge.
    pub(crate) outline: Option<Stroke>,
}

/// The look of a status in a colour.
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

/// The line of a status: dashed for what is expected, dotted for what is only claimed.
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

/// Points that a mark takes below its lowest and above its highest number: a fade and its arrow, or half of a soft end.
pub(crate) fn overhang(style: &ChartStyle, interval: FeasibleInterval, about: bool) -> (f64, f64) {
    let t = &style.tokens;
    let side = |end: Option<f64>| match end {
        None => t.fade + t.arrow,
        Some(_) if about => t.soft / 2.0,
        Some(_) => 0.0,
    };
    (side(interval.low), side(interval.high))
}
