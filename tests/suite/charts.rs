//! Charts: laws of layout, for the article's brief, for one of each kind, and for random data; a golden of each kind.

use std::fmt::Write as _;

use exhibit_charts::{draw, picture, slide};
use exhibit_facts::facts::Exhibit;
use exhibit_scene::dump::dump;
use exhibit_scene::{Fonts, Frame, Item, Point, Theme};
use exhibit_tests::charts::{facts, faults, reference_lines, texts};
use exhibit_tests::{check, small};

mod qualified;
mod random;
mod time;

const BRIEFS: [&str; 2] = ["data/brief.yaml", "tests/data/kinds/brief.yaml"];

fn assert_lawful(frame: &Frame, what: &str) {
    let faults = faults(frame);
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

#[test]
fn nothing_touches_and_nothing_leaves_its_picture() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for brief in BRIEFS {
        for exhibit in &facts(brief).exhibits {
            let id = &exhibit.id;
            let on_page = picture(exhibit, &theme, &fonts).expect("all glyphs");
            assert_lawful(&on_page.frame, &format!("{brief} {id}"));
            let on_slide = slide(exhibit, &theme, &fonts).expect("all glyphs");
            assert_lawful(&on_slide.frame, &format!("{brief} {id} as a slide"));
            assert_eq!(on_slide.frame.size, theme.slide.size, "{id}");
        }
    }
}

#[test]
fn a_plot_is_as_wide_as_asked_for() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for brief in BRIEFS {
        for exhibit in &facts(brief).exhibits {
            for width in [220.0, 300.0, 459.0] {
                let drawn = draw(exhibit, width, &theme, &fonts).expect("all glyphs");
                for part in [&drawn.head, &drawn.plot, &drawn.foot] {
                    assert_eq!(part.size.width, width, "{}", exhibit.id);
                }
                assert_lawful(&drawn.plot, &format!("{} at {width}", exhibit.id));
            }
        }
    }
}

/// Every fact that a chart shows as a mark is traced, and named with its qualifier in words.
#[test]
fn marks_carry_their_facts_and_say_them() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for brief in BRIEFS {
        let facts = facts(brief);
        for exhibit in &facts.exhibits {
            let drawn = draw(exhibit, 459.0, &theme, &fonts).expect("all glyphs");
            let mut traced = Vec::new();
            drawn.plot.visit(Point::ZERO, &mut |_, item| {
                if let Item::Group(group) = item
                    && let Some(trace) = &group.trace
                {
                    let label = group.label.clone().expect("a mark has a name");
                    traced.push((trace.0.to_string(), label));
                }
            });
            for datum in exhibit.content.data() {
                let (_, label) = traced
                    .iter()
                    .find(|(address, _)| *address == datum.address)
                    .unwrap_or_else(|| panic!("{}: no mark for {}", exhibit.id, datum.address));
                assert!(label.contains(&datum.forms.spoken), "{label}");
                assert!(drawn.alt.contains(&datum.forms.spoken), "{}", drawn.alt);
            }
        }
    }
}

#[test]
fn kinds_are_as_they_were() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for exhibit in &facts("tests/data/kinds/brief.yaml").exhibits {
        let drawn = draw(exhibit, 459.0, &theme, &fonts).expect("all glyphs");
        let mut text = String::new();
        let _ = writeln!(text, "{}\n", drawn.alt);
        text.push_str(&dump(&drawn.plot));
        check(&format!("charts/{}.txt", exhibit.id), &text);
    }
}

#[test]
fn the_same_chart_twice_is_the_same() {
    let theme = Theme::standard();
    let all = |fonts: &Fonts| -> Vec<Frame> {
        facts(BRIEFS[1])
            .exhibits
            .iter()
            .map(|exhibit| slide(exhibit, &theme, fonts).expect("all glyphs").frame)
            .collect()
    };
    let warm = Fonts::builtin();
    let first = all(&warm);
    assert_eq!(first, all(&warm));
    assert_eq!(first, all(&Fonts::builtin()));
}

