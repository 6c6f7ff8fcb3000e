//! Where a line may end: the Unicode algorithm (UAX 14) with the rules that figures and Chinese need on top.
//!
//! UAX 14 knows neither units nor the direction of quotation marks: it breaks `5 |km`, `10 |000`, `€ |5`, `40–|50`, `27|分钟`
//! and `3km/|h`, and forbids the break in `小米|“汽车”`. [`breaks`] corrects both.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Byte at which the next line begins. Spaces stand before the byte.
    pub at: usize,
    /// True where the line must end: at a line feed, and at the end of the text.
    pub forced: bool,
}

/// All places where a line may end, in order. The last place is the end of the text. Empty text has none.
///
/// ```
/// use exhibit_scene::breaks::breaks;
/// let text = "sold 5 km/h in 2024年";
/// let ends: Vec<&str> = breaks(text).into_iter().map(|place| &text[..place.at]).collect();
/// assert_eq!(ends, ["sold ", "sold 5 km/h ", "sold 5 km/h in ", text]);
/// ```
#[must_use]
pub fn breaks(text: &str) -> Vec<Break> {
    let mut found: Vec<Break> = linebreaks(text)
        .filter_map(|(at, kind)| {
            let forced = kind == BreakOpportunity::Mandatory;
            (at > 0 && (forced || !is_bound(text, at))).then_some(Break { at, forced })
        })
        .collect();
    // Most text is ASCII, which has none of these marks.
    if !text.is_ascii() {
        let quotes = quote_breaks(text)
            .filter(|at| !is_bound(text, *at))
            .map(|at| Break { at, forced: false });
        found.extend(quotes);
        found.sort_by_key(|place| (place.at, !place.forced));
        found.dedup_by_key(|place| place.at);
    }
    found
}

/// True for ideographs and kana: a line may end on either side of one.
#[must_use]
pub fn is_ideograph(ch: char) -> bool {
    matches!(ch, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// True for an address on the web or of mail, or a path: a hyphen drawn into it would be copied as a part of it.
///
/// ```
/// use exhibit_scene::breaks::is_address;
/// assert!(is_address("https://example.org/a") && is_address("data_2024.csv") && is_address("a@b.org"));
/// assert!(!is_address("well-known,") && !is_address("Haftpflicht.") && !is_address("and/or"));
/// ```
#[must_use]
pub fn is_address(word: &str) -> bool {
    let inner = word.trim_matches(|ch: char| !ch.is_alphanumeric());
    let joint = |at: usize| {
        inner[..at].ends_with(char::is_alphanumeric)
            && inner[at + 1..].starts_with(char::is_alphanumeric)
    };
    inner.contains("//")
        || inner.starts_with("www.")
        || inner.contains(['@', '_', '\\', '?', '=', '#', '%'])
        || inner.matches('/').count() > 1
        || inner.match_indices('.').any(|(at, _)| joint(at))
}

/// UAX 14 would break here, and a figure or its sign would be torn off.
fn is_bound(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let spaced = before.ends_with(char::is_whitespace);
    let left = before.trim_end();
    let (Some(last), Some(next)) = (left.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if last == '\u{AD}' {
        // A soft hyphen is a place to hyphenate, which is the paragraph's business.
        return true;
    }
    let last_word = || left.rsplit(char::is_whitespace).next().unwrap_or(left);
    if spaced {
        // The last character tells most words from numbers.
        let number = || last.is_ascii_digit() && is_number(last_word());
        return next.is_ascii_digit() && (number() || binds_number(last_word()))
            || number() && begins_with_unit(after);
    }
    match last {
        // A range, or a sign.
        '–' | '−' | '~' | '+' | '±' | '>' | '<' | '≥' | '≤' | '≈' => {
            next.is_ascii_digit()
        }
        // "km/h", "and/or", but not an address on the web.
        '/' => !last_word().contains("//") && !last_word().starts_with("www."),
        '第' => next.is_ascii_digit(),
        _ if is_ideograph(next) => ends_in_number(left) || splits_han_unit(left, after),
        _ => false,
    }
}

/// Figures with their marks, with a sign or a currency before: "10,000", "-3.5", "€5", "(19.1".
fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    digits.starts_with(|ch: char| ch.is_ascii_digit())
        && digits.chars().all(|ch| {
            ch.is_ascii_digit()
                || matches!(
                    ch,
                    '.' | ',' | '\'' | '’' | '–' | '-' | '\u{A0}' | '\u{202F}'
                )
        })
        && digits.ends_with(|ch: char| ch.is_ascii_digit())
}

/// True when the text ends in a number that is no part of a name ("27", not "SU7").
fn ends_in_number(left: &str) -> bool {
    let digits =
        left.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',' | '%'));
    digits.len() < left.len()
        && left.ends_with(|ch: char| ch.is_ascii_digit() || ch == '%')
        && !digits.ends_with(|ch: char| ch.is_alphabetic() && !is_ideograph(ch))
}

