//! Qualified values: an exact rational amount, its qualifier (shape), and whether "about" stands before it.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::estimate::Level;
use crate::reason::Reason;
use crate::rounding::{Rounding, magnitude, rounded};

/// An exact amount, and how many significant digits whoever wrote it down stood for.
///
/// The amount is a fraction, never a binary float: a written number is kept to the letter, a quotient stays a quotient.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The exact value, multiplier applied (19.1 billion is 19,100,000,000).
    pub value: BigRational,
    /// Significant digits: every digit from the first non-zero one to the last one written, trailing zeros of an integer left
    /// out (10,000 has one, 1.90 has three). At least 1.
    pub digits: u32,
    /// Decimal places as written, before the multiplier; what a printed form must not exceed. `None` for results.
    pub scale: Option<Scale>,
}

/// How a number was written: its decimals and its multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale {
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Power of ten of the multiplier word (billion: 9); 0 for none.
    pub multiplier: u32,
}

impl Amount {
    /// The nearest binary float, for placing marks. Only scales call this, and once.
    ///
    /// ```
    /// use exhibit_facts::number::amount;
    /// assert_eq!(amount("19.1 billion").unwrap().to_f64(), 19.1e9);
    /// ```
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.value.to_f64().unwrap_or(f64::NAN)
    }

    /// As a share of `10^exponent`, as a float: 19.1 billion at 9 is 19.1.
    ///
    /// ```
    /// use exhibit_facts::number::amount;
    /// assert_eq!(amount("19.1 billion").unwrap().to_f64_at(9), 19.1);
    /// ```
    #[must_use]
    pub fn to_f64_at(&self, exponent: u32) -> f64 {
        // The float nearest to a fraction is the same in whatever terms it stands; the lowest would take far longer to find.
        let denominator = self.value.denom() * BigInt::from(10).pow(exponent);
        BigRational::new_raw(self.value.numer().clone(), denominator)
            .to_f64()
            .unwrap_or(f64::NAN)
    }

    /// True for zero.
    ///
    /// ```
    /// use exhibit_facts::number::amount;
    /// assert!(amount("0.00").unwrap().is_zero());
    /// ```
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.value.is_zero()
    }

    /// True below zero.
    ///
    /// ```
    /// use exhibit_facts::number::amount;
    /// assert!(amount("-5").unwrap().is_negative() && !amount("0").unwrap().is_negative());
    /// ```
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.value.is_negative()
    }
}

/// The qualifier of an amount. Strict and weak bounds differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// "17,800"
    Exact(Amount),
    /// "more than 10,000": above, not equal.
    MoreThan(Amount),
    /// "at least 10,000": above or equal.
    AtLeast(Amount),
    /// "less than 10,000": below, not equal.
    LessThan(Amount),
    /// "at most 10,000": below or equal.
    AtMost(Amount),
    /// "40 to 50", both ends possible; `low` is below `high`.
    Range {
        /// The lower end.
        low: Amount,
        /// The upper end.
        high: Amount,
    },
    /// "12.3 (95% CI 11.9 to 12.7)": an estimate with its interval; `low` is at most `point`, `point` is at most `high`, and `low` is
    /// below `high`.
    Estimate {
        /// The estimate.
        point: Amount,
        /// The lower end of its interval.
        low: Amount,
        /// The upper end of its interval.
        high: Amount,
        /// How often such intervals hold the truth. `None` where the source does not say so: none is invented.
        level: Option<Level>,
    },
}

/// A shape, and whether "about" stands before it. About has no tolerance: none is invented.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Value {
    /// The amount with its qualifier.
    pub shape: Shape,
    /// "About" stands before it.
    pub about: bool,
}

