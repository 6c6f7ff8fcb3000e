//! Two compilations in terms of the data: what was added, removed, revised, requalified, and which sentences and exhibits that changes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

use serde::Serialize;

use exhibit_facts::facts::{Annotation, Block, Event, Exhibit, Fact, Facts, Origin, Prose, Shown};
use exhibit_facts::quantity::{Reading, Status, Value};

/// What became of a figure or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its number, unit or date is another one.
    Revised,
    /// The number is the same, but not its qualifier: bound, about, status, or that there is a number at all.
    Requalified,
    /// Nothing that a reader would see.
    Unchanged,
}

impl Kind {
    /// All, in the order of telling.
    pub const ALL: [Self; 5] = [
        Self::Added,
        Self::Removed,
        Self::Revised,
        Self::Requalified,
        Self::Unchanged,
    ];

    /// Its word, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Revised => "revised",
            Self::Requalified => "requalified",
            Self::Unchanged => "unchanged",
        }
    }
}

/// One figure or event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its address; `event:id` for an event.
    pub address: String,
    /// What became of it.
    pub kind: Kind,
    /// The text before; `None` for what is new.
    pub old: Option<String>,
    /// The text now; `None` for what is gone.
    pub new: Option<String>,
    /// It was computed, so that something else is the cause.
    pub derived: bool,
    /// The source, the place in it or the formula is another one.
    pub resourced: bool,
}

/// A sentence that says something else because a figure in it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentenceChange {
    /// The sentence before.
    pub old: String,
    /// The sentence now.
    pub new: String,
    /// The figures in it that changed.
    pub facts: Vec<String>,
}

/// An exhibit that shows something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExhibitChange {
    /// Its id.
    pub id: String,
    /// Added, removed, or revised.
    pub kind: Kind,
    /// The figures in it that changed.
    pub facts: Vec<String>,
}

/// The difference between two compilations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Every figure and event of either, in the order of the new one, then those that are gone.
    pub changes: Vec<Change>,
    /// Sentences that the figures change. What the author rewrote is not among them.
    pub sentences: Vec<SentenceChange>,
    /// Exhibits that are new, gone, or show other figures.
    pub exhibits: Vec<ExhibitChange>,
}

impl Diff {
    /// How many figures and events became this.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.changes
            .iter()
            .filter(|change| change.kind == kind)
            .count()
    }

    /// True when a reader would see no difference in the figures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count(Kind::Unchanged) == self.changes.len()
            && self.sentences.is_empty()
            && self.exhibits.is_empty()
    }
}

/// Compares two compilations.
///
/// ```
/// use exhibit_core::{article, diff::diff};
/// let facts = article::facts();
/// assert!(diff(&facts, &facts).is_empty());
/// ```
#[must_use]
pub fn diff(old: &Facts, new: &Facts) -> Diff {
    let mut changes = fact_changes(old, new);
    changes.extend(new.events.iter().map(|event| event_change(old, event)));
    let gone = removals(old, &changes);
    changes.extend(gone);
    let moved: BTreeSet<&str> = changes
        .iter()
        .filter(|change| change.kind != Kind::Unchanged)
        .map(|change| change.address.as_str())
        .collect();
    let sentences = sentence_changes(old, new, &moved);
    let exhibits = exhibit_changes(old, new, &moved);
    Diff {
        changes,
        sentences,
        exhibits,
    }
}

/// Every figure of the new compilation, in its order.
fn fact_changes(old: &Facts, new: &Facts) -> Vec<Change> {
    let before: BTreeMap<&str, &Fact> = old
        .facts
        .iter()
        .map(|fact| (fact.address.as_str(), fact))
        .collect();
    let change = |fact: &Fact| {
        let was = before.get(fact.address.as_str()).copied();
        Change {
            address: fact.address.clone(),
            kind: was.map_or(Kind::Added, |was| kind(old, was, new, fact)),
            old: was.map(printed),
            new: Some(printed(fact)),
            derived: is_derived(fact),
            resourced: was.is_some_and(|was| origin(old, was) != origin(new, fact)),
        }
    };
    new.facts.iter().map(change).collect()
}

