//! The connection between charts and plotters: a canvas, plot areas with scales, and marks at values.
//!
//! plotters' drawing areas, coordinate system and elements map values and draw. This crate draws layout, text, and
//! strokes and fills that no plotters style has (dashes, fades), at mapped points and through one custom element
//! ([`CustomElement`]).

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use exhibit_scene::{Color, Frame, Item, Path, Point, Rect, Shaped, Size, Stroke, Trace};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Rectangle};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use crate::recorder::{Recorder, points, units};
use crate::scale::Scale;

/// The recorder's error type has no value.
const INFALLIBLE: &str = "the recorder takes everything";

/// Height of capitals and digits above the baseline, in em, with a little white.
const CAP_HEIGHT: f64 = 0.75;

/// Depth of commas and brackets below the baseline, in em.
const DESCENDER: f64 = 0.2;

/// A canvas of a fixed size that marks and texts are drawn on.
pub(crate) struct Canvas {
    size: Size,
    recorder: Rc<RefCell<Recorder>>,
    root: DrawingArea<Recorder, Shift>,
}

impl Canvas {
    /// An empty canvas.
    pub(crate) fn new(size: Size) -> Self {
        let recorder = Rc::new(RefCell::new(Recorder::new(size)));
        let root = DrawingArea::from(&recorder);
        Self {
            size,
            recorder,
            root,
        }
    }

    /// Draws a group. `class` is its class in SVG.
    pub(crate) fn group<T>(&self, class: &'static str, draw: impl FnOnce() -> T) -> T {
        self.open_group(class, None, None, draw)
    }

    /// Draws a mark. `address` names the fact to programs, `label` names the mark to people.
    pub(crate) fn mark<T>(&self, address: &str, label: String, draw: impl FnOnce() -> T) -> T {
        self.open_group("mark", Some(Trace(address.into())), Some(label), draw)
    }

    fn open_group<T>(
        &self,
        class: &'static str,
        trace: Option<Trace>,
        label: Option<String>,
        draw: impl FnOnce() -> T,
    ) -> T {
        self.recorder.borrow_mut().open(class, trace, label);
        let done = draw();
        self.recorder.borrow_mut().close();
        done
    }

    /// Draws text. `baseline` is the left end of the baseline.
    pub(crate) fn text(&self, baseline: Point, text: Shaped) {
        for (x, run) in text.runs {
            self.item(baseline + Point::new(x, 0.0), Item::Glyphs(run));
        }
    }

    /// Bounds of every text drawn so far: from the top of the capitals to a little below the baseline.
    pub(crate) fn texts(&self) -> Vec<Rect> {
        let mut texts = Vec::new();
        self.recorder.borrow().each_text(&mut |at, run| {
            let (rise, depth) = (CAP_HEIGHT * run.size, DESCENDER * run.size);
            texts.push(Rect::new(at.x, at.y - rise, run.width(), rise + depth));
        });
        texts
    }

    /// Draws an item at a point.
    pub(crate) fn item(&self, at: Point, item: Item) {
        self.recorder.borrow_mut().push(at, item);
    }

    /// Draws a straight line between two points of the canvas.
    pub(crate) fn line(&self, from: Point, to: Point, stroke: Stroke) {
        self.item(Point::ZERO, Item::Path(Path::line(from, to, stroke)));
    }

    /// A plot area with a horizontal and a vertical scale.
    pub(crate) fn plot(&self, x: Scale, y: Scale) -> PlotArea {
        // Each axis maps to points by its own scale, so the pixel ranges only tell plotters which part of the canvas
        // the area takes.
        let span = |scale: Scale| -> Range<i32> { units(scale.range.0)..units(scale.range.1) };
        let spec = Cartesian2d::<Axis, Axis>::new(Axis(x), Axis(y), (span(x), span(y)));
        PlotArea {
            x,
            y,
            area: self.root.apply_coord_spec(spec),
        }
    }

    /// A plot area over the whole canvas. Its values are points of the canvas.
    pub(crate) fn points(&self) -> PlotArea {
        // A chart without categories has a canvas without height, and a scale needs a length.
        let side = |length: f64| {
            let ends = (0.0, length.max(1.0));
            Scale::new(ends, ends)
        };
        self.plot(side(self.size.width), side(self.size.height))
    }

    /// The finished frame. Panics where a plot area of the canvas is still alive.
    pub(crate) fn finish(self) -> Frame {
        drop(self.root);
        Rc::try_unwrap(self.recorder)
            .unwrap_or_else(|_| panic!("plots are dropped before the canvas is finished"))
            .into_inner()
            .finish()
    }
}

/// A scale in the form that plotters takes.
#[derive(Clone)]
struct Axis(Scale);

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    /// The nearest unit, where plotters' own scales round down. The scale has its own range, so `_limit` has no use.
    fn map(&self, value: &f64, _limit: (i32, i32)) -> i32 {
        units(self.0.map(*value))
    }

    /// No key points: `scale::ticks` chooses the ticks.
    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        Vec::new()
    }

    fn range(&self) -> Range<f64> {
        self.0.domain.0..self.0.domain.1
    }
}

/// A plot area: two scales over a part of the canvas.
pub(crate) struct PlotArea {
    /// Horizontal scale.
    pub(crate) x: Scale,
    /// Vertical scale.
    pub(crate) y: Scale,
    area: DrawingArea<Recorder, Cartesian2d<Axis, Axis>>,
}

fn filled(color: Color) -> ShapeStyle {
    ShapeStyle::from(&RGBColor(color.r, color.g, color.b)).filled()
}

fn stroked(color: Color, width: f64) -> ShapeStyle {
    ShapeStyle::from(&RGBColor(color.r, color.g, color.b)).stroke_width(units(width).unsigned_abs())
}

impl PlotArea {
    /// Draws a filled rectangle between two opposite corners, in values.
    pub(crate) fn rect(&self, from: (f64, f64), to: (f64, f64), color: Color) {
        let shape = Rectangle::new([from, to], filled(color));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// Draws a solid line through points in values, `width` points wide.
    pub(crate) fn line(&self, along: Vec<(f64, f64)>, color: Color, width: f64) {
        let shape = PathElement::new(along, stroked(color, width));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// Draws a filled disc, `radius` points large, at a point in values.
    pub(crate) fn disc(&self, at: (f64, f64), radius: f64, color: Color) {
        let shape = Circle::new(at, units(radius), filled(color));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// Draws a custom element. `draw` takes the points of `values` on the canvas and gives the items to draw.
    pub(crate) fn custom(
        &self,
        values: &[(f64, f64)],
        draw: impl Fn(&[Point]) -> Vec<(Point, Item)>,
    ) {
        let shape = CustomElement {
            values: values.to_vec(),
            draw,
        };
        self.area.draw(&shape).expect(INFALLIBLE);
    }
}

/// An element that draws any items at the points of some values.
struct CustomElement<F> {
    values: Vec<(f64, f64)>,
    draw: F,
}

impl<'a, F> PointCollection<'a, (f64, f64)> for &'a CustomElement<F> {
    type Point = &'a (f64, f64);
    type IntoIter = std::slice::Iter<'a, (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<F: Fn(&[Point]) -> Vec<(Point, Item)>> Drawable<Recorder> for CustomElement<F> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        at: I,
        backend: &mut Recorder,
        _size: (u32, u32),
    ) -> Result<(), DrawingErrorKind<std::convert::Infallible>> {
        let points: Vec<Point> = at.map(|(x, y)| Point::new(points(x), points(y))).collect();
        for (at, item) in (self.draw)(&points) {
            backend.push(at, item);
        }
        Ok(())
    }
}
