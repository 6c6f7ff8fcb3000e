//! A checker of finished PDF files that shares no code with their writer: it reads the bytes back through `lopdf` and
//! lists what breaks the rules of PDF/UA-1, PDF/A-3a and our own. veraPDF judges more, but not this fast, and not
//! everywhere.
//!
//! Reading order: this file (the file as a whole, annotations, outline, metadata), `content`, `tree`, `font`; `glyphs` reads what
//! stands where.

mod content;
mod font;
mod glyphs;
mod meta;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

pub use glyphs::{Glyph, glyphs, texts};

use lopdf::{Dictionary, Document, Object, ObjectId};

/// What is wrong with a file, each as a sentence, and how much was looked at.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong.
    pub problems: Vec<String>,
    /// Elements of the structure tree.
    pub elements: usize,
    /// Marked-content sequences that belong to an element.
    pub sequences: usize,
    /// Link annotations.
    pub links: usize,
    /// Codes of fonts in use.
    pub codes: usize,
}

/// Reads a file and lists what is wrong with it.
#[must_use]
pub fn check(bytes: &[u8]) -> Findings {
    let mut findings = Findings::default();
    if !bytes.starts_with(b"%PDF-1.7\n%") {
        findings.say("the header says another version than 1.7");
    }
    match Document::load_mem(bytes) {
        Ok(document) => check_document(&document, &mut findings),
        Err(error) => findings.say(format!("the file cannot be read: {error}")),
    }
    findings
}

impl Findings {
    fn say(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    /// Says what is wrong unless `holds`.
    fn want(&mut self, holds: bool, problem: impl Into<String>) {
        if !holds {
            self.say(problem);
        }
    }
}

/// What the parts of the checker tell each other.
struct File<'a> {
    document: &'a Document,
    catalog: &'a Dictionary,
    pages: Vec<(ObjectId, &'a Dictionary)>,
}

impl<'a> File<'a> {
    /// A value, followed through references.
    fn get(&self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get_deref(key.as_bytes(), self.document).ok()
    }

