//! `{{ check: a > b }}`: a comparison that a sentence makes, held against the data. It prints nothing.

use exhibit_facts::arithmetic::{Interval, Known};
use exhibit_facts::facts::{FactId, Used};
use exhibit_facts::formula::{Comparison, Formula, parse_claim};
use exhibit_facts::quantity::Reading;
use exhibit_facts::span::Span;

use super::aggregate::aggregation;
use super::combine::{Written, combine};
use super::context::{BriefPart, Context};
use super::derive::input_values;
use super::duration::{Near, ONE_LENGTH, alike};
use super::equals;
use super::evaluate::{Failure, evaluate, say, unknown_unit};
use crate::diag::{Code, Finding};

/// Checks one claim. `span` covers the whole template.
pub(super) fn claim(context: &mut Context<'_>, text: &str, span: Span, at: BriefPart) {
    let (left, comparison, right, references) = match parse_claim(text) {
        Ok(parts) => parts,
        Err(fault) => {
            context.push(
                Finding::error(
                    Code::BadFormula,
                    span,
                    format!("the claim cannot be read: {fault}"),
                )
                .help(
                    "write {{ check: deliveries@2024-07 > 3 * forecast }}, with >, >=, <, <= or =, or ~ for “no difference is shown”",
                ),
            );
            return;
        }
    };
    let part = |_: usize, _: usize| span;
    let written = Written {
        what: text,
        span,
        part: &part,
    };
    let store = &context.store;
    let Some(found) = combine(store, &written, &references, None, context.report) else {
        return;
    };
    let [combination] = found.as_slice() else {
        context.push(
            Finding::error(
                Code::AmbiguousAddress,
                span,
                format!(
                    "the claim is ambiguous: its addresses fit {} combinations of facts",
                    found.len()
                ),
            )
            .help("add periods or dimension values to the addresses"),
        );
        return;
    };
    let inputs = &combination.facts;
    for id in inputs.iter().flatten() {
        context.uses(Used::Fact(*id), at, span);
    }
    let store = &context.store;
    for side in [&left, &right] {
        if aggregation(store, side, &references, inputs, &written, context.report).is_none() {
            return;
        }
    }
    let mut near = Near::new();
    let alike = [&left, &right]
        .into_iter()
        .map(|side| equals::of_formula(store, side, inputs, &mut near))
        .collect::<Result<Vec<_>, _>>()
        .and_then(|sides| alike("the claim compares the two", sides.into_iter(), &mut near));
    for unequal in near
        .iter()
        .chain(alike.as_ref().err().map(|error| &**error))
    {
        context.push(unequal.finding("the claim", ONE_LENGTH, span));
    }
    if alike.is_err() {
        return;
    }
    let store = &context.store;
    let missing = inputs
        .iter()
        .flatten()
        .find(|id| matches!(store.fact(**id).reading, Reading::Missing(_)));
    if let Some(id) = missing {
        let finding = Finding::error(
            Code::UnsupportedClaim,
            span,
            format!(
                "claim `{text}` cannot be checked: `{}` has no value",
                store.fact(*id).address
            ),
        );
        context.push(finding.help("remove the claim, or compare figures that have values"));
        return;
    }
    let finding = compared(context, &written, (&left, comparison, &right), inputs);
    if let Some(finding) = finding {
        context.push(finding);
    }
}

/// The finding of a claim whose sides have no missing input; `None` for a claim that is certain.
fn compared(
    context: &Context<'_>,
    written: &Written<'_>,
    (left, comparison, right): (&Formula, Comparison, &Formula),
    inputs: &[Vec<FactId>],
) -> Option<Finding> {
    let store = &context.store;
    let sides =
        evaluate(store, left, inputs).and_then(|left| Ok((left, evaluate(store, right, inputs)?)));
    match sides {
        Err(Failure::Units(left, right)) => Some(
            Finding::error(
                Code::UnitMismatch,
                written.span,
                format!("{} and {} cannot be compared", say(&left), say(&right)),
            )
            .help("compare figures of one unit"),
        ),
        Err(Failure::UnknownUnit(name)) => Some(unknown_unit(store, &name, written.span)),
        Err(Failure::Refused(refusal)) => Some(
            unsupported(
                context,
                written,
                inputs,
                &format!("cannot be checked: {}", refusal.reason()),
            )
            .help(refusal.help()),
        ),
        Ok(((_, own), (_, other))) if own != other => {
            let bare = |side: &Formula| match side {
                Formula::Number(_) => true,
                Formula::Negate(inner) => matches!(**inner, Formula::Number(_)),
                _ => false,
            };
            let help = match (bare(left), bare(right)) {
                (true, _) => format!(
                    "write the unit behind the number, such as `5 {}`",
                    say(&other)
                ),
                (_, true) => format!(
                    "write the unit behind the number, such as `5 {}`",
                    say(&own)
                ),
                _ => "compare figures of one unit".to_owned(),
            };
            Some(
                Finding::error(
                    Code::UnitMismatch,
                    written.span,
                    format!("{} and {} cannot be compared", say(&own), say(&other)),
                )
                .help(help),
            )
        }
        Ok(((left, _), (right, _))) => match holds(&left, comparison, &right) {
            Known::True => None,
            Known::False => Some(unsupported(context, written, inputs, "is false")),
            Known::Open => Some(unsupported(
                context,
                written,
                inputs,
                "is not certain: the bounds of the figures also allow the opposite",
            )),
        },
    }
}

fn holds(left: &Interval, comparison: Comparison, right: &Interval) -> Known {
    let not = |known: Known| match known {
        Known::True => Known::False,
        Known::False => Known::True,
        Known::Open => Known::Open,
    };
    match comparison {
        Comparison::More => left.more_than(right),
        Comparison::Less => right.more_than(left),
        Comparison::AtLeast => not(right.more_than(left)),
        Comparison::AtMost => not(left.more_than(right)),
        Comparison::Equal => left.equals(right),
        Comparison::NoDifference if left.above(right) || right.above(left) => Known::False,
        Comparison::NoDifference => Known::True,
    }
}

fn unsupported(
    context: &Context<'_>,
    written: &Written<'_>,
    inputs: &[Vec<FactId>],
    why: &str,
) -> Finding {
    input_values(&context.store, inputs)
        .fold(
            Finding::error(
                Code::UnsupportedClaim,
                written.span,
                format!("claim `{}` {why}", written.what),
            ),
            Finding::note,
        )
        .help("make a weaker claim, or use figures that support the claim")
}
