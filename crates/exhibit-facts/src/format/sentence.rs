//! The stop between two sentences.

use crate::language::Language;

/// What stands between a text and the sentence behind it: a full stop and a space. No second stop stands behind a text that ends with one
/// ("Corp.", "Why?"), and none where no text is.
///
/// ```
/// use exhibit_facts::{Language, format::stop};
/// assert_eq!(stop(Language::English, "Annual report"), ". ");
/// assert_eq!(stop(Language::English, "Example Corp."), " ");
/// assert_eq!(stop(Language::English, "“Who moved the numbers?”"), " ");
/// assert_eq!(stop(Language::Chinese, "年度报告"), "。");
/// assert_eq!(stop(Language::Chinese, ""), "");
/// ```
#[must_use]
pub fn stop(language: Language, before: &str) -> &'static str {
    const STOPS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];
    // A quotation that ends with a stop ends the sentence; a bracket does not.
    let said = before
        .trim_end()
        .trim_end_matches(['"', '\'', '”', '’', '“', '»', '«', '」', '』']);
    match (said.chars().next_back(), language) {
        (None, _) => "",
        (Some(last), Language::Chinese) if STOPS.contains(&last) => "",
        (Some(_), Language::Chinese) => "。",
        (Some(last), _) if STOPS.contains(&last) => " ",
        (Some(_), _) => ". ",
    }
}

/// Texts as sentences behind each other, the last one closed. Empty texts are left out.
///
/// ```
/// use exhibit_facts::{Language, format::sentences};
/// let parts = ["Example Corp.", "", "Who moved the numbers?", "2023"];
/// assert_eq!(sentences(Language::English, parts), "Example Corp. Who moved the numbers? 2023.");
/// ```
#[must_use]
pub fn sentences<'t>(language: Language, parts: impl IntoIterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        text.push_str(stop(language, &text));
        text.push_str(part);
    }
    text.push_str(stop(language, &text).trim_end());
    text
}
