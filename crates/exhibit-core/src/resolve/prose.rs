//! Texts of the brief: templates filled, Markdown taken apart, numbers that are no address found.
//!
//! A text is read twice. First every `{{ address }}`, `[@source]`, `[#exhibit]` and `\#{7}` is cut out and one private-use character
//! put in its place, so that Markdown sees one word and never the digits of an address. Then Markdown (or nothing, for texts of one
//! line) takes the rest apart, and the characters are turned into runs with their meaning.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::claim::claim;
use super::template::{citation, reference, template};
use super::{Context, Place};
use crate::diag::{Finding, Span};
use crate::facts::{Mark, Prose, Run};
use crate::format::{self, Language};
use crate::model::Text;

/// First of the characters that stand for what was cut out (supplementary private use area A).
const FIRST: u32 = 0xF_0000;

/// First of the characters of East Asian scripts.
const FIRST_EAST_ASIAN: char = '\u{2e80}';

/// What was cut out of a text.
pub(super) enum Piece {
    /// Words with a meaning.
    Mark(String, Mark),
    /// Words.
    Plain(String),
}

/// A text with its pieces cut out.
struct Cut<'t> {
    text: &'t Text,
    /// What is left, a private-use character for each piece.
    rest: String,
    pieces: Vec<Piece>,
    /// For each byte range of `rest` that is original: where it begins in `rest`, and in what was said.
    origins: Vec<(usize, usize)>,
    /// Something in it is not closed: its address is read as words.
    unclosed: bool,
}

impl Cut<'_> {
    /// Where a byte of `rest` stood in what was said.
    fn said(&self, at: usize) -> usize {
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
pub(crate) fn place(context: &Context<'_>, text: &Text, at: usize, length: usize) -> Span {
    let source = context.sources.slice(text.span);
    let needle = &text.said[at..(at + length).min(text.said.len())];
    if needle.is_empty() {
        return text.span;
    }
    let before = text.said[..at].matches(needle).count();
    source
        .match_indices(needle)
        .nth(before)
        .map_or(text.span, |(found, _)| {
            text.span.part(found, found + needle.len())
        })
}

/// A text of one line: templates and marks, no Markdown.
pub(crate) fn line(context: &mut Context<'_>, text: &Text, at: Place) -> Prose {
    let cut = cut(context, text, at);
    lint(context, &cut, 0, &cut.rest);
    let mut prose = Prose::default();
    let flat = cut.rest.split_whitespace().collect::<Vec<_>>().join(" ");
    push(&mut prose, &cut, &flat, false, false, None);
    prose
}

/// A text of one line as plain text: for labels, where marks have no room.
pub(crate) fn label(context: &mut Context<'_>, text: &Text, at: Place) -> String {
    line(context, text, at).text()
}

/// What Markdown gives.
pub(crate) enum Piecewise {
    Paragraph(Prose),
    List { ordered: bool, items: Vec<Prose> },
}

/// A text of paragraphs and lists. Footnotes go into the context's notes.
pub(crate) fn markdown(context: &mut Context<'_>, text: &Text, at: Place) -> Vec<Piecewise> {
    let cut = cut(context, text, at);
    let mut walker = Walker {
        blocks: Vec::new(),
        lists: Vec::new(),
        current: Prose::default(),
        strong: 0,
        emphasis: 0,
        uri: None,
        note: None,
        language: context.store.language,
    };
    let rest = cut.rest.clone();
    let events: Vec<_> = Parser::new_ext(&rest, Options::ENABLE_FOOTNOTES)
        .into_offset_iter()
        .collect();
    let mut defined: Vec<String> = Vec::new();
    let mut code: Vec<std::ops::Range<usize>> = Vec::new();
    let mut plain: Vec<std::ops::Range<usize>> = Vec::new();
    for (event, range) in events {
        match event {
            Event::Text(words) => {
                lint(context, &cut, range.start, &words);
                plain.push(range.clone());
                if rest[range.clone()] != *words {
                    let from = cut.said(range.start);
                    let span = place(context, text, from, range.len());
                    context.texts.push((span, words.to_string()));
                }
                walker.push(&cut, &words);
            }
            Event::Code(words) => {
                code.push(range);
                walker.push(&cut, &words);
            }
            Event::SoftBreak => walker.push(&cut, "\n"),
            Event::HardBreak => walker.push(&cut, " "),
            Event::FootnoteReference(name) => {
                let number = context.note(&name, &text.span);
                let mark = Some(Mark::Note(number));
                walker.current.runs.push(Run {
                    text: format::note_letter(number),
                    strong: false,
                    emphasis: false,
                    mark,
                });
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                defined.push(name.to_string());
                let span = place(context, text, cut.said(range.start), name.len() + 3);
                walker.note = Some((name.to_string(), span));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, place)) = walker.note.take() {
                    let prose = walker.taken();
                    context.define_note(&name, &text.span, place, prose);
                }
            }
            Event::Start(Tag::Paragraph) if walker.note.is_some() && !walker.current.is_empty() => {
                walker.push(&cut, " ")
            }
            Event::Start(Tag::Strong) => walker.strong += 1,
            Event::End(TagEnd::Strong) => walker.strong -= 1,
            Event::Start(Tag::Emphasis) => walker.emphasis += 1,
            Event::End(TagEnd::Emphasis) => walker.emphasis -= 1,
            Event::Start(Tag::Link { dest_url, .. }) => walker.uri = Some(dest_url.to_string()),
            Event::End(TagEnd::Link) => walker.uri = None,
            Event::Start(Tag::List(first)) => walker.lists.push((first.is_some(), Vec::new())),
            Event::End(TagEnd::List(_)) => walker.end_list(),
            Event::End(TagEnd::Item) => walker.end_item(),
            Event::End(TagEnd::Paragraph) if walker.note.is_none() => walker.end_paragraph(),
            Event::Start(Tag::Paragraph | Tag::Item) => {}
            Event::End(TagEnd::Paragraph) => {}
            _ => {
                let from = cut.said(range.start);
                let length = text.said[from..]
                    .find('\n')
                    .unwrap_or(text.said.len() - from);
                let span = place(context, text, from, length);
                context.push(
                    Finding::error(
                        "markdown",
                        span,
                        "a text holds paragraphs, lists, emphasis, links and footnotes only",
                    )
                    .label("this is something else")
                    .help("headings, tables, pictures and quotations are blocks of the body"),
                );
            }
        }
    }
    // Markdown closes nothing strong between a full stop and a letter, and Chinese has no space to put there.
    for (at, asterisks) in rest.match_indices("**") {
        if rest[..at].ends_with('\\') || !plain.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let span = place(context, text, cut.said(at), asterisks.len());
        context.push(
            Finding::error("markdown", span, "these asterisks make nothing strong")
                .label("would be printed")
                .help("write `**words**.`: marks of punctuation stand outside; or `\\*\\*` for asterisks"),
        );
    }
    // Markdown takes a mark without its note for plain text.
    for (at, _) in rest.match_indices("[^") {
        let tail = &rest[at + 2..];
        let Some((name, _)) = tail.split_once(']') else {
            continue;
        };
        let escaped = rest[..at].ends_with('\\') || code.iter().any(|range| range.contains(&at));
        if escaped
            || name.contains(char::is_whitespace)
            || defined.iter().any(|known| known == name)
        {
            continue;
        }
        let span = place(context, text, cut.said(at), name.len() + 3);
        context.push(
            Finding::error(
                "unknown-note",
                span,
                format!("there is no note `[^{name}]`"),
            )
            .help(format!(
                "write `[^{name}]: …` on a line of its own at the end of this text"
            )),
        );
    }
    walker.blocks
}

