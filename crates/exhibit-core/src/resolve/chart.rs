//! Charts with a value scale: which facts, in which order, at which scale.

use exhibit_facts::chart_spec::ValueLabels;
use exhibit_facts::facts::{Chart, ChartKind, FactId, Reference, Series};
use exhibit_facts::format;
use exhibit_facts::quantity::{Amount, Reading, Value};
use num_traits::Signed;

use super::context::{BriefPart, Context};
use super::datum::{Digits, MOST_DECIMALS, datum, largest_exponent, own_reading, scaled_unit};
use super::draft::{Draft, sized};
use super::duration::{Near, alike};
use super::emphasis::emphasize;
use super::equals;
use super::naming::Label;
use super::series::{asked, drafts};
use super::stack::{is_one_whole, stacked};
use super::waffle::{parts_fit, whole};
use super::{naming, parts, prose, sort};
use crate::diag::{Code, Finding};
use crate::model::{ChartDataModel, ChartModel, ExhibitModel};

/// Resolves a chart. `None` if it has nothing to draw; the findings say why.
pub(super) fn chart(
    context: &mut Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    exhibit: &ExhibitModel,
    part: BriefPart,
) -> Option<Chart> {
    let (mut categories, mut drafts) = drafts(context, &model.data, kind, exhibit, part)?;
    let shown = drafts
        .iter()
        .flat_map(|draft| draft.data.iter().flatten())
        .count();
    if shown == 0 && asked(&model.data) > 0 {
        // Each fact that is missing was told where it is named.
        return None;
    }
    let one_bar = kind.spec().rows_are_parts && is_one_whole(&model.data, &categories);
    let (series, bands) = if one_bar {
        (categories.len(), 1)
    } else {
        (drafts.len(), categories.len())
    };
    if !sized(context, exhibit, shown, series, bands) {
        return None;
    }
    if !matches!(model.data, ChartDataModel::Of { .. }) {
        naming::in_time(context, &mut categories, &drafts);
    }
    if let Some(sort) = &model.sort {
        sort::categories(context, sort, &mut categories, &mut drafts)?;
    } else if matches!(kind, ChartKind::Line | ChartKind::Column) {
        naming::sorted_in_time(&mut categories, &mut drafts);
    }
    if one_bar {
        (categories, drafts) = stacked(categories, drafts);
    }
    if !kind.spec().category_details {
        no_details(context, &model.data);
    }
    emphasize(context, model, &categories, &mut drafts, part);
    let references = references(context, model, part);
    let all: Vec<FactId> = drafts
        .iter()
        .flat_map(|draft| draft.data.iter().flatten().map(|(fact, _)| *fact))
        .chain(references.iter().map(|(_, fact)| *fact))
        .collect();
    one_unit(context, &all, exhibit)?;
    one_length(context, kind, &drafts, &references, exhibit)?;
    for fact in &all {
        context.register(*fact, part, exhibit.id.span);
    }
    if kind.spec().part_of_whole {
        parts::none_negative(context, &all, exhibit)?;
    }
    if kind == ChartKind::Share {
        parts::make_wholes(context, &categories, &drafts, exhibit)?;
    }
    let exponent = exponent(context, kind, model, &all)?;
    let whole = whole(context, kind, model, exhibit)?.squares();
    if let Some(squares) = whole {
        parts_fit(context, &categories, &drafts, squares, exhibit)?;
    }
    let phrase = context.store.entry_of(all[0]).phrase.clone();
    let sign = phrase.sign || phrase.money;
    let digits = digits(context, kind, model, &drafts, &references, exponent);
    let mark = |fact: FactId, role, digits: &Digits| {
        let mut datum = datum(context, fact, exponent, digits);
        // A value label says "%" or "$" with each number; other units stand once, in the subtitle.
        if sign {
            datum.forms.number = datum.forms.label.clone();
        }
        datum.role = role;
        datum
    };
    let series = drafts.into_iter().map(|draft| {
        let digits = draft.precision.map_or_else(
            || digits.clone(),
            |asked| Digits::Asked(asked, largest(&values(context, facts_of(&draft)))),
        );
        let mark = |(fact, role)| mark(fact, role, &digits);
        Series {
            label: draft.label,
            named: draft.named,
            role: draft.role,
            data: draft
                .data
                .into_iter()
                .map(|entry| entry.map(mark))
                .collect(),
        }
    });
    let references = references.into_iter().map(|(label, fact)| Reference {
        label,
        datum: mark(fact, None, &digits),
    });
    Some(Chart {
        kind,
        categories,
        series: series.collect(),
        references: references.collect(),
        exponent,
        unit: scaled_unit(
            context.store.language,
            exponent,
            if phrase.money {
                &phrase.spoken
            } else {
                &phrase.other
            },
        ),
        language: context.store.language,
        whole,
    })
}

