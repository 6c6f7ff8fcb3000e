//! `exhibit diff`: what changed from one edition to another, in terms of the data.

use exhibit::diff::{self, Difference};
use exhibit::{Brief, Document, Fonts};

use crate::args::{DiffArgs, DiffFormat};
use crate::edition::Edition;
use crate::exit::{Exit, Failure};
use crate::world::World;
use crate::{input, write};

/// Compares two editions.
///
/// # Errors
/// When one of them cannot be read, or they are not of one kind.
pub(super) fn run(args: &DiffArgs, world: &World) -> Result<Exit, Failure> {
    let brief = args.brief.as_deref();
    let old = Edition::read(&args.old, brief)?;
    let new = Edition::read(&args.new, brief)?;
    let found = match (old, new) {
        (Edition::Manifest(old), Edition::Manifest(new)) => {
            Ok(Difference::of_manifests(&old, &new).map_err(|why| {
                let name = match why.edition {
                    diff::Edition::Old => &args.old,
                    diff::Edition::New => &args.new,
                };
                Failure::World(format!("{name} cannot be read: {why}"))
            })?)
        }
        (Edition::Brief(old), Edition::Brief(new)) => briefs(*old, *new, world),
        (Edition::Data(old), Edition::Data(new)) => data(&old, &new, world),
        (old, new) => {
            return Err(Failure::Usage(format!(
                "{} is {} and {} is {}; choose two files of one kind",
                args.old,
                old.kind(),
                args.new,
                new.kind()
            )));
        }
    };
    let found = match found {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    write::data(&match args.format {
        DiffFormat::Text => found.text(),
        DiffFormat::Markdown => found.markdown(),
        DiffFormat::Json => found.json(&args.old, &args.new),
    })?;
    Ok(if found.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// The end of a report where a side has findings.
const END: &str = "nothing was compared; correct the errors first";

/// Two data sets: their figures.
fn data(old: &Brief, new: &Brief, world: &World) -> Result<Difference, Exit> {
    let old = input::facts(old, world, false, END);
    let new = input::facts(new, world, false, END);
    Ok(Difference::of_data(old?, new?))
}

/// Two briefs: their figures, and the pages that both are composed to.
fn briefs(mut old: Brief, mut new: Brief, world: &World) -> Result<Difference, Exit> {
    let fonts = Fonts::builtin();
    old.check_glyphs(&fonts);
    new.check_glyphs(&fonts);
    // Of both sides all is told before the first one stops.
    let told = [&old, &new].map(|side| input::facts(side, world, false, END).err());
    if let Some(exit) = told.into_iter().flatten().next() {
        return Err(exit);
    }
    let (before, now) = (
        document(&mut old, &fonts, world)?,
        document(&mut new, &fonts, world)?,
    );
    match (old.facts(), new.facts()) {
        (Some(old), Some(new)) => Ok(Difference::of_briefs((old, &before), (new, &now))),
        _ => Err(Exit::Findings),
    }
}

/// A brief's pages.
///
/// # Errors
/// [`Exit::Findings`], after what only composing found was told.
fn document(brief: &mut Brief, fonts: &Fonts, world: &World) -> Result<Document, Exit> {
    // Warnings were told before.
    brief.forget_warnings();
    brief.document(fonts).map_err(|_| {
        input::tell(brief, world, END);
        Exit::Findings
    })
}
