//! Paths as they are painted, and the fades that areas are filled with.

use exhibit_scene::{Color, Fill, Path, Point};

use crate::path::{Flip, shape};
use crate::resource;
use crate::state::State;

/// Draws a path whose item lies at `origin`.
pub(crate) fn path(
    out: &mut Vec<u8>,
    path: &Path,
    origin: Point,
    flip: Flip,
    (state, fades): (&mut State, &mut Fades),
) {
    if let Some(stroke) = &path.stroke {
        state.set_stroke(out, stroke);
    }
    let painted: &[u8] = match (&path.fill, &path.stroke) {
        (None, None) => return,
        (None, Some(_)) => b"S\n",
        (Some(Fill::Solid(color)), stroke) => {
            state.set_fill(out, *color);
            if stroke.is_some() { b"B\n" } else { b"f\n" }
        }
        (
            Some(Fill::Fade {
                from,
                to,
                start,
                end,
            }),
            stroke,
        ) => {
            let number = fades.number(Fade {
                from: flip.place(origin + *from),
                to: flip.place(origin + *to),
                start: *start,
                end: *end,
            });
            out.extend_from_slice(b"q\n");
            shape(out, &path.segments, origin, flip);
            out.extend_from_slice(b"W n\n/");
            out.extend_from_slice(resource::fade(number).as_bytes());
            out.extend_from_slice(b" sh\nQ\n");
            if stroke.is_none() {
                return;
            }
            b"S\n"
        }
    };
    shape(out, &path.segments, origin, flip);
    out.extend_from_slice(painted);
}

/// The fades of a document, in the order of first use; equal ones are kept once.
#[derive(Debug, Default)]
pub(crate) struct Fades {
    fades: Vec<Fade>,
}

/// A fade between two points of a page, both in hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fade {
    pub(crate) from: (i64, i64),
    pub(crate) to: (i64, i64),
    /// Colour at `from` and before it.
    pub(crate) start: Color,
    /// Colour at `to` and beyond it.
    pub(crate) end: Color,
}

impl Fades {
    /// The number of a fade, from 0, adding it when it is new.
    fn number(&mut self, fade: Fade) -> usize {
        let known = self.fades.iter().position(|known| *known == fade);
        known.unwrap_or_else(|| {
            self.fades.push(fade);
            self.fades.len() - 1
        })
    }

    /// The fades, in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Fade> {
        self.fades.iter()
    }
}
