//! A brief and its data sets, read and compiled.

use std::cell::RefCell;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use exhibit_core::Compilation;
use exhibit_facts::facts::Facts;

use crate::exit::{Exit, Fault};
use crate::world::{self, Revision, World};
use crate::{report, write};

/// A compiled brief and the files it was compiled from.
#[derive(Debug)]
pub(crate) struct Input {
    /// What came of it.
    pub(crate) compilation: Compilation,
    /// The brief, then its data sets in the order of reading.
    pub(crate) files: Vec<InputFile>,
    /// The brief's name without folder and extension: the PDF's name.
    pub(crate) stem: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InputFile {
    /// Its name as seen from the brief's folder: the same wherever the program was started.
    pub(crate) name: String,
    /// How many bytes it has.
    pub(crate) length: u64,
    /// Its BLAKE3 digest, in hexadecimal digits.
    pub(crate) digest: String,
    /// Its bytes, as they were read; `None` for a table of more than [`KEPT`] bytes, which streamed by.
    pub(crate) bytes: Option<Vec<u8>>,
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

/// The longest table that is kept, to ride in the PDF.
const KEPT: usize = 1 << 20;

/// Gives the text of a file by its path, or why there is none.
type ReadText<'a> = dyn Fn(&Path) -> Result<String, String> + 'a;

/// Opens a file of rows by its path, or says why it cannot be read.
type OpenRows<'a> = dyn Fn(&Path) -> Result<Box<dyn Read>, String> + 'a;

/// How files are had: from the disk or from a git revision.
struct Files<'a> {
    text: &'a ReadText<'a>,
    rows: &'a OpenRows<'a>,
}

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

impl Input {
    /// Reads and compiles a brief, the default one if none is named.
    ///
    /// # Errors
    /// When there is no brief, or it cannot be read. A data set that cannot be read is a finding, as it has a line.
    pub(crate) fn read(brief: Option<&Path>) -> Result<Self, Fault> {
        let brief = brief.map_or_else(world::default_brief, |path| Ok(path.to_path_buf()))?;
        let text = world::text(&brief)
            .map_err(|why| Fault::World(format!("{} cannot be read: {why}", brief.display())))?;
        let name = |path: &Path| path.display().to_string();
        let files = Files {
            text: &world::text,
            rows: &world::rows,
        };
        Ok(Self::compiled(&brief, text, &files, &name))
    }

    /// Reads and compiles a brief as it was at a git revision, with its data as they were then.
    ///
    /// # Errors
    /// When there was no such brief, or it cannot be read.
    pub(crate) fn at(revision: &Revision, brief: Option<&Path>) -> Result<Self, Fault> {
        let name = |path: &Path| format!("{}:{}", revision.name, path.display());
        let read = |path: &Path| revision.text(path);
        let rows = |path: &Path| -> Result<Box<dyn Read>, String> {
            Ok(Box::new(Cursor::new(read(path)?.into_bytes())))
        };
        let files = Files {
            text: &read,
            rows: &rows,
        };
        if let Some(brief) = brief {
            let text = read(brief).map_err(|why| {
                Fault::World(format!("{} cannot be read: {why}", brief.display()))
            })?;
            return Ok(Self::compiled(brief, text, &files, &name));
        }
        for brief in world::DEFAULT_BRIEFS.map(Path::new) {
            if let Ok(text) = read(brief) {
                return Ok(Self::compiled(brief, text, &files, &name));
            }
        }
        Err(Fault::World(format!(
            "there is neither {} at {}; name the brief by `--brief`",
            world::DEFAULT_BRIEFS.join(" nor "),
            revision.name
        )))
    }

    /// Compiles a data set on its own, by a brief that says nothing.
    pub(crate) fn of_data(path: &Path, text: &str) -> Self {
        let said = path.file_name().unwrap_or_default().to_string_lossy();
        // A text in JSON is one in YAML.
        let brief = format!(
            "title: Data\ndate: 2000-01-01\ndata: [{}]\nbody: []\n",
            serde_json::Value::from(said.as_ref())
        );
        let read = |wanted: &Path| {
            if wanted == path {
                Ok(text.to_owned())
            } else {
                world::text(wanted)
            }
        };
        let name = |path: &Path| path.display().to_string();
        let files = Files {
            text: &read,
            rows: &world::rows,
        };
        Self::compiled(&path.with_file_name("brief.yaml"), brief, &files, &name)
    }

    /// Compiles a brief; `name` is what findings call a file. Tables are not read into memory: they stream by.
    fn compiled(
        brief: &Path,
        text: String,
        files: &Files<'_>,
        name: &dyn Fn(&Path) -> String,
    ) -> Self {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(
                || "brief".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        let own = InputFile::whole(part(brief.file_name()), text.clone().into_bytes());
        let slots = RefCell::new(vec![Slot::Whole(own)]);
        let folder = brief.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let mut load = |said: &str| {
            let path = folder.join(said);
            let text = (files.text)(&path)?;
            let bare = unmarked(&text).to_owned();
            let file = InputFile::whole(relative(said), text.into_bytes());
            slots.borrow_mut().push(Slot::Whole(file));
            Ok((name(&path), bare))
        };
        let mut open = |said: &str| -> Result<Box<dyn Read>, String> {
            let rows = (files.rows)(&folder.join(said))?;
            let own = relative(said);
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
        let compilation =
            exhibit_core::compile_with(&name(brief), unmarked(&text), &mut load, Some(&mut open));
        Self {
            compilation,
            files: slots.into_inner().into_iter().map(Slot::file).collect(),
            stem: part(brief.file_stem()),
        }
    }

    /// The facts, or how the program ends without them. Says what was found, warnings too.
    ///
    /// `end` closes the report where something was found: "nothing was written".
    ///
    /// # Errors
    /// [`Exit::World`] when a data set cannot be read, [`Exit::Findings`] for any other error, and for warnings where they
    /// are denied.
    pub(crate) fn facts(&self, world: &World, deny: bool, end: &str) -> Result<&Facts, Exit> {
        let Compilation {
            report, sources, ..
        } = &self.compilation;
        let fails = report.has_errors() || (deny && !report.is_empty());
        if !report.is_empty() {
            write::talk(&report::text(report, sources, world.color));
            write::talk(&report::closing(report, if fails { end } else { "" }));
        }
        let unreadable = report
            .findings()
            .iter()
            .any(|finding| finding.code == "unreadable-file");
        match &self.compilation.facts {
            _ if unreadable => Err(Exit::World),
            Some(facts) if !fails => Ok(facts),
            _ => Err(Exit::Findings),
        }
    }
}

/// A text without the byte order mark that some editors put first.
fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A data set's name as seen from the brief. An absolute one would differ from machine to machine: its last part names it.
fn relative(said: &str) -> String {
    let path = Path::new(said);
    match path.file_name() {
        Some(name) if path.is_absolute() => name.to_string_lossy().into_owned(),
        _ => said.replace('\\', "/"),
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
