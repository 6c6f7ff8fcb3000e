//! Why the machine does not give or take a file, in words.

use std::io;

use exhibit::LoadError;

/// What the machine says, without the number that Rust adds.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would be too large".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        kind => match LoadError::from(io::Error::from(kind)) {
            // What a file that is written has in common with one that is read has the same words.
            LoadError::Other(_) => {
                let text = error.to_string();
                text.split(" (os error").next().unwrap_or(&text).to_owned()
            }
            same => same.to_string(),
        },
    }
}
