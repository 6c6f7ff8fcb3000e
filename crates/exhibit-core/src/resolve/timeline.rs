//! Timelines: which events, in order of time.

use exhibit_facts::facts::{ColorRole, TimelineEvent, Used};

use super::context::{BriefPart, Context};
use crate::diag::{Code, Finding};
use crate::model::{ExhibitModel, Text};

/// Most events of a timeline: what fits a page at reading size.
const MAX_EVENTS: usize = 500;

/// Resolves a timeline. `None` if there is nothing to draw; the findings say why.
pub(super) fn timeline(
    context: &mut Context<'_>,
    events: Option<&[Text]>,
    emphasis: &[Text],
    model: &ExhibitModel,
    at: BriefPart,
) -> Option<Vec<TimelineEvent>> {
    let find = |context: &mut Context<'_>, text: &Text| {
        let id = text.raw.trim().trim_start_matches("event:");
        context.store.event(id, text.span, context.report)
    };
    let emphasized: Vec<usize> = emphasis
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
    if shown.is_empty() || shown.len() > MAX_EVENTS {
        context.push(
            Finding::error(
                Code::ChartWithoutData,
                model.id.span,
                format!("timeline `{}` has {} events", model.id.value, shown.len()),
            )
            .help(format!(
                "choose 1 to {MAX_EVENTS} events: add `events:` to the data set or to the exhibit"
            )),
        );
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
            role: if emphasized.contains(&index) {
                ColorRole::Accent
            } else {
                ColorRole::Neutral
            },
        }
    });
    Some(events.collect())
}
