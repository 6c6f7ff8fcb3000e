//! Bytes of a file as UTF-8, whatever the file is written in.
//!
//! A byte order mark says what the file is. Without a mark the file is UTF-8 unless the data set names another encoding: nothing is guessed.

use std::io::{self, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are decoded at a time.
const CHUNK: usize = 1 << 14;

/// True for the name of an encoding: `windows-1252`, `latin1`, `utf-16le`, `gbk`, any label of the Encoding Standard.
pub(crate) fn is_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

/// The same bytes as UTF-8 without a byte order mark. A mark counts more than `named`.
///
/// # Errors
/// When the first bytes cannot be read.
pub(super) fn utf8<'r>(
    mut input: Box<dyn Read + 'r>,
    named: Option<&str>,
) -> io::Result<Box<dyn Read + 'r>> {
    let mut first = Vec::with_capacity(3);
    (&mut input).take(3).read_to_end(&mut first)?;
    let marked = Encoding::for_bom(&first);
    if let Some((_, length)) = marked {
        first.drain(..length);
    }
    let encoding = marked
        .map(|(encoding, _)| encoding)
        .or_else(|| Encoding::for_label(named?.as_bytes()))
        .unwrap_or(UTF_8);
    let whole: Box<dyn Read + 'r> = Box::new(Cursor::new(first).chain(input));
    if encoding == UTF_8 {
        return Ok(whole);
    }
    Ok(Box::new(Decoded {
        input: whole,
        name: encoding.name(),
        decoder: encoding.new_decoder_without_bom_handling(),
        raw: Vec::new(),
        text: Vec::new(),
        given: 0,
        ended: false,
    }))
}

/// True where bytes look like UTF-16 without a mark: every other byte of plain text is zero.
pub(super) fn looks_like_utf16(bytes: &[u8]) -> Option<&'static str> {
    let zeros = |from: usize| {
        let half = bytes.iter().skip(from).step_by(2);
        half.clone().count() > 1 && half.copied().all(|byte| byte == 0)
    };
    match (zeros(0), zeros(1)) {
        (true, false) => Some(UTF_16BE.name()),
        (false, true) => Some(UTF_16LE.name()),
        _ => None,
    }
}

/// A reader that decodes as it reads.
struct Decoded<'r> {
    input: Box<dyn Read + 'r>,
    name: &'static str,
    decoder: Decoder,
    /// Bytes that are read and not decoded.
    raw: Vec<u8>,
    /// UTF-8 that is decoded, and how much of it is handed out.
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Decoded<'_> {
    fn refill(&mut self) -> io::Result<()> {
        let held = self.raw.len();
        self.raw.resize(CHUNK, 0);
        let count = loop {
            match self.input.read(&mut self.raw[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.raw.truncate(held + count);
        self.ended = count == 0;
        // A byte becomes at most three of UTF-8.
        self.text.resize(3 * CHUNK + 16, 0);
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(&self.raw, &mut self.text, self.ended);
        if matches!(result, DecoderResult::Malformed(..)) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("bytes are not {}", self.name),
            ));
        }
        self.raw.drain(..read);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.refill()?;
        }
        let rest = &self.text[self.given..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], named: Option<&str>) -> Result<String, String> {
        let mut text = String::new();
        let mut reader = utf8(Box::new(Cursor::new(bytes.to_vec())), named).expect("bytes");
        match reader.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn marks_count_more_than_names() {
        let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
            let units = "Zürich €".encode_utf16().flat_map(bytes);
            mark.iter().copied().chain(units).collect::<Vec<u8>>()
        };
        let little = wide(b"\xff\xfe", u16::to_le_bytes);
        let big = wide(b"\xfe\xff", u16::to_be_bytes);
        for bytes in [&little, &big] {
            for named in [None, Some("latin1")] {
                assert_eq!(decoded(bytes, named), Ok("Zürich €".to_owned()));
            }
        }
        assert_eq!(
            decoded(b"\xef\xbb\xbfa", Some("latin1")),
            Ok("a".to_owned())
        );
        assert_eq!(decoded(b"", Some("utf-16")), Ok(String::new()));
    }

    #[test]
    fn named_encodings_are_decoded_over_the_ends_of_chunks() {
        assert_eq!(
            decoded(b"\xd6l \x80", Some("windows-1252")),
            Ok("Öl €".to_owned())
        );
        assert_eq!(decoded(b"\xd6l", Some("latin1")), Ok("Öl".to_owned()));
        let long = vec![0xd6; 3 * CHUNK + 7];
        let text = decoded(&long, Some("latin1")).expect("text");
        assert_eq!(text.chars().count(), long.len());
        let gbk: Vec<u8> = std::iter::once(b'a')
            .chain(std::iter::repeat_n([0xd6, 0xd0], CHUNK).flatten())
            .collect();
        let text = decoded(&gbk, Some("gbk")).expect("text");
        assert_eq!(text.chars().filter(|ch| *ch == '中').count(), CHUNK);
        assert!(decoded(b"\x81", Some("shift_jis")).is_err());
    }

    #[test]
    fn utf16_without_a_mark_is_told() {
        assert_eq!(looks_like_utf16(b"a\0b\0"), Some("UTF-16LE"));
        assert_eq!(looks_like_utf16(b"\0a\0b"), Some("UTF-16BE"));
        assert_eq!(looks_like_utf16(b"\xd6ab"), None);
    }
}
