//! A brief and its data to facts and findings: read, parse, resolve.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use exhibit_facts::facts::{Facts, Use};
use exhibit_facts::language::Language;
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding, Report};
use crate::load::{Load, Open};
use crate::model::{BriefModel, DataModel, MetricModel, SourceModel, Text};
use crate::package::{Package, PackageError};
use crate::source::SourceMap;
use crate::{parse, resolve, table, yaml};

/// The result of compiling a brief.
#[derive(Debug)]
pub struct Compilation {
    /// The files read, the brief first.
    pub sources: SourceMap,
    /// The findings.
    pub report: Report,
    /// The facts; `None` if a finding is an error.
    pub facts: Option<Facts>,
    /// Every text that may be drawn and is more than ASCII, with its place. Fonts need glyphs for these texts.
    pub texts: Vec<(Span, String)>,
    /// Every place of the brief that names a fact or an event, in the order of reading.
    pub uses: Vec<Use>,
}

/// Compiles a brief. `load` gives the name and the text of a file that the brief names, or why there is none. Core itself reads no files.
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

/// Compiles a brief whose tables are read through `open` as they stream by, so that they need not fit into memory. Without `open` tables
/// come through `load`, whole.
pub fn compile_with(
    name: &str,
    text: &str,
    load: &mut Load<'_>,
    mut open: Option<&mut Open<'_>>,
) -> Compilation {
    let mut done = Compilation {
        sources: SourceMap::default(),
        report: Report::default(),
        facts: None,
        texts: Vec::new(),
        uses: Vec::new(),
    };
    let Some(brief) = done.read_brief(name, text) else {
        return done;
    };
    let Some(data) = done.read_data_sets(&brief, load, &mut open) else {
        // Every name of the missing data would be unknown: one finding would drown in a hundred.
        return done;
    };
    let facts = resolve::resolve(
        brief,
        data,
        &done.sources,
        &mut done.report,
        &mut done.texts,
        &mut done.uses,
    );
    done.facts = facts.filter(|_| !done.report.has_errors());
    done
}

impl Compilation {
    /// The brief of a text. `None` where the text is no YAML or no brief; the findings say why.
    fn read_brief(&mut self, name: &str, text: &str) -> Option<BriefModel> {
        let root = self.read_yaml(name, text)?;
        parse::brief(&mut self.reader(), &root)
    }

    /// Every data set that the brief names, with the rows of its tables. `None` where one is missing or cannot be read; the findings say
    /// which.
    fn read_data_sets(
        &mut self,
        brief: &BriefModel,
        load: &mut Load<'_>,
        open: &mut Option<&mut Open<'_>>,
    ) -> Option<Vec<DataModel>> {
        let mut data = Vec::new();
        let mut whole = true;
        let mut texts = Texts::new();
        for (index, wanted) in brief.data.iter().enumerate() {
            let mut before = brief.data[..index].iter();
            if let Some(first) = before.find(|other| other.raw == wanted.raw) {
                self.report.push(
                    Finding::error(
                        Code::DuplicateKey,
                        wanted.span,
                        format!("`data` lists the data set `{}` twice", wanted.raw),
                    )
                    .label("again here")
                    .other(first.span, "first here")
                    .help("list the data set once"),
                );
                continue;
            }
            match self.read_data_set(wanted, load) {
                Some(mut set) => {
                    for source in &mut set.sources {
                        whole &= self.read_package(source, load, &mut texts);
                    }
                    for metric in &mut set.metrics {
                        if self.describe_table(metric, load, &mut texts) {
                            self.read_table(metric, load, open, brief.language);
                        }
                    }
                    data.push(set);
                }
                None => whole = false,
            }
        }
        if brief.data.is_empty() {
            self.no_data_set();
            return None;
        }
        whole.then_some(data)
    }

    /// A brief without data is a finding at its begin, unless the list of its data sets has findings of its own.
    fn no_data_set(&mut self) {
        if self.report.has_errors() {
            return;
        }
        let begin = Span {
            // The brief is the first file of a compilation.
            file: 0,
            start: 0,
            end: 0,
        };
        self.report.push(
            Finding::error(Code::MissingKey, begin, "the brief names no data set")
                .help("add `data: [file.yaml]`"),
        );
    }

    fn read_data_set(&mut self, wanted: &Text, load: &mut Load<'_>) -> Option<DataModel> {
        match load(&wanted.raw) {
            Ok((name, text)) => {
                let root = self.read_yaml(&name, &text)?;
                parse::data(&mut self.reader(), &root)
            }
            Err(why) => {
                self.report.push(unreadable(
                    wanted,
                    &why.to_string(),
                    "check the name of the data set: names are relative to the folder of the brief",
                ));
                None
            }
        }
    }

