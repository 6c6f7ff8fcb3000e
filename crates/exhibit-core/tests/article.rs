//! The built-in data set and brief: what they hold, what they give, and in which form.

use std::collections::BTreeSet;

use exhibit_core::{article, export};
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Block, Content, Prose};
use serde_json::Value as Json;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn fact_json<'j>(json: &'j Json, address: &str) -> &'j Json {
    json["facts"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|fact| fact["address"] == address)
        .unwrap_or_else(|| panic!("{address}"))
}

#[test]
fn derived_figures_come_out_with_their_qualifiers() {
    let facts = article::facts();
    let json = export::json(&facts, export::Selection::ALL);
    for (address, qualifier, approximate, display, sentence) in [
        (
            "rd_before@2022",
            "exact",
            true,
            "~ 16.0 billion yuan",
            "about 16.0 billion yuan",
        ),
        (
            "staff@2023-12-31",
            "less_than",
            true,
            "< ~ 34,000 people",
            "fewer than about 34,000 people",
        ),
        (
            "national_science@2023",
            "exact",
            true,
            "~ 3.4 trillion yuan",
            "about 3.4 trillion yuan",
        ),
        (
            "value_per_vehicle[maker=Toyota]@2024",
            "less_than",
            true,
            "< ~ 30,000 per vehicle (currency unspecified)",
            "less than about 30,000 per vehicle (currency unspecified)",
        ),
        (
            "value_per_vehicle[maker=Tesla]@2024",
            "range",
            true,
            "~ 600,000–700,000 per vehicle (currency unspecified)",
            "about 600,000 to 700,000 per vehicle (currency unspecified)",
        ),
        (
            "deliveries_multiple@2024-07",
            "more_than",
            false,
            "> 3.3 times",
            "more than 3.3 times",
        ),
    ] {
        let fact = fact_json(&json, address);
        assert_eq!(fact["qualifier"], qualifier, "{address}");
        assert_eq!(fact["approximate"], approximate, "{address}");
        assert_eq!(fact["display"], display, "{address}");
        assert_eq!(fact["sentence"], sentence, "{address}");
        assert_eq!(fact["derived"], true, "{address}");
    }
    // Unrounded where finite; a quotient without end to the 34 digits of decimal128.
    let amount = |address: &str, field: &str| fact_json(&json, address)[field].clone();
    assert_eq!(
        amount("staff@2023-12-31", "amount"),
        "33584.90566037735849056603773584906"
    );
    assert_eq!(amount("rd_spend@2023", "amount"), "19100000000");
    assert_eq!(
        amount("value_per_vehicle[maker=Tesla]@2024", "low"),
        "600000"
    );
    assert_eq!(
        amount("value_per_vehicle[maker=Tesla]@2024", "high"),
        "700000"
    );
    assert_eq!(
        amount("value_per_vehicle[maker=Tesla]@2024", "amount"),
        Json::Null
    );
}

