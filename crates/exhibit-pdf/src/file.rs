//! The objects of a file into bytes: streams deflated, everything else packed into one object stream, with a
//! cross-reference stream at the end (ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! `lopdf` can save a document too. This is a third of the time, as nothing is copied or formatted by way of `fmt`, and
//! two kilobytes less, as the cross references are deflated; and the identifier can be the digest of what it identifies.
//! A stream goes into the file when it is made, so that what it was made from need not be kept until the end.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::object::{Entries, Items, Name, Value, push_whole};

/// Four bytes beyond ASCII in a comment tell programs that the file is no text (PDF/A-3, 6.1.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// How many bytes the streams and the objects of a file are given room for at first: those of a brief need not move, and
/// room that is never written to costs nothing.
const ROOM: usize = 256 * 1024;

/// A file that is being written.
pub(crate) struct File {
    /// What stands in it already.
    pub(crate) streams: Streams,
    /// Everything else.
    pub(crate) objects: Packed,
}

impl File {
    pub(crate) fn new() -> Self {
        let mut out = Vec::with_capacity(ROOM);
        out.extend_from_slice(HEADER);
        Self {
            streams: Streams {
                out,
                index: Vec::new(),
                deflater: Deflater::new(),
            },
            objects: Packed {
                bytes: Vec::with_capacity(ROOM),
                index: Vec::new(),
            },
        }
    }

    /// Adds the objects of a document, and gives the file, with an identifier that is the digest of them all: another file
    /// has another one.
    pub(crate) fn finish(self, mut document: Document) -> Vec<u8> {
        let Self {
            mut streams,
            mut objects,
        } = self;
        for ((id, _), object) in &document.objects {
            object.push(objects.begin(*id));
        }
        let container = document.new_object_id();
        let references = document.new_object_id();
        let (about, index) = object_stream(&objects);
        streams.add_parts(container, &about, &[&index, &objects.bytes]);

        let digest = blake3::hash(&streams.out);
        let identifier =
            Object::String(digest.as_bytes()[..16].to_vec(), StringFormat::Hexadecimal);
        let start = streams.out.len();
        let mut table = vec![CrossReference::Free; references.0 as usize + 1];
        for (id, offset) in &streams.index {
            table[*id as usize] = CrossReference::Plain(*offset);
        }
        for (number, (id, _)) in objects.index.iter().enumerate() {
            table[*id as usize] = CrossReference::Packed(container.0, number);
        }
        table[references.0 as usize] = CrossReference::Plain(start);
        let (mut about, rows) = reference_stream(&table);
        for key in [b"Root".as_slice(), b"Info"] {
            let target = document.trailer.get(key);
            let target = target.expect("the skeleton has a catalog and an information dictionary");
            about.set(key, target.clone());
        }
        about.set("ID", vec![identifier.clone(), identifier]);
        streams.add(references, &about, &rows);
        let mut out = streams.out;
        out.extend_from_slice(b"startxref\n");
        push_whole(&mut out, start);
        out.extend_from_slice(b"\n%%EOF\n");
        out
    }
}

/// Objects that are no streams, as bytes, one behind the other.
pub(crate) struct Packed {
    bytes: Vec<u8>,
    /// Which objects these are, and where each begins.
    index: Vec<(u32, usize)>,
}

impl Packed {
    /// Begins a dictionary as an object of its own.
    pub(crate) fn dictionary(&mut self, (id, _): ObjectId) -> Entries<'_> {
        Entries::begin(self.begin(id))
    }

    /// Begins a list as an object of its own.
    pub(crate) fn list(&mut self, (id, _): ObjectId) -> Items<'_> {
        Items::begin(self.begin(id))
    }

    /// Where an object is to be written.
    fn begin(&mut self, id: u32) -> &mut Vec<u8> {
        if !self.index.is_empty() {
            self.bytes.push(b'\n');
        }
        self.index.push((id, self.bytes.len()));
        &mut self.bytes
    }
}

/// The streams of a file, as bytes of it.
pub(crate) struct Streams {
    out: Vec<u8>,
    /// Which streams these are, and where each begins.
    index: Vec<(u32, usize)>,
    deflater: Deflater,
}

/// The content of a stream as it will stand in the file.
pub(crate) struct Content {
    bytes: Vec<u8>,
    deflated: bool,
}

impl Streams {
    /// Writes a stream, deflated where that is worth it.
    pub(crate) fn add(&mut self, id: ObjectId, about: &Dictionary, content: &[u8]) {
        self.add_parts(id, about, &[content]);
    }

    /// Writes a stream in place of one that a document holds.
    pub(crate) fn replace(
        &mut self,
        document: &mut Document,
        id: ObjectId,
        about: &Dictionary,
        content: &[u8],
    ) {
        document.objects.remove(&id);
        self.add(id, about, content);
    }

    /// Writes a stream as it is: who looks for its words finds them.
    pub(crate) fn add_plain(&mut self, id: ObjectId, about: &Dictionary, content: &[u8]) {
        let start = self.out.len();
        self.out.extend_from_slice(content);
        self.finish(id, about, start, false);
    }

    /// Makes the content of a stream that has no number yet.
    pub(crate) fn content(&mut self, content: &[u8]) -> Content {
        let mut bytes = Vec::new();
        let deflated = self.deflater.push(&mut bytes, &[content]);
        bytes.shrink_to_fit();
        Content { bytes, deflated }
    }

