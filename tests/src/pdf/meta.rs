//! The XMP packet and the information dictionary, which must say the same.

use roxmltree::{Document as Xml, Node};

use super::{File, Findings};

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const PDFA: &str = "http://www.aiim.org/pdfa/ns/id/";
const PDFUA: &str = "http://www.aiim.org/pdfua/ns/id/";

pub(super) fn check(file: &File, findings: &mut Findings) {
    let packet = file
        .get(file.catalog, "Metadata")
        .and_then(|stream| stream.as_stream().ok());
    let Some(stream) = packet.filter(|stream| !stream.dict.has(b"Filter")) else {
        findings.say("there is no plain XMP packet");
        return;
    };
    let packet = String::from_utf8_lossy(&stream.content);
    let Ok(xml) = Xml::parse(&packet) else {
        findings.say("the XMP packet is no XML");
        return;
    };
    for (space, name, value) in [
        (PDFA, "part", "3"),
        (PDFA, "conformance", "A"),
        (PDFUA, "part", "1"),
    ] {
        let said = values(&xml, space, name);
        findings.want(
            said == [value],
            format!("XMP does not claim {name} {value}"),
        );
    }
    findings.want(
        packet.contains("<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"),
        "XMP does not describe the schema of PDF/UA",
    );
    let title = values(&xml, DC, "title");
    findings.want(title.len() == 1 && !title[0].is_empty(), "XMP has no title");
    findings.want(
        values(&xml, DC, "language") == file.text(file.catalog, "Lang").as_slice(),
        "XMP names another language",
    );

    let info = file.document.trailer.get(b"Info").ok();
    let Some(info) = info.and_then(|info| file.deref(info).as_dict().ok()) else {
        findings.say("there is no information dictionary");
        return;
    };
    let joined = |space, name, between: &str| {
        let all = values(&xml, space, name);
        (!all.is_empty()).then(|| all.join(between))
    };
    let date = |name| {
        let said = joined(XMP, name, "")?;
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        Some(format!("D:{digits}Z"))
    };
    let pairs = [
        ("Title", joined(DC, "title", "")),
        ("Author", joined(DC, "creator", "; ")),
        ("Subject", joined(DC, "description", "")),
        ("Keywords", joined(DC, "subject", ", ")),
        ("Keywords", joined(PDF, "Keywords", "")),
        ("Producer", joined(PDF, "Producer", "")),
        ("CreationDate", date("CreateDate")),
        ("ModDate", date("ModifyDate")),
    ];
    for (key, said) in pairs {
        let own = file.text(info, key);
        findings.want(
            own == said,
            format!("{key} is {own:?} in the dictionary and {said:?} in XMP"),
        );
    }
    for (key, _) in info.iter() {
        let known = pairs_keys().iter().any(|known| known.as_bytes() == key);
        findings.want(known, "the information dictionary says more than XMP");
    }
}

fn pairs_keys() -> [&'static str; 7] {
    [
        "Title",
        "Author",
        "Subject",
        "Keywords",
        "Producer",
        "CreationDate",
        "ModDate",
    ]
}

/// The values of a property: the items of its list, or its text.
fn values(xml: &Xml, space: &str, name: &str) -> Vec<String> {
    let Some(node) = xml
        .descendants()
        .find(|node| node.has_tag_name((space, name)))
    else {
        return Vec::new();
    };
    let own = |node: Node| node.text().unwrap_or_default().to_owned();
    let items: Vec<String> = node
        .descendants()
        .filter(|node| node.tag_name().name() == "li")
        .map(own)
        .collect();
    if items.is_empty() {
        vec![own(node)]
    } else {
        items
    }
}
