//! Numbers in words, for voices that read "10,000" as two numbers. ICU4X has no spelling rules yet, so the three languages' are here.

use crate::language::Language;

/// A plain decimal number in words: "nineteen point one". Whole parts beyond 15 digits stay digits, and so does a text that is
/// not a plain decimal number.
///
/// ```
/// use exhibit_facts::format::spell;
/// use exhibit_facts::language::Language;
/// assert_eq!(spell(Language::English, "17800"), "seventeen thousand eight hundred");
/// assert_eq!(spell(Language::German, "21"), "einundzwanzig");
/// assert_eq!(spell(Language::Chinese, "10050"), "一万零五十");
/// ```
#[must_use]
pub fn spell(language: Language, plain: &str) -> String {
    let (negative, body) = plain
        .strip_prefix('-')
        .map_or((false, plain), |body| (true, body));
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    let Some(whole) = whole.parse::<u64>().ok().filter(|whole| {
        *whole < 1_000_000_000_000_000 && part.bytes().all(|byte| byte.is_ascii_digit())
    }) else {
        return plain.to_owned();
    };
    let (minus, point, join) = match language {
        Language::English => ("minus ", " point ", " "),
        Language::German => ("minus ", " Komma ", " "),
        Language::Chinese => ("负", "点", ""),
    };
    let words = match language {
        Language::English => english(whole),
        Language::German => german(whole),
        Language::Chinese => chinese(whole),
    };
    let digit = |digit: u8| {
        let digit = usize::from(digit - b'0');
        match language {
            Language::English => ENGLISH[digit],
            Language::German => {
                if digit == 1 {
                    "eins"
                } else {
                    GERMAN[digit]
                }
            }
            Language::Chinese => CHINESE[digit],
        }
    };
    let mut text = if negative {
        minus.to_owned()
    } else {
        String::new()
    };
    text.push_str(&words);
    if !part.is_empty() {
        text.push_str(point);
        text.push_str(&part.bytes().map(digit).collect::<Vec<_>>().join(join));
    }
    text
}

const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn english(number: u64) -> String {
    let below = |number: u64| -> String {
        let mut words = Vec::new();
        if number >= 100 {
            words.push(format!("{} hundred", ENGLISH[at(number / 100)]));
        }
        let rest = number % 100;
        match (rest / 10, rest % 10) {
            (0 | 1, _) if rest > 0 => words.push(ENGLISH[at(rest)].to_owned()),
            (tens @ 2.., 0) => words.push(ENGLISH_TENS[at(tens)].to_owned()),
            (tens @ 2.., ones) => {
                words.push(format!("{}-{}", ENGLISH_TENS[at(tens)], ENGLISH[at(ones)]))
            }
            _ => {}
        }
        words.join(" ")
    };
    if number == 0 {
        return ENGLISH[0].to_owned();
    }
    let mut words = Vec::new();
    for (size, name) in [
        (1_000_000_000_000, " trillion"),
        (1_000_000_000, " billion"),
        (1_000_000, " million"),
        (1_000, " thousand"),
        (1, ""),
    ] {
        let count = number / size % 1_000;
        if count > 0 {
            words.push(format!("{}{name}", below(count)));
        }
    }
    words.join(" ")
}

const GERMAN: [&str; 20] = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 10] = [
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
];

fn german(number: u64) -> String {
    let below = |number: u64, last: bool| -> String {
        let mut word = String::new();
        if number >= 100 {
            word.push_str(GERMAN[at(number / 100)]);
            word.push_str("hundert");
        }
        let rest = number % 100;
        match (rest / 10, rest % 10) {
            (0, 1) if last => word.push_str("eins"),
            (0 | 1, _) if rest > 0 => word.push_str(GERMAN[at(rest)]),
            (tens @ 2.., 0) => word.push_str(GERMAN_TENS[at(tens)]),
            (tens @ 2.., ones) => {
                word.push_str(GERMAN[at(ones)]);
                word.push_str("und");
                word.push_str(GERMAN_TENS[at(tens)]);
            }
            _ => {}
        }
        word
    };
    if number == 0 {
        return GERMAN[0].to_owned();
    }
    let mut words = Vec::new();
    for (size, one, many) in [
        (1_000_000_000_000, "eine Billion", "Billionen"),
        (1_000_000_000, "eine Milliarde", "Milliarden"),
        (1_000_000, "eine Million", "Millionen"),
    ] {
        match number / size % 1_000 {
            0 => {}
            1 => words.push(one.to_owned()),
            count => words.push(format!("{} {many}", below(count, false))),
        }
    }
    let (thousands, rest) = (number / 1_000 % 1_000, number % 1_000);
    let mut word = String::new();
    if thousands > 0 {
        word.push_str(&below(thousands, false));
        word.push_str("tausend");
    }
    if rest > 0 {
        word.push_str(&below(rest, true));
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.join(" ")
}

const CHINESE: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn chinese(number: u64) -> String {
    let below = |number: u64| -> String {
        let mut text = String::new();
        let mut gap = false;
        for (size, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / size % 10;
            if digit == 0 {
                gap = gap || !text.is_empty();
                continue;
            }
            if gap {
                text.push('零');
                gap = false;
            }
            text.push_str(CHINESE[at(digit)]);
            text.push_str(name);
        }
        text
    };
    if number == 0 {
        return CHINESE[0].to_owned();
    }
    let mut text = String::new();
    let mut gap = false;
    for (size, name) in [
        (1_000_000_000_000, "万亿"),
        (100_000_000, "亿"),
        (10_000, "万"),
        (1, ""),
    ] {
        let count = number / size % 10_000;
        if count == 0 {
            gap = gap || !text.is_empty();
            continue;
        }
        if gap || (!text.is_empty() && count < 1_000) {
            text.push('零');
        }
        gap = false;
        text.push_str(&below(count));
        text.push_str(name);
    }
    text.strip_prefix("一十")
        .map_or(text.clone(), |rest| format!("十{rest}"))
}

fn at(number: u64) -> usize {
    usize::try_from(number).expect("a small number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_three_languages() {
        for (plain, english, german, chinese) in [
            ("0", "zero", "null", "零"),
            ("1", "one", "eins", "一"),
            ("12", "twelve", "zwölf", "十二"),
            ("40", "forty", "vierzig", "四十"),
            ("101", "one hundred one", "einhunderteins", "一百零一"),
            ("10000", "ten thousand", "zehntausend", "一万"),
            (
                "34000",
                "thirty-four thousand",
                "vierunddreißigtausend",
                "三万四千",
            ),
            (
                "1000001",
                "one million one",
                "eine Million eins",
                "一百万零一",
            ),
            (
                "19.1",
                "nineteen point one",
                "neunzehn Komma eins",
                "十九点一",
            ),
            ("-5", "minus five", "minus fünf", "负五"),
        ] {
            assert_eq!(spell(Language::English, plain), english);
            assert_eq!(spell(Language::German, plain), german);
            assert_eq!(spell(Language::Chinese, plain), chinese);
        }
    }
}
