//! A finished PDF, read back: the attached files, the named places, and the links that lead to them.
//!
//! Nothing is drawn, and no text is taken from the pages. A file of another program may be wrong anywhere: each fault is
//! an error, never a panic.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

/// Largest size in bytes that a stream may inflate to. A small file can hold a stream that inflates to gigabytes.
const MAX_INFLATED_BYTES: usize = 256 << 20;

/// Largest depth of a tree of names or pages. A tree that is its own branch has no end.
const MAX_DEPTH: usize = 16;

/// Title, producer, attached files, named places and links of a PDF.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Title, from the information dictionary. Empty for none.
    pub title: String,
    /// Program that wrote the file. Empty for none.
    pub producer: String,
    /// Number of pages, 1 or more.
    pub pages: usize,
    /// Contents of the attached files, by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Named places, by name.
    pub places: BTreeMap<String, Spot>,
    /// Links to named places, page by page in the order of the file.
    pub links: Vec<Lead>,
}

/// Place on a page.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Spot {
    /// Page, from 0.
    pub page: usize,
    /// Distance from the upper edge of the page, in points. 0 where a named place gives the page only.
    pub top: f64,
}

/// Link to a named place.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Upper edge of the link.
    pub at: Spot,
    /// Name of the place; a key of [`Contents::places`] when the file is sound.
    pub to: String,
}

/// Reason why a file cannot be read as a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file does not begin as a PDF does.
    Foreign,
    /// The file is encrypted.
    Encrypted,
    /// The file is cut off or garbled: cause, in the words of the reader.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("the file is not a PDF"),
            Self::Encrypted => f.write_str("the file is encrypted"),
            Self::Damaged(why) => write!(f, "the file is damaged ({why})"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<lopdf::Error> for Unreadable {
    fn from(error: lopdf::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// Reads title, producer, attached files, named places and links of a PDF. What [`write()`](crate::write()) attached and
/// named comes back.
///
/// ```
/// assert_eq!(exhibit_pdf::read(b"<svg/>"), Err(exhibit_pdf::Unreadable::Foreign));
/// ```
///
/// # Errors
/// - [`Unreadable::Foreign`] when the bytes do not begin with `%PDF-`.
/// - [`Unreadable::Encrypted`] when the file is encrypted.
/// - [`Unreadable::Damaged`] when an object that these entries need is missing or of a wrong kind, or when a stream
///   inflates to more than 256 MiB.
pub fn read(bytes: &[u8]) -> Result<Contents, Unreadable> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unreadable::Foreign);
    }
    let options = LoadOptions::with_max_decompressed_size(MAX_INFLATED_BYTES);
    let document = Document::load_mem_with_options(bytes, options)?;
    if document.is_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Unreadable::Encrypted);
    }
    let catalog = document.catalog()?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.is_empty() {
        return Err(Unreadable::Damaged("it has no page".to_owned()));
    }
    let heights = pages
        .iter()
        .map(|page| height(&document, *page))
        .collect::<Result<Vec<f64>, Unreadable>>()?;
    let numbers: BTreeMap<ObjectId, usize> = pages.iter().copied().zip(0..).collect();
    let mut contents = Contents {
        pages: pages.len(),
        ..Contents::default()
    };
    if let Ok(info) = document
        .trailer
        .get(b"Info")
        .and_then(|info| followed(&document, info))
    {
        let value = |key: &[u8]| info.as_dict().and_then(|info| info.get(key)).ok();
        contents.title = value(b"Title").map(text).unwrap_or_default();
        contents.producer = value(b"Producer").map(text).unwrap_or_default();
    }
    if let Some(names) = entry(&document, catalog, b"Names") {
        let names = names.as_dict()?;
        for (name, value) in named(&document, names, b"Dests")? {
            let place = place(&document, &value, &numbers, &heights)?;
            contents.places.insert(key(&name), place);
        }
        for (name, value) in named(&document, names, b"EmbeddedFiles")? {
            contents.files.insert(key(&name), file(&document, &value)?);
        }
    }
    for (number, page) in pages.iter().enumerate() {
        links(
            &document,
            *page,
            number,
            heights[number],
            &mut contents.links,
        )?;
    }
    Ok(contents)
}

/// What an object stands for: a reference is followed.
fn followed<'d>(document: &'d Document, object: &'d Object) -> lopdf::Result<&'d Object> {
    document.dereference(object).map(|(_, object)| object)
}

/// The entry of a dictionary, if there is one that leads anywhere.
fn entry<'d>(document: &'d Document, within: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let object = within
        .get(key)
        .and_then(|object| followed(document, object));
    object.ok().filter(|object| !matches!(object, Object::Null))
}

/// The height of a page, from itself or the branch of pages that it hangs on.
fn height(document: &Document, page: ObjectId) -> Result<f64, Unreadable> {
    let mut dictionary = document.get_dictionary(page)?;
    for _ in 0..MAX_DEPTH {
        if let Some(media) = entry(document, dictionary, b"MediaBox") {
            let corners = numbers(media)?;
            return match corners[..] {
                [_, low, _, high] => Ok(f64::from(high - low)),
                _ => Err(Unreadable::Damaged("a page has no size".to_owned())),
            };
        }
        match entry(document, dictionary, b"Parent") {
            Some(parent) => dictionary = parent.as_dict()?,
            None => break,
        }
    }
    Err(Unreadable::Damaged("a page has no size".to_owned()))
}

