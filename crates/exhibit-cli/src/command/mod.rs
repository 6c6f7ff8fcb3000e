//! The commands, one file each.

mod build;
mod check;
mod explain;
mod facts;
mod init;
mod verify;

use crate::args::Command;
use crate::exit::{Exit, Fault};
use crate::world::World;

/// Runs what was typed.
///
/// # Errors
/// Why there is no result.
pub(crate) fn run(command: Command, world: &World) -> Result<Exit, Fault> {
    match command {
        Command::Build(args) => build::run(&args, world),
        Command::Check(args) => check::run(&args, world),
        Command::Facts(args) => facts::run(&args, world),
        Command::Explain(args) => explain::run(&args, world),
        Command::Verify(args) => verify::run(&args, world),
        Command::Init(args) => init::run(&args),
    }
}
