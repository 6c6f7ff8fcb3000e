//! A brief, read from the disk or from a git revision, and what is told of it.

use std::path::Path;

use exhibit::facts::Facts;
use exhibit::{Brief, Disk, LoadError, Loader};

use crate::exit::{Exit, Failure};
use crate::world::{self, Revision, World};
use crate::{report, write};

/// Reads and compiles a brief, the default one if none is named.
///
/// # Errors
/// When there is no brief, or it cannot be read. A data set that cannot be read is a finding, as it has a line.
pub(crate) fn read(brief: Option<&Path>) -> Result<Brief, Failure> {
    let path = brief.map_or_else(world::default_brief, |path| Ok(path.to_path_buf()))?;
    Brief::open(&path, &Disk)
        .map_err(|why| Failure::World(format!("{} cannot be read: {why}", path.display())))
}

/// Reads and compiles a brief as it was at a git revision, with its data as they were then.
///
/// # Errors
/// When there was no such brief, or it cannot be read.
pub(crate) fn at(revision: &Revision, brief: Option<&Path>) -> Result<Brief, Failure> {
    if let Some(path) = brief {
        return Brief::open(path, revision)
            .map_err(|why| Failure::World(format!("{} cannot be read: {why}", path.display())));
    }
    world::DEFAULT_BRIEFS
        .into_iter()
        .find_map(|path| Brief::open(path, revision).ok())
        .ok_or_else(|| {
            Failure::World(format!(
                "{} do not exist at {}; choose the brief by `--brief`",
                world::DEFAULT_BRIEFS.join(" and "),
                revision.name
            ))
        })
}

/// Compiles a data set on its own, by a brief that says nothing.
pub(crate) fn of_data(path: &Path, text: &str) -> Brief {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A text in JSON is one in YAML.
    let brief = format!(
        "title: Data\ndate: 2000-01-01\ndata: [{}]\nbody: []\n",
        serde_json::Value::from(name.as_ref())
    );
    let loader = OneRead { path, text };
    Brief::from_str(path.with_file_name("brief.yaml"), &brief, &loader)
}

/// The disk, and one file of it that was read already.
struct OneRead<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Loader for OneRead<'_> {
    fn text(&self, path: &Path) -> Result<String, LoadError> {
        if path == self.path {
            Ok(self.text.to_owned())
        } else {
            Disk.text(path)
        }
    }

    fn rows(&self, path: &Path) -> Result<Box<dyn std::io::Read>, LoadError> {
        Disk.rows(path)
    }
}

/// The facts, or how the program ends without them. Tells what was found, warnings too.
///
/// `end` closes the report where something was found: "nothing was written".
///
/// # Errors
/// [`Exit::World`] when a data set cannot be read, [`Exit::Findings`] for any other error, and for warnings where they are
/// denied.
pub(crate) fn facts<'b>(
    brief: &'b Brief,
    world: &World,
    deny: bool,
    end: &str,
) -> Result<&'b Facts, Exit> {
    let report = brief.report();
    let fails = report.has_errors() || (deny && !report.is_empty());
    tell(brief, world, if fails { end } else { "" });
    match brief.facts() {
        _ if brief.lacks_a_file() => Err(Exit::World),
        Some(facts) if !fails => Ok(facts),
        _ => Err(Exit::Findings),
    }
}

/// Tells what was found, if anything was.
pub(crate) fn tell(brief: &Brief, world: &World, end: &str) {
    let report = brief.report();
    if !report.is_empty() {
        write::talk(&report::text(report, brief.sources(), world.color));
        write::talk(&report::closing(report, end));
    }
}
