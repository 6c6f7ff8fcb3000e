//! Years and dates that a text names in digits: "2015", "the 1990s", "12 March 2015", "Q3 2015", "2015-03-12".

use std::ops::Range;

use exhibit_facts::format::month;
use exhibit_facts::language::Language;
use exhibit_facts::period::{CalendarUnit, Date};

/// A stretch of time that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Where its words stand that hold digits, or stand between them.
    pub(super) range: Range<usize>,
    /// Its first and last day, in days since 1970-01-01; `None` for the name of a part that no year stands beside.
    pub(super) days: Option<(i64, i64)>,
    /// It names a day.
    pub(super) is_day: bool,
}

/// The years and dates of a text, in order.
pub(super) fn dates(language: Language, words: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut at = 0;
    while let Some(begin) = words[at..].find(|ch: char| ch.is_ascii_digit()) {
        let from = at + begin;
        let length = words[from..].find(|ch: char| !ch.is_ascii_digit());
        let to = length.map_or(words.len(), |length| from + length);
        at = to;
        let run = Run {
            language,
            words,
            from,
            to,
        };
        let named = run.iso().or_else(|| run.year()).or_else(|| run.part());
        if let Some(named) = named {
            at = at.max(named.range.end);
            // A day or a quarter that was read as a number stands inside.
            found.retain(|before| before.range.end <= named.range.start);
            found.push(named);
        }
    }
    found
}

/// A run of digits in a text.
struct Run<'t> {
    language: Language,
    words: &'t str,
    from: usize,
    to: usize,
}

