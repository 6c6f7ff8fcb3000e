//! Harness of the end-to-end suite: where the workspace is, references and how to renew them, programs of others.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a harness reads references, runs programs and looks at its environment"
)]

pub mod cases;
pub mod charts;
pub mod documents;
pub mod modules;
pub mod outside;
pub mod pdf;
pub mod pixels;
pub mod program;
pub mod schema;
pub mod small;
pub mod specimen;

use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs};

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package stands in the workspace")
        .to_path_buf()
}

/// A file of the workspace as text, by its path from the root.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Compares with the reference `tests/ref/<name>`. `UPDATE=1` writes the reference instead; read its diff before it is
/// committed, as it is what a reader of the output will notice.
///
/// # Panics
/// When the two differ; the message names the first line that does.
pub fn check(name: &str, actual: &str) {
    let path = workspace().join("tests/ref").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("it lies in tests/ref")).expect("a folder");
        fs::write(&path, actual).expect("a reference is written");
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("tests/ref/{name}: {error}; UPDATE=1 writes it"));
    if actual != expected {
        let differs = |(old, new): &(&str, &str)| old != new;
        let mut lines = expected.lines().zip(actual.lines()).enumerate();
        let (number, (old, new)) = lines
            .find(|(_, pair)| differs(pair))
            .unwrap_or((0, ("(one begins with the other)", "")));
        panic!(
            "tests/ref/{name} differs from line {} on; UPDATE=1 renews it\n  was: {old}\n  is:  {new}",
            number + 1
        );
    }
}

/// Runs a program to its end.
///
/// # Panics
/// When it cannot be started or fails; the message holds what it said.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
