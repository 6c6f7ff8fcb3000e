//! Charts with a value scale: which facts, in which order, at which scale.

use std::collections::BTreeMap;

use exhibit_facts::address::Address;
use exhibit_facts::facts::{Category, Chart, ChartKind, FactId, Reference, Series, Tone};
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::Reading;

use super::emphasis::emphasize;
use super::exhibit::{MOST, datum};
use super::stack::{is_one_whole, stacked};
use super::waffle::{parts_fit, whole};
use super::{Context, Place, prose, sort};
use crate::diag::Finding;
use crate::model::{
    BarModel, ChartDataModel, ChartModel, ExhibitModel, SeriesModel, Spanned, Text,
};

/// Most series of a chart, and most parts of a bar.
const MOST_SERIES: usize = 12;

/// What of a metric is asked for: `of`, `over`, `by` and `where`.
struct Asked<'m> {
    metric: &'m Text,
    over: Option<&'m Text>,
    by: Option<&'m Text>,
    filter: &'m [(Spanned<String>, Spanned<String>)],
}

/// One series of facts before its scale is known.
pub(super) struct Draft {
    pub(super) label: String,
    pub(super) named: bool,
    pub(super) tone: Tone,
    pub(super) data: Vec<Option<(FactId, Option<Tone>)>>,
}

/// Resolves a chart. `None` if it has nothing to draw; the findings say why.
pub(crate) fn chart(
    context: &mut Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    exhibit: &ExhibitModel,
    at: Place,
) -> Option<Chart> {
    let (mut categories, mut drafts) = match &model.data {
        ChartDataModel::Of {
            metric,
            over,
            by,
            filter,
        } => {
            let asked = Asked {
                metric,
                over: over.as_ref(),
                by: by.as_ref(),
                filter,
            };
            of(context, &asked, kind, exhibit)?
        }
        ChartDataModel::Rows(rows) => bars(context, rows, at),
        ChartDataModel::Grid { categories, series } => grid(context, categories, series, at),
    };
    let shown = drafts
        .iter()
        .flat_map(|draft| draft.data.iter().flatten())
        .count();
    let asked = match &model.data {
        ChartDataModel::Of { .. } => 0,
        ChartDataModel::Rows(rows) => rows.len(),
        ChartDataModel::Grid { series, .. } => series
            .iter()
            .flat_map(|series| series.of.iter().flatten())
            .count(),
    };
    if shown == 0 && asked > 0 {
        // Each of them has told why it is not there.
        return None;
    }
    let one_bar = kind == ChartKind::Share && is_one_whole(&model.data, &categories);
    let series = if one_bar {
        categories.len()
    } else {
        drafts.len()
    };
    let count = if one_bar { 1 } else { categories.len() };
    if !sized(context, exhibit, shown, series, count) {
        return None;
    }
    if let Some(sort) = &model.sort {
        sort::categories(context, sort, &mut categories, &mut drafts)?;
    }
    if one_bar {
        (categories, drafts) = stacked(categories, drafts);
    }
    if let (ChartKind::Line, ChartDataModel::Rows(rows)) = (kind, &model.data) {
        for detail in rows.iter().filter_map(|row| row.detail.as_ref()) {
            context.push(
                Finding::error(
                    "unknown-key",
                    detail.span,
                    "a line chart has no room for the `detail` of a category",
                )
                .help("say it in the label, or in `notes:`"),
            );
        }
    }
    emphasize(context, model, &categories, &mut drafts, at);
    let references = references(context, model, at);
    let all: Vec<FactId> = drafts
        .iter()
        .flat_map(|draft| draft.data.iter().flatten().map(|(fact, _)| *fact))
        .chain(references.iter().map(|(_, fact)| *fact))
        .collect();
    one_unit(context, &all, exhibit)?;
    for fact in &all {
        context.register(*fact, at, exhibit.id.span);
    }
    if matches!(kind, ChartKind::Share | ChartKind::Waffle)
        && all.iter().any(|fact| negative(context, *fact))
    {
        context.push(
            Finding::error(
                "negative-value",
                exhibit.id.span,
                format!(
                    "chart `{}` shows parts of a whole, and a part cannot be negative",
                    exhibit.id.value
                ),
            )
            .help("use a bar or column chart"),
        );
        return None;
    }
    let language = context.store.language;
    let exponent = match (kind, &model.scale) {
        // A square is one of them.
        (ChartKind::Waffle, _) => 0,
        (_, Some(scale)) => scale.value,
        (_, None) => exponent(context, &all),
    };
    if let Some(scale) = &model.scale
        && scale.value > 0
        && format::multiplier_word(language, scale.value, false).is_empty()
    {
        context.push(
            Finding::error(
                "unknown-word",
                scale.span,
                "the brief's language has no word for this scale",
            )
            .help("count in thousand, million, billion or trillion; Chinese counts in 万 and 亿"),
        );
        return None;
    }
    let whole = whole(context, kind, model, exhibit)?;
    if let Some(whole) = whole {
        parts_fit(context, &categories, &drafts, whole, exhibit)?;
    }
    let phrase = &context.store.entry_of(all[0]).phrase;
    let word = format::multiplier_word(language, exponent, false);
    let gap = if language == Language::Chinese || word.is_empty() {
        ""
    } else {
        " "
    };
    let unit = format!("{word}{gap}{}", phrase.other).trim().to_owned();
    let mark = |fact: FactId, tone: Option<Tone>| {
        let mut datum = datum(context, fact, Scaling::At(exponent));
        // A value label says "%" with each number; other units stand once, in the subtitle.
        if phrase.sign {
            datum.forms.number = datum.forms.label.clone();
        }
        datum.tone = tone;
        datum
    };
    let series = drafts
        .into_iter()
        .map(|draft| Series {
            label: draft.label,
            named: draft.named,
            tone: draft.tone,
            data: draft
                .data
                .into_iter()
                .map(|entry| entry.map(|(fact, tone)| mark(fact, tone)))
                .collect(),
        })
        .collect();
    let references = references
        .into_iter()
        .map(|(label, fact)| Reference {
            label,
            datum: mark(fact, None),
        })
        .collect();
    Some(Chart {
        kind,
        categories,
        series,
        references,
        exponent,
        unit,
        language,
        whole,
    })
}

