//! Ratios whose sense may be reversed, and periods that are no equals: over random figures, what is printed means what it says.

use exhibit_core::{Compilation, compile};
use exhibit_facts::length::Length;
use exhibit_facts::period::Period;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;

/// A brief over some metrics.
fn run(metrics: &str, rest: &str) -> Compilation {
    let data = format!(
        "sources: {{s: {{title: S}}}}\nunits: {{cars: {{one: car, other: cars}}}}\nmetrics:\n{metrics}"
    );
    let brief = format!("title: T\ndate: 2024-12-31\ndata: [d.yaml]\n{rest}");
    compile("b.yaml", &brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    })
}

/// A text as the body.
fn text(words: &str) -> String {
    format!("body: [{{text: \"{words}\"}}]\n")
}

fn errors(done: &Compilation) -> Vec<&'static str> {
    done.report
        .findings()
        .into_iter()
        .filter(|finding| finding.severity == exhibit_core::diag::Severity::Error)
        .map(|finding| finding.code.as_str())
        .collect()
}

/// The point of a fact.
fn point(done: &Compilation, address: &str) -> BigRational {
    let facts = done.facts.as_ref().expect("facts");
    let fact = facts.fact(address).expect(address);
    let exhibit_facts::quantity::Reading::Value(value) = &fact.reading else {
        panic!("{address} has a value")
    };
    value.shape.low().expect("a point").value.clone()
}

/// Every way to write growth.
const GROWTH: [&str; 6] = [
    "growth(a@2022, a@2023)",
    "a@2023 / a@2022 - 1",
    "-1 + a@2023 / a@2022",
    "(a@2023 - a@2022) / a@2022",
    "(a@2023 - a@2022) / abs(a@2022)",
    "cagr(a@2022, a@2023, 1)",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Growth is refused, or has the sign of the change.
    #[test]
    fn growth_has_the_sign_of_the_change(before in -60_i32..60, after in -60_i32..60, way in 0..GROWTH.len()) {
        let formula = GROWTH[way];
        let metrics = format!(
            "  a: {{label: A, unit: EUR, measure: flow, signed: true, observations: [{{at: 2022, value: {before}, from: s}}, {{at: 2023, value: {after}, from: s}}]}}\n  g: {{label: G, unit: \"%\", signed: true, at: 2023, formula: \"{formula}\"}}\n"
        );
        let done = run(&metrics, &text("{{ g }}"));
        if errors(&done).is_empty() {
            prop_assert!(before > 0 || formula.contains("abs"));
            let growth = point(&done, "g@2023");
            prop_assert_eq!(growth.is_positive(), after > before, "{} {} {}", formula, before, after);
            prop_assert_eq!(growth.is_negative(), after < before, "{} {} {}", formula, before, after);
        } else {
            prop_assert_eq!(errors(&done), ["refused"]);
            // From 5 to 8 is growth, whoever computes it. A root of a negative number is none.
            prop_assert!(before <= 0 || (after < 0 && formula.starts_with("cagr")), "{} {} {}", formula, before, after);
        }
    }

    /// Shares are refused, or lie from zero to one and make one.
    #[test]
    fn shares_make_a_whole(parts in prop::collection::vec(-9_i32..40, 1..6), signs in any::<bool>()) {
        let parts: Vec<i32> = parts.into_iter().map(|part| if signs { part } else { part.abs() }).collect();
        let observed: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(index, part)| format!("{{at: 2023, k: v{index}, value: {part}, from: s}}"))
            .collect();
        let metrics = format!(
            "  a: {{label: A, unit: EUR, measure: flow, signed: true, dimensions: {{k: [{}]}}, observations: [{}]}}\n  p: {{label: P, unit: \"1\", signed: true, formula: share(a over k)}}\n",
            (0..parts.len()).map(|index| format!("v{index}")).collect::<Vec<_>>().join(", "),
            observed.join(", ")
        );
        let done = run(&metrics, &text("{{ p[k=v0] }}"));
        let sound = parts.iter().all(|part| *part >= 0) && parts.iter().any(|part| *part > 0);
        prop_assert_eq!(errors(&done).is_empty(), sound, "{:?}: {:?}", parts, errors(&done));
        if sound {
            let shares: Vec<BigRational> = (0..parts.len()).map(|index| point(&done, &format!("p[k=v{index}]@2023"))).collect();
            let sum = shares.iter().fold(BigRational::zero(), |sum, share| sum + share);
            prop_assert!(sum.is_one());
            for (share, part) in shares.iter().zip(&parts) {
                prop_assert!(!share.is_negative() && *share <= BigRational::one());
                prop_assert_eq!(share.is_zero(), *part == 0);
            }
        }
    }

    /// Two flows are compared, grown, averaged, ranked and drawn as equals only if their periods are equal, or nearly so with a warning.
    #[test]
    fn unequal_periods_never_pass(one in 0..PERIODS.len(), other in 0..PERIODS.len(), way in 0..USES.len()) {
        prop_assume!(one != other);
        let (one, other) = (PERIODS[one], PERIODS[other]);
        let metrics = format!(
            "  a: {{label: A, unit: cars, measure: flow, observations: [{{at: {one}, value: 40, from: s}}, {{at: {other}, value: 50, from: s}}]}}\n"
        );
        let fill = |text: &str| text.replace("ONE", one).replace("OTHER", other);
        let (formula, rest) = USES[way];
        let done = run(&(metrics + &fill(formula)), &fill(rest));
        let length = |text: &str| Length::of(&Period::parse(text).expect(text));
        let (a, b) = (length(one), length(other));
        let told = done.report.findings().into_iter().any(|finding| finding.code.as_str() == "mixed-periods");
        if a.equals(&b) {
            prop_assert!(!told, "{} {} {}", one, other, way);
        } else {
            prop_assert!(told, "{} {} {}", one, other, way);
            prop_assert_eq!(errors(&done).contains(&"mixed-periods"), !a.is_near(&b), "{} {} {}", one, other, way);
        }
    }
}

