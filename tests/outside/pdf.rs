//! What programs of others say of our files: qpdf, Poppler, veraPDF.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use exhibit_scene::{Document, Fonts};
use exhibit_svg::About;
use exhibit_tests::documents::random::drafts;
use exhibit_tests::documents::{self, composed};
use exhibit_tests::outside::{Case, program};
use exhibit_tests::pixels::Pixels;
use exhibit_tests::{run, workspace};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

/// The cases of this file.
pub(crate) const CASES: [Case; 7] = [
    Case::new("pdf::qpdf_finds_nothing", &["qpdf"], qpdf_finds_nothing),
    Case::new(
        "pdf::every_font_is_embedded_as_a_subset_with_its_text",
        &["pdffonts"],
        every_font_is_embedded_as_a_subset_with_its_text,
    ),
    Case::new(
        "pdf::the_words_come_back",
        &["pdftotext"],
        the_words_come_back,
    ),
    Case::new(
        "pdf::sentences_come_back_in_reading_order",
        &["pdftotext"],
        sentences_come_back_in_reading_order,
    ),
    Case::new(
        "pdf::pdf_and_svg_look_alike",
        &["pdftoppm"],
        pdf_and_svg_look_alike,
    ),
    Case::new(
        "pdf::verapdf_finds_nothing",
        &["java", "mvn"],
        verapdf_finds_nothing,
    ),
    Case::new(
        "pdf::verapdf_finds_nothing_in_random_documents",
        &["java", "mvn"],
        verapdf_finds_nothing_in_random_documents,
    ),
];

/// Writes a document into a folder that goes away.
fn written(document: &Document, fonts: &Fonts) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a scratch folder");
    let path = folder.path().join("document.pdf");
    fs::write(&path, exhibit_pdf::write(document, fonts)).expect("it is written");
    (folder, path)
}

/// What a program prints.
fn said(command: &mut Command) -> String {
    String::from_utf8(run(command).stdout).expect("UTF-8")
}

fn qpdf_finds_nothing() {
    let qpdf = program("qpdf");
    let fonts = Fonts::builtin();
    for document in [composed(&fonts), documents::specimen(&fonts)] {
        let (_folder, path) = written(&document, &fonts);
        let said = said(Command::new(&qpdf).arg("--check").arg(path));
        assert!(
            said.contains("No syntax or stream encoding errors"),
            "{said}"
        );
    }
}

fn every_font_is_embedded_as_a_subset_with_its_text() {
    let pdffonts = program("pdffonts");
    let fonts = Fonts::builtin();
    let (_folder, path) = written(&documents::specimen(&fonts), &fonts);
    let said = said(Command::new(pdffonts).arg(path));
    let rows: Vec<Vec<&str>> = said
        .lines()
        .skip(2)
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        rows.len(),
        5,
        "three cuts of Inter, two of Noto Sans SC: {said}"
    );
    for row in rows {
        assert!(
            row[0].contains('+') && row[row.len() - 5..][..3] == ["yes"; 3],
            "{said}"
        );
    }
}

fn text_of(path: &Path) -> String {
    said(
        Command::new(program("pdftotext"))
            .args(["-raw"])
            .arg(path)
            .arg("-"),
    )
}

fn the_words_come_back() {
    let fonts = Fonts::builtin();
    let (_folder, path) = written(&documents::specimen(&fonts), &fonts);
    let text = text_of(&path);
    for words in [
        "R&D: 小米 “SU7” passed <10,000>",
        "Vehicles, 40–50%",
        "> 10,000",
        "Source: 雷军, “about 17,800”",
    ] {
        assert!(text.contains(words), "{words:?} is not in {text:?}");
    }
}

/// Sentences of the sample come back whole, across lines and pages, hyphens at line ends gone.
fn sentences_come_back_in_reading_order() {
    let fonts = Fonts::builtin();
    let (_folder, path) = written(&composed(&fonts), &fonts);
    let text = text_of(&path);
    let text = text.replace("\u{AD}\n", "").replace(['\n', '\u{C}'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut from = 0;
    for words in [
        "Deliveries passed ten thousand a month in June What one carmaker says",
        "A fast first summer In June the company delivered > 10,000 vehicles",
        "Engineers moved over from the phone business, where margins had been thin for as long as anyone could remember.",
        "What slows the second plant Research cost 19.1 billion yuan",
        "Who buys Whether the second plant opens in time depends on approvals that nobody outside the ministry can see.",
        "“More than” is a lower bound, not a value.",
        "Interim report 2024. Beijing, 14 August 2024.",
    ] {
        let at = text[from..].find(words);
        from += at.unwrap_or_else(|| panic!("{words:?} is not in {:?}", &text[from..]));
    }
}

/// Both backends draw the specimen alike: Poppler the PDF, resvg the SVG.
fn pdf_and_svg_look_alike() {
    let pdftoppm = program("pdftoppm");
    let fonts = Fonts::builtin();
    let document = documents::specimen(&fonts);
    let (folder, path) = written(&document, &fonts);
    run(Command::new(pdftoppm)
        .args(["-png", "-r", "144", "-singlefile"])
        .arg(path)
        .arg(folder.path().join("page")));
    let pdf = Pixels::read(&fs::read(folder.path().join("page.png")).expect("a picture"));
    let about = About {
        id: "page",
        title: "Page",
        description: "",
        lang: "en",
    };
    let svg = exhibit_svg::write(&document.pages[0].frame, &fonts, &about);
    let svg = Pixels::read(&exhibit_png::render(&svg, 2.0).expect("a picture"));
    assert!(svg.inked() > 0.1);
    let (far, near) = (pdf.difference(&svg, 128), pdf.difference(&svg, 48));
    assert!(far < 0.001 && near < 0.02, "{far} {near}");
}

/// PDF/UA-1 and PDF/A-3a, as veraPDF judges.
fn conform(files: &[PathBuf]) {
    run(Command::new(workspace().join("tests/validators/verapdf.sh")).args(files));
}

fn verapdf_finds_nothing() {
    let fonts = Fonts::builtin();
    let composed = written(&composed(&fonts), &fonts);
    let specimen = written(&documents::specimen(&fonts), &fonts);
    conform(&[composed.1, specimen.1]);
}

/// The same dozen of random documents each time, so that a failure comes back.
fn verapdf_finds_nothing_in_random_documents() {
    let fonts = Fonts::builtin();
    let folder = TempDir::new().expect("a scratch folder");
    let mut runner = TestRunner::deterministic();
    let mut files = Vec::new();
    for number in 0..12 {
        let draft = drafts().new_tree(&mut runner).expect("a draft").current();
        let path = folder.path().join(format!("{number}.pdf"));
        let bytes = exhibit_pdf::write(&draft.document(&fonts), &fonts);
        fs::write(&path, bytes).expect("it is written");
        files.push(path);
    }
    conform(&files);
}
