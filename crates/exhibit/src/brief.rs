//! A brief and its data, compiled: what every other module of the library works on.

use std::cell::RefCell;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use exhibit_core::diag::{Code, Report};
use exhibit_core::source::SourceMap;
use exhibit_core::{Compilation, LoadError, article, compile_with, export};
use exhibit_facts::facts::{Facts, Use};

use crate::loader::{Loader, Memory};

/// A brief with its data sets, compiled: its facts, what was found wrong, and the files it was compiled from.
///
/// ```
/// use exhibit::{Brief, Fonts, Memory, Selection};
///
/// let files = Memory::from([(
///     "staff.yaml",
///     "sources: {report: {title: Annual report}}\n\
///      metrics:\n  staff:\n    label: Staff\n    unit: people\n    observations:\n      \
///      - {at: 2023, value: '> 10_000', from: report p. 4}\n",
/// )]);
/// let text = "title: Staff\ndate: 2024-01-31\ndata: [staff.yaml]\nbody: [{text: 'The firm has {{ staff@2023 }}.'}]\n";
/// let mut brief = Brief::from_str("brief.yaml", text, &files);
/// assert!(brief.report().is_empty());
/// let outputs = brief.build(&Fonts::builtin(), &Selection::all()).expect("no findings");
/// assert_eq!(outputs[0].path, "brief.pdf");
/// assert!(outputs[0].bytes.starts_with(b"%PDF-"));
/// ```
#[derive(Debug)]
pub struct Brief {
    pub(crate) compilation: Compilation,
    pub(crate) files: Vec<InputFile>,
    pub(crate) stem: String,
    /// Characters that no face has were looked for.
    pub(crate) glyphs_checked: bool,
}

/// A file that a brief was compiled from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputFile {
    /// Its name as seen from the brief's folder: the same wherever the program was started.
    pub name: String,
    /// How many bytes it has.
    pub length: u64,
    /// Its BLAKE3 digest, in hexadecimal digits.
    pub digest: String,
    /// Its bytes; `None` for a table of more than 1 MiB, which streamed by.
    pub bytes: Option<Vec<u8>>,
}

impl InputFile {
    /// A file that was read whole.
    pub(crate) fn whole(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            length: bytes.len() as u64,
            digest: blake3::hash(&bytes).to_hex().to_string(),
            bytes: Some(bytes),
        }
    }
}

impl Brief {
    /// Reads and compiles a brief. The names of its data sets are relative to its folder.
    ///
    /// # Errors
    /// When the brief itself cannot be read. A data set that cannot be read is a finding, as it has a line.
    ///
    /// ```
    /// use exhibit::{Brief, LoadError, Memory};
    /// let none = Memory::default();
    /// assert_eq!(Brief::open("brief.yaml", &none).unwrap_err(), LoadError::NotFound);
    /// ```
    pub fn open(path: impl AsRef<Path>, loader: &dyn Loader) -> Result<Self, LoadError> {
        let path = path.as_ref();
        Ok(Self::from_str(path, &loader.text(path)?, loader))
    }