/// Bars and columns of every shape on both sides of zero, drawn towards where their values may be.
#[test]
fn marks_of_both_signs_are_as_they_were() {
    let values = [
        "4", "-4", "> 4", "> -4", "< 4", "<= -3", "2..4", "-2..3", "-5..-3", "~ 0", "~ -4",
        "~ < 5", "0",
    ];
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let mut text = String::new();
    for kind in ["bar", "column", "range", "line"] {
        for signed in [true, false] {
            let kept = values.iter().filter(|value| signed || !value.contains('-'));
            let (mut data, mut rows) = (
                String::from("sources: {s: {title: S}}\nmetrics:\n"),
                String::new(),
            );
            for (index, value) in kept.enumerate() {
                let _ = writeln!(
                    data,
                    "  m{index}: {{label: M, unit: people, signed: {signed}, observations: [{{at: 2024, value: \"{value}\", from: s}}]}}"
                );
                let _ = writeln!(rows, "        - {{label: It, of: m{index}}}");
            }
            let brief = format!(
                "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    {kind}:\n      title: T\n      rows:\n{rows}body: [{{exhibit: e}}]\n"
            );
            let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
                Ok((name.to_owned(), data.clone()))
            });
            let facts = done
                .facts
                .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
            let drawn = draw(&facts.exhibits[0], 459.0, &theme, &fonts).expect("all glyphs");
            assert_lawful(&drawn.plot, kind);
            let _ = writeln!(text, "== {kind}, signed: {signed}");
            text.push_str(&dump(&drawn.plot));
        }
    }
    check("charts/signs.txt", &text);
}

/// The labels of a chart's categories, or of a table's rows, in the order in which they are drawn.
fn order(kind: &str, keys: &str, values: &[&str]) -> Vec<String> {
    use exhibit_facts::facts::Content;
    let mut data = String::from(
        "sources: {s: {title: S}}\nmetrics:\n  m:\n    label: M\n    unit: people\n    dimensions: {d: [b, Ä, c, a]}\n    observations:\n",
    );
    for (name, value) in ["b", "Ä", "c", "a"].iter().zip(values) {
        let _ = writeln!(
            data,
            "      - {{at: 2024, d: {name}, value: {value}, from: s}}"
        );
    }
    let rows = if kind == "table" {
        let row = |name: &str| format!("{{label: {name}, cells: [\"{{{{ m[d={name}] }}}}\"]}}");
        let rows = ["b", "Ä", "c", "a"].map(row).join(", ");
        format!("      head: [A, B]\n      rows: [{rows}]\n")
    } else {
        "      of: m\n      over: d\n".to_owned()
    };
    let brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    {kind}:\n      title: T\n{rows}      {keys}\nbody: [{{exhibit: e}}]\n"
    );
    let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
    match &facts.exhibits[0].content {
        Content::Chart(chart) => {
            // The parts of a share chart are its series.
            let names: Vec<String> = if chart.series.len() > 1 {
                let series = chart.series.iter();
                series.map(|one| one.label.clone()).collect()
            } else {
                let categories = chart.categories.iter();
                categories.map(|one| one.label.clone()).collect()
            };
            // The marks go with their labels.
            let data = chart.series.iter().flat_map(|one| one.data.iter());
            for (name, datum) in names.iter().zip(data) {
                let address = &datum.as_ref().expect("a mark").address;
                assert!(address.contains(&format!("[d={name}]")), "{address}");
            }
            names
        }
        Content::Table(table) => table.rows.iter().map(|row| row.label.clone()).collect(),
        Content::Timeline(_) | Content::KeyFigures(_) => panic!("{kind} has no order"),
    }
}

#[test]
fn what_is_sorted_stands_in_order() {
    let values = ["2", "\"> 10\"", "{unknown: not said}", "3..9"];
    for kind in ["bar", "column", "range", "share", "table"] {
        assert_eq!(
            order(kind, "sort: data", &values),
            ["b", "Ä", "c", "a"],
            "{kind}"
        );
        assert_eq!(
            order(kind, "sort: value", &values),
            ["Ä", "a", "b", "c"],
            "{kind}"
        );
        assert_eq!(
            order(kind, "sort: value ascending", &values),
            ["b", "a", "Ä", "c"],
            "{kind}"
        );
        assert_eq!(
            order(kind, "sort: label", &values),
            ["a", "Ä", "b", "c"],
            "{kind}"
        );
    }
}

