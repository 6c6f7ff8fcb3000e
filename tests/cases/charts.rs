//! Charts that hold many and odd data.

use exhibit_tests::cases::Case;
use roxmltree::{Document, Node};

/// A picture that a case built.
struct Picture(String);

/// A line of text of a picture.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    x: f64,
    /// Baseline.
    y: f64,
    color: String,
}

impl Picture {
    /// The picture of an exhibit, by its file name.
    fn of(case: &Case, name: &str) -> Self {
        let bytes = case.output(&format!("charts/{name}.svg"));
        Self(String::from_utf8(bytes).expect("UTF-8"))
    }

    fn parse(&self) -> Document<'_> {
        Document::parse(&self.0).expect("XML")
    }

    /// All lines of text, in drawing order.
    fn words(&self) -> Vec<Word> {
        self.words_of("")
    }

    /// The lines of text in groups of a class. The empty class stands for all.
    fn words_of(&self, class: &str) -> Vec<Word> {
        let document = self.parse();
        let within = |node: &Node<'_, '_>| {
            class.is_empty()
                || node
                    .ancestors()
                    .any(|group| group.attribute("class") == Some(class))
        };
        let texts = document
            .descendants()
            .filter(|node| node.has_attribute("data-text") && within(node));
        texts
            .map(|node| {
                let place = node.attribute("transform").expect("a place");
                let numbers = place.trim_start_matches("translate(");
                let mut numbers = numbers.split([' ', ')']);
                let mut number = || -> f64 {
                    let text = numbers.next().expect("a number");
                    text.parse().expect("a number")
                };
                Word {
                    text: node.attribute("data-text").expect("a text").to_owned(),
                    x: number(),
                    y: number(),
                    color: node.attribute("fill").unwrap_or_default().to_owned(),
                }
            })
            .collect()
    }

    /// The shapes of each mark in drawing order, as one text with its colours, dashes and outlines, without places.
    fn looks(&self, class: &str) -> Vec<String> {
        let document = self.parse();
        let marks = document
            .descendants()
            .filter(|node| node.attribute("class") == Some(class));
        marks
            .map(|mark| {
                let shapes = mark.descendants().filter(|node| {
                    node.is_element()
                        && node.tag_name().name() != "g"
                        && !node.has_attribute("data-text")
                });
                let shapes = shapes.map(|shape| {
                    let names = ["fill", "stroke", "stroke-dasharray", "stroke-width"];
                    let styles = names.map(|name| shape.attribute(name).unwrap_or("-"));
                    let path = shape.attribute("d").unwrap_or_default();
                    format!(
                        "{} {} {}",
                        shape.tag_name().name(),
                        styles.join(" "),
                        form(path)
                    )
                });
                shapes.collect::<Vec<_>>().join("; ")
            })
            .collect()
    }
}

/// The form of a path: its first steps, and whether its straight lines rise or fall.
fn form(path: &str) -> String {
    let mut form: String = path
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(8)
        .collect();
    let mut slopes: Vec<&str> = Vec::new();
    for stretch in path.split('M').skip(1) {
        let numbers: Vec<f64> = stretch
            .split([' ', 'L'])
            .filter_map(|number| number.parse().ok())
            .collect();
        if let [x, y, to_x, to_y] = numbers[..] {
            slopes.push(if (to_y - y) * (to_x - x) > 0.0 {
                " falls"
            } else {
                " rises"
            });
        }
    }
    slopes.sort_unstable();
    slopes.dedup();
    form.extend(slopes);
    form
}

/// How many of some texts differ.
fn different(texts: &[String]) -> usize {
    let mut texts = texts.to_vec();
    texts.sort();
    texts.dedup();
    texts.len()
}

/// All zero, all equal, one value, all unknown, all negative: a scale without extent is still a scale.
#[test]
fn charts_zero_one_equal() {
    let _ = Case::open("charts-zero-one-equal").build();
}

