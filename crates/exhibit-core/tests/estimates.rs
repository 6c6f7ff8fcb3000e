//! Estimates with their intervals from the data set to the printed figure, and the reasons of missing values: how they are written, what
//! arithmetic makes of them, what a sentence may claim, and how each language prints them.

use exhibit_core::{Compilation, compile, export};
use serde_json::Value;

const DATA: &str = "sources: {s: {title: S}}
metrics:
  vote:
    label: Vote
    unit: \"%\"
    measure: ratio
    dimensions: {party: [red, green, blue]}
    observations:
      - {at: 2024-01, party: red, value: \"31.5 ± 2.8 (95%)\", from: s}
      - {at: 2024-02, party: red, value: \"33.0 ± 2.9 (95%)\", from: s}
      - {at: 2024-02, party: green, value: {value: 22.4, low: 19.9, high: 25.0, level: 95%}, from: s}
      - {at: 2024-02, party: blue, value: {value: 20.1, se: 1.25}, from: s}
  rate:
    label: Rate
    unit: \"%\"
    signed: true
    observations:
      - {at: 2022, value: \"12.3 ± 0.4\", from: s}
      - {at: 2023, value: {value: 12.3, low: 11.9, high: 12.7, level: 95%}, from: s}
      - {at: 2024, value: \"-0.2 +- 0.4 (0.9)\", from: s}
  jobs:
    label: Jobs
    unit: people
    observations:
      - {at: 2022, value: 4_000_000, from: s}
      - {at: 2023, value: {value: 4.21 million, cv: 1.6%}, from: s}
      - {at: 2024, value: \"> 4 million\", from: s}
";

fn run(language: &str, metric: &str, text: &str) -> Compilation {
    let brief = format!(
        "title: T\ndate: 2024-03-01\nlanguage: {language}\ndata: [d.yaml]\nbody:\n  - text: |\n      {text}\n"
    );
    let data = format!("{DATA}{metric}");
    compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    })
}

/// The findings of a run, each as its code and its message.
fn findings(done: &Compilation) -> Vec<(&'static str, String)> {
    let findings = done.report.findings();
    findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.message.clone()))
        .collect()
}

/// A fact of a run as JSON.
fn fact(language: &str, metric: &str, address: &str) -> Value {
    let done = run(language, metric, &format!("{{{{ {address} }}}}"));
    assert_eq!(findings(&done), [], "{address}");
    let json = export::json(&done.facts.expect("facts"), export::Selection::ALL);
    let facts = json["facts"].as_array().expect("facts").clone();
    let found = facts.into_iter().find(|fact| fact["address"] == address);
    found.unwrap_or_else(|| panic!("no {address}"))
}

fn fields(fact: &Value) -> [String; 4] {
    ["amount", "low", "high", "level"].map(|key| fact[key].as_str().unwrap_or("-").to_owned())
}

#[test]
fn every_way_to_write_an_estimate_gives_its_interval() {
    for (address, expected) in [
        ("rate@2022", ["12.3", "11.9", "12.7", "-"]),
        ("rate@2023", ["12.3", "11.9", "12.7", "0.95"]),
        ("rate@2024", ["-0.2", "-0.6", "0.2", "0.9"]),
        (
            "vote[party=blue]@2024-02",
            ["20.1", "17.65", "22.55", "0.95"],
        ),
        ("jobs@2023", ["4210000", "4077974.4", "4342025.6", "0.95"]),
    ] {
        let fact = fact("en", "", address);
        assert_eq!(fact["qualifier"], "estimate", "{address}");
        assert_eq!(fields(&fact), expected, "{address}");
    }
}

#[test]
fn each_language_prints_point_and_interval() {
    for (language, address, label, sentence, spoken) in [
        (
            "en",
            "rate@2023",
            "12.3%",
            "12.3% (95% CI 11.9 to 12.7)",
            "twelve point three per cent, ninety-five per cent confidence interval eleven point nine to twelve point seven",
        ),
        (
            "en",
            "rate@2022",
            "12.3%",
            "12.3% (11.9 to 12.7)",
            "twelve point three per cent, interval eleven point nine to twelve point seven",
        ),
        (
            "en",
            "jobs@2023",
            "4.21 million people",
            "4.21 million people (95% CI 4.07 to 4.35)",
            "four point two one million people, ninety-five per cent confidence interval four point zero seven to four point three five",
        ),
        (
            "de",
            "rate@2024",
            "−0,2 %",
            "−0,2 % (90-%-KI −0,6 bis 0,2)",
            "minus null Komma zwei Prozent, neunzig-Prozent-Konfidenzintervall minus null Komma sechs bis null Komma zwei",
        ),
        (
            "zh",
            "rate@2023",
            "12.3%",
            "12.3%（95%置信区间11.9至12.7）",
            "百分之十二点三，百分之九十五置信区间十一点九至十二点七",
        ),
    ] {
        let fact = fact(language, "", address);
        assert_eq!(fact["display"], label);
        assert_eq!(fact["sentence"], sentence);
        assert_eq!(fact["spoken"], spoken);
    }
}

/// A derived metric over the votes. A difference of percentages is in percentage points.
fn derived(formula: &str, more: &str) -> String {
    let unit = match formula.contains(" - vote")
        || formula.contains(" - rate")
        || formula.contains(" - half")
    {
        true => "points",
        false => "\"%\"",
    };
    format!(
        "  d: {{label: D, unit: {unit}, signed: true, at: 2024-02, {more}formula: \"{formula}\"}}\n"
    )
}

#[test]
fn arithmetic_keeps_the_truth_and_assumes_no_independence() {
    let difference = "vote[party=red]@2024-02 - vote[party=red]@2024-01";
    let fact = |formula: &str, more: &str| fact("en", &derived(formula, more), "d@2024-02");
    let plain = fact(difference, "");
    assert_eq!(fields(&plain), ["1.5", "-4.2", "7.2", ">= 0.9"]);
    assert_eq!(
        plain["sentence"],
        "1.5 percentage points (at least 90% CI −4.2 to 7.2)"
    );
    let narrow = fact(difference, "independent: true, ");
    assert_eq!(
        narrow["sentence"],
        "1.5 percentage points (95% CI −2.6 to 5.6)"
    );
    assert_eq!(narrow["level"], "0.95");
    // An exact factor keeps the level, and so does a number that is added.
    let twice = fact("2 * vote[party=red]@2024-02 - 0.10", "");
    assert_eq!(fields(&twice), ["56", "50.2", "61.8", "0.95"]);
    // A level of two intervals of which one has none is not known.
    let unknown = fact("vote[party=red]@2024-02 + rate@2022", "");
    assert_eq!(unknown["level"], Value::Null);
    // Three intervals at 95% hold their truths together at least 85% of the time.
    let mean = fact(
        "(vote[party=red]@2024-02 + vote[party=green]@2024-02 + vote[party=blue]@2024-02) / 3",
        "",
    );
    assert_eq!(mean["level"], ">= 0.85");
    // A bound has no point, and neither has what it is part of.
    let bound = fact("vote[party=red]@2024-02 * (jobs@2024 / jobs@2022)", "");
    assert_eq!(
        (bound["qualifier"].as_str(), bound["approximate"].as_bool()),
        (Some("more_than"), Some(true))
    );
}

#[test]
fn independence_is_refused_where_its_rule_does_not_hold() {
    let red = "vote[party=red]@2024-02";
    for (formula, reason) in [
        (
            format!("{red} * {red} * 100"),
            "holds for sums, differences and means",
        ),
        (
            format!("{red} - vote[party=green]@2024-02"),
            "needs symmetric intervals",
        ),
        (
            format!("{red} - rate@2022"),
            "needs the level of each interval",
        ),
        (format!("{red} - rate@2024"), "needs intervals of one level"),
        (
            format!("{red} - half"),
            "are computed from `vote[party=red]@2024-02`",
        ),
    ] {
        let half =
            format!("  half: {{label: H, unit: \"%\", at: 2024-02, formula: \"{red} / 2\"}}\n");
        let metrics = format!("{half}{}", derived(&formula, "independent: true, "));
        let found = findings(&run("en", &metrics, "{{ d }}"));
        assert!(
            found
                .iter()
                .any(|(code, message)| *code == "refused" && message.contains(reason)),
            "{formula}: {found:?}"
        );
    }
    // The same estimate twice is no second estimate: its factors add up.
    let metrics = derived(&format!("{red} - {red} / 2"), "independent: true, ");
    assert_eq!(
        fields(&fact("en", &metrics, "d@2024-02")),
        ["16.5", "15.05", "17.95", "0.95"]
    );
}

#[test]
fn a_sentence_claims_an_order_only_where_intervals_do_not_overlap() {
    let codes = |claim: &str| -> Vec<&'static str> {
        let done = run("en", "", &format!("{{{{ check: {claim} }}}} Text."));
        findings(&done).into_iter().map(|(code, _)| code).collect()
    };
    let (red, green, blue) = (
        "vote[party=red]@2024-02",
        "vote[party=green]@2024-02",
        "vote[party=blue]@2024-02",
    );
    let none: [&str; 0] = [];
    assert_eq!(codes(&format!("{red} > {green}")), none);
    assert_eq!(codes(&format!("{green} > {blue}")), ["unsupported-claim"]);
    assert_eq!(codes(&format!("{green} ~ {blue}")), none);
    assert_eq!(codes(&format!("{blue} ≈ {green}")), none);
    assert_eq!(codes(&format!("{red} ~ {green}")), ["unsupported-claim"]);
    assert_eq!(codes("jobs@2022 ~ jobs@2022"), none);
    assert_eq!(codes("rank(vote[party=red]@2024-02 over party) = 1"), none);
    assert_eq!(
        codes("rank(vote[party=green]@2024-02 over party) = 2"),
        ["unsupported-claim"]
    );
    assert_eq!(
        codes("most(vote@2024-02 over party) = vote[party=red]@2024-02"),
        ["unsupported-claim"]
    );
}

