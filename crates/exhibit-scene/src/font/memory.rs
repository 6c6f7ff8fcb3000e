//! Shape plans and shaped runs, kept.
//!
//! A plan (which look-ups of the font apply) costs more than shaping a word, and labels repeat. A run is kept in font
//! units under everything that its glyphs depend on, so size and colour share an entry, and a kept run equals a fresh
//! one by construction. A fresh one is put together from what is known of its letters (`pairs`); the shaper sees the rest.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use harfrust::{Buffer, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, Tag};

use super::FaceId;
use super::choose::Family;
use super::face::Face;
use super::kerning::Rows;
use super::pairs::{self, Pairs, Spelled};

/// What a plan depends on.
#[derive(Clone, Copy, PartialEq, Eq)]
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

/// Past this many runs a plan's memory starts over, so that a long watch does not grow without end.
const MOST_RUNS: usize = 1 << 16;

/// Longer texts hardly ever come again: they are spelled again where they do.
const LONGEST: usize = 160;

/// Plans and runs by what they depend on. Runs are looked up, never walked: the order of a map reaches no output.
#[derive(Default)]
pub(super) struct Memory {
    /// A handful: walking it is faster than a map.
    plans: Vec<(Key, Planned)>,
    buffer: Buffer,
}

struct Planned {
    family: Family,
    key: Key,
    /// Everything but kerning, which is read from the face for less: what Latin signs are asked by.
    unkerned: OnceCell<Plan>,
    /// Everything.
    whole: OnceCell<Plan>,
    runs: HashMap<Box<str>, Arc<[Unit]>>,
    pairs: Pairs,
}

/// A plan of the shaper, and the features that it was made for.
struct Plan {
    plan: ShapePlan,
    features: Vec<Feature>,
}

impl Memory {
    /// The glyphs of a text in one face. Every character of it is in the face or without ink.
    pub(super) fn run(&mut self, face: &Face, family: Family, key: Key, text: &str) -> Arc<[Unit]> {
        let known = self.plans.iter().position(|(known, _)| *known == key);
        let index = known.unwrap_or_else(|| {
            let planned = Planned::new(face, &mut self.buffer, family, key);
            self.plans.push((key, planned));
            self.plans.len() - 1
        });
        let planned = &mut self.plans[index].1;
        if family == Family::Latin && text.len() > LONGEST {
            return planned.spell(face, &mut self.buffer, text).into();
        }
        if let Some(units) = planned.runs.get(text) {
            return Arc::clone(units);
        }
        let units: Arc<[Unit]> = match family {
            Family::Latin => planned.spell(face, &mut self.buffer, text),
            Family::Han => planned.shape(face, &mut self.buffer, text),
        }
        .into();
        planned.keep(text, &units);
        units
    }
}

impl Planned {
    fn new(face: &Face, buffer: &mut Buffer, family: Family, key: Key) -> Self {
        let mut planned = Self {
            family,
            key,
            unkerned: OnceCell::new(),
            whole: OnceCell::new(),
            runs: HashMap::new(),
            pairs: Pairs::default(),
        };
        if family == Family::Latin {
            // Nearly all of it is asked for sooner or later, and each time costs about as much as all at once.
            let alphabet = pairs::alphabet();
            let shaped = planned.unkerned(face, buffer, &alphabet);
            let spelled = Spelled::new(&alphabet);
            planned.learn(&spelled, 0..spelled.count(), &shaped);
        }
        planned
    }

    fn keep(&mut self, text: &str, units: &Arc<[Unit]>) {
        if self.runs.len() >= MOST_RUNS {
            self.runs.clear();
        }
        self.runs.insert(text.into(), Arc::clone(units));
    }

    /// The glyphs of a text from what is known of its letters, and from the shaper where that does not do.
    fn spell(&mut self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let spelled = Spelled::new(text);
        let count = spelled.count();
        let mut units = Vec::with_capacity(count);
        let mut index = 0;
        while index < count {
            if let Some((id, advance)) = spelled.known(&mut self.pairs, face, index) {
                units.push(Unit {
                    id,
                    cluster: spelled.byte(index),
                    advance,
                    dx: 0,
                    dy: 0,
                });
                index += 1;
            } else {
                let mut end = index + 1;
                while end < count && spelled.known(&mut self.pairs, face, end).is_none() {
                    end += 1;
                }
                self.ask(face, buffer, text, &spelled, index..end, &mut units);
                index = end;
            }
        }
        units
    }

