//! Text and tables to facts: reads a brief and its data sets, finds what is wrong, resolves what is not.
//!
//! The front door is [`compile()`]. Text becomes a model with places (`parse`), which may be wrong; `resolve` makes
//! [`Facts`](exhibit_facts::facts::Facts) of it, which are not. What is wrong is a [finding](diag::Finding) with its place. No file,
//! clock or environment is read here, and nothing is drawn.
//!
//! # Contents
//! - Input: [`LoadError`] and the loaders' types, [`source`] (texts, lines and columns), `yaml`, `table` (rows of CSV, JSON, Parquet).
//! - Findings: [`diag`], with one [`Code`](diag::Code) for each kind of thing that can be wrong.
//! - The road: `parse` to a `model`, held to `rules`; `resolve` to facts; [`compile()`] runs both.
//! - Sources: [`evidence`] (numbers in a source's words), [`verify`] (evidence against the source's text),
//!   [`workbook`] (figures against the cells of a workbook).
//! - Results: [`export`] (facts as JSON and CSV), [`diff`] (two editions).
//! - The first data set: [`guess`] (for a file), [`article`].

mod load;
pub mod source;

mod code;
pub mod diag;

mod yaml;

mod model;
mod rules;

mod book;
mod package;

mod parse;
mod table;

mod resolve;

mod compile;

pub mod evidence;
pub mod verify;
pub mod workbook;

pub mod guess;

pub mod diff;
pub mod export;

pub mod article;

pub use compile::{Compilation, compile, compile_with};
pub use load::{Load, LoadError, Open};
#[doc(hidden)]
pub use yaml::as_json;