/// An event of the new compilation.
fn event_change(old: &Facts, event: &Event) -> Change {
    let was = old.event(&event.id);
    let kind = match was {
        None => Kind::Added,
        Some(was) if was.at != event.at => Kind::Revised,
        Some(was) if was.status != event.status || was.label != event.label => Kind::Requalified,
        Some(_) => Kind::Unchanged,
    };
    Change {
        address: event_address(event),
        kind,
        old: was.map(event_said),
        new: Some(event_said(event)),
        derived: false,
        resourced: was.is_some_and(|was| was.place != event.place),
    }
}

/// Figures, then events, of the old compilation whose address has no change yet.
fn removals(old: &Facts, changes: &[Change]) -> Vec<Change> {
    let kept: BTreeSet<&str> = changes
        .iter()
        .map(|change| change.address.as_str())
        .collect();
    let removal = |address: String, text: String, derived: bool| {
        (!kept.contains(address.as_str())).then_some(Change {
            address,
            kind: Kind::Removed,
            old: Some(text),
            new: None,
            derived,
            resourced: false,
        })
    };
    let facts = old.facts.iter();
    let facts =
        facts.filter_map(|fact| removal(fact.address.clone(), printed(fact), is_derived(fact)));
    let events = old.events.iter();
    let events = events.filter_map(|event| removal(event_address(event), event_said(event), false));
    facts.chain(events).collect()
}

fn is_derived(fact: &Fact) -> bool {
    matches!(fact.origin, Origin::Derived { .. })
}

fn event_address(event: &Event) -> String {
    format!("event:{}", event.id)
}

/// An event in one line: when, what, and its status.
fn event_said(event: &Event) -> String {
    format!("{}: {} ({})", event.at_text, event.label, event.status)
}

/// A fact in one line: its label, and its status unless that is `actual`.
fn printed(fact: &Fact) -> String {
    // Of an estimate the interval may be all that changed.
    let form = match fact.forms.interval.as_str() {
        "" => &fact.forms.label,
        _ => &fact.forms.sentence,
    };
    let label = form.replace(['\u{a0}', '\u{202f}'], " ");
    match fact.status {
        Status::Actual => label,
        status => format!("{label} ({status})"),
    }
}

/// What became of a fact that both compilations have.
fn kind(old: &Facts, was: &Fact, new: &Facts, fact: &Fact) -> Kind {
    let unit = |facts: &Facts, fact: &Fact| facts.metrics[fact.metric.0].unit.clone();
    match (&was.reading, &fact.reading) {
        (Reading::Value(a), Reading::Value(b)) => {
            let amounts = |value: &Value| -> Vec<_> {
                value
                    .shape
                    .amounts()
                    .map(|amount| amount.value.clone())
                    .collect()
            };
            if amounts(a) != amounts(b) || unit(old, was) != unit(new, fact) {
                Kind::Revised
            } else if a.shape.qualifier() != b.shape.qualifier()
                || a.about != b.about
                || was.status != fact.status
            {
                Kind::Requalified
            } else if a.shape != b.shape {
                // 5 and 5.0: as much, but more finely known.
                Kind::Requalified
            } else {
                Kind::Unchanged
            }
        }
        (Reading::Missing(a), Reading::Missing(b)) if a == b && was.status == fact.status => {
            Kind::Unchanged
        }
        _ => Kind::Requalified,
    }
}

/// Where a fact comes from, by names that hold in both compilations.
fn origin(facts: &Facts, fact: &Fact) -> (String, String) {
    match &fact.origin {
        Origin::Stated { source, place, .. } => (facts.sources[source.0].id.clone(), place.clone()),
        Origin::Derived { formula, .. } => ("=".to_owned(), formula.clone()),
    }
}

/// A sentence of a document.
struct Sentence {
    /// The words, figures included.
    text: String,
    /// The words, an address in the place of each figure.
    template: String,
    /// The addresses of the figures.
    facts: Vec<String>,
}

/// Pairs sentences of one template, in order, and keeps the pairs that say different things.
fn sentence_changes(old: &Facts, new: &Facts, moved: &BTreeSet<&str>) -> Vec<SentenceChange> {
    let mut before: BTreeMap<String, VecDeque<Sentence>> = BTreeMap::new();
    for sentence in sentences(old) {
        before
            .entry(sentence.template.clone())
            .or_default()
            .push_back(sentence);
    }
    let mut changed = Vec::new();
    for sentence in sentences(new) {
        let Some(was) = before
            .get_mut(&sentence.template)
            .and_then(VecDeque::pop_front)
        else {
            continue;
        };
        if was.text != sentence.text {
            let mut facts = sentence.facts;
            let mut told = BTreeSet::new();
            facts
                .retain(|address| moved.contains(address.as_str()) && told.insert(address.clone()));
            changed.push(SentenceChange {
                old: was.text,
                new: sentence.text,
                facts,
            });
        }
    }
    changed
}

