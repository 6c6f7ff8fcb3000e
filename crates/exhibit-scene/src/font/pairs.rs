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
const END: u8 = 167;

/// Characters before a sign that its form may depend on: a digit behind two spaces. Signs beside a sign have a reach of their own.
const BEFORE: u8 = 3;
/// The same for closing brackets, which look for their opening one behind six letters, and for what text rarely holds.
const FAR_BEFORE: u8 = 7;
/// Characters after a sign that its form may depend on: a capital behind two spaces.
const AFTER: usize = 3;

/// What the characters of ASCII are, but for an x.
const ASCII: [Letter; 128] = {
    let mut letters = [Letter::Plain(END); 128];
    let mut index: u8 = 0;
    while index < 128 {
        letters[index as usize] = letter(index as char);
        index += 1;
    }
    letters
};

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
    Plain(u8),
    /// A sign, with the number of characters before it that its form may depend on.
    Sign(u8),
}

/// A text as plain letters and signs.
pub(super) struct Spelled {
    /// Where each character begins, and the end of the text.
    bytes: Vec<u32>,
    /// One more than characters: the end is plain too.
    letters: Vec<Letter>,
    /// The characters within reach of a sign, that one included.
    near: Vec<bool>,
}

impl Spelled {
    pub(super) fn new(text: &str) -> Self {
        let mut spelled = Self {
            bytes: Vec::with_capacity(text.len() + 1),
            letters: Vec::with_capacity(text.len() + 1),
            near: Vec::with_capacity(text.len()),
        };
        // Characters before this one are in reach of a sign that was there.
        let mut end = 0;
        for (index, (at, ch)) in text.char_indices().enumerate() {
            let letter = match ch {
                // A sign between figures, never in a word.
                'x' if !in_word(text[..at].chars().next_back())
                    && !in_word(text[at + 1..].chars().next()) =>
                {
                    Letter::Sign(BEFORE)
                }
                '\0'..='\x7F' => ASCII[ch as usize],
                _ => letter(ch),
            };
            if let Letter::Sign(before) = letter {
                spelled.near[index.saturating_sub(before.into())..].fill(true);
                end = index + 1 + AFTER;
            }
            spelled.bytes.push(byte(at));
            spelled.letters.push(letter);
            spelled.near.push(index < end);
        }
        spelled.bytes.push(byte(text.len()));
        spelled.letters.push(Letter::Plain(END));
        spelled
    }

    /// How many characters.
    pub(super) fn count(&self) -> usize {
        self.near.len()
    }

    /// Where a character begins; the end of the text behind the last.
    pub(super) fn byte(&self, index: usize) -> u32 {
        self.bytes[index]
    }

    /// Glyph and advance of a character, where they are known or can be read from the face; `None` where the shaper is to be asked.
    pub(super) fn known(&self, pairs: &mut Pairs, face: &Face, index: usize) -> Option<(u16, i32)> {
        let (false, Letter::Plain(place), Letter::Plain(next)) = (
            self.near[index],
            self.letters[index],
            self.letters[index + 1],
        ) else {
            return None;
        };
        pairs
            .get(place, next)
            .or_else(|| pairs.read(face, place, next))
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
    fn get(&self, place: u8, next: u8) -> Option<(u16, i32)> {
        let place = usize::from(place);
        let advance = self.advances[place].as_ref()?[usize::from(next)];
        (advance != UNKNOWN).then(|| (self.glyphs[place], i32::from(advance)))
    }

    /// Reads an advance from the face, where the glyphs of the pair are known.
    fn read(&mut self, face: &Face, place: u8, next: u8) -> Option<(u16, i32)> {
        let glyph = |place: u8| Some(self.glyphs[usize::from(place)]).filter(|glyph| *glyph != 0);
        let left = glyph(place)?;
        let kerned = match next {
            END => 0,
            _ => face.kerning().between(left, glyph(next)?)?,
        };
        let advance = face.advance(left) + kerned;
        self.set(place, next, left, advance)
            .then_some((left, advance))
    }

    /// Keeps an advance; false where there is no room for it.
    fn set(&mut self, place: u8, next: u8, glyph: u16, advance: i32) -> bool {
        let (place, next) = (usize::from(place), usize::from(next));
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
const fn letter(ch: char) -> Letter {
    Letter::Plain(match ch {
        ')' | ']' | '}' => return Letter::Sign(FAR_BEFORE),
        '(' | '*' | '+' | '-' | ':' | '<' | '=' | '>' | '@' | '[' | '{' | '~' | '±' | '×' | '÷'
        | '–' | '—' => return Letter::Sign(BEFORE),
        ' '..='~' => ch as u8 - 0x20,
        'À'..='ÿ' => 95 + (ch as u8 - 0xC0),
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

/// A place in the text.
fn byte(at: usize) -> u32 {
    u32::try_from(at).expect("a line is shorter than 4 GB")
}
