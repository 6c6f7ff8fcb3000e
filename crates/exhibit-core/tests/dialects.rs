//! Tables in the dialects of offices and agencies: separators, decimal signs, marks, dates, columns of codes, wide tables, and what becomes
//! of many rows.

use exhibit_core::{Compilation, compile};
use exhibit_facts::facts::Facts;

/// A metric with this head of keys and this table, on this file.
fn run(metric: &str, table: &str, file: &str) -> Compilation {
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  a:\n    label: A\n    {metric}\n    table: {{file: x.csv, from: s, {table}}}\n"
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    compile("b.yaml", brief, &mut |name| match name {
        "d.yaml" => Ok((name.to_owned(), data.clone())),
        _ => Ok((name.to_owned(), file.to_owned())),
    })
}

fn facts(metric: &str, table: &str, file: &str) -> Facts {
    let done = run(metric, table, file);
    assert!(done.report.is_empty(), "{:#?}", done.report.findings());
    done.facts.expect("sound")
}

/// Addresses and printed numbers.
fn listed(facts: &Facts) -> Vec<String> {
    let all = facts.facts.iter();
    all.map(|fact| {
        format!(
            "{} {}",
            fact.address,
            fact.forms.label.replace(['\u{a0}', '\u{202f}'], " ")
        )
    })
    .collect()
}

/// Code, message and way out of the one finding.
#[track_caller]
fn told(metric: &str, table: &str, file: &str) -> (String, String, String) {
    let done = run(metric, table, file);
    let found = done.report.findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    (
        found[0].code.as_str().to_owned(),
        found[0].message.clone(),
        found[0].help.clone().unwrap_or_default(),
    )
}

const AT: &str = "at: year, value: n";

#[test]
fn the_separator_is_found_or_asked_back() {
    let expected = ["a@2023 5", "a@2024 6"];
    for separator in [",", ";", "\t", "|"] {
        let file = "year,n,note\n2023,5,\"x;y|z\"\n2024,6,\n".replace(',', separator);
        assert_eq!(
            listed(&facts("measure: flow", AT, &file)),
            expected,
            "{separator:?}"
        );
        let named = format!("\u{feff}sep={separator}\n{file}");
        assert_eq!(
            listed(&facts("measure: flow", AT, &named)),
            expected,
            "{separator:?}"
        );
    }
    // The columns asked for decide; where they do not, the author does.
    let mixed = "year;n;cost, all\n2023;5;x\n2024;6;x\n";
    assert_eq!(listed(&facts("measure: flow", AT, mixed)), expected);
    let (_, message, help) = told("measure: flow", AT, "year;n;x,year,n,y\n");
    assert!(
        message.contains("can be separated by `,` or `;`"),
        "{message}"
    );
    assert!(help.contains("separator"), "{help}");
    let spaced = "year:n\n2023:5\n2024:6\n";
    assert_eq!(
        listed(&facts(
            "measure: flow",
            &format!("{AT}, separator: ':'"),
            spaced
        )),
        expected
    );
}

#[test]
fn what_stands_around_the_rows_is_left_out() {
    let file = "Title of the table\nSource: an office, 2024\n\nyear,n\n,thousand\n# a remark, with \"a mark\n2023,5\n,\n2024,6\nNote: all is provisional\n2025,7\n";
    let table = format!("{AT}, skip: 3, units-row: true, comment: '#', foot: 'Note:'");
    assert_eq!(
        listed(&facts("measure: flow", &table, file)),
        ["a@2023 5", "a@2024 6"]
    );
    let table = format!("{AT}, head: 4, units-row: true, comment: '#', foot: 'Note:'");
    assert_eq!(listed(&facts("measure: flow", &table, file)).len(), 2);
    let (_, message, help) = told("measure: flow", AT, file);
    assert!(
        message.contains("row 1, column `year`: the table has no column `year`"),
        "{message}"
    );
    assert_eq!(help, "line 4 has it: add `head: 4` to the table");
    let (_, _, help) = told("measure: flow", AT, "year,n\n2023,5\nNote\n");
    assert!(help.contains("foot"), "{help}");
}