/// How far the numbers of a chart are printed: as its author says, or all with the decimals that its labels share.
fn digits(
    context: &Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    drafts: &[Draft],
    references: &[(String, FactId)],
    exponent: u32,
) -> Digits {
    // Along a line only its end has a number.
    let ends = kind.spec().labels == ValueLabels::Ends;
    let labelled = drafts.iter().flat_map(|draft| {
        let known = facts_of(draft)
            .filter(|fact| matches!(context.store.fact(*fact).reading, Reading::Value(_)));
        let known: Vec<FactId> = known.collect();
        let from = if ends {
            known.len().saturating_sub(1)
        } else {
            0
        };
        known.into_iter().skip(from)
    });
    let across = references.iter().map(|(_, fact)| *fact);
    let shown: Vec<FactId> = labelled.chain(across).collect();
    let values = values(context, shown.iter().copied());
    // Where each metric says how far its results are printed, they are.
    let told = |fact: &FactId| context.store.entry_of(*fact).model.precision.is_some();
    match model.precision {
        Some(asked) => Digits::Asked(asked, largest(&values)),
        None if !shown.is_empty() && shown.iter().all(told) => Digits::Shared(MOST_DECIMALS),
        None => Digits::Shared(format::shared_decimals(&values, exponent)),
    }
}

/// The facts of a series, without its gaps.
fn facts_of(draft: &Draft) -> impl Iterator<Item = FactId> {
    draft.data.iter().flatten().map(|(fact, _)| *fact)
}

/// What facts say, as far as they say something.
fn values(context: &Context<'_>, facts: impl Iterator<Item = FactId>) -> Vec<Value> {
    facts
        .filter_map(|fact| match own_reading(context.store.fact(fact)) {
            Reading::Value(value) => Some(value),
            Reading::Missing(_) => None,
        })
        .collect()
}

/// The largest of the amounts, whatever its sign.
fn largest(values: &[Value]) -> Option<Amount> {
    let amounts = values.iter().flat_map(|value| value.shape.named());
    amounts.max_by_key(|amount| amount.value.abs()).cloned()
}

/// A line chart has no room for the `detail` of a category; each is a finding.
fn no_details(context: &mut Context<'_>, data: &ChartDataModel) {
    let ChartDataModel::Rows(rows) = data else {
        return;
    };
    for detail in rows.iter().filter_map(|row| row.detail.as_ref()) {
        context.push(
            Finding::error(
                Code::UnknownKey,
                detail.span,
                "a line chart cannot show the `detail` of a category",
            )
            .help("write the detail into the label or into `notes:`"),
        );
    }
}

