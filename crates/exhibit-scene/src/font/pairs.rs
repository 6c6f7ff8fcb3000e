//! Plain letters of Inter, learned from the shaper and then set without the shaper.
//!
//! In Inter the glyph of a plain letter depends on nothing around the letter, and the advance on nothing but the character
//! behind: kerning goes by pairs, and contextual forms change signs only (a hyphen between capitals is raised, the x of
//! `3x4` becomes a multiplication sign), and none among small letters. So the shaper is asked once for the glyphs of the
//! alphabet, the kerning of pairs is read from the face (`kerning`), and the shaper sees again only what stands within reach of
//! a sign, capitals and figures. A test holds this to whole texts of the shaper, over hostile lines and every face of Inter.
//!
//! Other faces have other rules, such as ligatures. Only a face that says
//! [`ContextualRules::Inter`](super::face::ContextualRules::Inter) may be set by this table.

use super::face::Face;
use super::kerning::KerningByGlyph;

/// Characters with a place in the table, and one place for the end of the text.
const PLACES: usize = 170;
/// Place of the end of the text.
const END: u8 = 169;
/// Place of characters that have none.
const NOWHERE: u8 = u8::MAX;

/// Characters before a sign that its form may depend on: a digit behind two spaces. Signs beside a sign have a reach of their own.
const BEFORE: u8 = 3;
/// The same for closing brackets, which look for their opening one behind six letters, and for what text rarely holds.
const FAR_BEFORE: u8 = 7;
/// Characters after a sign that its form may depend on: a capital behind two spaces.
const AFTER: usize = 3;

/// What the characters of ASCII are, but for an x.
const ASCII: [Letter; 128] = {
    let mut letters = [letter('\0'); 128];
    let mut index: u8 = 0;
    while index < 128 {
        letters[index as usize] = letter(index as char);
        index += 1;
    }
    letters
};

/// An advance that is not known yet. No glyph goes so far back.
const UNKNOWN: i16 = i16::MIN;

/// Glyphs of plain characters, and their advances by the character that follows.
pub(super) struct Pairs {
    /// Glyph by place; 0 where not known yet.
    glyphs: [u16; PLACES],
    /// Advance in font units by place and by the following place; [`UNKNOWN`] where not known yet.
    advances: Vec<Option<Box<[i16; PLACES]>>>,
    /// Kerning that was read from the face.
    pub(super) kerned: KerningByGlyph,
}

/// Effect of a character on its neighbours.
#[derive(Clone, Copy)]
struct Letter {
    /// Its place in the table, or [`NOWHERE`].
    place: u8,
    /// The number of characters before it that its form may depend on: none for a plain letter, some for a sign.
    before: u8,
    /// No sign has another form beside it.
    calm: bool,
}

/// A text as plain letters and signs.
pub(super) struct Spelled {
    /// Where each character begins, and the end of the text.
    bytes: Vec<u32>,
    /// One more than characters: the end is plain too.
    letters: Vec<Letter>,
    /// The characters that a sign may take another form beside, that one included.
    near: Vec<bool>,
}

impl Spelled {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        let mut letters = Vec::with_capacity(text.len() + 1);
        for (at, ch) in text.char_indices() {
            bytes.push(byte(at));
            letters.push(match ch {
                // A sign between figures, never in a word.
                'x' if !in_word(text[..at].chars().next_back())
                    && !in_word(text[at + 1..].chars().next()) =>
                {
                    Letter {
                        place: NOWHERE,
                        before: BEFORE,
                        calm: false,
                    }
                }
                '\0'..='\x7F' => ASCII[ch as usize],
                _ => letter(ch),
            });
        }
        bytes.push(byte(text.len()));
        let near = near(&letters);
        letters.push(Letter {
            place: END,
            before: 0,
            calm: true,
        });
        Self {
            bytes,
            letters,
            near,
        }
    }

    /// Number of characters.
    pub(super) fn count(&self) -> usize {
        self.near.len()
    }

    /// Where a character begins; the end of the text behind the last.
    pub(super) fn byte(&self, index: usize) -> u32 {
        self.bytes[index]
    }

    /// Glyph and advance of a character, where they are known or can be read from the face; `None` where the shaper is to be asked.
    pub(super) fn known(&self, pairs: &mut Pairs, face: &Face, index: usize) -> Option<(u16, i32)> {
        if self.near[index] {
            return None;
        }
        let (place, next) = (self.letters[index].place, self.letters[index + 1].place);
        pairs
            .get(place, next)
            .or_else(|| pairs.read(face, place, next))
    }

    /// Keeps the glyph that the shaper gave a character, unless a sign beside it may have made it another: an accent does.
    pub(super) fn learn(&self, pairs: &mut Pairs, index: usize, glyph: u16) {
        if !self.near[index] {
            pairs.glyphs[usize::from(self.letters[index].place)] = glyph;
        }
    }
}

/// Where signs may take another form: within reach of each, unless all around it is calm.
fn near(letters: &[Letter]) -> Vec<bool> {
    let mut near = vec![false; letters.len()];
    for (index, sign) in letters.iter().enumerate() {
        if sign.before > 0 {
            let start = index.saturating_sub(sign.before.into());
            let reach = start..letters.len().min(index + AFTER + 1);
            let mut around = letters[start..index]
                .iter()
                .chain(&letters[index + 1..reach.end]);
            if sign.place == NOWHERE || !around.all(|letter| letter.calm) {
                near[reach].fill(true);
            }
        }
    }
    near
}

/// What most text is made of: ASCII without its signs, and the spaces and quotation marks beside it.
pub(super) fn alphabet() -> String {
    let ascii = (' '..='~').filter(|ch| letter(*ch).before == 0);
    ascii.chain("\u{A0}\u{202F}‘’“”§¶".chars()).collect()
}

impl Default for Pairs {
    fn default() -> Self {
        Self {
            glyphs: [0; PLACES],
            advances: vec![None; PLACES],
            kerned: KerningByGlyph::default(),
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
            _ => {
                let next = glyph(next)?;
                self.kerned.between(face.kerning(), left, next)?
            }
        };
        let advance = face.advance(left) + kerned;
        self.set(place, next, advance).then_some((left, advance))
    }

    /// Keeps an advance; false where there is no room for it.
    fn set(&mut self, place: u8, next: u8, advance: i32) -> bool {
        let Ok(advance) = i16::try_from(advance) else {
            return false;
        };
        let row = &mut self.advances[usize::from(place)];
        row.get_or_insert_with(|| Box::new([UNKNOWN; PLACES]))[usize::from(next)] = advance;
        true
    }
}

/// What a character is, unless it is an x.
const fn letter(ch: char) -> Letter {
    let place = match ch {
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
        '–' => 167,
        '—' => 168,
        _ => NOWHERE,
    };
    let before = match ch {
        ')' | ']' | '}' => FAR_BEFORE,
        '(' | '*' | '+' | '-' | ':' | '<' | '=' | '>' | '@' | '[' | '{' | '~' | '±' | '×' | '÷'
        | '–' | '—' => BEFORE,
        _ if place == NOWHERE => FAR_BEFORE,
        _ => 0,
    };
    let calm = matches!(ch, 'a'..='w' | 'y' | 'z' | ' ' | ',' | '.');
    Letter {
        place,
        before,
        calm,
    }
}

fn in_word(ch: Option<char>) -> bool {
    ch.is_some_and(|ch| ch.is_ascii_alphabetic() && ch != 'x')
}

/// A place in the text.
fn byte(at: usize) -> u32 {
    u32::try_from(at).expect("a line is shorter than 4 GB")
}