    /// Adds to a source what its package says, if it has one; false where the package cannot be read.
    fn read_package(
        &mut self,
        source: &mut SourceModel,
        load: &mut Load<'_>,
        texts: &mut Texts,
    ) -> bool {
        let Some(wanted) = source.package.clone() else {
            return true;
        };
        let Some(package) = self.package(&wanted, load, texts) else {
            return false;
        };
        package.about().add_to(source, wanted.span);
        // What a package says is drawn, and no YAML text holds it.
        let drawn = [
            Some(&source.title),
            source.author.as_ref(),
            source.publisher.as_ref(),
            source.licence.as_ref(),
        ];
        let drawn = drawn
            .into_iter()
            .flatten()
            .filter(|text| !text.raw.is_ascii());
        self.texts
            .extend(drawn.map(|text| (text.span, text.raw.clone())));
        true
    }

    /// Adds to a table what its package says, if it has one; false where the package cannot be read.
    fn describe_table(
        &mut self,
        metric: &mut MetricModel,
        load: &mut Load<'_>,
        texts: &mut Texts,
    ) -> bool {
        let Some(table) = &mut metric.table else {
            return true;
        };
        let Some(wanted) = table.package.clone() else {
            return true;
        };
        let Some(package) = self.package(&wanted.file, load, texts) else {
            metric.broken = true;
            return false;
        };
        let resource = wanted.resource.as_ref();
        let described = package
            .resource(resource.map(|text| text.raw.trim()), &mut |file| {
                text_of(file, load, texts)
            })
            .and_then(|resource| resource.describe(table));
        if let Err(error) = described {
            let place = resource.map_or(wanted.file.span, |text| text.span);
            self.report.push(bad_package(&wanted.file, place, error));
            metric.broken = true;
            return false;
        }
        true
    }

    /// The package of a file; the finding says why there is none.
    fn package(
        &mut self,
        wanted: &Text,
        load: &mut Load<'_>,
        texts: &mut Texts,
    ) -> Option<Package> {
        match text_of(&wanted.raw, load, texts) {
            Ok(text) => match Package::parse(&wanted.raw, &text) {
                Ok(package) => Some(package),
                Err(error) => {
                    self.report.push(bad_package(wanted, wanted.span, error));
                    None
                }
            },
            Err(why) => {
                self.report.push(unreadable(
                    wanted,
                    &why,
                    "check the name of the package: names are relative to the folder of the brief",
                ));
                None
            }
        }
    }

    /// Takes in the rows of a metric's table, if the metric has one.
    fn read_table(
        &mut self,
        metric: &mut MetricModel,
        load: &mut Load<'_>,
        open: &mut Option<&mut Open<'_>>,
        language: Language,
    ) {
        let Some(table) = metric.table.take() else {
            return;
        };
        let file = &table.file;
        let input = match open {
            Some(open) => open(&file.raw),
            None => load(&file.raw).map(|(_, text)| {
                Box::new(std::io::Cursor::new(text.into_bytes())) as Box<dyn Read>
            }),
        };
        match input {
            Ok(input) => table::observe(metric, &table, input, language, &mut self.report),
            Err(why) => {
                metric.broken = true;
                self.report.push(unreadable(
                    file,
                    &why.to_string(),
                    "check the name of the table file: names are relative to the folder of the brief",
                ));
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
        self.texts.extend(
            values
                .into_iter()
                .map(|(span, value)| (span, value.to_owned())),
        );
        metric.table = Some(table);
    }

    /// Adds a file, and gives its YAML. `None` where the text is no YAML; the finding says why.
    fn read_yaml(&mut self, name: &str, text: &str) -> Option<yaml::Node> {
        let file = self.sources.add(name, text);
        match yaml::read(&self.sources, file) {
            Ok(root) => {
                root.texts(&mut self.texts);
                Some(root)
            }
            Err(finding) => {
                self.report.push(*finding);
                None
            }
        }
    }

    fn reader(&mut self) -> parse::Reader<'_> {
        parse::Reader {
            sources: &self.sources,
            report: &mut self.report,
        }
    }
}

/// The texts of packages and of their parts, each read once.
type Texts = BTreeMap<String, Result<String, String>>;

/// The text of a package or of a part of one.
fn text_of(file: &str, load: &mut Load<'_>, texts: &mut Texts) -> Result<String, String> {
    let read = || {
        load(file)
            .map(|(_, text)| text)
            .map_err(|why| why.to_string())
    };
    texts.entry(file.to_owned()).or_insert_with(read).clone()
}

/// The finding of a package that cannot be used.
fn bad_package(file: &Text, place: Span, error: PackageError) -> Finding {
    Finding::error(
        Code::BadTable,
        place,
        format!("`{}`: {}", file.raw, error.reason),
    )
    .label("read from here")
    .help(error.help)
}

/// The finding of a file that cannot be read, at the name of the file.
fn unreadable(file: &Text, why: &str, help: &str) -> Finding {
    Finding::error(
        Code::UnreadableFile,
        file.span,
        format!("`{}` cannot be read: {why}", file.raw),
    )
    .label("named here")
    .help(help)
}
