//! Models to facts: names found, units checked, formulas computed, texts filled. Whatever does not fit is a finding.

mod aggregate;
mod body;
mod chart;
mod claim;
mod combine;
mod cut;
mod derive;
mod emphasis;
mod evaluate;
mod exhibit;
mod foot;
mod link;
mod lookup;
mod prose;
mod sort;
mod stack;
mod stale;
mod store;
mod template;
mod waffle;

use std::collections::BTreeMap;

use exhibit_facts::facts::{
    Block, BriefMeta, FactId, Facts, Metric, RegisterEntry, Use, UsePlace, Used,
};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::period::{CalendarUnit, Date, Extent};
use exhibit_facts::span::Span;

use crate::diag::{Finding, Report};
use crate::model::{BlockModel, BriefModel, DataModel, Text};
use crate::source::SourceMap;
use store::Store;

/// Where a text or mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In an exhibit, by index.
    Exhibit(usize),
    /// In the prose.
    Prose,
    /// A key figure of the title block or the body.
    KeyFigure,
    /// Outside the document, by index: an exhibit that the body does not show.
    Unplaced(usize),
}

/// What the parts of `resolve` share.
pub(crate) struct Context<'a> {
    pub sources: &'a SourceMap,
    pub report: &'a mut Report,
    pub store: Store,
    /// Numbers of exhibits by id, from 1.
    pub numbers: BTreeMap<String, usize>,
    /// Every place of a text that names an exhibit, with the exhibit's index.
    pub named: Vec<(usize, Span)>,
    /// Ids of exhibits that the parser could make nothing of.
    pub broken: Vec<String>,
    /// Words with digits that are not data.
    pub allow: Vec<String>,
    register: Vec<RegisterEntry>,
    /// Where each fact stands in the register.
    marks: BTreeMap<FactId, usize>,
    notes: Vec<(String, Span, Option<Vec<Block>>)>,
    /// Every place that names a fact or an event.
    uses: &'a mut Vec<Use>,
    /// Every text that may be drawn; here come those that Markdown changes, as it does `&eacute;`.
    pub texts: &'a mut Vec<(Span, String)>,
}

