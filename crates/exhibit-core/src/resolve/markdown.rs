//! Texts of several lines: Markdown to paragraphs, lists and notes.

use std::ops::Range;

use exhibit_facts::facts::{Annotation, Block, Prose, Run};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::span::Span;
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::context::{BriefPart, Context};
use super::fill::{Filled, fill, part_of};
use super::link;
use super::lint::lint;
use super::near_miss::near_misses;
use super::prose::{foreign, options, push};
use crate::diag::{Code, Finding};
use crate::model::Text;

/// First of the characters of East Asian scripts.
const FIRST_EAST_ASIAN: char = '\u{2e80}';

/// Most lists inside each other: a measure of twelve and a half centimetres has room for three.
const MAX_LIST_DEPTH: usize = 3;

/// A text of paragraphs and lists. Its notes go into the context.
pub(super) fn markdown(context: &mut Context<'_>, text: &Text, part: BriefPart) -> Vec<Block> {
    let filled = fill(context, text, part);
    let mut walker = Walker {
        filled: &filled,
        open: vec![Vec::new()],
        lists: Vec::new(),
        current: Prose::default(),
        strong: 0,
        emphasis: 0,
        uri: None,
        notes: Vec::new(),
        language: context.store.language,
        seen: Seen::default(),
    };
    for (event, range) in Parser::new_ext(&filled.rest, options()).into_offset_iter() {
        walker.event(context, event, range);
    }
    let blocks = walker.close();
    let seen = walker.seen;
    printed_signs(context, &filled, &seen);
    near_misses(context, &filled, &|at| {
        seen.words.iter().any(|range| range.contains(&at)) || filled.rest[at..].starts_with('\\')
    });
    unknown_notes(context, &filled, &seen);
    blocks
}

/// What Markdown took the text for.
#[derive(Default)]
struct Seen {
    /// The names of the notes that the text defines.
    notes: Vec<String>,
    /// Where code stands.
    code: Vec<Range<usize>>,
    /// Where words stand.
    words: Vec<Range<usize>>,
}

/// Finds signs that Markdown took for words, and that were meant as marks: they would be printed.
fn printed_signs(context: &mut Context<'_>, filled: &Filled<'_>, seen: &Seen) {
    let rest = &filled.rest;
    let printed = |at: usize| {
        !rest[..at].ends_with('\\') && seen.words.iter().any(|range| range.contains(&at))
    };
    let mut tell = |at: usize, sign: &str, message: &str, help: &str| {
        let span = part_of(context.sources, filled.text, filled.raw(at), sign.len());
        context.push(
            Finding::error(Code::Markdown, span, message)
                .label("printed as it stands")
                .help(help),
        );
    };
    // Markdown closes nothing strong between a full stop and a letter, and Chinese has no space to put there.
    for (at, sign) in rest.match_indices("**").filter(|(at, _)| printed(*at)) {
        tell(
            at,
            sign,
            "these asterisks do not make strong text",
            "write `**words**.` with punctuation outside, or `\\*\\*` to print asterisks",
        );
    }
    // Markdown makes no link in a link, and none of an address with white space.
    for (at, sign) in rest.match_indices("](").filter(|(at, _)| printed(*at)) {
        tell(
            at,
            sign,
            "these brackets do not make a link",
            "write `[words](https://example.org)`, with `%20` for a space and no link inside a link; or write `\\]` to print a bracket",
        );
    }
    // Nor does it make emphasis that nothing ends.
    for (at, sign) in rest.match_indices('*').filter(|(at, _)| printed(*at)) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + 1..].chars().next();
        let opens = before.is_none_or(|ch| ch.is_whitespace() || "([“„«".contains(ch))
            && after.is_some_and(|ch| ch.is_alphanumeric() || filled.piece(ch).is_some());
        if opens {
            tell(
                at,
                sign,
                "the emphasis that begins here does not end",
                "write `*words*`, or `\\*` to print an asterisk",
            );
        }
    }
}

/// Finds marks of notes that the text does not define. Markdown takes such a mark for words.
fn unknown_notes(context: &mut Context<'_>, filled: &Filled<'_>, seen: &Seen) {
    let rest = &filled.rest;
    for (at, _) in rest.match_indices("[^") {
        let Some((name, _)) = rest[at + 2..].split_once(']') else {
            continue;
        };
        let escaped =
            rest[..at].ends_with('\\') || seen.code.iter().any(|range| range.contains(&at));
        if escaped
            || name.contains(char::is_whitespace)
            || seen.notes.iter().any(|known| known == name)
        {
            continue;
        }
        let span = part_of(context.sources, filled.text, filled.raw(at), name.len() + 3);
        context.push(
            Finding::error(
                Code::UnknownNote,
                span,
                format!("note `[^{name}]` is not defined"),
            )
            .help(format!(
                "add `[^{name}]: …` on a separate line at the end of this text"
            )),
        );
    }
}

/// A list that is open: the number of its first item, and the items that are done.
type OpenList = (Option<u64>, Vec<Vec<Block>>);

/// Takes Markdown's events one after the other, and builds blocks of them.
struct Walker<'f> {
    filled: &'f Filled<'f>,
    /// The blocks of the text, then the blocks of each item and note that is open in it.
    open: Vec<Vec<Block>>,
    lists: Vec<OpenList>,
    current: Prose,
    strong: u32,
    emphasis: u32,
    uri: Option<String>,
    /// Notes that are open: name and place.
    notes: Vec<(String, Span)>,
    language: Language,
    seen: Seen,
}

