//! Written numbers to qualified values: `> 10_000`, `~ 40..50`, `19.1 billion`.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::quantity::{Amount, Scale, Shape, Value};

/// Digits a written number may have, sign, point and underscores left out. Nothing that is measured has more.
const MAX_DIGITS: usize = 30;

/// Multiplier words and their power of ten.
const MULTIPLIERS: [(&str, u32); 9] = [
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("k", 3),
    ("bn", 9),
    ("万", 4),
    ("亿", 8),
    ("万亿", 12),
];

/// The power of ten of a multiplier word (`billion` is 9).
#[must_use]
pub fn multiplier(word: &str) -> Option<u32> {
    MULTIPLIERS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, power)| *power)
}

/// Why a text is no number, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub reason: String,
    /// The way out.
    pub help: String,
}

fn fault<T>(reason: impl Into<String>, help: impl Into<String>) -> Result<T, Fault> {
    Err(Fault {
        reason: reason.into(),
        help: help.into(),
    })
}

const FORMS: &str = "write a value as 17_800, 19.1 billion, \"> 10_000\", \"<= 5\", \"~ 40..50\" or {unknown: reason}";

/// Reads the short form of a value.
///
/// ```
/// use exhibit_facts::number::value;
/// assert_eq!(value("~ > 10_000").unwrap().shape.qualifier(), "more_than");
/// assert!(value("10,000").unwrap_err().help.contains("10_000"));
/// ```
///
/// # Errors
/// The reason and the way out, for anything that is not a value.
pub fn value(text: &str) -> Result<Value, Fault> {
    let mut rest = text.trim();
    let mut about = false;
    if let Some(after) = rest.strip_prefix('~') {
        about = true;
        rest = after.trim_start();
    }
    if rest.is_empty() {
        return fault("there is no number", FORMS);
    }
    type Bound = fn(Amount) -> Shape;
    let bounds: [(&str, Bound); 6] = [
        (">=", Shape::AtLeast),
        ("≥", Shape::AtLeast),
        ("<=", Shape::AtMost),
        ("≤", Shape::AtMost),
        (">", Shape::MoreThan),
        ("<", Shape::LessThan),
    ];
    for (sign, make) in bounds {
        if let Some(after) = rest.strip_prefix(sign) {
            // As it is printed, "< ~ 30", so it may be written.
            let tilde = (!about)
                .then(|| after.trim_start().strip_prefix('~'))
                .flatten();
            about |= tilde.is_some();
            let after = tilde.unwrap_or(after);
            return Ok(Value {
                shape: make(amount(after)?),
                about,
            });
        }
    }
    if let Some((low, high)) = rest.split_once("..") {
        let word = high.trim().split_once(' ').map(|(_, word)| word.trim());
        let low = match (amount(low)?, word.and_then(multiplier)) {
            // "600..700 billion": the word belongs to both ends unless the lower has its own.
            (low, Some(power)) if low.scale.is_some_and(|scale| scale.multiplier == 0) => {
                multiplied(low, power)
            }
            (low, _) => low,
        };
        return range(low, amount(high)?).map(|shape| Value { shape, about });
    }
    Ok(Value {
        shape: Shape::Exact(amount(rest)?),
        about,
    })
}

/// A range from its two ends.
///
/// # Errors
/// If the lower end is not below the upper.
pub fn range(low: Amount, high: Amount) -> Result<Shape, Fault> {
    if low.value < high.value {
        Ok(Shape::Range { low, high })
    } else {
        fault(
            "the lower end of a range must be below the upper end",
            "swap the ends, or write one number",
        )
    }
}

fn multiplied(mut amount: Amount, power: u32) -> Amount {
    amount.value *= BigRational::from_integer(BigInt::from(10).pow(power));
    amount.scale = amount.scale.map(|scale| Scale {
        multiplier: power,
        ..scale
    });
    amount
}

