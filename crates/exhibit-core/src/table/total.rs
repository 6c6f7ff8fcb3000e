//! Sums, means and multiples of plain numbers, exact.

use num_rational::BigRational;
use num_traits::Zero;

use exhibit_facts::quantity::{Amount, Scale, Value};
use exhibit_facts::rounding::{magnitude, power_of_ten};

/// A sum of plain numbers, exact. It has the decimals of its coarsest part.
///
/// Short decimals are added as whole numbers of the finest decimal seen; only what does not fit goes through fractions, so that
/// a long table is read about as fast as its lines are split.
pub(super) struct Total {
    exact: BigRational,
    /// To be divided by ten to the power of `finest`.
    short: i128,
    finest: u32,
    coarsest: u32,
    count: u64,
}

impl Default for Total {
    fn default() -> Self {
        Self {
            exact: BigRational::zero(),
            short: 0,
            finest: 0,
            coarsest: u32::MAX,
            count: 0,
        }
    }
}

impl Total {
    /// Adds a cell that is a short plain decimal. `None`, and nothing added, for every other cell.
    pub(super) fn add_cell(&mut self, digits: &Digits, cell: &str, signed: bool) -> Option<()> {
        let (number, decimals) = digits.short(cell)?;
        if number < 0 && !signed {
            return None;
        }
        self.add_short(number, decimals)?;
        self.coarsest = self.coarsest.min(decimals);
        self.count += 1;
        Some(())
    }

    /// Adds an amount.
    pub(super) fn add(&mut self, amount: Amount) {
        let decimals = amount
            .scale
            .map_or(0, |scale| scale.decimals.saturating_sub(scale.multiplier));
        self.coarsest = self.coarsest.min(decimals);
        self.finest_seen(decimals);
        self.exact += amount.value;
        self.count += 1;
    }

    fn finest_seen(&mut self, decimals: u32) {
        if let Some(short) = decimals
            .checked_sub(self.finest)
            .and_then(|by| self.short.checked_mul(10_i128.checked_pow(by)?))
        {
            (self.short, self.finest) = (short, decimals);
        }
    }

    /// `None`, and nothing added, where the sum would not fit.
    fn add_short(&mut self, digits: i64, decimals: u32) -> Option<()> {
        let finest = self.finest.max(decimals);
        let grown = |number: i128, by: u32| number.checked_mul(10_i128.checked_pow(by)?);
        let sum = grown(self.short, finest - self.finest)?
            .checked_add(grown(i128::from(digits), finest - decimals)?)?;
        (self.short, self.finest) = (sum, finest);
        Some(())
    }

    /// The sum. It has the decimals of its coarsest part.
    pub(super) fn sum(&self) -> Amount {
        let decimals = if self.coarsest == u32::MAX {
            0
        } else {
            self.coarsest
        };
        amount(self.total(), decimals)
    }

    /// The mean. It has one decimal more than its finest part. Without a part there is none.
    pub(super) fn mean(&self) -> Option<Amount> {
        let count = BigRational::from_integer(self.count.into());
        (self.count > 0).then(|| amount(self.total() / count, self.finest + 1))
    }

    fn total(&self) -> BigRational {
        let short = BigRational::from_integer(self.short.into());
        &self.exact + short * power_of_ten(-i64::from(self.finest))
    }
}

/// An amount that is written with so many decimals.
pub(super) fn amount(value: BigRational, decimals: u32) -> Amount {
    let size = if value.is_zero() {
        0
    } else {
        magnitude(&value).max(0)
    };
    Amount {
        value,
        digits: u32::try_from(size).unwrap_or(0) + 1 + decimals,
        scale: Some(Scale {
            decimals,
            multiplier: 0,
        }),
    }
}