/// Every sentence of a document in reading order: title block, body, exhibits, notes.
fn sentences(facts: &Facts) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut take = |prose: &Prose| split(facts, prose, &mut found);
    take(&facts.meta.title);
    facts.meta.subtitle.iter().for_each(&mut take);
    blocks(&facts.body, &mut take);
    for exhibit in &facts.exhibits {
        take(&exhibit.title);
        take(&exhibit.subtitle);
        exhibit.notes.iter().for_each(&mut take);
    }
    for note in &facts.notes {
        blocks(note, &mut take);
    }
    found
}

/// Gives each text of the blocks to `take`, in reading order.
fn blocks(list: &[Block], take: &mut impl FnMut(&Prose)) {
    for block in list {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => take(text),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, take)),
            Block::Callout {
                title,
                blocks: inner,
            } => {
                title.iter().for_each(&mut *take);
                blocks(inner, take);
            }
            Block::Columns(columns) => columns.iter().for_each(|column| blocks(column, take)),
            Block::KeyFigures(_) | Block::Exhibit(_) | Block::Directive(_) => {}
        }
    }
}

/// Splits a text into sentences: after `.`, `!` and `?` before white space, after `。`, `！` and `？` anywhere, and at the end.
fn split(facts: &Facts, prose: &Prose, found: &mut Vec<Sentence>) {
    let empty = || Sentence {
        text: String::new(),
        template: String::new(),
        facts: Vec::new(),
    };
    let mut current = empty();
    let mut close = |current: &mut Sentence| {
        let done = std::mem::replace(current, empty());
        if !done.text.trim().is_empty() {
            found.push(Sentence {
                text: done.text.trim().replace(['\u{a0}', '\u{202f}'], " "),
                template: done.template.trim().to_owned(),
                facts: done.facts,
            });
        }
    };
    for run in &prose.runs {
        match &run.annotation {
            Some(Annotation::Note(_)) => {}
            Some(Annotation::Fact { fact, .. }) => {
                let address = &facts.facts[fact.0].address;
                current.text.push_str(&run.text);
                // Writing into a text does not fail.
                let _ = write!(current.template, "{{{address}}}");
                current.facts.push(address.clone());
            }
            _ => {
                let mut chars = run.text.chars().peekable();
                while let Some(ch) = chars.next() {
                    current.text.push(ch);
                    current.template.push(ch);
                    let ends = match ch {
                        '。' | '！' | '？' => true,
                        '.' | '!' | '?' => chars.peek().is_some_and(|next| next.is_whitespace()),
                        _ => false,
                    };
                    if ends {
                        close(&mut current);
                    }
                }
            }
        }
    }
    close(&mut current);
}

/// Exhibits that are new, that show other figures, and that are gone.
fn exhibit_changes(old: &Facts, new: &Facts, moved: &BTreeSet<&str>) -> Vec<ExhibitChange> {
    let change = |exhibit: &Exhibit, kind, facts: BTreeSet<&str>| ExhibitChange {
        id: exhibit.id.clone(),
        kind,
        facts: facts.into_iter().map(str::to_owned).collect(),
    };
    let mut changed = Vec::new();
    for exhibit in &new.exhibits {
        let now = drawn(exhibit);
        let Some(was) = old.exhibits.iter().find(|was| was.id == exhibit.id) else {
            changed.push(change(exhibit, Kind::Added, now));
            continue;
        };
        let before = drawn(was);
        let mut facts: BTreeSet<&str> = now.symmetric_difference(&before).copied().collect();
        facts.extend(now.into_iter().filter(|address| moved.contains(address)));
        for (text, before) in texts(exhibit).zip(texts(was)) {
            if text.text() != before.text() {
                let addresses = text.facts().map(|id| new.facts[id.0].address.as_str());
                facts.extend(addresses.filter(|address| moved.contains(address)));
            }
        }
        if !facts.is_empty() {
            changed.push(change(exhibit, Kind::Revised, facts));
        }
    }
    for was in &old.exhibits {
        if !new.exhibits.iter().any(|exhibit| exhibit.id == was.id) {
            changed.push(change(was, Kind::Removed, drawn(was)));
        }
    }
    changed
}

