//! Paths as they are painted, and the fades that areas are filled with.

use exhibit_scene::number::{fixed, length};
use exhibit_scene::{Color, Fill, Path, Point};
use lopdf::{Dictionary, Object, dictionary};

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

#[derive(Clone, Copy, Debug, PartialEq)]
struct Fade {
    from: (i64, i64),
    to: (i64, i64),
    start: Color,
    end: Color,
}

impl Fades {
    fn number(&mut self, fade: Fade) -> usize {
        let known = self.fades.iter().position(|known| *known == fade);
        known.unwrap_or_else(|| {
            self.fades.push(fade);
            self.fades.len() - 1
        })
    }

    /// The shading dictionaries by resource name: axial, held constant beyond both ends (ISO 32000-1, 8.7.4.5.3).
    pub(crate) fn resources(&self) -> Dictionary {
        let mut resources = Dictionary::new();
        for (number, fade) in self.fades.iter().enumerate() {
            let function = dictionary! {
                "FunctionType" => 2,
                "Domain" => vec![0.into(), 1.into()],
                "C0" => channels(fade.start),
                "C1" => channels(fade.end),
                "N" => 1,
            };
            let coords = [fade.from.0, fade.from.1, fade.to.0, fade.to.1];
            resources.set(
                resource::fade(number),
                dictionary! {
                    "ShadingType" => 2,
                    "ColorSpace" => "DeviceRGB",
                    "Coords" => coords.map(real).to_vec(),
                    "Function" => function,
                    "Extend" => vec![true.into(), true.into()],
                },
            );
        }
        resources
    }
}

/// A length in hundredths as an object.
pub(crate) fn real(hundredths: i64) -> Object {
    if hundredths % 100 == 0 {
        return Object::Integer(hundredths / 100);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "lopdf keeps reals in 32 bits: exact to a hundredth up to 100,000 points"
    )]
    let value = length(hundredths) as f32;
    Object::Real(value)
}

fn channels(color: Color) -> Vec<Object> {
    let channel = |byte: u8| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a number of thousandths up to 1,000"
        )]
        let value = fixed::<3>(f64::from(byte) / 255.0) as f32 / 1000.0;
        Object::Real(value)
    };
    [color.r, color.g, color.b].map(channel).to_vec()
}
