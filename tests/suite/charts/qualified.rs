//! Qualified and missing values beside each other: words keep clear of marks, and notes name what is drawn. And how many of them fit.

use exhibit_charts::{draw, slide};
use exhibit_scene::{Fill, Fonts, Item, Point, Rect, Theme};
use exhibit_tests::charts::{arrows, arrows_on_words, points, words};

use super::{assert_lawful, exhibit, metric};

/// The arrow of an open part reaches over a narrow part after it, and no number stands under it.
#[test]
fn an_arrow_over_a_narrow_part_touches_no_number() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for parts in [
        ["> 90", "0.4", "~ 50"],
        ["> 90", "0.4", "> 50"],
        ["> 90", "0.4", "7"],
        ["> 90", "> 0.4", "0.2"],
    ] {
        let ids = ["a", "b", "c"];
        let mut metrics = String::new();
        for (id, part) in ids.iter().zip(parts) {
            let value = format!("value: \"{part}\"");
            metrics += &metric(id, "people", &[("2024", value.as_str())]);
        }
        let rows = "rows: [{label: P, of: a}, {label: Q, of: b}, {label: R, of: c}]";
        let shown = exhibit(&format!("share: {{title: T, {rows}}}"), &metrics);
        let on_page = draw(&shown, 459.0, &theme, &fonts).expect("all glyphs");
        let on_slide = slide(&shown, &theme, &fonts).expect("all glyphs");
        for frame in [&on_page.plot, &on_slide.frame] {
            assert_lawful(frame, &format!("{parts:?}"));
            assert!(!arrows(frame).is_empty(), "{parts:?}");
            assert_eq!(arrows_on_words(frame), [""; 0], "{parts:?}");
        }
    }
}

/// Filled squares of a waffle by colour, in the order in which the colours appear; fades, arrows and ticks.
fn waffle(parts: &[&str], whole: &str) -> (Vec<usize>, [usize; 3]) {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let whole = format!("value: {whole}");
    let mut metrics = metric("w", "people", &[("2024", whole.as_str())]);
    let mut series = String::new();
    for (part, id) in parts.iter().zip(["a", "b", "c"]) {
        let value = format!("value: \"{part}\"");
        metrics += &metric(id, "people", &[("2024", value.as_str())]);
        series += &format!("{{label: {id}, of: [{id}]}}, ");
    }
    let keys = format!("title: T, whole: w@2024, categories: [X], series: [{series}]");
    let shown = exhibit(&format!("waffle: {{{keys}}}"), &metrics);
    let drawn = draw(&shown, 459.0, &theme, &fonts).expect("all glyphs");
    assert_lawful(&drawn.plot, &format!("{parts:?}"));
    let mut colors = Vec::new();
    let (mut fades, mut ticks) = (0, 0);
    drawn.plot.visit(Point::ZERO, &mut |_, item| {
        let Item::Path(path) = item else { return };
        match &path.fill {
            Some(Fill::Solid(color)) if path.segments.len() == 5 => colors.push(*color),
            Some(Fill::Fade { .. }) => fades += 1,
            Some(Fill::Solid(_)) => {}
            None => {
                let line = path.stroke.as_ref();
                ticks += usize::from(line.is_some_and(|line| line.width == theme.chart.edge));
            }
        }
    });
    let runs = colors.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
    (runs, [fades, arrows(&drawn.plot).len(), ticks])
}

/// A waffle draws what may be there, pale, and the ends that its notes name.
#[test]
fn a_waffle_draws_what_is_possible_and_how_it_ends() {
    // Runs of squares of one colour; fades, arrows, ticks.
    for (parts, squares, ends) in [
        (&["50"][..], &[50][..], [0, 0, 0]),
        (&["~ 50"], &[50], [1, 0, 0]),
        (&["~ 0"], &[], [1, 0, 0]),
        (&["40..60"], &[40, 20], [0, 0, 2]),
        (&["0..10"], &[10], [0, 0, 2]),
        (&["> 40"], &[40], [1, 1, 0]),
        // All squares are taken, and the arrow stands behind the last.
        (&["> 100"], &[100], [0, 1, 0]),
        (&["< 30"], &[30], [0, 0, 1]),
        // What is possible takes no square that is certain, and the fading square is its own.
        (&["40..60", "50"], &[40, 10, 50], [0, 0, 2]),
        (&["> 40", "30"], &[40, 30], [1, 1, 0]),
        (&["> 40", "60"], &[40, 60], [0, 1, 0]),
    ] {
        let drawn = waffle(parts, "100");
        assert_eq!(drawn, (squares.to_vec(), ends), "{parts:?}");
    }
}

