//! Charts over time.

use std::collections::BTreeMap;

use exhibit_tests::cases::Case;
use roxmltree::{Document, Node};

/// What a finished picture has where: marks by their facts, texts, and lines.
struct Seen {
    /// Left, right and lowest end of the drawing of each mark, and its name for a voice.
    marks: BTreeMap<String, Mark>,
    /// Left end of the baseline, text, and the class of the group.
    texts: Vec<(f64, f64, String, String)>,
    /// Points of each line of a series.
    lines: Vec<Vec<(f64, f64)>>,
    /// Number of leaders.
    leaders: usize,
}

struct Mark {
    left: f64,
    right: f64,
    bottom: f64,
    label: String,
}

impl Mark {
    fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }
}

impl Seen {
    fn new(case: &Case, picture: &str) -> Self {
        let bytes = case.output(&format!("charts/{picture}.svg"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let document = Document::parse(&text).expect("XML");
        let mut seen = Self {
            marks: BTreeMap::new(),
            texts: Vec::new(),
            lines: Vec::new(),
            leaders: 0,
        };
        for node in document.descendants() {
            let class = || {
                let groups = node.ancestors().skip(1);
                let class = groups.filter_map(|group| group.attribute("class"));
                class.into_iter().next().unwrap_or_default().to_owned()
            };
            if let Some(fact) = node.attribute("data-fact") {
                let points: Vec<(f64, f64)> = node.descendants().flat_map(points).collect();
                let over = |all: f64, one: f64, pick: fn(f64, f64) -> f64| pick(all, one);
                let xs = || points.iter().map(|point| point.0);
                let mark = Mark {
                    left: xs().fold(f64::MAX, |all, x| over(all, x, f64::min)),
                    right: xs().fold(f64::MIN, |all, x| over(all, x, f64::max)),
                    bottom: points.iter().map(|point| point.1).fold(f64::MIN, f64::max),
                    label: node.attribute("aria-label").unwrap_or_default().to_owned(),
                };
                seen.marks.insert(fact.to_owned(), mark);
            }
            if let (Some(words), Some(place)) =
                (node.attribute("data-text"), node.attribute("transform"))
            {
                let place = numbers(place);
                seen.texts
                    .push((place[0], place[1], words.to_owned(), class()));
            }
            if node.has_tag_name(("http://www.w3.org/2000/svg", "path")) {
                match class().as_str() {
                    "line" => seen.lines.push(points(node)),
                    "leader" => seen.leaders += 1,
                    _ => {}
                }
            }
        }
        seen
    }

    fn mark(&self, fact: &str) -> &Mark {
        let found = self.marks.get(fact);
        found.unwrap_or_else(|| panic!("no mark of {fact}: {:?}", self.marks.keys()))
    }

    fn text(&self, words: &str) -> (f64, f64) {
        let found = self.texts.iter().find(|text| text.2.trim() == words);
        let (x, y, ..) = found.unwrap_or_else(|| panic!("no {words:?}: {:?}", self.texts));
        (*x, *y)
    }

    /// Texts of the groups of a class, row by row and from left to right.
    fn texts_of(&self, class: &str) -> Vec<&str> {
        let mut found: Vec<_> = self.texts.iter().filter(|text| text.3 == class).collect();
        found.sort_by(|a, b| (a.1, a.0).partial_cmp(&(b.1, b.0)).expect("numbers"));
        found.into_iter().map(|text| text.2.trim()).collect()
    }

    /// Left ends of the lines of series that go through a position.
    fn has_line_at(&self, x: f64, y: f64) -> bool {
        let near = |point: &(f64, f64)| (point.0 - x).abs() < 1.0 && (point.1 - y).abs() < 1.0;
        self.lines.iter().any(|line| line.iter().any(near))
    }
}

/// Numbers of a text, whatever stands between them.
fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | '-')));
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// Corners of a shape, with the points that bend it.
fn points(node: Node<'_, '_>) -> Vec<(f64, f64)> {
    let number = |name: &str| {
        node.attribute(name)
            .and_then(|text| text.parse::<f64>().ok())
    };
    if let (Some(x), Some(y), Some(width), Some(height)) =
        (number("x"), number("y"), number("width"), number("height"))
    {
        return vec![(x, y), (x + width, y + height)];
    }
    let Some(data) = node.attribute("d") else {
        return Vec::new();
    };
    let (mut here, mut found) = ((0.0, 0.0), Vec::new());
    let mut rest = data;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(|ch: char| ch.is_ascii_alphabetic());
        let (step, next) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        rest = next;
        let numbers = numbers(step);
        match command {
            'H' => numbers.into_iter().for_each(|x| {
                here.0 = x;
                found.push(here);
            }),
            'V' => numbers.into_iter().for_each(|y| {
                here.1 = y;
                found.push(here);
            }),
            _ => numbers.chunks_exact(2).for_each(|pair| {
                here = (pair[0], pair[1]);
                found.push(here);
            }),
        }
    }
    found
}