impl Shape {
    /// The name used in JSON and CSV.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// assert_eq!(value("<= 5").unwrap().shape.qualifier(), "at_most");
    /// ```
    #[must_use]
    pub fn qualifier(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::MoreThan(_) => "more_than",
            Self::AtLeast(_) => "at_least",
            Self::LessThan(_) => "less_than",
            Self::AtMost(_) => "at_most",
            Self::Range { .. } => "range",
            Self::Estimate { .. } => "estimate",
        }
    }

    /// The lower end, where there is one.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// assert_eq!(value("40..50").unwrap().shape.low().unwrap().to_f64(), 40.0);
    /// assert!(value("< 5").unwrap().shape.low().is_none());
    /// ```
    #[must_use]
    pub fn low(&self) -> Option<&Amount> {
        match self {
            Self::Exact(a) | Self::MoreThan(a) | Self::AtLeast(a) => Some(a),
            Self::Range { low, .. } | Self::Estimate { low, .. } => Some(low),
            Self::LessThan(_) | Self::AtMost(_) => None,
        }
    }

    /// The upper end, where there is one.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// assert_eq!(value("40..50").unwrap().shape.high().unwrap().to_f64(), 50.0);
    /// assert!(value("> 5").unwrap().shape.high().is_none());
    /// ```
    #[must_use]
    pub fn high(&self) -> Option<&Amount> {
        match self {
            Self::Exact(a) | Self::LessThan(a) | Self::AtMost(a) => Some(a),
            Self::Range { high, .. } | Self::Estimate { high, .. } => Some(high),
            Self::MoreThan(_) | Self::AtLeast(_) => None,
        }
    }

    /// The same shape, each of its amounts changed.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// let thousand = value("> 10_000").unwrap().shape;
    /// let doubled = thousand.map(|mut amount| {
    ///     amount.value = &amount.value + &amount.value;
    ///     amount
    /// });
    /// assert_eq!(doubled, value("> 20_000").unwrap().shape);
    /// ```
    #[must_use]
    pub fn map(self, mut change: impl FnMut(Amount) -> Amount) -> Self {
        match self {
            Self::Exact(a) => Self::Exact(change(a)),
            Self::MoreThan(a) => Self::MoreThan(change(a)),
            Self::AtLeast(a) => Self::AtLeast(change(a)),
            Self::LessThan(a) => Self::LessThan(change(a)),
            Self::AtMost(a) => Self::AtMost(change(a)),
            Self::Range { low, high } => Self::Range {
                low: change(low),
                high: change(high),
            },
            Self::Estimate {
                point,
                low,
                high,
                level,
            } => Self::Estimate {
                point: change(point),
                low: change(low),
                high: change(high),
                level,
            },
        }
    }

    /// Its amounts: one, the two ends of a range, or an estimate and the two ends of its interval.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// assert_eq!(value("40..50").unwrap().shape.amounts().count(), 2);
    /// assert_eq!(value("> 5").unwrap().shape.amounts().count(), 1);
    /// assert_eq!(value("12.3 ± 0.4").unwrap().shape.amounts().count(), 3);
    /// ```
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        let (first, others) = match self {
            Self::Exact(a)
            | Self::MoreThan(a)
            | Self::AtLeast(a)
            | Self::LessThan(a)
            | Self::AtMost(a) => (a, [None, None]),
            Self::Range { low, high } => (low, [Some(high), None]),
            Self::Estimate {
                point, low, high, ..
            } => (point, [Some(low), Some(high)]),
        };
        std::iter::once(first).chain(others.into_iter().flatten())
    }

    /// The amounts that name the value where it stands: those of [`Shape::amounts`], but of an estimate the point alone. A label prints
    /// them, and the words of a source hold them.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// assert_eq!(value("12.3 ± 0.4").unwrap().shape.named().next().unwrap().to_f64(), 12.3);
    /// assert_eq!(value("40..50").unwrap().shape.named().count(), 2);
    /// ```
    pub fn named(&self) -> impl Iterator<Item = &Amount> {
        let count = match self {
            Self::Estimate { .. } => 1,
            _ => 2,
        };
        self.amounts().take(count)
    }
}

