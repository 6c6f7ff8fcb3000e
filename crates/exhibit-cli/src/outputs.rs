//! Facts to finished files, all in memory. First everything is drawn, which may still find something; then it is exported,
//! which may not.

use std::collections::BTreeSet;

use exhibit_charts::Picture;
use exhibit_core::diag::Finding;
use exhibit_core::export;
use exhibit_core::facts::{Block, FactId, Facts, Origin, SourceId, UsePlace, Used};
use exhibit_scene::{Attachment, Document, Fonts, MissingGlyph, Relationship, Size, Theme};
use exhibit_svg::About;
use rayon::prelude::*;

use crate::glyphs;
use crate::input::Input;
use crate::progress::Progress;
use crate::room::{Place, too_large, too_much, too_wide};
use crate::settings::Selection;

/// Pixels a point of a brief's pictures: sharp at twice their printed size.
const BRIEF_SCALE: u8 = 3;

/// Pixels a point of a slide: 960 x 540 points come out as 1920 x 1080 pixels.
const SLIDE_SCALE: u8 = 2;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// Where it goes, from the output folder, parts joined by `/`.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
    /// What it shows.
    pub(crate) shows: Shows,
}

/// What a file shows, by address and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shows {
    /// Facts in the order of first mention, then events.
    pub(crate) addresses: Vec<String>,
    /// The sources that these rest on, in the order of the data.
    pub(crate) sources: Vec<String>,
}

/// What was drawn and is still to be exported.
pub(crate) struct Drawings {
    document: Option<Document>,
    pictures: Vec<Drawing>,
}

struct Drawing {
    exhibit: usize,
    /// File name without extension.
    stem: String,
    picture: Picture,
    /// Pixels a point.
    scale: u8,
}

/// Every path that a brief's outputs may have, whatever was asked for this time.
pub(crate) fn paths(input: &Input, facts: &Facts) -> BTreeSet<String> {
    let stems = facts.exhibits.iter().flat_map(|exhibit| {
        let slide = exhibit.slide.then(|| slide_stem(&exhibit.id));
        std::iter::once(exhibit.id.clone()).chain(slide)
    });
    stems
        .flat_map(|stem| [chart_path(&stem, "svg"), chart_path(&stem, "png")])
        .chain([pdf_path(input)])
        .collect()
}

fn pdf_path(input: &Input) -> String {
    format!("{}.pdf", input.stem)
}

fn chart_path(stem: &str, kind: &str) -> String {
    format!("charts/{stem}.{kind}")
}

fn slide_stem(id: &str) -> String {
    format!("{id}@slide")
}

/// Draws what is selected.
///
/// # Errors
/// What only drawing finds.
pub(crate) fn draw(
    input: &Input,
    facts: &Facts,
    fonts: &Fonts,
    selection: &Selection,
    progress: &Progress,
) -> Result<Drawings, Vec<Finding>> {
    let theme = Theme::standard();
    let mut findings = Vec::new();
    let document = selection
        .pdf
        .then(|| document(input, facts, &theme, fonts, &mut findings))
        .flatten();
    let mut pictures = Vec::new();
    let wanted = if selection.svg || selection.png {
        selection.exhibits.as_slice()
    } else {
        &[]
    };
    for &exhibit in wanted {
        let (model, id) = (&facts.exhibits[exhibit], &facts.exhibits[exhibit].id);
        let page = (
            id.clone(),
            BRIEF_SCALE,
            Place::Page,
            exhibit_charts::picture(model, &theme, fonts),
        );
        let slide = model.slide.then(|| {
            (
                slide_stem(id),
                SLIDE_SCALE,
                Place::Slide,
                exhibit_charts::slide(model, &theme, fonts),
            )
        });
        for (stem, most, place, picture) in std::iter::once(page).chain(slide) {
            match picture {
                Err(glyph) => findings.push(glyphs::missing(glyph, model.span)),
                Ok(Picture {
                    overflow: Some(overflow),
                    ..
                }) => {
                    // A picture is hardly narrower than a page: one finding is enough for both.
                    let finding = too_much(model, overflow, place);
                    let told = findings.iter().any(|known| {
                        place == Place::Page
                            && (known.code, known.span) == (finding.code, finding.span)
                    });
                    if !told {
                        findings.push(finding);
                    }
                }
                Ok(picture) => match scale(picture.frame.size, most) {
                    None => findings.push(too_large(model, picture.frame.size)),
                    Some(scale) => pictures.push(Drawing {
                        exhibit,
                        stem,
                        picture,
                        scale,
                    }),
                },
            }
        }
        progress.step(id);
    }
    if findings.is_empty() {
        Ok(Drawings { document, pictures })
    } else {
        Err(findings)
    }
}

