//! What the parts of `resolve` share: the facts, the findings, and the list of what the document shows.

use std::collections::BTreeMap;

use exhibit_facts::facts::{Block, Fact, FactId, RegisterEntry, Use, UsePlace, Used};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Amount, DisplayPrecision, Value};
use exhibit_facts::span::Span;

use super::store::Store;
use crate::diag::{Code, Finding, Report};
use crate::model::{BlockModel, BriefModel};
use crate::source::SourceMap;

/// The part of the brief that a text or a figure stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BriefPart {
    /// An exhibit, by index.
    Exhibit(usize),
    /// The prose: title, heading, paragraph, list, note or callout.
    Prose,
    /// A key figure of the title block or the body.
    KeyFigure,
    /// An exhibit that the body does not show, by index. Its figures enter no register.
    Unplaced(usize),
}

/// A note of a text, by the name that the text gives it.
struct Note {
    name: String,
    /// The text that names the note. Two texts may give one name to two notes.
    text: Span,
    /// The note's own blocks; `None` until the text defines the note.
    blocks: Option<Vec<Block>>,
}

/// How far the numbers of a column are printed.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnDigits {
    /// As the author asks for.
    pub(super) asked: Option<DisplayPrecision>,
    /// The decimals that numbers of one unit share, by the unit in words and the power of ten that they count in; and the largest of them.
    pub(super) shared: BTreeMap<(String, u32), (u32, Option<Amount>)>,
}

impl ColumnDigits {
    /// A value as the column prints it, in this unit, as a number of `10^exponent`.
    pub(super) fn printed(&self, value: &Value, unit: &str, exponent: u32) -> Value {
        let shared = self.shared.get(&(unit.to_owned(), exponent));
        match (self.asked, shared) {
            (Some(asked), shared) => {
                let largest = shared.and_then(|(_, largest)| largest.as_ref());
                format::as_asked(value.clone(), asked, largest, exponent)
            }
            (None, Some((decimals, _))) => {
                format::with_decimals(value.clone(), *decimals, exponent)
            }
            (None, None) => value.clone(),
        }
    }
}

/// What the parts of `resolve` share.
pub(super) struct Context<'a> {
    pub(super) sources: &'a SourceMap,
    pub(super) report: &'a mut Report,
    pub(super) store: Store,
    /// Numbers of exhibits by id, from 1.
    pub(super) numbers: BTreeMap<String, usize>,
    /// Every place of a text that names an exhibit, with the exhibit's index.
    pub(super) named: Vec<(usize, Span)>,
    /// Ids of exhibits that the parser refused.
    pub(super) broken: Vec<String>,
    /// Words with digits that are not data.
    pub(super) allow: Vec<String>,
    /// The digits of the column whose cell is read; `None` outside of tables.
    pub(super) column: Option<ColumnDigits>,
    /// A cell of the table that was read last is rounded, and does not say so.
    pub(super) rounded_cells: bool,
    register: Vec<RegisterEntry>,
    /// The index of each fact in the register.
    entries: BTreeMap<FactId, usize>,
    notes: Vec<Note>,
    /// Every place that names a fact or an event.
    pub(super) uses: &'a mut Vec<Use>,
    /// Every text that may be drawn. `resolve` adds the texts that Markdown changes, as it changes `&eacute;`.
    pub(super) texts: &'a mut Vec<(Span, String)>,
}

impl<'a> Context<'a> {
    /// A context before anything is shown.
    pub(super) fn new(
        brief: &BriefModel,
        store: Store,
        sources: &'a SourceMap,
        report: &'a mut Report,
        texts: &'a mut Vec<(Span, String)>,
        uses: &'a mut Vec<Use>,
    ) -> Self {
        let allow = brief.allow_numbers.iter().map(|text| text.raw.clone());
        Self {
            sources,
            report,
            store,
            numbers: number_exhibits(brief),
            named: Vec::new(),
            broken: brief.broken.clone(),
            allow: allow.collect(),
            column: None,
            rounded_cells: false,
            register: Vec::new(),
            entries: BTreeMap::new(),
            notes: Vec::new(),
            uses,
            texts,
        }
    }

    /// What the document shows: its facts, its register, and the blocks of its notes in the order of their marks.
    pub(super) fn finish(self) -> (Store, Vec<RegisterEntry>, Vec<Vec<Block>>) {
        let notes = self.notes.into_iter().filter_map(|note| note.blocks);
        (self.store, self.register, notes.collect())
    }

    /// Adds a finding to the report.
    pub(super) fn push(&mut self, finding: Finding) {
        self.report.push(finding);
    }

    /// Records that a place names a fact or an event.
    pub(super) fn uses(&mut self, what: Used, part: BriefPart, span: Span) {
        let at = match part {
            BriefPart::Exhibit(index) | BriefPart::Unplaced(index) => UsePlace::Exhibit(index),
            BriefPart::Prose => UsePlace::Prose,
            BriefPart::KeyFigure => UsePlace::KeyFigure,
        };
        self.uses.push(Use { what, span, at });
    }

