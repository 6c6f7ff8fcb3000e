//! How the program ends.

use std::fmt;
use std::process::ExitCode;

/// How the program ends: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done.
    Done,
    /// 1: the input has findings, or the output is not current.
    Findings,
    /// 2: what was typed is no sound request.
    Usage,
    /// 3: input cannot be read, or output cannot be written.
    World,
    /// 4: a fault of ours.
    Ours,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::World => 3,
            Exit::Ours => 4,
        })
    }
}

/// Why a command stopped without a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// What was typed is no sound request.
    Usage(String),
    /// The machine did not give or take a file.
    World(String),
}

impl Failure {
    /// The exit code it leads to.
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::World(_) => Exit::World,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(what) | Self::World(what)) = self;
        writeln!(f, "error: {what}")
    }
}
