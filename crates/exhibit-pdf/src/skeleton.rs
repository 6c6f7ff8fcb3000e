//! What `printpdf` builds: the tree of pages with their sizes, the resources that all pages share, a font object for each
//! face, a shading for each fade, the catalog and the trailer.
//!
//! No other file names `printpdf`. The tree of objects that it hands out is completed by the other modules.

use std::collections::BTreeMap;

use exhibit_scene::number::{fixed, hundredths, length};
use exhibit_scene::{Color, FaceId, FaceInfo, Size};
use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, GradientStop, Op, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, Shading, ShadingGeometry, ShadingId,
    TextItem,
};

use crate::paint::{Fade, Fades};
use crate::resource;

/// How a TrueType program begins: all that `printpdf` needs to see of one.
const TRUE_TYPE: [u8; 4] = [0, 1, 0, 0];

/// A face as its font object describes it.
pub(crate) struct Described<'a> {
    pub(crate) id: FaceId,
    pub(crate) info: &'a FaceInfo,
    /// Six capitals that tell one subset of the face from another.
    pub(crate) tag: String,
}

/// The tree of objects that the rest is hung into.
pub(crate) struct Skeleton {
    pub(crate) document: Document,
    /// Pages, in the order of the document.
    pub(crate) pages: Vec<ObjectId>,
    /// Font objects, in the order of the faces.
    pub(crate) fonts: Vec<ObjectId>,
}

impl Skeleton {
    /// Builds empty pages of these sizes, with these faces and fades for their content to name.
    pub(crate) fn build<'a>(
        sizes: impl Iterator<Item = Size>,
        faces: impl Iterator<Item = &'a Described<'a>> + Clone,
        fades: &Fades,
    ) -> Self {
        // The information dictionary, which would have the title, is written anew.
        let mut skeleton = PdfDocument::new("");
        let fonts = &mut skeleton.resources.fonts.map;
        for face in faces.clone() {
            fonts.insert(FontId(resource::font(face.id)), PdfFont::new(font(face)));
        }
        let shadings = &mut skeleton.resources.shadings.map;
        for (number, fade) in fades.iter().enumerate() {
            shadings.insert(ShadingId(resource::fade(number)), shading(fade));
        }
        let mut shown = shown(faces.clone());
        let pages = sizes.map(|size| page(size, std::mem::take(&mut shown)));
        skeleton.with_pages(pages.collect());

        let options = PdfSaveOptions {
            optimize: false,
            // Fonts are subset already.
            subset_fonts: false,
            secure: true,
            image_optimization: None,
        };
        let mut warnings = Vec::new();
        let document = skeleton.to_lopdf_document(&options, &mut warnings);
        assert!(
            warnings.is_empty(),
            "the skeleton holds whole fonts and nothing else: {warnings:?}"
        );
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let names = shared_fonts(&document, pages[0]);
        let fonts = faces
            .map(|face| reference(names, resource::font(face.id).as_bytes()))
            .collect();
        Self {
            document,
            pages,
            fonts,
        }
    }
}

/// A page of a size in points, rounded to hundredths.
fn page(size: Size, ops: Vec<Op>) -> PdfPage {
    let side = |points: f64| Pt(single(length(hundredths(points))));
    let sheet = Rect::from_wh(side(size.width), side(size.height));
    PdfPage {
        media_box: sheet.clone(),
        trim_box: sheet.clone(),
        crop_box: sheet,
        ops,
    }
}

/// Operators that show a code of each face. A font that no operator shows would silently be left out.
fn shown<'a>(faces: impl Iterator<Item = &'a Described<'a>>) -> Vec<Op> {
    let mut shown = vec![Op::StartTextSection];
    for face in faces {
        let font = PdfFontHandle::External(FontId(resource::font(face.id)));
        let size = Pt(1.0);
        shown.push(Op::SetFont { font, size });
        let code = Codepoint::with_cid(1, 0.0, " ".to_owned());
        let items = vec![TextItem::GlyphIds(vec![code])];
        shown.push(Op::ShowText { items });
    }
    shown.push(Op::EndTextSection);
    shown
}

/// The name and the measures of a face. Neither its program nor its codes: `printpdf` would copy both several times over,
/// and `font` writes them.
fn font(face: &Described) -> ParsedFont {
    let info = face.info;
    let name = format!("{}+{}", face.tag, info.name);
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

/// An axial shading, held constant beyond both ends (ISO 32000-1, 8.7.4.5.3).
fn shading(fade: &Fade) -> Shading {
    let (from, to) = (fade.from, fade.to);
    let stop = |offset: f32, color: Color| GradientStop {
        offset,
        color: [color.r, color.g, color.b].map(channel),
    };
    Shading {
        geometry: ShadingGeometry::Axial {
            coords: [from.0, from.1, to.0, to.1].map(|hundredths| single(length(hundredths))),
        },
        stops: vec![stop(0.0, fade.start), stop(1.0, fade.end)],
        extend: (true, true),
    }
}

/// A channel of a colour from 0 to 1, to a thousandth.
fn channel(byte: u8) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a number of thousandths up to 1,000"
    )]
    let thousandths = fixed::<3>(f64::from(byte) / 255.0) as f32;
    thousandths / 1000.0
}

/// A length in points as `printpdf` keeps it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "32 bits are exact to a hundredth up to 100,000 points"
)]
fn single(length: f64) -> f32 {
    length as f32
}

/// The font objects by name, which all pages share.
fn shared_fonts(document: &Document, page: ObjectId) -> &Dictionary {
    let within = |dictionary: &Dictionary, key: &[u8]| {
        let id = dictionary.get(key).and_then(Object::as_reference);
        id.and_then(|id| document.get_dictionary(id))
    };
    document
        .get_dictionary(page)
        .and_then(|page| within(page, b"Resources"))
        .and_then(|resources| within(resources, b"Font"))
        .expect("the skeleton's pages share their resources")
}

/// The object that an entry of the skeleton refers to.
///
/// # Panics
/// When the dictionary has no such entry, or one that is no reference.
pub(crate) fn reference(dictionary: &Dictionary, key: &[u8]) -> ObjectId {
    let id = dictionary.get(key).and_then(Object::as_reference);
    id.unwrap_or_else(|_| {
        panic!(
            "the skeleton has a reference under {}",
            String::from_utf8_lossy(key)
        )
    })
}

/// A dictionary of the skeleton.
///
/// # Panics
/// When the object is none.
pub(crate) fn dictionary_of(document: &mut Document, id: ObjectId) -> &mut Dictionary {
    document
        .get_object_mut(id)
        .and_then(Object::as_dict_mut)
        .expect("the skeleton has a dictionary there")
}
