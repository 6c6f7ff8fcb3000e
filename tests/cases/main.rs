//! The cases of `tests/data/cases`, each with what is right: the value, the picture or the finding.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "cases write the files that the program reads, and read what it wrote"
)]

mod books;
mod charts;
mod files;
mod lines;
mod meaning;
mod pages;
mod values;
mod words;

use std::fs;

use exhibit_tests::{cases, workspace};

/// A case without a test would look like a promise that is kept.
#[test]
fn every_case_is_a_test() {
    let folder = workspace().join("tests/cases");
    let files = fs::read_dir(folder).expect("the folder of the tests");
    let texts: Vec<String> = files
        .map(|file| fs::read_to_string(file.expect("an entry").path()).expect("a text"))
        .collect();
    let quoted = |name: &String| format!("\"{name}\"");
    let is_tested = |name: &String| texts.iter().any(|text| text.contains(&quoted(name)));
    let mut names = cases::names();
    names.retain(|name| !is_tested(name));
    assert_eq!(names, [""; 0]);
}
