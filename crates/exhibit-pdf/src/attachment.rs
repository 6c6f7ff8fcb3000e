//! Files that ride along (PDF/A-3, 6.8).

use exhibit_scene::{Attachment, Relationship};
use lopdf::{Document, Object, ObjectId, dictionary};

use crate::file::Streams;
use crate::meta::pdf_date;
use crate::string;

/// Writes the files and gives their specifications, in the order of the document.
pub(crate) fn write(
    document: &mut Document,
    streams: &mut Streams,
    attachments: &[Attachment],
    date: (i32, u8, u8),
) -> Vec<ObjectId> {
    let specification = |attachment: &Attachment| {
        let size = i64::try_from(attachment.bytes.len()).expect("a file is smaller than 2^63");
        let about = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => Object::Name(attachment.mime.into()),
            "Params" => dictionary! { "ModDate" => pdf_date(date), "Size" => size },
        };
        let file = document.new_object_id();
        streams.add(file, &about, &attachment.bytes);
        document.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => string::text(&attachment.name),
            "UF" => string::text(&attachment.name),
            "Desc" => string::text(&attachment.description),
            "AFRelationship" => relationship(attachment.relationship),
            "EF" => dictionary! { "F" => file, "UF" => file },
        })
    };
    attachments.iter().map(specification).collect()
}

/// The name tree of the files, which is ordered by name.
pub(crate) fn names(attachments: &[Attachment], files: &[ObjectId]) -> lopdf::Dictionary {
    let mut named: Vec<(&str, ObjectId)> = attachments
        .iter()
        .map(|attachment| attachment.name.as_str())
        .zip(files.iter().copied())
        .collect();
    named.sort_unstable();
    assert!(
        named.windows(2).all(|pair| pair[0].0 != pair[1].0),
        "attached files have names of their own"
    );
    let names: Vec<Object> = named
        .into_iter()
        .flat_map(|(name, file)| [string::key(name), file.into()])
        .collect();
    dictionary! { "Names" => names }
}

fn relationship(relationship: Relationship) -> &'static str {
    match relationship {
        Relationship::Source => "Source",
        Relationship::Data => "Data",
        Relationship::Supplement => "Supplement",
    }
}
