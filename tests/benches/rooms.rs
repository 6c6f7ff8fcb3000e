//! What each room costs: `cargo bench -p exhibit-tests`, or with a filter, `cargo bench -p exhibit-tests -- svg`.
//!
//! Times are of this machine and this minute. To compare two versions count instructions instead, which are the same on
//! each run: `tests/bench/instructions.sh` counts what runs inside [`measured`].

use divan::{Bencher, black_box};
use exhibit_core::{Compilation, Facts};
use exhibit_scene::{Fonts, Theme};
use exhibit_svg::About;
use exhibit_tests::{read, specimen};

fn main() {
    divan::main();
}

/// The door that instructions are counted behind; never inlined, so that its name can be found in the program.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Labels as charts have them.
const LABELS: [&str; 8] = [
    "> 10,000",
    "~ 17,800",
    "40–50%",
    "Deliveries passed 10,000 a month in June and July",
    "Vehicles a month, 2024",
    "Source: article §2 ¶5",
    "小米汽车",
    "Annual delivery target",
];

const ABOUT: About = About {
    id: "specimen",
    title: "Specimen",
    description: "One of everything.",
    lang: "en",
};

/// The brief of `data/` and the data sets it names, as text.
struct Input {
    brief: String,
    data: Vec<(String, String)>,
}

impl Input {
    fn read() -> Self {
        let mut data = Vec::new();
        let brief = read("data/brief.yaml");
        let compiled = exhibit_core::compile("brief.yaml", &brief, &mut |name| {
            let text = read(&format!("data/{name}"));
            data.push((name.to_owned(), text.clone()));
            Ok((name.to_owned(), text))
        });
        assert!(compiled.facts.is_some(), "the brief of data/ is sound");
        Self { brief, data }
    }

    fn compile(&self) -> Compilation {
        exhibit_core::compile("brief.yaml", &self.brief, &mut |wanted| {
            let known = self.data.iter().find(|(name, _)| name == wanted);
            known.cloned().ok_or_else(|| "not read before".to_owned())
        })
    }

    fn facts(&self) -> Facts {
        self.compile().facts.expect("the brief of data/ is sound")
    }
}

/// Text to facts: reads, checks and resolves the brief and its data.
#[divan::bench]
fn compile(bencher: Bencher) {
    let input = Input::read();
    bencher.bench_local(|| measured(|| input.compile()));
}

/// The facts as JSON, as they ride in the PDF.
#[divan::bench]
fn facts_as_json(bencher: Bencher) {
    let facts = Input::read().facts();
    bencher.bench_local(|| {
        measured(|| exhibit_core::export::json_text(&facts, exhibit_core::export::Selection::ALL))
    });
}

/// Shapes labels with an empty memory, faces already read.
#[divan::bench]
fn shape_fresh(bencher: Bencher) {
    let style = Theme::standard().text(8.0);
    bencher
        .with_inputs(Fonts::builtin)
        .bench_local_refs(|fonts| measured(|| LABELS.map(|label| fonts.shape(label, &style))));
}

/// Shapes the same labels again, as a second build in one process does.
#[divan::bench]
fn shape_known(bencher: Bencher) {
    let style = Theme::standard().text(8.0);
    let fonts = Fonts::builtin();
    let shape = || LABELS.map(|label| fonts.shape(label, &style));
    let _ = shape();
    bencher.bench_local(|| measured(shape));
}

/// Writes the specimen as SVG.
#[divan::bench]
fn svg(bencher: Bencher) {
    let fonts = Fonts::builtin();
    let frame = specimen::frame(&fonts);
    bencher.bench_local(|| measured(|| exhibit_svg::write(&frame, &fonts, &ABOUT)));
}

/// Draws the specimen at two pixels a point: 480 x 240.
#[divan::bench]
fn png(bencher: Bencher) {
    let fonts = Fonts::builtin();
    let svg = exhibit_svg::write(&specimen::frame(&fonts), &fonts, &ABOUT);
    bencher.bench_local(|| measured(|| exhibit_png::render(&svg, 2.0)));
}