/// The left end of a mark's drawing lies where its period says, between two others.
fn share(seen: &Seen, from: &str, at: &str, to: &str) -> f64 {
    let middle = |fact: &str| seen.mark(fact).middle();
    (middle(at) - middle(from)) / (middle(to) - middle(from))
}

/// A line that ends in 2020 has its name at its own end, with the year; the other has its at the end of the axis.
#[test]
fn line_ended_series() {
    let case = Case::open("line-ended-series");
    let _ = case.build();
    for picture in ["c", "c@slide"] {
        let seen = Seen::new(&case, picture);
        let end = seen.mark("a[k=North]@2020");
        let (newest, (x, _)) = (seen.mark("a[k=South]@2023"), seen.text("North"));
        assert!(end.right < x && x < newest.left, "{picture}: North at {x}");
        seen.text("(2020)");
        let (south, _) = seen.text("South");
        assert!(south > newest.right, "{picture}: South at {south}");
    }
}

/// Yearly values break where their own years are missing, and each lone year is a dot. Years of the other series matter to neither.
#[test]
fn line_gaps_of_others() {
    let case = Case::open("line-gaps-of-others");
    let _ = case.build();
    let seen = Seen::new(&case, "a");
    assert_eq!(seen.marks.len(), 10);
    // Two lines of two years each in either series.
    assert_eq!(seen.lines.iter().filter(|line| line.len() > 1).count(), 4);
    for lone in ["a[k=act]@1905", "a[k=est]@1906"] {
        let mark = seen.mark(lone);
        assert!(mark.right - mark.left > 2.0, "{lone} is a dot");
        assert!(!seen.has_line_at(mark.middle(), mark.bottom), "{lone}");
    }
}

/// A series with every second year of another one has no gaps: its own rhythm counts.
#[test]
fn a_rhythm_of_its_own_is_no_gap() {
    let year = |year: usize| format!("at: {year}");
    let mut case = Case::open("line-gaps-of-others");
    let own = [1900, 1901, 1906, 1909, 1910];
    for (place, at) in own.iter().enumerate() {
        let from = format!("{{k: est, {},", year(*at));
        let to = format!("{{k: est, {},", year(1902 + 2 * place));
        case = case.with("data.yaml", &from, &to);
    }
    let _ = case.build();
    let seen = Seen::new(&case, "a");
    let long = seen.lines.iter().filter(|line| line.len() >= 5);
    assert_eq!(long.count(), 1, "{:?}", seen.lines);
}

/// The flood between two gaps is a dot, and every value of both dense lines has its place in the file.
#[test]
fn line_isolated_points() {
    let case = Case::open("line-isolated-points");
    let _ = case.build();
    for picture in ["a", "a@slide"] {
        let seen = Seen::new(&case, picture);
        let flood = seen.mark("a[kind=Floods]@1933");
        assert!(flood.right - flood.left > 2.0, "{picture}: a dot");
        let rows = exhibit_tests::read("tests/data/cases/line-isolated-points/d.csv");
        assert_eq!(seen.marks.len(), rows.lines().count() - 1, "{picture}");
    }
}

