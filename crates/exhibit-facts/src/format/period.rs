//! Periods and deadlines in words.

use super::number::month;
use crate::language::Language;
use crate::period::{CalendarUnit, Date, Extent, Period};

/// A date in words: "30 June 2024". ICU's own patterns do not fit: they write the year 1 as "1 AD", and English ones begin with the month.
///
/// ```
/// use exhibit_facts::{format::date, language::Language, period::Date};
/// let day = Date::new(2024, 6, 30).unwrap();
/// assert_eq!(date(Language::English, day), "30 June 2024");
/// assert_eq!(date(Language::German, day), "30. Juni 2024");
/// assert_eq!(date(Language::Chinese, day), "2024年6月30日");
/// ```
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    let Date { year, day, .. } = date;
    let month = month(language, date.month);
    match language {
        Language::English => format!("{day} {month} {year:04}"),
        Language::German => format!("{day}. {month} {year:04}"),
        Language::Chinese => format!("{year:04}年{month}{day}日"),
    }
}

/// A calendar unit. Years have four digits (ISO 8601-1, 4.3.2), so that the year 1 is not read as a number.
fn unit(language: Language, unit: CalendarUnit) -> String {
    use CalendarUnit as U;
    use Language as L;
    match (language, unit) {
        (L::English | L::German, U::Year(year)) => format!("{year:04}"),
        (L::Chinese, U::Year(year)) => format!("{year:04}年"),
        (L::English, U::FiscalYear(year, _)) => format!("fiscal year {year:04}"),
        (L::German, U::FiscalYear(year, _)) => format!("Geschäftsjahr {year:04}"),
        (L::Chinese, U::FiscalYear(year, _)) => format!("{year:04}财年"),
        (L::English, U::Half(year, half)) => format!(
            "{} half of {year:04}",
            if half == 1 { "first" } else { "second" }
        ),
        (L::German, U::Half(year, half)) => format!("{half}. Halbjahr {year:04}"),
        (L::Chinese, U::Half(year, half)) => {
            format!("{year:04}年{}半年", if half == 1 { "上" } else { "下" })
        }
        (L::English, U::Quarter(year, quarter)) => format!("Q{quarter} {year:04}"),
        (L::German, U::Quarter(year, quarter)) => format!("{quarter}. Quartal {year:04}"),
        (L::Chinese, U::Quarter(year, quarter)) => format!("{year:04}年第{quarter}季度"),
        (L::English | L::German, U::Month(year, number)) => {
            format!("{} {year:04}", month(language, number))
        }
        (L::Chinese, U::Month(year, number)) => {
            format!("{year:04}年{}", month(language, number))
        }
        (L::English, U::Week(year, week)) => format!("week {week} of {year:04}"),
        (L::German, U::Week(year, week)) => format!("{week}. Woche {year:04}"),
        (L::Chinese, U::Week(year, week)) => format!("{year:04}年第{week}周"),
        (_, U::Day(day)) => date(language, day),
    }
}

/// A period in words: "June 2024", "2020–2030", "from 2024".
///
/// ```
/// use exhibit_facts::{format::period, language::Language, period::Period};
/// assert_eq!(period(Language::English, &Period::parse("2024-06..2024-07").unwrap()), "June–July 2024");
/// assert_eq!(period(Language::English, &Period::parse("0001").unwrap()), "0001");
/// ```
#[must_use]
pub fn period(language: Language, period: &Period) -> String {
    let text = match &period.extent {
        Extent::Unit(one) => unit(language, *one),
        Extent::Span(Some(from), Some(to)) => span(language, *from, *to),
        Extent::Span(Some(from), None) => match language {
            Language::English => format!("from {}", unit(language, *from)),
            Language::German => format!("ab {}", unit(language, *from)),
            Language::Chinese => format!("{}起", unit(language, *from)),
        },
        Extent::Span(None, Some(to)) => match language {
            Language::English => format!("up to {}", unit(language, *to)),
            Language::German => format!("bis {}", unit(language, *to)),
            Language::Chinese => format!("截至{}", unit(language, *to)),
        },
        Extent::Span(None, None) => unreachable!("a span has an end"),
    };
    if !period.about {
        return text;
    }
    match language {
        Language::English => format!("about {text}"),
        Language::German => format!("etwa {text}"),
        Language::Chinese => format!("约{text}"),
    }
}

/// The time from the earliest begin of some periods to their latest end, in words.
///
/// ```
/// use exhibit_facts::{format::covering, language::Language, period::Period};
/// let periods = ["2006-02", "2006-01", "2015-12"].map(|text| Period::parse(text).unwrap());
/// assert_eq!(covering(Language::English, &periods.each_ref()), "January 2006 to December 2015");
/// ```
#[must_use]
pub fn covering(language: Language, periods: &[&Period]) -> String {
    let first = periods.iter().min_by_key(|period| period.order().0);
    let last = periods.iter().max_by_key(|period| period.order().1);
    let (Some(first), Some(last)) = (first, last) else {
        return String::new();
    };
    if first == last {
        return period(language, first);
    }
    let from = match &first.extent {
        Extent::Unit(one) => Some(*one),
        Extent::Span(from, _) => *from,
    };
    let to = match &last.extent {
        Extent::Unit(one) => Some(*one),
        Extent::Span(_, to) => *to,
    };
    if from.is_none() && to.is_none() {
        return period(language, first);
    }
    let extent = Extent::Span(from, to);
    period(
        language,
        &Period {
            about: false,
            extent,
        },
    )
}

