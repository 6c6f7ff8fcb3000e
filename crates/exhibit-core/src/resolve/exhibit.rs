//! Exhibits: texts, data and the notes that their marks need.

use std::collections::BTreeSet;

use exhibit_facts::facts::{
    Align, Chart, Content, Datum, Exhibit, FactId, KeyFigure, Mark, Origin, Prose, Table,
    TableCell, TableRow, TimelineEvent, Tone, Used,
};
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Reading, Value};
use exhibit_facts::span::Span;

use super::foot::{mark_notes, source_line};
use super::{Context, Place, chart, prose, sort};
use crate::diag::Finding;
use crate::model::{ExhibitBody, ExhibitKind, ExhibitModel, FigureModel, RowModel, Spanned, Text};

/// Most rows of a table, bars of a chart, events of a timeline: what fits a page at reading size.
pub(crate) const MOST: usize = 500;

/// Resolves one exhibit. `None` if it cannot be drawn; the findings say why.
pub(crate) fn exhibit(
    context: &mut Context<'_>,
    model: &ExhibitModel,
    index: usize,
    at: Place,
) -> Option<Exhibit> {
    let language = context.store.language;
    let title = prose::line(context, &model.title, at);
    let subtitle = model
        .subtitle
        .as_ref()
        .map(|text| prose::line(context, text, at))
        .unwrap_or_default();
    let content = match (&model.body, model.kind.value) {
        (ExhibitBody::Chart(chart), ExhibitKind::Chart(kind)) => {
            chart::chart(context, kind, chart, model, at).map(Content::Chart)
        }
        (ExhibitBody::Timeline { events, emphasis }, _) => {
            timeline(context, events.as_deref(), emphasis, model, at).map(Content::Timeline)
        }
        (ExhibitBody::KeyFigures(models), _) => {
            let found = figures(context, models, at);
            if models.is_empty() || found.len() > 12 {
                context.push(
                    Finding::error(
                        "chart-without-data",
                        model.id.span,
                        format!(
                            "exhibit `{}` has {} key figures",
                            model.id.value,
                            models.len()
                        ),
                    )
                    .help("key figures come in ones to twelves"),
                );
            }
            Some(Content::KeyFigures(found))
        }
        (
            ExhibitBody::Table {
                head,
                align,
                rows,
                sort,
            },
            _,
        ) => {
            let mut found = table(context, head, align, rows, model, at);
            if let (Some(table), Some(sort)) = (&mut found, sort) {
                sort::rows(context, sort, &mut table.rows)?;
            }
            found.map(Content::Table)
        }
        (ExhibitBody::Chart(_), _) => unreachable!("the parser gives charts a chart kind"),
    };
    let mut notes: Vec<Prose> = model
        .notes
        .iter()
        .map(|text| prose::line(context, text, at))
        .collect();
    let content = content?;
    let subtitle = match &content {
        Content::Chart(chart) => with_unit(subtitle, chart),
        Content::Timeline(_) | Content::KeyFigures(_) | Content::Table(_) => subtitle,
    };
    let (mut facts, mut taken) = (Vec::new(), BTreeSet::new());
    let mut take = |fact: FactId| {
        if taken.insert(fact) {
            facts.push(fact);
        }
    };
    for prose in [&title, &subtitle].into_iter().chain(&notes) {
        prose.runs.iter().for_each(|run| {
            if let Some(Mark::Fact { fact, .. }) = run.mark {
                take(fact)
            }
        });
    }
    let data = data(&content);
    data.iter().for_each(|datum| take(datum.fact));
    if let Content::Table(table) = &content {
        table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .for_each(|cell| {
                if let Some(fact) = cell.fact {
                    take(fact)
                }
            });
    }
    notes.extend(mark_notes(language, &content));
    let source_line = source_line(context, &facts, &content);
    Some(Exhibit {
        id: model.id.value.clone(),
        number: index + 1,
        kicker: super::exhibit_name(language, index + 1),
        title,
        subtitle,
        notes,
        source_line,
        content,
        alt: model
            .alt
            .as_ref()
            .map(|text| prose::label(context, text, at)),
        slide: model.slide,
        language,
        facts,
        span: model.id.span,
    })
}

