//! A frame into SVG text.
//!
//! One call gives one picture that needs nothing else: no font, no style sheet, no script. Text is drawn as outlines,
//! each glyph once in `<defs>`, and keeps its words in `data-text`. Every id begins with the picture's own, so that
//! several pictures can stand in one HTML page.
//!
//! The `viewBox` counts points, `width` and `height` say the same length in CSS pixels (3 points are 4 pixels): a chart
//! of a brief comes out as wide as in print, and a slide of 960 x 540 points as 1280 x 720 pixels, which fills a
//! 13.33 inch slide to the edge. (The PNG of a slide is 1920 x 1080: there, two pixels a point.)
//!
//! To a screen reader the picture is one image with a name and a description (`role="img"`); what is inside is named
//! for programs and for people who open the file: `class`, `aria-label` and, for each mark, the fact it shows in
//! `data-fact`. [Links](exhibit_scene::Link) are left out, as a picture in a page or on a slide has no live areas.
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

/// Writes a frame as one SVG element with a line end after it; the text is a whole file as well as a part of a page.
///
/// The same frame gives the same bytes. Lengths are printed to a hundredth of a point.
///
/// # Panics
/// When a length is not a number, or beyond ten million points: frames hold neither.
#[must_use]
pub fn write(frame: &Frame, fonts: &Fonts, about: &About) -> String {
    Writer::new(fonts).write(frame, about)
}

/// Writes several pictures. What it keeps of one for the next, the outlines of letters, changes its speed, never its bytes.
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
