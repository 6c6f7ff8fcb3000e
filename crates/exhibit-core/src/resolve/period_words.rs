//! Periods that a label names: "March", "Q1 2024", "2019–2023", "2023年3月". English, German and Chinese, whatever the language of the
//! brief is, as names of months come with the data.

use std::ops::Range;

use exhibit_facts::length::Length;
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};
use num_bigint::BigInt;
use num_rational::BigRational;

/// The periods that a label names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    years: Vec<i32>,
    /// First years of decades: "1990s".
    decades: Vec<i32>,
    months: Vec<u8>,
    quarters: Vec<u8>,
    halves: Vec<u8>,
    /// The label speaks of fiscal years, of which nobody says when they begin.
    fiscal: bool,
    /// The label is a period and nothing else.
    pub(super) whole: bool,
}

/// Names of months, each with its number. Three-letter forms are cut from these.
const MONTHS: [(&str, u8); 26] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("januar", 1),
    ("jänner", 1),
    ("februar", 2),
    ("feber", 2),
    ("märz", 3),
    ("mrz", 3),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("sept", 9),
    ("oktober", 10),
    ("okt", 10),
    ("dezember", 12),
    ("dez", 12),
];

/// Names of months that are also other words or people's names. Beside other words they are months only behind a preposition or beside a
/// year.
const OTHER_WORDS: [&str; 8] = [
    "march", "april", "may", "june", "august", "mai", "juni", "juli",
];

/// Words before a year that make it the year of another thing: "change since 2019".
const OTHER_THING: [&str; 26] = [
    "since",
    "from",
    "vs",
    "versus",
    "than",
    "before",
    "after",
    "until",
    "till",
    "to",
    "over",
    "on",
    "against",
    "by",
    "with",
    "seit",
    "von",
    "vor",
    "nach",
    "bis",
    "gegenüber",
    "ab",
    "zu",
    "than in",
    "base",
    "basis",
];

/// Words behind a year that make it the year of another thing: "2015 prices".
const OF_ANOTHER_THING: [&str; 10] = [
    "prices", "price", "dollars", "euros", "level", "levels", "preise", "preisen", "niveau",
    "basis",
];

/// Words that belong to the name of a period.
const GLUE: [&str; 24] = [
    "fy",
    "fiscal",
    "year",
    "calendar",
    "quarter",
    "half",
    "of",
    "the",
    "in",
    "im",
    "st",
    "nd",
    "rd",
    "th",
    "s",
    "er",
    "jahr",
    "quartal",
    "halbjahr",
    "geschäftsjahr",
    "to",
    "bis",
    "q",
    "h",
];

/// A run of letters, a run of digits, or another sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Sign,
}

struct Token<'t> {
    kind: Kind,
    text: &'t str,
    low: String,
    range: Range<usize>,
    used: bool,
}

/// True for a character of a script that sets no spaces between words.
fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch)
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let kind = |ch: char| {
        if ch.is_ascii_digit() {
            Kind::Number
        } else if ch.is_alphabetic() && !is_han(ch) {
            Kind::Word
        } else {
            Kind::Sign
        }
    };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for (at, ch) in text.char_indices() {
        let (kind, end) = (kind(ch), at + ch.len_utf8());
        match tokens.last_mut() {
            Some(last) if last.kind == kind && kind != Kind::Sign => {
                last.range.end = end;
                last.text = &text[last.range.clone()];
            }
            _ if ch.is_whitespace() => {
                // A space ends a run.
                tokens.push(Token {
                    kind: Kind::Sign,
                    text: " ",
                    low: " ".to_owned(),
                    range: at..end,
                    used: true,
                });
            }
            _ => tokens.push(Token {
                kind,
                text: &text[at..end],
                low: String::new(),
                range: at..end,
                used: false,
            }),
        }
    }
    for token in &mut tokens {
        token.low = token.text.to_lowercase();
    }
    tokens
}

/// The month of a name, and whether the name is no other word too.
fn month(word: &str) -> Option<(u8, bool)> {
    if let Some((_, number)) = MONTHS.iter().find(|(name, _)| *name == word) {
        return Some((*number, !OTHER_WORDS.contains(&word)));
    }
    (word.chars().count() == 3)
        .then(|| MONTHS.iter().find(|(name, _)| name.starts_with(word)))
        .flatten()
        .map(|(_, number)| (*number, false))
}

