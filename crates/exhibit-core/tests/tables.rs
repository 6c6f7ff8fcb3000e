//! Observations from files of rows: CSV, TSV and JSON, filtered, added up, counted; and the findings of rows that are wrong.

use std::io::Read;

use exhibit_core::{Compilation, compile, compile_with};
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::Origin;

const CSV: &str = "year,region,kind,count\n2023,north,new,10\n2023,south,new,30.5\n2023,north,old,5\n2024,north,new,\"> 12\"\n2024,south,new,\n";

fn data(table: &str) -> String {
    format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  a:\n    label: A\n    measure: flow\n    dimensions: {{region: [north, south]}}\n    table: {table}\n"
    )
}

fn run(table: &str, file: &str) -> Compilation {
    run_data(&data(table), file)
}

/// The same of a metric that can be below zero.
fn run_signed(table: &str, file: &str) -> Compilation {
    let data = data(table).replace("measure: flow", "measure: flow\n    signed: true");
    run_data(&data, file)
}

fn run_data(data: &str, file: &str) -> Compilation {
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    compile("b.yaml", brief, &mut |name| match name {
        "d.yaml" => Ok((name.to_owned(), data.to_owned())),
        _ => Ok((name.to_owned(), file.to_owned())),
    })
}

fn facts(done: Compilation) -> Facts {
    assert!(done.report.is_empty(), "{:#?}", done.report.findings());
    done.facts.expect("sound")
}

fn listed(facts: &Facts) -> Vec<(String, String, String)> {
    facts
        .facts
        .iter()
        .map(|fact| {
            let Origin::Stated { place, .. } = &fact.origin else {
                panic!("a stated fact")
            };
            let label = fact.forms.label.replace('\u{a0}', " ");
            (fact.address.clone(), label, place.clone())
        })
        .collect()
}

fn own(list: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    list.iter()
        .map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned()))
        .collect()
}

#[test]
fn each_row_that_counts_is_an_observation() {
    let table = "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}, where: {kind: [new]}, empty: skip}";
    assert_eq!(
        listed(&facts(run(table, CSV))),
        own(&[
            ("a[region=north]@2023", "10", "x.csv, row 2"),
            ("a[region=south]@2023", "30.5", "x.csv, row 3"),
            ("a[region=north]@2024", "> 12", "x.csv, row 5"),
        ])
    );
    let unknown = table.replace("empty: skip", "empty: unknown");
    let found = listed(&facts(run(&unknown, CSV)));
    assert_eq!(
        found[3],
        own(&[("a[region=south]@2024", "no data", "x.csv, row 6")])[0]
    );
}

#[test]
fn the_same_rows_come_from_tsv_and_json() {
    let table = "{file: x.csv, from: s §3, at: year, value: count, dimensions: {region: region}, where: {kind: [new]}, empty: skip}";
    let expected = listed(&facts(run(table, CSV)));
    let bare = |list: Vec<(String, String, String)>| -> Vec<(String, String)> {
        list.into_iter()
            .map(|(address, label, _)| (address, label))
            .collect()
    };
    let tsv = CSV.replace(',', "\t");
    let json = r#"[{"year": 2023, "region": "north", "kind": "new", "count": 10},
        {"year": "2023", "region": "south", "kind": "new", "count": 30.5, "more": [1, {}]},
        {"year": 2023, "region": "north", "kind": "old", "count": 5},
        {"year": 2024, "region": "north", "kind": "new", "count": "> 12"},
        {"year": 2024, "region": "south", "kind": "new", "count": null}]"#;
    let from_tsv = listed(&facts(run(&table.replace("x.csv", "x.tsv"), &tsv)));
    let from_json = listed(&facts(run(&table.replace("x.csv", "x.json"), json)));
    assert_eq!(from_tsv[0].2, "§3, x.tsv, row 2");
    assert_eq!(from_json[0].2, "§3, x.json, row 1");
    let expected = bare(expected);
    assert_eq!(bare(from_tsv), expected);
    assert_eq!(bare(from_json), expected);
    // Digits are kept as they were written, which a number of the JSON library would not do.
    let long = "[{\"year\": 2023, \"count\": 0.10000000000000000001}]";
    let table = "{file: x.json, from: s, at: year, value: count}";
    assert_eq!(
        listed(&facts(run(table, long)))[0].1,
        "0.10000000000000000001"
    );
}

