//! Pages that serve the reader.

use std::collections::BTreeMap;

use exhibit_pdf::{Contents, Spot};
use exhibit_tests::cases::Case;
use exhibit_tests::pdf::{glyphs, texts};

/// The finished PDF of a case: named places, links, attachments.
fn contents(case: &Case) -> Contents {
    exhibit_pdf::read(&case.output("brief.pdf")).expect("a PDF of ours")
}

/// A named place, as page and distance from its top.
fn place(contents: &Contents, name: &str) -> Spot {
    contents.places[name]
}

/// Text of each page in the order of drawing. Soft hyphens are hyphens that a line break drew.
fn pages(case: &Case) -> Vec<String> {
    texts(&case.output("brief.pdf"))
}

/// Nothing stands outside the margins of an A4 page, nor below the folio.
fn inside(case: &Case) {
    for (page, glyphs) in glyphs(&case.output("brief.pdf")).into_iter().enumerate() {
        assert!(!glyphs.is_empty(), "page {} is empty", page + 1);
        for glyph in glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
            let right = glyph.x + glyph.width;
            assert!(
                glyph.x > 56.0 && right < 596.0 - 56.0 && (30.0..810.0).contains(&glyph.y),
                "{glyph:?} on page {}",
                page + 1
            );
        }
    }
}

/// How many facts of `facts.json` have each mark, and that every mark has its place in the register.
fn marks(contents: &Contents) -> BTreeMap<u64, usize> {
    let json: serde_json::Value =
        serde_json::from_slice(&contents.files["facts.json"]).expect("JSON");
    let mut marks = BTreeMap::new();
    for fact in json["facts"].as_array().expect("a list") {
        if let Some(mark) = fact["mark"].as_u64() {
            *marks.entry(mark).or_default() += 1;
        }
    }
    for mark in marks.keys() {
        assert!(
            contents.places.contains_key(&format!("fact-{mark}")),
            "mark {mark} leads nowhere"
        );
    }
    for link in &contents.links {
        assert!(
            contents.places.contains_key(&link.to),
            "{} is no place",
            link.to
        );
    }
    marks
}

/// Heading, sentence and callout that are written after an exhibit do not come before it, and no page is left empty for it.
#[test]
fn body_order() {
    let case = Case::open("body-order");
    let _ = case.build();
    let contents = contents(&case);
    let order = [
        "heading-1",
        "exhibit-a",
        "exhibit-b",
        "heading-2",
        "exhibit-c",
        "exhibit-d",
        "heading-3",
    ];
    let places: Vec<Spot> = order.iter().map(|name| place(&contents, name)).collect();
    assert!(places.is_sorted(), "{places:?}");
    let all = pages(&case).concat();
    let at = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text} in {all}"));
    assert!(at("Exhibit b") < at("This sentence is written after"));
    assert!(at("This sentence is written after") < at("Exhibit c"));
    assert!(at("Exhibit d") < at("This callout is written last"));
    // Exhibit b is a little lower so that it fits on the first page.
    assert_eq!(place(&contents, "exhibit-b").page, 0);
    assert_eq!(contents.pages, 3);
}

/// `page-break` begins a page, `place: top` takes an exhibit to the top of one, and neither lets a heading go before an exhibit.
#[test]
fn the_author_places_an_exhibit() {
    let case = Case::open("body-order")
        .with(
            "brief.yaml",
            "  - heading: Part B\n",
            "  - page-break\n  - heading: Part B\n",
        )
        .with(
            "brief.yaml",
            "  - exhibit: a\n  - exhibit: b\n",
            "  - exhibit: a\n  - {exhibit: b, place: top}\n",
        )
        .with(
            "brief.yaml",
            "  - exhibit: c\n",
            "  - {exhibit: c, keep: true}\n",
        );
    let _ = case.build();
    let contents = contents(&case);
    let page = |name| place(&contents, name).page;
    assert_eq!(page("exhibit-a"), 0);
    assert_eq!((page("exhibit-b"), page("heading-2")), (1, 2));
    let top = place(&contents, "exhibit-b").top;
    assert!(top < 90.0, "exhibit b stands {top} points below the edge");
    assert_eq!(page("exhibit-c"), page("exhibit-d"));
    // The sentence behind the exhibit fills the page before it.
    assert!(pages(&case)[0].contains("This sentence is written after"));
}

/// German words wider than their line break by the patterns of the language.
#[test]
fn german_compounds() {
    let case = Case::open("german-compounds");
    let _ = case.build();
    let first = pages(&case).remove(0);
    // In the title and in the heading, at the seams of the words.
    for lines in [
        "Rindfleischetikettierungs-\nüberwachungsaufgaben-\nübertragungsgesetz und",
        "Rindfleischetikettierungsüberwachungs-\naufgabenübertragungsgesetze und",
    ] {
        assert!(first.contains(lines), "{first}");
    }
    inside(&case);
}

/// An address that is broken over lines has no hyphen of its own.
#[test]
fn note_url_hyphen() {
    let case = Case::open("note-url-hyphen");
    let _ = case.build();
    let text = pages(&case).concat().replace(['\n', ' '], "");
    let address = "classification-of-goods/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    assert_eq!(text.matches(address).count(), 2, "{text}");
    assert!(
        !text.contains('\u{ad}') && !text.contains("abcdef-"),
        "{text}"
    );
    inside(&case);
}

