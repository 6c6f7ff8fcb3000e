//! `exhibit trace`: the facts that a finished file shows, read from the file alone.

use exhibit::Disk;
use exhibit::trace::Trace;

use crate::args::{TraceArgs, TraceFormat};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::world::World;
use crate::write;

/// Lists the facts of a file, and compares them with the data if they are given.
///
/// # Errors
/// When the file cannot be read, or shows no facts that can be read from it.
pub(super) fn run(args: &TraceArgs, world: &World) -> Result<Exit, Failure> {
    let name = args.file.display();
    let bytes = Disk::bytes(&args.file)
        .map_err(|why| Failure::World(format!("{name} cannot be read: {why}")))?;
    let mut trace = Trace::read(&bytes).map_err(|why| Failure::World(format!("{name} {why}")))?;
    if let Some(brief) = &args.data {
        let brief = input::read(Some(brief))?;
        let end = "nothing was compared; correct the errors first";
        match input::facts(&brief, world, false, end) {
            Ok(facts) => trace.compare(facts),
            Err(exit) => return Ok(exit),
        }
    }
    write::data(&match args.format {
        TraceFormat::Text => trace.text(),
        TraceFormat::Json => trace.json(),
    })?;
    write::talk(&format!("{name}: {}\n", trace.summary()));
    Ok(if trace.is_current() {
        Exit::Done
    } else {
        Exit::Findings
    })
}