/// An ordinal from 1 to 4 in words.
fn ordinal(word: &str) -> Option<u8> {
    let stem = ["first", "second", "third", "fourth"];
    let german = ["erst", "zweit", "dritt", "viert"];
    (1..=4)
        .zip(stem.into_iter().zip(german))
        .find_map(|(number, (english, german))| {
            (word == english || word.strip_prefix(german).is_some_and(|end| end.len() <= 2))
                .then_some(number)
        })
}

/// A Chinese numeral from 1 to 12, or digits, at the end of a text; with the length in bytes.
fn numeral_before(text: &str) -> Option<(u8, usize)> {
    let digits = text.len() - text.trim_end_matches(|ch: char| ch.is_ascii_digit()).len();
    if digits > 0 {
        let number = text[text.len() - digits..].parse().ok()?;
        return Some((number, digits));
    }
    const NUMERALS: [&str; 12] = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
    ];
    (1..=12)
        .zip(NUMERALS)
        .filter(|(_, name)| text.ends_with(name))
        .max_by_key(|(_, name)| name.len())
        .map(|(number, name)| (number, name.len()))
}

/// The periods that a label names. `None` for a label that names none.
pub(super) fn named(label: &str) -> Option<Named> {
    let mut found = Named::default();
    let mut tokens = tokens(label);
    let mut used: Vec<Range<usize>> = Vec::new();
    chinese(label, &mut found, &mut used);
    for token in &mut tokens {
        token.used |= used
            .iter()
            .any(|range| range.start <= token.range.start && token.range.end <= range.end);
    }
    found.fiscal = label.contains("财年")
        || tokens
            .iter()
            .any(|token| ["fy", "fiscal", "geschäftsjahr"].contains(&token.low.as_str()));
    years(&mut tokens, &mut found);
    parts(&mut tokens, &mut found);
    months(&mut tokens, &mut found);
    let none = found.years.is_empty()
        && found.decades.is_empty()
        && found.months.is_empty()
        && found.quarters.is_empty()
        && found.halves.is_empty();
    if none {
        return None;
    }
    found.whole = tokens.iter().all(|token| {
        token.used
            || GLUE.contains(&token.low.as_str())
            || "–—-/.,()'’第年月日度".contains(token.text)
    });
    Some(found)
}

/// `2023年`, `3月`, `十二月`, `第一季度`, `上半年`.
fn chinese(label: &str, found: &mut Named, used: &mut Vec<Range<usize>>) {
    for (sign, limit) in [("月", 12), ("季度", 4)] {
        for (at, _) in label.match_indices(sign) {
            let Some((number, length)) = numeral_before(&label[..at]) else {
                continue;
            };
            if (1..=limit).contains(&number) {
                if limit == 4 {
                    found.quarters.push(number);
                } else {
                    found.months.push(number);
                }
                used.push(at - length..at + sign.len());
            }
        }
    }
    for (sign, half) in [("上半年", 1), ("下半年", 2)] {
        for (at, _) in label.match_indices(sign) {
            found.halves.push(half);
            used.push(at..at + sign.len());
        }
    }
    for (at, _) in label.match_indices('日') {
        if let Some((_, length)) = numeral_before(&label[..at]) {
            used.push(at - length..at);
        }
    }
}

/// The token that stands so many places away, over spaces.
fn beside<'a, 't>(tokens: &'a [Token<'t>], at: usize, step: isize) -> Option<&'a Token<'t>> {
    let mut at = at;
    loop {
        at = at.checked_add_signed(step)?;
        let token = tokens.get(at)?;
        if token.text != " " {
            return Some(token);
        }
    }
}