fn numbers(array: &Object) -> lopdf::Result<Vec<f32>> {
    array.as_array()?.iter().map(Object::as_float).collect()
}

/// The pairs of a name tree (ISO 32000-1, 7.9.6).
fn named(
    document: &Document,
    names: &Dictionary,
    kind: &[u8],
) -> Result<Vec<(Vec<u8>, Object)>, Unreadable> {
    fn walk(
        document: &Document,
        node: &Dictionary,
        depth: usize,
        seen: &mut BTreeSet<ObjectId>,
        found: &mut Vec<(Vec<u8>, Object)>,
    ) -> Result<(), Unreadable> {
        if depth > MAX_DEPTH {
            return Err(Unreadable::Damaged("a tree of names has no end".to_owned()));
        }
        if let Some(pairs) = entry(document, node, b"Names") {
            for pair in pairs.as_array()?.chunks_exact(2) {
                let name = followed(document, &pair[0])?.as_str()?.to_vec();
                found.push((name, followed(document, &pair[1])?.clone()));
            }
        }
        if let Some(kids) = entry(document, node, b"Kids") {
            for kid in kids.as_array()? {
                // Each branch hangs in one place only.
                if kid.as_reference().is_ok_and(|id| !seen.insert(id)) {
                    return Err(Unreadable::Damaged("a tree of names has no end".to_owned()));
                }
                let kid = followed(document, kid)?.as_dict()?;
                walk(document, kid, depth + 1, seen, found)?;
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    if let Some(root) = entry(document, names, kind) {
        walk(
            document,
            root.as_dict()?,
            0,
            &mut BTreeSet::new(),
            &mut found,
        )?;
    }
    Ok(found)
}

/// A destination with a page and a height (ISO 32000-1, 12.3.2.2); of other kinds, the page's upper edge.
fn place(
    document: &Document,
    value: &Object,
    pages: &BTreeMap<ObjectId, usize>,
    heights: &[f64],
) -> Result<Spot, Unreadable> {
    let array = match value {
        Object::Dictionary(within) => entry(document, within, b"D"),
        other => Some(other),
    };
    let array = array
        .ok_or_else(|| Unreadable::Damaged("a named place is none".to_owned()))?
        .as_array()?;
    let page = array
        .first()
        .and_then(|page| page.as_reference().ok())
        .and_then(|page| pages.get(&page))
        .ok_or_else(|| Unreadable::Damaged("a named place is on no page".to_owned()))?;
    let up = match (
        array.get(1).and_then(|kind| kind.as_name().ok()),
        array.get(3),
    ) {
        (Some(b"XYZ"), Some(up)) => up.as_float().ok(),
        _ => None,
    };
    Ok(Spot {
        page: *page,
        top: up.map_or(0.0, |up| heights[*page] - f64::from(up)),
    })
}

/// The bytes of an embedded file, by its specification (ISO 32000-1, 7.11.4).
fn file(document: &Document, specification: &Object) -> Result<Vec<u8>, Unreadable> {
    let embedded = entry(document, specification.as_dict()?, b"EF")
        .ok_or_else(|| Unreadable::Damaged("an attached file has no contents".to_owned()))?
        .as_dict()?;
    let stream = [b"UF".as_slice(), b"F"]
        .iter()
        .find_map(|key| entry(document, embedded, key))
        .ok_or_else(|| Unreadable::Damaged("an attached file has no contents".to_owned()))?
        .as_stream()?;
    if stream.dict.has(b"Filter") {
        Ok(stream.decompressed_content_with_limit(MAX_INFLATED_BYTES)?)
    } else {
        Ok(stream.content.clone())
    }
}

/// Adds the links of a page that lead to named places.
fn links(
    document: &Document,
    page: ObjectId,
    number: usize,
    height: f64,
    found: &mut Vec<Lead>,
) -> Result<(), Unreadable> {
    let Some(annotations) = entry(document, document.get_dictionary(page)?, b"Annots") else {
        return Ok(());
    };
    for annotation in annotations.as_array()? {
        let annotation = followed(document, annotation)?.as_dict()?;
        let Some(Object::String(name, _)) = entry(document, annotation, b"Dest") else {
            continue;
        };
        let corners = entry(document, annotation, b"Rect")
            .map(numbers)
            .transpose()?;
        let up = corners.unwrap_or_default().get(3).copied();
        found.push(Lead {
            at: Spot {
                page: number,
                top: up.map_or(0.0, |up| height - f64::from(up)),
            },
            to: key(name),
        });
    }
    Ok(())
}

/// A name: bytes that are compared, not a text; ours are UTF-8, others are read as far as they are.
fn key(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => utf16(units),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A text string (ISO 32000-1, 7.9.2.2) in the two encodings that we write; what is no string says nothing.
fn text(object: &Object) -> String {
    object.as_str().map(key).unwrap_or_default()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}
