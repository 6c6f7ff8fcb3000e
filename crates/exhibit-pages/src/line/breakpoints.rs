//! Breakpoints of a paragraph, and their penalties.

use std::ops::Range;

use exhibit_scene::breaks::{breaks, is_address, is_ideograph};
use hypher::{Lang, hyphenate_bounded};

use super::fit::{Breakpoint, Measure};
use super::paragraph::Paragraph;
use super::text::{Hyphens, TextRun};

/// Text between two forced line ends.
pub(super) struct LogicalLine {
    /// First cluster.
    pub(super) start: usize,
    /// Cluster after the last.
    end: usize,
    /// Clusters that may begin a line, all after [`LogicalLine::start`].
    inner: Vec<usize>,
}

/// Penalty of a line end inside a word, or after a hyphen, dash or slash: TeX's value.
const HYPHEN_PENALTY: i32 = 50;
/// Least number of letters of a hyphenated word.
const MIN_HYPHENATED_LETTERS: usize = 6;
/// Greatest number of ideographs in a name within text of another language. Names of people have three, names of firms
/// four.
const MAX_NAME_IDEOGRAPHS: usize = 4;
/// Width that a word may exceed the measure by and still fit, in 1/65536 pt: a hundredth of a point. A column may be just
/// as wide as its longest word.
const ROUNDING: i64 = 655;
/// Least number of letters before a hyphen.
const LEFT_HYPHEN_MIN: usize = 2;
/// Least number of letters after a hyphen.
const RIGHT_HYPHEN_MIN: usize = 3;

/// Logical lines of a paragraph. An empty paragraph has none.
pub(super) fn logical_lines(paragraph: &Paragraph) -> Vec<LogicalLine> {
    let mut logical_lines = Vec::new();
    let (mut start, mut inner) = (0, Vec::new());
    for place in breaks(&paragraph.text) {
        // No line ends inside a cluster.
        let Some(cluster) = paragraph.cluster_at(place.at) else {
            continue;
        };
        if place.forced || place.at == paragraph.text.len() {
            logical_lines.push(LogicalLine {
                start,
                end: cluster,
                inner: std::mem::take(&mut inner),
            });
            start = cluster;
        } else if !begins_raised(paragraph, cluster) && !splits_name(paragraph, place.at) {
            inner.push(cluster);
        }
    }
    logical_lines
}

/// True for a byte inside a name of a few ideographs, such as 雷军, in text that is not Chinese. UAX 14 knows no names
/// and would allow a line end there.
fn splits_name(paragraph: &Paragraph, at: usize) -> bool {
    let (before, after) = paragraph.text.split_at(at);
    let left = before.chars().rev().take_while(|ch| is_ideograph(*ch));
    let right = after.chars().take_while(|ch| is_ideograph(*ch));
    let (left, right) = (left.count(), right.count());
    let text_run = paragraph
        .text_runs
        .iter()
        .find(|(bytes, _)| bytes.contains(&at));
    let chinese = text_run.is_some_and(|(_, text_run)| text_run.style.lang.starts_with("zh"));
    !chinese && left > 0 && right > 0 && left + right <= MAX_NAME_IDEOGRAPHS
}

/// True for a raised number that follows a word without a space. The number belongs to that word.
fn begins_raised(paragraph: &Paragraph, cluster: usize) -> bool {
    let here = &paragraph.clusters[cluster];
    paragraph.text_run(here).rise > 0.0 && !paragraph.clusters[cluster - 1].class.is_space()
}

/// End of a paragraph that fits on one line as it is. None for any other paragraph, and for an empty one.
pub(super) fn single_line_end(paragraph: &Paragraph, measure: &Measure) -> Option<Breakpoint> {
    if paragraph.text.is_empty() || paragraph.text.contains('\u{2028}') {
        return None;
    }
    let end = Breakpoint {
        penalty: 0,
        flagged: false,
        ..at_break(paragraph, paragraph.clusters.len())
    };
    let width = end.before.width - paragraph.sum_to_line_start(0).width;
    (width <= measure.width).then_some(end)
}

/// Breakpoints of a logical line without hyphenation by patterns, except in words wider than the measure, in order, with
/// the forced end last.
pub(super) fn unhyphenated(
    paragraph: &Paragraph,
    logical_line: &LogicalLine,
    measure: &Measure,
) -> Vec<Breakpoint> {
    let mut breakpoints: Vec<Breakpoint> = logical_line
        .inner
        .iter()
        .map(|&cluster| at_break(paragraph, cluster))
        .collect();
    breakpoints.extend(author_hyphens(paragraph, logical_line));
    breakpoints.extend(wide_hyphens(paragraph, logical_line, measure));
    breakpoints.sort_by_key(|place| place.at);
    breakpoints.dedup_by_key(|place| place.at);
    breakpoints.push(Breakpoint {
        penalty: 0,
        flagged: false,
        ..at_break(paragraph, logical_line.end)
    });
    breakpoints
}

