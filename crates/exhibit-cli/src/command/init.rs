//! `exhibit init`: the built-in brief and its data set, to begin with.

use exhibit::article;

use crate::args::InitArgs;
use crate::exit::{Exit, Failure};
use crate::world::{self, Entry};
use crate::write;

/// Writes both files into a folder where `exhibit build` then finds them. Writes over nothing.
///
/// # Errors
/// When something is in the way, or the disk does not take the files.
pub(super) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let files = [
        (folder.join("data/brief.yaml"), article::BRIEF),
        (folder.join("data/xiaomi-auto.yaml"), article::DATA),
    ];
    let mut in_the_way = Vec::new();
    if world::folder(folder)?.is_some() {
        if world::folder(&folder.join("data"))?.is_some() {
            for (path, _) in &files {
                if world::entry(path)? != Entry::Nothing {
                    in_the_way.push(format!("{} already exists", path.display()));
                }
            }
        }
        // `build` would take this one first.
        let brief = folder.join("brief.yaml");
        if world::entry(&brief)? != Entry::Nothing {
            in_the_way.push(format!(
                "{} already exists, and `exhibit build` would read this brief instead",
                brief.display()
            ));
        }
    }
    if !in_the_way.is_empty() {
        return Err(Failure::World(format!(
            "nothing was written, because existing files are never overwritten:\n  {}",
            in_the_way.join("\n  ")
        )));
    }
    write::create(&files).map_err(|error| {
        Failure::World(format!(
            "{} cannot be written: {}",
            folder.display(),
            world::reason(&error)
        ))
    })?;
    let list: String = files
        .iter()
        .map(|(path, _)| format!("wrote {}\n", path.display()))
        .collect();
    let there = if folder.as_os_str() == "." {
        String::new()
    } else {
        format!(" in {}", folder.display())
    };
    write::talk(&format!(
        "{list}run `exhibit build`{there} to make a PDF and charts\n"
    ));
    Ok(Exit::Done)
}
