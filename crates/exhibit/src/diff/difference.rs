//! What changed from one edition to another: the types.

use exhibit_core::diff::{Diff, Kind};
use serde::Serialize;

use super::pages::Pages;

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
