//! x
use crate::args::ExplainArgs;
use crate::exit::{Exit, Fault};
use crate::world::World;
pub(super) fn run(_args: &ExplainArgs, _world: &World) -> Result<Exit, Fault> {
    Ok(Exit::Done)
}
