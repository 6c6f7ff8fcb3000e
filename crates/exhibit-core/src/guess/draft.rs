//! What is guessed, and how the file is reached.

use std::io::Read;

use crate::load::LoadError;

/// A first data set and brief, as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstDraft {
    /// The data set.
    pub data: String,
    /// The brief, which names the data set `data.yaml`.
    pub brief: String,
    /// What the author has to settle, a sentence each.
    pub settle: Vec<String>,
}

/// Opens the file again, from its begin.
pub type Reopen<'a> = dyn FnMut() -> Result<Box<dyn Read>, LoadError> + 'a;
