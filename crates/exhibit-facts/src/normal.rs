//! One form for texts that look alike: names are compared by their letters, never by how a program has written them.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// A text in the one form in which texts are compared and printed.
///
/// - Letters with marks are composed (NFC): `u` and `¨` become `ü`.
/// - Ligatures that a PDF reader copies (`ﬁ`, `ﬀ`) become their letters.
/// - Full-width digits and Latin letters (`１２`, `Ａ`) become plain ones. Full-width punctuation stays: Chinese is written with it.
///
/// Signs with a meaning of their own stay as they are: `m²`, `½`, `№`.
///
/// ```
/// use exhibit_facts::normal::normalised;
/// assert_eq!(normalised("Zu\u{308}rich"), "Zürich");
/// assert_eq!(normalised("oﬀer, proﬁt"), "offer, profit");
/// assert_eq!(normalised("１２，５ km²"), "12，5 km²");
/// assert!(matches!(normalised("Paris"), std::borrow::Cow::Borrowed(_)));
/// ```
#[must_use]
pub fn normalised(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    if !composed.chars().any(|ch| plain(ch).is_some()) {
        return composed;
    }
    let mut out = String::with_capacity(composed.len());
    for ch in composed.chars() {
        match plain(ch) {
            Some(Plain::Letters(letters)) => out.push_str(letters),
            Some(Plain::One(ch)) => out.push(ch),
            None => out.push(ch),
        }
    }
    Cow::Owned(out)
}

/// The same for a text that is owned already: nothing is copied where nothing changes.
///
/// ```
/// use exhibit_facts::normal::normalise;
/// let mut name = "Genf".to_owned();
/// normalise(&mut name);
/// assert_eq!(name, "Genf");
/// ```
pub fn normalise(text: &mut String) {
    if let Cow::Owned(changed) = normalised(text)
        && changed != *text
    {
        *text = changed;
    }
}

/// The plain writing of a compatibility character.
enum Plain {
    Letters(&'static str),
    One(char),
}

fn plain(ch: char) -> Option<Plain> {
    Some(Plain::Letters(match ch {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        // Full-width digits and letters stand in the order of ASCII.
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            return char::from_u32(u32::from(ch) - 0xFEE0).map(Plain::One);
        }
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_form_and_keeps_it() {
        for (text, form) in [
            ("", ""),
            ("Łódź", "Łódź"),
            ("A\u{30a}ngstro\u{308}m", "Ångström"),
            ("\u{212b}ngström", "Ångström"),
            ("eﬃcient, aﬄuent, ﬂow, oﬀ", "efficient, affluent, flow, off"),
            ("Ｑ１ ２０２４", "Q1 2024"),
            ("，。：", "，。："),
            ("5 µm, ½, x², №, …", "5 µm, ½, x², №, …"),
        ] {
            assert_eq!(normalised(text), form);
            assert_eq!(normalised(form), form);
            let mut owned = text.to_owned();
            normalise(&mut owned);
            assert_eq!(owned, form);
        }
    }
}
