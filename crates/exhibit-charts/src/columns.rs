//! Widths of table columns, and the decimal alignment of numbers. Tables as pictures and tables in a document share
//! this module.

use exhibit_facts::language::Language;
use exhibit_scene::{Fonts, MissingGlyph, TextStyle};

/// Width of a column's content, in points.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentWidth {
    /// Width without any line break.
    pub natural: f64,
    /// Width of the longest word: the least width that breaks no word.
    pub least: f64,
    /// Sum of the natural widths of all texts, a measure of how much text the column holds.
    pub total: f64,
}

impl ContentWidth {
    /// Adds another text of the column.
    pub fn take(&mut self, other: Self) {
        self.natural = self.natural.max(other.natural);
        self.least = self.least.max(other.least);
        self.total += other.total;
    }
}

/// Widths of columns that fill `width` points, `gap` points between two. A surplus is shared evenly. A shortage is
/// shared by [`ContentWidth::total`], and no column falls below its longest word or exceeds its natural width.
pub fn column_widths(contents: &[ContentWidth], gap: f64, width: f64) -> Vec<f64> {
    let available = width - gap * (contents.len() as f64 - 1.0);
    let natural: f64 = contents.iter().map(|content| content.natural).sum();
    if natural <= available {
        let more = (available - natural) / contents.len() as f64;
        return contents
            .iter()
            .map(|content| content.natural + more)
            .collect();
    }
    if contents.iter().map(|content| content.least).sum::<f64>() >= available {
        // The longest words alone are too wide. Words break in the widest columns, and the others keep their width.
        let mut least: Vec<f64> = contents.iter().map(|content| content.least).collect();
        cap_widest(&mut least, available);
        return least;
    }
    shared(contents, available)
}

/// Caps the widest of some widths at one value, so that the sum is at most `available` points.
pub fn cap_widest(least: &mut [f64], available: f64) {
    let mut order = least.to_vec();
    order.sort_by(f64::total_cmp);
    let mut left = available;
    for (index, width) in order.iter().enumerate() {
        let share = left / (order.len() - index) as f64;
        if *width > share {
            least.iter_mut().for_each(|least| *least = least.min(share));
            return;
        }
        left -= width;
    }
}

/// The first of three layouts that breaks no word in `width` points: `gap` with `whole` numbers, half of the gap with
/// `whole` numbers, half of the gap with `broken` lines. The last layout where none fits.
pub fn choose_gap<'w>(
    gap: f64,
    whole: &'w [ContentWidth],
    broken: &'w [ContentWidth],
    width: f64,
) -> (f64, &'w [ContentWidth]) {
    let tight = gap / 2.0;
    [(gap, whole), (tight, whole), (tight, broken)]
        .into_iter()
        .find(|(gap, contents)| min_total_width(contents, *gap) <= width)
        .unwrap_or((tight, broken))
}

/// The least width of a table that breaks no word, with `gap` points between two columns.
pub fn min_total_width(contents: &[ContentWidth], gap: f64) -> f64 {
    let gaps = gap * (contents.len() as f64 - 1.0);
    contents.iter().map(|content| content.least).sum::<f64>() + gaps
}

/// Shares `available` points by [`ContentWidth::total`], between the bounds of each column. Columns below their least
/// width settle first, then columns above their natural width, and the others share the rest again.
fn shared(contents: &[ContentWidth], available: f64) -> Vec<f64> {
    let mut settled: Vec<Option<f64>> = vec![None; contents.len()];
    loop {
        let left = available - settled.iter().flatten().sum::<f64>();
        let total: f64 = contents
            .iter()
            .zip(&settled)
            .filter(|(_, width)| width.is_none())
            .map(|(content, _)| content.total)
            .sum();
        let share = |content: &ContentWidth| {
            if total > 0.0 {
                left * content.total / total
            } else {
                content.least
            }
        };
        let open = || (0..contents.len()).filter(|index| settled[*index].is_none());
        let narrow = open().find(|index| share(&contents[*index]) < contents[*index].least);
        let wide = open().find(|index| share(&contents[*index]) > contents[*index].natural);
        match (narrow, wide) {
            (Some(index), _) => settled[index] = Some(contents[index].least),
            (None, Some(index)) => settled[index] = Some(contents[index].natural),
            (None, None) => {
                return contents
                    .iter()
                    .zip(&settled)
                    .map(|(content, width)| width.unwrap_or_else(|| share(content)))
                    .collect();
            }
        }
    }
}

