//! Arithmetic, periods and comparisons that mean something.

use exhibit_tests::cases::Case;
use exhibit_tests::program::{Run, run_in};
use exhibit_tests::small;

/// How many findings of a code a run has.
fn count(run: &Run, code: &str) -> usize {
    run.talk.matches(&format!("[{code}]: ")).count()
}

/// Checks a brief of one text over some metrics.
fn check(metrics: &str, text: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let data = format!(
        "sources: {{s: {{title: S}}}}\nunits: {{cars: {{one: car, other: cars}}}}\nmetrics:\n{metrics}"
    );
    let brief =
        format!("title: T\ndate: 2024-12-31\ndata: [data.yaml]\nbody:\n  - text: \"{text}\"\n");
    small::write(folder.path(), &brief, &data);
    run_in(folder.path(), &["check", "brief.yaml"])
}

/// Checks a brief with one exhibit over some metrics.
fn exhibit(metrics: &str, exhibit: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let data = format!(
        "sources: {{s: {{title: S}}}}\nunits: {{cars: {{one: car, other: cars}}}}\nmetrics:\n{metrics}"
    );
    let brief = format!(
        "title: T\ndate: 2024-12-31\ndata: [data.yaml]\nexhibits:\n  x: {exhibit}\nbody:\n  - exhibit: x\n"
    );
    small::write(folder.path(), &brief, &data);
    run_in(folder.path(), &["check", "brief.yaml"])
}

/// The period in words of a fact of a case, by the begin of its address.
fn dated(case: &Case, address: &str) -> String {
    let facts = case.facts();
    let facts = facts["facts"].as_array().expect("facts");
    let fact = facts
        .iter()
        .find(|fact| {
            fact["address"]
                .as_str()
                .is_some_and(|text| text.starts_with(address))
        })
        .unwrap_or_else(|| panic!("no fact `{address}`"));
    fact["address"].as_str().expect("an address").to_owned()
}

#[test]
fn aggregate_over_spans() {
    let case = Case::open("aggregate-over-spans");
    assert_eq!(case.check().code, 0);
    for metric in ["t@", "w@", "m@", "h@"] {
        assert_eq!(dated(&case, metric), format!("{metric}1900..1929"));
    }
}

#[test]
fn category_mislabel() {
    let run = Case::open("category-mislabel").check();

    assert_eq!(run.code, 1, "{}", run.talk);
    for words in [
        "label `March` names another period than its figure: `mo@2023-02` is for 2023-02",
        "label `May` names another period than its figure: `mo@2023-09` is for 2023-09",
        "label `2021` names another period than its figure: `a@2020` is for 2020",
        "label `2023-02` names another period than its figure: `mo@2023-03` is for 2023-03",
        "label `2023-03` names another period than its figure: `mo@2023-02` is for 2023-02",
        "the parts of bar `South` of chart `mix` come to 40%",
    ] {
        assert!(run.talk.contains(words), "{words}: {}", run.talk);
    }
    assert_eq!(count(&run, "label-drift"), 7, "{}", run.talk);
}

#[test]
fn growth_negative_base() {
    let run = Case::open("growth-negative-base").check();
    // Growth, share and quotient of two units; the share in two years.
    assert_eq!((run.code, count(&run, "refused")), (1, 8), "{}", run.talk);
    let amounts = Case::open("growth-negative-base")
        .with(
            "data.yaml",
            "growth(profit@2022, profit@2023)",
            "profit@2023 - profit@2022",
        )
        .with(
            "data.yaml",
            "    unit: \"%\"\n    measure: ratio\n    signed: true\n    at: 2023",
            "    unit: EUR\n    signed: true\n    at: 2023",
        )
        .with(
            "data.yaml",
            "share(profit over unit)",
            "abs(profit) / abs(profit)",
        )
        .with(
            "data.yaml",
            "profit@2023 / profit@2022",
            "abs(profit@2023) / abs(profit@2022)",
        )
        .check();
    assert_eq!(amounts.code, 0, "the ways out: {}", amounts.talk);
}

