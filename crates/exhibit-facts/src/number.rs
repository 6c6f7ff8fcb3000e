//! Written numbers to qualified values: `> 10_000`, `~ 40..50`, `19.1 billion`, `12.3 ± 0.4`.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;

use num_traits::Signed;

use crate::estimate::Level;
use crate::quantity::{Amount, Scale, Shape, Value};
use crate::rounding::{magnitude, power_of_ten};

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
    /// An estimate does not lie in its interval.
    OutsideInterval,
    /// The margin of an estimate, its standard error or its coefficient of variation is below zero.
    NegativeMargin,
    /// An estimate has a multiplier word and its margin has none; holds the word's power of ten.
    MarginWord(u32),
    /// The text is not a level of confidence.
    NotALevel(String),
    /// The text in brackets behind an estimate is not an interval.
    NotAnInterval(String),
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
            Self::OutsideInterval => "write the estimate with the lower and the upper end of its interval, such as `12.3 (11.9..12.7)`: the estimate is at or between them".to_owned(),
            Self::NegativeMargin => "write the distance from the estimate to an end of its interval, such as `12.3 ± 0.4`".to_owned(),
            Self::MarginWord(_) => "write the multiplier word behind the margin: `12.3 ± 0.4 million` counts both in millions".to_owned(),
            Self::NotALevel(_) => "write a level from 1% to 99.9999%, such as 95% or 0.95".to_owned(),
            Self::NotAnInterval(_) => "write the interval as `12.3 (11.9..12.7)` or `12.3 (95%: 11.9..12.7)`".to_owned(),
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
            Self::OutsideInterval => f.write_str("the estimate must lie in its interval"),
            Self::NegativeMargin => f.write_str("the margin of an estimate cannot be negative"),
            Self::MarginWord(_) => {
                f.write_str("the estimate has a multiplier word, but its margin has none")
            }
            Self::NotALevel(text) => write!(f, "`{text}` is not a level of confidence"),
            Self::NotAnInterval(text) => write!(f, "`{text}` is not an interval"),
        }
    }
}

impl std::error::Error for NumberError {}

/// The ways to write a value.
const FORMS: &str = "write a value as 17_800, 19.1 billion, \"> 10_000\", \"<= 5\", \"~ 40..50\", \"12.3 ± 0.4\" or {unknown: reason}";

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
    if let Some(shape) = estimated(rest)? {
        return Ok(Value { shape, about });
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

/// The signs between an estimate and its margin.
const MARGIN_SIGNS: [&str; 3] = ["±", "+/-", "+-"];

/// Words of a level of confidence that may stand between the level and the ends: "95% CI 11.9 to 12.7".
const INTERVAL_WORDS: [&str; 3] = ["confidence interval", "CI", ":"];

/// An estimate in its short form: `12.3 ± 0.4`, `12.3 ± 0.4 (95%)`, `12.3 (11.9..12.7)`, `12.3 (95% CI 11.9 to 12.7)`. `None` for
/// what is written in another way.
fn estimated(text: &str) -> Result<Option<Shape>, NumberError> {
    let (head, inner) = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((head, inner)) => (head.trim(), Some(inner.trim())),
        None => (text, None),
    };
    let margin_sign = MARGIN_SIGNS.iter().find_map(|sign| head.split_once(*sign));
    let Some((point, half)) = margin_sign else {
        let Some(inner) = inner else {
            return Ok(None);
        };
        let (point, (ends, level)) = (amount(head)?, interval(inner)?);
        let Some((low, high)) = ends else {
            return Err(NumberError::NotAnInterval(inner.to_owned()));
        };
        return estimate(point, low, high, level).map(Some);
    };
    let level = match inner.map(interval).transpose()? {
        None => None,
        Some((None, level)) => level,
        // A margin and two ends may contradict each other.
        Some((Some(_), _)) => {
            return Err(NumberError::NotAnInterval(
                inner.unwrap_or_default().to_owned(),
            ));
        }
    };
    let (point, half) = (amount(point)?, amount(half)?);
    let word = |amount: &Amount| amount.scale.map_or(0, |scale| scale.multiplier);
    let point = match (word(&point), word(&half)) {
        // "12.3 ± 0.4 million": the word belongs to both, as in a range.
        (0, power) if power > 0 => multiplied(point, power),
        (power, 0) if power > 0 => return Err(NumberError::MarginWord(power)),
        _ => point,
    };
    margin(point, &half.value, level).map(Some)
}

