//! What is no plain text in a text, cut out of it: templates, citations, references, escaped words.
//!
//! One private-use character stands in the place of each, so that Markdown sees one word and never the digits of an address.

use exhibit_facts::facts::Mark;
use exhibit_facts::span::Span;

use super::claim::claim;
use super::template::{citation, reference, template};
use super::{Context, Place};
use crate::diag::Finding;
use crate::model::Text;

/// First of the characters that stand for what was cut out (supplementary private use area A).
const FIRST: u32 = 0xF_0000;

/// Marks of Chinese and of quotations that no space stands before.
const CLOSING: &str = "，。、；：？！）》」』”’";

/// What was cut out of a text.
pub(super) enum Piece {
    /// Words with a meaning.
    Mark(String, Mark),
    /// Words.
    Plain(String),
}

/// A text with its pieces cut out.
pub(super) struct Cut<'t> {
    pub(super) text: &'t Text,
    /// What is left, a private-use character for each piece.
    pub(super) rest: String,
    pieces: Vec<Piece>,
    /// For each byte range of `rest` that is original: where it begins in `rest`, and in what was said.
    origins: Vec<(usize, usize)>,
    /// Something in it is not closed: its address is read as words.
    pub(super) unclosed: bool,
}

impl Cut<'_> {
    /// Where a byte of `rest` stood in what was said.
    pub(super) fn said(&self, at: usize) -> usize {
        let index = self
            .origins
            .partition_point(|(rest, _)| *rest <= at)
            .saturating_sub(1);
        let (rest, said) = self.origins[index];
        said + (at - rest)
    }
}

/// Where `length` bytes at `at` of what a text says stand in the file. A block or quoted text differs from its source by indentation and
/// escapes; the same words in the same order are in both, so the place is found by counting them.
pub(super) fn place(context: &Context<'_>, text: &Text, at: usize, length: usize) -> Span {
    let source = context.sources.slice(text.span);
    let needle = &text.raw[at..(at + length).min(text.raw.len())];
    if needle.is_empty() {
        return text.span;
    }
    let before = text.raw[..at].matches(needle).count();
    source
        .match_indices(needle)
        .nth(before)
        .map_or(text.span, |(found, _)| {
            text.span.part(found, found + needle.len())
        })
}

/// Where something of a text stands in the file: its first line.
pub(super) fn within(context: &Context<'_>, cut: &Cut<'_>, range: std::ops::Range<usize>) -> Span {
    let said = &cut.text.raw;
    let from = cut.said(range.start);
    let to = cut.said(range.end).clamp(from, said.len());
    let line = said[from..to].find('\n').unwrap_or(to - from);
    place(context, cut.text, from, line)
}

pub(super) fn piece<'c>(cut: &'c Cut<'_>, ch: char) -> Option<&'c Piece> {
    u32::from(ch)
        .checked_sub(FIRST)
        .and_then(|index| cut.pieces.get(index as usize))
}

/// Cuts templates, citations, references and escaped words out of a text.
pub(super) fn cut<'t>(context: &mut Context<'_>, text: &'t Text, at: Place) -> Cut<'t> {
    let said = text.raw.as_str();
    let mut cut = Cut {
        text,
        rest: String::with_capacity(said.len()),
        pieces: Vec::new(),
        origins: vec![(0, 0)],
        unclosed: false,
    };
    let mut from = 0;
    while from < said.len() {
        let tail = &said[from..];
        let Some((skip, sign)) = sign(tail) else {
            cut.rest.push_str(tail);
            break;
        };
        let begin = from + skip;
        cut.rest.push_str(&said[from..begin]);
        let close = match sign {
            "{{" => "}}",
            "\\#{" => "}",
            _ => "]",
        };
        let inner = begin + sign.len();
        let Some(length) = said[inner..]
            .find(close)
            .filter(|length| !said[inner..inner + length].contains('\n') || sign == "{{")
        else {
            let span = place(context, text, begin, sign.len());
            context.push(
                Finding::error("template", span, format!("`{sign}` has no `{close}`"))
                    .help(format!("close it with `{close}` on the same line")),
            );
            cut.unclosed = true;
            cut.rest.push_str(sign);
            from = inner;
            cut.origins.push((cut.rest.len(), from));
            continue;
        };
        let end = inner + length + close.len();
        let body = said[inner..inner + length].trim();
        let span = place(context, text, begin, end - begin);
        let mut after = 0;
        let piece = match sign {
            "{{" if body.starts_with("check:") => {
                claim(context, body["check:".len()..].trim(), span, at);
                after = unseen(&mut cut.rest, &said[end..]);
                None
            }
            "{{" => template(context, body, span, at),
            "[@" => citation(context, body, span),
            "[#" => reference(context, body, span),
            _ => Some(Piece::Plain(body.to_owned())),
        };
        if let Some(piece) = piece {
            let index = u32::try_from(cut.pieces.len()).expect("few pieces");
            match char::from_u32(FIRST + index).filter(|_| index < 0xFFFD) {
                Some(ch) => {
                    cut.pieces.push(piece);
                    cut.rest.push(ch);
                }
                None => context.push(
                    Finding::error(
                        "too-long",
                        span,
                        "one text holds more than 65,000 templates",
                    )
                    .help("split the text into several blocks"),
                ),
            }
        }
        from = end + after;
        cut.origins.push((cut.rest.len(), from));
    }
    if let Some(at) = cut.rest.find("}}")
        && !cut.unclosed
    {
        let span = place(context, text, cut.said(at), "}}".len());
        context.push(
            Finding::error("template", span, "`}}` closes nothing")
                .help("write `{{` before the address; or `} }` where brackets are meant"),
        );
    }
    cut
}

/// Joins what stands before and after something that prints nothing: as if it had not been written, so with one space at most, and
/// with none before a mark that closes or behind one that opens. The end of a paragraph stays. Gives the bytes to leave out after it.
fn unseen(before: &mut String, after: &str) -> usize {
    let was = before.len();
    let mut kept = before.trim_end_matches(' ').len();
    if before[..kept].ends_with('\n') && !before[..kept].ends_with("\n\n") {
        kept = before[..kept - 1].trim_end_matches(' ').len();
    }
    before.truncate(kept);
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let apart = kept < was || spaces > 0;
    let next = after[spaces..].chars().next();
    let closes = next.is_none_or(|ch| ",.;:!?)]}\n".contains(ch) || CLOSING.contains(ch));
    if apart && !closes && !before.is_empty() && !before.ends_with(['(', '[', '\n']) {
        before.push(' ');
    }
    spaces
}

/// The first sign that opens a piece, and where it stands.
fn sign(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices(['{', '[', '\\']).find_map(|(at, _)| {
        let open = ["{{", "[@", "[#", "\\#{"];
        let sign = open.into_iter().find(|sign| text[at..].starts_with(sign))?;
        Some((at, sign))
    })
}
