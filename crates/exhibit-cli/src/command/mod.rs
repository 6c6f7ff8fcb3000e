//! The commands, one file each.

mod build;
mod check;
mod diff;
mod explain;
mod facts;
mod init;
mod schema;
mod trace;
mod verify;

use crate::args::Command;
use crate::exit::{Exit, Failure};
use crate::world::World;

/// Runs what was typed.
///
/// # Errors
/// Why there is no result.
pub(crate) fn run(command: Command, world: &World) -> Result<Exit, Failure> {
    match command {
        Command::Build(args) => build::run(&args, world),
        Command::Check(args) => check::run(&args, world),
        Command::Facts(args) => facts::run(&args, world),
        Command::Explain(args) => explain::run(&args, world),
        Command::Verify(args) => verify::run(&args, world),
        Command::Trace(args) => trace::run(&args, world),
        Command::Diff(args) => diff::run(&args, world),
        Command::Schema(args) => schema::run(&args),
        Command::Init(args) => init::run(&args, world),
    }
}
