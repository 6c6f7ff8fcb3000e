//! Timelines: random events of every form of period keep the laws of charts, and leaders of one side never cross.

use std::fmt::Write as _;

use exhibit_charts::{draw, slide};
use exhibit_facts::facts::Exhibit;
use exhibit_scene::{Fonts, Frame, Item, Point, Segment, Theme};
use exhibit_tests::charts::faults;
use proptest::prelude::*;

/// A period as YAML writes it.
fn period() -> impl Strategy<Value = String> {
    let year = 1990_i32..2030;
    prop_oneof![
        3 => year.clone().prop_map(|year| year.to_string()),
        3 => (year.clone(), 1_u8..13).prop_map(|(year, month)| format!("{year}-{month:02}")),
        1 => (year.clone(), 1_u8..13, 1_u8..29)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        2 => (year.clone(), 0_i32..20).prop_map(|(from, more)| format!("{from}..{}", from + more)),
        1 => (year.clone(), 1_u8..13, 0_i32..5)
            .prop_map(|(year, month, more)| format!("{year}-{month:02}..{}", year + more)),
        1 => year.clone().prop_map(|year| format!("{year}..")),
        1 => year.prop_map(|year| format!("..{year}")),
        1 => Just("0001".to_owned()),
    ]
}

fn events() -> impl Strategy<Value = Vec<(String, String, &'static str)>> {
    let words = prop::sample::select(vec![
        "opens",
        "Württemberg",
        "小米汽车",
        "a",
        "sold",
        "Elektrizitätsversorgung",
    ]);
    let label = prop::collection::vec(words, 1..7).prop_map(|words| words.join(" "));
    let status = prop::sample::select(vec!["actual", "target", "forecast", "claimed", "estimated"]);
    prop::collection::vec((period(), label, status), 1..22)
}

fn compiled(events: &[(String, String, &str)]) -> Exhibit {
    let mut data = String::from("sources: {s: {title: S}}\nevents:\n");
    for (index, (at, label, status)) in events.iter().enumerate() {
        let _ = writeln!(
            data,
            "  e{index}: {{at: \"{at}\", label: {label}, status: {status}, from: s}}"
        );
    }
    let brief = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    timeline: {title: T}\nbody: [{exhibit: e}]\n";
    let done = exhibit_core::compile("b.yaml", brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:?}\n{data}", done.report.findings()));
    facts.exhibits.into_iter().next().expect("one exhibit")
}

/// The slanted parts of leaders: open paths of three lines, of which the second is slanted.
fn leaders(frame: &Frame) -> Vec<(Point, Point)> {
    let mut found = Vec::new();
    frame.visit(Point::ZERO, &mut |at, item| {
        if let Item::Path(path) = item
            && path.fill.is_none()
            && let [
                Segment::Move(_),
                Segment::Line(bend),
                Segment::Line(end),
                Segment::Line(tail),
            ] = path.segments[..]
            && end.x == tail.x
            && bend.y != end.y
        {
            found.push((at + bend, at + end));
        }
    });
    found
}

/// Two leaders of one side, which bend at one height, cross if their order changes on the way.
fn crossing(leaders: &[(Point, Point)]) -> Option<(usize, usize)> {
    const HAIR: f64 = 0.02;
    for (index, a) in leaders.iter().enumerate() {
        for (other, b) in leaders.iter().enumerate().skip(index + 1) {
            let same_side = (a.0.y - b.0.y).abs() < HAIR;
            let (before, after) = (a.0.x - b.0.x, a.1.x - b.1.x);
            if same_side && before.abs() > HAIR && after.abs() > HAIR && before * after < 0.0 {
                return Some((index, other));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_timelines_keep_the_laws(events in events()) {
        let (theme, fonts) = (Theme::standard(), Fonts::builtin());
        let exhibit = compiled(&events);
        for (what, frame) in [
            ("page", draw(&exhibit, 459.0, &theme, &fonts).expect("all glyphs").plot),
            ("slide", slide(&exhibit, &theme, &fonts).expect("all glyphs").frame),
        ] {
            let faults = faults(&frame);
            prop_assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
            let leaders = leaders(&frame);
            prop_assert_eq!(crossing(&leaders), None, "{}: {:?}", what, leaders);
        }
    }
}

/// What failed first: spans without a begin stood at their end but kept the place of their begin in the row of words.
#[test]
fn leaders_of_open_spans_do_not_cross() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let of = |at: &str| (at.to_owned(), "Rules hold".to_owned(), "actual");
    let exhibit = compiled(
        &[
            "2018-03",
            "2020-06..2023",
            "..2021",
            "2021-05",
            "2022..",
            "2023-12",
            "2019..2020",
        ]
        .map(of),
    );
    let plot = draw(&exhibit, 459.0, &theme, &fonts)
        .expect("all glyphs")
        .plot;
    let leaders = leaders(&plot);
    assert_eq!(leaders.len(), 7, "every event has a leader");
    assert_eq!(crossing(&leaders), None);
}
