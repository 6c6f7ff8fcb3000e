//! Observations from Parquet files that are written here: every type that is read, nulls, sums, and the findings of files that are wrong.
//!
//! The file is long since the writer of the files and the tables of what they give belong together.

use std::io::{Cursor, Read};
use std::sync::Arc;

use bytes::Bytes;
use exhibit_core::diag::Finding;
use exhibit_core::{Compilation, compile_with};
use exhibit_facts::facts::Facts;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, Int96};
use parquet::file::metadata::ParquetMetaDataWriter;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// The cells of one column; `None` is null.
enum Values {
    Bool(Vec<Option<bool>>),
    Int(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Old(Vec<Option<Int96>>),
    Float(Vec<Option<f32>>),
    Double(Vec<Option<f64>>),
    Binary(Vec<Option<Vec<u8>>>),
}

use Values::{Binary, Bool, Double, Float, Int, Long, Old};

fn all<T: Clone>(values: &[T]) -> Vec<Option<T>> {
    values.iter().cloned().map(Some).collect()
}

fn texts(values: &[&str]) -> Values {
    Binary(
        values
            .iter()
            .map(|text| Some(text.as_bytes().to_vec()))
            .collect(),
    )
}

fn parts<T: Clone, S>(cells: &[Option<T>], stored: impl Fn(T) -> S) -> (Vec<S>, Vec<i16>) {
    let levels = cells.iter().map(|cell| i16::from(cell.is_some()));
    let values = cells.iter().flatten().cloned().map(stored);
    (values.collect(), levels.collect())
}

/// A file with a group of rows for each entry of `groups`, whose columns are those of the schema.
fn written(schema: &str, properties: WriterProperties, groups: &[&[Values]]) -> Vec<u8> {
    let schema = parse_message_type(&format!("message rows {{ {schema} }}")).expect("a schema");
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
        .expect("a file");
    for columns in groups {
        let mut group = file.next_row_group().expect("a group");
        for values in *columns {
            let mut column = group.next_column().expect("written").expect("a column");
            macro_rules! write {
                ($writer:expr, $cells:expr, $stored:expr) => {{
                    let (values, levels) = parts($cells, $stored);
                    $writer.write_batch(&values, Some(&levels), None)
                }};
            }
            match (column.untyped(), values) {
                (ColumnWriter::BoolColumnWriter(to), Bool(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::Int32ColumnWriter(to), Int(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::Int64ColumnWriter(to), Long(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::Int96ColumnWriter(to), Old(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::FloatColumnWriter(to), Float(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::DoubleColumnWriter(to), Double(cells)) => write!(to, cells, |v| v),
                (ColumnWriter::ByteArrayColumnWriter(to), Binary(cells)) => {
                    write!(to, cells, ByteArray::from)
                }
                (ColumnWriter::FixedLenByteArrayColumnWriter(to), Binary(cells)) => {
                    write!(to, cells, |v| ByteArray::from(v).into())
                }
                _ => panic!("values of another type than the schema says"),
            }
            .expect("written");
            column.close().expect("closed");
        }
        group.close().expect("closed");
    }
    file.into_inner().expect("closed")
}

fn plain(schema: &str, columns: &[Values]) -> Vec<u8> {
    written(schema, WriterProperties::default(), &[columns])
}

fn run(table: &str, file: &[u8]) -> Compilation {
    run_over(table, &mut || Box::new(Cursor::new(file.to_vec())))
}

fn run_over(table: &str, open: &mut dyn FnMut() -> Box<dyn Read>) -> Compilation {
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  a:\n    label: A\n    measure: flow\n    signed: true\n    dimensions: {{region: []}}\n    table: {table}\n"
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    compile_with(
        "b.yaml",
        brief,
        &mut |name| Ok((name.to_owned(), data.clone())),
        Some(&mut |_| Ok(open())),
    )
}

fn facts(table: &str, file: &[u8]) -> Facts {
    let done = run(table, file);
    assert!(done.report.is_empty(), "{:#?}", done.report.findings());
    done.facts.expect("sound")
}

/// Addresses and labels, in their order.
fn listed(table: &str, file: &[u8]) -> Vec<(String, String)> {
    facts(table, file)
        .facts
        .iter()
        .map(|fact| {
            let label = fact.forms.label.replace('\u{a0}', " ");
            (fact.address.clone(), label)
        })
        .collect()
}

fn labels(table: &str, file: &[u8]) -> Vec<String> {
    listed(table, file)
        .into_iter()
        .map(|(_, label)| label)
        .collect()
}

fn found(table: &str, file: &[u8]) -> Finding {
    let done = run(table, file);
    assert!(done.facts.is_none(), "nothing comes of a faulty file");
    let findings = done.report.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].clone()
}

fn message(table: &str, file: &[u8]) -> String {
    let finding = found(table, file);
    assert_eq!(finding.code.as_str(), "bad-table", "{finding:#?}");
    finding.message
}

const PLAIN: &str = "{file: x.parquet, from: s, at: year, value: count}";

/// What a column of one type gives, a year a row.
fn column(kind: &str, values: Values, rows: i32) -> Vec<String> {
    let years: Vec<i32> = (2001..2001 + rows).collect();
    let schema = format!("optional int32 year; {kind};");
    labels(PLAIN, &plain(&schema, &[Int(all(&years)), values]))
}

#[test]
fn whole_numbers_come_as_they_are() {
    assert_eq!(
        column("optional int32 count", Int(all(&[5, -17_800, i32::MIN])), 3),
        ["5", "−17,800", "−2,147,483,648"]
    );
    assert_eq!(
        column("optional int64 count", Long(all(&[i64::MAX, -1])), 2),
        ["9,223,372,036,854,775,807", "−1"]
    );
    assert_eq!(
        column("optional int32 count (UINT_32)", Int(all(&[-1, 7])), 2),
        ["4,294,967,295", "7"]
    );
    assert_eq!(
        column(
            "optional int64 count (INTEGER(64,false))",
            Long(all(&[-1])),
            1
        ),
        ["18,446,744,073,709,551,615"]
    );
    assert_eq!(
        column("optional int32 count (INTEGER(8,true))", Int(all(&[-3])), 1),
        ["−3"]
    );
}

#[test]
fn binary_fractions_are_the_decimals_that_they_print() {
    assert_eq!(
        column(
            "optional double count",
            Double(all(&[0.1, 42_750.0, -2.5, 0.1 + 0.2, 1.5e-7, 3e22])),
            6
        ),
        [
            "0.1",
            "42,750",
            "−2.5",
            "0.30000000000000004",
            "0.00000015",
            "30,000,000,000,000,000,000,000"
        ]
    );
    // The nearest 32-bit number to 0.1 is 0.1, and not what it is as a 64-bit one: 0.10000000149011612.
    assert_eq!(
        column("optional float count", Float(all(&[0.1, 1e-6])), 2),
        ["0.1", "0.000001"]
    );
    let schema = "optional int32 year; optional double count;";
    for (value, why) in [
        (f64::NAN, "`NaN` is not a finite number"),
        (f64::NEG_INFINITY, "`-inf` is not a finite number"),
        (1e300, "power of ten 300 is out of range"),
    ] {
        let file = plain(schema, &[Int(all(&[2001])), Double(all(&[value]))]);
        assert_eq!(
            message(PLAIN, &file),
            format!("`x.parquet` row 1, column `count`: {why}")
        );
    }
}

#[test]
fn decimals_are_exact_and_keep_their_places() {
    assert_eq!(
        column(
            "optional int32 count (DECIMAL(9,2))",
            Int(all(&[1250, 5, -5, 0])),
            4
        ),
        ["12.50", "0.05", "−0.05", "0.00"]
    );
    assert_eq!(
        column(
            "optional int64 count (DECIMAL(18,3))",
            Long(all(&[123_456_789_012_345_678])),
            1
        ),
        ["123,456,789,012,345.678"]
    );
    assert_eq!(
        column("optional int64 count (DECIMAL(18,0))", Long(all(&[42])), 1),
        ["42"]
    );
    // 12345678901234567890.12 and its negative, in two's complement.
    let digits = 1_234_567_890_123_456_789_012_i128;
    let long = |value: i128| value.to_be_bytes().to_vec();
    let expected = [
        "12,345,678,901,234,567,890.12",
        "−12,345,678,901,234,567,890.12",
    ];
    let values = || Binary(all(&[long(digits), long(-digits)]));
    assert_eq!(
        column(
            "optional fixed_len_byte_array(16) count (DECIMAL(38,2))",
            values(),
            2
        ),
        expected
    );
    assert_eq!(
        column("optional binary count (DECIMAL(38,2))", values(), 2),
        expected
    );
}

#[test]
fn dates_and_timestamps_are_days() {
    let addresses = |kind: &str, values: Values, count: usize| -> Vec<String> {
        let counts: Vec<i32> = (1..).take(count).collect();
        let schema = format!("{kind}; optional int32 count;");
        listed(PLAIN, &plain(&schema, &[values, Int(all(&counts))]))
            .into_iter()
            .map(|(address, _)| address)
            .collect()
    };
    assert_eq!(
        addresses("optional int32 year (DATE)", Int(all(&[-1, 0, 19_753])), 3),
        ["a@1969-12-31", "a@1970-01-01", "a@2024-01-31"]
    );
    // The last tick of a day and the first of the next, before and after 1970.
    for (unit, a_second) in [
        ("MILLIS", 1_000),
        ("MICROS", 1_000_000),
        ("NANOS", 1_000_000_000),
    ] {
        let day = 86_400 * a_second;
        assert_eq!(
            addresses(
                &format!("optional int64 year (TIMESTAMP({unit},true))"),
                Long(all(&[-1, 19_753 * day - 1, 19_753 * day])),
                3
            ),
            ["a@1969-12-31", "a@2024-01-30", "a@2024-01-31"],
            "{unit}"
        );
    }
    assert_eq!(
        addresses(
            "optional int64 year (TIMESTAMP_MILLIS)",
            Long(all(&[1_706_659_200_000])),
            1
        ),
        ["a@2024-01-31"]
    );
    // Julian day 2,440,588 is 1970-01-01 (Parquet, INT96 timestamps).
    let mut old = Int96::new();
    old.set_data(0, 0, 2_440_588 + 19_753);
    assert_eq!(
        addresses("optional int96 year", Old(all(&[old])), 1),
        ["a@2024-01-31"]
    );
    let file = plain(
        "optional int32 year (DATE); optional int32 count;",
        &[Int(all(&[i32::MAX])), Int(all(&[1]))],
    );
    assert_eq!(
        message(PLAIN, &file),
        "`x.parquet` row 1, column `year`: the day is beyond the years 1 to 9999"
    );
}

#[test]
fn texts_and_truth_values_tell_rows_apart() {
    let schema = "optional binary year (UTF8); optional binary region; optional boolean final; optional binary count (STRING);";
    let columns = || {
        [
            texts(&["2023", "2023-Q1", "2023", "2024"]),
            texts(&["north", "south", "小米", "south"]),
            Bool(vec![Some(true), Some(true), Some(true), Some(false)]),
            texts(&["> 12", "~ 40..50", " 7 ", "9"]),
        ]
    };
    let table = "{file: x.parquet, from: s, at: year, value: count, dimensions: {region: region}, where: {final: [\"true\"], region: [north, south, 小米]}}";
    let file = plain(schema, &columns());
    let expected = [
        ("a[region=north]@2023", "> 12"),
        ("a[region=小米]@2023", "7"),
        ("a[region=south]@2023-Q1", "~ 40–50"),
    ];
    let expected = expected.map(|(address, label)| (address.to_owned(), label.to_owned()));
    assert_eq!(listed(table, &file), expected);
    // However the pages are written.
    for (version, compression) in [
        (WriterVersion::PARQUET_1_0, Compression::SNAPPY),
        (WriterVersion::PARQUET_2_0, Compression::SNAPPY),
        (
            WriterVersion::PARQUET_1_0,
            Compression::GZIP(Default::default()),
        ),
        (
            WriterVersion::PARQUET_2_0,
            Compression::GZIP(Default::default()),
        ),
    ] {
        for dictionary in [true, false] {
            let properties = WriterProperties::builder()
                .set_writer_version(version)
                .set_compression(compression)
                .set_dictionary_enabled(dictionary)
                .build();
            let file = written(schema, properties, &[&columns()]);
            assert_eq!(
                listed(table, &file),
                expected,
                "{version:?}, {compression}, dictionary {dictionary}"
            );
        }
    }
    let mut broken = columns();
    broken[1] = Binary(all(&[
        b"north".to_vec(),
        b"n\xff".to_vec(),
        b"x".to_vec(),
        b"y".to_vec(),
    ]));
    assert_eq!(
        message(table, &plain(schema, &broken)),
        "`x.parquet` row 2, column `region`: these bytes are not UTF-8"
    );
}

#[test]
fn null_is_an_empty_cell() {
    let schema = "optional int32 year; optional double count;";
    let file = plain(
        schema,
        &[
            Int(all(&[2021, 2022, 2023])),
            Double(vec![Some(1.5), None, Some(2.5)]),
        ],
    );
    assert_eq!(
        message(PLAIN, &file),
        "`x.parquet` row 2, column `count`: the cell is empty"
    );
    let skip = PLAIN.replace("value: count", "value: count, empty: skip");
    assert_eq!(labels(&skip, &file), ["1.5", "2.5"]);
    let unknown = PLAIN.replace("value: count", "value: count, empty: unknown");
    assert_eq!(labels(&unknown, &file), ["1.5", "no data", "2.5"]);
    let no_year = plain(schema, &[Int(vec![None]), Double(all(&[1.0]))]);
    assert_eq!(
        message(PLAIN, &no_year),
        "`x.parquet` row 1, column `year`: `` cannot be read as a period"
    );
    let all_null = plain(schema, &[Int(all(&[2021, 2022])), Double(vec![None, None])]);
    assert_eq!(
        message(&skip, &all_null),
        "no row of `x.parquet` becomes an observation"
    );
    // A column that cannot be null has no levels to say so.
    let required = plain(
        "required int32 year; required int64 count;",
        &[Int(all(&[2021, 2022])), Long(all(&[3, 4]))],
    );
    assert_eq!(labels(PLAIN, &required), ["3", "4"]);
}

#[test]
fn rows_of_many_groups_and_batches_add_up() {
    let schema = "optional int32 year; optional binary region (STRING); optional int64 count (DECIMAL(18,2)); optional int32 more;";
    let rows = 5_000_i64;
    let regions = ["north", "south", "elsewhere"];
    let count = |row: i64| (row < 4_000 || row % 7 != 0).then_some(row * 25);
    let group = |rows: std::ops::Range<i64>| {
        let place = |row: i64| usize::try_from(row % 3).expect("0 to 2");
        [
            Int(rows
                .clone()
                .map(|row| Some(2000 + (row % 4) as i32))
                .collect()),
            Binary(
                rows.clone()
                    .map(|row| Some(regions[place(row)].as_bytes().to_vec()))
                    .collect(),
            ),
            Long(rows.clone().map(count).collect()),
            Int(rows.map(|_| None).collect()),
        ]
    };
    // Groups that do not end where batches do, one of them empty.
    let file = written(
        schema,
        WriterProperties::default(),
        &[
            &group(0..1),
            &group(1..1_025),
            &group(1_025..1_025),
            &group(1_025..rows),
        ],
    );
    let table = "{file: x.parquet, from: s, at: year, value: count, rows: sum, empty: skip, dimensions: {region: region}, where: {region: [north, south]}}";
    let facts = facts(table, &file);
    assert_eq!(facts.facts.len(), 8);
    for (index, region) in regions.iter().take(2).enumerate() {
        for year in 0..4 {
            let hundredths: i64 = (0..rows)
                .filter(|row| row % 4 == year && row % 3 == index as i64)
                .filter_map(count)
                .sum();
            let address = format!("a[region={region}]@{}", 2000 + year);
            let fact = facts.fact(&address).expect("it is there");
            assert_eq!(
                fact.forms.number.replace(',', ""),
                format!("{}.{:02}", hundredths / 100, hundredths % 100),
                "{address}"
            );
        }
    }
    // A fault far down is called by its row in the file.
    let twice = "{file: x.parquet, from: s, at: year, value: count, empty: skip}";
    assert_eq!(
        message(twice, &file),
        "`x.parquet` row 5, column `year`: row 1 has the same period and dimension values"
    );
    assert_eq!(
        message(&table.replace("empty: skip, ", ""), &file),
        "`x.parquet` row 4012, column `count`: the cell is empty"
    );
}

#[test]
fn the_rows_of_an_observation_are_its_place() {
    let file = plain(
        "optional int32 year; optional int32 count;",
        &[Int(all(&[2021, 2022])), Int(all(&[3, 4]))],
    );
    let facts = facts(PLAIN, &file);
    let exhibit_facts::facts::Origin::Stated { place, .. } = &facts.facts[1].origin else {
        panic!("a stated fact")
    };
    assert_eq!(place, "x.parquet, row 2");
}

#[test]
fn a_column_that_cannot_be_read_is_named() {
    let file = plain(
        "optional int32 year; optional int32 counts;",
        &[Int(all(&[2021])), Int(all(&[3]))],
    );
    let finding = found(PLAIN, &file);
    assert_eq!(
        (finding.message.as_str(), finding.help.as_slice()),
        (
            "`x.parquet`, column `count`: the table has no column `count`",
            &["did you mean `counts`?".to_owned()][..]
        )
    );
    for (schema, why) in [
        (
            "optional int32 year; optional group count { optional int32 inner; }",
            "the column is nested: its cells are lists, maps or groups",
        ),
        (
            "optional int32 year; optional group count (LIST) { repeated group list { optional int32 element; } }",
            "the column is nested: its cells are lists, maps or groups",
        ),
        (
            "optional int32 year; repeated int32 count;",
            "the column is nested: its cells are lists, maps or groups",
        ),
        (
            "optional int32 year; optional int32 count (TIME(MILLIS,true));",
            "the program does not read values of type TIME",
        ),
        (
            "optional int32 year; optional int64 count (TIME_MICROS);",
            "the program does not read values of type TIME_MICROS",
        ),
        (
            "optional int32 year; optional fixed_len_byte_array(16) count (UUID);",
            "the program does not read values of type UUID",
        ),
        (
            "optional int32 year; optional fixed_len_byte_array(12) count (INTERVAL);",
            "the program does not read values of type INTERVAL",
        ),
        (
            "optional int32 year; optional fixed_len_byte_array(4) count;",
            "the program does not read values of type FIXED_LEN_BYTE_ARRAY",
        ),
    ] {
        // The schema alone says so: no row is written.
        let file = written(schema, WriterProperties::default(), &[]);
        assert_eq!(
            message(PLAIN, &file),
            format!("`x.parquet`, column `count`: {why}")
        );
    }
    // Nested columns that nobody asks for do no harm, and neither does a leaf of the same name inside them.
    let beside = plain(
        "optional group more { optional int32 count; } optional int32 year; optional int32 count;",
        &[Int(vec![None]), Int(all(&[2021])), Int(all(&[4]))],
    );
    assert_eq!(labels(PLAIN, &beside), ["4"]);
}

#[test]
fn a_compression_that_is_not_read_is_named() {
    let file = plain(
        "optional int32 year; optional int32 count;",
        &[Int(all(&[2021])), Int(all(&[3]))],
    );
    // No writer here has Zstandard, so the metadata are made to say so.
    let reader = SerializedFileReader::new(Bytes::from(file.clone())).expect("sound");
    let mut metadata = reader.metadata().clone().into_builder();
    for group in metadata.take_row_groups() {
        let columns = group.columns().iter().map(|column| {
            let column = column.clone().into_builder();
            column.set_compression(Compression::ZSTD(ZstdLevel::default()))
        });
        let columns = columns.map(|column| column.build().expect("a column"));
        let columns = columns.collect();
        let group = group.into_builder().set_column_metadata(columns).build();
        metadata = metadata.add_row_group(group.expect("a group"));
    }
    let mut other = file;
    ParquetMetaDataWriter::new(&mut other, &metadata.build())
        .finish()
        .expect("written");
    assert_eq!(
        message(PLAIN, &other),
        "`x.parquet` row 1, column `year`: the column is compressed by ZSTD"
    );
}

/// A small file with every kind of page, compressed or not.
fn small(compression: Compression, version: WriterVersion) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_writer_version(version)
        .build();
    let schema = "required int32 year; optional binary region (STRING); optional double count;";
    let columns = [
        Int(all(&[2021, 2022, 2023])),
        texts(&["north", "south", "north"]),
        Double(vec![Some(1.5), None, Some(2.5)]),
    ];
    written(schema, properties, &[&columns])
}

#[test]
fn a_damaged_file_is_a_finding_wherever_the_damage_is() {
    let table = "{file: x.parquet, from: s, at: year, value: count, dimensions: {region: region}, empty: skip}";
    assert_eq!(
        message(table, b"year,count\n2023,5\n"),
        "`x.parquet`: Invalid Parquet file. Corrupt footer"
    );
    assert_eq!(
        message(table, b""),
        "`x.parquet`: Parquet file too small. Size is 0 but need 8"
    );
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
    ] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let sound = small(compression, version);
            assert_eq!(labels(table, &sound), ["1.5", "2.5"]);
            for end in 0..sound.len() {
                let finding = found(table, &sound[..end]);
                assert_eq!(finding.code.as_str(), "bad-table", "cut at {end}");
            }
            // A flipped bit may do no harm, or give other figures; a finding is the table's.
            for at in 0..sound.len() {
                let bit = at % 8;
                let mut flipped = sound.clone();
                flipped[at] ^= 1 << bit;
                let done = run(table, &flipped);
                let findings = done.report.findings();
                assert!(
                    findings
                        .iter()
                        .all(|finding| finding.code.as_str() == "bad-table"),
                    "bit {bit} of byte {at}: {findings:#?}"
                );
            }
        }
    }
}

#[test]
fn a_file_that_breaks_off_is_unreadable() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let finding = {
        let done = run_over(PLAIN, &mut || Box::new(Broken));
        done.report.findings()[0].clone()
    };
    assert_eq!(
        (finding.code.as_str(), finding.message.as_str()),
        ("unreadable-file", "`x.parquet`: the disk is gone")
    );
}