    /// Has some characters of a text shaped, and learns the letters among them. The shaper is shown the character behind
    /// them too, which has its part in the last advance.
    fn ask(
        &mut self,
        face: &Face,
        buffer: &mut Buffer,
        text: &str,
        spelled: &Spelled,
        range: Range<usize>,
        units: &mut Vec<Unit>,
    ) {
        let shown = range.start..spelled.count().min(range.end + 1);
        let base = spelled.byte(shown.start);
        let part = &text[base as usize..spelled.byte(shown.end) as usize];
        let known = self.runs.get(part).map(Arc::clone);
        let shaped = known.unwrap_or_else(|| {
            let shaped: Arc<[Unit]> = self.signs(face, buffer, part).into();
            self.learn(spelled, shown, &shaped);
            if part.len() < text.len() {
                self.keep(part, &shaped);
            }
            shaped
        });
        let end = spelled.byte(range.end);
        let moved = shaped.iter().map(|unit| Unit {
            cluster: base + unit.cluster,
            ..*unit
        });
        units.extend(moved.take_while(|unit| unit.cluster < end));
    }

    /// Learns from a shaped stretch of a text whatever letters it holds.
    fn learn(&mut self, spelled: &Spelled, shown: Range<usize>, shaped: &[Unit]) {
        let base = spelled.byte(shown.start);
        let mut rest = shaped;
        for index in shown.clone() {
            let end = spelled.byte(index + 1) - base;
            let own = rest.iter().take_while(|unit| unit.cluster < end).count();
            let (glyphs, others) = rest.split_at(own);
            rest = others;
            // What begins before the character is a ligature that it is in.
            let begin = spelled.byte(index) - base;
            if let [unit] = glyphs
                && (unit.cluster, unit.dx, unit.dy) == (begin, 0, 0)
            {
                spelled.learn(&mut self.pairs, index, unit.id);
            }
        }
    }

    /// The glyphs of Latin signs and what is about them.
    fn signs(&mut self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let mut units = self.unkerned(face, buffer, text);
        // Accents, and what is hidden, have a say in kerning.
        let plain = |unit: &Unit| unit.advance != 0 && (unit.dx, unit.dy) == (0, 0);
        let kerned = units.iter().all(plain) && kern(face, &mut self.pairs.kerned, &mut units);
        if kerned {
            units
        } else {
            self.shape(face, buffer, text)
        }
    }

    fn unkerned(&self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let plan = self
            .unkerned
            .get_or_init(|| Plan::new(face, self.family, self.key, false));
        plan.shape(face, buffer, text, self.family)
    }

    /// The glyphs of a text as the shaper says them.
    fn shape(&self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let plan = self
            .whole
            .get_or_init(|| Plan::new(face, self.family, self.key, true));
        plan.shape(face, buffer, text, self.family)
    }
}

/// Kerns glyphs of single advances; false where the face does not say how.
fn kern(face: &Face, kerned: &mut Rows, units: &mut [Unit]) -> bool {
    for index in 1..units.len() {
        let (left, right) = (units[index - 1].id, units[index].id);
        let Some(gain) = kerned.between(face.kerning(), left, right) else {
            return false;
        };
        units[index - 1].advance += gain;
    }
    true
}

impl Plan {
    fn new(face: &Face, family: Family, key: Key, kerned: bool) -> Self {
        let tabular = key.tabular.then(|| Feature::new(Tag::new(b"tnum"), 1, ..));
        let unkerned = (!kerned).then(|| Feature::new(Tag::new(b"kern"), 0, ..));
        let features: Vec<Feature> = tabular.into_iter().chain(unkerned).collect();
        let plan = ShapePlan::new(
            face.font(),
            Direction::LeftToRight,
            Some(script(family)),
            Language::new(key.lang).as_ref(),
            &features,
        );
        Self { plan, features }
    }