/// A name that nobody asks for may stand twice, and a column may be asked for twice.
#[test]
fn rows_are_called_by_the_lines_of_the_file() {
    let table = "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}, where: {region: [north]}}";
    for end in ["\n", "\r\n", "\r"] {
        let file = "\nyear,region,note,note,count\n\n2023,north,\"a\n\nb\",,5\n2024,north,,,6\n";
        assert_eq!(
            listed(&facts(run(table, &file.replace('\n', end)))),
            own(&[
                ("a[region=north]@2023", "5", "x.csv, row 4"),
                ("a[region=north]@2024", "6", "x.csv, row 7"),
            ])
        );
    }
}

#[test]
fn no_place_names_a_folder_of_the_machine() {
    for (file, place) in [
        ("/home/somebody/x.csv", "x.csv, row 2"),
        ("C:\\data\\x.csv", "x.csv, row 2"),
        ("../sets/x.csv", "../sets/x.csv, row 2"),
    ] {
        let table = format!("{{file: '{file}', from: s, at: year, value: count}}");
        let facts = facts(run(&table, "year,count\n2023,5\n"));
        assert_eq!(listed(&facts)[0].2, place);
    }
}

#[test]
fn rows_add_up_and_are_counted() {
    let table = "{file: x.csv, from: s, at: year, value: count, rows: sum, where: {year: [2023]}}";
    assert_eq!(
        listed(&facts(run(table, CSV))),
        own(&[("a@2023", "~ 46", "x.csv, 3 rows from 2")])
    );
    let decimals = "year,count\n2023,0.25\n2023,0.50\n2023,1.25\n";
    assert_eq!(
        listed(&facts(run(
            "{file: x.csv, from: s, at: year, value: count, rows: sum}",
            decimals
        )))[0]
            .1,
        "2.00"
    );
    let table = "{file: x.csv, from: s, at: year, rows: count, dimensions: {region: region}}";
    assert_eq!(
        listed(&facts(run(table, CSV))),
        own(&[
            ("a[region=north]@2023", "2", "x.csv, 2 rows from 2"),
            ("a[region=south]@2023", "1", "x.csv, 1 row, 3"),
            ("a[region=north]@2024", "1", "x.csv, 1 row, 5"),
            ("a[region=south]@2024", "1", "x.csv, 1 row, 6"),
        ])
    );
}

