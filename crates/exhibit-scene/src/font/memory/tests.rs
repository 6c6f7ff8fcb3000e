//! Text from memory, spelled or not, is held to whole texts of the shaper.

use harfrust::{Direction, Feature, Language, ShapeOptions, Tag};

use super::*;
use crate::font::choose::{Family, is_inkless};
use crate::font::face;
use crate::font::style::FaceId;

/// Letters of every case, figures and spaces: what the forms of signs depend on.
const LETTERS: [&str; 28] = [
    "a", "e", "f", "i", "o", "r", "T", "V", "x", "X", "A", "É", "ß", "ö", "0", "1", "2", "7", " ",
    "  ", "\u{A0}", "\u{202F}", ".", ",", "’", "“", "%", "§",
];
const SIGNS: [&str; 29] = [
    "-", "–", "—", "(", ")", "[", "]", "{", "}", ":", "->", "<-", "=>", "==", "×", "@", "~", "+",
    "±", "÷", "•", "≈", "*", "½", "Ω", "ж", "e\u{301}", "\u{AD}", "\t",
];
/// What other faces join or change: ligatures, fractions, Chinese.
const JOINED: [&str; 18] = [
    "fi", "ff", "ffl", "fj", "Th", "AV", "To", "Yo", "1/2", "3x4", "!=", "小米", "汽车", "。",
    "，", "…", "（", "\u{200B}",
];

/// Inter's faces, as the builtin fonts begin with them.
fn inter() -> Vec<Face> {
    let inter = |face: &Face| face.rules == ContextualRules::Inter;
    let faces: Vec<Face> = face::builtin().into_iter().filter(inter).collect();
    assert_eq!(faces.len(), 4);
    faces
}

/// Faces that have what Inter lacks, as ligatures.
fn foreign(rules: ContextualRules) -> Vec<Face> {
    // By their order in the pinned version of the crate.
    let fonts: Vec<&'static [u8]> = typst_assets::fonts().collect();
    [
        (0, "LibertinusSerif-Regular"),
        (2, "LibertinusSerif-Italic"),
        (9, "NewCM10-Regular"),
        (11, "NewCM10-Italic"),
    ]
    .map(|(index, name)| Face::new(name, "foreign", 400, fonts[index], rules))
    .into()
}

/// A small generator with a fixed seed, so that a failure can be run again.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % count
    }

    fn pick<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }
}

/// A line of pieces that a face can set. One in `rarity` pieces is a sign or what other faces join.
fn hostile(seed: &mut Seeded, face: &Face, rarity: usize) -> String {
    let settable = |ch: char| is_inkless(ch) || face.glyph(ch).is_some();
    let length = 1 + seed.below(32);
    let mut line = String::new();
    while line.is_empty() {
        for _ in 0..length {
            let piece = match seed.below(2 * rarity) {
                0 => seed.pick(&SIGNS),
                1 => seed.pick(&JOINED),
                _ => seed.pick(&LETTERS),
            };
            if piece.chars().all(settable) {
                line.push_str(piece);
            }
        }
    }
    line
}

fn key(index: usize, face: &Face, lang: &'static str, tabular: bool) -> Key {
    Key {
        face: FaceId(u8::try_from(index).expect("a handful of faces")),
        family: if face.glyph('A').is_some() {
            Family::Latin
        } else {
            Family::Han
        },
        lang,
        tabular,
    }
}

