//! What Markdown in a text becomes, and what a text does not hold.

use exhibit_core::compile;
use exhibit_facts::facts::{Annotation, Block, Facts};

const DATA: &str = "sources: {s: {title: S}}\nmetrics: {a: {label: A, unit: people, observations: [{at: 2023, value: 5, from: s}]}}\n";

/// The facts of a brief with this text, or the codes of what is wrong with it.
fn read(title: &str, text: &str) -> Result<Facts, Vec<&'static str>> {
    let text: String = text.lines().map(|line| format!("      {line}\n")).collect();
    let brief =
        format!("title: '{title}'\ndate: 2024-01-31\ndata: [d.yaml]\nbody:\n  - text: |\n{text}");
    let done = compile("b.yaml", &brief, &mut |_| {
        Ok(("d.yaml".to_owned(), DATA.to_owned()))
    });
    let findings = done.report.findings();
    let codes = findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    done.facts.ok_or(codes)
}

/// Blocks in a line: words, `[` items of a list `|` … `]`, with the number of the first.
fn shape(blocks: &[Block]) -> String {
    let shapes: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(prose) => prose.text().replace('\u{a0}', " "),
            Block::List { first, items } => {
                let items: Vec<String> = items.iter().map(|item| shape(item)).collect();
                let first = first.map_or_else(String::new, |first| first.to_string());
                format!("{first}[{}]", items.join("|"))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    shapes.join(" / ")
}

#[test]
fn lists_stand_in_lists_three_deep() {
    let deep = "- a\n  - b\n\n    5. c\n    6. d\n\n  after\n- e\n";
    let facts = read("T", deep).expect("sound");
    assert_eq!(shape(&facts.body), "[a / [b / 5[c|d]] / after|e]");
    let deeper = "- a\n  - b\n    - c\n      - d\n";
    assert_eq!(read("T", deeper).unwrap_err(), ["markdown"]);
}

#[test]
fn a_note_holds_paragraphs_and_lists_and_is_defined_once() {
    let text = "Said.[^n]\n\n[^n]: One:\n    - a\n    - b\n\n    Two.\n";
    let facts = read("T", text).expect("sound");
    assert_eq!(shape(&facts.body), "Said.");
    assert_eq!(shape(&facts.notes[0]), "One: / [a|b] / Two.");
    let twice = "Said.[^n]\n\n[^n]: One.\n\n[^n]: Two.\n";
    assert_eq!(read("T", twice).unwrap_err(), ["duplicate-note"]);
}

#[test]
fn what_a_page_cannot_set_is_a_finding() {
    for text in [
        "| a | b |\n| - | - |\n| c | d |",
        "~~gone~~",
        "- [ ] open",
        "a `word` of code",
        "> quoted",
        "x\n\n    code",
        "a<br>b",
        "a  \nb",
        "a\\\nb",
        "[a [b](https://example.org) c](https://example.org)",
        "[a](https://example.org/b c)",
        "an *end that is missing",
        "*{{ a@2023 }} alone",
    ] {
        assert_eq!(read("T", text).unwrap_err()[0], "markdown", "{text}");
    }
    for text in [
        r"\*a, b* and c * d",
        r"a \[b\](c)",
        "*a* (*b*) *{{ a@2023 }}*",
        "*a **b***",
    ] {
        assert!(read("T", text).is_ok(), "{text}");
    }
    for title in ["A *b* c", "A **b**", "A `b`", "[a](https://example.org)"] {
        assert_eq!(read(title, "x").unwrap_err(), ["markdown"], "{title}");
    }
    let facts = read(r"# R&D \*  - <b * c _d and 2 ~ e", "x").map(|facts| facts.meta.title.text());
    assert_eq!(facts.unwrap_err(), ["orphan-number"]);
    let facts = read(r"# R&D \*  - < b * c _d ~ e", "x").expect("signs alone are no Markdown");
    assert_eq!(facts.meta.title.text(), "# R&D * - < b * c _d ~ e");
}

#[test]
fn links_lead_to_the_web() {
    for address in [
        "https://example.org/a_(b)?c=d#e",
        "HTTP://example.org",
        "mailto:a@example.org",
    ] {
        let facts = read("T", &format!("[x](<{address}>)")).expect("sound");
        let Block::Paragraph(prose) = &facts.body[0] else {
            panic!("a paragraph")
        };
        assert_eq!(
            prose.runs[0].annotation,
            Some(Annotation::Uri(address.to_owned()))
        );
    }
    let facts = read("T", "<a@example.org>").expect("sound");
    let Block::Paragraph(prose) = &facts.body[0] else {
        panic!("a paragraph")
    };
    let mail = Annotation::Uri("mailto:a@example.org".to_owned());
    assert_eq!(prose.runs[0].annotation, Some(mail));
    for address in [
        "",
        "javascript:alert()",
        "file:///etc/hosts",
        "../a.html",
        "https://",
        "https:///a",
        "https://example.org/a b",
        "//example.org",
    ] {
        let text = format!("[x](<{address}>)");
        assert_eq!(read("T", &text).unwrap_err(), ["link"], "{address}");
    }
    let titled = "[x](https://example.org 'a title')";
    assert_eq!(read("T", titled).unwrap_err(), ["link"]);
}

#[test]
fn of_two_forms_of_an_address_none_is_chosen() {
    for filters in ["label | number", "capital | label", "at | year"] {
        let text = format!("{{{{ a@2023 | {filters} }}}}");
        assert_eq!(read("T", &text).unwrap_err(), ["template"], "{filters}");
    }
}

#[test]
fn a_check_leaves_no_trace() {
    let check = "{{ check: a@2023 >= a@2023 }}";
    for (text, expected) in [
        ("word CHECK, next", "word, next"),
        ("word CHECK , next", "word, next"),
        ("wordCHECK, next", "word, next"),
        ("word CHECKnext", "word next"),
        ("word CHECK next", "word next"),
        ("word CHECK CHECK.", "word."),
        ("(CHECK word CHECK)", "(word)"),
        ("word\nCHECK, next", "word, next"),
        ("word\nCHECK\nnext", "word next"),
        ("CHECK word", "word"),
        ("word\n\nCHECK next", "word / next"),
        ("- CHECK word\n- next CHECK", "[word|next]"),
        ("*word* CHECK; next", "word; next"),
    ] {
        let facts = read("T", &text.replace("CHECK", check)).expect("sound");
        assert_eq!(shape(&facts.body), expected, "{text}");
    }
}
