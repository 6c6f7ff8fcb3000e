//! Periods: what a figure is for. A subset of ISO 8601 and EDTF, documented at [`Period`].

use std::fmt;

use jiff::civil::{self, ISOWeekDate, Weekday};
use jiff::{SignedDuration, Span};

/// The words that name time in a formula or a chart: `period` for any, then each kind of calendar unit ([`CalendarUnit::frequency`]).
pub const FREQUENCIES: [&str; 8] = [
    "period",
    "year",
    "fiscal-year",
    "half",
    "quarter",
    "month",
    "week",
    "day",
];

/// True for one of [`FREQUENCIES`].
///
/// ```
/// use exhibit_facts::period::is_frequency;
/// assert!(is_frequency("quarter"));
/// assert!(!is_frequency("decade"));
/// ```
#[must_use]
pub fn is_frequency(word: &str) -> bool {
    FREQUENCIES.contains(&word)
}

/// How old something may be: calendar months, or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// So many months, 1 to 1,200.
    Months(u16),
    /// So many days, 1 to 36,500.
    Days(u16),
}

impl Age {
    /// Reads "18 months", "2 years", "6 weeks", "90 days". `None` for anything else.
    ///
    /// ```
    /// use exhibit_facts::period::Age;
    /// assert_eq!(Age::parse("2 years"), Some(Age::Months(24)));
    /// assert_eq!(Age::parse("a while"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count = count.parse::<u16>().ok().filter(|count| *count > 0)?;
        let most = |limit: u16, factor: u16| count.checked_mul(factor).filter(|all| *all <= limit);
        match unit.trim() {
            "day" | "days" => most(36_500, 1).map(Self::Days),
            "week" | "weeks" => most(36_500, 7).map(Self::Days),
            "month" | "months" => most(1_200, 1).map(Self::Months),
            "year" | "years" => most(1_200, 12).map(Self::Months),
            _ => None,
        }
    }

    /// The day that lies this age before `date`. A day that the month lacks becomes the last day of the month.
    ///
    /// # Panics
    /// When the age is out of the range of [`Age`], so that the day is before the year -9999. [`Age::parse`] makes no such age.
    ///
    /// ```
    /// use exhibit_facts::period::{Age, Date};
    /// let day = Date::new(2024, 3, 31).unwrap();
    /// assert_eq!(Age::Months(1).before(day).to_string(), "2024-02-29");
    /// assert_eq!(Age::Days(31).before(day).to_string(), "2024-02-29");
    /// ```
    #[must_use]
    pub fn before(self, date: Date) -> Date {
        let span = match self {
            Self::Days(days) => Span::new().days(days),
            Self::Months(months) => Span::new().months(months),
        };
        let before = date.civil().checked_sub(span);
        Date::of(before.expect("an age is a hundred years at most"))
    }
}

impl fmt::Display for Age {
    /// "18 months", "3 years".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, one) = match *self {
            Self::Months(count) if count > 0 && count % 12 == 0 => (count / 12, "year"),
            Self::Months(count) => (count, "month"),
            Self::Days(count) => (count, "day"),
        };
        write!(f, "{count} {one}{}", if count == 1 { "" } else { "s" })
    }
}

/// A calendar date of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Year, 1 to 9999.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// What a figure is for.
///
/// | written | means |
/// | --- | --- |
/// | `2023` | the year |
/// | `2024-H1` | a half |
/// | `2024-Q2` | a quarter |
/// | `2024-06` | a month |
/// | `2024-W23` | an ISO week |
/// | `2024-06-30` | a day |
/// | `2024-06..2024-07` | a span, both ends included |
/// | `2024..` | a span with an open end; `..2024` with an open start |
/// | `FY2024-04` | a fiscal year that begins in April, named by the year it ends in; `FY2024` begins in January |
/// | `~2007` | about then |
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// Said with "about".
    pub about: bool,
    /// The stretch of time.
    pub extent: Extent,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// One calendar unit.
    Unit(CalendarUnit),
    /// From the begin of one unit to the end of another; a missing end is open.
    Span(Option<CalendarUnit>, Option<CalendarUnit>),
}

