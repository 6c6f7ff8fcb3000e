//! Values, digits and arithmetic.

use exhibit_tests::cases::Case;

/// Bounds go through arithmetic.
#[test]
fn arithmetic_qualifiers() {
    let _ = Case::open("arithmetic-qualifiers").build();
}
