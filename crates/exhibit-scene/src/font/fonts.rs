//! The faces of a build, and text shaped with them.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::choose::{self, Family};
use super::face::{self, Face, FaceInfo};
use super::memory::Memory;
use super::plan::{Key, Unit};
use super::shaped::Shaped;
use super::style::{FaceId, Metrics, MissingGlyph, TextStyle};
use crate::frame::{Glyph, GlyphRun};
use crate::paint::Segment;

/// Faces of a build, and a memory of the texts that were shaped with them.
///
/// The memory changes speed, never results. One value serves all threads.
pub struct Fonts {
    faces: Vec<Face>,
    memory: Mutex<Memory>,
}

impl Fonts {
    /// Faces inside the binary: Inter, and a subset of Noto Sans SC.
    #[must_use]
    pub fn builtin() -> Self {
        Self {
            faces: face::builtin(),
            memory: Mutex::default(),
        }
    }

    /// True when the character can be set in every style, because all faces of one family have it. White space, line ends and
    /// characters without ink always can.
    ///
    /// ```
    /// let fonts = exhibit_scene::Fonts::builtin();
    /// assert!(fonts.covers('é') && fonts.covers('小') && !fonts.covers('\u{1F600}'));
    /// ```
    #[must_use]
    pub fn covers(&self, ch: char) -> bool {
        let (latin, han) = self.faces.split_at(choose::FIRST_HAN);
        let all = |faces: &[Face]| faces.iter().all(|face| face.glyph(ch).is_some());
        choose::is_inkless(ch) || all(latin) || all(han)
    }

    /// Shapes one line. Line ends in the text are set as spaces.
    ///
    /// ```
    /// use exhibit_scene::{Fonts, Theme};
    /// let shaped = Fonts::builtin().shape("> 10,000", &Theme::standard().text(8.0)).unwrap();
    /// assert_eq!(shaped.runs[0].1.glyphs.len(), 8);
    /// assert_eq!(shaped.width, shaped.runs[0].1.width());
    /// ```
    ///
    /// # Errors
    /// The first character that no face has.
    pub fn shape(&self, text: &str, style: &TextStyle) -> Result<Shaped, MissingGlyph> {
        self.shape_part(text, 0..text.len(), style)
    }

    /// Shapes a part of a longer text, for stretches of several styles in one sentence. Faces of quotation marks and
    /// dashes are chosen by their neighbours in the whole text. Kerning does not cross the part's ends.
    ///
    /// ```
    /// use exhibit_scene::{Fonts, Theme};
    /// let (fonts, style) = (Fonts::builtin(), Theme::standard().text(8.0));
    /// let word = fonts.shape_part("sold in June", 0..4, &style).unwrap();
    /// assert_eq!(word, fonts.shape("sold", &style).unwrap());
    /// ```
    ///
    /// # Errors
    /// The first character of the part that no face has.
    ///
    /// # Panics
    /// When `part` is not on character boundaries of `text`.
    pub fn shape_part(
        &self,
        text: &str,
        part: Range<usize>,
        style: &TextStyle,
    ) -> Result<Shaped, MissingGlyph> {
        let families = self.families(text, part, style)?;
        let mut shaped = Shaped {
            runs: Vec::with_capacity(families.len()),
            width: 0.0,
        };
        for (range, family) in families {
            let run = self.run(&text[range], family, style);
            let width = run.width();
            shaped.runs.push((shaped.width, run));
            shaped.width += width;
        }
        Ok(shaped)
    }

    /// Vertical metrics of the Latin face that a style asks for, as shares of the em.
    #[must_use]
    pub fn metrics(&self, style: &TextStyle) -> Metrics {
        let info = self.face(choose::face_id(Family::Latin, style));
        let share = |units: i16| f64::from(units) / f64::from(info.units_per_em);
        Metrics {
            ascent: share(info.ascent),
            descent: -share(info.descent),
            cap_height: share(info.cap_height),
            x_height: share(info.x_height),
        }
    }

    /// Font units in one em of a face: the scale of [`Fonts::outline`] and [`Fonts::advance`].
    ///
    /// # Panics
    /// When the fonts have no such face.
    #[must_use]
    pub fn units_per_em(&self, face: FaceId) -> f64 {
        f64::from(self.face(face).units_per_em)
    }

