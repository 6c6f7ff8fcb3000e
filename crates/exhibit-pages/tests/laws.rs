//! Laws that every composed document obeys, over generated briefs.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Align, Block, ChartKind, Content, FactId, Origin, Prose, TableCell};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::Reading;
use exhibit_pages::{compose, exhibit_widths, too_wide};
use exhibit_scene::{
    Document, Fonts, Item, LinkTarget, Point, Rect, Role, Structure, Tag, TagId, Theme,
};
use proptest::prelude::*;
use sample::{Sample, heading, plain, prose, sentences};

/// What a generated brief is made of.
#[derive(Clone, Debug)]
enum Part {
    Heading(u8),
    Paragraph {
        from: usize,
        count: usize,
        facts: usize,
    },
    LongWord(usize),
    List(usize),
    Callout(usize),
    Columns(usize),
    KeyFigures(usize),
    Chart(f64),
    Table(usize),
    Note,
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        2 => (1_u8..=2).prop_map(Part::Heading),
        6 => (0_usize..7, 1_usize..14, 0_usize..4).prop_map(|(from, count, facts)| Part::Paragraph { from, count, facts }),
        1 => (20_usize..400).prop_map(Part::LongWord),
        1 => (1_usize..9).prop_map(Part::List),
        1 => (1_usize..40).prop_map(Part::Callout),
        1 => (1_usize..60).prop_map(Part::Columns),
        1 => (1_usize..8).prop_map(Part::KeyFigures),
        2 => (20.0..900.0_f64).prop_map(Part::Chart),
        1 => (1_usize..90).prop_map(Part::Table),
        1 => Just(Part::Note),
    ]
}

/// The brief of some parts, and how high its plots are.
fn brief(parts: &[Part]) -> (Facts, Vec<f64>) {
    let mut s = Sample::new();
    let facts: Vec<FactId> = (0..5)
        .map(|n| {
            s.fact(
                &format!("Metric {}", n / 2),
                2020 + n,
                "> 10,000",
                "vehicles",
            )
        })
        .collect();
    let mut heights = Vec::new();
    let mut body = Vec::new();
    let mut headings = 0;
    for part in parts {
        // More than two headings in a row say nothing, and would not leave room for what they head.
        headings = if let Part::Heading(_) = part {
            headings + 1
        } else {
            0
        };
        if headings > 2 {
            continue;
        }
        body.push(match part {
            Part::Heading(level) => heading(*level, "What the figures can and cannot show, and why that is so"),
            Part::Paragraph { from, count, facts: marks } => {
                let mut runs = vec![plain(&sentences(*from, *count))];
                for fact in facts.iter().take(*marks) {
                    runs.extend([plain(" It was "), s.says(*fact), plain(".")]);
                }
                Block::Paragraph(prose(runs))
            }
            Part::LongWord(length) => Block::Paragraph(Prose::plain("o".repeat(*length))),
            Part::List(count) => Block::List {
                first: Some(1),
                items: (0..*count).map(|n| vec![Block::Paragraph(Prose::plain(sentences(n, n % 3 + 1)))]).collect(),
            },
            Part::Callout(count) => Block::Callout {
                title: Some(Prose::plain("How far they go")),
                blocks: vec![Block::Paragraph(Prose::plain(sentences(0, *count))), Block::Paragraph(prose(vec![s.says(facts[0])]))],
            },
            Part::Columns(count) => Block::Columns(vec![
                vec![heading(2, "For"), Block::Paragraph(Prose::plain(sentences(0, *count)))],
                vec![Block::Paragraph(Prose::plain(sentences(2, 3)))],
            ]),
            Part::KeyFigures(count) => Block::KeyFigures((0..*count).map(|n| s.key(facts[n % 5], "Deliveries in July", "and so on")).collect()),
            Part::Chart(height) => {
                heights.push(*height);
                s.chart(ChartKind::Column, "A finding in a sentence", &facts)
            }
            Part::Table(rows) => {
                heights.push(100.0);
                s.table("Rows and columns", *rows)
            }
            Part::Note => {
                let note = s.note("A note of some length, which goes over more than one line in small text because it says so much that one line cannot hold it.");
                Block::Paragraph(prose(vec![plain("A sentence with a note"), note, plain(".")]))
            }
        });
    }
    s.facts.body = body;
    (s.facts, heights)
}

