//! Templates and marks in texts: `{{ address | filter }}`, `[@source]`, `[#exhibit]`, each to what it says.

use exhibit_facts::facts::{FactId, Forms, Mark, Used};
use exhibit_facts::format::{self, Scaling};
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{DisplayPrecision, Reading, Value};
use exhibit_facts::span::Span;

use super::cut::Piece;
use super::{Context, Place};
use crate::diag::Finding;

/// `address | filter` to what it says.
pub(super) fn template(
    context: &mut Context<'_>,
    body: &str,
    span: Span,
    at: Place,
) -> Option<Piece> {
    let mut parts = body.split('|').map(str::trim);
    let address = parts.next().unwrap_or_default();
    let mut filters: Vec<&str> = parts.collect();
    if let Some(id) = address.strip_prefix("event:") {
        return event(context, id, &filters, span, at);
    }
    let fact = context.store.find(address, span, context.report)?;
    let (forms, value, scaling) = measured(context, fact, &mut filters, span)?;
    let store = &context.store;
    let entry = store.entry_of(fact);
    let found = store.fact(fact);
    let mut said = forms.sentence.clone();
    for filter in &filters {
        said = match *filter {
            "sentence" => forms.sentence.clone(),
            "label" => forms.label.clone(),
            "number" => forms.number.clone(),
            "words" | "spoken" => forms.spoken.clone(),
            "bare" => match &value {
                Some(value) => format::forms(store.language, value, &NO_UNIT, scaling).sentence,
                None => forms.sentence.clone(),
            },
            "unit" => entry.phrase.other.clone(),
            "at" => found.at_text.clone(),
            "year" | "month" | "iso" => match date_form(store.language, &found.at, filter) {
                Some(form) => form,
                None => {
                    let finding = no_such_part(&found.address, &found.at, filter, span);
                    context.push(finding);
                    return None;
                }
            },
            "status" => format::words(store.language).status[exhibit_facts::quantity::Status::ALL
                .iter()
                .position(|status| *status == found.status)
                .unwrap_or(0)]
            .to_owned(),
            "due" => match &found.due {
                Some(due) => format::due(store.language, due),
                None => {
                    let address = found.address.clone();
                    context.push(
                        Finding::error("template", span, format!("`{address}` has no deadline"))
                            .help("add `due:` to the observation, or use another filter"),
                    );
                    return None;
                }
            },
            "capital" => capital(&said),
            other if Measure::parse(other).is_some() => {
                context.push(
                    Finding::error("template", span, format!("`{other}` stands behind a form"))
                        .help(
                            "say how the number is measured first: `{{ a | in million | label }}`",
                        ),
                );
                return None;
            }
            other => {
                let known = [
                    "sentence",
                    "label",
                    "number",
                    "bare",
                    "words",
                    "unit",
                    "at",
                    "year",
                    "month",
                    "iso",
                    "due",
                    "status",
                    "capital",
                    "in million",
                    "digits 2",
                    "decimals 1",
                ];
                let finding = Finding::error(
                    "unknown-filter",
                    span,
                    format!("there is no filter `{other}`"),
                )
                .help(format!("one of: {}", known.join(", ")));
                context.push(finding.nearest(other, known));
                return None;
            }
        };
    }
    if let Some((one, other)) = contradicting(&filters) {
        context.push(
            Finding::error(
                "template",
                span,
                format!("`{one}` and `{other}` are two forms, and only one can be printed"),
            )
            .help("name one form; `capital` may stand behind it"),
        );
        return None;
    }
    let number = context.register(fact, at, span);
    Some(Piece::Mark(said, Mark::Fact { fact, number }))
}

/// A filter, and the next one, which begins anew and so would make it count for nothing.
fn contradicting<'f>(filters: &[&'f str]) -> Option<(&'f str, &'f str)> {
    filters
        .windows(2)
        .find(|pair| pair[1] != "capital")
        .map(|pair| (pair[0], pair[1]))
}

/// For the sentence form without its unit: "more than 10,000".
const NO_UNIT: format::UnitLabel = format::UnitLabel {
    one: String::new(),
    other: String::new(),
    spoken: String::new(),
    sign: false,
    counted: true,
};

/// The forms of a fact, and its value with what that counts in, by the filters that say how it is measured; these are taken out
/// of the list. No value for a fact that has none.
fn measured(
    context: &mut Context<'_>,
    fact: FactId,
    filters: &mut Vec<&str>,
    span: Span,
) -> Option<(Forms, Option<Value>, Scaling)> {
    let language = context.store.language;
    let mut scaling = Scaling::Natural;
    let mut coarse = None;
    while let Some(measure) = filters.first().and_then(|filter| Measure::parse(filter)) {
        let filter = filters.remove(0);
        let problem = match measure {
            Err(help) => Some((format!("`{filter}` cannot be done"), help)),
            Ok(Measure::Coarse(_)) if coarse.is_some() => Some((
                format!("`{filter}` says a second time how fine the number is"),
                "name one of `digits` and `decimals`",
            )),
            Ok(Measure::In(_)) if scaling != Scaling::Natural => Some((
                format!("`{filter}` says a second time what the number counts in"),
                "name one multiplier word",
            )),
            Ok(Measure::In(exponent))
                if format::multiplier_word(language, exponent, false).is_empty() =>
            {
                Some((
                    format!("the brief's language has no word for `{filter}`"),
                    "thousand, million, billion or trillion; Chinese counts in 万 and 亿",
                ))
            }
            Ok(Measure::In(_)) if context.store.entry_of(fact).phrase.sign => Some((
                format!("`{filter}` does not go with a share"),
                "leave it out",
            )),
            Ok(Measure::In(exponent)) => {
                scaling = Scaling::In(exponent);
                None
            }
            Ok(Measure::Coarse(how)) => {
                coarse = Some(how);
                None
            }
        };
        if let Some((message, help)) = problem {
            context.push(Finding::error("template", span, message).help(help));
            return None;
        }
    }
    let store = &context.store;
    let (found, phrase) = (store.fact(fact), &store.entry_of(fact).phrase);
    let Reading::Value(value) = &found.reading else {
        return Some((found.forms.clone(), None, scaling));
    };
    // Decimals are those of the number that is printed.
    let value = match (coarse, scaling) {
        (Some(DisplayPrecision::Decimals(count)), Scaling::In(exponent)) => {
            let shift = i32::try_from(exponent).unwrap_or(0);
            value
                .clone()
                .displayed_with(DisplayPrecision::Decimals(count - shift))
        }
        (Some(coarse), _) => value.clone().displayed_with(coarse),
        (None, _) => value.clone(),
    };
    let forms = if coarse.is_none() && scaling == Scaling::Natural {
        found.forms.clone()
    } else {
        format::forms(language, &value, phrase, scaling)
    };
    Some((forms, Some(value), scaling))
}