struct Walker {
    blocks: Vec<Piecewise>,
    lists: Vec<(bool, Vec<Prose>)>,
    current: Prose,
    strong: u32,
    emphasis: u32,
    uri: Option<String>,
    note: Option<(String, Span)>,
    language: Language,
}

impl Walker {
    fn push(&mut self, cut: &Cut<'_>, words: &str) {
        push(
            &mut self.current,
            cut,
            words,
            self.strong > 0,
            self.emphasis > 0,
            self.uri.as_deref(),
        );
    }

    /// What was gathered, its lines joined: by a space, but by nothing where the text is Chinese, which has no spaces.
    fn taken(&mut self) -> Prose {
        let mut prose = std::mem::take(&mut self.current);
        let mut before = ' ';
        for index in 0..prose.runs.len() {
            let (done, rest) = prose.runs.split_at_mut(index + 1);
            let text = &mut done[index].text;
            let mut joined = String::with_capacity(text.len());
            let mut chars = text.chars().peekable();
            while let Some(ch) = chars.next() {
                if ch != '\n' {
                    joined.push(ch);
                    before = ch;
                    continue;
                }
                let following = chars.peek().copied();
                let after =
                    following.or_else(|| rest.iter().find_map(|run| run.text.chars().next()));
                if spaced(self.language, before, after.unwrap_or(' ')) {
                    joined.push(' ');
                    before = ' ';
                }
            }
            *text = joined;
        }
        prose
    }

    fn end_paragraph(&mut self) {
        if self.lists.is_empty() {
            let prose = self.taken();
            if !prose.is_empty() {
                self.blocks.push(Piecewise::Paragraph(prose));
            }
        } else {
            self.current.runs.push(Run {
                text: " ".to_owned(),
                strong: false,
                emphasis: false,
                mark: None,
            });
        }
    }

    fn end_item(&mut self) {
        let mut prose = self.taken();
        while prose
            .runs
            .last()
            .is_some_and(|run| run.text.trim().is_empty())
        {
            prose.runs.pop();
        }
        if let (Some((_, items)), false) = (self.lists.last_mut(), prose.is_empty()) {
            items.push(prose);
        }
    }

    /// A list in a list is flattened into it: one level is what a page of this size reads well.
    fn end_list(&mut self) {
        let Some((ordered, items)) = self.lists.pop() else {
            return;
        };
        match self.lists.last_mut() {
            Some((_, outer)) => outer.extend(items),
            None if !items.is_empty() => self.blocks.push(Piecewise::List { ordered, items }),
            None => {}
        }
    }
}

