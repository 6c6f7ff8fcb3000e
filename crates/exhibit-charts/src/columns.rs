//! Widths of columns, and where numbers under each other are aligned: what tables as pictures and tables in a text share.

use exhibit_facts::language::Language;
use exhibit_scene::{Fonts, MissingGlyph, TextStyle};

/// How wide a column wants to be, and how narrow it can be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Want {
    /// Without any line broken.
    pub natural: f64,
    /// The longest word.
    pub least: f64,
    /// Widths of its texts without any line broken, summed up: how much it has to say.
    pub said: f64,
}

impl Want {
    /// Takes in another text of the column.
    pub fn take(&mut self, other: Self) {
        self.natural = self.natural.max(other.natural);
        self.least = self.least.max(other.least);
        self.said += other.said;
    }
}

/// Widths for columns that together fill `width` but for `gap` between them. What is left over is shared out evenly; where there is too
/// little, each column gets its share by how much it has to say, but not less than its longest word nor more than it needs.
pub fn widths(wants: &[Want], gap: f64, width: f64) -> Vec<f64> {
    let room = width - gap * (wants.len() as f64 - 1.0);
    let natural: f64 = wants.iter().map(|want| want.natural).sum();
    if natural <= room {
        let more = (room - natural) / wants.len() as f64;
        return wants.iter().map(|want| want.natural + more).collect();
    }
    if wants.iter().map(|want| want.least).sum::<f64>() >= room {
        // Even the longest words are too wide: they are broken in the widest columns, and the others give nothing up.
        let mut least: Vec<f64> = wants.iter().map(|want| want.least).collect();
        cut(&mut least, room);
        return least;
    }
    shared(wants, room)
}

/// Cuts widths so that together they need no more than `room`: the widest of them to the same share, and none that needs less than that.
pub fn cut(least: &mut [f64], room: f64) {
    let mut order = least.to_vec();
    order.sort_by(f64::total_cmp);
    let mut left = room;
    for (index, width) in order.iter().enumerate() {
        let share = left / (order.len() - index) as f64;
        if *width > share {
            least.iter_mut().for_each(|least| *least = least.min(share));
            return;
        }
        left -= width;
    }
}

/// Of two gaps, `gap` and half of it, and two wishes, that numbers stay `whole` or that lines of them end where a line of text may, the
/// first with which no word is broken in `width`; else what comes nearest to it.
pub fn fitting<'w>(
    gap: f64,
    whole: &'w [Want],
    broken: &'w [Want],
    width: f64,
) -> (f64, &'w [Want]) {
    let tight = gap / 2.0;
    [(gap, whole), (tight, whole), (tight, broken)]
        .into_iter()
        .find(|(gap, wants)| narrowest(wants, *gap) <= width)
        .unwrap_or((tight, broken))
}

/// How narrow columns can be with a gap between them, so that no word is broken.
pub fn narrowest(wants: &[Want], gap: f64) -> f64 {
    let gaps = gap * (wants.len() as f64 - 1.0);
    wants.iter().map(|want| want.least).sum::<f64>() + gaps
}

/// Shares by [`Want::said`] between the bounds of each column: whoever would get too little is served first, then whoever would
/// get too much, and the others share the rest again.
fn shared(wants: &[Want], room: f64) -> Vec<f64> {
    let mut settled: Vec<Option<f64>> = vec![None; wants.len()];
    loop {
        let left = room - settled.iter().flatten().sum::<f64>();
        let said: f64 = wants
            .iter()
            .zip(&settled)
            .filter(|(_, width)| width.is_none())
            .map(|(want, _)| want.said)
            .sum();
        let share = |want: &Want| {
            if said > 0.0 {
                left * want.said / said
            } else {
                want.least
            }
        };
        let open = || (0..wants.len()).filter(|index| settled[*index].is_none());
        let narrow = open().find(|index| share(&wants[*index]) < wants[*index].least);
        let wide = open().find(|index| share(&wants[*index]) > wants[*index].natural);
        match (narrow, wide) {
            (Some(index), _) => settled[index] = Some(wants[index].least),
            (None, Some(index)) => settled[index] = Some(wants[index].natural),
            (None, None) => {
                return wants
                    .iter()
                    .zip(&settled)
                    .map(|(want, width)| width.unwrap_or_else(|| share(want)))
                    .collect();
            }
        }
    }
}

/// Width of the widest word and of the whole text.
///
/// # Errors
/// A character that no face has.
pub fn want(fonts: &Fonts, text: &str, style: &TextStyle) -> Result<Want, MissingGlyph> {
    let (natural, least) = fonts.widths(text, style)?;
    Ok(Want {
        natural,
        least,
        said: natural,
    })
}

/// Parts the printed form of a number behind its units digit, where the decimal sign stands or would stand. Of a range the
/// second number counts, so that `40–50 %` stands with its 50 over the 53 of `53 %`. `None` for a text without digits.
pub fn parted(text: &str, language: Language) -> Option<(&str, &str)> {
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

    fn want(natural: f64, least: f64, said: f64) -> Want {
        Want {
            natural,
            least,
            said,
        }
    }

    #[test]
    fn columns_share_what_is_left_over_and_what_is_missing() {
        let roomy = widths(
            &[want(50.0, 20.0, 50.0), want(30.0, 30.0, 30.0)],
            10.0,
            110.0,
        );
        assert_eq!(roomy, [60.0, 40.0]);
        // 200 to share: the first cannot do with its share of 20, the second needs no more than 50, the third takes the rest.
        let narrow = widths(
            &[
                want(90.0, 40.0, 100.0),
                want(50.0, 10.0, 500.0),
                want(400.0, 60.0, 400.0),
            ],
            0.0,
            200.0,
        );
        assert_eq!(narrow, [40.0, 50.0, 110.0]);
        let broken = widths(
            &[want(300.0, 100.0, 1.0), want(300.0, 300.0, 1.0)],
            0.0,
            200.0,
        );
        // The first needs no more than half, and breaks nothing.
        assert_eq!(broken, [100.0, 100.0]);
    }

    #[test]
    fn a_word_without_end_takes_nothing_from_the_others() {
        for (mut least, cut_to) in [
            ([9_000.0, 60.0, 80.0], [260.0, 60.0, 80.0]),
            ([100.0, 60.0, 80.0], [100.0, 60.0, 80.0]),
            ([300.0, 500.0, 80.0], [160.0, 160.0, 80.0]),
        ] {
            cut(&mut least, 400.0);
            assert_eq!(least, cut_to);
        }
    }

    #[test]
    fn gaps_give_way_before_numbers_and_numbers_before_words() {
        let whole = [want(60.0, 60.0, 60.0), want(60.0, 60.0, 60.0)];
        let broken = [want(60.0, 40.0, 60.0), want(60.0, 40.0, 60.0)];
        for (width, gap, least) in [
            (140.0, 20.0, 60.0),
            (135.0, 10.0, 60.0),
            (120.0, 10.0, 40.0),
            (50.0, 10.0, 40.0),
        ] {
            let (found, wants) = fitting(20.0, &whole, &broken, width);
            assert_eq!((found, wants[0].least), (gap, least), "{width}");
        }
    }

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
