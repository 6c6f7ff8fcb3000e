//! A document into PDF bytes with tags and metadata: PDF 1.7 that is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3).
//!
//! What makes a file conform is there by construction; `docs/conformance.md` says clause by clause where, and which test
//! proves it. The same document gives the same bytes: no clock, no chance, nothing kept between two documents.
//!
//! The work is shared out as follows. The content of pages is written here, as bytes. `printpdf` builds the skeleton:
//! page tree, resources, font objects. What it does not know (tags, links, outline, metadata, attachments, colour) is
//! added to the tree of objects that it hands out, through `lopdf`, or written at once where there is much of it; `file`
//! puts them into bytes.
//!
//! Reading order: [`write()`], then the private modules `page`, `state`, `text`, `path`, `paint`, `resource`, `tag`, `font`, `link`,
//! `attachment`, `meta`, `icc`, `file`, `object`, `string`. The way back is [`read()`].

mod attachment;
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
mod state;
mod string;
mod tag;
mod text;

pub use read::{Contents, Lead, Spot, Unreadable, read};

use exhibit_scene::{Document, Fonts};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use crate::file::{Content, File};
use crate::page::Shared;
use crate::paint::{Fades, real};
use crate::path::Flip;
use crate::tag::Marks;
use crate::text::Faces;

/// Writes a document as PDF 1.7 that is PDF/UA-1 and PDF/A-3a. The same document gives the same bytes.
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
/// When the document breaks what its types promise in words: something drawn outside every tagged group, a link without
/// a `Link` node or to a place that is not there, a figure without alternative text or place, a note without an id of
/// its own, a title or language that is empty, a document without pages, a length that is not a number.
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

    let Skeleton {
        document: mut skeleton,
        pages,
        programs,
    } = skeleton(document, &shared.faces, fonts);
    let annotations = link::annotations(
        &mut skeleton,
        &mut file.objects,
        &shared.links,
        &document.destinations,
        &pages,
        pages.len(),
    );
    let mut live: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    for annotation in &annotations {
        live[annotation.page].push(annotation.object.into());
    }
    for (number, ((content, links), source)) in
        contents.iter().zip(live).zip(&document.pages).enumerate()
    {
        let size = source.frame.size;
        let stream = finish_page(&mut skeleton, pages[number], number, links, size);
        file.streams.replace_made(&mut skeleton, stream, content);
    }
    let resources = shared_resources(&skeleton, pages[0]);
    let names = dictionary_of(&mut skeleton, resources.fonts).clone();
    font::embed(
        &mut skeleton,
        &mut file.streams,
        &shared.faces,
        fonts,
        (&names, &programs),
    );
    skeleton.set_object(resources.shadings, shared.fades.resources());

    let tree = tag::write(
        &mut skeleton,
        &mut file.objects,
        &document.structure,
        &shared.marks,
        (&pages, &flips),
        &annotations,
    );
    finish_catalog(&mut skeleton, &mut file, document, (&pages, &flips), tree);
    file.finish(skeleton)
}

/// The tree of objects that the rest is hung into.
struct Skeleton {
    document: lopdf::Document,
    /// Its pages, in their order.
    pages: Vec<ObjectId>,
    /// The programs of the faces in use, in the order of ids.
    programs: Vec<Vec<u8>>,
}

