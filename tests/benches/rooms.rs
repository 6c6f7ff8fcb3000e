//! What each room costs: `cargo bench -p exhibit-tests`, or with a filter, `cargo bench -p exhibit-tests -- svg`.
//!
//! Times are of this machine and this minute. To compare two versions count instructions instead, which are the same on
//! each run: `tests/bench/instructions.sh` counts what runs inside [`measured`].

#[path = "../../crates/exhibit-pages/tests/sample/mod.rs"]
mod sample;

use divan::{Bencher, black_box};
use exhibit_charts::Drawn;
use exhibit_core::Compilation;
use exhibit_facts::facts::Facts;
use exhibit_scene::{Document, Fonts, Theme};
use exhibit_svg::About;
use exhibit_tests::{documents, read, specimen};

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
            known.cloned().ok_or(exhibit_core::LoadError::NotFound)
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

/// A table of ten thousand rows that are added up, as a program writes it. The count by ten thousand is what a row costs.
#[divan::bench]
fn table_plain(bencher: Bencher) {
    let input = rows(',', |row| format!("{}.{}", row % 977, row % 10));
    bencher.bench_local(|| measured(|| added_up(&input, "")));
}

/// The same rows as an office writes them: semicolons, decimal commas, days of the first of a month, a mark for no value.
#[divan::bench]
fn table_of_an_office(bencher: Bencher) {
    let input = rows(';', |row| match row % 50 {
        0 => "..".to_owned(),
        _ => format!("1.{:03},{}", row % 977, row % 10),
    });
    let keys = ", decimal: \",\", na: [\"..\"], empty: skip";
    bencher.bench_local(|| measured(|| added_up(&input, keys)));
}

/// Ten thousand rows of days in three regions.
fn rows(separator: char, number: impl Fn(usize) -> String) -> String {
    let mut text = format!("day{separator}region{separator}n\n");
    for row in 0..10_000 {
        let (year, month, region) = (
            2000 + row % 20,
            1 + row % 12,
            ["north", "south", "west"][row % 3],
        );
        text.push_str(&format!(
            "{year}-{month:02}-01{separator}{region}{separator}{}\n",
            number(row)
        ));
    }
    text
}

/// A metric that adds the rows up by year and region.
fn added_up(rows: &str, keys: &str) -> Compilation {
    let data = format!(
        "sources: {{s: {{title: S}}}}\nmetrics:\n  a:\n    label: A\n    measure: flow\n    dimensions: {{region: []}}\n    \
         table: {{file: x.csv, from: s, at: day, period: year, value: n, dimensions: {{region: region}}, rows: sum{keys}}}\n"
    );
    let brief = "title: T\ndate: 2024-12-31\ndata: [d.yaml]\nbody: [{text: x}]\n";
    let done = exhibit_core::compile("b.yaml", brief, &mut |name| match name {
        "d.yaml" => Ok((name.to_owned(), data.clone())),
        _ => Ok((name.to_owned(), rows.to_owned())),
    });
    assert!(done.facts.is_some(), "the rows are sound");
    done
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

/// Draws one chart for a page, its labels shaped before.
#[divan::bench]
fn chart(bencher: Bencher) {
    let facts = Input::read().facts();
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let exhibit = facts
        .exhibits
        .iter()
        .find(|exhibit| exhibit.id == "deliveries")
        .expect("the brief has it");
    let draw = || exhibit_charts::draw(exhibit, 459.0, &theme, &fonts);
    let _ = draw();
    bencher.bench_local(|| measured(draw));
}

/// Draws every exhibit of the brief with an empty memory of shaped text.
#[divan::bench]
fn charts_fresh(bencher: Bencher) {
    let facts = Input::read().facts();
    let theme = Theme::standard();
    bencher
        .with_inputs(Fonts::builtin)
        .bench_local_refs(|fonts| measured(|| drawn(&facts, &theme, fonts)));
}

fn drawn(facts: &Facts, theme: &Theme, fonts: &Fonts) -> Vec<Drawn> {
    let widths = exhibit_pages::exhibit_widths(facts, theme);
    let exhibits = facts.exhibits.iter().zip(widths);
    exhibits
        .map(|(exhibit, width)| exhibit_charts::draw(exhibit, width, theme, fonts))
        .collect::<Result<_, _>>()
        .expect("the faces have every character")
}

fn composed(facts: &Facts, theme: &Theme, fonts: &Fonts) -> Document {
    let drawn = drawn(facts, theme, fonts);
    exhibit_pages::compose(facts, drawn, theme, fonts, "bench", Vec::new())
        .expect("the faces have every character")
}

/// Sets the brief's pages, charts drawn and text shaped before: breaking lines, filling pages, tags.
#[divan::bench]
fn layout(bencher: Bencher) {
    let facts = Input::read().facts();
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let drawn = drawn(&facts, &theme, &fonts);
    let compose = |drawn: Vec<Drawn>| {
        exhibit_pages::compose(&facts, drawn, &theme, &fonts, "bench", Vec::new())
    };
    let _ = compose(drawn.clone());
    bencher
        .with_inputs(|| drawn.clone())
        .bench_local_values(|drawn| measured(|| compose(drawn)));
}

/// Writes the brief's pages as PDF.
#[divan::bench]
fn pdf(bencher: Bencher) {
    let facts = Input::read().facts();
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let document = composed(&facts, &theme, &fonts);
    bencher.bench_local(|| measured(|| exhibit_pdf::write(&document, &fonts)));
}

/// A whole build in memory, from YAML to the PDF and every SVG, faces unread and nothing shaped before. PNGs apart.
#[divan::bench]
fn whole(bencher: Bencher) {
    let input = Input::read();
    let theme = Theme::standard();
    bencher.bench_local(|| {
        measured(|| {
            let facts = input.facts();
            let fonts = Fonts::builtin();
            let pdf = exhibit_pdf::write(&composed(&facts, &theme, &fonts), &fonts);
            let mut writer = exhibit_svg::Writer::new(&fonts);
            let mut pictures = Vec::new();
            for exhibit in &facts.exhibits {
                for made in [
                    exhibit_charts::picture(exhibit, &theme, &fonts),
                    exhibit_charts::slide(exhibit, &theme, &fonts),
                ] {
                    let picture = made.expect("the faces have every character");
                    pictures.push(writer.write(&picture.frame, &ABOUT));
                }
            }
            (pdf, pictures)
        })
    });
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

/// Writes the specimen as a PDF of one page: what a file costs before its text, five faces and a colour profile.
#[divan::bench]
fn pdf_of_one_page(bencher: Bencher) {
    let fonts = Fonts::builtin();
    let document = documents::specimen(&fonts);
    bencher.bench_local(|| measured(|| exhibit_pdf::write(&document, &fonts)));
}