/// A scale and its unit are always said: by the author's subtitle or behind it.
#[test]
fn a_chart_says_what_its_scale_counts() {
    let subtitle = |keys: &str| {
        let brief = small::BRIEF.replace(
            "      over: period\n",
            &format!("      over: period\n{keys}"),
        );
        let done = exhibit_core::compile("brief.yaml", &brief, &mut |name| {
            Ok((name.to_owned(), small::DATA.to_owned()))
        });
        let facts = done
            .facts
            .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
        facts.exhibits[0].subtitle.text()
    };
    assert_eq!(subtitle(""), "Cars");
    assert_eq!(subtitle("      in: thousand\n"), "Thousand cars");
    let said = |text: &str| subtitle(&format!("      in: thousand\n      subtitle: {text}\n"));
    assert_eq!(said("Sold in a year"), "Sold in a year (thousand cars)");
    assert_eq!(said("Thousands of cars"), "Thousands of cars");
    assert_eq!(
        subtitle("      subtitle: Sold in a year\n"),
        "Sold in a year (cars)"
    );
    assert_eq!(subtitle("      subtitle: Each car sold\n"), "Each car sold");
}

/// The first exhibit of a brief with these keys of its chart, over these metrics.
fn exhibit(chart: &str, metrics: &str) -> Exhibit {
    let brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    {chart}\nbody: [{{exhibit: e}}]\n"
    );
    let data = format!("sources: {{s: {{title: S}}}}\nmetrics:\n{metrics}");
    let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
    facts.exhibits.into_iter().next().expect("one exhibit")
}

/// A metric with one observation for each period.
fn metric(id: &str, unit: &str, observations: &[(&str, &str)]) -> String {
    let mut text = format!("  {id}:\n    label: M\n    unit: \"{unit}\"\n    observations:\n");
    for (at, value) in observations {
        let _ = writeln!(text, "      - {{at: {at}, {value}, from: s}}");
    }
    text
}

/// A label in the way of a reference line interrupts it.
#[test]
fn no_reference_line_runs_through_a_label() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let values = [
        ("2020", "value: 96"),
        ("2021", "value: \"~ 107\""),
        ("2022", "value: 103"),
        ("2023", "value: 60"),
    ];
    let metrics = metric("m", "people", &values)
        + &metric("t", "people", &[("2024", "value: 110, status: target")])
        + &metric("far", "people", &[("2024", "value: 40..50")]);
    for kind in ["column", "bar", "range"] {
        let references = "references: [{label: Target, of: t}, {label: Range, of: far}]";
        let exhibit = exhibit(
            &format!("{kind}: {{title: T, of: m, over: year, {references}}}"),
            &metrics,
        );
        let on_page = draw(&exhibit, 459.0, &theme, &fonts).expect("all glyphs");
        assert_lawful(&on_page.plot, kind);
        // One line for the target, two for the range, and where labels are in the way there are more pieces.
        let pieces = reference_lines(&on_page.plot).len();
        assert!(pieces > 3, "{kind}: {pieces} pieces");
        let on_slide = slide(&exhibit, &theme, &fonts).expect("all glyphs");
        assert_lawful(&on_slide.frame, &format!("{kind} as a slide"));
    }
}

