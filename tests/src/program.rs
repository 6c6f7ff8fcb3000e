//! The program under test, built once and run in folders of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use crate::{run, workspace};

/// The program `exhibit`, built on the first call. A test package cannot ask Cargo for another package's program, and nobody
/// may import the CLI, so this asks Cargo to build it; it takes a moment only when something has changed.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn exhibit() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            // By a test of the program in the whole workspace, so that features and with them dependencies are those of all the tests,
            // which are built already: asked for alone, the program has dependencies of other features.
            .args(["build", "--workspace", "--test=program"])
            .args(["--message-format=json", "--quiet", "--locked"])
            .current_dir(workspace());
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let built = run(&mut cargo);
        String::from_utf8(built.stdout)
            .expect("Cargo speaks UTF-8")
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["kind"][0] == "bin")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("Cargo names what it has built")
    })
}

/// What a run of the program gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub data: String,
    /// Standard error.
    pub talk: String,
}

/// A command that runs the program in a folder, in surroundings that are the same on every machine.
#[must_use]
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(exhibit());
    command
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE");
    command
}

/// Runs a command to its end, whatever that is.
///
/// # Panics
/// When it cannot be started, is ended by a signal, or prints what is no text.
pub fn outcome(command: &mut Command) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run {
        code: status
            .code()
            .unwrap_or_else(|| panic!("{command:?}: {status}")),
        data: text(stdout),
        talk: text(stderr),
    }
}

/// Runs the program in a folder.
///
/// # Panics
/// As [`outcome`].
pub fn run_in(folder: &Path, args: &[&str]) -> Run {
    outcome(&mut command(folder, args))
}