    /// Compiles the text of a brief. `path` gives the name of the brief and the folder in which its data sets are looked for. What is
    /// wrong, a data set that cannot be read included, is in the [report](Brief::report).
    ///
    /// ```
    /// use exhibit::{Brief, Memory};
    /// let files = Memory::from([("sets/empty.yaml", "metrics: {}\n")]);
    /// let text = "title: T\ndate: 2024-01-31\ndata: [empty.yaml]\nbody: [{text: No figure.}]\n";
    /// let brief = Brief::from_str("sets/b.yaml", text, &files);
    /// assert!(brief.report().is_empty());
    /// assert_eq!(brief.sources().files()[1].name, "sets/empty.yaml");
    /// ```
    pub fn from_str(path: impl AsRef<Path>, text: &str, loader: &dyn Loader) -> Self {
        let path = path.as_ref();
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(
                || "brief".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        let own = InputFile::whole(part(path.file_name()), text.as_bytes().to_vec());
        let slots = RefCell::new(vec![Slot::Whole(own)]);
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let mut load = |name: &str| {
            let path = folder.join(name);
            let text = loader.text(&path)?;
            let bare = without_mark(&text).to_owned();
            let file = InputFile::whole(relative(name), text.into_bytes());
            slots.borrow_mut().push(Slot::Whole(file));
            Ok((loader.name(&path), bare))
        };
        let mut open = |name: &str| -> Result<Box<dyn Read>, LoadError> {
            let standard_input = name == "-";
            let rows = if standard_input {
                loader.rows(Path::new(name))?
            } else {
                loader.rows(&folder.join(name))?
            };
            let own = if standard_input {
                "standard-input".to_owned()
            } else {
                relative(name)
            };
            let known = |slot: &Slot| matches!(slot, Slot::Rows(name, _) if *name == own);
            let mut slots = slots.borrow_mut();
            // A second metric of the same table reads it again; it is one file all the same.
            if slots.iter().any(known) {
                return Ok(rows);
            }
            let seen = Rc::new(RefCell::new(Seen::default()));
            slots.push(Slot::Rows(own, Rc::clone(&seen)));
            Ok(Box::new(Watched { rows, seen }))
        };
        let compilation = compile_with(
            &loader.name(path),
            without_mark(text),
            &mut load,
            Some(&mut open),
        );
        Self {
            compilation,
            files: slots.into_inner().into_iter().map(Slot::file).collect(),
            stem: part(path.file_stem()),
            glyphs_checked: false,
        }
    }

    /// The built-in brief on one article about Xiaomi's first car, with its data set.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let facts = brief.facts().expect("the built-in brief has no findings");
    /// assert_eq!(facts.fact("deliveries@2024-06").unwrap().forms.number, ">\u{a0}10,000");
    /// ```
    #[must_use]
    pub fn article() -> Self {
        let data = Memory::from([("data/xiaomi-auto.yaml", article::DATA)]);
        Self::from_str("data/brief.yaml", article::BRIEF, &data)
    }

    /// Every finding so far, errors and warnings: those of compiling, and those of each check and drawing since.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// let brief = BriefBuilder::new("Staff", "2024-01-31").text("{{ staff@2023 }}").compile(&DataSet::new());
    /// assert!(brief.report().has_errors());
    /// let span = brief.report().findings()[0].span.unwrap();
    /// assert_eq!(brief.sources().slice(span), "{{ staff@2023 }}");
    /// ```
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.compilation.report
    }

    /// Removes the warnings from the report, for a question that does not ask for them. A report with an error stays as it is.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Source};
    /// let data = DataSet::new()
    ///     .source("report", Source::new("Annual report"))
    ///     .event("launch", "2024-03", "The car is launched", "report p. 9");
    /// let events = Exhibit::timeline(["launch"]).title("The launch").subtitle("Events of the year");
    /// let brief = BriefBuilder::new("Cars", "2024-12-31").exhibit("events", events).text("No figure.");
    /// let mut brief = brief.compile(&data);
    /// assert_eq!(brief.report().findings()[0].code.as_str(), "unplaced-exhibit");
    /// brief.forget_warnings();
    /// assert!(brief.report().is_empty());
    /// ```
    pub fn forget_warnings(&mut self) {
        if !self.compilation.report.has_errors() {
            self.compilation.report = Report::default();
        }
    }

