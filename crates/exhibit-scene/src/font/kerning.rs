//! Kerning of pairs of glyphs, read from a face's `GPOS` table.
//!
//! The shaper would say the same, at a hundred times the price: it runs every look-up of the font over every text it is
//! shown. Only what a pair of glyphs gives is read (look-up type 2 of the feature `kern`); `pairs` says for which faces and
//! characters that is the whole truth, and a test of `memory` holds both to the shaper.

use std::collections::BTreeMap;

use harfrust::Tag;
use read_fonts::tables::gpos::{
    Class1Record, ClassDef, CoverageTable, Gpos, PairPos, PairPosFormat1, PairPosFormat2, PairSet,
    PositionSubtables,
};
use read_fonts::types::GlyphId16;
use read_fonts::{FontRef, ReadError, TableProvider};

/// The pairs of a face: look-ups in their order, each with its subtables.
pub(super) struct Kerning {
    lookups: Vec<Vec<Subtable>>,
}

/// A subtable with the glyphs that may stand first in its pairs.
struct Subtable {
    coverage: CoverageTable<'static>,
    format: PairFormat,
}

/// How a subtable writes its pairs.
enum PairFormat {
    /// Glyph by glyph.
    Each(PairPosFormat1<'static>),
    /// By the class of each of the two.
    Classes {
        first: ClassDef<'static>,
        second: ClassDef<'static>,
        table: PairPosFormat2<'static>,
    },
}

impl Kerning {
    /// The kerning of Latin text.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub(super) fn new(bytes: &'static [u8]) -> Result<Self, ReadError> {
        let gpos = FontRef::new(bytes)?.gpos()?;
        let list = gpos.lookup_list()?.lookups();
        let mut lookups = Vec::new();
        for index in kern_lookups(&gpos)? {
            if let PositionSubtables::Pair(tables) = list.get(usize::from(index))?.subtables()? {
                let tables = tables.iter().map(|table| Subtable::new(table?));
                lookups.push(tables.collect::<Result<Vec<_>, _>>()?);
            }
        }
        Ok(Self { lookups })
    }

    /// Pairs of a left glyph; `None` where the table is not sound.
    fn left_glyph(&self, left: u16) -> Option<LeftGlyph> {
        let mut lookups = Vec::new();
        for tables in &self.lookups {
            let pairs = tables
                .iter()
                .filter_map(|table| table.pairs_of(left.into()).transpose());
            lookups.push(pairs.collect::<Result<Vec<_>, _>>().ok()?);
        }
        Some(LeftGlyph(lookups))
    }
}

/// Kerning of one face, kept by left glyph: a glyph is looked for in all subtables once, not once for each glyph that follows.
#[derive(Default)]
pub(super) struct KerningByGlyph(BTreeMap<u16, Option<LeftGlyph>>);

impl KerningByGlyph {
    /// What the advance of a glyph gains in front of another, in font units; `None` where the table is not sound.
    pub(super) fn between(&mut self, kerning: &Kerning, left: u16, right: u16) -> Option<i32> {
        let pairs = self.0.entry(left);
        let pairs = pairs.or_insert_with(|| kerning.left_glyph(left));
        pairs.as_ref()?.before(right.into()).ok()
    }
}

/// Pairs of one left glyph, look-up by look-up and subtable by subtable.
struct LeftGlyph(Vec<Vec<PairsOfGlyph>>);

impl LeftGlyph {
    /// What the left glyph's advance gains in front of a right glyph, in font units.
    fn before(&self, right: GlyphId16) -> Result<i32, ReadError> {
        let mut sum = 0;
        for tables in &self.0 {
            // The first subtable that has the pair ends the look-up.
            for table in tables {
                if let Some(gain) = table.gain(right)? {
                    sum += i32::from(gain);
                    break;
                }
            }
        }
        Ok(sum)
    }
}

