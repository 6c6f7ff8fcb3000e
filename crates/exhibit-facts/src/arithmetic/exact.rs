//! Sums and products of exact fractions, and how large a fraction may grow.
//!
//! num-rational reduces every result by a binary greatest common divisor of two long numbers, which costs milliseconds where one
//! is long and the other short: the usual case in a chain of formulas. Here only short numbers are reduced by, as in Knuth,
//! The Art of Computer Programming 2, 4.5.1: what is common to numbers in lowest terms is known but for a small part.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::refusal::Refusal;
use crate::rounding::magnitude;

/// The farthest power of ten of a result, up and down: that of the largest number that can be written, 30 digits times 10^30 with
/// a multiplier word of 10^12.
const MAX_MAGNITUDE: i64 = 72;

/// Bits that the numerator or the denominator of a result may have: about seven hundred digits, as a sum of a
/// hundred quotients has, each by a rate of its own with seven digits.
const MAX_BITS: u64 = 2_400;

/// A result that is within measure.
///
/// # Errors
/// When it is larger or smaller than any number that can be written, or is exact only with more than seven hundred digits.
pub(super) fn within_measure(value: &BigRational) -> Result<(), Refusal> {
    if value.numer().bits() > MAX_BITS || value.denom().bits() > MAX_BITS {
        // Whether it is large or long is the same to the reader: a chain of formulas went too far.
        return Err(Refusal::Beyond(
            "the exact fraction has more than seven hundred digits".to_owned(),
        ));
    }
    if magnitude(value).abs() > MAX_MAGNITUDE {
        return Err(Refusal::Beyond(format!(
            "the result is outside 10^-{MAX_MAGNITUDE} to 10^{MAX_MAGNITUDE}"
        )));
    }
    Ok(())
}

/// The sum, in lowest terms.
pub(super) fn sum(a: &BigRational, b: &BigRational) -> BigRational {
    let common = divisor(a.denom(), b.denom());
    if common.is_one() {
        return BigRational::new_raw(
            a.numer() * b.denom() + b.numer() * a.denom(),
            a.denom() * b.denom(),
        );
    }
    let part = a.denom() / &common;
    let above = a.numer() * (b.denom() / &common) + b.numer() * &part;
    if above.is_zero() {
        return BigRational::zero();
    }
    let rest = divisor(&above, &common);
    BigRational::new_raw(above / &rest, part * (b.denom() / rest))
}

/// The product, in lowest terms.
pub(super) fn product(a: &BigRational, b: &BigRational) -> BigRational {
    if a.is_zero() || b.is_zero() {
        return BigRational::zero();
    }
    let across = divisor(a.numer(), b.denom());
    let back = divisor(b.numer(), a.denom());
    BigRational::new_raw(
        (a.numer() / &across) * (b.numer() / &back),
        (a.denom() / back) * (b.denom() / across),
    )
}

/// The greatest common divisor of two whole numbers of which at most one is zero, by Euclid: the first division makes the longer as
/// short as the shorter.
fn divisor(a: &BigInt, b: &BigInt) -> BigInt {
    if a.is_one() || b.is_one() {
        return BigInt::one();
    }
    let (mut long, mut short) = (a.abs(), b.abs());
    while !short.is_zero() {
        let rest = long % &short;
        long = std::mem::replace(&mut short, rest);
    }
    long
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction() -> impl Strategy<Value = BigRational> {
        let part = prop_oneof![-12..12_i64, any::<i64>()];
        let parts = (part.clone(), part.prop_filter("no zero", |part| *part != 0));
        parts.prop_map(|(above, below)| BigRational::new(above.into(), below.into()))
    }

    proptest! {
        /// Equal to num-rational's, fraction for fraction: `==` of two fractions that are not reduced would not be enough.
        #[test]
        fn results_are_in_lowest_terms(a in fraction(), b in fraction()) {
            for (own, theirs) in [(sum(&a, &b), &a + &b), (product(&a, &b), &a * &b)] {
                prop_assert_eq!(own.numer(), theirs.numer());
                prop_assert_eq!(own.denom(), theirs.denom());
            }
        }
    }

    #[test]
    fn what_is_beyond_measure_is_refused() {
        let ten = |power: i64| crate::rounding::power_of_ten(power);
        for sound in [ten(72), ten(-72), BigRational::zero(), -ten(72)] {
            assert!(within_measure(&sound).is_ok(), "{sound}");
        }
        let long = BigRational::new(BigInt::from(3).pow(1_600), BigInt::from(7).pow(900));
        for wrong in [ten(73), ten(-73), -ten(73), long] {
            assert!(within_measure(&wrong).is_err(), "{wrong}");
        }
    }
}
