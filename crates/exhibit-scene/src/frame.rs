//! Finished rectangles of positioned items. A chart and a page are the same thing here.

use std::sync::Arc;

use crate::font::style::FaceId;
use crate::geom::{Point, Rect, Size};
use crate::paint::{Color, Path};
use crate::tag::Tag;

/// Finished rectangle of items. Items are drawn in order, each at a point counted from the frame's top left corner.
///
/// ```
/// use exhibit_scene::{Color, Fill, Frame, Item, Path, Point, Rect, Size};
/// let square = Path::rect(Rect::new(0.0, 0.0, 4.0, 4.0), Fill::Solid(Color::WHITE));
/// let mut inner = Frame::new(Size::new(10.0, 10.0));
/// inner.push(Point::new(3.0, 3.0), Item::Path(square));
/// let mut outer = Frame::new(Size::new(40.0, 20.0));
/// outer.push_frame(Point::new(20.0, 5.0), inner);
/// let mut places = Vec::new();
/// outer.visit(Point::ZERO, &mut |at, _| places.push(at));
/// assert_eq!(places, [Point::new(20.0, 5.0), Point::new(23.0, 8.0)], "the group, then the square");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Outer size in points. Nothing is drawn outside.
    pub size: Size,
    /// Distance of the first baseline of text from the top, in points. `None` without text.
    pub baseline: Option<f64>,
    /// Items with their points, in drawing order.
    pub items: Vec<(Point, Item)>,
}

impl Frame {
    /// Empty frame of a size.
    #[must_use]
    pub const fn new(size: Size) -> Self {
        Self {
            size,
            baseline: None,
            items: Vec::new(),
        }
    }

    /// Adds an item on top of the others.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push((at, item));
    }

    /// Adds a frame on top of the items, as a plain group.
    pub fn push_frame(&mut self, at: Point, frame: Frame) {
        self.push(at, Item::Group(Group::plain(frame)));
    }

    /// Visits every item of the frame and of its groups, depth first in drawing order. A group is visited before its contents.
    /// The point given to `visit` is `origin` plus the positions of the item and of the groups around the item.
    pub fn visit<'a>(&'a self, origin: Point, visit: &mut dyn FnMut(Point, &'a Item)) {
        for (at, item) in &self.items {
            let place = origin + *at;
            visit(place, item);
            if let Item::Group(group) = item {
                group.frame.visit(place, visit);
            }
        }
    }
}

/// Thing that can be drawn. The list is closed on purpose: a new item stops the build of every backend until the backend draws that item.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Frame inside the frame, with a meaning.
    Group(Group),
    /// Shaped text. The item's point is the left end of the baseline.
    Glyphs(GlyphRun),
    /// Shape.
    Path(Path),
    /// Live area. Nothing is drawn.
    Link(Link),
}

/// Frame inside a frame, with a meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Contents.
    pub frame: Frame,
    /// Kind of the part (`"series"`, `"axis"`, `"label"`): the class in SVG. Empty for none.
    pub class: &'static str,
    /// Opaque key of the fact that the group shows: `data-fact` in SVG.
    pub trace: Option<Trace>,
    /// What the group shows, in words for a screen reader: `aria-label` in SVG.
    pub label: Option<String>,
    /// Rectangle in the group's own points at which contents are cut. Boxed, as hardly any group has one and every item of a frame
    /// is as large as a group.
    pub clip: Option<Box<Rect>>,
    /// Place of the contents in the document's structure. Groups inside a tagged group carry no tag.
    pub tag: Option<Tag>,
}

impl Group {
    /// Group without a meaning beyond its position.
    #[must_use]
    pub const fn plain(frame: Frame) -> Self {
        Self {
            frame,
            class: "",
            trace: None,
            label: None,
            clip: None,
            tag: None,
        }
    }

    /// Group whose contents fill a leaf of the document's structure, or are an artifact.
    #[must_use]
    pub const fn tagged(frame: Frame, tag: Tag) -> Self {
        Self {
            frame,
            class: "",
            trace: None,
            label: None,
            clip: None,
            tag: Some(tag),
        }
    }

    /// Group that is a part of a chart, by the name of its class.
    #[must_use]
    pub const fn part(class: &'static str, frame: Frame) -> Self {
        Self {
            frame,
            class,
            trace: None,
            label: None,
            clip: None,
            tag: None,
        }
    }
}

/// Opaque key that a later room hands back to the room that made the key. Exhibit's own documents use a fact's address, which the
/// scene does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trace(pub Arc<str>);

/// Text of one face, size and colour, shaped, on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Face of all glyphs.
    pub face: FaceId,
    /// Em size in points.
    pub size: f64,
    /// Colour of the glyphs.
    pub color: Color,
    /// Text that the glyphs stand for, in reading order. The texts of a sentence's runs put together are the sentence, with the spaces at
    /// line ends.
    pub text: Arc<str>,
    /// Glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// BCP 47 language where it differs from the document's.
    pub lang: Option<&'static str>,
}

impl GlyphRun {
    /// Sum of the advances in points.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// Glyph of a run. Lengths are in points at the run's size, with kerning, tracking and justification.
///
/// A document holds one glyph for each letter. Shifts have half the digits of advances to save memory: shifts are short, and added
/// to nothing but the pen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Index of the glyph in the face.
    pub id: u16,
    /// Byte in the run's text at which the glyph's cluster begins. Glyphs of one cluster have the same byte. A cluster ends where the next
    /// begins.
    pub cluster: u32,
    /// Distance that the pen moves to the right.
    pub advance: f64,
    /// Shift of the glyph from the pen, to the right.
    pub dx: f32,
    /// Shift of the glyph from the baseline, downwards.
    pub dy: f32,
}

/// Live area of a page, with its top left corner at the item's point.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Size of the area that can be clicked, in points.
    pub size: Size,
    /// Target of the link.
    pub target: LinkTarget,
    /// Description for a screen reader: the annotation's `Contents` (PDF/UA-1, 7.18.5).
    pub description: String,
    /// `Link` node of the structure that the area belongs to. `None` outside documents.
    pub tag: Option<crate::tag::TagId>,
}

/// Target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Named place of the same document ([`crate::Document::destinations`]).
    Destination(String),
    /// Address on the web.
    Uri(String),
}
