//! Segments into path data: shapes of the picture in absolute coordinates, glyph outlines as short as they go.

use exhibit_scene::number::{hundredths, push};
use exhibit_scene::{Point, Segment};

/// Writes the start of an element that draws these segments, moved by `origin`, and leaves its tag open for paint.
///
/// An upright rectangle becomes a `<rect>`, anything else a `<path>` in absolute coordinates.
pub(crate) fn shape(out: &mut String, segments: &[Segment], origin: Point) {
    if let Some((from, to)) = rect(segments, origin) {
        out.push_str("<rect");
        for (name, value) in [
            ("x", from.x),
            ("y", from.y),
            ("width", to.x - from.x),
            ("height", to.y - from.y),
        ] {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            push::<2>(out, value);
            out.push('"');
        }
        return;
    }
    out.push_str("<path d=\"");
    let mut data = Data::new(out);
    let mut here = GridPoint { x: 0, y: 0 };
    for segment in segments {
        match *segment {
            Segment::Move(to) => {
                here = GridPoint::of(origin + to);
                data.command('M', &[here.x, here.y]);
            }
            Segment::Line(to) => {
                let to = GridPoint::of(origin + to);
                if to.y == here.y {
                    data.command('H', &[to.x]);
                } else if to.x == here.x {
                    data.command('V', &[to.y]);
                } else {
                    data.command('L', &[to.x, to.y]);
                }
                here = to;
            }
            Segment::Cubic(a, b, to) => {
                let [a, b, to] = [a, b, to].map(|point| GridPoint::of(origin + point));
                data.command('C', &[a.x, a.y, b.x, b.y, to.x, to.y]);
                here = to;
            }
            Segment::Close => data.command('Z', &[]),
        }
    }
    out.push('"');
}

/// Path data of a glyph: font units, turned from y up to y down, in relative coordinates.
///
/// Differences are taken between rounded points, so that nothing drifts. Quadratic curves, which is what a TrueType
/// font is made of, were raised to cubic ones on their way here; they are found out and written as they were.
pub(crate) fn outline(segments: &[Segment]) -> String {
    let mut out = String::with_capacity(segments.len() * 12);
    let mut data = Data::new(&mut out);
    let mut here = Point::ZERO;
    let mut from = GridPoint { x: 0, y: 0 };
    let mut start = (here, from);
    for segment in segments {
        match *segment {
            Segment::Move(to) => {
                let place = GridPoint::of(down(to));
                data.command('m', &[place.x - from.x, place.y - from.y]);
                (here, from) = (to, place);
                start = (here, from);
            }
            Segment::Line(to) => {
                let place = GridPoint::of(down(to));
                let (dx, dy) = (place.x - from.x, place.y - from.y);
                match (dx, dy) {
                    (0, 0) => {}
                    (_, 0) => data.command('h', &[dx]),
                    (0, _) => data.command('v', &[dy]),
                    _ => data.command('l', &[dx, dy]),
                }
                (here, from) = (to, place);
            }
            Segment::Cubic(a, b, to) => {
                let points = match quadratic(here, a, b, to) {
                    Some(control) => &[control, to][..],
                    None => &[a, b, to],
                };
                let mut numbers = [0; 6];
                let mut place = from;
                for (pair, point) in numbers.chunks_exact_mut(2).zip(points) {
                    place = GridPoint::of(down(*point));
                    pair.copy_from_slice(&[place.x - from.x, place.y - from.y]);
                }
                let name = if points.len() == 2 { 'q' } else { 'c' };
                data.command(name, &numbers[..points.len() * 2]);
                (here, from) = (to, place);
            }
            Segment::Close => {
                data.command('z', &[]);
                (here, from) = start;
            }
        }
    }
    out
}

fn down(point: Point) -> Point {
    Point::new(point.x, -point.y)
}

/// The control point of the quadratic curve that a cubic one was raised from, if it was: both of the cubic's control
/// points lie two thirds of the way to it, from either end.
fn quadratic(from: Point, a: Point, b: Point, to: Point) -> Option<Point> {
    let first = Point::new((3.0 * a.x - from.x) / 2.0, (3.0 * a.y - from.y) / 2.0);
    let second = Point::new((3.0 * b.x - to.x) / 2.0, (3.0 * b.y - to.y) / 2.0);
    let near = (first.x - second.x).abs() < 0.01 && (first.y - second.y).abs() < 0.01;
    near.then_some(first)
}

