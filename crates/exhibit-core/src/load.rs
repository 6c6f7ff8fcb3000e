//! How the compiler gets the files that a brief names, and why it does not get one. It opens none itself.

use std::fmt;
use std::io::{self, Read};

/// Gives the name and the text of a file that a brief names, or why there is none.
pub type Load<'a> = dyn FnMut(&str) -> Result<(String, String), LoadError> + 'a;

/// Opens a file of rows that a data set names, or says why it cannot be read. It is read once, from begin to end.
pub type Open<'a> = dyn FnMut(&str) -> Result<Box<dyn Read>, LoadError> + 'a;

/// Why a file cannot be read. [`Display`](fmt::Display) gives words that follow "cannot be read: ".
///
/// ```
/// use exhibit_core::LoadError;
/// assert_eq!(LoadError::NotFound.to_string(), "the file does not exist");
/// assert_eq!(LoadError::TooLarge { limit: 64 << 20 }.to_string(), "the file is larger than 64 MiB");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// Nothing has this name.
    NotFound,
    /// The reader may not read it.
    PermissionDenied,
    /// The name leads to a folder.
    Folder,
    /// A part of the path is not a folder.
    NotAFolder,
    /// The name leads to a pipe or a device.
    NotPlain,
    /// It is not UTF-8 text; line and byte of the first fault, both counted from 1.
    NotUtf8 {
        /// Line.
        line: usize,
        /// Byte in the file.
        byte: usize,
    },
    /// It has more bytes than are read.
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
    },
    /// Another reason, in words.
    Other(String),
}

impl LoadError {
    /// The text of a file's bytes.
    ///
    /// # Errors
    /// [`LoadError::NotUtf8`] with the place of the first byte that is not UTF-8.
    ///
    /// ```
    /// use exhibit_core::LoadError;
    /// assert_eq!(LoadError::decoded(b"a: 1\n".to_vec()).unwrap(), "a: 1\n");
    /// assert_eq!(LoadError::decoded(b"a\nb\xff".to_vec()), Err(LoadError::NotUtf8 { line: 2, byte: 4 }));
    /// ```
    pub fn decoded(bytes: Vec<u8>) -> Result<String, Self> {
        String::from_utf8(bytes).map_err(|error| {
            let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            Self::NotUtf8 {
                line: sound.iter().filter(|byte| **byte == b'\n').count() + 1,
                byte: sound.len() + 1,
            }
        })
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("the file does not exist"),
            Self::PermissionDenied => f.write_str("permission is denied"),
            Self::Folder => f.write_str("the path is a folder"),
            Self::NotAFolder => f.write_str("a part of the path is not a folder"),
            Self::NotPlain => f.write_str("the path is a pipe or a device; choose a plain file"),
            Self::NotUtf8 { line, byte } => {
                write!(f, "the file is not UTF-8 text (line {line}, byte {byte})")
            }
            Self::TooLarge { limit } => write!(f, "the file is larger than {} MiB", limit >> 20),
            Self::Other(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<io::Error> for LoadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            io::ErrorKind::IsADirectory => Self::Folder,
            io::ErrorKind::NotADirectory => Self::NotAFolder,
            _ => {
                // Without the number that Rust adds.
                let text = error.to_string();
                Self::Other(text.split(" (os error").next().unwrap_or(&text).to_owned())
            }
        }
    }
}