/// The texts of an exhibit, in reading order.
fn texts(exhibit: &Exhibit) -> impl Iterator<Item = &Prose> {
    [&exhibit.title, &exhibit.subtitle]
        .into_iter()
        .chain(&exhibit.notes)
}

/// The addresses of what an exhibit draws, apart from its texts: figures and events.
fn drawn(exhibit: &Exhibit) -> BTreeSet<&str> {
    exhibit.content.shown().filter_map(Shown::address).collect()
}

/// The word for a change: its kind, or that a figure has another origin. `None` where nothing changed.
fn word(change: &Change) -> Option<&'static str> {
    match change.kind {
        Kind::Unchanged if change.resourced => Some("resourced"),
        Kind::Unchanged => None,
        kind => Some(kind.name()),
    }
}

/// The difference as text for a terminal, one change a line; nothing of what did not change.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut out = String::new();
    for change in &diff.changes {
        let Some(word) = word(change) else { continue };
        let text = match change.kind {
            Kind::Unchanged => change.new.clone().unwrap_or_default(),
            _ => both(change.old.as_deref(), change.new.as_deref()),
        };
        let _ = writeln!(out, "{word:<12} {}  {text}", change.address);
    }
    for sentence in &diff.sentences {
        let _ = writeln!(
            out,
            "sentence     - {}\n             + {}",
            sentence.old, sentence.new
        );
    }
    for exhibit in &diff.exhibits {
        let _ = writeln!(
            out,
            "exhibit      {} {}: {}",
            exhibit.id,
            exhibit.kind.name(),
            exhibit.facts.join(", ")
        );
    }
    out
}

/// The difference as Markdown for a pull request: no HTML, and no figure that would be read as markup.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    if diff.changes.iter().all(|change| word(change).is_none()) && diff.is_empty() {
        return "No figure changes.\n".to_owned();
    }
    let cell = |text: Option<&str>| escaped(text.unwrap_or(""));
    let counts: Vec<String> = Kind::ALL
        .into_iter()
        .filter(|kind| diff.count(*kind) > 0)
        .map(|kind| format!("{} {}", diff.count(kind), kind.name()))
        .collect();
    let mut out = format!("**Figures**: {}.\n", counts.join(", "));
    let told: Vec<(&Change, &str)> = diff
        .changes
        .iter()
        .filter_map(|change| Some((change, word(change)?)))
        .collect();
    if !told.is_empty() {
        out.push_str("\n| | Figure | Before | Now |\n| --- | --- | --- | --- |\n");
    }
    for (change, word) in told {
        let _ = writeln!(
            out,
            "| {word}{} | `{}` | {} | {} |",
            if change.derived { ", computed" } else { "" },
            change.address.replace('|', "\\|"),
            cell(change.old.as_deref()),
            cell(change.new.as_deref())
        );
    }
    if !diff.sentences.is_empty() {
        out.push_str("\n**Sentences that change**\n\n");
    }
    for sentence in &diff.sentences {
        let (old, new) = (escaped(&sentence.old), escaped(&sentence.new));
        let _ = writeln!(out, "- ~~{old}~~ {new}");
    }
    if !diff.exhibits.is_empty() {
        out.push_str("\n**Exhibits that change**\n\n");
    }
    for exhibit in &diff.exhibits {
        let facts: Vec<String> = exhibit
            .facts
            .iter()
            .map(|fact| format!("`{fact}`"))
            .collect();
        let _ = writeln!(
            out,
            "- {} ({}): {}",
            escaped(&exhibit.id),
            exhibit.kind.name(),
            facts.join(", ")
        );
    }
    out
}

/// Text in which nothing is markup (CommonMark 0.31, 2.4; GitHub adds `~` and `|`). No text begins a line, so `>` and `#` mean nothing.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        if matches!(
            ch,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|'
        ) {
            out.push('\\');
        }
        out.push(ch);
    }
    out
}

/// "before → now", or the one there is. What is printed alike may differ in digits that are not printed.
fn both(old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (Some(old), Some(new)) if old == new => format!("{new}, changed before rounding"),
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (old, new) => old.or(new).unwrap_or("").to_owned(),
    }
}
