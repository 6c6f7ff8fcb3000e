//! Colours, strokes and fades; what is set already is not set again.
//!
//! Colours are device RGB, which the output intent (`icc`) makes sRGB (PDF/A-3, 6.2.4.3). There is no transparency.

use exhibit_scene::number::{fixed, hundredths, length, push_short};
use exhibit_scene::{Cap, Color, FaceId, Fill, Path, Point, Stroke};
use lopdf::{Dictionary, Object, dictionary};

use crate::path::{Flip, shape};
use crate::text::push_font_name;

/// What a content stream has set so far: the part of the graphics state that we use.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    fill: Color,
    stroke: Color,
    /// In hundredths.
    width: i64,
    /// In hundredths.
    dash: Vec<i64>,
    cap: Cap,
    /// Face and size in hundredths.
    font: Option<(FaceId, i64)>,
    /// Height of glyphs above their line, in hundredths.
    pub(crate) rise: i64,
}

impl State {
    /// How every page begins (ISO 32000-1, table 52). The scene's mitre limit is PDF's own.
    pub(crate) fn initial() -> Self {
        Self {
            fill: Color::hex(0),
            stroke: Color::hex(0),
            width: 100,
            dash: Vec::new(),
            cap: Cap::Butt,
            font: None,
            rise: 0,
        }
    }

    /// Sets the colour that areas and glyphs are filled with.
    pub(crate) fn set_fill(&mut self, out: &mut Vec<u8>, color: Color) {
        if self.fill != color {
            self.fill = color;
            push_color(out, color);
            out.extend_from_slice(b"rg\n");
        }
    }

    /// Sets the font; the size is in hundredths.
    pub(crate) fn set_font(&mut self, out: &mut Vec<u8>, face: FaceId, size: i64) {
        if self.font != Some((face, size)) {
            self.font = Some((face, size));
            push_font_name(out, face);
            out.push(b' ');
            push_short::<2>(out, size);
            out.extend_from_slice(b" Tf\n");
        }
    }

    fn set_stroke(&mut self, out: &mut Vec<u8>, stroke: &Stroke) {
        if self.stroke != stroke.color {
            self.stroke = stroke.color;
            push_color(out, stroke.color);
            out.extend_from_slice(b"RG\n");
        }
        let width = hundredths(stroke.width);
        if self.width != width {
            self.width = width;
            push_short::<2>(out, width);
            out.extend_from_slice(b" w\n");
        }
        let dash: Vec<i64> = stroke.dash.iter().map(|dash| hundredths(*dash)).collect();
        if self.dash != dash {
            out.push(b'[');
            for (index, dash) in dash.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                push_short::<2>(out, *dash);
            }
            out.extend_from_slice(b"]0 d\n");
            self.dash = dash;
        }
        if self.cap != stroke.cap {
            self.cap = stroke.cap;
            out.extend_from_slice(match stroke.cap {
                Cap::Butt => b"0 J\n",
                Cap::Round => b"1 J\n",
            });
        }
    }

    /// Draws a path whose item lies at `origin`.
    pub(crate) fn path(
        &mut self,
        out: &mut Vec<u8>,
        path: &Path,
        origin: Point,
        flip: Flip,
        fades: &mut Fades,
    ) {
        if let Some(stroke) = &path.stroke {
            self.set_stroke(out, stroke);
        }
        let painted: &[u8] = match (&path.fill, &path.stroke) {
            (None, None) => return,
            (None, Some(_)) => b"S\n",
            (Some(Fill::Solid(color)), stroke) => {
                self.set_fill(out, *color);
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
                out.extend_from_slice(name(number).as_bytes());
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
                name(number),
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

fn name(number: usize) -> String {
    format!("S{number}")
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

/// Writes three channels to a thousandth, which is finer than a step of 1/255.
fn push_color(out: &mut Vec<u8>, color: Color) {
    for byte in [color.r, color.g, color.b] {
        push_short::<3>(out, fixed::<3>(f64::from(byte) / 255.0));
        out.push(b' ');
    }
}
