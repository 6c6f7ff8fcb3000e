//! Qualified values, units, periods, exact arithmetic, printed forms and resolved facts: the vocabulary of Exhibit.
//!
//! This crate stands alone: it reads no YAML and no file, and draws nothing. A program that only calculates with qualified numbers
//! needs three steps: parse, calculate, print.
//!
//! ```
//! use exhibit_facts::calculation::Quantity;
//! use exhibit_facts::unit::UnitDef;
//! use exhibit_facts::{Language, Units};
//!
//! # fn main() -> Result<(), exhibit_facts::calculation::CalculationError> {
//! let mut units = Units::builtin();
//! units.add(UnitDef::counted("vehicles", [
//!     (Language::English, "vehicle", "vehicles"),
//!     (Language::German, "Fahrzeug", "Fahrzeuge"),
//!     (Language::Chinese, "辆", "辆"),
//! ]));
//!
//! // Parse: a number with its qualifier, and a unit.
//! let spending = Quantity::parse("1.90 billion", "CNY", &units)?;
//! let deliveries = Quantity::parse("> 10_000", "vehicles", &units)?;
//!
//! // Calculate: dividing by a lower bound gives an upper bound, exact to the last digit.
//! let each = spending.over(&deliveries, &units)?;
//! assert_eq!(each.unit.to_string(), "CNY/vehicles");
//! assert_eq!(each.value.shape.high().unwrap().value.to_string(), "190000");
//!
//! // Print: in English, German and Chinese. Ties between number and unit become plain spaces here.
//! let sentence = |language| each.forms(language, &units).sentence.replace('\u{a0}', " ");
//! assert_eq!(sentence(Language::English), "less than 190,000 yuan per vehicle");
//! assert_eq!(sentence(Language::German), "weniger als 190.000 Yuan je Fahrzeug");
//! assert_eq!(sentence(Language::Chinese), "不到190,000元/辆");
//! # Ok(())
//! # }
//! ```
//!
//! # Contents, from the small to the large
//! - Base: [`span`] (where a text stands), [`language`], [`normal`] (one form for texts that look alike).
//! - Numbers: [`quantity`] (a value and its shape), [`number`] (parse a value), [`estimate`] (levels of confidence), [`reason`] (why there is none), [`rounding`], [`mod@unit`].
//! - Names: [`period`] (what a figure is for), [`dated`] (periods as files have them), [`length`] (of a period), [`address`] (the name of a fact), [`formula`].
//! - Calculation: [`arithmetic`] (intervals), [`calculation`] (values with units).
//! - Print: [`mod@format`].
//! - Results: [`facts`] (a brief, resolved).
//!
//! Amounts are exact fractions ([`num_rational::BigRational`]). Errors are types with a reason ([`std::fmt::Display`]) and, where one
//! is known, a way out (`help`). No text makes a function of this crate panic.

pub mod span;

pub mod language;

pub mod estimate;

pub mod reason;

pub mod normal;

pub mod quantity;

pub mod number;

pub mod rounding;

pub mod unit;

pub mod dated;
pub mod period;

pub mod length;

pub mod address;

pub mod formula;

pub mod arithmetic;

pub mod calculation;

pub mod format;

pub mod chart_spec;
pub mod facts;

pub use address::Address;
pub use calculation::Quantity;
pub use facts::{Fact, Facts};
pub use language::Language;
pub use period::Period;
pub use quantity::{Amount, Reading, Shape, Status, Value};
pub use span::Span;
pub use unit::{Unit, Units};
