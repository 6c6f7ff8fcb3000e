//! Fills, strokes, and what they refer to: fades and clip paths.

use exhibit_scene::number::{hundredths, push};
use exhibit_scene::{Cap, Color, Fill, Path, Point, Rect, Stroke, paint::rect_segments};

use crate::xml::length;
use crate::{path, xml};

/// What paint refers to by id, in the order of first use; equal ones are kept once.
#[derive(Default)]
pub(crate) struct Servers {
    fades: Vec<Fade>,
    clips: Vec<Rect>,
}

#[derive(Clone, Copy, PartialEq)]
struct Fade {
    from: Point,
    to: Point,
    start: Color,
    end: Color,
}

impl Servers {
    pub(crate) fn is_empty(&self) -> bool {
        self.fades.is_empty() && self.clips.is_empty()
    }

    /// The number of the clip path for a rectangle of the picture.
    pub(crate) fn clip(&mut self, rect: Rect) -> usize {
        number(&mut self.clips, rect)
    }

    /// Writes the attributes of a path's fill and stroke; the path lies at `origin` of the picture.
    pub(crate) fn paint(&mut self, out: &mut String, path: &Path, origin: Point, id: &str) {
        match &path.fill {
            None => out.push_str(" fill=\"none\""),
            Some(Fill::Solid(solid)) => color(out, "fill", *solid),
            Some(Fill::Fade {
                from,
                to,
                start,
                end,
            }) => {
                let number = number(
                    &mut self.fades,
                    Fade {
                        from: origin + *from,
                        to: origin + *to,
                        start: *start,
                        end: *end,
                    },
                );
                xml::attribute(out, "fill", &format!("url(#{id}-fade{number})"));
            }
        }
        if let Some(line) = &path.stroke {
            stroke(out, line);
        }
    }

    /// Writes the definitions.
    pub(crate) fn write(&self, out: &mut String, id: &str) {
        for (index, rect) in self.clips.iter().enumerate() {
            out.push_str("<clipPath");
            xml::attribute(out, "id", &format!("{id}-clip{}", index + 1));
            out.push('>');
            path::shape(out, &rect_segments(*rect), Point::ZERO);
            out.push_str("/></clipPath>\n");
        }
        for (index, fade) in self.fades.iter().enumerate() {
            out.push_str("<linearGradient");
            xml::attribute(out, "id", &format!("{id}-fade{}", index + 1));
            out.push_str(" gradientUnits=\"userSpaceOnUse\"");
            length(out, "x1", fade.from.x);
            length(out, "y1", fade.from.y);
            length(out, "x2", fade.to.x);
            length(out, "y2", fade.to.y);
            out.push_str("><stop");
            color(out, "stop-color", fade.start);
            out.push_str("/><stop offset=\"1\"");
            color(out, "stop-color", fade.end);
            out.push_str("/></linearGradient>\n");
        }
    }
}

/// The place of an entry in a list, from 1, adding it when it is new.
fn number<T: PartialEq>(list: &mut Vec<T>, entry: T) -> usize {
    let index = list.iter().position(|known| *known == entry);
    index.unwrap_or_else(|| {
        list.push(entry);
        list.len() - 1
    }) + 1
}

/// Writes ` name="#rrggbb"`.
pub(crate) fn color(out: &mut String, name: &str, color: Color) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"#");
    for byte in [color.r, color.g, color.b] {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out.push('"');
}

fn stroke(out: &mut String, stroke: &Stroke) {
    color(out, "stroke", stroke.color);
    length(out, "stroke-width", stroke.width);
    if !stroke.dash.is_empty() {
        out.push_str(" stroke-dasharray=\"");
        for (index, dash) in stroke.dash.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            push::<2>(out, hundredths(*dash));
        }
        out.push('"');
    }
    match stroke.cap {
        Cap::Butt => {}
        Cap::Round => out.push_str(" stroke-linecap=\"round\""),
    }
}