/// Six series have six colours: at the ends of lines, in the key of columns, in the parts of a whole.
#[test]
fn many_series_one_grey() {
    let case = Case::open("many-series-one-grey");
    let _ = case.build();
    assert_eq!(different(&Picture::of(&case, "l").looks("line")), 6);
    let names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"];
    for (name, count) in [("c", 6), ("s", 6)] {
        let picture = Picture::of(&case, name);
        let colors: Vec<String> = picture
            .words()
            .into_iter()
            .filter(|word| names.contains(&word.text.as_str()))
            .map(|word| word.color)
            .collect();
        assert_eq!(different(&colors), count, "{name}: {colors:?}");
    }
    assert_eq!(different(&Picture::of(&case, "s").looks("mark")), 6);
}

/// A ninth series has a colour again, and another look.
#[test]
fn twelve_series_have_twelve_looks() {
    let mut data = String::new();
    let names = ["Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu"];
    for (index, name) in names.iter().enumerate() {
        for year in 2018..2023 {
            let value = 100 + 7 * index;
            data.push_str(&format!(
                "\n      - {{at: {year}, k: {name}, value: {value}, from: s}}"
            ));
        }
    }
    let all = "\"Zeta\", Eta, Theta, Iota, Kappa, Lambda, Mu]}";
    let first = "      - {at: 2018, k: \"Alpha\", value: 10, from: s}";
    let case = Case::open("many-series-one-grey")
        .with("data.yaml", "\"Zeta\"]}", all)
        .with("data.yaml", first, &format!("{first}{data}"));
    let _ = case.build();
    assert_eq!(different(&Picture::of(&case, "l").looks("line")), 12);
    // A legend draws its swatches in the looks of its series.
    let columns = Picture::of(&case, "c");
    let marks = columns.looks("mark");
    let of_one_band = &marks[..12];
    assert_eq!(different(of_one_band), 12, "{of_one_band:?}");
    // Emphasis of one leaves eleven in grey; no two neighbours of a key look alike.
    let case = case.with(
        "brief.yaml",
        "by: k, slide: false}",
        "by: k, slide: false, emphasis: [Mu]}",
    );
    let _ = case.build();
    let marks = Picture::of(&case, "c").looks("mark");
    assert!(different(&marks[..12]) >= 7, "{marks:?}");
}

/// Five parts have five colours.
#[test]
fn series_look_alike() {
    let case = Case::open("series-look-alike");
    let _ = case.build();
    let picture = Picture::of(&case, "tall");
    let names: Vec<Word> = picture
        .words()
        .into_iter()
        .filter(|word| ["A", "B", "C", "D", "E"].contains(&word.text.as_str()))
        .collect();
    let colors: Vec<String> = names.iter().map(|word| word.color.clone()).collect();
    assert_eq!((names.len(), different(&colors)), (5, 5), "{names:?}");
}

/// Each status has a look of its own, and the note names each once.
#[test]
fn status_key_ambiguous() {
    let case = Case::open("status-key-ambiguous");
    let _ = case.build();
    for (name, words) in [
        (
            "c",
            [
                "Dashed outline: a target.",
                "Hatched: a forecast.",
                "Cross-hatched: an estimate.",
                "Striped: provisional.",
            ],
        ),
        (
            "l",
            [
                "Open diamond, thin dashed line: a target.",
                "Open ring, dashed line: a forecast.",
                "Half-filled dot, dash-dotted line: an estimate.",
                "Pale dot, long-dashed line: provisional.",
            ],
        ),
    ] {
        let picture = Picture::of(&case, name);
        let notes = picture.words_of("note");
        let note: String = notes.into_iter().map(|word| word.text).collect();
        for words in words {
            assert_eq!(note.matches(words).count(), 1, "{name}: {words}: {note}");
        }
        let marks = picture.looks("mark");
        assert_eq!(
            (marks.len(), different(&marks)),
            (5, 5),
            "{name}: {marks:?}"
        );
    }
    let segments = Picture::of(&case, "l").looks("line").join("");
    for dash in ["3 2", "8 2", "6 1.8 1.2 1.8"] {
        assert!(segments.contains(dash), "{dash}: {segments}");
    }
}

