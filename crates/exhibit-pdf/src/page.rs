//! The items of a page into its content stream, each inside a marked-content sequence; and what its dictionary says.

use exhibit_scene::{Frame, Group, Item, Link, Point, Rect, Structure, Tag};
use lopdf::{Document, Object, ObjectId};

use crate::paint::{self, Fades};
use crate::path::{Flip, rectangle};
use crate::skeleton::{dictionary_of, reference};
use crate::state::State;
use crate::tag::{self, Marks};
use crate::text::Faces;

/// What all pages of a document share while they are written.
pub(crate) struct Shared<'a> {
    /// The faces in use.
    pub(crate) faces: Faces<'a>,
    /// The fades in use.
    pub(crate) fades: Fades,
    /// What fills the leaves of the structure.
    pub(crate) marks: Marks,
    /// The live areas, page by page in drawing order.
    pub(crate) links: Vec<Live<'a>>,
}

/// A live area at its place.
pub(crate) struct Live<'a> {
    /// Its page, from 0.
    pub(crate) page: usize,
    /// Left, bottom, right, top in hundredths of a point.
    pub(crate) corners: [i64; 4],
    /// What it is.
    pub(crate) link: &'a Link,
}

/// Writes the content of a page.
pub(crate) fn content<'a>(
    out: &mut Vec<u8>,
    frame: &'a Frame,
    page: usize,
    structure: &'a Structure,
    shared: &mut Shared<'a>,
) {
    shared.marks.begin_page();
    let mut sheet = Sheet {
        out,
        state: State::initial(),
        flip: Flip {
            height: frame.size.height,
        },
        page,
        structure,
        shared,
        open: None,
        line: None,
    };
    sheet.frame(frame, Point::ZERO, None);
    sheet.close();
}

/// Completes a page's dictionary, and gives the object that its content belongs in; `number` counts pages from 0.
pub(crate) fn complete(
    document: &mut Document,
    id: ObjectId,
    number: usize,
    links: Vec<Object>,
) -> ObjectId {
    let page = dictionary_of(document, id);
    // Both would only repeat the size.
    page.remove(b"TrimBox");
    page.remove(b"CropBox");
    let key = i64::try_from(number).expect("fewer pages than bytes");
    page.set("StructParents", key);
    // Tabs go through the links in reading order (PDF/UA-1, 7.18.3).
    page.set("Tabs", "S");
    if links.is_empty() {
        page.remove(b"Annots");
    } else {
        page.set("Annots", links);
    }
    reference(page, b"Contents")
}

/// A page while it is written.
struct Sheet<'a, 'b> {
    out: &'b mut Vec<u8>,
    state: State,
    flip: Flip,
    page: usize,
    structure: &'a Structure,
    shared: &'b mut Shared<'a>,
    /// The marked-content sequence that is open.
    open: Option<Tag>,
    /// Where the last line of the open text object began, in hundredths.
    line: Option<(i64, i64)>,
}

impl<'a> Sheet<'a, '_> {
    /// Writes the items of a frame whose top left corner lies at `origin`; `tag` is what its contents belong to.
    fn frame(&mut self, frame: &'a Frame, origin: Point, tag: Option<Tag>) {
        for (at, item) in &frame.items {
            let place = origin + *at;
            match item {
                Item::Group(group) => self.group(group, place, group.tag.or(tag)),
                Item::Glyphs(run) => {
                    self.begin(tag);
                    if let Some(Tag::Content(leaf)) = tag {
                        self.shared
                            .marks
                            .keep_label(self.structure, leaf, &run.text);
                    }
                    let line = self.line.get_or_insert_with(|| {
                        self.out.extend_from_slice(b"BT\n");
                        (0, 0)
                    });
                    self.shared
                        .faces
                        .run(self.out, run, place, self.flip, (&mut self.state, line));
                }
                Item::Path(path) => {
                    self.begin(tag);
                    self.end_text();
                    let used = (&mut self.state, &mut self.shared.fades);
                    paint::path(self.out, path, place, self.flip, used);
                }
                Item::Link(link) => {
                    let rect = Rect::new(place.x, place.y, link.size.width, link.size.height);
                    self.shared.links.push(Live {
                        page: self.page,
                        corners: self.flip.corners(rect),
                        link,
                    });
                }
            }
        }
    }

    fn group(&mut self, group: &'a Group, place: Point, tag: Option<Tag>) {
        let Some(clip) = &group.clip else {
            self.frame(&group.frame, place, tag);
            return;
        };
        // Sequences do not cross the border of what is saved and restored: one that goes on begins before it.
        match tag {
            Some(_) => self.begin(tag),
            None => self.close(),
        }
        let around = self.open;
        self.end_text();
        let saved = self.state.clone();
        self.out.extend_from_slice(b"q\n");
        rectangle(self.out, clip.shifted(place), self.flip);
        self.out.extend_from_slice(b"W n\n");
        self.frame(&group.frame, place, tag);
        if self.open != around {
            self.close();
        }
        self.end_text();
        self.out.extend_from_slice(b"Q\n");
        self.state = saved;
    }

    /// Makes sure that what is drawn next stands in the sequence it belongs to. What fills the same leaf as the item
    /// before goes on with its sequence.
    fn begin(&mut self, tag: Option<Tag>) {
        let tag = tag.expect("every drawn thing of a page hangs in a tagged group");
        if self.open == Some(tag) {
            return;
        }
        self.close();
        match tag {
            Tag::Content(leaf) => {
                let (role, number) = self.shared.marks.fill(self.structure, leaf, self.page);
                tag::begin_content(self.out, role, number);
            }
            Tag::Artifact(kind) => tag::begin_artifact(self.out, kind),
        }
        self.open = Some(tag);
    }

    fn close(&mut self) {
        self.end_text();
        if self.open.take().is_some() {
            self.out.extend_from_slice(b"EMC\n");
        }
    }

    fn end_text(&mut self) {
        if self.line.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }
}
