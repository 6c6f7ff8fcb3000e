//! What the catalog and the trailer say of a document beside its pages.

use exhibit_scene::Document;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::file::{File, Streams};
use crate::path::Flip;
use crate::skeleton::{Skeleton, dictionary_of, reference};
use crate::{attachment, icc, link, meta, string};

/// Completes the catalog and the information dictionary, and writes what they refer to; `tree` is the root of the
/// structure, which is written already.
pub(crate) fn complete(
    skeleton: &mut Skeleton,
    file: &mut File,
    document: &Document,
    flips: &[Flip],
    tree: ObjectId,
) {
    let meta = &meta::legible(&document.meta);
    let Skeleton {
        document: objects,
        pages,
        ..
    } = skeleton;
    let outline = link::outline(objects, &document.outline, &document.destinations);
    let streams = &mut file.streams;
    let files = attachment::write(objects, streams, &document.attachments, meta.date);
    let metadata = meta::metadata(objects, streams, meta);
    let intent = output_intent(objects, streams);
    let mut names = Dictionary::new();
    if !document.destinations.is_empty() {
        let places = objects.new_object_id();
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
    let info = reference(&objects.trailer, b"Info");
    objects.set_object(info, meta::info(meta));

    let root = reference(&objects.trailer, b"Root");
    let catalog = dictionary_of(objects, root);
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

/// Writes the colour profile, and gives what says that device colours are meant in it (PDF/A-3, 6.2.3).
fn output_intent(objects: &mut lopdf::Document, streams: &mut Streams) -> Dictionary {
    let profile = objects.new_object_id();
    streams.add(profile, &dictionary! { "N" => 3 }, &icc::srgb());
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => string::text("sRGB"),
        "Info" => string::text("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    }
}
