//! Shaped texts, kept by everything that their glyphs depend on.
//!
//! A plan (which look-ups of a font apply) costs more than shaping a word, and labels repeat. Glyphs are kept in font units, so size
//! and colour share an entry. A kept text equals a fresh one by construction.
//!
//! A fresh text of a face with [`ContextualRules::Inter`] is put together from what is known of its letters (`pairs`), and the
//! shaper sees the rest. The shaper sees every other face's text whole. Shaping Inter whole as well would save
//! `pairs`, `kerning` and most of this file, and cost a whole build 31 % more instructions. A memory of words, which would still
//! need the reach of signs, would cost 14 % more. To measure the first, give Inter [`ContextualRules::Unknown`] and run
//! `tests/bench/instructions.sh whole`.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use harfrust::Buffer;

use super::face::{ContextualRules, Face};
use super::kerning::KerningByGlyph;
use super::pairs::{self, Pairs, Spelled};
use super::plan::{Features, Key, Plan, Unit};

/// Texts that are kept of one key at most. All are forgotten at this number, so that a long watch does not grow without end.
const KEPT_TEXTS: usize = 1 << 16;

/// Bytes of the longest text that is kept after spelling. A longer text hardly ever comes again, and is then spelled again.
const LONGEST_KEPT: usize = 160;

/// Plans and shaped texts by what they depend on. Texts are looked up, never walked: the order of a map reaches no output.
#[derive(Default)]
pub(super) struct Memory {
    /// A handful: walking the list is faster than a map.
    kept: Vec<Kept>,
    buffer: Buffer,
}

/// What is kept of the texts of one key.
struct Kept {
    key: Key,
    /// Plan of all features but kerning, which is read from the face for less. Signs of a spelled text are shaped by this plan.
    unkerned: OnceCell<Plan>,
    /// Plan of all features.
    whole: OnceCell<Plan>,
    texts: HashMap<Box<str>, Arc<[Unit]>>,
    /// Letters of a face whose texts are spelled.
    pairs: Pairs,
}

impl Memory {
    /// Glyphs of a text in one face. Every character of the text is in the face or without ink.
    pub(super) fn units(&mut self, face: &Face, key: Key, text: &str) -> Arc<[Unit]> {
        let known = self.kept.iter().position(|kept| kept.key == key);
        let index = known.unwrap_or_else(|| {
            self.kept.push(Kept::new(face, &mut self.buffer, key));
            self.kept.len() - 1
        });
        let kept = &mut self.kept[index];
        let spelled = face.rules == ContextualRules::Inter;
        if spelled && text.len() > LONGEST_KEPT {
            return kept.spell(face, &mut self.buffer, text).into();
        }
        if let Some(units) = kept.texts.get(text) {
            return Arc::clone(units);
        }
        let units: Arc<[Unit]> = if spelled {
            kept.spell(face, &mut self.buffer, text).into()
        } else {
            kept.shape(face, &mut self.buffer, text).into()
        };
        kept.keep(text, &units);
        units
    }
}

impl Kept {
    fn new(face: &Face, buffer: &mut Buffer, key: Key) -> Self {
        let mut kept = Self {
            key,
            unkerned: OnceCell::new(),
            whole: OnceCell::new(),
            texts: HashMap::new(),
            pairs: Pairs::default(),
        };
        if face.rules == ContextualRules::Inter {
            // Nearly all of the alphabet is asked for sooner or later, and each time costs about as much as all at once.
            let alphabet = pairs::alphabet();
            let shaped = kept.unkerned(face, buffer, &alphabet);
            let spelled = Spelled::new(&alphabet);
            kept.learn(&spelled, 0..spelled.count(), &shaped);
        }
        kept
    }

    fn keep(&mut self, text: &str, units: &Arc<[Unit]>) {
        if self.texts.len() >= KEPT_TEXTS {
            self.texts.clear();
        }
        self.texts.insert(text.into(), Arc::clone(units));
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
        let known = self.texts.get(part).map(Arc::clone);
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

    /// Glyphs of a text as the shaper gives them without kerning.
    fn unkerned(&self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let plan = self
            .unkerned
            .get_or_init(|| Plan::new(face, self.key, Features::AllButKerning));
        plan.shape(face, buffer, text)
    }

    /// Glyphs of a text as the shaper gives them.
    fn shape(&self, face: &Face, buffer: &mut Buffer, text: &str) -> Vec<Unit> {
        let plan = self
            .whole
            .get_or_init(|| Plan::new(face, self.key, Features::All));
        plan.shape(face, buffer, text)
    }
}

/// Kerns glyphs of single advances; false where the face's table is not sound.
fn kern(face: &Face, kerned: &mut KerningByGlyph, units: &mut [Unit]) -> bool {
    for index in 1..units.len() {
        let (left, right) = (units[index - 1].id, units[index].id);
        let Some(gain) = kerned.between(face.kerning(), left, right) else {
            return false;
        };
        units[index - 1].advance += gain;
    }
    true
}

#[cfg(test)]
mod tests;
