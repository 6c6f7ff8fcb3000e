//! How far formulas may go, what they select, and that what is not zero is never printed as zero.

use exhibit_core::diag::Finding;
use exhibit_core::{Compilation, compile};
use exhibit_facts::format::{Detail, print};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Amount, Scale};
use exhibit_facts::rounding::{Rounding, power_of_ten};
use num_rational::BigRational;
use proptest::prelude::*;

/// A data set with a large, a small and a plain number, and these metrics.
fn run(metrics: &str) -> Compilation {
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:
  large: {{label: L, observations: [{{at: 2024, value: 1e30, from: s}}]}}
  small: {{label: L, observations: [{{at: 2024, value: 1e-30, from: s}}]}}
  plain: {{label: L, observations: [{{at: 2024, value: 1.7, from: s}}]}}
{metrics}"
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    compile("b.yaml", brief, &mut |name| {
        Ok((name.to_owned(), data.clone()))
    })
}

/// A chain of so many metrics, each by the formula of the one before it, which is called `p`.
fn chain(first: &str, formula: &str, length: usize) -> String {
    let mut metrics = format!("  p0: {{label: P, formula: {first}}}\n");
    for step in 1..length {
        let formula = formula.replace('p', &format!("p{}", step - 1));
        metrics.push_str(&format!("  p{step}: {{label: P, formula: {formula}}}\n"));
    }
    metrics
}

fn refused(metrics: &str) -> Finding {
    let done = run(metrics);
    let findings = done.report.findings();
    assert_eq!(findings.len(), 1, "the first alone: {findings:#?}");
    assert_eq!(findings[0].code.as_str(), "refused");
    assert!(findings[0].help.is_some());
    findings[0].clone()
}

#[test]
fn a_result_beyond_measure_is_refused_where_it_is_computed() {
    for (metrics, address, why) in [
        (chain("large@2024", "p * p", 30), "p2", "10^72"),
        (chain("small@2024", "p * p", 30), "p2", "10^-72"),
        (chain("small@2024", "1 / p / p", 30), "p2", "10^72"),
        (chain("plain@2024", "p * 7 / 3", 3_000), "p197", "10^72"),
        (
            chain("plain@2024", "p * 7 / 6.999", 3_000),
            "p1",
            "seven hundred digits",
        ),
        (
            chain("plain@2024", "p * p / 1.7001", 3_000),
            "p",
            "seven hundred digits",
        ),
        (
            chain("plain@2024", "1 / (p + 1 / 7)", 3_000),
            "p",
            "seven hundred digits",
        ),
    ] {
        let finding = refused(&metrics);
        assert!(
            finding.message.starts_with(&format!("`{address}")) && finding.message.contains(why),
            "{}",
            finding.message
        );
    }
}

/// Neither long nor large, only many: computed, however deep.
#[test]
fn a_long_chain_is_computed() {
    let metrics = chain("plain@2024", "p + 1", 6_000);
    let facts = run(&metrics).facts.expect("sound");
    let last = facts.fact("p5999@2024").expect("computed");
    assert_eq!(last.forms.label, "6,000.7");
}

#[test]
fn what_is_within_measure_is_printed() {
    let facts = run("  square: {label: S, formula: small@2024 * small@2024}\n  up: {label: S, formula: large@2024 * large@2024}\n")
        .facts
        .expect("sound");
    let number = |address: &str| facts.fact(address).expect("there").forms.number.clone();
    assert_eq!(number("square@2024"), format!("0.{}1", "0".repeat(59)));
    assert_eq!(
        number("up@2024"),
        format!("1{}\u{a0}trillion", ",000".repeat(16))
    );
}

/// A sum of rows is as coarse as its coarsest part, but not coarser than itself.
#[test]
fn a_sum_that_rounds_away_keeps_a_digit() {
    let data = "sources: {s: {title: S}}\nmetrics:\n  a: {label: A, measure: flow, signed: true, table: {file: x.csv, from: s, at: year, value: count, rows: sum}}\n";
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    let done = compile("b.yaml", brief, &mut |name| {
        let text = if name == "d.yaml" {
            data
        } else {
            "year,count\n2024,1\n2024,0.0042\n2024,-1\n"
        };
        Ok((name.to_owned(), text.to_owned()))
    });
    let facts = done.facts.expect("sound");
    assert_eq!(facts.facts[0].forms.label, "~\u{a0}0.004");
}

