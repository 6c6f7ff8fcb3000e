//! From YAML text to facts: values, units, periods, provenance, findings.
//!
//! The road: [`parse`](crate) text into a spanned model that may be wrong, `resolve` it into [`Facts`](exhibit_facts::facts::Facts) that are not.
//! No file, clock or environment is read here, and nothing is drawn.

pub mod article;
mod code;
mod compile;
pub mod diag;
pub mod diff;
pub mod evidence;
pub mod export;
mod load;
mod model;
mod parse;
mod resolve;
mod rules;
pub mod source;
mod table;
pub mod verify;
mod yaml;

pub use compile::{Compilation, compile, compile_with};
pub use load::{Load, LoadError, Open};
#[doc(hidden)]
pub use yaml::as_json;
