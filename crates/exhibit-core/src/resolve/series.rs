//! The three ways to ask for the data of a chart: a metric over something, rows, or a grid of series.

use std::collections::BTreeMap;

use exhibit_facts::facts::{Category, ChartKind, ColorRole, Fact, FactId};
use exhibit_facts::format;
use exhibit_facts::period::{FREQUENCIES, Period, is_frequency};

use super::context::{BriefPart, Context};
use super::cut::{Asked, kept};
use super::draft::{Draft, MAX_CATEGORIES, MAX_SERIES, category, series_role, sized};
use super::naming::{Label, named_alike};
use super::prose;
use super::store::Store;
use crate::diag::{Code, Finding};
use crate::model::{BarModel, ChartDataModel, ExhibitModel, SeriesModel, Text};

/// Categories, and one or more series with a datum a category.
pub(super) type Grid = (Vec<Category>, Vec<Draft>);

/// How many facts the brief names one by one. 0 for a metric over something, which names none.
pub(super) fn asked(data: &ChartDataModel) -> usize {
    match data {
        ChartDataModel::Of { .. } => 0,
        ChartDataModel::Rows(rows) => rows.len(),
        ChartDataModel::Grid { series, .. } => series
            .iter()
            .flat_map(|series| series.of.iter().flatten())
            .count(),
    }
}

/// Resolves the data of a chart. `None` if there is nothing to draw; the findings say why.
pub(super) fn drafts(
    context: &mut Context<'_>,
    data: &ChartDataModel,
    kind: ChartKind,
    exhibit: &ExhibitModel,
    part: BriefPart,
) -> Option<Grid> {
    match data {
        ChartDataModel::Of {
            metric,
            over,
            by,
            filter,
            from,
            to,
        } => {
            let asked = Asked {
                metric,
                over: over.as_ref(),
                by: by.as_ref(),
                filter,
                from: from.as_ref(),
                to: to.as_ref(),
            };
            of(context, &asked, kind, exhibit)
        }
        ChartDataModel::Rows(models) => Some(rows(context, models, part)),
        ChartDataModel::Grid { categories, series } => {
            Some(grid(context, categories, series, part))
        }
    }
}

/// `of: metric`, over periods or a dimension.
fn of(
    context: &mut Context<'_>,
    asked: &Asked<'_>,
    kind: ChartKind,
    exhibit: &ExhibitModel,
) -> Option<Grid> {
    let mut found = kept(context, asked)?;
    let metric = context.store.metric(asked.metric.raw.trim())?;
    let dimensions = context.store.dimensions(metric);
    known_dimensions(context, asked, &dimensions)?;
    let over = asked.over.map_or("period", |text| text.raw.trim());
    let by = asked.by.map(|text| text.raw.trim());
    let over_dimension = dimensions.iter().any(|name| name == over);
    let by_time = by.filter(|by| !dimensions.iter().any(|name| name == by));
    if by_time.is_some() {
        // Series in order of time.
        found.sort_by_key(|id| context.store.fact(*id).at.order());
    }
    let mut cells = Cells::of(&context.store, &found, over, over_dimension, by, by_time);
    // Before a place is made for each category of each series: a table may hold many of both. The parts of one bar are counted later.
    let one_bar = kind.spec().rows_are_parts && by.is_none() && over_dimension;
    if !one_bar && (cells.categories.len() > MAX_CATEGORIES || cells.series.len() > MAX_SERIES) {
        let (series, categories) = (cells.series.len(), cells.categories.len());
        sized(context, exhibit, cells.facts.len(), series, categories);
        return None;
    }
    let store = &context.store;
    let mut order: Vec<usize> = (0..cells.categories.len()).collect();
    order.sort_by_cached_key(|at| {
        let (value, period) = &cells.categories[*at];
        (
            period.as_ref().map(Period::order),
            store.value_place(over, value),
        )
    });
    let mut series_order: Vec<usize> = (0..cells.series.len()).collect();
    series_order.sort_by_cached_key(|at| {
        let name = cells.series[*at].as_deref();
        by.zip(name)
            .map(|(dimension, value)| store.value_place(dimension, value))
    });
    let mut drafts = Vec::new();
    let mut ambiguous = None;
    for (place, index) in series_order.into_iter().enumerate() {
        let name = &cells.series[index];
        let mut data = Vec::new();
        for category in &order {
            let fits = cells.facts.remove(&(index, *category)).unwrap_or_default();
            data.push(fits.first().map(|id| (*id, None)));
            if fits.len() > 1 {
                ambiguous = Some(fits);
            }
        }
        let label = by.zip(name.as_deref()).map_or(
            store.metrics[metric].model.label.raw.as_str(),
            |(dimension, value)| store.value_label(dimension, value),
        );
        drafts.push(Draft {
            label: label.to_owned(),
            named: name.is_some(),
            role: series_role(place),
            precision: None,
            data,
        });
    }
    if let Some(fits) = ambiguous {
        let names: Vec<&str> = fits
            .iter()
            .take(4)
            .map(|id| store.fact(*id).address.as_str())
            .collect();
        let finding = Finding::error(
            Code::AmbiguousAddress,
            asked.metric.span,
            format!(
                "one mark of the chart fits several facts: {}",
                names.join(", ")
            ),
        )
        .help(one_fact(store, &fits));
        context.push(finding);
    }
    let categories = order
        .into_iter()
        .map(|at| {
            let (label, period) = cells.categories[at].clone();
            let label = match period {
                Some(_) => label,
                None => context.store.value_label(over, &label).to_owned(),
            };
            Category {
                period,
                ..category(label)
            }
        })
        .collect();
    Some((categories, drafts))
}

