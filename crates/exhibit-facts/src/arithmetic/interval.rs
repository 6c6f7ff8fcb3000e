//! Intervals, their four operations and roots, and the way from a value to an interval and back.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::endpoint::{End, Endpoint};
use super::estimated::Estimated;
use super::exact;
use super::refusal::{Refusal, refuse, senseless};
use crate::estimate::Level;
use crate::quantity::{Amount, Shape, Value};
use crate::rounding::{Rounding, magnitude, root, rounded, written_digits};

/// The way out for a divisor that may be zero.
const NO_DIVISOR: &str =
    "divide by a figure that is certainly not zero, or show both figures instead of the quotient";

/// How finely a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Without limit: a number of the formula.
    Exact,
    /// So many significant digits.
    Digits(u32),
}

/// The numbers that a qualified value may stand for, in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interval {
    /// Lower end; `None` is open to minus infinity.
    pub low: Option<End>,
    /// Upper end; `None` is open to infinity.
    pub high: Option<End>,
    /// The lower end is zero because the metric cannot be below, not because a source gives a bound.
    pub floor: bool,
    /// "About" stands before it.
    pub about: bool,
    /// How finely it is known.
    pub precision: Precision,
    /// The point of an estimate and the level of its interval; `None` for what is no estimate.
    pub estimated: Option<Estimated>,
}

impl Interval {
    /// A number of the formula.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let two = Interval::number(number("2"));
    /// let doubled = of("> 1.25").times(&two).unwrap();
    /// assert_eq!(doubled.value(&number("1")).shape.low().unwrap().digits, 3);
    /// ```
    #[must_use]
    pub fn number(value: BigRational) -> Self {
        let end = || {
            Some(End {
                at: value.clone(),
                strict: false,
            })
        };
        Self {
            low: end(),
            high: end(),
            floor: false,
            about: false,
            precision: Precision::Exact,
            estimated: None,
        }
    }

    /// A value, times `factor` (its unit in base units). `signed`: an upper bound may lie below zero.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("< 30").contains(&number("0")) && !of("< 30").contains(&number("-1")));
    /// let change = Interval::of(&value("< 30").unwrap(), &number("1"), true);
    /// assert!(change.contains(&number("-1")));
    /// ```
    #[must_use]
    pub fn of(value: &Value, factor: &BigRational, signed: bool) -> Self {
        let one = factor.is_one();
        let end = |amount: &Amount, strict| {
            let at = if one {
                amount.value.clone()
            } else {
                &amount.value * factor
            };
            Some(End { at, strict })
        };
        let digits = value
            .shape
            .named()
            .map(|amount| amount.digits)
            .min()
            .unwrap_or(1);
        let zero = || {
            Some(End {
                at: BigRational::zero(),
                strict: false,
            })
        };
        let floored = |amount: &Amount| !signed && !amount.is_negative();
        let (low, high, floor) = match &value.shape {
            Shape::Exact(amount) => (end(amount, false), end(amount, false), false),
            Shape::MoreThan(amount) => (end(amount, true), None, false),
            Shape::AtLeast(amount) => (end(amount, false), None, false),
            Shape::LessThan(amount) if floored(amount) => (zero(), end(amount, true), true),
            Shape::AtMost(amount) if floored(amount) => (zero(), end(amount, false), true),
            Shape::LessThan(amount) => (None, end(amount, true), false),
            Shape::AtMost(amount) => (None, end(amount, false), false),
            Shape::Range { low, high } | Shape::Estimate { low, high, .. } => {
                (end(low, false), end(high, false), false)
            }
        };
        let estimated = match &value.shape {
            Shape::Estimate { point, level, .. } => Some(Estimated {
                point: &point.value * factor,
                level: level.clone(),
            }),
            _ => None,
        };
        Self {
            low,
            high,
            floor,
            about: value.about,
            precision: Precision::Digits(digits),
            estimated,
        }
    }