/// The ends and the level of an interval, each where it is written.
type WrittenInterval = (Option<(Amount, Amount)>, Option<Level>);

/// An interval in its brackets: `11.9..12.7`, `95%`, `95%: 11.9..12.7`, `at least 90% CI 11.9 to 12.7`.
fn interval(text: &str) -> Result<WrittenInterval, NumberError> {
    let (share, ends) = match text.split_once('%') {
        Some((share, ends)) => (Some(share), ends.trim_start_matches('-').trim()),
        None => (None, text),
    };
    let share = share.map(|share| level(&format!("{share}%"))).transpose()?;
    let ends = INTERVAL_WORDS.iter().fold(ends, |rest, word| {
        rest.strip_prefix(word).map_or(rest, str::trim_start)
    });
    if ends.is_empty() && share.is_some() {
        return Ok((None, share));
    }
    let parts = ["..", " to ", "–"]
        .iter()
        .find_map(|joint| ends.split_once(joint));
    let Some((low, high)) = parts else {
        let level = level(text).map_err(|_| NumberError::NotAnInterval(text.to_owned()))?;
        return Ok((None, Some(level)));
    };
    Ok((Some((amount(low)?, amount(high)?)), share))
}

/// Reads a level of confidence: `95%`, `0.95`, `>= 90%`.
///
/// ```
/// use exhibit_facts::number::level;
/// assert_eq!(level("95 %"), level("0.95"));
/// assert_eq!(level("at least 90%"), level(">= 90%"));
/// assert!(level("95").is_err());
/// ```
///
/// # Errors
/// [`NumberError::NotALevel`] for anything that is not a level from 1% to 99.9999%.
pub fn level(text: &str) -> Result<Level, NumberError> {
    let wrong = || NumberError::NotALevel(text.trim().to_owned());
    let bare = text.trim();
    let bound = ["at least", ">=", "≥"]
        .iter()
        .find_map(|words| bare.strip_prefix(words));
    let number = bound.unwrap_or(bare).trim();
    let share = match number.strip_suffix('%') {
        Some(percent) => amount(percent).map(|amount| amount.value * power_of_ten(-2)),
        None => amount(number).map(|amount| amount.value),
    };
    let found = share.ok().and_then(Level::new).ok_or_else(wrong)?;
    Ok(if bound.is_some() {
        found.or_more()
    } else {
        found
    })
}

/// An estimate from its point and the two ends of its interval. Three equal amounts are an exact number: there is no error.
///
/// An end without a multiplier word counts in the word of the point, unless the estimate would then lie outside.
///
/// ```
/// use exhibit_facts::number::{NumberError, amount, estimate};
/// let [point, low, high] = ["12.3", "11.9", "12.9"].map(|text| amount(text).unwrap());
/// assert_eq!(estimate(point.clone(), low.clone(), high.clone(), None).unwrap().qualifier(), "estimate");
/// assert_eq!(estimate(high, low, point, None), Err(NumberError::OutsideInterval));
/// ```
///
/// # Errors
/// [`NumberError::OutsideInterval`] if the point is not between the ends.
pub fn estimate(
    point: Amount,
    low: Amount,
    high: Amount,
    level: Option<Level>,
) -> Result<Shape, NumberError> {
    let inside =
        |low: &Amount, high: &Amount| low.value <= point.value && point.value <= high.value;
    let scaled = |end: &Amount| match (point.scale, end.scale) {
        (Some(own), Some(scale)) if own.multiplier > 0 && scale.multiplier == 0 => {
            multiplied(end.clone(), own.multiplier)
        }
        _ => end.clone(),
    };
    let worded = (scaled(&low), scaled(&high));
    let (low, high) = if inside(&worded.0, &worded.1) {
        worded
    } else {
        (low, high)
    };
    if !inside(&low, &high) {
        return Err(NumberError::OutsideInterval);
    }
    Ok(if low.value == high.value {
        Shape::Exact(point)
    } else {
        Shape::Estimate {
            point,
            low,
            high,
            level,
        }
    })
}

