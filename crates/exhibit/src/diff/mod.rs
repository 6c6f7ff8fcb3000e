//! What changed from one edition to another, in terms of the data.
//!
//! Reading order: `difference` (the types), `manifests` (two builds by what their manifests say), `pages` (two documents by what
//! is printed).

mod difference;
mod manifests;
mod pages;

use exhibit_core::diff::{Change, Kind, diff, markdown, text};
use exhibit_facts::facts::Facts;
use exhibit_scene::Document;
use serde_json::{Value as Json, json};

use crate::manifest::Manifest;
pub use difference::{Difference, Edition, FileChange, ManifestError};
pub use pages::Pages;

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-diff-1";

impl Difference {
    /// Between the figures of two data sets.
    ///
    /// ```
    /// use exhibit::{Brief, diff::Difference};
    /// let brief = Brief::article();
    /// let facts = brief.facts().unwrap();
    /// assert!(Difference::of_data(facts, facts).is_empty());
    /// ```
    #[must_use]
    pub fn of_data(old: &Facts, new: &Facts) -> Self {
        Self {
            data: diff(old, new),
            pages: None,
            files: None,
        }
    }

    /// Between the figures of two briefs and the pages that both are composed to.
    #[must_use]
    pub fn of_briefs(old: (&Facts, &Document), new: (&Facts, &Document)) -> Self {
        Self {
            pages: Some(Pages::compare(old.1, new.1)),
            ..Self::of_data(old.0, new.0)
        }
    }

    /// Between the figures, exhibits and files of two builds, by what their manifests say. They hold neither sentences nor pages.
    ///
    /// # Errors
    /// [`ManifestError`] where one of the two does not say what its facts are.
    pub fn of_manifests(old: &Manifest, new: &Manifest) -> Result<Self, ManifestError> {
        manifests::compare(old, new)
    }

    /// True when the two editions say and show the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
            && !self.data.changes.iter().any(|change| change.resourced)
            && self.pages.as_ref().is_none_or(Pages::is_empty)
            && self.files.as_ref().is_none_or(Vec::is_empty)
    }

    /// "1 added, 2 revised, 130 unchanged"; what there is none of is left out.
    fn counts(&self) -> String {
        let counts = Kind::ALL.into_iter().filter_map(|kind| {
            let count = self.data.count(kind);
            (count > 0).then(|| format!("{count} {}", kind.name()))
        });
        counts.collect::<Vec<_>>().join(", ")
    }

    /// For people, one change a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = text(&self.data);
        if let Some(pages) = self.pages.as_ref().filter(|pages| !pages.is_empty()) {
            out.push_str(&format!("pages        {}\n", pages.text()));
        }
        for file in self.files.iter().flatten() {
            out.push_str(&format!(
                "file         {} {}\n",
                file.path,
                file.kind.name()
            ));
        }
        if self.is_empty() {
            out.push_str("no difference\n");
        }
        let counts = self.counts();
        if !counts.is_empty() {
            out.push_str(&format!("{counts}\n"));
        }
        out
    }

    /// For a pull request.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = markdown(&self.data);
        if let Some(pages) = self.pages.as_ref().filter(|pages| !pages.is_empty()) {
            out.push_str(&format!("\n**Pages that change**: {}\n", pages.text()));
        }
        let files = self.files.as_deref().unwrap_or_default();
        if !files.is_empty() {
            out.push_str("\n**Files that change**\n\n");
        }
        for file in files {
            out.push_str(&format!("- `{}` ({})\n", file.path, file.kind.name()));
        }
        out
    }

    /// For programs; `old` and `new` name the editions.
    #[must_use]
    pub fn json(&self, old: &str, new: &str) -> String {
        let told = |change: &&Change| change.kind != Kind::Unchanged || change.resourced;
        let changes: Vec<&Change> = self.data.changes.iter().filter(told).collect();
        let counts: serde_json::Map<String, Json> = Kind::ALL
            .into_iter()
            .map(|kind| (kind.name().to_owned(), self.data.count(kind).into()))
            .collect();
        let json = json!({
            "schema": SCHEMA,
            "old": old,
            "new": new,
            "counts": counts,
            "changes": changes,
            "sentences": self.data.sentences,
            "exhibits": self.data.exhibits,
            "pages": self.pages,
            "files": self.files,
        });
        format!("{json:#}\n")
    }
}
