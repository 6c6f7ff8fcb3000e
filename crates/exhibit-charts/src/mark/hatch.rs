//! Textures: lines cut to a rectangle. The lines start from the origin of the canvas, not of the rectangle, so that neighbours are alike.

use exhibit_scene::{Color, Fill, Item, Path, Point, Rect, Segment, Stroke};

use super::style::Texture;
use crate::style::ChartStyle;

/// Share of its step that a stripe covers.
const STRIPE_SHARE: f64 = 0.45;

/// Items of a texture in a colour. None where the texture is plain.
pub(crate) fn texture(
    style: &ChartStyle,
    rect: Rect,
    texture: Texture,
    color: Color,
) -> Option<Item> {
    let t = &style.tokens;
    let thin = Stroke::solid(color, t.hairline);
    let (segments, stroke) = match texture {
        Texture::Plain => return None,
        Texture::Hatched => (slanted(rect, t.hatch, false), thin),
        Texture::Crossed => {
            let mut both = slanted(rect, t.hatch, false);
            both.extend(slanted(rect, t.hatch, true));
            (both, thin)
        }
        Texture::Striped => {
            let width = STRIPE_SHARE * t.hatch;
            (level(rect, t.hatch, width), Stroke::solid(color, width))
        }
    };
    Some(Item::Path(Path {
        segments,
        fill: None,
        stroke: Some(stroke),
    }))
}

/// A line of paper inside the edge of an inlined mark. `None` where the mark is too small for one.
pub(crate) fn inline(style: &ChartStyle, rect: Rect) -> Option<Item> {
    // A small mark keeps its middle for a number.
    let side = rect.width.min(rect.height);
    let edge = style.tokens.edge.min(side / 10.0);
    let inset = 1.6 * edge;
    let inner = Rect::new(
        rect.x + inset,
        rect.y + inset,
        rect.width - 2.0 * inset,
        rect.height - 2.0 * inset,
    );
    (inner.width > 0.0 && inner.height > 0.0 && edge > 0.0).then(|| {
        Item::Path(Path {
            fill: None,
            stroke: Some(Stroke::solid(style.colors.paper, 0.8 * edge)),
            ..Path::rect(inner, Fill::Solid(style.colors.paper))
        })
    })
}

/// Lines at 45 degrees, `step` points apart along both edges: upwards to the right, or downwards where `falling`.
fn slanted(rect: Rect, step: f64, falling: bool) -> Vec<Segment> {
    let mut segments = Vec::new();
    // A falling line is a rising one in the mirror of the rectangle's own middle.
    let mirrored = |x: f64| {
        if falling {
            rect.x + rect.right() - x
        } else {
            x
        }
    };
    // Every line of the hatching is x + y = count * step.
    let mut count = ((rect.x + rect.y) / step).floor() + 1.0;
    while count * step < rect.right() + rect.bottom() {
        let sum = count * step;
        let from_x = (sum - rect.bottom()).max(rect.x);
        let to_x = (sum - rect.y).min(rect.right());
        if to_x > from_x {
            segments.push(Segment::Move(Point::new(mirrored(from_x), sum - from_x)));
            segments.push(Segment::Line(Point::new(mirrored(to_x), sum - to_x)));
        }
        count += 1.0;
    }
    segments
}

/// Level lines of a width, `step` points apart, that stay inside the rectangle with their whole width.
fn level(rect: Rect, step: f64, width: f64) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut count = ((rect.y + width / 2.0) / step).ceil();
    while count * step <= rect.bottom() - width / 2.0 {
        segments.push(Segment::Move(Point::new(rect.x, count * step)));
        segments.push(Segment::Line(Point::new(rect.right(), count * step)));
        count += 1.0;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_stays_inside() {
        let rect = Rect::new(13.7, 4.2, 30.0, 11.0);
        for segments in [
            slanted(rect, 3.0, false),
            slanted(rect, 3.0, true),
            level(rect, 3.0, 1.5),
        ] {
            assert!(segments.len() >= 6);
            for segment in segments {
                let (Segment::Move(at) | Segment::Line(at)) = segment else {
                    panic!("a texture has straight lines only");
                };
                assert!(at.x >= rect.x - 1e-9 && at.x <= rect.right() + 1e-9);
                assert!(at.y >= rect.y - 1e-9 && at.y <= rect.bottom() + 1e-9);
            }
        }
    }
}