/// The notes on bounds name the marks that this kind of chart draws, and to which side they bound.
#[test]
fn notes_on_bounds_fit_the_marks() {
    let up = "Fading end with an arrow: more than the number.";
    let open = "Fading end with an arrow: open to that side.";
    let most = "Pale with a hard end: at most the number.";
    let least = "Pale with a hard end: at least the number.";
    let both = "Pale with a hard end: at most the number, or at least, as its sign says.";
    for (kind, signed, values, wanted) in [
        ("bar", true, ["> -30", "4"], vec![open, least]),
        ("bar", true, ["> -30", "< 4"], vec![open, both]),
        ("bar", true, ["< -3", "4"], vec![open]),
        ("column", true, ["< 5", "4"], vec![open, most]),
        ("column", false, ["< 5", "> 4"], vec![up, most]),
        ("column", false, ["<= 0", "> 4"], vec![up]),
        ("range", true, ["> -30", "4"], vec![up]),
        ("range", true, ["< 5", "4"], vec![open]),
        ("range", false, ["< 5", "4"], vec![most]),
        ("line", true, ["> -30", "< 4"], vec![open]),
        ("share", true, ["< 5", "> 4"], vec![up, most]),
    ] {
        let mut metrics = String::new();
        for (id, value) in ["a", "b"].iter().zip(values) {
            let value = format!("value: \"{value}\"");
            let unsigned = metric(id, "people", &[("2024", value.as_str())]);
            metrics += &unsigned.replace("unit:", &format!("signed: {signed}\n    unit:"));
        }
        let rows = if kind == "line" {
            "categories: [X, Y], series: [{label: S, of: [a, b]}]"
        } else {
            "rows: [{label: X, of: a}, {label: Y, of: b}]"
        };
        let shown = exhibit(&format!("{kind}: {{title: T, {rows}}}"), &metrics);
        let notes: Vec<String> = shown.notes.iter().map(|note| note.text()).collect();
        assert_eq!(notes.join(" "), wanted.join(" "), "{kind} {values:?}");
    }
}

/// Of several series each missing value is marked, and on no bar and on no point.
#[test]
fn words_on_missing_values_stand_on_no_mark() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let none = "{unknown: not said}";
    let (mut metrics, mut series) = (String::new(), String::new());
    for (id, values) in [
        ("a", ["10", none, "30", "\"> 5\""]),
        ("b", ["20", "5", "\"< 4\"", none]),
        ("c", [none, "7", "10..20", "0"]),
        ("d", [none; 4]),
    ] {
        let years = ["2021", "2022", "2023", "2024"];
        let values = values.map(|value| format!("value: {value}"));
        let said: Vec<(&str, &str)> = years
            .into_iter()
            .zip(values.iter().map(String::as_str))
            .collect();
        metrics += &metric(id, "people", &said);
        let of = years.map(|year| format!("\"{id}@{year}\"")).join(", ");
        series += &format!("{{label: {id}, of: [{of}]}}, ");
    }
    // The line without any value says so at its name.
    for (kind, wanted) in [("column", 7), ("line", 4)] {
        let keys = format!("title: T, categories: [A, B, C, D], series: [{series}]");
        let shown = exhibit(&format!("{kind}: {{{keys}}}"), &metrics);
        let on_page = draw(&shown, 459.0, &theme, &fonts).expect("all glyphs");
        let on_slide = slide(&shown, &theme, &fonts).expect("all glyphs");
        for frame in [&on_page.plot, &on_slide.frame] {
            assert_lawful(frame, kind);
            assert_eq!(arrows_on_words(frame), [""; 0], "{kind}");
            let mut missing = words(frame);
            missing.retain(|(_, text)| text == "no data");
            assert_eq!(missing.len(), wanted, "{kind}");
            frame.visit(Point::ZERO, &mut |at, item| {
                let Item::Path(path) = item else { return };
                let filled = match &path.fill {
                    Some(Fill::Solid(color)) => *color != theme.colors.paper,
                    Some(Fill::Fade { .. }) => true,
                    None => false,
                };
                if !filled {
                    return;
                }
                let along = |of: fn(&Point) -> f64| {
                    let places: Vec<f64> = points(path).iter().map(of).collect();
                    let low = places.iter().copied().fold(f64::INFINITY, f64::min);
                    let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    (low, high - low)
                };
                let ((x, width), (y, height)) = (along(|at| at.x), along(|at| at.y));
                let mark = Rect::new(at.x + x, at.y + y, width, height);
                for (ink, _) in &missing {
                    assert!(!ink.overlaps(&mark), "{kind}: {ink:?} on {mark:?}");
                }
            });
        }
    }
}

/// Where some fit fewer do, and what is said to fit does.
#[test]
fn if_some_fit_fewer_do() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let most = 40;
    let letter = |at: usize| char::from_u32(0x61 + at as u32).expect("a letter");
    let town = |at: usize| format!("Town {}{}", letter(at / 20), letter(at % 20));
    let mut metrics = String::new();
    for index in 0..most {
        metrics += &metric(&format!("m{index}"), "people", &[("2024", "value: 7")]);
    }
    for (kind, series) in [("bar", 2), ("bar", 3), ("range", 3), ("bar", 1)] {
        for on_slide in [false, true] {
            let overflow = |count: usize| {
                let names: Vec<String> = (0..count).map(town).collect();
                let of: Vec<String> = (0..count).map(|at| format!("m{at}")).collect();
                let one = |name| format!("{{label: {name}, of: [{}]}}", of.join(", "));
                let all: Vec<String> = ["S", "T", "U"][..series].iter().map(one).collect();
                let (names, all) = (names.join(", "), all.join(", "));
                let keys = format!("title: T, categories: [{names}], series: [{all}]");
                let shown = exhibit(&format!("{kind}: {{{keys}}}"), &metrics);
                if on_slide {
                    slide(&shown, &theme, &fonts).expect("all glyphs").overflow
                } else {
                    let drawn = draw(&shown, 459.0, &theme, &fonts).expect("all glyphs");
                    drawn.overflow
                }
            };
            let what = format!("{kind} of {series}, on a slide: {on_slide}");
            let limit = (1..=most).rev().find(|count| overflow(*count).is_none());
            let limit = limit.unwrap_or_else(|| panic!("{what}: none fits"));
            for count in 1..=most.min(limit + 4) {
                let fits = overflow(count).map_or(count, |overflow| overflow.fits);
                assert_eq!(fits, count.min(limit), "{what}, {count}");
            }
        }
    }
}