fn years(tokens: &mut [Token<'_>], found: &mut Named) {
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let year = token.text.parse::<i32>().ok();
        let Some(year) = year.filter(|year| {
            token.kind == Kind::Number && token.text.len() == 4 && (1_000..3_000).contains(year)
        }) else {
            continue;
        };
        let next = |step: usize| tokens.get(at + step);
        let sign = |token: Option<&Token<'_>>, signs: &str| {
            token.is_some_and(|token| signs.contains(token.text))
        };
        let number = |token: Option<&Token<'_>>| token.is_some_and(|one| one.kind == Kind::Number);
        // Part of a longer number: 1,234.5 or 12.2020.
        let grouped = (sign(next(1), ".,")
            && number(next(2))
            && next(2).is_some_and(|two| two.text.len() == 3))
            || (at > 1
                && sign(tokens.get(at - 1), ".,")
                && number(tokens.get(at - 2))
                && tokens[at - 2].text.len() < 4
                && sign(tokens.get(at - 1), ","));
        let before = beside(tokens, at, -1).map_or("", |token| token.low.as_str());
        let after = beside(tokens, at, 1).map_or("", |token| token.low.as_str());
        let foreign = OTHER_THING.contains(&before)
            || OF_ANOTHER_THING.contains(&after)
            || ["=", "自", "比", "较", "以"].contains(&before)
            || ["=", "前", "后", "起"].contains(&after);
        let span = beside(tokens, at, -1)
            .is_some_and(|token| ["to", "bis"].contains(&token.low.as_str()))
            && at > 3
            && tokens[..at]
                .iter()
                .any(|token| token.used && token.kind == Kind::Number);
        // "A1234" and "2000 m" are names and amounts.
        let joined = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|token| {
                token.kind == Kind::Word && !["fy", "q", "h"].contains(&token.low.as_str())
            });
        let amount = beside(tokens, at, 1).is_some_and(|token| {
            token.kind == Kind::Word
                && !GLUE.contains(&token.low.as_str())
                && month(&token.low).is_none()
                && (!(1_900..2_100).contains(&year) || year % 100 == 0)
        });
        if grouped || joined || amount || (foreign && !span) {
            continue;
        }
        let mut marks = vec![at];
        if next(1).is_some_and(|token| ["s", "er"].contains(&token.low.as_str())) {
            found.decades.push(year);
        } else {
            found.years.push(year);
            // 2023/24, and 2023-24 where it is no month.
            if sign(next(1), "/-–")
                && number(next(2))
                && next(2).is_some_and(|two| two.text.len() == 2)
            {
                let short: i32 = next(2).and_then(|two| two.text.parse().ok()).unwrap_or(0);
                let month = u8::try_from(short)
                    .ok()
                    .filter(|month| (1..=12).contains(month));
                match month {
                    Some(month) if sign(next(1), "-") => {
                        found.months.push(month);
                        marks.push(at + 2);
                        // A day.
                        if sign(next(3), "-") && number(next(4)) {
                            marks.push(at + 4);
                        }
                    }
                    _ if short == (year + 1) % 100 => {
                        found.years.push(year + 1);
                        found.fiscal = true;
                        marks.push(at + 2);
                    }
                    _ => {}
                }
            } else if next(1).is_some_and(|token| token.low == "m") && number(next(2)) {
                let month = next(2).and_then(|two| two.text.parse().ok());
                if let Some(month) = month.filter(|month| (1..=12).contains(month)) {
                    found.months.push(month);
                    marks.extend([at + 1, at + 2]);
                }
            }
        }
        for mark in marks {
            tokens[mark].used = true;
        }
    }
}

