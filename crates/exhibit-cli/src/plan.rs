//! What an output folder lacks: the difference between what was built and what lies there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use exhibit::manifest::{self, Manifest};

use crate::exit::Failure;
use crate::world::{self, Entry};

/// An output folder as a build finds it.
pub(crate) struct Folder {
    /// As it was typed: for messages.
    pub(crate) name: PathBuf,
    /// Where it really is; `None` when it is not there yet.
    pub(crate) real: Option<PathBuf>,
    /// The manifest of the build before.
    pub(crate) manifest: Option<Manifest>,
    /// There is a file of that name that is no manifest.
    foreign_manifest: bool,
}

/// What is to be done to a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// What is not there yet, by index of the file.
    pub(crate) missing: Vec<usize>,
    /// What is there and differs, by index of the file.
    pub(crate) differs: Vec<usize>,
    /// What the build before made and this one does not.
    pub(crate) left_over: Vec<String>,
    /// The same, but somebody changed it since: it stays.
    pub(crate) changed: Vec<String>,
    /// What differs and was never made by a build: writing it would destroy something.
    pub(crate) foreign: Vec<String>,
}

impl Folder {
    /// Looks at a folder and its manifest.
    ///
    /// # Errors
    /// When it is something else than a folder, or cannot be read.
    pub(crate) fn look(name: &Path) -> Result<Self, Failure> {
        let real = world::folder(name)?;
        let bytes = match &real {
            Some(real) => world::bytes(&real.join(manifest::NAME))?,
            None => None,
        };
        let manifest = bytes.as_deref().and_then(Manifest::parse);
        Ok(Self {
            name: name.to_path_buf(),
            foreign_manifest: bytes.is_some() && manifest.is_none(),
            real,
            manifest,
        })
    }

    /// True when a file of the build before is still there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.real
            .as_ref()
            .is_some_and(|real| matches!(world::entry(&real.join(path)), Ok(Entry::File(_))))
    }

    /// Compares files, each a path and its bytes, with what lies in the folder. `all` are the paths of everything that the
    /// brief gives: what the build before made beside them is left over.
    ///
    /// # Errors
    /// When something stands in the way of a file: a folder, a link. When a file cannot be read.
    pub(crate) fn compare(
        &self,
        files: &[(&str, &[u8])],
        all: &BTreeSet<String>,
    ) -> Result<Plan, Failure> {
        let mut plan = Plan::default();
        let Some(real) = &self.real else {
            plan.missing = (0..files.len()).collect();
            return Ok(plan);
        };
        for folder in files.iter().filter_map(|(path, _)| path.split_once('/')) {
            let at = real.join(folder.0);
            if !matches!(world::entry(&at)?, Entry::Nothing | Entry::Folder) {
                return Err(self.in_the_way(folder.0, "is not a folder, or is a link to a folder"));
            }
        }
        for (index, (path, bytes)) in files.iter().enumerate() {
            let at = real.join(path);
            match world::entry(&at)? {
                Entry::Nothing => plan.missing.push(index),
                Entry::File(length) => {
                    let same = length == bytes.len() as u64
                        && world::bytes(&at)?.is_some_and(|found| found == *bytes);
                    if !same {
                        plan.differs.push(index);
                        if !self.listed(path) {
                            plan.foreign.push((*path).to_owned());
                        }
                    }
                }
                Entry::Folder | Entry::Link | Entry::Other => {
                    return Err(self.in_the_way(path, "is not a plain file"));
                }
            }
        }
        for entry in self.manifest.iter().flat_map(|manifest| &manifest.outputs) {
            if all.contains(&entry.path) {
                continue;
            }
            let at = real.join(&entry.path);
            if !matches!(world::entry(&at)?, Entry::File(_)) {
                continue;
            }
            // What somebody changed by hand is his; only what a build wrote is removed.
            let ours =
                world::bytes(&at)?.is_some_and(|bytes| manifest::digest(&bytes) == entry.digest);
            let list = if ours {
                &mut plan.left_over
            } else {
                &mut plan.changed
            };
            list.push(entry.path.clone());
        }
        Ok(plan)
    }

    fn listed(&self, path: &str) -> bool {
        match &self.manifest {
            Some(manifest) => path == manifest::NAME || manifest.entry(path).is_some(),
            None => path == manifest::NAME && !self.foreign_manifest,
        }
    }

    fn in_the_way(&self, path: &str, what: &str) -> Failure {
        Failure::World(format!(
            "{} {what}; move this entry, or choose another folder by `--out`",
            self.name.join(path).display()
        ))
    }

    /// Why a build would stop here: it would write over what no build has made. `None` where it would not.
    pub(crate) fn stop(&self, plan: &Plan) -> Option<String> {
        let (first, rest) = plan.foreign.split_first()?;
        let more = match rest.len() {
            0 => String::new(),
            1 => " and 1 more file".to_owned(),
            count => format!(" and {count} more files"),
        };
        let first = self.name.join(first);
        let why = if self.foreign_manifest {
            let (manifest, folder) = (self.name.join(manifest::NAME), self.name.display());
            format!(
                "no build wrote {}, so the files of builds are not known; restore the earlier manifest, \
                 remove {folder} if all files in it can be built again,",
                manifest.display()
            )
        } else {
            "no manifest of an earlier build lists the present content; move the content,"
                .to_owned()
        };
        Some(format!(
            "{}{more} would be overwritten, but {why} or choose another folder by `--out`",
            first.display()
        ))
    }
}

impl Plan {
    /// True when the folder lacks nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.differs.is_empty() && self.left_over.is_empty()
    }
}
