//! Texts of the brief: templates filled, Markdown taken apart, numbers that are no address found.
//!
//! A text is read twice. First every `{{ address }}`, `[@source]`, `[#exhibit]` and `\#{7}` is cut out. Then Markdown (or nothing, for
//! texts of one line) takes the rest apart, and the characters are turned into runs with their meaning.

use exhibit_facts::facts::{Block, Mark, Prose, Run};
use exhibit_facts::format;
use exhibit_facts::language::Language;
use exhibit_facts::span::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::cut::{Cut, Piece, cut, piece, place, within};
use super::link;
use super::{Context, Place};
use crate::diag::Finding;
use crate::evidence::in_words;
use crate::model::Text;

/// First of the characters of East Asian scripts.
const FIRST_EAST_ASIAN: char = '\u{2e80}';

/// How deep lists may stand in lists: what a measure of twelve and a half centimetres has room for.
const DEEPEST: usize = 3;

/// A text of one line: templates and marks, no Markdown. Titles and labels have one face, in which nothing would stand out.
pub(crate) fn line(context: &mut Context<'_>, text: &Text, at: Place) -> Prose {
    let cut = cut(context, text, at);
    lint(context, &cut, 0, &cut.rest);
    // Behind a word, a sign that would begin a list or a heading is a sign.
    const WORD: &str = "x ";
    let rest = format!("{WORD}{}", cut.rest.replace(['\n', '\r', '\t'], " "));
    let mut prose = Prose::default();
    for (event, range) in Parser::new_ext(&rest, read()).into_offset_iter() {
        let help = match &event {
            Event::Text(words) => {
                let own = if range.start == 0 { 1 } else { 0 };
                push(&mut prose, &cut, &words[own..], false, false, None);
                continue;
            }
            Event::Start(Tag::Strong | Tag::Emphasis) => {
                "write it without; or `\\*` and `\\_` for the signs themselves"
            }
            Event::Start(Tag::Link { .. }) => "links stand in texts of the body",
            Event::FootnoteReference(_) => "notes stand in texts of the body",
            other => match foreign(other) {
                Some((_, help)) => help,
                None => continue,
            },
        };
        let begin = range.start.saturating_sub(WORD.len());
        let span = within(context, &cut, begin..range.end - WORD.len());
        context.push(
            Finding::error("markdown", span, "this text holds words only, no Markdown")
                .label("would not be set")
                .help(help),
        );
    }
    collapse(&mut prose);
    prose
}

/// A text of one line as plain text: for labels, where marks have no room.
pub(crate) fn label(context: &mut Context<'_>, text: &Text, at: Place) -> String {
    line(context, text, at).text()
}

/// Leaves one space of several, and none at the ends.
fn collapse(prose: &mut Prose) {
    let mut spaced = true;
    for run in &mut prose.runs {
        run.text.retain(|ch| {
            let keep = ch != ' ' || !spaced;
            spaced = ch == ' ';
            keep
        });
    }
    while let Some(last) = prose.runs.last_mut() {
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if !last.text.is_empty() {
            break;
        }
        prose.runs.pop();
    }
    prose.runs.retain(|run| !run.text.is_empty());
}