/// The way out for a mark that fits several facts: they differ in their periods, or in a dimension.
fn one_fact(store: &Store, fits: &[FactId]) -> String {
    let (first, second) = (store.fact(fits[0]), store.fact(fits[1]));
    let other = first
        .dimensions
        .iter()
        .find(|(name, value)| second.dimensions.get(*name) != Some(value));
    let (name, value) = match other {
        Some((name, value)) => (name.as_str(), value.clone()),
        None => ("period", second.at.to_string()),
    };
    format!(
        "choose one fact with `where: {{{name}: {value}}}`, or show each as a series with `by: {name}`"
    )
}

/// Holds `over` and `by` to the dimensions of the metric. `over` may be a frequency, too. `None` for any other name, with a finding.
fn known_dimensions(
    context: &mut Context<'_>,
    asked: &Asked<'_>,
    dimensions: &[String],
) -> Option<()> {
    for text in asked.over.into_iter().chain(asked.by) {
        let name = text.raw.trim();
        let known = dimensions.iter().any(|dimension| dimension == name)
            || is_frequency(name)
            || name == "span";
        if !known {
            let names: Vec<&str> = dimensions
                .iter()
                .map(String::as_str)
                .chain(FREQUENCIES)
                .chain(["span"])
                .collect();
            context.push(
                Finding::error(
                    Code::UnknownDimension,
                    text.span,
                    format!(
                        "metric `{}` has no dimension `{name}`",
                        asked.metric.raw.trim()
                    ),
                )
                .help(format!("one of: {}", names.join(", ")))
                .nearest(name, names.iter().copied()),
            );
            return None;
        }
    }
    let time = |name: &str| !dimensions.iter().any(|dimension| dimension == name);
    let over = asked.over.map_or("period", |text| text.raw.trim());
    if let Some(by) = asked.by
        && (by.raw.trim() == over || (time(by.raw.trim()) && time(over)))
    {
        context.push(
            Finding::error(
                Code::UnknownDimension,
                by.span,
                format!(
                    "`over` and `by` name the same: `{over}` and `{}`",
                    by.raw.trim()
                ),
            )
            .help("name a dimension in one of the two"),
        );
        return None;
    }
    Some(())
}

/// The facts of a metric by series and category, both in the order of the facts.
struct Cells {
    /// The name of each category, and its period on a time axis.
    categories: Vec<(String, Option<Period>)>,
    /// The name of each series; `None` for the series of the metric itself.
    series: Vec<Option<String>>,
    /// Facts by the indices of their series and category. Two facts of one cell cannot both be drawn.
    facts: BTreeMap<(usize, usize), Vec<FactId>>,
}

