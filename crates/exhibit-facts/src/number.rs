//! Written numbers to qualified values: `> 10_000`, `~ 40..50`, `19.1 billion`.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::quantity::{Amount, Scale, Shape, Value};

/// Digits a written number may have, sign, point and underscores left out. Nothing that is measured has more.
const MAX_DIGITS: usize = 30;

/// The largest power of ten behind `e`, up and down.
const MAX_POWER: i32 = 30;

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

/// The power of ten of a multiplier word, 3 to 12. `None` for any other word.
///
/// ```
/// use exhibit_facts::number::multiplier;
/// assert_eq!([multiplier("billion"), multiplier("万"), multiplier("dozen")], [Some(9), Some(4), None]);
/// ```
#[must_use]
pub fn multiplier(word: &str) -> Option<u32> {
    MULTIPLIERS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, power)| *power)
}

/// Why a text is not a number. [`Display`](fmt::Display) gives the reason, [`NumberError::help`] the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is empty, or has nothing behind its sign.
    Empty,
    /// The text stands for infinity or for "not a number".
    NotFinite(String),
    /// Digits are grouped by commas; holds them grouped by underscores.
    Comma(String),
    /// A per cent sign stands in the number.
    Unit,
    /// The text is not made of digits.
    NotANumber(String),
    /// There are more than 30 digits; how many.
    TooManyDigits(usize),
    /// The power of ten is below -30 or above 30.
    PowerOutOfRange(i32),
    /// What stands behind `e` is not a whole number.
    NotAPower(String),
    /// The word behind the number is not a multiplier.
    UnknownMultiplier(String),
    /// The lower end of a range is not below the upper end.
    RangeOrder,
}

impl NumberError {
    /// The way out, as an imperative sentence without a full stop.
    ///
    /// ```
    /// use exhibit_facts::number::value;
    /// let error = value("10,000").unwrap_err();
    /// assert_eq!(error.help(), "write 10_000: underscores group digits, and the decimal sign is a point");
    /// ```
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty | Self::NotANumber(_) | Self::NotAPower(_) => FORMS.to_owned(),
            Self::NotFinite(_) => "write `{unknown: reason}` for a figure that is not known".to_owned(),
            Self::Comma(plain) => {
                format!("write {plain}: underscores group digits, and the decimal sign is a point")
            }
            Self::Unit => "set `unit: \"%\"` on the metric and write the number alone".to_owned(),
            Self::TooManyDigits(_) => {
                format!("write at most {MAX_DIGITS} digits, or a multiplier word")
            }
            Self::PowerOutOfRange(_) => {
                format!("write a power of ten from -{MAX_POWER} to {MAX_POWER}")
            }
            Self::UnknownMultiplier(_) => "write thousand, million, billion, trillion, 万 or 亿; write the unit into `unit` of the metric".to_owned(),
            Self::RangeOrder => "swap the ends, or write one number".to_owned(),
        }
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the number is missing"),
            Self::NotFinite(text) => write!(f, "`{text}` is not a finite number"),
            Self::Comma(_) => f.write_str("a comma in a number is ambiguous (10,000 or 10,0)"),
            Self::Unit => f.write_str("a value cannot contain its unit"),
            Self::NotANumber(text) => write!(f, "`{text}` is not a number"),
            Self::TooManyDigits(count) => {
                write!(f, "a number of {count} digits is too long")
            }
            Self::PowerOutOfRange(power) => {
                write!(f, "power of ten {power} is out of range")
            }
            Self::NotAPower(text) => write!(f, "`{text}` is not a power of ten"),
            Self::UnknownMultiplier(word) => write!(f, "`{word}` is not a multiplier word"),
            Self::RangeOrder => f.write_str("the lower end of a range must be below the upper end"),
        }
    }
}

impl std::error::Error for NumberError {}

/// The ways to write a value.
const FORMS: &str = "write a value as 17_800, 19.1 billion, \"> 10_000\", \"<= 5\", \"~ 40..50\" or {unknown: reason}";

impl FromStr for Value {
    type Err = NumberError;

    /// Reads the short form of a value, as [`value`] does.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        value(text)
    }
}

impl FromStr for Amount {
    type Err = NumberError;

    /// Reads one written number, as [`amount`] does.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        amount(text)
    }
}

/// Reads the short form of a value.
///
/// ```
/// use exhibit_facts::number::value;
/// assert_eq!(value("~ > 10_000").unwrap().shape.qualifier(), "more_than");
/// assert!(value("10,000").unwrap_err().help().contains("10_000"));
/// ```
///
/// # Errors
/// A [`NumberError`] for anything that is not a value.
pub fn value(text: &str) -> Result<Value, NumberError> {
    let mut rest = text.trim();
    let mut about = false;
    if let Some(after) = rest.strip_prefix('~') {
        about = true;
        rest = after.trim_start();
    }
    if rest.is_empty() {
        return Err(NumberError::Empty);
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
/// ```
/// use exhibit_facts::number::{NumberError, amount, range};
/// let [low, high] = ["40", "50"].map(|text| amount(text).unwrap());
/// assert_eq!(range(low.clone(), high.clone()).unwrap().qualifier(), "range");
/// assert_eq!(range(high, low), Err(NumberError::RangeOrder));
/// ```
///
/// # Errors
/// [`NumberError::RangeOrder`] if the lower end is not below the upper.
pub fn range(low: Amount, high: Amount) -> Result<Shape, NumberError> {
    if low.value < high.value {
        Ok(Shape::Range { low, high })
    } else {
        Err(NumberError::RangeOrder)
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
/// ```
/// use exhibit_facts::number::amount;
/// let amount = amount("19.1 billion").unwrap();
/// assert_eq!((amount.value.to_string().as_str(), amount.digits), ("19100000000", 3));
/// ```
///
/// # Errors
/// A [`NumberError`] for anything that is not a finite number.
pub fn amount(text: &str) -> Result<Amount, NumberError> {
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
        return Err(NumberError::NotFinite(digits.to_owned()));
    }
    if digits.contains(',') {
        return Err(NumberError::Comma(digits.replace(',', "_")));
    }
    if digits.contains('%') || word.contains('%') {
        return Err(NumberError::Unit);
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
        return Err(NumberError::NotANumber(text.to_owned()));
    }
    let written: String = whole
        .chars()
        .chain(decimals.chars())
        .filter(|ch| *ch != '_')
        .collect();
    if written.len() > MAX_DIGITS {
        return Err(NumberError::TooManyDigits(written.len()));
    }
    let exponent: i32 = match exponent {
        None => 0,
        Some(text) => match text.parse::<i32>() {
            Ok(exponent) if (-MAX_POWER..=MAX_POWER).contains(&exponent) => exponent,
            Ok(exponent) => return Err(NumberError::PowerOutOfRange(exponent)),
            Err(_) => return Err(NumberError::NotAPower(text.to_owned())),
        },
    };
    let power = match word {
        "" => 0,
        word => multiplier(word).ok_or_else(|| NumberError::UnknownMultiplier(word.to_owned()))?,
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
            "1e-2147483648",
            "1__0",
            "5.",
            "_5",
            "50..40",
            "3 dozens",
            &"9".repeat(31),
        ] {
            let error = value(text).unwrap_err();
            assert!(
                !error.to_string().is_empty() && !error.help().is_empty(),
                "{text}"
            );
        }
    }
}