    /// The texts of the brief and its data sets, in which the spans of findings and facts count.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let span = brief.facts().unwrap().fact("deliveries@2024-06").unwrap().span;
    /// assert!(brief.sources().slice(span).contains("> 10_000"));
    /// ```
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.compilation.sources
    }

    /// The files that the brief was compiled from: the brief, then its data in the order of reading.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let names: Vec<&str> = brief.files().iter().map(|file| file.name.as_str()).collect();
    /// assert_eq!(names, ["brief.yaml", "xiaomi-auto.yaml"]);
    /// ```
    #[must_use]
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// The facts, resolved; `None` where an error was found.
    ///
    /// ```
    /// use exhibit::builder::{BriefBuilder, DataSet};
    /// let brief = |text| BriefBuilder::new("Nothing", "2024-01-31").text(text).compile(&DataSet::new());
    /// assert!(brief("No figure.").facts().unwrap().facts.is_empty());
    /// assert!(brief("{{ staff@2023 }}").facts().is_none());
    /// ```
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        let facts = self.compilation.facts.as_ref();
        facts.filter(|_| !self.compilation.report.has_errors())
    }

    /// Every place of the brief that names a fact or an event, in the order of reading.
    ///
    /// ```
    /// use exhibit::facts::{UsePlace, Used};
    /// let brief = exhibit::Brief::article();
    /// let facts = brief.facts().unwrap();
    /// let used = brief.uses().iter().find(|one| one.at == UsePlace::Prose).unwrap();
    /// assert_eq!(brief.sources().slice(used.span), "{{ media_asked }}");
    /// let Used::Fact(id) = used.what else { panic!("a fact") };
    /// assert!(facts.facts[id.0].address.starts_with("media_asked@"));
    /// ```
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.compilation.uses
    }

    /// True when a data set or table that the brief names could not be read.
    ///
    /// ```
    /// use exhibit::{Brief, Memory};
    /// let text = "title: T\ndate: 2024-01-31\ndata: [missing.yaml]\nbody: [{text: No figure.}]\n";
    /// assert!(Brief::from_str("b.yaml", text, &Memory::default()).lacks_a_file());
    /// assert!(!Brief::article().lacks_a_file());
    /// ```
    #[must_use]
    pub fn lacks_a_file(&self) -> bool {
        let findings = self.compilation.report.findings();
        findings
            .iter()
            .any(|finding| finding.code == Code::UnreadableFile)
    }

    /// What was found so far, as JSON: code, severity, message, place, related places, notes and help of each finding.
    ///
    /// ```
    /// use exhibit::{Brief, Memory};
    /// let brief = Brief::from_str("b.yaml", "title: T\nfoo: 1\n", &Memory::default());
    /// let json = brief.findings_json();
    /// let found = json.as_array().unwrap().iter().find(|one| one["code"] == "unknown-key").unwrap();
    /// assert_eq!(found["place"]["line"], 2);
    /// ```
    #[must_use]
    pub fn findings_json(&self) -> serde_json::Value {
        export::findings(self.report(), self.sources())
    }

    /// Every fact, event and source as JSON, the form that `exhibit schema facts` describes; `None` where an error was found.
    ///
    /// ```
    /// let json = exhibit::Brief::article().facts_json().unwrap();
    /// assert!(json.contains("\"address\": \"deliveries@2024-06\""));
    /// ```
    #[must_use]
    pub fn facts_json(&self) -> Option<String> {
        Some(export::json_text(self.facts()?, export::Selection::ALL))
    }

    /// Every fact as CSV with a head line, one fact a row; `None` where an error was found.
    ///
    /// ```
    /// let csv = exhibit::Brief::article().facts_csv().unwrap();
    /// assert!(csv.starts_with("address,metric,label,at,"));
    /// ```
    #[must_use]
    pub fn facts_csv(&self) -> Option<String> {
        Some(export::csv(self.facts()?, export::Selection::ALL))
    }
}

/// The longest table that is kept, to ride in the PDF.
const KEPT: usize = 1 << 20;

/// What was seen of a table as it streamed by.
#[derive(Default)]
struct Seen {
    length: u64,
    hash: blake3::Hasher,
    bytes: Vec<u8>,
}

/// A table that is seen while it is read.
struct Watched {
    rows: Box<dyn Read>,
    seen: Rc<RefCell<Seen>>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.rows.read(into)?;
        let read = &into[..count];
        let mut seen = self.seen.borrow_mut();
        seen.length += count as u64;
        seen.hash.update(read);
        if seen.length <= KEPT as u64 {
            seen.bytes.extend_from_slice(read);
        } else {
            seen.bytes = Vec::new();
        }
        Ok(count)
    }
}

/// A file in the order of reading; a table is finished only when all is compiled.
enum Slot {
    Whole(InputFile),
    Rows(String, Rc<RefCell<Seen>>),
}

impl Slot {
    fn file(self) -> InputFile {
        match self {
            Self::Whole(file) => file,
            Self::Rows(name, seen) => {
                let seen = seen.take();
                InputFile {
                    name,
                    length: seen.length,
                    digest: seen.hash.finalize().to_hex().to_string(),
                    bytes: (seen.length <= KEPT as u64).then_some(seen.bytes),
                }
            }
        }
    }
}

/// A text without the byte order mark that some editors put first.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A data set's name as seen from the brief. An absolute one would differ from machine to machine: its last part names it.
fn relative(name: &str) -> String {
    let path = Path::new(name);
    match path.file_name() {
        Some(last) if path.is_absolute() => last.to_string_lossy().into_owned(),
        _ => name.replace('\\', "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_depend_on_the_machine() {
        assert_eq!(relative("a.yaml"), "a.yaml");
        assert_eq!(relative("../sets/a.yaml"), "../sets/a.yaml");
        assert_eq!(relative("/home/somebody/a.yaml"), "a.yaml");
    }
}