/// Notes under a chart name the marks that are there, and no others.
#[test]
fn notes_name_marks_that_are_there() {
    let values = [("2020", "value: 96"), ("2021", "value: 107")];
    let expected = [
        ("2020", "value: 96"),
        ("2021", "value: 107, status: forecast"),
    ];
    let metrics = metric("m", "people", &values)
        + &metric("f", "people", &expected)
        + &metric(
            "e",
            "people",
            &[("2024", "value: \"~ 110\", status: estimated")],
        )
        + &metric("g", "people", &[("2024", "value: 120, status: forecast")])
        + &metric(
            "c",
            "people",
            &[("2024", "value: 120, status: claimed, by: Ann")],
        );
    let notes = |chart: &str| -> Vec<String> {
        let shown = exhibit(chart, &metrics);
        shown.notes.iter().map(|note| note.text()).collect()
    };
    let about = "~: about; the source gives no tolerance.";
    assert_eq!(
        notes("column: {title: T, of: m, over: year, references: [{of: e}]}"),
        [format!("{about} Dash-dotted line: an estimate.")]
    );
    assert_eq!(
        notes("column: {title: T, of: m, over: year, references: [{of: c}]}"),
        ["Dotted line: a claim (Ann), not checked."]
    );
    assert_eq!(
        notes("column: {title: T, of: f, over: year}"),
        ["Hatched: a forecast."]
    );
    assert_eq!(
        notes("column: {title: T, of: f, over: year, references: [{of: g}]}"),
        ["Hatched, dashed line: a forecast."]
    );
    assert_eq!(
        notes("line: {title: T, of: f, over: year}"),
        ["Open ring, dashed line: a forecast."]
    );
    assert_eq!(
        notes("range: {title: T, of: f, over: year}"),
        ["Open ring: a forecast."]
    );
}

/// Rows of a share chart, and the values of a dimension, are the parts of one bar; periods are bars of their own.
#[test]
fn rows_of_a_share_chart_are_parts_of_one_bar() {
    use exhibit_facts::facts::{ColorRole, Content};
    let metrics = metric("a", "people", &[("2024", "value: 30")])
        + &metric("b", "people", &[("2024", "value: 50")])
        + &metric(
            "years",
            "people",
            &[("2023", "value: 12"), ("2024", "value: 15")],
        )
        + "  c:\n    label: C\n    unit: people\n    dimensions: {d: [x, y, z]}\n    observations: [{at: 2024, d: x, value: 1, from: s}, {at: 2024, d: y, value: 3, from: s}, {at: 2024, d: z, value: 2, from: s}]\n";
    let parts = |chart: &str| -> (usize, Vec<(String, ColorRole)>) {
        let shown = exhibit(chart, &metrics);
        let Content::Chart(chart) = &shown.content else {
            panic!("a chart");
        };
        let named = |one: &exhibit_facts::facts::Series| (one.label.clone(), one.role);
        (
            chart.categories.len(),
            chart.series.iter().map(named).collect(),
        )
    };
    let of = |names: &[(&str, ColorRole)]| -> Vec<(String, ColorRole)> {
        names
            .iter()
            .map(|(name, role)| ((*name).to_owned(), *role))
            .collect()
    };
    let rows = "rows: [{label: A, of: a, tone: neutral}, {label: B, of: b, detail: best}]";
    assert_eq!(
        parts(&format!("share: {{title: T, {rows}}}")),
        (
            1,
            of(&[("A", ColorRole::Neutral), ("B (best)", ColorRole::Second)])
        )
    );
    // The order is that of the parts, and more than one may stand out.
    assert_eq!(
        parts("share: {title: T, of: c, over: d, sort: value, emphasis: [y, x]}"),
        (
            1,
            of(&[
                ("y", ColorRole::Accent),
                ("z", ColorRole::Neutral),
                ("x", ColorRole::Accent)
            ])
        )
    );
    assert_eq!(
        parts("share: {title: T, of: years, over: year}"),
        (2, of(&[("M", ColorRole::Accent)]))
    );
}

/// The texts of a line chart, `width` points wide.
fn said(keys: &str, metrics: &str, width: f64) -> Vec<String> {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let shown = exhibit(&format!("line: {{title: T, {keys}}}"), metrics);
    let drawn = draw(&shown, width, &theme, &fonts).expect("all glyphs");
    assert_lawful(&drawn.plot, keys);
    texts(&drawn.plot)
}