impl Value {
    /// The same without its sign: a fall of 5 for −5. `None` for a value that may lie on both sides of zero; what is not `signed` does not
    /// lie below.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// let fall = value("< -5").unwrap().magnitude(true).unwrap();
    /// assert_eq!((fall.shape.qualifier(), fall.shape.low().unwrap().to_f64()), ("more_than", 5.0));
    /// assert!(value("-3..5").unwrap().magnitude(true).is_none());
    /// ```
    #[must_use]
    pub fn magnitude(&self, signed: bool) -> Option<Self> {
        let turned = |amount: &Amount| Amount {
            value: -amount.value.clone(),
            ..amount.clone()
        };
        let negative = self.shape.amounts().any(Amount::is_negative);
        let shape = match &self.shape {
            Shape::LessThan(amount) if negative => Shape::MoreThan(turned(amount)),
            Shape::AtMost(amount) if negative => Shape::AtLeast(turned(amount)),
            Shape::LessThan(_) | Shape::AtMost(_) if signed => return None,
            shape if !negative => shape.clone(),
            Shape::Exact(amount) => Shape::Exact(turned(amount)),
            Shape::Range { low, high } if !high.value.is_positive() => Shape::Range {
                low: turned(high),
                high: turned(low),
            },
            Shape::Estimate {
                point,
                low,
                high,
                level,
                ..
            } if !high.value.is_positive() => Shape::Estimate {
                point: turned(point),
                low: turned(high),
                high: turned(low),
                level: level.clone(),
            },
            _ => return None,
        };
        Some(Self {
            shape,
            ..self.clone()
        })
    }
}

/// With how many digits a result is printed at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayPrecision {
    /// Significant digits, at least 1.
    Digits(u32),
    /// Digits after the decimal point. The first significant digit is printed all the same, since what is small is not nothing.
    ///
    /// Below 0, digits before the point become zeros: -3 prints thousands.
    Decimals(i32),
}

impl Value {
    /// The same value, printed with fewer digits; unchanged where it has no more digits than that. The amounts stay unrounded. A point
    /// whose printed form is then no longer the value itself becomes "about".
    ///
    /// ```
    /// use exhibit_facts::quantity::DisplayPrecision;
    /// let population = exhibit_facts::number::value("1_304_887_562").unwrap().displayed_with(DisplayPrecision::Digits(3));
    /// assert!(population.about);
    /// assert_eq!(population.shape.low().unwrap().digits, 3);
    /// ```
    #[must_use]
    pub fn displayed_with(mut self, precision: DisplayPrecision) -> Self {
        let print = |amount: &mut Amount| {
            let digits = match precision {
                DisplayPrecision::Digits(digits) => digits.max(1),
                DisplayPrecision::Decimals(decimals) => {
                    let before = magnitude(&amount.value) + 1;
                    u32::try_from(before + i64::from(decimals))
                        .unwrap_or(0)
                        .max(1)
                }
            };
            if digits < amount.digits {
                // As it was written it would be printed with its digits before the point.
                (amount.digits, amount.scale) = (digits, None);
            }
            rounded(&amount.value, amount.digits, Rounding::Nearest) == amount.value
        };
        match &mut self.shape {
            Shape::Exact(amount) => self.about |= !print(amount),
            Shape::MoreThan(amount)
            | Shape::AtLeast(amount)
            | Shape::LessThan(amount)
            | Shape::AtMost(amount) => {
                print(amount);
            }
            Shape::Range { low, high } => {
                print(low);
                print(high);
            }
            // Its interval says how far the number printed may be off, so that rounding needs no word. The ends follow the point.
            Shape::Estimate { point, .. } => {
                print(point);
            }
        }
        self
    }
}

/// A value, or the reason why there is none. Missing is never zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every reading is a value, and a box would be an allocation for each"
)]
pub enum Reading {
    /// A value.
    Value(Value),
    /// No value, and why.
    Missing(Reason),
}

/// How far a figure is from being known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// It happened.
    Actual,
    /// Somebody's estimate of what happened.
    Estimated,
    /// To be revised.
    Provisional,
    /// What somebody wants to reach.
    Target,
    /// What somebody expects.
    Forecast,
    /// What somebody says, unchecked.
    Claimed,
}

impl Status {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Actual,
        Self::Estimated,
        Self::Provisional,
        Self::Target,
        Self::Forecast,
        Self::Claimed,
    ];

    /// The word used in YAML, JSON and CSV.
    ///
    /// ```
    /// use exhibit_facts::quantity::Status;
    /// assert_eq!(Status::Estimated.name(), "estimated");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Estimated => "estimated",
            Self::Provisional => "provisional",
            Self::Target => "target",
            Self::Forecast => "forecast",
            Self::Claimed => "claimed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
