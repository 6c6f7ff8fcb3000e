//! The example briefs of `data/examples`: each compiles without findings, its pictures keep the laws of charts, and its PDF is sound.

use std::collections::BTreeSet;
use std::fs;

use exhibit_charts::{picture, slide};
use exhibit_core::{compile_with, diag};
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Block, Content};
use exhibit_scene::{Fonts, Theme};
use exhibit_tests::charts::faults;
use exhibit_tests::{pdf, read, workspace};

/// The folders, sorted.
fn examples() -> Vec<String> {
    let folder = workspace().join("data/examples");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the examples")
        .map(|entry| entry.expect("a folder").file_name())
        .map(|name| name.into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

/// The facts of an example, which has no finding at all.
fn facts(name: &str) -> Facts {
    let folder = format!("data/examples/{name}");
    let path = format!("{folder}/brief.yaml");
    let mut load = |file: &str| Ok((file.to_owned(), read(&format!("{folder}/{file}"))));
    // A table may be a workbook.
    let mut open = |file: &str| {
        let path = workspace().join(&folder).join(file);
        Ok(Box::new(fs::File::open(path)?) as Box<dyn std::io::Read>)
    };
    let done = compile_with(&path, &read(&path), &mut load, Some(&mut open));
    let said: Vec<String> = done
        .report
        .findings()
        .iter()
        .map(|finding| diag::one_line(finding, &done.sources))
        .collect();
    assert!(said.is_empty(), "{name}:\n{}", said.join("\n"));
    done.facts.expect("a brief without findings")
}

#[test]
fn pictures_keep_the_laws() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for name in examples() {
        for exhibit in &facts(&name).exhibits {
            let id = &exhibit.id;
            let on_page = picture(exhibit, &theme, &fonts).expect("all glyphs");
            let on_slide = slide(exhibit, &theme, &fonts).expect("all glyphs");
            for (frame, what) in [
                (on_page.frame, "on the page"),
                (on_slide.frame, "as a slide"),
            ] {
                let faults = faults(&frame);
                assert!(
                    faults.is_empty(),
                    "{name} {id} {what}:\n{}",
                    faults.join("\n")
                );
            }
        }
    }
}

#[test]
fn documents_are_sound() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for name in examples() {
        let facts = facts(&name);
        let drawn = facts
            .exhibits
            .iter()
            .zip(exhibit_pages::exhibit_widths(&facts, &theme))
            .map(|(exhibit, width)| exhibit_charts::draw(exhibit, width, &theme, &fonts))
            .collect::<Result<_, _>>()
            .expect("all glyphs");
        let document = exhibit_pages::compose(&facts, drawn, &theme, &fonts, "test", Vec::new())
            .expect("all glyphs");
        let pages = document.pages.len();
        assert!((2..=6).contains(&pages), "{name} has {pages} pages");
        let findings = pdf::check(&exhibit_pdf::write(&document, &fonts));
        assert!(
            findings.problems.is_empty(),
            "{name}: {:#?}",
            findings.problems
        );
        // Figures of texts lead to the register; those of an exhibit may lead there together.
        assert!(
            findings.links > facts.exhibits.len() + facts.sources.len() + 4,
            "{name}: {findings:?}"
        );
    }
}

/// The kinds of blocks in a body, those inside others included.
fn walk(all: &[Block], blocks: &mut BTreeSet<&'static str>) {
    for block in all {
        let kind = match block {
            Block::Heading { level: 1, .. } => "heading",
            Block::Heading { .. } => "subheading",
            Block::Paragraph(_) => "paragraph",
            Block::List { .. } => "list",
            Block::KeyFigures(_) => "key-figures",
            Block::Directive(_) => continue,
            Block::Exhibit(_) => "exhibit",
            Block::Columns(columns) => {
                for column in columns {
                    walk(column, blocks);
                }
                "columns"
            }
            Block::Callout { blocks: inside, .. } => {
                walk(inside, blocks);
                "callout"
            }
        };
        blocks.insert(kind);
    }
}

/// Between them the examples use what the program has: they are where its users look.
#[test]
fn every_kind_of_exhibit_and_block_is_there() {
    let mut kinds = BTreeSet::new();
    let mut blocks = BTreeSet::new();
    let mut languages = BTreeSet::new();
    for name in examples() {
        let facts = facts(&name);
        languages.insert(facts.meta.language.tag());
        for exhibit in &facts.exhibits {
            kinds.insert(match &exhibit.content {
                Content::Chart(chart) => chart.kind.name(),
                Content::Timeline(_) => "timeline",
                Content::KeyFigures(_) => "key-figures",
                Content::Table(_) => "table",
            });
        }
        walk(&facts.body, &mut blocks);
        assert!(!facts.notes.is_empty(), "{name} has a footnote");
        assert!(
            facts.sources.iter().all(|source| source.licence.is_some()),
            "{name}"
        );
    }
    assert_eq!(languages.len(), 3, "{languages:?}");
    // A kind that no example needs yet stands in the brief of one of each kind alone.
    assert!(kinds.len() >= 9, "{kinds:?}");
    assert_eq!(blocks.len(), 8, "{blocks:?}");
}

/// What is carried along is small, and says where it is from.
#[test]
fn data_are_small_and_licensed() {
    for name in examples() {
        let folder = workspace().join("data/examples").join(&name);
        let about = read(&format!("data/examples/{name}/README.md"));
        assert!(about.contains("**Licence of the data:**"), "{name}");
        let mut rows = 0;
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("a file");
            let file = entry.file_name().into_string().expect("a plain name");
            let size = entry.metadata().expect("a file").len();
            assert!(size < 300_000, "{name}/{file} has {size} bytes");
            if [".csv", ".tsv", ".xlsx", ".ods"]
                .iter()
                .any(|end| file.ends_with(end))
            {
                rows += 1;
                assert!(
                    about.contains(&format!("`{file}`")),
                    "{name}/{file} is told of"
                );
            }
        }
        assert!(rows > 0, "{name} has a file of rows");
    }
}
