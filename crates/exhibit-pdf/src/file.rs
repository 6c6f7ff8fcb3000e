//! The objects of a file into bytes: streams deflated, everything else packed into one object stream, with a
//! cross-reference stream at the end (ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! `lopdf` can save a document too. This is a third of the time, as nothing is copied or formatted by way of `fmt`, and
//! two kilobytes less, as the cross references are deflated; and the identifier can be the digest of what it identifies.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::number::{push_decimal, thousandths};
use crate::string::{push_escaped, push_hex};

/// Four bytes beyond ASCII in a comment tell programs that the file is no text (PDF/A-3, 6.1.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// Objects that are no streams, as bytes, one behind the other. Elements of the structure and annotations are written here
/// at once, as there are hundreds; what the skeleton holds follows.
#[derive(Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    /// Which objects these are, and where each begins.
    index: Vec<(u32, usize)>,
}

impl Packed {
    /// Begins a dictionary as an object of its own.
    pub(crate) fn dictionary(&mut self, (id, _): ObjectId) -> Entries<'_> {
        self.index.push((id, self.bytes.len()));
        self.bytes.extend_from_slice(b"<<");
        Entries(&mut self.bytes)
    }

    fn push(&mut self, id: u32, object: &Object) -> usize {
        let number = self.index.len();
        self.index.push((id, self.bytes.len()));
        push_object(&mut self.bytes, object);
        self.bytes.push(b'\n');
        number
    }
}

/// A dictionary that is being written.
pub(crate) struct Entries<'a>(&'a mut Vec<u8>);

impl Entries<'_> {
    /// Writes an entry; a key is set once.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<Object>) {
        push_entry(self.0, key.as_bytes(), &value.into());
    }

    /// Ends the dictionary.
    pub(crate) fn end(self) {
        self.0.extend_from_slice(b">>\n");
    }
}

/// Writes the objects of a document, with an identifier that is the digest of them: another file has another one.
pub(crate) fn save(mut document: Document, mut packed: Packed) -> Vec<u8> {
    let mut deflater = Deflater::new();
    let mut out = HEADER.to_vec();
    let mut places = vec![Place::Free; document.max_id as usize + 1];
    let container = document.new_object_id();
    for (number, (id, _)) in packed.index.iter().enumerate() {
        places[*id as usize] = Place::In(container.0, number);
    }
    for ((id, _), object) in std::mem::take(&mut document.objects) {
        places[id as usize] = match object {
            Object::Stream(Stream {
                dict,
                content,
                allows_compression,
                ..
            }) => {
                let offset = out.len();
                let deflater = allows_compression.then_some(&mut deflater);
                push_stream(&mut out, id, dict, &[&content], deflater);
                Place::At(offset)
            }
            object => Place::In(container.0, packed.push(id, &object)),
        };
    }
    places.push(Place::At(out.len()));
    let (about, index) = object_stream(&packed);
    let parts: [&[u8]; 2] = [&index, &packed.bytes];
    push_stream(&mut out, container.0, about, &parts, Some(&mut deflater));

    let digest = blake3::hash(&out);
    let identifier = Object::String(digest.as_bytes()[..16].to_vec(), StringFormat::Hexadecimal);
    let start = out.len();
    let references = document.new_object_id();
    places.push(Place::At(start));
    let (mut about, rows) = reference_stream(&places);
    for key in [b"Root".as_slice(), b"Info"] {
        let target = document.trailer.get(key);
        let target = target.expect("the skeleton has a catalog and an information dictionary");
        about.set(key, target.clone());
    }
    about.set("ID", vec![identifier.clone(), identifier]);
    push_stream(&mut out, references.0, about, &[&rows], Some(&mut deflater));
    out.extend_from_slice(b"startxref\n");
    push_whole(&mut out, start);
    out.extend_from_slice(b"\n%%EOF\n");
    out
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// There is none of this number.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In an object stream, counted from 0.
    In(u32, usize),
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
fn reference_stream(places: &[Place]) -> (Dictionary, Vec<u8>) {
    let mut content = Vec::with_capacity(places.len() * 7);
    for (number, place) in places.iter().enumerate() {
        let (kind, at, rest) = match *place {
            // The head of the list of free numbers is never used again.
            Place::Free => (0, 0, if number == 0 { u16::MAX } else { 0 }),
            Place::At(offset) => (1, u32::try_from(offset).expect("a file is below 4 GB"), 0),
            Place::In(container, index) => {
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
        "Size" => integer(places.len()),
        "W" => vec![1.into(), 4.into(), 2.into()],
    };
    (about, content)
}

fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).expect("fewer than 2^63 bytes"))
}

