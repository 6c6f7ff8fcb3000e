//! Documents to write: the composed sample, pages made by hand, and random ones.

pub mod random;
#[path = "../../crates/exhibit-pages/tests/sample/mod.rs"]
mod sample;

use std::collections::BTreeMap;

use exhibit_scene::{
    Attachment, Destination, Document, Fonts, Frame, Group, Item, Meta, OutlineEntry, Page, Point,
    Rect, Relationship, Role, Size, Structure, Tag, TagId, Theme,
};

/// The sample brief, composed: everything that a page can hold, charts being stand-ins.
///
/// # Panics
/// When the faces lack a character of the sample.
#[must_use]
pub fn composed(fonts: &Fonts) -> Document {
    let theme = Theme::standard();
    let facts = sample::full();
    let drawn = sample::drawn(&facts, &theme, fonts, 150.0);
    let attach = |name: &str, mime, relationship| Attachment {
        name: name.into(),
        mime,
        description: format!("The figures of this briefing ({name})"),
        relationship,
        bytes: b"{\"facts\": []}\n".to_vec(),
    };
    let attachments = vec![
        attach("facts.json", "application/json", Relationship::Data),
        attach("brief.yaml", "application/yaml", Relationship::Source),
    ];
    exhibit_pages::compose(&facts, drawn, &theme, fonts, "exhibit", attachments)
        .expect("the faces have the sample's characters")
}

/// What a document says of itself.
fn meta() -> Meta {
    Meta {
        title: "R&D <\"passed\"> 小米".into(),
        authors: vec!["A. Analyst".into(), "雷军".into()],
        subject: Some("Two bars & a rule".into()),
        keywords: vec!["cars".into(), "小米".into()],
        lang: "en".into(),
        date: (2024, 8, 31),
        producer: "exhibit".into(),
    }
}

/// One page that is the specimen, as a figure, with its link below a paragraph.
///
/// # Panics
/// When the faces lack a Latin letter.
#[must_use]
pub fn specimen(fonts: &Fonts) -> Document {
    let mut frame = crate::specimen::frame(fonts);
    let mut structure = Structure::new();
    let (figure, leaf) = structure.add_leaf(Structure::ROOT, Role::Figure);
    let node = structure.node_mut(figure);
    node.alt = Some("Two bars and a rule".into());
    node.bbox = Some((0, Rect::new(0.0, 0.0, frame.size.width, frame.size.height)));
    let paragraph = structure.add(Structure::ROOT, Role::P);
    let (link, text) = structure.add_leaf(paragraph, Role::Link);
    give_links(&mut frame, link);

    let mut page = Frame::new(frame.size);
    page.push(
        Point::ZERO,
        Item::Group(Group::tagged(frame, Tag::Content(leaf))),
    );
    let mut words = Frame::new(Size::new(20.0, 8.0));
    let shaped = fonts.shape("soft", &Theme::standard().text(6.0));
    words.push_text(Point::new(0.0, 6.0), shaped.expect("Latin"));
    page.push(
        Point::new(215.0, 110.0),
        Item::Group(Group::tagged(words, Tag::Content(text))),
    );
    Document {
        meta: meta(),
        pages: vec![Page { frame: page }],
        structure,
        outline: vec![OutlineEntry {
            level: 1,
            title: "小米".into(),
            destination: "top".into(),
        }],
        destinations: BTreeMap::from([(
            "top".into(),
            Destination {
                page: 0,
                at: Point::ZERO,
            },
        )]),
        attachments: Vec::new(),
    }
}

/// Lets every link of a frame belong to a node.
fn give_links(frame: &mut Frame, node: TagId) {
    for (_, item) in &mut frame.items {
        match item {
            Item::Link(link) => link.tag = Some(node),
            Item::Group(group) => give_links(&mut group.frame, node),
            Item::Glyphs(_) | Item::Path(_) => {}
        }
    }
}
