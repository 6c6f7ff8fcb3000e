//! The only reader: files, arguments, environment, terminal.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the door through which the world comes in"
)]

mod git;
mod reason;

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

pub(crate) use git::Revision;
pub(crate) use reason::reason;

use crate::exit::Failure;

/// The process's surroundings, read once.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// What was typed, the program's name first.
    pub(crate) args: Vec<OsString>,
    /// Talk may be coloured: it goes to a terminal, and nobody forbade it (no-color.org).
    pub(crate) color: bool,
    /// Talk goes to a terminal.
    pub(crate) terminal: bool,
    /// A backtrace is wanted.
    pub(crate) backtrace: bool,
}

impl World {
    /// The surroundings of this process.
    pub(crate) fn here() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let terminal = io::stderr().is_terminal();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            args: std::env::args_os().collect(),
            color: terminal && !dumb && !set("NO_COLOR"),
            terminal: terminal && !dumb,
            backtrace: set("RUST_BACKTRACE"),
        }
    }
}

/// What stands at a path. A symbolic link is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nothing.
    Nothing,
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device.
    Other,
}

/// What stands at a path.
///
/// # Errors
/// When that cannot be known: a part of the path is a file, or may not be entered.
pub(crate) fn entry(path: &Path) -> Result<Entry, Failure> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Ok(Entry::Link),
        Ok(found) if found.is_dir() => Ok(Entry::Folder),
        Ok(found) if found.is_file() => Ok(Entry::File(found.len())),
        Ok(_) => Ok(Entry::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Entry::Nothing),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The folder that a path leads to, links followed: `None` when there is nothing.
///
/// # Errors
/// When it leads to something else than a folder, or cannot be followed.
pub(crate) fn folder(path: &Path) -> Result<Option<PathBuf>, Failure> {
    let found = entry(path)?;
    if found == Entry::Nothing {
        return Ok(None);
    }
    let real = fs::canonicalize(path).map_err(|error| {
        if found == Entry::Link && error.kind() == io::ErrorKind::NotFound {
            let name = path.display();
            return Failure::World(format!(
                "{name} is a link to a folder that does not exist; remove the link, or make the folder"
            ));
        }
        unreadable(path, &error)
    })?;
    if entry(&real)? == Entry::Folder {
        Ok(Some(real))
    } else {
        Err(Failure::World(format!(
            "{} is not a folder",
            path.display()
        )))
    }
}

/// A file as seen from a folder, which need not be there yet: `../rows.csv`.
///
/// # Errors
/// When the file is not there, or the way to the folder cannot be followed.
pub(crate) fn seen_from(folder: &Path, file: &Path) -> Result<PathBuf, Failure> {
    let real = |path: &Path| fs::canonicalize(path).map_err(|error| unreadable(path, &error));
    let file = real(file)?;
    let folder = std::path::absolute(folder).map_err(|error| unreadable(folder, &error))?;
    // What of the folder is there is followed; the rest has no links.
    let there = folder
        .ancestors()
        .find(|part| part.exists())
        .unwrap_or(&folder);
    let rest = folder.strip_prefix(there).unwrap_or(Path::new(""));
    let folder = real(there)?.join(rest);
    let shared = folder
        .components()
        .zip(file.components())
        .take_while(|(own, other)| own == other)
        .count();
    if shared == 0 {
        return Ok(file);
    }
    let up = folder.components().skip(shared).map(|_| Path::new(".."));
    let down = file.components().skip(shared);
    Ok(up
        .chain(down.map(|part| Path::new(part.as_os_str())))
        .collect())
}

/// True for a path that leads to the root of the file system, however it is written.
pub(crate) fn is_root(path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.parent().is_none())
}

/// Where the brief is that is meant when none is named; the first there is.
pub(crate) const DEFAULT_BRIEFS: [&str; 2] = ["brief.yaml", "data/brief.yaml"];

/// The brief that is meant when none is named.
///
/// # Errors
/// When there is none.
pub(crate) fn default_brief() -> Result<PathBuf, Failure> {
    DEFAULT_BRIEFS
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.is_file())
        .ok_or_else(|| {
            Failure::World(
                "brief.yaml and data/brief.yaml do not exist here; choose a brief, or write a first brief by `exhibit init`"
                    .to_owned(),
            )
        })
}

/// True when a path leads to a file.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The bytes of an output file, or `None` when there is nothing.
///
/// # Errors
/// When there is something that cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::World(format!(
        "{} cannot be read: {}",
        path.display(),
        reason(error)
    ))
}