/// True for a chart that can be drawn and read; else a finding says what it would be.
fn sized(
    context: &mut Context<'_>,
    exhibit: &ExhibitModel,
    shown: usize,
    series: usize,
    categories: usize,
) -> bool {
    let fits = shown > 0 && categories <= MOST && series <= MOST_SERIES;
    if !fits {
        context.push(
            Finding::error(
                "chart-without-data",
                exhibit.id.span,
                format!(
                    "chart `{}` has {shown} facts in {series} series and {categories} categories",
                    exhibit.id.value
                ),
            )
            .help(format!(
                "a chart shows at least one fact, at most {MOST_SERIES} series and at most {MOST} categories"
            )),
        );
    }
    fits
}

fn negative(context: &Context<'_>, fact: FactId) -> bool {
    matches!(&context.store.fact(fact).reading, Reading::Value(value) if value.shape.amounts().any(exhibit_facts::quantity::Amount::is_negative))
}

/// The tone of a series whose brief gives it none.
pub(super) fn series_tone(index: usize) -> Tone {
    let tones = [Tone::Accent, Tone::Second, Tone::Third];
    tones.get(index).copied().unwrap_or(Tone::Neutral)
}

pub(super) fn category(label: String) -> Category {
    Category {
        label,
        detail: String::new(),
        period: None,
    }
}

