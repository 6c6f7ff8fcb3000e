//! Who, what, when: the information dictionary, and the XMP packet that says the same.

use std::fmt::Write as _;

use exhibit_scene::Meta;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::file::Streams;
use crate::string;

/// What both places say, to the letter.
struct Said<'a> {
    meta: &'a Meta,
    keywords: String,
}

impl<'a> Said<'a> {
    fn new(meta: &'a Meta) -> Self {
        Self {
            meta,
            keywords: meta.keywords.join(", "),
        }
    }

    /// Midnight of the brief's day in UTC: a PDF date needs no more, but XMP and this must be equal.
    fn day(&self) -> (i32, u8, u8) {
        self.meta.date
    }
}

/// The date as the information dictionary and embedded files have it (ISO 32000-1, 7.9.4).
pub(crate) fn pdf_date((year, month, day): (i32, u8, u8)) -> Object {
    string::text(&format!("D:{year:04}{month:02}{day:02}000000Z"))
}

/// The information dictionary.
pub(crate) fn info(meta: &Meta) -> Dictionary {
    let said = Said::new(meta);
    let date = pdf_date(said.day());
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
        info.set("Keywords", string::text(&said.keywords));
    }
    info
}

/// Writes the XMP packet, uncompressed so that tools without a PDF reader find it (PDF/A-3, 6.6.2).
pub(crate) fn metadata(document: &mut Document, streams: &mut Streams, meta: &Meta) -> ObjectId {
    let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = document.new_object_id();
    streams.add_plain(metadata, &about, packet(meta).as_bytes());
    metadata
}

fn packet(meta: &Meta) -> String {
    let said = Said::new(meta);
    let (year, month, day) = said.day();
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let mut out = String::with_capacity(4096);
    out.push_str("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    out.push_str("<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
    out.push_str("<dc:format>application/pdf</dc:format>\n");
    list(&mut out, "dc:title", "Alt", &[&meta.title]);
    if !meta.authors.is_empty() {
        list(&mut out, "dc:creator", "Seq", &meta.authors);
    }
    if let Some(subject) = &meta.subject {
        list(&mut out, "dc:description", "Alt", &[subject]);
    }
    list(&mut out, "dc:language", "Bag", &[&meta.lang]);
    if !meta.keywords.is_empty() {
        list(&mut out, "dc:subject", "Bag", &meta.keywords);
        element(&mut out, "pdf:Keywords", &said.keywords);
    }
    element(&mut out, "pdf:Producer", &meta.producer);
    element(&mut out, "xmp:CreateDate", &date);
    element(&mut out, "xmp:ModifyDate", &date);
    element(&mut out, "pdfaid:part", "3");
    element(&mut out, "pdfaid:conformance", "A");
    element(&mut out, "pdfuaid:part", "1");
    out.push_str("</rdf:Description>\n");
    out.push_str(EXTENSION);
    out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// PDF/A wants every schema described that it does not know itself; the one of PDF/UA is such (PDF/A-3, 6.6.2.3).
const EXTENSION: &str = r##"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"##;

fn list(out: &mut String, name: &str, kind: &str, items: &[impl AsRef<str>]) {
    let start = if kind == "Alt" {
        "<rdf:li xml:lang=\"x-default\">"
    } else {
        "<rdf:li>"
    };
    let _ = write!(out, "<{name}><rdf:{kind}>");
    for item in items {
        out.push_str(start);
        escaped(out, item.as_ref());
        out.push_str("</rdf:li>");
    }
    let _ = writeln!(out, "</rdf:{kind}></{name}>");
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>");
    escaped(out, text);
    let _ = writeln!(out, "</{name}>");
}

fn escaped(out: &mut String, text: &str) {
    for ch in text.chars() {
        match ch {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // XML 1.0 has no such characters, not even escaped.
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' => out.push(' '),
            // A reader would turn it into a line feed.
            '\r' => out.push_str("&#13;"),
            _ => out.push(ch),
        }
    }
}
