//! The shaper: one text of one face to glyphs in font units.

use harfrust::{Buffer, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, Tag};

use super::choose::Family;
use super::face::Face;
use super::style::FaceId;

/// What the glyphs of a text depend on, apart from the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) face: FaceId,
    pub(super) family: Family,
    pub(super) lang: &'static str,
    pub(super) tabular: bool,
}

/// A glyph in font units, y up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) id: u16,
    pub(super) cluster: u32,
    pub(super) advance: i32,
    pub(super) dx: i32,
    pub(super) dy: i32,
}

/// Features that a plan applies, apart from tabular figures, which the key names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Features {
    /// The shaper's defaults.
    All,
    /// The defaults without `kern`.
    AllButKerning,
}

/// A plan of the shaper, and the features that the plan was made for.
pub(super) struct Plan {
    plan: ShapePlan,
    features: Vec<Feature>,
    script: Script,
}

impl Plan {
    pub(super) fn new(face: &Face, key: Key, features: Features) -> Self {
        let tabular = key.tabular.then(|| Feature::new(Tag::new(b"tnum"), 1, ..));
        let unkerned = features == Features::AllButKerning;
        let unkerned = unkerned.then(|| Feature::new(Tag::new(b"kern"), 0, ..));
        let features: Vec<Feature> = tabular.into_iter().chain(unkerned).collect();
        let script = key.family.script();
        let plan = ShapePlan::new(
            face.font(),
            Direction::LeftToRight,
            Some(script),
            Language::new(key.lang).as_ref(),
            &features,
        );
        Self {
            plan,
            features,
            script,
        }
    }

    /// The glyphs of a text.
    ///
    /// # Panics
    /// When the face lacks a character that has ink.
    pub(super) fn shape(&self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        buffer.clear();
        for (at, ch) in text.char_indices() {
            // Tabs and line ends have no glyph of their own; as text they are spaces. The shaper itself makes the other
            // spaces from this one and hides formatting characters.
            let ch = if ch.is_control() || matches!(ch, '\u{1680}' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                ch
            };
            let cluster = u32::try_from(at).expect("a line is shorter than 4 GB");
            buffer.push(u32::from(ch), cluster);
        }
        // Direction and script are given, not guessed: they must be the plan's.
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(self.script));
        harfrust::shape(
            &face.shaper(),
            buffer,
            ShapeOptions::new()
                .plan(Some(&self.plan))
                .features(&self.features),
        )
        .expect("the buffer has the plan's direction and script");
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs
            .map(|(info, position)| {
                assert!(
                    info.glyph_id != 0,
                    "every character of {text:?} was looked up before"
                );
                Unit {
                    id: u16::try_from(info.glyph_id).expect("a face has at most 65,535 glyphs"),
                    cluster: info.cluster,
                    advance: position.x_advance,
                    dx: position.x_offset,
                    dy: position.y_offset,
                }
            })
            .collect()
    }
}