/// The given breakpoints and those of the hyphenation patterns, in order.
pub(super) fn hyphenated(
    paragraph: &Paragraph,
    logical_line: &LogicalLine,
    mut breakpoints: Vec<Breakpoint>,
) -> Vec<Breakpoint> {
    let found = paragraph
        .text_runs
        .iter()
        .enumerate()
        .flat_map(|(index, _)| hyphens(paragraph, index));
    breakpoints
        .extend(found.filter(|place| logical_line.start < place.at && place.at < logical_line.end));
    breakpoints.sort_by_key(|place| place.at);
    // A word wider than the measure has its hyphens already.
    breakpoints.dedup_by_key(|place| place.at);
    breakpoints
}

/// Breakpoints in words wider than the measure, by the patterns of their language.
fn wide_hyphens(
    paragraph: &Paragraph,
    logical_line: &LogicalLine,
    measure: &Measure,
) -> Vec<Breakpoint> {
    let mut breakpoints = Vec::new();
    let mut start = logical_line.start;
    for &end in logical_line.inner.iter().chain([&logical_line.end]) {
        let from = std::mem::replace(&mut start, end);
        let width = paragraph.sum_to_line_end(end).width - paragraph.sum_to_line_start(from).width;
        if width <= measure.width + ROUNDING {
            continue;
        }
        let clusters = &paragraph.clusters[from..end];
        let bytes = clusters[0].bytes().start..clusters[clusters.len() - 1].bytes().end;
        if is_address(word_around(&paragraph.text, &bytes)) {
            continue;
        }
        for (own, text_run) in &paragraph.text_runs {
            let (from, to) = (bytes.start.max(own.start), bytes.end.min(own.end));
            if from >= to || text_run.hyphens == Hyphens::Never || text_run.rise != 0.0 {
                continue;
            }
            let hyphen = paragraph.hyphen_width(text_run);
            let ends = emergency_hyphens(&paragraph.text[from..to], text_run.style.lang);
            let places = ends
                .into_iter()
                .filter_map(|at| paragraph.cluster_at(from + at));
            breakpoints.extend(places.map(|cluster| at_hyphen(paragraph, cluster, hyphen)));
        }
    }
    breakpoints
}

/// Text from the space before some bytes to the space behind them.
pub(crate) fn word_around<'t>(text: &'t str, bytes: &Range<usize>) -> &'t str {
    let before = text[..bytes.start].char_indices().rev();
    let start = before
        .take_while(|(_, ch)| !ch.is_whitespace())
        .last()
        .map_or(bytes.start, |(at, _)| at);
    let inside = text[bytes.clone()].trim_end();
    let end = bytes.start + inside.len();
    if inside.len() < bytes.len() {
        return &text[start..end];
    }
    let after = text[end..].find(char::is_whitespace);
    &text[start..after.map_or(text.len(), |at| end + at)]
}

/// Bytes of a text without spaces at which a hyphen may part it when a line has no room for all of it. Names and joined
/// words are no exception. None in an address, a number, or a language without patterns.
pub(crate) fn emergency_hyphens(text: &str, lang: &str) -> Vec<usize> {
    let Some(lang) = language(lang).filter(|_| !is_address(text)) else {
        return Vec::new();
    };
    // The author's hyphens win.
    let mut ends: Vec<usize> = text
        .match_indices('\u{AD}')
        .map(|(at, sign)| at + sign.len())
        .collect();
    for word in words(text) {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let binds = |ch: char| ch == '\u{AD}' || ch.is_ascii_digit();
        if word.chars().count() < MIN_HYPHENATED_LETTERS
            || text[..start].ends_with(binds)
            || text[start + word.len()..].starts_with(binds)
        {
            continue;
        }
        let mut at = start;
        for syllable in hyphenate_bounded(word, lang, LEFT_HYPHEN_MIN, RIGHT_HYPHEN_MIN) {
            at += syllable.len();
            if at < start + word.len() {
                ends.push(at);
            }
        }
    }
    ends.sort_unstable();
    ends
}

/// Breakpoint before a cluster, without a hyphen.
fn at_break(paragraph: &Paragraph, cluster: usize) -> Breakpoint {
    let before = paragraph.clusters[..cluster].last();
    let last = before
        .and_then(|cluster| paragraph.text[cluster.bytes()].chars().next_back())
        .unwrap_or(' ');
    // A line end after a space or between ideographs is free.
    let after_dash = matches!(last, '-' | '\u{2010}' | '–' | '—' | '/');
    let penalty = if after_dash { HYPHEN_PENALTY } else { 0 };
    let (before, after) = (
        paragraph.sum_to_line_end(cluster),
        paragraph.sum_to_line_start(cluster),
    );
    Breakpoint {
        before,
        after,
        extra: 0,
        penalty,
        flagged: after_dash,
        hyphen: false,
        at: cluster,
    }
}