/// A value that changed in the midst of a dense line is found by `trace`.
#[test]
fn a_changed_value_of_a_dense_line_is_traced() {
    let case = Case::open("line-isolated-points");
    let _ = case.build();
    let case = case.with("d.csv", "1927,Storms,102", "1927,Storms,777");
    let run = case.run(&["trace", "output/charts/a.svg", "--data", "brief.yaml"]);
    assert!(
        run.data.contains("a[kind=Storms]@1927"),
        "{}{}",
        run.data,
        run.talk
    );
}

/// The last value stands at its own year with its date, not behind "no data".
#[test]
fn line_no_data_end() {
    let case = Case::open("line-no-data-end");
    let _ = case.build();
    for picture in ["l", "l@slide"] {
        let seen = Seen::new(&case, picture);
        let ends = seen.texts_of("label");
        assert!(
            ends.contains(&"4") && ends.contains(&"(2022)"),
            "{picture}: {ends:?}"
        );
        let value = seen
            .texts
            .iter()
            .find(|text| text.2 == "4" && text.3 == "label");
        let (missing, _) = seen.text("no data");
        assert!(value.is_some_and(|value| value.0 < missing), "{picture}");
        assert_eq!(seen.mark("a@2023").label, "A, 2023: no data");
    }
}

/// Categories that are periods stand in time, whatever their order in the brief.
#[test]
fn line_unsorted_periods() {
    let case = Case::open("line-unsorted-periods");
    let _ = case.build();
    for picture in ["c", "c@slide"] {
        let seen = Seen::new(&case, picture);
        let at = |fact: &str| seen.mark(fact).middle();
        assert!(
            at("a@2018") < at("a@2019") && at("a@2019") < at("a@2020"),
            "{picture}"
        );
        let forward = |line: &Vec<(f64, f64)>| line.is_sorted_by(|a, b| a.0 <= b.0);
        assert!(seen.lines.iter().all(forward), "{picture}");
    }
}

/// Columns and points stand at their years: seven years are seven times as far as one.
#[test]
fn column_time_gap() {
    let case = Case::open("column-time-gap");
    let _ = case.build();
    for picture in ["c", "c@slide", "l", "l@slide"] {
        let seen = Seen::new(&case, picture);
        for year in [2011, 2012, 2019] {
            let found = share(&seen, "a@2010", &format!("a@{year}"), "a@2023");
            let wanted = f64::from(year - 2010) / 13.0;
            assert!(
                (found - wanted).abs() < 0.01,
                "{picture}: {year} at {found}"
            );
        }
    }
    let seen = Seen::new(&case, "c");
    assert_eq!(
        seen.texts_of("label"),
        ["2010", "2011", "2012", "2019", "2023"]
    );
}

/// Ticks stand at calendar steps, evenly apart, in one form.
#[test]
fn time_ticks() {
    let case = Case::open("time-ticks");
    let _ = case.build();
    let quarters = ["Jan", "Apr", "Jul", "Oct"].repeat(3);
    let years = ["2020", "2021", "2022"];
    let months = [&quarters[..], &years].concat();
    let lines = Seen::new(&case, "lm");
    let axis = lines.texts_of("axis");
    let axis: Vec<&str> = axis
        .into_iter()
        .filter(|text| !text.parse::<f64>().is_ok_and(|n| n < 1000.0))
        .collect();
    assert_eq!(axis, months);
    assert_eq!(Seen::new(&case, "cm").texts_of("label"), months);
    let days = Seen::new(&case, "ld");
    let axis = days.texts_of("axis");
    let at = axis
        .iter()
        .position(|text| *text == "Jan")
        .expect("January");
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "2023",
    ];
    assert_eq!(axis[at..], months);
}

