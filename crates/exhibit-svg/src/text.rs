//! Text as outlines: each glyph once, in font units, and a reference for every place it stands at.

use std::fmt::Write as _;

use exhibit_scene::number::{fixed, hundredths, push};
use exhibit_scene::{FaceId, Fonts, GlyphRun, Point};

use crate::{paint, path, tag, xml};

/// Outlines of glyphs, kept from picture to picture: the same letters stand in all of them.
pub(crate) struct Outlines<'a> {
    fonts: &'a Fonts,
    /// By face.
    known: Vec<Known>,
}

/// The glyphs of a face that some picture has used.
#[derive(Default)]
struct Known {
    /// By glyph, where it stands below, counted from 1; 0 for one not met yet. Every letter of a picture asks, and a
    /// list of a few kB answers at once where a map is searched.
    places: Vec<u16>,
    /// In the order of first use.
    outlines: Vec<Outline>,
}

/// A glyph, as it stands behind the picture's id.
struct Outline {
    glyph: u16,
    /// `-f1g36" d="m…z"/>` and a line end: the rest of its definition. Empty for a glyph that draws nothing.
    definition: String,
    /// How much of that is its name with the quotation mark, where it is placed: `-f1g36"`.
    name: usize,
    /// The picture at hand has it.
    used: bool,
}

impl<'a> Outlines<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            known: fonts.faces().map(|_| Known::default()).collect(),
        }
    }
}

impl Known {
    /// A glyph that the picture uses.
    fn used(&mut self, fonts: &Fonts, face: FaceId, glyph: u16) -> &Outline {
        let index = usize::from(glyph);
        if index >= self.places.len() {
            self.places.resize(index + 1, 0);
        }
        if self.places[index] == 0 {
            self.outlines.push(Outline::new(fonts, face, glyph));
            self.places[index] =
                u16::try_from(self.outlines.len()).expect("a face has at most 65,535 glyphs");
        }
        let outline = &mut self.outlines[usize::from(self.places[index]) - 1];
        outline.used = true;
        outline
    }

    /// What the picture at hand has to define.
    fn defined(&self) -> impl Iterator<Item = &Outline> {
        let used = self.outlines.iter().filter(|outline| outline.used);
        used.filter(|outline| outline.is_inked())
    }
}

impl Outline {
    fn new(fonts: &Fonts, face: FaceId, glyph: u16) -> Self {
        let data = path::outline(&fonts.outline(face, glyph));
        let (mut definition, mut name) = (String::new(), 0);
        if !data.is_empty() {
            definition.reserve_exact(data.len() + 24);
            // Glyph 36 of face 1.
            write!(definition, "-f{}g{glyph}\"", face.0).expect("a String takes all text");
            name = definition.len();
            definition.push_str(" d=\"");
            definition.push_str(&data);
            definition.push_str("\"/>\n");
        }
        Self {
            glyph,
            definition,
            name,
            used: false,
        }
    }

    /// A space draws nothing.
    fn is_inked(&self) -> bool {
        self.name > 0
    }
}

/// The glyphs that a picture has used so far.
pub(crate) struct Glyphs<'o, 'a> {
    outlines: &'o mut Outlines<'a>,
    /// The begin of an element that places a glyph, up to the glyph's own name.
    place: String,
}

impl<'o, 'a> Glyphs<'o, 'a> {
    /// None yet, of a picture named `id`.
    pub(crate) fn new(outlines: &'o mut Outlines<'a>, id: &str) -> Self {
        for known in &mut outlines.known {
            known.outlines.iter_mut().for_each(|one| one.used = false);
        }
        Self {
            outlines,
            place: format!("<use xlink:href=\"#{id}"),
        }
    }

    /// Writes a run whose baseline begins at `place` of the picture.
    ///
    /// Inside the run's group the unit is the font's, where a whole number is finer than any eye: 1/2048 em.
    pub(crate) fn run(&mut self, out: &mut String, run: &GlyphRun, place: Point) {
        let fonts = self.outlines.fonts;
        let unit = run.size / f64::from(fonts.face(run.face).units_per_em);
        out.push_str("<g transform=\"translate(");
        push::<2>(out, hundredths(place.x));
        out.push(' ');
        push::<2>(out, hundredths(place.y));
        out.push_str(") scale(");
        // The one length with more than two decimals: font units are small, and a run of 200,000 of them must still end
        // within a hundredth of a point.
        push::<8>(out, fixed::<8>(unit));
        out.push_str(")\"");
        paint::color(out, "fill", run.color);
        if let Some(lang) = run.lang {
            tag::language(out, lang);
        }
        xml::attribute(out, "data-text", &run.text);
        out.push('>');

        let known = &mut self.outlines.known[usize::from(run.face.0)];
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            let outline = known.used(fonts, run.face, glyph.id);
            if outline.is_inked() {
                out.push_str(&self.place);
                out.push_str(&outline.definition[..outline.name]);
                shift(out, " x=\"", (pen + f64::from(glyph.dx)) / unit);
                shift(out, " y=\"", f64::from(glyph.dy) / unit);
                out.push_str("/>");
            }
            pen += glyph.advance;
        }
        out.push_str("</g>\n");
    }

    /// True when nothing has to be defined.
    pub(crate) fn is_empty(&self) -> bool {
        let mut known = self.outlines.known.iter();
        known.all(|known| known.defined().next().is_none())
    }

    /// The definitions of a picture named `id`, in the pieces that they are put together from.
    ///
    /// Ordered by face and glyph, not by first use: a word more at the top of a chart must not rename every glyph below.
    pub(crate) fn define<'s>(&'s self, pieces: &mut Vec<&'s str>, id: &'s str) {
        for known in &self.outlines.known {
            let mut defined: Vec<&Outline> = known.defined().collect();
            defined.sort_unstable_by_key(|outline| outline.glyph);
            for outline in defined {
                pieces.extend(["<path id=\"", id, &outline.definition]);
            }
        }
    }
}

/// Writes a shift in whole font units, unless it is none.
fn shift(out: &mut String, start: &str, units: f64) {
    let units = fixed::<0>(units);
    if units != 0 {
        out.push_str(start);
        push::<0>(out, units);
        out.push('"');
    }
}