/// Counts have whole ticks, where all are zero, too.
#[test]
fn integer_ticks() {
    let case = Case::open("integer-ticks");
    let _ = case.build();
    for (name, wanted) in [("l", vec!["0", "1", "2"]), ("z", vec!["0", "1"])] {
        let axis = Picture::of(&case, name).words_of("axis");
        let mut ticks: Vec<String> = axis
            .into_iter()
            .map(|word| word.text)
            .filter(|text| text.len() < 4)
            .collect();
        ticks.sort();
        assert_eq!(ticks, wanted, "{name}");
    }
}

/// Names below an axis wrap alike: dates in one form, other names in two lines each where one needs two.
#[test]
fn axis_label_wrap() {
    let case = Case::open("axis-label-wrap");
    let _ = case.build();
    let labels = Picture::of(&case, "c").words_of("label");
    let quarters: Vec<&Word> = labels
        .iter()
        .filter(|word| word.text.starts_with('Q'))
        .collect();
    assert_eq!(quarters.len(), 12, "{labels:?}");
    for word in &quarters {
        assert!((word.y - quarters[0].y).abs() < 0.01, "{labels:?}");
        assert_eq!(word.text.len(), quarters[0].text.len(), "{labels:?}");
    }
    let names = ["South America", "East Asia", "North Africa", "Oceania"];
    let rows: Vec<String> = names
        .iter()
        .cycle()
        .take(8)
        .zip(1..)
        .map(|(name, index)| {
            let at = format!("202{}-Q{}", 1 + index / 5, 1 + (index - 1) % 4);
            format!("{{label: {name}, of: q@{at}}}")
        })
        .collect();
    let rows = format!("rows: [{}]", rows.join(", "));
    let case = case.with("brief.yaml", "of: q, over: quarter", &rows);
    let _ = case.build();
    let labels = Picture::of(&case, "c").words_of("label");
    let said = |text: &str| labels.iter().any(|word| word.text.trim() == text);
    assert!(
        said("South") && said("East") && said("Oceania"),
        "{labels:?}"
    );
    assert!(!said("East Asia"), "{labels:?}");
}

/// German compounds in titles and names break where the patterns of the language allow, with a hyphen.
#[test]
fn german_compounds() {
    let case = Case::open("german-compounds");
    let _ = case.build();
    for picture in ["c", "c@slide"] {
        let words = Picture::of(&case, picture).words();
        let mut parted = 0;
        for (index, word) in words.iter().enumerate() {
            let Some(begin) = word.text.trim_end().strip_suffix('-') else {
                continue;
            };
            parted += 1;
            // The word goes on in the next lines, up to a space or a line without a hyphen.
            let before: Vec<&str> = words[..index]
                .iter()
                .rev()
                .map_while(|line| line.text.trim_end().strip_suffix('-'))
                .collect();
            let mut whole: String = before.into_iter().rev().collect();
            whole.push_str(begin);
            let at = whole.len();
            for line in &words[index + 1..] {
                let line = line.text.trim_end();
                whole.push_str(line.trim_end_matches('-'));
                if !line.ends_with('-') {
                    break;
                }
            }
            let allowed = exhibit_scene::hyphens::hyphens(&whole, "de");
            assert!(allowed.contains(&at), "{picture}: {whole} at {at}");
        }
        assert!(parted > 1, "{picture}: {words:?}");
    }
}

/// A timeline has a break only where one gap is longer than all the rest, and none where the author wants none.
#[test]
fn timelines() {
    let slanted = |case: &Case, name: &str| -> usize {
        let picture = Picture::of(case, name);
        let axes = picture.looks("axis");
        axes.iter()
            .map(|look| look.matches("ML rises").count())
            .sum()
    };
    let case = Case::open("timelines");
    let _ = case.build();
    // A break is two slanted strokes.
    for (name, strokes) in [
        ("same", 0),
        ("far", 2),
        ("span", 0),
        ("one", 0),
        ("dense", 0),
    ] {
        assert_eq!(slanted(&case, name), strokes, "{name}");
    }
    let case = case.with("brief.yaml", "events: [f0,", "break: false, events: [f0,");
    let _ = case.build();
    assert_eq!(slanted(&case, "far"), 0);
}

