//! Laws of layout for random data: every kind, shape, sign and status, none to sixty categories, short and long names.

use std::fmt::Write as _;

use exhibit_charts::{Picture, draw, slide};
use exhibit_facts::chart_spec::{ChartKind, ChartSpec, ValueLabels};
use exhibit_facts::facts::{Chart, Content, Datum, Exhibit, Series};
use exhibit_facts::quantity::Reading;
use exhibit_scene::{Fonts, Frame, Theme};
use exhibit_tests::charts::{Mark, faults, marks, smallest, texts, texts_of};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

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
    let estimate = (0_i32..5000, 0_i32..3000, 1_i32..3000, any::<bool>()).prop_map(
        move |(low, less, more, stated)| {
            let low = if signed { low - 2500 } else { low };
            let (point, level) = (low + less, if stated { "95%: " } else { "" });
            format!("\"{point} ({level}{low}..{})\"", point + more)
        },
    );
    prop_oneof![
        8 => shaped,
        1 => range,
        1 => estimate,
        1 => Just("{unknown: not said}".to_owned()),
    ]
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
    // Kinds that need nothing but data.
    let kinds: Vec<&'static ChartSpec> = ChartKind::ALL
        .iter()
        .map(|kind| kind.spec())
        .filter(|spec| spec.required.is_empty())
        .collect();
    let count = prop_oneof![6 => 1_usize..14, 2 => 14_usize..61, 1 => Just(0)];
    let few = prop_oneof![3 => Just(1_usize), 1 => Just(2), 1 => Just(3), 1 => 4_usize..13];
    (prop::sample::select(kinds), any::<bool>(), count, few).prop_flat_map(
        |(kind, signed, count, few)| {
            let signed = signed && !kind.part_of_whole;
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
                // Parts in per cent that do not come to a whole are a finding.
                prop::sample::select(if kind.part_of_whole {
                    vec!["people"]
                } else {
                    vec!["people", "%"]
                }),
                prop::collection::vec(name(), count),
                prop::collection::vec(series, few),
                prop::collection::vec(0_usize..60, 0..4),
                prop::sample::select(vec![220.0, 340.0, 459.0]),
            )
                .prop_map(
                    |((kind, signed), unit, names, series, references, width)| Mix {
                        kind: kind.name,
                        signed,
                        unit,
                        names,
                        series,
                        references: if kind.takes("references") {
                            references
                        } else {
                            Vec::new()
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
                .all(|one| one.code.as_str() == "chart-without-data"),
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
                // Parts in per cent must come to a whole, which random parts do not.
                if mix.kind == "share" {
                    "people"
                } else {
                    mix.unit
                },
                mix.signed
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

/// Letters and signs of a text: lines may be broken at white space, and words parted by hyphens.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|ch| !ch.is_whitespace() && !matches!(ch, '-' | '\u{AD}' | '\u{200B}' | '‐'))
        .collect()
}

/// The texts of a picture, squeezed into one, and where each begins in it.
struct Said {
    all: String,
    starts: Vec<usize>,
}

impl Said {
    fn new(texts: &[String]) -> Self {
        let mut all = String::new();
        let mut starts = Vec::new();
        for text in texts {
            starts.push(all.len());
            all.push_str(&squeezed(text));
        }
        Self { all, starts }
    }

    /// How often something stands there; a number does not stand inside a longer number.
    fn count(&self, wanted: &str) -> usize {
        let number = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
        let parted = |at: usize| {
            let (before, after) = self.all.split_at(at);
            self.starts.contains(&at) || !(before.ends_with(number) && after.starts_with(number))
        };
        self.all
            .match_indices(wanted)
            .filter(|(at, _)| parted(*at) && parted(at + wanted.len()))
            .count()
    }
}

/// Every datum is a mark, drawn or not, and another for each line across the plot that stands for it. What is missing is one, too. Rows in two
/// columns have each line twice.
fn assert_marked(chart: &Chart, marks: &[Mark], what: &str) -> Result<(), TestCaseError> {
    for series in &chart.series {
        for datum in series.data.iter().flatten() {
            let marks = marks.iter().filter(|mark| mark.trace == datum.address);
            let across = chart.references.iter();
            let across = across.filter(|line| line.datum.address == datum.address);
            let (marks, wanted) = (marks.count(), across.count() + 1);
            prop_assert!(
                marks >= wanted,
                "{what}: {} ({}) has {marks} marks, not {wanted}",
                datum.address,
                datum.forms.number
            );
        }
    }
    Ok(())
}

/// Every number stands where its kind of chart says it: beside each mark; on columns or else on their axis; at the end of each line.
fn assert_labelled(chart: &Chart, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let marks = marks(frame);
    assert_marked(chart, &marks, what)?;
    let numbers = |texts: &[String]| {
        texts
            .iter()
            .filter(|text| text.contains(|ch: char| ch.is_ascii_digit()))
            .count()
    };
    let axis = numbers(&texts_of(frame, "axis"));
    let said = Said::new(&texts(frame));
    let data = || {
        chart
            .series
            .iter()
            .flat_map(|series| series.data.iter().flatten())
    };
    let missing = |datum: &Datum| matches!(datum.reading, Reading::Missing(_));
    let shown = |datum: &Datum| squeezed(&datum.forms.number);
    // What is missing is always said, once at least.
    for datum in data().filter(|datum| missing(datum)) {
        prop_assert!(
            said.all.contains(&shown(datum)),
            "{what}: {} is not said",
            datum.address
        );
    }
    match chart.kind.spec().labels {
        // The narrow parts of many bars have no numbers, and the picture says so.
        ValueLabels::Every
            if chart.kind == ChartKind::Share
                && texts_of(frame, "hint").iter().any(|text| !text.is_empty()) =>
        {
            prop_assert!(chart.categories.len() > 3, "{what}: few bars have numbers");
        }
        ValueLabels::Every => {
            for datum in data() {
                let number = shown(datum);
                let wanted = data().filter(|other| shown(other) == number).count();
                let found = said.count(&number);
                prop_assert!(
                    found >= wanted,
                    "{what}: {number:?} stands {found} times of {wanted} in {}",
                    said.all
                );
            }
        }
        ValueLabels::EveryOrAxis => {
            prop_assert!(axis != 1, "{what}: one number makes no axis");
            for datum in data().filter(|datum| !missing(datum)) {
                let own = marks.iter().filter(|mark| mark.trace == datum.address);
                let own: Vec<String> = own.map(|mark| squeezed(&mark.text)).collect();
                let lines = chart.references.iter();
                let lines = lines.filter(|line| line.datum.address == datum.address);
                let words = own.iter().filter(|text| !text.is_empty()).count();
                prop_assert!(
                    if axis == 0 {
                        own.contains(&shown(datum))
                    } else {
                        words <= lines.count()
                    },
                    "{what}: {} says {own:?}; the axis has {axis} numbers",
                    datum.address
                );
            }
        }
        ValueLabels::Ends => {
            let values = data().any(|datum| !missing(datum));
            prop_assert!(!values || axis > 1, "{what}: a line without an axis");
            let ends = Said::new(&texts_of(frame, "label"));
            let last = |series: &Series| {
                let mut data = series.data.iter().flatten().rev();
                let last = data.find(|datum| !missing(datum)).cloned();
                // A line across the plot for the same fact says its number.
                last.filter(|last| {
                    chart
                        .references
                        .iter()
                        .all(|line| line.datum.fact != last.fact)
                })
            };
            let lasts: Vec<Datum> = chart.series.iter().filter_map(last).collect();
            for datum in &lasts {
                let number = shown(datum);
                let wanted = lasts.iter().filter(|other| shown(other) == number).count();
                let found = ends.count(&number);
                prop_assert!(
                    found >= wanted,
                    "{what}: {number:?} stands {found} times of {wanted} at the ends of lines: {}",
                    ends.all
                );
            }
            if chart.series.len() > 1 {
                for series in chart
                    .series
                    .iter()
                    .filter(|series| series.data.iter().flatten().next().is_some())
                {
                    let name = squeezed(&series.label);
                    prop_assert!(
                        ends.all.contains(&name),
                        "{what}: no line is named {name}: {}",
                        ends.all
                    );
                }
            }
        }
    }
    Ok(())
}

/// Every word and number of an exhibit stands in its picture.
fn assert_said(exhibit: &Exhibit, frame: &Frame, what: &str) -> Result<(), TestCaseError> {
    let wanted: Vec<&str> = match &exhibit.content {
        Content::Chart(chart) => return assert_labelled(chart, frame, what),
        Content::Timeline(timeline) => timeline
            .events
            .iter()
            .map(|event| event.label.as_str())
            .collect(),
        Content::KeyFigures(figures) => figures
            .iter()
            .flat_map(|figure| [figure.label.as_str(), &figure.datum.forms.number])
            .collect(),
        Content::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| {
                let cells = row.cells.iter().map(|cell| cell.text.as_str());
                std::iter::once(row.label.as_str()).chain(cells)
            })
            .collect(),
    };
    let wanted: Vec<String> = wanted.into_iter().map(squeezed).collect();
    let said = Said::new(&texts(frame));
    for text in &wanted {
        let times = wanted.iter().filter(|other| *other == text).count();
        let found = said.count(text);
        prop_assert!(
            found >= times,
            "{what}: {text:?} stands {found} times of {times} in {}",
            said.all
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
        assert_said(exhibit, &drawn.plot, "page")?;
    }
    let Picture {
        frame, overflow, ..
    } = slide(exhibit, &theme, &fonts).expect("all glyphs");
    match overflow {
        None => {
            assert_lawful(&frame, theme.slide.legible, "slide")?;
            assert_said(exhibit, &frame, "slide")?;
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
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, rng_seed: RngSeed::Fixed(8), ..ProptestConfig::default() })]

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
