//! Laws that every drawn chart keeps, whatever it shows.

use exhibit_facts::facts::Facts;
use exhibit_scene::{Frame, GlyphRun, Item, Path, Point, Rect, Segment};

/// Far below what print shows: rounding to hundredths, twice.
const HAIR: f64 = 0.03;

/// Compiles a brief of the workspace with the data sets beside it.
///
/// # Panics
/// When the brief has an error.
#[must_use]
pub fn facts(path: &str) -> Facts {
    let (folder, _) = path.rsplit_once('/').expect("a path with a folder");
    let text = crate::read(path);
    let done = exhibit_core::compile(path, &text, &mut |name| {
        Ok((name.to_owned(), crate::read(&format!("{folder}/{name}"))))
    });
    let said: Vec<String> = done
        .report
        .findings()
        .iter()
        .map(|finding| exhibit_core::diag::one_line(finding, &done.sources))
        .collect();
    done.facts.unwrap_or_else(|| panic!("{}", said.join("\n")))
}

/// What a picture breaks of the laws: nothing is drawn outside the frame, every number is one, no two texts touch, and no reference line
/// runs through a text.
#[must_use]
pub fn faults(frame: &Frame) -> Vec<String> {
    let mut faults = Vec::new();
    let room = Rect::new(0.0, 0.0, frame.size.width, frame.size.height);
    let texts = words(frame);
    for (ink, text) in &texts {
        if !holds(&room, ink) {
            faults.push(format!("{text:?} leaves the frame: {ink:?}"));
        }
    }
    frame.visit(Point::ZERO, &mut |at, item| match item {
        Item::Path(path) => {
            for point in points(path) {
                let place = at + point;
                let inside = Rect::new(place.x, place.y, 0.0, 0.0);
                if !(place.x.is_finite() && place.y.is_finite()) {
                    faults.push("a shape has a coordinate that is no number".to_owned());
                } else if !holds(&room, &inside) {
                    faults.push(format!("a shape leaves the frame at {place:?}"));
                }
            }
        }
        Item::Glyphs(_) | Item::Group(_) | Item::Link(_) => {}
    });
    for (index, (ink, text)) in texts.iter().enumerate() {
        for (other, words) in &texts[index + 1..] {
            if ink.overlaps(other) {
                faults.push(format!("{text:?} touches {words:?}"));
            }
        }
    }
    for line in reference_lines(frame) {
        for (ink, text) in &texts {
            if ink.overlaps(&line) {
                faults.push(format!("a reference line runs through {text:?}"));
            }
        }
    }
    faults
}

/// Arrows that touch a text, in words.
#[must_use]
pub fn arrows_on_words(frame: &Frame) -> Vec<String> {
    let mut faults = Vec::new();
    for (ink, text) in words(frame) {
        if arrows(frame).iter().any(|arrow| arrow.overlaps(&ink)) {
            faults.push(format!("an arrow touches {text:?}"));
        }
    }
    faults
}

/// Texts of a frame with the room that their letters take.
#[must_use]
pub fn words(frame: &Frame) -> Vec<(Rect, String)> {
    let mut words = Vec::new();
    frame.visit(Point::ZERO, &mut |at, item| {
        // White space takes no room, and an empty run has no box.
        if let Item::Glyphs(run) = item
            && !run.text.trim().is_empty()
        {
            words.push((ink(at, run), run.text.to_string()));
        }
    });
    words
}

/// The room of each arrow of open ends: a filled triangle.
#[must_use]
pub fn arrows(frame: &Frame) -> Vec<Rect> {
    let mut arrows = Vec::new();
    frame.visit(Point::ZERO, &mut |at, item| {
        if let Item::Path(path) = item
            && let [
                Segment::Move(a),
                Segment::Line(b),
                Segment::Line(c),
                Segment::Close,
            ] = path.segments[..]
        {
            let (left, right) = (a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x));
            let (top, bottom) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
            arrows.push(Rect::new(
                at.x + left,
                at.y + top,
                right - left,
                bottom - top,
            ));
        }
    });
    arrows
}

