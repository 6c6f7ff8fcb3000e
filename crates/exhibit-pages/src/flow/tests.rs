//! Positions of fragments, headings and exhibits.

use super::*;
use crate::fragment::Parted;

const REGION: Region = Region {
    origin: Point::ZERO,
    size: Size::new(100.0, 100.0),
    step: 1.0,
    smallest: 0.9,
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

/// An exhibit without a plot, so that nothing changes its height.
fn exhibit(name: &str, height: f64, float: Float) -> Stack {
    Stack {
        float,
        ..block(name, height)
    }
}

fn paragraph(name: &str, height: f64) -> Stack {
    Stack {
        text: true,
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
    let layout = flow(REGION, stacks, &mut |_, _, _| None);
    let places = layout.destinations.into_iter();
    places
        .map(|(name, place)| (name, place.page, place.at.y))
        .collect()
}

fn place(name: &str, page: usize, y: f64) -> (String, usize, f64) {
    (name.into(), page, y)
}

#[test]
fn an_exhibit_stands_where_it_is_written() {
    let found = places(vec![
        paragraph("a", 60.0),
        exhibit("b", 50.0, Float::Fixed),
        paragraph("c", 30.0),
        heading("d"),
        exhibit("e", 20.0, Float::Fixed),
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 1, 0.0),
        place("c", 1, 50.0),
        place("d", 2, 0.0),
        place("e", 2, 10.0),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_paragraph_of_an_exhibit_goes_before_it_and_no_other() {
    let found = places(vec![
        paragraph("a", 60.0),
        exhibit("b", 50.0, Float::Own),
        paragraph("c", 20.0),
        paragraph("d", 10.0),
    ]);
    let expected = [
        place("a", 0, 0.0),
        place("b", 1, 0.0),
        place("c", 0, 60.0),
        place("d", 1, 50.0),
    ];
    assert_eq!(found, expected);
    // A page that is full enough is left as it is.
    let found = places(vec![
        paragraph("a", 80.0),
        exhibit("b", 50.0, Float::Own),
        paragraph("c", 10.0),
    ]);
    let expected = [place("a", 0, 0.0), place("b", 1, 0.0), place("c", 1, 50.0)];
    assert_eq!(found, expected);
}

#[test]
fn text_goes_before_a_float_up_to_the_next_heading() {
    for (float, first) in [(Float::Free, 60.0), (Float::Top, 30.0)] {
        let found = places(vec![
            paragraph("a", first),
            exhibit("b", 50.0, float),
            paragraph("c", 10.0),
            paragraph("d", 10.0),
            heading("e"),
            paragraph("f", 5.0),
        ]);
        let expected = [
            place("a", 0, 0.0),
            place("b", 1, 0.0),
            place("c", 0, first),
            place("d", 0, first + 10.0),
            place("e", 1, 50.0),
            place("f", 1, 60.0),
        ];
        assert_eq!(found, expected, "{float:?}");
    }
}

#[test]
fn a_float_fills_the_page_that_the_text_before_it_opens() {
    let found = places(vec![
        paragraph("a", 60.0),
        exhibit("b", 50.0, Float::Free),
        lines("c", 6),
    ]);
    let get = |name: &str| found.iter().find(|(found, ..)| found == name).cloned();
    assert_eq!(get("c3"), Some(place("c3", 0, 90.0)));
    assert_eq!(get("b"), Some(place("b", 1, 0.0)));
    assert_eq!(get("c4"), Some(place("c4", 1, 50.0)));
}

#[test]
fn a_block_begins_a_page_where_the_author_says_so() {
    let broken = Stack {
        breaks: true,
        ..paragraph("b", 10.0)
    };
    // A heading above does not hold it back, and a page is not left empty.
    let found = places(vec![heading("a"), broken.clone()]);
    assert_eq!(found, [place("a", 0, 0.0), place("b", 1, 0.0)]);
    assert_eq!(places(vec![broken]), [place("b", 0, 0.0)]);
}

#[test]
fn a_table_is_parted_rather_than_leaving_half_a_page_empty() {
    let parts = ["t0", "t1", "t2", "t3"]
        .map(|name| fragment(name, 15.0, name == "t0" || name == "t2"))
        .to_vec();
    let table = Stack {
        parted: Some(Parted {
            fragments: parts,
            head: Some(std::rc::Rc::new(fragment("", 5.0, false))),
        }),
        ..block("t", 60.0)
    };
    let found = places(vec![paragraph("a", 60.0), table.clone()]);
    let expected = [
        place("a", 0, 0.0),
        place("t0", 0, 60.0),
        place("t1", 0, 75.0),
        place("t2", 1, 5.0),
        place("t3", 1, 20.0),
    ];
    assert_eq!(found, expected);
    // On a page that is full enough, the table stays whole and goes to the next one.
    let found = places(vec![paragraph("a", 85.0), table]);
    assert_eq!(found, [place("a", 0, 0.0), place("t", 1, 0.0)]);
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
        text: true,
        ..Stack::default()
    }
}
