//! Break opportunities in words wider than their line: web addresses, above all. CSS calls the rule `overflow-wrap`.

use std::borrow::Cow;

use exhibit_scene::breaks::{breaks, is_address};
use exhibit_scene::{Fonts, MissingGlyph, TextStyle};
use unicode_segmentation::UnicodeSegmentation;

use crate::line::{Hyphens, emergency_hyphens, word_around};

/// Break opportunity without a mark.
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Greatest width of a glyph in em. A word short enough by this bound is not measured.
pub(super) const MAX_GLYPH_WIDTH_EM: f64 = 1.2;

/// Adds break opportunities to words wider than `width` points that no hyphenation makes narrow enough. A line ends
/// behind a punctuation mark in its second half, else where it is full. Other text is borrowed unchanged.
///
/// # Errors
/// A character that no face has.
pub(crate) fn add_break_opportunities<'a>(
    fonts: &Fonts,
    text: &'a str,
    style: &TextStyle,
    hyphens: Hyphens,
    width: f64,
) -> Result<Cow<'a, str>, MissingGlyph> {
    // Nearly every word is short.
    let short = |word: &str| word.len() as f64 * style.size * MAX_GLYPH_WIDTH_EM <= width;
    // A space that binds two words is no place to break.
    let parts = |ch: char| ch.is_whitespace() && !matches!(ch, '\u{A0}' | '\u{202F}' | '\u{2007}');
    if text.split(parts).all(short) {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut start = 0;
    for place in breaks(text) {
        let word = &text[start..place.at];
        if short(word.trim_end())
            || fonts.width(word.trim_end(), style)? <= width
            || hyphens != Hyphens::Never
                && !is_address(word_around(text, &(start..place.at)))
                && hyphens_suffice(fonts, word.trim_end(), style, width)?
        {
            out.push_str(word);
        } else {
            break_word(fonts, word, style, width, &mut out)?;
        }
        start = place.at;
    }
    Ok(Cow::Owned(out))
}

/// True when hyphenation parts a word into pieces of at most `width` points.
fn hyphens_suffice(
    fonts: &Fonts,
    word: &str,
    style: &TextStyle,
    width: f64,
) -> Result<bool, MissingGlyph> {
    let ends = emergency_hyphens(word, style.lang);
    let mut start = 0;
    for end in ends.iter().copied() {
        if fonts.width(&format!("{}-", &word[start..end]), style)? > width {
            return Ok(false);
        }
        start = end;
    }
    Ok(!ends.is_empty() && fonts.width(&word[start..], style)? <= width)
}

/// Appends a word to `out`, with break opportunities so that each part is at most `width` points wide.
fn break_word(
    fonts: &Fonts,
    word: &str,
    style: &TextStyle,
    width: f64,
    out: &mut String,
) -> Result<(), MissingGlyph> {
    let mut line = String::new();
    for grapheme in word.graphemes(true) {
        line.push_str(grapheme);
        // Kerning with the last glyph may widen the line, so that the whole line is measured and not the sum of its
        // parts.
        while fonts.width(line.trim_end(), style)? > width {
            let end = best_end(&line);
            if end == 0 {
                break;
            }
            out.push_str(&line[..end]);
            out.push(ZERO_WIDTH_SPACE);
            line.drain(..end);
        }
    }
    out.push_str(&line);
    Ok(())
}

/// Byte at which a line one grapheme too long should end; 0 for a single grapheme.
fn best_end(line: &str) -> usize {
    let last = line
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(at, _)| at);
    let sign = line[..last]
        .rfind(['/', '.', '-', '_', '?', '&', '=', '#'])
        .map_or(0, |at| at + 1);
    if sign * 2 > last { sign } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exhibit_scene::Theme;

    #[test]
    fn only_words_wider_than_the_line_get_places_to_break() {
        let fonts = Fonts::builtin();
        let style = Theme::standard().text(10.0);
        let text = "A short one, and a rather long-winded one";
        assert_eq!(
            add_break_opportunities(&fonts, text, &style, Hyphens::Wide, 100.0),
            Ok(Cow::Borrowed(text))
        );
        let address =
            "See https://example.org/a/rather/deep/folder/with_a_very_long_name_indeed.html there";
        let broken = add_break_opportunities(&fonts, address, &style, Hyphens::Wide, 100.0)
            .expect("plain letters");
        assert_eq!(broken.replace(ZERO_WIDTH_SPACE, ""), address);
        let mut start = 0;
        for place in breaks(&broken) {
            assert!(
                fonts
                    .width(broken[start..place.at].trim_end(), &style)
                    .expect("plain letters")
                    <= 100.0
            );
            start = place.at;
        }
    }
}