/// The subtitle of a chart, which says in what its scale counts: the author's words if they do, with the unit behind them if they leave the
/// multiplier out, or the unit alone. A unit that is a sign stands with each number.
fn with_unit(mut subtitle: Prose, chart: &Chart) -> Prose {
    let said = subtitle.text();
    let multiplier = format::multiplier_word(chart.language, chart.exponent, false);
    let enough = if said.is_empty() {
        chart.unit.is_empty()
    } else {
        multiplier.is_empty() || said.to_lowercase().contains(&multiplier.to_lowercase())
    };
    if enough || chart.unit == "%" {
        return subtitle;
    }
    let unit = if said.is_empty() {
        super::template::capital(&chart.unit)
    } else if chart.language == Language::Chinese {
        format!("（{}）", chart.unit)
    } else {
        format!(" ({})", chart.unit)
    };
    subtitle.runs.extend(Prose::plain(unit).runs);
    subtitle
}

pub(super) fn data(content: &Content) -> Vec<&Datum> {
    match content {
        Content::Chart(chart) => chart
            .series
            .iter()
            .flat_map(|series| series.data.iter().flatten())
            .chain(chart.references.iter().map(|reference| &reference.datum))
            .collect(),
        Content::KeyFigures(figures) => figures.iter().map(|figure| &figure.datum).collect(),
        Content::Timeline(_) | Content::Table(_) => Vec::new(),
    }
}

/// A fact as a mark at a scale.
pub(crate) fn datum(context: &Context<'_>, fact: FactId, scaling: Scaling) -> Datum {
    let entry = context.store.entry_of(fact);
    let found = context.store.fact(fact);
    Datum {
        fact,
        address: found.address.clone(),
        reading: match &found.reading {
            Reading::Value(value) if found.rounded => Reading::Value(Value {
                about: false,
                ..value.clone()
            }),
            reading => reading.clone(),
        },
        rounded: found.rounded,
        signed: signed(context, fact),
        status: found.status,
        forms: exhibit_facts::facts::Forms {
            // The voice and the sentence keep the natural scale: nobody hears the axis.
            sentence: found.forms.sentence.clone(),
            spoken: found.forms.spoken.clone(),
            ..format::reading_forms(
                context.store.language,
                &found.reading,
                &entry.phrase,
                scaling,
            )
        },
        tone: None,
        conflict: !found.conflicts.is_empty(),
        by: found.by.clone(),
    }
}

/// Whether a fact may be below zero: its metric says so, or one that it is computed from does.
fn signed(context: &Context<'_>, fact: FactId) -> bool {
    context.store.entry_of(fact).model.signed
        || match &context.store.fact(fact).origin {
            Origin::Stated { .. } => false,
            // Inputs are resolved before what is computed from them, so that this ends.
            Origin::Derived { inputs, .. } => inputs.iter().any(|input| signed(context, *input)),
        }
}

/// Key figures: the number at its own scale, the multiplier word with the unit.
pub(crate) fn figures(
    context: &mut Context<'_>,
    models: &[FigureModel],
    at: Place,
) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for model in models {
        let label = model
            .label
            .as_ref()
            .map(|text| prose::label(context, text, at));
        let detail = model
            .detail
            .as_ref()
            .map(|text| prose::label(context, text, at))
            .unwrap_or_default();
        let Some(fact) = context
            .store
            .find(&model.of.raw, model.of.span, context.report)
        else {
            continue;
        };
        context.register(fact, at, model.of.span);
        let label = label.unwrap_or_else(|| context.store.entry_of(fact).model.label.raw.clone());
        let language = context.store.language;
        let exponent = match &context.store.fact(fact).reading {
            Reading::Value(value) => value
                .shape
                .amounts()
                .map(|amount| format::display_exponent(language, amount))
                .max()
                .unwrap_or(0),
            Reading::Missing(_) => 0,
        };
        let mut datum = datum(context, fact, Scaling::At(exponent));
        let phrase = &context.store.entry_of(fact).phrase;
        if phrase.sign {
            datum.forms.number = datum.forms.label.clone();
            datum.forms.unit = String::new();
        } else if exponent > 0 {
            let gap = if language == Language::Chinese {
                ""
            } else {
                " "
            };
            datum.forms.unit = format!(
                "{}{gap}{}",
                format::multiplier_word(language, exponent, false),
                datum.forms.unit
            )
            .trim()
            .to_owned();
        }
        figures.push(KeyFigure {
            label,
            detail,
            datum,
        });
    }
    figures
}

