//! Text as text: glyph codes of embedded faces, each at its place, and the text of clusters that codes alone would not tell.
//!
//! A code is a glyph's number in the subset of its face, given in the order of first use. `ToUnicode` gives each code one
//! text; where the text of a cluster differs (a soft hyphen, a ligature of several glyphs), an `ActualText` around the
//! cluster gives it (ISO 32000-1, 14.9.4). Spaces of every kind become plain spaces, so that a search
//! finds words.

use std::collections::BTreeMap;

use exhibit_scene::number::{fixed, hundredths, length, push_short};
use exhibit_scene::{FaceId, Fonts, Glyph, GlyphRun, Point};
use subsetter::GlyphRemapper;

use crate::path::Flip;
use crate::state::State;
use crate::string::{plain_spaces, push_code, push_text};

/// How far a glyph may stand from its place before the pen is moved, in points: less than a hundredth.
const SLACK: f64 = 0.008;

/// The faces that a document has used so far.
pub(crate) struct Faces<'a> {
    fonts: &'a Fonts,
    used: BTreeMap<FaceId, Used>,
}

/// A face in use.
pub(crate) struct Used {
    /// Glyphs of the face to codes.
    pub(crate) codes: GlyphRemapper,
    /// What is known of each code, from 1 on; 0 is `.notdef`, which is never shown.
    pub(crate) glyphs: Vec<Coded>,
    /// By character of ASCII: a glyph that is shown for it alone, and the code whose text it is.
    met: [Option<(u16, u16)>; 128],
    units_per_em: f64,
}

/// A code in use.
pub(crate) struct Coded {
    /// Text of the first cluster in which the code stands alone, if there is one.
    alone: Option<Box<str>>,
    /// Text of the first cluster in which the code stands.
    within: Box<str>,
    /// Advance in thousandths of an em, rounded: the entry in `W`.
    pub(crate) width: i64,
}

impl Coded {
    /// Text in `ToUnicode`. Never empty: a code without text would break PDF/A-3, 6.2.11.7.2.
    pub(crate) fn text(&self) -> &str {
        match self.alone.as_deref().unwrap_or(&self.within) {
            "" => " ",
            "\u{AD}" => "-",
            text => text,
        }
    }
}

/// Glyphs that stand for one stretch of text.
struct Cluster<'a> {
    glyphs: &'a [Glyph],
    text: &'a str,
}

impl<'a> Faces<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            used: BTreeMap::new(),
        }
    }

    /// The faces in use with what is known of their codes, in the order of ids.
    pub(crate) fn used(&self) -> impl Iterator<Item = (FaceId, &Used)> {
        self.used.iter().map(|(face, used)| (*face, used))
    }

    /// Writes a run whose baseline begins at `place`, inside a text object whose last line began at `line`.
    pub(crate) fn run(
        &mut self,
        out: &mut Vec<u8>,
        run: &GlyphRun,
        place: Point,
        flip: Flip,
        (state, line): (&mut State, &mut (i64, i64)),
    ) {
        let used = self.used.entry(run.face).or_insert_with(|| Used {
            codes: GlyphRemapper::new(),
            glyphs: Vec::new(),
            met: [None; 128],
            units_per_em: self.fonts.units_per_em(run.face),
        });
        if let Some(lang) = run.lang {
            // The language of a change within the text (PDF/UA-1, 7.2).
            out.extend_from_slice(b"/Span<</Lang");
            push_text(out, lang);
            out.extend_from_slice(b">>BDC\n");
        }
        state.set_fill(out, run.color);
        state.set_font(out, run.face, hundredths(run.size));
        let start = flip.place(place);
        push_short::<2>(out, start.0 - line.0);
        out.push(b' ');
        push_short::<2>(out, start.1 - line.1);
        out.extend_from_slice(b" Td\n");
        *line = start;

        let size = length(hundredths(run.size));
        let mut show = Show {
            out,
            open: Open::Nothing,
            size,
            at: length(start.0),
        };
        let mut pen = place.x;
        let mut codes = Vec::new();
        for cluster in clusters(run) {
            // Nearly every cluster is a character that was met before.
            if let Some((glyph, code)) = used.met(&cluster)
                && state.rise == hundredths(f64::from(-glyph.dy))
            {
                let width = used.glyphs[usize::from(code) - 1].width;
                show.glyph(code, width, pen + f64::from(glyph.dx));
                pen += glyph.advance;
                continue;
            }
            let text = plain_spaces(cluster.text);
            // A soft hyphen inside a line has no ink either.
            let silent = matches!(&*text, "" | "\u{AD}")
                && cluster.glyphs.iter().all(|glyph| glyph.advance == 0.0);
            if silent {
                continue;
            }
            used.give_codes(self.fonts, run.face, (cluster.glyphs, &text), &mut codes);
            let spelled = used.spells(&codes, (cluster.glyphs, &text));
            if !spelled {
                show.close();
                show.out.extend_from_slice(b"/Span<</ActualText");
                push_text(show.out, &text);
                show.out.extend_from_slice(b">>BDC\n");
            }
            for (glyph, code) in cluster.glyphs.iter().zip(&codes) {
                let rise = hundredths(f64::from(-glyph.dy));
                if state.rise != rise {
                    state.rise = rise;
                    show.close();
                    push_short::<2>(show.out, rise);
                    show.out.extend_from_slice(b" Ts\n");
                }
                show.glyph(
                    *code,
                    used.glyphs[usize::from(*code) - 1].width,
                    pen + f64::from(glyph.dx),
                );
                pen += glyph.advance;
            }
            if !spelled {
                show.close();
                show.out.extend_from_slice(b"EMC\n");
            }
        }
        show.close();
        if run.lang.is_some() {
            out.extend_from_slice(b"EMC\n");
        }
    }
}

