//! The program on a terminal.

use std::path::Path;
use std::process::{Command, Stdio};

use exhibit_tests::outside::{Case, program};
use exhibit_tests::program::{exhibit, outcome, run_in};
use exhibit_tests::small::{self, BRIEF, DATA};

/// The case of this file.
pub(crate) const CASES: [Case; 1] = [Case::new(
    "terminal::colours_are_for_terminals_that_want_them",
    &["script"],
    colours_are_for_terminals_that_want_them,
)];

/// The program on a terminal, by the help of `script`.
fn on_a_terminal(folder: &Path, args: &str, no_color: bool) -> String {
    let script = program("script");
    let line = format!("{} {args}", exhibit().display());
    let mut command = Command::new(script);
    command
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::null());
    if no_color {
        command.env("NO_COLOR", "1");
    }
    outcome(&mut command).data
}

fn colours_are_for_terminals_that_want_them() {
    let folder = tempfile::tempdir().expect("a folder");
    small::write(folder.path(), &BRIEF.replace("sold", "sold 5"), DATA);
    let piped = run_in(folder.path(), &["check"]);
    assert!(!piped.talk.contains('\u{1b}'), "{}", piped.talk);
    let colored = on_a_terminal(folder.path(), "check", false);
    let plain = on_a_terminal(folder.path(), "check", true);
    assert!(colored.contains("\u{1b}[1m"), "{colored}");
    assert!(!plain.contains("\u{1b}[1m"), "{plain}");
    assert!(plain.contains("orphan-number"), "{plain}");
}