#[test]
fn line_unsorted_periods() {
    let case = Case::open("line-unsorted-periods");
    assert_eq!(case.check().code, 0);
    let _ = case.build();
    let svg = String::from_utf8(case.output("charts/c.svg")).expect("UTF-8");
    let places: Vec<usize> = ["a@2018", "a@2019", "a@2020"]
        .iter()
        .map(|address| svg.find(address).expect("drawn"))
        .collect();
    assert!(places.is_sorted(), "the line runs in time: {places:?}");
}

#[test]
fn mixed_periods() {
    let run = Case::open("mixed-periods").check();
    // The claim, growth, the mean, the choice, the rate, and three charts.
    assert_eq!(
        (run.code, count(&run, "mixed-periods")),
        (1, 8),
        "{}",
        run.talk
    );
    assert!(
        run.talk.contains("`4 * sales@2024-Q1` or `sales@2023 / 4`"),
        "{}",
        run.talk
    );
    let stocks = Case::open("mixed-periods")
        .with("data.yaml", "measure: flow", "measure: stock")
        .check();
    assert_eq!(count(&stocks, "mixed-periods"), 0, "{}", stocks.talk);
}

#[test]
fn ratio_summed() {
    let metrics = "  rate: {label: Rate, unit: \"%\", measure: ratio, observations: [{at: 2024-01, value: 5, from: s}, {at: 2024-02, value: 6, from: s}]}\n";
    let sum = format!("{metrics}  x: {{label: X, unit: \"%\", formula: sum(rate over month)}}\n");
    assert_eq!(count(&check(&sum, "{{ x }}"), "wrong-aggregation"), 1);
    for function in ["mean", "first", "last", "most", "least", "min", "max"] {
        let metrics = format!(
            "{metrics}  x: {{label: X, unit: \"%\", formula: {function}(rate over month)}}\n"
        );
        let run = check(&metrics, "{{ x }}");
        assert_eq!(run.code, 0, "{function}: {}", run.talk);
    }
}

#[test]
fn share_not_100() {
    let run = Case::open("share-not-100").check();
    assert_eq!(
        (run.code, count(&run, "parts-not-whole")),
        (1, 2),
        "{}",
        run.talk
    );
    assert!(
        run.talk.contains("come to 35%") && run.talk.contains("come to 120%"),
        "{}",
        run.talk
    );
    let rounded = Case::open("share-not-100")
        .with(
            "data.yaml",
            "k: \"Coal\", value: 20",
            "k: \"Coal\", value: 84",
        )
        .with(
            "data.yaml",
            "k: \"Coal\", value: 60",
            "k: \"Coal\", value: 41",
        )
        .check();
    assert_eq!(
        rounded.code, 0,
        "99 and 101 are rounded wholes: {}",
        rounded.talk
    );
}

#[test]
fn share_zero_part() {
    let case = Case::open("share-zero-part");
    let run = case.check();
    assert_eq!(run.code, 0, "{}", run.talk);
    let facts = case.facts().to_string();
    assert!(facts.contains("\"0%\""), "{facts}");
    let none = Case::open("share-zero-part")
        .with("data.yaml", "value: 12", "value: 0")
        .check();
    assert_eq!(
        (none.code, count(&none, "refused")),
        (1, 2),
        "{}",
        none.talk
    );
}

