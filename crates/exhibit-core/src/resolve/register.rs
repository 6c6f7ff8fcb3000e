//! Rows of the register: observations of one series from one file share a row, and so do the results of one formula.
//!
//! A reader looks up what the text says, so that a fact of the prose or of a key figure stands singly. So does a fact that something is to
//! be said of: a conflict, a correction, a preference. Figures from a text stand singly, each at its own place.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_facts::facts::{Fact, FactId, Origin, RegisterEntry, RegisterForm};

use super::store::Store;

/// Fewest facts that share a row. Two rows are as easy to read as one that hides two values.
const LEAST: usize = 3;

/// What the facts of one row have in common, apart from period and dimension values: metric, status, author, deadline, note, source.
type Kind<'f> = (
    usize,
    &'static str,
    Option<&'f str>,
    Option<String>,
    Option<&'f str>,
    Option<usize>,
);

/// Gives every entry the number of its row, in the order of the first facts of the rows.
pub(super) fn number(store: &Store, register: &mut [RegisterEntry], form: RegisterForm) {
    let mut first: Vec<usize> = (0..register.len()).collect();
    if form == RegisterForm::Grouped {
        let kinds: Vec<Option<Kind<'_>>> =
            register.iter().map(|entry| kind(store, entry)).collect();
        let fact = |index: usize| store.fact(register[index].fact);
        // A series over time first. What is left may be one period over a dimension.
        join(&mut first, &kinds, |index| {
            let dimensions = fact(index).dimensions.values();
            dimensions.cloned().collect::<Vec<String>>()
        });
        join(&mut first, &kinds, |index| vec![fact(index).at.to_string()]);
    }
    let leaders: BTreeSet<usize> = first.iter().copied().collect();
    let rows: BTreeMap<usize, usize> = leaders.into_iter().zip(1..).collect();
    for (entry, first) in register.iter_mut().zip(first) {
        entry.row = rows[&first];
    }
}

/// Joins entries that share no row yet and are alike in kind and in `within`. `first` holds the first entry of each entry's row.
fn join(first: &mut [usize], kinds: &[Option<Kind<'_>>], within: impl Fn(usize) -> Vec<String>) {
    let mut shared = vec![0_usize; first.len()];
    for leader in first.iter() {
        shared[*leader] += 1;
    }
    let mut groups: BTreeMap<(&Kind<'_>, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, kind) in kinds.iter().enumerate() {
        if let Some(kind) = kind
            && shared[first[index]] == 1
        {
            groups.entry((kind, within(index))).or_default().push(index);
        }
    }
    for group in groups.into_values().filter(|group| group.len() >= LEAST) {
        for index in &group {
            first[*index] = group[0];
        }
    }
}

/// The kind of an entry. `None` for a fact that stands singly.
fn kind<'f>(store: &'f Store, entry: &RegisterEntry) -> Option<Kind<'f>> {
    let fact = store.fact(entry.fact);
    let source = match &fact.origin {
        Origin::Stated { source, .. } if from_table(store, entry.fact) => Some(source.0),
        Origin::Stated { .. } => return None,
        Origin::Derived { .. } => None,
    };
    if entry.mentions > 0 || remarkable(fact) {
        return None;
    }
    Some((
        fact.metric.0,
        fact.status.name(),
        fact.by.as_deref(),
        fact.due.as_ref().map(ToString::to_string),
        fact.note.as_deref(),
        source,
    ))
}

/// True for an observation of a file of rows.
fn from_table(store: &Store, fact: FactId) -> bool {
    store.entry_of(fact).model.table.is_some()
}

/// True for a fact of which more is to be said than value and origin.
fn remarkable(fact: &Fact) -> bool {
    !fact.conflicts.is_empty()
        || !fact.corrected.is_empty()
        || fact.preferred.is_some()
        || fact.corrects.is_some()
}
