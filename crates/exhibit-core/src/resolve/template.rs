//! What a template, a citation and a reference say: `{{ address | filter }}`, `[@source]`, `[#exhibit]`.

use exhibit_facts::address::outside_quotes;
use exhibit_facts::facts::{Annotation, FactId, Forms, SourceId, Used};
use exhibit_facts::format::{self, Detail, Scaling};
use exhibit_facts::language::Language;
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Amount, DisplayPrecision, Reading, Status, Value};
use exhibit_facts::span::Span;

use super::context::{BriefPart, Context, exhibit_name};
use super::lex::{Token, lex};
use super::store::Store;
use crate::diag::{Code, Finding, Report};

/// What a text holds in the place of a template, a citation, a reference or escaped words.
pub(super) enum Piece {
    /// Words with a meaning.
    Annotated(String, Annotation),
    /// Words.
    Plain(String),
}

/// Filters of a template, with an example of each that takes a number. Findings list them in this order.
const FILTERS: [&str; 18] = [
    "sentence",
    "label",
    "number",
    "bare",
    "interval",
    "words",
    "unit",
    "at",
    "year",
    "month",
    "iso",
    "due",
    "status",
    "capital",
    "magnitude",
    "in million",
    "digits 2",
    "decimals 1",
];

/// Resolves `address | filter`. `None` where the address or a filter does not fit; the finding says so.
pub(super) fn template(
    context: &mut Context<'_>,
    body: &str,
    span: Span,
    part: BriefPart,
) -> Option<Piece> {
    let bar = outside_quotes(body, "|").next().unwrap_or(body.len());
    let address = body[..bar].trim();
    let mut filters: Vec<&str> = body[bar..].split('|').skip(1).map(str::trim).collect();
    if let Some(id) = address.strip_prefix("event:") {
        return event(context, id, &filters, span, part);
    }
    let fact = context.store.find(address, span, context.report)?;
    let measured = measured(context, fact, &mut filters, span)?;
    let mut form = measured.forms.sentence.clone();
    for filter in &filters {
        match filtered(&context.store, fact, &measured, filter, &form, span) {
            Ok(next) => form = next,
            Err(finding) => {
                context.push(*finding);
                return None;
            }
        }
    }
    if let Some((one, other)) = contradicting(&filters) {
        context.push(
            Finding::error(
                Code::Template,
                span,
                format!("filters `{one}` and `{other}` exclude each other: an address is printed in one form"),
            )
            .help("keep one form; `capital` may follow the form"),
        );
        return None;
    }
    let number = context.register(fact, part, span);
    Some(Piece::Annotated(form, Annotation::Fact { fact, number }))
}

/// The form of a fact that a filter asks for; `form` is the form that stands before the filter.
///
/// # Errors
/// A finding at `span`: the fact has no such form, or there is no such filter.
fn filtered(
    store: &Store,
    fact: FactId,
    measured: &Measured,
    filter: &str,
    form: &str,
    span: Span,
) -> Result<String, Box<Finding>> {
    let (entry, found) = (store.entry_of(fact), store.fact(fact));
    let forms = &measured.forms;
    let refused = |message: String, help: &str| {
        Err(Box::new(
            Finding::error(Code::Template, span, message).help(help),
        ))
    };
    Ok(match filter {
        "sentence" => forms.sentence.clone(),
        "label" => forms.label.clone(),
        "number" => forms.number.clone(),
        "interval" if forms.interval.is_empty() => {
            return refused(
                format!("`{}` has no interval", found.address),
                "use the filter for an estimate with its interval, such as `12.3 ± 0.4`",
            );
        }
        "interval" => forms.interval.clone(),
        "words" | "spoken" => forms.spoken.clone(),
        "bare" => match &measured.value {
            Some(value) => {
                let (scaling, detail) = (measured.scaling, measured.detail);
                format::forms_with(store.language, value, &NO_UNIT, scaling, detail).sentence
            }
            None => forms.sentence.clone(),
        },
        "unit" => entry.phrase.other.clone(),
        "at" => found.at_text.clone(),
        "year" | "month" | "iso" => {
            let form = date_form(store.language, &found.at, filter);
            form.ok_or_else(|| Box::new(no_such_part(&found.address, &found.at, filter, span)))?
        }
        "status" => format::words(store.language).status[Status::ALL
            .iter()
            .position(|status| *status == found.status)
            .unwrap_or(0)]
        .to_owned(),
        "due" => match &found.due {
            Some(due) => format::due(store.language, due),
            None => {
                return refused(
                    format!("`{}` has no deadline", found.address),
                    "add `due:` to the observation, or use another filter",
                );
            }
        },
        "capital" => capital(form),
        other if Measure::parse(other).is_some() => {
            return refused(
                format!("filter `{other}` must stand before the form"),
                "write this filter first: `{{ a | in million | label }}`",
            );
        }
        other => {
            let finding = Finding::error(
                Code::UnknownFilter,
                span,
                format!("filter `{other}` does not exist"),
            )
            .help(format!("one of: {}", FILTERS.join(", ")));
            return Err(Box::new(finding.nearest(other, FILTERS)));
        }
    })
}

