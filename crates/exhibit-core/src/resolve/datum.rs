//! A fact as what an exhibit draws of it.

use exhibit_facts::facts::{Datum, FactId, Forms, Origin};
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Reading, Value};

use super::context::Context;

/// The datum of a fact, its printed forms at a scale.
pub(super) fn datum(context: &Context<'_>, fact: FactId, scaling: Scaling) -> Datum {
    let entry = context.store.entry_of(fact);
    let found = context.store.fact(fact);
    Datum {
        fact,
        address: found.address.clone(),
        reading: match &found.reading {
            Reading::Value(value) if found.rounded => Reading::Value(Value {
                about: false,
                ..value.clone()
            }),
            reading => reading.clone(),
        },
        rounded: found.rounded,
        signed: signed(context, fact),
        status: found.status,
        forms: Forms {
            // The voice and the sentence keep the natural scale: nobody hears the axis.
            sentence: found.forms.sentence.clone(),
            spoken: found.forms.spoken.clone(),
            ..format::reading_forms(
                context.store.language,
                &found.reading,
                &entry.phrase,
                scaling,
            )
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
                .amounts()
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
