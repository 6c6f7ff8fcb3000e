//! Files that must not be there yet.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files that are not there yet, and the folders they need: all of them, or none.
///
/// # Errors
/// When one cannot be written or is there already; those written before it are gone again.
pub(crate) fn create(files: &[(PathBuf, &str)]) -> io::Result<()> {
    let mut made: Vec<PathBuf> = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    let done = files.iter().try_for_each(|(path, text)| {
        if let Some(parent) = path.parent() {
            folders.extend(missing_folders(parent));
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(path)?;
        made.push(path.clone());
        file.write_all(text.as_bytes())
    });
    if done.is_err() {
        for path in made.iter().rev() {
            let _ = fs::remove_file(path);
        }
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    done
}

/// The folders of a path that are not there, the outermost first.
pub(super) fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_path_buf)
        .collect();
    missing.reverse();
    missing
}
