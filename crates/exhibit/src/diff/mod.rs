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

    /// The difference between the figures of two briefs, and between the pages that both are composed to.
    ///
    /// ```
    /// use exhibit::{Fonts, diff::Difference};
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// // Two editions of a brief, with their numbers of staff.
    /// let (mut old, mut new, fonts) = (edition(9_400), edition(9_500), Fonts::builtin());
    /// let (before, now) = (old.document(&fonts).unwrap(), new.document(&fonts).unwrap());
    /// let difference = Difference::of_briefs((old.facts().unwrap(), &before), (new.facts().unwrap(), &now));
    /// assert_eq!(difference.data.changes[0].address, "staff@2023");
    /// assert_eq!(difference.pages.unwrap().changed[0], 1);
    /// ```
    #[must_use]
    pub fn of_briefs(old: (&Facts, &Document), new: (&Facts, &Document)) -> Self {
        Self {
            pages: Some(Pages::compare(old.1, new.1)),
            ..Self::of_data(old.0, new.0)
        }
    }

    /// The difference between the figures, exhibits and files of two builds, by their manifests. Manifests hold neither sentences nor pages.
    ///
    /// # Errors
    /// [`ManifestError`] where one of the two does not say what its facts are.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection, diff::Difference, manifest::Manifest};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let manifest = |outputs| Manifest::parse(brief.manifest(outputs, None, &|_| false).as_bytes()).unwrap();
    /// let difference = Difference::of_manifests(&manifest(&[]), &manifest(&outputs)).unwrap();
    /// assert_eq!(difference.files.unwrap()[0].path, "charts/value.svg");
    /// ```
    pub fn of_manifests(old: &Manifest, new: &Manifest) -> Result<Self, ManifestError> {
        manifests::compare(old, new)
    }

    /// True when both editions have the same figures, sources, sentences, exhibits, pages and files, as far as these were compared.
    ///
    /// ```
    /// use exhibit::diff::Difference;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let (old, new) = (edition(9_400), edition(9_500));
    /// assert!(!Difference::of_data(old.facts().unwrap(), new.facts().unwrap()).is_empty());
    /// assert!(Difference::of_data(old.facts().unwrap(), old.facts().unwrap()).is_empty());
    /// ```
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

    /// The difference as text for people, one change a line, and a last line of counts.
    ///
    /// ```
    /// use exhibit::diff::Difference;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let (old, new) = (edition(9_400), edition(9_500));
    /// let text = Difference::of_data(old.facts().unwrap(), new.facts().unwrap()).text();
    /// assert!(text.starts_with("revised      staff@2023  9,400"));
    /// assert!(text.ends_with("1 revised\n"));
    /// ```
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

    /// The difference as Markdown for a pull request.
    ///
    /// ```
    /// use exhibit::diff::Difference;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let (old, new) = (edition(9_400), edition(9_500));
    /// let markdown = Difference::of_data(old.facts().unwrap(), new.facts().unwrap()).markdown();
    /// assert!(markdown.starts_with("**Figures**: 1 revised.\n"));
    /// ```
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

    /// The difference as JSON for programs, with a line end. `old` and `new` name the editions. What did not change is left out.
    ///
    /// ```
    /// use exhibit::diff::Difference;
    /// # use exhibit::builder::{BriefBuilder, DataSet, Metric, Observation, Source};
    /// # let edition = |staff: i64| {
    /// #     let staff = Observation::new("2023", staff).from("report", "p. 3");
    /// #     let staff = Metric::new("Staff", "people").observation(staff);
    /// #     let data = DataSet::new().source("report", Source::new("Report")).metric("staff", staff);
    /// #     BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&data)
    /// # };
    /// let (old, new) = (edition(9_400), edition(9_500));
    /// let text = Difference::of_data(old.facts().unwrap(), new.facts().unwrap()).json("January", "February");
    /// let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    /// assert_eq!(json["new"], "February");
    /// assert_eq!(json["counts"]["revised"], 1);
    /// ```
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
