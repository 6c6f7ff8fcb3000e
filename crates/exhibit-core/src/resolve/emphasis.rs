//! Categories and series that stand out, by their names.

use exhibit_facts::facts::{Category, Tone};

use super::chart::Draft;
use super::{Context, Place, prose};
use crate::diag::Finding;
use crate::model::ChartModel;

/// `emphasis:` makes its categories or series loud and the others quiet.
pub(super) fn emphasize(
    context: &mut Context<'_>,
    model: &ChartModel,
    categories: &[Category],
    drafts: &mut [Draft],
    at: Place,
) {
    let (mut loud, mut loud_series) = (Vec::new(), Vec::new());
    for text in &model.emphasis {
        // It names what is shown elsewhere, so that its digits are no figures of its own.
        let said = if text.raw.contains("{{") {
            prose::label(context, text, at)
        } else {
            text.raw.trim().to_owned()
        };
        let by_period = exhibit_facts::period::Period::parse(&said);
        let found = categories.iter().position(|category| {
            category.label == said || (by_period.is_some() && category.period == by_period)
        });
        match found {
            Some(index) => loud.push(index),
            None => {
                let series = drafts.iter().position(|draft| draft.label == said);
                if let Some(series) = series {
                    loud_series.push(series);
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
                        "unknown-category",
                        text.span,
                        format!("there is no category `{said}`"),
                    )
                    .help(format!("one of: {}", names.join(", ")))
                    .nearest(&said, names.iter().copied()),
                );
            }
        }
    }
    if !loud_series.is_empty() {
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.tone = if loud_series.contains(&index) {
                Tone::Accent
            } else {
                Tone::Neutral
            };
        }
    }
    if loud.is_empty() {
        return;
    }
    for draft in drafts {
        for (index, entry) in draft.data.iter_mut().enumerate() {
            if let Some((_, tone)) = entry {
                tone.get_or_insert(if loud.contains(&index) {
                    draft.tone
                } else {
                    Tone::Neutral
                });
            }
        }
    }
}
