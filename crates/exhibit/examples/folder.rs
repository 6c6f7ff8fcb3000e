//! A brief from a folder: findings, or the PDF and charts as named byte buffers.
//!
//! `cargo run -p exhibit --example folder -- data/brief.yaml` lists what would be written.
#![expect(
    clippy::disallowed_methods,
    reason = "an example is a program, and takes its arguments itself"
)]

use exhibit::{Brief, Disk, DrawError, Fonts, Selection};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1);
    let path = path.unwrap_or_else(|| "data/brief.yaml".to_owned());
    let mut brief = Brief::open(&path, &Disk)?;
    let mut selection = Selection::pdf();
    selection.svg = true;
    match brief.build(&Fonts::builtin(), &selection) {
        Ok(outputs) => {
            for output in outputs {
                println!("{:>8} bytes  {}", output.bytes.len(), output.path);
            }
            Ok(())
        }
        Err(DrawError::Findings) => {
            for finding in brief.report().findings() {
                println!("{}", exhibit::diag::one_line(finding, brief.sources()));
            }
            Err("the brief has findings".into())
        }
        Err(why) => Err(why.into()),
    }
}
