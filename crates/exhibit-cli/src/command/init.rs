//! `exhibit init`: a first brief and data set, to begin with: the built-in one, an empty one, or one for a file of rows.

use std::path::{Path, PathBuf};

use exhibit::guess::{self, FirstDraft};
use exhibit::{Brief, Disk, Loader, article};

use crate::args::InitArgs;
use crate::exit::{Exit, Failure};
use crate::world::{self, Entry, World};
use crate::{report, write};

/// Writes the files into a folder where `exhibit build` then finds them. Writes over nothing.
///
/// # Errors
/// When something is in the way, the file of rows cannot be read, or the disk does not take the files.
pub(super) fn run(args: &InitArgs, world: &World) -> Result<Exit, Failure> {
    let folder = &args.folder;
    if let Some(file) = &args.from {
        return from_file(folder, file, world);
    }
    if args.blank {
        let FirstDraft { data, brief, .. } = guess::blank();
        create(folder, &[("brief.yaml", &brief), ("data.yaml", &data)])?;
        write::talk(
            "write your figures and texts into these files; `exhibit check` lists what is wrong\n",
        );
        return Ok(Exit::Done);
    }
    let files = [
        ("data/brief.yaml", article::BRIEF),
        ("data/xiaomi-auto.yaml", article::DATA),
    ];
    create(folder, &files)?;
    write::talk(&format!(
        "run `exhibit build`{} to make a PDF and charts\n",
        there(folder)
    ));
    Ok(Exit::Done)
}

/// Writes a brief and a data set for a file of rows, and says what is left to settle.
fn from_file(folder: &Path, file: &Path, world: &World) -> Result<Exit, Failure> {
    let unreadable =
        |why: &str| Failure::World(format!("{} cannot be read: {why}", file.display()));
    let seen = world::seen_from(folder, file)?;
    let name = seen.to_string_lossy().replace('\\', "/");
    let draft =
        guess::first_draft(&name, &mut || Disk.rows(file)).map_err(|why| unreadable(&why))?;
    create(
        folder,
        &[("brief.yaml", &draft.brief), ("data.yaml", &draft.data)],
    )?;
    if !draft.settle.is_empty() {
        let list: String = draft
            .settle
            .iter()
            .map(|one| format!("  - {one}\n"))
            .collect();
        write::talk(&format!("to settle, also said in data.yaml:\n{list}"));
    }
    let path = folder.join("brief.yaml");
    let brief = Brief::open(&path, &Disk).map_err(|why| unreadable(&why.to_string()))?;
    if brief.report().is_empty() {
        write::talk(&format!(
            "check the guesses, marked in both files, then run `exhibit build`{}\n",
            there(folder)
        ));
        return Ok(Exit::Done);
    }
    write::talk(&report::text(brief.report(), brief.sources(), world.color));
    write::talk(&report::closing(
        brief.report(),
        "the files are written; correct these findings first",
    ));
    Ok(Exit::Done)
}

/// Where the folder is, for a sentence; nothing for the folder at hand.
fn there(folder: &Path) -> String {
    if folder.as_os_str() == "." {
        String::new()
    } else {
        format!(" in {}", folder.display())
    }
}

/// Writes the files, all of them or none, and says which.
fn create(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let files: Vec<(PathBuf, &str)> = files
        .iter()
        .map(|(name, text)| (folder.join(name), *text))
        .collect();
    let mut in_the_way = Vec::new();
    if world::folder(folder)?.is_some() {
        for (path, _) in &files {
            let parent = path.parent().unwrap_or(folder);
            if world::folder(parent)?.is_some() && world::entry(path)? != Entry::Nothing {
                in_the_way.push(format!("{} already exists", path.display()));
            }
        }
        // `build` would take this one first.
        let brief = folder.join("brief.yaml");
        let own = files.iter().any(|(path, _)| *path == brief);
        if !own && world::entry(&brief)? != Entry::Nothing {
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
    write::talk(&list);
    Ok(())
}
