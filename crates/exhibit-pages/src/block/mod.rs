//! Blocks of a brief into stacks of fragments.
//!
//! Each module sets one kind of block: it adds the block's nodes to the structure and gives the fragments that fill them.

pub(crate) mod callout;
pub(crate) mod columns;
pub(crate) mod contents;
pub(crate) mod exhibit;
pub(crate) mod grid;
pub(crate) mod heading;
pub(crate) mod keyfigures;
pub(crate) mod list;
pub(crate) mod overflow_wrap;
pub(crate) mod paragraph;
pub(crate) mod prose;
pub(crate) mod table;
pub(crate) mod title;
pub(crate) mod vstack;