#[test]
fn what_is_no_estimate_is_a_finding_with_a_way_out() {
    for (written, reason) in [
        (
            "{value: 12.3, low: 12.4, high: 12.7}",
            "the estimate must lie in its interval",
        ),
        (
            "\"12.3 (12.4..12.7)\"",
            "the estimate must lie in its interval",
        ),
        ("{value: 12.3, low: 11.9}", "an interval must have two ends"),
        (
            "{value: 12.3, low: 11.9, high: 12.7, se: 0.2}",
            "an estimate must have one interval",
        ),
        ("{value: 12.3, level: 95%}", "a level needs an interval"),
        (
            "{value: 12.3, margin: 0.4, level: 95}",
            "`95` is not a level of confidence",
        ),
        ("{low: 11.9}", "`low` stands without the estimate"),
        (
            "{value: 12.3, range: [1, 2]}",
            "`value` and `range` exclude each other",
        ),
        (
            "\"12.3 ± -0.4\"",
            "the margin of an estimate cannot be negative",
        ),
        (
            "{value: 12.3 million, margin: 0.4}",
            "the estimate has a multiplier word, but its margin has none",
        ),
        ("\"0.2 ± 0.4\"", "metric `m` cannot be negative"),
    ] {
        let metric = format!(
            "  m: {{label: M, unit: people, observations: [{{at: 2024, value: {written}, from: s}}]}}\n"
        );
        let found = findings(&run("en", &metric, "Text."));
        assert!(
            found.iter().any(|(_, message)| message.contains(reason)),
            "{written}: {found:?}"
        );
    }
}

