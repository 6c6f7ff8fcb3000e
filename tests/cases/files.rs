//! Files as people have them.

use std::process::Stdio;

use exhibit_tests::cases::Case;
use exhibit_tests::program::command;
use serde_json::Value;

/// The value of a fact as JSON has it: its amount, or its label where it has none.
fn amount(facts: &Value, address: &str) -> String {
    let all = facts["facts"].as_array().expect("facts");
    let fact = all.iter().find(|fact| fact["address"] == address);
    let fact = fact.unwrap_or_else(|| {
        let addresses: Vec<&Value> = all.iter().map(|fact| &fact["address"]).collect();
        panic!("no {address} in {addresses:?}")
    });
    match &fact["amount"] {
        Value::Null => fact["display"].as_str().unwrap_or_default().to_owned(),
        Value::String(amount) => amount.clone(),
        other => other.to_string(),
    }
}

/// The findings of a case hold these words.
#[track_caller]
fn told(case: &Case, words: &[&str]) {
    let run = case.check();
    assert_eq!(run.code, 1, "{}", run.talk);
    let talk = format!("{}{}", run.data, run.talk);
    let talk: String = talk.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(talk.contains(word), "no {word:?} in {talk}");
    }
}

/// A byte order mark and line ends of two characters make no difference.
#[test]
fn csv_bom_crlf() {
    let case = Case::open("csv-bom-crlf");
    let _ = case.build();
    assert_eq!(
        amount(&case.facts(), "turnover[country=Deutschland]@2022"),
        "1234.5"
    );
}

/// A name with a comma is a dimension value, in quotation marks where an address has it.
#[test]
fn csv_country_commas() {
    let case = Case::open("csv-country-commas").with(
        "brief.yaml",
        "of: gdp, over: country}",
        "rows: [{label: Korea, of: 'gdp[country=\"Korea, Rep.\"]@2023'}, {label: France, of: 'gdp[country=France]@2023'}]}",
    ).with("brief.yaml", "  - exhibit: g", "  - exhibit: g\n  - text: 'Korea: {{ gdp[country=\"Korea, Rep.\"]@2023 | number }}.'");
    let _ = case.build();
    let facts = case.facts();
    assert_eq!(amount(&facts, "gdp[country=\"Korea, Rep.\"]@2023"), "1713");
    assert_eq!(
        amount(&facts, "gdp[country=\"Egypt, Arab Rep.\"]@2022"),
        "477"
    );
}

/// Forms of one meaning are read beside each other. A month of two digits is asked back, and read by its format.
#[test]
fn csv_dates_us() {
    let case = Case::open("csv-dates-us");
    told(
        &case,
        &[
            "row 5, column `year`",
            "`Jan-20` may be 2020-01",
            "`format: \"%b-%y\"` for 2020-01",
        ],
    );
    let case = case
        .with(
            "data.yaml",
            "at: year",
            "at: {column: year, format: \"%b-%y\"}",
        )
        .with(
            "brief.yaml",
            "{{ a@2020 }}, {{ a@2020 | label }}",
            "{{ a@2020-01 }}",
        );
    let _ = case.build();
    let facts = case.facts();
    for (address, value) in [
        ("a@FY2020", "5"),
        ("a@2020-Q1", "6"),
        ("a@2020-Q2", "7"),
        ("a@2020-01", "4"),
    ] {
        assert_eq!(amount(&facts, address), value);
    }
}

/// Semicolons are found. A decimal comma has to be said.
#[test]
fn csv_excel_eu() {
    let case = Case::open("csv-excel-eu");
    told(
        &case,
        &[
            "row 2, column `Umsatz`",
            "`1.234,5` has a decimal comma",
            "decimal: \",\"",
        ],
    );
    let case = case.with("data.yaml", "from: t,", "from: t, decimal: \",\",");
    let _ = case.build();
    let facts = case.facts();
    assert_eq!(
        amount(&facts, "turnover[country=Deutschland]@2022"),
        "1234.5"
    );
    assert_eq!(
        amount(&facts, "turnover[country=Frankreich]@2023"),
        "1001.75"
    );
}

