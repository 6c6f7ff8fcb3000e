//! Where numbers that stand under each other are aligned.

use exhibit_core::format::Language;

/// Parts the printed form of a number behind its units digit, where the decimal sign stands or would stand. Of a range the
/// second number counts, so that `40–50 %` stands with its 50 over the 53 of `53 %`. `None` for a text without digits.
pub(crate) fn parted(text: &str, language: Language) -> Option<(&str, &str)> {
    let mut from = text.find(|ch: char| ch.is_ascii_digit())?;
    loop {
        let end = from + number_length(&text[from..]);
        let rest = text[end..].trim_start_matches(' ');
        let next = rest
            .strip_prefix('–')
            .map(|rest| rest.trim_start_matches(' '));
        match next {
            Some(next) if next.starts_with(|ch: char| ch.is_ascii_digit()) => {
                from = text.len() - next.len()
            }
            _ => {
                let at = from + units_length(&text[from..end], language);
                return Some(text.split_at(at));
            }
        }
    }
}

/// Length of the number at the begin of a text: digits, and signs between two digits.
fn number_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let before_digit = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if ch.is_ascii_digit() || (is_sign(ch) && before_digit) {
            end = at + ch.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Length of a number up to its decimal sign.
fn units_length(number: &str, language: Language) -> usize {
    let sign = match language {
        Language::German => ',',
        Language::English | Language::Chinese => '.',
    };
    number.find(sign).unwrap_or(number.len())
}

/// Decimal and grouping signs of the languages we write.
fn is_sign(ch: char) -> bool {
    matches!(
        ch,
        '.' | ',' | '\u{2009}' | '\u{202F}' | '\u{A0}' | '’' | '\''
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_part_behind_their_units_digit() {
        let en = |text| parted(text, Language::English);
        assert_eq!(en("> 10,000"), Some(("> 10,000", "")));
        assert_eq!(en("19.1 billion yuan"), Some(("19", ".1 billion yuan")));
        assert_eq!(en("40–50%"), Some(("40–50", "%")));
        assert_eq!(en("4.5–6.25%"), Some(("4.5–6", ".25%")));
        assert_eq!(en("no data"), None);
        assert_eq!(
            parted("1.234,5 km", Language::German),
            Some(("1.234", ",5 km"))
        );
        assert_eq!(
            parted("~ 17\u{202F}800 Stück", Language::German),
            Some(("~ 17\u{202F}800", " Stück"))
        );
    }
}
