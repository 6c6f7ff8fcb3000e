//! Hatching: slanted lines cut to a rectangle.

use exhibit_scene::{Item, Path, Point, Rect, Segment, Stroke};

/// One path of lines at 45 degrees, `step` points apart along both edges. The lines start from the origin of the
/// canvas, not of the rectangle, so that neighbours are hatched alike.
pub(crate) fn hatch(rect: Rect, step: f64, stroke: Stroke) -> Item {
    let mut segments = Vec::new();
    // Every line of the hatching is x + y = count * step.
    let mut count = ((rect.x + rect.y) / step).floor() + 1.0;
    while count * step < rect.right() + rect.bottom() {
        let sum = count * step;
        let from_x = (sum - rect.bottom()).max(rect.x);
        let to_x = (sum - rect.y).min(rect.right());
        if to_x > from_x {
            segments.push(Segment::Move(Point::new(from_x, sum - from_x)));
            segments.push(Segment::Line(Point::new(to_x, sum - to_x)));
        }
        count += 1.0;
    }
    Item::Path(Path {
        segments,
        fill: None,
        stroke: Some(stroke),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use exhibit_scene::Color;

    #[test]
    fn every_line_stays_inside() {
        let rect = Rect::new(13.7, 4.2, 30.0, 11.0);
        let Item::Path(path) = hatch(rect, 3.0, Stroke::solid(Color::WHITE, 0.5)) else {
            panic!("a hatch is one path");
        };
        assert!(path.segments.len() > 20);
        for segment in path.segments {
            let (Segment::Move(at) | Segment::Line(at)) = segment else {
                panic!("a hatch has straight lines only");
            };
            assert!(at.x >= rect.x - 1e-9 && at.x <= rect.right() + 1e-9);
            assert!(at.y >= rect.y - 1e-9 && at.y <= rect.bottom() + 1e-9);
        }
    }
}
