//! Texts of one line, and what texts of several lines share with them.
//!
//! A text is read twice. First templates, citations, references and escaped words are filled in. Then Markdown takes the rest apart, and
//! its words become runs with their meaning.

use exhibit_facts::facts::{Annotation, Prose, Run};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::context::{BriefPart, Context};
use super::fill::{Filled, fill};
use super::lint::lint;
use super::near_miss::near_misses;
use super::template::Piece;
use crate::diag::{Code, Finding};
use crate::model::Text;

/// A text of one line with templates and without Markdown. Titles and labels have one face, in which nothing would stand out.
pub(super) fn line(context: &mut Context<'_>, text: &Text, part: BriefPart) -> Prose {
    let filled = fill(context, text, part);
    lint(context, &filled, 0, &filled.rest);
    near_misses(context, &filled, &|_| true);
    // Behind a word, a sign that would begin a list or a heading is a sign.
    const WORD: &str = "x ";
    let rest = format!("{WORD}{}", filled.rest.replace(['\n', '\r', '\t'], " "));
    let mut prose = Prose::default();
    for (event, range) in Parser::new_ext(&rest, options()).into_offset_iter() {
        let help = match &event {
            Event::Text(words) => {
                let own = if range.start == 0 { 1 } else { 0 };
                push(&mut prose, &filled, &words[own..], false, false, None);
                continue;
            }
            Event::Start(Tag::Strong | Tag::Emphasis) => {
                "remove the Markdown, or write `\\*` and `\\_` to print the signs"
            }
            Event::Start(Tag::Link { .. }) => "move the link to a text of the body",
            Event::FootnoteReference(_) => "move the note to a text of the body",
            other => match foreign(other) {
                Some((_, help)) => help,
                None => continue,
            },
        };
        let begin = range.start.saturating_sub(WORD.len());
        let span = filled.span(context.sources, begin..range.end - WORD.len());
        context.push(
            Finding::error(Code::Markdown, span, "this text cannot contain Markdown")
                .label("Markdown")
                .help(help),
        );
    }
    collapse(&mut prose);
    prose
}

/// A text of one line as plain text, for labels.
pub(super) fn label(context: &mut Context<'_>, text: &Text, part: BriefPart) -> String {
    line(context, text, part).text()
}

/// Reduces several spaces to one, and removes spaces at the ends.
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

/// What Markdown looks for: more than a page can set, so that the rest is found and not printed as it was typed.
pub(super) fn options() -> Options {
    Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// The message and the way out for what a text does not hold. `None` for the parts and the end of such a thing.
pub(super) fn foreign(event: &Event<'_>) -> Option<(&'static str, &'static str)> {
    const MESSAGE: &str =
        "a text can contain only paragraphs, lists, emphasis, links and footnotes";
    let help = match event {
        Event::Code(_) => {
            "write *emphasis* or quotation marks instead of code, or `\\`` to print the sign"
        }
        Event::TaskListMarker(_) => {
            "write in words which tasks are done, or `\\[` to print a bracket"
        }
        Event::InlineHtml(_) => "write `\\<` to print the sign",
        Event::Start(Tag::Strikethrough) => {
            "remove the words that no longer hold, or write `\\~` to print the sign"
        }
        Event::Start(Tag::Table(_)) => "make the table an exhibit: `table: {head: […], rows: […]}`",
        Event::Start(Tag::CodeBlock(_)) => {
            "remove the code; note that four spaces before a line also make code"
        }
        Event::Start(Tag::Heading { .. }) => "make the heading a block of the body: `- heading: …`",
        Event::Start(Tag::BlockQuote(_)) => {
            "write quotation marks or a `- callout:` block, or `\\>` to print the sign"
        }
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::Rule => {
            "remove pictures, rules and HTML; make a chart an exhibit"
        }
        _ => return None,
    };
    Some((MESSAGE, help))
}

/// Adds words to a prose. Each placeholder becomes a run of its own.
pub(super) fn push(
    prose: &mut Prose,
    filled: &Filled<'_>,
    words: &str,
    strong: bool,
    emphasis: bool,
    uri: Option<&str>,
) {
    let mut plain = String::new();
    let link = || uri.map(|uri| Annotation::Uri(uri.to_owned()));
    let flush = |plain: &mut String, prose: &mut Prose| {
        if plain.is_empty() {
            return;
        }
        let text = std::mem::take(plain);
        match prose.runs.last_mut() {
            Some(last)
                if last.strong == strong
                    && last.emphasis == emphasis
                    && last.annotation == link() =>
            {
                last.text.push_str(&text)
            }
            _ => prose.runs.push(Run {
                text,
                strong,
                emphasis,
                annotation: link(),
            }),
        }
    };
    for ch in words.chars() {
        match filled.piece(ch) {
            None => plain.push(ch),
            Some(Piece::Plain(text)) => plain.push_str(text),
            Some(Piece::Annotated(text, annotation)) => {
                flush(&mut plain, prose);
                prose.runs.push(Run {
                    text: text.clone(),
                    strong,
                    emphasis,
                    annotation: Some(annotation.clone()),
                });
            }
        }
    }
    flush(&mut plain, prose);
}

/// A text of one line that must say something. A text that says nothing is a finding about `what`: "the title is empty".
pub(super) fn not_empty(
    context: &mut Context<'_>,
    text: &Text,
    part: BriefPart,
    what: &str,
) -> Prose {
    let told = context.report.len();
    let prose = line(context, text, part);
    let ink = |ch: char| {
        !ch.is_whitespace()
            && !matches!(ch, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
    };
    // What is lost to another finding has been told.
    if context.report.len() == told && !prose.text().contains(ink) {
        context.push(
            Finding::error(Code::MissingKey, text.span, format!("{what} is empty"))
                .help("write a text, or remove the entry"),
        );
    }
    prose
}
