//! Workbooks, Data Packages, and the first brief for a file.

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
    assert!(fs::metadata(&path).expect("a file").len() < 1 << 20);
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
