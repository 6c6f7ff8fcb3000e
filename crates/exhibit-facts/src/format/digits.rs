//! How many digits a number is printed with, alone and beside others. `docs/digits.md` has the rule in words.

use std::collections::BTreeSet;

use num_traits::{Signed, Zero};

use crate::quantity::{Amount, DisplayPrecision, Scale, Shape, Value};
use crate::rounding::{Rounding, magnitude, rounded, rounded_at, scaled};

/// Significant digits that the eye takes in at once: those of a computed number, and of the largest of a set.
const DIGITS: i64 = 3;

/// Significant digits of the largest of a set whose numbers would read alike with fewer.
const MOST_DIGITS: i64 = 4;

/// Decimals that numbers keep which were all written with them: cents, hundredths.
const WRITTEN_DECIMALS: i64 = 2;

/// How far a number is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A computed or rescaled number with the digits that the eye needs; a written one as it was written.
    Brief,
    /// As [`Detail::Brief`], beside others of its kind: that it is rounded is said once for all of them, and not by an "about".
    Beside,
    /// With every digit that it has.
    Full,
}

/// Decimals of a number that is printed alone as a number of `10^exponent`, before its first significant digit is seen to.
pub(super) fn alone(amount: &Amount, exponent: i64, detail: Detail) -> i64 {
    match amount.scale {
        Some(scale) if i64::from(scale.multiplier) == exponent => {
            return i64::from(scale.decimals);
        }
        _ if amount.value.is_zero() => return 0,
        _ => {}
    }
    // 9.95 with two digits is 10, so that the place of the first digit is that of the rounded number.
    let decimals = |digits: i64| {
        let digits = u32::try_from(digits.max(1)).unwrap_or(u32::MAX);
        let shown = rounded(&amount.value, digits, Rounding::Nearest);
        (i64::from(digits) - 1 - (magnitude(&shown) - exponent)).max(0)
    };
    let known = match amount.scale {
        Some(_) => (i64::from(amount.digits) - 1 - (magnitude(&amount.value) - exponent)).max(0),
        None => decimals(i64::from(amount.digits)),
    };
    let exact = |decimals: i64| {
        rounded_at(&amount.value, exponent - decimals, Rounding::Nearest) == amount.value
    };
    match detail {
        // What is exact loses no digit for the eye's sake: 30.05. Behind a multiplier word its end is of no interest: 1.365000.
        _ if exponent == 0 && exact(known) => known,
        Detail::Brief | Detail::Beside => known.min(decimals(DIGITS)),
        Detail::Full => (0..known)
            .find(|decimals| exact(*decimals))
            .unwrap_or(known),
    }
}

/// The decimals that a number has as one of `10^exponent`: below zero where its last known digit stands before the point.
///
/// The zeros at the end of a whole number count if it stands for itself: a point, not "about".
fn known(amount: &Amount, exponent: u32, plain: bool) -> i64 {
    let place = match amount.scale {
        Some(Scale {
            decimals: 0,
            multiplier: 0,
        }) if plain => 0,
        Some(scale) if scale.decimals > 0 || scale.multiplier > 0 => {
            i64::from(scale.multiplier) - i64::from(scale.decimals)
        }
        _ => {
            let shown = rounded(&amount.value, amount.digits, Rounding::Nearest);
            magnitude(&shown) - i64::from(amount.digits) + 1
        }
    };
    i64::from(exponent) - place
}

/// True for a number that stands for itself alone.
fn is_plain(value: &Value) -> bool {
    !value.about && matches!(value.shape, Shape::Exact(_))
}