fn timeline(
    context: &mut Context<'_>,
    events: Option<&[Text]>,
    emphasis: &[Text],
    model: &ExhibitModel,
    at: Place,
) -> Option<Vec<TimelineEvent>> {
    let find = |context: &mut Context<'_>, text: &Text| {
        let id = text.raw.trim().trim_start_matches("event:");
        context.store.event(id, text.span, context.report)
    };
    let loud: Vec<usize> = emphasis
        .iter()
        .filter_map(|text| find(context, text))
        .collect();
    let mut shown: Vec<usize> = match events {
        Some(texts) => texts
            .iter()
            .filter_map(|text| find(context, text))
            .collect(),
        None => (0..context.store.events.len()).collect(),
    };
    shown.sort_by_key(|index| context.store.events[*index].at.order());
    shown.dedup();
    if shown.is_empty()
        && (events.is_some_and(|texts| !texts.is_empty()) || context.store.lacks_events())
    {
        // Each event that is missing was told where it is named, or where it is defined.
        return None;
    }
    if shown.is_empty() || shown.len() > MOST {
        context.push(Finding::error("chart-without-data", model.id.span, format!("timeline `{}` has {} events", model.id.value, shown.len())).help(format!("a timeline shows 1 to {MOST} events; add `events:` to the data set or to the exhibit")));
        return None;
    }
    for index in &shown {
        context.uses(Used::Event(*index), at, model.id.span);
    }
    let events = shown.into_iter().map(|index| {
        let event = &context.store.events[index];
        let (first, last) = event.at.days();
        let any = first.or(last).expect("a period has an end");
        TimelineEvent {
            address: format!("event:{}", event.id),
            at: event.at.clone(),
            days: (first.unwrap_or(any), last.unwrap_or(any)),
            date_label: event.at_text.clone(),
            label: event.label.clone(),
            status: event.status,
            tone: if loud.contains(&index) {
                Tone::Accent
            } else {
                Tone::Neutral
            },
        }
    });
    Some(events.collect())
}

fn table(
    context: &mut Context<'_>,
    head: &[Text],
    align: &[Spanned<Align>],
    rows: &[RowModel],
    model: &ExhibitModel,
    at: Place,
) -> Option<Table> {
    if rows.is_empty() || rows.len() > MOST || head.len() < 2 || head.len() > 12 {
        context.push(
            Finding::error(
                "chart-without-data",
                model.id.span,
                format!(
                    "table `{}` has {} columns and {} rows",
                    model.id.value,
                    head.len(),
                    rows.len()
                ),
            )
            .help(format!("a table has 2 to 12 columns and 1 to {MOST} rows")),
        );
        return None;
    }
    let head: Vec<String> = head
        .iter()
        .map(|text| prose::label(context, text, at))
        .collect();
    let columns = head.len();
    let wrong = |context: &mut Context<'_>, span: Span, what: &str, count: usize, wanted: usize| {
        context.push(
            Finding::error(
                "table-shape",
                span,
                format!("{what} has {count} entries, the head asks for {wanted}"),
            )
            .help("one entry a column; an empty cell is \"\""),
        );
    };
    let mut aligns: Vec<Align> = align.iter().map(|align| align.value).collect();
    if aligns.is_empty() {
        aligns = std::iter::once(Align::Left)
            .chain(std::iter::repeat_n(Align::Decimal, columns - 1))
            .collect();
    } else if aligns.len() != columns {
        wrong(context, align[0].span, "`align`", aligns.len(), columns);
    }
    let mut out = Vec::new();
    for row in rows {
        if row.cells.len() != columns - 1 {
            wrong(context, row.span, "this row", row.cells.len() + 1, columns);
        }
        let label = prose::label(context, &row.label, at);
        let cells = row
            .cells
            .iter()
            .map(|cell| {
                let prose = prose::line(context, cell, at);
                let mut facts = prose.runs.iter().filter_map(|run| match run.mark {
                    Some(Mark::Fact { fact, .. }) => Some(fact),
                    _ => None,
                });
                let fact = facts.next();
                TableCell {
                    fact,
                    says: fact.map(|id| {
                        let fact = &context.store.facts[id.0];
                        (fact.address.clone(), fact.forms.spoken.clone())
                    }),
                    text: prose.text(),
                }
            })
            .collect();
        out.push(TableRow {
            label,
            cells,
            emphasis: row.emphasis,
        });
    }
    Some(Table {
        head,
        align: aligns,
        rows: out,
    })
}