#[test]
fn a_fault_names_file_row_and_column() {
    let plain =
        "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}, empty: skip}";
    for (table, file, code, message) in [
        (
            plain,
            "year,region,count\n20x3,north,5\n",
            "bad-table",
            "`x.csv` row 2, column `year`: `20x3` cannot be read as a period",
        ),
        (
            plain,
            "year,region,count\n2023,east,5\n",
            "bad-table",
            "`x.csv` row 2, column `region`: dimension `region` has no value `east`",
        ),
        (
            plain,
            "year,region,count\n2023,north,\"1,000\"\n",
            "bad-table",
            "`x.csv` row 2, column `count`: `1,000` has two readings: 1000, and 1.000 with a decimal comma",
        ),
        (
            plain,
            "year,region,count\n2023,north,5\n2023,north,6\n",
            "bad-table",
            "`x.csv` row 3, column `year`: row 2 has the same period and dimension values",
        ),
        (
            plain,
            "year,region,count\n2023,north\n",
            "bad-table",
            "`x.csv` row 2: this row has 2 cells, but the head has 3",
        ),
        (
            plain,
            "year,regio,count\n2023,north,5\n",
            "bad-table",
            "`x.csv` row 1, column `region`: the table has no column `region`",
        ),
        (
            plain,
            "year,region,count\n",
            "bad-table",
            "no row of `x.csv` becomes an observation",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count}",
            "year,count\n2023,\n",
            "bad-table",
            "`x.csv` row 2, column `count`: the cell is empty",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count, rows: sum}",
            "year,count\n2023,~5\n",
            "bad-table",
            "`x.csv` row 2, column `count`: `~5` has a qualifier, and `rows: sum` adds plain numbers only",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count}",
            "year,count\n2022,5\n2023,-5\n2024,-6\n",
            "negative-value",
            "`x.csv` row 3, column `count`: metric `a` cannot be negative",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count, rows: sum}",
            "year,count\n2023,50\n2023,-5.5\n",
            "negative-value",
            "`x.csv` row 3, column `count`: metric `a` cannot be negative",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count}",
            "year,count\n2023,< 0\n",
            "negative-value",
            "`x.csv` row 2, column `count`: metric `a` cannot be negative, so no value can be less than zero",
        ),
        (
            plain,
            "year,region,count\n2023,north;south,5\n",
            "bad-table",
            "`x.csv` row 2, column `region`: dimension `region` has no value `north;south`",
        ),
        (plain, "", "bad-table", "`x.csv`: the file is empty"),
        (plain, "\r\n\n", "bad-table", "`x.csv`: the file is empty"),
        (
            plain,
            "y\0e\0a\0r\0\n\0",
            "bad-table",
            "`x.csv` row 1: the head is not UTF-8",
        ),
        (
            "{file: x.json, from: s, at: year, value: count}",
            "[{\"year\": 2023, \"count\": [5]}]",
            "bad-table",
            "`x.json` row 1, column `count`: a cell is a text, a number or null",
        ),
        (
            "{file: x.json, from: s, at: year, value: count}",
            "[{\"year\": 2023, \"count\": 5}",
            "bad-table",
            "`x.json`: EOF while parsing a list at line 1 column 27",
        ),
        (
            "{file: x.json, from: s, at: year, value: count}",
            "[{\"year\": 2023, \"count\": 5}, {\"count\": 5, \"year\": 2024, \"count\": 6}]",
            "bad-table",
            "`x.json` row 2, column `count`: the object has this key twice",
        ),
        (
            plain,
            "year,count,region,count\n2023,5,north,6\n",
            "bad-table",
            "`x.csv` row 1, column `count`: the head has this name twice, in columns 2 and 4",
        ),
        (
            plain,
            "year,region,count\n2023,north,5\n2024,\"north,6\n2025,north,7\n",
            "bad-table",
            "`x.csv` row 3: a quotation mark opens a cell here, but no quotation mark closes the cell",
        ),
        (
            plain,
            "\r\nyear,region,count\r\n\r\n2023,north,5\r\n2024,north,zz\r\n",
            "bad-table",
            "`x.csv` row 5, column `count`: `zz` is not a number",
        ),
        (
            "{file: x.dat, from: s, at: year, value: count}",
            "",
            "missing-key",
            "the name `x.dat` does not tell the format of the file",
        ),
        (
            "{file: x.csv, from: s, at: year}",
            CSV,
            "missing-key",
            "the table of metric `a` has no `value`",
        ),
        (
            "{file: x.csv, from: s, at: year, value: count, dimensions: {regio: region}}",
            CSV,
            "unknown-key",
            "`dimensions` of the metric has no key `regio`",
        ),
    ] {
        let done = run(table, file);
        let found = done.report.findings();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(
            (found[0].code.as_str(), found[0].message.as_str()),
            (code, message)
        );
        let span = found[0].span.expect("a place");
        assert_eq!(done.sources.file(span.file).name, "d.yaml");
    }
}

/// A metric that can be below zero takes negative rows, alone and in sums.
#[test]
fn signed_metrics_add_up_below_zero() {
    let table = "{file: x.csv, from: s, at: year, value: count, rows: sum}";
    let facts = facts(run_signed(table, "year,count\n2023,5\n2023,-8\n"));
    assert_eq!(facts.facts[0].forms.number, "\u{2212}3");
}

