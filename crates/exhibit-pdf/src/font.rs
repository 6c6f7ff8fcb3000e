//! The faces in use as embedded fonts: subset, with exact metrics (ISO 32000-1, 9.7; PDF/A-3, 6.2.11).

use std::collections::BTreeMap;

use exhibit_scene::{FaceInfo, Fonts};
use lopdf::{Dictionary, Document, Object};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, Pt,
    TextItem,
};

use crate::text::{Faces, Used, font_name};

/// Hands the faces to the skeleton, and gives the operators that make it write each of them: a font that no operator
/// shows would silently be left out.
pub(crate) fn hand_over(skeleton: &mut PdfDocument, faces: &Faces, fonts: &Fonts) -> Vec<Op> {
    let mut shown = vec![Op::StartTextSection];
    for (face, used) in faces.used() {
        let id = FontId(font_name(face));
        let font = PdfFont::new(subset(fonts.face(face), used));
        skeleton.resources.fonts.map.insert(id.clone(), font);
        let codes = (1..).zip(&used.glyphs);
        let glyphs = codes
            .map(|(code, coded)| Codepoint::with_cid(code, 0.0, coded.text().to_owned()))
            .collect();
        shown.push(Op::SetFont {
            font: PdfFontHandle::External(id),
            size: Pt(1.0),
        });
        shown.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(glyphs)],
        });
    }
    shown.push(Op::EndTextSection);
    shown
}

/// A face with only the glyphs in use.
fn subset(info: &FaceInfo, used: &Used) -> ParsedFont {
    let bytes = subsetter::subset(info.bytes, 0, &used.codes)
        .expect("the vendored faces can be subset, as every test that writes text shows");
    let name = format!("{}+{}", subset_tag(&bytes), info.name);
    let metrics = FontMetrics {
        ascent: info.ascent,
        descent: info.descent,
    };
    let mut font = ParsedFont::with_glyph_data(
        bytes,
        0,
        Some(name),
        BTreeMap::new(),
        BTreeMap::new(),
        info.units_per_em,
        metrics,
    );
    let stub = &mut font.pdf_font_metrics;
    [stub.x_min, stub.y_min, stub.x_max, stub.y_max] = info.bbox;
    stub.us_weight_class = info.weight;
    font
}

/// Six capitals that follow from the subset (ISO 32000-1, 9.6.4).
fn subset_tag(bytes: &[u8]) -> String {
    let digest = blake3::hash(bytes);
    digest.as_bytes()[..6]
        .iter()
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// Puts right what the skeleton says of a font only roughly: widths, height of capitals, slant, flags.
pub(crate) fn mend(document: &mut Document, faces: &Faces, fonts: &Fonts, names: &Dictionary) {
    for (face, used) in faces.used() {
        let info = fonts.face(face);
        let font = names
            .get(font_name(face).as_bytes())
            .and_then(Object::as_reference)
            .expect("the skeleton wrote every font that it was handed");
        let font = dictionary(document, font);
        let descendants = font
            .get_mut(b"DescendantFonts")
            .and_then(Object::as_array_mut)
            .expect("the skeleton writes composite fonts");
        let descendant = descendants[0]
            .as_dict_mut()
            .expect("the skeleton writes the descendant in place");
        let widths = used.glyphs.iter().map(|coded| coded.width.into()).collect();
        descendant.set("W", vec![1.into(), Object::Array(widths)]);
        let descriptor = descendant
            .get(b"FontDescriptor")
            .and_then(Object::as_reference)
            .expect("the skeleton writes a descriptor");
        let descriptor = dictionary(document, descriptor);
        let em = |units: i16| i64::from(units) * 1000 / i64::from(info.units_per_em);
        descriptor.set("CapHeight", em(info.cap_height));
        descriptor.set("XHeight", em(info.x_height));
        #[expect(clippy::cast_possible_truncation, reason = "an angle")]
        descriptor.set("ItalicAngle", info.italic_angle as f32);
        // Symbolic: its glyphs go beyond Latin (ISO 32000-1, table 123). Italic where it slants.
        let italic = if info.italic_angle == 0.0 { 0 } else { 1 << 6 };
        descriptor.set("Flags", (1 << 2) | italic);
    }
}

fn dictionary(document: &mut Document, id: lopdf::ObjectId) -> &mut Dictionary {
    document
        .get_object_mut(id)
        .and_then(Object::as_dict_mut)
        .expect("the skeleton writes fonts and descriptors as dictionaries")
}
