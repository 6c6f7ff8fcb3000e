//! Facts as JSON, CSV and a table for people. What rides in the PDF and what `exhibit facts` prints are the same bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use exhibit_facts::Span;
use exhibit_facts::address::quoted;
use exhibit_facts::chart_spec::{CHART_KEYS, ChartKind};
use exhibit_facts::facts::{Content, Event, Exhibit, Fact, Facts, Origin, RegisterEntry, Source};
use exhibit_facts::format::exact_decimal;
use exhibit_facts::quantity::{Amount, Reading, Shape, Value};

use crate::diag::{Report, Severity};
use crate::source::SourceMap;

/// The identifier of the JSON form; it changes when a field changes its meaning.
pub const SCHEMA: &str = "exhibit-facts-1";

/// The JSON Schema of the JSON form, draft 2020-12: what `docs/facts.schema.json` holds, `exhibit schema facts` prints and the PDF
/// carries beside the facts.
pub const JSON_SCHEMA: &str = include_str!("../built-in/facts.schema.json");

/// The JSON form. Fields that do not apply are null, never left out: a reader need not know which fact has which.
#[derive(Serialize)]
struct Document<'f> {
    schema: &'static str,
    facts: Vec<FactRecord<'f>>,
    events: Vec<EventRecord<'f>>,
    sources: Vec<SourceRecord<'f>>,
}

/// A fact as the JSON and CSV forms have it. Fields that do not apply are `None` or empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FactRecord<'f> {
    /// Canonical address.
    pub address: &'f str,
    /// Id of the metric.
    pub metric: &'f str,
    /// Name of the metric for people.
    pub label: &'f str,
    /// Period, as a brief writes it.
    pub at: String,
    /// Dimension values by the name of the dimension.
    pub dimensions: &'f BTreeMap<String, String>,
    /// Shape of the value: `exact`, `more_than`, …, `unknown`.
    pub qualifier: &'static str,
    /// True with "about".
    pub approximate: bool,
    /// Exact decimal of an exact value or a bound.
    pub amount: Option<String>,
    /// Lower end of a range.
    pub low: Option<String>,
    /// Upper end of a range.
    pub high: Option<String>,
    /// How often the interval of an estimate holds the truth: a share above 0 and below 1, behind `>= ` where it is a lower bound.
    pub level: Option<String>,
    /// Unit, canonical text.
    pub unit: &'f str,
    /// Printed form with unit.
    pub display: Cow<'f, str>,
    /// Form in a sentence.
    pub sentence: Cow<'f, str>,
    /// Form for a voice.
    pub spoken: Cow<'f, str>,
    /// Name of the status.
    pub status: &'static str,
    /// Whose target, forecast or claim it is.
    pub by: Option<&'f str>,
    /// Deadline of a target or forecast.
    pub due: Option<String>,
    /// Why the value is missing.
    pub reason: Option<String>,
    /// True for a computed fact.
    pub derived: bool,
    /// Formula as written.
    pub formula: Option<&'f str>,
    /// Addresses that went into the formula.
    pub inputs: Vec<&'f str>,
    /// Who says it, and where.
    pub origin: OriginRecord<'f>,
    /// The source's own words.
    pub evidence: Option<&'f str>,
    /// What a reader should know.
    pub note: Option<&'f str>,
    /// Addresses of facts that disagree.
    pub conflicts: Vec<&'f str>,
    /// Why it is preferred to those.
    pub preferred: Option<&'f str>,
    /// Why it supersedes an earlier fact.
    pub corrects: Option<&'f str>,
    /// Addresses of what it supersedes.
    pub corrected: Vec<&'f str>,
    /// Row in the register, which facts of one series share; `None` for what the brief does not show.
    pub mark: Option<usize>,
    /// Ids of the exhibits that show it.
    pub exhibits: Vec<&'f str>,
}

/// Who says it, and where. Both are `None` for what was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OriginRecord<'f> {
    /// Id of the source.
    pub source: Option<&'f str>,
    /// Place in it.
    pub place: Option<&'f str>,
}

/// An event as the JSON form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EventRecord<'f> {
    /// Id.
    pub id: &'f str,
    /// Period, as a brief writes it.
    pub at: String,
    /// Name of the metric for people.
    pub label: &'f str,
    /// Name of the status.
    pub status: &'static str,
    /// Who says it, and where.
    pub origin: OriginRecord<'f>,
    /// The source's own words.
    pub evidence: Option<&'f str>,
    /// What a reader should know.
    pub note: Option<&'f str>,
    /// Ids of the exhibits that show it.
    pub exhibits: Vec<&'f str>,
}

