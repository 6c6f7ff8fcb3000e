//! Where a word may be parted by a hyphen, by the patterns of its language.

use hypher::{Lang, hyphenate_bounded};

/// Least number of letters before a hyphen.
const LEFT_MIN: usize = 2;

/// Least number of letters after a hyphen.
const RIGHT_MIN: usize = 3;

/// Bytes of a text at which a hyphen may part a word, in order. The text is of the language with this tag; a language without patterns has
/// none.
///
/// ```
/// use exhibit_scene::hyphens::hyphens;
/// let word = "Versicherung";
/// let parts: Vec<&str> = hyphens(word, "de").into_iter().map(|at| &word[..at]).collect();
/// assert_eq!(parts, ["Ver", "Versi", "Versiche"]);
/// assert!(hyphens("汽车", "zh").is_empty());
/// ```
#[must_use]
pub fn hyphens(text: &str, tag: &str) -> Vec<usize> {
    let lang = match tag.split('-').next() {
        Some("en") => Lang::English,
        Some("de") => Lang::German,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut start = 0;
    for stretch in text.split_inclusive(|ch: char| !ch.is_alphabetic()) {
        let word = stretch.trim_end_matches(|ch: char| !ch.is_alphabetic());
        let mut at = start;
        for syllable in hyphenate_bounded(word, lang, LEFT_MIN, RIGHT_MIN) {
            at += syllable.len();
            if at < start + word.len() {
                found.push(at);
            }
        }
        start += stretch.len();
    }
    found
}
