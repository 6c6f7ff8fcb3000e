//! The faces in use as embedded fonts: subset, with exact metrics (ISO 32000-1, 9.7; PDF/A-3, 6.2.11).

use std::collections::BTreeMap;

use exhibit_scene::{FaceInfo, Fonts};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use printpdf::{
    Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, Pt,
    TextItem,
};

use crate::file::Streams;
use crate::object::push_whole;
use crate::resource;
use crate::string::push_hex;
use crate::text::{Faces, Used};

/// How a TrueType program begins: what the skeleton needs to see of one.
const TRUE_TYPE: [u8; 4] = [0, 1, 0, 0];

/// Hands the faces to the skeleton, and gives their programs and the operators that make it write each of them: a font that
/// no operator shows would silently be left out.
///
/// The skeleton gets one code of each face and none of its program: it would copy both several times over, and `embed`
/// writes them.
pub(crate) fn hand_over(
    skeleton: &mut PdfDocument,
    faces: &Faces,
    fonts: &Fonts,
) -> (Vec<Vec<u8>>, Vec<Op>) {
    let mut programs = Vec::new();
    let mut shown = vec![Op::StartTextSection];
    for (face, used) in faces.used() {
        let id = FontId(resource::font(face));
        let info = fonts.face(face);
        let program = subsetter::subset(info.bytes, 0, &used.codes)
            .expect("the vendored faces can be subset, as every test that writes text shows");
        let font = PdfFont::new(described(info, &subset_tag(&program)));
        programs.push(program);
        skeleton.resources.fonts.map.insert(id.clone(), font);
        shown.push(Op::SetFont {
            font: PdfFontHandle::External(id),
            size: Pt(1.0),
        });
        shown.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(vec![Codepoint::with_cid(
                1,
                0.0,
                " ".to_owned(),
            )])],
        });
    }
    shown.push(Op::EndTextSection);
    (programs, shown)
}

/// What the skeleton writes of a face: its name and its measures.
fn described(info: &FaceInfo, tag: &str) -> ParsedFont {
    let name = format!("{tag}+{}", info.name);
    let metrics = FontMetrics {
        ascent: info.ascent,
        descent: info.descent,
    };
    let mut font = ParsedFont::with_glyph_data(
        TRUE_TYPE.to_vec(),
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

/// Writes the programs of the fonts and what their codes say, and puts right what the skeleton says of a font only roughly:
/// widths, height of capitals, slant, flags.
pub(crate) fn embed(
    document: &mut Document,
    streams: &mut Streams,
    faces: &Faces,
    fonts: &Fonts,
    (names, programs): (&Dictionary, &[Vec<u8>]),
) {
    for ((face, used), program) in faces.used().zip(programs) {
        let info = fonts.face(face);
        let font = reference(names, resource::font(face).as_bytes());
        let font = dictionary_of(document, font);
        let texts = reference(font, b"ToUnicode");
        let descendants = font
            .get_mut(b"DescendantFonts")
            .and_then(Object::as_array_mut)
            .expect("the skeleton writes composite fonts");
        let descendant = descendants[0]
            .as_dict_mut()
            .expect("the skeleton writes the descendant in place");
        let widths = used.glyphs.iter().map(|coded| coded.width.into()).collect();
        descendant.set("W", vec![1.into(), Object::Array(widths)]);
        let descriptor = reference(descendant, b"FontDescriptor");
        let descriptor = dictionary_of(document, descriptor);
        let em = |units: i16| i64::from(units) * 1000 / i64::from(info.units_per_em);
        descriptor.set("CapHeight", em(info.cap_height));
        descriptor.set("XHeight", em(info.x_height));
        #[expect(clippy::cast_possible_truncation, reason = "an angle")]
        descriptor.set("ItalicAngle", info.italic_angle as f32);
        // Symbolic: its glyphs go beyond Latin (ISO 32000-1, table 123). Italic where it slants.
        let italic = if info.italic_angle == 0.0 { 0 } else { 1 << 6 };
        descriptor.set("Flags", (1 << 2) | italic);
        let file = reference(descriptor, b"FontFile2");

        let length = i64::try_from(program.len()).expect("fewer than 2^63 bytes");
        streams.replace(
            document,
            file,
            &dictionary! { "Length1" => length },
            program,
        );
        streams.replace(document, texts, &Dictionary::new(), &to_unicode(used));
    }
}

/// What each code of a font says (ISO 32000-1, 9.10.3), at most a hundred in one list.
fn to_unicode(used: &Used) -> Vec<u8> {
    let mut out = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
        /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        .to_vec();
    let mut codes = 1_u16..;
    for coded in used.glyphs.chunks(100) {
        push_whole(&mut out, coded.len());
        out.extend_from_slice(b" beginbfchar\n");
        for (coded, code) in coded.iter().zip(&mut codes) {
            out.push(b'<');
            push_hex(&mut out, &code.to_be_bytes());
            out.extend_from_slice(b"> <");
            for unit in coded.text().encode_utf16() {
                push_hex(&mut out, &unit.to_be_bytes());
            }
            out.extend_from_slice(b">\n");
        }
        out.extend_from_slice(b"endbfchar\n");
    }
    out.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    out
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> ObjectId {
    dictionary
        .get(key)
        .and_then(Object::as_reference)
        .expect("the skeleton writes each font with its program, its descriptor and its texts")
}

fn dictionary_of(document: &mut Document, id: ObjectId) -> &mut Dictionary {
    document
        .get_object_mut(id)
        .and_then(Object::as_dict_mut)
        .expect("the skeleton writes fonts and descriptors as dictionaries")
}