/// What a spreadsheet saves as "Unicode text" is read by its mark; an older code page is told, and read where the data set names it.
#[test]
fn a_file_in_another_encoding_is_read_or_told() {
    let read = |table: &str, bytes: &[u8]| {
        let data = data(table);
        let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
        compile_with(
            "b.yaml",
            brief,
            &mut |name| Ok((name.to_owned(), data.clone())),
            Some(&mut |_| Ok(Box::new(std::io::Cursor::new(bytes.to_vec())) as Box<dyn Read>)),
        )
    };
    let units = "\u{feff}year,größe\n2023,5\n".encode_utf16();
    let utf_16: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let latin_1 = b"year,gr\xf6\xdfe\n2023,5\n";
    let table = "{file: x.csv, from: s, at: year, value: größe}";
    let named = "{file: x.csv, from: s, at: year, value: größe, encoding: latin1}";
    for (table, bytes) in [(table, &utf_16[..]), (named, latin_1)] {
        assert_eq!(listed(&facts(read(table, bytes)))[0].1, "5");
    }
    let done = read(table, latin_1);
    let found = done.report.findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "`x.csv` row 1: the head is not UTF-8");
    let help = found[0].help.as_deref().expect("a way out");
    assert!(help.contains("encoding: windows-1252"), "{help}");
}

/// Rows made on the way, so that the file never exists as a whole.
struct Endless {
    row: u64,
    rows: u64,
    left: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_empty() && self.row <= self.rows {
            self.left = if self.row == 0 {
                b"year,region,count\n".to_vec()
            } else {
                let region = ["north", "south", "elsewhere"][(self.row % 3) as usize];
                format!("{},{region},{}\n", 2000 + self.row % 20, self.row % 7).into_bytes()
            };
            self.row += 1;
        }
        let length = buffer.len().min(self.left.len());
        buffer[..length].copy_from_slice(&self.left[..length]);
        self.left.drain(..length);
        Ok(length)
    }
}

#[test]
fn a_long_table_streams_by_and_only_its_sums_stay() {
    let data = data(
        "{file: x.csv, from: s, at: year, value: count, rows: sum, dimensions: {region: region}, where: {region: [north, south]}}",
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    let mut opened = 0;
    let done = compile_with(
        "b.yaml",
        brief,
        &mut |name| Ok((name.to_owned(), data.clone())),
        Some(&mut |_| {
            opened += 1;
            Ok(Box::new(Endless {
                row: 0,
                rows: 60_000,
                left: Vec::new(),
            }))
        }),
    );
    let facts = facts(done);
    assert_eq!((opened, facts.facts.len()), (1, 40));
    // Rows of 2001 in the north: 21, 81, 141, … 59,961; their counts are each row's number modulo 7.
    let expected: u64 = (1..=60_000_u64)
        .filter(|row| row % 3 == 0 && row % 20 == 1)
        .map(|row| row % 7)
        .sum();
    let north = facts.fact("a[region=north]@2001").expect("it is there");
    assert_eq!(north.forms.number.replace(',', ""), expected.to_string());
}

#[test]
fn a_table_that_cannot_be_opened_or_breaks_off_is_unreadable() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let data = data("{file: x.csv, from: s, at: year, value: count}");
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    for broken in [true, false] {
        let done = compile_with(
            "b.yaml",
            brief,
            &mut |name| Ok((name.to_owned(), data.clone())),
            Some(&mut |_| {
                if broken {
                    Ok(Box::new(Broken))
                } else {
                    Err(exhibit_core::LoadError::Other("no such file".to_owned()))
                }
            }),
        );
        let found = done.report.findings();
        assert_eq!(
            (found.len(), found[0].code.as_str()),
            (1, "unreadable-file"),
            "{found:#?}"
        );
    }
}

