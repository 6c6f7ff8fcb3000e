//! The faces in use as embedded fonts: subset, with exact metrics (ISO 32000-1, 9.7; PDF/A-3, 6.2.11).

use exhibit_scene::Fonts;
use lopdf::{Dictionary, Object, dictionary};

use crate::file::Streams;
use crate::object::push_whole;
use crate::skeleton::{Described, Skeleton, dictionary_of, reference};
use crate::string::push_hex;
use crate::text::{Faces, Used};

/// A face cut down to the glyphs in use.
pub(crate) struct Subset<'a> {
    pub(crate) face: Described<'a>,
    used: &'a Used,
    program: Vec<u8>,
}

/// Cuts the faces in use down to their glyphs, in the order of ids.
pub(crate) fn subsets<'a>(faces: &'a Faces, fonts: &'a Fonts) -> Vec<Subset<'a>> {
    let subset = |(id, used): (_, &'a Used)| {
        let info = fonts.face(id);
        let program = subsetter::subset(info.bytes, 0, &used.codes)
            .expect("the vendored faces can be subset, as every test that writes text shows");
        let tag = subset_tag(&program);
        Subset {
            face: Described { id, info, tag },
            used,
            program,
        }
    };
    faces.used().map(subset).collect()
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
pub(crate) fn embed(skeleton: &mut Skeleton, streams: &mut Streams, subsets: &[Subset]) {
    let document = &mut skeleton.document;
    for (subset, object) in subsets.iter().zip(&skeleton.fonts) {
        let Subset {
            face,
            used,
            program,
        } = subset;
        let info = face.info;
        let font = dictionary_of(document, *object);
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
