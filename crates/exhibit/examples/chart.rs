//! One chart from Rust values, as SVG on standard output.
//!
//! `cargo run -p exhibit --example chart > chart.svg`

use exhibit::builder::{BriefBuilder, DataSet, Exhibit, Metric, Observation, Source};
use exhibit::facts::ChartKind;
use exhibit::{Fonts, Medium};

fn main() -> Result<(), exhibit::DrawError> {
    let rainfall = [("2021", "640"), ("2022", "~ 500"), ("2023", "> 700")];
    let rain = Metric::new("Rain", "mm").observations(
        rainfall
            .into_iter()
            .map(|(year, value)| Observation::new(year, value).from("station", "")),
    );
    let data = DataSet::new()
        .source("station", Source::new("Readings of one station"))
        .unit("mm", "mm", "mm")
        .metric("rain", rain);
    let chart = Exhibit::chart(ChartKind::Column)
        .title("The last year was the wettest")
        .of("rain")
        .over("year");
    let mut brief = BriefBuilder::new("Rain", "2024-01-31")
        .exhibit("rain", chart)
        .place("rain")
        .compile(&data);
    println!("{}", brief.svg("rain", Medium::Page, &Fonts::builtin())?);
    Ok(())
}