/// Growth is found however it is written, and in a sentence as in the data.
#[test]
fn growth_by_hand_from_a_loss_is_refused() {
    let metrics = "  a: {label: A, unit: EUR, measure: flow, signed: true, observations: [{at: 2022, value: -50, from: s}, {at: 2023, value: 30, from: s}]}\n";
    for formula in [
        "a@2023 / a@2022 - 1",
        "1 - a@2023 / a@2022",
        "(a@2023 - a@2022) / a@2022",
        "(a@2022 - a@2023) / a@2022",
        "-1 + a@2023 / a@2022",
        "cagr(a@2022, a@2023, 1)",
        "before(a@2022, 0.1)",
        "share(a@2023, a@2022)",
        "share(a@2022, a@2023)",
        "a@2023 / a@2022",
    ] {
        let metrics = format!(
            "{metrics}  x: {{label: X, unit: \"1\", signed: true, at: 2023, formula: \"{formula}\"}}\n"
        );
        let metrics = if formula.starts_with("before") {
            metrics.replace("unit: \"1\"", "unit: EUR")
        } else {
            metrics
        };
        let run = check(&metrics, "{{ x }}");
        assert_eq!(
            (run.code, count(&run, "refused")),
            (1, 1),
            "{formula}: {}",
            run.talk
        );
        assert!(
            !run.talk.contains("figures whose bounds support"),
            "{formula}: {}",
            run.talk
        );
    }
}

/// A year against a quarter in every place where figures meet; beside each, what is no such meeting.
#[test]
fn unequal_periods_meet_nowhere() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2023, value: 120, from: s}, {at: 2024, value: 130, from: s}, {at: 2023-Q4, value: 40, from: s}, {at: 2024-Q1, value: 40, from: s}, {at: 2024-02, value: 9, from: s}, {at: 2024-03, value: 10, from: s}]}\n  days: {label: Days, unit: days, measure: ratio, observations: [{at: 2023, value: 365, from: s}, {at: 2024-Q1, value: 91, from: s}]}\n";
    let run = |formula: &str, unit: &str| {
        let metrics = format!(
            "{metrics}  x: {{label: X, unit: \"{unit}\", signed: true, at: 2024, formula: \"{formula}\"}}\n"
        );
        check(&metrics, "{{ x }}")
    };
    for (formula, unit) in [
        ("growth(a@2023, a@2024-Q1)", "1"),
        ("cagr(a@2023, a@2024-Q1, 1)", "1"),
        ("mean(a@2023, a@2024-Q1)", "cars"),
        ("max(a@2023, a@2024-Q1)", "cars"),
        ("least(a@2023, a@2024-Q1)", "cars"),
        ("a@2024-Q1 - a@2023", "cars"),
        ("a@2024-Q1 / a@2023", "1"),
        ("a@2024-Q1 / a@2023 - 1", "1"),
        ("share(a@2024-Q1, a@2023)", "1"),
        ("mean(a@2024-03, a@2024-Q1)", "cars"),
        ("3 * a@2024-Q1 - a@2023", "cars"),
        ("growth(sum(a@2024-02, a@2024-03), a@2024-Q1)", "1"),
    ] {
        let run = run(formula, unit);
        assert_eq!(
            (run.code, count(&run, "mixed-periods")),
            (1, 1),
            "{formula}: {}",
            run.talk
        );
    }
    for (formula, unit) in [
        ("growth(a@2023, a@2024)", "1"),
        ("growth(a@2024-02, a@2024-03)", "1"),
        ("growth(a@2023, 4 * a@2024-Q1)", "1"),
        ("growth(a@2023 / 4, a@2024-Q1)", "1"),
        ("growth(a@2023 / days@2023, a@2024-Q1 / days@2024-Q1)", "1"),
        ("a@2024 - a@2024-Q1", "cars"),
        ("a@2024-Q1 / a@2024", "1"),
        ("sum(a@2023, a@2024-Q1)", "cars"),
        ("2 * a@2023 - a@2024", "cars"),
    ] {
        let run = run(formula, unit);
        assert_eq!(run.code, 0, "{formula}: {}", run.talk);
    }
}