    /// Outline of a glyph in font units, y up. Empty for a glyph without ink, and for a number that no glyph has.
    ///
    /// # Panics
    /// When the fonts have no such face.
    #[must_use]
    pub fn outline(&self, face: FaceId, glyph: u16) -> Vec<Segment> {
        self.faces[usize::from(face.0)].outline(glyph)
    }

    /// Names, measures and bytes of a face.
    ///
    /// ```
    /// use exhibit_scene::{FaceId, Fonts};
    /// assert_eq!(Fonts::builtin().face(FaceId(0)).name, "Inter-Regular");
    /// ```
    ///
    /// # Panics
    /// When the fonts have no such face.
    #[must_use]
    pub fn face(&self, face: FaceId) -> &FaceInfo {
        &self.faces[usize::from(face.0)].info
    }

    /// All faces with their ids, in the order of ids.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &FaceInfo)> {
        (0_u8..)
            .map(FaceId)
            .zip(self.faces.iter().map(|face| &face.info))
    }

    /// Glyph of a character by the face's character map alone, without shaping. `None` where the face lacks the character.
    ///
    /// # Panics
    /// When the fonts have no such face.
    #[must_use]
    pub fn glyph(&self, face: FaceId, ch: char) -> Option<u16> {
        self.faces[usize::from(face.0)].glyph(ch)
    }

    /// Advance of a glyph in font units, without kerning.
    ///
    /// # Panics
    /// When the fonts have no such face.
    #[must_use]
    pub fn advance(&self, face: FaceId, glyph: u16) -> i32 {
        self.faces[usize::from(face.0)].advance(glyph)
    }

    /// Cuts a part of a text into stretches of one family each: see [`choose::families`].
    pub(super) fn families(
        &self,
        text: &str,
        part: Range<usize>,
        style: &TextStyle,
    ) -> Result<Vec<(Range<usize>, Family)>, MissingGlyph> {
        choose::families(&self.faces, text, part, style)
    }

    /// One run of one family at the style's size.
    fn run(&self, text: &str, family: Family, style: &TextStyle) -> GlyphRun {
        let units = self.units(text, family, style);
        GlyphRun {
            face: choose::face_id(family, style),
            size: style.size,
            color: style.color,
            text: Arc::from(text),
            glyphs: self.scale(&units, family, style).collect(),
            lang: choose::run_lang(family, style),
        }
    }

    /// The glyphs of a text of one family, in font units.
    pub(super) fn units(&self, text: &str, family: Family, style: &TextStyle) -> Arc<[Unit]> {
        let face = choose::face_id(family, style);
        let key = Key {
            face,
            family,
            lang: choose::shaping_lang(family, style),
            tabular: style.tabular,
        };
        // A panic elsewhere cannot leave the memory half written: the memory only ever grows by finished entries.
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.units(&self.faces[usize::from(face.0)], key, text)
    }

    /// Glyphs at the style's size, with its tracking.
    pub(super) fn scale<'u>(
        &self,
        units: &'u [Unit],
        family: Family,
        style: &TextStyle,
    ) -> impl Iterator<Item = Glyph> + use<'u> {
        let em = f64::from(self.face(choose::face_id(family, style)).units_per_em);
        let (size, tracking) = (style.size, style.tracking * style.size);
        // Nearly every shift is none, and a division takes longer than everything else here.
        let points = move |value: i32| {
            if value == 0 {
                0.0
            } else {
                f64::from(value) * size / em
            }
        };
        units.iter().enumerate().map(move |(index, unit)| {
            let ends_cluster = || {
                let next = units.get(index + 1);
                next.is_none_or(|next| next.cluster != unit.cluster)
            };
            let tracking = if tracking != 0.0 && unit.advance != 0 && ends_cluster() {
                tracking
            } else {
                0.0
            };
            Glyph {
                id: unit.id,
                cluster: unit.cluster,
                advance: points(unit.advance) + tracking,
                dx: points(unit.dx) as f32,
                dy: points(-unit.dy) as f32,
            }
        })
    }
}
