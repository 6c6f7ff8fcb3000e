//! Labels of the x axis of a line chart: the points that have a label, and its form.
//!
//! The last and the first point, the end of each line and its last actual value come first. Labels in regular steps
//! stand between them. A label that would touch an earlier one is left out.

use std::collections::BTreeSet;

use exhibit_facts::facts::{Chart, Datum};
use exhibit_facts::format;
use exhibit_facts::period::{CalendarUnit, Extent, Period};
use exhibit_facts::quantity::Status;
use exhibit_scene::MissingGlyph;

use crate::guide::text::TextBlock;
use crate::scale::{Scale, value_of};
use crate::style::ChartStyle;

/// Labels of categories with their middles, inside `width` points. `positions` are the positions of the categories on
/// `x`.
pub(super) fn x_labels(
    style: &ChartStyle,
    chart: &Chart,
    x: Scale,
    positions: &[f64],
    width: f64,
) -> Result<Vec<(f64, TextBlock)>, MissingGlyph> {
    let paragraph = style.tick();
    let gap = 2.0 * style.tokens.gap;
    let labels = years(chart).unwrap_or_else(|| {
        let categories = chart.categories.iter();
        categories.map(|category| category.label.clone()).collect()
    });
    let mut widest: f64 = 0.0;
    for label in &labels {
        widest = widest.max(TextBlock::single(style, label, &paragraph)?.width);
    }
    // Longer labels are broken into lines.
    let widest = widest.min(width / 4.0) + gap;
    let at: Vec<f64> = positions.iter().map(|position| x.map(*position)).collect();
    let regular = regular(&EvenSequence::of(chart), &at, widest);
    let max_width = regular
        .windows(2)
        .map(|pair| at[pair[1]] - at[pair[0]] - gap)
        .fold(width / 2.0, f64::min)
        .max(width / 6.0);
    let mut names: Vec<(f64, TextBlock)> = Vec::new();
    let mut seen = BTreeSet::new();
    for index in first_of_all(chart).into_iter().chain(regular) {
        if !seen.insert(index) {
            continue;
        }
        let lines = TextBlock::wrapped(style, &labels[index], &paragraph, max_width)?;
        let half = lines.width / 2.0;
        let middle = at[index].min(width - half).max(half);
        let free = names
            .iter()
            .all(|(other, taken)| (middle - other).abs() >= half + taken.width / 2.0 + gap / 2.0);
        if free {
            names.push((middle, lines));
        }
    }
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(names)
}

/// Years instead of longer labels, where each of several points lies in a year of its own. `None` elsewhere.
fn years(chart: &Chart) -> Option<Vec<String>> {
    let mut years: Vec<String> = Vec::new();
    for category in &chart.categories {
        let period = category.period.as_ref().filter(|period| !period.about)?;
        if matches!(
            period.extent,
            Extent::Unit(CalendarUnit::FiscalYear(..)) | Extent::Span(..)
        ) {
            return None;
        }
        let year = format::year(chart.language, period)?;
        if years.contains(&year) {
            return None;
        }
        years.push(year);
    }
    (years.len() > 1).then_some(years)
}

/// Indices of the categories that have a label before any other, by importance: the last, the first, the end of each
/// line, and its last actual value where others follow.
fn first_of_all(chart: &Chart) -> Vec<usize> {
    let count = chart.categories.len();
    let known = |datum: &Option<Datum>| {
        datum
            .as_ref()
            .is_some_and(|datum| value_of(datum).is_some())
    };
    let mut first = if count == 0 {
        Vec::new()
    } else {
        vec![count - 1, 0]
    };
    let mut ends = BTreeSet::new();
    let mut actual = BTreeSet::new();
    for series in &chart.series {
        ends.extend(series.data.iter().rposition(known));
        actual.extend(series.data.iter().rposition(|datum| {
            known(datum)
                && datum
                    .as_ref()
                    .is_some_and(|datum| datum.status == Status::Actual)
        }));
    }
    first.extend(ends.into_iter().rev());
    first.extend(actual.into_iter().rev());
    first
}

/// Positions of categories in an even sequence, and the usual steps of the sequence.
struct EvenSequence {
    numbers: Vec<i64>,
    steps: &'static [i64],
    /// Least step that falls on its multiples: 2010, 2015, 2020, or January and July.
    round: i64,
}

