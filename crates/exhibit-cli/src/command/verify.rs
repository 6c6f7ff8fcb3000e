//! `exhibit verify`: evidence against the texts that it was taken from.

use exhibit::facts::SourceId;
use exhibit::verify::verify;
use exhibit::{Disk, Loader};

use crate::args::VerifyArgs;
use crate::exit::{Exit, Failure};

use crate::settings::texts;
use crate::world::World;
use crate::{input, report, write};

/// Says which figures do not stand in their sources as the data have them.
///
/// # Errors
/// When the brief or a text cannot be read, or a source is named that there is not.
pub(super) fn run(args: &VerifyArgs, world: &World) -> Result<Exit, Failure> {
    let mut brief = input::read(args.brief.as_deref())?;
    // `check` tells of what weakens the brief; here the sources have the word.
    brief.forget_warnings();
    let facts = match input::facts(
        &brief,
        world,
        false,
        "nothing was verified; correct the errors first",
    ) {
        Ok(facts) => facts,
        Err(exit) => return Ok(exit),
    };
    let mut exit = Exit::Done;
    for (source, path) in texts(args, facts)? {
        let text = Disk
            .text(path)
            .map_err(|why| Failure::World(format!("{} cannot be read: {why}", path.display())))?;
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
                "; for {count}, the place was not looked up, because the place is not written as `§1 ¶2`"
            ),
        };
        write::talk(&format!(
            "{}: {} figures and events checked in {}, {} confirmed{places}\n",
            facts.sources[source].id,
            found.checked,
            path.display(),
            found.supported
        ));
    }
    Ok(exit)
}
