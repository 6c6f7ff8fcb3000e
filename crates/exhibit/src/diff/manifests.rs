//! Two builds by what their manifests say: figures, exhibits, files.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_core::diff::{Change, Diff, ExhibitChange, Kind};

use super::difference::{Difference, Edition, FileChange, ManifestError};
use crate::manifest::{Manifest, ManifestEntry};
use crate::record::{EventRecord, FactRecord, Records};

/// Compares two manifests. They hold neither sentences nor pages.
///
/// # Errors
/// [`ManifestError`] where one of the two does not say what its facts are.
pub(super) fn compare(old: &Manifest, new: &Manifest) -> Result<Difference, ManifestError> {
    let records = |edition, manifest: &Manifest| {
        let damaged = |reason| ManifestError { edition, reason };
        manifest.records().map_err(damaged)
    };
    let changes = changes(&records(Edition::Old, old)?, &records(Edition::New, new)?);
    let moved: BTreeSet<&str> = changes
        .iter()
        .filter(|change| change.kind != Kind::Unchanged)
        .map(|change| change.address.as_str())
        .collect();
    Ok(Difference {
        data: Diff {
            exhibits: exhibits(&old.outputs, &new.outputs, &moved),
            sentences: Vec::new(),
            changes,
        },
        pages: None,
        files: Some(files(&old.outputs, &new.outputs)),
    })
}

fn changes(old: &Records, new: &Records) -> Vec<Change> {
    let (before, now) = (recorded(old), recorded(new));
    let order = new
        .facts
        .iter()
        .map(|row| row.address.clone())
        .chain(new.events.iter().map(EventRecord::address))
        .chain(before.keys().cloned());
    let mut told = BTreeSet::new();
    let mut changes = Vec::new();
    for address in order {
        if !told.insert(address.clone()) {
            continue;
        }
        let (was, is) = (before.get(&address), now.get(&address));
        changes.push(Change {
            kind: match (was, is) {
                (Some(was), Some(is)) => was.kind(is),
                (None, _) => Kind::Added,
                (_, None) => Kind::Removed,
            },
            old: was.map(Recorded::words),
            new: is.map(Recorded::words),
            derived: matches!(is.or(was), Some(Recorded::Fact(row)) if row.derived),
            resourced: false,
            address,
        });
    }
    changes
}

/// What a manifest says of an address.
enum Recorded<'r> {
    Fact(&'r FactRecord),
    Event(&'r EventRecord),
}

fn recorded(rows: &Records) -> BTreeMap<String, Recorded<'_>> {
    let facts = rows
        .facts
        .iter()
        .map(|row| (row.address.clone(), Recorded::Fact(row)));
    let events = rows
        .events
        .iter()
        .map(|row| (row.address(), Recorded::Event(row)));
    facts.chain(events).collect()
}

impl Recorded<'_> {
    fn kind(&self, now: &Self) -> Kind {
        match (self, now) {
            (Self::Fact(was), Self::Fact(is)) => was.kind(is),
            (Self::Event(was), Self::Event(is)) => was.kind(is),
            // Addresses of events begin with `event:`, which no fact's does.
            (Self::Fact(_), Self::Event(_)) | (Self::Event(_), Self::Fact(_)) => Kind::Revised,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Fact(row) => row.display(),
            Self::Event(row) => row.display(),
        }
    }
}

/// Exhibits by the facts that their pictures show.
fn exhibits(
    old: &[ManifestEntry],
    new: &[ManifestEntry],
    moved: &BTreeSet<&str>,
) -> Vec<ExhibitChange> {
    let (before, now) = (pictures(old), pictures(new));
    let ids: BTreeSet<&str> = before.keys().chain(now.keys()).copied().collect();
    ids.into_iter()
        .filter_map(|id| {
            let (kind, facts) = match (before.get(id), now.get(id)) {
                (None, Some(facts)) => (Kind::Added, facts.clone()),
                (Some(facts), None) => (Kind::Removed, facts.clone()),
                (Some(was), Some(is)) => {
                    let mut facts: BTreeSet<&str> = was.symmetric_difference(is).copied().collect();
                    facts.extend(is.iter().filter(|address| moved.contains(**address)));
                    (Kind::Revised, facts)
                }
                (None, None) => return None,
            };
            if kind == Kind::Revised && facts.is_empty() {
                return None;
            }
            Some(ExhibitChange {
                id: id.to_owned(),
                kind,
                facts: facts.into_iter().map(str::to_owned).collect(),
            })
        })
        .collect()
}

/// The exhibits that have pictures, by id, with the facts that these show.
fn pictures(entries: &[ManifestEntry]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in entries {
        let stem = entry
            .path
            .strip_prefix("charts/")
            .and_then(|name| name.rsplit_once('.'))
            .map(|(stem, _)| stem.strip_suffix("@slide").unwrap_or(stem));
        if let Some(id) = stem {
            found.entry(id).or_default().extend(entry.facts());
        }
    }
    found
}

/// Files by their digests, in the order of their paths.
fn files(old: &[ManifestEntry], new: &[ManifestEntry]) -> Vec<FileChange> {
    let digests = |entries: &[ManifestEntry]| -> BTreeMap<String, String> {
        let entries = entries.iter();
        entries
            .map(|entry| (entry.path.clone(), entry.digest.clone()))
            .collect()
    };
    let (before, now) = (digests(old), digests(new));
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| {
            let kind = match (before.get(path), now.get(path)) {
                (None, _) => Kind::Added,
                (_, None) => Kind::Removed,
                (Some(was), Some(is)) if was != is => Kind::Revised,
                _ => return None,
            };
            Some(FileChange {
                path: path.clone(),
                kind,
            })
        })
        .collect()
}
