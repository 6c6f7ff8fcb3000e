//! Which digits of an amount are shown, and how ICU writes them; ICU's data.

use std::cell::RefCell;
use std::collections::BTreeMap;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::M;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::digits::{Detail, alone};
use crate::language::Language;
use crate::quantity::{Amount, Shape, Value};
use crate::rounding::{Rounding, magnitude, power_of_ten, rounded, scaled};

/// ICU's data for one language, read once a thread.
struct Icu {
    decimal: DecimalFormatter,
    plurals: PluralRules,
    list: ListFormatter,
    months: Vec<String>,
}

thread_local! {
    static ICU: RefCell<BTreeMap<Language, Icu>> = const { RefCell::new(BTreeMap::new()) };
}

fn with_icu<T>(language: Language, use_it: impl FnOnce(&Icu) -> T) -> T {
    ICU.with_borrow_mut(|all| {
        let icu = all.entry(language).or_insert_with(|| {
            let locale: Locale = match language {
                Language::English => locale!("en"),
                Language::German => locale!("de"),
                Language::Chinese => locale!("zh-Hans"),
            };
            Icu {
                decimal: DecimalFormatter::try_new(
                    locale.clone().into(),
                    icu_decimal::options::DecimalFormatterOptions::default(),
                )
                .expect("the built-in data has the language"),
                plurals: PluralRules::try_new_cardinal(locale.clone().into())
                    .expect("the built-in data has the language"),
                list: ListFormatter::try_new_and(
                    locale.clone().into(),
                    ListFormatterOptions::default(),
                )
                .expect("the built-in data has the language"),
                months: months(language, &locale),
            }
        });
        use_it(icu)
    })
}

/// The names of the months: "June", "Juni", "6月".
fn months(language: Language, locale: &Locale) -> Vec<String> {
    let length = match language {
        Language::English | Language::German => M::long(),
        // The long one is 六月, which stands beside no year in digits.
        Language::Chinese => M::medium(),
    };
    let names = FixedCalendarDateTimeFormatter::<Gregorian, M>::try_new(locale.into(), length)
        .expect("the built-in data has the language");
    let first = |month| Date::try_new_gregorian(2000, month, 1).expect("months have a first day");
    (1..=12)
        .map(|month| names.format(&first(month)).to_string())
        .collect()
}

/// The name of a month, 1 to 12: "June".
///
/// ```
/// use exhibit_facts::{format::month, language::Language};
/// assert_eq!(month(Language::German, 3), "März");
/// assert_eq!(month(Language::Chinese, 11), "11月");
/// ```
///
/// # Panics
/// If no month has the number.
#[must_use]
pub fn month(language: Language, month: u8) -> String {
    with_icu(language, |icu| icu.months[usize::from(month) - 1].clone())
}

/// A number as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Grouped digits with the language's signs: "19.1", "−10,000".
    pub text: String,
    /// The same as plain ASCII: "19.1", "-10000".
    pub plain: String,
    /// Takes the singular: "1 vehicle".
    pub singular: bool,
    /// The number itself, not a rounded one.
    pub exact: bool,
}

/// Plain decimal text of `whole / 10^decimals`.
fn plain(whole: &BigInt, decimals: u32) -> String {
    let mut digits = whole.to_string();
    if decimals == 0 {
        return digits;
    }
    let sign = usize::from(whole.is_negative());
    let least = decimals as usize + 1;
    let missing = (least + sign).saturating_sub(digits.len());
    digits.insert_str(sign, &"0".repeat(missing));
    digits.insert(digits.len() - decimals as usize, '.');
    digits
}

/// Writes plain decimal text with a language's grouping and signs. A text that is not a decimal number comes back unchanged.
///
/// ```
/// use exhibit_facts::format::decimal;
/// use exhibit_facts::language::Language;
/// assert_eq!(decimal(Language::German, "-17800.5"), "−17.800,5");
/// assert_eq!(decimal(Language::German, "no data"), "no data");
/// ```
#[must_use]
pub fn decimal(language: Language, plain: &str) -> String {
    let Ok(number) = plain.parse::<Decimal>() else {
        return plain.to_owned();
    };
    with_icu(language, |icu| icu.decimal.format(&number).to_string()).replace('-', "\u{2212}")
}

