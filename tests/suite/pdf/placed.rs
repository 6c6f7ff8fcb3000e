//! Where glyphs stand in the file, against where the scene has them.

use std::collections::BTreeMap;

use exhibit_scene::{Document, Fonts, Item, Point};
use exhibit_tests::documents;
use lopdf::content::Content;
use lopdf::{Dictionary, Object};

/// The origin of every glyph of a page in the order of drawing, y down.
fn meant(document: &Document, page: usize) -> Vec<Point> {
    let mut origins = Vec::new();
    let frame = &document.pages[page].frame;
    frame.visit(Point::ZERO, &mut |at, item| {
        if let Item::Glyphs(run) = item {
            let mut pen = at.x;
            for glyph in &run.glyphs {
                // Marks without ink are not shown; spaces at a line's end are.
                let text = &run.text[glyph.cluster as usize..];
                if glyph.advance != 0.0 || text.starts_with(char::is_whitespace) {
                    origins.push(Point::new(
                        pen + f64::from(glyph.dx),
                        at.y + f64::from(glyph.dy),
                    ));
                }
                pen += glyph.advance;
            }
        }
    });
    origins
}

/// The widths of each font by resource name, from code 1 on, in thousandths of an em.
fn widths(file: &lopdf::Document, page: lopdf::ObjectId) -> BTreeMap<Vec<u8>, Vec<f64>> {
    let get = |dictionary: &Dictionary, key: &[u8]| {
        let object = dictionary.get_deref(key, file);
        object.expect("it is there").clone()
    };
    let dict = |object: Object| object.as_dict().expect("a dictionary").clone();
    let page = file.get_dictionary(page).expect("a page");
    let fonts = dict(get(&dict(get(page, b"Resources")), b"Font"));
    let width = |width: &Object| f64::from(width.as_float().expect("a width"));
    let widths_of = |font: Dictionary| {
        let descendants = get(&font, b"DescendantFonts");
        let descendant = &descendants.as_array().expect("a list")[0];
        let list = get(descendant.as_dict().expect("a font"), b"W");
        let list = &list.as_array().expect("a list")[1];
        list.as_array().expect("widths").iter().map(width).collect()
    };
    let names: Vec<Vec<u8>> = fonts.iter().map(|(name, _)| name.clone()).collect();
    names
        .into_iter()
        .map(|name| {
            let font = dict(get(&fonts, &name));
            (name, widths_of(font))
        })
        .collect()
}

/// The origin of every glyph of a page as a reader computes it, y down.
fn found(file: &lopdf::Document, page: lopdf::ObjectId, height: f64) -> Vec<Point> {
    let widths = widths(file, page);
    let content = Content::decode(&file.get_page_content(page)).expect("operators");
    let number = |object: &Object| f64::from(object.as_float().expect("a number"));
    let mut origins = Vec::new();
    let (mut line, mut pen, mut rise, mut size) = (Point::ZERO, 0.0, 0.0, 0.0);
    let mut font: &[f64] = &[];
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BT" => line = Point::ZERO,
            "Td" => {
                line = line + Point::new(number(&operands[0]), number(&operands[1]));
                pen = line.x;
            }
            "Tf" => {
                font = &widths[operands[0].as_name().expect("a name")];
                size = number(&operands[1]);
            }
            "Ts" => rise = number(&operands[0]),
            "TJ" => {
                for item in operands[0].as_array().expect("an array") {
                    match item.as_str() {
                        Ok(codes) => {
                            for code in codes.chunks_exact(2) {
                                let code = usize::from(u16::from_be_bytes([code[0], code[1]]));
                                origins.push(Point::new(pen, height - (line.y + rise)));
                                pen += font[code - 1] * size / 1000.0;
                            }
                        }
                        Err(_) => pen -= number(item) * size / 1000.0,
                    }
                }
            }
            _ => {}
        }
    }
    origins
}

#[test]
fn glyphs_stand_where_the_scene_has_them() {
    let fonts = Fonts::builtin();
    let mut count = 0;
    for document in [documents::composed(&fonts), documents::specimen(&fonts)] {
        let bytes = exhibit_pdf::write(&document, &fonts);
        let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
        for (index, id) in file.get_pages().into_values().enumerate() {
            let height = document.pages[index].frame.size.height;
            let (meant, found) = (meant(&document, index), found(&file, id, height));
            assert_eq!(meant.len(), found.len(), "page {}", index + 1);
            for (meant, found) in meant.iter().zip(&found) {
                let off = (meant.x - found.x).abs().max((meant.y - found.y).abs());
                assert!(off < 0.01, "page {}: {meant:?}, not {found:?}", index + 1);
            }
            count += found.len();
        }
    }
    assert!(count > 5000, "{count} glyphs were looked at");
}
