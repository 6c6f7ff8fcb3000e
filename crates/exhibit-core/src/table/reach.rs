//! From when to when the rows of a table are.

use exhibit_facts::dated::enclosing;
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};

/// Days that a table of days may lack at the ends of a period, and the part of the period: weekends, holidays, days on which nothing
/// happened.
const DAYS_OFF: (i64, i64) = (20, 4);

/// From when to when the rows of a table are, and how their days are meant.
pub(super) struct Reach {
    /// First and last day, in days since 1970-01-01.
    days: Option<(i64, i64)>,
    /// The frequency of the rows.
    frequency: &'static str,
    /// Every day is the first of a month, of a quarter, of a year: such a day stands for all of it.
    months: bool,
    quarters: bool,
    years: bool,
}

impl Default for Reach {
    fn default() -> Self {
        Self {
            days: None,
            frequency: "span",
            months: true,
            quarters: true,
            years: true,
        }
    }
}

impl Reach {
    /// Takes in the period of a row.
    pub(super) fn add(&mut self, fine: &Period) {
        let (Some(first), Some(last)) = fine.days() else {
            return;
        };
        let day = Date::from_days(first);
        self.months &= day.day == 1;
        self.quarters &= day.day == 1 && day.month % 3 == 1;
        self.years &= day.day == 1 && day.month == 1;
        self.frequency = fine.frequency();
        self.days = Some(match self.days {
            None => (first, last),
            Some((begin, end)) => (begin.min(first), end.max(last)),
        });
    }

    /// A coarse period without what no row of the table reaches.
    pub(super) fn clip(&self, coarse: &Period) -> Option<Period> {
        let (Some(begin), Some(end)) = coarse.days() else {
            return None;
        };
        let (first, last) = self.days?;
        let frequency = match self.frequency {
            "day" if self.years && first != last => "year",
            "day" if self.quarters && first != last => "quarter",
            "day" if self.months && first != last => "month",
            other => other,
        };
        let unit = |day: i64| -> Option<CalendarUnit> {
            let day = Period::unit(CalendarUnit::Day(Date::from_days(day)));
            match enclosing(&day, frequency)?.extent {
                Extent::Unit(unit) => Some(unit),
                Extent::Span(..) => None,
            }
        };
        let (first, last) = (unit(first)?, unit(last)?);
        let (most, part) = DAYS_OFF;
        let off = match frequency {
            "day" => most.min((end - begin + 1) / part),
            _ => 0,
        };
        let (late, early) = (first.days().0 - begin, end - last.days().1);
        if late <= off && early <= off {
            return None;
        }
        let from = if late > off { first } else { unit(begin)? };
        let to = if early > off { last } else { unit(end)? };
        let extent = if from == to {
            Extent::Unit(from)
        } else {
            Extent::Span(Some(from), Some(to))
        };
        Some(Period {
            about: coarse.about,
            extent,
        })
    }
}
