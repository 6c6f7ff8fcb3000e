//! Frames made smaller or larger as a whole.

use crate::frame::{Frame, Glyph, Group, Item};
use crate::geom::{Point, Rect, Size};
use crate::paint::{Fill, Path, Segment};

impl Frame {
    /// The frame with every length multiplied by `factor` (more than 0): positions, type, strokes, dashes.
    ///
    /// ```
    /// use exhibit_scene::{Frame, Size};
    /// assert_eq!(Frame::new(Size::new(10.0, 4.0)).scaled(0.5).size, Size::new(5.0, 2.0));
    /// ```
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            size: size(self.size, factor),
            baseline: self.baseline.map(|baseline| baseline * factor),
            items: self
                .items
                .iter()
                .map(|(at, it)| (point(*at, factor), item(it, factor)))
                .collect(),
        }
    }
}

fn point(at: Point, factor: f64) -> Point {
    Point::new(at.x * factor, at.y * factor)
}

fn size(size: Size, factor: f64) -> Size {
    Size::new(size.width * factor, size.height * factor)
}

fn item(item: &Item, factor: f64) -> Item {
    match item {
        Item::Group(group) => Item::Group(Group {
            frame: group.frame.scaled(factor),
            clip: group.clip.as_ref().map(|clip| {
                Box::new(Rect::new(
                    clip.x * factor,
                    clip.y * factor,
                    clip.width * factor,
                    clip.height * factor,
                ))
            }),
            ..group.clone()
        }),
        Item::Glyphs(run) => {
            let mut run = run.clone();
            run.size *= factor;
            let glyph = |glyph: &Glyph| Glyph {
                advance: glyph.advance * factor,
                dx: (f64::from(glyph.dx) * factor) as f32,
                dy: (f64::from(glyph.dy) * factor) as f32,
                ..*glyph
            };
            run.glyphs = run.glyphs.iter().map(glyph).collect();
            Item::Glyphs(run)
        }
        Item::Path(path) => Item::Path(scaled_path(path, factor)),
        Item::Link(link) => {
            let mut link = link.clone();
            link.size = size(link.size, factor);
            Item::Link(link)
        }
    }
}

fn scaled_path(path: &Path, factor: f64) -> Path {
    let p = |at: Point| point(at, factor);
    let segment = |segment: &Segment| match *segment {
        Segment::Move(at) => Segment::Move(p(at)),
        Segment::Line(at) => Segment::Line(p(at)),
        Segment::Cubic(a, b, c) => Segment::Cubic(p(a), p(b), p(c)),
        Segment::Close => Segment::Close,
    };
    let fill = path.fill.clone().map(|fill| match fill {
        Fill::Solid(color) => Fill::Solid(color),
        Fill::Fade {
            from,
            to,
            start,
            end,
        } => Fill::Fade {
            from: p(from),
            to: p(to),
            start,
            end,
        },
    });
    let stroke = path.stroke.clone().map(|mut stroke| {
        stroke.width *= factor;
        stroke.dash.iter_mut().for_each(|length| *length *= factor);
        stroke
    });
    Path {
        segments: path.segments.iter().map(segment).collect(),
        fill,
        stroke,
    }
}
