//! Workbooks, Data Packages, and the first brief for a file.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that the program reads"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;

use exhibit_tests::program::{Run, run_in};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A folder with a brief that prints nothing, and a data set.
fn folder(data: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("data.yaml"), data).expect("a file");
    let brief = "title: T\ndate: 2025-06-30\ndata: [data.yaml]\nbody: [{text: 'No figure.'}]\n";
    fs::write(folder.path().join("brief.yaml"), brief).expect("a file");
    folder
}

/// A data set with one metric of people whose table is this.
fn table(metric: &str, table: &str) -> String {
    format!(
        "sources: {{office: {{title: Office}}}}\nmetrics:\n  people:\n    label: People\n    {metric}\n    table:\n      from: office\n      {}\n",
        table.replace('\n', "\n      ")
    )
}

fn check(folder: &TempDir) -> Run {
    run_in(folder.path(), &["check", "brief.yaml"])
}

/// The facts of the brief: address, printed form, and place in the source.
fn facts(folder: &TempDir) -> Vec<[String; 3]> {
    let run = run_in(folder.path(), &["facts", "brief.yaml", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.talk);
    let all: Value = serde_json::from_str(&run.data).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\u{a0}', " ");
    all["facts"]
        .as_array()
        .expect("facts")
        .iter()
        .map(|fact| {
            [
                text(&fact["address"]),
                text(&fact["display"]),
                text(&fact["origin"]["place"]),
            ]
        })
        .collect()
}

fn save(mut workbook: Workbook, folder: &TempDir) {
    workbook
        .save(folder.path().join("book.xlsx"))
        .expect("a workbook");
}

/// Writes an archive of these parts.
fn zipped(path: &Path, parts: &[(&str, &[u8])]) {
    let mut archive = ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, bytes) in parts {
        archive
            .start_file(
                *name,
                SimpleFileOptions::default().compression_level(Some(1)),
            )
            .expect("a part");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive");
}

/// An OpenDocument sheet with these styles and these tables.
fn open_document(path: &Path, styles: &str, tables: &str) {
    const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
         xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"";
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(
        path,
        &[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("META-INF/manifest.xml", manifest.as_bytes()),
            ("content.xml", content.as_bytes()),
        ],
    );
}

/// A workbook with a share in B2, a rounded number in B3, a qualified one in B4, and an error in B5.
fn annex() -> Workbook {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet()
        .set_name("Table 1")
        .expect("a name");
    let percent = Format::new().set_num_format("0.0%");
    let more = Format::new().set_num_format("\"> \"#,##0");
    sheet.write(0, 0, "Year").expect("a cell");
    sheet
        .write_with_format(1, 1, 0.075, &percent)
        .expect("a cell");
    sheet.write(2, 1, 17_843.2).expect("a cell");
    sheet
        .write_with_format(3, 1, 10_000, &more)
        .expect("a cell");
    sheet
        .write(4, 1, Formula::new("1/0").set_result("#DIV/0!"))
        .expect("a cell");
    workbook
}

/// `verify` asks the cell that a place names.
#[test]
fn verify_looks_a_cell_up() {
    let observations = |rows: &str| {
        format!(
            "sources: {{annex: {{title: Annex}}}}\nmetrics:\n  rate: {{label: Rate, unit: \"%\", observations: [{{at: 2023, value: 7.5, from: \"annex 'Table 1'!B2\"}}]}}\n  people:\n    label: People\n    unit: people\n    observations:\n{rows}"
        )
    };
    let verify = |rows: &str| {
        let folder = folder(&observations(rows));
        save(annex(), &folder);
        run_in(
            folder.path(),
            &["verify", "brief.yaml", "--source", "annex=book.xlsx"],
        )
    };
    let sound = verify(
        "      - {at: 2022, value: 17.8 thousand, from: \"annex 'Table 1'!B3\"}\n      - {at: 2023, value: \"> 10_000\", from: annex B4}\n      - {at: 2024, value: 5, from: annex p. 4}\n",
    );
    assert_eq!(sound.code, 0, "{}", sound.talk);
    assert!(
        sound
            .talk
            .contains("4 figures and events checked in book.xlsx, 3 confirmed"),
        "{}",
        sound.talk
    );
    assert!(
        sound.talk.contains("not written as `Sheet1!B7`"),
        "{}",
        sound.talk
    );
    for (row, code, words) in [
        (
            "{at: 2022, value: 17_900, from: annex B3}",
            "verify-number",
            "'Table 1'!B3 holds 17843.2",
        ),
        (
            "{at: 2022, value: 10_000, from: annex B4}",
            "verify-qualifier",
            "holds > 10000",
        ),
        (
            "{at: 2022, value: 5, from: annex B5}",
            "verify-number",
            "holds #DIV/0!",
        ),
        (
            "{at: 2022, value: 5, from: annex C9}",
            "verify-number",
            "holds nothing",
        ),
        (
            "{at: 2022, value: 5, from: annex Summary!B3}",
            "verify-place",
            "no sheet `Summary`",
        ),
    ] {
        let run = verify(&format!("      - {row}\n"));
        assert_eq!(run.code, 1, "{row}: {}", run.talk);
        assert!(
            run.talk.contains(&format!("[{code}]")) && run.talk.contains(words),
            "{row}: {}",
            run.talk
        );
    }
}

/// A file that is no sound workbook is told, and nothing is unpacked without end.
#[test]
fn verify_refuses_what_is_no_workbook() {
    let data = "sources: {annex: {title: Annex}}\nmetrics: {a: {label: A, observations: [{at: 2023, value: 5, from: annex B2}]}}\n";
    let folder = folder(data);
    let path = folder.path().join("book.xlsx");
    let verify = || {
        run_in(
            folder.path(),
            &["verify", "brief.yaml", "--source", "annex=book.xlsx"],
        )
    };
    fs::write(
        &path,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0],
    )
    .expect("a file");
    let old = verify();
    assert!(
        old.code == 3
            && old
                .talk
                .contains("of the old kind (.xls), or has a password"),
        "{}",
        old.talk
    );
    // A hundred and thirty megabytes of spaces in a hundred kilobytes.
    let spaces = vec![b' '; 130 << 20];
    zipped(&path, &[("xl/workbook.xml", &spaces)]);
    assert!(fs::metadata(&path).expect("a file").len() < 4 << 20);
    let bomb = verify();
    assert!(
        bomb.code == 3 && bomb.talk.contains("unpacks to more than 128 MiB"),
        "{}",
        bomb.talk
    );
    zipped(&path, &[("a.txt", b"no workbook")]);
    let other = verify();
    assert!(
        other.code == 3 && other.talk.contains("an archive, but no workbook"),
        "{}",
        other.talk
    );
    zipped(&path, &[("xl/workbook.xml", b"<workbook>")]);
    let damaged = verify();
    assert!(
        damaged.code == 3 && damaged.talk.contains("cannot be read"),
        "{}",
        damaged.talk
    );
}

