//! The stage of a build: a folder in which everything is written before any of it is put in place. What a build that was killed left
//! of one is put back by the next.
//!
//! A stage holds `lock`, which the living build locks and the system unlocks when that build ends, however it ends; `new`, the files
//! to come; `old`, the files that went; and from the first step of the exchange to its last `steps`, the list of what was to be
//! done. While there are steps, the folder is half replaced, and from what lies in `new` and `old` it can be seen how far it came.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use exhibit::manifest;

use crate::exit::Failure;
use crate::world;

/// A step of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// A file is taken away.
    Goes(&'a str),
    /// A file is put where there is none.
    Comes(&'a str),
    /// A file is put where another one is.
    Replaces(&'a str),
}

impl<'a> Step<'a> {
    fn line(self) -> String {
        match self {
            Self::Goes(path) => format!("- {path}\n"),
            Self::Comes(path) => format!("+ {path}\n"),
            Self::Replaces(path) => format!("= {path}\n"),
        }
    }

    /// Of a line; nothing of one that no build has written.
    fn read(line: &'a str) -> Option<Self> {
        let (sign, path) = line.split_once(' ')?;
        if path != manifest::NAME && !manifest::is_output_path(path) {
            return None;
        }
        match sign {
            "-" => Some(Self::Goes(path)),
            "+" => Some(Self::Comes(path)),
            "=" => Some(Self::Replaces(path)),
            _ => None,
        }
    }
}

/// A stage of this process.
pub(super) struct Stage {
    path: PathBuf,
    /// Locked as long as it lives.
    _lock: File,
}

impl Stage {
    /// Makes the folder, named by `begin` and the number of this process; or a later number, where that is taken: in containers that
    /// share a disk, every build may have the same one.
    pub(super) fn new(parent: &Path, begin: &str) -> io::Result<Self> {
        let mut number = u64::from(std::process::id());
        let path = loop {
            let path = parent.join(format!("{begin}{number}"));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                made => break made.map(|()| path)?,
            }
        };
        // The lock is locked before it has its name: a lock that is there and not locked is that of a dead build.
        let unnamed = path.join("lock-to-be");
        let lock = File::create_new(&unnamed)?;
        // Where a disk knows no locks, no other build can lock it either, and the stage is never taken for one that is left over.
        let _ = lock.try_lock();
        fs::rename(unnamed, path.join("lock"))?;
        Ok(Self { path, _lock: lock })
    }

    /// The files to come.
    pub(super) fn new_files(&self) -> PathBuf {
        self.path.join("new")
    }

    /// The files that went.
    pub(super) fn old_files(&self) -> PathBuf {
        self.path.join("old")
    }

    /// Takes the steps. From the first to the last, the folder is half replaced; it says so by the list of steps.
    pub(super) fn exchange(&self, target: &Path, steps: &[Step<'_>]) -> io::Result<()> {
        let lines: String = steps.iter().map(|step| step.line()).collect();
        fs::create_dir(self.path.join("old"))?;
        fs::write(self.path.join("steps"), lines)?;
        for (index, step) in steps.iter().enumerate() {
            self.take(target, index, *step)?;
        }
        fs::remove_file(self.path.join("steps"))
    }

    fn take(&self, target: &Path, index: usize, step: Step<'_>) -> io::Result<()> {
        let kept = kept(&self.path, index);
        match step {
            Step::Goes(path) => return fs::rename(target.join(path), kept),
            Step::Comes(path) => {
                if let Some(folder) = target.join(path).parent() {
                    fs::create_dir_all(folder)?;
                }
            }
            Step::Replaces(path) => {
                let at = target.join(path);
                // A second name for the old file, so that the path is never without one; a copy where disks have no such.
                fs::hard_link(&at, &kept).or_else(|_| fs::copy(&at, &kept).map(|_| ()))?;
            }
        }
        let (Step::Goes(path) | Step::Comes(path) | Step::Replaces(path)) = step;
        fs::rename(self.new_files().join(path), target.join(path))
    }

    /// Takes back what was done of the steps.
    pub(super) fn put_back(&self, target: &Path) -> io::Result<()> {
        put_back(target, &self.path)
    }

    /// Removes the stage. One that cannot be removed holds nothing that anybody needs; the next build tries again.
    pub(super) fn remove(self) {
        let Self { path, _lock } = self;
        drop(_lock);
        remove(&path);
    }
}

/// Where the stage of a build stands: inside of a folder that is there, else beside the one to come. The name of the stage is the
/// beginning given here and the number of the process.
pub(super) fn place(target: &Path, there: bool) -> Option<(PathBuf, String)> {
    if there {
        return Some((target.to_path_buf(), ".exhibit-".to_owned()));
    }
    let name = target.file_name()?.to_string_lossy();
    let parent = target.parent().unwrap_or(Path::new(""));
    Some((parent.to_path_buf(), format!(".{name}.exhibit-")))
}

/// Puts back what builds that were killed have half replaced in an output folder, and removes what else is left of them.
///
/// # Errors
/// When a file cannot be put back.
pub(super) fn sweep(name: &Path) -> Result<(), Failure> {
    let real = world::folder(name)?;
    let inside = real.as_deref().and_then(|real| place(real, true));
    for (folder, begin) in inside.into_iter().chain(place(name, false)) {
        for stage in left_over(&folder, &begin) {
            if let Some(real) = &real {
                put_back(real, &stage).map_err(|error| {
                    Failure::World(format!(
                        "a build that was killed has replaced {} only in part, and the earlier files cannot be restored: {}; the earlier files are kept in {}",
                        name.display(),
                        world::reason(&error),
                        stage.join("old").display()
                    ))
                })?;
            }
            remove(&stage);
        }
    }
    Ok(())
}

/// What the name of a stage ends with that nobody needs any more.
const DONE: &str = "-done";

/// Removes a stage. It takes a name first by which it is known for what it is when it is half removed.
fn remove(stage: &Path) {
    let mut done = stage.as_os_str().to_owned();
    if !stage.to_string_lossy().ends_with(DONE) {
        done.push(DONE);
    }
    let _ = fs::rename(stage, &done).and_then(|()| fs::remove_dir_all(&done));
}

/// The stages in a folder that nobody needs, or whose builds do not live any more.
fn left_over(folder: &Path, begin: &str) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    // What cannot be looked at cannot be written either, and that is told when it is tried.
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut stages: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(begin));
            number.is_some_and(|number| {
                let number = number.strip_suffix(DONE).unwrap_or(number);
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            }) && entry.file_type().is_ok_and(|kind| kind.is_dir())
        })
        .map(|entry| entry.path())
        .filter(|stage| {
            let dead = || File::open(stage.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok());
            stage.to_string_lossy().ends_with(DONE) || dead()
        })
        .collect();
    stages.sort();
    stages
}

