//! `exhibit facts`: what the data say, for people and for programs.

use exhibit::export;

use crate::args::{FactsArgs, FactsFormat};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::settings::Filter;
use crate::world::World;
use crate::write;

/// Prints the facts that the filters leave.
///
/// # Errors
/// When there is no brief to be read, or a filter names what there is not.
pub(super) fn run(args: &FactsArgs, world: &World) -> Result<Exit, Failure> {
    let brief = input::read(args.brief.as_deref())?;
    let facts = match input::facts(
        &brief,
        world,
        false,
        "no facts were printed; correct the errors first",
    ) {
        Ok(facts) => facts,
        Err(exit) => return Ok(exit),
    };
    let filter = Filter::new(args, facts)?;
    let selection = export::Selection {
        fact: &|fact| filter.wants(fact),
        event: &|event| filter.wants_event(event),
    };
    write::data(&match args.format {
        FactsFormat::Table => export::table(facts, selection),
        FactsFormat::Json => export::json_text(facts, selection),
        FactsFormat::Csv => export::csv(facts, selection),
    })?;
    Ok(Exit::Done)
}