/// A workbook as an office makes it: a title, two rows of heads with merged names, a merged group, shares, qualifiers, and a total.
fn office() -> Workbook {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").expect("a name");
    let sheet = workbook
        .add_worksheet()
        .set_name("Table 1")
        .expect("a name");
    let plain = Format::new();
    let (percent, more) = (
        Format::new().set_num_format("0.0%"),
        Format::new().set_num_format("\"> \"#,##0"),
    );
    sheet
        .merge_range(0, 0, 0, 5, "Visitors of the museums, by sex", &plain)
        .expect("a title");
    sheet.write(2, 0, "Region").expect("a cell");
    sheet.write(2, 1, "Year").expect("a cell");
    sheet
        .merge_range(2, 2, 2, 3, "Visitors", &plain)
        .expect("a head");
    sheet.write(2, 4, "Share").expect("a cell");
    sheet.write(3, 2, "women").expect("a cell");
    sheet.write(3, 3, "men").expect("a cell");
    sheet.write(3, 4, "of women").expect("a cell");
    for (first, region) in [(4, "North"), (6, "South")] {
        sheet
            .merge_range(first, 0, first + 1, 0, region, &plain)
            .expect("a group");
        for (row, year) in [(first, 2022), (first + 1, 2023)] {
            sheet.write(row, 1, year).expect("a cell");
            sheet.write(row, 2, 1_000 + row).expect("a cell");
            sheet
                .write_with_format(row, 3, 10_000, &more)
                .expect("a cell");
            sheet
                .write_with_format(row, 4, 0.075, &percent)
                .expect("a cell");
        }
    }
    sheet.write(8, 0, "Source: the office").expect("a cell");
    sheet.write(9, 0, "A second note").expect("a cell");
    sheet.write(9, 1, "in two cells").expect("a cell");
    workbook
}

