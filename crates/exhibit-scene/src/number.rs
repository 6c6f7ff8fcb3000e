//! Lengths as decimal text, for every writer of a frame.
//!
//! The arithmetic is that of integers: every platform prints the same digits, no digit without need, no `-0` and no
//! exponent, which PDF does not know (ISO 32000-1, 7.3.3). A writer rounds a length once, with [`fixed()`], and may
//! compare and subtract what it rounded before it prints it: what touched before rounding still touches.
//!
//! ```
//! use exhibit_scene::number::{hundredths, push, push_short};
//! let mut svg = String::new();
//! push::<2>(&mut svg, hundredths(-0.499));
//! assert_eq!(svg, "-0.5");
//! let mut pdf = Vec::new();
//! push_short::<2>(&mut pdf, hundredths(-0.499));
//! assert_eq!(pdf, b"-.5");
//! ```

/// Largest length that is believed. A frame is a few thousand points wide, a glyph a few thousand font units.
const LIMIT: f64 = 1e7;

/// Text that ASCII characters can be added to: a string, or the bytes of a file.
pub trait Text {
    /// Adds ASCII characters at the end.
    fn append(&mut self, ascii: &str);
}

impl Text for String {
    #[inline]
    fn append(&mut self, ascii: &str) {
        self.push_str(ascii);
    }
}

impl Text for Vec<u8> {
    #[inline]
    fn append(&mut self, ascii: &str) {
        self.extend_from_slice(ascii.as_bytes());
    }
}

/// Number of steps of `10^-PLACES` in a value, rounded half away from zero. `PLACES` is 0 to 8.
///
/// # Panics
/// When the value is not a number, or its size is ten million or more: a frame holds neither.
#[must_use]
pub fn fixed<const PLACES: u32>(value: f64) -> i64 {
    assert!(
        value.abs() < LIMIT,
        "a frame holds finite lengths only, not {value}"
    );
    #[expect(
        clippy::cast_precision_loss,
        reason = "a power of ten below 2^53 is exact"
    )]
    let scaled = value * 10_u64.pow(PLACES) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 1e15, as the assertion has it; the cast cuts off what was rounded"
    )]
    // As `round`, which is a call into the C library.
    let steps = (scaled + 0.5_f64.copysign(scaled)) as i64;
    steps
}

/// A length in hundredths, rounded half away from zero: [`fixed()`] with two places.
///
/// # Panics
/// As [`fixed()`] does.
#[inline]
#[must_use]
pub fn hundredths(value: f64) -> i64 {
    fixed::<2>(value)
}

/// The length that a number of hundredths is: exactly where [`hundredths()`] rounded it to.
#[inline]
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of a frame are far below 2^52 hundredths"
)]
pub fn length(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// Writes `value / 10^PLACES` with a digit before the point: `-0.5`, `12`, `12.25`.
pub fn push<const PLACES: u32>(out: &mut impl Text, value: i64) {
    push_decimal::<PLACES, true>(out, value);
}

/// Writes `value / 10^PLACES` without a zero before the point: `-.5`, `12`, `12.25`.
pub fn push_short<const PLACES: u32>(out: &mut impl Text, value: i64) {
    push_decimal::<PLACES, false>(out, value);
}

/// Writes a decimal number. The places are a constant, so that no division is left of them.
fn push_decimal<const PLACES: u32, const LEADING_ZERO: bool>(out: &mut impl Text, value: i64) {
    if value < 0 {
        out.append("-");
    }
    let unit = 10_u64.pow(PLACES);
    let size = value.unsigned_abs();
    if LEADING_ZERO || size >= unit || size == 0 {
        push_digits(out, size / unit, 1);
    }
    let mut rest = size % unit;
    if rest > 0 {
        let mut places = PLACES;
        while rest.is_multiple_of(10) {
            rest /= 10;
            places -= 1;
        }
        out.append(".");
        push_digits(out, rest, places);
    }
}

/// Writes at least `places` digits, two at a time.
fn push_digits(out: &mut impl Text, value: u64, places: u32) {
    const PAIRS: &str = concat!(
        "00010203040506070809101112131415161718192021222324",
        "25262728293031323334353637383940414243444546474849",
        "50515253545556575859606162636465666768697071727374",
        "75767778798081828384858687888990919293949596979899",
    );
    if value < 10 && places < 2 {
        let at = index(value) * 2 + 1;
        out.append(&PAIRS[at..=at]);
    } else {
        if value > 99 || places > 2 {
            push_digits(out, value / 100, places.saturating_sub(2).max(1));
        }
        let at = index(value % 100) * 2;
        out.append(&PAIRS[at..at + 2]);
    }
}

fn index(below_hundred: u64) -> usize {
    usize::try_from(below_hundred).expect("below a hundred")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: i64) -> (String, String) {
        let (mut long, mut short) = (String::new(), Vec::new());
        push::<2>(&mut long, value);
        push_short::<2>(&mut short, value);
        (long, String::from_utf8(short).expect("digits"))
    }

    #[test]
    fn two_decimals_at_most() {
        for (value, long, short) in [
            (0.0, "0", "0"),
            (-0.0, "0", "0"),
            (-0.004, "0", "0"),
            (0.005, "0.01", ".01"),
            (-0.05, "-0.05", "-.05"),
            (0.5, "0.5", ".5"),
            (1.0, "1", "1"),
            (10.0, "10", "10"),
            (-100.0, "-100", "-100"),
            (1234.567, "1234.57", "1234.57"),
            (9_999_999.0, "9999999", "9999999"),
        ] {
            let (printed_long, printed_short) = printed(hundredths(value));
            assert_eq!(printed_long, long, "{value}");
            assert_eq!(printed_short, short, "{value}");
        }
    }

    #[test]
    fn every_hundredth_reads_back() {
        for value in -12_345..12_345 {
            let (long, short) = printed(value);
            for text in [&long, &short] {
                let back: f64 = text.parse().expect("a number");
                assert_eq!(hundredths(back), value, "{text}");
                assert!(!text.contains('.') || !text.ends_with('0'), "{text}");
            }
            assert_eq!(
                long.replacen("0.", ".", usize::from(value.abs() < 100)),
                short
            );
            assert_eq!(hundredths(length(value)), value, "{long}");
        }
    }

    #[test]
    fn eight_decimals_are_kept() {
        let mut out = String::new();
        push::<8>(&mut out, fixed::<8>(7.6 / 2048.0));
        assert_eq!(out, "0.00371094");
        for step in (0..400_000_000_i64).step_by(12_347) {
            let mut out = String::new();
            push::<8>(&mut out, step);
            let all = format!("{}.{:08}", step / 100_000_000, step % 100_000_000);
            assert_eq!(out, all.trim_end_matches('0').trim_end_matches('.'));
        }
    }

    #[test]
    fn whole_numbers_have_no_point() {
        for value in [0, 7, 10, 99, 100, 12_345, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            push_short::<0>(&mut out, value);
            assert_eq!(String::from_utf8(out).expect("digits"), value.to_string());
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
