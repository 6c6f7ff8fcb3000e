//! Random documents: whatever a scene may hold.

use exhibit_scene::{
    Artifact, Cap, Color, Destination, Document, Fill, Fonts, Frame, Group, Item, Link, LinkTarget,
    OutlineEntry, Page, Path, Point, Rect, Role, Scope, Segment, Size, Stroke, Structure, Tag,
    TagId, TextStyle, Theme, Weight,
};
use proptest::prelude::*;

use super::meta;

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 400.0;

/// A part of a page; each begins a structure of its own.
#[derive(Clone, Debug)]
enum Part {
    /// A paragraph of pieces over one or two pages, each with its style; a piece may be a link.
    Text(Vec<(String, u8, bool)>, bool),
    /// A figure of paths and a text.
    Figure(Vec<Shape>, String),
    /// A table of rows of two cells, its head spanning both.
    Table(Vec<String>),
    /// A list with labels.
    List(Vec<String>, bool),
    /// A note.
    Note(String),
    /// Decoration.
    Artifact(u8, String),
}

/// A path, and how it is painted.
#[derive(Clone, Debug)]
struct Shape {
    points: Vec<(f64, f64)>,
    paint: u8,
    clipped: bool,
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z0-9,.;&<>()\\\\“”’–-]{1,9}",
        Just("小米".to_owned()),
        Just("雷军，汽车。".to_owned()),
        Just("Übergröße".to_owned()),
        Just("a\u{AD}b\u{200B}c\u{A0}d\te".to_owned()),
        Just("fi ffi e\u{301} A\u{30A}".to_owned()),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

fn shape() -> impl Strategy<Value = Shape> {
    let point = (-20.0..120.0_f64, -20.0..120.0_f64);
    (
        prop::collection::vec(point, 3..7),
        any::<u8>(),
        any::<bool>(),
    )
        .prop_map(|(points, paint, clipped)| Shape {
            points,
            paint,
            clipped,
        })
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        3 => (prop::collection::vec((words(), any::<u8>(), any::<bool>()), 1..5), any::<bool>())
            .prop_map(|(pieces, parted)| Part::Text(pieces, parted)),
        2 => (prop::collection::vec(shape(), 0..6), words()).prop_map(|(shapes, text)| Part::Figure(shapes, text)),
        1 => prop::collection::vec(words(), 1..4).prop_map(Part::Table),
        1 => (prop::collection::vec(words(), 1..4), any::<bool>()).prop_map(|(items, counted)| Part::List(items, counted)),
        1 => words().prop_map(Part::Note),
        1 => (any::<u8>(), words()).prop_map(|(kind, text)| Part::Artifact(kind, text)),
    ]
}

/// A document while it is made.
struct Maker<'a> {
    fonts: &'a Fonts,
    structure: Structure,
    pages: Vec<Frame>,
    outline: Vec<OutlineEntry>,
    notes: usize,
}

