//! An output folder, replaced: new files appear together, or none does.
//!
//! Everything is first written into a stage on the same disk. For a folder that is not there yet, the stage stands beside it,
//! and the folder appears in one rename. In one that is there, the stage stands inside (it may be a disk of its own, and what
//! is around it may not be ours to write); each file is renamed over its predecessor, which is kept in the stage until the last
//! file, the manifest, is in place, and whatever fails before that is undone in reverse. Renames are not forced to the disk: a
//! build that a power cut takes is built again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::create::missing_folders;
use crate::exit::Fault;
use crate::plan::Folder;
use crate::world;

/// Writes files, each a path from the folder and its bytes, in this order, and removes others.
///
/// # Errors
/// When the disk does not take them; the folder is then as it was before.
pub(crate) fn replace(
    folder: &Folder,
    files: &[(&str, &[u8])],
    remove: &[String],
) -> Result<(), Fault> {
    let target = folder.real.as_deref().unwrap_or(&folder.name);
    let why = |error: &io::Error| {
        let name = folder.name.display();
        format!("{name} cannot be written: {}", world::reason(error))
    };
    let number = std::process::id();
    let (parent, stage) = match (&folder.real, target.file_name()) {
        (Some(real), _) => (real.as_path(), real.join(format!(".exhibit-{number}"))),
        (None, Some(name)) => {
            let parent = target.parent().unwrap_or(Path::new(""));
            let name = name.to_string_lossy();
            (parent, parent.join(format!(".{name}.exhibit-{number}")))
        }
        (None, None) => {
            return Err(Fault::World(format!(
                "{} cannot be an output folder",
                target.display()
            )));
        }
    };
    let made = missing_folders(parent);
    let mut undone = Ok(());
    let done = fs::create_dir_all(parent)
        .and_then(|()| fs::create_dir(&stage))
        .and_then(|()| fill(&stage.join("new"), files))
        .and_then(|()| {
            if folder.real.is_none() {
                return fs::rename(stage.join("new"), target);
            }
            let mut exchange = Exchange {
                stage: &stage,
                target,
                undo: Vec::new(),
            };
            exchange
                .all(files, remove)
                .inspect_err(|_| undone = exchange.undo())
        });
    if let (Err(first), Err(second)) = (&done, &undone) {
        // What was kept is all that is left of some files: the stage stays.
        return Err(Fault::World(format!(
            "{}; and not all of what was there could be put back: {}; it is kept in {}",
            why(first),
            world::reason(second),
            stage.join("old").display()
        )));
    }
    // A stage that cannot be removed holds nothing that anybody needs; the result stands.
    let _ = fs::remove_dir_all(&stage);
    done.map_err(|error| {
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        Fault::World(why(&error))
    })
}

/// Writes files into a folder of their own.
fn fill(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    fs::create_dir(folder)?;
    for (path, bytes) in files {
        let at = folder.join(path);
        if let Some(parent) = at.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(at, bytes)?;
    }
    Ok(())
}

/// Files on their way from the stage to the target.
struct Exchange<'a> {
    stage: &'a Path,
    target: &'a Path,
    undo: Vec<Undo>,
}

/// How one step is taken back.
enum Undo {
    /// Put the kept file there.
    Restore(PathBuf, PathBuf),
    /// Remove a file that was not there before.
    Remove(PathBuf),
    /// Remove a folder that was not there before.
    RemoveFolder(PathBuf),
}

impl Exchange<'_> {
    fn all(&mut self, files: &[(&str, &[u8])], remove: &[String]) -> io::Result<()> {
        let kept = self.stage.join("old");
        fs::create_dir(&kept)?;
        // First, as on some disks a file that goes has the same name as one that comes, but for its capitals.
        for (index, path) in remove.iter().enumerate() {
            let (at, keep) = (self.target.join(path), kept.join(format!("r{index}")));
            fs::rename(&at, &keep)?;
            self.undo.push(Undo::Restore(keep, at));
        }
        for (index, (path, _)) in files.iter().enumerate() {
            let (at, keep) = (self.target.join(path), kept.join(format!("f{index}")));
            if let Some(folder) = at.parent()
                && !folder.is_dir()
            {
                fs::create_dir(folder)?;
                self.undo.push(Undo::RemoveFolder(folder.to_path_buf()));
            }
            let undo = if at.is_file() {
                // A second name for the old file, so that the path is never without one; a copy where disks have no such.
                fs::hard_link(&at, &keep).or_else(|_| fs::copy(&at, &keep).map(|_| ()))?;
                Undo::Restore(keep, at.clone())
            } else {
                Undo::Remove(at.clone())
            };
            fs::rename(self.stage.join("new").join(path), &at)?;
            self.undo.push(undo);
        }
        for path in remove {
            if let Some(folder) = self.target.join(path).parent()
                && folder != self.target
            {
                // Goes only when nothing is left in it.
                let _ = fs::remove_dir(folder);
            }
        }
        Ok(())
    }

    /// Takes every step back, as far as can be. Gives the first reason why one could not.
    fn undo(&mut self) -> io::Result<()> {
        let mut first = Ok(());
        while let Some(step) = self.undo.pop() {
            let done = match step {
                Undo::Restore(keep, at) => fs::rename(keep, at),
                Undo::Remove(at) => fs::remove_file(at),
                Undo::RemoveFolder(at) => fs::remove_dir(at),
            };
            first = first.and(done);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for a test, gone with it.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("exhibit-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).expect("a folder");
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_failure_half_way_is_undone() {
        let scratch = Scratch::new("undone");
        let out = scratch.0.join("out");
        fs::create_dir(&out).expect("a folder");
        fs::write(out.join("a.pdf"), "old").expect("a file");
        fs::write(out.join("gone.pdf"), "left over").expect("a file");
        let folder = Folder::look(&out).expect("a folder");
        // A folder where the last file belongs, which no comparison has seen: its rename fails.
        fs::create_dir(out.join("manifest.json")).expect("a folder");
        let files: [(&str, &[u8]); 3] = [
            ("a.pdf", b"new"),
            ("charts/b.svg", b"new"),
            ("manifest.json", b"new"),
        ];
        let fault = replace(&folder, &files, &["gone.pdf".to_owned()]).expect_err("it fails");
        assert!(fault.to_string().contains("cannot be written"), "{fault}");
        let read = |name: &str| fs::read_to_string(out.join(name)).expect("it is back");
        assert_eq!(read("a.pdf"), "old");
        assert_eq!(read("gone.pdf"), "left over");
        assert!(!out.join("charts").exists(), "what was new is gone");
        let count = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
        assert_eq!(
            (count(&scratch.0), count(&out)),
            (1, 3),
            "the stage is gone"
        );
    }
}
