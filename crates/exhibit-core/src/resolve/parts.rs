//! Parts of a whole: none is negative, ratios are no parts, and parts in per cent come to 100 %.

use exhibit_facts::arithmetic::Interval;
use exhibit_facts::facts::{Category, FactId};
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Amount, Reading, Value};
use exhibit_facts::rounding::{magnitude, power_of_ten};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::context::Context;
use super::draft::Draft;
use crate::diag::{Code, Finding};
use crate::model::{ExhibitModel, Measure};

/// A part of a whole is not negative. `None` where one is; the finding says so.
pub(super) fn none_negative(
    context: &mut Context<'_>,
    facts: &[FactId],
    exhibit: &ExhibitModel,
) -> Option<()> {
    let negative = |fact: &&FactId| match &context.store.fact(**fact).reading {
        Reading::Value(value) => value.shape.named().any(Amount::is_negative),
        Reading::Missing(_) => false,
    };
    let Some(first) = facts.iter().find(negative) else {
        return Some(());
    };
    let fact = context.store.fact(*first);
    let finding = Finding::error(
        Code::NegativeValue,
        exhibit.id.span,
        format!(
            "chart `{}` shows parts of a whole, and a part cannot be negative",
            exhibit.id.value
        ),
    )
    .note(format!("`{}` is {}", fact.address, fact.forms.sentence))
    .help("use a bar or column chart");
    context.push(finding);
    None
}

/// Holds the parts of each bar to make a whole. `None` where they do not; the finding names the first bar.
pub(super) fn make_wholes(
    context: &mut Context<'_>,
    categories: &[Category],
    drafts: &[Draft],
    exhibit: &ExhibitModel,
) -> Option<()> {
    for (index, category) in categories.iter().enumerate() {
        let facts: Vec<FactId> = drafts
            .iter()
            .filter_map(|draft| draft.data.get(index)?.as_ref())
            .map(|(fact, _)| *fact)
            .collect();
        let bar = if category.label.is_empty() {
            format!("chart `{}`", exhibit.id.value)
        } else {
            format!("bar `{}` of chart `{}`", category.label, exhibit.id.value)
        };
        let finding = not_added(context, &facts, &bar, exhibit)
            .or_else(|| not_whole(context, &facts, &bar, exhibit));
        if let Some(finding) = finding {
            context.push(finding);
            return None;
        }
    }
    Some(())
}

/// The finding of a bar of ratios that are no percentages: prices, densities.
fn not_added(
    context: &Context<'_>,
    facts: &[FactId],
    bar: &str,
    exhibit: &ExhibitModel,
) -> Option<Finding> {
    let entry = context.store.entry_of(*facts.first()?);
    let measure = entry.model.measure.as_ref().map(|measure| measure.value);
    (measure == Some(Measure::Ratio) && !is_percent(context, facts[0]) && facts.len() > 1).then(
        || {
            Finding::error(
                Code::WrongAggregation,
                exhibit.id.span,
                format!(
                    "the parts of {bar} are ratios: `{}` does not add up to a whole",
                    entry.model.id.value
                ),
            )
            .help("use a bar or column chart, or show the amounts that the ratio is computed from")
        },
    )
}

fn is_percent(context: &Context<'_>, fact: FactId) -> bool {
    context.store.entry_of(fact).unit.to_string() == "%"
}

/// The finding of a bar whose parts in per cent certainly do not come to 100 %, however they were rounded.
fn not_whole(
    context: &Context<'_>,
    facts: &[FactId],
    bar: &str,
    exhibit: &ExhibitModel,
) -> Option<Finding> {
    if !facts.iter().all(|fact| is_percent(context, *fact)) {
        return None;
    }
    let one = BigRational::one();
    let mut low = BigRational::zero();
    let mut high = Some(BigRational::zero());
    let mut sum: Option<Interval> = None;
    let mut missing = 0;
    for fact in facts {
        match &context.store.fact(*fact).reading {
            Reading::Value(value) => {
                let part = Interval::of(value, &one, false);
                let slack = slack(value);
                low += part
                    .low
                    .as_ref()
                    .map_or_else(BigRational::zero, |end| &end.at - &slack);
                high = high
                    .zip(part.high.as_ref())
                    .map(|(high, end)| high + &end.at + &slack);
                sum = match sum {
                    None => Some(part),
                    Some(sum) => sum.plus(&part).ok(),
                };
            }
            // A part that nobody knows may be all that is left.
            Reading::Missing(_) => {
                high = None;
                missing += 1;
            }
        }
    }
    let hundred = BigRational::from_integer(BigInt::from(100));
    let over = low > hundred;
    let under = high.is_some_and(|high| high < hundred);
    if !over && !under || facts.is_empty() || missing == facts.len() {
        return None;
    }
    let label = &context.store.entry_of(facts[0]).phrase;
    let sum = sum.map_or_else(String::new, |sum| {
        let value = sum.value(&one);
        format!(
            " to {}",
            format::forms(Language::English, &value, label, Scaling::Natural).label
        )
    });
    let help = if over {
        "use a bar or column chart if the parts overlap, as answers do of which several may be chosen; or leave out the part that holds the others"
    } else {
        "add the parts that are missing, such as one for the rest with `formula: 1 - sum(…)`; or use a bar or column chart"
    };
    Some(
        Finding::error(
            Code::PartsNotWhole,
            exhibit.id.span,
            format!("the parts of {bar} come{sum}, and not to the 100% of a whole"),
        )
        .help(help),
    )
}

/// How far rounding may have moved a percentage: half a unit of its last written digit. A trailing zero of a percentage counts as written,
/// unless the percentage is "about".
fn slack(value: &Value) -> BigRational {
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    let unit = value
        .shape
        .named()
        .filter(|amount| !amount.is_zero())
        .map(|amount| power_of_ten(magnitude(&amount.value) - i64::from(amount.digits) + 1))
        .max()
        .unwrap_or_else(BigRational::one);
    let unit = if value.about {
        unit.max(BigRational::one())
    } else {
        unit.min(BigRational::one())
    };
    unit * half
}