/// Glyphs of a whole line by the shaper alone: a plan for each line, and nothing kept.
fn shaped(face: &Face, key: Key, text: &str) -> Vec<Unit> {
    let mut buffer = Buffer::new();
    for (at, ch) in text.char_indices() {
        let ch = if ch.is_control() { ' ' } else { ch };
        buffer.push(u32::from(ch), u32::try_from(at).expect("a short line"));
    }
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(Some(key.family.script()));
    buffer.set_language(Language::new(key.lang));
    let features = [Feature::new(Tag::new(b"tnum"), key.tabular.into(), ..)];
    let options = ShapeOptions::new().features(&features);
    harfrust::shape(&face.shaper(), &mut buffer, options).expect("the direction is set");
    let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    glyphs
        .map(|(info, position)| Unit {
            id: u16::try_from(info.glyph_id).expect("a face has at most 65,535 glyphs"),
            cluster: info.cluster,
            advance: position.x_advance,
            dx: position.x_offset,
            dy: position.y_offset,
        })
        .collect()
}

/// Lines of any face, asked for among other faces, languages and figures, are what the shaper makes of each whole line.
#[test]
fn text_from_memory_is_shaped_text_in_any_face() {
    let mut faces = face::builtin();
    faces.extend(foreign(ContextualRules::Unknown));
    let mut memory = Memory::default();
    let mut seed = Seeded(1);
    let mut ligatures = 0;
    for (index, face) in faces.iter().enumerate() {
        let lines: Vec<String> = (0..200)
            .map(|round| hostile(&mut seed, face, [1, 4, 20][round % 3]))
            .collect();
        // Each line in several keys: a key that leaves something out would give the glyphs of another.
        for turn in 0..4 {
            for (number, text) in lines.iter().enumerate() {
                let lang = ["en", "de", "ro", "zh-Hans"][(number + turn) % 4];
                let key = key(index, face, lang, (number + turn) % 2 == 1);
                let fresh = shaped(face, key, text);
                for _ in 0..2 {
                    let kept = memory.units(face, key, text);
                    assert_eq!(*kept, *fresh, "{text:?} in {}, {lang}", face.info.name);
                }
                let joined = fresh.len() < text.chars().count();
                ligatures += usize::from(joined && text.contains("ffl"));
            }
        }
    }
    assert!(ligatures > 100, "too few ligatures: {ligatures}");
}

/// The rules of Inter are not those of other faces: a face must say which it has.
#[test]
fn another_face_by_the_rules_of_inter_comes_out_wrong() {
    for (index, face) in foreign(ContextualRules::Inter).iter().enumerate() {
        let key = key(index, face, "en", false);
        let mut memory = Memory::default();
        let text = "office";
        let spelled = memory.units(face, key, text);
        assert_ne!(*spelled, *shaped(face, key, text), "{}", face.info.name);
    }
}

#[test]
fn spelled_is_shaped() {
    let mut seed = Seeded(1);
    let mut buffer = Buffer::new();
    for (index, face) in inter().iter().enumerate() {
        for (lang, tabular) in [("en", false), ("en", true), ("de", false), ("ro", false)] {
            let mut kept = Kept::new(face, &mut buffer, key(index, face, lang, tabular));
            let mut unseen = 0;
            for round in 0..4_000 {
                // Lines full of signs, and lines with few.
                let text = hostile(&mut seed, face, [1, 4, 20][round % 3]);
                let spelled = Spelled::new(&text);
                unseen += (0..spelled.count())
                    .filter(|index| spelled.known(&mut kept.pairs, face, *index).is_some())
                    .count();
                let spelled = kept.spell(face, &mut buffer, &text);
                let shaped = kept.shape(face, &mut buffer, &text);
                assert_eq!(spelled, shaped, "{text:?} in {:?}, {lang}", face.info.name);
            }
            assert!(unseen > 10_000, "too little was spelled: {unseen}");
        }
    }
}

/// Texts are spelled as they are shaped, in every face of Inter, figures of one width or not.
fn spelled_as_shaped(texts: &[String]) {
    let mut buffer = Buffer::new();
    for (index, face) in inter().iter().enumerate() {
        for tabular in [false, true] {
            let mut kept = Kept::new(face, &mut buffer, key(index, face, "en", tabular));
            for text in texts {
                let spelled = kept.spell(face, &mut buffer, text);
                let shaped = kept.shape(face, &mut buffer, text);
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
