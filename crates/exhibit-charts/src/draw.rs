//! Where charts meet plotters: a sheet, plot areas with scales on it, and marks at values.
//!
//! plotters' drawing areas, coordinate system and elements do the mapping and drawing; layout, text and whatever a plotters
//! style cannot say (dashes, fades) are ours, drawn at mapped points by an element of our own ([`CustomElement`]).

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

/// Recording fails only by panicking.
const INFALLIBLE: &str = "the recorder takes everything";

/// How far capitals and digits rise above the baseline, in em, and a little more.
const CAP_HEIGHT: f64 = 0.75;

/// How far commas and brackets reach below it.
const DESCENDER: f64 = 0.2;

/// A sheet of a size, while it is drawn on.
pub(crate) struct Canvas {
    size: Size,
    recorder: Rc<RefCell<Recorder>>,
    root: DrawingArea<Recorder, Shift>,
}

impl Canvas {
    pub(crate) fn new(size: Size) -> Self {
        let recorder = Rc::new(RefCell::new(Recorder::new(size)));
        let root = DrawingArea::from(&recorder);
        Self {
            size,
            recorder,
            root,
        }
    }

    /// Draws a part of the chart (`class` names it in SVG).
    pub(crate) fn group<T>(&self, class: &'static str, draw: impl FnOnce() -> T) -> T {
        self.open_group(class, None, None, draw)
    }

    /// Draws a mark: what it shows, for programs (`trace`) and for people (`label`).
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

    /// Puts text, its left end on a baseline.
    pub(crate) fn text(&self, baseline: Point, text: Shaped) {
        for (x, run) in text.runs {
            self.item(baseline + Point::new(x, 0.0), Item::Glyphs(run));
        }
    }

    /// The room that each text drawn so far takes: from the top of its capitals to a little below its baseline.
    pub(crate) fn texts(&self) -> Vec<Rect> {
        let mut texts = Vec::new();
        self.recorder.borrow().each_text(&mut |at, run| {
            let (rise, depth) = (CAP_HEIGHT * run.size, DESCENDER * run.size);
            texts.push(Rect::new(at.x, at.y - rise, run.width(), rise + depth));
        });
        texts
    }

    /// Puts an item.
    pub(crate) fn item(&self, at: Point, item: Item) {
        self.recorder.borrow_mut().push(at, item);
    }

    /// A straight line between two places of the sheet.
    pub(crate) fn line(&self, from: Point, to: Point, stroke: Stroke) {
        self.item(Point::ZERO, Item::Path(Path::line(from, to, stroke)));
    }

    /// A plot area with a scale across and one down.
    pub(crate) fn plot(&self, x: Scale, y: Scale) -> PlotArea {
        // The axes know their own points, so the pixel ranges only say which part of the sheet is meant; marks are clamped to the sheet.
        let span = |scale: Scale| -> Range<i32> { units(scale.range.0)..units(scale.range.1) };
        let spec = Cartesian2d::<Axis, Axis>::new(Axis(x), Axis(y), (span(x), span(y)));
        PlotArea {
            x,
            y,
            area: self.root.apply_coord_spec(spec),
        }
    }

    /// A plot area over the whole canvas, whose values are points of the canvas.
    pub(crate) fn points(&self) -> PlotArea {
        let side = |length: f64| Scale::new((0.0, length), (0.0, length));
        self.plot(side(self.size.width), side(self.size.height))
    }

    /// The finished frame.
    pub(crate) fn finish(self) -> Frame {
        drop(self.root);
        Rc::try_unwrap(self.recorder)
            .unwrap_or_else(|_| panic!("plots are dropped before the canvas is finished"))
            .into_inner()
            .finish()
    }
}

/// One of our scales, as plotters sees it.
#[derive(Clone)]
struct Axis(Scale);

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    /// To the nearest unit, where plotters' own scales round down. `limit` is the scale's own range and not needed.
    fn map(&self, value: &f64, _limit: (i32, i32)) -> i32 {
        units(self.0.map(*value))
    }

    /// None: ticks are chosen by `scale::ticks`.
    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        Vec::new()
    }

    fn range(&self) -> Range<f64> {
        self.0.domain.0..self.0.domain.1
    }
}

/// A plot area.
pub(crate) struct PlotArea {
    /// Scale across.
    pub(crate) x: Scale,
    /// Scale down.
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
    /// A filled rectangle between two opposite corners.
    pub(crate) fn rect(&self, from: (f64, f64), to: (f64, f64), color: Color) {
        let shape = Rectangle::new([from, to], filled(color));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// A solid line along some values.
    pub(crate) fn line(&self, along: Vec<(f64, f64)>, color: Color, width: f64) {
        let shape = PathElement::new(along, stroked(color, width));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// A filled disc of `radius` points.
    pub(crate) fn disc(&self, at: (f64, f64), radius: f64, color: Color) {
        let shape = Circle::new(at, units(radius), filled(color));
        self.area.draw(&shape).expect(INFALLIBLE);
    }

    /// A shape of our own: `draw` gets the values' points and gives what to put on the sheet.
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

/// An element that draws whatever it wants at the points of some values.
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
        let at: Vec<Point> = at.map(|(x, y)| Point::new(points(x), points(y))).collect();
        for (place, item) in (self.draw)(&at) {
            backend.push(place, item);
        }
        Ok(())
    }
}
