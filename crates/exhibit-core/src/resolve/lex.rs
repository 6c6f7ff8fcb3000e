//! Tokens of a text: words, templates, claims, citations, references, escaped words.
//!
//! The lexer knows the signs alone. It looks no name up.

use std::ops::Range;

use exhibit_facts::address::outside_quotes;

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Words as they are written.
    Words(&'t str),
    /// `{{ address | filter }}`: what stands between the brackets.
    Template(&'t str),
    /// `{{ check: a > b }}`: the comparison.
    Claim(&'t str),
    /// `[@source]` or `[@source, p. 4]`: the id and the place.
    Citation(&'t str),
    /// `[#exhibit]`: the id.
    Reference(&'t str),
    /// `\#{7}`: the words between the brackets.
    Escaped(&'t str),
    /// A sign that opens one of the above, and the sign that closes nothing after it on its line.
    Unclosed {
        open: &'static str,
        close: &'static str,
    },
}

/// Signs that open a token, each with the sign that closes it.
const SIGNS: [(&str, &str); 4] = [("{{", "}}"), ("[@", "]"), ("[#", "]"), ("\\#{", "}")];

/// The tokens of a text in order, each with the bytes that it covers. The ranges follow each other without a gap. A template may run over
/// lines; every other token stands on one line.
pub(super) fn lex(text: &str) -> Vec<(Range<usize>, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let next = sign(&text[from..]);
        let begin = next.map_or(text.len(), |(skip, ..)| from + skip);
        if begin > from {
            tokens.push((from..begin, Token::Words(&text[from..begin])));
        }
        let Some((_, open, close)) = next else {
            break;
        };
        let inner = begin + open.len();
        let length = closing(&text[inner..], open, close)
            .filter(|length| open == "{{" || !text[inner..inner + length].contains('\n'));
        let Some(length) = length else {
            tokens.push((begin..inner, Token::Unclosed { open, close }));
            from = inner;
            continue;
        };
        let body = text[inner..inner + length].trim();
        from = inner + length + close.len();
        let token = match (open, body.strip_prefix("check:")) {
            ("{{", Some(claim)) => Token::Claim(claim.trim()),
            ("{{", None) => Token::Template(body),
            ("[@", _) => Token::Citation(body),
            ("[#", _) => Token::Reference(body),
            _ => Token::Escaped(body),
        };
        tokens.push((begin..from, token));
    }
    tokens
}

/// Where a token ends. In a template a sign between quotation marks belongs to the value of a dimension.
fn closing(text: &str, open: &str, close: &str) -> Option<usize> {
    let first = text.find(close)?;
    if open != "{{" || !text[..first].contains('"') {
        return Some(first);
    }
    outside_quotes(text, close).next().or(Some(first))
}

/// The first sign that opens a token: where it stands, the sign itself, and the sign that closes it.
fn sign(text: &str) -> Option<(usize, &'static str, &'static str)> {
    text.match_indices(['{', '[', '\\']).find_map(|(at, _)| {
        let (open, close) = SIGNS
            .into_iter()
            .find(|(open, _)| text[at..].starts_with(open))?;
        Some((at, open, close))
    })
}

#[cfg(test)]
mod tests {
    use super::{Token, lex};

    fn tokens(text: &str) -> Vec<Token<'_>> {
        lex(text).into_iter().map(|(_, token)| token).collect()
    }

    #[test]
    fn each_sign_makes_its_token() {
        assert_eq!(
            tokens("a {{ b@2024 | label }} [@c][#d] \\#{7}{{check: e > 1 }}"),
            [
                Token::Words("a "),
                Token::Template("b@2024 | label"),
                Token::Words(" "),
                Token::Citation("c"),
                Token::Reference("d"),
                Token::Words(" "),
                Token::Escaped("7"),
                Token::Claim("e > 1"),
            ]
        );
    }

    #[test]
    fn a_quoted_value_may_hold_any_sign() {
        assert_eq!(
            tokens(r#"{{ a[x="}}"] | label }} and "words" {{ b }}"#),
            [
                Token::Template(r#"a[x="}}"] | label"#),
                Token::Words(r#" and "words" "#),
                Token::Template("b"),
            ]
        );
        assert_eq!(tokens(r#"{{ a" }} b"#)[0], Token::Template("a\""));
    }

    #[test]
    fn only_a_template_runs_over_lines() {
        assert_eq!(tokens("{{ a\n}}"), [Token::Template("a")]);
        assert_eq!(
            tokens("[@a\n]"),
            [
                Token::Unclosed {
                    open: "[@",
                    close: "]"
                },
                Token::Words("a\n]")
            ]
        );
    }

    #[test]
    fn ranges_cover_the_text_without_a_gap() {
        for text in ["", "é", "{{", "a[#b]é\\#{7", "[[#a]] {{ {{ }} }}"] {
            let mut at = 0;
            for (range, _) in lex(text) {
                assert_eq!(range.start, at, "{text}");
                at = range.end;
            }
            assert_eq!(at, text.len(), "{text}");
        }
    }
}