/// Heads in two rows, cells that are merged, number formats, and places that a spreadsheet program calls its cells by.
#[test]
fn a_sheet_is_read_as_it_is_seen() {
    let keys = "file: book.xlsx\nsheet: Table 1\nhead: 3..4\nfoot: Source\nat: Year\ndimensions: {region: Region}\n";
    let of = |metric: &str, value: &str| {
        let folder = folder(&table(
            &format!("{metric}\n    dimensions: {{region: [North, South]}}"),
            &format!("{keys}value: {value}"),
        ));
        save(office(), &folder);
        facts(&folder)
    };
    let men = of("unit: people", "Visitors men");
    assert_eq!(men.len(), 4);
    assert_eq!(
        men[0],
        [
            "people[region=North]@2022",
            "> 10,000 people",
            "book.xlsx 'Table 1'!D5"
        ]
    );
    let women = of("unit: people", "Visitors women");
    assert_eq!(
        women[3],
        [
            "people[region=South]@2023",
            "1,007 people",
            "book.xlsx 'Table 1'!C8"
        ]
    );
    let share = of("unit: \"%\"", "Share of women");
    assert_eq!(share[1][1], "7.5%");
    // A share in a metric that counts people would be seventy-five thousandths of a person.
    let people = folder(&table(
        "unit: people\n    dimensions: {region: [North, South]}",
        &format!("{keys}value: Share of women"),
    ));
    save(office(), &people);
    let run = check(&people);
    assert!(
        run.talk.contains("'Table 1'!E5") && run.talk.contains("`7.5%` counts in `%`"),
        "{}",
        run.talk
    );
}

/// What `verify` finds for a table is what the table took.
#[test]
fn a_table_stands_in_its_workbook() {
    let folder = folder(&table(
        "unit: people\n    dimensions: {region: [North, South]}",
        "file: book.xlsx\nsheet: 2\nhead: 3..4\nrange: A:E\nfoot: Source\nat: Year\ndimensions: {region: Region}\nvalue: Visitors men",
    ));
    save(office(), &folder);
    let verify = || {
        run_in(
            folder.path(),
            &["verify", "brief.yaml", "--source", "office=book.xlsx"],
        )
    };
    let run = verify();
    assert!(
        run.code == 0
            && run
                .talk
                .contains("4 figures and events checked in book.xlsx, 4 confirmed"),
        "{}",
        run.talk
    );
}

/// The head is found by the names that are asked for, and a sheet must be named where there are several.
#[test]
fn a_head_and_a_sheet_are_found_by_name() {
    let keys = "file: book.xlsx\nat: Month\nvalue: Visitors";
    let with = |more: &str, two: bool| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let (month, one) = (
            Format::new().set_num_format("mmm yyyy"),
            Format::new().set_num_format("0.0,"),
        );
        sheet.write(0, 0, "Monthly visitors").expect("a cell");
        sheet.write(3, 1, "Month").expect("a cell");
        sheet.write(3, 2, "Visitors").expect("a cell");
        for (row, number) in [(4, 1), (5, 2)] {
            let date = ExcelDateTime::from_ymd(2024, number, 1).expect("a date");
            sheet
                .write_with_format(row, 1, date, &month)
                .expect("a cell");
            sheet
                .write_with_format(row, 2, 12_345, &one)
                .expect("a cell");
        }
        if two {
            workbook.add_worksheet();
        }
        let folder = folder(&table("unit: people", &format!("{keys}\n{more}")));
        save(workbook, &folder);
        folder
    };
    let found = facts(&with("", false));
    assert_eq!(found[0][0], "people@2024-01");
    assert_eq!(found[0][2], "book.xlsx Sheet1!C5");
    assert!(found[0][1].contains("12.345 thousand"), "{found:?}");
    let shown = facts(&with("numbers: shown", false));
    assert!(shown[1][1].contains("12.3 thousand"), "{shown:?}");
    let run = check(&with("", true));
    assert!(
        run.talk.contains("the workbook has 2 sheets") && run.talk.contains("`Sheet1`, `Sheet2`"),
        "{}",
        run.talk
    );
    let run = check(&with("sheet: Shet1", true));
    assert!(
        run.talk.contains("no sheet `Shet1`") && run.talk.contains("did you mean `Sheet1`?"),
        "{}",
        run.talk
    );
    let run = check(&with("sheet: 2", true));
    assert!(
        run.talk.contains("the sheet `Sheet2` is empty"),
        "{}",
        run.talk
    );
    assert_eq!(facts(&with("sheet: Sheet1\nrange: B4:C5", true)).len(), 1);
    let run = check(&with("range: B4", false));
    assert!(
        run.talk.contains("`B4` is no range of cells"),
        "{}",
        run.talk
    );
    let folder = with("", false);
    let data = table("unit: people", "file: book.xlsx\nat: Month\nvalue: Visits");
    fs::write(folder.path().join("data.yaml"), data).expect("a file");
    let run = check(&folder);
    assert!(
        run.talk.contains("no column `Visits`") && run.talk.contains("did you mean `Visitors`?"),
        "{}",
        run.talk
    );
}