/// A figure that nobody says how to add up is asked about before it is compared over unequal periods.
#[test]
fn a_metric_without_measure_is_asked_about() {
    let metrics = "  a: {label: A, unit: cars, observations: [{at: 2023, value: 120, from: s}, {at: 2024-Q1, value: 40, from: s}]}\n  x: {label: X, unit: \"%\", signed: true, at: 2024, formula: \"growth(a@2023, a@2024-Q1)\"}\n";
    let run = check(metrics, "{{ x }}");
    assert!(run.talk.contains("add `measure: stock`"), "{}", run.talk);
    let run = check(
        &metrics.replace("cars", "\\\"%\\\"").replace("\\\"", "\""),
        "{{ x }}",
    );
    assert_eq!(
        run.code, 0,
        "percentages are no amounts of time: {}",
        run.talk
    );
}

/// A figure may be for a part of its period: an average month of a year stands beside months.
#[test]
fn a_figure_per_month_stands_beside_months() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2024-01, value: 9, from: s}, {at: 2024-02, value: 10, from: s}]}\n  b: {label: B, unit: cars, measure: flow, observations: [{at: 2023, value: 8, from: s}]}\n";
    let chart = "{bar: {title: Months, subtitle: Cars, rows: [{label: January, of: a@2024-01}, {label: Before, of: b}]}}";
    assert_eq!(count(&exhibit(metrics, chart), "mixed-periods"), 1);
    let metrics = metrics.replace(
        "label: B, unit: cars, measure: flow",
        "label: B, unit: cars, measure: flow, per: month",
    );
    let run = exhibit(&metrics, chart);
    assert_eq!(run.code, 0, "{}", run.talk);
}

/// A last decade of eight years is drawn, and told.
#[test]
fn a_period_that_is_not_over_is_a_warning() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2000..2009, value: 9, from: s}, {at: 2010..2017, value: 10, from: s}]}\n";
    let run = exhibit(
        metrics,
        "{column: {title: Decades, subtitle: Cars, of: a, over: period}}",
    );
    assert_eq!(
        (run.code, count(&run, "mixed-periods")),
        (0, 1),
        "{}",
        run.talk
    );
    assert!(run.talk.contains("warning[mixed-periods]"), "{}", run.talk);
    assert!(
        run.talk.contains("`a@2010..2017` is over 8 years"),
        "{}",
        run.talk
    );
}

/// Labels in three languages, in rows, series, references and key figures.
#[test]
fn labels_do_not_drift() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2024-02, value: 9, from: s}, {at: 2024-03, value: 10, from: s}]}\n";
    for (label, wrong) in [
        ("März", false),
        ("Februar", true),
        ("三月", false),
        ("2月", true),
        ("Sales in February", true),
        ("Theresa May", false),
        ("\\\\#{Februar}", false),
    ] {
        let rows = format!(
            "{{bar: {{title: Months, subtitle: Cars, rows: [{{label: \"{label}\", of: a@2024-03}}]}}}}"
        );
        let run = exhibit(metrics, &rows);
        assert_eq!(
            count(&run, "label-drift"),
            usize::from(wrong),
            "{label}: {}",
            run.talk
        );
    }
    for chart in [
        "{bar: {title: M, subtitle: Cars, categories: [North], series: [{label: February, of: [a@2024-03]}]}}",
        "{bar: {title: M, subtitle: Cars, rows: [{label: North, of: a@2024-03}], references: [{label: February, of: a@2024-03}]}}",
        "{key-figures: {title: M, figures: [{of: a@2024-03, label: Sales in February}]}}",
        "{table: {title: M, head: [Month, Cars], rows: [{label: February, cells: [\"{{ a@2024-03 }}\"]}]}}",
        "{table: {title: M, head: [What, February], rows: [{label: North, cells: [\"{{ a@2024-03 }}\"]}]}}",
    ] {
        let run = exhibit(metrics, chart);
        assert_eq!(count(&run, "label-drift"), 1, "{chart}: {}", run.talk);
    }
}

