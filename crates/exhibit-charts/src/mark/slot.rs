//! The slot of a mark, and the shapes drawn in a slot.

use exhibit_scene::{Color, Fill, Item, Path, Point, Rect, Segment, Stroke};

/// Points that a fade overlaps the shape before it.
const FADE_OVERLAP: f64 = 0.6;

/// Axis of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orientation {
    /// Values grow to the right.
    Horizontal,
    /// Values grow upwards.
    Vertical,
}

/// A strip of the canvas for one mark. `along` runs with the axis of values and `across` at right angles to it, both
/// in points of the canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BandSlot {
    /// Axis of the values.
    pub(crate) orientation: Orientation,
    /// Both edges of the slot, across the axis.
    pub(crate) across: (f64, f64),
}

impl BandSlot {
    /// Sign of growing values along the slot: 1 to the right, -1 upwards.
    pub(crate) fn direction(&self) -> f64 {
        match self.orientation {
            Orientation::Horizontal => 1.0,
            Orientation::Vertical => -1.0,
        }
    }

    /// Point of the canvas at a position along and across the slot.
    pub(crate) fn point(&self, along: f64, across: f64) -> Point {
        match self.orientation {
            Orientation::Horizontal => Point::new(along, across),
            Orientation::Vertical => Point::new(across, along),
        }
    }

    /// Middle of the slot across the axis, in points.
    pub(crate) fn middle(&self) -> f64 {
        (self.across.0 + self.across.1) / 2.0
    }

    /// Part of the slot between two points along it, in either order.
    pub(crate) fn rect(&self, from: f64, to: f64) -> Rect {
        let (low, high) = (from.min(to), from.max(to));
        let (left, right) = self.across;
        match self.orientation {
            Orientation::Horizontal => Rect::new(low, left, high - low, right - left),
            Orientation::Vertical => Rect::new(left, low, right - left, high - low),
        }
    }

    /// A filled part of the slot.
    pub(crate) fn filled(&self, from: f64, to: f64, color: Color) -> Item {
        Item::Path(Path::rect(self.rect(from, to), Fill::Solid(color)))
    }

    /// A part of the slot that fades from one colour at `from` to another at `to`. The fade begins a little before
    /// `from`, because two shapes with a common edge let a hair of paper through.
    pub(crate) fn fade(&self, from: f64, to: f64, start: Color, end: Color) -> Item {
        let under = if to >= from {
            from - FADE_OVERLAP
        } else {
            from + FADE_OVERLAP
        };
        self.faded(under, (from, to), start, end)
    }

    /// The same for a mark that begins at `root`. The fade covers nothing before `root`.
    pub(crate) fn fade_from_root(
        &self,
        root: f64,
        from: f64,
        to: f64,
        start: Color,
        end: Color,
    ) -> Item {
        let under = if to >= from {
            (from - FADE_OVERLAP).max(root).min(from)
        } else {
            (from + FADE_OVERLAP).min(root).max(from)
        };
        self.faded(under, (from, to), start, end)
    }

    fn faded(&self, under: f64, (from, to): (f64, f64), start: Color, end: Color) -> Item {
        let fill = Fill::Fade {
            from: self.point(from, self.across.0),
            to: self.point(to, self.across.0),
            start,
            end,
        };
        Item::Path(Path::rect(self.rect(under, to), fill))
    }

    /// A line across the slot, `out` points longer on either side.
    pub(crate) fn tick(&self, along: f64, out: f64, stroke: Stroke) -> Item {
        Item::Path(Path::line(
            self.point(along, self.across.0 - out),
            self.point(along, self.across.1 + out),
            stroke,
        ))
    }

    /// A small filled arrowhead in the middle of the slot. The tip is at `tip` and points away from `from`.
    pub(crate) fn arrow(&self, from: f64, tip: f64, size: f64, color: Color) -> Item {
        let foot = if tip >= from { tip - size } else { tip + size };
        let middle = self.middle();
        Item::Path(Path {
            segments: vec![
                Segment::Move(self.point(foot, middle - size)),
                Segment::Line(self.point(tip, middle)),
                Segment::Line(self.point(foot, middle + size)),
                Segment::Close,
            ],
            fill: Some(Fill::Solid(color)),
            stroke: None,
        })
    }

    /// Outline of a part of the slot on three sides, or on all four where `closed`.
    pub(crate) fn outline(&self, from: f64, to: f64, closed: bool, stroke: Stroke) -> Item {
        // The stroke runs inside, so that an outlined mark is as long as a filled one.
        let half = stroke.width / 2.0;
        let along = half.min((to - from).abs() / 2.0);
        let inside = if to >= from { -along } else { along };
        let (low, high) = (self.across.0 + half, self.across.1 - half);
        let to = if closed { to + inside } else { to };
        let mut segments = vec![
            Segment::Move(self.point(to, low)),
            Segment::Line(self.point(from, low)),
            Segment::Line(self.point(from, high)),
            Segment::Line(self.point(to, high)),
        ];
        if closed {
            segments.push(Segment::Close);
        }
        Item::Path(Path {
            segments,
            fill: None,
            stroke: Some(stroke),
        })
    }
}