/// The pieces of all reference lines of a picture, each as the room that its stroke takes.
#[must_use]
pub fn reference_lines(frame: &Frame) -> Vec<Rect> {
    let mut lines = Vec::new();
    frame.visit(Point::ZERO, &mut |at, item| {
        let Item::Group(group) = item else { return };
        if group.class != "reference" {
            return;
        }
        group.frame.visit(at, &mut |at, item| {
            if let Item::Path(path) = item
                && let (Some(stroke), [Segment::Move(from), Segment::Line(to)]) =
                    (&path.stroke, path.segments.as_slice())
            {
                let half = stroke.width / 2.0;
                let (left, top) = (from.x.min(to.x), from.y.min(to.y));
                lines.push(Rect::new(
                    at.x + left - half,
                    at.y + top - half,
                    (to.x - from.x).abs() + stroke.width,
                    (to.y - from.y).abs() + stroke.width,
                ));
            }
        });
    });
    lines
}

/// Size in points of the smallest text of a frame; infinite without text.
#[must_use]
pub fn smallest(frame: &Frame) -> f64 {
    let mut smallest = f64::INFINITY;
    frame.visit(Point::ZERO, &mut |_, item| {
        if let Item::Glyphs(run) = item {
            smallest = smallest.min(run.size);
        }
    });
    smallest
}

/// Texts of a frame, run by run in the order in which they are drawn.
#[must_use]
pub fn texts(frame: &Frame) -> Vec<String> {
    let mut texts = Vec::new();
    frame.visit(Point::ZERO, &mut |_, item| {
        if let Item::Glyphs(run) = item {
            texts.push(run.text.to_string());
        }
    });
    texts
}

/// A mark of a picture.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The address of its fact.
    pub trace: String,
    /// The texts inside, in the order in which they are drawn.
    pub text: String,
}

/// The marks of a frame in the order in which they are drawn.
#[must_use]
pub fn marks(frame: &Frame) -> Vec<Mark> {
    let mut marks = Vec::new();
    frame.visit(Point::ZERO, &mut |_, item| {
        if let Item::Group(group) = item
            && let Some(trace) = &group.trace
        {
            marks.push(Mark {
                trace: trace.0.to_string(),
                text: texts(&group.frame).join(" "),
            });
        }
    });
    marks
}

/// Texts of the parts of one class, for instance `"axis"`, in the order in which they are drawn.
#[must_use]
pub fn texts_of(frame: &Frame, class: &str) -> Vec<String> {
    let mut found = Vec::new();
    frame.visit(Point::ZERO, &mut |_, item| {
        if let Item::Group(group) = item
            && group.class == class
        {
            found.extend(texts(&group.frame));
        }
    });
    found
}

/// The room that a run's letters take, without the white above capitals and the depth of descenders: what would be seen to touch.
fn ink(at: Point, run: &GlyphRun) -> Rect {
    let trailing: f64 = run
        .glyphs
        .iter()
        .rev()
        .take_while(|glyph| run.text[glyph.cluster as usize..].starts_with(char::is_whitespace))
        .map(|glyph| glyph.advance)
        .sum();
    let (rise, depth) = (0.72 * run.size, 0.12 * run.size);
    let width = (run.width() - trailing - 2.0 * HAIR).max(0.0);
    Rect::new(at.x + HAIR, at.y - rise, width, rise + depth)
}

fn holds(room: &Rect, inside: &Rect) -> bool {
    inside.x >= room.x - HAIR
        && inside.y >= room.y - HAIR
        && inside.right() <= room.right() + HAIR
        && inside.bottom() <= room.bottom() + HAIR
}

/// Points that a shape goes through, and those that bend it.
#[must_use]
pub fn points(path: &Path) -> Vec<Point> {
    path.segments
        .iter()
        .flat_map(|segment| match *segment {
            Segment::Move(at) | Segment::Line(at) => vec![at],
            Segment::Cubic(a, b, c) => vec![a, b, c],
            Segment::Close => Vec::new(),
        })
        .collect()
}