/// Monthly lines have years below them, one form for all, and each end label stands on one line. Every month of each sector is traced.
#[test]
fn trial_payrolls() {
    let case = Case::open("trial-payrolls");
    let _ = case.build();
    for (picture, class) in [
        ("total", "axis"),
        ("lines", "axis"),
        ("quarters", "label"),
        ("months", "label"),
    ] {
        let seen = Seen::new(&case, picture);
        let dates: Vec<i32> = seen
            .texts_of(class)
            .into_iter()
            .filter_map(|text| text.parse().ok())
            .filter(|year| (2006..=2015).contains(year))
            .collect();
        let steps: Vec<i32> = dates.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // The emphasized quarter may stand in the place of its year.
        let even = steps.iter().filter(|step| **step == steps[0]).count();
        assert!(
            even + 1 >= steps.len() && dates.len() >= 5,
            "{picture}: {dates:?}"
        );
    }
    let lines = Seen::new(&case, "lines");
    assert_eq!(lines.marks.len(), 11 * 120);
    let (_, manufacturing) = lines.text("Manufacturing");
    let number = lines
        .texts
        .iter()
        .find(|text| text.3 == "label" && text.1 == manufacturing && text.2 != "Manufacturing");
    assert!(number.is_some(), "the number stands beside the name");
    // The worst quarter has its date and its number, though the others have none.
    let quarters = Seen::new(&case, "quarters");
    assert!(quarters.texts_of("label").contains(&"Q1 2009"));
    assert_eq!(
        quarters.texts_of("mark").len(),
        1,
        "{:?}",
        quarters.texts_of("mark")
    );
}

/// The flood of 1931 and the drought of 1928 are dots, and every decade has its name.
#[test]
fn trial_disasters() {
    let case = Case::open("trial-disasters");
    let _ = case.build();
    for picture in ["years", "years@slide"] {
        let seen = Seen::new(&case, picture);
        for fact in ["deaths[type=Flood]@1931", "deaths[type=Drought]@1928"] {
            let mark = seen.mark(fact);
            assert!(mark.right - mark.left > 2.0, "{picture}: {fact} is a dot");
        }
    }
    let decades = Seen::new(&case, "decades");
    let named = decades.texts_of("label").into_iter();
    let named = named.filter(|text| text.starts_with("19") || text.starts_with("20"));
    let begins: std::collections::BTreeSet<i32> = named
        .filter_map(|text| text.get(..4)?.parse().ok())
        .filter(|year| year % 10 == 0)
        .collect();
    assert_eq!(begins.len(), 12, "{begins:?}");
}

/// A line without width is a finding, as bars and columns have it.
#[test]
fn a_line_without_width_is_a_finding() {
    let case = Case::open("line-unsorted-periods")
        .with("data.yaml", "value: 5", "value: 12_345_678_901")
        .with(
            "brief.yaml",
            "  - exhibit: c",
            "  - columns: [[{exhibit: c}], [{text: x}], [{text: x}]]",
        );
    let run = case.run(&["build", "brief.yaml", "--format", "pdf"]);
    assert!(run.code <= 1, "{}", run.talk);
    assert!(
        run.code == 0 || run.talk.contains("too-crowded"),
        "{}",
        run.talk
    );
}

/// Columns that would be thinner than a hair at their dates are a finding that says so.
#[test]
fn columns_too_far_apart_are_a_finding() {
    let case = Case::open("column-time-gap").with("data.yaml", "at: 2010", "at: 1023");
    let run = case.check();
    let build = case.run(&["build", "brief.yaml", "--format", "pdf"]);
    let said = format!("{}{}", run.talk, build.talk);
    assert!(
        said.contains("too-crowded") && said.contains("far apart"),
        "{said}"
    );
}

/// Rows that are typed out of order stand in time as columns, unless the brief sorts them.
#[test]
fn columns_of_periods_stand_in_time() {
    let case = Case::open("line-unsorted-periods").with("brief.yaml", "line:", "column:");
    let _ = case.build();
    let at = |seen: &Seen, fact: &str| seen.mark(fact).middle();
    let seen = Seen::new(&case, "c");
    assert!(at(&seen, "a@2018") < at(&seen, "a@2019") && at(&seen, "a@2019") < at(&seen, "a@2020"));
    let sorted = case.with(
        "brief.yaml",
        "title: Up at last",
        "sort: value, title: Up at last",
    );
    let _ = sorted.build();
    let seen = Seen::new(&sorted, "c");
    assert!(at(&seen, "a@2019") < at(&seen, "a@2020") && at(&seen, "a@2020") < at(&seen, "a@2018"));
}