/// Days are counted from 1900 or from 1904, and binary numbers are the decimals that were typed.
#[test]
fn numbers_and_days_are_those_that_were_typed() {
    let sheet = |cells: &str, old_mac: bool| {
        let folder = folder(&table(
            "unit: km",
            "file: book.xlsx\nat: Day\nvalue: Length",
        ));
        raw_workbook(&folder.path().join("book.xlsx"), cells, old_mac);
        folder
    };
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Day</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Length</t></is></c></row>";
    let row = |day: &str, length: &str| {
        format!(
            "{head}<row r=\"2\"><c r=\"A2\" s=\"1\"><v>{day}</v></c><c r=\"B2\"><v>{length}</v></c></row>"
        )
    };
    let one = facts(&sheet(&row("45473", "7.0000000000000009"), false));
    assert_eq!(one[0][..2], ["people@2024-06-30", "7 kilometres"]);
    let one = facts(&sheet(&row("44011", "0.30000000000000004"), true));
    assert_eq!(one[0][..2], ["people@2024-06-30", "0.3 kilometres"]);
    let formula = format!(
        "{head}<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45473</v></c><c r=\"B2\"><f>A2/7</f></c></row>"
    );
    let run = check(&sheet(&formula, false));
    assert!(
        run.talk.contains("Data!B2") && run.talk.contains("the formula `=A2/7` has no value"),
        "{}",
        run.talk
    );
    let error = format!(
        "{head}<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45473</v></c><c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
    );
    let run = check(&sheet(&error, false));
    assert!(
        run.talk.contains("Data!B2") && run.talk.contains("the cell holds the error #DIV/0!"),
        "{}",
        run.talk
    );
    // An error that the author calls a gap is one.
    let folder = sheet(&error, false);
    let data = table(
        "unit: km",
        "file: book.xlsx\nat: Day\nvalue: Length\nna: [\"#DIV/0!\"]\nempty: unknown",
    );
    fs::write(folder.path().join("data.yaml"), data).expect("a file");
    assert_eq!(facts(&folder).len(), 1);
}

/// A workbook of one sheet with these rows; style 1 shows days.
fn raw_workbook(path: &Path, rows: &str, old_mac: bool) {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let days = if old_mac {
        "<workbookPr date1904=\"1\"/>"
    } else {
        ""
    };
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{days}<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    zipped(path, &parts);
}

/// A sheet with a column for each year, whose names are numbers.
#[test]
fn a_wide_sheet_is_read_as_a_long_one() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "Country").expect("a cell");
    for (column, year) in [(1, 2020), (2, 2021), (3, 2022)] {
        sheet.write(0, column, year).expect("a cell");
        sheet
            .write(1, column, 100 + u32::from(column))
            .expect("a cell");
    }
    sheet.write(1, 0, "Norway").expect("a cell");
    let folder = folder(&table(
        "unit: people\n    dimensions: {country: []}",
        "file: book.xlsx\nwide: {period: all}\ndimensions: {country: Country}",
    ));
    save(workbook, &folder);
    let found = facts(&folder);
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[2],
        [
            "people[country=Norway]@2022",
            "103 people",
            "book.xlsx Sheet1!D2"
        ]
    );
}