impl Used {
    /// The glyph and code of a cluster that was met before: one glyph for one character of ASCII, which is the text of the code.
    fn met<'a>(&self, cluster: &Cluster<'a>) -> Option<(&'a Glyph, u16)> {
        let ([glyph], [byte]) = (cluster.glyphs, cluster.text.as_bytes()) else {
            return None;
        };
        let (id, code) = (*self.met.get(usize::from(*byte))?)?;
        (id == glyph.id).then_some((glyph, code))
    }

    /// Puts the codes of a cluster's glyphs in place of `codes`; a glyph that has none yet is given the next.
    fn give_codes(
        &mut self,
        fonts: &Fonts,
        face: FaceId,
        (glyphs, text): (&[Glyph], &str),
        codes: &mut Vec<u16>,
    ) {
        codes.clear();
        for glyph in glyphs {
            let code = self.codes.remap(glyph.id);
            assert!(code > 0, "a scene holds no .notdef");
            if usize::from(code) > self.glyphs.len() {
                let advance = f64::from(fonts.advance(face, glyph.id));
                self.glyphs.push(Coded {
                    alone: None,
                    within: text.into(),
                    width: fixed::<0>(advance * 1000.0 / self.units_per_em),
                });
            }
            codes.push(code);
        }
    }

    /// True when the texts of the codes spell the text of the cluster. The first text of a code that stands alone becomes its own; a soft
    /// hyphen leaves the place to the hyphen.
    fn spells(&mut self, codes: &[u16], (glyphs, text): (&[Glyph], &str)) -> bool {
        let ([code], [glyph]) = (codes, glyphs) else {
            return false;
        };
        if text.is_empty() || text == "\u{AD}" {
            return false;
        }
        let coded = &mut self.glyphs[usize::from(*code) - 1];
        let spelled = coded.alone.get_or_insert_with(|| text.into()).as_ref() == text;
        if spelled && let [byte @ ..128] = text.as_bytes() {
            self.met[usize::from(*byte)] = Some((glyph.id, *code));
        }
        spelled
    }
}

/// The clusters of a run, from left to right.
fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut rest = run.glyphs.as_slice();
    std::iter::from_fn(move || {
        let start = rest.first()?.cluster;
        let others = rest.iter().position(|glyph| glyph.cluster != start);
        let (glyphs, behind) = rest.split_at(others.unwrap_or(rest.len()));
        let end = behind
            .first()
            .map_or(run.text.len(), |glyph| glyph.cluster as usize);
        rest = behind;
        Some(Cluster {
            glyphs,
            text: &run.text[start as usize..end],
        })
    })
}

/// What is open in the content stream.
#[derive(PartialEq)]
enum Open {
    Nothing,
    /// An array of codes and moves.
    Array,
    /// A string of codes in it.
    Codes,
}

/// Shows glyphs, and moves the pen where it would be too far off.
struct Show<'a> {
    out: &'a mut Vec<u8>,
    open: Open,
    size: f64,
    /// Where a reader's pen is, in points.
    at: f64,
}

impl Show<'_> {
    fn glyph(&mut self, code: u16, width: i64, place: f64) {
        self.move_to(place);
        match self.open {
            Open::Nothing => self.out.extend_from_slice(b"[("),
            Open::Array => self.out.push(b'('),
            Open::Codes => {}
        }
        self.open = Open::Codes;
        push_code(self.out, code);
        self.at += self.points(width, 1000.0);
    }

    /// Moves the pen to a place, as near as the finest step that the size asks for.
    fn move_to(&mut self, place: f64) {
        let off = place - self.at;
        if off.abs() <= SLACK {
            return;
        }
        let back = -off * 1000.0 / self.size;
        // Whole thousandths of an em are fine enough up to 10 points.
        let tenths = self.size > 10.0;
        match self.open {
            Open::Nothing => self.out.push(b'['),
            Open::Array => self.out.push(b' '),
            Open::Codes => self.out.push(b')'),
        }
        self.open = Open::Array;
        if tenths {
            let step = fixed::<1>(back);
            push_short::<1>(self.out, step);
            self.at -= self.points(step, 10_000.0);
        } else {
            let step = fixed::<0>(back);
            push_short::<0>(self.out, step);
            self.at -= self.points(step, 1000.0);
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "thousandths of an em on one line"
    )]
    fn points(&self, value: i64, scale: f64) -> f64 {
        value as f64 * self.size / scale
    }

    fn close(&mut self) {
        match self.open {
            Open::Nothing => return,
            Open::Array => {}
            Open::Codes => self.out.push(b')'),
        }
        self.open = Open::Nothing;
        self.out.extend_from_slice(b"]TJ\n");
    }
}
