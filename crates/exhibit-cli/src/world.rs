//! The only reader: files, arguments, environment, terminal.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the door through which the world comes in"
)]

mod git;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

pub(crate) use git::Revision;

use crate::exit::Fault;

/// Most bytes of an input file. Spans count in 32 bits, and a brief of fifty pages has about 200 KB.
const MAX_BYTES: u64 = 64 << 20;

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
pub(crate) fn entry(path: &Path) -> Result<Entry, Fault> {
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
pub(crate) fn folder(path: &Path) -> Result<Option<PathBuf>, Fault> {
    let found = entry(path)?;
    if found == Entry::Nothing {
        return Ok(None);
    }
    let real = fs::canonicalize(path).map_err(|error| {
        if found == Entry::Link && error.kind() == io::ErrorKind::NotFound {
            let name = path.display();
            return Fault::World(format!(
                "{name} is a link to what is not there; remove the link, or make the folder that it leads to"
            ));
        }
        unreadable(path, &error)
    })?;
    if entry(&real)? == Entry::Folder {
        Ok(Some(real))
    } else {
        Err(Fault::World(format!("{} is not a folder", path.display())))
    }
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
pub(crate) fn default_brief() -> Result<PathBuf, Fault> {
    DEFAULT_BRIEFS
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.is_file())
        .ok_or_else(|| {
            Fault::World(
                "there is neither brief.yaml nor data/brief.yaml here; name a brief, or write one to begin with by \
                 `exhibit init`"
                    .to_owned(),
            )
        })
}

/// True when a path leads to a file.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The bytes of an input file.
///
/// # Errors
/// Why there are none, in words that follow "cannot be read: ".
pub(crate) fn input(path: &Path) -> Result<Vec<u8>, String> {
    let file = plain(path)?;
    // One byte more than there should be, to see the end at once.
    let length = file.metadata().map_or(0, |found| found.len());
    let room = usize::try_from(length.min(MAX_BYTES) + 1).unwrap_or_default();
    let mut bytes = Vec::with_capacity(room);
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// A file of rows, to be read as it streams by: it may be larger than memory. A byte order mark is left out.
///
/// # Errors
/// Why it cannot be read, in words that follow "cannot be read: ".
pub(crate) fn rows(path: &Path) -> Result<Box<dyn Read>, String> {
    let mut file = plain(path)?;
    let mut begin = Vec::new();
    (&mut file)
        .take(3)
        .read_to_end(&mut begin)
        .map_err(|error| reason(&error))?;
    if begin == "\u{feff}".as_bytes() {
        begin.clear();
    }
    Ok(Box::new(io::Cursor::new(begin).chain(file)))
}

/// A plain file, opened; what a link leads to counts. A pipe or a device is looked at, not opened: opening it could wait for ever.
fn plain(path: &Path) -> Result<File, String> {
    let found = fs::metadata(path).map_err(|error| reason(&error))?;
    if found.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !found.is_file() {
        return Err("it is a pipe or a device; only plain files are read".to_owned());
    }
    File::open(path).map_err(|error| reason(&error))
}

fn too_large() -> String {
    format!("it is larger than {} MiB", MAX_BYTES >> 20)
}

/// The text of an input file.
///
/// # Errors
/// Why there is none, in words that follow "cannot be read: ".
pub(crate) fn text(path: &Path) -> Result<String, String> {
    decoded(input(path)?)
}

fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!(
            "it is not UTF-8 text (line {line}, byte {})",
            sound.len() + 1
        )
    })
}

/// The bytes of an output file, or `None` when there is nothing.
///
/// # Errors
/// When there is something that cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Fault> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::World(format!(
        "{} cannot be read: {}",
        path.display(),
        reason(error)
    ))
}

/// What the machine says, without the number that Rust adds.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would be too large".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => {
            let said = error.to_string();
            said.split(" (os error").next().unwrap_or(&said).to_owned()
        }
    }
}
