//! What bounds support of an order: which is more, which are equal, the largest and the smallest.

use super::endpoint::{End, Endpoint};
use super::interval::{Interval, Precision, poorer};
use super::refusal::{Refusal, refuse};

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
    /// True when every number that may be meant here is above every one there. "About" has no width and counts as the number itself.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("> 5").above(&of("5")));
    /// assert!(!of(">= 5").above(&of("5")));
    /// ```
    #[must_use]
    pub fn above(&self, other: &Self) -> bool {
        matches!((&self.low, &other.high), (Some(low), Some(high)) if low.at > high.at || (low.at == high.at && (low.strict || high.strict)))
    }

    /// True when no number that may be meant here is below any one there.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of(">= 5").not_below(&of("5")));
    /// ```
    #[must_use]
    pub fn not_below(&self, other: &Self) -> bool {
        matches!((&self.low, &other.high), (Some(low), Some(high)) if low.at >= high.at)
    }

    /// Whether this is more than the other.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::{Interval, Known}, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(of("40..50").more_than(&of("30")), Known::True);
    /// assert_eq!(of("40..50").more_than(&of("45")), Known::Open);
    /// ```
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

    /// Whether this equals the other. Two numbers that are "about" are not known to be equal.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::{Interval, Known}, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(of("5").equals(&of("5.0")), Known::True);
    /// assert_eq!(of("~ 5").equals(&of("5")), Known::Open);
    /// ```
    #[must_use]
    pub fn equals(&self, other: &Self) -> Known {
        let plain = !self.about && !other.about;
        if plain
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

    /// Which of some is the largest, where their bounds say so. Of several that are equal it is the one with the most careful qualifier:
    /// with "about", then with the fewest digits, then the first.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(Interval::largest(&[of("5"), of("> 10"), of("< 3")]), Some(1));
    /// assert_eq!(Interval::largest(&[of("< 5"), of("3")]), None);
    /// ```
    #[must_use]
    pub fn largest(all: &[Self]) -> Option<usize> {
        Self::chosen(all, Self::not_below)
    }

    /// Which of some is the smallest; the counterpart of [`Interval::largest`].
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(Interval::smallest(&[of("5"), of("> 10"), of("< 3")]), Some(2));
    /// ```
    #[must_use]
    pub fn smallest(all: &[Self]) -> Option<usize> {
        Self::chosen(all, |one, other| other.not_below(one))
    }

    fn chosen(all: &[Self], leads: impl Fn(&Self, &Self) -> bool) -> Option<usize> {
        let care = |one: &Self| match one.precision {
            Precision::Digits(digits) => (!one.about, digits),
            Precision::Exact => (!one.about, u32::MAX),
        };
        (0..all.len())
            .filter(|index| {
                let others = (0..all.len()).filter(|other| other != index);
                others
                    .into_iter()
                    .all(|other| leads(&all[*index], &all[other]))
            })
            .min_by_key(|index| care(&all[*index]))
    }

    /// The largest of some: one of them as it stands, where the bounds say which; else what is above every one of their lower ends
    /// and below the farthest of their upper ends.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let most = Interval::most(&[of("40..50"), of("45..60")]).unwrap();
    /// assert_eq!(most, of("45..60"));
    /// assert!(Interval::most(&[]).is_err());
    /// ```
    ///
    /// # Errors
    /// Without any, and when the result would say nothing.
    pub fn most(all: &[Self]) -> Result<Self, Refusal> {
        if let Some(index) = Self::largest(all) {
            return Ok(all[index].clone());
        }
        let Some((first, others)) = all.split_first() else {
            return refuse("there are no figures to choose from");
        };
        let mut most = first.clone();
        for other in others {
            let low = Endpoint::low(most.low.as_ref()).upper(Endpoint::low(other.low.as_ref()));
            // Of two equal lower ends the strict one says more; of two equal upper ends the weak one is safe.
            let strict = [&most, other]
                .iter()
                .filter_map(|one| one.low.as_ref())
                .any(|end| end.strict && Some(&end.at) == low.at());
            let low = low.end().map(|end| End { strict, ..end });
            let high = Endpoint::high(most.high.as_ref())
                .upper(Endpoint::high(other.high.as_ref()))
                .end();
            let (estimated, blurred) = most.joined_estimate(other, |a, b| a.max(b).clone());
            most = Self {
                low,
                high,
                floor: most.floor && other.floor,
                about: most.about || other.about || blurred,
                precision: poorer(most.precision, other.precision),
                estimated,
            };
        }
        most.bounded("the largest of these figures has no bound")
    }

    /// The smallest of some; the counterpart of [`Interval::most`].
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(Interval::least(&[of("40..50"), of("45..60")]).unwrap(), of("40..50"));
    /// ```
    ///
    /// # Errors
    /// Without any, and when the result would say nothing.
    pub fn least(all: &[Self]) -> Result<Self, Refusal> {
        if let Some(index) = Self::smallest(all) {
            return Ok(all[index].clone());
        }
        let floor = all.iter().any(|one| one.floor);
        let flipped: Vec<Self> = all.iter().cloned().map(Self::negated).collect();
        let least = Self::most(&flipped)
            .map_err(|refusal| refusal.reworded("the smallest of these figures has no bound"))?
            .negated();
        Ok(Self { floor, ..least })
    }
}