/// The power of ten that an amount's printed form counts in: 9 for "19.1 billion". What was written with a multiplier word keeps it;
/// results from a million on get one. Chinese counts in 万 (4), 亿 (8) and 万亿 (12).
///
/// ```
/// use exhibit_facts::{Language, format::display_exponent, number::amount};
/// let amount = amount("19.1 billion").unwrap();
/// assert_eq!(display_exponent(Language::English, &amount), 9);
/// assert_eq!(display_exponent(Language::Chinese, &amount), 8);
/// ```
#[must_use]
pub fn display_exponent(language: Language, amount: &Amount) -> u32 {
    let size = magnitude(&amount.value);
    let worded = match amount.scale {
        Some(scale) => scale.multiplier > 0,
        None => size >= 6,
    };
    if !worded {
        return 0;
    }
    if language == Language::Chinese {
        return [12, 8, 4]
            .into_iter()
            .find(|exponent| size >= i64::from(*exponent))
            .unwrap_or(0);
    }
    match amount.scale {
        Some(scale) if matches!(scale.multiplier, 3 | 6 | 9 | 12) => scale.multiplier,
        _ => [12, 9, 6, 3]
            .into_iter()
            .find(|exponent| size >= i64::from(*exponent))
            .unwrap_or(0),
    }
}

/// The farthest place of a printed digit. The smallest result is 10^-72 (`arithmetic`), counts in trillions at most and has thirty
/// digits.
const LAST_DECIMAL: i64 = 120;

/// Prints an amount as a number of `10^exponent`, with no more digits than it has, but never without its first significant one.
///
/// ```
/// use exhibit_facts::format::{Detail, print};
/// use exhibit_facts::{Language, number::amount, rounding::Rounding};
/// let print = |text: &str, exponent| {
///     print(Language::German, &amount(text).unwrap(), exponent, Rounding::Nearest, Detail::Brief)
/// };
/// let printed = print("19.1 billion", 9);
/// assert_eq!((printed.text.as_str(), printed.plain.as_str()), ("19,1", "19.1"));
/// let rescaled = print("13_725_000", 6);
/// assert_eq!((rescaled.text.as_str(), rescaled.exact), ("13,7", false));
/// ```
#[must_use]
pub fn print(
    language: Language,
    amount: &Amount,
    exponent: u32,
    rounding: Rounding,
    detail: Detail,
) -> Printed {
    let exponent = i64::from(exponent);
    // The place of the first significant digit: 9.95 with two digits is 10, not 10.0.
    let shown = match amount.scale {
        Some(_) => amount.value.clone(),
        None => rounded(&amount.value, amount.digits, rounding),
    };
    let first = magnitude(&shown) - exponent;
    let decimals = alone(amount, exponent, detail);
    // What is not zero is never printed as zero, however coarse it is.
    let needed = if amount.value.is_zero() { 0 } else { -first };
    let decimals = decimals.max(needed).min(LAST_DECIMAL);
    let decimals = u32::try_from(decimals).expect("between 0 and the finest");
    let finest = -i64::from(decimals);
    let place = match amount.scale {
        Some(_) => finest,
        // A result is cut to its digits before the point, too: 33,584.9 with two digits is 34,000.
        None if amount.value.is_zero() => finest,
        None => (first - i64::from(amount.digits) + 1).clamp(finest, LAST_DECIMAL),
    };
    let steps = scaled(&amount.value, -(place + exponent), rounding);
    let coarse = u32::try_from(place - finest).expect("a place at or before the last decimal");
    let exact = amount.value == power_of_ten(place + exponent) * &steps;
    let plain = plain(&(steps * BigInt::from(10).pow(coarse)), decimals);
    let singular = exponent == 0
        && with_icu(language, |icu| {
            icu.plurals
                .category_for(&plain.parse::<Decimal>().expect("plain decimal text"))
        }) == PluralCategory::One;
    Printed {
        text: decimal(language, &plain),
        plain,
        singular,
        exact,
    }
}

