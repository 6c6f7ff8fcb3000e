//! The `exhibit` program: flags, files, findings.
//!
//! Reading order: `args` (what can be typed), `settings` (what of it is sound), `command` (one file each), `input` (a brief, read
//! and told of), `plan` (what a folder lacks), `edition` (a side of a comparison), `report` (findings to text), `progress`,
//! `exit`. Only `world` reads and only `write` writes; what is read, checked and built is the library `exhibit`.

mod args;
mod command;
mod edition;
mod exit;
mod input;
mod plan;
mod progress;
mod report;
mod settings;
mod world;
mod write;

use std::panic::{self, UnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;

use crate::args::Args;
use crate::exit::Exit;
use crate::world::World;

/// A build lives for some milliseconds and fills its heap once. Of the system's, each page of four kilobytes is fetched by an
/// interrupt of its own; this one asks for large pages.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let world = World::here();
    write::outlive_limits();
    let last = Arc::new(Mutex::new(None));
    if !world.backtrace {
        // The report below says what is needed; a thread's name and a hint at a backtrace are noise to a user. It waits until the
        // panic has come through: one that core takes for a damaged table is no fault of ours.
        let last = Arc::clone(&last);
        panic::set_hook(Box::new(move |fault| {
            *last.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(format!("error: internal error of exhibit: {fault}\n"));
        }));
    }
    guarded(move || run(&world), &last).into()
}

/// What was typed, done.
fn run(world: &World) -> Exit {
    match Args::try_parse_from(&world.args) {
        Ok(args) => command::run(args.command, world).unwrap_or_else(|fault| {
            write::talk(&fault.to_string());
            fault.exit()
        }),
        Err(answer) => {
            // Help and version are data, the rest is talk; clap knows which. A closed pipe is nobody's fault, a full disk is told.
            let printed = write::ended(answer.print());
            if answer.use_stderr() {
                return Exit::Usage;
            }
            match printed {
                Ok(()) => Exit::Done,
                Err(fault) => {
                    write::talk(&fault.to_string());
                    fault.exit()
                }
            }
        }
    }
}

/// Runs to the end, or says that a fault of ours kept it from getting there.
fn guarded(work: impl FnOnce() -> Exit + UnwindSafe, last: &Mutex<Option<String>>) -> Exit {
    panic::catch_unwind(work).unwrap_or_else(|_| {
        if let Some(fault) = &*last.lock().unwrap_or_else(PoisonError::into_inner) {
            write::talk(fault);
        }
        write::talk(
            "This should not happen, whatever the input. Please report it, with the brief and the data if you can.\n\
             RUST_BACKTRACE=1 shows where it happened.\n",
        );
        Exit::Ours
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_ours() {
        let last = Mutex::new(None);
        assert_eq!(guarded(|| panic!("on purpose"), &last), Exit::Ours);
        assert_eq!(guarded(|| Exit::Findings, &last), Exit::Findings);
    }
}
