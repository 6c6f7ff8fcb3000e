//! The front door: a brief's text in, facts and findings out.

use std::collections::BTreeSet;
use std::io::Read;

use exhibit_facts::facts::{Facts, Use};
use exhibit_facts::language::Language;
use exhibit_facts::span::Span;

use crate::diag::{Finding, Report};
use crate::model::{DataModel, MetricModel};
use crate::source::SourceMap;
use crate::{parse, resolve, table, yaml};

/// What compiling a brief gives.
#[derive(Debug)]
pub struct Compilation {
    /// The files read.
    pub sources: SourceMap,
    /// What was found.
    pub report: Report,
    /// The facts; `None` if an error was found.
    pub facts: Option<Facts>,
    /// Every text that may be drawn and is more than ASCII, with its place: what faces must have glyphs for.
    pub texts: Vec<(Span, String)>,
    /// Every place of the brief that names a fact or an event, in the order of reading.
    pub uses: Vec<Use>,
}

/// Gives the name and the text of a file that a brief names, or why there is none.
pub type Load<'a> = dyn FnMut(&str) -> Result<(String, String), String> + 'a;

/// Opens a file of rows that a data set names, or says why it cannot be read. It is read once, from begin to end.
pub type Open<'a> = dyn FnMut(&str) -> Result<Box<dyn Read>, String> + 'a;

/// Compiles a brief. `load` gives the name and the text of a file that the brief names, or why there is none; core itself reads no files.
///
/// ```
/// let brief = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nbody: [{text: 'We count {{ a@2023 }}.'}]\n";
/// let data = "sources: {s: {title: S}}\nmetrics: {a: {label: A, unit: people, observations: [{at: 2023, value: '> 5', from: s}]}}\n";
/// let done = exhibit_core::compile("b.yaml", brief, &mut |name| Ok((name.to_owned(), data.to_owned())));
/// assert!(done.report.is_empty(), "{:?}", done.report);
/// assert_eq!(done.facts.unwrap().facts[0].forms.label, ">\u{a0}5\u{a0}people");
/// ```
pub fn compile(name: &str, text: &str, load: &mut Load<'_>) -> Compilation {
    compile_with(name, text, load, None)
}

/// The same, with tables read through `open` as they stream by, so that they need not fit into memory. Without `open` they come
/// through `load`, whole.
pub fn compile_with(
    name: &str,
    text: &str,
    load: &mut Load<'_>,
    mut open: Option<&mut Open<'_>>,
) -> Compilation {
    let mut sources = SourceMap::default();
    let mut report = Report::default();
    let file = sources.add(name, text);
    let mut texts = Vec::new();
    let brief = match yaml::read(&sources, file) {
        Err(finding) => {
            report.push(*finding);
            None
        }
        Ok(root) => {
            root.texts(&mut texts);
            parse::brief(
                &mut parse::Reader {
                    sources: &sources,
                    report: &mut report,
                },
                &root,
            )
        }
    };
    let Some(brief) = brief else {
        return Compilation {
            sources,
            report,
            facts: None,
            texts,
            uses: Vec::new(),
        };
    };
    let mut data = Vec::new();
    let mut uses = Vec::new();
    let mut unread = false;
    for (index, wanted) in brief.data.iter().enumerate() {
        let before = &brief.data[..index];
        if let Some(first) = before.iter().find(|other| other.raw == wanted.raw) {
            report.push(
                Finding::error(
                    "duplicate-key",
                    wanted.span,
                    format!("the data set `{}` is named twice", wanted.raw),
                )
                .label("again here")
                .other(first.span, "first here")
                .help("name it once"),
            );
            continue;
        }
        match load(&wanted.raw) {
            Err(why) => {
                unread = true;
                report.push(
                    Finding::error(
                        "unreadable-file",
                        wanted.span,
                        format!("`{}` cannot be read: {why}", wanted.raw),
                    )
                    .label("named here")
                    .help("names of data sets are relative to the brief's folder"),
                );
            }
            Ok((name, text)) => {
                match read_data(&mut sources, &mut report, &mut texts, &name, &text) {
                    Some(mut set) => {
                        for metric in &mut set.metrics {
                            let language = brief.language;
                            read_table(metric, load, &mut open, language, &mut report, &mut texts);
                        }
                        data.push(set);
                    }
                    None => unread = true,
                }
            }
        }
    }
    unread |= brief.data.is_empty();
    if brief.data.is_empty() && !report.has_errors() {
        report.push(
            Finding::error(
                "missing-key",
                Span {
                    file,
                    start: 0,
                    end: 0,
                },
                "the brief names no data set",
            )
            .help("add `data: [file.yaml]`"),
        );
    }
    if unread {
        // Every name of the missing data would be unknown: one finding would drown in a hundred.
        return Compilation {
            sources,
            report,
            facts: None,
            texts,
            uses,
        };
    }
    let facts = resolve::resolve(brief, data, &sources, &mut report, &mut texts, &mut uses);
    let facts = facts.filter(|_| !report.has_errors());
    Compilation {
        sources,
        report,
        facts,
        texts,
        uses,
    }
}

fn read_data(
    sources: &mut SourceMap,
    report: &mut Report,
    texts: &mut Vec<(Span, String)>,
    name: &str,
    text: &str,
) -> Option<DataModel> {
    let file = sources.add(name, text);
    match yaml::read(sources, file) {
        Ok(root) => {
            root.texts(texts);
            parse::data(&mut parse::Reader { sources, report }, &root)
        }
        Err(finding) => {
            report.push(*finding);
            None
        }
    }
}

/// Takes in the rows of a metric's table, if it has one.
fn read_table(
    metric: &mut MetricModel,
    load: &mut Load<'_>,
    open: &mut Option<&mut Open<'_>>,
    language: Language,
    report: &mut Report,
    texts: &mut Vec<(Span, String)>,
) {
    let Some(table) = metric.table.take() else {
        return;
    };
    let file = &table.file;
    let input = match open {
        Some(open) => open(&file.raw),
        None => load(&file.raw)
            .map(|(_, text)| Box::new(std::io::Cursor::new(text.into_bytes())) as Box<dyn Read>),
    };
    match input {
        Ok(input) => table::observe(metric, &table, input, language, report),
        Err(why) => {
            metric.broken = true;
            report.push(
                Finding::error(
                    "unreadable-file",
                    file.span,
                    format!("`{}` cannot be read: {why}", file.raw),
                )
                .label("named here")
                .help("names of tables are relative to the brief's folder"),
            );
        }
    }
    // Dimension values are drawn, and no YAML text holds them.
    let values: BTreeSet<(Span, &str)> = metric
        .observations
        .iter()
        .flat_map(|observation| &observation.dimensions)
        .filter(|(_, value)| !value.value.is_ascii())
        .map(|(_, value)| (value.span, value.value.as_str()))
        .collect();
    texts.extend(
        values
            .into_iter()
            .map(|(span, value)| (span, value.to_owned())),
    );
    metric.table = Some(table);
}