/// Takes back what a build has done of its steps, the last one first. Doing so twice is as good as once: it may be killed, too.
fn put_back(target: &Path, stage: &Path) -> io::Result<()> {
    let lines = match fs::read_to_string(stage.join("steps")) {
        Ok(lines) => lines,
        // It had not begun, or had come to its end.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let there = |path: &Path| path.symlink_metadata().is_ok();
    let lines: Vec<&str> = lines.lines().collect();
    for (index, line) in lines.into_iter().enumerate().rev() {
        let kept = kept(stage, index);
        match Step::read(line) {
            None => {}
            // The step was not taken: what stands there is the old file, or none.
            Some(Step::Comes(path) | Step::Replaces(path))
                if there(&stage.join("new").join(path)) => {}
            Some(Step::Comes(path)) => {
                let at = target.join(path);
                match fs::remove_file(&at) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
                if let Some(folder) = at.parent().filter(|folder| *folder != target) {
                    // Goes only when nothing is left in it.
                    let _ = fs::remove_dir(folder);
                }
            }
            // Not taken, or taken back before.
            Some(Step::Goes(_) | Step::Replaces(_)) if !there(&kept) => {}
            Some(Step::Goes(path) | Step::Replaces(path)) => {
                let at = target.join(path);
                if let Some(folder) = at.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::rename(kept, at)?;
            }
        }
    }
    fs::remove_file(stage.join("steps"))
}

/// Where the file that a step takes away is kept.
fn kept(stage: &Path, index: usize) -> PathBuf {
    stage.join("old").join(index.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::scratch::Scratch;
    use std::collections::BTreeMap;

    /// Every file below a folder, and what it says.
    fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                found.extend(files(&path));
            } else {
                found.insert(path.clone(), fs::read_to_string(path).expect("a text"));
            }
        }
        found
    }

    const STEPS: [Step<'_>; 5] = [
        Step::Goes("charts/gone.svg"),
        Step::Replaces("a.pdf"),
        Step::Comes("charts/b.svg"),
        Step::Replaces("charts/c.svg"),
        Step::Replaces(manifest::NAME),
    ];

    /// An output folder as a build finds it.
    fn output(scratch: &Scratch) -> PathBuf {
        let out = scratch.0.join("out");
        fs::create_dir_all(out.join("charts")).expect("a folder");
        for path in ["a.pdf", "charts/gone.svg", "charts/c.svg", manifest::NAME] {
            fs::write(out.join(path), "old").expect("a file");
        }
        out
    }

    /// A stage in it, with what is to come.
    fn stage(out: &Path) -> Stage {
        let stage = Stage::new(out, ".exhibit-").expect("a stage");
        fs::create_dir_all(stage.new_files().join("charts")).expect("a folder");
        for path in ["a.pdf", "charts/b.svg", "charts/c.svg", manifest::NAME] {
            fs::write(stage.new_files().join(path), "new").expect("a file");
        }
        stage
    }

    /// Whenever a build is killed, the next one finds the folder as it was before.
    #[test]
    fn what_a_killed_build_has_half_done_is_put_back() {
        for taken in 0..=STEPS.len() {
            for again in [false, true] {
                let scratch = Scratch::new(&format!("killed-{taken}-{again}"));
                let out = output(&scratch);
                let before = files(&out);
                let stage = stage(&out);
                let lines: String = STEPS.iter().map(|step| step.line()).collect();
                fs::create_dir(stage.old_files()).expect("a folder");
                fs::write(stage.path.join("steps"), &lines).expect("a file");
                for (index, step) in STEPS.iter().enumerate().take(taken) {
                    stage.take(&out, index, *step).expect("a step");
                }
                if let Some(Step::Replaces(path)) = STEPS.get(taken) {
                    // Killed between the two halves of a step.
                    let kept = kept(&stage.path, taken);
                    fs::hard_link(out.join(path), kept).expect("a link");
                }
                if again {
                    // Killed at the end of putting back.
                    put_back(&out, &stage.path).expect("put back");
                    fs::write(stage.path.join("steps"), &lines).expect("a file");
                }
                sweep(&out).expect("the build lives, and its stage is let alone");
                assert!(stage.path.join("steps").exists());
                drop(stage);
                sweep(&out).expect("put back");
                assert_eq!(files(&out), before, "killed after {taken} steps");
            }
        }
    }

    /// Another build that looks while a stage is made never finds its lock free.
    #[test]
    fn a_stage_in_the_making_is_not_swept() {
        let scratch = Scratch::new("making");
        let out = scratch.0.join("out");
        fs::create_dir(&out).expect("a folder");
        std::thread::scope(|scope| {
            let making = scope.spawn(|| {
                for build in 1..300 {
                    // Each build has a number of its own, and this process stands for many.
                    let stage = Stage::new(&out, &format!(".exhibit-{build}00")).expect("a stage");
                    fs::write(stage.path.join("new"), "").expect("it is still there");
                    stage.remove();
                }
            });
            while !making.is_finished() {
                // What its build removes meanwhile may be half gone; what lives may not be touched.
                let _ = sweep(&out);
            }
            making.join().expect("every stage was let alone");
        });
    }

    #[test]
    fn a_number_that_is_taken_is_not_taken_again() {
        let scratch = Scratch::new("numbers");
        let first = Stage::new(&scratch.0, ".exhibit-").expect("a stage");
        let second = Stage::new(&scratch.0, ".exhibit-").expect("a stage");
        assert_ne!(first.path, second.path);
    }

    #[test]
    fn what_is_done_is_not_put_back() {
        let scratch = Scratch::new("done");
        let out = output(&scratch);
        let stage = stage(&out);
        stage.exchange(&out, &STEPS).expect("an exchange");
        drop(stage);
        sweep(&out).expect("swept");
        let after: Vec<String> = files(&out).into_values().collect();
        assert_eq!(after, ["new"; 4]);
    }

    /// Beside a folder that was to come, too; and nothing that is no stage of a dead build is touched.
    #[test]
    fn stages_are_swept_and_nothing_else() {
        let scratch = Scratch::new("swept");
        let out = scratch.0.join("out");
        let dead = Stage::new(&scratch.0, ".out.exhibit-").expect("a stage");
        let path = dead.path.clone();
        drop(dead);
        let half = scratch.0.join(".out.exhibit-13-done/old");
        fs::create_dir_all(&half).expect("a folder");
        let own = [
            ".out.exhibit-x",
            ".out.exhibit-",
            ".other.exhibit-1",
            ".out.exhibit-3",
        ];
        for name in own {
            fs::create_dir(scratch.0.join(name)).expect("a folder");
        }
        sweep(&out).expect("swept");
        assert!(!path.exists());
        assert!(!scratch.0.join(".out.exhibit-13-done").exists());
        for name in own {
            assert!(scratch.0.join(name).exists(), "{name} has no lock");
        }
    }

    /// A list of steps is a file that anybody can edit.
    #[test]
    fn steps_lead_nowhere_else() {
        for line in [
            "- ../a.pdf",
            "+ /etc/passwd",
            "= notes.txt",
            "a.pdf",
            "* a.pdf",
        ] {
            assert_eq!(Step::read(line), None, "{line}");
        }
        for step in STEPS {
            let line = step.line();
            assert_eq!(Step::read(line.trim_end()), Some(step));
        }
    }
}
