//! Numbers, periods and qualifiers to words: only here.
//!
//! Digits, grouping and signs, plural forms, lists, the names of months and the order of names come from ICU; which digits are shown, the words of a qualifier and how a period
//! is named is ours.

mod collation;
mod currency;
mod digits;
mod forms;
mod number;
mod period;
mod sentence;
mod spell;
mod words;

pub use collation::Collation;
pub use digits::{Detail, as_asked, shared_decimals, with_decimals};
pub use forms::{
    Forms, Scaling, UnitLabel, forms, forms_with, intervals, multiplier_word, reading_forms,
    shape_exponent, unit_words, unqualified,
};
pub use number::{
    Printed, decimal, display_exponent, exact_decimal, is_rounded, list, month, print, tick,
};
pub use period::{
    covering, date, day_of_month, deadline, due, moment, month_name, part_of_year, period, short,
    year,
};
pub use sentence::{sentences, stop};
pub use spell::spell;
pub use words::{
    MarkNotes, StatusLook, Words, absence_sign, absent, accessed, colon, comma, no_row,
    note_letter, places, rows, semicolon, values, words,
};