fn push_whole(out: &mut Vec<u8>, value: usize) {
    push_decimal(out, i64::try_from(value).expect("fewer than 2^63 bytes"), 0);
}

/// Writes a stream as an object, its parts one behind the other; deflated where it may be and where that makes it shorter.
fn push_stream(
    out: &mut Vec<u8>,
    id: u32,
    mut about: Dictionary,
    parts: &[&[u8]],
    deflater: Option<&mut Deflater>,
) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let packed = deflater
        .map(|deflater| deflater.packed(parts))
        .filter(|packed| packed.len() < length);
    if packed.is_some() {
        about.set("Filter", "FlateDecode");
    }
    about.set("Length", integer(packed.map_or(length, <[u8]>::len)));
    push_whole(out, id as usize);
    out.extend_from_slice(b" 0 obj\n");
    push_dictionary(out, &about);
    out.extend_from_slice(b"\nstream\n");
    match packed {
        Some(packed) => out.extend_from_slice(packed),
        None => parts.iter().for_each(|part| out.extend_from_slice(part)),
    }
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

fn push_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => push_decimal(out, *value, 0),
        // Lengths have two decimals, channels of colours three.
        Object::Real(value) => push_decimal(out, thousandths(f64::from(*value)), 3),
        Object::Name(name) => push_name(out, name),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            push_escaped(out, bytes);
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            bytes.iter().for_each(|byte| push_hex(out, *byte));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    part(out, item);
                }
                push_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => push_dictionary(out, dictionary),
        Object::Reference(id) => push_reference(out, *id),
        Object::Stream(_) => unreachable!("a stream is an object of its own"),
    }
}

fn push_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        push_entry(out, key, value);
    }
    out.extend_from_slice(b">>");
}

fn push_entry(out: &mut Vec<u8>, key: &[u8], value: &Object) {
    push_name(out, key);
    part(out, value);
    push_object(out, value);
}

/// Writes a space where the next object does not begin with a delimiter.
fn part(out: &mut Vec<u8>, next: &Object) {
    match next {
        Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_) => {}
        _ => out.push(b' '),
    }
}

fn push_reference(out: &mut Vec<u8>, (id, generation): ObjectId) {
    push_decimal(out, i64::from(id), 0);
    out.push(b' ');
    push_decimal(out, i64::from(generation), 0);
    out.extend_from_slice(b" R");
}

fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if matches!(byte, b'!'..=b'~') && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            push_hex(out, *byte);
        }
    }
}

/// How hard to look for repetitions, from 1 to 9. The next one takes a fifth more time for a file that is a twentieth smaller.
const EFFORT: u32 = 2;

/// Compresses one stream after the other: what it works in is made ready once, which costs as much as compressing a page.
struct Deflater {
    state: Compress,
    /// What the stream before was packed into.
    packed: Vec<u8>,
}

impl Deflater {
    fn new() -> Self {
        Self {
            state: Compress::new(Compression::new(EFFORT), true),
            packed: Vec::new(),
        }
    }

    fn packed(&mut self, parts: &[&[u8]]) -> &[u8] {
        self.state.reset();
        self.packed.clear();
        // Deflate adds at most 5 bytes to each 16 KB that it cannot shrink, zlib another 6.
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.packed.reserve(length + length / 1000 + 64);
        for (index, part) in parts.iter().enumerate() {
            let (flush, expected) = if index + 1 == parts.len() {
                (FlushCompress::Finish, Status::StreamEnd)
            } else {
                (FlushCompress::None, Status::Ok)
            };
            let status = self.state.compress_vec(part, &mut self.packed, flush);
            assert!(
                matches!(&status, Ok(status) if *status == expected),
                "there is room for the whole stream: {status:?}"
            );
        }
        &self.packed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_take_no_more_room_than_they_need() {
        let object: Object = dictionary! {
            "A B" => vec![1.into(), "N".into(), Object::Null, Object::Reference((3, 0)), Object::Real(0.25)],
            "S" => Object::string_literal("a(b)\\\r"),
            "H" => Object::String(vec![0xFE, 1], StringFormat::Hexadecimal),
            "D" => dictionary! { "T" => true },
        }
        .into();
        let mut out = Vec::new();
        push_object(&mut out, &object);
        let expected = "<</A#20B[1/N null 3 0 R .25]/S(a\\(b\\)\\\\\\r)/H<FE01>/D<</T true>>>>";
        assert_eq!(String::from_utf8(out).expect("ASCII"), expected);
    }

    #[test]
    fn what_cannot_be_shrunk_is_packed_too() {
        let mut state = 1_u32;
        let noise: Vec<u8> = (0..100_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        assert!(Deflater::new().packed(&[&noise]).len() > 99_000);
    }
}
