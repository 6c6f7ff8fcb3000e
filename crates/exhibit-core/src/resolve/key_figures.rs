//! Key figures: numbers large enough to be read alone.

use exhibit_facts::facts::KeyFigure;
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::quantity::{DisplayPrecision, Reading};

use super::context::{BriefPart, Context};
use super::datum::{Digits, datum, largest_exponent, scaled_unit};
use super::naming::{Label, named_alike};
use super::prose;
use crate::model::FigureModel;

/// Resolves key figures. Each number has a scale of its own, and the multiplier word stands with the unit. A figure whose address fits
/// nothing is left out, with a finding.
pub(super) fn figures(
    context: &mut Context<'_>,
    models: &[FigureModel],
    precision: Option<DisplayPrecision>,
    part: BriefPart,
) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for model in models {
        let label = model
            .label
            .as_ref()
            .map(|text| prose::label(context, text, part));
        let detail = model
            .detail
            .as_ref()
            .map(|text| prose::label(context, text, part))
            .unwrap_or_default();
        let Some(fact) = context
            .store
            .find(&model.of.raw, model.of.span, context.report)
        else {
            continue;
        };
        context.register(fact, part, model.of.span);
        if let (Some(text), Some(label)) = (&model.label, &label) {
            let label = Label {
                text: label,
                raw: &text.raw,
                span: text.span,
            };
            named_alike(context, &label, std::iter::once(fact));
        }
        let label = label.unwrap_or_else(|| context.store.entry_of(fact).model.label.raw.clone());
        let exponent = largest_exponent(context, &[fact]);
        let digits = precision.map_or(Digits::Alone, |asked| Digits::Asked(asked, None));
        let mut datum = datum(context, fact, exponent, &digits);
        let phrase = &context.store.entry_of(fact).phrase;
        if let (true, Reading::Value(value)) = (phrase.money, &datum.reading) {
            let language = context.store.language;
            let value = match precision {
                Some(asked) => format::as_asked(value.clone(), asked, None, exponent),
                None => value.clone(),
            };
            datum.forms.number =
                format::forms(language, &value, phrase, Scaling::In(exponent)).label;
            datum.forms.unit = String::new();
        } else if phrase.sign {
            datum.forms.number = datum.forms.label.clone();
            datum.forms.unit = String::new();
        } else if exponent > 0 {
            datum.forms.unit = scaled_unit(context.store.language, exponent, &datum.forms.unit);
        }
        // The number alone would hide how far it may be off.
        let stated = [datum.forms.interval.as_str(), &detail];
        let stated: Vec<&str> = stated.into_iter().filter(|text| !text.is_empty()).collect();
        let detail = stated.join(format::semicolon(context.store.language));
        figures.push(KeyFigure {
            label,
            detail,
            datum,
        });
    }
    figures
}
