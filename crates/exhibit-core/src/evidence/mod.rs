//! What a source's own words say of a number: which number, and with which qualifier.
//!
//! Evidence is read the way a person reads it: digits with grouping and multiplier words, numbers in words, per cent signs, and the
//! words beside them that make a bound or an "about" of it. English, German and Chinese words are known together, since a source need
//! not be in the brief's language. Where a text can be read in two ways (17.800 in German and in English) both are kept: evidence
//! supports a figure when one of its readings does.

mod in_words;
mod mention;
mod number;
mod qualifier;

pub use in_words::in_words;
pub use mention::{Bound, Mention};

use num_rational::BigRational;

use exhibit_facts::quantity::{Shape, Value};
use exhibit_facts::rounding::power_of_ten;
use number::{Token, digits, words};
use qualifier::qualify;

/// Every number that a text mentions, in order.
///
/// ```
/// use exhibit_core::evidence::{Bound, numbers};
/// let mentions = numbers("the share would not exceed 5%, or about 600 to 700 billion");
/// assert_eq!(mentions[0].bound, Some(Bound::AtMost));
/// assert!(mentions[1].about && mentions[1].readings.iter().any(|number| number.to_string() == "600000000000"));
/// ```
#[must_use]
pub fn numbers(text: &str) -> Vec<Mention> {
    let mut found = tokens(text);
    for token in &mut found {
        qualify(text, &mut token.mention);
    }
    // The second end of a range has the words before the first.
    for index in 1..found.len() {
        let (first, second) = (&found[index - 1].mention, &found[index].mention);
        if is_join(&text[first.place.1..second.place.0]) {
            let (bound, about) = (first.bound, first.about);
            let range = is_range(text, first, second);
            found[index].mention.bound = found[index].mention.bound.or(bound);
            found[index].mention.about |= about;
            found[index].mention.range |= range;
            found[index - 1].mention.range |= range;
        } else if is_between(text, first, second) {
            found[index].mention.range = true;
            found[index - 1].mention.range = true;
        }
    }
    found.into_iter().map(|token| token.mention).collect()
}

/// The numbers alone, without their qualifiers.
fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(ch) = text[at..].chars().next() {
        let boundary = !before.is_some_and(|before: char| before.is_ascii_alphanumeric());
        let token = if ch.is_ascii_digit() {
            digits(text, at)
        } else if boundary && ch.is_ascii_alphabetic() {
            words(text, at)
        } else {
            None
        };
        match token {
            Some(token) => {
                at = token.mention.place.1;
                before = text[..at].chars().next_back();
                found.push(token);
            }
            None => {
                at += ch.len_utf8();
                before = Some(ch);
            }
        }
    }
    share_multipliers(text, &mut found);
    found
}

/// What stands before a number, without its qualifiers' spaces.
fn before<'t>(text: &'t str, mention: &Mention) -> &'t str {
    text[..mention.place.0].trim_end()
}

/// True for "40–50" and "40 to 50", but not for "from 40 to 50", which says what was and what is.
fn is_range(text: &str, first: &Mention, second: &Mention) -> bool {
    let between = text[first.place.1..second.place.0].trim();
    let moved = |word: &str| before(text, first).to_ascii_lowercase().ends_with(word);
    !(between.ends_with("to") && moved("from"))
}

/// True for "between 40 and 50".
fn is_between(text: &str, first: &Mention, second: &Mention) -> bool {
    let pairs = [("between", "and"), ("zwischen", "und")];
    let (before, joined) = (
        before(text, first).to_ascii_lowercase(),
        text[first.place.1..second.place.0].trim_matches(['%', ' ']),
    );
    pairs
        .iter()
        .any(|(begin, join)| before.ends_with(begin) && joined == *join)
}

/// True for what stands between the two ends of a range.
fn is_join(between: &str) -> bool {
    // The sign of the second end belongs to it.
    let between = ["\u{2212}", "minus", "负"]
        .iter()
        .find_map(|sign| between.trim().strip_suffix(sign))
        .unwrap_or(between)
        .trim();
    let between = ["%", "per cent", "percent", "Prozent"]
        .iter()
        .find_map(|sign| between.strip_prefix(sign))
        .unwrap_or(between);
    matches!(
        between.trim(),
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
            && is_join(&text[first.mention.place.1..second.mention.place.0])
        {
            let shared: Vec<BigRational> = first
                .mention
                .readings
                .iter()
                .map(|number| number * power_of_ten(second.power.into()))
                .collect();
            first.mention.readings.extend(shared);
        }
    }
}

