//! Written numbers and numbers in words.

use exhibit_facts::rounding::power_of_ten;
use num_bigint::BigInt;
use num_rational::BigRational;

use super::mention::{Bound, Mention};

/// A number and the power of ten of its multiplier word.
pub(super) struct Token {
    pub mention: Mention,
    pub power: u32,
}

/// Multiplier words, and the powers of ten that they may mean: a German Billion is an English trillion.
const MULTIPLIERS: [(&str, &[u32]); 22] = [
    ("thousand", &[3]),
    ("million", &[6]),
    ("billion", &[9]),
    ("trillion", &[12]),
    ("bn", &[9]),
    ("mn", &[6]),
    ("Tausend", &[3]),
    ("Millionen", &[6]),
    ("Million", &[6]),
    ("Mio.", &[6]),
    ("Milliarden", &[9]),
    ("Milliarde", &[9]),
    ("Mrd.", &[9]),
    ("Billionen", &[12]),
    ("Billion", &[12, 9]),
    ("万亿", &[12]),
    ("千万", &[7]),
    ("百万", &[6]),
    ("亿", &[8]),
    ("万", &[4]),
    ("千", &[3]),
    ("百", &[2]),
];

/// A number that begins with a digit.
pub(super) fn digits(text: &str, at: usize) -> Option<Token> {
    let rest = &text[at..];
    let body = rest
        .find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, ',' | '.' | '_')))
        .unwrap_or(rest.len());
    let body = rest[..body].trim_end_matches(|ch: char| !ch.is_ascii_digit());
    let (mut end, mut readings) = (at + body.len(), writings(body));
    if let Some(body) = spaced(rest) {
        readings = writings(body);
        end = at + body.len();
    }
    if let Some(below) = text[end..].strip_prefix('/') {
        let width = below
            .find(|ch: char| !ch.is_ascii_digit())
            .unwrap_or(below.len());
        if let (Some(above), Ok(below)) = (readings.first().cloned(), below[..width].parse::<u32>())
            && below > 0
        {
            let below = BigRational::from_integer(below.into());
            readings.extend([above / &below, below]);
            end += 1 + width;
        }
    }
    let after = text[end..].trim_start();
    let gap = text[end..].len() - after.len();
    let mut power = 0;
    if gap <= 1
        && let Some((word, powers)) = MULTIPLIERS.iter().find(|(word, _)| {
            after.strip_prefix(*word).is_some_and(|next| {
                !word.is_ascii() || !next.starts_with(|ch: char| ch.is_ascii_alphabetic())
            })
        })
    {
        power = powers[0];
        readings = readings
            .iter()
            .flat_map(|number| {
                powers
                    .iter()
                    .map(move |power| number * power_of_ten((*power).into()))
            })
            .collect();
        end += gap + word.len();
    }
    (!readings.is_empty()).then_some(Token {
        mention: Mention {
            readings,
            bound: None,
            about: false,
            range: false,
            place: (at, end),
        },
        power,
    })
}

/// Spaces and marks that group digits where commas and points do not.
const GROUPING: [char; 6] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '\u{2019}'];

/// The number at the begin of a text whose digits stand in groups of three with spaces or marks between them.
fn spaced(text: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let mut end = first;
    while let Some(ch) = text[end..]
        .chars()
        .next()
        .filter(|ch| GROUPING.contains(ch))
    {
        let next = end + ch.len_utf8();
        if digits(&text[next..]) != 3 {
            break;
        }
        end = next + 3;
    }
    if end == first || first > 3 {
        return None;
    }
    // The sign before the decimals, and these.
    if let Some(rest) = text[end..].strip_prefix([',', '.']) {
        let part = digits(rest);
        end += if part > 0 { 1 + part } else { 0 };
    }
    Some(&text[..end])
}

