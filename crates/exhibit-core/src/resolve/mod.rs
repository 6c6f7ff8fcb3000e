//! Models to facts: names are looked up, units checked, formulas computed, texts filled in. What does not fit is a finding.
//!
//! The entry point is [`resolve()`]. The parts below share [`context::Context`] and import nothing from this file.

mod aggregate;
mod body;
mod chart;
mod claim;
mod combine;
mod context;
mod cut;
mod dates;
mod datum;
mod derive;
mod draft;
mod duration;
mod emphasis;
mod equals;
mod evaluate;
mod exhibit;
mod fill;
mod foot;
mod independent;
mod key_figures;
mod lex;
mod link;
mod lint;
mod lookup;
mod markdown;
mod naming;
mod near_miss;
mod parts;
mod period_words;
mod prose;
mod register;
mod series;
mod sort;
mod stack;
mod stale;
mod store;
mod table;
mod template;
mod timeline;
mod waffle;

use exhibit_facts::facts::{BriefMeta, Facts, Metric, Use};
use exhibit_facts::format;
use exhibit_facts::period::{CalendarUnit, Date, Extent};
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding, Report};
use crate::model::{BriefModel, DataModel, Text};
use crate::source::SourceMap;
use context::{BriefPart, Context};
use store::{MetricEntry, Store};

/// Resolves a brief with its data, and records which places name which facts. `None` where the brief has no date; a result counts only
/// if the report has no error.
pub(crate) fn resolve(
    mut brief: BriefModel,
    mut data: Vec<DataModel>,
    sources: &SourceMap,
    report: &mut Report,
    texts: &mut Vec<(Span, String)>,
    uses: &mut Vec<Use>,
) -> Option<Facts> {
    data.push(DataModel {
        metrics: std::mem::take(&mut brief.metrics),
        ..DataModel::default()
    });
    let mut store = Store::new(brief.language, data, report);
    derive::derive(&mut store, report);
    let mut context = Context::new(&brief, store, sources, report, texts, uses);
    let date = day(&mut context, &brief);
    let meta = meta(&mut context, &brief, date);
    let (body, exhibits) = body::body(&mut context, &brief);
    if let Some(date) = date {
        // As the brief counts them: an exhibit with findings gives no result.
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
    let (store, mut register, notes) = context.finish();
    register::number(&store, &mut register, brief.register);
    Some(Facts {
        meta: meta?,
        metrics: store
            .metrics
            .iter()
            .map(|entry| metric(&store, entry))
            .collect(),
        sources: store.sources,
        facts: store.facts,
        events: store.events,
        exhibits,
        body,
        notes,
        register,
        inputs: sources
            .files()
            .iter()
            .map(|file| (file.name.clone(), file.text.clone()))
            .collect(),
    })
}

/// What stands above and around the brief. Every text is read for its findings; `None` without a date.
fn meta(context: &mut Context<'_>, brief: &BriefModel, date: Option<Date>) -> Option<BriefMeta> {
    const PART: BriefPart = BriefPart::Prose;
    let title = prose::not_empty(context, &brief.title, PART, "the title");
    let subtitle = brief
        .subtitle
        .as_ref()
        .map(|text| prose::line(context, text, PART));
    let kicker = brief
        .kicker
        .as_ref()
        .map(|text| prose::label(context, text, PART));
    let short_title = brief
        .short_title
        .as_ref()
        .map(|text| prose::label(context, text, PART))
        .unwrap_or_else(|| title.text());
    // Authors and keywords are printed or embedded as they are. A number among them is data, or is allowed, as in any text.
    let mut labels = |texts: &[Text]| -> Vec<String> {
        texts
            .iter()
            .map(|text| prose::label(context, text, PART))
            .collect()
    };
    let authors = labels(&brief.authors);
    let keywords = labels(&brief.keywords);
    let key_figures = key_figures::figures(context, &brief.key_figures, None, BriefPart::KeyFigure);
    let date = date?;
    Some(BriefMeta {
        title,
        subtitle,
        kicker,
        short_title,
        authors,
        date,
        date_text: format::date(brief.language, date),
        language: brief.language,
        keywords,
        contents: brief.contents,
        register: brief.register,
        key_figures,
    })
}

fn metric(store: &Store, entry: &MetricEntry) -> Metric {
    let raw = |text: &Option<Text>| text.as_ref().map(|text| text.raw.clone());
    Metric {
        id: entry.model.id.value.clone(),
        label: entry.model.label.raw.clone(),
        description: raw(&entry.model.description),
        unit: entry.unit.to_string(),
        formula: raw(&entry.model.formula),
        value_labels: store.value_labels.clone(),
    }
}

/// The date of the brief. A period of more than a day is a finding.
fn day(context: &mut Context<'_>, brief: &BriefModel) -> Option<Date> {
    match &brief.date.value.extent {
        Extent::Unit(CalendarUnit::Day(date)) if !brief.date.value.about => Some(*date),
        _ => {
            context.push(
                Finding::error(
                    Code::BadPeriod,
                    brief.date.span,
                    "the date of a brief must be a day",
                )
                .help("write a day such as 2024-08-31; the program never takes the date from the clock"),
            );
            None
        }
    }
}