/// The most pixels a point, up to `most`, at which a picture is not too large to be written.
fn scale(size: Size, most: u8) -> Option<u8> {
    let side = size.width.max(size.height);
    (1..=most)
        .rev()
        .find(|scale| side * f64::from(*scale) <= exhibit_png::LONGEST)
}

/// Composes the brief's document.
///
/// # Errors
/// What only drawing finds.
pub(crate) fn compose(
    input: &Input,
    facts: &Facts,
    fonts: &Fonts,
) -> Result<Document, Vec<Finding>> {
    let mut findings = Vec::new();
    let document = document(input, facts, &Theme::standard(), fonts, &mut findings);
    document.ok_or(findings)
}

fn document(
    input: &Input,
    facts: &Facts,
    theme: &Theme,
    fonts: &Fonts,
    findings: &mut Vec<Finding>,
) -> Option<Document> {
    let widths = exhibit_pages::exhibit_widths(facts, theme);
    let mut drawn = Vec::with_capacity(widths.len());
    for (exhibit, width) in facts.exhibits.iter().zip(widths) {
        match exhibit_charts::draw(exhibit, width, theme, fonts) {
            Ok(parts) => {
                if let Some(overflow) = parts.overflow {
                    findings.push(too_much(exhibit, overflow, Place::Page));
                }
                drawn.push(parts);
            }
            Err(glyph) => findings.push(glyphs::missing(glyph, exhibit.span)),
        }
    }
    if drawn.len() < facts.exhibits.len() {
        return None;
    }
    // A character that no face has was found above: exhibits are drawn from the same texts.
    let wide = exhibit_pages::too_wide(facts, theme, fonts).unwrap_or_default();
    if !wide.is_empty() {
        findings.extend(
            wide.into_iter()
                .map(|wide| too_wide(&facts.exhibits[wide.exhibit], &wide)),
        );
        return None;
    }
    let producer = concat!("Exhibit ", env!("CARGO_PKG_VERSION"));
    let composed = exhibit_pages::compose(
        facts,
        drawn,
        theme,
        fonts,
        producer,
        attachments(input, facts),
    );
    match composed {
        Ok(document) => Some(document),
        Err(MissingGlyph(ch)) => {
            // Every text of the files was checked before, so the character has no place in them.
            findings.push(Finding {
                span: None,
                ..glyphs::missing(MissingGlyph(ch), Default::default())
            });
            None
        }
    }
}

/// What rides in the PDF: the data as JSON and CSV, the schema of the former, and the files that the brief was made from.
fn attachments(input: &Input, facts: &Facts) -> Vec<Attachment> {
    let mut attached = vec![
        Attachment {
            name: "facts.json".to_owned(),
            mime: "application/json",
            description: "Every fact and event of the data with qualifier, source and derivation"
                .to_owned(),
            relationship: Relationship::Data,
            bytes: export::json_text(facts, export::Selection::ALL).into_bytes(),
        },
        Attachment {
            name: "facts.csv".to_owned(),
            mime: "text/csv",
            description: "Every fact of the data, one a row".to_owned(),
            relationship: Relationship::Data,
            bytes: export::csv(facts, export::Selection::ALL).into_bytes(),
        },
        Attachment {
            name: "facts.schema.json".to_owned(),
            // The media type that JSON Schema gives itself (draft 2020-12, 14).
            mime: "application/schema+json",
            description: "What the fields of facts.json mean, as a JSON Schema".to_owned(),
            relationship: Relationship::Supplement,
            bytes: export::JSON_SCHEMA.as_bytes().to_vec(),
        },
    ];
    for (index, file) in input.files.iter().enumerate() {
        // A table too long to be kept is named in the manifest, and its sums are in facts.json.
        let Some(bytes) = &file.bytes else {
            continue;
        };
        let description = if index == 0 {
            "The brief that this document was made from"
        } else {
            "A data set that this document was made from"
        };
        let name = attachment_name(&file.name, &attached);
        attached.push(Attachment {
            name,
            mime: mime(&file.name),
            description: description.to_owned(),
            relationship: Relationship::Source,
            bytes: bytes.clone(),
        });
    }
    attached
}

/// The registered type of an input (RFC 4180, 8259 and 9512).
fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("csv") => "text/csv",
        Some("tsv") => "text/tab-separated-values",
        Some("json") => "application/json",
        _ => "application/yaml",
    }
}