    fn shape(&self, face: &Face, buffer: &mut Buffer, text: &str, family: Family) -> Vec<Unit> {
        buffer.clear();
        for (at, ch) in text.char_indices() {
            // Tabs and line ends have no glyph of their own; as text they are spaces. The shaper itself makes the other
            // spaces from this one and hides formatting characters.
            let ch = if ch.is_control() || matches!(ch, '\u{1680}' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                ch
            };
            buffer.push(u32::from(ch), cluster(at));
        }
        // Direction and script are said, not guessed: they must be the plan's.
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(script(family)));
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

fn script(family: Family) -> Script {
    match family {
        Family::Latin => Script::LATIN,
        Family::Han => Script::HAN,
    }
}

fn cluster(byte: usize) -> u32 {
    u32::try_from(byte).expect("a line is shorter than 4 GB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::choose::FIRST_HAN;
    use crate::font::face;

    /// Letters of every case, figures and spaces: what the forms of signs depend on.
    const LETTERS: [&str; 28] = [
        "a", "e", "f", "i", "o", "r", "T", "V", "x", "X", "A", "É", "ß", "ö", "0", "1", "2", "7",
        " ", "  ", "\u{A0}", "\u{202F}", ".", ",", "’", "“", "%", "§",
    ];
    const SIGNS: [&str; 29] = [
        "-", "–", "—", "(", ")", "[", "]", "{", "}", ":", "->", "<-", "=>", "==", "×", "@", "~",
        "+", "±", "÷", "•", "≈", "*", "½", "Ω", "ж", "e\u{301}", "\u{AD}", "\t",
    ];

    #[test]
    fn spelled_is_shaped() {
        let mut state = 1_u64;
        let mut below = |count: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits") % count
        };
        let mut buffer = Buffer::new();
        for (index, face) in face::builtin().iter().take(FIRST_HAN).enumerate() {
            for (lang, tabular) in [("en", false), ("en", true), ("de", false), ("ro", false)] {
                let id = FaceId(u8::try_from(index).expect("four faces"));
                let key = Key {
                    face: id,
                    lang,
                    tabular,
                };
                let mut planned = Planned::new(face, &mut buffer, Family::Latin, key);
                let mut unseen = 0;
                for round in 0..4_000 {
                    // Lines full of signs, and lines with few.
                    let rarity = [2, 8, 40][round % 3];
                    let text: String = (0..=below(32))
                        .map(|_| match below(rarity) {
                            0 => SIGNS[below(SIGNS.len())],
                            _ => LETTERS[below(LETTERS.len())],
                        })
                        .collect();
                    let spelled = Spelled::new(&text);
                    unseen += (0..spelled.count())
                        .filter(|index| spelled.known(&mut planned.pairs, face, *index).is_some())
                        .count();
                    let spelled = planned.spell(face, &mut buffer, &text);
                    let shaped = planned.shape(face, &mut buffer, &text);
                    assert_eq!(spelled, shaped, "{text:?} in {:?}, {lang}", face.info.name);
                }
                assert!(unseen > 10_000, "too little was spelled: {unseen}");
            }
        }
    }

    /// Texts are spelled as they are shaped, in every Latin face, figures of one width or not.
    fn spelled_as_shaped(texts: &[String]) {
        let mut buffer = Buffer::new();
        for (index, face) in face::builtin().iter().take(FIRST_HAN).enumerate() {
            for tabular in [false, true] {
                let key = Key {
                    face: FaceId(u8::try_from(index).expect("four faces")),
                    lang: "en",
                    tabular,
                };
                let mut planned = Planned::new(face, &mut buffer, Family::Latin, key);
                for text in texts {
                    let spelled = planned.spell(face, &mut buffer, text);
                    let shaped = planned.shape(face, &mut buffer, text);
                    assert_eq!(spelled, shaped, "{text:?} in {:?}", face.info.name);
                }
            }
        }
    }

    #[test]
    fn every_pair_of_letters_is_kerned_as_the_shaper_does() {
        let letters: Vec<char> = (' '..='~')
            .chain('À'..='ÿ')
            .chain("\u{A0}‘’“”§¶".chars())
            .collect();
        let mut texts = Vec::new();
        for left in &letters {
            texts.extend(letters.iter().map(|right| String::from_iter([left, right])));
        }
        spelled_as_shaped(&texts);
    }

    #[test]
    fn signs_among_small_letters_are_shaped_as_spelled() {
        let mut texts = Vec::new();
        for sign in SIGNS {
            for letter in ('a'..='z').chain(" ,.".chars()) {
                texts.extend([
                    format!("{letter}{sign}{letter}"),
                    format!("n{letter} {sign}{letter}n"),
                    format!("no {sign} {letter}"),
                    format!("({letter}{letter}{sign}n"),
                ]);
            }
        }
        spelled_as_shaped(&texts);
    }
}
