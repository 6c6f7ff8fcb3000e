//! `exhibit verify`: evidence against the texts that it was taken from.

use exhibit_core::diag::Report;
use exhibit_core::verify::verify;
use exhibit_facts::facts::SourceId;

use crate::args::VerifyArgs;
use crate::exit::{Exit, Fault};
use crate::input::Input;
use crate::settings::texts;
use crate::world::World;
use crate::{report, world, write};

/// Says which figures do not stand in their sources as the data have them.
///
/// # Errors
/// When the brief or a text cannot be read, or a source is named that there is not.
pub(super) fn run(args: &VerifyArgs, world: &World) -> Result<Exit, Fault> {
    let mut input = Input::read(args.brief.as_deref())?;
    if !input.compilation.report.has_errors() {
        // `check` tells of what weakens the brief; here the sources have the word.
        input.compilation.report = Report::default();
    }
    let facts = match input.facts(
        world,
        false,
        "nothing is verified without mending these first",
    ) {
        Ok(facts) => facts,
        Err(exit) => return Ok(exit),
    };
    let mut exit = Exit::Done;
    for (source, path) in texts(args, facts)? {
        let text = world::text(path)
            .map_err(|why| Fault::World(format!("{} cannot be read: {why}", path.display())))?;
        let found = verify(facts, SourceId(source), &text);
        let report = &found.report;
        let fails = report.has_errors() || (args.deny.deny.is_some() && !report.is_empty());
        if fails {
            exit = Exit::Findings;
        }
        if !report.is_empty() {
            write::talk(&report::text(
                report,
                &input.compilation.sources,
                world.color,
            ));
            write::talk(&report::closing(report, ""));
        }
        let places = match found.anywhere {
            0 => String::new(),
            count => format!(
                "; the places of {count} were not looked up, as they are not written `§1 ¶2`"
            ),
        };
        write::talk(&format!(
            "{}: {} of {} figures and events stand in {} as the data have them{places}\n",
            facts.sources[source].id,
            found.supported,
            found.checked,
            path.display()
        ));
    }
    Ok(exit)
}
