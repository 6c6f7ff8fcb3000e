//! Ends of intervals, finite and infinite.

use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::exact;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it is.
    pub at: BigRational,
    /// The end itself is left out.
    pub strict: bool,
}

/// An endpoint on the extended line, where infinity is one: for products of corners.
#[derive(Clone, Debug)]
pub(super) enum Endpoint {
    /// Where it is, and whether the end itself is left out.
    Finite(BigRational, bool),
    /// Infinite with this sign.
    Infinite(bool),
}

impl Endpoint {
    /// The lower end of an interval; open, it is minus infinity.
    pub(super) fn low(end: Option<&End>) -> Self {
        end.map_or(Self::Infinite(false), |end| {
            Self::Finite(end.at.clone(), end.strict)
        })
    }

    /// The upper end of an interval; open, it is infinity.
    pub(super) fn high(end: Option<&End>) -> Self {
        end.map_or(Self::Infinite(true), |end| {
            Self::Finite(end.at.clone(), end.strict)
        })
    }

    /// Zero times infinity is zero here: the corner of all products of a factor at zero.
    pub(super) fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Finite(a, p), Self::Finite(b, q)) => {
                let product = exact::product(a, b);
                // A closed zero factor reaches the zero product whatever the other side leaves out.
                let strict = if product.is_zero() {
                    (*q || !b.is_zero()) && (*p || !a.is_zero())
                } else {
                    *p || *q
                };
                Self::Finite(product, strict)
            }
            (Self::Finite(a, strict), Self::Infinite(sign))
            | (Self::Infinite(sign), Self::Finite(a, strict)) => {
                if a.is_zero() {
                    Self::Finite(BigRational::zero(), *strict)
                } else {
                    Self::Infinite(*sign == a.is_positive())
                }
            }
            (Self::Infinite(a), Self::Infinite(b)) => Self::Infinite(a == b),
        }
    }

    /// The lower of two; of two at one place the one that is not left out.
    pub(super) fn lower(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Infinite(false), _) | (_, Self::Infinite(true)) => self,
            (_, Self::Infinite(false)) | (Self::Infinite(true), _) => other,
            (Self::Finite(a, p), Self::Finite(b, q)) => {
                if a < b || (a == b && (!p || *q)) {
                    self
                } else {
                    other
                }
            }
        }
    }

    /// The upper of two; of two at one place the one that is not left out.
    pub(super) fn upper(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Infinite(true), _) | (_, Self::Infinite(false)) => self,
            (_, Self::Infinite(true)) | (Self::Infinite(false), _) => other,
            (Self::Finite(a, p), Self::Finite(b, q)) => {
                if a > b || (a == b && (!p || *q)) {
                    self
                } else {
                    other
                }
            }
        }
    }

    /// Where it is; nothing for infinity.
    pub(super) fn at(&self) -> Option<&BigRational> {
        match self {
            Self::Finite(at, _) => Some(at),
            Self::Infinite(_) => None,
        }
    }

    /// The end of an interval again; nothing for infinity.
    pub(super) fn end(self) -> Option<End> {
        match self {
            Self::Finite(at, strict) => Some(End { at, strict }),
            Self::Infinite(_) => None,
        }
    }
}
