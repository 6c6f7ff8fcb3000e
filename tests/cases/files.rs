//! Files as people have them.

use exhibit_tests::cases::Case;

/// A byte order mark and line ends of two characters make no difference.
#[test]
fn csv_bom_crlf() {
    let _ = Case::open("csv-bom-crlf").build();
}
