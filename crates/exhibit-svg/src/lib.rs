//! A frame into SVG text.
//!
//! One call gives one picture. The picture needs nothing else: no font, no style sheet, no script. Text is drawn as
//! outlines, each glyph once in `<defs>`; an attribute `data-text` keeps the words. Every id begins with the id of the
//! picture, so that several pictures can stand in one HTML page.
//!
//! Lengths of the `viewBox` are points; `width` and `height` give the same lengths in CSS pixels (3 points are 4 pixels).
//! A chart of a brief comes out as wide as in print. A slide of 960 x 540 points comes out as 1280 x 720 pixels, which
//! fills a 13.33 inch slide to the edge.
//!
//! A screen reader finds one image with a name and a description (`role="img"`). Programs, and people who open the file,
//! find `class`, `aria-label` and, on each mark, the fact that the mark shows in `data-fact`.
//! [Links](exhibit_scene::Link) are left out: a picture in a page or on a slide has no live areas.
//!
//! Reading order: [`write()`], then the private modules `tag`, `text`, `path`, `paint`, `xml`. The way back is
//! [`read()`].

mod paint;
mod path;
mod read;
mod tag;
mod text;
mod xml;

pub use read::{Mark, Picture, Unreadable, read};
pub use tag::About;

use exhibit_scene::{Fonts, Frame, Item, Point};

use crate::paint::Servers;
use crate::text::{Glyphs, Outlines};

/// Writes a frame as one SVG element with a line end after it. The text is a whole file as well as a part of a page.
///
/// The same frame gives the same bytes. Lengths are printed to a hundredth of a point.
///
/// ```
/// use exhibit_scene::{Color, Fill, Fonts, Frame, Item, Path, Point, Rect, Size};
/// let mut frame = Frame::new(Size::new(40.0, 20.0));
/// let square = Path::rect(Rect::new(0.0, 0.0, 10.0, 5.0), Fill::Solid(Color::WHITE));
/// frame.push(Point::new(2.0, 3.0), Item::Path(square));
/// let about = exhibit_svg::About { id: "a", title: "A", description: "", lang: "en" };
/// let svg = exhibit_svg::write(&frame, &Fonts::builtin(), &about);
/// assert!(svg.starts_with("<svg "));
/// assert!(svg.contains(r##"<rect x="2" y="3" width="10" height="5" fill="#ffffff"/>"##));
/// ```
///
/// # Panics
/// When a length of the frame is not a number, or ten million points or more.
#[must_use]
pub fn write(frame: &Frame, fonts: &Fonts, about: &About) -> String {
    Writer::new(fonts).write(frame, about)
}

/// Writer of several pictures. It keeps the outlines of letters from one picture to the next, which changes its speed,
/// never its bytes.
///
/// ```
/// use exhibit_scene::{Fonts, Frame, Size};
/// let fonts = Fonts::builtin();
/// let about = exhibit_svg::About { id: "a", title: "A", description: "", lang: "en" };
/// let frame = Frame::new(Size::new(40.0, 20.0));
/// let svg = exhibit_svg::Writer::new(&fonts).write(&frame, &about);
/// assert_eq!(svg, exhibit_svg::write(&frame, &fonts, &about));
/// ```
pub struct Writer<'a> {
    outlines: Outlines<'a>,
    /// Where pictures grow, as large as the largest so far.
    body: String,
}

impl<'a> Writer<'a> {
    /// A writer that has written nothing yet.
    #[must_use]
    pub fn new(fonts: &'a Fonts) -> Self {
        Self {
            outlines: Outlines::new(fonts),
            body: String::new(),
        }
    }

    /// Writes a picture; see [`write()`].
    ///
    /// # Panics
    /// As [`write()`] does.
    #[must_use]
    pub fn write(&mut self, frame: &Frame, about: &About) -> String {
        let mut body = std::mem::take(&mut self.body);
        body.clear();
        let id = xml::id(about.id);
        let mut sheet = Sheet {
            id: &id,
            body,
            glyphs: Glyphs::new(&mut self.outlines, &id),
            servers: Servers::default(),
        };
        sheet.frame(frame, Point::ZERO, 1);

        // What the body refers to is known now, and stands before it.
        let mut head = String::with_capacity(4 * 1024);
        tag::open_root(&mut head, frame.size, &id, about);
        let defines = !(sheet.glyphs.is_empty() && sheet.servers.is_empty());
        if defines {
            head.push_str("<defs>\n");
            sheet.servers.write(&mut head, &id);
        }
        // Pictures are kept until all are written: put together at once, each takes no more room than it needs.
        let mut pieces = vec![head.as_str()];
        sheet.glyphs.define(&mut pieces, &id);
        if defines {
            pieces.push("</defs>\n");
        }
        pieces.extend([sheet.body.as_str(), "</svg>\n"]);
        let picture = pieces.concat();
        self.body = sheet.body;
        picture
    }
}

/// A picture while it is written: the body grows, and what the body refers to is collected beside it.
struct Sheet<'o, 'a> {
    id: &'o str,
    body: String,
    glyphs: Glyphs<'o, 'a>,
    servers: Servers,
}

impl Sheet<'_, '_> {
    /// Writes the items of a frame whose top left corner lies at `origin` of the picture.
    ///
    /// Positions are added up instead of nested in `transform`s: each coordinate is rounded once, and someone who opens
    /// the file reads places on the picture.
    fn frame(&mut self, frame: &Frame, origin: Point, depth: usize) {
        for (at, item) in &frame.items {
            let place = origin + *at;
            match item {
                Item::Group(group) => {
                    let clip = group
                        .clip
                        .as_ref()
                        .map(|rect| self.servers.clip(rect.shifted(place)));
                    if tag::is_plain(group) {
                        self.frame(&group.frame, place, depth);
                    } else {
                        indent(&mut self.body, depth);
                        tag::open_group(&mut self.body, group, clip, self.id);
                        self.frame(&group.frame, place, depth + 1);
                        indent(&mut self.body, depth);
                        self.body.push_str("</g>\n");
                    }
                }
                Item::Glyphs(run) => {
                    indent(&mut self.body, depth);
                    self.glyphs.run(&mut self.body, run, place);
                }
                Item::Path(path) => {
                    indent(&mut self.body, depth);
                    path::shape(&mut self.body, &path.segments, place);
                    self.servers.paint(&mut self.body, path, place, self.id);
                    self.body.push_str("/>\n");
                }
                Item::Link(_) => {}
            }
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    for _ in 1..depth {
        out.push(' ');
    }
}