#[derive(Serialize)]
struct SourceRecord<'f> {
    id: &'f str,
    title: &'f str,
    author: Option<&'f str>,
    editor: Option<&'f str>,
    publisher: Option<&'f str>,
    kind: Option<&'f str>,
    published: Option<&'f str>,
    accessed: Option<&'f str>,
    url: Option<&'f str>,
    licence: Option<&'f str>,
    note: Option<&'f str>,
}

/// What a manifest keeps of a fact, to compare two editions by: fields of the JSON form, without those that are null.
///
/// ```
/// use exhibit_core::{article, export};
/// let facts = article::facts();
/// let summary = export::FactSummary::of(&facts, &facts.facts[0]);
/// let json = serde_json::to_value(summary).unwrap();
/// assert_eq!(json["address"], facts.facts[0].address);
/// assert!(json.get("reason").is_none());
/// ```
#[derive(Serialize)]
pub struct FactSummary<'f> {
    address: &'f str,
    qualifier: &'static str,
    approximate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    unit: &'f str,
    display: Cow<'f, str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    derived: bool,
}

impl<'f> FactSummary<'f> {
    /// Of a fact.
    #[must_use]
    pub fn of(facts: &'f Facts, fact: &'f Fact) -> Self {
        let record = record(facts, fact, None);
        Self {
            address: record.address,
            qualifier: record.qualifier,
            approximate: record.approximate,
            amount: record.amount,
            low: record.low,
            high: record.high,
            level: record.level,
            unit: record.unit,
            display: record.display,
            status: record.status,
            reason: record.reason,
            derived: record.derived,
        }
    }
}

/// What a manifest keeps of an event: fields of the JSON form too.
///
/// ```
/// use exhibit_core::{article, export};
/// let facts = article::facts();
/// let summary = export::EventSummary::of(&facts.events[0]);
/// assert_eq!(serde_json::to_value(summary).unwrap()["id"], facts.events[0].id);
/// ```
#[derive(Serialize)]
pub struct EventSummary<'f> {
    id: &'f str,
    at: String,
    label: &'f str,
    status: &'static str,
}

impl<'f> EventSummary<'f> {
    /// Of an event.
    #[must_use]
    pub fn of(event: &'f Event) -> Self {
        Self {
            id: &event.id,
            at: event.at.to_string(),
            label: &event.label,
            status: event.status.name(),
        }
    }
}

/// Text for machines: ties and narrow spaces become plain ones.
fn plain(text: &str) -> Cow<'_, str> {
    const SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2009}'];
    if text.contains(SPACES) {
        Cow::Owned(text.replace(SPACES, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Which facts and events are exported.
#[derive(Clone, Copy)]
pub struct Selection<'a> {
    /// Facts.
    pub fact: &'a dyn Fn(&Fact) -> bool,
    /// Events.
    pub event: &'a dyn Fn(&Event) -> bool,
}

impl Selection<'_> {
    /// Everything.
    pub const ALL: Selection<'static> = Selection {
        fact: &|_| true,
        event: &|_| true,
    };
}

fn document<'f>(facts: &'f Facts, selection: Selection<'f>) -> Document<'f> {
    Document {
        schema: SCHEMA,
        facts: records(facts, selection).collect(),
        events: event_records(facts, selection).collect(),
        sources: facts.sources.iter().map(source_record).collect(),
    }
}

/// The selected facts and events, and every source, as one JSON value.
///
/// ```
/// use exhibit_core::{article, export};
/// let json = export::json(&article::facts(), export::Selection::ALL);
/// assert_eq!(json["schema"], export::SCHEMA);
/// assert_eq!(json["events"][0]["at"], "2007");
/// ```
///
/// # Panics
/// Never: every field is a text, a flag, a list or null.
#[must_use]
pub fn json(facts: &Facts, selection: Selection<'_>) -> Json {
    serde_json::to_value(document(facts, selection)).expect("plain fields")
}