/// The largest, the smallest and the last are one of the facts, not a computation on them: its digits, its qualifier, its "about".
#[test]
fn what_is_selected_comes_back_as_it_stands() {
    let observed = |id: &str, value: &str| {
        format!(
            "  {id}: {{label: O, unit: MWh, measure: stock, observations: [{{at: 2024, value: {value}, from: s}}]}}\n"
        )
    };
    let given = [
        ("long", "17_845"),
        ("round", "100"),
        ("three", "3"),
        ("precise", "3.00"),
        ("soft", "\"~ 20_000\""),
        ("floor", "\"> 50_000\""),
        ("span", "1..2"),
        ("wide", "\"15_000..19_000\""),
    ];
    for (formula, label) in [
        ("most(long, round)", "17,845 megawatt-hours"),
        ("most(round, three)", "100 megawatt-hours"),
        ("least(long, three)", "3 megawatt-hours"),
        ("most(long, soft)", "~ 20,000 megawatt-hours"),
        ("least(long, soft)", "17,845 megawatt-hours"),
        ("most(long, floor)", "> 50,000 megawatt-hours"),
        ("least(span, three)", "1–2 megawatt-hours"),
        // Equal ones: the one that says less.
        ("most(precise, three)", "3 megawatt-hours"),
        // Nothing says which is the largest, but all of it together bounds it.
        ("most(long, wide)", "17,000–19,000 megawatt-hours"),
        ("most(long, least(round, soft))", "17,845 megawatt-hours"),
        ("long@2024", "17,845 megawatt-hours"),
        ("three@2024", "3 megawatt-hours"),
        // What is computed has its two digits at least.
        ("most(round, three) * 1", "100 megawatt-hours"),
        ("most(long, round) - three", "17,842 megawatt-hours"),
    ] {
        let mut metrics: String = given
            .iter()
            .map(|(id, value)| observed(id, value))
            .collect();
        metrics.push_str(&format!(
            "  x: {{label: X, unit: MWh, at: 2024, formula: \"{formula}\"}}\n"
        ));
        let done = run(&metrics);
        let findings = format!("{formula}: {:#?}", done.report.findings());
        let facts = done.facts.expect(&findings);
        let fact = facts.fact("x@2024").expect("computed");
        assert_eq!(fact.forms.label.replace('\u{a0}', " "), label, "{formula}");
    }
    // In another unit, too.
    let metrics = observed("long", "17_845")
        + &observed("round", "100")
        + "  x: {label: X, unit: GWh, at: 2024, formula: \"most(long, round)\"}\n";
    let facts = run(&metrics).facts.expect("sound");
    let label = &facts.fact("x@2024").expect("computed").forms.label;
    assert_eq!(label.replace('\u{a0}', " "), "17.845 gigawatt-hours");
    let done = run(
        "  low: {label: L, observations: [{at: 2024, value: \"> 5\", from: s}]}\n  high: {label: H, observations: [{at: 2024, value: \"< 9\", from: s}]}\n  x: {label: X, at: 2024, formula: \"least(high, low)\"}\n",
    );
    let facts = done.facts.expect("bounded");
    let label = &facts.fact("x@2024").expect("computed").forms.label;
    assert_eq!(
        label.replace('\u{a0}', " "),
        "< 9",
        "computed: neither is known to be the smaller"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever its size, digits, scale and rounding: zero is printed for zero alone.
    #[test]
    fn zero_is_printed_for_zero_alone(
        above in prop_oneof![-1_000_i64..1_000, any::<i64>()],
        below in prop_oneof![1_i64..1_000, 1..i64::MAX],
        shift in -50..50_i64,
        digits in 1..30_u32,
        scale in prop::option::of((0..40_u32, prop::sample::select(vec![0_u32, 3, 4, 6, 8, 9, 12]))),
        exponent in prop::sample::select(vec![0_u32, 3, 4, 6, 8, 9, 12]),
        rounding in prop::sample::select(vec![Rounding::Nearest, Rounding::Down, Rounding::Up]),
    ) {
        let amount = Amount {
            value: BigRational::new(above.into(), below.into()) * power_of_ten(shift),
            digits,
            scale: scale.map(|(decimals, multiplier)| Scale { decimals, multiplier }),
        };
        let printed = print(Language::English, &amount, exponent, rounding, Detail::Full).plain;
        let zero = printed.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0');
        prop_assert_eq!(zero, above == 0, "{} of {}", printed, amount.value);
    }
}
