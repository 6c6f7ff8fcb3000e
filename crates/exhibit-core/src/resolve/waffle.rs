//! What only a waffle needs: a small whole, and parts that fit into it.

use exhibit_facts::facts::{Category, ChartKind};
use exhibit_facts::quantity::{Reading, Shape};
use num_rational::BigRational;
use num_traits::Zero;

use super::Context;
use super::chart::Draft;
use crate::diag::Finding;
use crate::model::{ChartModel, ExhibitModel};

/// The whole of a waffle: a small count. `Some(None)` for other kinds.
#[expect(
    clippy::option_option,
    reason = "no whole is asked for, or the whole is wrong and said so"
)]
pub(super) fn whole(
    context: &mut Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    exhibit: &ExhibitModel,
) -> Option<Option<u32>> {
    let Some(text) = &model.whole else {
        if kind == ChartKind::Waffle {
            context.push(
                Finding::error(
                    "missing-key",
                    exhibit.id.span,
                    format!("waffle `{}` has no `whole`", exhibit.id.value),
                )
                .help("add `whole: address`, the count that the squares stand for"),
            );
            return None;
        }
        return Some(None);
    };
    let fact = context.store.find(&text.raw, text.span, context.report)?;
    let count = match &context.store.fact(fact).reading {
        Reading::Value(value) => match &value.shape {
            Shape::Exact(amount) if amount.value.is_integer() => {
                u32::try_from(amount.value.to_integer())
                    .ok()
                    .filter(|count| (1..=400).contains(count))
            }
            _ => None,
        },
        Reading::Missing(_) => None,
    };
    if count.is_none() {
        context.push(
            Finding::error(
                "bad-value",
                text.span,
                "the whole of a waffle is an exact count from 1 to 400",
            )
            .help("use a share chart for anything else"),
        );
        return None;
    }
    Some(count)
}

/// The parts of each row certainly take no more squares than there are.
pub(super) fn parts_fit(
    context: &mut Context<'_>,
    categories: &[Category],
    drafts: &[Draft],
    whole: u32,
    exhibit: &ExhibitModel,
) -> Option<()> {
    for (index, category) in categories.iter().enumerate() {
        let mut least = BigRational::zero();
        let mut parts = Vec::new();
        for (fact, _) in drafts.iter().filter_map(|draft| draft.data[index].as_ref()) {
            let fact = context.store.fact(*fact);
            if let Reading::Value(value) = &fact.reading {
                if let Some(low) = value.shape.low() {
                    least += &low.value;
                }
                parts.push(format!("`{}` is {}", fact.address, fact.forms.number));
            }
        }
        if least > BigRational::from_integer(whole.into()) {
            let row = &category.label;
            context.push(
                Finding::error(
                    "part-exceeds-whole",
                    exhibit.id.span,
                    format!(
                        "waffle `{}` has {whole} squares, and row `{row}` needs more: {}",
                        exhibit.id.value,
                        parts.join(", ")
                    ),
                )
                .help("`whole` names the count that all parts of a row are part of; use a bar chart for what is not part of one whole"),
            );
            return None;
        }
    }
    Some(())
}