/// Pairs of one left glyph in a subtable.
enum PairsOfGlyph {
    Each(PairSet<'static>),
    Classes(ClassDef<'static>, Class1Record<'static>),
}

impl PairsOfGlyph {
    /// Gain in front of a right glyph; `None` where the subtable lacks the pair.
    fn gain(&self, right: GlyphId16) -> Result<Option<i16>, ReadError> {
        let value = match self {
            Self::Each(set) => {
                let records = set.pair_value_records();
                let (mut low, mut high) = (0, records.len());
                while low < high {
                    let middle = low.midpoint(high);
                    if records.get(middle)?.second_glyph() < right {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                if low == records.len() {
                    return Ok(None);
                }
                let record = records.get(low)?;
                if record.second_glyph() != right {
                    return Ok(None);
                }
                record.value_record1().x_advance()
            }
            Self::Classes(second, row) => {
                let record = row.class2_records().get(second.get(right) as usize)?;
                record.value_record1().x_advance()
            }
        };
        Ok(Some(value.unwrap_or(0)))
    }
}

/// The look-ups of the feature `kern` for Latin script in any language, in the order in which they apply.
fn kern_lookups(gpos: &Gpos<'static>) -> Result<Vec<u16>, ReadError> {
    let (scripts, features) = (gpos.script_list()?, gpos.feature_list()?);
    let script = scripts
        .index_for_tag(Tag::new(b"latn"))
        .or_else(|| scripts.index_for_tag(Tag::new(b"DFLT")));
    let Some(script) = script else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    if let Some(language) = scripts.get(script)?.element.default_lang_sys() {
        for index in language?.feature_indices() {
            let feature = features.get(index.get())?;
            if feature.tag == Tag::new(b"kern") {
                let indices = feature.element.lookup_list_indices();
                found.extend(indices.iter().map(|index| index.get()));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

impl Subtable {
    fn new(table: PairPos<'static>) -> Result<Self, ReadError> {
        // A second value would move the next glyph, and take it out of the next pair.
        if !table.value_format2().is_empty() {
            return Err(ReadError::MalformedData("a pair of two values"));
        }
        match table {
            PairPos::Format1(table) => Ok(Self {
                coverage: table.coverage()?,
                format: PairFormat::Each(table),
            }),
            PairPos::Format2(table) => Ok(Self {
                coverage: table.coverage()?,
                format: PairFormat::Classes {
                    first: table.class_def1()?,
                    second: table.class_def2()?,
                    table,
                },
            }),
            _ => Err(ReadError::InvalidFormat(table.pos_format().into())),
        }
    }

    /// Pairs of a left glyph; `None` where the subtable has none.
    fn pairs_of(&self, left: GlyphId16) -> Result<Option<PairsOfGlyph>, ReadError> {
        let Some(index) = self.coverage.get(left) else {
            return Ok(None);
        };
        let pairs = match &self.format {
            PairFormat::Each(table) => PairsOfGlyph::Each(table.pair_sets().get(index as usize)?),
            PairFormat::Classes {
                first,
                second,
                table,
            } => {
                let row = table.class1_records().get(first.get(left) as usize)?;
                PairsOfGlyph::Classes(second.clone(), row)
            }
        };
        Ok(Some(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::choose::FIRST_HAN;
    use crate::font::face;

    #[test]
    fn every_latin_face_kerns() {
        for face in face::builtin().iter().take(FIRST_HAN) {
            let kerning = Kerning::new(face.info.bytes).expect("the vendored faces have GPOS");
            let glyph = |ch| face.glyph(ch).expect("a letter");
            let mut kept = KerningByGlyph::default();
            let mut between = |left, right| kept.between(&kerning, glyph(left), glyph(right));
            assert!(
                between('A', 'V').expect("one value") < 0,
                "{}",
                face.info.name
            );
            assert_eq!(between('n', 'n'), Some(0), "{}", face.info.name);
        }
    }
}
