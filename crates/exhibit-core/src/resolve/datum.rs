//! A fact as what an exhibit draws of it.

use exhibit_facts::facts::{Datum, Fact, FactId, Forms, Origin};
use exhibit_facts::format::{self, Detail, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Amount, DisplayPrecision, Reading, Value};

use super::context::Context;

/// More decimals than any printed number has.
pub(super) const MOST_DECIMALS: u32 = 30;

/// How far the numbers of an exhibit are printed.
#[derive(Clone, Debug)]
pub(super) enum Digits {
    /// A number that stands alone: with the digits that the eye needs. It says "about" where it is rounded.
    Alone,
    /// Numbers beside each other, with so many decimals. A note says that they are rounded.
    Shared(u32),
    /// As the author asks for; the largest number of them.
    Asked(DisplayPrecision, Option<Amount>),
}

/// What a fact says, without an "about" that belongs to its printed form alone.
pub(super) fn own_reading(fact: &Fact) -> Reading {
    match &fact.reading {
        Reading::Value(value) if fact.rounded => Reading::Value(Value {
            about: false,
            ..value.clone()
        }),
        reading => reading.clone(),
    }
}

/// The datum of a fact, its printed forms as numbers of `10^exponent`.
pub(super) fn datum(context: &Context<'_>, fact: FactId, exponent: u32, digits: &Digits) -> Datum {
    let entry = context.store.entry_of(fact);
    let found = context.store.fact(fact);
    let reading = own_reading(found);
    let mut rounded = false;
    let printed = match &reading {
        Reading::Value(own) => {
            let value = match digits {
                // Its metric says how far; no number has more decimals than that.
                Digits::Alone if entry.model.precision.is_some() => {
                    format::with_decimals(own.clone(), MOST_DECIMALS, exponent)
                }
                Digits::Alone => own.clone(),
                Digits::Shared(decimals) => format::with_decimals(own.clone(), *decimals, exponent),
                Digits::Asked(precision, largest) => {
                    format::as_asked(own.clone(), *precision, largest.as_ref(), exponent)
                }
            };
            rounded = !value.about && format::is_rounded(&value, exponent);
            Reading::Value(value)
        }
        missing => missing.clone(),
    };
    let (language, scaling) = (context.store.language, Scaling::At(exponent));
    let forms = match (&printed, digits) {
        (Reading::Value(value), Digits::Shared(_) | Digits::Asked(..)) => {
            format::forms_with(language, value, &entry.phrase, scaling, Detail::Beside)
        }
        _ => format::reading_forms(language, &printed, &entry.phrase, scaling),
    };
    Datum {
        fact,
        address: found.address.clone(),
        reading,
        rounded,
        signed: signed(context, fact),
        status: found.status,
        forms: Forms {
            // The voice and the sentence keep the natural scale: nobody hears the axis.
            sentence: found.forms.sentence.clone(),
            spoken: found.forms.spoken.clone(),
            ..forms
        },
        role: None,
        conflict: !found.conflicts.is_empty(),
        by: found.by.clone(),
    }
}

/// True where a fact may be below zero: its own metric says so, or the metric of a fact that it is computed from.
fn signed(context: &Context<'_>, fact: FactId) -> bool {
    context.store.entry_of(fact).model.signed
        || match &context.store.fact(fact).origin {
            Origin::Stated { .. } => false,
            // Inputs are resolved before what is computed from them, so that this ends.
            Origin::Derived { inputs, .. } => inputs.iter().any(|input| signed(context, *input)),
        }
}

/// The largest power of ten that any of the numbers counts in where it is printed alone: 9 for "800 million" and "19.1 billion".
pub(super) fn largest_exponent(context: &Context<'_>, facts: &[FactId]) -> u32 {
    let language = context.store.language;
    facts
        .iter()
        .filter_map(|fact| match &context.store.fact(*fact).reading {
            Reading::Value(value) => value
                .shape
                .named()
                .map(|amount| format::display_exponent(language, amount))
                .max(),
            Reading::Missing(_) => None,
        })
        .max()
        .unwrap_or(0)
}

/// A unit with the multiplier word of a scale before it: "billion yuan".
pub(super) fn scaled_unit(language: Language, exponent: u32, unit: &str) -> String {
    let word = format::multiplier_word(language, exponent, false);
    let gap = if language == Language::Chinese {
        ""
    } else {
        " "
    };
    format!("{word}{gap}{unit}").trim().to_owned()
}