impl Walker<'_> {
    fn event(&mut self, context: &mut Context<'_>, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(words) => self.words(context, &words, range),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.hard_break(context, &range),
            Event::FootnoteReference(name) => self.note_mark(context, &name),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.begin_note(context, &name, range.start);
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let blocks = self.close();
                if let Some((name, place)) = self.notes.pop() {
                    context.define_note(&name, &self.filled.text.span, place, blocks);
                }
            }
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis -= 1,
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => self.begin_link(context, link_type, &dest_url, &title, range),
            Event::End(TagEnd::Link) => self.uri = None,
            Event::Start(Tag::List(first)) => self.begin_list(context, first, range),
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::Start(Tag::Item) => self.open.push(Vec::new()),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::Start(Tag::Paragraph) => {}
            Event::End(TagEnd::Paragraph) => self.end_paragraph(),
            other => {
                if matches!(other, Event::Code(_)) {
                    self.seen.code.push(range.clone());
                }
                if let Some((message, help)) = foreign(&other) {
                    let span = self.filled.span(context.sources, range);
                    context.push(
                        Finding::error(Code::Markdown, span, message)
                            .label("not allowed in a text")
                            .help(help),
                    );
                }
            }
        }
    }

    fn words(&mut self, context: &mut Context<'_>, words: &CowStr<'_>, range: Range<usize>) {
        let filled = self.filled;
        lint(context, filled, range.start, words);
        if filled.rest[range.clone()] != **words {
            let from = filled.raw(range.start);
            let span = part_of(context.sources, filled.text, from, range.len());
            context.texts.push((span, words.to_string()));
        }
        self.seen.words.push(range);
        self.push(words);
    }

    fn push(&mut self, words: &str) {
        push(
            &mut self.current,
            self.filled,
            words,
            self.strong > 0,
            self.emphasis > 0,
            self.uri.as_deref(),
        );
    }

    fn hard_break(&self, context: &mut Context<'_>, range: &Range<usize>) {
        // Two spaces at the end of a line are not seen, so that the place is the line before them.
        let rest = &self.filled.rest;
        let line = rest[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line = line..range.start.max(line + 1);
        let span = self.filled.span(context.sources, line);
        context.push(
            Finding::error(
                Code::Markdown,
                span,
                "a paragraph cannot contain a forced line break",
            )
            .label("two spaces or a `\\` follow this line")
            .help("remove the spaces or the `\\`, or begin a new paragraph or a list"),
        );
    }

    fn note_mark(&mut self, context: &mut Context<'_>, name: &str) {
        let number = context.note(name, &self.filled.text.span);
        self.current.runs.push(Run {
            text: format::note_letter(number),
            strong: false,
            emphasis: false,
            annotation: Some(Annotation::Note(number)),
        });
    }

    fn begin_note(&mut self, context: &Context<'_>, name: &str, at: usize) {
        self.end_paragraph();
        self.seen.notes.push(name.to_owned());
        let filled = self.filled;
        let raw = filled.raw(at);
        let span = part_of(context.sources, filled.text, raw, name.len() + 3);
        self.notes.push((name.to_owned(), span));
        self.open.push(Vec::new());
    }

    fn begin_link(
        &mut self,
        context: &mut Context<'_>,
        kind: LinkType,
        address: &str,
        title: &str,
        range: Range<usize>,
    ) {
        let uri = match kind {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_owned(),
        };
        let span = self.filled.span(context.sources, range);
        if let Some(finding) = link::unfit(&uri, title, span) {
            context.push(finding);
        }
        self.uri = Some(uri);
    }

    fn begin_list(&mut self, context: &mut Context<'_>, first: Option<u64>, range: Range<usize>) {
        self.end_paragraph();
        if self.lists.len() == MAX_LIST_DEPTH {
            let span = self.filled.span(context.sources, range);
            context.push(
                Finding::error(Code::Markdown, span, "lists are nested four levels deep")
                    .label("fourth level")
                    .help(
                        "write this list as a paragraph or as a separate text: three levels are allowed",
                    ),
            );
        }
        self.lists.push((first, Vec::new()));
    }

    /// The words gathered, their lines joined by a space, or by nothing in Chinese, which has no spaces.
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

    /// Adds a block to what was opened last.
    fn add(&mut self, block: Block) {
        self.open
            .last_mut()
            .expect("the text itself is open to its end")
            .push(block);
    }

    /// Ends a paragraph with the words gathered since the last block. Markdown does not mark its end in items without blank lines.
    fn end_paragraph(&mut self) {
        let mut prose = self.taken();
        while let Some(last) = prose.runs.last_mut().filter(|run| run.annotation.is_none()) {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                break;
            }
            prose.runs.pop();
        }
        if !prose.is_empty() {
            self.add(Block::Paragraph(prose));
        }
    }

    /// Closes what was opened last, and gives its blocks.
    fn close(&mut self) -> Vec<Block> {
        self.end_paragraph();
        self.open
            .pop()
            .expect("what is closed was opened: Markdown's events are nested")
    }

    fn end_item(&mut self) {
        let blocks = self.close();
        if let (Some((_, items)), false) = (self.lists.last_mut(), blocks.is_empty()) {
            items.push(blocks);
        }
    }

    fn end_list(&mut self) {
        if let Some((first, items)) = self.lists.pop()
            && !items.is_empty()
        {
            self.add(Block::List { first, items });
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
