//! Stretches of a line: where a line breaks.
//!
//! A line breaks where its own values are missing, whatever periods other lines have. A value that is known to be missing
//! always breaks the line. A period without an entry breaks it where the line leaves out periods of its own: monthly
//! values without a June, but not census years among yearly values of another line.

use exhibit_facts::facts::{Category, Chart, Series};
use exhibit_facts::period::{CalendarUnit, Date, Extent, Period};
use exhibit_facts::quantity::Status;

use crate::scale::time::{Grain, ends as ends_of, ordinal};
use crate::scale::{ends, value_of};

/// A point of a line, in values.
#[derive(Clone, Copy)]
pub(super) struct Vertex {
    /// Position on the x axis and value.
    pub(super) at: (f64, f64),
    /// Status of the value.
    pub(super) status: Status,
    /// Index of the category.
    pub(super) category: usize,
}

/// Stretches of a line without a gap, each of one vertex or more. `positions` are the positions of the categories on the
/// x axis, in order.
pub(super) fn stretches(chart: &Chart, series: &Series, positions: &[f64]) -> Vec<Vec<Vertex>> {
    let entries: Vec<usize> = (0..series.data.len())
        .filter(|category| series.data[*category].is_some())
        .collect();
    let categories: Vec<&Category> = entries.iter().map(|at| &chart.categories[*at]).collect();
    let gaps = gaps(&categories, &entries);
    let mut stretches: Vec<Vec<Vertex>> = vec![Vec::new()];
    for (index, category) in entries.into_iter().enumerate() {
        if index > 0 && gaps[index - 1] {
            stretches.push(Vec::new());
        }
        let datum = series.data[category].as_ref();
        let known = datum.and_then(|datum| Some((value_of(datum)?, datum.status)));
        match (known, stretches.last_mut()) {
            (Some((value, status)), Some(last)) => {
                let (low, high) = ends(&value.shape, chart.exponent);
                last.push(Vertex {
                    at: (positions[category], (low + high) / 2.0),
                    status,
                    category,
                });
            }
            _ => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

/// True for each step from one entry of a line, or from one row, to the next that leaves out an entry of its own. `entries` are the indices of
/// the categories.
pub(super) fn gaps(categories: &[&Category], entries: &[usize]) -> Vec<bool> {
    let periods: Option<Vec<&Period>> = categories
        .iter()
        .map(|category| category.period.as_ref())
        .collect();
    let Some(periods) = periods else {
        // Names have no distance, so each of them counts.
        return entries
            .windows(2)
            .map(|pair| pair[1] - pair[0] > 1)
            .collect();
    };
    let units: Option<Vec<CalendarUnit>> = periods
        .iter()
        .map(|period| match period.extent {
            Extent::Unit(unit) => Some(unit),
            Extent::Span(..) => None,
        })
        .collect();
    let alike = |units: &Vec<CalendarUnit>| {
        let mut pairs = units.windows(2);
        pairs.all(|pair| pair[0].frequency() == pair[1].frequency())
    };
    match units.filter(alike) {
        Some(units) if are_working_days(&units) => {
            steps(&units).map(|step| step > LONGEST_HOLIDAY).collect()
        }
        Some(units) => longer_than_usual(&calendar_steps(&units)),
        None => periods
            .windows(2)
            .map(|pair| is_apart(pair[0], pair[1]))
            .collect(),
    }
}

/// Numbers of units from each unit to the next.
fn steps(units: &[CalendarUnit]) -> impl Iterator<Item = i64> {
    let pairs = units.windows(2);
    pairs.map(|pair| ordinal(pair[1]) - ordinal(pair[0]))
}

/// Steps in months for days that are all the same of their months, or all the last of them: months and years have unequal numbers of days.
/// Else steps in the units themselves.
fn calendar_steps(units: &[CalendarUnit]) -> Vec<i64> {
    let days: Option<Vec<Date>> = units
        .iter()
        .map(|unit| match unit {
            CalendarUnit::Day(day) => Some(*day),
            _ => None,
        })
        .collect();
    let is_last = |day: &Date| Date::from_days(day.days() + 1).day == 1;
    match days {
        Some(days)
            if days.windows(2).all(|pair| pair[0].day == pair[1].day)
                || days.iter().all(is_last) =>
        {
            let month = |day: &Date| 12 * i64::from(day.year) + i64::from(day.month);
            days.windows(2)
                .map(|pair| month(&pair[1]) - month(&pair[0]))
                .collect()
        }
        _ => steps(units).collect(),
    }
}

/// Least number of days that tells days of work from any days.
const LEAST_WORKING_DAYS: usize = 6;

/// Step in days over a long weekend, from Friday to Tuesday.
const LONG_WEEKEND: i64 = 4;

/// Longest step in days over weekends and holidays, for a line of working days.
const LONGEST_HOLIDAY: i64 = 10;

/// True for days of which none is a Saturday or a Sunday and most of which are near each other, as a stock exchange has them.
fn are_working_days(units: &[CalendarUnit]) -> bool {
    // Day 0 is a Thursday.
    let weekday = |day: i64| (day + 3).rem_euclid(7);
    let near = steps(units).filter(|step| *step <= LONG_WEEKEND).count();
    units.len() >= LEAST_WORKING_DAYS
        && 2 * near >= units.len() - 1
        && units
            .iter()
            .all(|unit| matches!(unit, CalendarUnit::Day(day) if weekday(day.days()) < 5))
}

/// Least number of equal steps in a row that are a rhythm of their own, such as ten years each in earlier times.
const RHYTHM: usize = 3;

/// True for each step that is longer than the usual one, the most common of all. Of equally common steps the shortest is the
/// usual one. Longer steps that follow each other in a rhythm of their own leave nothing out. Without a usual step, which
/// at least half of all steps have, nothing is left out either.
fn longer_than_usual(steps: &[i64]) -> Vec<bool> {
    let times = |step: i64| steps.iter().filter(|other| **other == step).count();
    let mut sorted = steps.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut usual: Option<(i64, usize)> = None;
    for step in sorted {
        let times = times(step);
        if usual.is_none_or(|(_, most)| times > most) {
            usual = Some((step, times));
        }
    }
    let Some((usual, _)) = usual.filter(|(_, times)| 2 * times >= steps.len()) else {
        return vec![false; steps.len()];
    };
    steps
        .chunk_by(|a, b| a == b)
        .flat_map(|run| {
            let gap = run[0] > usual && run.len() < RHYTHM;
            std::iter::repeat_n(gap, run.len())
        })
        .collect()
}

/// True where between two periods of different length at least the time of the longer one has no entry.
fn is_apart(before: &Period, after: &Period) -> bool {
    let days = |period: &Period| {
        let (from, to) = ends_of(period)?;
        Some((Grain::Day.span(from).0, Grain::Day.span(to).1))
    };
    let (Some(before), Some(after)) = (days(before), days(after)) else {
        return false;
    };
    let longer = (before.1 - before.0).max(after.1 - after.0);
    after.0 - before.1 >= longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(periods: &[&str]) -> Vec<bool> {
        let categories: Vec<Category> = periods
            .iter()
            .map(|text| Category {
                label: (*text).to_owned(),
                detail: String::new(),
                period: Some(Period::parse(text).unwrap_or_else(|| panic!("{text}"))),
            })
            .collect();
        let categories: Vec<&Category> = categories.iter().collect();
        gaps(&categories, &(0..periods.len()).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_breaks_where_its_own_periods_are_left_out() {
        let years = ["1900", "1901", "1905", "1909", "1910"];
        assert_eq!(broken(&years), [false, true, true, false]);
        let months = ["2024-01", "2024-02", "2024-03", "2024-05", "2024-06"];
        assert_eq!(broken(&months), [false, false, true, false]);
        assert_eq!(broken(&["2023-Q3", "2023-Q4", "2024-Q1"]), [false, false]);
        assert_eq!(
            broken(&["2020-W52", "2020-W53", "2021-W01"]),
            [false, false]
        );
    }

    #[test]
    fn days_of_months_and_years_are_no_longer_apart_in_long_ones() {
        let ends = ["2018-12-31", "2019-12-31", "2020-12-31", "2021-12-31"];
        assert_eq!(broken(&ends), [false; 3]);
        let firsts = ["2023-01-01", "2023-02-01", "2023-03-01", "2023-05-01"];
        assert_eq!(broken(&firsts), [false, false, true]);
        let lasts = ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"];
        assert_eq!(broken(&lasts), [false; 3]);
    }

    #[test]
    fn rare_or_irregular_values_are_no_gaps() {
        assert_eq!(broken(&["1990", "2020"]), [false]);
        // A census every ten years, then every five, then every year.
        let census = [
            "1970", "1980", "1990", "2000", "2005", "2010", "2015", "2016", "2017", "2018", "2019",
        ];
        assert!(broken(&census).iter().all(|gap| !gap));
        // Polls have no rhythm.
        let polls = [
            "2024-01-03",
            "2024-01-10",
            "2024-02-02",
            "2024-02-04",
            "2024-03-01",
        ];
        assert!(broken(&polls).iter().all(|gap| !gap));
        let on_workdays = [
            "2024-01-03",
            "2024-01-17",
            "2024-02-20",
            "2024-03-01",
            "2024-04-29",
            "2024-06-11",
        ];
        assert!(broken(&on_workdays).iter().all(|gap| !gap));
    }

    #[test]
    fn weekends_and_holidays_are_no_gaps_among_working_days() {
        let days = [
            "2024-12-19",
            "2024-12-20",
            "2024-12-23",
            "2024-12-24",
            "2024-12-27",
            "2024-12-30",
            "2025-02-03",
        ];
        assert_eq!(broken(&days), [false, false, false, false, false, true]);
        // A sensor works on weekends, too.
        let sensor = [
            "2024-12-19",
            "2024-12-20",
            "2024-12-21",
            "2024-12-22",
            "2024-12-25",
            "2024-12-26",
        ];
        assert_eq!(broken(&sensor), [false, false, false, true, false]);
    }

    #[test]
    fn periods_of_different_length_break_where_a_whole_one_is_left_out() {
        assert_eq!(broken(&["2022", "2023", "2024-Q1", "2024-Q2"]), [false; 3]);
        assert_eq!(broken(&["2019", "2023", "2024-Q1"]), [true, false]);
        assert_eq!(
            broken(&["1990..1999", "2000..2009", "2010..2017"]),
            [false; 2]
        );
    }
}