/// A long place wraps in its cell and stays on the page.
#[test]
fn register_overflow() {
    let case = Case::open("register-overflow");
    let _ = case.build();
    inside(&case);
    let contents = contents(&case);
    let rows = [place(&contents, "fact-1"), place(&contents, "fact-2")];
    // Four lines at most: neither of the two long columns is squeezed.
    assert!(rows[1].top - rows[0].top < 45.0, "{rows:?}");
}

/// The head repeats, and rows stay whole.
#[test]
fn table_120_rows() {
    let case = Case::open("table-120-rows");
    let _ = case.build();
    inside(&case);
    let pages = pages(&case);
    let with = pages.iter().filter(|page| page.contains("Remark")).count();
    let rows = pages
        .iter()
        .filter(|page| page.contains("District A"))
        .count();
    assert!(with >= 2 && rows >= 1, "{with} heads");
    assert!(contents(&case).pages <= 6);
}

/// Without `align`, words stand left and numbers right.
#[test]
fn table_default_align() {
    let case = Case::open("table-default-align");
    let _ = case.build();
    let page = glyphs(&case.output("brief.pdf")).remove(0);
    let all: String = page.iter().map(|glyph| glyph.text.as_str()).collect();
    let left = |word: &str| {
        let start = all.find(word).unwrap_or_else(|| panic!("{word} in {all}"));
        let glyph = all[..start].chars().count();
        page[glyph].x
    };
    assert!((left("A holding") - left("The state")).abs() < 0.5);
    assert!((left("Opened in") - left("No remark")).abs() < 0.5);
    assert!(left("No remark") > left("The state") + 100.0);
}

/// A row taller than a page is parted; its head does not stay alone, and nothing runs over the folio.
#[test]
fn table_tall_row() {
    let case = Case::open("table-tall-row");
    let _ = case.build();
    inside(&case);
    let pages = pages(&case);
    assert_eq!(pages.len(), 2);
    assert!(pages[0].contains("Remark") && pages[0].contains("A sentence that goes on"));
    assert!(pages[1].contains("Remark") && pages[1].contains("END."));
}

/// A short brief with 1,600 values is a few pages: the register has a row for each series, and no fact is lost.
#[test]
fn trial_payrolls() {
    let case = Case::open("trial-payrolls");
    let _ = case.build();
    let contents = contents(&case);
    assert!(contents.pages <= 8, "{} pages", contents.pages);
    let marks = marks(&contents);
    assert!(marks.len() < 60, "{} rows", marks.len());
    assert!(marks.values().sum::<usize>() > 1_500);
    let text = pages(&case).concat();
    assert!(
        text.contains("119 values") && text.contains("rows 2–120"),
        "{text}"
    );
    let exhibits = [
        "total", "quarters", "months", "turning", "net", "phases", "dumbbell", "lines", "mix",
        "table",
    ];
    let places: Vec<Spot> = exhibits
        .map(|id| place(&contents, &format!("exhibit-{id}")))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    inside(&case);
}

/// The same brief with every row, and with none.
#[test]
fn the_register_has_three_forms() {
    let form = |form: &str| {
        let case = Case::open("trial-payrolls").with(
            "brief.yaml",
            "contents: true",
            &format!("contents: true\nregister: {form}"),
        );
        let _ = case.build();
        let contents = contents(&case);
        let marks = marks(&contents);
        (contents.pages, marks.len(), pages(&case).concat())
    };
    let (full, rows, _) = form("full");
    assert!(full > 25 && rows > 1_500, "{full} pages, {rows} rows");
    let (attached, rows, text) = form("attached");
    assert!(
        attached <= 6 && rows > 1_500,
        "{attached} pages, {rows} rows"
    );
    assert!(text.contains("facts.json"));
}

/// The second trial: seven pages at most, in order, none nearly empty.
#[test]
fn trial_disasters_pages() {
    let case = Case::open("trial-disasters");
    let _ = case.build();
    let contents = contents(&case);
    assert!(contents.pages <= 7, "{} pages", contents.pages);
    let marks = marks(&contents);
    assert!(marks.len() < 60, "{} rows", marks.len());
    let exhibits = ["decades", "mix", "types", "years", "killers", "numbers"];
    let places: Vec<Spot> = exhibits
        .map(|id| place(&contents, &format!("exhibit-{id}")))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    inside(&case);
}

/// A list stays with the sentence that announces it.
#[test]
fn a_list_stays_with_its_sentence() {
    for lines in (12..60).step_by(8) {
        let filler = "Text that fills a line and a half of the measure, so that the page ends somewhere below it.\\n\\n".repeat(lines / 2);
        let case = Case::open("register-overflow").with(
            "brief.yaml",
            "  - text: |\n",
            &format!("  - text: \"{filler}What follows is a list:\\n\\n- one\\n- two\\n- three\\n\"\n  - text: |\n"),
        );
        let _ = case.build();
        let pages = pages(&case);
        let page = |text: &str| {
            let mut found = pages.iter();
            found
                .position(|page| page.contains(text))
                .expect("it is there")
        };
        assert_eq!(page("What follows is a list"), page("one"), "{lines}");
    }
}