/// A label says no other percentage than its figure; a threshold in a label is no such thing.
#[test]
fn labels_name_no_other_value() {
    for (label, wrong) in [
        ("Coal (40%)", true),
        ("Coal: 40 %", true),
        ("Coal (31%)", false),
        ("Coal: 30.6%", false),
        ("Above 40%", false),
    ] {
        let metrics = format!(
            "  a: {{label: \"{label}\", unit: \"%\", measure: ratio, observations: [{{at: 2024, value: 30.6, from: s}}]}}\n"
        );
        let run = exhibit(
            &metrics,
            "{bar: {title: M, subtitle: Shares, rows: [{of: a}]}}",
        );
        assert_eq!(
            count(&run, "label-drift"),
            usize::from(wrong),
            "{label}: {}",
            run.talk
        );
    }
}

/// A figure that is computed from two years may be labelled by both.
#[test]
fn growth_may_name_the_years_that_it_joins() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2022, value: 9, from: s}, {at: 2023, value: 10, from: s}]}\n  g: {label: Growth, unit: \"%\", at: 2023, formula: \"growth(a@2022, a@2023)\"}\n";
    for (label, wrong) in [
        ("{{ a@2022 | at }}–{{ a@2023 | at }}", false),
        ("Sales in {{ a@2022 | at }} and {{ a@2023 | at }}", false),
        ("{{ a@2022 | at }}", true),
    ] {
        let rows = format!(
            "{{bar: {{title: M, subtitle: Growth, rows: [{{label: \"{label}\", of: g}}]}}}}"
        );
        let run = exhibit(metrics, &rows);
        assert_eq!(
            count(&run, "label-drift"),
            usize::from(wrong),
            "{label}: {}",
            run.talk
        );
    }
}

/// Rows of a table are ranked by figures of one unit, over times of one length.
#[test]
fn rows_are_ranked_by_equals() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, observations: [{at: 2023, value: 9, from: s}, {at: 2024-03, value: 10, from: s}]}\n  b: {label: B, unit: EUR, measure: flow, observations: [{at: 2023, value: 9, from: s}]}\n";
    let table = |other: &str| {
        let table = format!(
            "{{table: {{title: M, sort: value, head: [What, How many], rows: [{{label: North, cells: [\"{{{{ a@2023 }}}}\"]}}, {{label: South, cells: [\"{{{{ {other} }}}}\"]}}]}}}}"
        );
        exhibit(metrics, &table)
    };
    let lengths = table("a@2024-03");
    assert_eq!(
        (lengths.code, count(&lengths, "mixed-periods")),
        (1, 1),
        "{}",
        lengths.talk
    );
    let units = table("b");
    assert_eq!(
        (units.code, count(&units, "unit-mismatch")),
        (1, 1),
        "{}",
        units.talk
    );
}

const SECTORS: &str = "  jobs: {label: Jobs, unit: people, measure: stock, dimensions: {sector: [Farms, Shops, Mines], region: [North, South]}, observations: [{at: 2015-11, sector: Farms, region: North, value: 10, from: s}, {at: 2015-12, sector: Farms, region: North, value: 12, from: s}, {at: 2015-11, sector: Shops, region: North, value: 20, from: s}, {at: 2015-12, sector: Shops, region: North, value: 22, from: s}, {at: 2015-11, sector: Mines, region: North, value: 30, from: s}, {at: 2015-12, sector: Mines, region: North, value: 31, from: s}, {at: 2016-01, sector: Mines, region: North, value: 32, from: s}]}\n";

