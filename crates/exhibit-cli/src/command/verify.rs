//! `exhibit verify`: evidence against the texts that it was taken from.

use exhibit::facts::SourceId;
use exhibit::verify::verify;
use exhibit::{Disk, Loader};

use crate::args::VerifyArgs;
use crate::exit::{Exit, Fault};

use crate::settings::texts;
use crate::world::World;
use crate::{input, report, write};

/// Says which figures do not stand in their sources as the data have them.
///
/// # Errors
/// When the brief or a text cannot be read, or a source is named that there is not.
pub(super) fn run(args: &VerifyArgs, world: &World) -> Result<Exit, Fault> {
    let mut brief = input::read(args.brief.as_deref())?;
    // `check` tells of what weakens the brief; here the sources have the word.
    brief.forget_warnings();
    let facts = match input::facts(
        &brief,
        world,
        false,
        "nothing is verified without mending these first",
    ) {
        Ok(facts) => facts,
        Err(exit) => return Ok(exit),
    };
    let mut exit = Exit::Done;
    for (source, path) in texts(args, facts)? {
        let text = Disk
            .text(path)
            .map_err(|why| Fault::World(format!("{} cannot be read: {why}", path.display())))?;
        let found = verify(facts, SourceId(source), &text);
        let report = &found.report;
        let fails = report.has_errors() || (args.deny.deny.is_some() && !report.is_empty());
        if fails {
            exit = Exit::Findings;
        }
        if !report.is_empty() {
            write::talk(&report::text(report, brief.sources(), world.color));
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
