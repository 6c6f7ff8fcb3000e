//! Blocks of a brief to stacks of fragments.
//!
//! Each module sets one block: the module adds the nodes of the block to the structure, and returns the fragments that
//! fill those nodes.

pub(crate) mod callout;
pub(crate) mod columns;
pub(crate) mod contents;
pub(crate) mod exhibit;
pub(crate) mod grid;
pub(crate) mod heading;
pub(crate) mod key_figures;
pub(crate) mod list;
pub(crate) mod overflow_wrap;
pub(crate) mod paragraph;
pub(crate) mod prose;
pub(crate) mod table;
pub(crate) mod title;
pub(crate) mod vstack;
