//! The `exhibit` program.
fn main() {}