/// An older code page is told with its way out, which works.
#[test]
fn csv_latin1() {
    let case = Case::open("csv-latin1");
    told(
        &case,
        &[
            "row 2, column `Land`",
            "not UTF-8",
            "encoding: windows-1252",
        ],
    );
    let case = case.with("data.yaml", "from: t,", "from: t, encoding: windows-1252,");
    let _ = case.build();
    assert_eq!(
        amount(&case.facts(), "turnover[country=Österreich]@2022"),
        "1234.5"
    );
}

/// Lines before the head, marks for no value, empty columns and empty rows.
#[test]
fn csv_oddities() {
    let case = Case::open("csv-oddities");
    told(&case, &["no column `Jahr`", "line 4 has it: add `head: 4`"]);
    let case = case.with("data.yaml", "from: t,", "from: t, head: 4,");
    told(&case, &["`..` is not a number", "na: [\"..\"]"]);
    let case = case.with(
        "data.yaml",
        "head: 4,",
        "skip: 3, na: {\"..\": not collected, n/a: suppressed},",
    );
    let _ = case.build();
    let facts = case.facts();
    assert_eq!(facts["facts"].as_array().map(Vec::len), Some(2));
    for country in ["A", "B"] {
        let all = facts["facts"].as_array().expect("facts");
        let address = format!("turnover[country={country}]@2022");
        let fact = all
            .iter()
            .find(|fact| fact["address"] == address)
            .expect("a fact");
        assert!(fact["amount"].is_null(), "{fact}");
    }
}

/// A row with a line end in a cell is one row; the name with the line end is refused, with its reason.
#[test]
fn csv_quoted_newline() {
    told(
        &Case::open("csv-quoted-newline"),
        &[
            "row 2, column `Land`",
            "cannot be a dimension value",
            "without line breaks",
        ],
    );
}

/// Commas that can only group digits are read. A sign of another currency is told.
#[test]
fn csv_us_thousands() {
    let case = Case::open("csv-us-thousands");
    told(
        &case,
        &[
            "row 4, column `Umsatz`",
            "`$1,300.0` counts in `$`, but the unit of the metric is `EUR`",
        ],
    );
    for (old, new) in [
        ("unit: EUR", "unit: USD"),
        ("from: t,", "from: t, signs: [\"$\"], thousands: \",\","),
    ] {
        let case = Case::open("csv-us-thousands").with("data.yaml", old, new);
        let _ = case.build();
        let facts = case.facts();
        assert_eq!(amount(&facts, "turnover[country=Germany]@2022"), "1234.5");
        assert_eq!(amount(&facts, "turnover[country=Germany]@2023"), "1300");
    }
}

/// UTF-16 with its mark and tabs between cells, as a spreadsheet saves "Unicode text".
#[test]
fn csv_utf16() {
    let case = Case::open("csv-utf16");
    let _ = case.build();
    assert_eq!(
        amount(&case.facts(), "turnover[country=France]@2022"),
        "987.25"
    );
}

/// Monthly rates do not add up to a rate of the year. Their mean can be asked for.
#[test]
fn ratio_summed() {
    let case = Case::open("ratio-summed");
    told(
        &case,
        &[
            "wrong-aggregation",
            "is a ratio, and ratios do not add up",
            "rows: mean",
        ],
    );
    let case = case.with("data.yaml", "rows: sum", "rows: mean");
    let _ = case.build();
    // 2.1, 2, 1.5, 1.3, 1.9, 3.1, 2.9, 3.1, 2.1, 2, 1.9, 1.8
    let mean: f64 = amount(&case.facts(), "rate[industry=Government]@2000")
        .parse()
        .expect("a number");
    assert!(
        (mean - 25.7 / 12.0).abs() < 1e-9 || (mean - 0.257 / 12.0).abs() < 1e-9,
        "{mean}"
    );
}

