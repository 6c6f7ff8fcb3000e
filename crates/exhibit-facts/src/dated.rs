//! Periods as people and programs write them: `Q1 2020`, `Jan 1, 2000`, `2020M01`, a timestamp, or in a format that somebody names.
//!
//! [`read`] takes a text only where it has one meaning. `01/02/2024` has two, and both are given back.

use jiff::fmt::strtime::BrokenDownTime;

use crate::period::{CalendarUnit, Date, Extent, Period, civil};

/// What a written date means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    /// One period.
    Certain(Period),
    /// Periods that the text may mean, each with the format that chooses it. One alone where another meaning is no period, or where the
    /// century of a year is not written.
    Several(Vec<(Period, &'static str)>),
    /// Nothing that is known.
    Unknown,
}

/// Names of months by language, each from January to December. Three letters of a name are its short form, and so is all that is listed
/// in [`SHORT`].
const MONTHS: [[&str; 12]; 4] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// Short forms that are not the first three letters of a name.
const SHORT: [(&str, u8); 10] = [
    ("jän", 1),
    ("jänner", 1),
    ("janv", 1),
    ("févr", 2),
    ("mrz", 3),
    ("maerz", 3),
    ("sept", 9),
    ("juil", 7),
    ("oct", 10),
    ("dez", 12),
];

/// Words before a date that say nothing more than the date.
const WEEKDAYS: [&str; 14] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A run of digits or of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'t> {
    Number(&'t str),
    Word(&'t str),
}

/// Reads a period in any of the common forms, in English, German, French, Spanish or Chinese.
///
/// ```
/// use exhibit_facts::dated::{Dated, read};
/// use exhibit_facts::period::Period;
/// let certain = |text: &str| Dated::Certain(Period::parse(text).unwrap());
/// assert_eq!(read("Q1 2020"), certain("2020-Q1"));
/// assert_eq!(read("2020M01"), certain("2020-01"));
/// assert_eq!(read("Jan 1, 2000"), certain("2000-01-01"));
/// assert_eq!(read("2020-01-01T08:00:00Z"), certain("2020-01-01"));
/// assert!(matches!(read("01/02/2024"), Dated::Several(readings) if readings.len() == 2));
/// ```
#[must_use]
pub fn read(text: &str) -> Dated {
    let text = text.trim();
    if let Some(period) = Period::parse(text) {
        return Dated::Certain(period);
    }
    if let Some(period) = without_time(text).and_then(|date| match read(date) {
        Dated::Certain(period) if period.frequency() == "day" => Some(period),
        _ => None,
    }) {
        return Dated::Certain(period);
    }
    let lower = text.to_lowercase();
    let Some((parts, gaps)) = parts(&lower) else {
        return Dated::Unknown;
    };
    if let Some(found) = several(&parts, &gaps) {
        return found;
    }
    certain(&parts, &gaps)
        .and_then(|written| Period::parse(&written))
        .map_or(Dated::Unknown, Dated::Certain)
}

/// Reads a period in a format of `strftime`: `%m/%d/%Y`, `%b-%y`, `X%Y`. The period is a day, a month, a week or a year, by what the format
/// has. `None` for a text in another form.
///
/// ```
/// use exhibit_facts::dated::read_as;
/// assert_eq!(read_as("02/01/2024", "%d/%m/%Y").unwrap().to_string(), "2024-01-02");
/// assert_eq!(read_as("Jan-20", "%b-%y").unwrap().to_string(), "2020-01");
/// assert_eq!(read_as("1960 [YR1960]", "%Y [YR%Y]").unwrap().to_string(), "1960");
/// assert_eq!(read_as("2024", "%d/%m/%Y"), None);
/// ```
#[must_use]
pub fn read_as(text: &str, format: &str) -> Option<Period> {
    let parsed = BrokenDownTime::parse(format, text.trim()).ok()?;
    let written = match (parsed.year(), parsed.month(), parsed.day()) {
        (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
        (Some(year), None, None) if parsed.day_of_year().is_none() => match parsed.iso_week() {
            Some(week) => format!("{year:04}-W{week:02}"),
            None => format!("{year:04}"),
        },
        (None, None, None) if parsed.iso_week().is_some() && parsed.weekday().is_none() => {
            format!("{:04}-W{:02}", parsed.iso_week_year()?, parsed.iso_week()?)
        }
        _ => {
            let date = parsed
                .to_date()
                .or_else(|_| {
                    let at = parsed.to_timestamp()?;
                    Ok::<_, jiff::Error>(jiff::tz::Offset::UTC.to_datetime(at).date())
                })
                .ok()?;
            date.to_string()
        }
    };
    Period::parse(&written)
}

/// The calendar unit or the decade that a period lies in: `year`, `half`, `quarter`, `month`, `week`, `day` or `decade`. `None` where the
/// period lies in two of them, is longer than one, or is a span.
///
/// ```
/// use exhibit_facts::dated::enclosing;
/// use exhibit_facts::period::Period;
/// let day = Period::parse("2024-06-30").unwrap();
/// assert_eq!(enclosing(&day, "month").unwrap().to_string(), "2024-06");
/// assert_eq!(enclosing(&day, "decade").unwrap().to_string(), "2020..2029");
/// assert_eq!(enclosing(&Period::parse("2024").unwrap(), "month"), None);
/// ```
#[must_use]
pub fn enclosing(period: &Period, frequency: &str) -> Option<Period> {
    let Extent::Unit(unit) = &period.extent else {
        return None;
    };
    let (first, last) = unit.days();
    let begin = Date::from_days(first);
    let (year, month) = (begin.year, begin.month);
    let around = match frequency {
        "year" => Period::unit(CalendarUnit::Year(year)),
        "half" => Period::unit(CalendarUnit::Half(year, month.div_ceil(6))),
        "quarter" => Period::unit(CalendarUnit::Quarter(year, month.div_ceil(3))),
        "month" => Period::unit(CalendarUnit::Month(year, month)),
        "week" => {
            let week = civil(year, month, begin.day)?.iso_week_date();
            let number = u8::try_from(week.week()).ok()?;
            Period::unit(CalendarUnit::Week(week.year().into(), number))
        }
        "day" => Period::unit(CalendarUnit::Day(begin)),
        "decade" => {
            let from = year - year % 10;
            Period::parse(&format!("{from:04}..{:04}", from + 9))?
        }
        _ => return None,
    };
    let (_, end) = around.days();
    (end? >= last).then_some(Period {
        about: period.about,
        ..around
    })
}

/// The date of a timestamp: what stands before its hours. `None` for a text without hours.
fn without_time(text: &str) -> Option<&str> {
    let colon = text.find(':')?;
    let hours = text[..colon].trim_end_matches(|ch: char| ch.is_ascii_digit());
    let digits = colon - hours.len();
    let date = hours.strip_suffix(['T', 't', ' '])?;
    let rest = &text[colon..];
    let time = |ch: char| ch.is_ascii_digit() || ":.,+-zZ aApPmMuUtTcC".contains(ch);
    let sound = (1..=2).contains(&digits)
        && rest.chars().all(time)
        && rest[1..].starts_with(|ch: char| ch.is_ascii_digit());
    sound.then(|| date.trim_end_matches([',', ' ']))
}

/// The runs of digits and letters, and what stands between them. `None` for a text that has signs of no date.
fn parts(text: &str) -> Option<(Vec<Part<'_>>, Vec<&str>)> {
    let kind = |ch: char| match ch {
        '0'..='9' => Some(0),
        '年' | '月' | '日' | '号' | '第' | '季' | '度' | '上' | '下' | '半' => Some(2),
        ch if ch.is_alphabetic() => Some(1),
        _ => None,
    };
    let (mut parts, mut gaps) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let gap = rest.find(|ch| kind(ch).is_some()).unwrap_or(rest.len());
        if !rest[..gap]
            .chars()
            .all(|ch| ch.is_whitespace() || matches!(ch, '/' | '-' | '.' | ',' | '\'' | '–' | '—'))
        {
            return None;
        }
        if gap == rest.len() {
            // A full stop behind an abbreviation.
            return rest
                .trim_matches([' ', '.'])
                .is_empty()
                .then_some((parts, gaps));
        }
        if parts.is_empty() && gap > 0 {
            return None;
        }
        if !parts.is_empty() {
            gaps.push(&rest[..gap]);
        }
        let run = &rest[gap..];
        let own = run.chars().next().and_then(kind);
        let length = run.find(|ch| kind(ch) != own).unwrap_or(run.len());
        parts.push(match own {
            Some(0) => Part::Number(&run[..length]),
            _ => Part::Word(&run[..length]),
        });
        at += gap + length;
    }
    Some((parts, gaps))
}

/// The month of a name or of its short form.
fn month(word: &str) -> Option<u8> {
    let number = |at: usize| u8::try_from(at + 1).ok();
    for names in MONTHS {
        if let Some(at) = names.iter().position(|name| *name == word) {
            return number(at);
        }
    }
    if let Some((_, month)) = SHORT.iter().find(|(short, _)| *short == word) {
        return Some(*month);
    }
    if word.chars().count() != 3 {
        return None;
    }
    // Of no two months in one language, nor of two languages, do the three letters agree and the months differ.
    MONTHS[..2].iter().find_map(|names| {
        names
            .iter()
            .position(|name| name.starts_with(word))
            .and_then(number)
    })
}

/// A day as it is written in an address, where the calendar has it.
fn day(year: &str, month: &str, day: &str) -> Option<Period> {
    Period::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The meaning of a form that may have several. `None` for every other form.
fn several(parts: &[Part<'_>], gaps: &[&str]) -> Option<Dated> {
    use Part::{Number, Word};
    let short = |text: &str| text.len() <= 2;
    let list = |all: Vec<(Option<Period>, &'static str)>| {
        let mut sound: Vec<(Period, &'static str)> = Vec::new();
        for (period, format) in all {
            if let Some(period) = period
                && sound.iter().all(|(known, _)| *known != period)
            {
                sound.push((period, format));
            }
        }
        sound
    };
    let settled = |all: Vec<(Period, &'static str)>| match &all[..] {
        [] => Dated::Unknown,
        [(only, _)] => Dated::Certain(only.clone()),
        _ => Dated::Several(all),
    };
    let formats = |gap: &str| match gap {
        "/" => Some(["%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%y/%m/%d"]),
        "-" => Some(["%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y", "%y-%m-%d"]),
        "." => Some(["%m.%d.%Y", "%d.%m.%Y", "%m.%d.%y", "%d.%m.%y", "%y.%m.%d"]),
        _ => None,
    };
    match (parts, gaps) {
        ([Number(a), Number(b), Number(year)], [first, second])
            if first == second && year.len() == 4 && short(a) && short(b) =>
        {
            let [us, other, ..] = formats(first)?;
            let all = vec![(day(year, a, b), us), (day(year, b, a), other)];
            Some(settled(list(all)))
        }
        ([Number(a), Number(b), Number(c)], [first, second])
            if first == second && [a, b, c].iter().all(|part| part.len() == 2) =>
        {
            let formats = formats(first)?;
            let written = format!("{a}{first}{b}{first}{c}");
            let all = formats[2..]
                .iter()
                .map(|format| (read_as(&written, format), *format));
            let all = list(all.collect());
            Some(if all.is_empty() {
                Dated::Unknown
            } else {
                Dated::Several(all)
            })
        }
        // "Jan-20" is a month of 2020 or a day of any year.
        ([Word(name), Number(year)], [gap]) if year.len() == 2 => {
            month(name)?;
            let format = match *gap {
                "-" => "%b-%y",
                " " => "%b %y",
                _ => "%b/%y",
            };
            let period = read_as(&format!("{name}{gap}{year}"), format)?;
            Some(Dated::Several(vec![(period, format)]))
        }
        ([Number(year), Number(other)], ["/"]) if year.len() == 4 && other.len() == 2 => {
            let from: i32 = year.parse().ok()?;
            let month = Period::parse(&format!("{year}-{other}"));
            let years = (other.parse() == Ok((from + 1) % 100))
                .then(|| Period::parse(&format!("{from:04}..{:04}", from + 1)))
                .flatten();
            Some(settled(list(vec![(month, "%Y/%m"), (years, "%Y/%y")])))
        }
        _ => None,
    }
}

/// The one reading of a form, as it is written in an address.
fn certain(parts: &[Part<'_>], gaps: &[&str]) -> Option<String> {
    use Part::{Number, Word};
    let four = |text: &str| text.len() == 4;
    let short = |text: &str| (1..=2).contains(&text.len());
    // "1st January", "Mon, 1 January"
    let ordinal = |word: &str| matches!(word, "st" | "nd" | "rd" | "th");
    if let [Word(first), rest @ ..] = parts
        && WEEKDAYS.contains(first)
        && !rest.is_empty()
    {
        return certain(rest, &gaps[1..]);
    }
    let ordinal_at = parts
        .windows(2)
        .position(|pair| matches!(pair, [Number(_), Word(word)] if ordinal(word)));
    if let Some(at) = ordinal_at {
        let (mut parts, mut gaps) = (parts.to_vec(), gaps.to_vec());
        parts.remove(at + 1);
        gaps.remove(at.min(gaps.len().checked_sub(1)?));
        return certain(&parts, &gaps);
    }
    let part_of_year = |word: &str, number: &str, year: &str| {
        let number = number.trim_start_matches('0');
        match word {
            "m" => Some(format!("{year}-{number:0>2}")),
            "q" | "quarter" | "quartal" | "qtr" | "t" => Some(format!("{year}-Q{number}")),
            "h" | "s" | "half" | "halbjahr" => Some(format!("{year}-H{number}")),
            "w" | "week" | "kw" => Some(format!("{year}-W{number:0>2}")),
            "a" if number == "1" => Some(year.to_owned()),
            _ => None,
        }
    };
    match (parts, gaps) {
        // A year that a program took for a number.
        ([Number(year), Number("0")], ["."]) if four(year) => Some((*year).to_owned()),
        ([Number(all)], []) if all.len() == 8 && ("1800".."2200").contains(&&all[..4]) => {
            Some(format!("{}-{}-{}", &all[..4], &all[4..6], &all[6..]))
        }
        ([Number(year), Word("年")], _) if four(year) => Some((*year).to_owned()),
        ([Number(year), Word("年"), Number(month), Word("月")], _)
            if four(year) && short(month) =>
        {
            Some(format!("{year}-{month:0>2}"))
        }
        (
            [
                Number(year),
                Word("年"),
                Number(month),
                Word("月"),
                Number(day),
                Word("日" | "号"),
            ],
            _,
        ) if four(year) && short(month) && short(day) => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        (
            [
                Number(year),
                Word("年" | "年第"),
                Number(quarter),
                Word("季度" | "季"),
            ],
            _,
        ) if four(year) => Some(format!("{year}-Q{quarter}")),
        ([Number(year), Word("年上半年")], _) if four(year) => Some(format!("{year}-H1")),
        ([Number(year), Word("年下半年")], _) if four(year) => Some(format!("{year}-H2")),
        ([Number(year), Word("s")], [""]) if four(year) && year.ends_with('0') => {
            let from: i32 = year.parse().ok()?;
            Some(format!("{from:04}..{:04}", from + 9))
        }
        ([Word("fy"), Number(year)], _) if four(year) => Some(format!("FY{year}")),
        ([Number(year), Word(word), Number(number)], _)
            if four(year) && short(number) && month(word).is_none() =>
        {
            part_of_year(word, number, year)
        }
        ([Word(word), Number(number), Number(year)], _)
            if four(year) && short(number) && month(word).is_none() =>
        {
            part_of_year(word, number, year)
        }
        ([Number(number), Word(word), Number(year)], _)
            if four(year) && short(number) && month(word).is_none() =>
        {
            part_of_year(word, number, year)
        }
        ([Word(word), Number(year)], _) | ([Number(year), Word(word)], _) if four(year) => {
            Some(format!("{year}-{:02}", month(word)?))
        }
        ([Word(word), Number(day), Number(year)], _)
        | ([Number(day), Word(word), Number(year)], _)
        | ([Number(year), Word(word), Number(day)], _)
            if four(year) && short(day) =>
        {
            Some(format!("{year}-{:02}-{day:0>2}", month(word)?))
        }
        ([Number(year), Number(month), Number(day)], [first, second])
            if four(year) && short(month) && short(day) && first == second =>
        {
            matches!(*first, "/" | "." | "-").then(|| format!("{year}-{month:0>2}-{day:0>2}"))
        }
        ([Number(year), Number(month)], ["-" | "/"]) if four(year) && month.len() == 1 => {
            Some(format!("{year}-{month:0>2}"))
        }
        ([Number(month), Number(year)], ["-" | "/" | "."]) if four(year) && short(month) => {
            Some(format!("{year}-{month:0>2}"))
        }
        ([Number(from), Number(to)], ["-" | "–" | " - " | " – "])
            if four(from) && four(to) && from < to =>
        {
            Some(format!("{from}..{to}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_meaning_is_read() {
        for (text, period) in [
            ("2020", "2020"),
            ("2020.0", "2020"),
            ("2020-01-01T00:00:00Z", "2020-01-01"),
            ("2000-01-01T08:00:00.000Z", "2000-01-01"),
            ("2020-01-31 23:59", "2020-01-31"),
            ("2020-01-31 23:59:59.5+01:00", "2020-01-31"),
            ("13/02/2024 10:00 PM", "2024-02-13"),
            ("Jan 1 2000", "2000-01-01"),
            ("Jan 1, 2000", "2000-01-01"),
            ("Jan. 1, 2000", "2000-01-01"),
            ("1 January 2000", "2000-01-01"),
            ("1st January 2000", "2000-01-01"),
            ("January 1st, 2000", "2000-01-01"),
            ("Mon, 3 Jan 2000", "2000-01-03"),
            ("1-Jan-2000", "2000-01-01"),
            ("2000-JAN-01", "2000-01-01"),
            ("1. Januar 2000", "2000-01-01"),
            ("3. März 2000", "2000-03-03"),
            ("Mrz 2000", "2000-03"),
            ("January 2020", "2020-01"),
            ("Sept. 2020", "2020-09"),
            ("2020 JAN", "2020-01"),
            ("janvier 2020", "2020-01"),
            ("enero 2020", "2020-01"),
            ("Q1 2020", "2020-Q1"),
            ("Q1-2020", "2020-Q1"),
            ("2020Q1", "2020-Q1"),
            ("2020 Q1", "2020-Q1"),
            ("2020-q1", "2020-Q1"),
            ("2020/Q1", "2020-Q1"),
            ("1Q2020", "2020-Q1"),
            ("1. Quartal 2020", "2020-Q1"),
            ("1st quarter 2020", "2020-Q1"),
            ("2020M01", "2020-01"),
            ("2020M1", "2020-01"),
            ("2020-M12", "2020-12"),
            ("2020S2", "2020-H2"),
            ("2020W07", "2020-W07"),
            ("KW 7 2020", "2020-W07"),
            ("2020-A1", "2020"),
            ("FY 2020", "FY2020"),
            ("1990s", "1990..1999"),
            ("1990-1999", "1990..1999"),
            ("2010 – 2017", "2010..2017"),
            ("20240630", "2024-06-30"),
            ("2024/6/30", "2024-06-30"),
            ("2024.06.30", "2024-06-30"),
            ("2024-6", "2024-06"),
            ("06/2024", "2024-06"),
            ("13/02/2024", "2024-02-13"),
            ("02/13/2024", "2024-02-13"),
            ("1/1/2000", "2000-01-01"),
            ("2019/11", "2019-11"),
            ("2024年", "2024"),
            ("2024年6月", "2024-06"),
            ("2024年6月30日", "2024-06-30"),
            ("2024年第2季度", "2024-Q2"),
            ("2024年上半年", "2024-H1"),
        ] {
            let certain = Period::parse(period).map(Dated::Certain);
            assert_eq!(Some(read(text)), certain, "{text}");
        }
    }

    #[test]
    fn several_meanings_are_given_back() {
        for (text, readings) in [
            ("01/02/2024", &["2024-01-02", "2024-02-01"][..]),
            ("1.2.2024", &["2024-01-02", "2024-02-01"]),
            ("01-02-2024", &["2024-01-02", "2024-02-01"]),
            ("01/02/03", &["2003-01-02", "2003-02-01", "2001-02-03"]),
            ("31/12/99", &["1999-12-31"]),
            ("Jan-20", &["2020-01"]),
            ("2010/11", &["2010-11", "2010..2011"]),
        ] {
            let Dated::Several(found) = read(text) else {
                panic!("{text}: {:?}", read(text));
            };
            let found: Vec<String> = found.iter().map(|(period, _)| period.to_string()).collect();
            assert_eq!(found, readings, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "total",
            "20",
            "202",
            "20x3",
            "13/13/2024",
            "2024-13",
            "2019/21",
            "2020.25",
            "Q5 2020",
            "2020M13",
            "30 February 2020",
            "12:30",
            "1,5",
            "5%",
            "mars",
            "-2020",
            "2020-01-01T",
            "∞",
            "Q1",
            "1 2 3 4",
            "年",
            "99999999",
        ] {
            assert_eq!(read(text), Dated::Unknown, "{text}");
        }
    }

    #[test]
    fn formats_give_the_period_that_they_have() {
        for (text, format, period) in [
            ("01/02/2024", "%m/%d/%Y", "2024-01-02"),
            ("1/2/24", "%d/%m/%y", "2024-02-01"),
            ("Jan-20", "%b-%y", "2020-01"),
            ("202401", "%Y%m", "2024-01"),
            ("F1990", "F%Y", "1990"),
            ("2024-W07", "%G-W%V", "2024-W07"),
            ("2024 045", "%Y %j", "2024-02-14"),
            ("0", "%s", "1970-01-01"),
        ] {
            let found = read_as(text, format).map(|period| period.to_string());
            assert_eq!(found.as_deref(), Some(period), "{text} {format}");
        }
        for (text, format) in [
            ("2024", "%m/%d/%Y"),
            ("", "%Y"),
            ("x", "%"),
            ("13/13/2024", "%m/%d/%Y"),
        ] {
            assert_eq!(read_as(text, format), None, "{text} {format}");
        }
    }

    #[test]
    fn a_period_lies_in_one_larger() {
        for (period, frequency, around) in [
            ("2024-06-30", "year", Some("2024")),
            ("2024-06-30", "half", Some("2024-H1")),
            ("2024-06-30", "quarter", Some("2024-Q2")),
            ("2024-12-30", "week", Some("2025-W01")),
            ("2024-06", "quarter", Some("2024-Q2")),
            ("1917", "decade", Some("1910..1919")),
            ("2024-W05", "month", None),
            ("2024", "month", None),
            ("2024..2025", "year", None),
            ("2024", "century", None),
        ] {
            let period = Period::parse(period).expect("a period");
            let found = enclosing(&period, frequency).map(|period| period.to_string());
            assert_eq!(found.as_deref(), around, "{period} {frequency}");
        }
    }
}
