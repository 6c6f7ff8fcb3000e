//! Numbers as decimal text, by integer arithmetic: every platform prints the same digits, none without need, and
//! there is no `-0`.

/// The largest length that is believed. A frame is a few thousand points wide, a glyph a few thousand font units.
const LIMIT: f64 = 1e7;

/// A length in hundredths, rounded half away from zero.
///
/// # Panics
/// When it is not a number or beyond [`LIMIT`].
pub(crate) fn hundredths(value: f64) -> i64 {
    integer(value, 1e2)
}

/// A length in whole units, rounded half away from zero.
///
/// # Panics
/// As [`hundredths`].
pub(crate) fn whole(value: f64) -> i64 {
    integer(value, 1.0)
}

/// Writes hundredths as a decimal number: `-0.5`, `12`, `12.25`.
pub(crate) fn push_hundredths(out: &mut String, value: i64) {
    push_decimal::<2>(out, value);
}

/// Writes a whole number.
pub(crate) fn push_whole(out: &mut String, value: i64) {
    push_decimal::<0>(out, value);
}

/// Writes a scale factor. It keeps eight decimals, the one exception to two: font units are small, and a run of
/// 200,000 of them must still end within a hundredth of a point.
pub(crate) fn push_factor(out: &mut String, value: f64) {
    push_decimal::<8>(out, integer(value, 1e8));
}

fn integer(value: f64, scale: f64) -> i64 {
    assert!(
        value.abs() < LIMIT,
        "a frame holds finite lengths only, not {value}"
    );
    let scaled = value * scale;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 1e15, as the assertion has it; the cast cuts off what was rounded"
    )]
    // As `round`, which is a call into the C library.
    let integer = (scaled + 0.5_f64.copysign(scaled)) as i64;
    integer
}

/// Writes `value / 10^DECIMALS`. The decimals are a constant, so that no division is left of it.
fn push_decimal<const DECIMALS: u32>(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let unit = 10_u64.pow(DECIMALS);
    let value = value.unsigned_abs();
    push_digits(out, value / unit, 1);
    let mut rest = value % unit;
    if rest > 0 {
        let mut places = DECIMALS;
        while rest.is_multiple_of(10) {
            rest /= 10;
            places -= 1;
        }
        out.push('.');
        push_digits(out, rest, places);
    }
}

/// Writes at least `places` digits, two at a time.
fn push_digits(out: &mut String, value: u64, places: u32) {
    const PAIRS: &str = concat!(
        "00010203040506070809101112131415161718192021222324",
        "25262728293031323334353637383940414243444546474849",
        "50515253545556575859606162636465666768697071727374",
        "75767778798081828384858687888990919293949596979899",
    );
    if value < 10 && places < 2 {
        let at = index(value) * 2 + 1;
        out.push_str(&PAIRS[at..=at]);
    } else {
        if value > 99 || places > 2 {
            push_digits(out, value / 100, places.saturating_sub(2).max(1));
        }
        let at = index(value % 100) * 2;
        out.push_str(&PAIRS[at..at + 2]);
    }
}

fn index(below_hundred: u64) -> usize {
    usize::try_from(below_hundred).expect("below a hundred")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> String {
        let mut out = String::new();
        push_hundredths(&mut out, hundredths(value));
        out
    }

    #[test]
    fn two_decimals_at_most() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.004, "0"),
            (0.005, "0.01"),
            (-0.05, "-0.05"),
            (0.5, "0.5"),
            (10.0, "10"),
            (-100.0, "-100"),
            (1234.567, "1234.57"),
            (9_999_999.0, "9999999"),
        ] {
            assert_eq!(printed(value), text, "{value}");
        }
    }

    #[test]
    fn every_hundredth_reads_back() {
        for value in -12_345..12_345 {
            let mut out = String::new();
            push_hundredths(&mut out, value);
            let back: f64 = out.parse().expect("a number");
            assert_eq!(hundredths(back), value, "{out}");
            assert!(!out.contains('.') || !out.ends_with('0'), "{out}");
        }
    }

    #[test]
    fn factors_keep_eight_decimals() {
        let mut out = String::new();
        push_factor(&mut out, 7.6 / 2048.0);
        assert_eq!(out, "0.00371094");
        for step in (0..400_000_000_i64).step_by(12_347) {
            let mut out = String::new();
            push_decimal::<8>(&mut out, step);
            let all = format!("{}.{:08}", step / 100_000_000, step % 100_000_000);
            assert_eq!(out, all.trim_end_matches('0').trim_end_matches('.'));
        }
    }

    #[test]
    #[should_panic(expected = "finite lengths only, not NaN")]
    fn nan_is_our_fault() {
        let _ = hundredths(f64::NAN);
    }

    #[test]
    #[should_panic(expected = "finite lengths only, not inf")]
    fn infinity_is_our_fault() {
        let _ = hundredths(f64::INFINITY);
    }
}