/// Lines across the plot, each a label and a fact. A line whose fact has no value is left out, with a finding.
fn references(
    context: &mut Context<'_>,
    model: &ChartModel,
    part: BriefPart,
) -> Vec<(String, FactId)> {
    let mut found = Vec::new();
    for reference in &model.references {
        let label = reference
            .label
            .as_ref()
            .map(|text| prose::label(context, text, part));
        let Some(fact) = context
            .store
            .find(&reference.of.raw, reference.of.span, context.report)
        else {
            continue;
        };
        if let (Some(text), Some(label)) = (&reference.label, &label) {
            let label = Label {
                text: label,
                raw: &text.raw,
                span: text.span,
            };
            naming::named_alike(context, &label, std::iter::once(fact));
        }
        if matches!(context.store.fact(fact).reading, Reading::Missing(_)) {
            context.push(
                Finding::error(
                    Code::ChartWithoutData,
                    reference.of.span,
                    format!(
                        "a reference line needs a value, but `{}` has none",
                        reference.of.raw
                    ),
                )
                .help("choose a figure that has a value, or remove the reference"),
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

/// A scale has one unit. `None` where facts have two; the finding names the first fact that differs.
fn one_unit(context: &mut Context<'_>, facts: &[FactId], exhibit: &ExhibitModel) -> Option<()> {
    let first = context.store.entry_of(facts[0]).unit.clone();
    for fact in facts {
        let unit = context.store.entry_of(*fact).unit.clone();
        if unit != first {
            let (a, b) = (context.store.fact(facts[0]), context.store.fact(*fact));
            let finding = Finding::error(Code::UnitMismatch, exhibit.id.span, format!("chart `{}` mixes units: `{}` is in {first}, `{}` in {unit}", exhibit.id.value, a.address, b.address))
                .other(b.span, format!("in {unit}"))
                .help("make a second chart, or a derived metric in the other unit: one scale shows one unit");
            context.push(finding);
            return None;
        }
    }
    Some(())
}

/// A scale shows amounts over times of one length. `None` where facts have two; the finding names the first fact that differs. The bars of a
/// share are each a whole of their own, so that each is looked at alone.
fn one_length(
    context: &mut Context<'_>,
    kind: ChartKind,
    drafts: &[Draft],
    references: &[(String, FactId)],
    exhibit: &ExhibitModel,
) -> Option<()> {
    let shown =
        |id: FactId| matches!(context.store.fact(id).reading, Reading::Value(_)).then_some(id);
    let bands = drafts.first().map_or(0, |draft| draft.data.len());
    let band = |at: usize| {
        drafts
            .iter()
            .filter_map(move |draft| Some(draft.data.get(at)?.as_ref()?.0))
    };
    let scales: Vec<Vec<FactId>> = if kind == ChartKind::Share {
        (0..bands)
            .map(|at| band(at).filter_map(shown).collect())
            .collect()
    } else {
        let lines = references.iter().map(|(_, fact)| *fact);
        vec![
            (0..bands)
                .flat_map(band)
                .chain(lines)
                .filter_map(shown)
                .collect(),
        ]
    };
    for facts in scales {
        let durations = facts
            .iter()
            .map(|fact| equals::of_fact(&context.store, *fact));
        let mut near = Near::new();
        let alike = alike("the chart draws both on one scale", durations, &mut near);
        let what = format!("chart `{}`", exhibit.id.value);
        for unequal in near
            .iter()
            .chain(alike.as_ref().err().map(|error| &**error))
        {
            let first = "choose figures over periods of one length (`over: year`, or `from` and `to`), make a second chart";
            context.push(unequal.finding(&what, first, exhibit.id.span));
        }
        alike.ok()?;
    }
    Some(())
}

/// The power of ten that the scale counts in. `None` where the brief asks for one that its language has no word for; the finding says so.
fn exponent(
    context: &mut Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    facts: &[FactId],
) -> Option<u32> {
    let language = context.store.language;
    let asked = model.scale.as_ref();
    if let Some(scale) = asked
        && scale.value > 0
        && format::multiplier_word(language, scale.value, false).is_empty()
    {
        context.push(
            Finding::error(
                Code::UnknownWord,
                scale.span,
                "the language of the brief has no word for this multiplier",
            )
            .help("write thousand, million, billion or trillion; a Chinese brief can also have 万 and 亿"),
        );
        return None;
    }
    Some(match asked {
        // A kind that takes no scale counts single ones: a square stands for one.
        _ if !kind.spec().takes("in") => 0,
        Some(scale) => scale.value,
        None => largest_exponent(context, facts),
    })
}