/// The period of what stood or happened at some time in it and did not add up over it, in words: [`period`], but for an open begin, of
/// which only the latest time is known.
///
/// ```
/// use exhibit_facts::{format::moment, language::Language, period::Period};
/// assert_eq!(moment(Language::English, &Period::parse("..2024").unwrap()), "2024 or earlier");
/// assert_eq!(moment(Language::English, &Period::parse("2024-06").unwrap()), "June 2024");
/// ```
#[must_use]
pub fn moment(language: Language, at: &Period) -> String {
    let (Extent::Span(None, Some(latest)), false) = (&at.extent, at.about) else {
        return period(language, at);
    };
    let latest = unit(language, *latest);
    match language {
        Language::English => format!("{latest} or earlier"),
        Language::German => format!("{latest} oder früher"),
        Language::Chinese => format!("{latest}或更早"),
    }
}

/// The year of a calendar unit in words: "2024". `None` for a span, which has two.
///
/// ```
/// use exhibit_facts::{format::year, language::Language, period::Period};
/// let year_of = |text| year(Language::Chinese, &Period::parse(text).unwrap());
/// assert_eq!(year_of("2024-06").unwrap(), "2024年");
/// assert_eq!(year_of("2023..2024"), None);
/// ```
#[must_use]
pub fn year(language: Language, period: &Period) -> Option<String> {
    let year = match &period.extent {
        Extent::Unit(
            CalendarUnit::Year(year)
            | CalendarUnit::FiscalYear(year, _)
            | CalendarUnit::Half(year, _)
            | CalendarUnit::Quarter(year, _)
            | CalendarUnit::Month(year, _)
            | CalendarUnit::Week(year, _)
            | CalendarUnit::Day(Date { year, .. }),
        ) => *year,
        Extent::Span(..) => return None,
    };
    Some(unit(language, CalendarUnit::Year(year)))
}

/// The month of a month or a day in words, without its year: "June". `None` for anything else.
///
/// ```
/// use exhibit_facts::{format::month_name, language::Language, period::Period};
/// let name = |text| month_name(Language::German, &Period::parse(text).unwrap());
/// assert_eq!(name("2024-06-30").unwrap(), "Juni");
/// assert_eq!(name("2024-Q2"), None);
/// ```
#[must_use]
pub fn month_name(language: Language, period: &Period) -> Option<String> {
    match &period.extent {
        Extent::Unit(
            CalendarUnit::Month(_, number) | CalendarUnit::Day(Date { month: number, .. }),
        ) => Some(month(language, *number)),
        Extent::Unit(_) | Extent::Span(..) => None,
    }
}

/// The name of a month on an axis, 1 to 12: "Jun".
const fn short_month(language: Language, month: u8) -> &'static str {
    const ENGLISH: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const GERMAN: [&str; 12] = [
        "Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez",
    ];
    const CHINESE: [&str; 12] = [
        "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月",
    ];
    let names = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::Chinese => CHINESE,
    };
    names[month as usize - 1]
}

/// The short name of a calendar unit within its year, as an axis has it above the year: "Jun", "Q2", "H1", "W23", "30 Jun". A year has
/// its own name.
///
/// ```
/// use exhibit_facts::{format::part_of_year, language::Language, period::CalendarUnit};
/// assert_eq!(part_of_year(Language::English, CalendarUnit::Month(2024, 9)), "Sep");
/// assert_eq!(part_of_year(Language::German, CalendarUnit::Quarter(2024, 2)), "Q2");
/// assert_eq!(part_of_year(Language::Chinese, CalendarUnit::Half(2024, 1)), "上半年");
/// ```
///
/// # Panics
/// If the calendar has no such unit, such as month 13.
#[must_use]
pub fn part_of_year(language: Language, unit: CalendarUnit) -> String {
    use CalendarUnit as U;
    use Language as L;
    match (language, unit) {
        (_, U::Year(_)) => self::unit(language, unit),
        (L::English, U::FiscalYear(year, _)) => format!("FY {year:04}"),
        (L::German, U::FiscalYear(year, _)) => format!("GJ {year:04}"),
        (L::Chinese, U::FiscalYear(year, _)) => format!("{year:04}财年"),
        (L::English, U::Half(_, half)) => format!("H{half}"),
        (L::German, U::Half(_, half)) => format!("{half}. Hj."),
        (L::Chinese, U::Half(_, half)) => (if half == 1 { "上半年" } else { "下半年" }).to_owned(),
        (L::English | L::German, U::Quarter(_, quarter)) => format!("Q{quarter}"),
        (L::Chinese, U::Quarter(_, quarter)) => format!("{quarter}季度"),
        (_, U::Month(_, month)) => short_month(language, month).to_owned(),
        (L::English, U::Week(_, week)) => format!("W{week}"),
        (L::German, U::Week(_, week)) => format!("KW {week}"),
        (L::Chinese, U::Week(_, week)) => format!("第{week}周"),
        (L::English, U::Day(Date { month, day, .. })) => {
            format!("{day} {}", short_month(language, month))
        }
        (L::German, U::Day(Date { month, day, .. })) => {
            format!("{day}. {}", short_month(language, month))
        }
        (L::Chinese, U::Day(Date { month, day, .. })) => format!("{month}月{day}日"),
    }
}