const PERIODS: [&str; 14] = [
    "2021",
    "2022",
    "FY2021-04",
    "2023-H1",
    "2023-Q3",
    "2024-Q1",
    "2024-05",
    "2024-06",
    "2024-W30",
    "2024-08-01",
    "2010..2019",
    "2001..2008",
    "2024-09..2024-10",
    "..2000",
];

/// What may be done with two figures: a metric, and the rest of the brief.
const USES: [(&str, &str); 7] = [
    (
        "  x: {label: X, unit: \"%\", signed: true, at: 2024, formula: \"growth(a@ONE, a@OTHER)\"}\n",
        "body: [{text: \"{{ x }}\"}]\n",
    ),
    (
        "  x: {label: X, unit: cars, at: 2024, formula: \"mean(a@ONE, a@OTHER)\"}\n",
        "body: [{text: \"{{ x }}\"}]\n",
    ),
    (
        "  x: {label: X, unit: cars, at: 2024, formula: \"most(a@ONE, a@OTHER)\"}\n",
        "body: [{text: \"{{ x }}\"}]\n",
    ),
    (
        "  x: {label: X, formula: \"rank(a over period)\"}\n",
        "body: [{text: \"{{ x@ONE }}\"}]\n",
    ),
    ("", "body: [{text: \"x {{ check: a@ONE < a@OTHER }}\"}]\n"),
    (
        "",
        "exhibits:\n  e: {column: {title: E, subtitle: Cars, of: a, over: period}}\nbody: [{exhibit: e}]\n",
    ),
    (
        "",
        "exhibits:\n  e: {bar: {title: E, subtitle: Cars, rows: [{label: North, of: a@ONE}, {label: South, of: a@OTHER}]}}\nbody: [{exhibit: e}]\n",
    ),
];
