//! A thousand variants of one brief in one process: the fonts are read once, and each variant is a function of its own row.
//!
//! `cargo run --release -p exhibit --example variants` says how many bytes of PDF they have.
#![expect(
    clippy::disallowed_methods,
    reason = "an example is a program, and takes its arguments itself"
)]

use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Metric, Observation, Source};
use exhibit::facts::ChartKind;
use exhibit::{DrawError, Fonts, Selection};

fn main() -> Result<(), DrawError> {
    let count = std::env::args().nth(1);
    let count: u64 = count.and_then(|count| count.parse().ok()).unwrap_or(1000);
    let fonts = Fonts::builtin();
    let mut bytes = 0;
    for region in 0..count {
        let sales = Metric::new("Sales", "EUR")
            .observation(Observation::new("2023", 1_000 + region).from("ledger", ""))
            .observation(Observation::new("2024", 1_200 + 2 * region).from("ledger", ""));
        let data = DataSet::new()
            .source("ledger", Source::new("Ledger"))
            .metric("sales", sales);
        let chart = Exhibit::chart(ChartKind::Column)
            .title("Sales rose")
            .of("sales")
            .over("year");
        let mut brief = BriefBuilder::new("Sales", "2025-01-31")
            .exhibit("sales", chart)
            .text("Sales rose to {{ sales@2024 }}.")
            .place("sales")
            .compile(&data);
        let outputs = brief.build(&fonts, &Selection::pdf())?;
        bytes += outputs
            .iter()
            .map(|output| output.bytes.len())
            .sum::<usize>();
    }
    println!("{count} variants, {bytes} bytes");
    Ok(())
}