/// Two waffles of a hundred and twelve bars of parts fit a slide.
#[test]
fn a_slide_holds_what_a_reader_accepts() {
    let data = "  h: {label: H, unit: cars, observations: [{at: 2020, value: 100, from: s}]}
  w: {label: W, unit: cars, measure: flow, dimensions: {k: [A, B]}, observations: [{at: 2020, k: A, value: 0, from: s}, {at: 2020, k: B, value: 63, from: s}]}
  z:\n";
    let waffle = "z: {waffle: {title: Few of many, subtitle: Cars, of: w, over: k, whole: h}}";
    let case = Case::open("integer-ticks")
        .with("data.yaml", "  z:\n", data)
        .with(
            "brief.yaml",
            "z: {line: {title: None at all, subtitle: Cars a year, of: z, over: year}}",
            waffle,
        );
    let _ = case.build();
    let words = Picture::of(&case, "z@slide").words();
    // A part of zero has no square, and is said.
    assert!(
        words.iter().any(|word| word.text.starts_with("0 / 100")),
        "{words:?}"
    );
    let case = Case::open("series-look-alike").with(
        "brief.yaml",
        "tall: {share: {title: A tall exhibit, subtitle: Deaths, of: a, over: year, by: k, slide: false}}",
        "tall: {share: {title: A tall exhibit, subtitle: Deaths, of: a, over: year, by: k}}",
    );
    let _ = case.build();
    assert_eq!(Picture::of(&case, "tall@slide").looks("mark").len(), 60);
}

/// No number of a dumbbell stands on the zero line.
#[test]
fn numbers_near_zero_stand_beside_the_axis() {
    let mut data = String::from(
        "  d: {label: D, unit: cars, measure: flow, signed: true, dimensions: {k: [A, B, C, D, E], t: [x, y]}, observations: [",
    );
    for (k, x, y) in [
        ("A", 0, 440_222),
        ("B", 50_775, 54_005),
        ("C", 9_913, 58_618),
        ("D", 1_553, 1_600),
        ("E", 300, 91_586),
    ] {
        for (t, value) in [("x", x), ("y", y)] {
            data.push_str(&format!(
                "{{at: 2020, k: {k}, t: {t}, value: {value}, from: s}}, "
            ));
        }
    }
    data.push_str("]}\n  z:\n");
    for [low, high] in [
        ["value: 50775", "value: 50775"],
        ["value: 50775", "value: -150775"],
    ] {
        let case = Case::open("integer-ticks")
            .with("data.yaml", "  z:\n", &data.replace(low, high))
            .with(
                "brief.yaml",
                "z: {line: {title: None at all, subtitle: Cars a year, of: z, over: year}}",
                "z: {range: {title: Few, subtitle: Cars, of: d, over: k, by: t}}",
            );
        let _ = case.build();
        let picture = Picture::of(&case, "z");
        let document = picture.parse();
        // The zero line is the dark upright line.
        let zero = document
            .descendants()
            .filter(|node| node.attribute("stroke") == Some("#151b24"))
            .filter_map(|node| node.attribute("d"))
            .find_map(|path| {
                path.strip_prefix('M')?
                    .split(' ')
                    .next()?
                    .parse::<f64>()
                    .ok()
            })
            .expect("a zero line");
        let numbers = picture.words_of("label");
        let numbers = numbers
            .iter()
            .filter(|word| word.text.chars().any(|ch| ch.is_ascii_digit()));
        for number in numbers {
            // A digit is four points wide at least.
            let right = number.x + 4.0 * number.text.chars().count() as f64;
            assert!(right <= zero || number.x >= zero, "{number:?} on {zero}");
        }
    }
}
