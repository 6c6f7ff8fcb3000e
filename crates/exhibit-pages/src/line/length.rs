//! Lengths as integers, which every platform adds alike.

/// A length in points, in units of 1/65536 pt, rounded to the nearest.
#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths on paper are far below 2^47 pt"
)]
pub(super) fn units(points: f64) -> i64 {
    // Round half away from zero, without the library call that `round` is on processors without such an instruction.
    let scaled = points * 65536.0;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// A length in units of 1/65536 pt, in points. The result is exact, because the divisor is a power of two.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths on paper are far below 2^53 units"
)]
pub(super) fn points(units: i64) -> f64 {
    units as f64 / 65536.0
}