#[test]
fn numbers_stand_as_offices_write_them() {
    let us = "year,n\n2020,\"$1,234.50\"\n2021,\"($1,234.50)\"\n2022,\"1,234,567\"\n2023,$5\n";
    assert_eq!(
        listed(&facts(
            "unit: USD, signed: true".replace(", ", "\n    ").as_str(),
            AT,
            us
        )),
        [
            "a@2020 1,234.50 US dollars",
            "a@2021 −1,234.50 US dollars",
            "a@2022 1,234,567 US dollars",
            "a@2023 5 US dollars"
        ]
    );
    let german = "year;n\n2020;1.234,5\n2021;12\n2022;-0,25\n2023;1.234.567\n";
    assert_eq!(
        listed(&facts(
            "signed: true",
            &format!("{AT}, decimal: ','"),
            german
        )),
        [
            "a@2020 1,234.5",
            "a@2021 12",
            "a@2022 −0.25",
            "a@2023 1,234,567"
        ]
    );
    // The short way of sums reads the same.
    let twice = "year;n\n2020;1.234,5\n2020;0,5\n2021;1.000\n";
    assert_eq!(
        listed(&facts(
            "measure: flow",
            &format!("{AT}, decimal: ',', rows: sum"),
            twice
        )),
        ["a@2020 1,235.0", "a@2021 1,000"]
    );
    let percent = "year,n\n2020,12 %\n2021,12.5%\n";
    assert_eq!(
        listed(&facts("unit: '%'", AT, percent)),
        ["a@2020 12%", "a@2021 12.5%"]
    );
    let (_, message, help) = told("measure: flow", AT, "year,n\n2020,\"1,234\"\n");
    assert_eq!(
        message,
        "`x.csv` row 2, column `n`: `1,234` has two readings: 1234, and 1.234 with a decimal comma"
    );
    assert!(
        help.contains("thousands: \",\"") && help.contains("decimal: \",\""),
        "{help}"
    );
    // Semicolons come from offices with a decimal comma.
    let (_, message, _) = told(
        "measure: flow",
        &format!("{AT}, rows: sum"),
        "year;n\n2020;1.234\n",
    );
    assert!(
        message.contains("two readings: 1234, and 1.234 with a decimal point"),
        "{message}"
    );
    let (code, _, _) = told("measure: flow", AT, "year,n\n2020,(5)\n");
    assert_eq!(code, "negative-value");
}

#[test]
fn marks_for_no_value_keep_their_reason() {
    let file = "year,n\n2020,5\n2021,..\n2022,c\n2023,-999\n";
    let table = format!(
        "{AT}, na: {{'..': not available, c: 'suppressed: few cases', '-999': the sensor failed}}"
    );
    let facts_of = facts("signed: true", &table, file);
    assert_eq!(listed(&facts_of)[0], "a@2020 5");
    assert!(
        listed(&facts_of)[2].contains("suppressed"),
        "{:?}",
        listed(&facts_of)
    );
    let list = format!("{AT}, na: ['..', c, '-999'], empty: skip");
    assert_eq!(listed(&facts("signed: true", &list, file)), ["a@2020 5"]);
    let sum = format!("{AT}, na: ['..', c, '-999'], rows: sum");
    let (_, message, help) = told("signed: true", &sum, file);
    assert!(
        message.contains("row 3, column `n`: the row has no number"),
        "{message}"
    );
    assert!(help.contains("empty: skip"), "{help}");
}

#[test]
fn dates_become_the_periods_that_are_asked_for() {
    let file = "day,n\n01/15/2024,1\n02/20/2024,2\n04/30/2024,4\n12/31/2024,8\n";
    let all = "at: {column: day, format: '%m/%d/%Y'}, value: n";
    assert_eq!(
        listed(&facts("measure: flow", all, file))[0],
        "a@2024-01-15 1"
    );
    let quarters = "at: {column: day, period: quarter}, value: n, rows: sum";
    assert_eq!(
        listed(&facts("measure: flow", quarters, file)),
        ["a@2024-Q1 3", "a@2024-Q2 4", "a@2024-Q4 8"]
    );
    let (_, message, help) = told(
        "measure: flow",
        "at: day, value: n",
        "day,n\n01/02/2024,1\n",
    );
    assert!(
        message.contains("`01/02/2024` has several readings: 2024-01-02 or 2024-02-01"),
        "{message}"
    );
    assert!(
        help.contains("`format: \"%m/%d/%Y\"` for 2024-01-02") && help.contains("%d/%m/%Y"),
        "{help}"
    );
    let parts = "y,m,n\n2024,1,5\n2024,M02,6\n2024,March,7\n";
    assert_eq!(
        listed(&facts(
            "measure: flow",
            "at: {year: y, month: m}, value: n",
            parts
        )),
        ["a@2024-01 5", "a@2024-02 6", "a@2024-03 7"]
    );
    assert_eq!(
        listed(&facts(
            "measure: flow",
            "at: {year: y, quarter: q}, value: n",
            "y,q,n\n2024,Q1,5\n2024,2,6\n"
        )),
        ["a@2024-Q1 5", "a@2024-Q2 6"]
    );
    assert_eq!(
        listed(&facts(
            "measure: flow",
            "at: {always: 2024-06}, value: n",
            "n\n5\n"
        )),
        ["a@2024-06 5"]
    );
}