/// Reads one written number: digits with optional underscores, a point, and a multiplier word.
///
/// # Errors
/// The reason and the way out, for anything that is not a finite number.
pub fn amount(text: &str) -> Result<Amount, Fault> {
    let text = text.trim();
    let (digits, word) = text
        .split_once(char::is_whitespace)
        .map_or((text, ""), |(digits, word)| (digits, word.trim()));
    let (digits, word) = match digits
        .char_indices()
        .find(|(_, ch)| matches!(ch, '万' | '亿'))
    {
        Some((at, _)) if word.is_empty() => digits.split_at(at),
        _ => (digits, word),
    };
    let lower = digits.to_ascii_lowercase();
    if [
        ".nan", "nan", ".inf", "-.inf", "inf", "-inf", "infinity", "+.inf",
    ]
    .contains(&lower.as_str())
    {
        return fault(
            format!("`{digits}` is not a finite number"),
            "a figure that is not known is written {unknown: reason}",
        );
    }
    if digits.contains(',') {
        let plain = digits.replace(',', "_");
        return fault(
            "a comma in a number means two things (10,000 or 10,0)",
            format!("group digits with underscores: {plain}; the decimal sign is a point"),
        );
    }
    if digits.contains('%') || word.contains('%') {
        return fault(
            "the unit does not stand in the value",
            "set `unit: \"%\"` on the metric and write the number alone",
        );
    }
    let (negative, body) = match digits
        .strip_prefix('-')
        .or_else(|| digits.strip_prefix('\u{2212}'))
    {
        Some(body) => (true, body),
        None => (false, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let well_grouped =
        |part: &str| !part.starts_with('_') && !part.ends_with('_') && !part.contains("__");
    let is_digits = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    if whole.is_empty()
        || !is_digits(whole)
        || !is_digits(decimals)
        || !well_grouped(whole)
        || !well_grouped(decimals)
        || (mantissa.ends_with('.'))
    {
        return fault(format!("`{text}` is not a number"), FORMS);
    }
    let written: String = whole
        .chars()
        .chain(decimals.chars())
        .filter(|ch| *ch != '_')
        .collect();
    if written.len() > MAX_DIGITS {
        return fault(
            format!("a number of {} digits is beyond measure", written.len()),
            format!("write at most {MAX_DIGITS} digits, or a multiplier word"),
        );
    }
    let exponent: i32 = match exponent {
        None => 0,
        Some(text) => match text.parse::<i32>() {
            Ok(exponent) if exponent.abs() <= 30 => exponent,
            Ok(exponent) => {
                return fault(
                    format!("a power of ten of {exponent} is beyond measure"),
                    "powers of ten run from -30 to 30",
                );
            }
            Err(_) => return fault(format!("`{text}` is no power of ten"), FORMS),
        },
    };
    let power = match word {
        "" => 0,
        word => match multiplier(word) {
            Some(power) => power,
            None => {
                return fault(
                    format!("`{word}` is not a multiplier word"),
                    "multiplier words are thousand, million, billion, trillion, 万 and 亿; the unit stands in the metric's `unit`",
                );
            }
        },
    };
    let places = u32::try_from(decimals.bytes().filter(u8::is_ascii_digit).count())
        .expect("at most thirty digits");
    let mut mantissa: BigInt = written.parse().expect("only digits");
    if negative {
        mantissa = -mantissa;
    }
    let ten = BigInt::from(10);
    let up = i64::from(power) + i64::from(exponent) - i64::from(places);
    let shift = ten.pow(u32::try_from(up.unsigned_abs()).expect("small powers"));
    let value = if up >= 0 {
        BigRational::from_integer(mantissa * shift)
    } else {
        BigRational::new(mantissa, shift)
    };
    let decimals_shown = i64::from(places) - i64::from(exponent);
    let scale = Scale {
        decimals: u32::try_from(decimals_shown.max(0)).expect("small"),
        multiplier: power,
    };
    Ok(Amount {
        value,
        digits: significant(&written, places > 0 || exponent != 0),
        scale: Some(scale),
    })
}

/// Significant digits of written digits: from the first non-zero one to the last one written; trailing zeros of a plain integer
/// do not count.
fn significant(written: &str, decimal: bool) -> u32 {
    let from = written.trim_start_matches('0');
    let kept = if decimal {
        from
    } else {
        from.trim_end_matches('0')
    };
    u32::try_from(kept.len().max(1)).expect("at most thirty digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_follow_the_documented_rule() {
        for (text, digits) in [
            ("10_000", 1),
            ("17_800", 3),
            ("1.90", 3),
            ("0.57", 2),
            ("19.1 billion", 3),
            ("0", 1),
            ("0.0", 1),
            ("5.40e6", 3),
            ("8", 1),
        ] {
            assert_eq!(amount(text).unwrap().digits, digits, "{text}");
        }
    }

    #[test]
    fn short_forms() {
        for (text, qualifier, about) in [
            ("5", "exact", false),
            ("~5", "exact", true),
            ("> 5", "more_than", false),
            (">=5", "at_least", false),
            ("< 5", "less_than", false),
            ("~ <= 5", "at_most", true),
            ("<= ~ 5", "at_most", true),
            ("40..50", "range", false),
            ("~ 600..700 billion", "range", true),
        ] {
            let value = value(text).unwrap();
            assert_eq!(
                (value.shape.qualifier(), value.about),
                (qualifier, about),
                "{text}"
            );
        }
        let Shape::Range { low, high } = value("600..700 billion").unwrap().shape else {
            panic!("a range")
        };
        assert_eq!(low.value.to_string(), "600000000000");
        assert_eq!(high.value.to_string(), "700000000000");
        assert_eq!(amount("37万").unwrap().value.to_string(), "370000");
    }

    #[test]
    fn refused_with_a_way_out() {
        for text in [
            "",
            "~",
            ".nan",
            "inf",
            "10,000",
            "5 %",
            "5%",
            "ten",
            "1e999",
            "1__0",
            "5.",
            "_5",
            "50..40",
            "3 dozens",
            &"9".repeat(31),
        ] {
            let fault = value(text).unwrap_err();
            assert!(!fault.reason.is_empty() && !fault.help.is_empty(), "{text}");
        }
    }
}
