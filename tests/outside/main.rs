//! Everything that asks somebody else's program: qpdf, Poppler, veraPDF, librsvg, Chromium, `script`.
//!
//! A case whose program is not installed is skipped, and counted as ignored in the last line. With `CI=true` the case fails
//! instead.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the cases run programs of others and read what these write"
)]

mod looks;
mod pdf;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cases = [&looks::CASES[..], &pdf::CASES, &terminal::CASES].concat();
    exhibit_tests::outside::judge(&cases)
}
