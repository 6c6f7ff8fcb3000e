//! The only writer: standard output and error, and files in `replace` and `create`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the door through which results leave"
)]

mod claim;
mod create;
mod replace;
mod stage;

use std::io::{self, Write};

pub(crate) use claim::claim;
pub(crate) use create::create;
pub(crate) use replace::replace;

use crate::exit::Failure;
use crate::world;

/// Writes data to standard output. A reader that has seen enough (`| head`) is no fault.
///
/// # Errors
/// When the output cannot be written for any other reason: a full disk behind a redirection.
pub(crate) fn data(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    ended(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What came of writing to standard output.
///
/// # Errors
/// As for [`data`].
pub(crate) fn ended(written: io::Result<()>) -> Result<(), Failure> {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::World(format!(
            "standard output cannot be written: {}",
            world::reason(&error)
        ))),
        _ => Ok(()),
    }
}

/// Makes a write beyond the limit on the size of files (`ulimit -f`) fail like any other that the disk does not take: by itself, the
/// system ends the program there.
pub(crate) fn outlive_limits() {
    #[cfg(unix)]
    {
        use std::sync::Arc;
        use std::sync::atomic::AtomicBool;
        // Nobody reads the flag: that the signal is caught is enough. Where it cannot be caught, all is as it was.
        let _ = signal_hook::flag::register(
            signal_hook::consts::SIGXFSZ,
            Arc::new(AtomicBool::new(false)),
        );
    }
}

/// Writes talk to standard error. Nobody can be told when that fails.
pub(crate) fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod scratch {
    use std::fs;
    use std::path::PathBuf;

    /// A folder of its own for a test, gone with it.
    pub(super) struct Scratch(pub(super) PathBuf);

    impl Scratch {
        pub(super) fn new(name: &str) -> Self {
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
}