/// `of: metric`, over periods or a dimension.
fn of(
    context: &mut Context<'_>,
    asked: &Asked<'_>,
    kind: ChartKind,
    exhibit: &ExhibitModel,
) -> Option<(Vec<Category>, Vec<Draft>)> {
    let Asked {
        metric,
        over,
        by,
        filter,
    } = *asked;
    let address = Address {
        metric: metric.raw.trim().to_owned(),
        dimensions: filter
            .iter()
            .map(|(name, value)| (name.value.clone(), value.value.clone()))
            .collect(),
        period: None,
    };
    let found = match context.store.matching(&address) {
        Ok(found) => found,
        Err(complaint) => {
            let (code, message, help) = complaint?;
            let span = filter
                .iter()
                .find(|(name, value)| {
                    message.contains(&name.value) && code.contains("dimension")
                        || message.contains(&value.value)
                })
                .map_or(metric.span, |(_, value)| value.span);
            context.push(Finding::error(code, span, message).help(help));
            return None;
        }
    };
    if found.is_empty() && context.store.broken.contains(&address.metric) {
        return None;
    }
    let of_metric = context.store.metric(&address.metric)?;
    let dimensions = context.store.dimensions(of_metric);
    let over_text = over.map_or("period", |text| text.raw.trim());
    let frequencies = [
        "period",
        "year",
        "fiscal-year",
        "half",
        "quarter",
        "month",
        "week",
        "day",
        "span",
    ];
    for text in over.into_iter().chain(by) {
        let name = text.raw.trim();
        let known = dimensions.iter().any(|dimension| dimension == name)
            || (frequencies.contains(&name) && over.is_some_and(|over| over.span == text.span));
        if !known {
            let names: Vec<&str> = dimensions
                .iter()
                .map(String::as_str)
                .chain(frequencies)
                .collect();
            context.push(
                Finding::error(
                    "unknown-dimension",
                    text.span,
                    format!("metric `{}` has no dimension `{name}`", address.metric),
                )
                .help(format!("one of: {}", names.join(", ")))
                .nearest(name, names.iter().copied()),
            );
            return None;
        }
    }
    let store = &context.store;
    let over_dimension = dimensions.iter().find(|name| *name == over_text).cloned();
    let key = |id: &FactId| -> Option<(String, Option<exhibit_facts::period::Period>)> {
        let fact = store.fact(*id);
        match &over_dimension {
            Some(dimension) => fact
                .dimensions
                .get(dimension)
                .map(|value| (value.clone(), None)),
            None if over_text == "period" || fact.at.frequency() == over_text => {
                Some((fact.at_text.clone(), Some(fact.at.clone())))
            }
            None => None,
        }
    };
    let by = by.map(|text| text.raw.trim().to_owned());
    // Categories and series in the order of the facts, and which of them each fact belongs to.
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    let (mut key_places, mut name_places) = (BTreeMap::new(), BTreeMap::new());
    let mut cells: BTreeMap<(usize, usize), Vec<FactId>> = BTreeMap::new();
    for id in found {
        let name = by
            .as_ref()
            .and_then(|dimension| store.fact(id).dimensions.get(dimension).cloned());
        let series = *name_places.entry(name.clone()).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        });
        if let Some(key) = key(&id) {
            let category = *key_places.entry(key.clone()).or_insert_with(|| {
                keys.push(key);
                keys.len() - 1
            });
            cells.entry((series, category)).or_default().push(id);
        }
    }
    // Before a place is made for each category of each series: a table may hold many of both. The parts of one bar are counted later.
    let bar = kind == ChartKind::Share && by.is_none() && over_dimension.is_some();
    if !bar && (keys.len() > MOST || names.len() > MOST_SERIES) {
        sized(context, exhibit, cells.len(), names.len(), keys.len());
        return None;
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_cached_key(|at| {
        keys[*at]
            .1
            .as_ref()
            .map(exhibit_facts::period::Period::order)
    });
    let mut drafts = Vec::new();
    let mut twice = None;
    for (index, name) in names.iter().enumerate() {
        let mut data = Vec::new();
        for category in &order {
            let fits = cells.remove(&(index, *category)).unwrap_or_default();
            data.push(fits.first().map(|id| (*id, None)));
            if fits.len() > 1 {
                twice = Some(fits);
            }
        }
        let label = name
            .clone()
            .unwrap_or_else(|| store.metrics[of_metric].model.label.raw.clone());
        drafts.push(Draft {
            label,
            named: name.is_some(),
            tone: series_tone(index),
            data,
        });
    }
    if let Some(fits) = twice {
        let names: Vec<&str> = fits
            .iter()
            .take(4)
            .map(|id| store.fact(*id).address.as_str())
            .collect();
        let finding = Finding::error("ambiguous-address", metric.span, format!("one mark may be any of {}", names.join(", "))).help("pick with `where: {dimension: value}`, or give each its own series with `by: dimension`");
        context.push(finding);
    }
    let categories = order
        .into_iter()
        .map(|at| {
            let (label, period) = keys[at].clone();
            Category {
                period,
                ..category(label)
            }
        })
        .collect();
    Some((categories, drafts))
}

