//! Values as they stand in a file: names, numbers, strings, lists and dictionaries, without a space that says nothing.
//!
//! Elements of the structure, annotations and places are written at once, as there are hundreds: a tree of `lopdf`'s
//! objects would hold each key and each number of them before the first byte is written.

use exhibit_scene::number::{fixed, push_short};
use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use crate::string::{encoded, push_escaped, push_hex};

/// What can stand in a list or a dictionary.
pub(crate) trait Value {
    /// True when it begins with a delimiter: no space has to part it from what stands before.
    fn is_delimited(&self) -> bool;

    /// Writes it.
    fn push(&self, out: &mut Vec<u8>);
}

/// A name of PDF's own: letters, digits and hyphens, which stand as they are.
pub(crate) struct Name<'a>(pub(crate) &'a str);

impl Value for Name<'_> {
    fn is_delimited(&self) -> bool {
        true
    }

    fn push(&self, out: &mut Vec<u8>) {
        out.push(b'/');
        out.extend_from_slice(self.0.as_bytes());
    }
}

/// A text string.
pub(crate) struct Text<'a>(pub(crate) &'a str);

impl Value for Text<'_> {
    fn is_delimited(&self) -> bool {
        true
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_string(out, &encoded(self.0));
    }
}

/// A string of bytes that is a key, not text: equal text gives equal bytes.
pub(crate) struct Key<'a>(pub(crate) &'a str);

impl Value for Key<'_> {
    fn is_delimited(&self) -> bool {
        true
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_string(out, self.0.as_bytes());
    }
}

/// A length.
pub(crate) struct Hundredths(pub(crate) i64);

impl Value for Hundredths {
    fn is_delimited(&self) -> bool {
        false
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_short::<2>(out, self.0);
    }
}

impl Value for i64 {
    fn is_delimited(&self) -> bool {
        false
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_short::<0>(out, *self);
    }
}

impl Value for usize {
    fn is_delimited(&self) -> bool {
        false
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_whole(out, *self);
    }
}

impl Value for ObjectId {
    fn is_delimited(&self) -> bool {
        false
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_short::<0>(out, i64::from(self.0));
        out.push(b' ');
        push_short::<0>(out, i64::from(self.1));
        out.extend_from_slice(b" R");
    }
}

impl Value for Object {
    fn is_delimited(&self) -> bool {
        matches!(
            self,
            Self::Name(_) | Self::String(..) | Self::Array(_) | Self::Dictionary(_)
        )
    }

    fn push(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Boolean(true) => out.extend_from_slice(b"true"),
            Self::Boolean(false) => out.extend_from_slice(b"false"),
            Self::Integer(value) => value.push(out),
            // Lengths have two decimals, channels of colours three.
            Self::Real(value) => push_short::<3>(out, fixed::<3>(f64::from(*value))),
            Self::Name(name) => push_name(out, name),
            Self::String(bytes, StringFormat::Literal) => push_string(out, bytes),
            Self::String(bytes, StringFormat::Hexadecimal) => {
                out.push(b'<');
                push_hex(out, bytes);
                out.push(b'>');
            }
            Self::Array(items) => {
                let mut list = Items::begin(out);
                items.iter().for_each(|item| list.push(item));
                list.end();
            }
            Self::Dictionary(dictionary) => {
                let mut entries = Entries::begin(out);
                entries.extend(dictionary);
                entries.end();
            }
            Self::Reference(id) => id.push(out),
            Self::Stream(_) => unreachable!("a stream is an object of its own"),
        }
    }
}

impl<V: Value> Value for &V {
    fn is_delimited(&self) -> bool {
        (**self).is_delimited()
    }

    fn push(&self, out: &mut Vec<u8>) {
        (**self).push(out);
    }
}

/// A dictionary that is being written.
pub(crate) struct Entries<'a>(&'a mut Vec<u8>);

impl<'a> Entries<'a> {
    /// Begins a dictionary.
    pub(crate) fn begin(out: &'a mut Vec<u8>) -> Self {
        out.extend_from_slice(b"<<");
        Self(out)
    }

    /// Writes an entry; a key is set once.
    pub(crate) fn set(&mut self, key: &str, value: impl Value) {
        Name(key).push(self.0);
        self.value(&value);
    }

    /// Begins an entry that is a dictionary.
    pub(crate) fn dictionary(&mut self, key: &str) -> Entries<'_> {
        Name(key).push(self.0);
        Entries::begin(self.0)
    }

    /// Begins an entry that is a list.
    pub(crate) fn list(&mut self, key: &str) -> Items<'_> {
        Name(key).push(self.0);
        Items::begin(self.0)
    }

    /// Writes the entries of a dictionary that somebody else built.
    pub(crate) fn extend(&mut self, dictionary: &Dictionary) {
        for (key, value) in dictionary {
            push_name(self.0, key);
            self.value(value);
        }
    }

    fn value(&mut self, value: &impl Value) {
        if !value.is_delimited() {
            self.0.push(b' ');
        }
        value.push(self.0);
    }

    /// Ends the dictionary.
    pub(crate) fn end(self) {
        self.0.extend_from_slice(b">>");
    }
}

/// A list that is being written.
pub(crate) struct Items<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl<'a> Items<'a> {
    /// Begins a list.
    pub(crate) fn begin(out: &'a mut Vec<u8>) -> Self {
        out.push(b'[');
        Self { out, empty: true }
    }

    /// Writes an item.
    pub(crate) fn push(&mut self, value: impl Value) {
        if !std::mem::take(&mut self.empty) && !value.is_delimited() {
            self.out.push(b' ');
        }
        value.push(self.out);
    }

    /// Begins an item that is a list.
    pub(crate) fn list(&mut self) -> Items<'_> {
        self.empty = false;
        Items::begin(self.out)
    }

    /// Ends the list.
    pub(crate) fn end(self) {
        self.out.push(b']');
    }
}

/// Writes a count of something.
pub(crate) fn push_whole(out: &mut Vec<u8>, value: usize) {
    push_short::<0>(out, i64::try_from(value).expect("fewer than 2^63 bytes"));
}

fn push_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    push_escaped(out, bytes);
    out.push(b')');
}

/// Writes a name of any bytes.
fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if matches!(byte, b'!'..=b'~') && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            push_hex(out, &[*byte]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

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
        object.push(&mut out);
        let expected = "<</A#20B[1/N null 3 0 R .25]/S(a\\(b\\)\\\\\\r)/H<FE01>/D<</T true>>>>";
        assert_eq!(String::from_utf8(out).expect("ASCII"), expected);
    }

    #[test]
    fn what_is_written_at_once_looks_no_different() {
        let mut out = Vec::new();
        let mut entries = Entries::begin(&mut out);
        entries.set("Type", Name("Annot"));
        entries.set("P", (3, 0));
        entries.set("Contents", Text("a(b)"));
        let mut kids = entries.list("K");
        kids.push(1_usize);
        kids.push((3, 0));
        kids.list().end();
        kids.push(Hundredths(-50));
        kids.end();
        let mut below = entries.dictionary("A");
        below.set("Dest", Key("é"));
        below.end();
        entries.end();
        let expected = "<</Type/Annot/P 3 0 R/Contents(a\\(b\\))/K[1 3 0 R[] -.5]/A<</Dest(é)>>>>";
        assert_eq!(String::from_utf8(out).expect("ASCII and a key"), expected);
    }
}