/// Two forms in a row, of which the second would make the first count for nothing.
fn contradicting<'f>(filters: &[&'f str]) -> Option<(&'f str, &'f str)> {
    filters
        .windows(2)
        .find(|pair| pair[1] != "capital")
        .map(|pair| (pair[0], pair[1]))
}

/// The unit label of the sentence form without a unit: "more than 10,000".
const NO_UNIT: format::UnitLabel = format::UnitLabel {
    one: String::new(),
    other: String::new(),
    spoken_one: String::new(),
    spoken: String::new(),
    before: String::new(),
    money: false,
    compact: false,
    sign: false,
    counted: true,
};

/// A fact as its template measures it.
struct Measured {
    forms: Forms,
    /// The value at the digits asked for; `None` for a fact that has none.
    value: Option<Value>,
    /// What the number counts in.
    scaling: Scaling,
    /// How far it is printed.
    detail: Detail,
}

/// Measures a fact by the filters that say how, and takes these filters out of the list. `None` where a filter cannot be done; the finding
/// says so.
fn measured(
    context: &mut Context<'_>,
    fact: FactId,
    filters: &mut Vec<&str>,
    span: Span,
) -> Option<Measured> {
    let language = context.store.language;
    let mut scaling = Scaling::Natural;
    let mut coarse = None;
    let mut magnitude = false;
    while let Some(measure) = filters.first().and_then(|filter| Measure::parse(filter)) {
        let filter = filters.remove(0);
        let problem = match measure {
            Err(help) => Some((format!("filter `{filter}` cannot be read"), help)),
            Ok(Measure::Coarse(_)) if coarse.is_some() => Some((
                format!("filter `{filter}` rounds the number a second time"),
                "keep one of `digits` and `decimals`",
            )),
            Ok(Measure::Magnitude) => {
                magnitude = true;
                None
            }
            Ok(Measure::In(_)) if scaling != Scaling::Natural => Some((
                format!("filter `{filter}` sets the multiplier a second time"),
                "keep one multiplier word",
            )),
            Ok(Measure::In(exponent))
                if format::multiplier_word(language, exponent, false).is_empty() =>
            {
                Some((
                    format!("the language of the brief has no word for `{filter}`"),
                    "write thousand, million, billion or trillion; a Chinese brief can also have 万 and 亿",
                ))
            }
            Ok(Measure::In(_)) if context.store.entry_of(fact).phrase.sign => Some((
                format!("filter `{filter}` cannot be used with a share"),
                "remove the filter",
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
            context.push(Finding::error(Code::Template, span, message).help(help));
            return None;
        }
    }
    let store = &context.store;
    let (found, phrase) = (store.fact(fact), &store.entry_of(fact).phrase);
    let Reading::Value(value) = &found.reading else {
        return Some(Measured {
            forms: found.forms.clone(),
            value: None,
            scaling,
            detail: Detail::Brief,
        });
    };
    let value = if magnitude {
        let signed = store.entry_of(fact).model.signed;
        let negative = value.shape.amounts().any(Amount::is_negative);
        let Some(magnitude) = value.magnitude(signed) else {
            context.report.push(
                Finding::error(
                    Code::Template,
                    span,
                    format!("`{}` may lie on both sides of zero, so it has no magnitude that can be printed", found.address),
                )
                .help("remove `magnitude`"),
            );
            return None;
        };
        if !negative {
            context.report.push(
                Finding::warning(
                    Code::Template,
                    span,
                    format!("`{}` is not negative, so `magnitude` changes nothing", found.address),
                )
                .help("remove `magnitude`, and check the words around the number: the figure does not fall"),
            );
        }
        magnitude
    } else {
        value.clone()
    };
    let exponent = format::shape_exponent(language, &value.shape, scaling);
    let column = context.column.as_ref().filter(|_| coarse.is_none());
    let (value, detail) = match (coarse, scaling, column) {
        // Decimals are those of the number that is printed.
        (Some(coarse), Scaling::In(_), _) => (
            format::as_asked(value.clone(), coarse, None, exponent),
            Detail::Full,
        ),
        (Some(coarse), _, _) => (value.clone().displayed_with(coarse), Detail::Full),
        (None, _, Some(column)) => (
            column.printed(&value, &phrase.other, exponent),
            Detail::Beside,
        ),
        (None, _, None) if store.entry_of(fact).model.precision.is_some() => {
            (value.clone(), Detail::Full)
        }
        (None, _, None) => (value.clone(), Detail::Brief),
    };
    let forms = if coarse.is_none() && scaling == Scaling::Natural && column.is_none() && !magnitude
    {
        found.forms.clone()
    } else {
        format::forms_with(language, &value, phrase, scaling, detail)
    };
    let rounded = detail == Detail::Beside && !value.about && format::is_rounded(&value, exponent);
    context.rounded_cells |= rounded;
    Some(Measured {
        forms,
        value: Some(value),
        scaling,
        detail,
    })
}

/// The number that a text prints as its only one, if it leaves the digits to its column: the value, its unit in words, and the power of
/// ten that it counts in.
pub(super) fn only_number(context: &Context<'_>, raw: &str, span: Span) -> Option<Lone> {
    let mut templates = lex(raw).into_iter().filter_map(|(_, token)| match token {
        Token::Template(body) => Some(body),
        _ => None,
    });
    let (Some(body), None) = (templates.next(), templates.next()) else {
        return None;
    };
    let mut parts = body.split('|').map(str::trim);
    let address = parts.next().unwrap_or_default();
    if address.starts_with("event:") {
        return None;
    }
    let mut scaling = Scaling::Natural;
    for filter in parts {
        match Measure::parse(filter) {
            Some(Ok(Measure::In(exponent))) => scaling = Scaling::In(exponent),
            Some(_) => return None,
            None if ["sentence", "label", "number", "bare", "capital"].contains(&filter) => {}
            None => return None,
        }
    }
    // What is not found is told where it is printed.
    let fact = context.store.find(address, span, &mut Report::default())?;
    let Reading::Value(value) = &context.store.fact(fact).reading else {
        return None;
    };
    let phrase = &context.store.entry_of(fact).phrase;
    Some(Lone {
        exponent: format::shape_exponent(context.store.language, &value.shape, scaling),
        unit: phrase.other.clone(),
        value: value.clone(),
    })
}

/// A number that stands alone in its cell.
pub(super) struct Lone {
    pub(super) value: Value,
    pub(super) unit: String,
    pub(super) exponent: u32,
}

/// A filter that says how a number is measured, before a filter says in which form.
enum Measure {
    /// `in million`
    In(u32),
    /// `digits 2`, `decimals 1`
    Coarse(DisplayPrecision),
    /// `magnitude`
    Magnitude,
}

impl Measure {
    /// The measure that a filter asks for. `None` for other filters.
    ///
    /// # Errors
    /// The way out for a measure that does not exist.
    fn parse(filter: &str) -> Option<Result<Self, &'static str>> {
        if filter == "magnitude" {
            return Some(Ok(Self::Magnitude));
        }
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

/// A text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Resolves `event:id | filter`.
fn event(
    context: &mut Context<'_>,
    id: &str,
    filters: &[&str],
    span: Span,
    part: BriefPart,
) -> Option<Piece> {
    let index = context.store.event(id, span, context.report)?;
    context.uses(Used::Event(index), part, span);
    let event = &context.store.events[index];
    match filters {
        [] | ["at"] => Some(Piece::Plain(event.at_text.clone())),
        ["label"] => Some(Piece::Plain(event.label.clone())),
        [filter @ ("year" | "month" | "iso")] => {
            let form = date_form(context.store.language, &event.at, filter);
            if form.is_none() {
                let finding = no_such_part(&format!("event:{id}"), &event.at, filter, span);
                context.push(finding);
            }
            form.map(Piece::Plain)
        }
        _ => {
            context.push(
                Finding::error(
                    Code::UnknownFilter,
                    span,
                    format!("an event has no form `{}`", filters.join(" | ")),
                )
                .help("write {{ event:id }} for the date, or use one of the filters at, year, month, iso and label"),
            );
            None
        }
    }
}

/// Part of a period in words, or the period as it is written. `None` where the period has no such part of its own.
fn date_form(language: Language, at: &Period, filter: &str) -> Option<String> {
    match filter {
        "year" => format::year(language, at),
        "month" => format::month_name(language, at),
        _ => Some(at.to_string()),
    }
}

fn no_such_part(what: &str, at: &Period, filter: &str, span: Span) -> Finding {
    Finding::error(
        Code::Template,
        span,
        format!("`{what}` is for {at}, which has no single {filter}"),
    )
    .help("use `at`, which prints the whole period")
}

/// Resolves `[@source]` to the number of the source in brackets, from 1, and `[@source, p. 4]` with its place. `None` where no source has
/// the id.
pub(super) fn citation(context: &mut Context<'_>, body: &str, span: Span) -> Option<Piece> {
    if body.contains('@') {
        context.push(
            Finding::error(Code::UnknownSource, span, "a citation names one source")
                .help("write one pair of brackets for each source: `[@a] [@b, p. 4]`"),
        );
        return None;
    }
    let end = body.find(|ch: char| ch == ',' || ch == ';' || ch.is_whitespace());
    let (id, place) = body.split_at(end.unwrap_or(body.len()));
    let place = place.trim_start_matches([',', ';']).trim();
    let Some(index) = context
        .store
        .sources
        .iter()
        .position(|source| source.id == id)
    else {
        if context.store.broken.contains(&format!("source:{id}")) {
            return None;
        }
        let finding = Finding::error(
            Code::UnknownSource,
            span,
            format!("source `{id}` is not defined"),
        )
        .help("write the id of a source of the data set: `[@id]`")
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
    let number = index + 1;
    let text = match place {
        "" => format!("[{number}]"),
        // A place stays with its number: "p. 4".
        place => {
            let comma = format::comma(context.store.language);
            format!("[{number}{comma}{}]", place.replace(' ', "\u{a0}"))
        }
    };
    Some(Piece::Annotated(text, Annotation::Cite(SourceId(index))))
}

/// Resolves `[#exhibit]` to the name of the exhibit. `None` where no exhibit has the id.
pub(super) fn reference(context: &mut Context<'_>, id: &str, span: Span) -> Option<Piece> {
    let Some(number) = context.numbers.get(id).copied() else {
        if context.broken.iter().any(|broken| broken == id) {
            return None;
        }
        let finding = Finding::error(
            Code::UnknownExhibit,
            span,
            format!("exhibit `{id}` is not defined"),
        )
        .help("write the id of an exhibit of `exhibits:`: `[#id]`")
        .nearest(id, context.numbers.keys().map(String::as_str));
        context.push(finding);
        return None;
    };
    context.named.push((number - 1, span));
    Some(Piece::Annotated(
        exhibit_name(context.store.language, number),
        Annotation::Exhibit(number - 1),
    ))
}
