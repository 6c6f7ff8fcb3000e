//! A document into PDF bytes with tags and metadata: PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3).
//!
//! What makes a file conform is there by construction; `docs/conformance.md` says clause by clause where, and which test
//! proves it. The same document gives the same bytes: no clock, no chance, nothing kept between two documents.
//!
//! Two writers share a file. `printpdf` builds the skeleton, which is what it knows well: the tree of pages with their
//! sizes, the resources that all pages share, a font object with its descriptor for each face, a shading for each fade,
//! the catalog and the trailer. It hands the skeleton out as a tree of `lopdf` objects, and this crate completes it with
//! what `printpdf` does not write, or writes in a form that PDF/A-3 and PDF/UA-1 refuse: tags, links, outline, metadata,
//! attachments, colour profile, widths and texts of glyphs. The content of pages and the bytes of the file are written
//! here too, for speed: as operators of `printpdf` and objects of `lopdf`, each glyph and each key of a document would be
//! kept before the first byte is written.
//!
//! Reading order: [`write()`], then the private modules `page`, `state`, `text`, `path`, `paint`, `tag`, `resource`,
//! `skeleton`, `font`, `link`, `catalog`, `attachment`, `meta`, `icc`, `file`, `object`, `string`. The way back is
//! [`read()`].

mod attachment;
mod catalog;
mod file;
mod font;
mod icc;
mod link;
mod meta;
mod object;
mod page;
mod paint;
mod path;
mod read;
mod resource;
mod skeleton;
mod state;
mod string;
mod tag;
mod text;

pub use read::{Contents, Lead, Spot, Unreadable, read};

use exhibit_scene::{Document, Fonts};
use lopdf::Object;

use crate::file::{Content, File};
use crate::page::Shared;
use crate::paint::Fades;
use crate::path::Flip;
use crate::skeleton::Skeleton;
use crate::tag::Marks;
use crate::text::Faces;

/// Writes a document as PDF 1.7 that is PDF/UA-1 and PDF/A-3a. The same document gives the same bytes. Lengths are written
/// to a hundredth of a point.
///
/// ```
/// use exhibit_scene::{Document, Fonts, Frame, Group, Item, Meta, Page, Point, Role, Size, Structure, Tag, Theme};
///
/// let fonts = Fonts::builtin();
/// let mut structure = Structure::new();
/// let (_, leaf) = structure.add_leaf(Structure::ROOT, Role::Heading(1));
/// let line = fonts.line("Deliveries", &Theme::standard().text(12.0)).unwrap();
/// let mut frame = Frame::new(Size::new(595.0, 842.0));
/// frame.push(Point::new(72.0, 72.0), Item::Group(Group::tagged(line, Tag::Content(leaf))));
/// let document = Document {
///     meta: Meta { title: "Deliveries".into(), lang: "en".into(), date: (2024, 8, 31), ..Meta::default() },
///     pages: vec![Page { frame }],
///     structure,
///     outline: Vec::new(),
///     destinations: Default::default(),
///     attachments: Vec::new(),
/// };
/// let pdf = exhibit_pdf::write(&document, &fonts);
/// assert!(pdf.starts_with(b"%PDF-1.7"));
/// assert_eq!(pdf, exhibit_pdf::write(&document, &fonts));
/// ```
///
/// # Panics
/// When the document breaks what the docs of its types promise:
/// - it has no page, or an empty title or language;
/// - something is drawn outside every tagged group;
/// - a link has no `Link` node, or leads to a name that is not in [`Document::destinations`];
/// - a figure has no alternative text or no place, or a note has no id of its own;
/// - two attached files have one name;
/// - a length is not a number, or ten million points or more.
#[must_use]
pub fn write(document: &Document, fonts: &Fonts) -> Vec<u8> {
    let meta = &document.meta;
    assert!(!document.pages.is_empty(), "a document has a page");
    assert!(
        !meta.title.is_empty() && !meta.lang.is_empty(),
        "a document has a title and a language (PDF/UA-1, 7.1 and 7.2)"
    );
    let mut shared = Shared {
        faces: Faces::new(fonts),
        fades: Fades::default(),
        marks: Marks::new(&document.structure),
        links: Vec::new(),
    };
    let mut file = File::new();
    let mut content = Vec::with_capacity(32 * 1024);
    let contents: Vec<Content> = document
        .pages
        .iter()
        .enumerate()
        .map(|(number, page)| {
            content.clear();
            page::content(
                &mut content,
                &page.frame,
                number,
                &document.structure,
                &mut shared,
            );
            file.streams.content(&content)
        })
        .collect();
    let flips: Vec<Flip> = document
        .pages
        .iter()
        .map(|page| Flip {
            height: page.frame.size.height,
        })
        .collect();

    let subsets = font::subsets(&shared.faces, fonts);
    let sizes = document.pages.iter().map(|page| page.frame.size);
    let faces = subsets.iter().map(|subset| &subset.face);
    let mut skeleton = Skeleton::build(sizes, faces, &shared.fades);
    let annotations = link::annotations(
        &mut skeleton.document,
        &mut file.objects,
        &shared.links,
        &document.destinations,
        &skeleton.pages,
    );
    let mut links: Vec<Vec<Object>> = vec![Vec::new(); contents.len()];
    for annotation in &annotations {
        links[annotation.page].push(annotation.object.into());
    }
    for (number, (content, links)) in contents.iter().zip(links).enumerate() {
        let page = skeleton.pages[number];
        let stream = page::complete(&mut skeleton.document, page, number, links);
        file.streams
            .replace_made(&mut skeleton.document, stream, content);
    }
    font::embed(&mut skeleton, &mut file.streams, &subsets);
    let tree = tag::write(
        &mut skeleton.document,
        &mut file.objects,
        &document.structure,
        &shared.marks,
        (&skeleton.pages, &flips),
        &annotations,
    );
    catalog::complete(&mut skeleton, &mut file, document, &flips, tree);
    file.finish(skeleton.document)
}
