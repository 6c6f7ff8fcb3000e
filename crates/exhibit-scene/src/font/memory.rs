//! Shape plans and shaped runs, kept.
//!
//! A plan (which look-ups of the font apply) costs more than shaping a word, and labels repeat. A run is kept in font
//! units under everything that its glyphs depend on, so size and colour share an entry, and a kept run equals a fresh
//! one by construction.

use std::collections::HashMap;
use std::sync::Arc;

use harfrust::{Buffer, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, Tag};

use super::FaceId;
use super::choose::Family;
use super::face::Face;

/// What a plan depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) face: FaceId,
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

/// Past this many runs the memory starts over, so that a long watch does not grow without end.
const MOST_RUNS: usize = 1 << 16;

/// Plans and runs by what they depend on. Looked up, never walked: the order of a map reaches no output.
#[derive(Default)]
pub(super) struct Memory {
    plans: HashMap<Key, Planned>,
    count: usize,
    buffer: Buffer,
}

struct Planned {
    plan: ShapePlan,
    features: Vec<Feature>,
    runs: HashMap<Box<str>, Arc<[Unit]>>,
}

impl Memory {
    /// The glyphs of a text in one face. Every character of it is in the face or without ink.
    pub(super) fn run(&mut self, face: &Face, family: Family, key: Key, text: &str) -> Arc<[Unit]> {
        if self.count >= MOST_RUNS {
            self.plans
                .values_mut()
                .for_each(|planned| planned.runs.clear());
            self.count = 0;
        }
        let script = match family {
            Family::Latin => Script::LATIN,
            Family::Han => Script::HAN,
        };
        let planned = self
            .plans
            .entry(key)
            .or_insert_with(|| Planned::new(face, script, key));
        if let Some(units) = planned.runs.get(text) {
            return Arc::clone(units);
        }
        let units = planned.shape(face, script, &mut self.buffer, text);
        planned.runs.insert(text.into(), Arc::clone(&units));
        self.count += 1;
        units
    }
}

impl Planned {
    fn new(face: &Face, script: Script, key: Key) -> Self {
        let features: Vec<Feature> = key
            .tabular
            .then(|| Feature::new(Tag::new(b"tnum"), 1, ..))
            .into_iter()
            .collect();
        let language = Language::new(key.lang);
        let plan = ShapePlan::new(
            face.font(),
            Direction::LeftToRight,
            Some(script),
            language.as_ref(),
            &features,
        );
        Self {
            plan,
            features,
            runs: HashMap::new(),
        }
    }

    fn shape(&self, face: &Face, script: Script, buffer: &mut Buffer, text: &str) -> Arc<[Unit]> {
        buffer.clear();
        for (at, ch) in text.char_indices() {
            // Tabs and line ends have no glyph of their own; as text they are spaces. The shaper itself makes the other
            // spaces from this one and hides formatting characters.
            let ch = if ch.is_control() || matches!(ch, '\u{1680}' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                ch
            };
            buffer.push(
                u32::from(ch),
                u32::try_from(at).expect("a line is shorter than 4 GB"),
            );
        }
        // Direction and script are said, not guessed: they must be the plan's.
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(script));
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