/// An estimate from its point and the distance to both ends of its interval.
///
/// ```
/// use exhibit_facts::number::{amount, margin, value};
/// let half = amount("0.4").unwrap().value;
/// assert_eq!(margin(amount("12.3").unwrap(), &half, None).unwrap(), value("12.3 ± 0.4").unwrap().shape);
/// ```
///
/// # Errors
/// [`NumberError::NegativeMargin`] for a distance below zero.
pub fn margin(
    point: Amount,
    half: &BigRational,
    level: Option<Level>,
) -> Result<Shape, NumberError> {
    if half.is_negative() {
        return Err(NumberError::NegativeMargin);
    }
    let place = magnitude(&point.value) - i64::from(point.digits) + 1;
    let end = |value: BigRational| Amount {
        digits: u32::try_from(magnitude(&value) - place + 1)
            .unwrap_or(1)
            .max(1),
        scale: point.scale,
        value,
    };
    let (low, high) = (end(&point.value - half), end(&point.value + half));
    estimate(point, low, high, level)
}

/// An estimate from its point and its standard error. The interval reaches as many standard errors to either side as a normal
/// distribution needs at the level ([`Level::standard_errors`]: 1.96 at 95%).
///
/// ```
/// use exhibit_facts::number::{amount, level, standard_error, value};
/// let error = amount("0.25").unwrap().value;
/// let shape = standard_error(amount("12.30").unwrap(), &error, level("95%").unwrap()).unwrap();
/// assert_eq!(shape, value("12.30 ± 0.49 (95%)").unwrap().shape);
/// ```
///
/// # Errors
/// [`NumberError::NegativeMargin`] for an error below zero.
pub fn standard_error(
    point: Amount,
    error: &BigRational,
    level: Level,
) -> Result<Shape, NumberError> {
    margin(point, &(error * level.standard_errors()), Some(level))
}

/// An estimate from its point and its coefficient of variation: the standard error as a share of the point.
///
/// ```
/// use exhibit_facts::number::{amount, level, value, variation};
/// let share = amount("0.02").unwrap().value;
/// let shape = variation(amount("50.0").unwrap(), &share, level("95%").unwrap()).unwrap();
/// assert_eq!(shape, value("50.0 ± 1.96 (95%)").unwrap().shape);
/// ```
///
/// # Errors
/// [`NumberError::NegativeMargin`] for a coefficient below zero.
pub fn variation(point: Amount, share: &BigRational, level: Level) -> Result<Shape, NumberError> {
    let error = point.value.abs() * share;
    standard_error(point, &error, level)
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
            ("12.3 ± 0.4", "estimate", false),
            ("~12.3+-0.4", "estimate", true),
            ("-12.3 +/- 0.4 (95%)", "estimate", false),
            ("12.3 (11.9..12.9)", "estimate", false),
            ("12.3 (at least 90% CI 11.9 to 12.9)", "estimate", false),
            ("12.3 (95%-CI: -11.9..12.9)", "estimate", false),
            ("12.3 ± 0", "exact", false),
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
        for text in [
            "12.3 million (11.9 to 12.7)",
            "12.3 million (11.9..12.7 million)",
            "12.3 ± 0.4 million",
            "12.3 million ± 400 thousand",
        ] {
            let ends = value(text).unwrap().shape;
            let ends = [ends.low().unwrap(), ends.high().unwrap()];
            let ends = ends.map(|end| end.value.to_string());
            assert_eq!(ends, ["11900000", "12700000"], "{text}");
        }
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
            "12.3 ±",
            "12.3 ± -1",
            "12.3 ± 3%",
            "12.3 million ± 0.4",
            "12.3 ± 0.4 (95)",
            "12.3 (0.95)",
            "12.3 ± 0.4 (11.9..12.7)",
            "12.3 (11.9)",
            "12.3 (12.4..12.7)",
            "12.3 (95%)",
            "12.3 (100%: 11.9..12.7)",
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