/// Quarters and halves.
fn parts(tokens: &mut [Token<'_>], found: &mut Named) {
    for at in 0..tokens.len() {
        let word = tokens[at].low.clone();
        let digit = |at: Option<usize>| {
            let token = tokens.get(at?)?;
            (token.kind == Kind::Number && token.text.len() == 1)
                .then(|| token.text.parse::<u8>().ok())
                .flatten()
        };
        let (limit, named) = match word.as_str() {
            "q" => (4, false),
            "h" | "hj" => (2, false),
            "quarter" | "quartal" => (4, true),
            "half" | "halbjahr" => (2, true),
            _ => continue,
        };
        // Q1, 1Q, 1st quarter, 1. Quartal, first quarter.
        let mut before = at.checked_sub(1);
        while let Some(one) = before.filter(|_| named) {
            if tokens[one].text == " "
                || ["st", "nd", "rd", "th", "."].contains(&tokens[one].low.as_str())
            {
                before = one.checked_sub(1);
            } else {
                break;
            }
        }
        let spoken = before
            .filter(|_| named)
            .and_then(|one| Some((ordinal(&tokens[one].low)?, one)));
        let place = digit(before).zip(before).or(spoken).or_else(|| {
            (!named)
                .then(|| digit(Some(at + 1)).zip(Some(at + 1)))
                .flatten()
        });
        let Some((number, place)) = place.filter(|(number, _)| (1..=limit).contains(number)) else {
            continue;
        };
        if limit == 4 {
            found.quarters.push(number);
        } else {
            found.halves.push(number);
        }
        tokens[place].used = true;
        tokens[at].used = true;
    }
}

fn months(tokens: &mut [Token<'_>], found: &mut Named) {
    let others = tokens
        .iter()
        .filter(|token| token.kind == Kind::Word && !GLUE.contains(&token.low.as_str()))
        .filter(|token| !token.used && month(&token.low).is_none())
        .count();
    for at in 0..tokens.len() {
        let Some((number, sure)) = month(&tokens[at].low).filter(|_| !tokens[at].used) else {
            continue;
        };
        let near = |step: isize| {
            let mut token = beside(tokens, at, step);
            // "Jan. 2024", "3. März"
            if token.is_some_and(|token| token.text == ".") {
                token = beside(tokens, at, 2 * step);
            }
            token
        };
        let date = |token: Option<&Token<'_>>| {
            token.is_some_and(|token| token.kind == Kind::Number && token.text.len() <= 4)
        };
        let preposition =
            near(-1).is_some_and(|token| ["in", "im", "ende"].contains(&token.low.as_str()));
        let capital = tokens[at]
            .text
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        let alone = others == 0;
        if !(alone || (capital && (sure || preposition || date(near(-1)) || date(near(1))))) {
            continue;
        }
        found.months.push(number);
        tokens[at].used = true;
        // The day.
        let day = |other: usize, tokens: &[Token<'_>]| {
            tokens.get(other).is_some_and(|token| {
                token.kind == Kind::Number
                    && token
                        .text
                        .parse()
                        .is_ok_and(|day: u8| (1..=31).contains(&day))
            })
        };
        for other in [at.checked_sub(2), at.checked_sub(3), Some(at + 2)]
            .into_iter()
            .flatten()
        {
            if day(other, tokens) {
                tokens[other].used = true;
            }
        }
    }
}

impl Named {
    /// True where a figure for this period may have the label.
    pub(super) fn fits(&self, period: &Period) -> bool {
        let (first, last) = period.days();
        let date =
            |day: Option<i64>| day.map(|day| Date::from_days(day.clamp(-719_000, 2_932_896)));
        let (begin, end) = (date(first), date(last));
        let mut low = begin.map_or(i32::MIN, |date| date.year);
        let mut high = end.map_or(i32::MAX, |date| date.year);
        if let Extent::Unit(CalendarUnit::Week(year, _)) = period.extent {
            (low, high) = (low.min(year), high.max(year));
        }
        let long = |months: i64| match Length::of(period) {
            Length::Open => true,
            Length::Months(count) => count > BigRational::from_integer(BigInt::from(months)),
            Length::Days(days) => days > BigRational::from_integer(BigInt::from(months * 31)),
            _ => true,
        };
        let closed = begin.is_some() && end.is_some();
        let slack = i32::from(self.fiscal);
        let year =
            |year: &i32| low.saturating_sub(slack) <= *year && *year <= high.saturating_add(slack);
        if !self.years.iter().all(year) {
            return false;
        }
        // "2020" is no name of a decade.
        if self.whole && self.years.len() == 1 && closed && long(18) && self.parts() == 0 {
            return false;
        }
        let decade = |first: &i32| *first <= low && high <= first + 9;
        if !self.decades.iter().all(decade) {
            return false;
        }
        let (Some(begin), Some(end)) = (begin, end) else {
            return true;
        };
        let months = month_number(begin)..=month_number(end);
        let holds = |wanted: &dyn Fn(i64) -> bool| months.clone().any(wanted);
        // A month is no name of a year, but a label may say which month of the year counts.
        let part = |limit: i64, wanted: &dyn Fn(i64) -> bool, named: usize| {
            if long(limit) {
                named > 1 || !self.whole
            } else {
                holds(wanted)
            }
        };
        let month = self.months.iter().all(|number| {
            let named = self.months.len();
            if named > 1 {
                // From one month to another: both lie in the period.
                return holds(&|at| at % 12 + 1 == i64::from(*number)) || long(11);
            }
            part(1, &|at| at % 12 + 1 == i64::from(*number), named)
                || (!self.whole && holds(&|at| at % 12 + 1 == i64::from(*number)))
        });
        let quarter = self.fiscal
            || self.quarters.iter().all(|number| {
                part(
                    3,
                    &|at| at % 12 / 3 + 1 == i64::from(*number),
                    self.quarters.len(),
                )
            });
        let half = self.fiscal
            || self.halves.iter().all(|number| {
                part(
                    6,
                    &|at| at % 12 / 6 + 1 == i64::from(*number),
                    self.halves.len(),
                )
            });
        month && quarter && half
    }

    /// Each period that is named, alone.
    pub(super) fn singly(&self) -> Vec<Self> {
        let one = || Self {
            fiscal: self.fiscal,
            ..Self::default()
        };
        let mut all = Vec::new();
        all.extend(self.years.iter().map(|year| Self {
            years: vec![*year],
            ..one()
        }));
        all.extend(self.decades.iter().map(|decade| Self {
            decades: vec![*decade],
            ..one()
        }));
        all.extend(self.months.iter().map(|month| Self {
            months: vec![*month],
            ..one()
        }));
        all.extend(self.quarters.iter().map(|quarter| Self {
            quarters: vec![*quarter],
            ..one()
        }));
        all.extend(self.halves.iter().map(|half| Self {
            halves: vec![*half],
            ..one()
        }));
        all
    }

    /// True for a label that is one period and nothing else. "2022–2023" may be the way from one figure to another.
    pub(super) fn is_one(&self) -> bool {
        self.whole && self.years.len() < 2
    }

    /// How many parts of years are named.
    fn parts(&self) -> usize {
        self.months.len() + self.quarters.len() + self.halves.len()
    }
}

/// Months since the year 0.
fn month_number(date: Date) -> i64 {
    i64::from(date.year) * 12 + i64::from(date.month) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(label: &str, period: &str) -> bool {
        let period = Period::parse(period).expect(period);
        named(label).is_none_or(|named| named.fits(&period))
    }

    #[test]
    fn a_label_fits_the_period_that_it_names() {
        for (label, period) in [
            ("2021", "2021"),
            ("2021", "2021-03"),
            ("2021", "2021-12-31"),
            ("FY2024", "FY2024-04"),
            ("FY 2023/24", "FY2024-04"),
            ("2023/24", "2023-07..2024-06"),
            ("March", "2023-03"),
            ("march 2023", "2023-03"),
            ("Mar. 2023", "2023-03"),
            ("3 March 2023", "2023-03-03"),
            ("März", "2023-03"),
            ("im Mai", "2023-05"),
            ("3月", "2023-03"),
            ("2023年3月", "2023-03"),
            ("十二月", "2023-12"),
            ("Q1 2024", "2024-Q1"),
            ("2024-Q1", "2024-Q1"),
            ("2024Q1", "2024-Q1"),
            ("1. Quartal 2024", "2024-Q1"),
            ("first quarter", "2024-01..2024-03"),
            ("第一季度", "2024-Q1"),
            ("2024年上半年", "2024-H1"),
            ("2020M01", "2020-01"),
            ("2019–2023", "2019..2023"),
            ("1920s", "1920..1929"),
            ("1990er", "1990..1999"),
            ("2000 to 2009", "2000..2009"),
            ("Jan–Mar 2024", "2024-Q1"),
            ("2023-02", "2023-02"),
            ("up to 2024", "..2024"),
            ("Sales in March", "2023-03"),
            ("Sales in 2023", "2023-03"),
            ("Theresa May", "2023-11"),
            ("March of Dimes", "2023-11"),
            ("Change since 2019", "2023"),
            ("2015 prices", "2023"),
            ("index, 2015 = 100", "2023"),
            ("North", "2023"),
            ("1,234 km", "2023"),
            ("staff at the end of March", "2023"),
            ("Season 2023/24", "2024"),
            ("2000 m freestyle", "2023"),
            ("Boeing A1999", "2023"),
        ] {
            assert!(
                fits(label, period),
                "{label} fits {period}: {:?}",
                named(label)
            );
        }
    }

    #[test]
    fn a_label_that_drifted_does_not_fit() {
        for (label, period) in [
            ("2021", "2020"),
            ("2021", "2020-03"),
            ("March", "2023-02"),
            ("May", "2023-09"),
            ("March", "2023"),
            ("Mar 2022", "2023-03"),
            ("Februar", "2023-03"),
            ("Sales in March", "2023-02"),
            ("September sales", "2023-02"),
            ("2月", "2023-03"),
            ("2022年3月", "2023-03"),
            ("十一月", "2023-12"),
            ("Q1", "2024-Q2"),
            ("Q1 2024", "2024"),
            ("2. Quartal 2024", "2024-Q1"),
            ("第二季度", "2024-Q1"),
            ("下半年", "2024-H1"),
            ("2019–2023", "2018..2022"),
            ("1920s", "1930..1939"),
            ("2023-02", "2023-03"),
            ("2020", "2020..2029"),
            ("Plan for 2024", "2023"),
            ("2021 sales", "2023"),
        ] {
            assert!(
                !fits(label, period),
                "{label} does not fit {period}: {:?}",
                named(label)
            );
        }
    }
}
