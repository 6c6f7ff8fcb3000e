//! Charts that hold many and odd data.

use exhibit_tests::cases::Case;

/// All zero, all equal, one value, all unknown, all negative: a scale without extent is still a scale.
#[test]
fn charts_zero_one_equal() {
    let _ = Case::open("charts-zero-one-equal").build();
}
