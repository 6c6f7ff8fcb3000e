//! Lengths of periods: which amounts over time may stand beside each other as equals. A year of sales and a quarter of sales may not.
//!
//! Months are equal whether they have 28 days or 31, and so are years. A length in days equals one in months where a calendar of trade would
//! call it so: four weeks are a month, and 52 or 53 weeks are a year.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};

use crate::period::{Date, Period};

/// The length of a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Length {
    /// So many calendar months: a quarter is three, a year is twelve.
    Months(BigRational),
    /// So many days, for what does not begin and end with a month.
    Days(BigRational),
    /// One end is open: "up to 2024".
    Open,
}

/// Days and months of the Gregorian calendar until it repeats itself.
const CYCLE: (i64, i64) = (146_097, 4_800);

/// The last day of the calendar, in days since 1970-01-01.
const LAST_DAY: i64 = 2_932_896;

/// Days of an average month.
fn average_month() -> BigRational {
    BigRational::new(CYCLE.0.into(), CYCLE.1.into())
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

impl Length {
    /// The length of a period.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap());
    /// assert_eq!(of("2024"), of("2023-04..2024-03"));
    /// assert_ne!(of("2024"), of("2024-Q1"));
    /// ```
    #[must_use]
    pub fn of(period: &Period) -> Self {
        let (Some(first), Some(last)) = period.days() else {
            return Self::Open;
        };
        // A week has seven days wherever it lies.
        let days = matches!(period.frequency(), "week" | "day") || last > LAST_DAY;
        let months = || {
            let (begin, end) = (Date::from_days(first), Date::from_days(last));
            let ends = Date::new(end.year, end.month, end.day + 1).is_none();
            let month = |date: Date| i64::from(date.year) * 12 + i64::from(date.month);
            (begin.day == 1 && ends).then(|| month(end) - month(begin) + 1)
        };
        match (!days).then(months).flatten() {
            Some(months) => Self::Months(whole(months)),
            None => Self::Days(whole(last - first + 1)),
        }
    }

    /// True for two lengths that count as equal. Two open lengths do, as both run from the same begin that nobody names.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap());
    /// assert!(of("2024-02").equals(&of("2024-03")));
    /// assert!(of("2024").equals(&of("2023-12-31..2024-12-28")));
    /// assert!(!of("2024-W05").equals(&of("2024-02")));
    /// assert!(!of("..2024").equals(&of("2024")));
    /// ```
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Months(months), Self::Days(days)) | (Self::Days(days), Self::Months(months)) => {
                let slack = if *months < whole(1) {
                    days / whole(50)
                } else if *months < whole(6) {
                    BigRational::new(5.into(), 2.into())
                } else {
                    whole(7)
                };
                (months * average_month() - days).abs() <= slack
            }
            (one, other) => one == other,
        }
    }

    /// True for two lengths that differ, but by less than a quarter: a decade of which eight years are over, a year of eleven months. Readers
    /// take such figures as equals if nobody tells them.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap());
    /// assert!(of("2010..2017").is_near(&of("2000..2009")));
    /// assert!(!of("2024-Q1").is_near(&of("2024")));
    /// ```
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.in_days(), other.in_days()) else {
            return false;
        };
        let (short, long) = if one < two { (one, two) } else { (two, one) };
        whole(4) * short > whole(3) * long
    }

    /// The length in days, a month being of average length. `None` for an open length.
    fn in_days(&self) -> Option<BigRational> {
        match self {
            Self::Months(months) => Some(months * average_month()),
            Self::Days(days) => Some(days.clone()),
            Self::Open => None,
        }
    }

    /// The length of so many of it. An open length stays open.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, number::amount, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap());
    /// assert_eq!(of("2024-Q1").times(&amount("4").unwrap().value), of("2024"));
    /// ```
    #[must_use]
    pub fn times(&self, count: &BigRational) -> Self {
        match self {
            Self::Months(months) => Self::Months(months * count),
            Self::Days(days) => Self::Days(days * count),
            Self::Open => Self::Open,
        }
    }

    /// The length as an amount of time, for a formula. `None` for an open length.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap()).in_units();
    /// assert_eq!(of("2010..2017").as_deref(), Some("8 years"));
    /// assert_eq!(of("2024-Q1").as_deref(), Some("3 months"));
    /// assert_eq!(of("..2024"), None);
    /// ```
    #[must_use]
    pub fn in_units(&self) -> Option<String> {
        let (count, unit) = match self {
            Self::Months(months) if (months / whole(12)).is_integer() => {
                (months / whole(12), "years")
            }
            Self::Months(months) => (months.clone(), "months"),
            Self::Days(days) => (days.clone(), "days"),
            Self::Open => return None,
        };
        count.is_integer().then(|| format!("{count} {unit}"))
    }

    /// How many of the shorter length make this one, if that is a whole number above one.
    ///
    /// ```
    /// use exhibit_facts::{length::Length, period::Period};
    /// let of = |text: &str| Length::of(&Period::parse(text).unwrap());
    /// assert_eq!(of("2024").parts(&of("2024-Q1")), Some(4));
    /// assert_eq!(of("2024").parts(&of("2024-W05")), None);
    /// ```
    #[must_use]
    pub fn parts(&self, shorter: &Self) -> Option<u32> {
        let ratio = match (self, shorter) {
            (Self::Months(long), Self::Months(short)) | (Self::Days(long), Self::Days(short)) => {
                long / short
            }
            _ => return None,
        };
        (ratio.is_integer() && !ratio.is_one())
            .then(|| ratio.to_integer().to_u32())
            .flatten()
    }
}

