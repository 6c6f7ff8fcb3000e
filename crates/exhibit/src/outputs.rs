//! Facts to finished files, all in memory. First everything is drawn, which may still find something; then it is exported,
//! which may not.

use std::collections::BTreeSet;

use exhibit_charts::Picture;
use exhibit_core::diag::{Code, Finding};
use exhibit_core::export;
use exhibit_facts::facts::{Block, Exhibit, FactId, Facts, Origin, SourceId, UsePlace, Used};
use exhibit_scene::{Attachment, Document, Fonts, MissingGlyph, Relationship, Size, Theme};
use exhibit_svg::About;
use rayon::prelude::*;

use crate::brief::Brief;
use crate::glyphs;
use crate::layout::{too_large, too_much, too_wide};
use crate::select::{Medium, Selection};

/// Is told what was done: an exhibit's id, or the path of a file.
pub type Observe<'a> = dyn Fn(&str) + Sync + 'a;

/// Pixels a point of a brief's pictures: sharp at twice their printed size.
const BRIEF_SCALE: u8 = 3;

/// Pixels a point of a slide: 960 x 540 points come out as 1920 x 1080 pixels.
const SLIDE_SCALE: u8 = 2;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// Where it goes, from the output folder, parts joined by `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub shows: Shows,
}

/// What a file shows, by address and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shows {
    /// Facts in the order of first mention, then events.
    pub addresses: Vec<String>,
    /// The sources that these rest on, in the order of the data.
    pub sources: Vec<String>,
}

/// What was drawn and is still to be exported.
#[derive(Debug)]
pub struct Drawings {
    document: Option<Document>,
    pictures: Vec<Drawing>,
}

#[derive(Debug)]
struct Drawing {
    exhibit: usize,
    /// File name without extension.
    stem: String,
    picture: Picture,
    /// Pixels a point.
    scale: u8,
}

/// Every path that a brief's outputs may have, whatever was asked for this time.
pub(crate) fn paths(brief: &Brief, facts: &Facts) -> BTreeSet<String> {
    let stems = facts.exhibits.iter().flat_map(|exhibit| {
        let slide = exhibit.slide.then_some(Medium::Slide);
        let media = std::iter::once(Medium::Page).chain(slide);
        media.map(|medium| stem(&exhibit.id, medium))
    });
    stems
        .flat_map(|stem| [chart_path(&stem, "svg"), chart_path(&stem, "png")])
        .chain([pdf_path(brief)])
        .collect()
}

fn pdf_path(brief: &Brief) -> String {
    format!("{}.pdf", brief.stem)
}

fn chart_path(stem: &str, kind: &str) -> String {
    format!("charts/{stem}.{kind}")
}

/// The file name of an exhibit's picture, without extension.
fn stem(id: &str, medium: Medium) -> String {
    match medium {
        Medium::Page => id.to_owned(),
        Medium::Slide => format!("{id}@slide"),
    }
}

/// Draws what is selected; `exhibits` are the indices of those whose pictures are wanted.
///
/// # Errors
/// What only drawing finds.
pub(crate) fn draw(
    brief: &Brief,
    facts: &Facts,
    fonts: &Fonts,
    selection: &Selection,
    exhibits: &[usize],
    observe: &Observe<'_>,
) -> Result<Drawings, Vec<Finding>> {
    let theme = Theme::standard();
    let mut findings = Vec::new();
    let document = selection
        .pdf
        .then(|| document(brief, facts, &theme, fonts, &mut findings))
        .flatten();
    let mut pictures = Vec::new();
    let wanted = if selection.svg || selection.png {
        exhibits
    } else {
        &[]
    };
    for &exhibit in wanted {
        let model = &facts.exhibits[exhibit];
        let slide = model.slide.then_some(Medium::Slide);
        for medium in std::iter::once(Medium::Page).chain(slide) {
            match drawing(model, medium, &theme, fonts) {
                Ok((picture, scale)) => pictures.push(Drawing {
                    exhibit,
                    stem: stem(&model.id, medium),
                    picture,
                    scale,
                }),
                Err(finding) => {
                    // A picture is hardly narrower than a page: one finding is enough for both.
                    let known = findings.iter().any(|known: &Finding| {
                        medium == Medium::Page
                            && finding.code == Code::TooCrowded
                            && (known.code, known.span) == (finding.code, finding.span)
                    });
                    if !known {
                        findings.push(*finding);
                    }
                }
            }
        }
        observe(&model.id);
    }
    if findings.is_empty() {
        Ok(Drawings { document, pictures })
    } else {
        Err(findings)
    }
}

/// The picture of an exhibit, and how many pixels a point has in its PNG.
///
/// # Errors
/// What only drawing finds.
fn drawing(
    model: &Exhibit,
    medium: Medium,
    theme: &Theme,
    fonts: &Fonts,
) -> Result<(Picture, u8), Box<Finding>> {
    let (most, drawn) = match medium {
        Medium::Page => (BRIEF_SCALE, exhibit_charts::picture(model, theme, fonts)),
        Medium::Slide => (SLIDE_SCALE, exhibit_charts::slide(model, theme, fonts)),
    };
    let picture = drawn.map_err(|glyph| Box::new(glyphs::missing(glyph, model.span)))?;
    if let Some(overflow) = picture.overflow {
        return Err(Box::new(too_much(model, overflow, medium)));
    }
    match scale(picture.frame.size, most) {
        Some(scale) => Ok((picture, scale)),
        None => Err(Box::new(too_large(model, picture.frame.size))),
    }
}

