//! The SVG of a frame, read back by an XML reader that knows nothing of us.

use std::collections::BTreeSet;

use exhibit_scene::{Fonts, Frame, Group, Item, Path, Point, Rect, Size, Theme, Trace};
use exhibit_svg::About;
use exhibit_tests::{check, specimen};
use proptest::prelude::*;
use roxmltree::{Document, Node};

const ABOUT: About = About {
    id: "deliveries",
    title: "R&D <\"passed\"> 小米",
    description: "Two bars & a rule.",
    lang: "en",
};

fn written() -> String {
    let fonts = Fonts::builtin();
    exhibit_svg::write(&specimen::frame(&fonts), &fonts, &ABOUT)
}

fn elements<'a, 'input: 'a>(
    document: &'a Document<'input>,
) -> impl Iterator<Item = Node<'a, 'input>> {
    document.descendants().filter(Node::is_element)
}

fn by_id<'a, 'input: 'a>(document: &'a Document<'input>, id: &str) -> Node<'a, 'input> {
    elements(document)
        .find(|node| node.attribute("id") == Some(id))
        .unwrap_or_else(|| panic!("no element has the id {id}"))
}

#[test]
fn specimen_is_as_it_was() {
    check("svg/specimen.svg", &written());
}

#[test]
fn the_same_bytes_twice() {
    assert_eq!(written(), written());
}

#[test]
fn the_root_is_one_named_image() {
    let svg = written();
    let document = Document::parse(&svg).expect("XML");
    let root = document.root_element();
    assert_eq!(root.attribute("viewBox"), Some("0 0 240 120"));
    assert_eq!(
        (root.attribute("width"), root.attribute("height")),
        (Some("320"), Some("160")),
        "96 pixels to 72 points"
    );
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("lang"), Some("en"));
    let named = |attribute: &str| {
        let id = root.attribute(attribute).expect(attribute);
        by_id(&document, id)
    };
    let title = named("aria-labelledby");
    assert_eq!(
        (title.tag_name().name(), title.text()),
        ("title", Some(ABOUT.title))
    );
    let desc = named("aria-describedby");
    assert_eq!(
        (desc.tag_name().name(), desc.text()),
        ("desc", Some(ABOUT.description))
    );
}

#[test]
fn ids_are_unique_and_everything_referred_to_is_there() {
    let svg = written();
    let document = Document::parse(&svg).expect("XML");
    let mut ids = BTreeSet::new();
    for node in elements(&document) {
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "{id} twice");
            assert!(id.starts_with(ABOUT.id), "{id} lacks the picture's prefix");
        }
    }
    let mut used = BTreeSet::new();
    for attribute in elements(&document).flat_map(|node| node.attributes().collect::<Vec<_>>()) {
        let value = attribute.value();
        let link = (attribute.name() == "href").then(|| value.strip_prefix('#').expect("inside"));
        let paint = value
            .strip_prefix("url(#")
            .and_then(|rest| rest.strip_suffix(')'));
        used.extend(link.or(paint));
    }
    let defined: BTreeSet<&str> = elements(&document)
        .filter(|node| {
            node.parent_element()
                .is_some_and(|parent| parent.tag_name().name() == "defs")
        })
        .filter_map(|node| node.attribute("id"))
        .collect();
    assert_eq!(used, defined, "what is defined is what is used");
}

#[test]
fn words_and_facts_are_kept() {
    let svg = written();
    let document = Document::parse(&svg).expect("XML");
    let words: String = elements(&document)
        .filter_map(|node| node.attribute("data-text"))
        .collect();
    assert_eq!(
        words,
        "R&D: 小米 “SU7” passed <10,000>Vehicles, 40–50%8,630> 10,000Source: 雷军, “about 17,800”"
    );
    let mark = elements(&document)
        .find(|node| node.has_attribute("data-fact"))
        .expect("a mark with its fact");
    assert_eq!(
        mark.attribute("data-fact"),
        Some("deliveries[kind=\"a\"]@2024-05")
    );
    assert_eq!(
        mark.attribute("aria-label"),
        Some("May 2024: 8,630 vehicles")
    );
    assert_eq!(mark.attribute("class"), Some("mark"));
    let series = mark.parent_element().expect("a group around it");
    assert_eq!(series.attribute("class"), Some("series"));
}

#[test]
fn a_picture_without_text_defines_nothing() {
    let mut frame = Frame::new(Size::new(10.0, 10.0));
    let color = Theme::standard().colors.ink;
    frame.push(
        Point::new(1.0, 1.0),
        Item::Path(Path::rect(
            Rect::new(0.0, 0.0, 5.0, 5.0),
            exhibit_scene::Fill::Solid(color),
        )),
    );
    let about = About {
        id: "1",
        title: "t",
        description: "",
        lang: "zh-Hans",
    };
    assert_eq!(
        exhibit_svg::write(&frame, &Fonts::builtin(), &about),
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="_1" "##,
            r##"width="13.33" height="13.33" viewBox="0 0 10 10" lang="zh-Hans" xml:lang="zh-Hans" role="img" "##,
            r##"aria-labelledby="_1-title" stroke-miterlimit="10">"##,
            "\n<title id=\"_1-title\">t</title>\n",
            r##"<rect x="1" y="1" width="5" height="5" fill="#151b24"/>"##,
            "\n</svg>\n"
        )
    );
}

proptest! {
    /// Whatever a title, a label or an id holds, an XML reader gets it back, but for characters that no XML can hold.
    #[test]
    fn any_text_survives(title in any::<String>(), label in any::<String>(), id in any::<String>()) {
        let holdable = |text: &str| -> String {
            text.chars()
                .map(|ch| match ch {
                    '\t' | '\n' | '\r' => ch,
                    '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
                    _ => ch,
                })
                .collect()
        };
        let mut group = Group::part("mark", Frame::new(Size::new(1.0, 1.0)));
        group.label = Some(label.clone());
        group.trace = Some(Trace(id.as_str().into()));
        let mut frame = Frame::new(Size::new(1.0, 1.0));
        frame.push(Point::ZERO, Item::Group(group));
        let about = About { id: &id, title: &title, description: &label, lang: "en" };
        let svg = exhibit_svg::write(&frame, &Fonts::builtin(), &about);
        let document = Document::parse(&svg).expect("XML");
        let text = |name: &str| {
            elements(&document).find(|node| node.tag_name().name() == name).map(|node| node.text().unwrap_or("").to_owned())
        };
        prop_assert_eq!(text("title"), Some(holdable(&title)));
        if !label.is_empty() {
            prop_assert_eq!(text("desc"), Some(holdable(&label)));
        }
        let mark = elements(&document).find(|node| node.has_attribute("data-fact")).expect("the group");
        prop_assert_eq!(mark.attribute("data-fact").map(str::to_owned), Some(holdable(&id)));
        prop_assert_eq!(mark.attribute("aria-label").map(str::to_owned), Some(holdable(&label)));
    }
}
