//! An output folder, replaced: new files appear together, or none does.
//!
//! Everything is first written into a stage on the same disk. For a folder that is not there yet, the stage stands beside it,
//! and the folder appears in one rename. In one that is there, the stage stands inside (it may be a disk of its own, and what
//! is around it may not be ours to write); each file is renamed over its predecessor, which is kept in the stage until the last
//! file, the manifest, is in place, and whatever fails before that is undone in reverse. What is killed before that is undone by
//! the next build, which finds the stage ([`super::claim()`]). Renames are not forced to the disk: a build that a power cut takes is
//! built again.

use std::fs;
use std::io;
use std::path::Path;

use super::create::missing_folders;
use super::stage::{Stage, Step, place};
use crate::exit::Failure;
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
) -> Result<(), Failure> {
    let target = folder.real.as_deref().unwrap_or(&folder.name);
    let why = |error: &io::Error| {
        let name = folder.name.display();
        format!("{name} cannot be written: {}", world::reason(error))
    };
    let Some((parent, begin)) = place(target, folder.real.is_some()) else {
        return Err(Failure::World(format!(
            "{} cannot be an output folder",
            target.display()
        )));
    };
    let made = missing_folders(&parent);
    let mut undone = Ok(());
    let mut stage = None;
    let done = fs::create_dir_all(&parent)
        .and_then(|()| Stage::new(&parent, &begin))
        .and_then(|own| {
            let stage: &Stage = stage.insert(own);
            fill(&stage.new_files(), files)?;
            if folder.real.is_none() {
                return fs::rename(stage.new_files(), target);
            }
            let done = stage.exchange(target, &steps(target, files, remove));
            if done.is_err() {
                undone = stage.put_back(target);
            }
            done
        });
    if let (Err(first), Err(second), Some(stage)) = (&done, &undone, &stage) {
        // What was kept is all that is left of some files: the stage stays, and the next build tries again.
        return Err(Failure::World(format!(
            "{}; some earlier files could not be restored: {}; the earlier files are kept in {}",
            why(first),
            world::reason(second),
            stage.old_files().display()
        )));
    }
    if let Some(stage) = stage {
        stage.remove();
    }
    if done.is_ok() {
        clear(target, remove);
    }
    done.map_err(|error| {
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        Failure::World(why(&error))
    })
}

/// Writes files into a folder of their own.
fn fill(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    fs::create_dir(folder)?;
    // Files of one folder follow one another.
    let mut ready = folder.to_path_buf();
    for (path, bytes) in files {
        let at = folder.join(path);
        if let Some(parent) = at.parent()
            && parent != ready
        {
            fs::create_dir_all(parent)?;
            ready = parent.to_path_buf();
        }
        fs::write(at, bytes)?;
    }
    Ok(())
}

/// What is to be done, in this order: what goes is first, as on some disks it has the same name as what comes, but for its capitals.
fn steps<'a>(target: &Path, files: &[(&'a str, &[u8])], remove: &'a [String]) -> Vec<Step<'a>> {
    let goes = |path: &str| {
        let path = path.to_lowercase();
        remove.iter().any(|gone| gone.to_lowercase() == path)
    };
    let comes = files.iter().map(|(path, _)| {
        if target.join(path).is_file() && !goes(path) {
            Step::Replaces(path)
        } else {
            Step::Comes(path)
        }
    });
    let gone = remove.iter().map(|path| Step::Goes(path));
    gone.chain(comes).collect()
}

/// Removes the folders that are empty without what went.
fn clear(target: &Path, remove: &[String]) {
    for path in remove {
        if let Some(folder) = target.join(path).parent()
            && folder != target
        {
            // Goes only when nothing is left in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::scratch::Scratch;

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
