//! A side of a comparison: a data set, a brief, a manifest, or a brief at a git revision.

use std::path::Path;

use exhibit::manifest::Manifest;
use exhibit::{Brief, Disk, Loader};

use crate::exit::Failure;
use crate::input;
use crate::world::{self, Revision};

/// What is compared.
pub(crate) enum Edition {
    /// A brief with its data.
    Brief(Box<Brief>),
    /// A data set without a brief.
    Data(Box<Brief>),
    /// What a build left.
    Manifest(Manifest),
}

impl Edition {
    /// Reads what was typed: a file if there is one of that name, else a revision, at which `brief` is meant.
    ///
    /// # Errors
    /// When it is neither, or cannot be read.
    pub(crate) fn read(name: &str, brief: Option<&Path>) -> Result<Self, Failure> {
        let path = Path::new(name);
        if !world::is_file(path) {
            let revision = Revision::find(name)?;
            return Ok(Self::Brief(Box::new(input::at(&revision, brief)?)));
        }
        let unreadable = |why: &str| Failure::World(format!("{name} cannot be read: {why}"));
        let text = Disk
            .text(path)
            .map_err(|why| unreadable(&why.to_string()))?;
        if path.extension().is_some_and(|kind| kind == "json") {
            let manifest = Manifest::parse(text.as_bytes());
            return manifest
                .map(Self::Manifest)
                .ok_or_else(|| unreadable("no build of this program wrote this manifest"));
        }
        Ok(if names_data(&text) {
            Self::Brief(Box::new(input::read(Some(path))?))
        } else {
            Self::Data(Box::new(input::of_data(path, &text)))
        })
    }

    /// What it is, in a word.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Brief(_) => "a brief",
            Self::Data(_) => "a data set",
            Self::Manifest(_) => "a manifest",
        }
    }
}

/// True for a brief: it names its data sets by a key at the left edge, and a data set has no such key.
fn names_data(text: &str) -> bool {
    text.lines().any(|line| {
        line.trim_start_matches('\u{feff}')
            .strip_prefix("data")
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::names_data;

    #[test]
    fn a_brief_names_its_data() {
        assert!(names_data("title: T\ndata: [a.yaml]\n"));
        assert!(names_data("\u{feff}data : [a.yaml]\n"));
        assert!(!names_data("sources:\n  data: {title: T}\n"));
        assert!(!names_data("database: x\n"));
    }
}
