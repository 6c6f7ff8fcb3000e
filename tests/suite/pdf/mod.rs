//! The PDF of a document, read back: by our own checker of structure, and by programs of others.

#[path = "../../../crates/exhibit-pages/tests/sample/mod.rs"]
mod sample;

use exhibit_scene::{Attachment, Document, Fonts, Relationship, Theme};
use exhibit_tests::workspace;

/// The sample brief, composed: everything that a page can hold, charts being stand-ins.
fn composed(fonts: &Fonts) -> Document {
    let theme = Theme::standard();
    let facts = sample::full();
    let drawn = sample::drawn(&facts, &theme, fonts, 150.0);
    let attachments = vec![Attachment {
        name: "facts.json".into(),
        mime: "application/json",
        description: "The figures of this briefing".into(),
        relationship: Relationship::Data,
        bytes: b"{\"facts\": []}\n".to_vec(),
    }];
    exhibit_pages::compose(&facts, drawn, &theme, fonts, "exhibit 0.1.0", attachments)
        .expect("the faces have the sample's characters")
}

#[test]
fn first() {
    let fonts = Fonts::builtin();
    let document = composed(&fonts);
    let bytes = exhibit_pdf::write(&document, &fonts);
    std::fs::create_dir_all(workspace().join("target/pdf")).unwrap();
    std::fs::write(workspace().join("target/pdf/sample.pdf"), bytes).unwrap();
}
