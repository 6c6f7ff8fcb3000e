//! Colours, fills, strokes and paths.

use crate::geom::{Point, Rect};

/// Opaque sRGB colour. There is no alpha: a pale colour is mixed with paper beforehand, so that every backend and every printer
/// shows the same.
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
    /// White, the colour of paper.
    pub const WHITE: Self = Self::hex(0xff_ff_ff);

    /// Colour from `0xRRGGBB`. Higher bits are ignored.
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

/// Fill of a closed path.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// A single colour.
    Solid(Color),
    /// Straight transition between two colours along the line from `from` to `to`, constant beyond the line's ends.
    /// Both points are relative to the item's position, like the segments. Only the open end of a bound is filled so.
    Fade {
        /// Point at which the fill is `start`.
        from: Point,
        /// Point at which the fill is `end`.
        to: Point,
        /// Colour at `from`.
        start: Color,
        /// Colour at `to`.
        end: Color,
    },
}

/// Shape of a stroke's open ends. Corners are always mitred, up to a limit of 10 (the default of PDF, not of SVG).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// Cut at the end point.
    Butt,
    /// A half disc around the end point.
    Round,
}

/// Line along a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in points, above 0.
    pub width: f64,
    /// Lengths of dashes and gaps in points, alternating. Empty for a solid line.
    pub dash: Vec<f64>,
    /// Shape of the ends.
    pub cap: Cap,
}

impl Stroke {
    /// Solid line with cut ends, `width` points wide.
    #[must_use]
    pub const fn solid(color: Color, width: f64) -> Self {
        Self {
            color,
            width,
            dash: Vec::new(),
            cap: Cap::Butt,
        }
    }

    /// The same line with dashes and gaps of these lengths in points.
    ///
    /// ```
    /// use exhibit_scene::{Color, Stroke};
    /// let line = Stroke::solid(Color::hex(0x15_1b_24), 0.5).dashed(&[3.0, 2.0]);
    /// assert_eq!((line.width, line.dash.len()), (0.5, 2));
    /// ```
    #[must_use]
    pub fn dashed(mut self, dash: &[f64]) -> Self {
        self.dash = dash.to_vec();
        self
    }
}

/// Step of a path. Points are relative to the item's position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begin of a subpath.
    Move(Point),
    /// Straight line from the point before.
    Line(Point),
    /// Cubic Bézier curve from the point before: two control points and the end.
    Cubic(Point, Point, Point),
    /// Straight line back to the begin of the subpath.
    Close,
}

/// Shape: segments with a fill, a stroke or both. The fill is drawn first, by the non-zero rule.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Path {
    /// Outline, relative to the item's position.
    pub segments: Vec<Segment>,
    /// Fill of the inside.
    pub fill: Option<Fill>,
    /// Stroke along the outline.
    pub stroke: Option<Stroke>,
}

impl Path {
    /// Filled rectangle without a stroke.
    ///
    /// ```
    /// use exhibit_scene::{Color, Fill, Path, Rect};
    /// let bar = Path::rect(Rect::new(0.0, 0.0, 40.0, 8.0), Fill::Solid(Color::WHITE));
    /// assert_eq!((bar.segments.len(), bar.stroke), (5, None));
    /// ```
    #[must_use]
    pub fn rect(rect: Rect, fill: Fill) -> Self {
        Self {
            segments: rect_segments(rect),
            fill: Some(fill),
            stroke: None,
        }
    }

    /// Straight line between two points.
    #[must_use]
    pub fn line(from: Point, to: Point, stroke: Stroke) -> Self {
        Self {
            segments: vec![Segment::Move(from), Segment::Line(to)],
            fill: None,
            stroke: Some(stroke),
        }
    }

    /// Disc of `radius` points, as four cubic curves. Control points stand 0.5523 of the radius away, the usual approximation, which is
    /// off by 0.03 %.
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

/// Closed outline of a rectangle, clockwise from the top left corner.
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
