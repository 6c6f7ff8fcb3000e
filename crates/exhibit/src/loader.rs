//! Where the files of a brief come from: the disk, memory, or a loader of the caller's own.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the loader of the disk is the one door of the library to the file system"
)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use exhibit_core::LoadError;

/// The most bytes of an input file that is read whole. Spans count in 32 bits, and a brief of fifty pages has about 200 kB.
pub const MAX_BYTES: u64 = 64 << 20;

/// Gives the files that a brief and its data sets name. Paths come as the brief names them, behind the brief's own folder.
pub trait Loader {
    /// The text of a file.
    ///
    /// # Errors
    /// Why there is none.
    fn text(&self, path: &Path) -> Result<String, LoadError>;

    /// A table, to be read once as it streams by: it may be larger than memory.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn rows(&self, path: &Path) -> Result<Box<dyn Read>, LoadError> {
        Ok(Box::new(Cursor::new(self.text(path)?.into_bytes())))
    }

    /// What findings call the file.
    fn name(&self, path: &Path) -> String {
        path.display().to_string()
    }
}

/// The file system. Texts of more than [`MAX_BYTES`] are refused, and so are pipes and devices: opening one could wait for ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Disk {
    /// The bytes of a plain file, [`MAX_BYTES`] at most.
    ///
    /// # Errors
    /// [`LoadError::Folder`] for a folder, [`LoadError::NotPlain`] for a pipe or a device, [`LoadError::TooLarge`] for a longer file, or
    /// the reason of the file system.
    ///
    /// ```
    /// use exhibit::{Disk, LoadError};
    /// assert!(Disk::bytes("README.md".as_ref()).unwrap().starts_with(b"# exhibit"));
    /// assert_eq!(Disk::bytes("src".as_ref()), Err(LoadError::Folder));
    /// ```
    pub fn bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
        let file = Self::plain(path)?;
        // One byte more than there should be, to see the end at once.
        let length = file.metadata().map_or(0, |found| found.len());
        let capacity = usize::try_from(length.min(MAX_BYTES) + 1).unwrap_or_default();
        let mut bytes = Vec::with_capacity(capacity);
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(LoadError::TooLarge { limit: MAX_BYTES });
        }
        Ok(bytes)
    }

    /// A plain file, opened; what a link leads to counts.
    fn plain(path: &Path) -> Result<File, LoadError> {
        let found = fs::metadata(path)?;
        if found.is_dir() {
            return Err(LoadError::Folder);
        }
        if !found.is_file() {
            return Err(LoadError::NotPlain);
        }
        Ok(File::open(path)?)
    }
}

impl Loader for Disk {
    fn text(&self, path: &Path) -> Result<String, LoadError> {
        LoadError::decoded(Self::bytes(path)?)
    }

    /// A byte order mark is left out. The path `-` is standard input.
    fn rows(&self, path: &Path) -> Result<Box<dyn Read>, LoadError> {
        if path == Path::new("-") {
            return Ok(Box::new(Cursor::new(standard_input()?)));
        }
        let mut file = Self::plain(path)?;
        let mut begin = Vec::new();
        (&mut file).take(3).read_to_end(&mut begin)?;
        if begin == "\u{feff}".as_bytes() {
            begin.clear();
        }
        Ok(Box::new(Cursor::new(begin).chain(file)))
    }
}

/// The bytes of standard input, read once in a process: several metrics may come from one table.
fn standard_input() -> Result<&'static [u8], LoadError> {
    static INPUT: OnceLock<Result<Vec<u8>, LoadError>> = OnceLock::new();
    let input = INPUT.get_or_init(|| {
        let stream = io::stdin();
        if stream.is_terminal() {
            return Err(LoadError::Other(
                "standard input is a terminal; send a table into the program: `program < table.csv`".to_owned(),
            ));
        }
        let mut bytes = Vec::new();
        stream.lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(LoadError::TooLarge { limit: MAX_BYTES });
        }
        Ok(bytes)
    });
    match input {
        Ok(bytes) => Ok(bytes),
        Err(why) => Err(why.clone()),
    }
}

/// Files held in memory, by path.
///
/// ```
/// use exhibit::{LoadError, Loader, Memory};
/// let files = Memory::from([("data.yaml", "metrics: {}\n")]);
/// assert_eq!(files.text("data.yaml".as_ref()).unwrap(), "metrics: {}\n");
/// assert_eq!(files.text("more.yaml".as_ref()), Err(LoadError::NotFound));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    files: BTreeMap<PathBuf, String>,
}

impl Memory {
    /// Adds a file, or replaces the one of its path.
    ///
    /// ```
    /// use exhibit::{Loader, Memory};
    /// let mut files = Memory::default();
    /// files.insert("a.yaml", "sources: {}\n");
    /// files.insert("a.yaml", "metrics: {}\n");
    /// assert_eq!(files.text("a.yaml".as_ref()).unwrap(), "metrics: {}\n");
    /// ```
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }
}

impl<P: Into<PathBuf>, T: Into<String>, const N: usize> From<[(P, T); N]> for Memory {
    fn from(files: [(P, T); N]) -> Self {
        let files = files.map(|(path, text)| (path.into(), text.into()));
        Self {
            files: files.into(),
        }
    }
}

impl Loader for Memory {
    fn text(&self, path: &Path) -> Result<String, LoadError> {
        self.files.get(path).cloned().ok_or(LoadError::NotFound)
    }
}
