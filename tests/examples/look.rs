//! Draws every page and every exhibit of a brief into a folder, to be looked at: `cargo run -p exhibit-tests --example look -- FOLDER [BRIEF]`.
#![expect(
    clippy::disallowed_methods,
    reason = "a tool for people who work on the look"
)]

use std::path::Path;
use std::{env, fs};

use exhibit_charts::Picture;
use exhibit_scene::{Fonts, Theme};
use exhibit_svg::About;

fn main() {
    let mut words = env::args().skip(1);
    let folder = words.next().expect("a folder to write to");
    let brief = words.next().unwrap_or_else(|| "data/brief.yaml".to_owned());
    let beside = Path::new(&brief).parent().expect("a folder").to_path_buf();
    let text = fs::read_to_string(&brief).expect("the brief");
    let done = exhibit_core::compile(&brief, &text, &mut |name| {
        fs::read_to_string(beside.join(name))
            .map(|text| (name.to_owned(), text))
            .map_err(exhibit_core::LoadError::from)
    });
    for finding in done.report.findings() {
        eprintln!("{}", exhibit_core::diag::one_line(finding, &done.sources));
    }
    let facts = done.facts.expect("a brief without errors");
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    fs::create_dir_all(&folder).expect("a folder");
    let widths = exhibit_pages::exhibit_widths(&facts, &theme);
    let drawn = facts
        .exhibits
        .iter()
        .zip(widths)
        .map(|(exhibit, width)| exhibit_charts::draw(exhibit, width, &theme, &fonts))
        .collect::<Result<_, _>>()
        .expect("glyphs");
    let document =
        exhibit_pages::compose(&facts, drawn, &theme, &fonts, "look", Vec::new()).expect("glyphs");
    for (index, page) in document.pages.iter().enumerate() {
        let about = About {
            id: "page",
            title: "Page",
            description: "",
            lang: "en",
        };
        let svg = exhibit_svg::write(&page.frame, &fonts, &about);
        let png = exhibit_png::render(&svg, 1.6).expect("a picture");
        fs::write(format!("{folder}/page-{:02}.png", index + 1), png).expect("written");
    }
    for exhibit in &facts.exhibits {
        let brief = exhibit_charts::picture(exhibit, &theme, &fonts).expect("glyphs");
        let slide = exhibit_charts::slide(exhibit, &theme, &fonts).expect("glyphs");
        let write = |name: String, picture: &Picture, scale: f64| {
            let about = About {
                id: &exhibit.id,
                title: &picture.title,
                description: &picture.alt,
                lang: "en",
            };
            let svg = exhibit_svg::write(&picture.frame, &fonts, &about);
            let png = exhibit_png::render(&svg, scale).expect("a picture");
            fs::write(format!("{folder}/{name}.svg"), svg).expect("written");
            fs::write(format!("{folder}/{name}.png"), png).expect("written");
        };
        for overflow in [brief.overflow, slide.overflow].into_iter().flatten() {
            eprintln!("{}: {overflow:?}", exhibit.id);
        }
        write(exhibit.id.clone(), &brief, 2.0);
        write(format!("{}@slide", exhibit.id), &slide, 1.0);
    }
}
