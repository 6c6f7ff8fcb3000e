//! What a content stream has set so far; what is set already is not set again.
//!
//! Colours are device RGB, which the output intent (`icc`) makes sRGB (PDF/A-3, 6.2.4.3). There is no transparency.

use exhibit_scene::number::{fixed, hundredths, push_short};
use exhibit_scene::{Cap, Color, FaceId, Stroke};

use crate::resource;

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
            out.push(b'/');
            resource::push_font(out, face);
            out.push(b' ');
            push_short::<2>(out, size);
            out.extend_from_slice(b" Tf\n");
        }
    }

    /// Sets what lines are drawn with: colour, width, dash and cap.
    pub(crate) fn set_stroke(&mut self, out: &mut Vec<u8>, stroke: &Stroke) {
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
}

/// Writes three channels to a thousandth, which is finer than a step of 1/255.
fn push_color(out: &mut Vec<u8>, color: Color) {
    for byte in [color.r, color.g, color.b] {
        push_short::<3>(out, fixed::<3>(f64::from(byte) / 255.0));
        out.push(b' ');
    }
}