/// A year or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CalendarUnit {
    /// A calendar year.
    Year(i32),
    /// A fiscal year, named by the year it ends in, and the month it begins with (1 to 12).
    FiscalYear(i32, u8),
    /// Half 1 or 2.
    Half(i32, u8),
    /// Quarter 1 to 4.
    Quarter(i32, u8),
    /// Month 1 to 12.
    Month(i32, u8),
    /// ISO week 1 to 53.
    Week(i32, u8),
    /// A day.
    Day(Date),
}

impl fmt::Display for Date {
    /// ISO 8601: `2024-06-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for CalendarUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::FiscalYear(year, 1) => write!(f, "FY{year:04}"),
            Self::FiscalYear(year, month) => write!(f, "FY{year:04}-{month:02}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Day(date) => date.fmt(f),
        }
    }
}

impl fmt::Display for Period {
    /// The canonical written form, as in an address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.about {
            f.write_str("~")?;
        }
        match &self.extent {
            Extent::Unit(unit) => unit.fmt(f),
            Extent::Span(from, to) => {
                if let Some(unit) = from {
                    unit.fmt(f)?;
                }
                f.write_str("..")?;
                if let Some(unit) = to {
                    unit.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl Date {
    /// A date by year (1 to 9999), month (1 to 12) and day (1 to 31). `None` where the calendar has no such day.
    ///
    /// ```
    /// use exhibit_facts::period::Date;
    /// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Date::new(2023, 2, 29), None);
    /// assert_eq!(Date::new(0, 1, 1), None);
    /// ```
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        civil(year, month, day)
            .filter(|date| date.year() > 0)
            .map(Self::of)
    }

    /// Days since 1970-01-01.
    ///
    /// ```
    /// use exhibit_facts::period::Date;
    /// assert_eq!(Date::new(2000, 3, 1).unwrap().days(), 11_017);
    /// ```
    ///
    /// # Panics
    /// If the fields are no date. [`Date::new`] makes none that is not.
    #[must_use]
    pub fn days(self) -> i64 {
        days(self.civil())
    }

    /// The date of a day since 1970-01-01.
    ///
    /// # Panics
    /// If the day is more than 9,999 years from the year 0.
    ///
    /// ```
    /// use exhibit_facts::period::Date;
    /// assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
    /// assert_eq!(Date::from_days(-1).to_string(), "1969-12-31");
    /// ```
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let date = EPOCH.checked_add(SignedDuration::from_hours(24 * days));
        Self::of(date.expect("a year within reach"))
    }

    fn of(date: civil::Date) -> Self {
        let small = |value: i8| u8::try_from(value).expect("a month or a day");
        Self {
            year: date.year().into(),
            month: small(date.month()),
            day: small(date.day()),
        }
    }

    fn civil(self) -> civil::Date {
        civil(self.year, self.month, self.day).expect("the fields are a date")
    }
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

/// A day of the proleptic Gregorian calendar. `None` where the calendar has none.
pub(crate) fn civil(year: i32, month: u8, day: u8) -> Option<civil::Date> {
    let (year, month, day) = (year.try_into(), month.try_into(), day.try_into());
    civil::Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
}

fn days(date: civil::Date) -> i64 {
    date.duration_since(EPOCH).as_hours() / 24
}

/// The Monday of an ISO week. `None` for a week 53 of a year that has 52.
fn monday(year: i32, week: u8) -> Option<civil::Date> {
    let (year, week) = (year.try_into().ok()?, week.try_into().ok()?);
    let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
    Some(monday.date())
}

impl CalendarUnit {
    /// First and last day of the unit, in days since 1970-01-01.
    ///
    /// # Panics
    /// When the calendar has no such unit, such as month 13. [`Period::parse`] makes no such unit.
    ///
    /// ```
    /// use exhibit_facts::period::CalendarUnit;
    /// assert_eq!(CalendarUnit::Year(1970).days(), (0, 364));
    /// // A fiscal year from April ends in the year of its name.
    /// assert_eq!(CalendarUnit::FiscalYear(1971, 4).days(), (90, 454));
    /// ```
    #[must_use]
    pub fn days(self) -> (i64, i64) {
        let months = |year: i32, first: u8, last: u8| {
            let month = |month| civil(year, month, 1).expect("a month has a first day");
            (days(month(first)), days(month(last).last_of_month()))
        };
        match self {
            Self::Year(year) | Self::FiscalYear(year, 1) => months(year, 1, 12),
            Self::FiscalYear(year, month) => (
                months(year - 1, month, month).0,
                months(year, 1, month - 1).1,
            ),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Month(year, month) => months(year, month, month),
            Self::Week(year, week) => {
                let monday = days(monday(year, week).expect("the year has the week"));
                (monday, monday + 6)
            }
            Self::Day(date) => (date.days(), date.days()),
        }
    }

    /// What kind of unit it is, one of [`FREQUENCIES`]: `year`, `month`, …
    ///
    /// ```
    /// use exhibit_facts::period::CalendarUnit;
    /// assert_eq!(CalendarUnit::Quarter(2024, 2).frequency(), "quarter");
    /// assert_eq!(CalendarUnit::FiscalYear(2024, 4).frequency(), "fiscal-year");
    /// ```
    #[must_use]
    pub const fn frequency(self) -> &'static str {
        match self {
            Self::Year(_) => "year",
            Self::FiscalYear(..) => "fiscal-year",
            Self::Half(..) => "half",
            Self::Quarter(..) => "quarter",
            Self::Month(..) => "month",
            Self::Week(..) => "week",
            Self::Day(_) => "day",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let number = |text: &str, width: usize| {
            (text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<i32>().ok())
                .flatten()
        };
        let small = |text: &str, width: usize, last: u8| {
            number(text, width)
                .and_then(|value| u8::try_from(value).ok())
                .filter(|value| (1..=last).contains(value))
        };
        if let Some(rest) = text.strip_prefix("FY") {
            let (year, month) = rest.split_once('-').unwrap_or((rest, "01"));
            // The year before must be on the calendar, too.
            let year = number(year, 4).filter(|year| *year > 1)?;
            return Some(Self::FiscalYear(year, small(month, 2, 12)?));
        }
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| *year > 0)?;
        let Some(second) = parts.next() else {
            return Some(Self::Year(year));
        };
        let third = parts.next();
        if parts.next().is_some() {
            return None;
        }
        match (second.as_bytes().first()?, third) {
            (b'H', None) => small(&second[1..], 1, 2).map(|half| Self::Half(year, half)),
            (b'Q', None) => small(&second[1..], 1, 4).map(|quarter| Self::Quarter(year, quarter)),
            (b'W', None) => small(&second[1..], 2, 53)
                .filter(|week| monday(year, *week).is_some())
                .map(|week| Self::Week(year, week)),
            (_, None) => small(second, 2, 12).map(|month| Self::Month(year, month)),
            (_, Some(day)) => {
                Date::new(year, small(second, 2, 12)?, small(day, 2, 31)?).map(Self::Day)
            }
        }
    }
}

impl Period {
    /// The period of one calendar unit, without "about".
    ///
    /// ```
    /// use exhibit_facts::period::{CalendarUnit, Period};
    /// let june = Period::unit(CalendarUnit::Month(2024, 6));
    /// assert_eq!(june, Period::parse("2024-06").unwrap());
    /// ```
    #[must_use]
    pub const fn unit(unit: CalendarUnit) -> Self {
        Self {
            about: false,
            extent: Extent::Unit(unit),
        }
    }

    /// Reads a written period. `None` if it is not one; the forms are at [`Period`].
    ///
    /// ```
    /// use exhibit_facts::period::Period;
    /// assert_eq!(Period::parse("2024-06").unwrap().to_string(), "2024-06");
    /// assert!(Period::parse("2024-13").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (about, text) = text
            .strip_prefix('~')
            .map_or((false, text), |rest| (true, rest.trim_start()));
        let extent = match text.split_once("..") {
            None => Extent::Unit(CalendarUnit::parse(text)?),
            Some((from, to)) => {
                let end = |text: &str| {
                    if text.is_empty() {
                        Some(None)
                    } else {
                        CalendarUnit::parse(text).map(Some)
                    }
                };
                let (from, to) = (end(from.trim())?, end(to.trim())?);
                match (from, to) {
                    (None, None) => return None,
                    (Some(from), Some(to)) if from.days().0 > to.days().1 => return None,
                    _ => Extent::Span(from, to),
                }
            }
        };
        Some(Self { about, extent })
    }

    /// First and last day, in days since 1970-01-01. `None` for an open end.
    ///
    /// ```
    /// use exhibit_facts::period::Period;
    /// assert_eq!(Period::parse("1970-01..1970-02").unwrap().days(), (Some(0), Some(58)));
    /// assert_eq!(Period::parse("1970..").unwrap().days(), (Some(0), None));
    /// ```
    #[must_use]
    pub fn days(&self) -> (Option<i64>, Option<i64>) {
        match &self.extent {
            Extent::Unit(unit) => {
                let (first, last) = unit.days();
                (Some(first), Some(last))
            }
            Extent::Span(from, to) => {
                (from.map(|unit| unit.days().0), to.map(|unit| unit.days().1))
            }
        }
    }

    /// The kind of calendar unit, one of [`FREQUENCIES`]. `span` for a span.
    ///
    /// ```
    /// use exhibit_facts::period::Period;
    /// assert_eq!(Period::parse("2024-W23").unwrap().frequency(), "week");
    /// assert_eq!(Period::parse("2024-06..2024-07").unwrap().frequency(), "span");
    /// ```
    #[must_use]
    pub fn frequency(&self) -> &'static str {
        match &self.extent {
            Extent::Unit(unit) => unit.frequency(),
            Extent::Span(..) => "span",
        }
    }

    /// The key to sort periods in order of time: first day, then last day, in days since 1970-01-01. An open start is [`i64::MIN`], an
    /// open end [`i64::MAX`].
    ///
    /// ```
    /// use exhibit_facts::period::Period;
    /// let mut periods = ["2024..", "2024-02", "2024-01", "2024", "..2024"].map(|text| Period::parse(text).unwrap());
    /// periods.sort_by_key(Period::order);
    /// let sorted = periods.map(|period| period.to_string());
    /// assert_eq!(sorted, ["..2024", "2024-01", "2024", "2024..", "2024-02"]);
    /// ```
    #[must_use]
    pub fn order(&self) -> (i64, i64) {
        let (first, last) = self.days();
        (first.unwrap_or(i64::MIN), last.unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_and_prints_back() {
        for text in [
            "2023",
            "2024-H1",
            "2024-Q2",
            "2024-06",
            "2024-W23",
            "2020-W53",
            "2024-06-30",
            "2024-06..2024-07",
            "2024..",
            "..2024-11",
            "FY2024",
            "FY2024-04",
            "~2007",
            "~2020..2030",
        ] {
            assert_eq!(
                Period::parse(text)
                    .unwrap_or_else(|| panic!("{text}"))
                    .to_string(),
                text
            );
        }
        for text in [
            "",
            "..",
            "24",
            "2024-13",
            "2024-00",
            "2023-02-29",
            "2024-Q5",
            "2024-H3",
            "2021-W53",
            "2025..2024",
            "June 2024",
            "2024-6",
            "2024-06-30-1",
            "0000",
            "FY2024-13",
            "FY2024-4",
            "FY0001",
        ] {
            assert!(Period::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(
            Date {
                year: 1970,
                month: 1,
                day: 1
            }
            .days(),
            0
        );
        assert_eq!(
            Date {
                year: 2000,
                month: 3,
                day: 1
            }
            .days(),
            11_017
        );
        for days in (-800_000..800_000).step_by(97) {
            assert_eq!(Date::from_days(days).days(), days);
        }
        let days = |text: &str| Period::parse(text).unwrap().days();
        assert_eq!(days("FY2024-04"), days("2023-04..2024-03"));
        assert_eq!(days("FY2024-12"), days("2023-12..2024-11"));
        assert_eq!(days("FY2024"), days("2024"));
        // The first and the last week of the calendar, of which the last ends after it.
        assert_eq!(days("0001-W01").0, days("0001").0);
        assert_eq!(days("9999-W52").1, days("9999").1.map(|day| day + 2));
        assert_eq!(
            CalendarUnit::Week(2024, 1).days().0,
            Date {
                year: 2024,
                month: 1,
                day: 1
            }
            .days()
        );
    }
}
