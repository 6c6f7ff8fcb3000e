//! Tests that ask somebody else's program, and how one is reported whose program is missing.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// A test, with the programs that it asks.
#[derive(Clone, Copy)]
pub struct Case {
    name: &'static str,
    needs: &'static [&'static str],
    run: fn(),
}

impl Case {
    /// A test that panics where something is wrong.
    #[must_use]
    pub const fn new(name: &'static str, needs: &'static [&'static str], run: fn()) -> Self {
        Self { name, needs, run }
    }

    /// Those of its programs that are not on the path.
    fn lacks(&self) -> impl Iterator<Item = &'static str> {
        let needs = self.needs.iter().copied();
        needs.filter(|name| found(name).is_none())
    }
}

fn found(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Where a program of others is.
///
/// # Panics
/// When the program is not installed. Without `CI=true` [`judge`] skips a case before that.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    found(name).unwrap_or_else(|| panic!("{name} is not installed"))
}

/// Runs the cases as Rust's own harness would, by the same arguments. The last line counts those that were skipped, with the
/// programs that they lack. With `CI=true` none is skipped: the case fails.
#[must_use]
pub fn judge(cases: &[Case]) -> ExitCode {
    let arguments = Arguments::from_args();
    let skips = env::var("CI").as_deref() != Ok("true");
    let trials = cases
        .iter()
        .map(|case| {
            let run = case.run;
            let lacking: Vec<_> = case.lacks().collect();
            let trial = Trial::test(case.name, {
                let lacking = lacking.clone();
                move || {
                    if !lacking.is_empty() {
                        return Err(format!("not installed: {}", lacking.join(", ")).into());
                    }
                    run();
                    Ok(())
                }
            });
            trial
                .with_kind(case.needs.join(", "))
                .with_ignored_flag(skips && !lacking.is_empty())
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if conclusion.num_ignored > 0 {
        let mut lacking: Vec<_> = cases.iter().flat_map(Case::lacks).collect();
        lacking.sort_unstable();
        lacking.dedup();
        println!(
            "skipped: {}; not installed: {}",
            conclusion.num_ignored,
            lacking.join(", ")
        );
    }
    conclusion.exit_code()
}