/// The same as text, indented, with a line end; the value is not built first.
///
/// ```
/// let facts = exhibit_core::article::facts();
/// let all = exhibit_core::export::Selection::ALL;
/// let text = exhibit_core::export::json_text(&facts, all);
/// assert_eq!(text, format!("{:#}\n", exhibit_core::export::json(&facts, all)));
/// ```
///
/// # Panics
/// Never: every field is a text, a flag, a list or null.
#[must_use]
pub fn json_text(facts: &Facts, selection: Selection<'_>) -> String {
    // Of the article's size at once, as a text that grows is copied.
    let mut text = Vec::with_capacity(96 * 1024);
    serde_json::to_writer_pretty(&mut text, &document(facts, selection)).expect("plain fields");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is written as UTF-8")
}

/// The selected facts, each with its mark: what the JSON and CSV forms are written from.
///
/// ```
/// use exhibit_core::{article, export};
/// let facts = article::facts();
/// let first = export::records(&facts, export::Selection::ALL).next().unwrap();
/// assert_eq!(first.address, facts.facts[0].address);
/// ```
pub fn records<'f>(
    facts: &'f Facts,
    selection: Selection<'f>,
) -> impl Iterator<Item = FactRecord<'f>> {
    let mut entries: Vec<Option<&RegisterEntry>> = vec![None; facts.facts.len()];
    for entry in &facts.register {
        entries[entry.fact.0] = Some(entry);
    }
    let shown = facts.facts.iter().zip(entries);
    shown
        .filter(move |(fact, _)| (selection.fact)(fact))
        .map(|(fact, entry)| record(facts, fact, entry))
}

/// The selected events: what the JSON form is written from.
///
/// ```
/// use exhibit_core::{article, export};
/// let facts = article::facts();
/// assert_eq!(export::event_records(&facts, export::Selection::ALL).count(), facts.events.len());
/// ```
pub fn event_records<'f>(
    facts: &'f Facts,
    selection: Selection<'f>,
) -> impl Iterator<Item = EventRecord<'f>> {
    let events = facts.events.iter();
    events
        .filter(move |event| (selection.event)(event))
        .map(|event| event_record(facts, event))
}

fn record<'f>(
    facts: &'f Facts,
    fact: &'f Fact,
    entry: Option<&'f RegisterEntry>,
) -> FactRecord<'f> {
    let metric = &facts.metrics[fact.metric.0];
    let text = |amount: &Amount| Some(exact_decimal(&amount.value));
    let (qualifier, approximate, [amount, low, high]) = match &fact.reading {
        Reading::Missing(_) => ("unknown", false, [None, None, None]),
        Reading::Value(value) => {
            let amounts = match &value.shape {
                Shape::Range { low, high } => [None, text(low), text(high)],
                Shape::Estimate {
                    point, low, high, ..
                } => [text(point), text(low), text(high)],
                Shape::Exact(amount)
                | Shape::MoreThan(amount)
                | Shape::AtLeast(amount)
                | Shape::LessThan(amount)
                | Shape::AtMost(amount) => [text(amount), None, None],
            };
            (value.shape.qualifier(), value.about, amounts)
        }
    };
    let level = match &fact.reading {
        Reading::Value(Value {
            shape: Shape::Estimate { level, .. },
            ..
        }) => level.as_ref().map(|level| {
            let bound = if level.at_least() { ">= " } else { "" };
            format!("{bound}{}", exact_decimal(level.share()))
        }),
        _ => None,
    };
    let addresses = |ids: &[exhibit_facts::facts::FactId]| -> Vec<&'f str> {
        ids.iter()
            .map(|id| facts.facts[id.0].address.as_str())
            .collect()
    };
    let (derived, source, place, evidence, formula, inputs) = match &fact.origin {
        Origin::Stated {
            source,
            place,
            evidence,
        } => (
            false,
            Some(facts.sources[source.0].id.as_str()),
            Some(place.as_str()),
            evidence.as_deref(),
            None,
            Vec::new(),
        ),
        Origin::Derived { formula, inputs } => (
            true,
            None,
            None,
            None,
            Some(formula.as_str()),
            addresses(inputs),
        ),
    };
    FactRecord {
        address: &fact.address,
        metric: &metric.id,
        label: &metric.label,
        at: fact.at.to_string(),
        dimensions: &fact.dimensions,
        qualifier,
        approximate,
        amount,
        low,
        high,
        level,
        unit: &metric.unit,
        display: plain(&fact.forms.label),
        sentence: plain(&fact.forms.sentence),
        spoken: plain(&fact.forms.spoken),
        status: fact.status.name(),
        by: fact.by.as_deref(),
        due: fact.due.as_ref().map(ToString::to_string),
        reason: match &fact.reading {
            Reading::Missing(reason) => Some(reason.to_string()),
            Reading::Value(_) => None,
        },
        derived,
        formula,
        inputs,
        origin: OriginRecord { source, place },
        evidence,
        note: fact.note.as_deref(),
        conflicts: addresses(&fact.conflicts),
        preferred: fact.preferred.as_deref(),
        corrects: fact.corrects.as_deref(),
        corrected: addresses(&fact.corrected),
        mark: entry.map(|entry| entry.row),
        exhibits: entry
            .map(|entry| entry.exhibits.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|index| facts.exhibits[*index].id.as_str())
            .collect(),
    }
}

