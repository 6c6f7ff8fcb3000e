//! Texts whose templates, citations, references and escaped words are filled in.
//!
//! One private-use character stands in the place of each, so that Markdown sees one word and never the digits of an address.

use std::ops::Range;

use exhibit_facts::span::Span;

use super::claim::claim;
use super::context::{BriefPart, Context};
use super::lex::{Token, lex};
use super::template::{Piece, citation, reference, template};
use crate::diag::{Code, Finding};
use crate::model::Text;
use crate::source::SourceMap;

/// First of the characters that stand for pieces (supplementary private use area A).
const FIRST_PLACEHOLDER: u32 = 0xF_0000;

/// Most pieces of a text: the private use area has no more characters.
const MAX_PIECES: u32 = 0xFFFD;

/// Marks of Chinese and of quotations that no space stands before.
const CLOSING: &str = "，。、；：？！）》」』”’";

/// A text with a placeholder for each piece.
pub(super) struct Filled<'t> {
    pub(super) text: &'t Text,
    /// The words, and a private-use character for each piece.
    pub(super) rest: String,
    pieces: Vec<Piece>,
    /// For each stretch of the text: where it begins in `rest`, and where in the text as it was read. Ascending.
    origins: Vec<(usize, usize)>,
    /// A token is not closed: its address is read as words.
    pub(super) unclosed: bool,
}

impl Filled<'_> {
    /// The byte of the text as it was read, for a byte of `rest`.
    pub(super) fn raw(&self, at: usize) -> usize {
        let index = self
            .origins
            .partition_point(|(rest, _)| *rest <= at)
            .saturating_sub(1);
        let (rest, raw) = self.origins[index];
        raw + (at - rest)
    }

    /// The place in the file of some bytes of `rest`: their first line.
    pub(super) fn span(&self, sources: &SourceMap, range: Range<usize>) -> Span {
        let raw = &self.text.raw;
        let from = self.raw(range.start);
        // A range that ends behind a piece ends somewhere in what the piece was made of.
        let to = raw.floor_char_boundary(self.raw(range.end)).max(from);
        let line = raw[from..to].find('\n').unwrap_or(to - from);
        part_of(sources, self.text, from, line)
    }

    /// The piece that a character stands for; `None` for a character of its own.
    pub(super) fn piece(&self, ch: char) -> Option<&Piece> {
        u32::from(ch)
            .checked_sub(FIRST_PLACEHOLDER)
            .and_then(|index| self.pieces.get(index as usize))
    }

    /// Adds a piece and its placeholder. `None` where no placeholder is left.
    fn add(&mut self, piece: Piece) -> Option<()> {
        let index = u32::try_from(self.pieces.len()).ok()?;
        let ch = char::from_u32(FIRST_PLACEHOLDER + index).filter(|_| index < MAX_PIECES)?;
        self.pieces.push(piece);
        self.rest.push(ch);
        Some(())
    }

    /// Records that what is added to `rest` next comes from this byte of the text.
    fn next_from(&mut self, raw: usize) {
        let at = self.rest.len();
        // A claim takes spaces before it away again.
        while self.origins.last().is_some_and(|(rest, _)| *rest > at) {
            self.origins.pop();
        }
        self.origins.push((at, raw));
    }
}

/// The place in the file of `length` bytes at byte `at` of a text. A block or quoted text differs from its source by indentation and
/// escapes. Both hold the same words in the same order, so that the place is found by counting the words.
pub(super) fn part_of(sources: &SourceMap, text: &Text, at: usize, length: usize) -> Span {
    let source = sources.slice(text.span);
    let needle = &text.raw[at..text.raw.floor_char_boundary(at + length).max(at)];
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

/// Fills in templates, citations, references and escaped words. What does not fit is a finding and leaves nothing behind.
pub(super) fn fill<'t>(context: &mut Context<'_>, text: &'t Text, part: BriefPart) -> Filled<'t> {
    let raw = text.raw.as_str();
    let mut filled = Filled {
        text,
        rest: String::with_capacity(raw.len()),
        pieces: Vec::new(),
        origins: Vec::new(),
        unclosed: false,
    };
    let mut skip = 0;
    for (range, token) in lex(raw) {
        if let Token::Words(words) = token {
            // Spaces behind a claim belong to the claim.
            filled.next_from(range.start + skip);
            filled.rest.push_str(&words[skip..]);
            skip = 0;
            continue;
        }
        let span = part_of(context.sources, text, range.start, range.len());
        let piece = match token {
            Token::Words(_) => None,
            Token::Template(body) => template(context, body, span, part),
            Token::Citation(id) => citation(context, id, span),
            Token::Reference(id) => reference(context, id, span),
            Token::Escaped(words) => Some(Piece::Plain(words.to_owned())),
            Token::Claim(body) => {
                claim(context, body, span, part);
                skip = join_around_claim(&mut filled.rest, &raw[range.end..]);
                None
            }
            Token::Unclosed { open, close } => {
                context.push(
                    Finding::error(
                        Code::Template,
                        span,
                        format!("`{open}` has no closing `{close}`"),
                    )
                    .help(format!("write `{close}` on the same line")),
                );
                filled.unclosed = true;
                filled.next_from(range.start);
                filled.rest.push_str(open);
                None
            }
        };
        let Some(piece) = piece else {
            continue;
        };
        filled.next_from(range.start);
        if filled.add(piece).is_none() {
            context.push(
                Finding::error(
                    Code::TooLong,
                    span,
                    "one text contains more than 65,000 templates",
                )
                .help("split the text into several blocks"),
            );
        }
    }
    filled.next_from(raw.len());
    if let Some(at) = filled.rest.find("}}")
        && !filled.unclosed
    {
        let span = part_of(context.sources, text, filled.raw(at), "}}".len());
        context.push(
            Finding::error(Code::Template, span, "`}}` has no opening `{{`")
                .help("write `{{` before the address, or `} }` to print two brackets"),
        );
    }
    filled
}

/// Joins the words before and after a claim, which prints nothing. One space at most stands between them, and none before a mark that
/// closes or behind a mark that opens. The end of a paragraph stays. Gives the number of bytes to leave out after the claim.
fn join_around_claim(before: &mut String, after: &str) -> usize {
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
