//! Laws of charts over time, for random series with gaps and mixed periods: every datum is drawn or said, time is to scale, and labels
//! keep their dates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use exhibit_charts::{draw, slide};
use exhibit_facts::facts::{Chart, Content, Exhibit};
use exhibit_facts::format;
use exhibit_facts::period::{CalendarUnit, Extent, Period};
use exhibit_facts::quantity::Reading;
use exhibit_scene::{Fonts, Frame, Group, Item, Point, Theme};
use exhibit_tests::charts::{faults, points, texts_of, words};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Series over time as YAML has them.
#[derive(Debug)]
struct Times {
    kind: &'static str,
    /// For each series, its observations: period, value and status.
    series: Vec<Vec<(String, String, &'static str)>>,
    width: f64,
}

/// The period of a frequency that stands `step` places after the first one.
fn period(frequency: usize, step: usize) -> String {
    match frequency {
        0 => format!("{}", 1987 + step),
        1 => format!("{}-Q{}", 2003 + step / 4, step % 4 + 1),
        2 => format!("{}-{:02}", 2011 + step / 12, step % 12 + 1),
        3 => format!("{}-H{}", 1995 + step / 2, step % 2 + 1),
        4 => {
            let days = 19_000 + i64::try_from(step).unwrap_or_default();
            exhibit_facts::period::Date::from_days(days).to_string()
        }
        // Years, and the quarters of the last of them.
        _ if step < 12 => format!("{}", 2001 + step),
        _ => format!("{}-Q{}", 2013 + (step - 12) / 4, step % 4 + 1),
    }
}

fn times() -> impl Strategy<Value = Times> {
    let kind = prop::sample::select(vec!["line", "line", "column"]);
    let count = prop_oneof![3 => 2_usize..14, 2 => 14_usize..48];
    let few = prop_oneof![3 => Just(1_usize), 2 => Just(2), 1 => Just(4)];
    let kept = prop::sample::select(vec![0.95, 0.7, 0.3]);
    (kind, 0_usize..6, count, few, kept).prop_flat_map(|(kind, frequency, count, few, kept)| {
        let value = prop_oneof![
            8 => (1_u32..900).prop_map(|n| n.to_string()),
            1 => Just("0".to_owned()),
            1 => Just("\"< 300\"".to_owned()),
            1 => Just("{unknown: not said}".to_owned()),
        ];
        let status =
            prop_oneof![6 => Just("actual"), 1 => Just("estimated"), 1 => Just("forecast")];
        let spot = prop::option::weighted(kept, (value, status));
        let series = prop::collection::vec(prop::collection::vec(spot, count), few);
        let width = prop::sample::select(vec![340.0, 459.0]);
        (Just(kind), Just(frequency), series, width).prop_map(|(kind, frequency, series, width)| {
            let entries = |spots: Vec<Option<(String, &'static str)>>| {
                let spots = spots.into_iter().enumerate();
                spots
                    .filter_map(|(step, spot)| {
                        let (value, status) = spot?;
                        Some((period(frequency, step), value, status))
                    })
                    .collect()
            };
            Times {
                kind,
                series: series.into_iter().map(entries).collect(),
                width,
            }
        })
    })
}

fn exhibit(times: &Times) -> Option<Exhibit> {
    let mut rows = String::new();
    for (index, entries) in times.series.iter().enumerate() {
        for (at, value, status) in entries {
            let _ = writeln!(
                rows,
                "      - {{at: {at}, k: k{index}, value: {value}, status: {status}, from: s}}"
            );
        }
    }
    let names: Vec<String> = (0..times.series.len())
        .map(|index| format!("k{index}"))
        .collect();
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  a:\n    label: A\n    unit: people\n    measure: stock\n    dimensions: {{k: [{}]}}\n    observations:\n{rows}",
        names.join(", ")
    );
    let brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e: {{{}: {{title: T, of: a, over: period, by: k}}}}\nbody: [{{exhibit: e}}]\n",
        times.kind
    );
    let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    });
    // Without a datum there is a finding, and periods of different length may be one.
    done.facts
        .and_then(|facts| facts.exhibits.into_iter().next())
}

/// A mark on the canvas.
struct Spot {
    /// Left and right end of its drawing. `None` without one.
    across: Option<(f64, f64)>,
    /// Something of it is painted.
    painted: bool,
    /// Its points.
    points: Vec<Point>,
}

/// Marks by their facts, and the vertices of all lines of two points or more.
fn spots(frame: &Frame) -> (BTreeMap<String, Spot>, Vec<Point>) {
    let (mut spots, mut vertices) = (BTreeMap::new(), Vec::new());
    frame.visit(Point::ZERO, &mut |at, item| {
        let Item::Group(group) = item else { return };
        if let Some(trace) = &group.trace {
            spots.insert(trace.0.to_string(), spot(at, group));
        }
        if group.class == "line" {
            group.frame.visit(at, &mut |at, item| {
                if let Item::Path(path) = item {
                    let line: Vec<Point> = points(path).into_iter().map(|one| at + one).collect();
                    if line.len() > 1 {
                        vertices.extend(line);
                    }
                }
            });
        }
    });
    (spots, vertices)
}

fn spot(at: Point, group: &Group) -> Spot {
    let mut found = Spot {
        across: None,
        painted: false,
        points: Vec::new(),
    };
    group.frame.visit(at, &mut |at, item| match item {
        Item::Path(path) => {
            found.painted |= path.fill.is_some() || path.stroke.is_some();
            for point in points(path) {
                let point = at + point;
                let (left, right) = found.across.unwrap_or((point.x, point.x));
                found.across = Some((left.min(point.x), right.max(point.x)));
                found.points.push(point);
            }
        }
        Item::Glyphs(_) => found.painted = true,
        Item::Group(_) | Item::Link(_) => {}
    });
    found
}

