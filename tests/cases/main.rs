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
