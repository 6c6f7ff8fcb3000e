//! Findings to text for people: the place, the line itself, the reason, the way out.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use exhibit::Span;
use exhibit::diag::{Finding, Report, Severity};
use exhibit::source::SourceMap;

/// All findings in the order of their places, a blank line after each.
pub(crate) fn text(report: &Report, sources: &SourceMap, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for finding in report.findings() {
        out.push_str(&renderer.render(&[group(finding, sources)]));
        out.push_str("\n\n");
    }
    out
}

/// The last line: "3 errors, 1 warning; nothing was written".
pub(crate) fn closing(report: &Report, end: &str) -> String {
    let count = |severity: Severity, word: &str| {
        let count = report
            .findings()
            .iter()
            .filter(|finding| finding.severity == severity)
            .count();
        match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{count} {word}s")),
        }
    };
    let counts = [
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
    ];
    let counted = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if end.is_empty() {
        format!("{counted}\n")
    } else {
        format!("{counted}; {end}\n")
    }
}

fn group<'a>(finding: &'a Finding, sources: &'a SourceMap) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(finding.message.as_str())
        .id(finding.code.as_str());
    let places: Vec<LabelledSpan<'_>> = finding
        .span
        .iter()
        .map(|span| LabelledSpan {
            span: first_line(*span, sources),
            label: &finding.label,
            kind: AnnotationKind::Primary,
        })
        .chain(finding.others.iter().map(|(span, label)| LabelledSpan {
            span: first_line(*span, sources),
            label,
            kind: AnnotationKind::Context,
        }))
        .collect();
    let mut group = Group::with_title(title);
    let mut files: Vec<u32> = Vec::new();
    for place in &places {
        if !files.contains(&place.span.file) {
            files.push(place.span.file);
        }
    }
    for file in files {
        let here = places
            .iter()
            .filter(|place| place.span.file == file)
            .cloned();
        group = group.element(snippet(file, here.collect(), sources));
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(note)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

#[derive(Clone)]
struct LabelledSpan<'a> {
    span: Span,
    label: &'a str,
    kind: AnnotationKind,
}

/// Of a text or mapping over several lines, the first line: a bracket beside thirty lines shows nothing.
fn first_line(span: Span, sources: &SourceMap) -> Span {
    let text = sources.slice(span);
    let length = text.find('\n').unwrap_or(text.len());
    span.part(0, text[..length].trim_end().len())
}

/// The lines of one file that hold the places.
fn snippet<'a>(
    file: u32,
    places: Vec<LabelledSpan<'a>>,
    sources: &'a SourceMap,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.file(file);
    let text = source.text.as_str();
    let first = places.iter().map(|place| place.span.start).min();
    let last = places.iter().map(|place| place.span.end).max();
    let (first, last) = (first.unwrap_or(0) as usize, last.unwrap_or(0) as usize);
    // Only these lines are handed over: the renderer walks all it is given, once for each finding.
    let begin = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let line = source
        .line_column(
            places
                .iter()
                .map(|place| place.span.start)
                .min()
                .unwrap_or(0),
        )
        .line;
    let annotations = places.into_iter().map(|place| {
        let range = place.span.start as usize - begin..place.span.end as usize - begin;
        let annotation = place.kind.span(range);
        if place.label.is_empty() {
            annotation
        } else {
            annotation.label(place.label)
        }
    });
    Snippet::source(&text[begin..end])
        .line_start(line)
        .path(source.name.as_str())
        .annotations(annotations)
}
