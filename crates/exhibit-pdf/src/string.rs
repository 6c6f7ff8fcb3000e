//! Text as PDF strings.

use lopdf::{Object, StringFormat};

/// A text string (ISO 32000-1, 7.9.2.2): plain where it is ASCII, UTF-16 with its mark otherwise.
pub(crate) fn text(text: &str) -> Object {
    if is_plain(text) {
        return Object::String(text.into(), StringFormat::Literal);
    }
    Object::String(utf16(text), StringFormat::Literal)
}

/// A string of bytes that is a key, not text: equal text gives equal bytes.
pub(crate) fn key(text: &str) -> Object {
    Object::String(text.into(), StringFormat::Literal)
}

/// Writes a text string into a content stream.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    if is_plain(text) {
        out.push(b'(');
        for byte in text.bytes() {
            if matches!(byte, b'(' | b')' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b')');
    } else {
        out.push(b'<');
        utf16(text).into_iter().for_each(|byte| push_hex(out, byte));
        out.push(b'>');
    }
}

/// Writes a byte as two digits.
pub(crate) fn push_hex(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(DIGITS[usize::from(byte >> 4)]);
    out.push(DIGITS[usize::from(byte & 15)]);
}

/// Printable ASCII means the same in every encoding of PDF.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
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