/// The two corners of an upright rectangle.
fn rect(segments: &[Segment], origin: Point) -> Option<(GridPoint, GridPoint)> {
    let [
        Segment::Move(a),
        Segment::Line(b),
        Segment::Line(c),
        Segment::Line(d),
        Segment::Close,
    ] = *segments
    else {
        return None;
    };
    let [a, b, c, d] = [a, b, c, d].map(|corner| GridPoint::of(origin + corner));
    // The order that `rect_segments` has. A rectangle without area would not be drawn at all, not even its stroke.
    let upright = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    (upright && a.x < b.x && a.y < d.y).then_some((a, c))
}

/// A point in whole hundredths, where it is written.
#[derive(Clone, Copy)]
struct GridPoint {
    x: i64,
    y: i64,
}

impl GridPoint {
    fn of(point: Point) -> Self {
        Self {
            x: hundredths(point.x),
            y: hundredths(point.y),
        }
    }
}

/// Path data while it is written. A command's letter is left out where it repeats, a space where a sign parts numbers.
struct Data<'a> {
    out: &'a mut String,
    last: Option<char>,
}

impl<'a> Data<'a> {
    fn new(out: &'a mut String) -> Self {
        Self { out, last: None }
    }

    fn command(&mut self, name: char, numbers: &[i64]) {
        // A second pair after a move would be a line.
        let repeats = self.last == Some(name) && !matches!(name, 'M' | 'm' | 'Z' | 'z');
        if !repeats {
            self.out.push(name);
        }
        for (index, number) in numbers.iter().enumerate() {
            if *number >= 0 && (index > 0 || repeats) {
                self.out.push(' ');
            }
            push::<2>(self.out, *number);
        }
        self.last = Some(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Segment::{Close, Cubic, Line, Move};
    use exhibit_scene::{Rect, paint::rect_segments};

    fn at(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    fn drawn(segments: &[Segment], origin: Point) -> String {
        let mut out = String::new();
        shape(&mut out, segments, origin);
        out
    }

    #[test]
    fn rectangles_are_rectangles() {
        let segments = rect_segments(Rect::new(1.0, 2.0, 10.126, 4.0));
        assert_eq!(
            drawn(&segments, at(10.0, 20.0)),
            r#"<rect x="11" y="22" width="10.13" height="4""#
        );
    }

    #[test]
    fn a_rectangle_without_area_keeps_its_stroke() {
        let segments = rect_segments(Rect::new(1.0, 2.0, 10.0, 0.0));
        assert_eq!(drawn(&segments, Point::ZERO), r#"<path d="M1 2H11 11 1Z""#);
    }

    #[test]
    fn shapes_are_absolute() {
        let segments = [
            Move(at(0.0, 0.0)),
            Line(at(10.0, 0.0)),
            Line(at(10.0, 5.5)),
            Line(at(-3.0, -1.0)),
            Line(at(0.0, 1.0)),
            Cubic(at(1.0, 1.0), at(2.0, 2.0), at(3.0, 0.0)),
            Close,
        ];
        assert_eq!(
            drawn(&segments, at(1.0, 0.0)),
            r#"<path d="M1 0H11V5.5L-2-1 1 1C2 1 3 2 4 0Z""#
        );
    }

    #[test]
    fn outlines_are_relative_and_upside_down() {
        let segments = [
            Move(at(100.0, 0.0)),
            Line(at(100.0, 700.0)),
            Line(at(160.0, 700.0)),
            Line(at(160.0, 700.0)),
            Line(at(60.0, -20.0)),
            Close,
            Move(at(110.0, 10.0)),
            Line(at(120.0, 30.5)),
            Line(at(110.0, 40.5)),
            Close,
        ];
        assert_eq!(
            outline(&segments),
            "m100 0v-700h60l-100 720zm10-10l10-20.5-10-10z"
        );
    }

    #[test]
    fn quadratics_come_back() {
        let (from, control, to) = (at(10.0, 20.0), at(33.0, 71.0), at(90.0, 40.0));
        let raised = |end: Point| {
            at(
                end.x + (control.x - end.x) * 2.0 / 3.0,
                end.y + (control.y - end.y) * 2.0 / 3.0,
            )
        };
        let segments = [Move(from), Cubic(raised(from), raised(to), to), Close];
        assert_eq!(outline(&segments), "m10-20q23-51 80-20z");
        let cubic = [Move(from), Cubic(at(10.0, 30.0), at(80.0, 40.0), to), Close];
        assert_eq!(outline(&cubic), "m10-20c0-10 70-20 80-20z");
    }
}