/// `rows:`, one series.
fn bars(context: &mut Context<'_>, rows: &[BarModel], at: Place) -> (Vec<Category>, Vec<Draft>) {
    let mut categories = Vec::new();
    let mut data = Vec::new();
    for row in rows {
        let label = row
            .label
            .as_ref()
            .map(|text| prose::label(context, text, at));
        let detail = row
            .detail
            .as_ref()
            .map(|text| prose::label(context, text, at))
            .unwrap_or_default();
        let Some(fact) = context.store.find(&row.of.raw, row.of.span, context.report) else {
            continue;
        };
        let label = label.unwrap_or_else(|| context.store.entry_of(fact).model.label.raw.clone());
        categories.push(Category {
            detail,
            ..category(label)
        });
        data.push(Some((fact, row.tone)));
    }
    (
        categories,
        vec![Draft {
            label: String::new(),
            named: false,
            tone: Tone::Accent,
            data,
        }],
    )
}

/// `categories:` and `series:`.
fn grid(
    context: &mut Context<'_>,
    categories: &[Text],
    series: &[SeriesModel],
    at: Place,
) -> (Vec<Category>, Vec<Draft>) {
    let names: Vec<Category> = categories
        .iter()
        .map(|text| {
            let period = exhibit_facts::period::Period::parse(&text.raw);
            // A category that is written as a period is one, and named like one.
            match period {
                Some(period) => Category {
                    label: format::period(context.store.language, &period),
                    detail: String::new(),
                    period: Some(period),
                },
                None => category(prose::label(context, text, at)),
            }
        })
        .collect();
    let mut drafts = Vec::new();
    for (index, model) in series.iter().enumerate() {
        let label = prose::label(context, &model.label, at);
        if model.of.len() != names.len() {
            context.push(
                Finding::error(
                    "table-shape",
                    model.span,
                    format!(
                        "this series has {} of {} entries",
                        model.of.len(),
                        names.len()
                    ),
                )
                .help("one address a category; `null` leaves a gap"),
            );
        }
        let mut data: Vec<Option<(FactId, Option<Tone>)>> = model
            .of
            .iter()
            .map(|text| {
                text.as_ref()
                    .and_then(|text| context.store.find(&text.raw, text.span, context.report))
                    .map(|fact| (fact, None))
            })
            .collect();
        data.resize(names.len(), None);
        drafts.push(Draft {
            label,
            named: true,
            tone: model.tone.unwrap_or_else(|| series_tone(index)),
            data,
        });
    }
    (names, drafts)
}

fn references(context: &mut Context<'_>, model: &ChartModel, at: Place) -> Vec<(String, FactId)> {
    let mut found = Vec::new();
    for reference in &model.references {
        let label = reference
            .label
            .as_ref()
            .map(|text| prose::label(context, text, at));
        let Some(fact) = context
            .store
            .find(&reference.of.raw, reference.of.span, context.report)
        else {
            continue;
        };
        if matches!(context.store.fact(fact).reading, Reading::Missing(_)) {
            context.push(
                Finding::error(
                    "chart-without-data",
                    reference.of.span,
                    format!(
                        "a line across the plot needs a value, and `{}` has none",
                        reference.of.raw
                    ),
                )
                .help("name a figure that has one, or take the reference out"),
            );
            continue;
        }
        found.push((
            label.unwrap_or_else(|| context.store.entry_of(fact).model.label.raw.clone()),
            fact,
        ));
    }
    found
}

/// A scale has one unit.
fn one_unit(context: &mut Context<'_>, facts: &[FactId], exhibit: &ExhibitModel) -> Option<()> {
    let first = context.store.entry_of(facts[0]).unit.clone();
    for fact in facts {
        let unit = context.store.entry_of(*fact).unit.clone();
        if unit != first {
            let (a, b) = (context.store.fact(facts[0]), context.store.fact(*fact));
            let finding = Finding::error("unit-mismatch", exhibit.id.span, format!("chart `{}` mixes units: `{}` is in {first}, `{}` in {unit}", exhibit.id.value, a.address, b.address))
                .other(b.span, format!("in {unit}"))
                .help("one scale shows one unit; make a second chart, or a derived metric in the other unit");
            context.push(finding);
            return None;
        }
    }
    Some(())
}

/// The scale that most of the numbers were written in.
fn exponent(context: &Context<'_>, facts: &[FactId]) -> u32 {
    let language = context.store.language;
    facts
        .iter()
        .filter_map(|fact| match &context.store.fact(*fact).reading {
            Reading::Value(value) => value
                .shape
                .amounts()
                .map(|amount| format::display_exponent(language, amount))
                .max(),
            Reading::Missing(_) => None,
        })
        .max()
        .unwrap_or(0)
}
