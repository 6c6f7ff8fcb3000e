//! Formulas from the data set to the printed figure: over dimensions and over time, shares, ranks, growth both ways; what is refused,
//! where, and what a sentence may claim.

use exhibit_core::{Compilation, compile};

const DATA: &str = "sources: {s: {title: S}}
units: {cars: {one: car, other: cars}}
metrics:
  sales:
    label: Sales
    unit: cars
    measure: flow
    dimensions: {region: [north, south, west]}
    observations:
      - {at: 2024-01, value: 10, region: north, from: s}
      - {at: 2024-01, value: 30, region: south, from: s}
      - {at: 2024-01, value: 60, region: west, from: s}
      - {at: 2024-02, value: 20, region: north, from: s}
      - {at: 2024-02, value: 20, region: south, from: s}
      - {at: 2024-02, value: \"> 40\", region: west, from: s}
  monthly:
    label: Monthly
    unit: cars
    measure: flow
    observations:
      - {at: 2024-01, value: 10, from: s}
      - {at: 2024-02, value: 20, from: s}
      - {at: 2024-03, value: \"> 30\", from: s}
  gappy:
    label: Gappy
    unit: cars
    measure: flow
    observations:
      - {at: 2024-01, value: 10, from: s}
      - {at: 2024-03, value: 30, from: s}
  staff:
    label: Staff
    unit: people
    measure: stock
    observations:
      - {at: 2024-01-31, value: 100, from: s}
      - {at: 2024-02-29, value: 120, from: s}
  rate:
    label: Rate
    unit: \"%\"
    measure: ratio
    observations:
      - {at: 2024-01, value: 5, from: s}
      - {at: 2024-02, value: 6, from: s}
  silent:
    label: No measure
    observations:
      - {at: 2024-01, value: 5, from: s}
      - {at: 2024-02, value: 6, from: s}
  spend:
    label: Spend
    unit: CNY
    measure: flow
    observations:
      - {at: 2020, value: 100, from: s}
      - {at: 2023, value: 133.1, from: s}
      - {at: 2024, value: \"> 200\", from: s}
  wide: {label: Wide, unit: GWh, observations: [{at: 2024, value: 1234.567, from: s}]}
  dollars: {label: Dollars, unit: USD, observations: [{at: 2024, value: 5, from: s}]}
";

fn run(metric: &str, text: &str) -> Compilation {
    let brief =
        format!("title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody:\n  - text: |\n      {text}\n");
    let data = format!("{DATA}{metric}");
    compile("b.yaml", &brief, &mut |_| {
        Ok(("d.yaml".to_owned(), data.clone()))
    })
}

/// What a derived metric gives: each address with its label.
fn gives(metric: &str) -> Vec<String> {
    let done = run(&format!("  x: {{label: X, {metric}}}\n"), "x");
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{metric}: {:#?}", done.report.findings()));
    facts
        .facts
        .iter()
        .filter(|fact| fact.address.starts_with("x@") || fact.address.starts_with("x["))
        .map(|fact| {
            format!(
                "{} {}",
                fact.address,
                fact.forms.label.replace('\u{a0}', " ")
            )
        })
        .collect()
}

/// The code, the words pointed at, and the message of the one finding.
fn refused(metric: &str) -> (&'static str, String, String) {
    let done = run(&format!("  x: {{label: X, {metric}}}\n"), "x");
    let found = done.report.findings();
    let [finding] = found.as_slice() else {
        panic!("{metric}: {found:#?}")
    };
    let span = finding.span.expect("a place");
    (
        finding.code.as_str(),
        done.sources.slice(span).to_owned(),
        finding.message.clone(),
    )
}

#[test]
fn sums_run_over_a_dimension_and_over_time() {
    assert_eq!(
        gives("unit: cars, formula: sum(sales over region)"),
        ["x@2024-01 100 cars", "x@2024-02 > 80 cars"]
    );
    assert_eq!(
        gives("unit: cars, formula: sum(sales over month)"),
        [
            "x[region=north]@2024-01..2024-02 30 cars",
            "x[region=south]@2024-01..2024-02 50 cars",
            "x[region=west]@2024-01..2024-02 > 100 cars"
        ]
    );
    // Three months that fill a quarter are the quarter.
    assert_eq!(
        gives("unit: cars, formula: sum(monthly over month)"),
        ["x@2024-Q1 > 60 cars"]
    );
    assert_eq!(
        gives("unit: cars, formula: sum(monthly@2024-01..2024-02 over month)"),
        ["x@2024-01..2024-02 30 cars"]
    );
    assert_eq!(
        gives("unit: cars, formula: mean(monthly@2024-01..2024-02 over month)"),
        ["x@2024-01..2024-02 15 cars"]
    );
    assert_eq!(
        gives("unit: people, formula: mean(staff over day)"),
        ["x@2024-01-31..2024-02-29 110 people"]
    );
    assert_eq!(
        gives("unit: people, formula: last(staff over day)"),
        ["x@2024-01-31..2024-02-29 120 people"]
    );
    assert_eq!(
        gives("unit: cars, at: 2024, formula: \"most(monthly@2024-01, monthly@2024-02)\""),
        ["x@2024 20 cars"]
    );
    assert_eq!(
        gives("unit: cars, formula: least(monthly over month)"),
        ["x@2024-Q1 10 cars"]
    );
    assert_eq!(
        gives("unit: cars, formula: most(monthly over month)"),
        ["x@2024-Q1 > 30 cars"]
    );
}

#[test]
fn a_result_is_said_with_no_more_digits_than_asked_for() {
    assert_eq!(
        gives("unit: cars, digits: 2, formula: 1234 * monthly"),
        [
            "x@2024-01 ~ 12,000 cars",
            "x@2024-02 ~ 25,000 cars",
            // A lower bound is rounded down: 37,020.
            "x@2024-03 > 37,000 cars"
        ]
    );
    // What needs no rounding is not "about", and digits that the inputs do not have are not made up.
    assert_eq!(
        gives("unit: cars, digits: 6, formula: monthly@2024-01 * 3"),
        ["x@2024-01 30 cars"]
    );
    assert_eq!(
        gives("unit: \"%\", decimals: 1, formula: monthly@2024-01 / 800 / monthly@2024-01 * 7"),
        ["x@2024-01 ~ 0.9%"]
    );
    // A decimal place does not make nothing of something.
    assert_eq!(
        gives("decimals: 1, formula: 1 / 800 / monthly@2024-01 * monthly@2024-01"),
        ["x@2024-01 ~ 0.001"]
    );
    // A long number is printed in millions, and another unit of the same kind converts.
    assert_eq!(
        gives("unit: MWh, digits: 3, formula: wide / 1"),
        ["x@2024 ~ 1.23 million megawatt-hours"]
    );
}

#[test]
fn shares_and_ranks_set_each_beside_all() {
    assert_eq!(
        gives("unit: \"%\", formula: share(sales over region)"),
        [
            "x[region=north]@2024-01 10%",
            "x[region=south]@2024-01 30%",
            "x[region=west]@2024-01 60%",
            "x[region=north]@2024-02 < 25%",
            "x[region=south]@2024-02 < 25%",
            "x[region=west]@2024-02 > 50%"
        ]
    );
    assert_eq!(
        gives("formula: rank(sales over region)"),
        [
            "x[region=north]@2024-01 3",
            "x[region=south]@2024-01 2",
            "x[region=west]@2024-01 1",
            // Two equal ones share the second place.
            "x[region=north]@2024-02 2",
            "x[region=south]@2024-02 2",
            "x[region=west]@2024-02 1"
        ]
    );
    assert_eq!(
        gives("at: 2024, formula: \"rank(sales[region=west]@2024-01 over region)\""),
        ["x@2024 1"]
    );
}

#[test]
fn a_currency_is_converted_by_a_rate_with_a_date() {
    let rate = "unit: USD, at: 2023, formula: spend@2023 / yuan_per_dollar@2023}\n  yuan_per_dollar: {label: R, unit: CNY/USD, measure: ratio, observations: [{at: 2023, value: 7.08, from: s}]";
    assert_eq!(gives(rate), ["x@2023 ~ 18.8 US dollars"]);
    assert_eq!(
        refused("unit: USD, at: 2023, formula: spend@2023 / 7.08").0,
        "unit-mismatch"
    );
}

#[test]
fn growth_goes_both_ways_and_compounds() {
    assert_eq!(
        gives("unit: \"%\", at: 2023, formula: \"cagr(spend@2020, spend@2023, 3)\""),
        ["x@2023 10%"]
    );
    assert_eq!(
        gives("unit: \"%\", at: 2024, formula: \"growth(spend@2023, spend@2024)\""),
        ["x@2024 > 50%"]
    );
    assert_eq!(
        gives("unit: CNY, at: 2023, formula: \"before(spend@2024, 0.25)\""),
        ["x@2023 > 160 yuan"]
    );
    assert_eq!(
        gives("unit: CNY/people, at: 2024, formula: spend@2023 / staff@2024-01-31"),
        ["x@2024 ~ 1.3 yuan per person"]
    );
}

#[test]
fn what_does_not_add_up_is_refused_where_it_is_written() {
    for (metric, at, message) in [
        (
            "unit: people, formula: sum(staff over day)",
            "staff",
            "is a stock",
        ),
        (
            "unit: cars, formula: last(monthly over month)",
            "monthly",
            "is a flow",
        ),
        (
            "unit: \"%\", formula: sum(rate over month)",
            "rate",
            "is a ratio",
        ),
        (
            "unit: \"%\", at: 2024, formula: \"sum(rate@2024-01, rate@2024-02)\"",
            "\"sum(rate@2024-01, rate@2024-02)\"",
            "is a ratio",
        ),
        (
            "formula: sum(silent over month)",
            "silent",
            "has no `measure`",
        ),
        (
            "unit: cars, formula: sum(gappy over month)",
            "gappy",
            "the data have no value between 2024-01 and 2024-03",
        ),
        (
            "unit: cars, formula: sum(monthly@2024 over month)",
            "monthly@2024",
            "do not fill 2024",
        ),
        (
            "unit: cars, formula: last(sales over region)",
            "sales",
            "needs a frequency",
        ),
    ] {
        let (code, place, found) = refused(metric);
        assert_eq!(
            (code, place.as_str()),
            ("wrong-aggregation", at),
            "{metric}"
        );
        assert!(found.contains(message), "{found}");
    }
    for (metric, code) in [
        (
            "unit: cars, formula: sum(sales over place)",
            "unknown-dimension",
        ),
        (
            "unit: cars, formula: sum(monthly over week)",
            "no-observation",
        ),
        ("unit: CNY, formula: spend + dollars", "unit-mismatch"),
        (
            "formula: monthly@2024-01 / (gappy@2024-01 - monthly@2024-01)",
            "refused",
        ),
        (
            "at: 2024, formula: \"growth(spend@2024, spend@2024)\"",
            "refused",
        ),
        (
            "unit: cars, formula: nonsense(sales over region)",
            "bad-formula",
        ),
    ] {
        assert_eq!(refused(metric).0, code, "{metric}");
    }
}

#[test]
fn a_rank_that_bounds_do_not_support_is_refused() {
    let data = "  y: {label: Y, dimensions: {of: [a, b]}, observations: [{at: 2024, of: a, value: \"> 5\", from: s}, {at: 2024, of: b, value: 7, from: s}]}\n  x: {label: X, formula: rank(y over of)}\n";
    let done = run(data, "x");
    let found = done.report.findings();
    assert!(
        found
            .iter()
            .all(|finding| finding.code.as_str() == "refused" && finding.notes.len() == 2),
        "{found:#?}"
    );
    assert!(found[0].message.contains("overlap"));
}

#[test]
fn a_dimension_value_that_was_not_observed_is_not_summed_over() {
    let data = "  y: {label: Y, measure: stock, dimensions: {of: [a, b]}, observations: [{at: 2024, of: a, value: 5, from: s}]}\n  x: {label: X, formula: sum(y over of)}\n";
    let done = run(data, "x");
    let found = done.report.findings();
    assert_eq!(found.len(), 1);
    assert!(
        found[0].message.contains("has no observation for of=b"),
        "{found:#?}"
    );
}

/// Code of the finding that a claim gets, if any.
fn claim(text: &str) -> Option<&'static str> {
    let done = run("", &format!("A sentence {{{{ check: {text} }}}}."));
    let found = done.report.findings();
    if let Some(facts) = &done.facts {
        let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
            panic!("a paragraph")
        };
        assert_eq!(prose.text(), "A sentence.", "a claim prints nothing");
        assert!(!done.uses.is_empty(), "the facts of a claim are in use");
    }
    assert!(found.len() <= 1, "{found:#?}");
    found.first().map(|finding| {
        assert_eq!(
            done.sources.slice(finding.span.expect("a place")),
            format!("{{{{ check: {text} }}}}")
        );
        finding.code.as_str()
    })
}

#[test]
fn a_brief_filters_and_adds_up_for_itself() {
    let brief = "title: T
date: 2024-12-31
data: [d.yaml]
metrics:
  total: {label: Total, unit: cars, formula: sum(sales over region)}
exhibits:
  e: {column: {title: E, of: total, over: month}}
  f: {column: {title: F, of: sales, over: month, where: {region: north}}}
body: [{exhibit: e}, {exhibit: f}, {text: 'In all {{ total@2024-02 }}.'}]
";
    let load = &mut |_: &str| Ok(("d.yaml".to_owned(), DATA.to_owned()));
    let done = compile("b.yaml", brief, load);
    let facts = done.facts.unwrap_or_else(|| panic!("{:#?}", done.report));
    let total = facts.fact("total@2024-02").expect("it is computed");
    assert_eq!(total.forms.label, ">\u{a0}80\u{a0}cars");
    assert_eq!(done.sources.file(total.span.file).name, "b.yaml");
    for (wrong, code) in [
        ("total: {label: T, unit: cars}", "missing-key"),
        (
            "total: {label: T, observations: [{at: 2024, value: 5, from: s}]}",
            "missing-key",
        ),
        ("sales: {label: T, formula: 2 * rate}", "duplicate-key"),
    ] {
        let brief = format!(
            "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nmetrics:\n  {wrong}\nbody: [{{text: x}}]\n"
        );
        let done = compile("b.yaml", &brief, load);
        assert!(
            done.report
                .findings()
                .iter()
                .any(|finding| finding.code.as_str() == code),
            "{wrong}: {:#?}",
            done.report
        );
    }
}

#[test]
fn a_claim_leaves_no_trace_in_the_text() {
    let claim = "{{ check: monthly@2024-02 > monthly@2024-01 }}";
    for (text, left) in [
        (format!("One {claim}, two."), "One, two."),
        (format!("One\n      {claim}, two."), "One, two."),
        (format!("One {claim}\n      two."), "One two."),
        (format!("{claim} One."), "One."),
    ] {
        let facts = run("", &text).facts.expect("sound");
        let exhibit_facts::facts::Block::Paragraph(prose) = &facts.body[0] else {
            panic!("a paragraph")
        };
        assert_eq!(prose.text().trim(), left, "{text}");
    }
    let facts = run("", &format!("One.\n\n      {claim} Two."))
        .facts
        .expect("sound");
    assert_eq!(facts.body.len(), 2, "paragraphs stay apart");
}

#[test]
fn a_sentence_claims_only_what_the_bounds_support() {
    for (text, code) in [
        ("monthly@2024-02 > monthly@2024-01", None),
        ("monthly@2024-02 >= 2 * monthly@2024-01", None),
        ("monthly@2024-02 = 2 * monthly@2024-01", None),
        ("monthly@2024-03 > monthly@2024-02", None),
        (
            "monthly@2024-03 > 30 * monthly@2024-01 / monthly@2024-01",
            Some("unit-mismatch"),
        ),
        (
            "monthly@2024-03 > 2 * monthly@2024-02",
            Some("unsupported-claim"),
        ),
        (
            "monthly@2024-03 <= monthly@2024-02",
            Some("unsupported-claim"),
        ),
        (
            "monthly@2024-03 = monthly@2024-02",
            Some("unsupported-claim"),
        ),
        ("rank(sales[region=west]@2024-01 over region) = 1", None),
        (
            "rank(sales[region=north]@2024-01 over region) = 1",
            Some("unsupported-claim"),
        ),
        (
            "sum(sales@2024-01 over region) > 99 * sales[region=north]@2024-01 / 10",
            None,
        ),
        ("monthly > 5 * gappy", Some("ambiguous-address")),
        ("monthly@2024-02", Some("bad-formula")),
        ("monthly@2024-12 > gappy@2024-01", Some("no-observation")),
        ("spend@2024 > dollars@2024", Some("unit-mismatch")),
    ] {
        assert_eq!(claim(text), code, "{text}");
    }
}

#[test]
fn what_is_only_rounded_is_told_from_what_the_source_leaves_open() {
    let rounded = |metric: &str| -> Vec<bool> {
        let done = run(&format!("  x: {{label: X, {metric}}}\n"), "x");
        let facts = done.facts.expect("sound").facts;
        let found = facts.iter().filter(|fact| fact.address.starts_with("x@"));
        found.map(|fact| fact.rounded).collect()
    };
    // A third of ten has no last digit.
    assert_eq!(rounded("unit: cars, formula: monthly@2024-01 / 3"), [true]);
    assert_eq!(rounded("unit: cars, formula: monthly@2024-01 / 5"), [false]);
    assert_eq!(
        rounded(
            "unit: cars, formula: y / 3}\n  y: {label: Y, unit: cars, observations: [{at: 2024, value: ~ 10, from: s}]"
        ),
        [false]
    );
    assert_eq!(
        rounded(
            "unit: cars, formula: y * 2}\n  y: {label: Y, unit: cars, formula: monthly@2024-01 / 3"
        ),
        [true]
    );
}

#[test]
fn a_chart_runs_over_the_dimensions_of_what_was_computed() {
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nexhibits:\n  e: {bar: {title: T, of: x, over: region}}\nbody: [{exhibit: e}]\n";
    let data = format!(
        "{DATA}  x: {{label: X, unit: cars, at: 2024, formula: sales@2024-02 - sales@2024-01, signed: true}}\n"
    );
    let data = data.replace("\"> 40\"", "90");
    let done = compile("b.yaml", brief, &mut |_| {
        Ok(("d.yaml".to_owned(), data.clone()))
    });
    let facts = done
        .facts
        .unwrap_or_else(|| panic!("{:#?}", done.report.findings()));
    let exhibit_facts::facts::Content::Chart(chart) = &facts.exhibits[0].content else {
        panic!("a chart")
    };
    let names: Vec<&str> = chart
        .categories
        .iter()
        .map(|category| category.label.as_str())
        .collect();
    assert_eq!(names, ["north", "south", "west"]);
}
