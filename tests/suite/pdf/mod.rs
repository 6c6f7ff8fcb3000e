//! The PDF of a document, read back by our own checker ([`exhibit_tests::pdf`]).

mod placed;
mod random;
mod spoilt;

use exhibit_scene::Fonts;
use exhibit_tests::documents;
use exhibit_tests::pdf::{Findings, check};

/// Checks a file, and that the checker had something to look at.
fn sound(bytes: &[u8]) -> Findings {
    let findings = check(bytes);
    assert!(findings.problems.is_empty(), "{:#?}", findings.problems);
    assert!(findings.elements > 0);
    findings
}

#[test]
fn the_composed_sample_is_sound() {
    let fonts = Fonts::builtin();
    let findings = sound(&exhibit_pdf::write(&documents::composed(&fonts), &fonts));
    assert!(
        findings.elements > 150 && findings.sequences > 150,
        "{findings:?}"
    );
    assert!(findings.links > 20 && findings.codes > 100, "{findings:?}");
}

#[test]
fn the_specimen_is_sound() {
    let fonts = Fonts::builtin();
    let findings = sound(&exhibit_pdf::write(&documents::specimen(&fonts), &fonts));
    assert_eq!(findings.links, 1);
    // The rule in the middle of the chart is an artifact: the chart goes on in a second sequence.
    assert_eq!(
        findings.sequences, 3,
        "a link's text and a chart in two parts"
    );
}

#[test]
fn the_same_bytes_twice_and_in_another_thread() {
    let fonts = Fonts::builtin();
    let document = documents::composed(&fonts);
    let first = exhibit_pdf::write(&document, &fonts);
    let _ = exhibit_pdf::write(&documents::specimen(&fonts), &fonts);
    assert!(first == exhibit_pdf::write(&document, &fonts));
    let fresh = std::thread::scope(|scope| {
        let write = || {
            let fonts = Fonts::builtin();
            exhibit_pdf::write(&documents::composed(&fonts), &fonts)
        };
        scope.spawn(write).join().expect("it writes there too")
    });
    assert!(first == fresh);
}

#[test]
fn another_document_has_another_identifier() {
    let fonts = Fonts::builtin();
    let id = |title: &str| {
        let mut document = documents::specimen(&fonts);
        document.meta.title = title.to_owned();
        let file = lopdf::Document::load_mem(&exhibit_pdf::write(&document, &fonts));
        let file = file.expect("a PDF");
        let id = file.trailer.get(b"ID").expect("an identifier");
        format!("{id:?}")
    };
    assert_ne!(id("One"), id("Two"));
    assert_eq!(id("One"), id("One"));
}