#[test]
fn a_sum_is_exact_however_its_parts_are_written() {
    let table = "{file: x.csv, from: s, at: year, value: count, rows: sum}";
    for (cells, sum) in [
        (&["0.1", "0.2"][..], "0.3"),
        (&["9_000", "1 thousand", "-5"][..], "9,995"),
        (
            &["999999999999999999", "1", "999999999999999999"][..],
            "1,999,999,999,999,999,999",
        ),
        (
            &["0.000000000000000001", "123456789012345678"][..],
            "~ 123,456,789,012,345,678",
        ),
        (&["1e3", " 2 ", "+4"][..], "1,006"),
        (
            &["12345678901234567890123456789", "0.5"][..],
            "~ 12,345,678,901,234,567,890,123,456,790",
        ),
    ] {
        let file = format!(
            "year,count\n{}",
            cells
                .iter()
                .map(|cell| format!("2023,{cell}\n"))
                .collect::<String>()
        );
        let found = listed(&facts(run_signed(table, &file)));
        assert_eq!(found[0].1, sum, "{cells:?}");
    }
    // What is written differently and means the same is one observation.
    let file = "year,count\n2023,1\n 2023,2\n2023 ,3\n";
    assert_eq!(listed(&facts(run(table, file)))[0].1, "6");
    let done = run(
        "{file: x.csv, from: s, at: year, value: count, rows: sum}",
        "year,count\n2023,5.\n",
    );
    assert!(
        done.report.findings()[0]
            .message
            .contains("`5.` is not a number")
    );
}
#[test]
fn trailing_zeros_of_a_column_written_to_the_unit_are_digits() {
    let table = "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}}";
    let file = "year,region,count\n2023,north,42750\n2023,south,29329\n";
    let printed = |table: &str| {
        let sum = format!(
            "{}  b: {{label: B, formula: sum(a over region)}}\n",
            data(table)
        );
        let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
        let done = compile("b.yaml", brief, &mut |name| match name {
            "d.yaml" => Ok((name.to_owned(), sum.clone())),
            _ => Ok((name.to_owned(), file.to_owned())),
        });
        facts(done).facts[2].forms.label.clone()
    };
    assert_eq!(printed(table), "~\u{a0}72,080");
    assert_eq!(
        printed(&table.replace("value: count", "value: count, zeros-count: true")),
        "72,079"
    );
}

#[test]
fn the_place_is_said_in_the_language_of_the_brief() {
    let table = "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}, empty: skip, where: {kind: [new], year: [2024]}}";
    let set = data(table);
    let brief = "title: T\nlanguage: de\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    let done = compile("b.yaml", brief, &mut |name| match name {
        "d.yaml" => Ok((name.to_owned(), set.clone())),
        _ => Ok((name.to_owned(), CSV.to_owned())),
    });
    assert_eq!(listed(&facts(done))[0].2, "x.csv, Zeile 5");
}

#[test]
fn rows_come_in_the_order_that_the_metric_declares() {
    let table = "{file: x.csv, from: s, at: year, value: count, dimensions: {region: region}}";
    let file = "year,region,count\n2024,east,1\n2023,south,3\n2023,north,2\n2023,east,1\n";
    let order = |regions: &str| -> Vec<String> {
        let set = data(table).replace("[north, south]", regions);
        let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
        let done = compile("b.yaml", brief, &mut |name| match name {
            "d.yaml" => Ok((name.to_owned(), set.clone())),
            _ => Ok((name.to_owned(), file.to_owned())),
        });
        let all = listed(&facts(done));
        all.into_iter().map(|(address, _, _)| address).collect()
    };
    let south = [
        "a[region=south]@2023",
        "a[region=north]@2023",
        "a[region=east]@2023",
    ];
    assert_eq!(order("[south, north, east]")[..3], south);
    // Where it declares none, in the order of the rows.
    assert_eq!(order("[]")[..3], south);
    assert_eq!(order("[east, north, south]")[0], "a[region=east]@2023");
}
