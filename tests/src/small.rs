//! A brief and a data set without findings, small enough to be seen at a glance. Cases change a few words of them.

use std::fs;
use std::path::Path;

/// The brief.
pub const BRIEF: &str = "\
title: Sales of a year
date: 2024-01-31
data: [data.yaml]
exhibits:
  sales:
    column:
      title: Sales rose
      of: sales
      over: period
body:
  - text: |
      In {{ sales@2023 | at }} we sold {{ sales@2023 }}.
  - exhibit: sales
";

/// Its data.
pub const DATA: &str = "\
sources:
  report: {title: Annual report}
units:
  cars: {one: car, other: cars}
metrics:
  sales:
    label: Sales
    unit: cars
    measure: flow
    observations:
      - {at: 2022, value: 100, from: report p. 1}
      - {at: 2023, value: \"> 120\", from: report p. 1}
  price:
    label: Price
    unit: EUR
    dimensions: {trim: [plain, rich]}
    observations:
      - {at: 2023, value: 20_000, trim: plain, from: report p. 2}
      - {at: 2023, value: 30_000, trim: rich, from: report p. 2}
events:
  launch: {at: 2022-03, label: Launch, from: report p. 1}
";

/// Writes a brief and its data into a folder.
///
/// # Panics
/// When the disk does not take them.
pub fn write(folder: &Path, brief: &str, data: &str) {
    fs::write(folder.join("brief.yaml"), brief).expect("a file");
    fs::write(folder.join("data.yaml"), data).expect("a file");
}