    /// Writes such a stream in place of one that a document holds.
    pub(crate) fn replace_made(
        &mut self,
        document: &mut Document,
        id: ObjectId,
        content: &Content,
    ) {
        document.objects.remove(&id);
        let start = self.out.len();
        self.out.extend_from_slice(&content.bytes);
        self.finish(id, &Dictionary::new(), start, content.deflated);
    }

    fn add_parts(&mut self, id: ObjectId, about: &Dictionary, parts: &[&[u8]]) {
        let start = self.out.len();
        let deflated = self.deflater.push(&mut self.out, parts);
        self.finish(id, about, start, deflated);
    }

    /// Writes what goes around the content that begins at `start`: its length stands before it, and is known only now.
    fn finish(&mut self, (id, _): ObjectId, about: &Dictionary, start: usize, deflated: bool) {
        let mut head = Vec::with_capacity(256);
        push_whole(&mut head, id as usize);
        head.extend_from_slice(b" 0 obj\n");
        let mut entries = Entries::begin(&mut head);
        entries.extend(about);
        if deflated {
            entries.set("Filter", Name("FlateDecode"));
        }
        entries.set("Length", self.out.len() - start);
        entries.end();
        head.extend_from_slice(b"\nstream\n");
        self.out.splice(start..start, head);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        self.index.push((id, start));
    }
}

/// Where the object of a number is (ISO 32000-1, table 18).
#[derive(Clone, Copy)]
enum CrossReference {
    /// No object has the number.
    Free,
    /// Offset from the begin of the file, in bytes.
    Plain(usize),
    /// Number of an object stream, and index in it, from 0.
    Packed(u32, usize),
}

/// What stands before the objects that are no streams: which they are, and where each begins.
fn object_stream(Packed { index, .. }: &Packed) -> (Dictionary, Vec<u8>) {
    let mut content = Vec::with_capacity(index.len() * 12);
    for (id, offset) in index {
        push_whole(&mut content, *id as usize);
        content.push(b' ');
        push_whole(&mut content, *offset);
        content.push(b' ');
    }
    let about = dictionary! {
        "Type" => "ObjStm",
        "N" => integer(index.len()),
        "First" => integer(content.len()),
    };
    (about, content)
}

/// One row for each number: a byte for the kind, four for the place, two for what is left to say.
fn reference_stream(table: &[CrossReference]) -> (Dictionary, Vec<u8>) {
    let mut content = Vec::with_capacity(table.len() * 7);
    for (number, entry) in table.iter().enumerate() {
        let (kind, at, rest) = match *entry {
            // The head of the list of free numbers is never used again.
            CrossReference::Free => (0, 0, if number == 0 { u16::MAX } else { 0 }),
            CrossReference::Plain(offset) => {
                (1, u32::try_from(offset).expect("a file is below 4 GB"), 0)
            }
            CrossReference::Packed(container, index) => {
                let index = u16::try_from(index).expect("fewer than 65,536 objects");
                (2, container, index)
            }
        };
        content.push(kind);
        content.extend_from_slice(&at.to_be_bytes());
        content.extend_from_slice(&rest.to_be_bytes());
    }
    let about = dictionary! {
        "Type" => "XRef",
        "Size" => integer(table.len()),
        "W" => vec![1.into(), 4.into(), 2.into()],
    };
    (about, content)
}

fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).expect("fewer than 2^63 bytes"))
}

/// How hard to look for repetitions, from 1 to 9. The next one takes a fifth more time for a file that is a twentieth smaller.
const EFFORT: u32 = 2;

/// What is shorter than this is not deflated: to clear what the deflater works in costs as much as to deflate six kilobytes,
/// and would save a few hundred bytes.
const SHORT: usize = 1024;

/// Compresses one stream after the other: what it works in is made ready once, which costs as much as compressing a page.
struct Deflater {
    state: Compress,
}

impl Deflater {
    fn new() -> Self {
        Self {
            state: Compress::new(Compression::new(EFFORT), true),
        }
    }

    /// Writes the content of a stream, its parts one behind the other, and says whether it is deflated: it is not where that
    /// would make it longer.
    fn push(&mut self, out: &mut Vec<u8>, parts: &[&[u8]]) -> bool {
        let start = out.len();
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let deflated = length >= SHORT && {
            self.deflate(out, parts, length);
            out.len() - start < length
        };
        if !deflated {
            out.truncate(start);
            parts.iter().for_each(|part| out.extend_from_slice(part));
        }
        deflated
    }

    fn deflate(&mut self, out: &mut Vec<u8>, parts: &[&[u8]], length: usize) {
        self.state.reset();
        // Deflate adds at most 5 bytes to each 16 KB that it cannot shrink, zlib another 6.
        out.reserve(length + length / 1000 + 64);
        for (index, part) in parts.iter().enumerate() {
            let (flush, expected) = if index + 1 == parts.len() {
                (FlushCompress::Finish, Status::StreamEnd)
            } else {
                (FlushCompress::None, Status::Ok)
            };
            let status = self.state.compress_vec(part, out, flush);
            assert!(
                matches!(&status, Ok(status) if *status == expected),
                "there is room for the whole stream: {status:?}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shrunk_stays_as_it_is() {
        let mut state = 1_u32;
        let noise: Vec<u8> = (0..100_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        let mut out = b"before".to_vec();
        assert!(!Deflater::new().push(&mut out, &[&noise]));
        assert_eq!(out[..6], *b"before");
        assert_eq!(out[6..], noise);
    }
}