/// OpenDocument sheets have repeated cells, styles by column, and values beside what is shown.
#[test]
fn an_open_document_sheet_is_read() {
    let styles = "<number:percentage-style style:name=\"N1\"><number:number number:decimal-places=\"1\"/><number:text>%</number:text></number:percentage-style>\
         <number:number-style style:name=\"N2\"><number:text>&gt; </number:text><number:number number:decimal-places=\"0\" number:grouping=\"true\"/></number:number-style>\
         <number:date-style style:name=\"N3\"><number:month number:textual=\"true\"/><number:text> </number:text><number:year/></number:date-style>\
         <style:style style:name=\"share\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
         <style:style style:name=\"more\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\
         <style:style style:name=\"month\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>";
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |month: u32| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
             <table:table-cell table:style-name=\"month\" office:value-type=\"date\" office:date-value=\"2024-{month:02}-01\"><text:p>x</text:p></table:table-cell>\
             <table:table-cell office:value-type=\"float\" office:value=\"10000\"><text:p>&gt; 10.000</text:p></table:table-cell>\
             <table:table-cell table:style-name=\"share\" office:value-type=\"percentage\" office:value=\"0.075\"><text:p>7,5%</text:p></table:table-cell></table:table-row>"
        )
    };
    let sheet = format!(
        "<table:table table:name=\"Blatt 1\"><table:table-column table:number-columns-repeated=\"3\"/><table:table-column table:default-cell-style-name=\"more\"/><table:table-column/>\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>{}{}{}</table:table-row>{}{}\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
        text("Monat"),
        text("Besucher"),
        text("Anteil"),
        row(1),
        row(2),
    );
    let of = |unit: &str, value: &str| {
        let folder = folder(&table(
            unit,
            &format!("file: book.ods\nat: Monat\nvalue: {value}"),
        ));
        open_document(&folder.path().join("book.ods"), styles, &sheet);
        folder
    };
    let visitors = of("unit: people", "Besucher");
    assert_eq!(
        facts(&visitors)[1],
        ["people@2024-02", "> 10,000 people", "book.ods 'Blatt 1'!D6"]
    );
    let run = run_in(
        visitors.path(),
        &["verify", "brief.yaml", "--source", "office=book.ods"],
    );
    assert!(
        run.code == 0 && run.talk.contains("2 confirmed"),
        "{}",
        run.talk
    );
    assert_eq!(facts(&of("unit: \"%\"", "Anteil"))[0][1], "7.5%");
    // A hundred bytes that stand for all cells that a sheet can have.
    let bomb = "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    let folder = folder(&table(
        "unit: people",
        "file: book.ods\nhead: 1048576\nat: a\nvalue: b",
    ));
    open_document(&folder.path().join("book.ods"), "", bomb);
    let run = check(&folder);
    assert!(
        run.talk.contains("more than 20000000 cells with content"),
        "{}",
        run.talk
    );
}

/// A workbook that is no sound one is a finding, where the data set names it.
#[test]
fn a_damaged_workbook_is_a_finding() {
    let folder = folder(&table("unit: people", "file: book.xlsx\nat: a\nvalue: b"));
    let path = folder.path().join("book.xlsx");
    for bytes in [&b""[..], b"year,value\n2023,5\n", b"PK\x03\x04 and no more"] {
        fs::write(&path, bytes).expect("a file");
        let run = check(&folder);
        assert!(
            run.code == 1 && run.talk.contains("[bad-table]: `book.xlsx`"),
            "{}",
            run.talk
        );
        assert!(run.talk.contains("no workbook"), "{}", run.talk);
    }
    save(office(), &folder);
    let whole = fs::read(&path).expect("a file");
    // Cut short, or with a byte changed in its middle: told, or read as it is; never a fault of the program.
    for step in 1..20 {
        let cut = whole.len() * step / 20;
        fs::write(&path, &whole[..cut]).expect("a file");
        assert_eq!(check(&folder).code, 1, "cut at {cut}");
        let mut changed = whole.clone();
        changed[cut] ^= 0x55;
        fs::write(&path, &changed).expect("a file");
        assert!(check(&folder).code <= 1, "changed at {cut}");
    }
}

