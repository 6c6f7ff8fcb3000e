//! Positions of fragments, headings and exhibits.

use super::*;

const REGION: Region = Region {
    origin: Point::ZERO,
    size: Size::new(100.0, 100.0),
    step: 1.0,
};

fn fragment(name: &str, height: f64, keep_with_next: bool) -> Fragment {
    Fragment {
        height,
        keep_with_next,
        anchors: vec![(name.into(), 0.0)],
        ..Fragment::default()
    }
}

fn block(name: &str, height: f64) -> Stack {
    Stack {
        fragments: vec![fragment(name, height, false)],
        ..Stack::default()
    }
}

fn float(name: &str, height: f64) -> Stack {
    Stack {
        floats: true,
        ..block(name, height)
    }
}

fn heading(name: &str) -> Stack {
    Stack {
        fragments: vec![fragment(name, 10.0, true)],
        section: Some(name.into()),
        ..Stack::default()
    }
}

/// Page index and distance from the top of each destination.
fn places(stacks: Vec<Stack>) -> Vec<(String, usize, f64)> {
    let layout = flow(REGION, stacks);
    let places = layout.destinations.into_iter();
    places
        .map(|(name, place)| (name, place.page, place.at.y))
        .collect()
}

fn place(name: &str, page: usize, y: f64) -> (String, usize, f64) {
    (name.into(), page, y)
}

#[test]
fn text_fills_the_page_before_an_exhibit_that_does_not_fit() {
    let found = places(vec![
        block("a", 60.0),
        float("b", 50.0),
        block("c", 30.0),
        block("d", 30.0),
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 1, 0.0),
        place("c", 0, 60.0),
        place("d", 1, 50.0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn exhibits_pass_neither_each_other_nor_a_barrier() {
    let barrier = Stack {
        barrier: true,
        ..block("d", 10.0)
    };
    let found = places(vec![
        block("a", 60.0),
        float("b", 50.0),
        float("c", 20.0),
        barrier,
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 1, 0.0),
        place("c", 1, 50.0),
        place("d", 1, 70.0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_heading_goes_with_the_text_behind_its_exhibit() {
    let found = places(vec![
        block("a", 60.0),
        heading("b"),
        float("c", 50.0),
        block("d", 20.0),
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 0, 60.0),
        place("c", 1, 0.0),
        place("d", 0, 70.0),
    ];
    assert_eq!(found, expected);
    // Without text of the same section, the heading stays with the exhibit.
    let found = places(vec![
        block("a", 60.0),
        heading("b"),
        float("c", 50.0),
        heading("d"),
        block("e", 5.0),
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 1, 0.0),
        place("c", 1, 10.0),
        place("d", 1, 60.0),
        place("e", 1, 70.0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn white_space_is_the_larger_wish_and_none_at_the_top() {
    let spaced = |name, above, below| Stack {
        above,
        below,
        ..block(name, 40.0)
    };
    let found = places(vec![
        spaced("a", 9.0, 5.5),
        spaced("b", 3.0, 0.0),
        spaced("c", 7.0, 0.0),
    ]);
    // 45.5 rounds up to the next step of the grid.
    let expected = [place("a", 0, 0.0), place("b", 0, 46.0), place("c", 1, 0.0)];
    assert_eq!(found, expected);
}

#[test]
fn what_is_kept_together_but_higher_than_a_page_is_parted_at_its_end() {
    let fragments = ["a", "b", "c"]
        .map(|name| fragment(name, 45.0, true))
        .to_vec();
    let stack = Stack {
        fragments,
        ..Stack::default()
    };
    let expected = [place("a", 0, 0.0), place("b", 0, 45.0), place("c", 1, 0.0)];
    assert_eq!(places(vec![stack]), expected);
}

/// A paragraph of lines, each 10 points high.
fn lines(name: &str, count: usize) -> Stack {
    let line = |index: usize| fragment(&format!("{name}{index}"), 10.0, false);
    Stack {
        fragments: (0..count).map(line).collect(),
        ..Stack::default()
    }
}

#[test]
fn an_exhibit_waits_for_the_end_of_the_paragraph_that_runs_on() {
    let found = places(vec![
        block("a", 60.0),
        float("b", 50.0),
        lines("c", 6),
        block("d", 10.0),
    ]);
    let get = |name: &str| found.iter().find(|(found, ..)| found == name).cloned();
    assert_eq!(get("c3"), Some(place("c3", 0, 90.0)));
    assert_eq!(get("c4"), Some(place("c4", 1, 0.0)));
    assert_eq!(get("b"), Some(place("b", 1, 20.0)));
    assert_eq!(get("d"), Some(place("d", 1, 70.0)));
    // A float that does not fit below the end opens the page.
    let found = places(vec![block("a", 60.0), float("b", 50.0), lines("c", 10)]);
    let get = |name: &str| found.iter().find(|(found, ..)| found == name).cloned();
    assert_eq!(get("b"), Some(place("b", 1, 0.0)));
    assert_eq!(get("c4"), Some(place("c4", 1, 50.0)));
    assert_eq!(get("c9"), Some(place("c9", 2, 0.0)));
    // A float still pending at the end of the document is placed.
    let found = places(vec![block("a", 60.0), float("b", 50.0), lines("c", 5)]);
    let get = |name: &str| found.iter().find(|(found, ..)| found == name).cloned();
    assert_eq!(get("b"), Some(place("b", 1, 10.0)));
}