/// A line that ends at the fact of a reference does not say its number again; its name, if it has one, it keeps.
#[test]
fn one_fact_is_said_once_beside_a_line() {
    let observations = [("2020", "value: 20"), ("2030", "value: \">= 42.5\"")];
    let metrics = metric("m", "%", &observations);
    let reference = "references: [{label: Goal, of: m@2030}]";
    let count = |texts: &[String], word: &str| texts.iter().filter(|text| *text == word).count();
    let alone = said(&format!("of: m, over: year, {reference}"), &metrics, 459.0);
    assert_eq!(count(&alone, "≥\u{a0}42.5%"), 1, "{alone:?}");
    let series = "categories: [\"2020\", \"2030\"], series: [{label: Use, of: [m@2020, m@2030]}]";
    let named = said(&format!("{series}, {reference}"), &metrics, 459.0);
    assert_eq!(count(&named, "≥\u{a0}42.5%"), 1, "{named:?}");
    assert_eq!(count(&named, "Use"), 1, "{named:?}");
}

/// Below a line stands each year where all have room, else round years, evenly apart.
#[test]
fn years_below_a_line_are_all_or_round_ones() {
    let years = |keys: &str, metrics: &str| -> Vec<String> {
        // A stock may be known for a year and for a day.
        let metrics = metrics.replace("    observations:", "    measure: stock\n    observations:");
        let mut texts = said(keys, &metrics, 320.0);
        texts.retain(|text| text.starts_with("20") || text.starts_with("21"));
        texts
    };
    let mut long: Vec<(String, &str)> = (2004..=2023)
        .map(|year| (year.to_string(), "value: 9"))
        .collect();
    long.push(("2030".to_owned(), "value: 7, status: target"));
    let long: Vec<(&str, &str)> = long
        .iter()
        .map(|(at, value)| (at.as_str(), *value))
        .collect();
    assert_eq!(
        years("of: m, over: year", &metric("m", "people", &long)),
        ["2005", "2010", "2015", "2020", "2025", "2030"]
    );
    // A day is named by its year where that tells it apart.
    let few = [
        ("2024", "value: 8"),
        ("2060", "value: 9"),
        ("2100-01-01", "value: 7"),
    ];
    assert_eq!(
        years("of: m, over: period", &metric("m", "people", &few)),
        ["2024", "2060", "2100"]
    );
    let near = [
        ("2024", "value: 8"),
        ("2026", "value: 9"),
        ("2100-01-01", "value: 7"),
    ];
    assert_eq!(
        years("of: m, over: period", &metric("m", "people", &near)),
        [
            "2030", "2040", "2050", "2060", "2070", "2080", "2090", "2100"
        ]
    );
}

/// In a picture and on a slide, too, a number stands on one line with its sign and its unit.
#[test]
fn a_table_of_eight_columns_breaks_no_number() {
    let data = "sources: {s: {title: S}}\nunits: {cars: {one: car, other: cars}}\nmetrics:\n  m: {label: M, unit: cars, observations: [{at: 2024, value: '> 10_000', from: s}]}\n";
    let cells: String = [
        "| label", "| number", "| label", "| number", "| label", "| number",
    ]
    .iter()
    .map(|form| format!("'{{{{ m {form} }}}}', "))
    .collect();
    let brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    table:\n      title: T\n      head: [Region, Sold, Ordered, Cancelled, Returned, Repaired, Kept, Remark]\n      align: [left, decimal, decimal, decimal, decimal, decimal, decimal, left]\n      rows: [{{label: North of the river, cells: [{cells}A few words of comment]}}]\nbody: [{{exhibit: e}}]\n"
    );
    let done = exhibit_core::compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.to_owned()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:?}", done.report.findings()));
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let exhibit = &facts.exhibits[0];
    for drawn in [picture, slide].map(|draw| draw(exhibit, &theme, &fonts).expect("all glyphs")) {
        let said: Vec<String> = texts(&drawn.frame)
            .iter()
            .map(|text| text.replace('\u{a0}', " "))
            .collect();
        let count = |whole: &str| said.iter().filter(|text| *text == whole).count();
        assert_eq!(
            (
                count("> 10,000 cars"),
                count("> 10,000"),
                count("Cancelled")
            ),
            (3, 3, 1),
            "{said:?}"
        );
    }
}