/// The decimals that numbers printed beside each other share, as numbers of `10^exponent`: those of an axis, a column, a set of labels.
///
/// - The largest has three significant digits, and a fourth where two different numbers would read alike.
/// - Numbers written with the same decimals keep them, if they are one or two, or if the largest then has at most four digits.
/// - If one of them is known less finely, all have its decimals, if that is at least one and tells as many apart.
/// - No number gets more decimals than it has ([`with_decimals`]).
///
/// ```
/// use exhibit_facts::format::shared_decimals;
/// use exhibit_facts::number::value;
/// let of = |texts: &[&str], exponent| {
///     let values: Vec<_> = texts.iter().map(|text| value(text).unwrap()).collect();
///     shared_decimals(&values, exponent)
/// };
/// assert_eq!(of(&["12_360_000", "13_725_000", "24_000_000"], 6), 1);
/// assert_eq!(of(&["1_365_000"], 6), 2);
/// assert_eq!(of(&["24.1234", "24.1399"], 0), 2);
/// assert_eq!(of(&["28.80", "1.25"], 0), 2);
/// ```
#[must_use]
pub fn shared_decimals<'v>(values: impl IntoIterator<Item = &'v Value>, exponent: u32) -> u32 {
    let values: Vec<&Value> = values.into_iter().collect();
    let amounts: Vec<(&Amount, i64)> = values
        .iter()
        .flat_map(|value| {
            let plain = is_plain(value);
            let with = move |amount| (amount, known(amount, exponent, plain).max(0));
            // The ends of an interval are printed as its point is.
            value.shape.named().map(with)
        })
        .filter(|(amount, _)| !amount.is_zero())
        .collect();
    let scale = i64::from(exponent);
    let top = amounts.iter().map(|(amount, _)| magnitude(&amount.value));
    let (Some(top), Some(coarsest), Some(finest)) = (
        top.max(),
        amounts.iter().map(|(_, known)| *known).min(),
        amounts.iter().map(|(_, known)| *known).max(),
    ) else {
        return 0;
    };
    let top = top - scale;
    let wanted = (DIGITS - 1 - top).max(0);
    let most = (MOST_DIGITS - 1 - top).max(wanted);
    let apart = |decimals: i64| {
        let printed = amounts
            .iter()
            .map(|(amount, _)| scaled(&amount.value, decimals - scale, Rounding::Nearest));
        printed.collect::<BTreeSet<_>>().len()
    };
    let written = |amount: &Amount| {
        amount
            .scale
            .is_some_and(|scale| scale.multiplier == exponent)
    };
    // Whole numbers among them have no decimals to keep.
    let mut parts = amounts
        .iter()
        .map(|(_, known)| *known)
        .filter(|known| *known > 0);
    let decimals = if parts.all(|known| known == finest)
        && finest <= most.max(WRITTEN_DECIMALS)
        && amounts.iter().all(|(amount, _)| written(amount))
    {
        finest
    } else {
        let best = if apart(most) > apart(wanted) {
            most
        } else {
            wanted
        };
        if coarsest < best && coarsest >= (1 - top).max(1) && apart(coarsest) == apart(best) {
            coarsest
        } else {
            best.min(finest)
        }
    };
    u32::try_from(decimals).unwrap_or(0)
}

/// A value as it is printed beside others: with so many decimals as a number of `10^exponent`, but with no more than it has. A number
/// whose last known digit stands before the point stays as it is.
///
/// ```
/// use exhibit_facts::format::{Scaling, forms, unit_words, with_decimals};
/// use exhibit_facts::{Language, Unit, Units, number::value};
/// let none = unit_words(Language::English, &Units::builtin(), &Unit::default());
/// let print = |text: &str| {
///     let value = with_decimals(value(text).unwrap(), 1, 6);
///     forms(Language::English, &value, &none, Scaling::At(6)).number
/// };
/// assert_eq!(print("24_000_000"), "24.0");
/// assert_eq!(print("13_725_000"), "~\u{a0}13.7");
/// assert_eq!(print("24 million"), "24");
/// ```
#[must_use]
pub fn with_decimals(value: Value, decimals: u32, exponent: u32) -> Value {
    let plain = is_plain(&value);
    let shape = value.shape.map(|amount| {
        let Ok(known) = u32::try_from(known(&amount, exponent, plain)) else {
            return amount;
        };
        let scale = Scale {
            decimals: decimals.min(known),
            multiplier: exponent,
        };
        Amount {
            scale: Some(scale),
            ..amount
        }
    });
    Value { shape, ..value }
}

