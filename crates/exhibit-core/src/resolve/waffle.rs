//! Waffles: a small whole, and parts that fit into the whole.

use exhibit_facts::facts::{Category, ChartKind};
use exhibit_facts::quantity::{Reading, Shape};
use num_rational::BigRational;
use num_traits::Zero;

use super::context::Context;
use super::draft::Draft;
use crate::diag::{Code, Finding};
use crate::model::{ChartModel, ExhibitModel};

/// Most squares of a waffle: more than can be counted at a look.
const MAX_SQUARES: u32 = 400;

/// How many squares a chart has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// The chart names no whole, and its kind needs none.
    Unasked,
    /// The whole of a waffle, 1 to 400 squares.
    Squares(u32),
}

impl Whole {
    /// The number of squares; `None` for a chart without a whole.
    pub(super) fn squares(self) -> Option<u32> {
        match self {
            Self::Unasked => None,
            Self::Squares(count) => Some(count),
        }
    }
}

/// Resolves the whole of a chart. `None` where it is missing or wrong; the finding says so.
pub(super) fn whole(
    context: &mut Context<'_>,
    kind: ChartKind,
    model: &ChartModel,
    exhibit: &ExhibitModel,
) -> Option<Whole> {
    let Some(text) = &model.whole else {
        if kind.spec().required.contains(&"whole") {
            context.push(
                Finding::error(
                    Code::MissingKey,
                    exhibit.id.span,
                    format!("{} `{}` has no `whole`", kind.name(), exhibit.id.value),
                )
                .help("add `whole: address`, the total number of squares"),
            );
            return None;
        }
        return Some(Whole::Unasked);
    };
    let fact = context.store.find(&text.raw, text.span, context.report)?;
    let count = match &context.store.fact(fact).reading {
        Reading::Value(value) => match &value.shape {
            Shape::Exact(amount) if amount.value.is_integer() => {
                u32::try_from(amount.value.to_integer())
                    .ok()
                    .filter(|count| (1..=MAX_SQUARES).contains(count))
            }
            _ => None,
        },
        Reading::Missing(_) => None,
    };
    if count.is_none() {
        context.push(
            Finding::error(
                Code::BadValue,
                text.span,
                format!("the whole of a waffle must be an exact count from 1 to {MAX_SQUARES}"),
            )
            .help("choose an exact count, or use a share chart"),
        );
    }
    count.map(Whole::Squares)
}

/// Holds the parts of each row to the squares that there are. `None` where a row certainly needs more; the finding names its parts.
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
                    Code::PartExceedsWhole,
                    exhibit.id.span,
                    format!(
                        "waffle `{}` has {whole} squares, but row `{row}` needs more: {}",
                        exhibit.id.value,
                        parts.join(", ")
                    ),
                )
                .help("choose a `whole` that contains all parts of the row; use a bar chart for figures that are not parts of one whole"),
            );
            return None;
        }
    }
    Some(())
}
