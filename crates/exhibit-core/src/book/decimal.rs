//! A binary number as the decimal that was typed.

use std::fmt;

/// Digits that a spreadsheet program keeps of a number. What a calculation leaves behind them is the noise of binary fractions:
/// `7.0000000000000009` was 7.
const DIGITS: usize = 15;

/// The largest power of ten that is written out, up and down.
const MAX_ZEROS: i64 = 30;

/// A decimal: digits, and how many of them stand behind the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Without leading zeros; `0` for zero.
    digits: String,
    /// How many digits stand behind the point; below zero, how many zeros follow the last digit.
    places: i64,
}

impl Decimal {
    /// The shortest decimal of at most 15 digits that means this number. `None` for what is no number.
    pub(super) fn of(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let written = format!("{:.*e}", DIGITS - 1, number.abs());
        let (mantissa, exponent) = written.split_once('e')?;
        let exponent: i64 = exponent.parse().ok()?;
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let places = i64::try_from(digits.len()).ok()? - 1 - exponent;
        let mut decimal = Self {
            negative: number < 0.0,
            digits,
            places,
        };
        decimal.trim();
        Some(decimal)
    }

    /// Removes zeros that say nothing.
    fn trim(&mut self) {
        let kept = self.digits.trim_end_matches('0').len();
        self.places -= i64::try_from(self.digits.len() - kept).unwrap_or(0);
        self.digits.truncate(kept);
        let leading = self.digits.len() - self.digits.trim_start_matches('0').len();
        self.digits.drain(..leading);
        if self.digits.is_empty() {
            self.digits.push('0');
            self.places = 0;
            self.negative = false;
        }
    }

    /// The decimal times ten to the power of `by`.
    pub(super) fn shift(&mut self, by: i64) {
        if self.digits != "0" {
            self.places -= by;
        }
    }

    /// At least so many digits behind the point: those that are missing are zeros.
    pub(super) fn pad(&mut self, places: i64) {
        while self.places < places {
            self.digits.push('0');
            self.places += 1;
        }
    }

    /// At most so many digits behind the point, rounded to the nearest; a half goes away from zero, as in spreadsheet programs.
    pub(super) fn round(&mut self, places: i64) {
        let Ok(excess) = usize::try_from(self.places - places) else {
            return;
        };
        if excess == 0 {
            return;
        }
        let padded = format!("{:0>width$}", self.digits, width = excess + 1);
        let (kept, cut) = padded.split_at(padded.len() - excess);
        let up = cut.as_bytes()[0] >= b'5';
        let mut digits: Vec<u8> = kept.bytes().collect();
        if up {
            let mut index = digits.len();
            loop {
                if index == 0 {
                    digits.insert(0, b'1');
                    break;
                }
                index -= 1;
                if digits[index] == b'9' {
                    digits[index] = b'0';
                } else {
                    digits[index] += 1;
                    break;
                }
            }
        }
        self.digits = digits.into_iter().map(char::from).collect();
        self.places = places;
        let zero = self.digits.bytes().all(|digit| digit == b'0');
        if zero {
            self.digits = "0".to_owned();
            self.places = 0;
            self.negative = false;
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        if self.places > MAX_ZEROS || self.places < -MAX_ZEROS {
            return write!(f, "{}e{}", self.digits, -self.places);
        }
        let Ok(places) = usize::try_from(self.places) else {
            let zeros = usize::try_from(-self.places).unwrap_or(0);
            return write!(f, "{}{}", self.digits, "0".repeat(zeros));
        };
        let padded = format!("{:0>width$}", self.digits, width = places + 1);
        let (before, behind) = padded.split_at(padded.len() - places);
        f.write_str(before.trim_start_matches('0'))?;
        if before.bytes().all(|digit| digit == b'0') {
            f.write_str("0")?;
        }
        if places > 0 {
            write!(f, ".{behind}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: f64) -> String {
        Decimal::of(number).expect("a number").to_string()
    }

    #[test]
    fn what_was_typed_comes_back() {
        for text in [
            "0",
            "7",
            "-7",
            "0.1",
            "1234567.89",
            "100000",
            "0.000123",
            "123456789012345",
            "-0.5",
        ] {
            assert_eq!(written(text.parse().expect("a number")), text);
        }
    }

    #[test]
    fn the_noise_of_binary_fractions_goes() {
        assert_eq!(written(7.000_000_000_000_001), "7");
        assert_eq!(written(0.1 + 0.2), "0.3");
        assert_eq!(written(1.1 * 3.0), "3.3");
        assert_eq!(written(-0.0), "0");
    }

    #[test]
    fn very_large_and_small_numbers_have_a_power() {
        assert_eq!(written(1e300), "1e300");
        assert_eq!(written(2.5e-40), "25e-41");
        assert_eq!(Decimal::of(f64::NAN), None);
    }

    #[test]
    fn rounding_is_decimal() {
        let rounded = |number: f64, places: i64| {
            let mut decimal = Decimal::of(number).expect("a number");
            decimal.round(places);
            decimal.pad(places);
            decimal.to_string()
        };
        assert_eq!(rounded(1.005, 2), "1.01");
        assert_eq!(rounded(9.995, 2), "10.00");
        assert_eq!(rounded(-0.004, 2), "0.00");
        assert_eq!(rounded(0.5, 0), "1");
        assert_eq!(rounded(12.0, 1), "12.0");
        assert_eq!(rounded(1234.0, 1), "1234.0");
    }
}
