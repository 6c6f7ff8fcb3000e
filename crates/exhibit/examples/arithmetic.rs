//! Qualified arithmetic: a number written with "more than" or "about" is calculated with, and printed, as what it is.
//!
//! `cargo run -p exhibit --example arithmetic`

use exhibit::Language;
use exhibit::calculation::{CalculationError, Quantity};
use exhibit::unit::Units;

fn main() -> Result<(), CalculationError> {
    let units = Units::builtin();
    let staff = Quantity::parse("~ 17_800", "people", &units)?;
    let share = Quantity::parse("> 53", "%", &units)?;
    // People for each per cent, counted in people.
    let total = staff.over(&share, &units)?.in_unit(&staff.unit, &units)?;
    assert_eq!(
        total
            .forms(Language::English, &units)
            .sentence
            .replace('\u{a0}', " "),
        "fewer than about 34,000 people"
    );
    for language in [Language::English, Language::German, Language::Chinese] {
        // A quotient by a lower bound is an upper bound.
        println!("{}", total.forms(language, &units).sentence);
    }
    // Two lower bounds have no difference that could be bounded: the error says why.
    if let Err(why) = share.minus(&share, &units) {
        println!("{why}");
    }
    Ok(())
}
