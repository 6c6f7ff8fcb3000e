//! What bounds support of an order: which is more, which are equal, the largest and the smallest.

use super::{End, Interval, Reach, Refusal, poorer};

/// What is known of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It holds for all numbers that may be meant.
    True,
    /// It holds for none of them.
    False,
    /// It holds for some and not for others.
    Open,
}

impl Interval {
    /// True when every number that may be meant here is above every one there. "About" has no width and counts as the number said.
    #[must_use]
    pub fn above(&self, other: &Self) -> bool {
        matches!((&self.low, &other.high), (Some(low), Some(high)) if low.at > high.at || (low.at == high.at && (low.strict || high.strict)))
    }

    /// The same, or equal.
    #[must_use]
    pub fn not_below(&self, other: &Self) -> bool {
        matches!((&self.low, &other.high), (Some(low), Some(high)) if low.at >= high.at)
    }

    /// Whether this is more than the other.
    #[must_use]
    pub fn more_than(&self, other: &Self) -> Known {
        if self.above(other) {
            Known::True
        } else if other.not_below(self) {
            Known::False
        } else {
            Known::Open
        }
    }

    /// Whether this equals the other. Two numbers said with "about" are not known to be equal.
    #[must_use]
    pub fn equals(&self, other: &Self) -> Known {
        let said = !self.about && !other.about;
        if said
            && self.is_point()
            && other.is_point()
            && self.not_below(other)
            && other.not_below(self)
        {
            Known::True
        } else if self.above(other) || other.above(self) {
            Known::False
        } else {
            Known::Open
        }
    }

    /// The largest of some: above every one of their lower ends, below the farthest of their upper ends.
    ///
    /// # Errors
    /// When the result would say nothing.
    ///
    /// # Panics
    /// Without any.
    pub fn most(all: &[Self]) -> Result<Self, Refusal> {
        let mut most = all.first().expect("a list with something in it").clone();
        for other in &all[1..] {
            let low = Reach::low(&most).upper(Reach::low(other));
            // Of two equal lower ends the strict one says more; of two equal upper ends the weak one is safe.
            let strict = [&most, other]
                .iter()
                .filter_map(|one| one.low.as_ref())
                .any(|end| end.strict && Some(&end.at) == low.at());
            let low = low.end().map(|end| End { strict, ..end });
            let high = Reach::high(&most).upper(Reach::high(other)).end();
            most = Self {
                low,
                high,
                floor: most.floor && other.floor,
                about: most.about || other.about,
                precision: poorer(most.precision, other.precision),
            };
        }
        most.said("nothing bounds the largest of these")
    }

    /// The smallest of some.
    ///
    /// # Errors
    /// When the result would say nothing.
    pub fn least(all: &[Self]) -> Result<Self, Refusal> {
        let floor = all.iter().any(|one| one.floor);
        let flipped: Vec<Self> = all.iter().cloned().map(Self::negated).collect();
        let least = Self::most(&flipped)
            .map_err(|refusal| refusal.said_as("nothing bounds the smallest of these"))?
            .negated();
        Ok(Self { floor, ..least })
    }
}
