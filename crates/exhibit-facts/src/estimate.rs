//! The level of confidence of an estimate's interval, and what a standard error is at a level.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::rounding::power_of_ten;

/// Digits after the point of the fixed-point numbers that the normal distribution is computed with.
const DIGITS: u32 = 50;

/// The square root of two over pi, with as many digits.
const ROOT_OF_TWO_OVER_PI: &str = "79788456080286535587989211986876373695171726232986";

/// How often intervals made in this way hold the truth: 95%.
///
/// A level is at least 1% and at most 99.9999%. A level that comes out of arithmetic may be a lower bound of the true one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Level {
    share: BigRational,
    at_least: bool,
}

impl Level {
    /// A level from a share: 95% is 0.95. `None` below 1% and above 99.9999%.
    ///
    /// ```
    /// use exhibit_facts::{estimate::Level, number::amount};
    /// let level = |text: &str| Level::new(amount(text).unwrap().value);
    /// assert_eq!(level("0.95").unwrap().to_string(), "95%");
    /// assert!(level("95").is_none() && level("0").is_none());
    /// ```
    #[must_use]
    pub fn new(share: BigRational) -> Option<Self> {
        let far = BigRational::one() - power_of_ten(-6);
        let at_least = false;
        (share >= power_of_ten(-2) && share <= far).then_some(Self { share, at_least })
    }

    /// The same level as a lower bound: the interval holds the truth at least so often.
    ///
    /// ```
    /// use exhibit_facts::number::level;
    /// assert_eq!(level("90%").unwrap().or_more().to_string(), ">= 90%");
    /// ```
    #[must_use]
    pub fn or_more(self) -> Self {
        Self {
            at_least: true,
            ..self
        }
    }

    /// The level as a share, above 0 and below 1.
    ///
    /// ```
    /// use exhibit_facts::number::level;
    /// assert_eq!(level("95%").unwrap().share().to_string(), "19/20");
    /// ```
    #[must_use]
    pub fn share(&self) -> &BigRational {
        &self.share
    }

    /// The level as per cent.
    ///
    /// ```
    /// use exhibit_facts::number::level;
    /// assert_eq!(level("0.95").unwrap().percent().to_string(), "95");
    /// ```
    #[must_use]
    pub fn percent(&self) -> BigRational {
        &self.share * power_of_ten(2)
    }

    /// True where the share is a lower bound.
    ///
    /// ```
    /// use exhibit_facts::number::level;
    /// assert!(level(">= 90%").unwrap().at_least() && !level("90%").unwrap().at_least());
    /// ```
    #[must_use]
    pub fn at_least(&self) -> bool {
        self.at_least
    }

    /// What is certain of two intervals together, whatever hangs together: 95% and 95% hold both truths at least 90% of the time
    /// (Bonferroni). `None` below 50%, where a level says nothing that helps.
    ///
    /// ```
    /// use exhibit_facts::number::level;
    /// let common = level("95%").unwrap();
    /// assert_eq!(common.joint(&common).unwrap().to_string(), ">= 90%");
    /// assert!(level("70%").unwrap().joint(&level("70%").unwrap()).is_none());
    /// ```
    #[must_use]
    pub fn joint(&self, other: &Self) -> Option<Self> {
        let share = &self.share + &other.share - BigRational::one();
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        (share >= half).then_some(Self {
            share,
            at_least: true,
        })
    }

    /// How many standard errors the interval of a normal estimate reaches to either side at this level: three decimals, rounded
    /// up, so that the interval is never too short.
    ///
    /// ```
    /// use exhibit_facts::number::{amount, level};
    /// for (share, errors) in [("90%", "1.645"), ("95%", "1.96"), ("99%", "2.576")] {
    ///     assert_eq!(level(share).unwrap().standard_errors(), amount(errors).unwrap().value);
    /// }
    /// ```
    #[must_use]
    pub fn standard_errors(&self) -> BigRational {
        // The share is at most 99.9999%, which 4.892 standard errors hold.
        let (mut low, mut high) = (0_u32, 5_000_u32);
        while high - low > 1 {
            let middle = u32::midpoint(low, high);
            if normal_share(middle) >= self.share {
                high = middle;
            } else {
                low = middle;
            }
        }
        BigRational::new(BigInt::from(high), BigInt::from(1_000))
    }
}

impl fmt::Display for Level {
    /// As it may be written: `95%`, `>= 90%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = if self.at_least { ">= " } else { "" };
        let percent = crate::rounding::decimal_text(&self.percent());
        write!(f, "{bound}{percent}%")
    }
}

/// The share of a normal distribution within so many thousandths of a standard error of its middle, by the series of the error
/// function.
fn normal_share(thousandths: u32) -> BigRational {
    let one = BigInt::from(10).pow(DIGITS);
    let z: BigInt = &one * thousandths / 1_000;
    let mut power = z.clone();
    let mut sum = BigInt::zero();
    let mut count = 0_u32;
    while power.is_positive() {
        let term = &power / (2 * count + 1);
        if count.is_multiple_of(2) {
            sum += term;
        } else {
            sum -= term;
        }
        count += 1;
        power = power * &z / &one * &z / &one / (2 * count);
    }
    let root: BigInt = ROOT_OF_TWO_OVER_PI.parse().expect("only digits");
    BigRational::new(sum * root, &one * &one)
}

#[cfg(test)]
mod tests {
    use crate::number::{amount, level};

    #[test]
    fn standard_errors_are_those_of_the_tables_rounded_up() {
        // The two-sided normal quantiles: 0.674490, 0.994458, 1.281552, 1.644854, 1.959964, 2.326348, 2.575829, 2.967738, 3.290527, 4.891638.
        for (share, errors) in [
            ("50%", "0.675"),
            ("68%", "0.995"),
            ("80%", "1.282"),
            ("90%", "1.645"),
            ("95%", "1.960"),
            ("98%", "2.327"),
            ("99%", "2.576"),
            ("99.7%", "2.968"),
            ("99.9%", "3.291"),
            ("99.9999%", "4.892"),
        ] {
            let found = level(share).unwrap().standard_errors();
            assert_eq!(found, amount(errors).unwrap().value, "{share}");
        }
    }
}
