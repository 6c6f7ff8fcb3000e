//! Laws of layout for random data: every kind, shape, sign and status, none to sixty categories, short and long names.

use std::fmt::Write as _;

use exhibit_charts::{Picture, draw, slide};
use exhibit_facts::facts::{ChartKind, Content, Exhibit};
use exhibit_facts::quantity::Reading;
use exhibit_scene::{Fonts, Frame, Theme};
use exhibit_tests::charts::{faults, smallest, texts};
use proptest::prelude::*;

fn nothing(number: &str) -> bool {
    number.chars().all(|ch| matches!(ch, '0' | '.'))
}

/// A value as YAML writes it; below zero where `signed`.
fn value(signed: bool) -> impl Strategy<Value = String> {
    let number = prop_oneof![
        4 => (0_u32..100_000).prop_map(|n| n.to_string()),
        1 => (0_u32..1000, 0_u32..100).prop_map(|(a, b)| format!("{a}.{b:02}")),
        1 => Just("0".to_owned()),
        1 => (1_u32..1000).prop_map(|n| format!("{n} billion")),
    ];
    let minus = prop::bool::weighted(if signed { 0.4 } else { 0.0 });
    let shaped =
        (number, minus, 0_u8..12, any::<bool>()).prop_map(move |(number, minus, shape, about)| {
            let sign = match shape {
                0 => "> ",
                1 => ">= ",
                // Nothing is less than nothing where nothing is below zero.
                2 if signed || !nothing(&number) => "< ",
                3 => "<= ",
                _ => "",
            };
            let about = if about { "~ " } else { "" };
            let minus = if minus && !nothing(&number) { "-" } else { "" };
            format!("\"{about}{sign}{minus}{number}\"")
        });
    let range = (0_i32..5000, 1_i32..5000).prop_map(move |(low, more)| {
        let low = if signed { low - 2500 } else { low };
        format!("\"{low}..{}\"", low + more)
    });
    prop_oneof![8 => shaped, 1 => range, 1 => Just("{unknown: not said}".to_owned())]
}

fn name() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "North",
        "of",
        "Württemberg",
        "小米汽车",
        "plants",
        "a",
        "Elektrizitätsversorgung",
    ]);
    prop::collection::vec(words, 1..6).prop_map(|words| words.join(" "))
}

/// A value and its status; `None` for a gap.
type Spot = Option<(String, &'static str)>;

/// A chart with a scale.
#[derive(Debug)]
struct Mix {
    kind: &'static str,
    signed: bool,
    unit: &'static str,
    names: Vec<String>,
    series: Vec<(String, Vec<Spot>)>,
    /// Places of the facts that lines across the plot stand for, counted round.
    references: Vec<usize>,
    width: f64,
}

fn mix() -> impl Strategy<Value = Mix> {
    let kinds = vec!["bar", "column", "range", "line", "share"];
    let count = prop_oneof![6 => 1_usize..14, 2 => 14_usize..61, 1 => Just(0)];
    let few = prop_oneof![3 => Just(1_usize), 1 => Just(2), 1 => Just(3), 1 => 4_usize..13];
    (prop::sample::select(kinds), any::<bool>(), count, few).prop_flat_map(
        |(kind, signed, count, few)| {
            let signed = signed && kind != "share";
            let status = prop::sample::select(vec![
                "actual",
                "target",
                "forecast",
                "claimed",
                "estimated",
                "provisional",
            ]);
            let datum = prop::option::weighted(0.95, (value(signed), status));
            let series = (name(), prop::collection::vec(datum, count));
            (
                Just((kind, signed)),
                prop::sample::select(vec!["people", "%"]),
                prop::collection::vec(name(), count),
                prop::collection::vec(series, few),
                prop::collection::vec(0_usize..60, 0..4),
                prop::sample::select(vec![220.0, 340.0, 459.0]),
            )
                .prop_map(
                    |((kind, signed), unit, names, series, references, width)| Mix {
                        kind,
                        signed,
                        unit,
                        names,
                        series,
                        references: match kind {
                            "share" => Vec::new(),
                            _ => references,
                        },
                        width,
                    },
                )
        },
    )
}

fn compiled(brief: &str, data: &str) -> Option<Exhibit> {
    let done = exhibit_core::compile("b.yaml", brief, &mut |name| {
        Ok((name.to_owned(), data.to_owned()))
    });
    // Without anything to show there is a finding instead of a chart.
    assert!(
        done.facts.is_some()
            || done
                .report
                .findings()
                .iter()
                .all(|one| one.code == "chart-without-data"),
        "{:?}\n{brief}\n{data}",
        done.report.findings()
    );
    done.facts
        .and_then(|facts| facts.exhibits.into_iter().next())
}

fn exhibit(mix: &Mix) -> Option<Exhibit> {
    let mut data = String::from("sources: {s: {title: S}}\nmetrics:\n");
    let mut brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    {}:\n      title: T\n      categories: [{}]\n      series:\n",
        mix.kind,
        mix.names
            .iter()
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let mut ids = Vec::new();
    for (index, (name, values)) in mix.series.iter().enumerate() {
        let mut of = Vec::new();
        for (place, datum) in values.iter().enumerate() {
            let Some((value, status)) = datum else {
                of.push("null".to_owned());
                continue;
            };
            let id = format!("m{index}x{place}");
            let _ = writeln!(
                data,
                "  {id}:\n    label: M\n    unit: \"{}\"\n    signed: {}\n    observations: [{{at: 2024, value: {value}, status: {status}, from: s}}]",
                mix.unit, mix.signed
            );
            ids.push(id.clone());
            of.push(id);
        }
        let _ = writeln!(
            brief,
            "        - {{label: {name:?}, of: [{}]}}",
            of.join(", ")
        );
    }
    if ids.is_empty() {
        return None;
    }
    let lines: Vec<String> = mix
        .references
        .iter()
        .map(|place| format!("{{label: A line across, of: {}}}", ids[place % ids.len()]))
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(brief, "      references: [{}]", lines.join(", "));
    }
    brief.push_str("body: [{exhibit: e}]\n");
    compiled(&brief, &data)
}

