//! Rounding of exact fractions: by significant digits, by place, to the nearest or outward.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// The power of ten of the first significant digit: 0 for 1 to 9.99, 3 for 1,000; 0 for zero.
#[must_use]
pub fn magnitude(value: &BigRational) -> i64 {
    if value.is_zero() {
        return 0;
    }
    let value = value.abs();
    let digits = |number: &BigInt| i64::try_from(number.to_string().len()).expect("a short number");
    let guess = digits(value.numer()) - digits(value.denom());
    // The quotient of an m-digit and an n-digit number has its first digit at m-n or one below.
    if value >= power_of_ten(guess) {
        guess
    } else {
        guess - 1
    }
}

/// Ten to a power of either sign.
#[must_use]
pub fn power_of_ten(exponent: i64) -> BigRational {
    let power =
        BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).expect("a small power"));
    if exponent >= 0 {
        BigRational::from_integer(power)
    } else {
        BigRational::new(BigInt::one(), power)
    }
}

/// Which way to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves away from zero.
    Nearest,
    /// Towards minus infinity.
    Down,
    /// Towards infinity.
    Up,
}

/// Rounded to a number of significant digits.
#[must_use]
pub fn rounded(value: &BigRational, digits: u32, rounding: Rounding) -> BigRational {
    if value.is_zero() {
        return value.clone();
    }
    rounded_at(value, magnitude(value) - i64::from(digits) + 1, rounding)
}

/// Rounded to a multiple of `10^place`.
#[must_use]
pub fn rounded_at(value: &BigRational, place: i64, rounding: Rounding) -> BigRational {
    let step = power_of_ten(place);
    let steps = value / &step;
    let whole = match rounding {
        Rounding::Nearest => steps.round(),
        Rounding::Down => steps.floor(),
        Rounding::Up => steps.ceil(),
    };
    whole * step
}

/// Significant digits of an exact result: all of a finite decimal, up to twelve.
pub(crate) fn written_digits(value: &BigRational) -> u32 {
    (1..12)
        .find(|digits| rounded(value, *digits, Rounding::Nearest) == *value)
        .unwrap_or(12)
}

/// The `n`-th root at 30 significant digits, by integer roots of a scaled number (`BigInt::nth_root` is exact and rounds down).
pub(crate) fn root(value: &BigRational, n: u32, rounding: Rounding) -> BigRational {
    if value.is_zero() {
        return value.clone();
    }
    let place = magnitude(value) / i64::from(n) - 32;
    let scaled = value * power_of_ten(-place * i64::from(n));
    let floor = scaled.floor().to_integer().nth_root(n);
    let exact = BigRational::from_integer(floor.pow(n)) == scaled;
    let whole = if rounding == Rounding::Up && !exact {
        floor + 1
    } else {
        floor
    };
    BigRational::from_integer(whole) * power_of_ten(place)
}
