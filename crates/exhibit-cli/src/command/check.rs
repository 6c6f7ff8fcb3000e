//! `exhibit check`: findings and nothing else, those that only drawing makes included.

use exhibit::{Fonts, Selection};

use crate::args::CheckArgs;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::world::World;
use crate::{input, write};

/// Says what is wrong with a brief.
///
/// # Errors
/// When there is no brief to be read.
pub(super) fn run(args: &CheckArgs, world: &World) -> Result<Exit, Failure> {
    let mut brief = input::read(args.brief.as_deref())?;
    let exhibits = brief.facts().map_or(0, |facts| facts.exhibits.len());
    let progress = Progress::new(exhibits, world.terminal);
    // What stands in the way of drawing is in the report.
    let _ = brief.draw(&Fonts::builtin(), &Selection::all(), &|done| {
        progress.step(done);
    });
    drop(progress);
    match input::facts(&brief, world, args.deny.deny.is_some(), "") {
        Ok(_) if brief.report().is_empty() => {
            write::talk("no findings\n");
            Ok(Exit::Done)
        }
        Ok(_) => Ok(Exit::Done),
        Err(exit) => Ok(exit),
    }
}