/// A value as an author wants it printed, as a number of `10^exponent`. `Digits` count from the first digit of `largest`, the largest
/// number that stands beside it, or its own.
///
/// ```
/// use exhibit_facts::format::{as_asked, exact_decimal};
/// use exhibit_facts::number::value;
/// use exhibit_facts::quantity::DisplayPrecision;
/// let value = as_asked(value("13_725_000").unwrap(), DisplayPrecision::Digits(4), None, 6);
/// assert_eq!(value.shape.low().unwrap().scale.unwrap().decimals, 2);
/// ```
#[must_use]
pub fn as_asked(
    value: Value,
    precision: DisplayPrecision,
    largest: Option<&Amount>,
    exponent: u32,
) -> Value {
    let scale = i64::from(exponent);
    let decimals = match precision {
        DisplayPrecision::Decimals(decimals) => i64::from(decimals),
        DisplayPrecision::Digits(digits) => {
            let own = || value.shape.named().max_by_key(|amount| amount.value.abs());
            let Some(largest) = largest.or_else(own) else {
                return value;
            };
            let shown = rounded(&largest.value, digits, Rounding::Nearest);
            i64::from(digits) - 1 - (magnitude(&shown) - scale)
        }
    };
    match u32::try_from(decimals) {
        Ok(decimals) => with_decimals(value, decimals, exponent),
        // Digits before the point become zeros.
        Err(_) => {
            let about = value.about;
            let place = i32::try_from(decimals - scale).unwrap_or(i32::MIN);
            let value = value.displayed_with(DisplayPrecision::Decimals(place));
            Value { about, ..value }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use num_bigint::BigInt;
    use num_rational::BigRational;
    use proptest::prelude::*;

    use super::*;
    use crate::format::{Scaling, forms, forms_with, unit_words};
    use crate::language::Language;
    use crate::number::value;
    use crate::rounding::power_of_ten;
    use crate::unit::{Unit, Units};

    /// The numbers of a set at a scale, as they are printed beside each other.
    fn beside(texts: &[&str], exponent: u32) -> Vec<String> {
        let values: Vec<Value> = texts.iter().map(|text| value(text).unwrap()).collect();
        printed(&values, exponent)
    }

    fn printed(values: &[Value], exponent: u32) -> Vec<String> {
        let none = unit_words(Language::English, &Units::builtin(), &Unit::default());
        let decimals = shared_decimals(values, exponent);
        values
            .iter()
            .map(|value| {
                let value = with_decimals(value.clone(), decimals, exponent);
                let scaling = Scaling::At(exponent);
                forms_with(Language::English, &value, &none, scaling, Detail::Beside).number
            })
            .collect()
    }

    #[test]
    fn numbers_beside_each_other_are_printed_as_an_editor_would() {
        for (texts, exponent, wanted) in [
            // Rescaled: three digits for the largest.
            (
                &["12_360_000", "13_725_000", "24_000_000"][..],
                6,
                &["12.4", "13.7", "24.0"][..],
            ),
            (&["1_365_000"], 6, &["1.37"]),
            (
                &["500_000", "1_365_000", "2_200_000"],
                6,
                &["0.50", "1.37", "2.20"],
            ),
            // A fourth digit where two would read alike, and none where it helps nothing.
            (&["24_010_000", "24_020_000"], 6, &["24.01", "24.02"]),
            (&["24_000_100", "24_000_200"], 6, &["24.0", "24.0"]),
            // The source forbids a decimal.
            (
                &["24 million", "13.7 million", "12.36 million"],
                6,
                &["24", "13.7", "12.4"],
            ),
            (&["0.5", "1.365", "2.2"], 0, &["0.5", "1.4", "2.2"]),
            (&["~ 24_000_000", "13_725_000"], 6, &["~\u{a0}24", "13.7"]),
            // As written.
            (&["28.80", "1.25"], 0, &["28.80", "1.25"]),
            (&["313.83", "320.04"], 0, &["313.83", "320.04"]),
            (&["28.80", "3", "1.25"], 0, &["28.80", "3", "1.25"]),
            (&["12", "33.3", "7.25"], 0, &["12", "33.3", "7.3"]),
            (&["12", "5", "340"], 0, &["12", "5", "340"]),
            (&["10.123456", "9.654321"], 0, &["10.1", "9.7"]),
            (&["19.1 billion", "13.9 billion"], 9, &["19.1", "13.9"]),
            // Small numbers beside large ones keep their first digit; zero has the others' decimals.
            (&["40_000", "24_000_000"], 6, &["0.04", "24.0"]),
            (&["0", "13_725_000"], 6, &["0.0", "13.7"]),
            (&["0", "0.0"], 0, &["0", "0"]),
            // Negative, ranges and bounds, which are rounded outward.
            (&["-12_360_000", "24_000_000"], 6, &["−12.4", "24.0"]),
            (
                &["> 12.361", "< 12.341", "24.12"],
                0,
                &[">\u{a0}12.3", "<\u{a0}12.4", "24.1"],
            ),
        ] {
            assert_eq!(beside(texts, exponent), wanted, "{texts:?}");
        }
    }

    #[test]
    fn a_number_alone_has_the_digits_that_the_eye_needs() {
        let units = Units::builtin();
        let unit = unit_words(Language::English, &units, &units.parse("people").unwrap());
        for (text, scaling, wanted) in [
            ("13_725_000", Scaling::Natural, "13,725,000 people"),
            ("13_725_000", Scaling::In(6), "about 13.7 million people"),
            ("13_700_000", Scaling::In(6), "13.7 million people"),
            ("19.15 billion", Scaling::Natural, "19.15 billion people"),
            ("19.15 billion", Scaling::In(9), "19.15 billion people"),
            ("19.15 billion", Scaling::In(6), "19,150 million people"),
            (
                "> 13_725_000",
                Scaling::In(6),
                "more than 13.7 million people",
            ),
            (
                "< 13_725_000",
                Scaling::In(6),
                "fewer than 13.8 million people",
            ),
        ] {
            let forms = forms(Language::English, &value(text).unwrap(), &unit, scaling);
            assert_eq!(forms.sentence.replace('\u{a0}', " "), wanted, "{text}");
        }
        // Another word of the language takes nothing from what was written.
        let text = value("1.9365 billion").unwrap();
        let unit = unit_words(Language::Chinese, &units, &units.parse("people").unwrap());
        let forms = forms(Language::Chinese, &text, &unit, Scaling::Natural);
        assert_eq!(forms.sentence, "19.365亿人");
    }

    /// A written or computed number, with its digits.
    fn any_value() -> impl Strategy<Value = Value> {
        let amount = (1..1_000_000_i64, -6..4_i64, 1..9_u32, any::<bool>()).prop_map(
            |(digits, shift, known, written)| {
                let value = BigRational::from_integer(BigInt::from(digits)) * power_of_ten(shift);
                let decimals = u32::try_from((-shift).max(0)).unwrap();
                Amount {
                    value,
                    digits: if written { 6 } else { known },
                    scale: written.then_some(Scale {
                        decimals,
                        multiplier: 0,
                    }),
                }
            },
        );
        amount.prop_map(|amount| Value {
            shape: Shape::Exact(amount),
            about: false,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_set_shares_its_decimals_and_keeps_numbers_apart(
            values in prop::collection::vec(any_value(), 1..8),
            exponent in prop::sample::select(vec![0_u32, 3, 6]),
        ) {
            let decimals = i64::from(shared_decimals(&values, exponent));
            let amounts: Vec<&Amount> = values.iter().flat_map(|value| value.shape.amounts()).collect();
            let top = amounts.iter().map(|amount| magnitude(&amount.value)).max().unwrap() - i64::from(exponent);
            // Never more than four digits for the sake of the eye, unless two decimals were written.
            prop_assert!(decimals <= (MOST_DIGITS - 1 - top).max(WRITTEN_DECIMALS));
            let printed = printed(&values, exponent);
            let mut shared = BTreeMap::new();
            for ((value, amount), text) in values.iter().zip(&amounts).zip(&printed) {
                let own = text.split_once('.').map_or(0, |(_, part)| part.len());
                let own = i64::try_from(own).unwrap();
                let known = known(amount, exponent, is_plain(value)).max(0);
                let first = -(magnitude(&amount.value) - i64::from(exponent));
                // Never more decimals than it has, but for a first digit that would vanish.
                prop_assert!(own <= known.max(first).max(0), "{text}");
                if known >= decimals && own > 0 && first <= decimals {
                    shared.insert(own, text.clone());
                }
            }
            // What can have them has the same decimals.
            prop_assert!(shared.len() <= 1, "{printed:?}");
        }

        #[test]
        fn four_digits_tell_apart_what_they_can(first in 1_000..9_999_i64, second in 1_000..9_999_i64) {
            prop_assume!(first != second);
            // Thousands of what is counted, known to the unit.
            let texts = [first, second].map(|number| (number * 1_000).to_string());
            let printed = beside(&[texts[0].as_str(), texts[1].as_str()], 6);
            prop_assert_ne!(&printed[0], &printed[1]);
        }
    }
}
