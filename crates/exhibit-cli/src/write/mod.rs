//! The only writer: standard output and error, and files in `replace` and `create`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the door through which results leave"
)]

mod create;
mod replace;

use std::io::{self, Write};

pub(crate) use create::create;
pub(crate) use replace::replace;

use crate::exit::Fault;
use crate::world;

/// Writes data to standard output. A reader that has seen enough (`| head`) is no fault.
///
/// # Errors
/// When the output cannot be written for any other reason: a full disk behind a redirection.
pub(crate) fn data(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    ended(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What came of writing to standard output.
///
/// # Errors
/// As for [`data`].
pub(crate) fn ended(written: io::Result<()>) -> Result<(), Fault> {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Fault::World(format!(
            "standard output cannot be written: {}",
            world::reason(&error)
        ))),
        _ => Ok(()),
    }
}

/// Writes talk to standard error. Nobody can be told when that fails.
pub(crate) fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
