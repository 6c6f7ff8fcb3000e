//! Exhibits: texts, content, and what stands under the content.

use std::collections::BTreeSet;

use exhibit_facts::facts::{Chart, Content, Exhibit, FactId, KeyFigure, Prose, Shown, Timeline};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::quantity::DisplayPrecision;

use super::chart::chart;
use super::context::{BriefPart, Context, exhibit_name};
use super::foot::{mark_notes, source_line};
use super::key_figures::figures;
use super::table::table;
use super::template::capital;
use super::timeline::timeline;
use super::{prose, sort};
use crate::diag::{Code, Finding};
use crate::model::{ExhibitBody, ExhibitKind, ExhibitModel, FigureModel};

/// Most key figures of an exhibit.
const MAX_FIGURES: usize = 12;

/// Resolves one exhibit. `None` if it cannot be drawn; the findings say why.
pub(super) fn exhibit(
    context: &mut Context<'_>,
    model: &ExhibitModel,
    index: usize,
    part: BriefPart,
) -> Option<Exhibit> {
    let language = context.store.language;
    let title = prose::line(context, &model.title, part);
    let subtitle = model
        .subtitle
        .as_ref()
        .map(|text| prose::line(context, text, part))
        .unwrap_or_default();
    let content = content(context, model, part);
    let mut notes: Vec<Prose> = model
        .notes
        .iter()
        .map(|text| prose::line(context, text, part))
        .collect();
    let content = content?;
    let subtitle = match &content {
        Content::Chart(chart) => with_unit(subtitle, chart),
        Content::Timeline(_) | Content::KeyFigures(_) | Content::Table(_) => subtitle,
    };
    let facts = facts([&title, &subtitle].into_iter().chain(&notes), &content);
    notes.extend(mark_notes(language, &content, &context.store.facts));
    if matches!(content, Content::Table(_)) && context.rounded_cells {
        notes.push(Prose::plain(
            format::words(language).mark_notes.all_rounded.to_owned(),
        ));
    }
    let source_line = source_line(context, &facts, &content);
    Some(Exhibit {
        id: model.id.value.clone(),
        number: index + 1,
        kicker: exhibit_name(language, index + 1),
        title,
        subtitle,
        notes,
        source_line,
        content,
        alt: model
            .alt
            .as_ref()
            .map(|text| prose::label(context, text, part)),
        slide: model.slide,
        language,
        facts,
        span: model.id.span,
    })
}

/// What the exhibit shows. `None` if it cannot be drawn; the findings say why.
fn content(context: &mut Context<'_>, model: &ExhibitModel, part: BriefPart) -> Option<Content> {
    match (&model.body, model.kind.value) {
        (ExhibitBody::Chart(body), ExhibitKind::Chart(kind)) => {
            chart(context, kind, body, model, part).map(Content::Chart)
        }
        (
            ExhibitBody::Timeline {
                events,
                emphasis,
                breaks,
            },
            _,
        ) => timeline(context, events.as_deref(), emphasis, model, part).map(|events| {
            Content::Timeline(Timeline {
                events,
                breaks: *breaks,
            })
        }),
        (ExhibitBody::KeyFigures { figures, precision }, _) => Some(Content::KeyFigures(
            counted_figures(context, figures, *precision, model, part),
        )),
        (
            ExhibitBody::Table {
                head,
                align,
                precision,
                rows,
                sort,
            },
            _,
        ) => {
            let mut table = table(context, head, align, precision, rows, model, part)?;
            if let Some(sort) = sort {
                sort::rows(context, sort, &mut table.rows)?;
            }
            Some(Content::Table(table))
        }
        (ExhibitBody::Chart(_), _) => unreachable!("the parser gives charts a chart kind"),
    }
}

/// Key figures of an exhibit. None at all, or too many, are a finding.
fn counted_figures(
    context: &mut Context<'_>,
    models: &[FigureModel],
    precision: Option<DisplayPrecision>,
    exhibit: &ExhibitModel,
    part: BriefPart,
) -> Vec<KeyFigure> {
    let found = figures(context, models, precision, part);
    if models.is_empty() || found.len() > MAX_FIGURES {
        context.push(
            Finding::error(
                Code::ChartWithoutData,
                exhibit.id.span,
                format!(
                    "exhibit `{}` has {} key figures",
                    exhibit.id.value,
                    models.len()
                ),
            )
            .help("write 1 to 12 key figures"),
        );
    }
    found
}

/// Every fact of an exhibit once, in order: the facts of its texts, then the facts of its content.
fn facts<'e>(texts: impl Iterator<Item = &'e Prose>, content: &Content) -> Vec<FactId> {
    let mut taken = BTreeSet::new();
    texts
        .flat_map(Prose::facts)
        .chain(content.shown().filter_map(Shown::fact))
        .filter(|fact| taken.insert(*fact))
        .collect()
}

/// True if a text says a unit, in whatever form: one of the unit's words of three letters or more stands in it, but for the last two letters
/// (“death”, “deaths”). A unit of shorter words or in another script has to stand there as it is.
fn names_unit(words: &str, unit: &str) -> bool {
    let (words, unit) = (words.to_lowercase(), unit.to_lowercase());
    let stem = |word: &str| -> String {
        let letters = word.chars().count();
        word.chars()
            .take(letters.saturating_sub(2).max(3))
            .collect()
    };
    let mut nouns = unit
        .split(|ch: char| !ch.is_alphabetic())
        .filter(|word| word.chars().count() >= 3);
    words.contains(&unit) || nouns.any(|word| words.contains(&stem(word)))
}

/// The subtitle of a chart, which says what the scale counts in. The author's words stand alone if they say so. Else the unit stands behind
/// the author's words, or alone where there are none. A unit that is a sign stands with each number and not here.
fn with_unit(mut subtitle: Prose, chart: &Chart) -> Prose {
    let words = subtitle.text();
    let multiplier = format::multiplier_word(chart.language, chart.exponent, false);
    let enough = if words.is_empty() {
        chart.unit.is_empty()
    } else if multiplier.is_empty() {
        names_unit(&words, &chart.unit)
    } else {
        words.to_lowercase().contains(&multiplier.to_lowercase())
    };
    if enough || chart.unit == "%" {
        return subtitle;
    }
    let unit = if words.is_empty() {
        capital(&chart.unit)
    } else if chart.language == Language::Chinese {
        format!("（{}）", chart.unit)
    } else {
        format!(" ({})", chart.unit)
    };
    subtitle.runs.extend(Prose::plain(unit).runs);
    subtitle
}
