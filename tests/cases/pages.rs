//! Pages that serve the reader.

use exhibit_tests::cases::Case;

/// The head repeats, and rows stay whole.
#[test]
fn table_120_rows() {
    let _ = Case::open("table-120-rows").build();
}