#[test]
fn a_missing_value_says_why_in_words_of_the_language() {
    for (written, language, label, reason) in [
        ("{unknown: suppressed}", "en", "suppressed", "suppressed"),
        (
            "{suppressed: fewer than five cases}",
            "de",
            "geheim gehalten",
            "suppressed: fewer than five cases",
        ),
        (
            "{unknown: Not applicable}",
            "zh",
            "不适用",
            "not-applicable",
        ),
        (
            "{below-detection: 0.1 mg}",
            "en",
            "below detection",
            "below-detection: 0.1 mg",
        ),
        (
            "{break: new census}",
            "en",
            "break in series",
            "break: new census",
        ),
        (
            "{unknown: lost in the post}",
            "de",
            "keine Angabe",
            "lost in the post",
        ),
    ] {
        let metric = format!(
            "  m: {{label: M, unit: people, observations: [{{at: 2024, value: {written}, from: s}}]}}\n"
        );
        let fact = fact(language, &metric, "m@2024");
        assert_eq!(fact["display"], label);
        assert_eq!(fact["reason"], reason);
        assert_eq!(fact["qualifier"], "unknown");
    }
}

#[test]
fn csv_has_the_interval_in_columns() {
    let done = run("en", "", "{{ rate@2023 }}");
    let csv = export::csv(&done.facts.expect("facts"), export::Selection::ALL);
    assert!(csv.contains("qualifier,approximate,amount,low,high,level,unit"));
    assert!(
        csv.contains(",estimate,false,12.3,11.9,12.7,0.95,%,"),
        "{csv}"
    );
}
