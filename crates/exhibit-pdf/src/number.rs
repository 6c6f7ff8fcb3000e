//! Numbers as the decimal text of a content stream, by integer arithmetic: every platform prints the same digits, none
//! without need, and never an exponent, which PDF does not know (ISO 32000-1, 7.3.3).

/// The largest length that is believed. A page is a few thousand points wide.
const LIMIT: f64 = 1e7;

/// A length in hundredths, rounded half away from zero.
///
/// # Panics
/// When it is not a number or beyond [`LIMIT`].
pub(crate) fn hundredths(value: f64) -> i64 {
    integer(value, 1e2)
}

/// A value in thousandths, rounded half away from zero.
///
/// # Panics
/// As [`hundredths`].
pub(crate) fn thousandths(value: f64) -> i64 {
    integer(value, 1e3)
}

/// A value in whole units, rounded half away from zero.
///
/// # Panics
/// As [`hundredths`].
pub(crate) fn whole(value: f64) -> i64 {
    integer(value, 1.0)
}

/// A value in tenths, rounded half away from zero.
///
/// # Panics
/// As [`hundredths`].
pub(crate) fn tenths(value: f64) -> i64 {
    integer(value, 1e1)
}

fn integer(value: f64, scale: f64) -> i64 {
    assert!(
        value.abs() < LIMIT,
        "a page holds finite lengths only, not {value}"
    );
    let scaled = value * scale;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 1e10, as the assertion has it; the cast cuts off what was rounded"
    )]
    let integer = (scaled + 0.5_f64.copysign(scaled)) as i64;
    integer
}

/// Hundredths as a length again, exactly where it was rounded to.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of a page are far below 2^52 hundredths"
)]
pub(crate) fn length(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// Writes hundredths as a decimal number: `-.5`, `12`, `12.25`.
pub(crate) fn push_hundredths(out: &mut Vec<u8>, value: i64) {
    push_decimal(out, value, 2);
}

/// Writes `value / 10^places` without digits that say nothing; a leading zero is one of them.
pub(crate) fn push_decimal(out: &mut Vec<u8>, value: i64, places: u32) {
    // From the right; a point and a sign beside the twenty digits that there are at most.
    let mut text = [b'0'; 22];
    let mut start = text.len();
    let mut put = |byte: u8| {
        start -= 1;
        text[start] = byte;
    };
    let mut rest = value.unsigned_abs();
    let mut says = false;
    for _ in 0..places {
        let digit = rest % 10;
        rest /= 10;
        says |= digit > 0;
        if says {
            put(ascii(digit));
        }
    }
    if says {
        put(b'.');
    }
    while rest > 0 {
        put(ascii(rest % 10));
        rest /= 10;
    }
    if value < 0 {
        put(b'-');
    }
    if value == 0 {
        put(b'0');
    }
    out.extend_from_slice(&text[start..]);
}

fn ascii(digit: u64) -> u8 {
    b'0' + u8::try_from(digit).expect("a digit")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> String {
        let mut out = Vec::new();
        push_hundredths(&mut out, hundredths(value));
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn two_decimals_at_most() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.004, "0"),
            (0.005, ".01"),
            (-0.05, "-.05"),
            (0.5, ".5"),
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
            let mut out = Vec::new();
            push_hundredths(&mut out, value);
            let text = String::from_utf8(out).expect("digits");
            let back: f64 = text.parse().expect("a number");
            assert_eq!(hundredths(back), value, "{text}");
            assert_eq!(hundredths(length(value)), value, "{text}");
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
