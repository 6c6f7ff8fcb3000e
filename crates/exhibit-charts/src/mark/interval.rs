//! Which stretch of the axis a qualified value takes: what is certain, what is possible, and to which side it is open. Every mark
//! is drawn from this one answer.
//!
//! | said | may be | a bar from zero: certain | possible | open |
//! | --- | --- | --- | --- | --- |
//! | > 4 | above 4 | 0 to 4 | - | upwards from 4 |
//! | > −4 | above −4 | - | −4 to 0 | upwards from 0 |
//! | < 5, never below zero | 0 to 5 | - | 0 to 5 | - |
//! | < 5, signed | below 5 | - | 0 to 5 | downwards from 0 |
//! | < −3 | below −3 | −3 to 0 | - | downwards from −3 |
//! | 2..3 | 2 to 3 | 0 to 2 | 2 to 3 | - |
//! | −2..3 | −2 to 3 | - | −2 to 3 | - |

use exhibit_core::facts::Datum;
use exhibit_core::quantity::{Reading, Shape};

/// The values that a qualified value may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FeasibleInterval {
    /// The lowest; `None` where there is no end.
    pub(crate) low: Option<f64>,
    /// The highest; `None` where there is no end.
    pub(crate) high: Option<f64>,
}

/// What a bar takes of its axis, from zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BarExtent {
    /// Where the bar certainly ends, on whichever side of zero; 0 if it may have no length.
    pub(crate) certain: f64,
    /// Where what is possible begins and ends, the lower number first; both the same if nothing is.
    pub(crate) possible: (f64, f64),
    /// There is no end below `possible`.
    pub(crate) down: bool,
    /// There is no end above `possible`.
    pub(crate) up: bool,
}

impl FeasibleInterval {
    /// The reach of a shape on a scale that counts in `10^exponent`. A metric that is not `signed` is never below zero.
    pub(crate) fn new(shape: &Shape, exponent: u32, signed: bool) -> Self {
        let at = |amount: Option<&exhibit_core::quantity::Amount>| {
            amount.map(|amount| amount.to_f64_at(exponent))
        };
        let (low, high) = (at(shape.low()), at(shape.high()));
        // A bound below zero says by itself that there is something below zero.
        let floor = (!signed && high.is_some_and(|high| high >= 0.0)).then_some(0.0);
        Self {
            low: low.or(floor),
            high,
        }
    }

    /// The reach of a datum; `None` where it is missing.
    pub(crate) fn of(datum: &Datum, exponent: u32) -> Option<Self> {
        match &datum.reading {
            Reading::Value(value) => Some(Self::new(&value.shape, exponent, datum.signed)),
            Reading::Missing(_) => None,
        }
    }

    /// What a bar takes that grows from zero: what it covers whichever value is the true one is certain, what it covers for some is
    /// possible.
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

    /// Every shape with numbers on both sides of zero and at it, signed and not.
    #[test]
    fn every_shape_and_sign_has_its_interval() {
        // said, signed; certain, possible, open down and up
        type Case = (&'static str, bool, f64, (f64, f64), bool, bool);
        let cases: [Case; 42] = [
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
                let value = exhibit_core::number::value(&format!("{about}{raw}"))
                    .unwrap_or_else(|error| panic!("{raw}: {error:?}"));
                let bar = FeasibleInterval::new(&value.shape, 0, signed).bar();
                let wanted = BarExtent {
                    certain,
                    possible,
                    down,
                    up,
                };
                assert_eq!(bar, wanted, "{about}{raw}, signed: {signed}");
                // What is certain lies between zero and what is possible.
                assert!(bar.possible.0 <= bar.possible.1, "{raw}");
            }
        }
    }
}
