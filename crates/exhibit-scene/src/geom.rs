//! Points, sizes and rectangles. One unit everywhere: the point, 1/72 inch, y down.

/// Converts millimetres to points. Only page sizes and margins are written in millimetres.
///
/// ```
/// assert_eq!(exhibit_scene::geom::from_mm(25.4), 72.0);
/// ```
#[must_use]
pub fn from_mm(mm: f64) -> f64 {
    mm * 72.0 / 25.4
}

/// Place on a frame, in points from the frame's left and top edges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Points from the left edge.
    pub x: f64,
    /// Points from the top edge, growing downwards.
    pub y: f64,
}

impl Point {
    /// The origin of every frame: its top left corner.
    pub const ZERO: Self = Self { x: 0.0, y: 0.0 };

    /// Point at `x` from the left edge and `y` from the top edge.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

/// Width and height in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

impl Size {
    /// Size of a width and a height, in points.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }
}

/// Upright rectangle, in points.
///
/// ```
/// use exhibit_scene::{Point, Rect};
/// let bar = Rect::new(10.0, 5.0, 40.0, 8.0);
/// assert_eq!((bar.right(), bar.bottom()), (50.0, 13.0));
/// assert!(bar.overlaps(&bar.shifted(Point::new(39.0, 0.0))));
/// assert!(!bar.overlaps(&bar.shifted(Point::new(40.0, 0.0))), "a shared edge is no overlap");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge, from the frame's left edge.
    pub x: f64,
    /// Top edge, from the frame's top edge.
    pub y: f64,
    /// Width, never negative.
    pub width: f64,
    /// Height, never negative.
    pub height: f64,
}

impl Rect {
    /// Rectangle from its top left corner, its width and its height.
    #[must_use]
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// Right edge, from the frame's left edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Bottom edge, from the frame's top edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The same rectangle, moved right by `by.x` and down by `by.y`.
    #[must_use]
    pub fn shifted(&self, by: Point) -> Self {
        Self::new(self.x + by.x, self.y + by.y, self.width, self.height)
    }

    /// True when the two rectangles share an area. A shared edge is no area.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}