impl Cells {
    /// Sorts facts into cells. A fact without the dimension or of another frequency has no cell.
    fn of(
        store: &Store,
        found: &[FactId],
        over: &str,
        over_dimension: bool,
        by: Option<&str>,
        by_time: Option<&str>,
    ) -> Self {
        let key = |fact: &Fact| -> Option<(String, Option<Period>)> {
            if over_dimension {
                return fact.dimensions.get(over).map(|value| (value.clone(), None));
            }
            (over == "period" || fact.at.frequency() == over)
                .then(|| (fact.at_text.clone(), Some(fact.at.clone())))
        };
        let mut cells = Self {
            categories: Vec::new(),
            series: Vec::new(),
            facts: BTreeMap::new(),
        };
        let (mut known_categories, mut known_series) = (BTreeMap::new(), BTreeMap::new());
        for id in found {
            let fact = store.fact(*id);
            let name = match by_time {
                Some(time) if time != "period" && fact.at.frequency() != time => continue,
                Some(_) => Some(fact.at_text.clone()),
                None => by.and_then(|dimension| fact.dimensions.get(dimension).cloned()),
            };
            let series = *known_series.entry(name.clone()).or_insert_with(|| {
                cells.series.push(name);
                cells.series.len() - 1
            });
            if let Some(key) = key(fact) {
                let category = *known_categories.entry(key.clone()).or_insert_with(|| {
                    cells.categories.push(key);
                    cells.categories.len() - 1
                });
                cells.facts.entry((series, category)).or_default().push(*id);
            }
        }
        cells
    }
}

/// `rows:`, one series. A row whose address fits nothing is left out, with a finding.
fn rows(context: &mut Context<'_>, models: &[BarModel], part: BriefPart) -> Grid {
    let mut categories = Vec::new();
    let mut data = Vec::new();
    for row in models {
        let label = row
            .label
            .as_ref()
            .map(|text| prose::label(context, text, part));
        let detail = row
            .detail
            .as_ref()
            .map(|text| prose::label(context, text, part))
            .unwrap_or_default();
        let Some(fact) = context.store.find(&row.of.raw, row.of.span, context.report) else {
            continue;
        };
        let label = label.unwrap_or_else(|| context.store.entry_of(fact).model.label.raw.clone());
        let written = Label {
            text: &label,
            raw: row.label.as_ref().map_or("", |text| &text.raw),
            span: row.label.as_ref().unwrap_or(&row.of).span,
        };
        named_alike(context, &written, std::iter::once(fact));
        categories.push(Category {
            detail,
            ..category(label)
        });
        data.push(Some((fact, row.role)));
    }
    (
        categories,
        vec![Draft {
            label: String::new(),
            named: false,
            role: ColorRole::Accent,
            precision: None,
            data,
        }],
    )
}

/// `categories:` and `series:`. A series without an entry a category is a finding, and is filled up with gaps.
fn grid(
    context: &mut Context<'_>,
    categories: &[Text],
    series: &[SeriesModel],
    part: BriefPart,
) -> Grid {
    let names: Vec<Category> = categories
        .iter()
        .map(|text| {
            let period = Period::parse(&text.raw);
            // A category that is written as a period is one, and named like one.
            match period {
                Some(period) => Category {
                    label: format::period(context.store.language, &period),
                    detail: String::new(),
                    period: Some(period),
                },
                None => category(prose::label(context, text, part)),
            }
        })
        .collect();
    let mut drafts = Vec::new();
    for (index, model) in series.iter().enumerate() {
        let label = prose::label(context, &model.label, part);
        if model.of.len() != names.len() {
            context.push(
                Finding::error(
                    Code::TableShape,
                    model.span,
                    format!(
                        "the series lists {} instead of {} addresses",
                        model.of.len(),
                        names.len()
                    ),
                )
                .help("write one address for each category; `null` leaves a gap"),
            );
        }
        let mut data: Vec<Option<(FactId, Option<ColorRole>)>> = model
            .of
            .iter()
            .map(|text| {
                text.as_ref()
                    .and_then(|text| context.store.find(&text.raw, text.span, context.report))
                    .map(|fact| (fact, None))
            })
            .collect();
        data.resize(names.len(), None);
        let written = Label {
            text: &label,
            raw: &model.label.raw,
            span: model.label.span,
        };
        let facts: Vec<FactId> = data.iter().flatten().map(|(fact, _)| *fact).collect();
        named_alike(context, &written, facts.into_iter());
        drafts.push(Draft {
            label,
            named: true,
            role: model.role.unwrap_or_else(|| series_role(index)),
            precision: model.precision,
            data,
        });
    }
    for (index, text) in categories.iter().enumerate() {
        let name = &names[index];
        let written = Label {
            // Printed in the words of the brief; as typed it says more.
            text: if name.period.is_some() {
                text.raw.trim()
            } else {
                &name.label
            },
            raw: &text.raw,
            span: text.span,
        };
        let facts: Vec<FactId> = drafts
            .iter()
            .filter_map(|draft| draft.data[index].as_ref())
            .map(|(fact, _)| *fact)
            .collect();
        named_alike(context, &written, facts.into_iter());
    }
    (names, drafts)
}