/// A year of which the file has three months is named by these months.
#[test]
fn a_period_that_the_file_does_not_reach_is_clipped() {
    let month = "day,n\n2023-11-01,1\n2023-12-01,2\n2024-01-01,4\n2024-02-01,8\n2024-03-01,16\n";
    let years = "at: {column: day, period: year}, value: n, rows: sum";
    assert_eq!(
        listed(&facts("measure: flow", years, month)),
        ["a@2023-11..2023-12 3", "a@2024-01..2024-03 28"]
    );
    // Weekends and holidays at the ends are no gap.
    let daily = "day,n\n2023-01-03,10\n2023-06-05,20\n2023-12-29,40\n";
    assert_eq!(listed(&facts("measure: flow", years, daily)), ["a@2023 70"]);
    let decades = "at: {column: year, period: decade}, value: n, rows: sum";
    let years = "year,n\n1995,1\n1996,2\n2000,4\n2017,8\n";
    assert_eq!(
        listed(&facts("measure: flow", decades, years)),
        ["a@1995..1999 3", "a@2000..2009 4", "a@2010..2017 8"]
    );
}

#[test]
fn many_rows_become_one_as_their_measure_allows() {
    let file = "day,n\n2024-01-31,5\n2024-02-29,9\n2024-12-31,7\n";
    for (rows, value) in [
        ("mean", "7.0"),
        ("first", "5"),
        ("last", "7"),
        ("min", "5"),
        ("max", "9"),
        ("count", "3"),
    ] {
        let table = format!("at: {{column: day, period: year}}, value: n, rows: {rows}");
        let found = listed(&facts("measure: stock", &table, file));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].ends_with(&format!(" {value}")),
            "{rows}: {found:?}"
        );
    }
    let sum = "at: {column: day, period: year}, value: n, rows: sum";
    let (code, message, help) = told("measure: stock", sum, file);
    assert_eq!(code, "wrong-aggregation");
    assert!(
        message.contains("rows 2 and 3 are for different times"),
        "{message}"
    );
    assert!(help.contains("rows: last"), "{help}");
    let (code, message, _) = told("measure: ratio", sum, file);
    assert_eq!(code, "wrong-aggregation");
    assert!(message.contains("is a ratio"), "{message}");
    let (code, _, help) = told("unit: '%'", sum, file);
    assert_eq!(code, "wrong-aggregation");
    assert!(help.contains("measure: flow"), "{help}");
    // A stock adds up over what is not time.
    let places = "year,place,n\n2024,x,5\n2024,y,9\n";
    assert_eq!(
        listed(&facts(
            "measure: stock",
            &format!("{AT}, rows: sum"),
            places
        )),
        ["a@2024 14"]
    );
    let (_, message, _) = told("measure: stock", &format!("{AT}, rows: last"), places);
    assert!(
        message.contains("neither of the two is first or last"),
        "{message}"
    );
}

/// As Eurostat's bulk download writes it.
#[test]
fn sdmx_of_eurostat() {
    let file = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n\
        ESTAT:X(1.0),01/02/24 23:00:00,A,PC,DE,2021,3.6,\n\
        ESTAT:X(1.0),01/02/24 23:00:00,A,PC,DE,2022,3.1,bp\n\
        ESTAT:X(1.0),01/02/24 23:00:00,A,PC,FR,2021,7.9,e\n\
        ESTAT:X(1.0),01/02/24 23:00:00,A,PC,FR,2022,:,c\n";
    let table = "dialect: sdmx, dimensions: {geo: geo}, unit: {column: unit, codes: {PC: '%'}}";
    let found = facts(
        "unit: '%'\n    dimensions: {geo: {labels: {DE: Germany}}}",
        table,
        file,
    );
    let state = |address: &str| {
        let fact = found.fact(address).expect(address);
        (fact.status.name(), fact.note.clone().unwrap_or_default())
    };
    assert_eq!(state("a[geo=DE]@2021"), ("actual", String::new()));
    assert_eq!(
        state("a[geo=DE]@2022"),
        ("provisional", "break in the series".to_owned())
    );
    assert_eq!(state("a[geo=FR]@2021").0, "estimated");
    assert!(
        found
            .fact("a[geo=FR]@2022")
            .expect("a fact")
            .forms
            .label
            .contains("suppressed")
    );
    assert_eq!(found.metrics[0].value_label("geo", "DE"), "Germany");
}