/// The page tree with empty pages, and every face as a font object.
fn skeleton(document: &Document, faces: &Faces, fonts: &Fonts) -> Skeleton {
    let mut skeleton = PdfDocument::new(&document.meta.title);
    let (programs, mut shown) = font::hand_over(&mut skeleton, faces, fonts);
    // Sizes are set when a page is finished; here they would go through millimetres.
    let pages = document
        .pages
        .iter()
        .map(|_| PdfPage::new(Mm(1.0), Mm(1.0), std::mem::take(&mut shown)))
        .collect();
    skeleton.with_pages(pages);
    let options = PdfSaveOptions {
        optimize: false,
        // They are subset already.
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let document = skeleton.to_lopdf_document(&options, &mut warnings);
    assert!(
        warnings.is_empty(),
        "the skeleton holds whole fonts and nothing else: {warnings:?}"
    );
    let pages = document.get_pages().into_values().collect();
    Skeleton {
        document,
        pages,
        programs,
    }
}

/// The dictionaries that all pages share.
struct Resources {
    fonts: ObjectId,
    shadings: ObjectId,
}

fn shared_resources(skeleton: &lopdf::Document, page: ObjectId) -> Resources {
    let dictionary = |id: ObjectId| skeleton.get_object(id).and_then(Object::as_dict);
    let resources = dictionary(page)
        .and_then(|page| page.get(b"Resources"))
        .and_then(Object::as_reference)
        .and_then(dictionary)
        .expect("the skeleton gives a page its resources");
    let shared = |kind: &[u8]| {
        resources
            .get(kind)
            .and_then(Object::as_reference)
            .expect("the skeleton's pages share what they use")
    };
    Resources {
        fonts: shared(b"Font"),
        shadings: shared(b"Shading"),
    }
}

/// Writes what stands in a page's dictionary, and gives the object that its content belongs in.
fn finish_page(
    skeleton: &mut lopdf::Document,
    id: ObjectId,
    number: usize,
    links: Vec<Object>,
    size: exhibit_scene::Size,
) -> ObjectId {
    let page = dictionary_of(skeleton, id);
    let stream = page
        .get(b"Contents")
        .and_then(Object::as_reference)
        .expect("the skeleton gives a page one stream");
    let sides = [0.0, 0.0, size.width, size.height];
    let media = sides.map(|side| real(exhibit_scene::number::hundredths(side)));
    page.set("MediaBox", media.to_vec());
    // Both would only repeat it.
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
    stream
}

/// What stands in the catalog and the trailer.
fn finish_catalog(
    skeleton: &mut lopdf::Document,
    file: &mut File,
    document: &Document,
    (pages, flips): (&[ObjectId], &[Flip]),
    tree: ObjectId,
) {
    let meta = &document.meta;
    let outline = link::outline(skeleton, &document.outline, &document.destinations);
    let streams = &mut file.streams;
    let files = attachment::write(skeleton, streams, &document.attachments, meta.date);
    let metadata = meta::metadata(skeleton, streams, meta);
    let profile = skeleton.new_object_id();
    streams.add(profile, &dictionary! { "N" => 3 }, &icc::srgb());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => string::text("sRGB"),
        "Info" => string::text("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let mut names = Dictionary::new();
    if !document.destinations.is_empty() {
        let places = skeleton.new_object_id();
        let written = &document.destinations;
        link::destinations(&mut file.objects, places, written, pages, flips);
        names.set("Dests", places);
    }
    if !files.is_empty() {
        names.set(
            "EmbeddedFiles",
            attachment::names(&document.attachments, &files),
        );
    }
    let reference = |key: &[u8]| {
        skeleton
            .trailer
            .get(key)
            .and_then(Object::as_reference)
            .expect("the skeleton has a catalog and an information dictionary")
    };
    let (root, info) = (reference(b"Root"), reference(b"Info"));
    skeleton.set_object(info, meta::info(meta));

    let catalog = dictionary_of(skeleton, root);
    catalog.remove(b"PageLayout");
    catalog.set("Lang", string::text(&meta.lang));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    catalog.set("StructTreeRoot", tree);
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent.into()]);
    if !names.is_empty() {
        catalog.set("Names", names);
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    if !files.is_empty() {
        let files: Vec<Object> = files.into_iter().map(Object::from).collect();
        catalog.set("AF", files);
    }
}

fn dictionary_of(skeleton: &mut lopdf::Document, id: ObjectId) -> &mut Dictionary {
    skeleton
        .get_object_mut(id)
        .and_then(Object::as_dict_mut)
        .expect("the skeleton writes a dictionary there")
}
