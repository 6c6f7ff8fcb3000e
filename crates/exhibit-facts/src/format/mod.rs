//! Numbers, periods and qualifiers to words: only here.
//!
//! Digits, grouping and signs, plural forms and lists come from ICU; which digits are shown, how a qualifier reads and how a period
//! is named is ours.

mod forms;
mod number;
mod period;
mod spell;
mod words;

pub use forms::{
    Forms, Scaling, UnitLabel, forms, multiplier_word, reading_forms, unit_words, unqualified,
};
pub use number::{Printed, decimal, display_exponent, exact_decimal, list, print, tick};
pub use period::{date, deadline, due, moment, month_name, period, year};
pub use spell::spell;
pub use words::{MarkNotes, StatusLook, Words, accessed, colon, comma, note_letter, rows, words};
