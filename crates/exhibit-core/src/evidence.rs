//! What a source's own words say of a number: which number, and with which qualifier.
//!
//! Evidence is read the way a person reads it: digits with grouping and multiplier words, numbers in words, per cent signs, and the
//! words beside them that make a bound or an "about" of it. English, German and Chinese words are known together, since a source need
//! not be in the brief's language. Where a text can be read in two ways (17.800 in German and in English) both are kept: evidence
//! supports a figure when one of its readings does.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::quantity::{Shape, Value};
use crate::rounding::power_of_ten;

/// A bound that a source's words make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// "more than"
    MoreThan,
    /// "at least"
    AtLeast,
    /// "less than"
    LessThan,
    /// "at most"
    AtMost,
}

impl Bound {
    /// The name of the shape, as in JSON.
    #[must_use]
    pub const fn qualifier(self) -> &'static str {
        match self {
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::AtMost => "at_most",
        }
    }
}

/// A number that a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it may be; more than one where the writing means two things.
    pub readings: Vec<BigRational>,
    /// The bound that its words make.
    pub bound: Option<Bound>,
    /// Said with "about".
    pub about: bool,
    /// First byte of the number, and one past its last.
    pub place: (usize, usize),
}

/// Every number that a text says, in order.
///
/// ```
/// use exhibit_core::evidence::{Bound, numbers};
/// let said = numbers("the share would not exceed 5%, or about 600 to 700 billion");
/// assert_eq!(said[0].bound, Some(Bound::AtMost));
/// assert!(said[1].about && said[1].readings.iter().any(|number| number.to_string() == "600000000000"));
/// ```
#[must_use]
pub fn numbers(text: &str) -> Vec<Said> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let boundary = text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_ascii_alphanumeric());
        let token = if rest.starts_with(|ch: char| ch.is_ascii_digit()) {
            digits(text, at)
        } else if boundary {
            words(text, at)
        } else {
            None
        };
        at = match token {
            Some(token) => {
                let end = token.said.place.1;
                found.push(token);
                end
            }
            None => at + rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    share_multipliers(text, &mut found);
    for token in &mut found {
        qualify(text, &mut token.said);
    }
    // The second end of a range is said with the words before the first.
    for index in 1..found.len() {
        let (first, second) = (&found[index - 1].said, &found[index].said);
        if is_join(&text[first.place.1..second.place.0]) {
            let (bound, about) = (first.bound, first.about);
            found[index].said.bound = found[index].said.bound.or(bound);
            found[index].said.about |= about;
        }
    }
    found.into_iter().map(|token| token.said).collect()
}