impl Maker<'_> {
    fn line(&self, text: &str, style: u8) -> Frame {
        let theme = Theme::standard();
        let style = TextStyle {
            weight: [Weight::Regular, Weight::SemiBold, Weight::Bold][usize::from(style % 3)],
            italic: style & 8 > 0,
            tabular: style & 16 > 0,
            tracking: if style & 32 > 0 { 0.07 } else { 0.0 },
            color: Color::hex(u32::from(style) * 0x1_03_05),
            ..theme.text(5.0 + f64::from(style % 16) * 1.37)
        };
        self.fonts.line(text, &style).expect("the faces have it")
    }

    /// Puts a frame on a page as the content of a leaf.
    fn fill(&mut self, page: usize, leaf: TagId, frame: Frame) {
        let place = self.place(page);
        let group = Group::tagged(frame, Tag::Content(leaf));
        self.pages[page].push(place, Item::Group(group));
    }

    fn place(&self, page: usize) -> Point {
        #[expect(clippy::cast_precision_loss, reason = "a few items")]
        let down = self.pages[page].items.len() as f64 * 11.3;
        Point::new(17.77, 20.0 + down % (HEIGHT - 60.0))
    }

    fn part(&mut self, part: &Part) {
        let root = Structure::ROOT;
        let last = self.pages.len() - 1;
        match part {
            Part::Text(pieces, parted) => {
                let paragraph = self.structure.add(root, Role::P);
                for (index, (text, style, live)) in pieces.iter().enumerate() {
                    let page = if *parted && index == 0 { 0 } else { last };
                    let frame = self.line(text, *style);
                    let leaf = if *live {
                        self.link(paragraph, page, frame.size, *style)
                    } else {
                        self.structure.add(paragraph, Role::Content)
                    };
                    self.fill(page, leaf, frame);
                    if *parted {
                        // The leaf goes on where the last page begins.
                        let frame = self.line("and on", *style);
                        self.fill(last, leaf, frame);
                    }
                }
            }
            Part::Figure(shapes, text) => {
                let (figure, leaf) = self.structure.add_leaf(root, Role::Figure);
                let node = self.structure.node_mut(figure);
                node.alt = Some(text.clone());
                node.lang = Some("de".into());
                node.bbox = Some((last, Rect::new(10.0, 10.0, 100.0, 50.0)));
                let mut frame = Frame::new(Size::new(100.0, 50.0));
                shapes.iter().for_each(|shape| draw(&mut frame, shape));
                frame.push_frame(Point::ZERO, self.line(text, 0));
                self.fill(last, leaf, frame);
            }
            Part::Table(rows) => self.table(last, rows),
            Part::List(items, counted) => {
                let list = self.structure.add(root, Role::List);
                for (index, text) in items.iter().enumerate() {
                    let item = self.structure.add(list, Role::ListItem);
                    let (_, label) = self.structure.add_leaf(item, Role::Label);
                    let (_, body) = self.structure.add_leaf(item, Role::ListBody);
                    let mark = if *counted {
                        format!("{}.", index + 1)
                    } else {
                        "•".to_owned()
                    };
                    self.fill(last, label, self.line(&mark, 0));
                    self.fill(last, body, self.line(text, 0));
                }
            }
            Part::Note(text) => {
                let (note, leaf) = self.structure.add_leaf(root, Role::Note);
                self.notes += 1;
                self.structure.node_mut(note).id = Some(format!("note-{}", self.notes));
                self.fill(last, leaf, self.line(text, 3));
            }
            Part::Artifact(kind, text) => {
                let kinds = [Artifact::Layout, Artifact::Header, Artifact::Footer];
                let tag = Tag::Artifact(kinds[usize::from(kind % 3)]);
                let (place, line) = (self.place(last), self.line(text, *kind));
                self.pages[last].push(place, Item::Group(Group::tagged(line, tag)));
            }
        }
    }

    /// A link node with its live area; gives its leaf.
    fn link(&mut self, parent: TagId, page: usize, size: Size, style: u8) -> TagId {
        let (node, leaf) = self.structure.add_leaf(parent, Role::Link);
        let target = if style.is_multiple_of(2) {
            LinkTarget::Destination("place 小".into())
        } else {
            LinkTarget::Uri("https://example.org/小米?(a)".into())
        };
        let link = Link {
            size,
            target,
            description: "to 小米 (there)".into(),
            tag: Some(node),
        };
        let place = self.place(page);
        self.pages[page].push(place, Item::Link(link));
        leaf
    }

    fn table(&mut self, page: usize, rows: &[String]) {
        let table = self.structure.add(Structure::ROOT, Role::Table);
        let head = self.structure.add(table, Role::TableHead);
        let row = self.structure.add(head, Role::TableRow);
        let (cell, leaf) = self
            .structure
            .add_leaf(row, Role::TableHeader(Scope::Column));
        self.structure.node_mut(cell).col_span = 2;
        self.fill(page, leaf, self.line("Head", 1));
        let body = self.structure.add(table, Role::TableBody);
        for text in rows {
            let row = self.structure.add(body, Role::TableRow);
            let (_, leaf) = self.structure.add_leaf(row, Role::TableHeader(Scope::Row));
            self.fill(page, leaf, self.line(text, 16));
            let (_, leaf) = self.structure.add_leaf(row, Role::TableCell);
            self.fill(page, leaf, self.line("17,800", 16));
        }
    }
}

