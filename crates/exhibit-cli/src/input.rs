//! A brief and its data sets, read and compiled.

use std::path::{Path, PathBuf};

use exhibit_core::{Compilation, Facts};

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
    /// Its text, as it was read.
    pub(crate) text: String,
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
        Ok(Self::compiled(&brief, text, &world::text, &name))
    }

    /// Reads and compiles a brief as it was at a git revision, with its data as they were then.
    ///
    /// # Errors
    /// When there was no such brief, or it cannot be read.
    pub(crate) fn at(revision: &Revision, brief: Option<&Path>) -> Result<Self, Fault> {
        let name = |path: &Path| format!("{}:{}", revision.name, path.display());
        let read = |path: &Path| revision.text(path);
        if let Some(brief) = brief {
            let text = read(brief).map_err(|why| {
                Fault::World(format!("{} cannot be read: {why}", brief.display()))
            })?;
            return Ok(Self::compiled(brief, text, &read, &name));
        }
        for brief in world::DEFAULT_BRIEFS.map(Path::new) {
            if let Ok(text) = read(brief) {
                return Ok(Self::compiled(brief, text, &read, &name));
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
        Self::compiled(&path.with_file_name("brief.yaml"), brief, &read, &name)
    }

    /// Compiles a brief; `read` gives the text of a file by its path, `name` what findings call it.
    fn compiled(
        brief: &Path,
        text: String,
        read: &dyn Fn(&Path) -> Result<String, String>,
        name: &dyn Fn(&Path) -> String,
    ) -> Self {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(
                || "brief".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        let mut files = vec![InputFile {
            name: part(brief.file_name()),
            text,
        }];
        let folder = brief.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let first = files[0].text.clone();
        let mut load = |said: &str| {
            let path = folder.join(said);
            let text = read(&path)?;
            let bare = unmarked(&text).to_owned();
            files.push(InputFile {
                name: relative(said),
                text,
            });
            Ok((name(&path), bare))
        };
        let compilation = exhibit_core::compile(&name(brief), unmarked(&first), &mut load);
        Self {
            compilation,
            files,
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