/// As the European Central Bank and the OECD write it, with a multiplier a row.
#[test]
fn sdmx_with_multipliers() {
    let file = "KEY,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT,UNIT_MULT\n\
        X.Q,Q,2023-Q1,12.5,A,EUR,6\nX.Q,Q,2023-Q2,NaN,M,EUR,6\nX.Q,Q,2023-Q3,13,F,EUR,3\n";
    let found = facts("unit: EUR", "dialect: sdmx, unit: UNIT", file);
    let list = listed(&found);
    assert_eq!(list[0], "a@2023-Q1 12.5 million euros");
    assert!(list[1].contains("not applicable"), "{list:?}");
    assert_eq!(list[2], "a@2023-Q3 13 thousand euros");
    assert_eq!(
        found.fact("a@2023-Q3").expect("a fact").status.name(),
        "forecast"
    );
    let (code, message, _) = told("unit: USD", "dialect: sdmx, unit: UNIT", file);
    assert_eq!(code, "unit-mismatch");
    assert!(
        message.contains("the row counts in `EUR`, but the unit of the metric is `USD`"),
        "{message}"
    );
}

#[test]
fn cells_beside_the_number_say_what_it_is() {
    let file =
        "year,n,q,state,note,lo,hi\n2021,5,<,p,,,\n2022,6,~,,by hand,,\n2023,7.0,,e,,6.5,7.5\n";
    let table = format!(
        "{AT}, qualifier: q, status: {{column: state, codes: {{p: provisional, e: estimated}}}}, note: note"
    );
    let found = facts("measure: flow", &table, file);
    assert_eq!(listed(&found), ["a@2021 < 5", "a@2022 ~ 6", "a@2023 7.0"]);
    assert_eq!(found.facts[0].status.name(), "provisional");
    assert_eq!(found.facts[1].note.as_deref(), Some("by hand"));
    let interval = facts(
        "measure: flow",
        &format!("{AT}, low: lo, high: hi, level: 95%"),
        file,
    );
    assert_eq!(
        interval
            .fact("a@2021")
            .map(|fact| fact.forms.label.as_str()),
        Some("5")
    );
    let estimate = &interval.fact("a@2023").expect("a fact").forms.sentence;
    assert!(
        estimate.contains("6.5") && estimate.contains("7.5"),
        "{estimate}"
    );
    let range = "year,lo,hi\n2023,6.5,7.5\n";
    assert_eq!(
        listed(&facts(
            "measure: flow",
            "at: year, low: lo, high: hi",
            range
        )),
        ["a@2023 6.5–7.5"]
    );
    let (_, message, help) = told("measure: flow", &table, &file.replace(",p,", ",x,"));
    assert!(message.contains("`x` is no status"), "{message}");
    assert!(help.contains("codes"), "{help}");
}

/// As the World Bank writes it: four lines before the head, a column a year, and a comma at the end of each line.
#[test]
fn a_column_a_year_is_read_as_rows() {
    let file = "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n\
        \"Country Name\",\"Country Code\",\"2021\",\"2022\",\"2023\",\n\
        \"Korea, Rep.\",\"KOR\",\"5\",\"6\",\"\",\n\"France\",\"FRA\",\"7\",\"\",\"8\",\n";
    let metric = "measure: stock\n    dimensions: {country: []}";
    let table = "skip: 4, wide: {period: all}, dimensions: {country: Country Name}, empty: skip";
    let found = facts(metric, table, file);
    assert_eq!(
        listed(&found),
        [
            "a[country=\"Korea, Rep.\"]@2021 5",
            "a[country=France]@2021 7",
            "a[country=\"Korea, Rep.\"]@2022 6",
            "a[country=France]@2023 8"
        ]
    );
    for columns in ["[2021, 2022]", "2020..2022"] {
        let some = table.replace("all", columns);
        assert_eq!(listed(&facts(metric, &some, file)).len(), 3, "{columns}");
    }
    let named = "Name,2021 [YR2021],2022 [YR2022]\nx,5,6\n";
    let table = "at: {format: '%Y [YR%Y]'}, wide: {}, dimensions: {country: Name}";
    assert_eq!(listed(&facts(metric, table, named)).len(), 2);
    let (_, message, help) = told(
        metric,
        "wide: {}, dimensions: {country: Name}",
        "Name,first,second\nx,5,6\n",
    );
    assert!(
        message.contains("no column of the head reads as a period"),
        "{message}"
    );
    assert!(help.contains("Name, first, second"), "{help}");
}

