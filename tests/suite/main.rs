//! The end-to-end suite: everything that needs more than one room. What needs somebody else's program is in `outside`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the suite reads the workspace and runs programs of others"
)]

mod charts;
mod cli;
mod diag;
mod examples;
mod examples_of_docs;
mod kinds;
mod pdf;
mod readme;
mod svg;
mod timelines;
mod workspace;
mod yaml;
