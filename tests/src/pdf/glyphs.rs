//! What stands on the pages of a finished file: each glyph with its text and its place, as a reader of the file computes them.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::File;
use super::font::to_unicode;

/// A glyph on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Left end of the glyph on its baseline, in points from the left edge of the page.
    pub x: f64,
    /// Baseline, in points from the lower edge of the page.
    pub y: f64,
    /// Advance in points.
    pub width: f64,
    /// Text that the file gives the glyph.
    pub text: String,
}

/// The glyphs of each page in the order of drawing.
///
/// # Panics
/// When the file is damaged.
#[must_use]
pub fn glyphs(bytes: &[u8]) -> Vec<Vec<Glyph>> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let file = File {
        document: &document,
        catalog: document.catalog().expect("a catalog"),
        pages: Vec::new(),
    };
    let pages = document.get_pages().into_values();
    pages.map(|page| of_page(&file, page)).collect()
}

/// The text of each page in the order of drawing, a line feed between lines.
///
/// # Panics
/// When the file is damaged.
#[must_use]
pub fn texts(bytes: &[u8]) -> Vec<String> {
    glyphs(bytes).iter().map(|page| text(page)).collect()
}

fn text(page: &[Glyph]) -> String {
    let mut text = String::new();
    let mut end: Option<(f64, f64)> = None;
    for glyph in page {
        // A raised mark is on the line of its word.
        let new = end.is_some_and(|(x, y)| {
            (glyph.y - y).abs() > 5.0 || glyph.x < x - 5.0 || glyph.x > x + 15.0
        });
        if new {
            text.push('\n');
        }
        text.push_str(&glyph.text);
        end = Some((glyph.x + glyph.width, glyph.y));
    }
    text
}

/// Widths in thousandths of an em and texts of a font, by code.
struct Font {
    widths: Vec<f64>,
    texts: BTreeMap<u16, Vec<u16>>,
}

fn font(file: &File<'_>, dictionary: &Dictionary) -> Font {
    let get = |dictionary: &Dictionary, key: &[u8]| -> Object {
        dictionary
            .get_deref(key, file.document)
            .expect("it is there")
            .clone()
    };
    let descendants = get(dictionary, b"DescendantFonts");
    let first = descendants.as_array().expect("a list")[0].clone();
    let descendant = match first {
        Object::Reference(id) => file.document.get_dictionary(id).expect("a font").clone(),
        other => other.as_dict().expect("a font").clone(),
    };
    let list = get(&descendant, b"W");
    let widths = list.as_array().expect("a list")[1]
        .as_array()
        .expect("widths");
    Font {
        widths: widths.iter().map(number).collect(),
        texts: to_unicode(file.document, dictionary).expect("a map to Unicode"),
    }
}

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().expect("a number"))
}

fn of_page(file: &File<'_>, page: ObjectId) -> Vec<Glyph> {
    let dictionary = file.document.get_dictionary(page).expect("a page");
    let resources = dictionary
        .get_deref(b"Resources", file.document)
        .expect("resources");
    let fonts = resources
        .as_dict()
        .expect("a dictionary")
        .get_deref(b"Font", file.document);
    let mut known: BTreeMap<Vec<u8>, Font> = BTreeMap::new();
    if let Ok(fonts) = fonts {
        for (name, _) in fonts.as_dict().expect("fonts") {
            let fonts = fonts.as_dict().expect("fonts");
            let found = fonts.get_deref(name, file.document).expect("a font");
            known.insert(name.clone(), font(file, found.as_dict().expect("a font")));
        }
    }
    let content = Content::decode(&file.document.get_page_content(page)).expect("operators");
    let mut glyphs = Vec::new();
    let (mut line, mut pen, mut rise, mut size) = ((0.0, 0.0), 0.0, 0.0, 0.0);
    let mut current: Option<&Font> = None;
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BT" => line = (0.0, 0.0),
            "Td" => {
                line = (line.0 + number(&operands[0]), line.1 + number(&operands[1]));
                pen = line.0;
            }
            "Tf" => {
                current = known.get(operands[0].as_name().expect("a name"));
                size = number(&operands[1]);
            }
            "Ts" => rise = number(&operands[0]),
            "TJ" => {
                let font = current.expect("a font is chosen");
                for item in operands[0].as_array().expect("an array") {
                    let Ok(codes) = item.as_str() else {
                        pen -= number(item) * size / 1000.0;
                        continue;
                    };
                    for code in codes.chunks_exact(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        let width = font.widths[usize::from(code) - 1] * size / 1000.0;
                        glyphs.push(Glyph {
                            x: pen,
                            y: line.1 + rise,
                            width,
                            text: String::from_utf16_lossy(&font.texts[&code]),
                        });
                        pen += width;
                    }
                }
            }
            _ => {}
        }
    }
    glyphs
}