    /// Records that a fact is shown, and gives the fact's place in [`Facts::register`](exhibit_facts::Facts), from 1. 0 for a part that the body does not show.
    pub(super) fn register(&mut self, fact: FactId, part: BriefPart, span: Span) -> usize {
        self.uses(Used::Fact(fact), part, span);
        if matches!(part, BriefPart::Unplaced(_)) {
            return 0;
        }
        let index = *self.entries.entry(fact).or_insert_with(|| {
            self.register.push(RegisterEntry {
                fact,
                exhibits: Vec::new(),
                mentions: 0,
                row: 0,
            });
            self.register.len() - 1
        });
        match part {
            BriefPart::Exhibit(exhibit) if self.register[index].exhibits.contains(&exhibit) => {}
            BriefPart::Exhibit(exhibit) => self.register[index].exhibits.push(exhibit),
            _ => self.register[index].mentions += 1,
        }
        index + 1
    }

    fn known_note(&self, name: &str, text: &Span) -> Option<usize> {
        self.notes
            .iter()
            .position(|note| note.name == name && note.text == *text)
    }

    /// The index of a note, from 0, by its name in a text. A new name makes a new note.
    pub(super) fn note(&mut self, name: &str, text: &Span) -> usize {
        self.known_note(name, text).unwrap_or_else(|| {
            self.notes.push(Note {
                name: name.to_owned(),
                text: *text,
                blocks: None,
            });
            self.notes.len() - 1
        })
    }

    /// Gives a note its blocks. A note that nothing names, or that has blocks already, is a finding at `at`.
    pub(super) fn define_note(&mut self, name: &str, text: &Span, at: Span, blocks: Vec<Block>) {
        let Some(index) = self.known_note(name, text) else {
            self.push(
                Finding::error(
                    Code::UnknownNote,
                    at,
                    format!("no text refers to note `[^{name}]`"),
                )
                .help(format!(
                    "write `[^{name}]` behind the words that need the note, or remove the note"
                )),
            );
            return;
        };
        if self.notes[index].blocks.is_some() {
            self.push(
                Finding::error(
                    Code::DuplicateNote,
                    at,
                    format!("note `[^{name}]` is defined twice"),
                )
                .label("this note would be lost")
                .help("rename one of the two notes, or write both as one note"),
            );
            return;
        }
        self.notes[index].blocks = Some(blocks);
    }

    /// The address of a fact that prints these digits; else the address of a fact of this year, with the filter that prints the year.
    pub(super) fn near_value(&self, number: &str) -> Option<String> {
        let bare = number.trim_end_matches('%');
        let says = |text: &str| {
            text.split(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | ',')))
                .any(|part| part == bare)
        };
        self.store
            .facts
            .iter()
            .find(|fact| says(&fact.forms.number))
            .map(|fact| fact.address.clone())
            .or_else(|| {
                let of_year = |fact: &&Fact| {
                    let at = fact.at.to_string();
                    number.len() == 4
                        && at
                            .strip_prefix(number)
                            .is_some_and(|rest| !rest.contains('/'))
                };
                let fact = self.store.facts.iter().find(of_year)?;
                Some(format!("{} | year", fact.address))
            })
    }
}

/// The name of an exhibit by its number: "Exhibit 3".
pub(super) fn exhibit_name(language: Language, number: usize) -> String {
    let word = format::words(language).exhibit;
    let digits = format::decimal(language, &number.to_string());
    if language == Language::Chinese {
        format!("{word}{digits}")
    } else {
        format!("{word}\u{a0}{digits}")
    }
}

/// Numbers of exhibits by id, from 1, in the order of the body. An exhibit that the body does not show comes after, in written order.
fn number_exhibits(brief: &BriefModel) -> BTreeMap<String, usize> {
    fn walk<'b>(blocks: &'b [BlockModel], ids: &mut Vec<&'b str>) {
        for block in blocks {
            match block {
                BlockModel::Exhibit(id) => ids.push(id.raw.trim()),
                BlockModel::Columns(columns) => columns.iter().for_each(|column| walk(column, ids)),
                _ => {}
            }
        }
    }
    let mut ids = Vec::new();
    walk(&brief.body, &mut ids);
    ids.extend(
        brief
            .exhibits
            .iter()
            .map(|exhibit| exhibit.id.value.as_str()),
    );
    let mut numbers = BTreeMap::new();
    for id in ids {
        if brief.exhibits.iter().any(|exhibit| exhibit.id.value == id) {
            let next = numbers.len() + 1;
            numbers.entry(id.to_owned()).or_insert(next);
        }
    }
    numbers
}
