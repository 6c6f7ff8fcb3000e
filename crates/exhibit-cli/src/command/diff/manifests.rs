//! Two builds by what their manifests say: figures, exhibits, files.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_core::diff::{Change, Diff, ExhibitChange, Kind};

use super::{Difference, FileChange};
use crate::exit::Fault;
use crate::manifest::{Entry, Manifest};
use crate::row::{EventRow, Row, Rows};

/// Compares two manifests, each with its name. They hold neither sentences nor pages.
///
/// # Errors
/// When one of them does not say what its facts are.
pub(super) fn compare(old: (&str, &Manifest), new: (&str, &Manifest)) -> Result<Difference, Fault> {
    let rows = |(name, manifest): (&str, &Manifest)| {
        manifest.rows().map_err(|why| {
            Fault::World(format!(
                "{name} cannot be read: its facts are damaged ({why})"
            ))
        })
    };
    let changes = changes(&rows(old)?, &rows(new)?);
    let (old, new) = (&old.1.outputs, &new.1.outputs);
    let moved: BTreeSet<&str> = changes
        .iter()
        .filter(|change| change.kind != Kind::Unchanged)
        .map(|change| change.address.as_str())
        .collect();
    Ok(Difference {
        data: Diff {
            exhibits: exhibits(old, new, &moved),
            sentences: Vec::new(),
            changes,
        },
        pages: None,
        files: Some(files(old, new)),
    })
}

fn changes(old: &Rows, new: &Rows) -> Vec<Change> {
    let (before, now) = (said(old), said(new));
    let order = new
        .facts
        .iter()
        .map(|row| row.address.clone())
        .chain(new.events.iter().map(EventRow::address))
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
            old: was.map(Said::words),
            new: is.map(Said::words),
            derived: matches!(is.or(was), Some(Said::Fact(row)) if row.derived),
            resourced: false,
            address,
        });
    }
    changes
}

/// What a manifest says of an address.
enum Said<'r> {
    Fact(&'r Row),
    Event(&'r EventRow),
}

fn said(rows: &Rows) -> BTreeMap<String, Said<'_>> {
    let facts = rows
        .facts
        .iter()
        .map(|row| (row.address.clone(), Said::Fact(row)));
    let events = rows
        .events
        .iter()
        .map(|row| (row.address(), Said::Event(row)));
    facts.chain(events).collect()
}

impl Said<'_> {
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
            Self::Fact(row) => row.said(),
            Self::Event(row) => row.said(),
        }
    }
}

/// Exhibits by the facts that their pictures show.
fn exhibits(old: &[Entry], new: &[Entry], moved: &BTreeSet<&str>) -> Vec<ExhibitChange> {
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
fn pictures(entries: &[Entry]) -> BTreeMap<&str, BTreeSet<&str>> {
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
fn files(old: &[Entry], new: &[Entry]) -> Vec<FileChange> {
    let digests = |entries: &[Entry]| -> BTreeMap<String, String> {
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