fn document(parts: &[Part]) -> Document {
    let theme = Theme::standard();
    let fonts = Fonts::builtin();
    let (facts, heights) = brief(parts);
    let mut drawn = sample::drawn(&facts, &theme, &fonts, 100.0);
    for (drawn, height) in drawn.iter_mut().zip(heights) {
        drawn.plot.size.height = height;
        drawn.plot.items.clear();
    }
    compose(&facts, drawn, &theme, &fonts, "tests", Vec::new())
        .expect("faces have the sample's characters")
}

/// A piece of text on a page.
struct Piece {
    page: usize,
    tag: Tag,
    /// From the height of an x to the baseline.
    core: Rect,
    text: String,
}

fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (page, sheet) in document.pages.iter().enumerate() {
        for (at, item) in &sheet.frame.items {
            let Item::Group(group) = item else { continue };
            let tag = group.tag.expect("a top-level group is tagged");
            group.frame.visit(*at, &mut |place: Point, item: &Item| {
                if let Item::Glyphs(run) = item {
                    let high = 0.5 * run.size;
                    let core = Rect::new(place.x, place.y - high, run.width(), high);
                    let text = run.text.to_string();
                    pieces.push(Piece {
                        page,
                        tag,
                        core,
                        text,
                    });
                }
            });
        }
    }
    pieces
}

/// Leaves below a node.
fn leaves(document: &Document, node: TagId, found: &mut BTreeSet<u32>) {
    let node_of = document.structure.node(node);
    if node_of.role == Role::Content {
        found.insert(node.0);
    }
    for child in &node_of.children {
        leaves(document, *child, found);
    }
}

fn check_margins(document: &Document) {
    let page = Theme::standard().page;
    let slack = 0.01;
    for piece in pieces(document) {
        let box_of = piece.core;
        assert!(
            box_of.x >= page.side - slack && box_of.right() <= page.size.width - page.side + slack,
            "{:?} in the side margins: {box_of:?}",
            piece.text
        );
        if let Tag::Content(_) = piece.tag {
            assert!(
                box_of.y >= page.top && box_of.bottom() <= page.size.height - page.bottom,
                "text in the bands of the furniture: {box_of:?}"
            );
        }
    }
    for sheet in &document.pages {
        for (at, item) in &sheet.frame.items {
            if let Item::Link(link) = item {
                assert!(
                    at.x >= page.side - slack
                        && at.x + link.size.width <= page.size.width - page.side + slack
                );
            }
        }
    }
}

fn check_overlaps(document: &Document) {
    let mut pages: BTreeMap<usize, Vec<Rect>> = BTreeMap::new();
    for piece in pieces(document) {
        // Touching and the rounding of sums are no overlap.
        let core = Rect::new(
            piece.core.x + 0.05,
            piece.core.y + 0.05,
            (piece.core.width - 0.1).max(0.0),
            (piece.core.height - 0.1).max(0.0),
        );
        let page = pages.entry(piece.page).or_default();
        if core.width > 0.0 {
            if let Some(other) = page.iter().find(|other| other.overlaps(&core)) {
                panic!(
                    "text over text on page {}: {other:?} and {core:?}",
                    piece.page + 1
                );
            }
            page.push(core);
        }
    }
}

fn check_structure(document: &Document) {
    let mut filled = BTreeSet::new();
    let mut linked = BTreeSet::new();
    for sheet in &document.pages {
        for (_, item) in &sheet.frame.items {
            match item {
                Item::Group(group) => {
                    if let Some(Tag::Content(leaf)) = group.tag {
                        assert_eq!(document.structure.node(leaf).role, Role::Content);
                        filled.insert(leaf);
                    }
                }
                Item::Link(link) => {
                    let node = link.tag.expect("a link of a document has a node");
                    assert_eq!(document.structure.node(node).role, Role::Link);
                    assert!(!link.description.is_empty());
                    linked.insert(node);
                    if let LinkTarget::Destination(name) = &link.target {
                        assert!(
                            document.destinations.contains_key(name),
                            "no place is called {name}"
                        );
                    }
                }
                Item::Glyphs(_) | Item::Path(_) => panic!("an item outside every group"),
            }
        }
    }
    let mut ids = BTreeSet::new();
    let mut level = 0;
    for (id, node) in document.structure.iter() {
        match node.role {
            Role::Content => assert!(filled.contains(&id), "nothing fills leaf {id:?}"),
            Role::Link => assert!(linked.contains(&id), "nothing leads from link {id:?}"),
            Role::Figure => assert!(node.alt.is_some() && node.bbox.is_some()),
            Role::Note => assert!(ids.insert(node.id.clone().expect("a note has a name"))),
            Role::Heading(next) => {
                assert!(
                    next <= level + 1,
                    "a heading of level {next} after one of level {level}"
                );
                level = next;
            }
            _ => assert!(!node.children.is_empty(), "an empty {:?}", node.role),
        }
    }
    let mut depth = 0;
    for entry in &document.outline {
        assert!(entry.level <= depth + 1);
        depth = entry.level;
        assert!(document.destinations.contains_key(&entry.destination));
    }
}

