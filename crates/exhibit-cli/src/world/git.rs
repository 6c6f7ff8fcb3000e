//! Files as they were at a revision, read through the program `git`.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use exhibit::{LoadError, Loader, MAX_BYTES};

use super::reason::reason;
use crate::exit::Failure;

/// A commit of the repository that the program was started in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Revision {
    /// As it was typed.
    pub(crate) name: String,
    /// Its full identifier: what is read stays one edition even if a branch moves meanwhile.
    commit: String,
}

impl Revision {
    /// The commit that a name stands for: `HEAD~1`, a branch, a tag, an identifier.
    ///
    /// # Errors
    /// When git is not there, this is no repository, or it knows no such revision.
    pub(crate) fn find(name: &str) -> Result<Self, Failure> {
        let unknown = |why: &str| Failure::World(format!("`{name}` is neither a file nor {why}"));
        // A name that begins so would be taken for an option.
        if name.starts_with('-') || name.is_empty() {
            return Err(unknown("a git revision"));
        }
        let commit = format!("{name}^{{commit}}");
        let found = git(&["rev-parse", "--verify", "--quiet", &commit]).map_err(Failure::World)?;
        if found.status.success() {
            return Ok(Self {
                name: name.to_owned(),
                commit: String::from_utf8_lossy(&found.stdout).trim().to_owned(),
            });
        }
        let here = git(&["rev-parse", "--git-dir"]).map_err(Failure::World)?;
        if here.status.success() {
            Err(unknown("a revision that git knows"))
        } else {
            Err(unknown(&format!(
                "a git revision: no git repository was found ({})",
                reason_of(&here)
            )))
        }
    }
}

impl Revision {
    /// The bytes of a file at this revision, its path as seen from here.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        // `./` makes a path start from the folder that git runs in, and not from the top of the repository.
        let (folder, path) = match (path.is_absolute(), path.parent(), path.file_name()) {
            (true, Some(folder), Some(name)) => (folder.display().to_string(), Path::new(name)),
            _ => (".".to_owned(), path),
        };
        let object = format!("{}:./{}", self.commit, path.display());
        let found = git(&["-C", &folder, "cat-file", "blob", &object]).map_err(LoadError::Other)?;
        if !found.status.success() {
            return Err(LoadError::Other(format!(
                "the file does not exist at {}",
                self.name
            )));
        }
        if found.stdout.len() as u64 > MAX_BYTES {
            return Err(LoadError::TooLarge { limit: MAX_BYTES });
        }
        Ok(found.stdout)
    }
}

impl Loader for Revision {
    fn text(&self, path: &Path) -> Result<String, LoadError> {
        LoadError::decoded(self.bytes(path)?)
    }

    /// A table may be a workbook, or in another encoding.
    fn rows(&self, path: &Path) -> Result<Box<dyn Read>, LoadError> {
        Ok(Box::new(Cursor::new(self.bytes(path)?)))
    }

    fn name(&self, path: &Path) -> String {
        format!("{}:{}", self.name, path.display())
    }
}

/// Runs git to its end.
///
/// # Errors
/// When it cannot be started.
fn git(args: &[&str]) -> Result<Output, String> {
    let output = Command::new("git").args(args).output();
    output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            "git is not installed, and is needed to read revisions; install git, or compare two files".to_owned()
        }
        _ => format!("git cannot be started: {}", reason(&error)),
    })
}

/// The first line of what git prints of a failure.
fn reason_of(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or("git gives no reason");
    line.trim_start_matches("fatal: ").to_owned()
}
