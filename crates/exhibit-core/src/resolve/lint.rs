//! Numbers that are typed, and not taken from the data.

use exhibit_facts::language::Language;
use exhibit_facts::span::Span;

use super::context::Context;
use super::fill::{Filled, part_of};
use crate::diag::{Code, Finding};
use crate::evidence::in_words;

/// Finds numbers in words, which begin at byte `offset` of the filled text. Each is a finding, unless the brief allows it.
pub(super) fn lint(context: &mut Context<'_>, filled: &Filled<'_>, offset: usize, words: &str) {
    if filled.unclosed {
        return;
    }
    let mut from = 0;
    while let Some(found) = words[from..].find(|ch: char| ch.is_numeric()) {
        let at = from + found;
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
