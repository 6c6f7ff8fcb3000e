//! `exhibit explain`: where a figure comes from, and where it is used.

use crate::args::{ExplainArgs, ExplainFormat};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::world::World;
use crate::write;

/// Prints everything that is known of one fact or event.
///
/// # Errors
/// When there is no brief to be read, or the address names nothing, or more than one fact.
pub(super) fn run(args: &ExplainArgs, world: &World) -> Result<Exit, Failure> {
    let brief = input::read(args.brief.as_deref())?;
    let end = "nothing was explained; correct the errors first";
    if let Err(exit) = input::facts(&brief, world, false, end) {
        return Ok(exit);
    }
    let explanation = brief
        .explain(&args.address)
        .map_err(|why| Failure::Usage(why.to_string()))?;
    write::data(&match args.format {
        ExplainFormat::Text => explanation.text(),
        ExplainFormat::Json => format!("{:#}\n", explanation.json()),
    })?;
    Ok(Exit::Done)
}
