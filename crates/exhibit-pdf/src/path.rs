//! Segments into path operators.

use exhibit_scene::number::{hundredths, push_short};
use exhibit_scene::{Point, Rect, Segment};

/// Turns places of the scene (y down, from the top left corner) into places of a page (y up, from the bottom left one),
/// in hundredths of a point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flip {
    /// Height of the page in points.
    pub(crate) height: f64,
}

impl Flip {
    /// A place in hundredths.
    pub(crate) fn place(self, at: Point) -> (i64, i64) {
        (hundredths(at.x), hundredths(self.height - at.y))
    }

    /// A rectangle as left, bottom, right, top in hundredths.
    pub(crate) fn corners(self, rect: Rect) -> [i64; 4] {
        let (left, top) = self.place(Point::new(rect.x, rect.y));
        let (right, bottom) = self.place(Point::new(rect.right(), rect.bottom()));
        [left, bottom, right, top]
    }
}

/// Writes the operators that build a path whose item lies at `origin`; an upright rectangle is one operator.
pub(crate) fn shape(out: &mut Vec<u8>, segments: &[Segment], origin: Point, flip: Flip) {
    if let Some(rect) = rect(segments) {
        rectangle(out, rect.shifted(origin), flip);
        return;
    }
    for segment in segments {
        match segment {
            Segment::Move(to) => {
                place(out, origin + *to, flip);
                out.extend_from_slice(b"m\n");
            }
            Segment::Line(to) => {
                place(out, origin + *to, flip);
                out.extend_from_slice(b"l\n");
            }
            Segment::Cubic(first, second, to) => {
                for point in [first, second, to] {
                    place(out, origin + *point, flip);
                }
                out.extend_from_slice(b"c\n");
            }
            Segment::Close => out.extend_from_slice(b"h\n"),
        }
    }
}

/// Writes a rectangle. Its edges are rounded, not its sides, so that what touched still does.
pub(crate) fn rectangle(out: &mut Vec<u8>, rect: Rect, flip: Flip) {
    let [left, bottom, right, top] = flip.corners(rect);
    for value in [left, bottom, right - left, top - bottom] {
        push_short::<2>(out, value);
        out.push(b' ');
    }
    out.extend_from_slice(b"re\n");
}

fn place(out: &mut Vec<u8>, at: Point, flip: Flip) {
    let (x, y) = flip.place(at);
    push_short::<2>(out, x);
    out.push(b' ');
    push_short::<2>(out, y);
    out.push(b' ');
}

/// The rectangle that closed segments go around, if they go around one from its top left corner clockwise.
fn rect(segments: &[Segment]) -> Option<Rect> {
    use Segment::{Close, Line, Move};
    let [Move(a), Line(b), Line(c), Line(d), Close] = segments else {
        return None;
    };
    let upright = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    (upright && c.x >= a.x && c.y >= a.y).then(|| Rect::new(a.x, a.y, c.x - a.x, c.y - a.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use exhibit_scene::paint::rect_segments;

    fn written(segments: &[Segment], origin: Point) -> String {
        let mut out = Vec::new();
        shape(&mut out, segments, origin, Flip { height: 100.0 });
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn an_upright_rectangle_is_one_operator() {
        let rect = Rect::new(1.0, 2.0, 3.333, 4.0);
        assert_eq!(
            written(&rect_segments(rect), Point::new(10.0, 20.0)),
            "11 74 3.33 4 re\n"
        );
    }

    #[test]
    fn y_grows_upwards() {
        let at = Point::new;
        let segments = [
            Segment::Move(at(0.0, 0.0)),
            Segment::Line(at(5.0, 10.0)),
            Segment::Cubic(at(1.0, 1.0), at(2.0, 2.0), at(3.0, 3.0)),
            Segment::Close,
        ];
        assert_eq!(
            written(&segments, at(0.5, 0.0)),
            ".5 100 m\n5.5 90 l\n1.5 99 2.5 98 3.5 97 c\nh\n"
        );
    }
}