/// A name without folders that no other attachment has.
fn attachment_name(path: &str, taken: &[Attachment]) -> String {
    let base = path.rsplit('/').next().unwrap_or(path);
    let free = |name: &str| taken.iter().all(|other| other.name != name);
    let numbered = (2..).map(|number| format!("{number}-{base}"));
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(|name| free(name))
        .expect("there are more numbers than attachments")
}

/// Exports what was drawn. Frames of pictures are gone afterwards.
///
/// # Panics
/// When a picture that we wrote cannot be read back: a fault of ours, not of the input.
pub(crate) fn export(
    drawings: &mut Drawings,
    input: &Input,
    facts: &Facts,
    fonts: &Fonts,
    selection: &Selection,
    progress: &Progress,
) -> Vec<Output> {
    let mut outputs = Vec::new();
    if let Some(document) = &drawings.document {
        let path = pdf_path(input);
        progress.step(&path);
        outputs.push(Output {
            bytes: exhibit_pdf::write(document, fonts),
            shows: shown_by_document(input, facts),
            path,
        });
    }
    let lang = facts.meta.language.tag();
    let mut writer = exhibit_svg::Writer::new(fonts);
    let svgs: Vec<String> = drawings
        .pictures
        .iter_mut()
        .map(|drawing| {
            // What is written is needed no more, and leaves its room to the texts of the next.
            let frame = std::mem::take(&mut drawing.picture.frame);
            let about = About {
                id: &drawing.stem,
                title: &drawing.picture.title,
                description: &drawing.picture.alt,
                lang,
            };
            writer.write(&frame, &about)
        })
        .collect();
    // Pixels take far more time than all the rest, and no picture needs another one.
    let pngs: Vec<Vec<u8>> = if selection.png {
        drawings
            .pictures
            .par_iter()
            .zip(&svgs)
            .map(|(drawing, svg)| {
                let png = exhibit_png::render(svg, f64::from(drawing.scale));
                progress.step(&chart_path(&drawing.stem, "png"));
                png.unwrap_or_else(|error| panic!("{}.svg, as written: {error}", drawing.stem))
            })
            .collect()
    } else {
        Vec::new()
    };
    let mut pngs = pngs.into_iter();
    for (drawing, svg) in drawings.pictures.iter().zip(svgs) {
        let shows = shown_by_exhibit(input, facts, drawing.exhibit);
        if let Some(bytes) = pngs.next() {
            outputs.push(Output {
                path: chart_path(&drawing.stem, "png"),
                bytes,
                shows: shows.clone(),
            });
        }
        if selection.svg {
            outputs.push(Output {
                path: chart_path(&drawing.stem, "svg"),
                bytes: svg.into_bytes(),
                shows,
            });
        }
    }
    outputs
}

fn shown_by_exhibit(input: &Input, facts: &Facts, exhibit: usize) -> Shows {
    let here = |at: UsePlace| at == UsePlace::Exhibit(exhibit);
    shown(input, facts, &facts.exhibits[exhibit].facts, &here)
}

/// The document shows what the register lists, and names every source.
fn shown_by_document(input: &Input, facts: &Facts) -> Shows {
    let mut placed = Vec::new();
    placed_exhibits(&facts.body, &mut placed);
    let here = |at: UsePlace| match at {
        UsePlace::Exhibit(exhibit) => placed.contains(&exhibit),
        UsePlace::Prose | UsePlace::KeyFigure => true,
    };
    let register: Vec<FactId> = facts.register.iter().map(|entry| entry.fact).collect();
    Shows {
        sources: facts
            .sources
            .iter()
            .map(|source| source.id.clone())
            .collect(),
        ..shown(input, facts, &register, &here)
    }
}

fn placed_exhibits(blocks: &[Block], placed: &mut Vec<usize>) {
    for block in blocks {
        match block {
            Block::Exhibit(index) => placed.push(*index),
            Block::Columns(columns) => columns
                .iter()
                .for_each(|column| placed_exhibits(column, placed)),
            Block::Callout { blocks, .. } => placed_exhibits(blocks, placed),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::KeyFigures(_) => {}
        }
    }
}

fn shown(input: &Input, facts: &Facts, first: &[FactId], here: &dyn Fn(UsePlace) -> bool) -> Shows {
    let mut ids = first.to_vec();
    let mut events: Vec<usize> = Vec::new();
    for used in input.compilation.uses.iter().filter(|used| here(used.at)) {
        match used.what {
            Used::Fact(id) if !ids.contains(&id) => ids.push(id),
            Used::Event(index) if !events.contains(&index) => events.push(index),
            Used::Fact(_) | Used::Event(_) => {}
        }
    }
    let mut sources: BTreeSet<SourceId> = events
        .iter()
        .map(|index| facts.events[*index].source)
        .collect();
    let mut addresses = Vec::with_capacity(ids.len() + events.len());
    for id in &ids {
        rests_on(facts, *id, &mut sources);
        addresses.push(facts.facts[id.0].address.clone());
    }
    for index in events {
        addresses.push(format!("event:{}", facts.events[index].id));
    }
    Shows {
        addresses,
        sources: sources
            .iter()
            .map(|source| facts.sources[source.0].id.clone())
            .collect(),
    }
}

