//! Plain letters, learned from the shaper and then set without it.
//!
//! In the Latin faces the glyph of a plain letter depends on nothing around it, and its advance on nothing but the character
//! behind it: kerning goes by pairs, and contextual forms change signs only (a hyphen between capitals is raised, the x of
//! `3x4` becomes a multiplication sign). So the shaper is asked once for the glyph of a letter, the kerning of pairs is read
//! from the face (`kerning`), and the shaper sees again only what stands within reach of a sign. A test holds this to whole
//! runs of the shaper, over hostile lines and every face.

use super::face::Face;

/// Characters with a place in the table, and one place for the end of the text.
const PLACES: usize = 168;
const END: usize = PLACES - 1;

/// Characters before a sign that its form may depend on: a digit behind two spaces. Signs beside a sign have a reach of their own.
const BEFORE: usize = 3;
/// The same for closing brackets, which look for their opening one behind six letters, and for what text rarely holds.
const FAR_BEFORE: usize = 7;
/// Characters after a sign that its form may depend on: a capital behind two spaces.
const AFTER: usize = 3;

/// An advance that is not known yet. No glyph goes so far back.
const UNKNOWN: i16 = i16::MIN;

/// Glyphs of plain characters, and their advances by what follows.
pub(super) struct Pairs {
    /// 0 for what is not known yet.
    glyphs: [u16; PLACES],
    advances: Vec<Option<Box<[i16; PLACES]>>>,
}

/// What a character is to its neighbours.
#[derive(Clone, Copy)]
enum Letter {
    /// Plain, with its place in the table.
    Plain(usize),
    /// A sign, with the number of characters before it that its form may depend on.
    Sign(usize),
}

/// A text as plain letters and signs.
pub(super) struct Spelled {
    /// Where each character begins, and the end of the text.
    pub(super) bytes: Vec<usize>,
    /// One more than characters: the end is plain too.
    letters: Vec<Letter>,
}

impl Spelled {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        let mut letters = Vec::with_capacity(text.len() + 1);
        let mut before = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            let after = chars.peek().map(|(_, ch)| *ch);
            bytes.push(at);
            letters.push(match ch {
                // A sign between figures, never in a word.
                'x' if !in_word(before) && !in_word(after) => Letter::Sign(BEFORE),
                _ => letter(ch),
            });
            before = Some(ch);
        }
        bytes.push(text.len());
        letters.push(Letter::Plain(END));
        Self { bytes, letters }
    }

    /// How many characters.
    pub(super) fn count(&self) -> usize {
        self.bytes.len() - 1
    }

    /// True for the characters whose glyphs the shaper is to be asked for. Pairs of known letters become known.
    pub(super) fn asked(&self, pairs: &mut Pairs, face: &Face) -> Vec<bool> {
        let count = self.count();
        let mut asked = vec![false; count];
        for index in 0..count {
            if let Letter::Sign(before) = self.letters[index] {
                let reach = index.saturating_sub(before)..count.min(index + AFTER + 1);
                asked[reach].fill(true);
            } else if self.known(pairs, index).is_none() && !self.read(pairs, face, index) {
                asked[index] = true;
            }
        }
        asked
    }

    /// Glyph and advance of a character, where they are known.
    pub(super) fn known(&self, pairs: &Pairs, index: usize) -> Option<(u16, i32)> {
        match (self.letters[index], self.letters[index + 1]) {
            (Letter::Plain(place), Letter::Plain(next)) => pairs.get(place, next),
            _ => None,
        }
    }

    /// Reads the advance of a character from the face, where the glyphs of the pair are known. False where that cannot be.
    fn read(&self, pairs: &mut Pairs, face: &Face, index: usize) -> bool {
        let (Letter::Plain(place), Letter::Plain(next)) =
            (self.letters[index], self.letters[index + 1])
        else {
            return false;
        };
        let (left, right) = (pairs.glyphs[place], pairs.glyphs[next]);
        let kerned = match (left, next, right) {
            (0, ..) => None,
            (_, END, _) => Some(0),
            (.., 0) => None,
            _ => face.kerning().between(left, right),
        };
        kerned.is_some_and(|kerned| pairs.set(place, next, left, face.advance(left) + kerned))
    }

    /// Keeps what the shaper said of a character in front of the next one; at the end of what it was shown, `next` is `None`.
    pub(super) fn learn(
        &self,
        pairs: &mut Pairs,
        index: usize,
        next: Option<usize>,
        (glyph, advance): (u16, i32),
    ) {
        let next = next.map_or(Letter::Plain(END), |next| self.letters[next]);
        if let (Letter::Plain(place), Letter::Plain(next)) = (self.letters[index], next) {
            pairs.set(place, next, glyph, advance);
        }
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self {
            glyphs: [0; PLACES],
            advances: vec![None; PLACES],
        }
    }
}

impl Pairs {
    fn get(&self, place: usize, next: usize) -> Option<(u16, i32)> {
        let advance = self.advances[place].as_ref()?[next];
        (advance != UNKNOWN).then(|| (self.glyphs[place], i32::from(advance)))
    }

    /// Keeps an advance; false where there is no room for it.
    fn set(&mut self, place: usize, next: usize, glyph: u16, advance: i32) -> bool {
        let Ok(advance) = i16::try_from(advance) else {
            return false;
        };
        self.glyphs[place] = glyph;
        let row = self.advances[place].get_or_insert_with(|| Box::new([UNKNOWN; PLACES]));
        row[next] = advance;
        true
    }
}

/// What a character is, unless it is an x.
fn letter(ch: char) -> Letter {
    Letter::Plain(match ch {
        ')' | ']' | '}' => return Letter::Sign(FAR_BEFORE),
        '(' | '*' | '+' | '-' | ':' | '<' | '=' | '>' | '@' | '[' | '{' | '~' | '±' | '×' | '÷'
        | '–' | '—' => return Letter::Sign(BEFORE),
        ' '..='~' => ch as usize - 0x20,
        'À'..='ÿ' => 95 + ch as usize - 0xC0,
        '\u{A0}' => 159,
        '\u{202F}' => 160,
        '‘' => 161,
        '’' => 162,
        '“' => 163,
        '”' => 164,
        '§' => 165,
        '¶' => 166,
        _ => return Letter::Sign(FAR_BEFORE),
    })
}

fn in_word(ch: Option<char>) -> bool {
    ch.is_some_and(|ch| ch.is_ascii_alphabetic() && ch != 'x')
}
