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