/// Two lines at least of a paragraph on each of its pages, and a heading never last on a page.
fn check_ends(document: &Document) {
    let pieces = pieces(document);
    for (id, node) in document.structure.iter() {
        if !matches!(node.role, Role::P | Role::Heading(_)) {
            continue;
        }
        let mut found = BTreeSet::new();
        leaves(document, id, &mut found);
        let mut lines: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
        for piece in &pieces {
            if let Tag::Content(leaf) = piece.tag
                && found.contains(&leaf.0)
                && piece.core.height > 4.0
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "places on a page are small"
                )]
                lines
                    .entry(piece.page)
                    .or_default()
                    .insert(piece.core.bottom() as i64);
            }
        }
        if lines.len() > 1 {
            assert!(
                lines.values().all(|lines| lines.len() > 1),
                "one line of a paragraph alone on a page: {lines:?}"
            );
        }
        if let Role::Heading(_) = node.role {
            let (page, lines) = lines.iter().next_back().expect("a heading has a line");
            let lowest = *lines.last().expect("a line");
            #[expect(
                clippy::cast_possible_truncation,
                reason = "places on a page are small"
            )]
            let below = pieces.iter().any(|piece| {
                matches!(piece.tag, Tag::Content(_))
                    && piece.page == *page
                    && piece.core.bottom() as i64 > lowest
            });
            let last = node.children.is_empty() || is_last(document, id);
            assert!(below || last, "a heading stands last on page {}", page + 1);
        }
    }
}

/// No content comes after this node in the section.
fn is_last(document: &Document, id: TagId) -> bool {
    let parent = document
        .structure
        .iter()
        .find(|(_, node)| node.children.contains(&id));
    parent.is_none_or(|(_, node)| node.children.last() == Some(&id))
}

fn check(parts: &[Part]) {
    let document = document(parts);
    check_margins(&document);
    check_overlaps(&document);
    check_structure(&document);
    check_ends(&document);
    assert!(
        !document.pages.is_empty() && document.pages.len() <= 4 + 3 * parts.len(),
        "{} pages of {} parts",
        document.pages.len(),
        parts.len()
    );
}

/// The document of some parts, its exhibits drawn as a brief's are.
fn drawn_document(parts: &[Part]) -> Document {
    draw_and_compose(&brief(parts).0)
}

/// The document of some facts, its exhibits drawn as a brief's are.
fn draw_and_compose(facts: &Facts) -> Document {
    let theme = Theme::standard();
    let fonts = Fonts::builtin();
    let widths = exhibit_widths(facts, &theme);
    let drawn = facts.exhibits.iter().zip(widths).map(|(exhibit, width)| {
        exhibit_charts::draw(exhibit, width, &theme, &fonts)
            .expect("faces have the sample's characters")
    });
    compose(facts, drawn.collect(), &theme, &fonts, "tests", Vec::new())
        .expect("faces have the sample's characters")
}

/// Blocks in reading order: what stands below the sections.
fn blocks(document: &Document, node: TagId, found: &mut Vec<TagId>) {
    for child in &document.structure.node(node).children {
        if document.structure.node(*child).role == Role::Sect {
            blocks(document, *child, found);
        } else {
            found.push(*child);
        }
    }
}

