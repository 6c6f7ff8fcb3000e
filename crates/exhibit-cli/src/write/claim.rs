//! The claim to an output folder: one build at a time looks at it and writes into it.
//!
//! What is locked is the folder itself, or the nearest one above it while it is not there yet. So nothing is written for a lock,
//! nothing is left of one, and the system takes it back when its build ends, however it ends. Where a system knows no locks on folders,
//! each build goes its own way; the locks of stages still keep a living build's stage from being swept.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::stage::sweep;
use crate::exit::Failure;
use crate::world;

/// How long a build waits for another one. To put files in place takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it waits between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// No other build is at work in the folder as long as this lives.
pub(crate) struct Claim {
    /// Nothing where folders cannot be locked.
    _lock: Option<File>,
}

/// Claims an output folder, and puts back what builds that were killed have half replaced in it.
///
/// # Errors
/// When another build is running in it for longer than one waits, when it is no folder, or when something cannot be put back.
pub(crate) fn claim(name: &Path) -> Result<Claim, Failure> {
    let claim = wait(name, PATIENCE)?;
    sweep(name)?;
    Ok(claim)
}

fn wait(name: &Path, patience: Duration) -> Result<Claim, Failure> {
    let begun = Instant::now();
    loop {
        let at = locked(name)?;
        let Ok(folder) = File::open(&at) else {
            return Ok(Claim { _lock: None });
        };
        match folder.try_lock() {
            // The folder may have come or gone since: then another one is to be locked.
            Ok(()) if locked(name)? == at => {
                return Ok(Claim {
                    _lock: Some(folder),
                });
            }
            Ok(()) => {}
            Err(TryLockError::Error(_)) => return Ok(Claim { _lock: None }),
            Err(TryLockError::WouldBlock) if begun.elapsed() >= patience => {
                return Err(Failure::World(format!(
                    "another build is running in {}; build again after the other build has ended, or choose another folder by `--out`",
                    name.display()
                )));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// The folder whose lock stands for an output folder: itself, else the nearest above it that is there.
fn locked(name: &Path) -> Result<PathBuf, Failure> {
    if let Some(real) = world::folder(name)? {
        return Ok(real);
    }
    let mut above = name.ancestors().skip(1);
    let there = above.find(|folder| folder.is_dir());
    Ok(there.map_or_else(|| PathBuf::from("."), Path::to_path_buf))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::scratch::Scratch;
    use std::fs;

    /// While one build has the folder, another one waits; and in vain only for so long.
    #[test]
    fn one_build_at_a_time() {
        let scratch = Scratch::new("claim");
        for there in [false, true] {
            let out = scratch.0.join("a/out");
            if there {
                fs::create_dir_all(&out).expect("a folder");
            }
            let first = claim(&out).expect("nobody is there");
            let fault = wait(&out, Duration::from_millis(30)).err();
            let message = fault.expect("it is taken").to_string();
            assert!(message.contains("another build is running"), "{message}");
            let second = thread::scope(|scope| {
                let second = scope.spawn(|| claim(&out).map(drop));
                thread::sleep(Duration::from_millis(50));
                assert!(!second.is_finished(), "it waits");
                drop(first);
                second.join().expect("no panic")
            });
            assert!(second.is_ok(), "it goes on when the first has ended");
        }
    }

    /// One that waited for a folder to come has the folder when it has come, and not only what is around it.
    #[test]
    fn a_folder_that_comes_is_locked_itself() {
        let scratch = Scratch::new("claim-comes");
        let out = scratch.0.join("out");
        let first = claim(&out).expect("nobody is there");
        thread::scope(|scope| {
            let second = scope.spawn(|| claim(&out));
            thread::sleep(Duration::from_millis(30));
            fs::create_dir(&out).expect("a folder");
            let second = second.join().expect("no panic").expect("a claim");
            drop(first);
            assert!(wait(&out, Duration::ZERO).is_err());
            drop(second);
            assert!(wait(&out, Duration::ZERO).is_ok());
        });
    }
}