/// True where the end of a line is a space between these two. In a Chinese text quotation marks and dashes are Chinese, too, and
/// between Chinese and Latin the typesetter makes the room; elsewhere a Chinese name stands between spaces like any word.
fn spaced(language: Language, before: char, after: char) -> bool {
    let latin = |ch: char| ch < '\u{2000}';
    let chinese = |ch: char| ch >= FIRST_EAST_ASIAN;
    match language {
        Language::Chinese => latin(before) && latin(after),
        Language::English | Language::German => !(chinese(before) && chinese(after)),
    }
}

/// Adds words to a prose; the characters of pieces become runs of their own.
fn push(
    prose: &mut Prose,
    cut: &Cut<'_>,
    words: &str,
    strong: bool,
    emphasis: bool,
    uri: Option<&str>,
) {
    let mut plain = String::new();
    let mark = || uri.map(|uri| Mark::Uri(uri.to_owned()));
    let flush = |plain: &mut String, prose: &mut Prose| {
        if plain.is_empty() {
            return;
        }
        let text = std::mem::take(plain);
        match prose.runs.last_mut() {
            Some(last)
                if last.strong == strong && last.emphasis == emphasis && last.mark == mark() =>
            {
                last.text.push_str(&text)
            }
            _ => prose.runs.push(Run {
                text,
                strong,
                emphasis,
                mark: mark(),
            }),
        }
    };
    for ch in words.chars() {
        match piece(cut, ch) {
            None => plain.push(ch),
            Some(Piece::Plain(text)) => plain.push_str(text),
            Some(Piece::Mark(text, mark)) => {
                flush(&mut plain, prose);
                prose.runs.push(Run {
                    text: text.clone(),
                    strong,
                    emphasis,
                    mark: Some(mark.clone()),
                });
            }
        }
    }
    flush(&mut plain, prose);
}

fn piece<'c>(cut: &'c Cut<'_>, ch: char) -> Option<&'c Piece> {
    u32::from(ch)
        .checked_sub(FIRST)
        .and_then(|index| cut.pieces.get(index as usize))
}

/// Cuts templates, citations, references and escaped words out of a text.
fn cut<'t>(context: &mut Context<'_>, text: &'t Text, at: Place) -> Cut<'t> {
    let said = text.said.as_str();
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
        let piece = match sign {
            "{{" if body.starts_with("check:") => {
                claim(context, body["check:".len()..].trim(), span, at);
                // It prints nothing, so the space or line break before it goes, too; but never the end of a paragraph.
                let mut kept = cut.rest.trim_end_matches(' ').len();
                if cut.rest[..kept].ends_with('\n') && !cut.rest[..kept].ends_with("\n\n") {
                    kept = cut.rest[..kept - 1].trim_end_matches(' ').len();
                }
                cut.rest.truncate(kept);
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
        from = end;
        cut.origins.push((cut.rest.len(), from));
    }
    cut
}

/// The first sign that opens a piece, and where it stands.
fn sign(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices(['{', '[', '\\']).find_map(|(at, _)| {
        let open = ["{{", "[@", "[#", "\\#{"];
        let sign = open.into_iter().find(|sign| text[at..].starts_with(sign))?;
        Some((at, sign))
    })
}

/// Finds numbers that are no address.
fn lint(context: &mut Context<'_>, cut: &Cut<'_>, offset: usize, words: &str) {
    if cut.unclosed {
        return;
    }
    let mut from = 0;
    while let Some(found) = words[from..].find(|ch: char| ch.is_numeric()) {
        let at = from + found;
        let begin = words[..at]
            .rfind(|ch: char| ch.is_whitespace() || piece(cut, ch).is_some())
            .map_or(0, |before| {
                before + words[before..].chars().next().map_or(1, char::len_utf8)
            });
        let end = words[at..]
            .find(|ch: char| ch.is_whitespace() || piece(cut, ch).is_some())
            .map_or(words.len(), |length| at + length);
        let word = words[begin..end].trim_matches(|ch: char| !ch.is_alphanumeric());
        let allowed = context.allow.iter().any(|entry| {
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
            // `words` may have been changed by Markdown (entities); then the place is the text's begin.
            let said = cut.said(offset + at);
            let span = if cut
                .text
                .said
                .get(said..)
                .is_some_and(|tail| tail.starts_with(number))
            {
                place(context, cut.text, said, number.len())
            } else {
                cut.text.span
            };
            let near = context.near_value(number);
            let help = match near {
                Some(address) => format!("write {{{{ {address} }}}}, which says it"),
                None => format!(
                    "write the address of a fact as {{{{ metric@period }}}}; if this is no data, `\\#{{{number}}}` or an entry `{word}` in `allow-numbers`"
                ),
            };
            context.push(
                Finding::error(
                    "orphan-number",
                    span,
                    format!("the number {number} is typed, not taken from the data"),
                )
                .label("no address")
                .help(help),
            );
        }
        from = end.max(at + 1);
        while !words.is_char_boundary(from) {
            from += 1;
        }
    }
}