    fn dict(&self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    fn name(&self, dictionary: &'a Dictionary, key: &str) -> Option<&'a str> {
        let name = self.get(dictionary, key)?.as_name().ok()?;
        std::str::from_utf8(name).ok()
    }

    fn integer(&self, dictionary: &'a Dictionary, key: &str) -> Option<i64> {
        self.get(dictionary, key)?.as_i64().ok()
    }

    fn array(&self, dictionary: &'a Dictionary, key: &str) -> Option<&'a [Object]> {
        let array = self.get(dictionary, key)?.as_array().ok()?;
        Some(array)
    }

    fn text(&self, dictionary: &'a Dictionary, key: &str) -> Option<String> {
        self.get(dictionary, key).and_then(text)
    }

    fn deref(&self, object: &'a Object) -> &'a Object {
        self.document
            .dereference(object)
            .map_or(object, |(_, object)| object)
    }
}

/// A text string in either of its encodings.
fn text(object: &Object) -> Option<String> {
    lopdf::decode_text_string(object).ok()
}

fn check_document(document: &Document, findings: &mut Findings) {
    let Ok(catalog) = document.catalog() else {
        findings.say("there is no catalog");
        return;
    };
    let pages = document
        .get_pages()
        .into_values()
        .filter_map(|id| Some((id, document.get_dictionary(id).ok()?)))
        .collect();
    let file = File {
        document,
        catalog,
        pages,
    };
    trailer(&file, findings);
    catalog_keys(&file, findings);
    forbidden(&file, findings);
    let content = content::check(&file, findings);
    font::check(&file, &content.codes, findings);
    let places = names(&file, "Dests", findings);
    let annotations = annotations(&file, &places, findings);
    tree::check(&file, &content.sequences, &annotations, findings);
    outline(&file, &places, findings);
    meta::check(&file, findings);
    attachments(&file, findings);
}

fn trailer(file: &File, findings: &mut Findings) {
    let trailer = &file.document.trailer;
    findings.want(!trailer.has(b"Encrypt"), "the file is encrypted");
    let id: Vec<&[u8]> = trailer
        .get(b"ID")
        .and_then(Object::as_array)
        .map(|id| id.iter().filter_map(|id| id.as_str().ok()).collect())
        .unwrap_or_default();
    let sound = id.len() == 2 && id.iter().all(|id| id.len() == 16 && *id != [0; 16]);
    findings.want(sound, "the trailer has no identifier of two digests");
}

fn catalog_keys(file: &File, findings: &mut Findings) {
    let catalog = file.catalog;
    let lang = file.text(catalog, "Lang").unwrap_or_default();
    findings.want(!lang.is_empty(), "the catalog has no Lang");
    let flag = |kind: &str, key: &str| {
        let value = file
            .dict(catalog, kind)
            .and_then(|dict| file.get(dict, key));
        value.and_then(|value| value.as_bool().ok()) == Some(true)
    };
    findings.want(flag("MarkInfo", "Marked"), "the file is not Marked");
    findings.want(
        flag("ViewerPreferences", "DisplayDocTitle"),
        "the window shows no title",
    );
    let intents = file.array(catalog, "OutputIntents").unwrap_or_default();
    let [intent] = intents else {
        findings.say("there is not one output intent");
        return;
    };
    let profile = file.deref(intent).as_dict().ok().filter(|intent| {
        file.name(intent, "S") == Some("GTS_PDFA1") && intent.has(b"OutputConditionIdentifier")
    });
    let profile = profile
        .and_then(|intent| file.get(intent, "DestOutputProfile"))
        .and_then(|profile| profile.as_stream().ok());
    let sound = profile.is_some_and(|stream| {
        let bytes = stream
            .decompressed_content()
            .unwrap_or(stream.content.clone());
        stream.dict.get(b"N").and_then(Object::as_i64).ok() == Some(3)
            && bytes.get(36..40) == Some(b"acsp")
            && bytes.get(16..20) == Some(b"RGB ")
    });
    findings.want(sound, "the output intent has no RGB profile");
}

/// Keys and filters that stand nowhere in such a file.
fn forbidden(file: &File, findings: &mut Findings) {
    const KEYS: [&str; 14] = [
        "AA",
        "OpenAction",
        "JS",
        "JavaScript",
        "Group",
        "SMask",
        "CA",
        "ca",
        "BM",
        "Encrypt",
        "OCProperties",
        "AcroForm",
        "Perms",
        "Ref",
    ];
    fn walk(object: &Object, findings: &mut Findings) {
        let dictionary = match object {
            Object::Array(items) => {
                items.iter().for_each(|item| walk(item, findings));
                return;
            }
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => {
                let filter = stream.dict.get(b"Filter").ok();
                let plain = filter
                    .is_none_or(|filter| filter.as_name().is_ok_and(|name| name == b"FlateDecode"));
                findings.want(plain, "a stream has another filter than FlateDecode");
                &stream.dict
            }
            _ => return,
        };
        for (key, value) in dictionary.iter() {
            if KEYS.iter().any(|forbidden| forbidden.as_bytes() == key) {
                findings.say(format!(
                    "a dictionary has the key {}",
                    String::from_utf8_lossy(key)
                ));
            }
            walk(value, findings);
        }
    }
    file.document
        .objects
        .values()
        .for_each(|object| walk(object, findings));
}

/// A name tree of the catalog's `Names`, which must be in order.
fn names<'a>(
    file: &File<'a>,
    kind: &str,
    findings: &mut Findings,
) -> BTreeMap<Vec<u8>, &'a Object> {
    let tree = file
        .dict(file.catalog, "Names")
        .and_then(|names| file.dict(names, kind));
    let pairs = tree
        .and_then(|tree| file.array(tree, "Names"))
        .unwrap_or_default();
    let keys: Vec<&[u8]> = pairs
        .chunks(2)
        .filter_map(|pair| pair[0].as_str().ok())
        .collect();
    findings.want(
        keys.len() * 2 == pairs.len() && keys.is_sorted(),
        format!("the names of {kind} are not in order"),
    );
    pairs
        .chunks_exact(2)
        .filter_map(|pair| Some((pair[0].as_str().ok()?.to_vec(), file.deref(&pair[1]))))
        .collect()
}

/// True when a destination names a place on a page of the file.
fn leads(file: &File, places: &BTreeMap<Vec<u8>, &Object>, name: Option<&Object>) -> bool {
    let place = name
        .and_then(|name| name.as_str().ok())
        .and_then(|name| places.get(name))
        .and_then(|place| place.as_array().ok());
    let page = place
        .and_then(|place| place.first())
        .and_then(|page| page.as_reference().ok());
    page.is_some_and(|page| file.pages.iter().any(|(id, _)| *id == page))
}

/// The annotations with their keys in the parent tree.
fn annotations(
    file: &File,
    places: &BTreeMap<Vec<u8>, &Object>,
    findings: &mut Findings,
) -> BTreeMap<ObjectId, i64> {
    let mut found = BTreeMap::new();
    for (_, page) in &file.pages {
        for reference in file.array(page, "Annots").unwrap_or_default() {
            let (Ok(id), Ok(annotation)) =
                (reference.as_reference(), file.deref(reference).as_dict())
            else {
                findings.say("an annotation is no object of its own");
                continue;
            };
            findings.links += 1;
            let link = file.name(annotation, "Subtype") == Some("Link");
            findings.want(link, "an annotation is no link");
            let spoken = file.text(annotation, "Contents").unwrap_or_default();
            findings.want(!spoken.is_empty(), "a link has no Contents");
            findings.want(
                file.integer(annotation, "F") == Some(4),
                "a link does not print",
            );
            let border = file.array(annotation, "Border").unwrap_or_default();
            let none = border.len() == 3
                && border
                    .iter()
                    .all(|side| side.as_i64().is_ok_and(|side| side == 0));
            findings.want(none, "a link has a border");
            let uri = file
                .dict(annotation, "A")
                .filter(|action| file.name(action, "S") == Some("URI"))
                .and_then(|action| file.text(action, "URI"));
            let known = match uri {
                Some(uri) => uri.is_ascii(),
                None => leads(file, places, annotation.get(b"Dest").ok()),
            };
            findings.want(known, "a link leads nowhere");
            match file.integer(annotation, "StructParent") {
                Some(key) => {
                    let twice = found.insert(id, key).is_some();
                    findings.want(!twice, "an annotation stands on two pages");
                }
                None => findings.say("a link has no StructParent"),
            }
        }
    }
    found
}

fn outline(file: &File, places: &BTreeMap<Vec<u8>, &Object>, findings: &mut Findings) {
    let Some(root) = file.dict(file.catalog, "Outlines") else {
        return;
    };
    let id = file.catalog.get(b"Outlines").and_then(Object::as_reference);
    let mut seen = BTreeSet::new();
    let count = id.map_or(0, |id| {
        branch(file, places, (id, root), &mut seen, findings)
    });
    findings.want(count > 0, "the outline is empty");
}

/// Checks what stands below a bookmark, and counts it.
fn branch<'a>(
    file: &File<'a>,
    places: &BTreeMap<Vec<u8>, &Object>,
    (id, parent): (ObjectId, &'a Dictionary),
    seen: &mut BTreeSet<ObjectId>,
    findings: &mut Findings,
) -> i64 {
    let link = |item: &'a Dictionary, key: &str| {
        item.get(key.as_bytes()).and_then(Object::as_reference).ok()
    };
    let mut count = 0;
    let mut before = None;
    let mut next = link(parent, "First");
    while let Some(current) = next {
        let Some(item) = file
            .document
            .get_dictionary(current)
            .ok()
            .filter(|_| seen.insert(current))
        else {
            findings.say("the outline runs in a circle or out of the file");
            return count;
        };
        let sound = link(item, "Parent") == Some(id) && link(item, "Prev") == before;
        findings.want(sound, "a bookmark does not point back");
        findings.want(
            file.text(item, "Title")
                .is_some_and(|title| !title.is_empty()),
            "a bookmark has no title",
        );
        findings.want(
            leads(file, places, item.get(b"Dest").ok()),
            "a bookmark leads nowhere",
        );
        count += 1 + branch(file, places, (current, item), seen, findings);
        before = Some(current);
        next = link(item, "Next");
    }
    findings.want(
        link(parent, "Last") == before,
        "a bookmark's last child is another",
    );
    findings.want(
        file.integer(parent, "Count").unwrap_or(0) == count,
        "a bookmark counts wrong",
    );
    count
}

fn attachments(file: &File, findings: &mut Findings) {
    let named = names(file, "EmbeddedFiles", findings);
    let associated: Vec<&Object> = file
        .array(file.catalog, "AF")
        .unwrap_or_default()
        .iter()
        .map(|reference| file.deref(reference))
        .collect();
    findings.want(
        named.len() == associated.len(),
        "files are attached that are not associated, or the reverse",
    );
    for (name, object) in named {
        findings.want(associated.contains(&object), "a file is not associated");
        let Ok(specification) = object.as_dict() else {
            findings.say("an attached file has no specification");
            continue;
        };
        let called = |key| {
            file.get(specification, key)
                .and_then(|name| name.as_str().ok())
        };
        findings.want(
            called("F") == called("UF")
                && file.text(specification, "UF").map(String::into_bytes) == Some(name),
            "an attached file has several names",
        );
        findings.want(
            file.text(specification, "Desc")
                .is_some_and(|words| !words.is_empty()),
            "an attached file is not described",
        );
        let relationship = file.name(specification, "AFRelationship");
        findings.want(
            matches!(relationship, Some("Source" | "Data" | "Supplement")),
            "an attached file has no relationship",
        );
        let stream = file
            .dict(specification, "EF")
            .and_then(|files| file.get(files, "F"))
            .and_then(|stream| stream.as_stream().ok());
        let sound = stream.is_some_and(|stream| {
            let dated = file
                .dict(&stream.dict, "Params")
                .is_some_and(|params| params.has(b"ModDate") && params.has(b"Size"));
            dated
                && file
                    .name(&stream.dict, "Subtype")
                    .is_some_and(|mime| mime.contains('/'))
        });
        findings.want(sound, "an attached file lacks its type, date or size");
    }
}
