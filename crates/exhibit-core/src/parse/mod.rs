//! Nodes to models: every key known, every type right, or a finding; never only the first.

mod brief;
mod data;
mod dialect;
mod inventory;
mod metric;
mod precision;
mod reader;
mod table;
mod value;

pub(crate) use brief::brief;
pub(crate) use data::data;
pub(crate) use reader::Reader;