/// True if a point is not printed as it is: as a number of `10^exponent`, by its own digits.
///
/// ```
/// use exhibit_facts::format::{is_rounded, with_decimals};
/// use exhibit_facts::number::value;
/// assert!(is_rounded(&with_decimals(value("13_725").unwrap(), 1, 3), 3));
/// assert!(!is_rounded(&with_decimals(value("13_700").unwrap(), 1, 3), 3));
/// ```
#[must_use]
pub fn is_rounded(value: &Value, exponent: u32) -> bool {
    let Shape::Exact(amount) = &value.shape else {
        return false;
    };
    let printed = print(
        Language::English,
        amount,
        exponent,
        Rounding::Nearest,
        Detail::Brief,
    );
    !printed.exact
}

/// Prints a number of `10^exponent` with the decimals of another: an end of an interval, which is as fine as the point in it. `coarse` zeros
/// stand before the point, as in 34,000 with two digits.
#[must_use]
pub(super) fn print_like(
    language: Language,
    value: &BigRational,
    exponent: u32,
    (decimals, coarse): (u32, u32),
    rounding: Rounding,
) -> Printed {
    let place = i64::from(coarse) - i64::from(decimals);
    let steps = scaled(value, -(place + i64::from(exponent)), rounding);
    let plain = plain(&(&steps * BigInt::from(10).pow(coarse)), decimals);
    Printed {
        text: decimal(language, &plain),
        exact: *value == power_of_ten(place + i64::from(exponent)) * &steps,
        plain,
        singular: false,
    }
}

/// How fine a printed amount is, for [`print_like`]: its decimals, and the zeros before its point that stand for no digit.
pub(super) fn fineness(amount: &Amount, exponent: u32, printed: &Printed) -> (u32, u32) {
    let decimals = match printed.plain.split_once('.') {
        Some((_, decimals)) => u32::try_from(decimals.len()).expect("few decimals"),
        None => 0,
    };
    let coarse = match amount.scale {
        Some(_) => 0,
        None => {
            let shown = rounded(&amount.value, amount.digits, Rounding::Nearest);
            let place = magnitude(&shown) - i64::from(exponent) - i64::from(amount.digits) + 1;
            u32::try_from(place).unwrap_or(0)
        }
    };
    (decimals, coarse)
}

/// A tick label: `mantissa * 10^exponent`, exponents from about -30 to 30, in the language's digits and grouping, true minus.
///
/// ```
/// use exhibit_facts::format::tick;
/// use exhibit_facts::language::Language;
/// assert_eq!(tick(Language::English, 25, -1), "2.5");
/// assert_eq!(tick(Language::English, -5, 3), "−5,000");
/// ```
#[must_use]
pub fn tick(language: Language, mantissa: i64, exponent: i32) -> String {
    let up = BigInt::from(10).pow(u32::try_from(exponent).unwrap_or(0));
    let decimals = exponent.min(0).unsigned_abs();
    decimal(language, &plain(&(up * mantissa), decimals))
}

/// "a, b and c", in the language.
///
/// ```
/// use exhibit_facts::{Language, format::list};
/// let items = ["a", "b", "c"].map(str::to_owned);
/// assert_eq!(list(Language::German, &items), "a, b und c");
/// ```
#[must_use]
pub fn list(language: Language, items: &[String]) -> String {
    with_icu(language, |icu| icu.list.format(items.iter()).to_string())
}

/// The exact value as plain decimal text; a quotient without end is cut after 34 significant digits (those of IEEE decimal128), to the nearest.
///
/// ```
/// use exhibit_facts::{format::exact_decimal, number::amount};
/// assert_eq!(exact_decimal(&amount("19.10 billion").unwrap().value), "19100000000");
/// ```
#[must_use]
pub fn exact_decimal(value: &BigRational) -> String {
    if value.is_integer() {
        return value.numer().to_string();
    }
    let most = u32::try_from((33 - magnitude(value)).max(0)).expect("small");
    let text = plain(&scaled(value, i64::from(most), Rounding::Nearest), most);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
