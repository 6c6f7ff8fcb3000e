//! The style of a mark by its status, and the overhang of open and soft ends. Every status has a texture, a stroke and a dot of its own, so
//! that statuses are told apart without colour.

use exhibit_facts::quantity::Status;
use exhibit_scene::{Color, Stroke};

use super::interval::FeasibleInterval;
use crate::style::{ChartStyle, Look};

/// Width of an inlined line, as a multiple of the usual width. A third of it is paper.
const INLINED_WIDTH: f64 = 1.8;

/// Lines over a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texture {
    /// None.
    Plain,
    /// Slanted lines.
    Hatched,
    /// Slanted lines in both directions.
    Crossed,
    /// Broad level lines.
    Striped,
}

/// Fill and outline of a mark.
#[derive(Clone)]
pub(crate) struct MarkStyle {
    /// Colour of the fill.
    pub(crate) fill: Color,
    /// Lines over the fill.
    pub(crate) texture: Texture,
    /// Stroke along the edge. `None` without an outline.
    pub(crate) outline: Option<Stroke>,
}

/// Style of a status in a colour.
pub(crate) fn mark_style(style: &ChartStyle, status: Status, color: Color) -> MarkStyle {
    let t = &style.tokens;
    let line = Stroke::solid(color, t.edge);
    let paper = style.colors.paper;
    let (fill, texture, outline) = match status {
        Status::Actual => (color, Texture::Plain, None),
        Status::Provisional => (paper, Texture::Striped, Some(line)),
        Status::Estimated => (paper, Texture::Crossed, Some(line)),
        Status::Target => (paper, Texture::Plain, Some(line.dashed(&t.dash))),
        Status::Forecast => (paper, Texture::Hatched, Some(line)),
        Status::Claimed => (
            style.tint(color),
            Texture::Plain,
            Some(line.dashed(&t.dots)),
        ),
    };
    MarkStyle {
        fill,
        texture,
        outline,
    }
}

/// Stroke of a line by its status.
pub(crate) fn line_style(style: &ChartStyle, status: Status, stroke: Stroke) -> Stroke {
    let t = &style.tokens;
    match status {
        Status::Actual => stroke,
        Status::Provisional => stroke.dashed(&t.long_dash),
        Status::Estimated => stroke.dashed(&t.dash_dot),
        Status::Forecast => stroke.dashed(&t.dash),
        Status::Target => Stroke {
            width: stroke.width * t.thin,
            ..stroke
        }
        .dashed(&t.dash),
        Status::Claimed => stroke.dashed(&t.dots),
    }
}

/// Strokes of the line of a series by its status, one over the other. A line of paper along the middle makes two lines of one.
pub(crate) fn line_strokes(style: &ChartStyle, status: Status, look: Look) -> Vec<Stroke> {
    let width = style.tokens.stroke;
    if !look.inlined {
        let stroke = Stroke::solid(look.color, width);
        return vec![line_style(style, status, stroke)];
    }
    let outer = Stroke::solid(look.color, width * INLINED_WIDTH);
    let inner = Stroke::solid(style.colors.paper, width * INLINED_WIDTH / 3.0);
    vec![line_style(style, status, outer), inner]
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