impl EvenSequence {
    /// The months, quarters or years of the categories, in this order. Else the categories are counted.
    fn of(chart: &Chart) -> Self {
        let periods: Option<Vec<&Period>> = chart
            .categories
            .iter()
            .map(|category| category.period.as_ref())
            .collect();
        let counted = |number: fn(CalendarUnit) -> Option<i64>| -> Option<Vec<i64>> {
            let periods = periods.as_ref()?.iter();
            let numbers: Vec<i64> = periods
                .map(|period| match period.extent {
                    Extent::Unit(unit) => number(unit),
                    Extent::Span(..) => None,
                })
                .collect::<Option<_>>()?;
            // Labels and points have one order.
            numbers
                .windows(2)
                .all(|pair| pair[0] < pair[1])
                .then_some(numbers)
        };
        if let Some(numbers) = counted(month) {
            return Self {
                numbers,
                steps: &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200],
                round: 2,
            };
        }
        if let Some(numbers) = counted(quarter) {
            return Self {
                numbers,
                steps: &[1, 2, 4, 8, 20, 40, 80, 100, 200, 400],
                round: 2,
            };
        }
        let steps = &[1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];
        if let Some(numbers) = counted(year) {
            return Self {
                numbers,
                steps,
                round: 5,
            };
        }
        Self {
            numbers: (0..).take(chart.categories.len()).collect(),
            steps,
            round: i64::MAX,
        }
    }
}

const fn month(unit: CalendarUnit) -> Option<i64> {
    match unit {
        CalendarUnit::Month(year, month) => Some(year as i64 * 12 + month as i64 - 1),
        _ => None,
    }
}

const fn quarter(unit: CalendarUnit) -> Option<i64> {
    match unit {
        CalendarUnit::Quarter(year, quarter) => Some(year as i64 * 4 + quarter as i64 - 1),
        _ => None,
    }
}

/// Every calendar unit has a year. Two units of one year do not form a sequence.
const fn year(unit: CalendarUnit) -> Option<i64> {
    let year = match unit {
        CalendarUnit::Year(year)
        | CalendarUnit::FiscalYear(year, _)
        | CalendarUnit::Half(year, _)
        | CalendarUnit::Quarter(year, _)
        | CalendarUnit::Month(year, _)
        | CalendarUnit::Week(year, _) => year,
        CalendarUnit::Day(date) => date.year,
    };
    Some(year as i64)
}

/// Largest ratio to the smallest step that fits, for a step that labels both ends.
const STEP_TOLERANCE: i64 = 2;

/// Indices of categories in regular steps whose labels do not touch. A label is `widest` points wide with its white,
/// and `at` are the middles of the categories in points.
fn regular(sequence: &EvenSequence, at: &[f64], widest: f64) -> Vec<usize> {
    let (Some(first), Some(last)) = (sequence.numbers.first(), sequence.numbers.last()) else {
        return Vec::new();
    };
    let in_step = |step: i64, from: i64| -> Vec<usize> {
        let numbers = sequence.numbers.iter().enumerate();
        numbers
            .filter(|(_, number)| (*number - from).rem_euclid(step) == 0)
            .map(|(index, _)| index)
            .collect()
    };
    let fits = |found: &[usize]| {
        let mut pairs = found.windows(2);
        pairs.all(|pair| at[pair[1]] - at[pair[0]] >= widest)
    };
    let steps = sequence.steps.iter().copied();
    let Some((step, found)) = steps
        .map(|step| {
            let from = if step >= sequence.round { 0 } else { *first };
            (step, in_step(step, from))
        })
        .find(|(_, found)| fits(found))
    else {
        return Vec::new();
    };
    let span = last - first;
    // From the smallest step on, because a step between two usual ones may fit, too.
    (1..=step * STEP_TOLERANCE)
        .filter(|step| span % step == 0)
        .map(|step| in_step(step, *first))
        .find(|found| found.len() > 2 && fits(found))
        .unwrap_or(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(numbers: &[i64], each: f64) -> Vec<i64> {
        let sequence = EvenSequence {
            numbers: numbers.to_vec(),
            steps: &[1, 2, 5, 10, 20],
            round: 5,
        };
        let at: Vec<f64> = numbers.iter().map(|number| *number as f64 * each).collect();
        let found = regular(&sequence, &at, 25.0);
        found.into_iter().map(|index| numbers[index]).collect()
    }

    #[test]
    fn steps_are_even_and_hold_both_ends_where_they_can() {
        let years: Vec<i64> = (2004..=2020).collect();
        assert_eq!(named(&years, 30.0), years);
        assert_eq!(named(&years, 9.0), [2004, 2008, 2012, 2016, 2020]);
        // Eighteen years have no common step for both ends but seventeen, so the labels fall on round years.
        let years: Vec<i64> = (2004..=2021).collect();
        assert_eq!(named(&years, 6.0), [2005, 2010, 2015, 2020]);
        // Years without a value count, too.
        assert_eq!(named(&[2000, 2001, 2002, 2010], 13.0), [2000, 2002, 2010]);
        assert!(named(&[], 13.0).is_empty());
    }
}