/// No block stands before one that is written before it.
fn check_order(document: &Document) {
    let pieces = pieces(document);
    let mut all = Vec::new();
    blocks(document, Structure::ROOT, &mut all);
    // Columns are nodes side by side, and follow one another in neither direction.
    let column = |block: &TagId| {
        let node = document.structure.node(*block);
        let first = node
            .children
            .first()
            .map(|child| document.structure.node(*child).role);
        node.role == Role::Div && matches!(first, Some(Role::P | Role::Heading(_)))
    };
    let mut end = (0, 0.0);
    for group in all.chunk_by(|left, right| column(left) && column(right)) {
        let block = group[0];
        let mut own = BTreeSet::new();
        for block in group {
            leaves(document, *block, &mut own);
        }
        let places: Vec<(usize, f64)> = pieces
            .iter()
            .filter(|piece| matches!(piece.tag, Tag::Content(leaf) if own.contains(&leaf.0)))
            .map(|piece| (piece.page, piece.core.bottom()))
            .collect();
        let least = places
            .iter()
            .copied()
            .min_by(|a, b| a.partial_cmp(b).expect("numbers"));
        let most = places
            .iter()
            .copied()
            .max_by(|a, b| a.partial_cmp(b).expect("numbers"));
        let (Some(least), Some(most)) = (least, most) else {
            continue;
        };
        let role = document.structure.node(block).role;
        assert!(
            end <= (least.0, least.1 + 0.5),
            "{role:?} at {least:?} stands before {end:?}"
        );
        end = most;
    }
}

/// No page is left more than a fifth empty, unless a section begins on the next one. An exhibit that is as low as legible
/// type allows may still be too high for what is left; then up to three tenths of these documents' pages stay empty.
fn check_fill(document: &Document) {
    let page = Theme::standard().page;
    let height = ((page.size.height - page.top - page.bottom) / page.step).floor() * page.step;
    let mut all = Vec::new();
    blocks(document, Structure::ROOT, &mut all);
    let within = |roles: &[Role]| -> BTreeSet<u32> {
        let mut own = BTreeSet::new();
        for block in &all {
            if roles.contains(&document.structure.node(*block).role) {
                leaves(document, *block, &mut own);
            }
        }
        own
    };
    let sections = within(&[Role::Heading(2), Role::Heading(3)]);
    let exhibits = within(&[Role::Div]);
    let content = |page: usize| {
        document.pages[page]
            .frame
            .items
            .iter()
            .filter_map(|(at, item)| match item {
                Item::Group(group) => match group.tag {
                    Some(Tag::Content(leaf)) => {
                        Some((at.y, at.y + group.frame.size.height, leaf.0))
                    }
                    _ => None,
                },
                _ => None,
            })
    };
    for number in 0..document.pages.len() - 1 {
        let bottom = content(number)
            .map(|(_, bottom, _)| bottom)
            .fold(0.0, f64::max);
        let filled = (bottom - page.top) / height;
        let first = content(number + 1).min_by(|a, b| a.0.total_cmp(&b.0));
        let begins = first.is_some_and(|(_, _, leaf)| sections.contains(&leaf));
        let exhibit = first.is_some_and(|(_, _, leaf)| exhibits.contains(&leaf));
        assert!(
            filled >= 0.8 - 0.03 || begins || exhibit && filled > 0.7,
            "page {} is filled to {filled:.2}, and no section begins behind it",
            number + 1
        );
    }
}

