//! `exhibit schema`: the published form of what is written.

use exhibit::export;

use crate::args::{SchemaArgs, SchemaOf};
use crate::exit::{Exit, Fault};
use crate::write;

/// Prints a JSON Schema.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Fault> {
    write::data(match args.of {
        SchemaOf::Facts => export::JSON_SCHEMA,
    })?;
    Ok(Exit::Done)
}
