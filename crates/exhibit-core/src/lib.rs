//! From YAML text to facts: values, units, periods, provenance, findings.
//!
//! The road: [`parse`](crate) text into a spanned model that may be wrong, `resolve` it into [`Facts`] that are not.
//! No file, clock or environment is read here, and nothing is drawn.

pub mod address;
pub mod arithmetic;
pub mod article;
mod compile;
pub mod diag;
pub mod diff;
pub mod evidence;
pub mod export;
pub mod facts;
pub mod format;
pub mod formula;
mod model;
pub mod number;
mod parse;
pub mod period;
pub mod quantity;
mod resolve;
pub mod rounding;
pub mod source;
mod table;
pub mod unit;
pub mod verify;
mod yaml;

pub use compile::{Compilation, Load, Open, compile, compile_with};
pub use facts::Facts;
#[doc(hidden)]
pub use yaml::as_json;
