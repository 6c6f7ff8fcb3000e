//! Text as outlines: each glyph once, in font units, and a reference for every place it stands at.

use std::collections::BTreeMap;
use std::rc::Rc;

use exhibit_scene::{FaceId, Fonts, GlyphRun, Point};

use crate::number::{hundredths, push_factor, push_hundredths, push_whole, whole};
use crate::{paint, path, tag, xml};

/// Path data of glyphs, kept from picture to picture: the same letters stand in all of them.
pub(crate) struct Outlines<'a> {
    pub(crate) fonts: &'a Fonts,
    data: BTreeMap<(FaceId, u16), Rc<str>>,
}

impl<'a> Outlines<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            data: BTreeMap::new(),
        }
    }

    fn of(&mut self, face: FaceId, glyph: u16) -> Rc<str> {
        let data = self
            .data
            .entry((face, glyph))
            .or_insert_with(|| path::outline(&self.fonts.outline(face, glyph)).into());
        Rc::clone(data)
    }
}

/// What stands before a glyph's id where it is placed.
const PLACE: &str = "<use xlink:href=\"#";

/// The glyphs that a picture has used so far, each with its path data.
///
/// Ordered by face and glyph, not by first use: a word more at the top of a chart must not rename every glyph below.
pub(crate) struct Glyphs<'o, 'a> {
    outlines: &'o mut Outlines<'a>,
    used: BTreeMap<(FaceId, u16), Used>,
}

/// A glyph of a picture.
struct Used {
    data: Rc<str>,
    /// The begin of the element that places it, up to its id.
    place: String,
}

impl<'o, 'a> Glyphs<'o, 'a> {
    pub(crate) fn new(outlines: &'o mut Outlines<'a>) -> Self {
        Self {
            outlines,
            used: BTreeMap::new(),
        }
    }

    /// True when nothing has to be defined.
    pub(crate) fn is_empty(&self) -> bool {
        self.used.values().all(|glyph| glyph.data.is_empty())
    }

    /// Writes a run whose baseline begins at `place` of the picture.
    ///
    /// Inside the run's group the unit is the font's, where a whole number is finer than any eye: 1/2048 em.
    pub(crate) fn run(&mut self, out: &mut String, run: &GlyphRun, place: Point, id: &str) {
        let unit = run.size / f64::from(self.outlines.fonts.face(run.face).units_per_em);
        out.push_str("<g transform=\"translate(");
        push_hundredths(out, hundredths(place.x));
        out.push(' ');
        push_hundredths(out, hundredths(place.y));
        out.push_str(") scale(");
        push_factor(out, unit);
        out.push_str(")\"");
        paint::color(out, "fill", run.color);
        if let Some(lang) = run.lang {
            tag::language(out, lang);
        }
        xml::attribute(out, "data-text", &run.text);
        out.push('>');

        let mut pen = 0.0;
        for glyph in &run.glyphs {
            let used = self
                .used
                .entry((run.face, glyph.id))
                .or_insert_with(|| Used {
                    data: self.outlines.of(run.face, glyph.id),
                    place: format!("{PLACE}{}\"", name(id, run.face, glyph.id)),
                });
            // A space draws nothing.
            if !used.data.is_empty() {
                out.push_str(&used.place);
                shift(out, " x=\"", (pen + glyph.dx) / unit);
                shift(out, " y=\"", glyph.dy / unit);
                out.push_str("/>");
            }
            pen += glyph.advance;
        }
        out.push_str("</g>\n");
    }

    /// Writes the definitions.
    pub(crate) fn write(&self, out: &mut String, id: &str) {
        for ((face, glyph), used) in &self.used {
            if !used.data.is_empty() {
                out.push_str("<path id=\"");
                out.push_str(&name(id, *face, *glyph));
                out.push_str("\" d=\"");
                out.push_str(&used.data);
                out.push_str("\"/>\n");
            }
        }
    }
}

/// Writes a shift in whole font units, unless it is none.
fn shift(out: &mut String, start: &str, units: f64) {
    let units = whole(units);
    if units != 0 {
        out.push_str(start);
        push_whole(out, units);
        out.push('"');
    }
}

/// A glyph's id: `deliveries-f1g36` is glyph 36 of face 1.
fn name(id: &str, face: FaceId, glyph: u16) -> String {
    format!("{id}-f{}g{glyph}", face.0)
}