/// A value ten to a power times as large, written with that multiplier.
pub(super) fn times_power(value: Value, power: u32) -> Value {
    if power == 0 {
        return value;
    }
    let factor = power_of_ten(power.into());
    Value {
        about: value.about,
        shape: value.shape.map(|mut amount| {
            amount.value *= &factor;
            amount.scale = amount.scale.map(|scale| match (scale.multiplier, power) {
                (0, 3 | 4 | 6 | 8 | 9 | 12) => Scale {
                    multiplier: power,
                    ..scale
                },
                // No language has a word for the others: the number is written out.
                (multiplier, _) => Scale {
                    decimals: scale.decimals.saturating_sub(power),
                    multiplier,
                },
            });
            amount
        }),
    }
}

/// The signs of plain decimals.
pub(super) struct Digits {
    /// The decimal sign; 0 for none that is certain.
    pub decimal: u8,
    /// The sign that groups digits in threes.
    pub group: Option<u8>,
}

impl Digits {
    /// A plain decimal of at most eighteen digits: its digits as one number, and how many stand behind the decimal sign.
    fn short(&self, cell: &str) -> Option<(i64, u32)> {
        let (negative, body) = cell
            .strip_prefix('-')
            .map_or((false, cell), |body| (true, body));
        let (mut digits, mut count, mut point) = (0_i64, 0_u32, None);
        // Digits behind the last group sign.
        let mut group = None;
        for byte in body.bytes() {
            match byte {
                b'0'..=b'9' if count < 18 => {
                    digits = digits * 10 + i64::from(byte - b'0');
                    count += 1;
                }
                _ if byte == self.decimal && point.is_none() && count > 0 => point = Some(count),
                _ if Some(byte) == self.group && point.is_none() => {
                    let since = count - group.unwrap_or(0);
                    let fits = group.map_or((1..=3).contains(&since), |_| since == 3);
                    if !fits {
                        return None;
                    }
                    group = Some(count);
                }
                _ => return None,
            }
        }
        let whole = point.unwrap_or(count);
        let grouped = group.is_none_or(|begin| whole - begin == 3);
        // "5." and "" are left to the reader of values, which says what is wrong with them.
        if count == 0 || point == Some(count) || !grouped {
            return None;
        }
        let decimals = count - whole;
        Some((if negative { -digits } else { digits }, decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_decimals_are_read_by_their_signs() {
        let plain = Digits {
            decimal: b'.',
            group: None,
        };
        let german = Digits {
            decimal: b',',
            group: Some(b'.'),
        };
        for (cell, by_plain, by_german) in [
            ("12", Some((12, 0)), Some((12, 0))),
            ("-1.25", Some((-125, 2)), None),
            ("1.250", Some((1250, 3)), Some((1250, 0))),
            ("1.234.567,5", None, Some((12_345_675, 1))),
            ("1234,5", None, Some((12_345, 1))),
            ("1234.567", Some((1_234_567, 3)), None),
            ("1.23,5", None, None),
            (".5", None, None),
            ("5.", None, None),
            ("", None, None),
            ("-", None, None),
            ("1234567890123456789", None, None),
        ] {
            assert_eq!(plain.short(cell), by_plain, "{cell}");
            assert_eq!(german.short(cell), by_german, "{cell}");
        }
    }

    #[test]
    fn sums_are_coarse_and_means_are_fine() {
        let plain = Digits {
            decimal: b'.',
            group: None,
        };
        let mut total = Total::default();
        assert!(total.mean().is_none());
        for cell in ["2.1", "2", "1.5"] {
            total.add_cell(&plain, cell, false).expect("a number");
        }
        total.add(exhibit_facts::number::amount("0.25").expect("an amount"));
        let (sum, mean) = (total.sum(), total.mean().expect("a mean"));
        assert_eq!(
            (
                sum.value.to_string().as_str(),
                sum.scale.map(|scale| scale.decimals)
            ),
            ("117/20", Some(0))
        );
        assert_eq!(
            (
                mean.value.to_string().as_str(),
                mean.scale.map(|scale| scale.decimals)
            ),
            ("117/80", Some(3))
        );
    }
}