/// Words of several languages, some of them wider than any line.
const WORDS: [&str; 8] = [
    "table",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "https://data.example.org/methods/classification_of_goods/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "统计局年度报告第三章表格",
    "Ελλάδα",
    "row\u{a0}17\u{a0}of\u{a0}the\u{a0}second\u{a0}revised\u{a0}edition\u{a0}of\u{a0}the\u{a0}printed\u{a0}report\u{a0}and\u{a0}of\u{a0}its\u{a0}annex",
    "antidisestablishmentarianism-antidisestablishmentarianism-antidisestablishmentarianism",
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever labels, places, notes and titles say, in any language, nothing stands outside the margins.
    #[test]
    fn nothing_leaves_the_page(
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..40), 8..9),
        language in prop::sample::select(vec![Language::English, Language::German, Language::Chinese]),
    ) {
        let parts = [Part::Heading(1), Part::Paragraph { from: 0, count: 2, facts: 4 }, Part::List(2), Part::Callout(2), Part::Table(3), Part::Note];
        let (mut facts, _) = brief(&parts);
        let mut texts = texts.into_iter().map(|words| words.join(" ")).cycle();
        let mut next = || texts.next().expect("texts go round");
        facts.meta.language = language;
        facts.meta.title = Prose::plain(next());
        facts.meta.short_title = next();
        for metric in &mut facts.metrics {
            metric.label = next();
        }
        for fact in &mut facts.facts {
            fact.note = Some(next());
            fact.by = Some(next());
            fact.forms.label = next();
            if let Origin::Stated { place, .. } = &mut fact.origin {
                *place = next();
            }
        }
        for source in &mut facts.sources {
            source.citation = next();
            source.url = None;
        }
        for block in &mut facts.body {
            match block {
                Block::Heading { text, .. } => *text = Prose::plain(next()),
                Block::List { items, .. } => items.push(vec![Block::Paragraph(Prose::plain(next()))]),
                Block::Callout { title, .. } => *title = Some(Prose::plain(next())),
                _ => {}
            }
        }
        for note in &mut facts.notes {
            note.push(Block::Paragraph(Prose::plain(next())));
        }
        check_margins(&draw_and_compose(&facts));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_body_is_kept_and_pages_are_full(parts in prop::collection::vec(part(), 0..18)) {
        let document = drawn_document(&parts);
        check_margins(&document);
        check_ends(&document);
        check_order(&document);
        check_fill(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_briefs_obey_the_laws(parts in prop::collection::vec(part(), 0..14)) {
        check(&parts);
    }
}

#[test]
fn the_sample_obeys_the_laws_and_comes_out_the_same_twice() {
    let theme = Theme::standard();
    let compose_sample = || {
        let fonts = Fonts::builtin();
        let facts = sample::full();
        let drawn = sample::drawn(&facts, &theme, &fonts, 150.0);
        compose(&facts, drawn, &theme, &fonts, "tests", Vec::new())
            .expect("faces have the sample's characters")
    };
    let document = compose_sample();
    check_margins(&document);
    check_overlaps(&document);
    check_structure(&document);
    check_ends(&document);
    assert_eq!(document, compose_sample());
}

#[test]
fn an_empty_body_makes_one_page() {
    check(&[]);
    assert_eq!(document(&[]).pages.len(), 1);
}

#[test]
fn two_hundred_exhibits_keep_their_order() {
    let parts = vec![Part::Chart(180.0); 200];
    check(&parts);
    let document = document(&parts);
    let places: Vec<(usize, i64)> = (1..=200)
        .map(|number| {
            let place = document.destinations[&format!("exhibit-e{number}")];
            #[expect(
                clippy::cast_possible_truncation,
                reason = "places on a page are small"
            )]
            (place.page, place.at.y as i64)
        })
        .collect();
    assert!(places.is_sorted());
}

#[test]
fn a_chart_higher_than_a_page_is_made_smaller_and_stays_whole() {
    let parts = [
        Part::Paragraph {
            from: 0,
            count: 3,
            facts: 1,
        },
        Part::Chart(2000.0),
    ];
    check(&parts);
    let document = document(&parts);
    let (_, figure) = document
        .structure
        .iter()
        .find(|(_, node)| node.role == Role::Figure)
        .expect("the chart");
    let (_, place) = figure.bbox.expect("its place");
    let page = Theme::standard().page;
    assert!(place.y >= page.top && place.bottom() <= page.size.height - page.bottom);
}

#[test]
fn a_long_table_repeats_its_head_as_an_artifact() {
    let parts = [Part::Table(120)];
    check(&parts);
    let document = document(&parts);
    let heads = document
        .structure
        .iter()
        .filter(|(_, node)| node.role == Role::TableHead)
        .count();
    assert_eq!(heads, 2, "the table's and the register's");
    let repeated = document.pages[1].frame.items.iter().any(|(_, item)| {
        let Item::Group(group) = item else {
            return false;
        };
        let says =
            |item: &(Point, Item)| matches!(&item.1, Item::Glyphs(run) if &*run.text == "Expected");
        matches!(group.tag, Some(Tag::Artifact(_))) && group.frame.items.iter().any(says)
    });
    assert!(
        repeated,
        "the second page of the table begins with its head"
    );
}

