//! `exhibit schema`: what is printed, what rides in the PDF and what is written about it are one.

use std::fs;

use exhibit_core::{article, export};
use exhibit_tests::schema::faults;
use exhibit_tests::small::{self, BRIEF, DATA};
use exhibit_tests::{charts, read, workspace};
use serde_json::{Value, json};

use super::expect;

fn schema() -> Value {
    serde_json::from_str(export::JSON_SCHEMA).expect("JSON")
}

#[test]
fn the_schema_is_printed_as_it_is_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = expect(folder.path(), &["schema", "facts"], 0);
    assert_eq!(
        (run.data, run.talk),
        (read("docs/facts.schema.json"), String::new())
    );
    let schema = schema();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["properties"]["schema"]["const"], export::SCHEMA);
    let id = schema["$id"].as_str().expect("an id");
    assert!(id.starts_with("urn:"), "no machine is asked for it: {id}");
}

/// Every brief of the workspace: the article's, the one of all kinds, and each example beside them.
#[test]
fn every_brief_gives_what_the_schema_says() {
    let schema = schema();
    let mut briefs = vec![
        "data/brief.yaml".to_owned(),
        "tests/data/kinds/brief.yaml".to_owned(),
    ];
    for entry in fs::read_dir(workspace().join("data")).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        let path = format!("data/{}/brief.yaml", name.to_string_lossy());
        if workspace().join(&path).is_file() {
            briefs.push(path);
        }
    }
    for brief in briefs {
        let json = export::json(&charts::facts(&brief), export::Selection::ALL);
        assert_eq!(faults(&schema, &json), [] as [&str; 0], "{brief}");
    }
}

/// What the other briefs lack: no value and why, conflicts, corrections, a due date, nothing shown.
#[test]
fn rare_fields_are_as_the_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = DATA.replace(
        "  price:",
        "  goal:
    label: Goal
    unit: cars
    observations:
      - {at: 2024, value: ~ 40..50, status: target, by: the board, due: 2024-11, from: report}
      - {at: 2025, value: {unknown: not stated}, from: report}
      - {at: 2026, value: 3, preferred: it is newer, from: report}
      - {at: 2026, value: 4, from: report}
      - {at: 2027, value: 3, from: report}
      - {at: 2027, value: 30, corrects: a digit was lost, from: report}
  third: {label: Third, unit: cars, at: 2022, formula: sales@2022 / 3}
  price:",
    );
    small::write(folder.path(), BRIEF, &data);
    let run = expect(folder.path(), &["facts", "--format", "json"], 0);
    let json: Value = serde_json::from_str(&run.data).expect("JSON");
    assert_eq!(faults(&schema(), &json), [] as [&str; 0]);
    let of = |address: &str| {
        let facts = json["facts"].as_array().expect("facts").iter();
        let mut facts = facts.filter(|fact| fact["address"] == address);
        facts
            .next()
            .unwrap_or_else(|| panic!("{address}: {json:#}"))
    };
    assert_eq!(of("sales@2023")["mark"], 1);
    assert_eq!(of("sales@2023")["exhibits"], json!(["sales"]));
    assert_eq!(of("goal@2025")["mark"], Value::Null);
    assert_eq!(of("goal@2027")["corrected"], json!(["goal@2027#was1"]));
    assert_eq!(of("goal@2026")["conflicts"], json!(["goal@2026#2"]));
}

/// The schema is not one that lets everything pass.
#[test]
fn what_is_wrong_is_found() {
    let schema = schema();
    let sound = export::json(&article::facts(), export::Selection::ALL);
    for (path, value, said) in [
        (
            "/schema",
            json!("exhibit-facts-2"),
            "is not \"exhibit-facts-1\"",
        ),
        ("/facts/0/qualifier", json!("about"), "is none of"),
        ("/facts/0/qualifier", json!("range"), "/facts/0/"),
        ("/facts/0/amount", json!(7), "is no string or null"),
        ("/facts/0/amount", json!("1,000"), "does not fit"),
        ("/facts/0/mark", json!(0), "is below 1"),
        ("/facts/0/exhibits", json!(["a", "a"]), "has an item twice"),
        ("/facts/0/metric", json!(""), "is too short"),
        ("/facts/0/derived", json!(true), "is no"),
        ("/events/0/id", Value::Null, "is no string"),
        ("/sources/0/more", json!(1), "may not be here"),
    ] {
        let mut spoilt = sound.clone();
        match spoilt.pointer_mut(path) {
            Some(place) => *place = value,
            None => spoilt["sources"][0]["more"] = value,
        }
        let found = faults(&schema, &spoilt);
        assert!(
            found.iter().any(|fault| fault.contains(said)),
            "{path}: {found:?}"
        );
    }
    let mut spoilt = sound;
    let fact = spoilt["facts"][0].as_object_mut().expect("a fact");
    fact.remove("note");
    assert_eq!(faults(&schema, &spoilt), ["/facts/0: note is missing"]);
}