/// `where`, `from` and `to` cut a series in the exhibit itself.
#[test]
fn series_are_cut_in_the_exhibit() {
    for cut in [
        "bar: {title: T, of: jobs, over: sector, where: {period: 2015-12}}",
        "bar: {title: T, of: jobs, over: sector, by: period, where: {period: [2015-11, 2015-12]}}",
        "bar: {title: T, of: jobs, over: sector, by: period, where: {period: 2015}}",
        "bar: {title: T, of: jobs, over: sector, by: month, where: {sector: [Farms, Mines], region: North}}",
        "line: {title: T, of: jobs, over: period, by: sector, from: 2015-11, to: 2015}",
        "line: {title: T, of: jobs, over: period, by: sector, from: 2015-12}",
        "share: {title: T, of: jobs, over: sector, where: {period: 2015-12}}",
        "share: {title: T, of: jobs, over: period, by: sector, to: 2015-12}",
    ] {
        let run = exhibit(SECTORS, &format!("{{{cut}}}"));
        assert_eq!(run.code, 0, "{cut}: {}", run.talk);
    }
    for (cut, code, help) in [
        (
            "bar: {title: T, of: jobs, over: sector}",
            "ambiguous-address",
            "`where: {period: 2015-12}`",
        ),
        (
            "bar: {title: T, of: jobs, over: sector, where: {period: 2017-03}}",
            "no-observation",
            "the nearest period is `2016-01`; the data reach from 2015-11 to 2016-01",
        ),
        (
            "bar: {title: T, of: jobs, over: sector, where: {period: [2015-12, soon]}}",
            "bad-period",
            "write a year 2024",
        ),
        (
            "bar: {title: T, of: jobs, over: period, where: {sector: [Farms, Mnies]}}",
            "unknown-dimension-value",
            "did you mean `Mines`?",
        ),
        (
            "bar: {title: T, of: jobs, over: period, where: {sectr: Farms}}",
            "unknown-dimension",
            "did you mean `sector`?",
        ),
        (
            "line: {title: T, of: jobs, over: period, by: sector, from: 2017}",
            "no-observation",
            "the nearest period is `2016-01`",
        ),
        (
            "line: {title: T, of: jobs, over: period, by: month}",
            "unknown-dimension",
            "name a dimension",
        ),
        (
            "line: {title: T, rows: [{of: 'jobs[sector=Farms]@2015-12'}], from: 2015}",
            "unknown-key",
            "add `of`",
        ),
    ] {
        let run = exhibit(SECTORS, &format!("{{{cut}}}"));
        assert_eq!((run.code, count(&run, code)), (1, 1), "{cut}: {}", run.talk);
        assert!(run.talk.contains(help), "{cut}: {}", run.talk);
    }
}

/// A claim may state an amount, with its multiplier and its unit.
#[test]
fn a_claim_states_an_amount() {
    let metrics = "  fall: {label: Fall, unit: cars, measure: flow, signed: true, observations: [{at: 2023, value: -1_950_000, from: s}]}\n  rate: {label: Rate, unit: \"%\", measure: ratio, observations: [{at: 2022, value: 4, from: s}, {at: 2023, value: 5.5, from: s}]}\n";
    for claim in [
        "fall <= -1.95 million cars",
        "abs(fall) >= 1.95 million cars",
        "fall < -1 million car",
        "abs(fall) / 365 days > 5 thousand cars/days",
        "rate@2023 - rate@2022 >= 1.5 percentage points",
        "rate@2023 > 5%",
    ] {
        let run = check(metrics, &format!("x {{{{ check: {claim} }}}}"));
        assert_eq!(run.code, 0, "{claim}: {}", run.talk);
    }
    for (claim, code, help) in [
        (
            "fall <= -2 million cars",
            "unsupported-claim",
            "make a weaker claim",
        ),
        (
            "fall <= -1.95 million",
            "unit-mismatch",
            "write the unit behind the number, such as `5 cars`",
        ),
        (
            "fall <= -1.95 million EUR",
            "unit-mismatch",
            "compare figures of one unit",
        ),
        (
            "fall <= -1.95 million crs",
            "unknown-unit",
            "did you mean `cars`",
        ),
    ] {
        let run = check(metrics, &format!("x {{{{ check: {claim} }}}}"));
        assert_eq!(
            (run.code, count(&run, code)),
            (1, 1),
            "{claim}: {}",
            run.talk
        );
        assert!(run.talk.contains(help), "{claim}: {}", run.talk);
    }
}

