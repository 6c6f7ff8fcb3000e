//! Finished rectangles of positioned items. A chart and a page are the same thing here.

use std::sync::Arc;

use crate::font::FaceId;
use crate::geom::{Point, Rect, Size};
use crate::paint::{Color, Path};
use crate::tag::Tag;

/// A finished rectangle. Items are drawn in order, each at its point from the frame's top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Outer size. Nothing is drawn outside it.
    pub size: Size,
    /// Distance of the first text baseline from the top, where there is one.
    pub baseline: Option<f64>,
    /// What is drawn, in drawing order.
    pub items: Vec<(Point, Item)>,
}

impl Frame {
    /// An empty frame.
    #[must_use]
    pub const fn new(size: Size) -> Self {
        Self {
            size,
            baseline: None,
            items: Vec::new(),
        }
    }

    /// Adds an item at a point.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push((at, item));
    }

    /// Adds another frame as a plain group.
    pub fn push_frame(&mut self, at: Point, frame: Frame) {
        self.push(at, Item::Group(Group::plain(frame)));
    }

    /// Visits every item below this frame, depth first in drawing order, with the sum of positions down to it.
    /// A group is visited before its contents.
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

/// What can be drawn. Closed on purpose: a new item stops every backend until it draws it.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A frame inside the frame, with a meaning.
    Group(Group),
    /// Shaped text; the item's point is the left end of its baseline.
    Glyphs(GlyphRun),
    /// A shape.
    Path(Path),
    /// A live area. Draws nothing.
    Link(Link),
}

/// A frame inside a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its contents.
    pub frame: Frame,
    /// What kind of part it is (`"series"`, `"axis"`, `"label"`); becomes the class in SVG. Empty for none.
    pub class: &'static str,
    /// The fact it shows, as an opaque key; becomes `data-fact` in SVG.
    pub trace: Option<Trace>,
    /// A name for people (`aria-label` in SVG); what it shows, spoken.
    pub label: Option<String>,
    /// Contents are cut at this rectangle (group coordinates). Hardly any group has one, and each item of a frame takes the room
    /// of a group.
    pub clip: Option<Box<Rect>>,
    /// Where its contents stand in the document's structure. Groups inside a tagged group carry no tag.
    pub tag: Option<Tag>,
}

impl Group {
    /// A group that means nothing beyond its position.
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

    /// A group whose contents belong to a node of the document's structure or are an artifact.
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

    /// A part of a chart.
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

/// An opaque key that a later room can hand back to the room that made it. For Exhibit's own documents it is a
/// fact's address; the scene does not know that.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trace(pub Arc<str>);

/// Text of one face, size and colour, shaped, on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The face that all glyphs come from.
    pub face: FaceId,
    /// Em size in points.
    pub size: f64,
    /// Ink.
    pub color: Color,
    /// The text these glyphs stand for, in reading order. Concatenated runs give back the sentence, spaces at line ends included.
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

/// One glyph of a run. Lengths are in points at the run's size, already kerned, tracked and justified. A document holds one for each of
/// its letters, so shifts, which are short and added to nothing but the pen, have half the digits of advances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Index in the face.
    pub id: u16,
    /// Byte in the run's text where its cluster begins. Glyphs of one cluster share it; the cluster ends where the next begins.
    pub cluster: u32,
    /// How far the pen moves.
    pub advance: f64,
    /// Shift of the glyph from the pen, to the right.
    pub dx: f32,
    /// Shift of the glyph from the baseline, downwards.
    pub dy: f32,
}

/// A live area of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it can be clicked.
    pub size: Size,
    /// Where it leads.
    pub target: LinkTarget,
    /// What a reader hears: the annotation's `Contents` (PDF/UA-1, 7.18.5).
    pub description: String,
    /// The `Link` node of the structure that it belongs to; `None` outside documents.
    pub tag: Option<crate::tag::TagId>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A named place of the same document ([`crate::Document::destinations`]).
    Destination(String),
    /// An address on the web.
    Uri(String),
}
