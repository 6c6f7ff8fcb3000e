//! A frame made by hand that holds one of everything a backend can draw.

use exhibit_scene::{
    Artifact, Cap, Fill, Fonts, Frame, Group, Item, Link, LinkTarget, Path, Point, Rect, Segment,
    Size, Stroke, Tag, TextStyle, Theme, Trace, Weight,
};

/// 240 x 120 points: two bars, one of them with an open end, a dashed rule, a curve in a clipped group, a dot, text in
/// several weights and two scripts, decoration, a link.
///
/// # Panics
/// When the built-in faces lack a letter of it.
#[must_use]
pub fn frame(fonts: &Fonts) -> Frame {
    let theme = Theme::standard();
    let colors = theme.colors;
    let text = |frame: &mut Frame, x: f64, y: f64, words: &str, style: &TextStyle| {
        let shaped = fonts.shape(words, style).expect("the faces have it");
        frame.push_text(Point::new(x, y), shaped);
    };
    let mut page = Frame::new(Size::new(240.0, 120.0));

    let title = TextStyle {
        weight: Weight::SemiBold,
        ..theme.text(10.5)
    };
    text(
        &mut page,
        12.0,
        20.0,
        "R&D: 小米 “SU7” passed <10,000>",
        &title,
    );
    let grey = TextStyle {
        color: colors.grey,
        italic: true,
        ..theme.text(7.6)
    };
    text(&mut page, 12.0, 32.0, "Vehicles, 40–50%", &grey);

    let mut exact = Frame::new(Size::new(110.0, 16.0));
    exact.push(
        Point::ZERO,
        Item::Path(Path::rect(
            Rect::new(0.0, 0.0, 80.0, 16.0),
            Fill::Solid(colors.accent),
        )),
    );
    text(&mut exact, 85.0, 11.0, "8,630", &theme.text(8.0));
    let mut exact = Group::part("mark", exact);
    exact.trace = Some(Trace("deliveries[kind=\"a\"]@2024-05".into()));
    exact.label = Some("May 2024: 8,630 vehicles".to_owned());

    let mut open = Frame::new(Size::new(130.0, 16.0));
    open.push(
        Point::ZERO,
        Item::Path(Path::rect(
            Rect::new(0.0, 0.0, 90.5, 16.0),
            Fill::Solid(colors.neutral),
        )),
    );
    open.push(
        Point::new(90.5, 0.0),
        Item::Path(Path::rect(
            Rect::new(0.0, 0.0, 10.0, 16.0),
            Fill::Fade {
                from: Point::ZERO,
                to: Point::new(10.0, 0.0),
                start: colors.neutral,
                end: colors.paper,
            },
        )),
    );
    text(&mut open, 105.0, 11.0, "> 10,000", &theme.text(8.0));

    let mut marks = Frame::new(Size::new(216.0, 40.0));
    marks.push(Point::ZERO, Item::Group(exact));
    marks.push(
        Point::new(0.0, 22.0),
        Item::Group(Group::part("mark", open)),
    );
    page.push(
        Point::new(12.0, 42.0),
        Item::Group(Group::part("series", marks)),
    );

    let target = Stroke::solid(colors.second, 1.25).dashed(&[3.0, 2.0]);
    page.push(
        Point::ZERO,
        Item::Path(Path::line(
            Point::new(140.5, 38.0),
            Point::new(140.5, 84.0),
            target,
        )),
    );

    let mut curve = Frame::new(Size::new(60.0, 30.0));
    let mut line = Stroke::solid(colors.third, 2.0);
    line.cap = Cap::Round;
    curve.push(
        Point::ZERO,
        Item::Path(Path {
            segments: vec![
                Segment::Move(Point::new(-10.0, 25.0)),
                Segment::Cubic(
                    Point::new(20.0, -30.0),
                    Point::new(40.0, 60.0),
                    Point::new(54.0, 4.0),
                ),
            ],
            fill: None,
            stroke: Some(line),
        }),
    );
    // Sharp enough for the mitre to show: a limit of 4 would cut it off.
    curve.push(
        Point::new(26.0, 4.0),
        Item::Path(Path {
            segments: vec![
                Segment::Move(Point::new(0.0, 20.0)),
                Segment::Line(Point::new(3.0, 5.0)),
                Segment::Line(Point::new(6.0, 20.0)),
            ],
            fill: None,
            stroke: Some(Stroke::solid(colors.ink, 1.5)),
        }),
    );
    let mut clipped = Group::part("line", curve);
    clipped.clip = Some(Box::new(Rect::new(0.0, 0.0, 60.0, 30.0)));
    page.push(Point::new(168.0, 46.0), Item::Group(clipped));
    page.push(
        Point::new(222.0, 50.0),
        Item::Path(Path::disc(
            Point::ZERO,
            3.5,
            Some(Fill::Solid(colors.paper)),
            Some(Stroke::solid(colors.third, 1.5)),
        )),
    );

    let mut rule = Frame::new(Size::new(216.0, 1.0));
    rule.push(
        Point::ZERO,
        Item::Path(Path::line(
            Point::ZERO,
            Point::new(216.0, 0.0),
            Stroke::solid(colors.rule, theme.page.hairline),
        )),
    );
    page.push(
        Point::new(12.0, 94.25),
        Item::Group(Group::tagged(rule, Tag::Artifact(Artifact::Layout))),
    );
    let mut source = Frame::new(Size::new(216.0, 20.0));
    text(
        &mut source,
        0.0,
        9.0,
        "Source: 雷军, “about 17,800”",
        &theme.text(7.6),
    );
    source.push(
        Point::ZERO,
        Item::Link(Link {
            size: Size::new(100.0, 10.0),
            target: LinkTarget::Uri("https://example.org/".to_owned()),
            description: "the source".to_owned(),
            tag: None,
        }),
    );
    page.push_frame(Point::new(12.0, 98.0), source);
    page
}