    /// True when it is one number.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("~ 5").is_point() && !of("40..50").is_point());
    /// ```
    #[must_use]
    pub fn is_point(&self) -> bool {
        matches!((&self.low, &self.high), (Some(low), Some(high)) if low.at == high.at)
    }

    /// True when `number` may be meant.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of(">= 5").contains(&number("5")) && !of("> 5").contains(&number("5")));
    /// ```
    #[must_use]
    pub fn contains(&self, number: &BigRational) -> bool {
        let above = self.low.as_ref().is_none_or(|low| {
            if low.strict {
                *number > low.at
            } else {
                *number >= low.at
            }
        });
        let below = self.high.as_ref().is_none_or(|high| {
            if high.strict {
                *number < high.at
            } else {
                *number <= high.at
            }
        });
        above && below
    }

    /// True when every number that may be meant is above zero. A lower end of zero that is there only because the metric cannot be below
    /// counts as above: the source says "less than 30", and means some.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("> 5").is_positive() && of("< 5").is_positive());
    /// assert!(!of("0").is_positive() && !of("-5").is_positive());
    /// ```
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.low.as_ref().is_some_and(|low| {
            low.at.is_positive() || (low.at.is_zero() && (low.strict || self.floor))
        })
    }

    /// True when no number that may be meant is below zero.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), true);
    /// assert!(of("0").is_not_negative());
    /// // A signed metric may be far below its upper bound.
    /// assert!(!of("< 5").is_not_negative());
    /// ```
    #[must_use]
    pub fn is_not_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.at.is_negative())
    }

    /// True when it is zero and nothing else.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("0").is_zero() && !of("< 5").is_zero());
    /// ```
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.is_point() && self.low.as_ref().is_some_and(|low| low.at.is_zero())
    }

    /// The magnitude: the same without its sign.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), true);
    /// let fall = of("< -5").magnitude().unwrap();
    /// assert_eq!(fall.value(&number("1")).shape.qualifier(), "more_than");
    /// let around = of("-3..5").magnitude().unwrap();
    /// assert!(around.contains(&number("0")) && around.contains(&number("5")));
    /// ```
    ///
    /// # Errors
    /// When the result would say nothing, as the magnitude of what may be any number.
    pub fn magnitude(self) -> Result<Self, Refusal> {
        if self.is_not_negative() {
            return Ok(self);
        }
        if self
            .high
            .as_ref()
            .is_some_and(|high| !high.at.is_positive())
        {
            return Ok(self.negated());
        }
        let farthest = match (&self.low, &self.high) {
            (Some(low), Some(high)) => {
                let below = End {
                    at: -low.at.clone(),
                    ..low.clone()
                };
                Endpoint::high(Some(&below))
                    .upper(Endpoint::high(Some(high)))
                    .end()
            }
            _ => None,
        };
        if farthest.is_none() {
            return refuse(
                "the magnitude of what may lie far on either side of zero can be anything",
            );
        }
        Ok(Self {
            low: Some(End {
                at: BigRational::zero(),
                strict: false,
            }),
            high: farthest,
            floor: false,
            estimated: self.estimated.map(|own| own.moved(|point| point.abs())),
            ..self
        })
    }

    /// Minus.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert_eq!(of("> 5").negated().value(&number("1")).shape.qualifier(), "less_than");
    /// ```
    #[must_use]
    pub fn negated(self) -> Self {
        let flip = |end: Option<End>| end.map(|end| End { at: -end.at, ..end });
        Self {
            low: flip(self.high),
            high: flip(self.low),
            floor: false,
            estimated: self.estimated.map(|own| own.moved(|point| -point)),
            ..self
        }
    }

    /// Sum.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let sum = of("> 5").plus(&of("3")).unwrap();
    /// assert_eq!(sum.value(&number("1")).shape.qualifier(), "more_than");
    /// ```
    ///
    /// # Errors
    /// When the result would say nothing.
    pub fn plus(&self, other: &Self) -> Result<Self, Refusal> {
        let add = |a: &Option<End>, b: &Option<End>| match (a, b) {
            (Some(a), Some(b)) => Some(End {
                at: exact::sum(&a.at, &b.at),
                strict: a.strict || b.strict,
            }),
            _ => None,
        };
        let low = add(&self.low, &other.low);
        let high = if self.is_point() && other.is_point() {
            low.clone()
        } else {
            add(&self.high, &other.high)
        };
        let floor = self.floor && other.floor;
        let (estimated, blurred) = self.joined_estimate(other, exact::sum);
        let point = estimated.as_ref().map(|own| &own.point);
        let precision = coarser_place(self, other, point, &low, &high);
        Self {
            low,
            high,
            floor,
            about: self.about || other.about || blurred,
            precision,
            estimated,
        }
        .bounded("the sum of a lower and an upper bound can be anything")
    }

    /// Difference.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let difference = of("8").minus(&of("> 5")).unwrap();
    /// assert_eq!(difference.value(&number("1")).shape.qualifier(), "less_than");
    /// assert!(of("> 8").minus(&of("> 5")).is_err());
    /// ```
    ///
    /// # Errors
    /// When the result would say nothing.
    pub fn minus(&self, other: &Self) -> Result<Self, Refusal> {
        self.plus(&other.clone().negated()).map_err(|refusal| {
            refusal.reworded(
                "the difference of two bounds of one kind can be anything, as either figure may be the larger",
            )
        })
    }

    /// Product.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let product = of("40..50").times(&of("2")).unwrap();
    /// assert!(product.contains(&number("80")) && product.contains(&number("100")));
    /// ```
    ///
    /// # Errors
    /// When the result would say nothing.
    pub fn times(&self, other: &Self) -> Result<Self, Refusal> {
        let ends = |interval: &Self| {
            let low = Endpoint::low(interval.low.as_ref());
            if interval.is_point() {
                vec![low]
            } else {
                vec![low, Endpoint::high(interval.high.as_ref())]
            }
        };
        let mut corners = Vec::with_capacity(4);
        for a in ends(self) {
            for b in ends(other) {
                corners.push(a.times(&b));
            }
        }
        let low = corners
            .iter()
            .cloned()
            .reduce(Endpoint::lower)
            .expect("at least one corner");
        let high = corners
            .into_iter()
            .reduce(Endpoint::upper)
            .expect("at least one corner");
        let precision = poorer(self.precision, other.precision);
        let low = low.end();
        let floor = (self.floor || other.floor) && low.as_ref().is_some_and(|low| low.at.is_zero());
        let (estimated, blurred) = self.joined_estimate(other, exact::product);
        Self {
            low,
            high: high.end(),
            floor,
            about: self.about || other.about || blurred,
            precision,
            estimated,
        }
        .bounded("the product of a lower and an upper bound can be anything")
    }

    /// Quotient.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let quotient = of("100").over(&of("> 10")).unwrap();
    /// assert_eq!(quotient.value(&number("1")).shape.qualifier(), "less_than");
    /// assert_eq!(of("1").over(&of("0")).unwrap_err().reason(), "the divisor is zero");
    /// ```
    ///
    /// # Errors
    /// When the divisor may be zero or change its sign, or when the result would say nothing.
    pub fn over(&self, divisor: &Self) -> Result<Self, Refusal> {
        let positive = divisor
            .low
            .as_ref()
            .is_some_and(|low| low.at.is_positive() || low.at.is_zero());
        let negative = divisor
            .high
            .as_ref()
            .is_some_and(|high| high.at.is_negative() || high.at.is_zero());
        if divisor.is_point() && divisor.low.as_ref().is_some_and(|low| low.at.is_zero()) {
            return senseless("the divisor is zero", NO_DIVISOR);
        }
        if !positive && !negative {
            return senseless(
                "the divisor may be negative, zero or positive, so the quotient can be anything",
                NO_DIVISOR,
            );
        }
        let zero_inside = |end: &Option<End>| {
            end.as_ref()
                .is_some_and(|end| end.at.is_zero() && !end.strict)
        };
        if (zero_inside(&divisor.low) || zero_inside(&divisor.high)) && !divisor.floor {
            return senseless("the divisor may be zero", NO_DIVISOR);
        }
        let invert = |end: &Option<End>| match end {
            None => Some(End {
                at: BigRational::zero(),
                strict: true,
            }),
            Some(end) if end.at.is_zero() => None,
            Some(end) => Some(End {
                at: end.at.recip(),
                strict: end.strict,
            }),
        };
        let open = divisor.low.is_none() || divisor.high.is_none();
        let inverse = Self {
            low: invert(&divisor.high),
            high: invert(&divisor.low),
            floor: open && positive,
            about: divisor.about,
            precision: divisor.precision,
            // The point is not zero: it lies in an interval without zero.
            estimated: divisor
                .estimated
                .clone()
                .map(|own| own.moved(|point| point.recip())),
        };
        self.times(&inverse).map_err(|refusal| {
            refusal.reworded("the quotient of two bounds of one kind can be anything")
        })
    }

    /// The part that an amount is of itself and the rest. Neither is negative. What is not known of the own amount is counted once, not
    /// above and below the line.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("0").beside(&of("12")).unwrap().contains(&number("0")));
    /// assert!(of("> 5").beside(&of("5")).unwrap().contains(&number("0.75")));
    /// assert!(of("0").beside(&of("0")).is_err());
    /// ```
    ///
    /// # Errors
    /// When the whole may be zero, or when the result would say nothing.
    pub fn beside(&self, rest: &Self) -> Result<Self, Refusal> {
        let one = || Self::number(BigRational::one());
        if self.is_zero() && rest.is_positive() {
            return Ok(self.clone());
        }
        if rest.is_zero() && self.is_positive() {
            return Ok(one());
        }
        if self.is_zero() || rest.is_zero() {
            return senseless(
                "the whole may be zero, and nothing is a part of nothing",
                "show the parts as amounts, or choose a time at which the whole is above zero",
            );
        }
        // Own over own plus the rest, as one over one plus rest over own.
        let above_zero = Self {
            low: self.low.clone().map(|low| End {
                strict: low.strict || low.at.is_zero(),
                ..low
            }),
            ..self.clone()
        };
        let mut part = one().over(&one().plus(&rest.over(&above_zero)?)?)?;
        if self.high.is_none() {
            // That a part is less than the whole goes without saying.
            part.high = None;
        }
        if !self.is_positive() {
            part.low.clone_from(&self.low);
        }
        Ok(part)
    }

    /// The positive `n`-th root, each end rounded outward at 30 significant digits: for compound growth.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// assert!(of("64").root(3).unwrap().contains(&number("4")));
    /// assert!(of("64").root(0).is_err());
    /// ```
    ///
    /// # Errors
    /// Of what may be negative, and for an `n` that is not from 1 to 100.
    pub fn root(&self, n: u32) -> Result<Self, Refusal> {
        if !(1..=100).contains(&n) {
            return refuse("a root must be from the first to the hundredth");
        }
        if self.low.as_ref().is_none_or(|low| low.at.is_negative()) {
            return refuse("there is no compound growth from or to a negative amount");
        }
        let point = self.is_point();
        let end = |end: &Option<End>, rounding: Rounding| {
            end.as_ref().map(|end| End {
                at: root(&end.at, n, rounding),
                strict: end.strict,
            })
        };
        let low = end(
            &self.low,
            if point {
                Rounding::Nearest
            } else {
                Rounding::Down
            },
        );
        let high = if point {
            low.clone()
        } else {
            end(&self.high, Rounding::Up)
        };
        let estimated = self.estimated.clone();
        Ok(Self {
            low,
            high,
            estimated: estimated.map(|own| own.moved(|at| root(&at, n, Rounding::Nearest))),
            ..self.clone()
        })
    }

    /// The same, unless nothing is left to say or an end is beyond measure.
    pub(super) fn bounded(self, otherwise: &str) -> Result<Self, Refusal> {
        let nothing = self.high.is_none()
            && (self.low.is_none()
                || (self.floor && self.low.as_ref().is_some_and(|low| low.at.is_zero())));
        if nothing {
            return refuse(otherwise);
        }
        let ends = self.low.iter().chain(&self.high).map(|end| &end.at);
        let point = self.estimated.iter().map(|own| &own.point);
        for number in ends.chain(point) {
            exact::within_measure(number)?;
        }
        Ok(self)
    }

    /// The same estimate with an interval of another width: the root of `squares` to either side of the point, rounded up at thirty
    /// significant digits. For errors that are independent of each other, and add up by their squares. What is no estimate stays.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, level, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let sum = of("10 ± 3 (95%)").plus(&of("20 ± 4 (95%)")).unwrap();
    /// assert!(sum.contains(&number("37")));
    /// let narrow = sum.with_root_of(&number("25"), Some(level("95%").unwrap()));
    /// assert!(narrow.contains(&number("35")) && !narrow.contains(&number("35.1")));
    /// ```
    #[must_use]
    pub fn with_root_of(self, squares: &BigRational, level: Option<Level>) -> Self {
        let Some(own) = &self.estimated else {
            return self;
        };
        let half = root(squares, 2, Rounding::Up);
        let end = |at: BigRational| Some(End { at, strict: false });
        let point = own.point.clone();
        Self {
            low: end(&point - &half),
            high: end(&point + &half),
            estimated: Some(Estimated { point, level }),
            ..self
        }
    }

    /// The estimate that two operands give. Its point is the result of their points. Its level is what is certain of both intervals
    /// together; an exact number takes nothing away.
    ///
    /// An estimate joined with a bound or a range has no point any more. True in the second place: the interval is then that of an
    /// estimate all the same, and not certain.
    pub(super) fn joined_estimate(
        &self,
        other: &Self,
        operation: impl FnOnce(&BigRational, &BigRational) -> BigRational,
    ) -> (Option<Estimated>, bool) {
        let level = match (&self.estimated, &other.estimated) {
            (None, None) => return (None, false),
            (Some(own), None) | (None, Some(own)) => own.level.clone(),
            (Some(a), Some(b)) => match (&a.level, &b.level) {
                (Some(a), Some(b)) => a.joint(b),
                _ => None,
            },
        };
        match (self.point(), other.point()) {
            (Some(a), Some(b)) => {
                let point = operation(a, b);
                (Some(Estimated { point, level }), false)
            }
            _ => (None, true),
        }
    }

    /// The number of a point, and the point of an estimate; `None` for bounds and ranges.
    pub(super) fn point(&self) -> Option<&BigRational> {
        match &self.estimated {
            Some(own) => Some(&own.point),
            None if self.is_point() => self.low.as_ref().map(|low| &low.at),
            None => None,
        }
    }

    /// The interval as a value: amounts divided by `factor`, unrounded, with the digits they may be printed with.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let third = of("1.0").over(&of("3.0")).unwrap().value(&number("1"));
    /// // Kept unrounded, printed with two digits, so it is "about".
    /// assert!(third.about);
    /// assert_eq!(third.shape.low().unwrap().digits, 2);
    /// ```
    ///
    /// # Panics
    /// If both ends were set to `None` by hand: no operation gives such an interval.
    #[must_use]
    pub fn value(&self, factor: &BigRational) -> Value {
        let amount = |end: &End| {
            let value = if factor.is_one() {
                end.at.clone()
            } else {
                &end.at / factor
            };
            let digits = match self.precision {
                Precision::Exact => written_digits(&value),
                // A second digit is printed where it says something: 12 - 11 is 1, and not 1.0.
                Precision::Digits(digits) if digits < 2 => written_digits(&value).min(2),
                Precision::Digits(digits) => digits,
            };
            Amount {
                value,
                digits,
                scale: None,
            }
        };
        if self.is_point() {
            let amount = amount(self.low.as_ref().expect("a point has ends"));
            let about = self.about
                || rounded(&amount.value, amount.digits, Rounding::Nearest) != amount.value;
            return Value {
                shape: Shape::Exact(amount),
                about,
            };
        }
        if let (Some(own), Some(low), Some(high)) = (&self.estimated, &self.low, &self.high) {
            return self.estimate(own, [&low.at, &high.at], factor);
        }
        let shape = match (&self.low, &self.high) {
            (Some(_), Some(high)) if self.floor => {
                if high.strict {
                    Shape::LessThan(amount(high))
                } else {
                    Shape::AtMost(amount(high))
                }
            }
            (Some(low), Some(high)) => Shape::Range {
                low: amount(low),
                high: amount(high),
            },
            (Some(low), None) => {
                if low.strict {
                    Shape::MoreThan(amount(low))
                } else {
                    Shape::AtLeast(amount(low))
                }
            }
            (None, Some(high)) => {
                if high.strict {
                    Shape::LessThan(amount(high))
                } else {
                    Shape::AtMost(amount(high))
                }
            }
            (None, None) => unreachable!("an interval without ends was refused"),
        };
        Value {
            shape,
            about: self.about,
        }
    }
}

