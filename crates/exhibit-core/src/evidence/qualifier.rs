//! The words beside a number that make a bound or an "about" of it.

use super::mention::{Bound, Mention};

enum Sense {
    Bound(Bound),
    About,
    /// Says nothing: "a total of".
    Filler,
}

/// Words before a number, the longer of two that end alike first.
const BEFORE: [(&str, Sense); 88] = [
    ("≥", Sense::Bound(Bound::AtLeast)),
    ("≤", Sense::Bound(Bound::AtMost)),
    (">", Sense::Bound(Bound::MoreThan)),
    ("<", Sense::Bound(Bound::LessThan)),
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
    ("not fewer than", Sense::Bound(Bound::AtLeast)),
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
    ("passed", Sense::Bound(Bound::MoreThan)),
    ("topped", Sense::Bound(Bound::MoreThan)),
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
    ("nicht weniger als", Sense::Bound(Bound::AtLeast)),
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
    // The sign is the number's; what qualifies it stands before.
    ("\u{2212}", Sense::Filler),
    ("-", Sense::Filler),
    ("minus", Sense::Filler),
    ("负", Sense::Filler),
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
pub(super) fn qualify(text: &str, mention: &mut Mention) {
    // No qualifier is longer than this many characters, and none reaches over a mark that ends a clause.
    let from = text[..mention.place.0]
        .char_indices()
        .rev()
        .take(40)
        .last()
        .map_or(mention.place.0, |(at, _)| at);
    let mut before = text[from..mention.place.0].to_lowercase();
    loop {
        let tail = before.trim_end();
        let found = BEFORE.iter().find(|(word, _)| {
            tail.strip_suffix(word).is_some_and(|rest| {
                !word.is_ascii() || !rest.ends_with(|ch: char| ch.is_alphanumeric())
            })
        });
        let Some((word, sense)) = found else { break };
        match sense {
            Sense::Bound(bound) => mention.bound = mention.bound.or(Some(*bound)),
            Sense::About => mention.about = true,
            Sense::Filler => {}
        }
        before.truncate(tail.len() - word.len());
    }
    let behind = text[mention.place.1..]
        .trim_start_matches(['%', ' '])
        .to_lowercase();
    if let Some((_, sense)) = BEHIND.iter().find(|(word, _)| behind.starts_with(word)) {
        match sense {
            Sense::Bound(bound) => mention.bound = mention.bound.or(Some(*bound)),
            Sense::About => mention.about = true,
            Sense::Filler => {}
        }
    }
}
