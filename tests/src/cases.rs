//! Cases: inputs on which a tool of this kind was wrong, a folder each in `tests/data/cases`, with `expect.txt` beside them. A test copies
//! a case into a folder of its own and runs the program there.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Run, run_in};
use crate::workspace;

/// A copy of one case.
#[derive(Debug)]
pub struct Case {
    folder: TempDir,
}

/// The names of all cases, sorted.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn names() -> Vec<String> {
    let folder = workspace().join("tests/data/cases");
    let entries = fs::read_dir(folder).expect("the folder of the cases");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names
}

impl Case {
    /// Copies a case.
    ///
    /// # Panics
    /// When there is no case of this name, or the disk takes no copy.
    #[must_use]
    pub fn open(name: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let from = workspace().join("tests/data/cases").join(name);
        let entries =
            fs::read_dir(&from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        for entry in entries {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            fs::copy(&path, folder.path().join(name)).expect("a copy");
        }
        Self { folder }
    }

    /// The folder of the copy.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces a text in a file of the copy, for the ways out that a finding names.
    ///
    /// # Panics
    /// When the file does not hold the text.
    #[must_use]
    pub fn with(self, file: &str, old: &str, new: &str) -> Self {
        let path = self.folder().join(file);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(old), "{file} does not hold {old:?}");
        fs::write(&path, text.replace(old, new)).expect("a file");
        self
    }

    /// Runs `exhibit` in the copy.
    #[must_use]
    pub fn run(&self, args: &[&str]) -> Run {
        run_in(self.folder(), args)
    }

    /// The findings of `exhibit check brief.yaml`.
    #[must_use]
    pub fn check(&self) -> Run {
        self.run(&["check", "brief.yaml"])
    }

    /// Builds PDF and SVG, and wants success.
    ///
    /// # Panics
    /// When the build fails; the message has its findings.
    #[must_use]
    pub fn build(&self) -> Run {
        let run = self.run(&["build", "brief.yaml", "--format", "pdf,svg"]);
        assert_eq!(run.code, 0, "{}", run.talk);
        run
    }

    /// A file that `build` wrote, by its path from `output`.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn output(&self, path: &str) -> Vec<u8> {
        let path: PathBuf = self.folder().join("output").join(path);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The facts of `exhibit facts brief.yaml --format json`.
    ///
    /// # Panics
    /// When the brief has errors.
    #[must_use]
    pub fn facts(&self) -> Value {
        let run = self.run(&["facts", "brief.yaml", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.talk);
        serde_json::from_str(&run.data).expect("JSON")
    }
}
