//! Text from memory, spelled or not, is held to whole texts of the shaper.

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
/// Inter's faces, as the builtin fonts begin with them.
fn inter() -> Vec<Face> {
    let inter = |face: &Face| face.info.family == "Inter";
    let faces: Vec<Face> = face::builtin().into_iter().filter(inter).collect();
    assert_eq!(faces.len(), 4);
    faces
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

/// A line of pieces that a face can set. One in `rarity` pieces is a sign.
fn hostile(seed: &mut Seeded, face: &Face, rarity: usize) -> String {
    let settable = |ch: char| is_inkless(ch) || face.glyph(ch).is_some();
    let length = 1 + seed.below(32);
    let mut line = String::new();
    while line.is_empty() {
        for _ in 0..length {
            let piece = match seed.below(rarity) {
                0 => seed.pick(&SIGNS),
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
                let text = hostile(&mut seed, face, [2, 8, 40][round % 3]);
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