/// Middle of a period on an axis that counts months, or days where there are days.
fn middle(period: &Period, by_days: bool) -> f64 {
    let Extent::Unit(unit) = period.extent else {
        panic!("a unit");
    };
    if by_days {
        let (first, last) = unit.days();
        return (first + last + 1) as f64 / 2.0;
    }
    let (year, before, length) = match unit {
        CalendarUnit::Year(year) => (year, 0, 12),
        CalendarUnit::Half(year, half) => (year, 6 * (half - 1), 6),
        CalendarUnit::Quarter(year, quarter) => (year, 3 * (quarter - 1), 3),
        CalendarUnit::Month(year, month) => (year, month - 1, 1),
        other => panic!("{other}"),
    };
    f64::from(year) * 12.0 + f64::from(before) + f64::from(length) / 2.0
}

/// Nothing vanishes: each value is painted, or a vertex of a painted line. What is missing has a mark and is said.
fn assert_all_drawn(chart: &Chart, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let (spots, vertices) = spots(frame);
    let said = words(frame);
    for series in &chart.series {
        for datum in series.data.iter().flatten() {
            let spot = spots.get(&datum.address);
            prop_assert!(spot.is_some(), "{what}: {} has no mark", datum.address);
            let spot = spot.expect("a mark");
            match &datum.reading {
                Reading::Value(_) => {
                    let near =
                        |a: &Point, b: &Point| (a.x - b.x).abs() < 0.02 && (a.y - b.y).abs() < 0.02;
                    let on_line = spot
                        .points
                        .iter()
                        .any(|point| vertices.iter().any(|vertex| near(point, vertex)));
                    prop_assert!(
                        spot.painted || on_line,
                        "{what}: {} ({}) is not drawn",
                        datum.address,
                        datum.forms.number
                    );
                }
                Reading::Missing(_) => prop_assert!(
                    said.iter().any(|(_, text)| *text == datum.forms.number),
                    "{what}: {} is not said",
                    datum.address
                ),
            }
        }
    }
    Ok(())
}

/// Time is to scale: the marks of each series stand as far apart as their dates.
fn assert_to_scale(chart: &Chart, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let (spots, _) = spots(frame);
    let periods = chart
        .categories
        .iter()
        .filter_map(|one| one.period.as_ref());
    let by_days = periods.clone().any(|period| period.frequency() == "day");
    let frequencies: BTreeSet<&str> = periods.clone().map(Period::frequency).collect();
    let beside = chart.series.len() > 1 && chart.kind.spec().name == "column";
    if beside && frequencies.len() > 1 {
        // The slots of a wide band lie farther from its middle than those of a narrow one.
        return Ok(());
    }
    for series in &chart.series {
        let at: Vec<(f64, f64)> = series
            .data
            .iter()
            .zip(periods.clone())
            .filter_map(|(datum, period)| {
                let datum = datum.as_ref()?;
                let Reading::Value(_) = datum.reading else {
                    return None;
                };
                let (left, right) = spots.get(&datum.address)?.across?;
                Some((middle(period, by_days), (left + right) / 2.0))
            })
            .collect();
        let (Some(first), Some(last)) = (at.first(), at.last()) else {
            continue;
        };
        let unit = (last.1 - first.1) / (last.0 - first.0).max(1e-9);
        for (time, x) in &at {
            let wanted = first.1 + (time - first.0) * unit;
            // Hatch lines of a forecast begin at one side of its column.
            let slack = if chart.kind.spec().name == "column" {
                0.6
            } else {
                0.1
            };
            prop_assert!(
                (x - wanted).abs() < slack,
                "{what}: a mark at {x}, and its date at {wanted}"
            );
        }
    }
    Ok(())
}

/// A line that ends before the axis says its date. Years below the plot stand at their years.
fn assert_dated(chart: &Chart, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    if chart.kind.spec().name != "line" {
        return Ok(());
    }
    let ends = texts_of(frame, "label");
    let last = chart.categories.len() - 1;
    for series in &chart.series {
        let known = |at: &usize| {
            let datum = series.data[*at].as_ref();
            datum.is_some_and(|one| matches!(one.reading, Reading::Value(_)))
        };
        let Some(end) = (0..=last).rev().find(known) else {
            continue;
        };
        let period = chart.categories[end].period.as_ref().expect("a period");
        let date = format!("({})", format::short(chart.language, period));
        prop_assert!(
            end == last || ends.contains(&date),
            "{what}: {} ends at {date}, and its label is {ends:?}",
            series.label
        );
    }
    Ok(())
}

fn assert_lawful(chart: &Chart, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let faults = faults(frame);
    prop_assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
    assert_all_drawn(chart, frame, what)?;
    assert_to_scale(chart, frame, what)?;
    assert_dated(chart, frame, what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, rng_seed: RngSeed::Fixed(9), ..ProptestConfig::default() })]

    #[test]
    fn random_series_over_time_keep_the_laws(times in times()) {
        let Some(exhibit) = exhibit(&times) else { return Ok(()) };
        let Content::Chart(chart) = &exhibit.content else { panic!("a chart") };
        let (theme, fonts) = (Theme::standard(), Fonts::builtin());
        let drawn = draw(&exhibit, times.width, &theme, &fonts).expect("all glyphs");
        if drawn.overflow.is_none() {
            assert_lawful(chart, &drawn.plot, "page")?;
        }
        let picture = slide(&exhibit, &theme, &fonts).expect("all glyphs");
        if picture.overflow.is_none() {
            assert_lawful(chart, &picture.frame, "slide")?;
        }
    }
}