fn event_record<'f>(facts: &'f Facts, event: &'f Event) -> EventRecord<'f> {
    EventRecord {
        id: &event.id,
        at: event.at.to_string(),
        label: &event.label,
        status: event.status.name(),
        origin: OriginRecord {
            source: Some(&facts.sources[event.source.0].id),
            place: Some(&event.place),
        },
        evidence: event.evidence.as_deref(),
        note: event.note.as_deref(),
        exhibits: facts
            .exhibits
            .iter()
            .filter(|exhibit| shows_event(exhibit, &event.id))
            .map(|exhibit| exhibit.id.as_str())
            .collect(),
    }
}

fn shows_event(exhibit: &Exhibit, id: &str) -> bool {
    let Content::Timeline(timeline) = &exhibit.content else {
        return false;
    };
    timeline
        .events
        .iter()
        .any(|event| event.address.strip_prefix("event:") == Some(id))
}

fn source_record(source: &Source) -> SourceRecord<'_> {
    SourceRecord {
        id: &source.id,
        title: &source.title,
        author: source.author.as_deref(),
        editor: source.editor.as_deref(),
        publisher: source.publisher.as_deref(),
        kind: source.kind.as_deref(),
        published: source.published.as_deref(),
        accessed: source.accessed.as_deref(),
        url: source.url.as_deref(),
        licence: source.licence.as_deref(),
        note: source.note.as_deref(),
    }
}

/// Head of the CSV form: the fields of the JSON form, `origin` as its two parts.
const CSV_COLUMNS: [&str; 32] = [
    "address",
    "metric",
    "label",
    "at",
    "dimensions",
    "qualifier",
    "approximate",
    "amount",
    "low",
    "high",
    "level",
    "unit",
    "display",
    "sentence",
    "spoken",
    "status",
    "by",
    "due",
    "reason",
    "derived",
    "formula",
    "inputs",
    "source",
    "place",
    "evidence",
    "note",
    "conflicts",
    "preferred",
    "corrects",
    "corrected",
    "mark",
    "exhibits",
];

/// The facts that are selected as CSV (RFC 4180, UTF-8, line feeds). A list is one cell, its parts joined by `;`.
///
/// ```
/// use exhibit_core::{article, export};
/// let csv = export::csv(&article::facts(), export::Selection::ALL);
/// assert!(csv.starts_with("address,metric,label,at,dimensions,qualifier,approximate,amount,low,high,level,unit,display,"));
/// ```
///
/// # Panics
/// Never: writing to memory does not fail.
#[must_use]
pub fn csv(facts: &Facts, selection: Selection<'_>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    writer
        .write_record(CSV_COLUMNS)
        .expect("memory takes every byte");
    for record in records(facts, selection) {
        let dimensions: Vec<String> = record
            .dimensions
            .iter()
            .map(|(name, value)| format!("{name}={}", quoted(value)))
            .collect();
        let flag = |flag: bool| if flag { "true" } else { "false" };
        let cells: [&str; CSV_COLUMNS.len()] = [
            record.address,
            record.metric,
            record.label,
            &record.at,
            &dimensions.join(";"),
            record.qualifier,
            flag(record.approximate),
            record.amount.as_deref().unwrap_or_default(),
            record.low.as_deref().unwrap_or_default(),
            record.high.as_deref().unwrap_or_default(),
            record.level.as_deref().unwrap_or_default(),
            record.unit,
            &record.display,
            &record.sentence,
            &record.spoken,
            record.status,
            record.by.unwrap_or_default(),
            record.due.as_deref().unwrap_or_default(),
            record.reason.as_deref().unwrap_or_default(),
            flag(record.derived),
            record.formula.unwrap_or_default(),
            &record.inputs.join(";"),
            record.origin.source.unwrap_or_default(),
            record.origin.place.unwrap_or_default(),
            record.evidence.unwrap_or_default(),
            record.note.unwrap_or_default(),
            &record.conflicts.join(";"),
            record.preferred.unwrap_or_default(),
            record.corrects.unwrap_or_default(),
            &record.corrected.join(";"),
            &record.mark.map(|mark| mark.to_string()).unwrap_or_default(),
            &record.exhibits.join(";"),
        ];
        writer.write_record(cells).expect("memory takes every byte");
    }
    String::from_utf8(writer.into_inner().expect("memory takes every byte"))
        .expect("all cells are text")
}

