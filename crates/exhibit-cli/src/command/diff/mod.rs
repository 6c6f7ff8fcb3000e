//! `exhibit diff`: what changed from one edition to another, in terms of the data.
//!
//! Reading order: `manifests` (two builds by what their manifests say), `pages` (two documents by what is printed).

mod manifests;
mod pages;

use exhibit_core::diag::Report;
use exhibit_core::diff::{Change, Diff, Kind, diff, markdown, text};
use exhibit_facts::facts::Facts;
use exhibit_scene::Fonts;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::args::{DiffArgs, DiffFormat};
use crate::edition::Edition;
use crate::exit::{Exit, Fault};
use crate::input::Input;
use crate::world::World;
use crate::{glyphs, outputs, report, write};
use pages::Pages;

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-diff-1";

/// What changed.
struct Difference {
    /// Figures, sentences, exhibits.
    data: Diff,
    /// Pages, of two briefs.
    pages: Option<Pages>,
    /// Files, of two manifests.
    files: Option<Vec<FileChange>>,
}

/// A file of a build that is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct FileChange {
    /// Where it is, from the output folder.
    path: String,
    /// Added, removed, or revised.
    kind: Kind,
}

/// Compares two editions.
///
/// # Errors
/// When one of them cannot be read, or they are not of one kind.
pub(super) fn run(args: &DiffArgs, world: &World) -> Result<Exit, Fault> {
    let brief = args.brief.as_deref();
    let old = Edition::read(&args.old, brief)?;
    let new = Edition::read(&args.new, brief)?;
    let found = match (old, new) {
        (Edition::Manifest(old), Edition::Manifest(new)) => {
            Ok(manifests::compare((&args.old, &old), (&args.new, &new))?)
        }
        (Edition::Brief(old), Edition::Brief(new)) => briefs(*old, *new, world),
        (Edition::Data(old), Edition::Data(new)) => data(&old, &new, world),
        (old, new) => {
            return Err(Fault::Usage(format!(
                "{} is {} and {} is {}; two of one kind can be compared",
                args.old,
                old.kind(),
                args.new,
                new.kind()
            )));
        }
    };
    let found = match found {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    write::data(&match args.format {
        DiffFormat::Text => found.text(),
        DiffFormat::Markdown => found.markdown(),
        DiffFormat::Json => found.json(args),
    })?;
    Ok(if found.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// The end of a report where a side has findings.
const END: &str = "nothing is compared without mending these first";

/// Two data sets: their figures.
fn data(old: &Input, new: &Input, world: &World) -> Result<Difference, Exit> {
    let (old, new) = (old.facts(world, false, END), new.facts(world, false, END));
    Ok(Difference {
        data: diff(old?, new?),
        pages: None,
        files: None,
    })
}

/// Two briefs: their figures, and the pages that both are composed to.
fn briefs(mut old: Input, mut new: Input, world: &World) -> Result<Difference, Exit> {
    let fonts = Fonts::builtin();
    glyphs::check(&fonts, &mut old.compilation);
    glyphs::check(&fonts, &mut new.compilation);
    let (before, now) = (old.facts(world, false, END), new.facts(world, false, END));
    let (before, now) = (before?, now?);
    let document = |input: &Input, facts: &Facts| {
        outputs::compose(input, facts, &fonts).map_err(|findings| {
            let mut found = Report::default();
            findings.into_iter().for_each(|finding| found.push(finding));
            let sources = &input.compilation.sources;
            write::talk(&report::text(&found, sources, world.color));
            write::talk(&report::closing(&found, END));
            Exit::Findings
        })
    };
    let pages = Pages::compare(&document(&old, before)?, &document(&new, now)?);
    Ok(Difference {
        data: diff(before, now),
        pages: Some(pages),
        files: None,
    })
}

impl Difference {
    /// True when the two editions say and show the same.
    fn is_empty(&self) -> bool {
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

    fn text(&self) -> String {
        let mut out = text(&self.data);
        if let Some(pages) = self.pages.as_ref().filter(|pages| !pages.is_empty()) {
            out.push_str(&format!("pages        {}\n", pages.said()));
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

    fn markdown(&self) -> String {
        let mut out = markdown(&self.data);
        if let Some(pages) = self.pages.as_ref().filter(|pages| !pages.is_empty()) {
            out.push_str(&format!("\n**Pages that change**: {}\n", pages.said()));
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

    fn json(&self, args: &DiffArgs) -> String {
        let told = |change: &&Change| change.kind != Kind::Unchanged || change.resourced;
        let changes: Vec<&Change> = self.data.changes.iter().filter(told).collect();
        let counts: serde_json::Map<String, Json> = Kind::ALL
            .into_iter()
            .map(|kind| (kind.name().to_owned(), self.data.count(kind).into()))
            .collect();
        let json = json!({
            "schema": SCHEMA,
            "old": args.old,
            "new": args.new,
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
