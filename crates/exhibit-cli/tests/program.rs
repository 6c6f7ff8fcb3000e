//! The program starts. The end-to-end suite asks Cargo for this test, and gets the program that it needs built with it, with the
//! features and the artefacts of all the other tests.
#![expect(clippy::disallowed_types, reason = "a test starts the program")]

use std::process::Command;

#[test]
fn the_program_says_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_exhibit"))
        .arg("--version")
        .output()
        .expect("the program starts");
    assert!(output.status.success());
    let expected = concat!("exhibit ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
