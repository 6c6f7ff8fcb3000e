//! The cases of `tests/data/cases`, each with what is right: the value, the picture or the finding.

mod books;
mod charts;
mod files;
mod lines;
mod meaning;
mod pages;
mod values;
mod words;