/// What written digits may mean: each of `,` and `.` may group or may be the decimal sign.
fn writings(body: &str) -> Vec<BigRational> {
    let mut found = Vec::new();
    for (group, point) in [(',', '.'), ('.', ',')] {
        let (whole, part) = body.rsplit_once(point).unwrap_or((body, ""));
        let groups: Vec<&str> = whole
            .split(|ch| ch == group || ch == '_' || GROUPING.contains(&ch))
            .collect();
        let grouped = groups.iter().skip(1).all(|part| part.len() == 3)
            && (groups.len() == 1 || groups[0].len() <= 3);
        let whole = groups.concat();
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !grouped || whole.is_empty() || !plain(&whole) || !plain(part) {
            continue;
        }
        if let Ok(digits) = format!("{whole}{part}").parse::<BigInt>() {
            let places = i64::try_from(part.len()).unwrap_or(0);
            let number = BigRational::from_integer(digits) * power_of_ten(-places);
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    found
}

/// The value of a word that counts: "one" to "nineteen", and the tens to "ninety".
pub(super) fn counted(word: &str) -> Option<u32> {
    let mut counts = WORDS[1..28].iter();
    let (_, value) = counts.find(|(known, _)| *known == word)?;
    Some(*value)
}

/// Words that are numbers of their own.
const WORDS: [(&str, u32); 34] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
    ("decade", 10),
    ("century", 100),
    ("once", 1),
    ("twice", 2),
    ("thrice", 3),
];

/// Plurals that say a size without a number: the weakest bound that they carry.
const SIZES: [(&str, u32); 9] = [
    ("tens of thousands", 4),
    ("hundreds of thousands", 5),
    ("tens of millions", 7),
    ("hundreds of millions", 8),
    ("dozens", 1),
    ("hundreds", 2),
    ("thousands", 3),
    ("millions", 6),
    ("billions", 9),
];

/// A number in words at a word's begin.
pub(super) fn words(text: &str, at: usize) -> Option<Token> {
    let lower = text[at..]
        .chars()
        .take(80)
        .collect::<String>()
        .to_ascii_lowercase();
    let ends = |word: &str| {
        lower
            .strip_prefix(word)
            .is_some_and(|next| !next.starts_with(|ch: char| ch.is_ascii_alphanumeric()))
    };
    let token = |readings: Vec<BigRational>, bound, length| {
        Some(Token {
            mention: Mention {
                readings,
                bound,
                about: false,
                range: false,
                place: (at, at + length),
            },
            power: 0,
        })
    };
    let whole = |number: u32| BigRational::from_integer(number.into());
    for (word, power) in SIZES {
        if ends(word) {
            let least = power_of_ten(power.into());
            return token(vec![least], Some(Bound::MoreThan), word.len());
        }
    }
    if ends("majority") {
        // More than half, whether the figure counts in per cent or in parts of one.
        let half = BigRational::new(1.into(), 2.into());
        return token(
            vec![half, whole(50)],
            Some(Bound::MoreThan),
            "majority".len(),
        );
    }
    if ends("half") {
        let half = BigRational::new(1.into(), 2.into());
        return token(vec![half, whole(50)], None, "half".len());
    }
    let (word, number) = WORDS.iter().find(|(word, _)| {
        ends(word)
            || lower
                .strip_prefix(word)
                .is_some_and(|next| next.starts_with("fold"))
    })?;
    let number = *number;
    let mut length = word.len();
    if lower[length..].starts_with("fold") {
        return token(vec![whole(number)], None, length + "fold".len());
    }
    if matches!(
        word,
        &("dozen" | "decade" | "century" | "once" | "twice" | "thrice")
    ) {
        return token(vec![whole(number)], None, length);
    }
    // "twenty-three", "three hundred", "seventeen thousand eight hundred": sizes below a thousand add up in `group`, and each
    // multiplier word closes a group.
    let (mut closed, mut group) = (BigRational::from_integer(0.into()), number);
    while let Some(next) = lower[length..].strip_prefix([' ', '-']) {
        let is = |word: &str| {
            next.strip_prefix(word)
                .is_some_and(|after| !after.starts_with(|ch: char| ch.is_ascii_alphanumeric()))
        };
        let fits = |more: u32| {
            group == 0
                || (group % 100 == 0 && more < 100)
                || (group % 10 == 0 && group % 100 >= 20 && more < 10)
        };
        if is("hundred") && group < 10 {
            group *= 100;
            length += 1 + "hundred".len();
        } else if let Some((word, powers)) = MULTIPLIERS[..4].iter().find(|(word, _)| is(word)) {
            closed += whole(group) * power_of_ten(powers[0].into());
            group = 0;
            length += 1 + word.len();
        } else if let Some((word, more)) = WORDS[1..28]
            .iter()
            .find(|(word, more)| is(word) && fits(*more))
        {
            group += more;
            length += 1 + word.len();
        } else {
            break;
        }
    }
    token(vec![closed + whole(group)], None, length)
}