/// Breakpoint inside a word. `extra` is the width of the hyphen alone, in 1/65536 pt; both halves of a chosen break are
/// shaped again.
fn at_hyphen(paragraph: &Paragraph, cluster: usize, extra: i64) -> Breakpoint {
    let (before, after) = (
        paragraph.sum_to_line_end(cluster),
        paragraph.sum_to_line_start(cluster),
    );
    Breakpoint {
        before,
        after,
        extra,
        penalty: HYPHEN_PENALTY,
        flagged: true,
        hyphen: true,
        at: cluster,
    }
}

/// Breakpoints after the soft hyphens of the text.
fn author_hyphens<'a>(
    paragraph: &'a Paragraph,
    logical_line: &'a LogicalLine,
) -> impl Iterator<Item = Breakpoint> + 'a {
    let soft = paragraph
        .text
        .match_indices('\u{AD}')
        .map(|(at, sign)| at + sign.len());
    let clusters = soft.filter_map(|at| paragraph.cluster_at(at));
    clusters
        .filter(|cluster| logical_line.start < *cluster && *cluster < logical_line.end)
        .map(|cluster| {
            let text_run = paragraph.text_run(&paragraph.clusters[cluster - 1]);
            at_hyphen(paragraph, cluster, paragraph.hyphen_width(text_run))
        })
}

/// Breakpoints in the words of a text run, by the patterns of its language.
fn hyphens(paragraph: &Paragraph, index: usize) -> Vec<Breakpoint> {
    let (bytes, text_run) = &paragraph.text_runs[index];
    let Some(lang) = language(text_run.style.lang) else {
        return Vec::new();
    };
    if text_run.hyphens != Hyphens::Any || text_run.rise != 0.0 {
        return Vec::new();
    }
    let text = &paragraph.text[bytes.clone()];
    let hyphen = paragraph.hyphen_width(text_run);
    let mut breakpoints = Vec::new();
    for word in words(text) {
        let start = bytes.start + word.as_ptr().addr() - text.as_ptr().addr();
        if !may_hyphenate(word, lang) || is_joined(paragraph, index, start, start + word.len()) {
            continue;
        }
        let mut at = start;
        for syllable in hyphenate_bounded(word, lang, LEFT_HYPHEN_MIN, RIGHT_HYPHEN_MIN) {
            at += syllable.len();
            if at < start + word.len() {
                breakpoints.extend(
                    paragraph
                        .cluster_at(at)
                        .map(|cluster| at_hyphen(paragraph, cluster, hyphen)),
                );
            }
        }
    }
    breakpoints
}

/// Hyphenation language of a BCP 47 tag. None for a language without patterns.
fn language(tag: &str) -> Option<Lang> {
    match tag.split('-').next() {
        Some("en") => Some(Lang::English),
        Some("de") => Some(Lang::German),
        _ => None,
    }
}

/// Words of a text: letters other than ideographs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|ch: char| !ch.is_alphabetic() || is_ideograph(ch))
        .filter(|word| !word.is_empty())
}

/// False for short words and for names. A name has a capital inside; in English, where nouns are lower case, also a
/// capital at the start.
fn may_hyphenate(word: &str, lang: Lang) -> bool {
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let name = chars.any(char::is_uppercase) || capital && lang == Lang::English;
    !name && word.chars().count() >= MIN_HYPHENATED_LETTERS
}

/// True for a part of something longer: `model3`, `well-known`, `example.org`, a word with soft hyphens or in two text
/// runs. `start` and `end` are bytes of the paragraph.
fn is_joined(paragraph: &Paragraph, index: usize, start: usize, end: usize) -> bool {
    // Raised numbers around the word are no part of it.
    let raised =
        |other: Option<&(_, &TextRun)>| other.is_some_and(|(_, text_run)| text_run.rise != 0.0);
    let own = &paragraph.text_runs[index].0;
    let from = if index > 0 && raised(paragraph.text_runs.get(index - 1)) {
        own.start
    } else {
        0
    };
    let to = if raised(paragraph.text_runs.get(index + 1)) {
        own.end
    } else {
        paragraph.text.len()
    };
    let mut before = paragraph.text[from..start].chars().rev();
    let mut after = paragraph.text[end..to].chars();
    joins(before.next(), before.next()) || joins(after.next(), after.next())
}

/// True when the character beside a word, together with the one beyond, makes the word part of something longer.
fn joins(near: Option<char>, far: Option<char>) -> bool {
    let text = |ch: char| ch.is_alphanumeric() && !is_ideograph(ch);
    near.is_some_and(|ch| {
        text(ch)
            || ch == '\u{AD}'
            || matches!(
                ch,
                '.' | '/' | '@' | '_' | '-' | '\u{2010}' | '\u{2011}' | ':' | '&' | '=' | '#' | '~'
            ) && far.is_some_and(|far| text(far) || far == '/')
    })
}