impl Run<'_> {
    fn before(&self) -> &str {
        &self.words[..self.from]
    }

    fn after(&self) -> &str {
        &self.words[self.to..]
    }

    /// The digits as a year of four digits.
    fn number(&self) -> Option<i32> {
        let text = &self.words[self.from..self.to];
        let year = text.parse().ok().filter(|_| text.len() == 4)?;
        (1000..=2999).contains(&year).then_some(year)
    }

    /// `2015-03-12`, or `2015-03`.
    fn iso(&self) -> Option<Named> {
        let year = self.number()?;
        let digits = |text: &str| -> Option<u8> {
            let number = text.get(..3)?.strip_prefix('-')?.parse().ok()?;
            let ends = !text[3..].starts_with(|ch: char| ch.is_ascii_digit());
            ends.then_some(number)
        };
        let month = digits(self.after())?;
        if let Some(day) = digits(&self.after()[3..]) {
            let date = Date::new(year, month, day)?;
            return Some(self.named(self.from, self.to + 6, CalendarUnit::Day(date)));
        }
        // "2010-11" may be two years, too.
        let next = year % 100 + 1 == i32::from(month);
        (!next && (1..=12).contains(&month))
            .then(|| self.named(self.from, self.to + 3, CalendarUnit::Month(year, month)))
    }

    /// A year, with a month, a day, a quarter or a half before it or behind it.
    fn year(&self) -> Option<Named> {
        let year = self.number()?;
        let (before, after) = (self.before(), self.after());
        let measured = before
            .chars()
            .next_back()
            .is_some_and(|ch| ch.is_alphanumeric() || "$€£¥₹₩.,+±~≈<>≤≥\u{2212}#".contains(ch))
            || before
                .trim_end()
                .ends_with(['<', '>', '≤', '≥', '~', '±', '$', '€', '£', '¥']);
        // "FY2015" is a year, "SU2015" a name.
        let fiscal = ["FY", "CY", "GJ"].iter().any(|sign| before.ends_with(sign));
        let bare = after.strip_prefix(['.', ',']).unwrap_or(after);
        let goes_on = bare.len() < after.len() && bare.starts_with(|ch: char| ch.is_ascii_digit());
        if measured && !fiscal || goes_on || after.trim_start().starts_with('%') {
            return None;
        }
        // The decade, with an apostrophe or without one; "2015's" is the year.
        if let Some(rest) = after
            .strip_prefix(['s', 'S'])
            .or_else(|| after.strip_prefix("er "))
            && !rest.starts_with(char::is_alphabetic)
            && year % 10 == 0
        {
            let (first, _) = CalendarUnit::Year(year).days();
            let (_, last) = CalendarUnit::Year(year + 9).days();
            return Some(Named {
                range: self.from..self.to + 1,
                days: Some((first, last)),
                is_day: false,
            });
        }
        if after.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            return self.part_behind(year);
        }
        if self.language == Language::Chinese
            && let Some(named) = self.chinese(year)
        {
            return Some(named);
        }
        // The end of "2010–15" and of "2010/11".
        let mut end = self.to;
        if let Some(rest) = after.strip_prefix(['–', '-', '/']) {
            let sign = after.len() - rest.len();
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 2 {
                end = self.to + sign + 2;
                let last = year / 100 * 100 + rest[..2].parse::<i32>().ok()?;
                let (first, _) = CalendarUnit::Year(year).days();
                let (_, last) = CalendarUnit::Year(last.max(year)).days();
                return Some(Named {
                    range: self.from..end,
                    days: Some((first, last)),
                    is_day: false,
                });
            }
        }
        if let Some((from, unit)) = self.part_before(year) {
            return Some(self.named(from, end, unit));
        }
        Some(self.named(self.from, end, CalendarUnit::Year(year)))
    }

    /// "2015Q3", "2015H1".
    fn part_behind(&self, year: i32) -> Option<Named> {
        let (sign, number) = (self.after().get(..1)?, self.after().get(1..2)?);
        if self.after()[2..].starts_with(char::is_alphanumeric) {
            return None;
        }
        let unit = part(sign, number.parse().ok()?, year)?;
        Some(self.named(self.from, self.to + 2, unit))
    }

    /// "2015年3月12日".
    fn chinese(&self, year: i32) -> Option<Named> {
        let rest = self.after().strip_prefix('年')?;
        let number = |text: &str, sign: char| -> Option<(u8, usize)> {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let number = text[..digits].parse().ok()?;
            text[digits..]
                .starts_with(sign)
                .then_some((number, digits + sign.len_utf8()))
        };
        let year_end = self.to + '年'.len_utf8();
        let Some((month, length)) = number(rest, '月') else {
            return Some(self.named(self.from, year_end, CalendarUnit::Year(year)));
        };
        let end = year_end + length;
        match number(&rest[length..], '日').and_then(|(day, length)| {
            let date = Date::new(year, month, day)?;
            Some((date, length))
        }) {
            Some((date, length)) => {
                Some(self.named(self.from, end + length, CalendarUnit::Day(date)))
            }
            None => (1..=12)
                .contains(&month)
                .then(|| self.named(self.from, end, CalendarUnit::Month(year, month))),
        }
    }

    /// What stands before the year: "March ", "12 March ", "March 12, ", "Q3 ", "3. Quartal ". Where it begins, and the unit.
    fn part_before(&self, year: i32) -> Option<(usize, CalendarUnit)> {
        let before = self.before().trim_end_matches([' ', '\u{a0}']);
        let of = before
            .strip_suffix(" of")
            .unwrap_or(before.strip_suffix(',').unwrap_or(before));
        // "March 12, 2015"
        if before.ends_with(',') {
            let (head, day) = last_number(of)?;
            let (start, month) = month_before(self.language, head)?;
            return Some((start, CalendarUnit::Day(Date::new(year, month, day)?)));
        }
        if let Some((start, month)) = month_before(self.language, of) {
            let head = of[..start].trim_end();
            let head = [
                "th of", "st of", "nd of", "rd of", "th", "st", "nd", "rd", ".",
            ]
            .iter()
            .find_map(|end| head.strip_suffix(end))
            .unwrap_or(head);
            if let Some((rest, day)) = last_number(head)
                && let Some(date) = Date::new(year, month, day)
            {
                return Some((
                    rest.len() + spaces(&head[rest.len()..]),
                    CalendarUnit::Day(date),
                ));
            }
            return Some((start, CalendarUnit::Month(year, month)));
        }
        // "Q3", "H1"
        let word = of.rsplit(char::is_whitespace).next()?;
        let start = of.len() - word.len();
        if let (Some(sign), Some(number)) = (word.get(..1), word.get(1..))
            && let Ok(number) = number.parse()
            && let Some(unit) = part(sign, number, year)
        {
            return Some((start, unit));
        }
        // "3. Quartal", "1. Halbjahr"
        let (head, sign) = match word {
            "Quartal" | "quarter" => (&of[..start], "Q"),
            "Halbjahr" | "half" => (&of[..start], "H"),
            _ => return None,
        };
        let head = head.trim_end();
        let head = ["rd", "nd", "st", "th", "."]
            .iter()
            .find_map(|end| head.strip_suffix(end))?;
        let (rest, number) = last_number(head)?;
        Some((
            rest.len() + spaces(&head[rest.len()..]),
            part(sign, number, year)?,
        ))
    }

    /// A part of a year that no year stands beside: "Q3", "H1"; and a century: "the 20th century".
    fn part(&self) -> Option<Named> {
        let number: u8 = self.words[self.from..self.to].parse().ok()?;
        let word_ends = |text: &str| !text.starts_with(char::is_alphanumeric);
        let sign = self
            .before()
            .chars()
            .next_back()
            .filter(char::is_ascii_uppercase);
        if let Some(sign) = sign {
            let alone = !self.before()[..self.from - 1].ends_with(char::is_alphanumeric);
            let known = part(sign.encode_utf8(&mut [0; 4]), number, 2000).is_some();
            return (alone && known && word_ends(self.after())).then(|| Named {
                range: self.from - 1..self.to,
                days: None,
                is_day: false,
            });
        }
        let after = self.after();
        let century = [
            "th century",
            "st century",
            "nd century",
            "rd century",
            "th-century",
        ]
        .iter()
        .any(|words| after.starts_with(words))
            || after.starts_with(". Jahrhundert")
            || after.starts_with("世纪");
        century.then_some(Named {
            range: self.from..self.to,
            days: None,
            is_day: false,
        })
    }

    fn named(&self, from: usize, to: usize, unit: CalendarUnit) -> Named {
        Named {
            range: from..to,
            days: Some(unit.days()),
            is_day: matches!(unit, CalendarUnit::Day(_)),
        }
    }
}

