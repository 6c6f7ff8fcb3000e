//! A number in a text, with what the words beside it make of it.

use num_rational::BigRational;
use num_traits::Signed;

use exhibit_facts::quantity::Amount;

/// A bound that a source's words make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// "more than"
    MoreThan,
    /// "at least"
    AtLeast,
    /// "less than"
    LessThan,
    /// "at most"
    AtMost,
}

impl Bound {
    /// The name of the shape, as in JSON.
    #[must_use]
    pub const fn qualifier(self) -> &'static str {
        match self {
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::AtMost => "at_most",
        }
    }
}

/// A number that a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it may be; more than one where the writing means two things.
    pub readings: Vec<BigRational>,
    /// The bound that its words make.
    pub bound: Option<Bound>,
    /// "About" stands beside it.
    pub about: bool,
    /// One end of a range.
    pub range: bool,
    /// First byte of the number, and one past its last.
    pub place: (usize, usize),
}

impl Mention {
    /// True when it may be this amount. A fall of five is minus five in the data and five in the source: words carry the sign.
    #[must_use]
    pub fn may_be(&self, amount: &Amount) -> bool {
        let size = amount.value.abs();
        self.readings.contains(&size) || self.readings.contains(&amount.value)
    }
}