/// A text of paragraphs and lists. Footnotes go into the context's notes.
pub(crate) fn markdown(context: &mut Context<'_>, text: &Text, at: Place) -> Vec<Block> {
    let cut = cut(context, text, at);
    let mut walker = Walker {
        open: vec![Vec::new()],
        lists: Vec::new(),
        current: Prose::default(),
        strong: 0,
        emphasis: 0,
        uri: None,
        notes: Vec::new(),
        language: context.store.language,
    };
    let rest = cut.rest.clone();
    let events: Vec<_> = Parser::new_ext(&rest, read()).into_offset_iter().collect();
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
            Event::SoftBreak => walker.push(&cut, "\n"),
            Event::HardBreak => {
                // Of two spaces at a line's end nothing is seen, so the place is the end of what stands before them.
                let line = rest[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let span = within(context, &cut, line..range.start.max(line + 1));
                context.push(
                    Finding::error("markdown", span, "a line does not end within a paragraph")
                        .label("two spaces or a `\\` stand behind this")
                        .help("take them out, or begin a paragraph or a list"),
                );
            }
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
                walker.end_paragraph();
                defined.push(name.to_string());
                let span = place(context, text, cut.said(range.start), name.len() + 3);
                walker.notes.push((name.to_string(), span));
                walker.open.push(Vec::new());
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                let blocks = walker.close();
                if let Some((name, place)) = walker.notes.pop() {
                    context.define_note(&name, &text.span, place, blocks);
                }
            }
            Event::Start(Tag::Strong) => walker.strong += 1,
            Event::End(TagEnd::Strong) => walker.strong -= 1,
            Event::Start(Tag::Emphasis) => walker.emphasis += 1,
            Event::End(TagEnd::Emphasis) => walker.emphasis -= 1,
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                let uri = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let span = within(context, &cut, range);
                if let Some(finding) = link::unfit(&uri, &title, span) {
                    context.push(finding);
                }
                walker.uri = Some(uri);
            }
            Event::End(TagEnd::Link) => walker.uri = None,
            Event::Start(Tag::List(first)) => {
                walker.end_paragraph();
                if walker.lists.len() == DEEPEST {
                    let span = within(context, &cut, range);
                    context.push(
                        Finding::error("markdown", span, "this list stands four lists deep")
                            .label("the fourth")
                            .help("lists stand three deep at most: make it a paragraph, or a text of its own"),
                    );
                }
                walker.lists.push((first, Vec::new()));
            }
            Event::End(TagEnd::List(_)) => walker.end_list(),
            Event::Start(Tag::Item) => walker.open.push(Vec::new()),
            Event::End(TagEnd::Item) => walker.end_item(),
            Event::Start(Tag::Paragraph) => {}
            Event::End(TagEnd::Paragraph) => walker.end_paragraph(),
            other => {
                if matches!(other, Event::Code(_)) {
                    code.push(range.clone());
                }
                if let Some((message, help)) = foreign(&other) {
                    let span = within(context, &cut, range);
                    context.push(
                        Finding::error("markdown", span, message)
                            .label("this is something else")
                            .help(help),
                    );
                }
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
    // Nor does it make a link in a link, or of an address with white space, or emphasis that nothing ends.
    let printed =
        |at: usize| !rest[..at].ends_with('\\') && plain.iter().any(|range| range.contains(&at));
    for (at, brackets) in rest.match_indices("](") {
        if printed(at) {
            let span = place(context, text, cut.said(at), brackets.len());
            context.push(
                Finding::error("markdown", span, "these brackets make no link")
                    .label("would be printed")
                    .help("write `[words](https://example.org)`, a space in an address as `%20`, and no link in a link; or `\\]` for the bracket"),
            );
        }
    }
    for (at, asterisk) in rest.match_indices('*') {
        let before = rest[..at].chars().next_back();
        let after = rest[at + 1..].chars().next();
        let opens = before.is_none_or(|ch| ch.is_whitespace() || "([“„«".contains(ch))
            && after.is_some_and(|ch| ch.is_alphanumeric() || piece(&cut, ch).is_some());
        if opens && printed(at) {
            let span = place(context, text, cut.said(at), asterisk.len());
            context.push(
                Finding::error("markdown", span, "nothing ends what this asterisk begins")
                    .label("would be printed")
                    .help("write `*words*`; or `\\*` for an asterisk"),
            );
        }
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
    walker.close()
}

/// What Markdown is asked to see: more than a page can set, so that the rest is found and not printed as it was typed.
fn read() -> Options {
    Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// What is wrong with a thing that a text does not hold, and what to write instead. `None` for its parts and its end.
fn foreign(event: &Event<'_>) -> Option<(&'static str, &'static str)> {
    const MESSAGE: &str = "a text holds paragraphs, lists, emphasis, links and footnotes only";
    let help = match event {
        Event::Code(_) => {
            "code has no face of its own here: write *emphasis* or quotation marks; or `\\`` for the sign itself"
        }
        Event::TaskListMarker(_) => "write what is done in words; or `\\[` for a bracket",
        Event::InlineHtml(_) => "write `\\<` for the sign itself",
        Event::Start(Tag::Strikethrough) => {
            "take out what no longer holds; or write `\\~` for the sign itself"
        }
        Event::Start(Tag::Table(_)) => "a table is an exhibit: `table: {head: […], rows: […]}`",
        Event::Start(Tag::CodeBlock(_)) => {
            "code has no face of its own here; four spaces before a line make code, too"
        }
        Event::Start(Tag::Heading { .. }) => "a heading is a block of the body: `- heading: …`",
        Event::Start(Tag::BlockQuote(_)) => {
            "put quotation marks around what is quoted, or make it a `- callout:`; or `\\>` for the sign itself"
        }
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::Rule => {
            "a brief holds no pictures, rules or HTML; a chart is an exhibit"
        }
        _ => return None,
    };
    Some((MESSAGE, help))
}

struct Walker {
    /// The blocks of the text, then those of each item and note that is open in it.
    open: Vec<Vec<Block>>,
    /// Lists that are open: the number of the first item, and the items that are done.
    lists: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    current: Prose,
    strong: u32,
    emphasis: u32,
    uri: Option<String>,
    /// Notes that are open: what they are called, and where.
    notes: Vec<(String, Span)>,
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

    /// Adds a block to what is open.
    fn add(&mut self, block: Block) {
        self.open
            .last_mut()
            .expect("the text itself is open to its end")
            .push(block);
    }

    /// The words gathered since the last block, as a paragraph. Items of a list without blank lines have no mark for its end.
    fn end_paragraph(&mut self) {
        let mut prose = self.taken();
        while let Some(last) = prose.runs.last_mut().filter(|run| run.mark.is_none()) {
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

    /// The blocks of what was opened last.
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

/// One line of words that must say something; what says nothing is a finding.
pub(super) fn said(context: &mut Context<'_>, text: &Text, at: Place, what: &str) -> Prose {
    let told = context.report.len();
    let prose = line(context, text, at);
    let ink = |ch: char| {
        !ch.is_whitespace()
            && !matches!(ch, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
    };
    // What is lost to another finding has been told.
    if context.report.len() == told && !prose.text().contains(ink) {
        context.push(
            Finding::error("missing-key", text.span, format!("{what} is empty"))
                .help("write its words, or take it out"),
        );
    }
    prose
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
            // `words` may have been changed by Markdown (entities); then the place is the text's begin.
            let said = cut.said(offset + at);
            let span = if cut
                .text
                .raw
                .get(said..)
                .is_some_and(|tail| tail.starts_with(number))
            {
                place(context, cut.text, said, number.len())
            } else {
                cut.text.span
            };
            let near = context.near_value(number);
            let help = match near {
                Some(said) => format!("write {{{{ {said} }}}}, which says it"),
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
    // Where a claim stands, words are held to the data by it.
    let claimed = cut.text.raw.contains("check:");
    if context.store.language == Language::English && !claimed {
        lint_words(context, cut, offset, words);
    }
}

/// Finds figures in words. A warning, as some are ways of speaking: "a thousand thanks".
fn lint_words(context: &mut Context<'_>, cut: &Cut<'_>, offset: usize, words: &str) {
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
        let said = cut.said(offset + from);
        let tail = cut.text.raw.get(said..);
        let span = if tail.is_some_and(|tail| tail.starts_with(word)) {
            place(context, cut.text, said, word.len())
        } else {
            cut.text.span
        };
        context.push(
            Finding::warning(
                "number-word",
                span,
                format!("the figure `{word}` is typed, not taken from the data"),
            )
            .label("no address")
            .help(format!(
                "write the address of a fact as {{{{ metric@period }}}}, or hold the words to the data by a `{{{{ check: … }}}}`; if this is no data, `\\#{{{word}}}` or an entry in `allow-numbers`"
            )),
        );
    }
}