fn draw(frame: &mut Frame, shape: &Shape) {
    let points: Vec<Point> = shape
        .points
        .iter()
        .map(|(x, y)| Point::new(*x, *y))
        .collect();
    let mut segments = vec![Segment::Move(points[0]), Segment::Line(points[1])];
    match points[2..] {
        [a, b, c, ..] => segments.push(Segment::Cubic(a, b, c)),
        _ => segments.push(Segment::Line(points[2])),
    }
    segments.push(Segment::Close);
    let color = Color::hex(u32::from(shape.paint) * 0x1_01_03);
    let fill = match shape.paint % 3 {
        0 => None,
        1 => Some(Fill::Solid(color)),
        _ => Some(Fill::Fade {
            from: points[0],
            to: points[1],
            start: color,
            end: Color::WHITE,
        }),
    };
    let stroke = (shape.paint & 4 > 0).then(|| {
        let mut stroke = Stroke::solid(color, 0.25 + f64::from(shape.paint) / 50.0);
        if shape.paint & 8 > 0 {
            stroke = stroke.dashed(&[3.0, 1.5]);
        }
        if shape.paint & 16 > 0 {
            stroke.cap = Cap::Round;
        }
        stroke
    });
    let path = Item::Path(Path {
        segments,
        fill,
        stroke,
    });
    if shape.clipped {
        let mut inner = Frame::new(frame.size);
        inner.push(Point::new(1.0, 1.0), path);
        let mut group = Group::part("mark", inner);
        group.clip = Some(Box::new(Rect::new(0.0, 0.0, 40.0, 30.0)));
        if shape.paint & 32 > 0 {
            group.tag = Some(Tag::Artifact(Artifact::Layout));
        }
        frame.push(Point::ZERO, Item::Group(group));
    } else {
        frame.push(Point::ZERO, path);
    }
}

/// What a document is made from.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Parts, each with whether it begins a page.
    parts: Vec<(Part, bool)>,
    /// Levels of the outline's entries.
    levels: Vec<u8>,
}

impl Draft {
    /// The document.
    ///
    /// # Panics
    /// When the faces lack a character.
    #[must_use]
    pub fn document(&self, fonts: &Fonts) -> Document {
        let mut maker = Maker {
            fonts,
            structure: Structure::new(),
            pages: vec![Frame::new(Size::new(WIDTH, HEIGHT))],
            outline: Vec::new(),
            notes: 0,
        };
        let (_, leaf) = maker.structure.add_leaf(Structure::ROOT, Role::Heading(1));
        maker.fill(0, leaf, maker.line("A heading", 2));
        for (part, turns) in &self.parts {
            if *turns {
                maker.pages.push(Frame::new(Size::new(WIDTH, HEIGHT)));
            }
            maker.part(part);
        }
        let mut depth = 0;
        for level in &self.levels {
            depth = (*level).min(depth + 1);
            maker.outline.push(OutlineEntry {
                level: depth,
                title: format!("Entry {level} 米"),
                destination: "place 小".into(),
            });
        }
        let place = Destination {
            page: maker.pages.len() - 1,
            at: Point::new(3.0, 4.5),
        };
        Document {
            meta: meta(),
            pages: maker
                .pages
                .into_iter()
                .map(|frame| Page { frame })
                .collect(),
            structure: maker.structure,
            outline: maker.outline,
            destinations: [("place 小".to_owned(), place)].into(),
            attachments: Vec::new(),
        }
    }
}

/// Drafts of every kind of part, none to eight in one.
pub fn drafts() -> impl Strategy<Value = Draft> {
    let parts = prop::collection::vec((part(), prop::bool::weighted(0.2)), 0..9);
    let levels = prop::collection::vec(1_u8..5, 0..9);
    (parts, levels).prop_map(|(parts, levels)| Draft { parts, levels })
}
