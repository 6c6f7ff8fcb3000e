//! The same look everywhere: our SVG through three drawing programs that share no code, compared by pixel.
//!
//! resvg makes our PNGs, librsvg stands for desktops, Chromium for the web. Edges are softened differently by each, so
//! single samples may differ there; a missing glyph, a shifted word or another colour shows in far more of them.

use std::fs;
use std::path::Path;
use std::process::Command;

use exhibit_scene::{Fonts, Theme};
use exhibit_svg::About;
use exhibit_tests::charts::facts;
use exhibit_tests::outside::{Case, program};
use exhibit_tests::pixels::Pixels;
use exhibit_tests::{run, specimen};

/// The cases of this file. The first two ask resvg, which is a crate.
pub(crate) const CASES: [Case; 6] = [
    Case::new("looks::resvg_draws_all_of_it", &[], resvg_draws_all_of_it),
    Case::new("looks::small_faults_show", &[], small_faults_show),
    Case::new("looks::librsvg_agrees", &["rsvg-convert"], librsvg_agrees),
    Case::new(
        "looks::librsvg_agrees_on_every_chart",
        &["rsvg-convert"],
        librsvg_agrees_on_every_chart,
    ),
    Case::new(
        "looks::chromium_agrees_on_every_chart",
        &["chromium"],
        chromium_agrees_on_every_chart,
    ),
    Case::new(
        "looks::chromium_agrees_twice_in_one_page",
        &["chromium"],
        chromium_agrees_twice_in_one_page,
    ),
];

/// Pixels of a point. The specimen has 240 x 120 points.
const SCALE: f64 = 4.0;

/// Samples may differ by this much of 255: half a pixel's edge softened otherwise ...
const TOLERANCE: u8 = 48;

/// ... or else be fewer than this share.
const SHARE: f64 = 0.000_05;

fn picture(id: &str) -> String {
    let fonts = Fonts::builtin();
    let about = About {
        id,
        title: "Specimen",
        description: "One of everything.",
        lang: "en",
    };
    exhibit_svg::write(&specimen::frame(&fonts), &fonts, &about)
}

fn ours(svg: &str) -> Pixels {
    Pixels::read(&exhibit_png::render(svg, SCALE).expect("our own SVG"))
}

fn assert_same_look(ours: &Pixels, theirs: &Pixels, name: &str) {
    let share = ours.difference(theirs, TOLERANCE);
    eprintln!(
        "{name}: {:.4} % of samples differ by more than {TOLERANCE}",
        share * 100.0
    );
    assert!(
        share < SHARE,
        "{name} draws {:.3} % of the samples otherwise",
        share * 100.0
    );
}

/// Draws a page with headless Chromium, with nothing of the user's and no network.
fn screenshot(chromium: &Path, page: &str, (width, height): (usize, usize), scale: f64) -> Pixels {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let html = folder.path().join("page.html");
    let png = folder.path().join("page.png");
    fs::write(&html, page).expect("a scratch file");
    run(Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            // CSS pixels are 1/96 inch, points 1/72.
            &format!("--force-device-scale-factor={}", scale * 0.75),
            &format!("--window-size={width},{height}"),
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("user").display()
        ))
        .arg(format!("--screenshot={}", png.display()))
        .arg(format!("file://{}", html.display())));
    Pixels::read(&fs::read(&png).expect("a screenshot"))
}

fn resvg_draws_all_of_it() {
    let ours = ours(&picture("specimen"));
    assert_eq!((ours.width, ours.height), (960, 480));
    let inked = ours.inked();
    assert!((0.10..0.25).contains(&inked), "{inked} of it is inked");
    let at = |x: f64, y: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside the picture"
        )]
        ours.at((x * SCALE) as usize, (y * SCALE) as usize)
    };
    assert_eq!(at(20.0, 50.0), [0x17, 0x62, 0xb6], "the first bar");
    assert_eq!(at(20.0, 72.0), [0x85, 0x8d, 0x99], "the second");
    let fade = at(107.5, 72.0);
    assert!(fade > [0xb8; 3] && fade < [0xd0; 3], "half faded: {fade:?}");
    assert_eq!(
        at(165.0, 70.0),
        [255; 3],
        "the curve is cut at its clip path"
    );
    assert_eq!(at(230.0, 110.0), [255; 3], "paper");
}

/// The measure is fine enough to see a quotation mark missing, or a word shifted by a third of a point.
fn small_faults_show() {
    let svg = picture("specimen");
    let last = svg.rfind("<use ").expect("a glyph");
    let end = last + svg[last..].find("/>").expect("its end") + 2;
    let missing = format!("{}{}", &svg[..last], &svg[end..]);
    let shifted = svg.replacen("translate(12 20)", "translate(12.33 20)", 1);
    for (fault, name) in [(missing, "a glyph less"), (shifted, "a word shifted")] {
        assert_ne!(fault, svg);
        let share = ours(&svg).difference(&ours(&fault), TOLERANCE);
        assert!(share > SHARE, "{name} changes {share} of the samples");
    }
}

