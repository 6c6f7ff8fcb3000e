//! The point of an estimate on its way through arithmetic, and the level of its interval.

use num_rational::BigRational;

use crate::estimate::Level;

/// What an estimate is besides its interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimated {
    /// The point. It lies in the interval.
    pub point: BigRational,
    /// How often the interval holds the truth, where that is known.
    pub level: Option<Level>,
}

impl Estimated {
    /// The same estimate elsewhere: a change that keeps or turns the order of numbers keeps the level.
    pub(super) fn moved(self, change: impl FnOnce(BigRational) -> BigRational) -> Self {
        Self {
            point: change(self.point),
            ..self
        }
    }
}