/// A filter that says how a number is measured, before it is said in one form or another.
enum Measure {
    /// `in million`
    In(u32),
    /// `digits 2`, `decimals 1`
    Coarse(DisplayPrecision),
}

impl Measure {
    /// What a filter asks for, or why it cannot be done; `None` for other filters.
    fn parse(filter: &str) -> Option<Result<Self, &'static str>> {
        let (name, rest) = filter.split_once(char::is_whitespace)?;
        let rest = rest.trim();
        let count = || rest.parse::<u32>().ok();
        Some(match name {
            "in" => number::multiplier(rest)
                .map(Self::In)
                .ok_or("write `in thousand`, `in million`, `in billion`, `in trillion`, `in 万` or `in 亿`"),
            "digits" => count()
                .filter(|count| (1..=30).contains(count))
                .map(|count| Self::Coarse(DisplayPrecision::Digits(count)))
                .ok_or("write `digits 2`: from 1 to 30 significant digits"),
            "decimals" => count()
                .and_then(|count| i32::try_from(count).ok())
                .filter(|count| *count <= 30)
                .map(|count| Self::Coarse(DisplayPrecision::Decimals(count)))
                .ok_or("write `decimals 1`: from 0 to 30 decimal places"),
            _ => return None,
        })
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn event(
    context: &mut Context<'_>,
    id: &str,
    filters: &[&str],
    span: Span,
    at: Place,
) -> Option<Piece> {
    let index = context.store.event(id, span, context.report)?;
    context.uses(Used::Event(index), at, span);
    let event = &context.store.events[index];
    match filters {
        [] | ["at"] => Some(Piece::Plain(event.at_text.clone())),
        ["label"] => Some(Piece::Plain(event.label.clone())),
        [part @ ("year" | "month" | "iso")] => {
            let form = date_form(context.store.language, &event.at, part);
            if form.is_none() {
                let finding = no_such_part(&format!("event:{id}"), &event.at, part, span);
                context.push(finding);
            }
            form.map(Piece::Plain)
        }
        _ => {
            context.push(
                Finding::error(
                    "unknown-filter",
                    span,
                    "an event has one of the filters at, year, month, iso and label",
                )
                .help("write {{ event:id }} for its date"),
            );
            None
        }
    }
}

/// Part of a period, or its written form.
fn date_form(
    language: exhibit_facts::language::Language,
    at: &Period,
    filter: &str,
) -> Option<String> {
    match filter {
        "year" => format::year(language, at),
        "month" => format::month_name(language, at),
        _ => Some(at.to_string()),
    }
}

fn no_such_part(what: &str, at: &Period, filter: &str, span: Span) -> Finding {
    Finding::error(
        "template",
        span,
        format!("`{what}` is for {at}, which has no {filter} of its own"),
    )
    .help("use `at`, which says the whole period")
}

/// `[@source]` to the number of the source.
pub(super) fn citation(context: &mut Context<'_>, id: &str, span: Span) -> Option<Piece> {
    let Some(index) = context
        .store
        .sources
        .iter()
        .position(|source| source.id == id)
    else {
        if context.store.broken.contains(&format!("source:{id}")) {
            return None;
        }
        let finding = Finding::error("unknown-source", span, format!("there is no source `{id}`"))
            .help("cite a source of the data set as [@id]")
            .nearest(
                id,
                context
                    .store
                    .sources
                    .iter()
                    .map(|source| source.id.as_str()),
            );
        context.push(finding);
        return None;
    };
    Some(Piece::Mark(
        format!("[{}]", index + 1),
        Mark::Cite(exhibit_facts::facts::SourceId(index)),
    ))
}

/// `[#exhibit]` to the name of the exhibit.
pub(super) fn reference(context: &mut Context<'_>, id: &str, span: Span) -> Option<Piece> {
    let Some(number) = context.numbers.get(id).copied() else {
        if context.broken.iter().any(|broken| broken == id) {
            return None;
        }
        let finding = Finding::error(
            "unknown-exhibit",
            span,
            format!("there is no exhibit `{id}`"),
        )
        .help("name an exhibit of `exhibits:` as [#id]")
        .nearest(id, context.numbers.keys().map(String::as_str));
        context.push(finding);
        return None;
    };
    context.named.push((number - 1, span));
    Some(Piece::Mark(
        super::exhibit_name(context.store.language, number),
        Mark::Exhibit(number - 1),
    ))
}