/// A wide file of months, each written as its first day, is the source as it came.
#[test]
fn trial_payrolls_as_the_file_came() {
    let case = Case::open("trial-payrolls");
    let data = "sources: {ces: {title: Current Employment Statistics}}
units: {jobs: {one: job, other: jobs}}
metrics:
  jobs:
    label: Employment
    unit: jobs
    measure: stock
    dimensions:
      sector:
        labels: {construction: Construction, manufacturing: Manufacturing, trade_transportation_utilties: Trade and transport}
        order: [manufacturing, construction]
    table:
      file: us-employment.csv
      from: ces
      at: {column: month, period: month}
      wide: {dimension: sector, columns: [construction, manufacturing, trade_transportation_utilties]}
      scale: thousand
      zeros-count: true
  at_year_end:
    label: Employment at the end of the year
    unit: jobs
    measure: stock
    table: {file: us-employment.csv, from: ces, at: month, period: year, value: nonfarm, rows: last, scale: thousand}
  change:
    label: Change of employment
    unit: jobs
    measure: flow
    signed: true
    table: {file: us-employment.csv, from: ces, at: month, period: quarter, value: nonfarm_change, rows: sum, scale: thousand}
";
    std::fs::write(case.folder().join("data.yaml"), data).expect("a file");
    let brief = "title: Jobs\ndate: 2016-01-15\ndata: [data.yaml]\nexhibits:\n  j: {line: {title: Jobs by sector, subtitle: Jobs by month, of: jobs, over: month, by: sector}}\nbody: [{exhibit: j}]\n";
    std::fs::write(case.folder().join("brief.yaml"), brief).expect("a file");
    let _ = case.build();
    let facts = case.facts();
    assert_eq!(
        amount(&facts, "jobs[sector=construction]@2006-01"),
        "7601000"
    );
    assert_eq!(
        amount(&facts, "jobs[sector=trade_transportation_utilties]@2015-12").len(),
        8
    );
    assert_eq!(amount(&facts, "at_year_end@2007"), "138411000");
    assert_eq!(amount(&facts, "change@2008-Q4"), "-1941000");
    let svg = String::from_utf8(case.output("charts/j.svg")).expect("text");
    assert!(
        svg.contains("Trade and transport"),
        "labels stand for codes"
    );
}

/// Totals are left out, years become decades, and the last decade is named by the years that the file has.
#[test]
fn trial_disasters_as_the_file_came() {
    let case = Case::open("trial-disasters");
    let data = "sources: {emdat: {title: Deaths from natural disasters}}
units: {deaths: {one: death, other: deaths}}
metrics:
  decade:
    label: Deaths in the decade
    unit: deaths
    measure: flow
    dimensions: {type: []}
    table:
      file: disasters.csv
      from: emdat
      at: {column: Year, period: decade}
      value: Deaths
      dimensions: {type: Entity}
      where: {Entity: {not: All natural disasters}}
      rows: sum
      zeros-count: true
";
    std::fs::write(case.folder().join("data.yaml"), data).expect("a file");
    let brief = "title: Deaths\ndate: 2026-11-20\ndata: [data.yaml]\nbody: [{text: '{{ decade[type=Drought]@1920..1929 }}'}]\n";
    std::fs::write(case.folder().join("brief.yaml"), brief).expect("a file");
    let _ = case.build();
    let facts = case.facts();
    assert_eq!(amount(&facts, "decade[type=Drought]@1920..1929"), "4724000");
    assert_eq!(amount(&facts, "decade[type=Drought]@2010..2017"), "20035");
    let all = facts["facts"].as_array().expect("facts");
    assert!(
        all.iter()
            .all(|fact| fact["dimensions"]["type"] != "All natural disasters")
    );
}

/// A table comes from standard input, for two metrics at once.
#[test]
fn a_table_from_standard_input() {
    let case = Case::open("csv-bom-crlf")
        .with("data.yaml", "file: umsatz.csv", "file: \"-\"")
        .with("data.yaml", "metrics:\n", "metrics:\n  rows: {label: Rows, table: {file: \"-\", from: t, at: Jahr, rows: count}}\n");
    let file = std::fs::File::open(case.folder().join("umsatz.csv")).expect("a file");
    let output = command(case.folder(), &["facts", "brief.yaml", "--format", "json"])
        .stdin(Stdio::from(file))
        .output()
        .expect("a run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let facts: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        amount(&facts, "turnover[country=Deutschland]@2022"),
        "1234.5"
    );
    assert_eq!(amount(&facts, "rows@2022"), "2");
}
