//! Rounding of exact fractions: by significant digits, by place, to the nearest or outward.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Euclid, One, Signed, ToPrimitive, Zero};

/// The power of ten of the first significant digit: 0 for 1 to 9.99, 3 for 1,000; 0 for zero.
///
/// ```
/// use exhibit_facts::{number::amount, rounding::magnitude};
/// let of = |text: &str| magnitude(&amount(text).unwrap().value);
/// assert_eq!([of("1_000"), of("9.99"), of("-0.05"), of("0")], [3, 0, -2, 0]);
/// ```
#[must_use]
pub fn magnitude(value: &BigRational) -> i64 {
    if value.is_zero() {
        return 0;
    }
    // The quotient of an m-digit and an n-digit number has its first digit at m-n or one below. Nearly every figure fits into
    // 64 bits on both sides; of the others the binary digits are counted.
    if let (Some(above), Some(below)) = (value.numer().abs().to_u64(), value.denom().to_u64()) {
        let guess = i64::from(above.ilog10()) - i64::from(below.ilog10());
        let power = 10_u128.pow(u32::try_from(guess.unsigned_abs()).expect("at most 19"));
        let reached = if guess >= 0 {
            u128::from(above) >= u128::from(below) * power
        } else {
            u128::from(above) * power >= u128::from(below)
        };
        return if reached { guess } else { guess - 1 };
    }
    // The value is below two to the power of `twos`, and at most four times smaller.
    let above = value.numer().abs();
    let bits = |number: &BigInt| i64::try_from(number.bits()).expect("fits into memory");
    let twos = bits(&above) - bits(value.denom()) + 1;
    let reached = |power: i64| {
        let shift = whole_power_of_ten(power.unsigned_abs());
        if power >= 0 {
            above >= value.denom() * shift
        } else {
            &above * shift >= *value.denom()
        }
    };
    // The logarithm of two is 0.30103; one more, and the first try is never too low.
    let mut power = (twos * 30_103).div_euclid(100_000) + 1;
    while !reached(power) {
        power -= 1;
    }
    power
}

/// Ten to a power of either sign.
///
/// ```
/// use exhibit_facts::rounding::power_of_ten;
/// assert_eq!(power_of_ten(3).to_string(), "1000");
/// assert_eq!(power_of_ten(-2).to_string(), "1/100");
/// ```
#[must_use]
pub fn power_of_ten(exponent: i64) -> BigRational {
    let power = whole_power_of_ten(exponent.unsigned_abs());
    if exponent >= 0 {
        BigRational::from_integer(power)
    } else {
        BigRational::new_raw(BigInt::one(), power)
    }
}

fn whole_power_of_ten(exponent: u64) -> BigInt {
    match u32::try_from(exponent).expect("a small power") {
        small @ 0..=19 => BigInt::from(10_u64.pow(small)),
        large => BigInt::from(10).pow(large),
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
///
/// ```
/// use exhibit_facts::{number::amount, rounding::{Rounding, rounded}};
/// let value = amount("33_584.9").unwrap().value;
/// assert_eq!(rounded(&value, 2, Rounding::Nearest).to_string(), "34000");
/// assert_eq!(rounded(&value, 2, Rounding::Down).to_string(), "33000");
/// ```
#[must_use]
pub fn rounded(value: &BigRational, digits: u32, rounding: Rounding) -> BigRational {
    if value.is_zero() {
        return value.clone();
    }
    rounded_at(value, magnitude(value) - i64::from(digits) + 1, rounding)
}

/// Rounded to a multiple of `10^place`.
///
/// ```
/// use exhibit_facts::{number::amount, rounding::{Rounding, rounded_at}};
/// let value = amount("33_584.95").unwrap().value;
/// assert_eq!(rounded_at(&value, 2, Rounding::Up).to_string(), "33600");
/// assert_eq!(rounded_at(&value, 0, Rounding::Nearest).to_string(), "33585");
/// ```
#[must_use]
pub fn rounded_at(value: &BigRational, place: i64, rounding: Rounding) -> BigRational {
    let steps = scaled(value, -place, rounding);
    let power = whole_power_of_ten(place.unsigned_abs());
    if place >= 0 {
        BigRational::from_integer(steps * power)
    } else {
        BigRational::new(steps, power)
    }
}

/// `value * 10^power` as a whole number. One division of integers: no fraction is reduced on the way.
#[must_use]
pub(crate) fn scaled(value: &BigRational, power: i64, rounding: Rounding) -> BigInt {
    let shift = whole_power_of_ten(power.unsigned_abs());
    let (above, below) = if power >= 0 {
        (value.numer() * shift, value.denom().clone())
    } else {
        (value.numer().clone(), value.denom() * shift)
    };
    // The rest is never negative, so the whole part is the floor.
    let (floor, rest) = above.div_rem_euclid(&below);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => !rest.is_zero(),
        // Halves go away from zero: up for a positive value, down for a negative one.
        Rounding::Nearest if above.is_negative() => rest * 2 > below,
        Rounding::Nearest => rest * 2 >= below,
    };
    if up { floor + 1 } else { floor }
}

/// A finite decimal as plain text; what has no end is cut after thirty decimals.
pub(crate) fn decimal_text(value: &BigRational) -> String {
    let digits = scaled(&value.abs(), 30, Rounding::Nearest).to_string();
    let digits = format!("{digits:0>31}");
    let (whole, part) = digits.split_at(digits.len() - 30);
    let sign = if value.is_negative() { "-" } else { "" };
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
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
    let power = -place * i64::from(n);
    let floor = scaled(value, power, Rounding::Down).nth_root(n);
    let exact = BigRational::from_integer(floor.pow(n)) == value * power_of_ten(power);
    let whole = if rounding == Rounding::Up && !exact {
        floor + 1
    } else {
        floor
    };
    BigRational::from_integer(whole) * power_of_ten(place)
}
