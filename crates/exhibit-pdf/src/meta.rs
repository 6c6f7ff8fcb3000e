//! Who, what, when: the information dictionary, and the XMP packet that says the same.

use exhibit_scene::Meta;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use xmp_writer::pdfa::PdfUAIdDescriptionMode;
use xmp_writer::{DateTime, Namespace, Timezone, XmpWriter};

use crate::file::Streams;
use crate::string;

/// Metadata as both places say it, to the letter: a space stands for each character that XML 1.0 cannot hold, and for a
/// carriage return, which a reader of XML would turn into a line feed.
pub(crate) fn legible(meta: &Meta) -> Meta {
    let barred = |ch| matches!(ch, '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    let text = |text: &String| text.replace(barred, " ");
    Meta {
        title: text(&meta.title),
        authors: meta.authors.iter().map(text).collect(),
        subject: meta.subject.as_ref().map(text),
        keywords: meta.keywords.iter().map(text).collect(),
        lang: text(&meta.lang),
        date: meta.date,
        producer: text(&meta.producer),
    }
}

/// The date as the information dictionary and embedded files have it (ISO 32000-1, 7.9.4): midnight of the day in UTC,
/// which XMP says too.
pub(crate) fn pdf_date((year, month, day): (i32, u8, u8)) -> Object {
    string::text(&format!("D:{year:04}{month:02}{day:02}000000Z"))
}

/// The information dictionary.
pub(crate) fn info(meta: &Meta) -> Dictionary {
    let date = pdf_date(meta.date);
    let mut info = dictionary! {
        "Title" => string::text(&meta.title),
        "Producer" => string::text(&meta.producer),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    if !meta.authors.is_empty() {
        info.set("Author", string::text(&meta.authors.join("; ")));
    }
    if let Some(subject) = &meta.subject {
        info.set("Subject", string::text(subject));
    }
    if !meta.keywords.is_empty() {
        info.set("Keywords", string::text(&keywords(meta)));
    }
    info
}

fn keywords(meta: &Meta) -> String {
    meta.keywords.join(", ")
}

/// Writes the XMP packet, uncompressed so that tools without a PDF reader find it (PDF/A-3, 6.6.2).
pub(crate) fn metadata(document: &mut Document, streams: &mut Streams, meta: &Meta) -> ObjectId {
    let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = document.new_object_id();
    streams.add_plain(metadata, &about, packet(meta).as_bytes());
    metadata
}

fn packet(meta: &Meta) -> String {
    let (year, month, day) = meta.date;
    let year = u16::try_from(year).expect("a document is of a year from 0 to 9999");
    let date = DateTime::new(year, month, day, 0, 0, 0, Timezone::Utc);
    let mut xmp = XmpWriter::new();
    xmp.format("application/pdf")
        .title([(None, meta.title.as_str())]);
    if !meta.authors.is_empty() {
        xmp.creator(meta.authors.iter().map(String::as_str));
    }
    if let Some(subject) = &meta.subject {
        xmp.description([(None, subject.as_str())]);
    }
    // As text, which is escaped; `XmpWriter::language` takes tags as they are.
    xmp.element("language", Namespace::DublinCore)
        .unordered_array([meta.lang.as_str()]);
    if !meta.keywords.is_empty() {
        xmp.subject(meta.keywords.iter().map(String::as_str))
            .pdf_keywords(&keywords(meta));
    }
    xmp.producer(&meta.producer)
        .create_date(date)
        .modify_date(date)
        .pdfa_part(3)
        .pdfa_conformance("A")
        .pdfua_part(1);
    // PDF/A wants every schema described that it does not know itself; the one of PDF/UA is such (PDF/A-3, 6.6.2.3).
    let mut schemas = xmp.extension_schemas();
    let mut schema = schemas.pdfua_id();
    schema
        .properties()
        .describe_all(PdfUAIdDescriptionMode::UA1);
    drop(schema);
    drop(schemas);
    xmp.finish(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_places_say_the_same_of_any_characters() {
        let meta = legible(&Meta {
            title: "R&D <x>\r\n\u{B}小米\u{FFFF}".into(),
            lang: "en".into(),
            date: (2024, 8, 31),
            ..Meta::default()
        });
        let title = info(&meta);
        let title = lopdf::decode_text_string(title.get(b"Title").expect("a title"));
        assert_eq!(title.expect("text"), "R&D <x> \n 小米 ");
        let packet = packet(&meta);
        assert!(
            packet.contains(">R&amp;D &lt;x&gt; \n 小米 </rdf:li>"),
            "{packet}"
        );
        assert!(
            packet.contains("<xmp:CreateDate>2024-08-31T00:00:00Z<"),
            "{packet}"
        );
    }
}