#[test]
fn a_column_a_value_is_read_as_rows() {
    let file = "month,total,north,south\n2024-01,9,4,5\n2024-02,11,5,6\n";
    let metric = "measure: flow\n    dimensions: {region: {labels: {north: The North}, order: [south, north]}}";
    let some = "at: month, wide: {dimension: region, columns: [north, south]}";
    assert_eq!(
        listed(&facts(metric, some, file)),
        [
            "a[region=north]@2024-01 4",
            "a[region=south]@2024-01 5",
            "a[region=north]@2024-02 5",
            "a[region=south]@2024-02 6"
        ]
    );
    let all = "at: month, wide: {dimension: region}, rows: mean, period: year";
    assert_eq!(listed(&facts(metric, all, file)).len(), 3);
}

#[test]
fn missing_rows_are_zero_only_if_the_author_says_so() {
    let file = "year,place,n\n2021,x,5\n2021,y,6\n2022,x,7\n";
    let metric = "measure: flow\n    dimensions: {place: []}";
    let table = format!("{AT}, dimensions: {{place: place}}");
    assert_eq!(listed(&facts(metric, &table, file)).len(), 3);
    let filled = facts(metric, &format!("{table}, fill: 0"), file);
    assert_eq!(listed(&filled)[3], "a[place=y]@2022 0");
    let exhibit_facts::facts::Origin::Stated { place, .. } = &filled.facts[3].origin else {
        panic!("a stated fact")
    };
    assert_eq!(place, "x.csv, no row, filled in");
}

#[test]
fn names_are_compared_in_one_form() {
    let file = "City,year,n\nZu\u{308}rich,2022,5\nZ\u{fc}rich,2023,6\n";
    let metric = "measure: flow\n    dimensions: {city: [Z\u{fc}rich]}";
    let table = format!("{AT}, dimensions: {{city: City}}, where: {{City: Zu\u{308}rich}}");
    assert_eq!(
        listed(&facts(metric, &table, file)),
        ["a[city=Zürich]@2022 5", "a[city=Zürich]@2023 6"]
    );
}

#[test]
fn keys_that_contradict_each_other_are_told() {
    for (table, words) in [
        (
            "at: year, value: n, skip: 1, head: 2",
            "`skip` and `head` exclude each other",
        ),
        (
            "at: year, value: n, decimal: ',', thousands: ','",
            "one sign cannot be",
        ),
        (
            "at: year, value: n, encoding: klingon",
            "`klingon` is not a known encoding",
        ),
        (
            "at: year, value: n, format: '%m/%d/%Y'",
            "is the format of a date",
        ),
        ("at: year, value: n, low: n", "a range must have two ends"),
        (
            "at: year, value: n, wide: {}",
            "a wide table has its numbers in the columns",
        ),
        (
            "at: year, wide: {period: all}",
            "the periods stand in the head",
        ),
        (
            "at: {column: year, always: 2023}, value: n",
            "`at` must say in one way",
        ),
        (
            "at: year, value: n, scale: dozen",
            "`dozen` is not a multiplier word",
        ),
        (
            "at: year, value: n, comment: '//'",
            "a remark cannot begin with",
        ),
        ("at: year, value: n, fill: many", "is not a number"),
        (
            "at: year, value: n, wide: {dimension: place}",
            "`dimensions` of the metric has no key `place`",
        ),
    ] {
        let done = run("measure: flow", table, "year,n\n2023,5\n");
        let found: Vec<&str> = done
            .report
            .findings()
            .iter()
            .map(|one| one.message.as_str())
            .collect();
        assert!(
            found.iter().any(|message| message.contains(words)),
            "{table}: {found:?}"
        );
    }
}
