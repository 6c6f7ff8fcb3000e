//! The plotters backend. It records a scene and sets no pixels.
//!
//! plotters counts in whole units. A unit is a hundredth of a point: invisible in print, and every coordinate prints
//! with two decimals at most.

use std::convert::Infallible;

use exhibit_scene::paint::rect_segments;
use exhibit_scene::{
    Color, Fill, Frame, GlyphRun, Group, Item, Path, Point, Rect, Segment, Size, Stroke, Trace,
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

/// Units in one point.
const UNITS_PER_POINT: f64 = 100.0;

/// The nearest number of units of a length in points.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float to integer cast saturates; pictures are far smaller than 2^31 hundredths of a point"
)]
pub(crate) fn units(points: f64) -> i32 {
    (points * UNITS_PER_POINT).round() as i32
}

/// The length of some units in points.
pub(crate) fn points(units: i32) -> f64 {
    f64::from(units) / UNITS_PER_POINT
}

fn point((x, y): BackendCoord) -> Point {
    Point::new(points(x), points(y))
}

/// A scene in the course of recording: the open groups, outermost first.
pub(crate) struct Recorder {
    size: Size,
    open: Vec<Group>,
}

impl Recorder {
    /// A recorder without items, for a canvas of a size.
    pub(crate) fn new(size: Size) -> Self {
        Self {
            size,
            open: vec![Group::plain(Frame::new(size))],
        }
    }

    /// Opens a group. Items belong to the group until [`Recorder::close`].
    pub(crate) fn open(
        &mut self,
        class: &'static str,
        trace: Option<Trace>,
        label: Option<String>,
    ) {
        let mut frame = Frame::new(self.size);
        // Most groups hold one line of text, and all stay in memory until the picture is written.
        frame.items.reserve_exact(1);
        let mut group = Group::part(class, frame);
        group.trace = trace;
        group.label = label;
        self.open.push(group);
    }

    /// Closes the innermost group. An empty group leaves nothing, but a mark stays: programs find its fact, whether or
    /// not the fact had anything to draw.
    pub(crate) fn close(&mut self) {
        assert!(self.open.len() > 1, "every part that ends was begun");
        if let Some(group) = self
            .open
            .pop()
            .filter(|group| group.trace.is_some() || !group.frame.items.is_empty())
        {
            self.push(Point::ZERO, Item::Group(group));
        }
    }

    /// Adds an item to the innermost group.
    pub(crate) fn push(&mut self, at: Point, item: Item) {
        let group = self.open.last_mut().expect("the outermost part stays open");
        group.frame.push(at, item);
    }

    /// Calls `see` for each text recorded so far, with the position of its baseline on the canvas.
    pub(crate) fn each_text(&self, see: &mut dyn FnMut(Point, &GlyphRun)) {
        for group in &self.open {
            group.frame.visit(Point::ZERO, &mut |at, item| match item {
                Item::Glyphs(run) => see(at, run),
                Item::Group(_) | Item::Path(_) | Item::Link(_) => {}
            });
        }
    }

    /// The finished frame.
    pub(crate) fn finish(mut self) -> Frame {
        assert_eq!(self.open.len(), 1, "every part that begins ends");
        self.open.pop().map(|group| group.frame).unwrap_or_default()
    }

    fn path(&mut self, segments: Vec<Segment>, fill: Option<Color>, stroke: Option<Stroke>) {
        let path = Path {
            segments,
            fill: fill.map(Fill::Solid),
            stroke,
        };
        self.push(Point::ZERO, Item::Path(path));
    }
}

fn color(color: BackendColor) -> Color {
    let (r, g, b) = color.rgb;
    Color { r, g, b }
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    let width = f64::from(style.stroke_width()) / UNITS_PER_POINT;
    Stroke::solid(color(style.color()), width)
}

fn line(points: impl IntoIterator<Item = BackendCoord>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for at in points {
        segments.push(if segments.is_empty() {
            Segment::Move(point(at))
        } else {
            Segment::Line(point(at))
        });
    }
    segments
}

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let side = |points: f64| units(points).unsigned_abs();
        (side(self.size.width), side(self.size.height))
    }

    fn ensure_prepared(&mut self) -> Recorded {
        Ok(())
    }

    fn present(&mut self) -> Recorded {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, paint: BackendColor) -> Recorded {
        // No element of a chart draws pixels. A pixel would be one unit.
        let at = point(at);
        let rect = Rect::new(at.x, at.y, 1.0 / UNITS_PER_POINT, 1.0 / UNITS_PER_POINT);
        self.path(rect_segments(rect), Some(color(paint)), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Recorded {
        self.path(line([from, to]), None, Some(stroke(style)));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Recorded {
        let (from, to) = (point(upper_left), point(bottom_right));
        let rect = Rect::new(from.x, from.y, to.x - from.x, to.y - from.y);
        let (inside, along) = if fill {
            (Some(color(style.color())), None)
        } else {
            (None, Some(stroke(style)))
        };
        self.path(rect_segments(rect), inside, along);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Recorded {
        self.path(line(path), None, Some(stroke(style)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Recorded {
        let radius = f64::from(radius) / UNITS_PER_POINT;
        let (inside, along) = if fill {
            (Some(Fill::Solid(color(style.color()))), None)
        } else {
            (None, Some(stroke(style)))
        };
        let disc = Path::disc(point(center), radius, inside, along);
        self.push(Point::ZERO, Item::Path(disc));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Recorded {
        let mut segments = line(corners);
        segments.push(Segment::Close);
        self.path(segments, Some(color(style.color())), None);
        Ok(())
    }
}