fn librsvg_agrees() {
    let rsvg = program("rsvg-convert");
    let svg = picture("specimen");
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("specimen.svg");
    fs::write(&file, &svg).expect("a scratch file");
    let output = run(Command::new(rsvg)
        .arg("--background-color=white")
        .arg(format!("--zoom={}", SCALE * 0.75))
        .arg(&file));
    assert_same_look(&ours(&svg), &Pixels::read(&output.stdout), "librsvg");
}

/// What goes out: every chart, or every slide, of the article, with its id.
fn made(slides: bool) -> Vec<(String, String)> {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let exhibits = facts("data/brief.yaml").exhibits;
    let written = exhibits.iter().map(|exhibit| {
        let make = if slides {
            exhibit_charts::slide
        } else {
            exhibit_charts::picture
        };
        let picture = make(exhibit, &theme, &fonts).expect("all glyphs");
        let about = About {
            id: &exhibit.id,
            title: &picture.title,
            description: &picture.alt,
            lang: "en",
        };
        let svg = exhibit_svg::write(&picture.frame, &fonts, &about);
        (exhibit.id.clone(), svg)
    });
    written.collect()
}

/// A picture as resvg draws it, beside another program's, which may round a side up.
fn assert_same_chart(svg: &str, scale: f64, theirs: &Pixels, name: &str) {
    let ours = Pixels::read(&exhibit_png::render(svg, scale).expect("our own SVG"));
    let theirs = theirs.corner(ours.width, ours.height);
    // Small type is mostly edges, which each program softens in its own way.
    let share = ours.difference(&theirs, 96);
    assert!(share < 0.001, "{name}: {share} of the samples differ");
}

fn librsvg_agrees_on_every_chart() {
    let rsvg = program("rsvg-convert");
    let folder = tempfile::tempdir().expect("a scratch folder");
    for (slides, scale) in [(false, 2.0), (true, 1.0)] {
        for (id, svg) in made(slides) {
            let file = folder.path().join("chart.svg");
            fs::write(&file, &svg).expect("a scratch file");
            let output = run(Command::new(&rsvg)
                .arg("--background-color=white")
                .arg(format!("--zoom={}", scale * 0.75))
                .arg(&file));
            assert_same_chart(&svg, scale, &Pixels::read(&output.stdout), &id);
        }
    }
}

/// One page holds all of them, each on whole pixels of its own.
fn chromium_agrees_on_every_chart() {
    let chromium = program("chromium");
    const PIXELS_OF_A_POINT: f64 = 4.0 / 3.0;
    for slides in [false, true] {
        let made = made(slides);
        let sides: Vec<(usize, usize)> = made
            .iter()
            .map(|(_, svg)| {
                let png = exhibit_png::render(svg, PIXELS_OF_A_POINT).expect("our own SVG");
                let pixels = Pixels::read(&png);
                (pixels.width, pixels.height)
            })
            .collect();
        let boxes: String = made
            .iter()
            .zip(&sides)
            .map(|((_, svg), (_, height))| format!("<div style=\"height: {height}px\">{svg}</div>"))
            .collect();
        let page = format!(
            "<!doctype html><meta charset=\"utf-8\"><style>body {{ margin: 0 }} div {{ overflow: hidden }} svg {{ display: block }}</style>{boxes}"
        );
        let width = sides.iter().map(|(width, _)| *width).max().expect("one");
        let height = sides.iter().map(|(_, height)| height).sum();
        let all = screenshot(&chromium, &page, (width, height), PIXELS_OF_A_POINT);
        let mut top = 0;
        for ((id, svg), (_, height)) in made.iter().zip(&sides) {
            let row = all.width * 3;
            let theirs = Pixels {
                width: all.width,
                height: *height,
                rgb: all.rgb[top * row..(top + height) * row].to_vec(),
            };
            assert_same_chart(svg, PIXELS_OF_A_POINT, &theirs, id);
            top += height;
        }
    }
}

/// Two pictures in one page: neither takes the other's glyphs, fades or clip paths.
fn chromium_agrees_twice_in_one_page() {
    let chromium = program("chromium");
    let (first, second) = (picture("first"), picture("second"));
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><style>body {{ margin: 0 }} svg {{ display: block }}</style>{first}{second}"
    );
    let both = screenshot(&chromium, &page, (320, 320), SCALE);
    let (upper, lower) = both.rgb.split_at(both.rgb.len() / 2);
    for (half, svg, name) in [
        (upper, &first, "Chromium, first"),
        (lower, &second, "Chromium, second"),
    ] {
        let theirs = Pixels {
            width: both.width,
            height: both.height / 2,
            rgb: half.to_vec(),
        };
        assert_same_look(&ours(svg), &theirs, name);
    }
}