/// The number of a day within its month, as an axis has it above the month: "30", "30.", "30日".
///
/// ```
/// use exhibit_facts::{format::day_of_month, language::Language, period::Date};
/// assert_eq!(day_of_month(Language::German, Date::new(2024, 6, 30).unwrap()), "30.");
/// ```
#[must_use]
pub fn day_of_month(language: Language, date: Date) -> String {
    match language {
        Language::English => date.day.to_string(),
        Language::German => format!("{}.", date.day),
        Language::Chinese => format!("{}日", date.day),
    }
}

/// A period in short, for an axis or beside a number: "Jun 2024", "Q2 2024", "30 Jun 2024", "1920–29". Any other span and a period with
/// "about" are printed as [`period`] prints them.
///
/// ```
/// use exhibit_facts::{format::short, language::Language, period::Period};
/// let words = |text| short(Language::English, &Period::parse(text).unwrap());
/// assert_eq!(words("2024-09"), "Sep 2024");
/// assert_eq!(words("2024"), "2024");
/// assert_eq!(words("1920..1929"), "1920–29");
/// assert_eq!(words("~2024"), "about 2024");
/// ```
#[must_use]
pub fn short(language: Language, at: &Period) -> String {
    use CalendarUnit as U;
    if let Extent::Span(Some(U::Year(from)), Some(U::Year(to))) = at.extent
        && from / 100 == to / 100
        && !at.about
        && language != Language::Chinese
    {
        return format!("{from:04}–{:02}", to % 100);
    }
    let (Extent::Unit(one), false) = (&at.extent, at.about) else {
        return period(language, at);
    };
    let year = match *one {
        U::Year(_) | U::FiscalYear(..) => return part_of_year(language, *one),
        U::Half(year, _) | U::Quarter(year, _) | U::Month(year, _) | U::Week(year, _) => year,
        U::Day(date) => date.year,
    };
    let (year, part) = (unit(language, U::Year(year)), part_of_year(language, *one));
    match language {
        Language::Chinese => format!("{year}{part}"),
        Language::English | Language::German => format!("{part} {year}"),
    }
}

fn span(language: Language, from: CalendarUnit, to: CalendarUnit) -> String {
    match (language, from, to) {
        (Language::Chinese, ..) => format!("{}至{}", unit(language, from), unit(language, to)),
        (_, CalendarUnit::Month(year, first), CalendarUnit::Month(same, last)) if year == same => {
            format!(
                "{}–{} {year:04}",
                month(language, first),
                month(language, last)
            )
        }
        (_, CalendarUnit::Year(first), CalendarUnit::Year(last)) => format!("{first}–{last}"),
        (Language::English, ..) => format!("{} to {}", unit(language, from), unit(language, to)),
        (Language::German, ..) => format!("{} bis {}", unit(language, from), unit(language, to)),
    }
}

/// The date of a deadline: "November 2024". The end of a span is the deadline; a span with an open end is printed whole.
///
/// ```
/// use exhibit_facts::{format::due, language::Language, period::Period};
/// let date = |text| due(Language::English, &Period::parse(text).unwrap());
/// assert_eq!(date("2024-09..2024-11"), "November 2024");
/// assert_eq!(date("2024.."), "from 2024");
/// ```
#[must_use]
pub fn due(language: Language, deadline: &Period) -> String {
    match &deadline.extent {
        Extent::Unit(one) | Extent::Span(_, Some(one)) => unit(language, *one),
        Extent::Span(..) => period(language, deadline),
    }
}

/// A deadline in words: "by November 2024". A span with an open end has no "by".
///
/// ```
/// use exhibit_facts::{format::deadline, language::Language, period::Period};
/// let words = |text| deadline(Language::English, &Period::parse(text).unwrap());
/// assert_eq!(words("2024-11"), "by November 2024");
/// assert_eq!(words("2024.."), "from 2024");
/// ```
#[must_use]
pub fn deadline(language: Language, deadline: &Period) -> String {
    let end = due(language, deadline);
    match (language, &deadline.extent) {
        (_, Extent::Span(_, None)) => end,
        (Language::English, _) => format!("by {end}"),
        (Language::German, _) => format!("bis {end}"),
        (Language::Chinese, _) => format!("{end}之前"),
    }
}