/// One exhibit as SVG.
///
/// # Errors
/// What only drawing finds.
pub(crate) fn svg(
    facts: &Facts,
    exhibit: usize,
    medium: Medium,
    fonts: &Fonts,
) -> Result<String, Vec<Finding>> {
    let model = &facts.exhibits[exhibit];
    let theme = Theme::standard();
    let (picture, _) = drawing(model, medium, &theme, fonts).map_err(|finding| vec![*finding])?;
    let about = About {
        id: &stem(&model.id, medium),
        title: &picture.title,
        description: &picture.alt,
        lang: facts.meta.language.tag(),
    };
    Ok(exhibit_svg::Writer::new(fonts).write(&picture.frame, &about))
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
    brief: &Brief,
    facts: &Facts,
    fonts: &Fonts,
) -> Result<Document, Vec<Finding>> {
    let mut findings = Vec::new();
    let document = document(brief, facts, &Theme::standard(), fonts, &mut findings);
    document.ok_or(findings)
}

fn document(
    brief: &Brief,
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
                    findings.push(too_much(exhibit, overflow, Medium::Page));
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
        attachments(brief, facts),
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
fn attachments(brief: &Brief, facts: &Facts) -> Vec<Attachment> {
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
    for (index, file) in brief.files.iter().enumerate() {
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
    brief: &Brief,
    facts: &Facts,
    fonts: &Fonts,
    selection: &Selection,
    observe: &Observe<'_>,
) -> Vec<Output> {
    let mut outputs = Vec::new();
    if let Some(document) = &drawings.document {
        let path = pdf_path(brief);
        observe(&path);
        outputs.push(Output {
            bytes: exhibit_pdf::write(document, fonts),
            shows: shown_by_document(brief, facts),
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
                observe(&chart_path(&drawing.stem, "png"));
                png.unwrap_or_else(|error| panic!("{}.svg, as written: {error}", drawing.stem))
            })
            .collect()
    } else {
        Vec::new()
    };
    let mut pngs = pngs.into_iter();
    for (drawing, svg) in drawings.pictures.iter().zip(svgs) {
        let shows = shown_by_exhibit(brief, facts, drawing.exhibit);
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

fn shown_by_exhibit(brief: &Brief, facts: &Facts, exhibit: usize) -> Shows {
    let here = |at: UsePlace| at == UsePlace::Exhibit(exhibit);
    shown(brief, facts, &facts.exhibits[exhibit].facts, &here)
}

/// The document shows what the register lists, and names every source.
fn shown_by_document(brief: &Brief, facts: &Facts) -> Shows {
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
        ..shown(brief, facts, &register, &here)
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
            | Block::KeyFigures(_)
            | Block::Directive(_) => {}
        }
    }
}

fn shown(brief: &Brief, facts: &Facts, first: &[FactId], here: &dyn Fn(UsePlace) -> bool) -> Shows {
    let mut ids = first.to_vec();
    let mut events: Vec<usize> = Vec::new();
    for used in brief.compilation.uses.iter().filter(|used| here(used.at)) {
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

    #[test]
    fn scale_shrinks_before_a_picture_is_too_large() {
        let high = |height: f64| Size::new(100.0, height);
        assert_eq!(scale(high(500.0), 3), Some(3));
        assert_eq!(scale(high(6000.0), 3), Some(2));
        assert_eq!(scale(high(16_384.0), 3), Some(1));
        assert_eq!(scale(high(16_385.0), 3), None);
    }

    /// The built-in brief with its data set in a folder of its own.
    fn article() -> Brief {
        use exhibit_core::article::{BRIEF, DATA};
        let text = BRIEF.replace("[xiaomi-auto.yaml]", "[sets/data.yaml]");
        let files = crate::loader::Memory::from([("sets/data.yaml", DATA)]);
        Brief::from_str("brief.yaml", &text, &files)
    }

    /// The facts that ride in the PDF are those that `exhibit facts` prints, and the inputs are the files themselves.
    #[test]
    fn facts_and_inputs_ride_along() {
        let brief = article();
        let facts = brief.facts().expect("no findings");
        let attached = attachments(&brief, facts);
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
                exhibit_core::article::BRIEF.replace("[xiaomi-auto.yaml]", "[sets/data.yaml]"),
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
        let brief = article();
        let facts = brief.facts().expect("no findings");
        let finding = too_large(&facts.exhibits[0], Size::new(480.0, 20_000.0));
        assert_eq!(finding.span, Some(facts.exhibits[0].span));
        let message = format!(
            "the picture of exhibit `{}` is too large: 480 points wide and 20000 points high",
            facts.exhibits[0].id
        );
        assert_eq!(finding.message, message);
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