/// A brief whose only block is a table of nine columns, its numbers with signs and units.
fn wide_table(word: &str) -> Facts {
    let parts = [Part::Table(1)];
    let (mut facts, _) = brief(&parts);
    let Content::Table(table) = &mut facts.exhibits[0].content else {
        panic!("a table")
    };
    let cell = |text: &str| TableCell {
        text: text.into(),
        fact: None,
        says: None,
    };
    table.head = "Region Sold Ordered Cancelled Returned Repaired Replaced Kept Remark"
        .split(' ')
        .map(str::to_owned)
        .collect();
    table.align = vec![Align::Decimal; 8];
    table.align[0] = Align::Left;
    table.rows[0].label = "North of the river".into();
    table.rows[0].cells = [
        "> 10,000",
        "~ 17,800",
        "100 cars",
        "40–50 %",
        "> 10,000",
        "3",
        "1,200",
        word,
    ]
    .map(cell)
    .to_vec();
    facts
}

#[test]
fn a_table_breaks_no_word_and_no_number() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let facts = wide_table("A remark of some words");
    assert_eq!(too_wide(&facts, &theme, &fonts), Ok(Vec::new()));
    let drawn = sample::drawn(&facts, &theme, &fonts, 100.0);
    let document = compose(&facts, drawn, &theme, &fonts, "tests", Vec::new()).expect("glyphs");
    let mut said = Vec::new();
    for page in &document.pages {
        page.frame.visit(Point::ZERO, &mut |_, item: &Item| {
            if let Item::Glyphs(run) = item {
                said.push(run.text.to_string());
            }
        });
    }
    for whole in ["> 10,000", "~ 17,800", "100 cars", "40–50 %", "Cancelled"] {
        let found = said.iter().any(|text| text.replace('\u{a0}', " ") == whole);
        assert!(found, "{whole} stands on one line: {said:?}");
    }
}

#[test]
fn a_table_that_would_break_words_is_told() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let facts = wide_table("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk");
    let found = too_wide(&facts, &theme, &fonts).expect("glyphs");
    assert_eq!(found.len(), 1);
    assert!(found[0].exhibit == 0 && found[0].needs > found[0].has);
}

#[test]
fn the_lines_of_a_title_are_about_as_long_as_each_other() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let (mut facts, _) = brief(&[]);
    facts.meta.title =
        Prose::plain("Renewables grew fifteenfold while fossil generation fell by nearly a third");
    let document =
        compose(&facts, Vec::new(), &theme, &fonts, "tests", Vec::new()).expect("glyphs");
    // The title's are the largest letters of a page.
    let (mut size, mut lines) = (0.0, BTreeMap::new());
    document.pages[0]
        .frame
        .visit(Point::ZERO, &mut |at, item: &Item| {
            if let Item::Glyphs(run) = item {
                if run.size > size {
                    (size, lines) = (run.size, BTreeMap::new());
                }
                if run.size == size {
                    let (from, to) = lines
                        .entry(at.y.to_bits())
                        .or_insert((f64::INFINITY, 0.0_f64));
                    (*from, *to) = (from.min(at.x), to.max(at.x + run.width()));
                }
            }
        });
    let widths: Vec<f64> = lines.values().map(|(from, to)| to - from).collect();
    let longest = widths.iter().copied().fold(0.0, f64::max);
    let shortest = widths.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(widths.len() > 1 && shortest > 0.7 * longest, "{widths:?}");
}

/// Who looks a figure up that has no value finds the reason.
#[test]
fn the_register_says_why_there_is_no_value() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    let mut facts = sample::full();
    let mut shown = facts.register.iter().map(|entry| entry.fact.0);
    let fact = shown
        .find(|fact| matches!(facts.facts[*fact].origin, Origin::Stated { .. }))
        .expect("the sample shows a figure of a source");
    facts.facts[fact].reading =
        Reading::Missing(exhibit_facts::reason::Reason::stated("kept secret"));
    let drawn = sample::drawn(&facts, &theme, &fonts, 150.0);
    let document = compose(&facts, drawn, &theme, &fonts, "tests", Vec::new()).expect("glyphs");
    let mut text = String::new();
    for page in &document.pages {
        page.frame.visit(Point::ZERO, &mut |_, item: &Item| {
            if let Item::Glyphs(run) = item {
                text.push_str(&run.text);
            }
        });
    }
    assert!(text.contains("Kept secret"), "{text}");
}
