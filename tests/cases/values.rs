//! Values, digits and arithmetic.

use exhibit_tests::cases::Case;
use serde_json::Value;

/// A fact of a case by its address.
fn fact(facts: &Value, address: &str) -> Value {
    let mut all = facts["facts"].as_array().expect("facts").iter();
    let found = all.find(|fact| fact["address"] == address);
    found.unwrap_or_else(|| panic!("no {address}")).clone()
}

/// Bounds go through arithmetic.
#[test]
fn arithmetic_qualifiers() {
    let case = Case::open("arithmetic-qualifiers");
    let _ = case.build();
    let facts = case.facts();
    for (address, qualifier, ends) in [
        // More than 10,000 over 40 to 50%, and so on: never more than is known.
        ("q@2020", "more_than", ["20000", "-", "-"]),
        ("r@2021", "range", ["-", "35600", "44500"]),
        ("t@2021", "more_than", ["9434", "-", "-"]),
        ("u@2020..2022", "range", ["-", "-100", "25"]),
        (
            "v@2021..2022",
            "range",
            ["-", "-100", "-29.77528089887640449438202247191011"],
        ),
        ("w@2022", "less_than", ["3750", "-", "-"]),
    ] {
        let fact = fact(&facts, address);
        assert_eq!(fact["qualifier"], qualifier, "{address}: {fact}");
        let found = ["amount", "low", "high"].map(|key| fact[key].as_str().unwrap_or("-"));
        assert_eq!(found, ends, "{address}");
    }
    assert_eq!(fact(&facts, "r@2021")["approximate"], true);
}

/// A poll and a survey: estimates keep point, interval and level, in data, sentences and pictures.
#[test]
fn estimate_intervals() {
    let case = Case::open("estimate-intervals");
    let _ = case.build();
    let facts = case.facts();
    for (address, sentence) in [
        ("rate@2023-Q4", "12.3% (95% CI 11.9 to 12.7)"),
        ("rate@2023-Q2", "12.3% (11.9 to 12.7)"),
        ("vote[party=Blue]@2024-02", "20.1% (95% CI 17.6 to 22.6)"),
        (
            "change@2024-02",
            "1.5 percentage points (at least 90% CI −4.2 to 7.2)",
        ),
        (
            "change_independent@2024-02",
            "1.5 percentage points (95% CI −2.6 to 5.6)",
        ),
        ("vote[party=Other]@2024-02", "suppressed"),
    ] {
        assert_eq!(fact(&facts, address)["sentence"], sentence, "{address}");
    }
    let picture = |name: &str| String::from_utf8(case.output(name)).expect("SVG is text");
    let titles = case.run(&["explain", "rate@2023-Q4", "brief.yaml"]);
    assert!(
        titles.data.contains("interval   95% CI 11.9 to 12.7"),
        "{}",
        titles.data
    );
    for (name, spoken) in [
        (
            "charts/parties.svg",
            "twenty-two point four per cent, ninety-five per cent confidence interval nineteen point nine to twenty-five point zero",
        ),
        (
            "charts/rates.svg",
            "twelve point three per cent, ninety-five per cent confidence interval",
        ),
    ] {
        let svg = picture(name);
        assert!(svg.contains(spoken), "{name}");
    }
    // The table has the sign of a suppressed value, and a note below it.
    let table = picture("charts/answers.svg");
    assert!(table.contains("c: suppressed."), "no note");
    assert!(picture("charts/parties.svg").contains("Whiskers: 95% confidence intervals."));
    assert!(
        picture("charts/rates.svg")
            .contains("Band: confidence intervals (95%; some without a stated level).")
    );
}

/// An order that intervals do not support is refused, in a claim and in a sort.
#[test]
fn estimate_intervals_claims() {
    let case = Case::open("estimate-intervals").with(
        "brief.yaml",
        "vote[party=Green]@2024-02 ~ vote[party=Blue]@2024-02",
        "vote[party=Green]@2024-02 > vote[party=Blue]@2024-02",
    );
    let run = case.check();
    assert_ne!(run.code, 0);
    assert!(run.talk.contains("unsupported-claim"), "{}", run.talk);
    let talk = run.talk.replace('\u{a0}', " ");
    assert!(talk.contains("22.4% (95% CI 19.9 to 25.0)"), "{}", run.talk);
    let case = Case::open("estimate-intervals").with("brief.yaml", "sort: data", "sort: value");
    let run = case.check();
    assert_ne!(run.code, 0);
    assert!(run.talk.contains("unsupported-order"), "{}", run.talk);
}

/// The numbers of a text, in order.
fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|ch: char| !(ch.is_ascii_digit() || ch == '.' || ch == '-'));
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// Whiskers and bands are to scale: half an interval of 2.9 beside a bar of 33, and bands of 0.5 and 0.4 beside each other.
#[test]
fn estimate_intervals_to_scale() {
    let case = Case::open("estimate-intervals");
    let _ = case.build();
    let picture = |name: &str| String::from_utf8(case.output(name)).expect("SVG is text");
    let svg = picture("charts/parties.svg");
    let mark = svg
        .split("data-fact=\"vote[party=Red]@2024-02\"")
        .nth(1)
        .expect("a mark");
    let bar = numbers(mark.split("<rect ").nth(1).expect("a bar"));
    // x="49.93" y="64.74" width="335.64"
    let (begin, length) = (bar[0], bar[2]);
    let stem = mark.split("<path d=\"").nth(1).expect("a whisker");
    let stem = numbers(stem.split('"').next().expect("a path"));
    let (low, high) = (stem[0], stem[2]);
    for (end, value) in [(low, 30.1), (high, 35.9)] {
        let expected = begin + length * value / 33.0;
        assert!(
            (end - expected).abs() < 0.05,
            "{value}: {end}, not {expected}"
        );
    }
    let svg = picture("charts/rates.svg");
    let band = svg.split("class=\"band\"").nth(1).expect("a band");
    let edges: Vec<Vec<f64>> = band
        .split("<path d=\"")
        .skip(2)
        .take(3)
        .map(|path| numbers(path.split('"').next().expect("a path")))
        .collect();
    let [lower, upper, line] = edges.as_slice() else {
        panic!("two edges and a line: {edges:?}")
    };
    let halves = |index: usize| {
        let y = 2 * index + 1;
        (lower[y] - line[y], line[y] - upper[y])
    };
    let ((below, above), (next, _)) = (halves(0), halves(1));
    assert!((below - above).abs() < 0.05, "{below} below, {above} above");
    assert!(
        (below / next - 0.5 / 0.4).abs() < 0.01,
        "{below} and {next}"
    );
}
