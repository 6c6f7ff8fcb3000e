//! Round numbers for axes: steps of 1, 2, 2.5 or 5 times a power of ten. Ticks are whole numbers of steps, so that no
//! platform's rounding matters.

/// Evenly spaced numbers: `first * step`, `(first + 1) * step`, … `last * step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticks {
    /// Mantissa of the step, which is `mantissa * 10^exponent`.
    pub(crate) mantissa: i64,
    /// Exponent of the step.
    pub(crate) exponent: i32,
    /// Number of steps from zero to the first tick.
    pub(crate) first: i64,
    /// Number of steps from zero to the last tick.
    pub(crate) last: i64,
}

impl Ticks {
    /// The finest ticks that cover `low` to `high` in at most `most` steps. `low` must be below `high`, and `most` at
    /// least 1.
    pub(crate) fn covering(low: f64, high: f64, most: i64) -> Self {
        let mut exponent = floor_log10((high - low) / most as f64);
        loop {
            // 2.5 is 25 of the next smaller power.
            for (mantissa, down) in [(1, 0), (2, 0), (25, 1), (5, 0)] {
                let exponent = exponent - down;
                let step = power(mantissa, exponent);
                let first = whole((low / step + 1e-9).floor());
                let last = whole((high / step - 1e-9).ceil());
                if last - first <= most {
                    return Self {
                        mantissa,
                        exponent,
                        first,
                        last,
                    };
                }
            }
            exponent += 1;
        }
    }

    /// The finest ticks of which at most `most` lie between `low` and `high`, ends included. `low` must be below
    /// `high`, and `most` at least 2.
    #[cfg(test)]
    pub(crate) fn inside(low: f64, high: f64, most: i64) -> Self {
        Self::inside_of(low, high, most, None)
    }

    /// The same, with steps that are multiples of `10^finest`: whole things have whole ticks.
    pub(crate) fn inside_of(low: f64, high: f64, most: i64, finest: Option<i32>) -> Self {
        let mut exponent = floor_log10((high - low) / most as f64);
        loop {
            for (mantissa, down) in [(1, 0), (2, 0), (25, 1), (5, 0)] {
                let exponent = exponent - down;
                if finest.is_some_and(|finest| exponent < finest) {
                    continue;
                }
                let step = power(mantissa, exponent);
                let first = whole((low / step - 1e-9).ceil());
                let last = whole((high / step + 1e-9).floor());
                if last - first < most {
                    return Self {
                        mantissa,
                        exponent,
                        first,
                        last,
                    };
                }
            }
            exponent += 1;
        }
    }

    /// Values of the first and the last tick.
    pub(crate) fn domain(&self) -> (f64, f64) {
        let step = power(self.mantissa, self.exponent);
        (self.first as f64 * step, self.last as f64 * step)
    }

    /// Value of each tick, and its whole mantissa for printing with [`Ticks::exponent`].
    pub(crate) fn each(&self) -> impl Iterator<Item = (f64, i64)> + '_ {
        (self.first..=self.last).map(|count| {
            let mantissa = count * self.mantissa;
            (power(mantissa, self.exponent), mantissa)
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "counts of steps between two numbers of one scale are small"
)]
fn whole(steps: f64) -> i64 {
    steps as i64
}

/// The float nearest to `mantissa * 10^exponent`. Powers up to 10^22 are exact, so that only the result is rounded.
fn power(mantissa: i64, exponent: i32) -> f64 {
    let ten = |power: i32| (0..power).fold(1.0, |product: f64, _| product * 10.0);
    if exponent >= 0 {
        mantissa as f64 * ten(exponent)
    } else {
        mantissa as f64 / ten(-exponent)
    }
}

/// Exponent of the largest power of ten that does not exceed a positive number. Counting finds it, without a
/// logarithm.
fn floor_log10(value: f64) -> i32 {
    let mut exponent = 0;
    while exponent < 300 && power(1, exponent + 1) <= value {
        exponent += 1;
    }
    while exponent > -300 && power(1, exponent) > value {
        exponent -= 1;
    }
    exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(low: f64, high: f64, most: i64) -> Vec<f64> {
        Ticks::covering(low, high, most)
            .each()
            .map(|(value, _)| value)
            .collect()
    }

    #[test]
    fn steps_are_round_and_cover_the_data() {
        assert_eq!(values(0.0, 100.0, 4), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(
            values(0.0, 1000.0, 5),
            [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
        );
        assert_eq!(values(-3.0, 7.0, 4), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(values(0.0, 0.03, 3), [0.0, 0.01, 0.02, 0.03]);
        assert_eq!(values(0.0, 1.0e18, 2), [0.0, 5.0e17, 1.0e18]);
    }

    #[test]
    fn ticks_inside_leave_the_ends_to_the_data() {
        let inside = |low, high, most| -> Vec<f64> {
            let ticks = Ticks::inside(low, high, most);
            ticks.each().map(|(value, _)| value).collect()
        };
        assert_eq!(inside(0.0, 2200.0, 5), [0.0, 500.0, 1000.0, 1500.0, 2000.0]);
        assert_eq!(inside(0.0, 200.0, 5), [0.0, 50.0, 100.0, 150.0, 200.0]);
        assert_eq!(inside(93.0, 107.0, 5), [95.0, 97.5, 100.0, 102.5, 105.0]);
    }

    #[test]
    fn whole_things_have_whole_ticks() {
        let whole = |low, high, finest| -> Vec<f64> {
            let ticks = Ticks::inside_of(low, high, 5, Some(finest));
            ticks.each().map(|(value, _)| value).collect()
        };
        assert_eq!(whole(0.0, 2.0, 0), [0.0, 1.0, 2.0]);
        assert_eq!(whole(0.0, 1.0, 0), [0.0, 1.0]);
        // No step of 2.5.
        assert_eq!(whole(0.0, 11.0, 0), [0.0, 5.0, 10.0]);
        assert_eq!(whole(0.0, 100.0, 0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        // Whole cars, counted in thousands.
        assert_eq!(whole(0.0, 0.002, -3), [0.0, 0.001, 0.002]);
    }

    #[test]
    fn there_are_never_more_steps_than_asked_for() {
        for most in 1..7 {
            for high in [1e-9, 0.7, 1.0, 9.99, 12_345.0, 3.3e14] {
                let ticks = Ticks::covering(0.0, high, most);
                assert!(ticks.last - ticks.first <= most && ticks.domain().1 >= high);
            }
        }
    }
}
