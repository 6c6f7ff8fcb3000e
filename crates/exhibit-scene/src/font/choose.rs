//! Which face sets which character.
//!
//! Latin is asked first, Chinese second. Marks that both faces have in different widths (`“ ” ‘ ’ … — ·`) follow their
//! neighbours: in Chinese text they are Chinese unless they stand inside a Latin word, in other text they are Latin unless
//! Chinese stands on both sides. A closing quotation mark takes the face of the one that it closes.

use std::ops::Range;

use harfrust::Script;

use super::face::Face;
use super::style::{FaceId, MissingGlyph, TextStyle, Weight};

/// The two families of the built-in faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Family {
    /// Inter.
    Latin,
    /// Noto Sans SC.
    Han,
}

impl Family {
    /// The script that the family's text is shaped in.
    pub(super) fn script(self) -> Script {
        match self {
            Self::Latin => Script::LATIN,
            Self::Han => Script::HAN,
        }
    }
}

/// Faces before this one are Latin, the others Chinese.
pub(super) const FIRST_HAN: usize = 4;

/// The face of a family that a style asks for; ids are the order of `face::builtin`.
pub(super) fn face_id(family: Family, style: &TextStyle) -> FaceId {
    FaceId(match (family, style.weight, style.italic) {
        (Family::Latin, Weight::Regular, false) => 0,
        (Family::Latin, Weight::Regular, true) => 1,
        (Family::Latin, Weight::SemiBold, _) => 2,
        (Family::Latin, Weight::Bold, _) => 3,
        (Family::Han, Weight::Regular, _) => 4,
        (Family::Han, Weight::SemiBold | Weight::Bold, _) => 5,
    })
}

/// The language that text is shaped in: some languages have their own forms.
pub(super) fn shaping_lang(family: Family, style: &TextStyle) -> &'static str {
    match family {
        Family::Latin => style.lang,
        Family::Han => "zh-Hans",
    }
}

/// The language that a run says: only where it is not the style's.
pub(super) fn run_lang(family: Family, style: &TextStyle) -> Option<&'static str> {
    (family == Family::Han && !is_chinese(style.lang)).then_some("zh-Hans")
}

fn is_chinese(lang: &str) -> bool {
    lang == "zh" || lang.starts_with("zh-")
}

/// White space, controls and formatting characters: set without ink, and no face needs to have them.
pub(super) fn is_inkless(ch: char) -> bool {
    ch.is_whitespace()
        || ch.is_control()
        || matches!(ch, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Marks that both families have, in different widths.
fn is_shared(ch: char) -> bool {
    matches!(ch, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Chinese by its nature: ideographs, their marks, and full-width forms.
fn is_han(ch: char) -> bool {
    matches!(ch, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{30FF}' | '\u{3100}'..='\u{312F}' | '\u{31C0}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Cuts `part` of a text into stretches of one family each, in order and without gaps.
pub(super) fn families(
    faces: &[Face],
    text: &str,
    part: Range<usize>,
    style: &TextStyle,
) -> Result<Vec<(Range<usize>, Family)>, MissingGlyph> {
    // Most text is ASCII, and every Latin face has all of it (a test says so): no look at single characters is needed.
    // (A fold, as a loop that may end early looks at one byte at a time.)
    let plain = |text: &str| {
        text.bytes()
            .fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
    };
    if !part.is_empty() && plain(&text[part.clone()]) {
        return Ok(vec![(part, Family::Latin)]);
    }
    let mut found: Vec<(Range<usize>, Family)> = Vec::new();
    // Text without a shared mark needs no look at what stands around the part.
    let mut marks = None;
    for (offset, ch) in text[part.clone()].char_indices() {
        let at = part.start + offset;
        let family = if is_shared(ch) {
            let marks = marks.get_or_insert_with(|| shared_marks(text, style));
            let mark = marks.binary_search_by_key(&at, |(place, _)| *place);
            marks[mark.expect("every shared mark was judged")].1
        } else {
            of_character(faces, ch, found.last().map(|(_, family)| *family), style)?
        };
        let end = at + ch.len_utf8();
        match found.last_mut() {
            Some((range, last)) if *last == family => range.end = end,
            _ => found.push((at..end, family)),
        }
    }
    Ok(found)
}

/// The family of a character that is no shared mark.
fn of_character(
    faces: &[Face],
    ch: char,
    before: Option<Family>,
    style: &TextStyle,
) -> Result<Family, MissingGlyph> {
    // As above; every Latin face has Latin-1 too, but for the soft hyphen, and the dash of ranges.
    if matches!(ch, ' '..='~' | '\u{A0}'..='¬' | '®'..='ÿ' | '–') {
        return Ok(Family::Latin);
    }
    let face = |family: Family| &faces[usize::from(face_id(family, style).0)];
    let has = |family: Family| face(family).glyph(ch).is_some();
    let order = if is_han(ch) {
        [Family::Han, Family::Latin]
    } else {
        [Family::Latin, Family::Han]
    };
    if let Some(family) = order.into_iter().find(|family| has(*family)) {
        return Ok(family);
    }
    // The shaper hides what has no ink; it stays with the run it follows.
    if is_inkless(ch) {
        Ok(before.unwrap_or(Family::Latin))
    } else {
        Err(MissingGlyph(ch))
    }
}

/// Place and family of every shared mark of a text.
fn shared_marks(text: &str, style: &TextStyle) -> Vec<(usize, Family)> {
    let chinese = is_chinese(style.lang);
    let mut open: Vec<Family> = Vec::new();
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(is_shared) {
        let mut before = text[..at].chars().rev();
        let before = before.find(|ch| !is_shared(*ch));
        let mut after = text[at + mark.len()..].chars();
        let after = after.find(|ch| !is_shared(*ch));
        let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        let in_word = both(|ch| ch.is_alphanumeric() && !is_han(ch));
        let family = if chinese && !in_word || !chinese && both(is_han) {
            Family::Han
        } else {
            Family::Latin
        };
        let family = match mark {
            "“" | "‘" => {
                open.push(family);
                family
            }
            "”" => open.pop().unwrap_or(family),
            "’" if !in_word => open.pop().unwrap_or(family),
            _ => family,
        };
        found.push((at, family));
    }
    found
}
