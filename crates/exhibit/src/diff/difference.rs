//! What changed from one edition to another: the types.

use std::fmt;

use exhibit_core::diff::{Diff, Kind};
use serde::Serialize;

use super::pages::Pages;
use crate::record::RecordError;

/// What changed.
#[derive(Debug)]
pub struct Difference {
    /// Figures, sentences, exhibits.
    pub data: Diff,
    /// Pages, of two briefs.
    pub pages: Option<Pages>,
    /// Files, of two manifests.
    pub files: Option<Vec<FileChange>>,
}

/// A file of a build that is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileChange {
    /// Where it is, from the output folder.
    pub path: String,
    /// Added, removed, or revised.
    pub kind: Kind,
}

/// A side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// What was.
    Old,
    /// What is.
    New,
}

/// A manifest does not say what its facts are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestError {
    /// Which of the two manifests.
    pub edition: Edition,
    /// What its facts lack.
    pub reason: RecordError,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its facts are damaged ({})", self.reason)
    }
}

impl std::error::Error for ManifestError {}