impl Interval {
    /// An estimate as a value. It has the digits of its precision, but never so few that the first digit of the distance to the farther
    /// end is lost: the interval says how much of the point is known.
    fn estimate(&self, own: &Estimated, ends: [&BigRational; 2], factor: &BigRational) -> Value {
        let [low, point, high] = [ends[0], &own.point, ends[1]].map(|number| number / factor);
        let farther = (&high - &point).max(&point - &low);
        let by_interval = magnitude(&farther);
        let place = match self.precision {
            Precision::Digits(digits) => {
                (magnitude(&point) - i64::from(digits) + 1).min(by_interval)
            }
            Precision::Exact => by_interval,
        };
        let amount = |value: BigRational| Amount {
            digits: u32::try_from(magnitude(&value) - place + 1)
                .unwrap_or(1)
                .max(1),
            scale: None,
            value,
        };
        Value {
            shape: Shape::Estimate {
                point: amount(point),
                low: amount(low),
                high: amount(high),
                level: own.level.clone(),
            },
            about: self.about,
        }
    }
}

/// The poorer of two precisions.
pub(super) fn poorer(a: Precision, b: Precision) -> Precision {
    match (a, b) {
        (Precision::Exact, other) | (other, Precision::Exact) => other,
        (Precision::Digits(a), Precision::Digits(b)) => Precision::Digits(a.min(b)),
    }
}

/// The precision of a sum: its last digit stands where the coarsest term's does.
fn coarser_place(
    a: &Interval,
    b: &Interval,
    point: Option<&BigRational>,
    low: &Option<End>,
    high: &Option<End>,
) -> Precision {
    let place = |interval: &Interval| match interval.precision {
        Precision::Exact => None,
        Precision::Digits(digits) => {
            let own = interval.estimated.as_ref().map(|own| &own.point);
            let high = interval.high.as_ref().map(|end| &end.at);
            let low = interval.low.as_ref().map(|end| &end.at);
            let number = own.or(high.filter(|at| !at.is_zero())).or(low)?;
            Some(magnitude(number) - i64::from(digits) + 1)
        }
    };
    let coarsest = place(a).into_iter().chain(place(b)).max();
    let high = high.as_ref().map(|end| &end.at);
    let low = low.as_ref().map(|end| &end.at);
    let number = point.or(high.filter(|at| !at.is_zero())).or(low);
    match (coarsest, number) {
        (Some(place), Some(number)) => Precision::Digits(
            u32::try_from((magnitude(number) - place + 1).clamp(1, 30)).expect("clamped"),
        ),
        _ => poorer(a.precision, b.precision),
    }
}