#[test]
fn every_fact_of_the_json_form_has_the_fields_of_its_contract() {
    let json = export::json(&article::facts(), export::Selection::ALL);
    let known: BTreeSet<&str> = [
        "exact",
        "more_than",
        "at_least",
        "less_than",
        "at_most",
        "range",
        "unknown",
    ]
    .into();
    let text = |value: &Json| value.as_str().is_some_and(|text| !text.is_empty());
    let decimal = |value: &Json| {
        value.as_str().is_some_and(|text| {
            text.strip_prefix('-')
                .unwrap_or(text)
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    };
    let mut seen = BTreeSet::new();
    for fact in json["facts"].as_array().expect("a list") {
        let address = &fact["address"];
        for field in [
            "address", "metric", "label", "at", "unit", "status", "display",
        ] {
            assert!(text(&fact[field]), "{address} {field}");
        }
        assert!(fact["dimensions"].is_object() && fact["approximate"].is_boolean());
        let qualifier = fact["qualifier"].as_str().expect("a text");
        assert!(known.contains(qualifier), "{address} {qualifier}");
        seen.insert(qualifier);
        let given = ["amount", "low", "high"].map(|field| decimal(&fact[field]));
        let expected = match qualifier {
            "range" => [false, true, true],
            "unknown" => [false, false, false],
            _ => [true, false, false],
        };
        assert_eq!(given, expected, "{address}");
        let origin = &fact["origin"];
        assert_eq!(
            fact["derived"],
            !(text(&origin["source"]) && text(&origin["place"])),
            "{address}"
        );
    }
    // The article needs nearly all of them; "less than" comes from its quotients, "at least" from its "not exceed".
    assert_eq!(seen, known);
    for event in json["events"].as_array().expect("a list") {
        for field in ["id", "at", "label", "status"] {
            assert!(text(&event[field]), "{event}");
        }
        assert!(text(&event["origin"]["place"]), "{event}");
    }
}

#[test]
fn the_article_gives_what_its_readme_says() {
    let facts = article::facts();
    let stated = facts
        .facts
        .iter()
        .filter(|fact| matches!(fact.origin, exhibit_facts::facts::Origin::Stated { .. }))
        .count();
    assert_eq!((stated, facts.events.len()), (65, 14));
}

/// Words of the running text: what a reader reads through, exhibits and titles left out.
fn words(facts: &Facts) -> usize {
    fn of(blocks: &[Block], texts: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text.text()),
                Block::List { items, .. } => items.iter().for_each(|item| of(item, texts)),
                Block::Callout { title, blocks } => {
                    texts.extend(title.iter().map(Prose::text));
                    of(blocks, texts);
                }
                Block::Columns(columns) => columns.iter().for_each(|column| of(column, texts)),
                Block::Exhibit(_) | Block::KeyFigures(_) | Block::Directive(_) => {}
            }
        }
    }
    let mut texts = Vec::new();
    of(&facts.body, &mut texts);
    facts.notes.iter().for_each(|note| of(note, &mut texts));
    texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum()
}

#[test]
fn the_brief_is_as_long_and_as_varied_as_it_should_be() {
    let facts = article::facts();
    let words = words(&facts);
    assert!((1_000..=1_500).contains(&words), "{words} words");
    assert!(facts.exhibits.len() >= 9);
    let kinds: BTreeSet<String> = facts
        .exhibits
        .iter()
        .map(|exhibit| match &exhibit.content {
            Content::Chart(chart) => format!("{:?}", chart.kind),
            Content::Timeline(_) => "timeline".to_owned(),
            Content::KeyFigures(_) => "key figures".to_owned(),
            Content::Table(_) => "table".to_owned(),
        })
        .collect();
    assert!(kinds.len() >= 7, "{kinds:?}");
}

#[test]
fn csv_and_table_say_the_same_as_json() {
    let facts = article::facts();
    let json = export::json(&facts, export::Selection::ALL);
    let csv = export::csv(&facts, export::Selection::ALL);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let table = export::table(&facts, export::Selection::ALL);
    let mut lines = table.lines();
    for (row, fact) in reader
        .records()
        .zip(json["facts"].as_array().expect("a list"))
    {
        let row = row.expect("a row");
        for (name, cell) in head.iter().zip(&row) {
            let field = match name {
                "dimensions" => continue,
                "source" | "place" => &fact["origin"][name],
                _ => &fact[name],
            };
            let expected = match field {
                Json::String(text) => text.clone(),
                Json::Bool(_) | Json::Number(_) => field.to_string(),
                Json::Array(parts) => {
                    let parts: Vec<&str> = parts.iter().filter_map(Json::as_str).collect();
                    parts.join(";")
                }
                _ => String::new(),
            };
            assert_eq!(cell, expected, "{} {name}", fact["address"]);
        }
        let line = lines.next().expect("a line for each fact");
        let display = fact["display"].as_str().expect("a text");
        assert!(line.contains(display), "{line}");
    }
    assert_eq!(
        plain(&facts.facts[0].forms.label),
        fact_json(&json, &facts.facts[0].address)["display"]
    );
}