/// The facts that are selected, one a line, for people.
#[must_use]
pub fn table(facts: &Facts, selection: Selection<'_>) -> String {
    let rows: Vec<[String; 4]> = facts
        .facts
        .iter()
        .filter(|fact| (selection.fact)(fact))
        .map(|fact| {
            let origin = match &fact.origin {
                Origin::Stated { source, place, .. } => {
                    format!("{} {place}", facts.sources[source.0].id)
                }
                Origin::Derived { formula, .. } => format!("= {formula}"),
            };
            [
                fact.address.clone(),
                plain(&fact.forms.label).into_owned(),
                fact.status.name().to_owned(),
                origin.trim_end().to_owned(),
            ]
        })
        .collect();
    let mut widths = [0; 3];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(widths) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        out.push_str(&row[3]);
        out.push('\n');
    }
    for event in facts.events.iter().filter(|event| (selection.event)(event)) {
        out.push_str(&format!(
            "event:{}  {}  {}\n",
            event.id, event.at, event.label
        ));
    }
    out
}

/// The kinds of charts as JSON: name, purpose, keys, required keys and shapes of data of each, in the order of the documentation.
///
/// ```
/// let kinds = exhibit_core::export::chart_kinds();
/// assert_eq!(kinds[0]["name"], "bar");
/// assert!(kinds.as_array().unwrap().iter().any(|kind| kind["required"][0] == "whole"));
/// ```
#[must_use]
pub fn chart_kinds() -> Json {
    let kinds = ChartKind::ALL.iter().map(|kind| {
        let spec = kind.spec();
        let keys: Vec<&str> = CHART_KEYS.iter().chain(spec.keys).copied().collect();
        serde_json::json!({
            "name": spec.name,
            "purpose": spec.purpose,
            "keys": keys,
            "required": spec.required,
            "part_of_whole": spec.part_of_whole,
            "shapes": {"rows": spec.shapes.rows, "series": spec.shapes.series, "over": spec.shapes.over},
        })
    });
    kinds.collect()
}

/// Findings as JSON, by file and place: code, severity, message, place (file, line and column, both from 1, columns in characters, and
/// bytes), label, related places, notes and help.
///
/// ```
/// use exhibit_core::{compile, export::findings};
/// let done = compile("b.yaml", "title: T\nfoo: 1\n", &mut |_| unreachable!());
/// let json = findings(&done.report, &done.sources);
/// let found = json.as_array().unwrap().iter().find(|one| one["code"] == "unknown-key").unwrap();
/// assert_eq!((&found["place"]["line"], &found["place"]["column"]), (&2.into(), &1.into()));
/// ```
#[must_use]
pub fn findings(report: &Report, sources: &SourceMap) -> Json {
    let place = |span: Span| {
        let file = sources.file(span.file);
        let at = file.line_column(span.start);
        serde_json::json!({
            "file": file.name, "line": at.line, "column": at.column, "start": span.start, "end": span.end,
        })
    };
    let found = report.findings().into_iter().map(|finding| {
        let related = finding.others.iter().map(|(span, label)| {
            let mut related = place(*span);
            related["label"] = label.as_str().into();
            related
        });
        serde_json::json!({
            "code": finding.code.as_str(),
            "severity": match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": finding.message,
            "place": finding.span.map(place),
            "label": finding.label,
            "related": related.collect::<Vec<Json>>(),
            "notes": finding.notes,
            "help": finding.help,
        })
    });
    found.collect()
}