/// True when the numbers of a text are those of a value: its one amount, both ends of its range, or the point of an estimate, whose
/// interval may stand elsewhere.
#[must_use]
pub fn holds(text: &str, value: &Value) -> bool {
    let found = tokens(text);
    value
        .shape
        .named()
        .all(|amount| found.iter().any(|token| token.mention.may_be(amount)))
}

/// What the words of a source make of a number, against what the data say.
///
/// # Errors
/// What the source says instead, in words for a message.
pub fn supports(mention: &Mention, value: &Value) -> Result<(), String> {
    let stated = match &value.shape {
        Shape::Exact(_) | Shape::Range { .. } | Shape::Estimate { .. } => None,
        Shape::MoreThan(_) => Some(Bound::MoreThan),
        Shape::AtLeast(_) => Some(Bound::AtLeast),
        Shape::LessThan(_) => Some(Bound::LessThan),
        Shape::AtMost(_) => Some(Bound::AtMost),
    };
    let ends = matches!(value.shape, Shape::Range { .. } | Shape::Estimate { .. });
    if mention.range && !ends {
        return Err("the source states a range, but the data have one number".to_owned());
    }
    if mention.bound == stated && mention.about == value.about {
        return Ok(());
    }
    let name = |bound: Option<Bound>, about: bool| match (bound, about) {
        (None, false) => "the number alone".to_owned(),
        (None, true) => "“about”".to_owned(),
        (Some(bound), _) => {
            let about = if about { "about, " } else { "" };
            format!("“{about}{}”", bound.qualifier().replace('_', " "))
        }
    };
    Err(format!(
        "the source states {}, the data state {}",
        name(mention.bound, mention.about),
        name(stated, value.about)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use exhibit_facts::number::value;

    #[test]
    fn evidence_holds_what_it_says_and_nothing_else() {
        for (text, number, fits) in [
            ("17,800", "17_800", true),
            ("17.800", "17_800", true),
            ("17.8", "17_800", false),
            ("357 569", "357_569", true),
            ("1 357\u{202f}569,5", "1_357_569.5", true),
            ("357’569", "357_569", true),
            ("10 000", "10", false),
            ("10 000", "0", false),
            ("2024 100", "2_024_100", false),
            ("357 56", "35_756", false),
            ("19.1 billion", "19.1 billion", true),
            ("40%-50%", "40..50", true),
            ("40%", "40..50", false),
            ("600 to 700 billion", "600..700 billion", true),
            ("2/3", "2", true),
            ("2/3", "3", true),
            ("tens of thousands", "10_000", true),
            ("twenty-three", "23", true),
            ("three hundred", "300", true),
            ("seventeen thousand eight hundred", "17_800", true),
            ("one million two hundred thousand", "1_200_000", true),
            ("one two", "3", false),
            ("three million", "3 million", true),
            ("tenfold", "10", true),
            ("majority", "50", true),
            ("37.1万", "371_000", true),
            ("5 Milliarden", "5 billion", true),
            ("5%", "-5", true),
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
            ("about \u{2212}30%", "~ 30", true),
            ("fell by more than -30", "> 30", true),
            ("about minus ten to minus five", "~ 5..10", true),
            ("in 2-30 days", "2..30", true),
            ("in 2-30 days", "30", false),
            ("between 40 and 50", "40", false),
            ("between 40% and 50%", "40..50", true),
            ("rose from 40 to 50", "50", true),
            ("not fewer than 90", ">= 90", true),
        ] {
            let value = value(number).unwrap();
            let good = numbers(text).iter().any(|mention| {
                value
                    .shape
                    .amounts()
                    .any(|amount| mention.readings.contains(&amount.value))
                    && supports(mention, &value).is_ok()
            });
            assert_eq!(good, fits, "{text} {number}");
        }
    }
}
