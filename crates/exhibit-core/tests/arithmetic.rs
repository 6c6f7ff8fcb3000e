//! Arithmetic over qualified values: the table of the documentation, row by row, and the law behind it.

use std::fmt::Write as _;

use exhibit_facts::arithmetic::Interval;
use exhibit_facts::format::exact_decimal;
use exhibit_facts::number::value;
use exhibit_facts::quantity::{Amount, Shape, Value};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;

const DOCUMENTED: &str = include_str!("../../../docs/arithmetic.md");

fn interval(text: &str) -> Interval {
    Interval::of(&value(text).unwrap(), &BigRational::one(), false)
}

fn say(value: &Value) -> String {
    let text = |amount: &Amount| exact_decimal(&amount.value);
    match &value.shape {
        Shape::Exact(amount) => text(amount),
        Shape::MoreThan(amount) => format!("> {}", text(amount)),
        Shape::AtLeast(amount) => format!("≥ {}", text(amount)),
        Shape::LessThan(amount) => format!("< {}", text(amount)),
        Shape::AtMost(amount) => format!("≤ {}", text(amount)),
        Shape::Range { low, high } => format!("{} to {}", text(low), text(high)),
        Shape::Estimate {
            point, low, high, ..
        } => format!("{} ({} to {})", text(point), text(low), text(high)),
    }
}

/// The table of `docs/arithmetic.md`, made by the code.
fn table() -> String {
    let left = ["30", "> 30", ">= 30", "< 30", "<= 30", "20..30"];
    let right = ["5", "> 5", ">= 5", "< 5", "<= 5", "4..5"];
    let sign = |text: &str| {
        text.replace(">=", "≥")
            .replace("<=", "≤")
            .replace("..", " to ")
    };
    let mut out = String::from(
        "| a | b | a + b | a − b | a × b | a ÷ b |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for a in left {
        for b in right {
            let (x, y) = (interval(a), interval(b));
            write!(out, "| {} | {} |", sign(a), sign(b)).unwrap();
            for result in [x.plus(&y), x.minus(&y), x.times(&y), x.over(&y)] {
                match result {
                    Ok(result) => {
                        write!(out, " {} |", say(&result.value(&BigRational::one()))).unwrap()
                    }
                    Err(_) => out.push_str(" refused |"),
                }
            }
            out.push('\n');
        }
    }
    out
}

#[test]
fn the_documented_table_is_what_the_code_does() {
    let table = table();
    assert!(
        DOCUMENTED.contains(&table),
        "docs/arithmetic.md should hold\n{table}"
    );
}

/// A number with up to two decimals, of either sign if wanted.
fn decimal(signed: bool) -> impl Strategy<Value = BigRational> {
    let least = if signed { -20_000_i64 } else { 0 };
    (least..20_000, prop_oneof![Just(1_i64), Just(10), Just(100)])
        .prop_map(|(above, below)| BigRational::new(above.into(), below.into()))
}

fn amount(value: BigRational, digits: u32) -> Amount {
    Amount {
        value,
        digits,
        scale: None,
    }
}

/// Any value: a shape over random amounts.
fn any_value(signed: bool) -> impl Strategy<Value = Value> {
    (
        0..7,
        decimal(signed),
        (decimal(false), decimal(false)),
        1..6_u32,
        any::<bool>(),
    )
        .prop_map(|(shape, at, (more, less), digits, about)| {
            let one = amount(at.clone(), digits);
            let shape = match shape {
                0 => Shape::Exact(one),
                1 => Shape::MoreThan(one),
                2 => Shape::AtLeast(one),
                3 => Shape::LessThan(one),
                4 => Shape::AtMost(one),
                5 => Shape::Range {
                    low: one,
                    high: amount(at + more + BigRational::one(), digits),
                },
                _ => Shape::Estimate {
                    point: amount(&at + &less, digits),
                    low: one,
                    high: amount(at + less + more + BigRational::one(), digits),
                    level: exhibit_facts::number::level("95%").ok(),
                },
            };
            Value { shape, about }
        })
}

/// Some number inside an interval, chosen by a share between 0 and 1; `None` where there is none.
fn inside(interval: &Interval, share: &BigRational) -> Option<BigRational> {
    let far = BigRational::from_integer(BigInt::from(100_000));
    let chosen = match (&interval.low, &interval.high) {
        (Some(low), Some(high)) => &low.at + (&high.at - &low.at) * share,
        (Some(low), None) => &low.at + &far * share,
        (None, Some(high)) => &high.at - &far * share,
        (None, None) => far * share,
    };
    interval.contains(&chosen).then_some(chosen)
}

fn share() -> impl Strategy<Value = BigRational> {
    (0_i64..=1_000).prop_map(|part| BigRational::new(part.into(), 1_000.into()))
}

