//! Time as an axis: the stretch that each period takes of it.

use exhibit_facts::facts::Category;
use exhibit_facts::period::{CalendarUnit, Extent, Period};

/// Unit in which an axis counts time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// Calendar months, all of one length. Months, quarters and years of one axis are as wide as their like.
    Month,
    /// Days, for an axis with weeks or days.
    Day,
}

/// An axis of time with the periods of all categories.
#[derive(Clone, Debug)]
pub(crate) struct TimeAxis {
    /// Unit of the axis.
    pub(crate) grain: Grain,
    /// Begin and end of each category, in units of the axis. The begin lies before the end.
    pub(crate) spans: Vec<(f64, f64)>,
}

impl TimeAxis {
    /// The axis of some categories. `None` where a category has no period, or where there is no category.
    pub(crate) fn of(categories: &[Category]) -> Option<Self> {
        let periods = categories.iter().map(|category| category.period.as_ref());
        let ends: Vec<(CalendarUnit, CalendarUnit)> =
            periods.map(|period| ends(period?)).collect::<Option<_>>()?;
        let by_month = ends
            .iter()
            .all(|(from, to)| months(*from).is_some() && months(*to).is_some());
        let grain = if by_month { Grain::Month } else { Grain::Day };
        let spans = ends
            .iter()
            .map(|(from, to)| (grain.span(*from).0, grain.span(*to).1))
            .collect();
        (!ends.is_empty()).then_some(Self { grain, spans })
    }

    /// Middle of each category, in units of the axis.
    pub(crate) fn middles(&self) -> Vec<f64> {
        let spans = self.spans.iter();
        spans.map(|(begin, end)| (begin + end) / 2.0).collect()
    }
}

impl Grain {
    /// Begin and end of a calendar unit. An axis of months holds no weeks and no days.
    pub(crate) fn span(self, unit: CalendarUnit) -> (f64, f64) {
        let (begin, end) = match (self, months(unit)) {
            (Self::Month, Some(months)) => months,
            _ => {
                let (first, last) = unit.days();
                (first, last + 1)
            }
        };
        (begin as f64, end as f64)
    }
}

/// First and last unit of a period. Of a period with one end only that end is known.
pub(crate) fn ends(period: &Period) -> Option<(CalendarUnit, CalendarUnit)> {
    match period.extent {
        Extent::Unit(unit) => Some((unit, unit)),
        Extent::Span(Some(from), Some(to)) => Some((from, to)),
        Extent::Span(Some(only), None) | Extent::Span(None, Some(only)) => Some((only, only)),
        Extent::Span(None, None) => None,
    }
}

/// Begin and end of a unit in months since the year 0. `None` for a week or a day.
fn months(unit: CalendarUnit) -> Option<(i64, i64)> {
    let (year, before, length) = match unit {
        CalendarUnit::Year(year) | CalendarUnit::FiscalYear(year, 1) => (year, 0, 12),
        // A fiscal year has the name of the year in which it ends.
        CalendarUnit::FiscalYear(year, month) => (year - 1, month - 1, 12),
        CalendarUnit::Half(year, half) => (year, 6 * (half - 1), 6),
        CalendarUnit::Quarter(year, quarter) => (year, 3 * (quarter - 1), 3),
        CalendarUnit::Month(year, month) => (year, month - 1, 1),
        CalendarUnit::Week(..) | CalendarUnit::Day(_) => return None,
    };
    let begin = i64::from(year) * 12 + i64::from(before);
    Some((begin, begin + length))
}

/// Number of a unit among its like: years, quarters, weeks and so on follow each other by one.
pub(crate) fn ordinal(unit: CalendarUnit) -> i64 {
    match unit {
        CalendarUnit::Year(year) | CalendarUnit::FiscalYear(year, _) => i64::from(year),
        CalendarUnit::Half(year, half) => i64::from(year) * 2 + i64::from(half),
        CalendarUnit::Quarter(year, quarter) => i64::from(year) * 4 + i64::from(quarter),
        CalendarUnit::Month(year, month) => i64::from(year) * 12 + i64::from(month),
        CalendarUnit::Week(..) => unit.days().0.div_euclid(7),
        CalendarUnit::Day(date) => date.days(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(periods: &[&str]) -> TimeAxis {
        let category = |text: &&str| Category {
            label: (*text).to_owned(),
            detail: String::new(),
            period: Period::parse(text),
        };
        let categories: Vec<Category> = periods.iter().map(category).collect();
        TimeAxis::of(&categories).expect("an axis of time")
    }

    #[test]
    fn months_are_as_long_as_each_other_and_years_too() {
        let axis = axis(&["2023", "2024-02", "2024-Q2", "FY2025-04"]);
        assert_eq!(axis.grain, Grain::Month);
        let lengths = axis.spans.iter().map(|(begin, end)| end - begin);
        assert!(lengths.eq([12.0, 1.0, 3.0, 12.0]));
        // The fiscal year begins with the second quarter.
        assert_eq!(axis.spans[3].0, axis.spans[2].0);
    }

    #[test]
    fn days_and_weeks_count_days() {
        let axis = axis(&["2024-01-01", "2024-W01", "2024-02"]);
        assert_eq!(axis.grain, Grain::Day);
        let begins: Vec<f64> = axis
            .spans
            .iter()
            .map(|span| span.0 - axis.spans[0].0)
            .collect();
        assert_eq!(begins, [0.0, 0.0, 31.0]);
        assert_eq!(axis.middles()[1] - axis.middles()[0], 3.0);
    }

    #[test]
    fn a_period_without_an_end_stands_at_its_other_end() {
        let axis = axis(&["..2020", "2021", "2022.."]);
        let middles = axis.middles();
        assert_eq!(middles[1] - middles[0], 12.0);
        assert_eq!(middles[2] - middles[1], 12.0);
    }

    #[test]
    fn weeks_follow_each_other_over_the_turn_of_the_year() {
        let last = ordinal(CalendarUnit::Week(2020, 53));
        assert_eq!(ordinal(CalendarUnit::Week(2021, 1)), last + 1);
    }
}
