//! Figures in the words of an English text.

use super::number::counted;

/// What "a" may stand before: "a hundred", "a dozen".
const SIZES: [&str; 6] = [
    "dozen", "hundred", "thousand", "million", "billion", "trillion",
];

const PARTS: [&str; 11] = [
    "half",
    "third",
    "quarter",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "hundredth",
    "thousandth",
];

const MULTIPLES: [&str; 8] = [
    "twice",
    "thrice",
    "doubled",
    "tripled",
    "trebled",
    "quadrupled",
    "halved",
    "fourscore",
];

/// A word in small letters, and where it stands.
struct Word {
    from: usize,
    to: usize,
    lower: String,
}

/// Where an English text says a figure in words: ten and more, fractions, ratios and multiples. Small counts ("two brands") are
/// words like others, and so are spans of time with names of their own ("a decade").
///
/// ```
/// use exhibit_core::evidence::in_words;
/// let text = "One of two brands grew twelvefold, to two thirds of fifty thousand, in a decade.";
/// let found: Vec<&str> = in_words(text).into_iter().map(|(from, to)| &text[from..to]).collect();
/// assert_eq!(found, ["twelvefold", "two thirds", "fifty thousand"]);
/// ```
#[must_use]
pub fn in_words(text: &str) -> Vec<(usize, usize)> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let end = figure(text, &words[at..], at.checked_sub(1).map(|at| &words[at]));
        if end > 0 {
            found.push((words[at].from, words[at + end - 1].to));
        }
        at += end.max(1);
    }
    found
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text[rest..].find(|ch: char| ch.is_ascii_alphabetic()) {
        let from = rest + begin;
        let length = text[from..].find(|ch: char| !ch.is_ascii_alphabetic());
        let to = length.map_or(text.len(), |length| from + length);
        words.push(Word {
            from,
            to,
            lower: text[from..to].to_ascii_lowercase(),
        });
        rest = to;
    }
    words
}

/// Words before "half", "quarter" and the like that make them parts of a time: "the second quarter".
const ORDINALS: [&str; 14] = [
    "first", "second", "third", "fourth", "last", "latter", "other", "next", "previous", "final",
    "same", "each", "every", "this",
];

/// How many words from the first on say a figure; 0 for none. `last` is the word before them.
fn figure(text: &str, words: &[Word], last: Option<&Word>) -> usize {
    let last = last.filter(|last| matches!(&text[last.to..words[0].from], " " | "-"));
    let last = last.map_or("", |last| last.lower.as_str());
    // A word that the one before is joined to by a space or a hyphen.
    let next = |index: usize| -> &str {
        let (Some(before), Some(word)) = (words.get(index - 1), words.get(index)) else {
            return "";
        };
        match &text[before.to..word.from] {
            " " | "-" => &word.lower,
            _ => "",
        }
    };
    let first = words[0].lower.as_str();
    let article = matches!(first, "a" | "an");
    // "twice a year" says how often.
    if first == "twice" && matches!(next(1), "a" | "per" | "each" | "every") {
        return 0;
    }
    if MULTIPLES.contains(&first) || first.strip_suffix("fold").is_some_and(is_number) {
        return 1;
    }
    if first == "half" && matches!(next(1), "of" | "the" | "a") && !ORDINALS.contains(&last) {
        return 1;
    }
    if article && PARTS.contains(&next(1)) && next(2) == "of" {
        return 2;
    }
    let sized = article && SIZES.contains(&singular(next(1)));
    if !(is_number(first) || sized) {
        return 0;
    }
    let mut end = 1;
    loop {
        let word = next(end);
        if is_number(word) {
            end += 1;
        } else if word == "and"
            && is_number(next(end + 1))
            && SIZES.contains(&next_back(words, end))
        {
            end += 2;
        } else {
            break;
        }
    }
    // Counts up to nine are words like others: "two brands".
    let small = words[..end]
        .iter()
        .all(|word| counted(&word.lower).is_some_and(|count| count < 10));
    // "two thirds", "one-tenth of"; but "one third party" is none.
    let part = next(end);
    // "two quarters of growth" are half a year, and "the first two quarters" too; "three quarters of" something are a part of it.
    if part == "quarters" && (first != "three" || ORDINALS.contains(&last)) {
        return 0;
    }
    // "the twenty-first century" counts nothing.
    let ordinal = ORDINALS.contains(&part) || PARTS.contains(&part) && next(end + 1) != "of";
    if ordinal && text[words[end - 1].to..].starts_with('-') {
        return 0;
    }
    if PARTS.contains(&part) && next(end + 1) == "of"
        || part != singular(part) && PARTS.contains(&singular(part))
    {
        return end + 1;
    }
    if part == "fold" {
        return end + 1;
    }
    // "four out of five", "one in five"
    let ratio = match (part, next(end + 1)) {
        ("out", "of") => end + 2,
        ("in", _) => end + 1,
        _ => 0,
    };
    if small && ratio > 0 && is_number(next(ratio)) {
        return ratio + 1;
    }
    // "in billion yuan" and "in billions of dollars" say what is counted in, "per thousand people" too.
    let scale = matches!(last, "in" | "per") || text[..words[0].from].ends_with('(');
    let unit = end == 1 && (SIZES.contains(&first) || scale && SIZES.contains(&singular(first)));
    if small || unit { 0 } else { end }
}

fn next_back(words: &[Word], end: usize) -> &str {
    words[end - 1].lower.as_str()
}

/// True for a word that is part of a number.
fn is_number(word: &str) -> bool {
    counted(word).is_some() || SIZES.contains(&singular(word))
}

fn singular(word: &str) -> &str {
    match word {
        "halves" => "half",
        _ => word.strip_suffix('s').unwrap_or(word),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn figures_are_found_and_words_are_not() {
        for (text, found) in [
            ("A hundred cars, a million", vec!["A hundred", "a million"]),
            (
                "one hundred and twenty of them",
                vec!["one hundred and twenty"],
            ),
            (
                "twenty-three, and thousands",
                vec!["twenty-three", "thousands"],
            ),
            (
                "hundred-fold, tenfold, twice",
                vec!["hundred-fold", "tenfold", "twice"],
            ),
            ("a third of it, a third car", vec!["a third"]),
            (
                "one tenth of it, three-quarters",
                vec!["one tenth", "three-quarters"],
            ),
            (
                "four out of five, one in five, two in all",
                vec!["four out of five", "one in five"],
            ),
            (
                "sales doubled, and half of the rest",
                vec!["doubled", "half"],
            ),
            ("one of two brands, a second one, in billion yuan", vec![]),
            ("GDP in billions of dollars (millions of people)", vec![]),
            ("billions of dollars were lost", vec!["billions"]),
            (
                "the first half of the decade, the second quarter of 2024, the latter half of it",
                vec![],
            ),
            (
                "half of it; two quarters of growth, three quarters of it, the last three quarters of growth",
                vec!["half", "three quarters"],
            ),
            ("twice a year, twice as many", vec!["twice"]),
            (
                "the twenty-first century, twenty-one cars",
                vec!["twenty-one"],
            ),
            (
                "deaths per thousand people, a thousand deaths",
                vec!["a thousand"],
            ),
            ("often, tenure, a dozen", vec!["a dozen"]),
            ("", vec![]),
        ] {
            let figures: Vec<&str> = in_words(text)
                .iter()
                .map(|(from, to)| &text[*from..*to])
                .collect();
            assert_eq!(figures, found, "{text}");
        }
    }
}
