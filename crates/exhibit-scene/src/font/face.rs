//! The faces inside the binary. `fonts/README.md` says where they come from.

use std::sync::OnceLock;

use harfrust::font::Font;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{GlyphId, ShaperFont};

use super::kerning::Kerning;
use crate::geom::Point;
use crate::paint::Segment;

/// Names, measures and bytes of a face. Lengths are in font units, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceInfo {
    /// PostScript name: `"Inter-Regular"`.
    pub name: &'static str,
    /// Family: `"Inter"`.
    pub family: &'static str,
    /// Whole font file, with TrueType outlines.
    pub bytes: &'static [u8],
    /// Font units in an em.
    pub units_per_em: u16,
    /// Top of the line above the baseline.
    pub ascent: i16,
    /// Bottom of the line below the baseline, negative.
    pub descent: i16,
    /// Height of capitals.
    pub cap_height: i16,
    /// Height of an x.
    pub x_height: i16,
    /// Box around all glyphs: left, bottom, right, top.
    pub bbox: [i16; 4],
    /// Slant in degrees, counted anticlockwise from upright: 0 for an upright face, below 0 for an italic.
    pub italic_angle: f64,
    /// Weight of the strokes: 400, 600 or 700.
    pub weight: u16,
}

/// What is known of a face's contextual rules: which characters change the glyphs of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContextualRules {
    /// The rules of Inter 4, which `pairs` knows.
    Inter,
    /// Nothing: the shaper must see every text whole.
    Unknown,
}

/// A face, parsed.
pub(super) struct Face {
    pub(super) info: FaceInfo,
    pub(super) rules: ContextualRules,
    font: Font,
    /// Read when a pair is first asked for.
    kerning: OnceLock<Kerning>,
}

/// All faces; the order gives their ids, which `choose::face_id` relies on.
pub(super) fn builtin() -> Vec<Face> {
    macro_rules! font {
        ($file:literal) => {
            include_bytes!(concat!("../../fonts/", $file))
        };
    }
    let inter =
        |name, weight, bytes| Face::new(name, "Inter", weight, bytes, ContextualRules::Inter);
    let noto = |name, weight, bytes| {
        Face::new(
            name,
            "Noto Sans SC",
            weight,
            bytes,
            ContextualRules::Unknown,
        )
    };
    vec![
        inter("Inter-Regular", 400, font!("Inter-Regular.ttf")),
        inter("Inter-Italic", 400, font!("Inter-Italic.ttf")),
        inter("Inter-SemiBold", 600, font!("Inter-SemiBold.ttf")),
        inter("Inter-Bold", 700, font!("Inter-Bold.ttf")),
        noto(
            "NotoSansSC-Regular",
            400,
            font!("NotoSansSC-Regular-GB2312.ttf"),
        ),
        noto(
            "NotoSansSC-SemiBold",
            600,
            font!("NotoSansSC-SemiBold-GB2312.ttf"),
        ),
    ]
}

impl Face {
    pub(super) fn new(
        name: &'static str,
        family: &'static str,
        weight: u16,
        bytes: &'static [u8],
        rules: ContextualRules,
    ) -> Self {
        let font = Font::new(bytes, 0).expect("the vendored faces are fonts");
        let metrics = *font.metrics();
        let unit = |value: i32| {
            i16::try_from(value).expect("font units of the vendored faces fit 16 bits")
        };
        let line = metrics.hhea_line.expect("the vendored faces have hhea");
        let info = FaceInfo {
            name,
            family,
            bytes,
            units_per_em: metrics.units_per_em,
            ascent: unit(line.ascender.to_i32()),
            descent: unit(line.descender.to_i32()),
            cap_height: unit(
                metrics
                    .cap_height
                    .expect("the vendored faces have OS/2 2 or later")
                    .to_i32(),
            ),
            x_height: unit(
                metrics
                    .x_height
                    .expect("the vendored faces have OS/2 2 or later")
                    .to_i32(),
            ),
            bbox: [
                metrics.bounds.x_min,
                metrics.bounds.y_min,
                metrics.bounds.x_max,
                metrics.bounds.y_max,
            ]
            .map(|value| unit(value.to_i32())),
            italic_angle: font
                .style_metrics()
                .italic_angle
                .map_or(0.0, |angle| angle.to_f64()),
            weight,
        };
        Self {
            info,
            rules,
            font,
            kerning: OnceLock::new(),
        }
    }

    /// The font, for making plans.
    pub(super) fn font(&self) -> &Font {
        &self.font
    }

    /// The font, for shaping.
    pub(super) fn shaper(&self) -> ShaperFont<'_, '_> {
        ShaperFont::new(&self.font)
    }

    /// The kerning of its pairs.
    pub(super) fn kerning(&self) -> &Kerning {
        self.kerning.get_or_init(|| {
            Kerning::new(self.info.bytes).expect("the vendored faces have a sound GPOS table")
        })
    }

    /// The glyph of a character; `None` rather than `.notdef`.
    pub(super) fn glyph(&self, ch: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(ch)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }

    /// Advance in font units.
    pub(super) fn advance(&self, glyph: u16) -> i32 {
        self.font
            .glyph_metrics()
            .h_advance_exact(GlyphId::from(glyph))
            .to_i32()
    }

    /// Outline in font units, y up.
    pub(super) fn outline(&self, glyph: u16) -> Vec<Segment> {
        let mut pen = Pen::default();
        if let Some(outline) = self.font.outline_glyphs().get(GlyphId::from(glyph)) {
            outline
                .draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen)
                .expect("the vendored faces have sound outlines");
        }
        pen.segments
    }
}

/// Collects an outline; quadratic curves become cubic ones.
#[derive(Default)]
struct Pen {
    segments: Vec<Segment>,
    at: Point,
}

impl Pen {
    fn point(x: f32, y: f32) -> Point {
        Point::new(f64::from(x), f64::from(y))
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.segments.push(Segment::Move(self.at));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.segments.push(Segment::Line(self.at));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        // The cubic with the same shape has its control points two thirds of the way to the quadratic's one.
        let (control, end) = (Self::point(cx0, cy0), Self::point(x, y));
        let toward = |from: Point| {
            Point::new(
                from.x + (control.x - from.x) * 2.0 / 3.0,
                from.y + (control.y - from.y) * 2.0 / 3.0,
            )
        };
        self.segments
            .push(Segment::Cubic(toward(self.at), toward(end), end));
        self.at = end;
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.at = Self::point(x, y);
        self.segments.push(Segment::Cubic(
            Self::point(cx0, cy0),
            Self::point(cx1, cy1),
            self.at,
        ));
    }

    fn close(&mut self) {
        self.segments.push(Segment::Close);
    }
}
