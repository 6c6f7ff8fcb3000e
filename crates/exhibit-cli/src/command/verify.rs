//! `exhibit verify`: evidence against the texts, and figures against the workbooks, that they were taken from.

use std::fmt;

use exhibit::facts::SourceId;
use exhibit::verify::verify;
use exhibit::{Disk, LoadError, workbook};

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
        let unreadable = |why: &dyn fmt::Display| {
            Failure::World(format!("{} cannot be read: {why}", path.display()))
        };
        let bytes = Disk::bytes(path).map_err(|why| unreadable(&why))?;
        let is_workbook = workbook::is_workbook(&bytes);
        let found = if is_workbook {
            workbook::verify(facts, SourceId(source), bytes).map_err(|why| unreadable(&why))?
        } else {
            let text = LoadError::decoded(bytes).map_err(|why| unreadable(&why))?;
            verify(facts, SourceId(source), &text)
        };
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
            count => {
                let form = if is_workbook { "Sheet1!B7" } else { "§1 ¶2" };
                format!(
                    "; for {count}, the place was not looked up, because the place is not written as `{form}`"
                )
            }
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
