//! Emphasis: categories and series that stand out, by their names.

use exhibit_facts::facts::{Category, ColorRole};

use super::context::{BriefPart, Context};
use super::draft::Draft;
use super::prose;
use crate::diag::{Code, Finding};
use crate::model::ChartModel;

/// Gives what `emphasis:` names an accent, and the other categories or series the color of context. A name that the chart does not show is
/// a finding.
pub(super) fn emphasize(
    context: &mut Context<'_>,
    model: &ChartModel,
    categories: &[Category],
    drafts: &mut [Draft],
    at: BriefPart,
) {
    let (mut categories_named, mut series_named) = (Vec::new(), Vec::new());
    for text in &model.emphasis {
        // It names what is shown elsewhere, so that its digits are no figures of its own.
        let name = if text.raw.contains("{{") {
            prose::label(context, text, at)
        } else {
            text.raw.trim().to_owned()
        };
        let by_period = exhibit_facts::period::Period::parse(&name);
        let found = categories.iter().position(|category| {
            category.label == name || (by_period.is_some() && category.period == by_period)
        });
        match found {
            Some(index) => categories_named.push(index),
            None => {
                let series = drafts.iter().position(|draft| draft.label == name);
                if let Some(series) = series {
                    series_named.push(series);
                    continue;
                }
                let series = drafts.iter().map(|draft| draft.label.as_str());
                let names: Vec<&str> = categories
                    .iter()
                    .map(|category| category.label.as_str())
                    .chain(series)
                    .filter(|name| !name.is_empty())
                    .collect();
                context.push(
                    Finding::error(
                        Code::UnknownCategory,
                        text.span,
                        format!("the chart has no category or series `{name}`"),
                    )
                    .help(format!("one of: {}", names.join(", ")))
                    .nearest(&name, names.iter().copied()),
                );
            }
        }
    }
    if !series_named.is_empty() {
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.role = if series_named.contains(&index) {
                ColorRole::Accent
            } else {
                ColorRole::Neutral
            };
        }
    }
    if categories_named.is_empty() {
        return;
    }
    for draft in drafts {
        for (index, entry) in draft.data.iter_mut().enumerate() {
            if let Some((_, role)) = entry {
                role.get_or_insert(if categories_named.contains(&index) {
                    draft.role
                } else {
                    ColorRole::Neutral
                });
            }
        }
    }
}
