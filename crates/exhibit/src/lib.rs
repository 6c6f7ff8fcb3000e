//! Sourced figures in, charts and an accessible, archival briefing PDF out.
//!
//! A [`Brief`] is compiled from its text and its data sets, which a [`Loader`] gives: the [`Disk`], [`Memory`], or one of your own. It
//! has [facts](Brief::facts) or [findings](Brief::report), and gives finished files as named byte buffers. Nothing is written, and
//! nothing but the loader of the disk touches the file system; there is no clock, no environment and no network. Equal input gives
//! equal bytes.
//!
//! | You have | Begin with |
//! | --- | --- |
//! | a brief and data in a folder | `Brief::open(path, &Disk)`, then [`Brief::build`]; `examples/folder.rs` |
//! | texts in memory | [`Brief::from_str`] with [`Memory`]: the example below |
//! | figures as Rust values | [`builder`]; `examples/chart.rs` and, for many briefs with one set of fonts, `examples/variants.rs` |
//! | one chart to draw | [`Brief::svg`] |
//! | numbers to calculate with | [`calculation`]; `examples/arithmetic.rs` |
//! | a finished PDF or SVG | [`trace`] |
//!
//! Errors stop a build, warnings do not. [`diag::one_line`] prints a finding, [`Brief::findings_json`] gives all of them as JSON. A build
//! may find more than compiling did, for instance a chart without room: therefore it takes the brief mutably.
//! [`Fonts::builtin`] is made once and shared by every brief of a thread.
//!
//! ```
//! use exhibit::diag::Code;
//! use exhibit::{Brief, Fonts, Memory, Selection};
//!
//! let data = "
//! sources:
//!   report: {title: Annual report}
//! metrics:
//!   staff:
//!     label: Staff
//!     unit: people
//!     observations:
//!       - {at: 2022, value: 9_400, from: report p. 3}
//!       - {at: 2023, value: '> 10_000', from: report p. 4}
//! ";
//! let text = "
//! title: Staff
//! date: 2024-01-31
//! data: [staff.yaml]
//! exhibits:
//!   staff: {column: {of: staff, over: year, title: 'Staff passed 10,000'}}
//! body:
//!   - text: 'The firm has {{ staff@2023 }}.'
//!   - exhibit: staff
//! ";
//! let files = Memory::from([("staff.yaml", data)]);
//! let mut brief = Brief::from_str("brief.yaml", text, &files);
//! // The title types a number, which is no fact of the data: a finding with its place, and nothing is built.
//! let finding = brief.report().findings()[0];
//! assert_eq!(finding.code, Code::OrphanNumber);
//! assert_eq!(brief.sources().slice(finding.span.unwrap()), "10,000");
//!
//! let text = text.replace("10,000", "{{ staff@2023 | number }}");
//! let mut brief = Brief::from_str("brief.yaml", &text, &files);
//! let outputs = brief.build(&Fonts::builtin(), &Selection::all()).expect("no findings");
//! let paths: Vec<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
//! assert_eq!(paths[..2], ["brief.pdf", "charts/staff.png"]);
//! ```
//!
//! Reading order: [`loader`](Loader), [`Brief`], [`Selection`], [`builder`], [building](Brief::build), [`explain`](Brief::explain),
//! [`trace`], [`diff`], [`record`], [`manifest`]. The vocabulary (values, units, periods, facts) is that of [`exhibit_facts`], which is
//! re-exported here, and can be used on its own.

mod brief;
mod build;
pub mod builder;
pub mod diff;
mod explain;
mod glyphs;
mod layout;
mod loader;
pub mod manifest;
mod outputs;
pub mod record;
mod select;
pub mod trace;

pub use brief::{Brief, InputFile};
pub use explain::{ExplainError, Explanation};
pub use loader::{Disk, LoadError, Loader, MAX_BYTES, Memory};
pub use outputs::{Drawings, Observe, Output, Shows};
pub use select::{DrawError, Medium, Selection};

pub use exhibit_core::{article, diag, export, guess, source, verify, workbook};
pub use exhibit_facts::{
    Language, Span, address, arithmetic, calculation, chart_spec, facts, format, formula, language,
    number, period, quantity, rounding, span, unit,
};
pub use exhibit_scene::{Document, Fonts};