/// Content width of one text.
///
/// # Errors
/// [`MissingGlyph`] where no face has a character of the text.
pub fn content_width(
    fonts: &Fonts,
    text: &str,
    style: &TextStyle,
) -> Result<ContentWidth, MissingGlyph> {
    let (natural, least) = fonts.widths(text, style)?;
    Ok(ContentWidth {
        natural,
        least,
        total: natural,
    })
}

/// Splits the printed form of a number behind its units digit, where the decimal sign stands or would stand. The
/// second number of a range counts, so that the 50 of `40–50 %` aligns with the 53 of `53 %`. `None` where the text
/// has no digit.
pub fn split_at_decimal_sign(text: &str, language: Language) -> Option<(&str, &str)> {
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

/// Length in bytes of the number that a text begins with: digits, and signs between two digits.
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

/// Length in bytes of a number up to its decimal sign.
fn units_length(number: &str, language: Language) -> usize {
    let sign = match language {
        Language::German => ',',
        Language::English | Language::Chinese => '.',
    };
    number.find(sign).unwrap_or(number.len())
}

/// True for decimal and grouping signs of the supported languages.
fn is_sign(ch: char) -> bool {
    matches!(
        ch,
        '.' | ',' | '\u{2009}' | '\u{202F}' | '\u{A0}' | '’' | '\''
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content_width(natural: f64, least: f64, total: f64) -> ContentWidth {
        ContentWidth {
            natural,
            least,
            total,
        }
    }

    #[test]
    fn columns_share_what_is_left_over_and_what_is_missing() {
        let roomy = column_widths(
            &[
                content_width(50.0, 20.0, 50.0),
                content_width(30.0, 30.0, 30.0),
            ],
            10.0,
            110.0,
        );
        assert_eq!(roomy, [60.0, 40.0]);
        // The first column cannot do with its share of 20 out of 200, the second needs no more than 50, and the third
        // takes the rest.
        let narrow = column_widths(
            &[
                content_width(90.0, 40.0, 100.0),
                content_width(50.0, 10.0, 500.0),
                content_width(400.0, 60.0, 400.0),
            ],
            0.0,
            200.0,
        );
        assert_eq!(narrow, [40.0, 50.0, 110.0]);
        let broken = column_widths(
            &[
                content_width(300.0, 100.0, 1.0),
                content_width(300.0, 300.0, 1.0),
            ],
            0.0,
            200.0,
        );
        // The first column needs no more than half, and breaks no word.
        assert_eq!(broken, [100.0, 100.0]);
    }

    #[test]
    fn a_word_without_end_takes_nothing_from_the_others() {
        for (mut least, capped) in [
            ([9_000.0, 60.0, 80.0], [260.0, 60.0, 80.0]),
            ([100.0, 60.0, 80.0], [100.0, 60.0, 80.0]),
            ([300.0, 500.0, 80.0], [160.0, 160.0, 80.0]),
        ] {
            cap_widest(&mut least, 400.0);
            assert_eq!(least, capped);
        }
    }

    #[test]
    fn gaps_give_way_before_numbers_and_numbers_before_words() {
        let whole = [
            content_width(60.0, 60.0, 60.0),
            content_width(60.0, 60.0, 60.0),
        ];
        let broken = [
            content_width(60.0, 40.0, 60.0),
            content_width(60.0, 40.0, 60.0),
        ];
        for (width, gap, least) in [
            (140.0, 20.0, 60.0),
            (135.0, 10.0, 60.0),
            (120.0, 10.0, 40.0),
            (50.0, 10.0, 40.0),
        ] {
            let (found, contents) = choose_gap(20.0, &whole, &broken, width);
            assert_eq!((found, contents[0].least), (gap, least), "{width}");
        }
    }

    #[test]
    fn numbers_part_behind_their_units_digit() {
        let en = |text| split_at_decimal_sign(text, Language::English);
        assert_eq!(en("> 10,000"), Some(("> 10,000", "")));
        assert_eq!(en("19.1 billion yuan"), Some(("19", ".1 billion yuan")));
        assert_eq!(en("40–50%"), Some(("40–50", "%")));
        assert_eq!(en("4.5–6.25%"), Some(("4.5–6", ".25%")));
        assert_eq!(en("no data"), None);
        assert_eq!(
            split_at_decimal_sign("1.234,5 km", Language::German),
            Some(("1.234", ",5 km"))
        );
        assert_eq!(
            split_at_decimal_sign("~ 17\u{202F}800 Stück", Language::German),
            Some(("~ 17\u{202F}800", " Stück"))
        );
    }
}