impl fmt::Display for Length {
    /// "a year", "a quarter", "5 months", "10 days", "an open span".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, named, unit): (_, &[(i64, &str)], _) = match self {
            Self::Months(count) => (
                count,
                &[
                    (1, "a month"),
                    (3, "a quarter"),
                    (6, "half a year"),
                    (12, "a year"),
                ],
                "months",
            ),
            Self::Days(count) => (count, &[(1, "a day"), (7, "a week")], "days"),
            Self::Open => return f.write_str("a span with an open end"),
        };
        if let Some((_, name)) = named.iter().find(|(number, _)| whole(*number) == *count) {
            return f.write_str(name);
        }
        if let Self::Months(months) = self
            && (months / whole(12)).is_integer()
        {
            return write!(f, "{} years", months / whole(12));
        }
        write!(f, "{count} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Length {
        Length::of(&Period::parse(text).expect(text))
    }

    #[test]
    fn calendars_of_all_kinds_agree_on_a_year() {
        for text in [
            "2023",
            "2024",
            "FY2024-04",
            "2023-07..2024-06",
            "2022-12-26..2023-12-31",
            "2024-H1..2024-H2",
            "2023-W01..2023-W52",
        ] {
            assert!(of("2024").equals(&of(text)), "{text}");
            assert!(of(text).equals(&of("2024")), "{text}");
        }
    }

    #[test]
    fn eleven_months_are_no_year() {
        for text in [
            "2024-01..2024-11",
            "2024-Q1",
            "2024-H1",
            "2024-06",
            "2024-W23",
            "2024-06-30",
            "..2024",
            "2024..",
            "2023..2024",
        ] {
            assert!(!of("2024").equals(&of(text)), "{text}");
        }
    }

    #[test]
    fn a_length_has_a_name() {
        for (text, name) in [
            ("2024", "a year"),
            ("FY2024-04", "a year"),
            ("2024-H1", "half a year"),
            ("2024-Q2", "a quarter"),
            ("2024-06", "a month"),
            ("2024-W23", "a week"),
            ("2024-06-30", "a day"),
            ("2024-01..2024-05", "5 months"),
            ("1900..1909", "10 years"),
            ("2024-06-03..2024-06-12", "10 days"),
            ("..2024", "a span with an open end"),
        ] {
            assert_eq!(of(text).to_string(), name, "{text}");
        }
    }
}
