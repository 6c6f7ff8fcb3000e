//! Colours, fills, strokes and paths.

use crate::geom::{Point, Rect};

/// An opaque sRGB colour. There is no alpha: what looks pale is mixed with paper beforehand, so that every
/// backend and every printer shows the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Color {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
}

impl Color {
    /// Paper.
    pub const WHITE: Self = Self::hex(0xff_ff_ff);

    /// A colour from `0xRRGGBB`.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "each byte is masked out by the cast on purpose"
    )]
    pub const fn hex(rgb: u32) -> Self {
        Self {
            r: (rgb >> 16) as u8,
            g: (rgb >> 8) as u8,
            b: rgb as u8,
        }
    }

    /// `share` of this colour (0 to 1) over `other`, mixed channel by channel in sRGB and rounded.
    ///
    /// ```
    /// use exhibit_scene::Color;
    /// assert_eq!(Color::hex(0x000000).over(Color::WHITE, 0.0), Color::WHITE);
    /// ```
    #[must_use]
    pub fn over(self, other: Self, share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the sum of two shares of bytes is a byte"
        )]
        let mix =
            |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
        }
    }
}

/// What a closed path is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// One colour.
    Solid(Color),
    /// A straight transition between two colours along the line `from` to `to`, held constant beyond its ends.
    /// Both points are relative to the item's position, like the segments. The only use is the open end of a bound.
    Fade {
        /// Where `start` is reached.
        from: Point,
        /// Where `end` is reached.
        to: Point,
        /// Colour at `from`.
        start: Color,
        /// Colour at `to`.
        end: Color,
    },
}

/// How an open end of a stroke looks. Corners are always mitred up to a limit of 10 (the default of PDF, not of SVG); curves have no corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// Cut at the end point.
    Butt,
    /// A half disc around the end point.
    Round,
}

/// A line along a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Width in points, more than 0.
    pub width: f64,
    /// Dash and gap lengths in points, alternating; empty for a solid line.
    pub dash: Vec<f64>,
    /// Shape of the ends.
    pub cap: Cap,
}

impl Stroke {
    /// A solid line with cut ends.
    #[must_use]
    pub const fn solid(color: Color, width: f64) -> Self {
        Self {
            color,
            width,
            dash: Vec::new(),
            cap: Cap::Butt,
        }
    }

    /// The same line, dashed.
    #[must_use]
    pub fn dashed(mut self, dash: &[f64]) -> Self {
        self.dash = dash.to_vec();
        self
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begin a subpath.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Back to the begin of the subpath.
    Close,
}

/// A shape: segments with a fill, a stroke or both (fill first). Filled by the non-zero rule.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Path {
    /// The outline, relative to the item's position.
    pub segments: Vec<Segment>,
    /// What is inside.
    pub fill: Option<Fill>,
    /// What is along it.
    pub stroke: Option<Stroke>,
}

impl Path {
    /// A filled rectangle.
    #[must_use]
    pub fn rect(rect: Rect, fill: Fill) -> Self {
        Self {
            segments: rect_segments(rect),
            fill: Some(fill),
            stroke: None,
        }
    }

    /// A straight line between two points.
    #[must_use]
    pub fn line(from: Point, to: Point, stroke: Stroke) -> Self {
        Self {
            segments: vec![Segment::Move(from), Segment::Line(to)],
            fill: None,
            stroke: Some(stroke),
        }
    }

    /// A disc of `radius` points, as four cubic curves (control distance 0.5523 of the radius, the usual approximation, off by 0.03 %).
    #[must_use]
    pub fn disc(center: Point, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) -> Self {
        let k = 0.552_284_749_8 * radius;
        let p = |dx: f64, dy: f64| Point::new(center.x + dx, center.y + dy);
        let r = radius;
        Self {
            segments: vec![
                Segment::Move(p(r, 0.0)),
                Segment::Cubic(p(r, k), p(k, r), p(0.0, r)),
                Segment::Cubic(p(-k, r), p(-r, k), p(-r, 0.0)),
                Segment::Cubic(p(-r, -k), p(-k, -r), p(0.0, -r)),
                Segment::Cubic(p(k, -r), p(r, -k), p(r, 0.0)),
                Segment::Close,
            ],
            fill,
            stroke,
        }
    }
}

/// The closed outline of a rectangle, clockwise from its top left corner.
#[must_use]
pub fn rect_segments(rect: Rect) -> Vec<Segment> {
    vec![
        Segment::Move(Point::new(rect.x, rect.y)),
        Segment::Line(Point::new(rect.right(), rect.y)),
        Segment::Line(Point::new(rect.right(), rect.bottom())),
        Segment::Line(Point::new(rect.x, rect.bottom())),
        Segment::Close,
    ]
}