/// A sign, currency or abbreviation that a number follows.
fn binds_number(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[', '“', '‘', '（']);
    matches!(
        word,
        ">" | "<"
            | "≥"
            | "≤"
            | "~"
            | "≈"
            | "±"
            | "+"
            | "−"
            | "-"
            | "€"
            | "$"
            | "£"
            | "¥"
            | "￥"
            | "§"
            | "¶"
            | "№"
    ) || matches!(
        word,
        "No."
            | "no."
            | "Nos."
            | "p."
            | "pp."
            | "S."
            | "Nr."
            | "Abb."
            | "Fig."
            | "Tab."
            | "Exhibit"
            | "Figure"
            | "Table"
    ) || matches!(
        word,
        "Abbildung" | "Tabelle" | "CNY" | "USD" | "EUR" | "GBP" | "JPY" | "RMB"
    )
}

/// Units that stand after a number and a space. Longer words ("vehicles") may stand on the next line.
const UNITS: &[&str] = &[
    "%",
    "‰",
    "°",
    "°C",
    "°F",
    "€",
    "$",
    "£",
    "¥",
    "￥",
    "k",
    "m",
    "bn",
    "tn",
    "Mio.",
    "Mrd.",
    "million",
    "billion",
    "trillion",
    "thousand",
    "Millionen",
    "Milliarden",
    "Billionen",
    "Million",
    "Milliarde",
    "Tsd.",
    "km",
    "cm",
    "mm",
    "nm",
    "km/h",
    "m/s",
    "kg",
    "g",
    "mg",
    "t",
    "l",
    "ml",
    "h",
    "s",
    "ms",
    "min",
    "W",
    "kW",
    "MW",
    "GW",
    "TW",
    "Wh",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "V",
    "A",
    "Ah",
    "mAh",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "J",
    "kJ",
    "MJ",
    "N",
    "Nm",
    "Pa",
    "bar",
    "K",
    "B",
    "kB",
    "MB",
    "GB",
    "TB",
    "PB",
    "pt",
    "pp",
    "bp",
    "ha",
    "km²",
    "m²",
    "m³",
    "CNY",
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "RMB",
    "yuan",
];

fn begins_with_unit(after: &str) -> bool {
    let end = after
        .find(|ch: char| ch.is_whitespace() || is_ideograph(ch))
        .unwrap_or(after.len());
    let word = &after[..end];
    let bare = word.trim_end_matches([
        ',', ';', ':', '!', '?', ')', ']', '”', '’', '。', '，', '）',
    ]);
    UNITS.contains(&bare)
        || UNITS.contains(&bare.trim_end_matches('.'))
        || bare.starts_with(['%', '‰', '°'])
}

/// Chinese units and multipliers that follow a number without a space, longest first.
const HAN_UNITS: &[&str] = &[
    "平方公里",
    "平方米",
    "百分点",
    "分钟",
    "小时",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "公斤",
    "千克",
    "美元",
    "欧元",
    "日元",
    "万元",
    "亿元",
    "万辆",
    "万台",
    "万人",
    "亿",
    "万",
    "千",
    "百",
    "元",
    "辆",
    "台",
    "人",
    "米",
    "吨",
    "年",
    "月",
    "日",
    "天",
    "周",
    "倍",
    "秒",
    "瓦",
    "度",
    "家",
    "款",
    "个",
    "名",
    "次",
];

/// True when the place lies inside a number's unit: 27分|钟, 10万|辆.
fn splits_han_unit(left: &str, after: &str) -> bool {
    let tail = left.trim_end_matches(is_ideograph);
    let unit_begun = &left[tail.len()..];
    // A unit has at most a multiplier and four characters.
    if unit_begun.is_empty() || unit_begun.chars().count() > 5 || !ends_in_number(tail) {
        return false;
    }
    let whole = [unit_begun, after].concat();
    let length = |rest: &str| {
        HAN_UNITS
            .iter()
            .find(|unit| rest.starts_with(**unit))
            .map_or(0, |unit| unit.len())
    };
    let multiplier: usize = whole
        .chars()
        .take_while(|ch| matches!(ch, '百' | '千' | '万' | '亿'))
        .map(char::len_utf8)
        .sum();
    unit_begun.len() < multiplier + length(&whole[multiplier..])
}

/// Places beside quotation marks in Chinese, which UAX 14 cannot tell apart: before an opening mark after Chinese, after a closing
/// mark before Chinese.
fn quote_breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let marks = text.match_indices(['“', '‘', '”', '’']);
    marks.filter_map(move |(at, mark)| {
        let (before, after) = (&text[..at], &text[at + mark.len()..]);
        if matches!(mark, "“" | "‘") {
            let last = before.chars().next_back()?;
            let closed = is_ideograph(last)
                || matches!(
                    last,
                    '，' | '。' | '；' | '：' | '！' | '？' | '、' | '）' | '》'
                );
            closed.then_some(at)
        } else {
            let next = after.chars().next()?;
            is_ideograph(next).then_some(at + mark.len())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::breaks;

    /// The text with a bar at each allowed place inside it.
    fn show(text: &str) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for place in breaks(text) {
            shown.push_str(&text[from..place.at]);
            if place.at < text.len() {
                shown.push('|');
            }
            from = place.at;
        }
        shown
    }

    #[test]
    fn figures_stay_with_their_units() {
        assert_eq!(show("about 5 km away"), "about |5 km |away");
        assert_eq!(show("a 19.1 % rise"), "a |19.1 % |rise");
        assert_eq!(show("a (19.1 billion) yuan"), "a |(19.1 billion) |yuan");
        assert_eq!(show("at 10 000 a year"), "at |10 000 |a |year");
        assert_eq!(show("cost € 5 each"), "cost |€ 5 |each");
        assert_eq!(show("of 40–50% now"), "of |40–50% |now");
        assert_eq!(show("at 3km/h or so"), "at |3km/h |or |so");
        assert_eq!(show("sold > 10,000 vehicles"), "sold |> 10,000 |vehicles");
        assert_eq!(show("see Exhibit 3 below"), "see |Exhibit 3 |below");
        assert_eq!(show("27分钟下线"), "27分钟|下|线");
        assert_eq!(show("2024年交付10万辆车"), "2024年|交|付|10万辆|车");
        assert_eq!(show("约1.2亿元人"), "约|1.2亿元|人");
    }

    #[test]
    fn names_with_figures_are_no_numbers() {
        assert_eq!(show("小米SU7很好"), "小|米|SU7|很|好");
        assert_eq!(show("the SU7 m version"), "the |SU7 |m |version");
    }

    #[test]
    fn chinese_quotation_marks_have_a_direction() {
        assert_eq!(show("小米“汽车”公司"), "小|米|“汽|车”|公|司");
        assert_eq!(show("don’t say “no” twice"), "don’t |say |“no” |twice");
        assert_eq!(show("他说，“好。”然后"), "他|说，|“好。”|然|后");
    }

    #[test]
    fn line_feeds_force_and_soft_hyphens_do_not_break() {
        let forced: Vec<bool> = breaks("one\ntwo")
            .into_iter()
            .map(|place| place.forced)
            .collect();
        assert_eq!(forced, [true, true]);
        assert_eq!(show("de\u{AD}liver"), "de\u{AD}liver");
        assert_eq!(breaks(""), []);
    }

    #[test]
    fn addresses_may_break_at_slashes() {
        assert_eq!(
            show("see https://example.org/a/b now"),
            "see |https://|example.org/|a/|b |now"
        );
    }
}