/// A quarter or a half by its letter.
fn part(sign: &str, number: u8, year: i32) -> Option<CalendarUnit> {
    match (sign, number) {
        ("Q" | "q", 1..=4) => Some(CalendarUnit::Quarter(year, number)),
        ("H" | "h", 1 | 2) => Some(CalendarUnit::Half(year, number)),
        _ => None,
    }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The number of one or two digits that a text ends with, and the text before it.
fn last_number(text: &str) -> Option<(&str, u8)> {
    let text = text.trim_end();
    let head = text.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let alone = !head.ends_with(|ch: char| ch.is_alphanumeric() || ".,".contains(ch));
    let number = text[head.len()..].parse().ok()?;
    (alone && text.len() - head.len() <= 2).then_some((head, number))
}

/// The month that a text ends with, in the language or in English, whole or its first three letters; and where its name begins.
fn month_before(language: Language, text: &str) -> Option<(usize, u8)> {
    let text = text.trim_end();
    (1..=12).find_map(|number| {
        [month(language, number), month(Language::English, number)]
            .into_iter()
            .flat_map(|name| {
                let short: String = name.chars().take(3).collect();
                [format!("{short}."), short, name]
            })
            .find_map(|name| {
                let head = text.strip_suffix(name.as_str())?;
                (!head.ends_with(char::is_alphanumeric)).then_some((head.len(), number))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use exhibit_facts::period::Period;

    /// The words of each date, and the period that they name.
    fn found(language: Language, text: &str) -> Vec<(String, Option<(i64, i64)>)> {
        dates(language, text)
            .into_iter()
            .map(|named| (text[named.range].to_owned(), named.days))
            .collect()
    }

    #[test]
    fn dates_are_found_with_what_belongs_to_them() {
        use Language::{Chinese, English, German};
        for (language, text, words, period) in [
            (English, "in 2015,", "2015", "2015"),
            (English, "by mid-2015.", "2015", "2015"),
            (English, "2015's", "2015", "2015"),
            (English, "in FY2015", "2015", "2015"),
            (English, "in March 2015", "March 2015", "2015-03"),
            (English, "on 12 March 2015", "12 March 2015", "2015-03-12"),
            (English, "on March 12, 2015", "March 12, 2015", "2015-03-12"),
            (
                English,
                "on 3rd of May 2015",
                "3rd of May 2015",
                "2015-05-03",
            ),
            (
                English,
                "since Sept. 2015, or Sep 2015",
                "Sep 2015",
                "2015-09",
            ),
            (English, "in Q3 2015", "Q3 2015", "2015-Q3"),
            (English, "in 2015Q3", "2015Q3", "2015-Q3"),
            (English, "in H1 of 2015", "H1 of 2015", "2015-H1"),
            (English, "on 2015-03-12", "2015-03-12", "2015-03-12"),
            (English, "in 2015-03", "2015-03", "2015-03"),
            (English, "the 1990s", "1990s", "1990..1999"),
            (English, "in 2010–15", "2010–15", "2010..2015"),
            (English, "in 2010/11", "2010/11", "2010..2011"),
            (German, "am 12. März 2015", "12. März 2015", "2015-03-12"),
            (German, "im 3. Quartal 2015", "3. Quartal 2015", "2015-Q3"),
            (Chinese, "2015年3月12日", "2015年3月12日", "2015-03-12"),
            (Chinese, "2015年", "2015年", "2015"),
        ] {
            let all = found(language, text);
            let (last, days) = all.last().unwrap_or_else(|| panic!("{text}"));
            let period = Period::parse(period).unwrap().days();
            assert_eq!(
                (last.as_str(), days.map(|(a, b)| (Some(a), Some(b)))),
                (words, Some(period)),
                "{text}"
            );
        }
        assert_eq!(found(Language::English, "2014–2015").len(), 2);
        assert_eq!(
            found(Language::English, "in Q3, the 20th century")[0].1,
            None
        );
    }

    #[test]
    fn measured_numbers_are_no_dates() {
        for text in [
            "2,015 cars",
            "2015.5",
            "$2015",
            "> 2015",
            "2015%",
            "12 cars",
            "SU2015",
            "20150",
            "0815",
            "12.2015x",
            "5th",
            "A4",
            "Q7",
        ] {
            assert_eq!(found(Language::English, text), [], "{text}");
        }
    }
}