/// What holds for a picture without overflow.
fn assert_lawful(frame: &Frame, legible: f64, what: &str) -> Result<(), TestCaseError> {
    let faults = faults(frame);
    prop_assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
    let smallest = smallest(frame);
    prop_assert!(
        smallest >= legible - 1e-9,
        "{what}: text of {smallest} points"
    );
    Ok(())
}

/// Every mark's number, or that there is none, stands in the plot as often as it is shown.
fn assert_labelled(exhibit: &Exhibit, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let Content::Chart(chart) = &exhibit.content else {
        return Ok(());
    };
    let every = matches!(
        chart.kind,
        ChartKind::Bar | ChartKind::Range | ChartKind::Share
    );
    // Lines may be broken at any white space.
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = plain(&texts(frame).join(" "));
    let data = || {
        chart
            .series
            .iter()
            .flat_map(|series| series.data.iter().flatten())
    };
    for datum in data() {
        let number = &plain(&datum.forms.number);
        let missing = matches!(datum.reading, Reading::Missing(_));
        // Columns may have an axis instead, and lines say the last; but what is missing is always said, once at least.
        let wanted = match (every, missing) {
            (true, _) => data()
                .filter(|other| plain(&other.forms.number) == *number)
                .count(),
            (false, true) => 1,
            (false, false) => 0,
        };
        let found = said.matches(number.as_str()).count();
        prop_assert!(
            found >= wanted,
            "{what}: {number:?} stands {found} times of {wanted} in {said}"
        );
    }
    Ok(())
}

fn assert_drawn(exhibit: &Exhibit, width: f64) -> Result<(), TestCaseError> {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let drawn = draw(exhibit, width, &theme, &fonts).expect("all glyphs");
    if drawn.overflow.is_none() {
        for part in [&drawn.head, &drawn.plot, &drawn.foot] {
            assert_lawful(part, theme.chart.legible, "page")?;
        }
        assert_labelled(exhibit, &drawn.plot, "page")?;
    }
    let Picture {
        frame, overflow, ..
    } = slide(exhibit, &theme, &fonts).expect("all glyphs");
    match overflow {
        None => {
            assert_lawful(&frame, theme.slide.legible, "slide")?;
            assert_labelled(exhibit, &frame, "slide")?;
        }
        Some(overflow) => prop_assert!(overflow.fits < overflow.parts, "{overflow:?}"),
    }
    Ok(())
}

/// Events and rows.
#[derive(Debug)]
struct Words {
    kind: &'static str,
    rows: Vec<(String, String, String)>,
}

fn words() -> impl Strategy<Value = Words> {
    let period = prop::sample::select(vec![
        "2020",
        "2021-06",
        "2022-02-03",
        "\"2019..\"",
        "\"..2021\"",
        "\"2020-06..2023\"",
        "~2022",
        "\"0001\"",
        "2024-Q2",
        "\"2020..2030\"",
    ])
    .prop_map(str::to_owned);
    let kind = prop::sample::select(vec!["timeline", "table", "key-figures", "waffle"]);
    (kind, 1_usize..61).prop_flat_map(move |(kind, count)| {
        let count = if kind == "key-figures" {
            count.min(12)
        } else {
            count
        };
        let row = (name(), period.clone(), value(false));
        prop::collection::vec(row, count).prop_map(move |rows| Words { kind, rows })
    })
}

fn worded(words: &Words) -> Option<Exhibit> {
    let mut data = String::from(
        "sources: {s: {title: S}}\nmetrics:\n  whole: {label: W, unit: people, observations: [{at: 2024, value: 60, from: s}]}\n",
    );
    let mut events = String::from("events:\n");
    let mut rows = String::new();
    for (index, (name, period, value)) in words.rows.iter().enumerate() {
        let small = (name.len() * 7 + index) % 61;
        let value = if words.kind == "waffle" {
            small.to_string()
        } else {
            value.clone()
        };
        let _ = writeln!(
            data,
            "  m{index}: {{label: M, unit: people, observations: [{{at: 2024, value: {value}, from: s}}]}}"
        );
        let _ = writeln!(
            events,
            "  e{index}: {{at: {period}, label: {name:?}, from: s}}"
        );
        let _ = match words.kind {
            "table" => writeln!(
                rows,
                "        - {{label: {name:?}, cells: [\"{{{{ m{index} }}}}\", {name:?}]}}"
            ),
            _ => writeln!(rows, "        - {{label: {name:?}, of: m{index}}}"),
        };
    }
    let keys = match words.kind {
        "timeline" => String::new(),
        "table" => format!(
            "      head: [Name, Number, Words]\n      align: [left, decimal, left]\n      rows:\n{rows}"
        ),
        "key-figures" => format!("      figures:\n{rows}"),
        _ => format!("      whole: whole\n      rows:\n{rows}"),
    };
    let brief = format!(
        "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nexhibits:\n  e:\n    {}:\n      title: T\n{keys}body: [{{exhibit: e}}]\n",
        words.kind
    );
    compiled(&brief, &(data + &events))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_charts_keep_the_laws(mix in mix()) {
        if let Some(exhibit) = exhibit(&mix) {
            assert_drawn(&exhibit, mix.width)?;
        }
    }

    #[test]
    fn random_words_keep_the_laws(words in words()) {
        let exhibit = worded(&words).expect("something to show");
        assert_drawn(&exhibit, 459.0)?;
    }
}
