//! Text as PDF strings.

use std::borrow::Cow;

use lopdf::{Object, StringFormat};

/// A text string (ISO 32000-1, 7.9.2.2): in the encoding of documents where that has every character, as it takes a byte for
/// each; UTF-16 with its mark otherwise.
pub(crate) fn text(text: &str) -> Object {
    Object::String(encoded(text).into_owned(), StringFormat::Literal)
}

/// The bytes of a text string.
pub(crate) fn encoded(text: &str) -> Cow<'_, [u8]> {
    if is_plain(text) {
        return Cow::Borrowed(text.as_bytes());
    }
    Cow::Owned(document_encoded(text).unwrap_or_else(|| utf16(text)))
}

/// A text for reading aloud: every space a plain one, and nothing for marks without ink.
pub(crate) fn plain_spaces(text: &str) -> Cow<'_, str> {
    let silent = |ch: char| matches!(ch, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}');
    let space = |ch: char| ch != ' ' && (ch.is_whitespace() || ch.is_control());
    let as_is = |ch: char| matches!(ch, ' '..='~') || !(silent(ch) || space(ch));
    if text.chars().all(as_is) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|ch| !silent(*ch));
    Cow::Owned(kept.map(|ch| if space(ch) { ' ' } else { ch }).collect())
}

/// A string of bytes that is a key, not text: equal text gives equal bytes.
pub(crate) fn key(text: &str) -> Object {
    Object::String(text.into(), StringFormat::Literal)
}

/// Writes a text string into a content stream.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    if is_plain(text) {
        out.push(b'(');
        push_escaped(out, text.as_bytes());
        out.push(b')');
    } else {
        out.push(b'<');
        push_hex(out, &utf16(text));
        out.push(b'>');
    }
}

/// Writes what stands between the parentheses of a string (ISO 32000-1, 7.3.4.2).
pub(crate) fn push_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    if !bytes.iter().any(|byte| is_escaped(*byte)) {
        out.extend_from_slice(bytes);
        return;
    }
    for byte in bytes {
        push_byte(out, *byte);
    }
}

/// Writes the code of a glyph, two bytes of a string.
pub(crate) fn push_code(out: &mut Vec<u8>, code: u16) {
    for byte in code.to_be_bytes() {
        push_byte(out, byte);
    }
}

fn push_byte(out: &mut Vec<u8>, byte: u8) {
    if is_escaped(byte) {
        out.push(b'\\');
    }
    // A reader takes each kind of line end for a line feed.
    out.push(if byte == b'\r' { b'r' } else { byte });
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'\\' | b'\r')
}

/// Writes bytes as two digits each.
pub(crate) fn push_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

/// Printable ASCII means the same in every encoding of PDF.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// What the encoding of documents has from 0x80 on, before it follows Latin-1 (ISO 32000-1, D.2).
const SIGNS: [char; 31] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
];

/// A text in the encoding of documents, where that has all of it.
fn document_encoded(text: &str) -> Option<Vec<u8>> {
    let encoded = |ch: char| match ch {
        ' '..='~' | '¡'..='¬' | '®'..='ÿ' => u8::try_from(ch).ok(),
        '€' => Some(0xA0),
        _ => {
            let index = SIGNS.iter().position(|sign| *sign == ch)?;
            u8::try_from(0x80 + index).ok()
        }
    };
    // What begins with these would be taken for the mark of UTF-16 or of UTF-8.
    if text.starts_with("þÿ") || text.starts_with("ï»¿") {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for ch in text.chars() {
        bytes.push(encoded(ch)?);
    }
    Some(bytes)
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings() {
        let written = |raw: &str| match text(raw) {
            Object::String(bytes, StringFormat::Literal) => bytes,
            other => panic!("{other:?} is no literal string"),
        };
        assert_eq!(written("a – “b” € ž é"), b"a \x85 \x8Db\x8E \xA0 \x9E \xE9");
        // Neither has a place in the encoding: 0xAD is left empty, and 0xA0 is the euro.
        assert_eq!(written("\u{AD}"), [0xFE, 0xFF, 0, 0xAD]);
        assert_eq!(written("\u{A0}"), [0xFE, 0xFF, 0, 0xA0]);
        assert_eq!(written("米"), [0xFE, 0xFF, 0x7C, 0x73]);
        assert_eq!(written("þÿ"), [0xFE, 0xFF, 0, 0xFE, 0, 0xFF]);
        // Every string reads back through somebody else's table.
        for code in (0x80..=0x9E).chain(0xA0..=0xAC).chain(0xAE..=0xFF) {
            let object = Object::String(vec![code], StringFormat::Literal);
            let read = lopdf::decode_text_string(&object).expect("a text string");
            assert_eq!(written(&read), [code], "{read:?}");
        }
    }

    #[test]
    fn content_strings() {
        let written = |text: &str| {
            let mut out = Vec::new();
            push_text(&mut out, text);
            String::from_utf8(out).expect("ASCII")
        };
        assert_eq!(written("f(x) \\"), "(f\\(x\\) \\\\)");
        assert_eq!(written("米"), "<FEFF7C73>");
        assert_eq!(written("\u{1F600}"), "<FEFFD83DDE00>");
        assert_eq!(written("\n"), "<FEFF000A>");
    }
}