/// A number and the power of ten of its multiplier word.
struct Token {
    said: Said,
    power: u32,
    percent: bool,
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
fn digits(text: &str, at: usize) -> Option<Token> {
    let rest = &text[at..];
    let body = rest
        .find(|ch: char| {
            !(ch.is_ascii_digit() || matches!(ch, ',' | '.' | '_' | '\u{2009}' | '\u{202f}'))
        })
        .unwrap_or(rest.len());
    let body = rest[..body].trim_end_matches(|ch: char| !ch.is_ascii_digit());
    let mut end = at + body.len();
    let mut readings = writings(body);
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
    let after = text[end..].trim_start();
    let percent = ["%", "per cent", "percent", "Prozent"]
        .iter()
        .any(|sign| after.starts_with(sign));
    (!readings.is_empty()).then(|| Token {
        said: Said {
            readings,
            bound: None,
            about: false,
            place: (at, end),
        },
        power,
        percent,
    })
}

/// What written digits may mean: each of `,` and `.` may group or may be the decimal sign.
fn writings(body: &str) -> Vec<BigRational> {
    let mut found = Vec::new();
    for (group, point) in [(',', '.'), ('.', ',')] {
        let (whole, part) = body.rsplit_once(point).unwrap_or((body, ""));
        let groups: Vec<&str> = whole
            .split(|ch| ch == group || matches!(ch, '_' | '\u{2009}' | '\u{202f}'))
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
fn words(text: &str, at: usize) -> Option<Token> {
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
            said: Said {
                readings,
                bound,
                about: false,
                place: (at, at + length),
            },
            power: 0,
            percent: false,
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
    let (word, number) = WORDS.iter().rev().find(|(word, _)| {
        ends(word)
            || lower
                .strip_prefix(word)
                .is_some_and(|next| next.starts_with("fold"))
    })?;
    let mut number = *number;
    let mut length = word.len();
    if lower[length..].starts_with("fold") {
        return token(vec![whole(number)], None, length + "fold".len());
    }
    // "twenty-three", "three hundred".
    if number >= 20
        && number % 10 == 0
        && number < 100
        && let Some(next) = lower[length..].strip_prefix('-')
        && let Some((ones, value)) = WORDS[1..10].iter().find(|(ones, _)| next.starts_with(ones))
    {
        number += value;
        length += 1 + ones.len();
    }
    if lower[length..].starts_with(" hundred") {
        number *= 100;
        length += " hundred".len();
    }
    let mut readings = vec![whole(number)];
    if let Some((word, powers)) = MULTIPLIERS.iter().find(|(word, _)| {
        lower[length..]
            .strip_prefix(' ')
            .is_some_and(|next| next.starts_with(word))
    }) {
        readings = vec![whole(number) * power_of_ten(powers[0].into())];
        length += 1 + word.len();
    }
    token(readings, None, length)
}

/// True for what stands between the two ends of a range.
fn is_join(between: &str) -> bool {
    matches!(
        between.trim().trim_start_matches('%').trim(),
        "to" | "-" | "–" | "—" | "~" | "bis" | "至" | "到"
    )
}

/// "600 to 700 billion": the multiplier of the second end is the first one's too.
fn share_multipliers(text: &str, found: &mut [Token]) {
    for index in 1..found.len() {
        let (before, after) = found.split_at_mut(index);
        let (first, second) = (&mut before[index - 1], &after[0]);
        if first.power == 0
            && second.power > 0
            && is_join(&text[first.said.place.1..second.said.place.0])
        {
            let shared: Vec<BigRational> = first
                .said
                .readings
                .iter()
                .map(|number| number * power_of_ten(second.power.into()))
                .collect();
            first.said.readings.extend(shared);
            first.percent |= second.percent;
        }
    }
}

enum Sense {
    Bound(Bound),
    About,
    /// Says nothing: "a total of".
    Filler,
}

/// Words before a number, the longer of two that end alike first.
const BEFORE: [(&str, Sense); 76] = [
    ("not be more than", Sense::Bound(Bound::AtMost)),
    ("not exceeding", Sense::Bound(Bound::AtMost)),
    ("not exceed", Sense::Bound(Bound::AtMost)),
    ("no more than", Sense::Bound(Bound::AtMost)),
    ("not more than", Sense::Bound(Bound::AtMost)),
    ("at most", Sense::Bound(Bound::AtMost)),
    ("up to", Sense::Bound(Bound::AtMost)),
    ("maximum of", Sense::Bound(Bound::AtMost)),
    ("top", Sense::Bound(Bound::AtMost)),
    ("no less than", Sense::Bound(Bound::AtLeast)),
    ("no fewer than", Sense::Bound(Bound::AtLeast)),
    ("not less than", Sense::Bound(Bound::AtLeast)),
    ("at least", Sense::Bound(Bound::AtLeast)),
    ("minimum of", Sense::Bound(Bound::AtLeast)),
    ("more than", Sense::Bound(Bound::MoreThan)),
    ("greater than", Sense::Bound(Bound::MoreThan)),
    ("in excess of", Sense::Bound(Bound::MoreThan)),
    ("upwards of", Sense::Bound(Bound::MoreThan)),
    ("exceeding", Sense::Bound(Bound::MoreThan)),
    ("exceeded", Sense::Bound(Bound::MoreThan)),
    ("exceeds", Sense::Bound(Bound::MoreThan)),
    ("exceed", Sense::Bound(Bound::MoreThan)),
    ("surpassed", Sense::Bound(Bound::MoreThan)),
    ("surpasses", Sense::Bound(Bound::MoreThan)),
    ("surpass", Sense::Bound(Bound::MoreThan)),
    ("above", Sense::Bound(Bound::MoreThan)),
    ("beyond", Sense::Bound(Bound::MoreThan)),
    ("over", Sense::Bound(Bound::MoreThan)),
    ("fewer than", Sense::Bound(Bound::LessThan)),
    ("less than", Sense::Bound(Bound::LessThan)),
    ("under", Sense::Bound(Bound::LessThan)),
    ("below", Sense::Bound(Bound::LessThan)),
    ("approximately", Sense::About),
    ("an estimated", Sense::About),
    ("roughly", Sense::About),
    ("around", Sense::About),
    ("nearly", Sense::About),
    ("almost", Sense::About),
    ("about", Sense::About),
    ("circa", Sense::About),
    ("some", Sense::About),
    ("~", Sense::About),
    ("nicht mehr als", Sense::Bound(Bound::AtMost)),
    ("höchstens", Sense::Bound(Bound::AtMost)),
    ("maximal", Sense::Bound(Bound::AtMost)),
    ("bis zu", Sense::Bound(Bound::AtMost)),
    ("mindestens", Sense::Bound(Bound::AtLeast)),
    ("wenigstens", Sense::Bound(Bound::AtLeast)),
    ("mehr als", Sense::Bound(Bound::MoreThan)),
    ("über", Sense::Bound(Bound::MoreThan)),
    ("weniger als", Sense::Bound(Bound::LessThan)),
    ("unter", Sense::Bound(Bound::LessThan)),
    ("ungefähr", Sense::About),
    ("knapp", Sense::About),
    ("rund", Sense::About),
    ("etwa", Sense::About),
    ("ca.", Sense::About),
    ("不超过", Sense::Bound(Bound::AtMost)),
    ("至多", Sense::Bound(Bound::AtMost)),
    ("最多", Sense::Bound(Bound::AtMost)),
    ("不少于", Sense::Bound(Bound::AtLeast)),
    ("至少", Sense::Bound(Bound::AtLeast)),
    ("超过", Sense::Bound(Bound::MoreThan)),
    ("多于", Sense::Bound(Bound::MoreThan)),
    ("逾", Sense::Bound(Bound::MoreThan)),
    ("不到", Sense::Bound(Bound::LessThan)),
    ("不足", Sense::Bound(Bound::LessThan)),
    ("少于", Sense::Bound(Bound::LessThan)),
    ("低于", Sense::Bound(Bound::LessThan)),
    ("接近", Sense::About),
    ("大约", Sense::About),
    ("约", Sense::About),
    ("近", Sense::About),
    ("a total of", Sense::Filler),
    ("the vast", Sense::Filler),
    ("the", Sense::Filler),
];

/// Words behind a number.
const BEHIND: [(&str, Sense); 8] = [
    ("or more", Sense::Bound(Bound::AtLeast)),
    ("or less", Sense::Bound(Bound::AtMost)),
    ("or so", Sense::About),
    ("以上", Sense::Bound(Bound::AtLeast)),
    ("以下", Sense::Bound(Bound::AtMost)),
    ("左右", Sense::About),
    ("多", Sense::Bound(Bound::MoreThan)),
    ("余", Sense::Bound(Bound::MoreThan)),
];

/// Takes the words beside a number for its qualifier.
fn qualify(text: &str, said: &mut Said) {
    // No qualifier is longer than this many characters, and none reaches over a mark that ends a clause.
    let from = text[..said.place.0]
        .char_indices()
        .rev()
        .take(40)
        .last()
        .map_or(said.place.0, |(at, _)| at);
    let mut before = text[from..said.place.0].to_lowercase();
    loop {
        let tail = before.trim_end();
        let found = BEFORE.iter().find(|(word, _)| {
            tail.strip_suffix(word).is_some_and(|rest| {
                !word.is_ascii() || !rest.ends_with(|ch: char| ch.is_alphanumeric())
            })
        });
        let Some((word, sense)) = found else { break };
        match sense {
            Sense::Bound(bound) => said.bound = said.bound.or(Some(*bound)),
            Sense::About => said.about = true,
            Sense::Filler => {}
        }
        before.truncate(tail.len() - word.len());
        if matches!(sense, Sense::Bound(_)) {
            break;
        }
    }
    let behind = text[said.place.1..]
        .trim_start_matches(['%', ' '])
        .to_lowercase();
    if let Some((_, sense)) = BEHIND.iter().find(|(word, _)| behind.starts_with(word)) {
        match sense {
            Sense::Bound(bound) => said.bound = said.bound.or(Some(*bound)),
            Sense::About => said.about = true,
            Sense::Filler => {}
        }
    }
}

/// True when the numbers of a text are those of a value: its one amount, or both ends of its range.
#[must_use]
pub fn holds(text: &str, value: &Value) -> bool {
    let said = numbers(text);
    value.shape.amounts().all(|amount| {
        said.iter()
            .any(|said| said.readings.contains(&amount.value))
    })
}

/// What the words of a source make of a number, against what the data say.
///
/// # Errors
/// What the source says instead, in words for a message.
pub fn supports(said: &Said, value: &Value) -> Result<(), String> {
    let stated = match &value.shape {
        Shape::Exact(_) | Shape::Range { .. } => None,
        Shape::MoreThan(_) => Some(Bound::MoreThan),
        Shape::AtLeast(_) => Some(Bound::AtLeast),
        Shape::LessThan(_) => Some(Bound::LessThan),
        Shape::AtMost(_) => Some(Bound::AtMost),
    };
    if said.bound == stated && said.about == value.about {
        return Ok(());
    }
    let name = |bound: Option<Bound>, about: bool| {
        let bound = bound.map_or("no bound", Bound::qualifier);
        format!("{bound}{}", if about { ", about" } else { "" })
    };
    Err(format!(
        "the source says {}, the data say {}",
        name(said.bound, said.about),
        name(stated, value.about)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::value;

    #[test]
    fn evidence_holds_what_it_says_and_nothing_else() {
        for (text, number, fits) in [
            ("17,800", "17_800", true),
            ("17.800", "17_800", true),
            ("17.8", "17_800", false),
            ("19.1 billion", "19.1 billion", true),
            ("40%-50%", "40..50", true),
            ("40%", "40..50", false),
            ("600 to 700 billion", "600..700 billion", true),
            ("2/3", "2", true),
            ("2/3", "3", true),
            ("tens of thousands", "10_000", true),
            ("twenty-three", "23", true),
            ("three hundred", "300", true),
            ("three million", "3 million", true),
            ("tenfold", "10", true),
            ("majority", "50", true),
            ("37.1万", "371_000", true),
            ("5 Milliarden", "5 billion", true),
            ("five", "6", false),
            ("bone", "1", false),
            ("", "6", false),
        ] {
            assert_eq!(
                holds(text, &value(number).unwrap()),
                fits,
                "{text} {number}"
            );
        }
    }

    #[test]
    fn words_beside_a_number_qualify_it() {
        for (text, number, fits) in [
            ("deliveries exceeded 10,000 units", "> 10_000", true),
            ("deliveries exceeded 10,000 units", "~ 10_000", false),
            ("deliveries exceeded 10,000 units", "10_000", false),
            ("about 17,800 people", "~ 17_800", true),
            ("about 17,800 people", "17_800", false),
            ("would not exceed 5%", "<= 5", true),
            ("would not exceed 5%", "> 5", false),
            ("no less than about 20", "~ >= 20", true),
            ("over the past 20 years", "20", true),
            ("over 1,000 people", "> 1_000", true),
            ("moreover 1,000 people", "1_000", true),
            ("a total of 29", "29", true),
            ("about 40% to 50%", "~ 40..50", true),
            ("mehr als 1.000", "> 1_000", true),
            ("超过1万辆", "> 10_000", true),
            ("300多个", "> 300", true),
            ("30 or more", ">= 30", true),
        ] {
            let value = value(number).unwrap();
            let good = numbers(text).iter().any(|said| {
                value
                    .shape
                    .amounts()
                    .any(|amount| said.readings.contains(&amount.value))
                    && supports(said, &value).is_ok()
            });
            assert_eq!(good, fits, "{text} {number}");
        }
    }
}