impl Context<'_> {
    pub(crate) fn push(&mut self, finding: Finding) {
        self.report.push(finding);
    }

    /// Notes that a place names a fact or an event.
    pub(crate) fn uses(&mut self, what: Used, at: Place, span: Span) {
        let at = match at {
            Place::Exhibit(index) | Place::Unplaced(index) => UsePlace::Exhibit(index),
            Place::Prose => UsePlace::Prose,
            Place::KeyFigure => UsePlace::KeyFigure,
        };
        self.uses.push(Use { what, span, at });
    }

    /// Notes that a fact is shown, and gives its mark.
    pub(crate) fn register(&mut self, fact: FactId, at: Place, span: Span) -> usize {
        self.uses(Used::Fact(fact), at, span);
        if matches!(at, Place::Unplaced(_)) {
            return 0;
        }
        let index = *self.marks.entry(fact).or_insert_with(|| {
            self.register.push(RegisterEntry {
                fact,
                exhibits: Vec::new(),
                mentions: 0,
            });
            self.register.len() - 1
        });
        match at {
            Place::Exhibit(exhibit) if self.register[index].exhibits.contains(&exhibit) => {}
            Place::Exhibit(exhibit) => self.register[index].exhibits.push(exhibit),
            _ => self.register[index].mentions += 1,
        }
        index + 1
    }

    /// The index of a note, by the text that names it and its name there.
    fn note(&mut self, name: &str, text: &Span) -> usize {
        if let Some(index) = self
            .notes
            .iter()
            .position(|(known, place, _)| known == name && place == text)
        {
            return index;
        }
        self.notes.push((name.to_owned(), *text, None));
        self.notes.len() - 1
    }

    fn define_note(&mut self, name: &str, text: &Span, at: Span, blocks: Vec<Block>) {
        let known = self
            .notes
            .iter()
            .any(|(known, place, _)| known == name && place == text);
        if !known {
            self.push(
                Finding::error(
                    "unknown-note",
                    at,
                    format!("nothing refers to the note `[^{name}]`"),
                )
                .help(format!(
                    "put [^{name}] where it belongs, or remove the note"
                )),
            );
            return;
        }
        let index = self.note(name, text);
        if self.notes[index].2.is_some() {
            self.push(
                Finding::error(
                    "duplicate-note",
                    at,
                    format!("there is a note `[^{name}]` already"),
                )
                .label("would be lost")
                .help("give one of the two another name, or make them one note"),
            );
            return;
        }
        self.notes[index].2 = Some(blocks);
    }

    /// The address of a fact whose printed digits are these, or of one of this year with the filter that prints it.
    fn near_value(&self, number: &str) -> Option<String> {
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
                let of_year = |fact: &&exhibit_facts::facts::Fact| {
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

/// "Exhibit 3".
pub(crate) fn exhibit_name(language: Language, number: usize) -> String {
    let word = format::words(language).exhibit;
    let digits = format::decimal(language, &number.to_string());
    if language == Language::Chinese {
        format!("{word}{digits}")
    } else {
        format!("{word}\u{a0}{digits}")
    }
}

/// Resolves a brief with its data, and notes which places name which facts. The result counts only if the report has no error.
pub(crate) fn resolve(
    mut brief: BriefModel,
    mut data: Vec<DataModel>,
    sources: &SourceMap,
    report: &mut Report,
    texts: &mut Vec<(Span, String)>,
    uses: &mut Vec<Use>,
) -> Option<Facts> {
    let language = brief.language;
    data.push(DataModel {
        metrics: std::mem::take(&mut brief.metrics),
        ..DataModel::default()
    });
    let mut store = Store::new(language, data, report);
    derive::derive(&mut store, report);
    let numbers = number_exhibits(&brief);
    let allow = brief
        .allow_numbers
        .iter()
        .map(|text| text.raw.clone())
        .collect();
    let mut context = Context {
        sources,
        report,
        store,
        numbers,
        named: Vec::new(),
        broken: brief.broken.clone(),
        allow,
        register: Vec::new(),
        marks: BTreeMap::new(),
        notes: Vec::new(),
        uses,
        texts,
    };
    let date = day(&mut context, &brief);
    let title = prose::said(&mut context, &brief.title, Place::Prose, "the title");
    let subtitle = brief
        .subtitle
        .as_ref()
        .map(|text| prose::line(&mut context, text, Place::Prose));
    let kicker = brief
        .kicker
        .as_ref()
        .map(|text| prose::label(&mut context, text, Place::Prose));
    let short_title = brief
        .short_title
        .as_ref()
        .map(|text| prose::label(&mut context, text, Place::Prose))
        .unwrap_or_else(|| title.text());
    // Printed or embedded as they are, and held to the same: a number among them is data, or is allowed.
    let mut labels = |texts: &[Text]| -> Vec<String> {
        texts
            .iter()
            .map(|text| prose::label(&mut context, text, Place::Prose))
            .collect()
    };
    let authors = labels(&brief.authors);
    let keywords = labels(&brief.keywords);
    let key_figures = exhibit::figures(&mut context, &brief.key_figures, Place::KeyFigure);
    let (body, exhibits) = body::body(&mut context, &brief);
    let meta = BriefMeta {
        title,
        subtitle,
        kicker,
        short_title,
        authors,
        date: date?,
        date_text: format::date(language, date?),
        language,
        keywords,
        contents: brief.contents,
        key_figures,
    };
    if let Some(date) = date {
        // As the brief counts them: one with findings is no result.
        let ids = brief
            .exhibits
            .iter()
            .map(|exhibit| exhibit.id.value.as_str());
        let ids: Vec<&str> = ids.collect();
        stale::stale(
            &context.store,
            context.uses,
            &ids,
            brief.max_age,
            date,
            context.report,
        );
    }
    let Context {
        store,
        register,
        notes,
        ..
    } = context;
    let metrics = store
        .metrics
        .iter()
        .map(|entry| Metric {
            id: entry.model.id.value.clone(),
            label: entry.model.label.raw.clone(),
            description: entry
                .model
                .description
                .as_ref()
                .map(|text| text.raw.clone()),
            unit: entry.unit.to_string(),
            formula: entry.model.formula.as_ref().map(|text| text.raw.clone()),
        })
        .collect();
    Some(Facts {
        meta,
        sources: store.sources,
        metrics,
        facts: store.facts,
        events: store.events,
        exhibits,
        body,
        notes: notes
            .into_iter()
            .filter_map(|(_, _, blocks)| blocks)
            .collect(),
        register,
        inputs: sources
            .files()
            .iter()
            .map(|file| (file.name.clone(), file.text.clone()))
            .collect(),
    })
}

/// Exhibits are numbered as the body shows them; those it does not show come after, in written order.
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

fn day(context: &mut Context<'_>, brief: &BriefModel) -> Option<Date> {
    match &brief.date.value.extent {
        Extent::Unit(CalendarUnit::Day(date)) if !brief.date.value.about => Some(*date),
        _ => {
            context.push(
                Finding::error(
                    "bad-period",
                    brief.date.span,
                    "the date of a brief is a day",
                )
                .help("write it as 2024-08-31; it is never taken from the clock"),
            );
            None
        }
    }
}
