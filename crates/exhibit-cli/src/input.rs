//! A brief and its data sets, read and compiled.

use std::path::{Path, PathBuf};

use exhibit_core::{Compilation, Facts};

use crate::exit::{Exit, Fault};
use crate::world::{self, World};
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
        let name = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(
                || "brief".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        let mut files = vec![InputFile {
            name: name(brief.file_name()),
            text,
        }];
        let folder = brief.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let first = files[0].text.clone();
        let mut load = |said: &str| {
            let path = folder.join(said);
            let text = world::text(&path)?;
            let bare = unmarked(&text).to_owned();
            files.push(InputFile {
                name: relative(said),
                text,
            });
            Ok((path.display().to_string(), bare))
        };
        let compilation =
            exhibit_core::compile(&brief.display().to_string(), unmarked(&first), &mut load);
        Ok(Self {
            compilation,
            files,
            stem: name(brief.file_stem()),
        })
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