/// A Data Package says who made a table and how its file is written.
#[test]
fn a_data_package_describes_its_table() {
    let data = "sources:\n  office: {package: pack/datapackage.json}\nmetrics:\n  visitors:\n    label: Visitors\n    unit: people\n    table: {package: pack/datapackage.json, resource: visitors, from: office, at: Tag, value: Besucher, empty: unknown}\n";
    let package = r##"{"title": "Visitors of the museums", "homepage": "https://example.org/museums", "created": "2024-03-01",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "The Office", "role": "publisher"}, {"title": "A. Author", "role": "author"}],
        "resources": [{"name": "other", "path": "other.csv"}, {"name": "visitors", "path": "rows.txt", "format": "csv", "encoding": "iso-8859-1",
            "dialect": {"delimiter": ";", "commentChar": "#"}, "schema": "schema.json"}]}"##;
    let schema = r#"{"missingValues": ["", "x"], "fields": [{"name": "Tag", "type": "date", "format": "%d.%m.%Y"}, {"name": "Besucher", "type": "number", "decimalChar": ",", "groupChar": "."}]}"#;
    let folder = folder(data);
    let pack = folder.path().join("pack");
    fs::create_dir(&pack).expect("a folder");
    fs::write(pack.join("datapackage.json"), package).expect("a file");
    fs::write(pack.join("schema.json"), schema).expect("a file");
    fs::write(
        pack.join("rows.txt"),
        b"# made by the office\nTag;Ort;Besucher\n01.02.2024;K\xf6ln;1.234,5\n02.02.2024;Bonn;x\n",
    )
    .expect("a file");
    let found = facts(&folder);
    assert_eq!(
        found[0],
        [
            "visitors@2024-02-01",
            "1,234.5 people",
            "pack/rows.txt, row 3"
        ]
    );
    assert_eq!(found[1][1], "no data");
    let run = run_in(folder.path(), &["facts", "brief.yaml", "--format", "json"]);
    let all: Value = serde_json::from_str(&run.data).expect("JSON");
    let source = &all["sources"][0];
    for (key, words) in [
        ("title", "Visitors of the museums"),
        ("publisher", "The Office"),
        ("author", "A. Author"),
        ("licence", "Creative Commons Attribution 4.0"),
        ("url", "https://example.org/museums"),
    ] {
        assert_eq!(source[key], words, "{source}");
    }
    let tell = |package: &str| {
        fs::write(pack.join("datapackage.json"), package).expect("a file");
        check(&folder)
    };
    let run = tell(&package.replace("\"rows.txt\"", "\"../rows.txt\""));
    assert!(
        run.code == 1
            && run
                .talk
                .contains("`../rows.txt` lies outside the folder of the package"),
        "{}",
        run.talk
    );
    let run = tell(&package.replace("\"visitors\", \"path\"", "\"visits\", \"path\""));
    assert!(
        run.talk.contains("no resource `visitors`") && run.talk.contains("did you mean `visits`?"),
        "{}",
        run.talk
    );
    let run = tell("[1]");
    assert!(
        run.code == 1 && run.talk.contains("no list `resources`"),
        "{}",
        run.talk
    );
    // The package itself rides along once, though a source and a table name it.
    fs::write(pack.join("datapackage.json"), package).expect("a file");
    let run = run_in(folder.path(), &["build", "brief.yaml", "--format", "pdf"]);
    assert_eq!(run.code, 0, "{}", run.talk);
}

/// `init --from` writes a brief that can be built, or says what is missing; nothing is written over.
#[test]
fn init_writes_a_brief_for_a_file() {
    let long = "Year,Region,Visitors,Note\n2021,North,1200,a\n2021,South,800,b\n2022,North,1300,c\n2022,South,950,d\n";
    let german = "Statistik der Museen;;\nStand: 2024;;\nDatum;Umsatz;Anteil\n01.02.2024;1.234,5;7,5 %\n01.03.2024;1.334,5;8,5 %\n";
    let wide = "Country,2019,2020,2021\nNorway,1,2,3\nSweden,2,3,..\n";
    let json = "[{\"month\": \"2024-01\", \"sold\": 5}, {\"month\": \"2024-02\", \"sold\": 6}]";
    let odd = "name,value\nA,1\nB,2\n";
    for (name, text, in_data, in_brief) in [
        (
            "visitors.csv",
            long,
            "dimensions: {region: \"Region\"}",
            "by: region",
        ),
        ("umsatz.csv", german, "decimal: \",\"", "of: umsatz"),
        ("wide.csv", wide, "wide: {period: all}", "by: country"),
        ("rows.json", json, "value: \"sold\"", "column:"),
        ("odd.csv", odd, "at: {always: 2024}  # to settle", "bar:"),
    ] {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("in")).expect("a folder");
        fs::write(folder.path().join("in").join(name), text).expect("a file");
        let run = run_in(
            folder.path(),
            &["init", "--from", &format!("in/{name}"), "new"],
        );
        assert_eq!(run.code, 0, "{name}: {}", run.talk);
        let read =
            |file: &str| fs::read_to_string(folder.path().join("new").join(file)).expect("a file");
        let (data, brief) = (read("data.yaml"), read("brief.yaml"));
        assert!(data.contains(&format!("file: \"../in/{name}\"")), "{data}");
        assert!(
            data.contains(in_data) && data.contains("# guess: "),
            "{name}: {data}"
        );
        assert!(brief.contains(in_brief), "{name}: {brief}");
        let build = run_in(
            &folder.path().join("new"),
            &["build", "--deny", "warnings", "--format", "pdf"],
        );
        assert_eq!(build.code, 0, "{name}: {}{data}{brief}", build.talk);
        let again = run_in(
            folder.path(),
            &["init", "--from", &format!("in/{name}"), "new"],
        );
        assert!(
            again.code == 3 && again.talk.contains("never overwritten"),
            "{}",
            again.talk
        );
    }
}

