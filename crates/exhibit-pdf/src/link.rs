//! What leads somewhere: link annotations, bookmarks, and the named places that both lead to.

use std::collections::BTreeMap;

use exhibit_scene::{Destination, LinkTarget, OutlineEntry};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::file::Packed;
use crate::object::{Hundredths, Key, Name, Text};
use crate::page::Live;
use crate::path::Flip;
use crate::string;
use crate::tag::Annotation;

/// Bit 3 of an annotation's flags: it prints, and is neither hidden nor invisible (PDF/A-3, 6.3.2).
const PRINT: i64 = 1 << 2;

/// Writes the annotations. Their keys in the parent tree follow those of the pages, which are the pages' numbers.
pub(crate) fn annotations(
    document: &mut Document,
    packed: &mut Packed,
    links: &[Live],
    places: &BTreeMap<String, Destination>,
    pages: &[ObjectId],
) -> Vec<Annotation> {
    let mut written = Vec::with_capacity(links.len());
    for (key, live) in (pages.len()..).zip(links) {
        let link = live.link;
        let node = link
            .tag
            .expect("a link of a document belongs to a Link node");
        let object = document.new_object_id();
        let mut annotation = packed.dictionary(object);
        annotation.set("Type", Name("Annot"));
        annotation.set("Subtype", Name("Link"));
        let mut rect = annotation.list("Rect");
        live.corners
            .into_iter()
            .for_each(|side| rect.push(Hundredths(side)));
        rect.end();
        let mut border = annotation.list("Border");
        [0_i64; 3].into_iter().for_each(|side| border.push(side));
        border.end();
        annotation.set("F", PRINT);
        annotation.set("P", pages[live.page]);
        // PDF/UA-1, 7.18.5.
        annotation.set("Contents", Text(&string::plain_spaces(&link.description)));
        annotation.set("StructParent", key);
        match &link.target {
            LinkTarget::Destination(name) => {
                assert!(
                    places.contains_key(name),
                    "a link leads to {name}, which is no place of the document"
                );
                annotation.set("Dest", Key(name));
            }
            LinkTarget::Uri(uri) => {
                let mut action = annotation.dictionary("A");
                action.set("S", Name("URI"));
                action.set("URI", Key(&ascii(uri)));
                action.end();
            }
        }
        annotation.end();
        written.push(Annotation {
            object,
            page: live.page,
            node,
        });
    }
    written
}

/// An address in the characters that a URI may hold (ISO 32000-1, 12.6.4.7: 7-bit ASCII); others become `%` escapes of
/// their UTF-8 bytes.
fn ascii(uri: &str) -> String {
    let mut out = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if matches!(byte, b'!'..=b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Writes the name tree of the places.
pub(crate) fn destinations(
    packed: &mut Packed,
    id: ObjectId,
    places: &BTreeMap<String, Destination>,
    pages: &[ObjectId],
    flips: &[Flip],
) {
    let mut entries = packed.dictionary(id);
    let mut names = entries.list("Names");
    for (name, place) in places {
        let (x, y) = flips[place.page].place(place.at);
        names.push(Key(name));
        let mut at = names.list();
        at.push(pages[place.page]);
        at.push(Name("XYZ"));
        at.push(Hundredths(x));
        at.push(Hundredths(y));
        at.push(Object::Null);
        at.end();
    }
    names.end();
    entries.end();
}

/// Writes the bookmarks as a tree, all open, and gives its root; `None` where there are none.
pub(crate) fn outline(
    document: &mut Document,
    entries: &[OutlineEntry],
    places: &BTreeMap<String, Destination>,
) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let objects: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    for (index, entry) in entries.iter().enumerate() {
        assert!(
            places.contains_key(&entry.destination),
            "a bookmark leads to {}, which is no place of the document",
            entry.destination
        );
        let parent = entries[..index]
            .iter()
            .rposition(|above| above.level < entry.level);
        let mut item = dictionary! {
            "Title" => string::text(&string::plain_spaces(&entry.title)),
            "Parent" => parent.map_or(root, |parent| objects[parent]),
            "Dest" => string::key(&entry.destination),
        };
        let below = branch(entries, index);
        let sibling = |at: &usize| entries[*at].level <= entry.level;
        let begin = parent.map_or(0, |parent| parent + 1);
        if let Some(before) = (begin..index).rev().find(sibling) {
            item.set("Prev", objects[before]);
        }
        if below.end < entries.len() && entries[below.end].level == entry.level {
            item.set("Next", objects[below.end]);
        }
        span(&mut item, entries, &objects, below);
        document.set_object(objects[index], item);
    }
    let mut outlines = dictionary! { "Type" => "Outlines" };
    span(&mut outlines, entries, &objects, 0..entries.len());
    document.set_object(root, outlines);
    Some(root)
}

/// The entries below one.
fn branch(entries: &[OutlineEntry], index: usize) -> std::ops::Range<usize> {
    let deeper = |entry: &&OutlineEntry| entry.level > entries[index].level;
    let count = entries[index + 1..].iter().take_while(deeper).count();
    index + 1..index + 1 + count
}

/// Says first and last child, and how many entries show below.
fn span(
    item: &mut Dictionary,
    entries: &[OutlineEntry],
    objects: &[ObjectId],
    below: std::ops::Range<usize>,
) {
    let Some(level) = entries[below.clone()].first().map(|entry| entry.level) else {
        return;
    };
    let last = entries[below.clone()]
        .iter()
        .rposition(|entry| entry.level == level)
        .expect("the first one is of this level");
    item.set("First", objects[below.start]);
    item.set("Last", objects[below.start + last]);
    let count = i64::try_from(below.len()).expect("fewer bookmarks than bytes");
    item.set("Count", count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_ascii() {
        assert_eq!(
            ascii("https://example.org/小?a=b%20c"),
            "https://example.org/%E5%B0%8F?a=b%20c"
        );
    }
}