/// A fall without its minus, in each form; what does not fall is told.
#[test]
fn a_fall_is_printed_as_a_positive_number() {
    let metrics = "  a: {label: A, unit: cars, measure: flow, signed: true, observations: [{at: 2022, value: 7, from: s}, {at: 2023, value: -1_950_000, from: s}, {at: 2024, value: -3..5, from: s}]}\n";
    let folder = tempfile::tempdir().expect("a folder");
    let data = format!(
        "sources: {{s: {{title: S}}}}\nunits: {{cars: {{one: car, other: cars}}}}\nmetrics:\n{metrics}"
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [data.yaml]\nbody:\n  - text: \"fell by {{ a@2023 | magnitude }}, {{ a@2023 | magnitude | in million | label }}\"\n";
    small::write(folder.path(), brief, &data);
    let run = run_in(folder.path(), &["build", "brief.yaml", "--format", "pdf"]);
    assert_eq!(run.code, 0, "{}", run.talk);
    let rise = check(metrics, "{{ a@2022 | magnitude }}");
    assert!(
        rise.code == 0 && rise.talk.contains("the figure does not fall"),
        "{}",
        rise.talk
    );
    let both = check(metrics, "{{ a@2024 | magnitude }}");
    assert_eq!(
        (both.code, count(&both, "template")),
        (1, 1),
        "{}",
        both.talk
    );
}

/// Percentages differ by percentage points.
#[test]
fn percentages_differ_by_points() {
    let metrics = "  a: {label: A, unit: \"%\", measure: ratio, observations: [{at: 2022, value: 4, from: s}, {at: 2023, value: 5.5, from: s}]}\n  b: {label: B, unit: \"%\", measure: ratio, observations: [{at: 2023, value: 3, from: s}]}\n";
    let run = |unit: &str, formula: &str| {
        let metrics = format!(
            "{metrics}  x: {{label: X, {unit}signed: true, at: 2023, formula: \"{formula}\"}}\n"
        );
        check(&metrics, "{{ x }}")
    };
    for unit in [
        "",
        "unit: points, ",
        "unit: pp, ",
        "unit: percentage points, ",
    ] {
        let run = run(unit, "a@2023 - a@2022");
        assert_eq!(run.code, 0, "{unit}: {}", run.talk);
    }
    let wrong = run("unit: \"%\", ", "a@2023 - a@2022");
    assert_eq!(
        (wrong.code, count(&wrong, "unit-mismatch")),
        (1, 1),
        "{}",
        wrong.talk
    );
    assert!(
        wrong.talk.contains("write `unit: points`"),
        "{}",
        wrong.talk
    );
    let two = run("unit: \"%\", ", "a@2023 - b@2023");
    assert_eq!(
        (two.code, count(&two, "unit-mismatch")),
        (0, 1),
        "a warning: {}",
        two.talk
    );
    for mean in [
        "mean(a@2022, a@2023)",
        "(a@2022 + a@2023) / 2",
        "abs(a@2022)",
    ] {
        let run = run("", mean);
        assert_eq!(run.code, 0, "{mean}: {}", run.talk);
    }
    for times in ["a@2022 + a@2023", "1 + (a@2022 + a@2023)"] {
        let run = run("", times);
        assert!(
            run.talk
                .contains("ratios of different times cannot be added"),
            "{times}: {}",
            run.talk
        );
    }
    let rest = run("unit: \"%\", ", "100 % - a@2023");
    assert_eq!(
        (rest.code, count(&rest, "unit-mismatch")),
        (0, 0),
        "what is left of a whole is a part of it: {}",
        rest.talk
    );
    let growth = run("unit: points, ", "growth(a@2022, a@2023)");
    assert_eq!(
        (growth.code, count(&growth, "unit-mismatch")),
        (1, 1),
        "{}",
        growth.talk
    );
    assert_eq!(run("unit: \"%\", ", "1 - a@2023").code, 0);
}
