//! Arithmetic over qualified values.
//!
//! A qualified value stands for an interval: "more than 10,000" is everything above 10,000, "less than 30" everything
//! from zero (or from below, for signed metrics) up to 30. An operation gives the smallest interval that holds every
//! result of numbers chosen inside the inputs; then the interval becomes a shape again.
//!
//! `docs/arithmetic.md` has the result for each pair of shapes; a test compares it with this module. In short: a bound with an
//! exact number gives a bound, subtracting or dividing by a bound turns it round, two bounds that pull apart are refused. A bound is
//! strict when one of the bounds it came from is. `about` of any input is `about` of the result. A divisor that may be zero or
//! change its sign is refused; so is a result that says nothing. What is refused is refused with the reason ([`Refusal`]).
//!
//! An estimate with its interval keeps both: the point is computed from the points, the interval holds the truth if the intervals of
//! the inputs do, and the level is what is certain of all of them together ([`Estimated`]). No independence is assumed.
//!
//! **Digits.** A product or quotient has as many significant digits as its poorest input, a sum is as coarse as its coarsest term;
//! never fewer than two digits, since rounding to one would mislead more than the inputs do; a second digit that is zero says
//! nothing. Numbers written in the formula itself
//! are exact. A result is kept unrounded; only its printed form is rounded: points to the nearest (halves away from zero), lower
//! bounds down, upper bounds up. A point whose printed form is not the exact result becomes "about".

mod endpoint;
mod estimated;
mod exact;
mod interval;
mod order;
mod refusal;

pub use endpoint::End;
pub use estimated::Estimated;
pub use interval::{Interval, Precision};
pub use order::Known;
pub use refusal::Refusal;