/// `init --from` finds the head of a workbook, in one row or in two.
#[test]
fn init_writes_a_brief_for_a_workbook() {
    let folder = TempDir::new().expect("a folder");
    save(office(), &folder);
    let run = run_in(folder.path(), &["init", "--from", "book.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.talk);
    let data = fs::read_to_string(folder.path().join("data.yaml")).expect("a file");
    assert!(
        data.contains("head: 3..4") && data.contains("sheet: \"Table 1\""),
        "{data}"
    );
    assert!(data.contains("value: \"Visitors women\""), "{data}");
}

/// `init --blank` asks nothing and passes; `--example` is what plain `init` writes.
#[test]
fn init_writes_an_empty_brief() {
    let folder = TempDir::new().expect("a folder");
    let run = run_in(folder.path(), &["init", "--blank", "a"]);
    assert_eq!(run.code, 0, "{}", run.talk);
    let blank = run_in(&folder.path().join("a"), &["check", "--deny", "warnings"]);
    assert_eq!((blank.code, blank.talk.as_str()), (0, "no findings\n"));
    assert_eq!(run_in(folder.path(), &["init", "--example", "b"]).code, 0);
    assert_eq!(run_in(folder.path(), &["init", "c"]).code, 0);
    let read =
        |path: &str| fs::read(folder.path().join(path).join("data/brief.yaml")).expect("a file");
    assert_eq!(read("b"), read("c"));
    let both = run_in(folder.path(), &["init", "--blank", "--example", "d"]);
    assert_eq!(both.code, 2, "{}", both.talk);
    let none = run_in(folder.path(), &["init", "--from", "missing.csv"]);
    assert!(
        none.code == 3 && none.talk.contains("missing.csv cannot be read"),
        "{}",
        none.talk
    );
}

/// A column of margins makes estimates of the numbers beside it.
#[test]
fn a_column_of_margins_makes_estimates() {
    let folder = folder(&table(
        "unit: people\n    dimensions: {state: []}",
        "file: rows.csv\nat: {always: 2017}\ndimensions: {state: state}\nvalue: estimate\nmargin: moe\nlevel: 90%",
    ));
    fs::write(
        folder.path().join("rows.csv"),
        "state,estimate,moe\nOhio,120,5\nIowa,80,\nUtah,90,-1\n",
    )
    .expect("a file");
    let run = check(&folder);
    assert!(
        run.code == 1 && run.talk.contains("row 4, column `moe`"),
        "{}",
        run.talk
    );
    fs::write(
        folder.path().join("rows.csv"),
        "state,estimate,moe\nOhio,120,5\nIowa,80,\n",
    )
    .expect("a file");
    let run = run_in(folder.path(), &["facts", "brief.yaml", "--format", "json"]);
    let all: Value = serde_json::from_str(&run.data).expect("JSON");
    let (estimate, plain) = (&all["facts"][0], &all["facts"][1]);
    assert_eq!(estimate["qualifier"], "estimate", "{estimate}");
    for (key, words) in [("amount", "120"), ("low", "115"), ("high", "125")] {
        assert_eq!(estimate[key], words, "{estimate}");
    }
    // An estimate whose margin is not known is an estimate all the same.
    assert_eq!(plain["qualifier"], "exact", "{plain}");
}
