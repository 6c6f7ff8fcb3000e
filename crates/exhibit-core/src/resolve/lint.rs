//! Numbers that are typed, and not taken from the data.

use std::ops::Range;

use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::span::Span;

use super::context::Context;
use super::dates::{Named, dates};
use super::fill::{Filled, part_of};
use crate::diag::{Code, Finding};
use crate::evidence::in_words;

/// Finds numbers in words, which begin at byte `offset` of the filled text. Each is a finding, unless the brief allows it.
pub(super) fn lint(context: &mut Context<'_>, filled: &Filled<'_>, offset: usize, words: &str) {
    if filled.unclosed {
        return;
    }
    let dates = dates(context.store.language, words);
    let mut from = 0;
    while let Some(found) = words[from..].find(|ch: char| ch.is_numeric()) {
        let at = from + found;
        let named = dates.iter().find(|date| date.range.contains(&at));
        let count = |date: &Named| {
            let Range { start, end } = date.range;
            end - start == 4 && counts(context, &words[..start], &words[end..])
        };
        if let Some(date) = named.filter(|date| !count(date)) {
            let allowed = context.allow.iter().any(|entry| {
                let mut places = words.match_indices(entry.as_str());
                places.any(|(start, _)| start <= at && at < start + entry.len())
            });
            if !allowed && let Some(finding) = undated(context, filled, offset, words, date) {
                context.push(finding);
            }
            from = date.range.end;
            continue;
        }
        let begin = words[..at]
            .rfind(|ch: char| ch.is_whitespace() || filled.piece(ch).is_some())
            .map_or(0, |before| {
                before + words[before..].chars().next().map_or(1, char::len_utf8)
            });
        let end = words[at..]
            .find(|ch: char| ch.is_whitespace() || filled.piece(ch).is_some())
            .map_or(words.len(), |length| at + length);
        let word = words[begin..end].trim_matches(|ch: char| !ch.is_alphanumeric());
        // "km²" is the name of a unit, and holds no number.
        let unit = words[at..].starts_with(['²', '³']) && context.store.units.parse(word).is_ok();
        let allowed = unit
            || context.allow.iter().any(|entry| {
                entry == word
                    || words
                        .match_indices(entry.as_str())
                        .any(|(start, _)| start <= at && at < start + entry.len())
            });
        if !allowed {
            let length = words[at..end]
                .find(|ch: char| {
                    !(ch.is_numeric() || matches!(ch, '.' | ',' | '%' | '\u{2009}' | '\u{202f}'))
                })
                .unwrap_or(end - at);
            let number = words[at..at + length].trim_end_matches(['.', ',']);
            let span = place(context, filled, offset + at, number);
            context.push(orphan(context, number, word, span));
        }
        from = end.max(at + 1);
        while !words.is_char_boundary(from) {
            from += 1;
        }
    }
    // Where a claim stands, the claim checks the words.
    let claimed = filled.text.raw.contains("check:");
    if context.store.language == Language::English && !claimed {
        lint_words(context, filled, offset, words);
    }
}

/// True where the words behind a year make it a count: "2015 cars", "1999 million". "In 2015 cars were rare" names the year.
fn counts(context: &Context<'_>, before: &str, after: &str) -> bool {
    const TIMES: [&str; 12] = [
        "in", "since", "until", "during", "year", "years", "im", "seit", "jahr", "jahre", "jahren",
        "of",
    ];
    let last = before
        .trim_end()
        .rsplit(|ch: char| !ch.is_alphabetic())
        .next();
    let last = last.unwrap_or_default().to_lowercase();
    if TIMES.contains(&last.as_str()) {
        return false;
    }
    let Some(rest) = after.strip_prefix([' ', '\u{a0}']) else {
        return false;
    };
    let length = rest.find(|ch: char| !ch.is_alphanumeric());
    let word = &rest[..length.unwrap_or(rest.len())];
    let units = &context.store.units;
    !word.is_empty()
        && (number::multiplier(word).is_some()
            || units.names().any(|name| {
                let words = units
                    .get(name)
                    .into_iter()
                    .flat_map(|def| def.words.values());
                name == word && name.len() > 1
                    || words
                        .into_iter()
                        .any(|words| words.other == word || words.one == word)
            }))
}

