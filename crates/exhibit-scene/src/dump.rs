//! A stable text of a frame, for goldens and for eyes.
//!
//! One line an item, in drawing order, groups before their contents and contents indented. Lengths are points with two
//! decimals; positions are relative to the group.

use std::fmt::Write as _;

use crate::frame::{Frame, GlyphRun, Group, Item, LinkTarget};
use crate::geom::Point;
use crate::paint::{Color, Fill, Path, Segment};
use crate::tag::Tag;

/// The frame as text.
///
/// ```
/// use exhibit_scene::{dump::dump, Color, Fill, Frame, Item, Path, Point, Rect, Size};
/// let mut frame = Frame::new(Size::new(40.0, 20.0));
/// frame.push(Point::new(2.0, 3.0), Item::Path(Path::rect(Rect::new(0.0, 0.0, 10.0, 5.0), Fill::Solid(Color::WHITE))));
/// assert_eq!(dump(&frame), "frame 40.00 x 20.00\n  2.00 3.00 path M 0.00 0.00 L 10.00 0.00 L 10.00 5.00 L 0.00 5.00 Z fill #ffffff\n");
/// ```
#[must_use]
pub fn dump(frame: &Frame) -> String {
    let mut out = format!(
        "frame {} x {}",
        length(frame.size.width),
        length(frame.size.height)
    );
    if let Some(baseline) = frame.baseline {
        push(&mut out, format_args!(" baseline {}", length(baseline)));
    }
    out.push('\n');
    contents(&mut out, frame, 1);
    out
}

fn contents(out: &mut String, frame: &Frame, depth: usize) {
    for (at, item) in &frame.items {
        for _ in 0..depth {
            out.push_str("  ");
        }
        out.push_str(&point(*at));
        match item {
            Item::Group(group) => {
                head(out, group);
                contents(out, &group.frame, depth + 1);
            }
            Item::Glyphs(run) => text(out, run),
            Item::Path(shape) => path(out, shape),
            Item::Link(link) => {
                let target = match &link.target {
                    LinkTarget::Destination(name) => format!("#{name}"),
                    LinkTarget::Uri(uri) => uri.clone(),
                };
                let size = link.size;
                push(
                    out,
                    format_args!(
                        " link {} x {} {target:?} {:?}",
                        length(size.width),
                        length(size.height),
                        link.description
                    ),
                );
                if let Some(tag) = link.tag {
                    push(out, format_args!(" node {}", tag.0));
                }
                out.push('\n');
            }
        }
    }
}

fn head(out: &mut String, group: &Group) {
    push(
        out,
        format_args!(
            " group {} x {}",
            length(group.frame.size.width),
            length(group.frame.size.height)
        ),
    );
    if !group.class.is_empty() {
        push(out, format_args!(" .{}", group.class));
    }
    if let Some(trace) = &group.trace {
        push(out, format_args!(" trace {:?}", trace.0));
    }
    if let Some(label) = &group.label {
        push(out, format_args!(" label {label:?}"));
    }
    if let Some(clip) = &group.clip {
        let (x, y, w, h) = (
            length(clip.x),
            length(clip.y),
            length(clip.width),
            length(clip.height),
        );
        push(out, format_args!(" clip {x} {y} {w} {h}"));
    }
    match group.tag {
        Some(Tag::Content(id)) => push(out, format_args!(" node {}", id.0)),
        Some(Tag::Artifact(kind)) => push(out, format_args!(" artifact {kind:?}")),
        None => {}
    }
    out.push('\n');
}

fn text(out: &mut String, run: &GlyphRun) {
    let (size, width) = (length(run.size), length(run.width()));
    push(
        out,
        format_args!(
            " text {:?} face {} size {size} width {width} {}",
            &*run.text,
            run.face.0,
            color(run.color)
        ),
    );
    if let Some(lang) = run.lang {
        push(out, format_args!(" lang {lang}"));
    }
    out.push('\n');
}

fn path(out: &mut String, path: &Path) {
    out.push_str(" path");
    for segment in &path.segments {
        match segment {
            Segment::Move(to) => push(out, format_args!(" M {}", point(*to))),
            Segment::Line(to) => push(out, format_args!(" L {}", point(*to))),
            Segment::Cubic(a, b, to) => push(
                out,
                format_args!(" C {} {} {}", point(*a), point(*b), point(*to)),
            ),
            Segment::Close => out.push_str(" Z"),
        }
    }
    match &path.fill {
        Some(Fill::Solid(ink)) => push(out, format_args!(" fill {}", color(*ink))),
        Some(Fill::Fade {
            from,
            to,
            start,
            end,
        }) => {
            push(
                out,
                format_args!(
                    " fade {} {} to {} {}",
                    point(*from),
                    color(*start),
                    point(*to),
                    color(*end)
                ),
            );
        }
        None => {}
    }
    if let Some(stroke) = &path.stroke {
        push(
            out,
            format_args!(" stroke {} {}", length(stroke.width), color(stroke.color)),
        );
        if !stroke.dash.is_empty() {
            let dash: Vec<String> = stroke.dash.iter().map(|part| length(*part)).collect();
            push(out, format_args!(" dash {}", dash.join(" ")));
        }
        push(out, format_args!(" {:?}", stroke.cap));
    }
    out.push('\n');
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("writing to a string does not fail");
}

fn point(at: Point) -> String {
    format!("{} {}", length(at.x), length(at.y))
}

/// Two decimals, and no minus before a zero.
fn length(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" {
        "0.00".to_owned()
    } else {
        text
    }
}

fn color(ink: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", ink.r, ink.g, ink.b)
}
