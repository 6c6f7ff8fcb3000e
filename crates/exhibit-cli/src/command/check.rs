//! `exhibit check`: findings and nothing else, those that only drawing makes included.

use exhibit_scene::Fonts;

use crate::args::CheckArgs;
use crate::exit::{Exit, Fault};
use crate::input::Input;
use crate::progress::Progress;
use crate::settings::Selection;
use crate::world::World;
use crate::{glyphs, outputs, write};

/// Says what is wrong with a brief.
///
/// # Errors
/// When there is no brief to be read.
pub(super) fn run(args: &CheckArgs, world: &World) -> Result<Exit, Fault> {
    let mut input = Input::read(args.brief.as_deref())?;
    let fonts = Fonts::builtin();
    glyphs::check(&fonts, &mut input.compilation);
    let mut findings = Vec::new();
    if let (Some(facts), false) = (
        &input.compilation.facts,
        input.compilation.report.has_errors(),
    ) {
        let selection = Selection::all(facts);
        let progress = Progress::new(selection.exhibits.len(), world.terminal);
        findings = outputs::draw(&input, facts, &fonts, &selection, &progress)
            .err()
            .unwrap_or_default();
    }
    for finding in findings {
        input.compilation.report.push(finding);
    }
    match input.facts(world, args.deny.deny.is_some(), "") {
        Ok(_) if input.compilation.report.is_empty() => {
            write::talk("no findings\n");
            Ok(Exit::Done)
        }
        Ok(_) => Ok(Exit::Done),
        Err(exit) => Ok(exit),
    }
}