/// Adds the sources of a fact, or of all that it was derived from.
fn rests_on(facts: &Facts, id: FactId, sources: &mut BTreeSet<SourceId>) {
    match &facts.facts[id.0].origin {
        Origin::Stated { source, .. } => {
            sources.insert(*source);
        }
        Origin::Derived { inputs, .. } => {
            inputs.iter().for_each(|id| rests_on(facts, *id, sources));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::InputFile;

    #[test]
    fn scale_shrinks_before_a_picture_is_too_large() {
        let high = |height: f64| Size::new(100.0, height);
        assert_eq!(scale(high(500.0), 3), Some(3));
        assert_eq!(scale(high(6000.0), 3), Some(2));
        assert_eq!(scale(high(16_384.0), 3), Some(1));
        assert_eq!(scale(high(16_385.0), 3), None);
    }

    fn article() -> Input {
        use exhibit_core::article::{BRIEF, DATA};
        let file =
            |name: &str, text: &str| InputFile::whole(name.to_owned(), text.as_bytes().to_vec());
        Input {
            compilation: exhibit_core::compile("brief.yaml", BRIEF, &mut |name| {
                Ok((name.to_owned(), DATA.to_owned()))
            }),
            files: vec![file("brief.yaml", BRIEF), file("sets/data.yaml", DATA)],
            stem: "brief".to_owned(),
        }
    }

    /// The facts that ride in the PDF are those that `exhibit facts` prints, and the inputs are the files themselves.
    #[test]
    fn facts_and_inputs_ride_along() {
        let input = article();
        let facts = input.compilation.facts.as_ref().expect("no findings");
        let attached = attachments(&input, facts);
        let whole = export::Selection::ALL;
        let expected = [
            (
                "facts.json",
                Relationship::Data,
                export::json_text(facts, whole),
            ),
            ("facts.csv", Relationship::Data, export::csv(facts, whole)),
            (
                "facts.schema.json",
                Relationship::Supplement,
                export::JSON_SCHEMA.to_owned(),
            ),
            (
                "brief.yaml",
                Relationship::Source,
                exhibit_core::article::BRIEF.to_owned(),
            ),
            (
                "data.yaml",
                Relationship::Source,
                exhibit_core::article::DATA.to_owned(),
            ),
        ];
        assert_eq!(attached.len(), expected.len());
        for (attachment, (name, relationship, text)) in attached.iter().zip(expected) {
            assert_eq!(attachment.name, name);
            assert_eq!(attachment.relationship, relationship, "{name}");
            assert!(attachment.bytes == text.into_bytes(), "{name}");
            assert!(!attachment.description.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_picture_beyond_measure_is_a_finding_at_its_exhibit() {
        let input = article();
        let facts = input.compilation.facts.as_ref().expect("no findings");
        let finding = too_large(&facts.exhibits[0], Size::new(480.0, 20_000.0));
        assert_eq!(finding.span, Some(facts.exhibits[0].span));
        let said = format!(
            "exhibit `{}` comes out 480 points wide and 20000 high",
            facts.exhibits[0].id
        );
        assert_eq!(finding.message, said);
        assert!(finding.help.is_some());
    }

    #[test]
    fn attachments_have_names_of_their_own() {
        let taken = |names: &[&str]| -> Vec<Attachment> {
            names
                .iter()
                .map(|name| Attachment {
                    name: (*name).to_owned(),
                    mime: "text/csv",
                    description: String::new(),
                    relationship: Relationship::Data,
                    bytes: Vec::new(),
                })
                .collect()
        };
        assert_eq!(mime("sets/rows.csv"), "text/csv");
        assert_eq!(mime("a.csv.yaml"), "application/yaml");
        assert_eq!(attachment_name("../sets/a.yaml", &taken(&[])), "a.yaml");
        assert_eq!(attachment_name("b/a.yaml", &taken(&["a.yaml"])), "2-a.yaml");
        assert_eq!(
            attachment_name("a.yaml", &taken(&["a.yaml", "2-a.yaml"])),
            "3-a.yaml"
        );
    }
}
