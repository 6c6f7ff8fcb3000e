//! `exhibit build`: everything in memory, compared with what is there, and only the difference written.

use exhibit::{Brief, Fonts, Output, Selection, manifest};

use crate::args::BuildArgs;
use crate::exit::{Exit, Failure};
use crate::plan::{Folder, Plan};
use crate::progress::Progress;
use crate::settings;
use crate::world::World;
use crate::{input, world, write};

/// Builds a brief, or says what of it is not current.
///
/// # Errors
/// When something typed does not fit the brief, or the disk does not give or take a file.
pub(super) fn run(args: &BuildArgs, world: &World) -> Result<Exit, Failure> {
    // What lies there is the system's, and there is nothing beside it.
    if world::is_root(&args.out) {
        return Err(Failure::Usage(
            "the root of the file system cannot be the output folder; choose a folder inside it, such as `--out /output`"
                .to_owned(),
        ));
    }
    if !args.check {
        // Whatever comes of this build, what one that was killed has left is put back.
        drop(write::claim(&args.out)?);
    }
    let mut brief = input::read(args.brief.as_deref())?;
    let fonts = Fonts::builtin();
    brief.check_glyphs(&fonts);
    let selection = match brief.facts() {
        Some(facts) => settings::selection(args, facts)?,
        None => return Ok(refused(&brief, args, world)),
    };
    let progress = Progress::new(steps(&brief, &selection), world.terminal);
    let observe = |done: &str| progress.step(done);
    let Ok(mut drawings) = brief.draw(&fonts, &selection, &observe) else {
        drop(progress);
        return Ok(refused(&brief, args, world));
    };
    if let Err(exit) = input::facts(&brief, world, args.deny.deny.is_some(), UNWRITTEN) {
        return Ok(exit);
    }
    let made = brief.export(&mut drawings, &fonts, &selection, &observe);
    drop(progress);

    // From the look at the folder to its last file, no other build may change it.
    let _claim = if args.check {
        None
    } else {
        Some(write::claim(&args.out)?)
    };
    let folder = Folder::look(&args.out)?;
    let all = brief.output_paths();
    let stays = |path: &str| all.contains(path) && folder.has(path);
    let text = brief.manifest(&made, folder.manifest.as_ref(), &stays);
    // The manifest is the last to be put in place: it speaks of files that are all there.
    let files: Vec<(&str, &[u8])> = made
        .iter()
        .map(|output: &Output| (output.path.as_str(), output.bytes.as_slice()))
        .chain([(manifest::NAME, text.as_bytes())])
        .collect();
    let plan = folder.compare(&files, &all)?;
    for path in &plan.changed {
        write::talk(&format!(
            "note: {} is left over from an earlier build, but was changed by hand; the file stays\n",
            folder.name.join(path).display()
        ));
    }
    if args.check {
        return told(&folder, &files, &plan);
    }
    if let Some(why) = folder.stop(&plan) {
        return Err(Failure::World(why));
    }
    let mut changed: Vec<usize> = plan.missing.iter().chain(&plan.differs).copied().collect();
    changed.sort_unstable();
    let writes: Vec<(&str, &[u8])> = changed.iter().map(|index| files[*index]).collect();
    if !plan.is_empty() {
        write::replace(&folder, &writes, &plan.left_over)?;
    }
    write::talk(&summary(&folder, &files, &writes, &plan));
    // The program ends here: the system takes the memory back at once, where dropping would walk every glyph.
    std::mem::forget((drawings, fonts));
    Ok(Exit::Done)
}

/// The end of a report where something was found.
const UNWRITTEN: &str = "nothing was written";

/// Tells why nothing was built.
fn refused(brief: &Brief, args: &BuildArgs, world: &World) -> Exit {
    let facts = input::facts(brief, world, args.deny.deny.is_some(), UNWRITTEN);
    facts.err().unwrap_or(Exit::Findings)
}

/// Steps of a build that take time: each exhibit drawn, each PNG, and the PDF.
fn steps(brief: &Brief, selection: &Selection) -> usize {
    let all = brief.facts().map_or(0, |facts| facts.exhibits.len());
    let exhibits = selection.exhibits.as_ref().map_or(all, Vec::len);
    exhibits + 2 * exhibits * usize::from(selection.png) + 1
}

/// "output: 46 files, 3 written, 43 up to date, 2 left over and removed".
fn summary(
    folder: &Folder,
    files: &[(&str, &[u8])],
    writes: &[(&str, &[u8])],
    plan: &Plan,
) -> String {
    let mut text = format!("{}: ", folder.name.display());
    text.push_str(&match (files.len(), writes.len()) {
        (all, 0) => format!("{all} files, all up to date"),
        (all, new) if all == new => format!("{all} files written"),
        (all, new) => format!("{all} files, {new} written, {} up to date", all - new),
    });
    if !plan.left_over.is_empty() {
        text.push_str(&format!(", {} left over and removed", plan.left_over.len()));
    }
    text.push('\n');
    text
}

/// Lists what is not current.
fn told(folder: &Folder, files: &[(&str, &[u8])], plan: &Plan) -> Result<Exit, Failure> {
    let path = |index: &usize| files[*index].0.to_owned();
    let mut lines: Vec<(String, &str)> = plan
        .missing
        .iter()
        .map(|index| (path(index), "missing"))
        .chain(plan.differs.iter().map(|index| (path(index), "differs")))
        .chain(
            plan.left_over
                .iter()
                .map(|path| (path.clone(), "left over")),
        )
        .collect();
    lines.sort();
    let name = folder.name.display();
    if lines.is_empty() {
        write::talk(&format!("{name}: {} files, all up to date\n", files.len()));
        return Ok(Exit::Done);
    }
    let list: String = lines
        .iter()
        .map(|(path, what)| format!("{what:<9}  {}\n", folder.name.join(path).display()))
        .collect();
    write::data(&list)?;
    let files = if lines.len() == 1 {
        "file is"
    } else {
        "files are"
    };
    let way = match folder.stop(plan) {
        Some(why) => format!("`exhibit build` would stop: {why}"),
        None => "run `exhibit build` to update".to_owned(),
    };
    write::talk(&format!(
        "{name}: {} {files} not up to date; {way}\n",
        lines.len()
    ));
    Ok(Exit::Findings)
}
