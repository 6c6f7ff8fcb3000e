//! Faces and shaped text. Text is shaped once, here; backends receive glyphs and advances.
//!
//! [`Fonts`] holds the faces of a build: Inter for Latin, Greek and Cyrillic, and a cut of Noto Sans SC for Chinese. The
//! face of a character follows from the style, the character and its neighbours (`choose`); a character that no face has
//! is an error, never a box and never another font of the machine.
//!
//! ```
//! use exhibit_scene::{Fonts, Theme};
//! let fonts = Fonts::builtin();
//! let style = Theme::standard().text(8.0);
//! let shaped = fonts.shape("SU7 小米", &style).unwrap();
//! assert_eq!(shaped.runs.len(), 2, "one run of Inter, one of Noto Sans SC");
//! assert!(fonts.shape("\u{1F600}", &style).is_err());
//! ```
//!
//! Reading order: this file, `face`, `choose`, `memory`, `pairs`, `kerning`, `lines`.

mod choose;
mod face;
mod kerning;
mod lines;
mod memory;
mod pairs;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

pub use face::FaceInfo;

use crate::frame::{Glyph, GlyphRun};
use crate::paint::{Color, Segment};
use choose::Family;
use face::Face;
use memory::{Memory, Unit};

/// A face of [`Fonts`], by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u8);

/// How bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
    /// 700. Chinese is set in 600.
    Bold,
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// How bold.
    pub weight: Weight,
    /// Slanted. Only regular Latin has a slanted face: what is bold or Chinese stays upright.
    pub italic: bool,
    /// Em size in points.
    pub size: f64,
    /// Ink.
    pub color: Color,
    /// Figures of one width, for columns of numbers.
    pub tabular: bool,
    /// Extra space after each cluster of glyphs, in em; after the last one too, so that widths add up.
    pub tracking: f64,
    /// BCP 47 language of the text (`"en"`, `"de"`, `"zh-Hans"`).
    pub lang: &'static str,
}

/// One line of text, shaped.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Shaped {
    /// Runs with their left end in points, in reading order.
    pub runs: Vec<(f64, GlyphRun)>,
    /// Sum of all advances in points.
    pub width: f64,
}

/// A character that no face has. Never drawn as a box: it is an error that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingGlyph(pub char);

impl std::fmt::Display for MissingGlyph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no face has the character {:?} (U+{:04X})",
            self.0,
            u32::from(self.0)
        )
    }
}

impl std::error::Error for MissingGlyph {}

/// Vertical metrics of a face, as shares of the em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Above the baseline.
    pub ascent: f64,
    /// Below the baseline, positive.
    pub descent: f64,
    /// Height of capitals.
    pub cap_height: f64,
    /// Height of an x.
    pub x_height: f64,
}

/// The faces of a build, and the memory of what was shaped with them. The memory changes speed, never results; one value
/// serves all threads.
pub struct Fonts {
    faces: Vec<Face>,
    memory: Mutex<Memory>,
}

impl Fonts {
    /// The faces inside the binary: Inter and a subset of Noto Sans SC.
    #[must_use]
    pub fn builtin() -> Self {
        Self {
            faces: face::builtin(),
            memory: Mutex::default(),
        }
    }

    /// True when the character can be set in every style: all faces of one family have it (white space, line ends and
    /// characters without ink count as had).
    #[must_use]
    pub fn covers(&self, ch: char) -> bool {
        let (latin, han) = self.faces.split_at(choose::FIRST_HAN);
        let all = |faces: &[Face]| faces.iter().all(|face| face.glyph(ch).is_some());
        choose::is_inkless(ch) || all(latin) || all(han)
    }

    /// Shapes one line. Line ends in the text are set as spaces.
    ///
    /// # Errors
    /// A character that no face has.
    pub fn shape(&self, text: &str, style: &TextStyle) -> Result<Shaped, MissingGlyph> {
        self.shape_part(text, 0..text.len(), style)
    }

    /// Shapes a part of a longer text, for stretches of several styles in one sentence. Faces of quotation marks and
    /// dashes are chosen by their neighbours in the whole text. Kerning does not cross the part's ends.
    ///
    /// # Errors
    /// A character in the part that no face has.
    ///
    /// # Panics
    /// When `part` is not on character boundaries of `text`.
    pub fn shape_part(
        &self,
        text: &str,
        part: Range<usize>,
        style: &TextStyle,
    ) -> Result<Shaped, MissingGlyph> {
        let families = choose::families(self, text, part, style)?;
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

    /// Vertical metrics of the Latin face that a style asks for.
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

    /// Font units in one em of a face: the scale of [`Fonts::outline`].
    #[must_use]
    pub fn units_per_em(&self, face: FaceId) -> f64 {
        f64::from(self.face(face).units_per_em)
    }

    /// Outline of a glyph in font units, y up. Empty for a glyph without ink.
    #[must_use]
    pub fn outline(&self, face: FaceId, glyph: u16) -> Vec<Segment> {
        self.faces[usize::from(face.0)].outline(glyph)
    }

    /// What a face is called and measures, and its bytes.
    ///
    /// ```
    /// use exhibit_scene::{FaceId, Fonts};
    /// assert_eq!(Fonts::builtin().face(FaceId(0)).name, "Inter-Regular");
    /// ```
    #[must_use]
    pub fn face(&self, face: FaceId) -> &FaceInfo {
        &self.faces[usize::from(face.0)].info
    }

    /// Every face with its id, in the order of ids.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &FaceInfo)> {
        (0_u8..)
            .map(FaceId)
            .zip(self.faces.iter().map(|face| &face.info))
    }

    /// The glyph of a character by the face's character map alone, without shaping.
    #[must_use]
    pub fn glyph(&self, face: FaceId, ch: char) -> Option<u16> {
        self.faces[usize::from(face.0)].glyph(ch)
    }

    /// Advance of a glyph in font units, without kerning.
    #[must_use]
    pub fn advance(&self, face: FaceId, glyph: u16) -> i32 {
        self.faces[usize::from(face.0)].advance(glyph)
    }

    /// Width of one line: what [`Fonts::shape`] would say, without a run being made.
    fn measure(&self, text: &str, style: &TextStyle) -> Result<f64, MissingGlyph> {
        let families = choose::families(self, text, 0..text.len(), style)?;
        let mut width = 0.0;
        for (range, family) in families {
            let units = self.units(&text[range], family, style);
            width += self
                .scale(&units, family, style)
                .map(|glyph| glyph.advance)
                .sum::<f64>();
        }
        Ok(width)
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
    fn units(&self, text: &str, family: Family, style: &TextStyle) -> Arc<[Unit]> {
        let face = choose::face_id(family, style);
        let key = memory::Key {
            face,
            lang: choose::shaping_lang(family, style),
            tabular: style.tabular,
        };
        // A panic elsewhere cannot leave the memory half written: it only ever grows by finished entries.
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.run(&self.faces[usize::from(face.0)], family, key, text)
    }

    /// Glyphs at the style's size, with its tracking.
    fn scale<'u>(
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
