//! Texts: what is a figure, what is markup, what has the same letters.

use exhibit_tests::cases::Case;

/// NO, on, 010, 1e3, 12:30 stay texts.
#[test]
fn yaml_norway() {
    let _ = Case::open("yaml-norway").build();
}
