//! The feasible interval of a qualified value, and the certain, possible and open parts of a bar. Every mark is drawn
//! from this interval.
//!
//! | value | interval | bar from zero: certain | possible | open |
//! | --- | --- | --- | --- | --- |
//! | > 4 | above 4 | 0 to 4 | - | upwards from 4 |
//! | > −4 | above −4 | - | −4 to 0 | upwards from 0 |
//! | < 5, never below zero | 0 to 5 | - | 0 to 5 | - |
//! | < 5, signed | below 5 | - | 0 to 5 | downwards from 0 |
//! | < −3 | below −3 | −3 to 0 | - | downwards from −3 |
//! | 2..3 | 2 to 3 | 0 to 2 | 2 to 3 | - |
//! | −2..3 | −2 to 3 | - | −2 to 3 | - |
//!
//! The body of an estimate is its point; a whisker or a band shows its interval.

use exhibit_facts::facts::Datum;
use exhibit_facts::quantity::{Reading, Shape};

/// All values that a qualified value may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FeasibleInterval {
    /// Lowest value. `None` where the interval is open below.
    pub(crate) low: Option<f64>,
    /// Highest value. `None` where the interval is open above.
    pub(crate) high: Option<f64>,
}

/// Parts of a bar along its axis, in values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BarExtent {
    /// End of the certain part, on either side of zero. 0 where the bar may have no length.
    pub(crate) certain: f64,
    /// Ends of the possible part, the lower first. Both are equal where there is no such part.
    pub(crate) possible: (f64, f64),
    /// The value has no end below `possible`.
    pub(crate) down: bool,
    /// The value has no end above `possible`.
    pub(crate) up: bool,
}

impl FeasibleInterval {
    /// Interval of a shape, in units of `10^exponent`. A metric that is not `signed` is never below zero.
    pub(crate) fn new(shape: &Shape, exponent: u32, signed: bool) -> Self {
        let at = |amount: Option<&exhibit_facts::quantity::Amount>| {
            amount.map(|amount| amount.to_f64_at(exponent))
        };
        let (low, high) = match shape {
            Shape::Estimate { point, .. } => (at(Some(point)), at(Some(point))),
            _ => (at(shape.low()), at(shape.high())),
        };
        // A bound below zero shows that the metric has values below zero.
        let floor = (!signed && high.is_some_and(|high| high >= 0.0)).then_some(0.0);
        Self {
            low: low.or(floor),
            high,
        }
    }

    /// Interval of a datum, in units of `10^exponent`. `None` where the value is missing.
    pub(crate) fn of(datum: &Datum, exponent: u32) -> Option<Self> {
        match &datum.reading {
            Reading::Value(value) => Some(Self::new(&value.shape, exponent, datum.signed)),
            Reading::Missing(_) => None,
        }
    }

    /// Parts of a bar that grows from zero. A bar covers the certain part for every value of the interval, and the
    /// possible part for some.
    pub(crate) fn bar(self) -> BarExtent {
        let (low, high) = (self.low, self.high);
        let certain = match (low, high) {
            (Some(low), _) if low > 0.0 => low,
            (_, Some(high)) if high < 0.0 => high,
            _ => 0.0,
        };
        BarExtent {
            certain,
            possible: (low.unwrap_or(certain), high.unwrap_or(certain)),
            down: low.is_none(),
            up: high.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every shape with numbers below zero, at zero and above, signed and not.
    #[test]
    fn every_shape_and_sign_has_its_interval() {
        // Value, signed; certain, possible, open down and up.
        type Case = (&'static str, bool, f64, (f64, f64), bool, bool);
        let cases: [Case; 44] = [
            ("4", false, 4.0, (4.0, 4.0), false, false),
            ("4", true, 4.0, (4.0, 4.0), false, false),
            ("0", false, 0.0, (0.0, 0.0), false, false),
            ("0", true, 0.0, (0.0, 0.0), false, false),
            ("-4", false, -4.0, (-4.0, -4.0), false, false),
            ("-4", true, -4.0, (-4.0, -4.0), false, false),
            ("> 4", false, 4.0, (4.0, 4.0), false, true),
            ("> 4", true, 4.0, (4.0, 4.0), false, true),
            ("> 0", false, 0.0, (0.0, 0.0), false, true),
            ("> 0", true, 0.0, (0.0, 0.0), false, true),
            ("> -4", false, 0.0, (-4.0, 0.0), false, true),
            ("> -4", true, 0.0, (-4.0, 0.0), false, true),
            (">= 4", false, 4.0, (4.0, 4.0), false, true),
            (">= 4", true, 4.0, (4.0, 4.0), false, true),
            (">= 0", false, 0.0, (0.0, 0.0), false, true),
            (">= 0", true, 0.0, (0.0, 0.0), false, true),
            (">= -4", false, 0.0, (-4.0, 0.0), false, true),
            (">= -4", true, 0.0, (-4.0, 0.0), false, true),
            ("< 4", false, 0.0, (0.0, 4.0), false, false),
            ("< 4", true, 0.0, (0.0, 4.0), true, false),
            ("< 0", false, 0.0, (0.0, 0.0), false, false),
            ("< 0", true, 0.0, (0.0, 0.0), true, false),
            ("< -4", false, -4.0, (-4.0, -4.0), true, false),
            ("< -4", true, -4.0, (-4.0, -4.0), true, false),
            ("<= 4", false, 0.0, (0.0, 4.0), false, false),
            ("<= 4", true, 0.0, (0.0, 4.0), true, false),
            ("<= 0", false, 0.0, (0.0, 0.0), false, false),
            ("<= 0", true, 0.0, (0.0, 0.0), true, false),
            ("<= -4", false, -4.0, (-4.0, -4.0), true, false),
            ("<= -4", true, -4.0, (-4.0, -4.0), true, false),
            ("2..4", false, 2.0, (2.0, 4.0), false, false),
            ("2..4", true, 2.0, (2.0, 4.0), false, false),
            ("0..4", false, 0.0, (0.0, 4.0), false, false),
            ("0..4", true, 0.0, (0.0, 4.0), false, false),
            ("-2..4", false, 0.0, (-2.0, 4.0), false, false),
            ("4 (3..6)", false, 4.0, (4.0, 4.0), false, false),
            ("-4 ± 5", true, -4.0, (-4.0, -4.0), false, false),
            ("-2..4", true, 0.0, (-2.0, 4.0), false, false),
            ("-4..0", false, 0.0, (-4.0, 0.0), false, false),
            ("-4..0", true, 0.0, (-4.0, 0.0), false, false),
            ("-4..-2", false, -2.0, (-4.0, -2.0), false, false),
            ("-4..-2", true, -2.0, (-4.0, -2.0), false, false),
            ("4 billion", false, 4e9, (4e9, 4e9), false, false),
            ("-4 billion", true, -4e9, (-4e9, -4e9), false, false),
        ];
        for (raw, signed, certain, possible, down, up) in cases {
            for about in ["", "~ "] {
                let value = exhibit_facts::number::value(&format!("{about}{raw}"))
                    .unwrap_or_else(|error| panic!("{raw}: {error:?}"));
                let bar = FeasibleInterval::new(&value.shape, 0, signed).bar();
                let wanted = BarExtent {
                    certain,
                    possible,
                    down,
                    up,
                };
                assert_eq!(bar, wanted, "{about}{raw}, signed: {signed}");
                // The lower end of the possible part comes first.
                assert!(bar.possible.0 <= bar.possible.1, "{raw}");
            }
        }
    }
}
