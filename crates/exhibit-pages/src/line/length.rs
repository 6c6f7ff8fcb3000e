//! Lengths as integers: every platform adds integers alike.

/// Lengths in 1/65536 pt.
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths on paper are far below 2^47 pt"
)]
pub(super) fn units(points: f64) -> i64 {
    // To the nearest, without the call that `round` is where no instruction does it.
    let scaled = points * 65536.0;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// Lengths in points; exact, as the divisor is a power of two.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths on paper are far below 2^53 units"
)]
pub(super) fn points(units: i64) -> f64 {
    units as f64 / 65536.0
}
