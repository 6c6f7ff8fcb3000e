//! Labels of the x axis of a line chart: dates of periods, or names of points.
//!
//! Of many names the last and the first come first, then the end of each line and its last actual value. Names in regular
//! steps stand between them. A name that would touch an earlier one is left out.

use std::collections::BTreeSet;

use exhibit_facts::facts::{Chart, Datum};
use exhibit_facts::quantity::Status;
use exhibit_scene::MissingGlyph;

use super::time_labels::{TimeLabels, TimePoints};
use crate::draw::Canvas;
use crate::guide::text::{Anchor, TextBlock};
use crate::scale::time::TimeAxis;
use crate::scale::{Scale, value_of};
use crate::style::ChartStyle;

/// Labels below the plot.
pub(super) enum XLabels {
    /// Dates of periods.
    Dates(TimeLabels),
    /// Names with their middles in points.
    Names(Vec<(f64, TextBlock)>),
}

impl XLabels {
    /// Labels inside `width` points. `positions` are the positions of the categories on `x`.
    pub(super) fn new(
        style: &ChartStyle,
        chart: &Chart,
        x: Scale,
        positions: &[f64],
        width: f64,
    ) -> Result<Self, MissingGlyph> {
        let middles: Vec<f64> = positions.iter().map(|position| x.map(*position)).collect();
        if let Some(axis) = TimeAxis::of(&chart.categories) {
            // A time outside the points has no place on the axis, and is not to be moved to its ends.
            let unit = (x.range.1 - x.range.0) / (x.domain.1 - x.domain.0);
            let map = |at: f64| x.range.0 + (at - x.domain.0) * unit;
            let points = TimePoints {
                chart,
                axis: &axis,
                middles: &middles,
                map: &map,
                width,
            };
            if let Some(dates) = TimeLabels::new(style, &style.tick(), &points, false)? {
                return Ok(Self::Dates(dates));
            }
        }
        Ok(Self::Names(names(style, chart, &middles, width)?))
    }

    /// Height in points.
    pub(super) fn height(&self) -> f64 {
        match self {
            Self::Dates(dates) => dates.height(),
            Self::Names(names) => {
                let heights = names.iter().map(|(_, lines)| lines.height());
                heights.fold(0.0, f64::max)
            }
        }
    }

    /// Draws the labels below `top`.
    pub(super) fn draw(&self, canvas: &Canvas, top: f64) {
        match self {
            Self::Dates(dates) => dates.draw(canvas, top),
            Self::Names(names) => {
                for (middle, lines) in names {
                    lines.draw(canvas, *middle, top, Anchor::Middle);
                }
            }
        }
    }
}

/// Names of categories with their middles. `at` are the middles of the categories.
fn names(
    style: &ChartStyle,
    chart: &Chart,
    at: &[f64],
    width: f64,
) -> Result<Vec<(f64, TextBlock)>, MissingGlyph> {
    let paragraph = style.tick();
    let gap = 2.0 * style.tokens.gap;
    let labels = || {
        chart
            .categories
            .iter()
            .map(|category| category.label.as_str())
    };
    let mut widest: f64 = 0.0;
    for label in labels() {
        widest = widest.max(TextBlock::single(style, label, &paragraph)?.width);
    }
    // Longer labels are broken into lines.
    let widest = widest.min(width / 4.0) + gap;
    let regular = regular(at, widest);
    let max_width = regular
        .windows(2)
        .map(|pair| at[pair[1]] - at[pair[0]] - gap)
        .fold(width / 2.0, f64::min)
        .max(width / 6.0);
    let mut names: Vec<(f64, TextBlock)> = Vec::new();
    let mut seen = BTreeSet::new();
    let labels: Vec<&str> = labels().collect();
    for index in first_of_all(chart).into_iter().chain(regular) {
        if !seen.insert(index) {
            continue;
        }
        let lines = TextBlock::wrapped(style, labels[index], &paragraph, max_width)?;
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

/// Usual steps from one named point to the next.
const STEPS: [usize; 11] = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

/// Largest ratio to the smallest step that fits, for a step that labels both ends.
const STEP_TOLERANCE: usize = 2;

/// Indices of categories in regular steps whose labels do not touch. A label is `widest` points wide with its white,
/// and `at` are the middles of the categories in points.
fn regular(at: &[f64], widest: f64) -> Vec<usize> {
    let in_step = |step: usize| -> Vec<usize> { (0..at.len()).step_by(step).collect() };
    let fits = |found: &[usize]| {
        let mut pairs = found.windows(2);
        pairs.all(|pair| at[pair[1]] - at[pair[0]] >= widest)
    };
    let steps = STEPS.map(|step| (step, in_step(step)));
    let Some((step, found)) = steps.into_iter().find(|(_, found)| fits(found)) else {
        return Vec::new();
    };
    let span = at.len().saturating_sub(1);
    // From the smallest step on, because a step between two usual ones may fit, too.
    (1..=step * STEP_TOLERANCE)
        .filter(|step| span.is_multiple_of(*step))
        .map(in_step)
        .find(|found| found.len() > 2 && fits(found))
        .unwrap_or(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(count: usize, each: f64) -> Vec<usize> {
        let at: Vec<f64> = (0..count).map(|index| index as f64 * each).collect();
        regular(&at, 25.0)
    }

    #[test]
    fn steps_are_even_and_hold_both_ends_where_they_can() {
        assert_eq!(named(17, 30.0), (0..17).collect::<Vec<_>>());
        assert_eq!(named(17, 9.0), [0, 4, 8, 12, 16]);
        // Eighteen points have no common step for both ends but seventeen.
        assert_eq!(named(18, 6.0), [0, 5, 10, 15]);
        assert!(named(0, 13.0).is_empty());
    }
}