/// The finding of a date in which the data hold no fact and no event. `None` for a date in which they do.
fn undated(
    context: &Context<'_>,
    filled: &Filled<'_>,
    offset: usize,
    words: &str,
    date: &Named,
) -> Option<Finding> {
    let (first, last) = date.days?;
    let text = &words[date.range.clone()];
    // Of "2010–15" both years are named, and what lies between them is not.
    if last - first > DAYS_OF_A_YEAR && text.contains(['–', '-', '/']) {
        let ends = [
            (first, first + DAYS_OF_A_YEAR - 1),
            (last - DAYS_OF_A_YEAR + 1, last),
        ];
        return ends.into_iter().find_map(|days| {
            let end = Named {
                days: Some(days),
                ..date.clone()
            };
            undated_days(context, filled, offset, text, &end)
        });
    }
    undated_days(context, filled, offset, text, date)
}

/// Days that every year has.
const DAYS_OF_A_YEAR: i64 = 365;

/// The finding of a stretch of days, which `text` names.
fn undated_days(
    context: &Context<'_>,
    filled: &Filled<'_>,
    offset: usize,
    text: &str,
    date: &Named,
) -> Option<Finding> {
    let (first, last) = date.days?;
    let facts = context
        .store
        .facts
        .iter()
        .map(|fact| (&fact.at, fact.address.clone(), false));
    let events = context
        .store
        .events
        .iter()
        .map(|event| (&event.at, format!("event:{}", event.id), true));
    let mut nearest: Option<(i64, String, bool, &Period)> = None;
    for (at, address, event) in facts.chain(events) {
        let (from, to) = match at.days() {
            (Some(from), Some(to)) => (from, to),
            // Of an open span the end that is known is a time of the data.
            (Some(one), None) | (None, Some(one)) => (one, one),
            (None, None) => continue,
        };
        // A year does not say what happened on one of its days.
        let fits = !date.is_day || from == to;
        let apart = (from - last).max(first - to).max(0) + i64::from(!fits);
        if apart == 0 {
            return None;
        }
        if nearest.as_ref().is_none_or(|(least, ..)| apart < *least) {
            nearest = Some((apart, address, event, at));
        }
    }
    let help = match nearest {
        None => "the data hold no fact and no event; remove the date".to_owned(),
        Some((_, address, event, at)) => {
            let template = match (event, format::year(context.store.language, at)) {
                (true, _) => address,
                (false, Some(_)) if !date.is_day && text.len() == 4 => format!("{address} | year"),
                (false, _) => format!("{address} | at"),
            };
            format!(
                "the nearest is {at}: write {{{{ {template} }}}}; for a date that is not data, write `\\#{{{text}}}` or add `{text}` to `allow-numbers`"
            )
        }
    };
    Some(
        Finding::error(
            Code::OrphanNumber,
            place(context, filled, offset + date.range.start, text),
            format!("the data hold no fact and no event in {text}"),
        )
        .label("typed date")
        .help(help),
    )
}

/// The finding of a number, which is a word or part of one.
fn orphan(context: &Context<'_>, number: &str, word: &str, span: Span) -> Finding {
    let help = match context.near_value(number) {
        Some(address) => format!("write {{{{ {address} }}}}, which prints this number"),
        None => format!(
            "write the address of a fact: {{{{ metric@period }}}}; for a number that is not data, write `\\#{{{number}}}` or add `{word}` to `allow-numbers`"
        ),
    };
    Finding::error(
        Code::OrphanNumber,
        span,
        format!("number {number} does not come from the data"),
    )
    .label("typed number")
    .help(help)
}

/// The place in the file of words that stand at byte `at` of the filled text. The whole text where Markdown has changed the words, as it
/// changes `&eacute;`.
fn place(context: &Context<'_>, filled: &Filled<'_>, at: usize, words: &str) -> Span {
    let raw = filled.raw(at);
    let tail = filled.text.raw.get(raw..);
    if tail.is_some_and(|tail| tail.starts_with(words)) {
        part_of(context.sources, filled.text, raw, words.len())
    } else {
        filled.text.span
    }
}

/// Finds figures in words. Each is a warning, as some are ways of speaking: "a thousand thanks".
fn lint_words(context: &mut Context<'_>, filled: &Filled<'_>, offset: usize, words: &str) {
    for (from, to) in in_words(words) {
        let word = &words[from..to];
        let allowed = context.allow.iter().any(|entry| {
            words
                .match_indices(entry.as_str())
                .any(|(start, _)| start <= from && to <= start + entry.len())
        });
        if allowed {
            continue;
        }
        let span = place(context, filled, offset + from, word);
        context.push(
            Finding::warning(
                Code::NumberWord,
                span,
                format!("number `{word}` does not come from the data"),
            )
            .label("number in words")
            .help(format!(
                "write the address of a fact: {{{{ metric@period }}}}, or check the words by {{{{ check: … }}}}; for words that are not data, write `\\#{{{word}}}` or add the words to `allow-numbers`"
            )),
        );
    }
}
