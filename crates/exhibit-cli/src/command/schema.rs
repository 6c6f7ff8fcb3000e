//! `exhibit schema`: the published form of what is written.

use exhibit::export;

use crate::args::{SchemaArgs, SchemaOf};
use crate::exit::{Exit, Failure};
use crate::write;

/// Prints a JSON Schema.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    write::data(match args.of {
        SchemaOf::Facts => export::JSON_SCHEMA,
    })?;
    Ok(Exit::Done)
}