/// The interval that a printed form stands for.
fn printed(value: &Value) -> Interval {
    use exhibit_facts::format::{Scaling, UnitLabel, forms};
    use exhibit_facts::language::Language;
    let none = UnitLabel {
        one: String::new(),
        other: String::new(),
        spoken_one: String::new(),
        spoken: String::new(),
        before: String::new(),
        money: false,
        compact: false,
        sign: false,
        counted: true,
    };
    let forms = forms(Language::English, value, &none, Scaling::Natural);
    // The label of an estimate has the point alone.
    let plain = if forms.interval.is_empty() {
        forms.label
    } else {
        forms.sentence.replace("about ", "~ ")
    };
    let plain = plain
        .replace('\u{a0}', " ")
        .replace(',', "")
        .replace('\u{2212}', "-")
        .replace(" to ", "..")
        .replace('–', "..");
    let read =
        exhibit_facts::number::value(&plain).unwrap_or_else(|fault| panic!("{plain}: {fault:?}"));
    Interval::of(&read, &BigRational::one(), true)
}

/// The number that an estimate or an exact value stands at.
fn point(value: &Value) -> BigRational {
    value.shape.named().next().expect("an amount").value.clone()
}

/// A written number with a fixed count of decimals.
fn written(thousandths: i64, decimals: usize) -> String {
    format!(
        "{:.decimals$}",
        thousandths as f64 / 10_f64.powi(decimals as i32)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// An estimate as it is printed is read as the same estimate; so are its point and its margin where the interval is symmetric.
    #[test]
    fn a_printed_estimate_is_read_back(
        at in -50_000..50_000_i64,
        (below, above) in (0..9_000_i64, 1..9_000_i64),
        decimals in 0..4_usize,
        level in prop_oneof![Just(None), Just(Some("95%")), Just(Some("at least 90%")), Just(Some("99.9%"))],
        about in any::<bool>(),
    ) {
        let [point, low, high] = [at, at - below, at + above].map(|number| written(number, decimals));
        let sign = if about { "~ " } else { "" };
        let level_text = level.map(|level| format!("{level}: ")).unwrap_or_default();
        let value = exhibit_facts::number::value(&format!("{sign}{point} ({level_text}{low}..{high})")).unwrap();
        prop_assert_eq!(value.shape.qualifier(), "estimate");
        let back = read_back(&value);
        prop_assert_eq!(&back, &value);
        let symmetric = format!("{sign}{point} ± {}", written(above, decimals));
        let value = exhibit_facts::number::value(&symmetric).unwrap();
        prop_assert_eq!(say(&read_back(&value)), say(&value));
    }
}

/// A value read from its printed sentence.
fn read_back(value: &Value) -> Value {
    use exhibit_facts::format::{Scaling, UnitLabel, forms};
    use exhibit_facts::language::Language;
    let none = UnitLabel {
        one: String::new(),
        other: String::new(),
        spoken_one: String::new(),
        spoken: String::new(),
        before: String::new(),
        money: false,
        compact: false,
        sign: false,
        counted: true,
    };
    let sentence = forms(Language::English, value, &none, Scaling::Natural).sentence;
    let plain = sentence
        .replace('\u{a0}', " ")
        .replace(',', "")
        .replace('\u{2212}', "-")
        .replace("about ", "~ ");
    exhibit_facts::number::value(&plain).unwrap_or_else(|fault| panic!("{plain}: {fault:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the inputs really are, the result is what the formula says of it, in memory and in print.
    #[test]
    fn a_result_contains_what_its_inputs_may_give(
        (a, b, signed) in any::<bool>().prop_flat_map(|signed| (any_value(signed), any_value(signed), Just(signed))),
        operator in 0..4,
        (s, t) in (share(), share()),
    ) {
        let one = BigRational::one();
        let (x, y) = (Interval::of(&a, &one, signed), Interval::of(&b, &one, signed));
        let result = match operator {
            0 => x.plus(&y),
            1 => x.minus(&y),
            2 => x.times(&y),
            _ => x.over(&y),
        };
        let (Ok(result), Some(p), Some(q)) = (result, inside(&x, &s), inside(&y, &t)) else {
            return Ok(());
        };
        let zero = BigRational::new(0.into(), 1.into());
        let exact = match operator {
            0 => &p + &q,
            1 => &p - &q,
            2 => &p * &q,
            _ if q == zero => return Ok(()),
            _ => &p / &q,
        };
        prop_assert!(result.contains(&exact), "{p} and {q} give {exact}, not in {result:?}");
        let estimates = [&x, &y].map(|side| side.estimated.is_some());
        let points = [&x, &y].map(|side| side.is_point() || side.estimated.is_some());
        // An estimate beside a bound or a range has no point any more, and no certain ends.
        let blurred = estimates.contains(&true) && points.contains(&false);
        prop_assert_eq!(result.about, a.about || b.about || blurred);
        prop_assert_eq!(result.estimated.is_some(), estimates.contains(&true) && !blurred);
        if let Some(own) = &result.estimated {
            prop_assert!(result.contains(&own.point));
            let (p, q) = (point(&a), point(&b));
            let exact = match operator {
                0 => p + q,
                1 => p - q,
                2 => p * q,
                _ => p / q,
            };
            prop_assert_eq!(&own.point, &exact);
            let level = own.level.as_ref().expect("every input has a level");
            // Two intervals at 95% hold both truths at least nine times of ten; one keeps its level.
            let expected = if estimates == [true, true] { ">= 90%" } else { "95%" };
            prop_assert_eq!(level.to_string(), expected);
        }
        let value = result.value(&one);
        prop_assert!(Interval::of(&value, &one, true).contains(&exact), "{} does not hold {exact}", say(&value));
        // A point is printed to the nearest and says "about" where that is not exact; bounds are rounded outward and never say more than is known.
        if matches!(value.shape, Shape::Exact(_)) {
            prop_assert!(value.about || printed(&value).contains(&exact));
        } else {
            prop_assert!(printed(&value).contains(&exact), "printed {:?} does not hold {exact}", printed(&value));
        }
    }

    /// A unit of its own factor changes nothing but the number.
    #[test]
    fn factors_go_in_and_out(a in any_value(true)) {
        let percent = BigRational::new(1.into(), 100.into());
        let back = Interval::of(&a, &percent, true).value(&percent);
        prop_assert_eq!(say(&back), say(&a));
    }

    /// Roots hold the true root: its power is the number again.
    #[test]
    fn a_root_holds_the_true_root(a in any_value(false), n in 1..6_u32) {
        let one = BigRational::one();
        let Ok(root) = Interval::of(&a, &one, false).root(n) else { return Ok(()) };
        let power = |number: &BigRational| (0..n).fold(one.clone(), |product, _| product * number);
        if let (Some(low), Some(end)) = (&root.low, a.shape.low()) {
            prop_assert!(power(&low.at) <= end.value || root.is_point());
        }
        if let (Some(high), Some(end)) = (&root.high, a.shape.high()) {
            prop_assert!(power(&high.at) >= end.value || root.is_point());
        }
    }
}

#[test]
fn halves_go_away_from_zero_and_bounds_outward() {
    use exhibit_facts::rounding::{Rounding, rounded, rounded_at};
    let number = |text: &str| exhibit_facts::number::amount(text).unwrap().value;
    for (value, place, down, nearest, up) in [
        ("2.5", 0, "2", "3", "3"),
        ("-2.5", 0, "-3", "-3", "-2"),
        ("2.49", 0, "2", "2", "3"),
        ("33_584.9", 3, "33_000", "34_000", "34_000"),
        ("0.0449", -2, "0.04", "0.04", "0.05"),
        ("7", 0, "7", "7", "7"),
        ("0", 2, "0", "0", "0"),
    ] {
        for (rounding, expected) in [
            (Rounding::Down, down),
            (Rounding::Nearest, nearest),
            (Rounding::Up, up),
        ] {
            let found = rounded_at(&number(value), place, rounding);
            assert_eq!(found, number(expected), "{value} {rounding:?}");
        }
    }
    assert_eq!(
        rounded(&number("33_584.9"), 2, Rounding::Up),
        number("34_000")
    );
    assert_eq!(
        rounded(&number("-33_584.9"), 2, Rounding::Down),
        number("-34_000")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A mark stands at the float nearest to its share of a power of ten, in whatever terms the fraction stood.
    #[test]
    fn a_share_of_a_power_of_ten_is_the_nearest_float(
        above in any::<i128>(),
        below in 1..=u64::MAX,
        exponent in 0..40_u32,
    ) {
        use num_traits::ToPrimitive as _;
        let value = BigRational::new(above.into(), BigInt::from(below));
        let reduced = &value / BigRational::from_integer(BigInt::from(10).pow(exponent));
        prop_assert_eq!(Some(amount(value, 1).to_f64_at(exponent)), reduced.to_f64());
    }

    /// Small numbers take a short way; both ways give the same.
    #[test]
    fn rounding_stays_within_its_step(
        above in any::<i128>(),
        below in 1..=u64::MAX,
        small in any::<bool>(),
        place in -6..6_i64,
    ) {
        use exhibit_facts::rounding::{Rounding, magnitude, power_of_ten, rounded_at};
        use num_traits::Signed as _;
        let above = if small { above % 1_000_000_000 } else { above };
        let value = BigRational::new(above.into(), BigInt::from(below));
        if above != 0 {
            let size = magnitude(&value);
            prop_assert!(power_of_ten(size) <= value.abs() && value.abs() < power_of_ten(size + 1));
        }
        let step = power_of_ten(place);
        let [down, nearest, up] = [Rounding::Down, Rounding::Nearest, Rounding::Up].map(|rounding| rounded_at(&value, place, rounding));
        prop_assert!(down <= value && value <= up && &up - &down <= step);
        prop_assert!((&nearest - &value).abs() * BigInt::from(2) <= step);
        for rounded in [down, nearest, up] {
            prop_assert!((rounded / &step).is_integer());
        }
    }
}
