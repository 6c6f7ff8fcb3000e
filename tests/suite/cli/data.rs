//! `exhibit facts` and `exhibit explain`: what is known, for people and for programs.

use exhibit_core::{article, export};
use exhibit_tests::program::Run;
use exhibit_tests::small::{self, BRIEF, DATA};
use exhibit_tests::{check, read};
use serde_json::Value;

use super::{expect, small_folder};

fn article_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    folder
}

fn json(run: &Run) -> Value {
    assert_eq!(run.talk, "");
    serde_json::from_str(&run.data).expect("JSON")
}

/// The contract: these keys of each fact and event, amounts as text.
#[test]
fn facts_are_printed_as_the_contract_says() {
    let folder = article_folder();
    let printed = json(&expect(folder.path(), &["facts", "--format", "json"], 0));
    let facts = printed["facts"].as_array().expect("facts");
    assert_eq!(facts.len(), article::facts().facts.len());
    let qualifiers = [
        "exact",
        "more_than",
        "at_least",
        "less_than",
        "at_most",
        "range",
        "unknown",
    ];
    for fact in facts {
        for key in [
            "address", "metric", "label", "at", "unit", "status", "display",
        ] {
            assert!(fact[key].is_string(), "{key} of {fact}");
        }
        assert!(fact["dimensions"].is_object(), "{fact}");
        for key in ["approximate", "derived"] {
            assert!(fact[key].is_boolean(), "{key} of {fact}");
        }
        let qualifier = fact["qualifier"].as_str().expect("a qualifier");
        assert!(qualifiers.contains(&qualifier), "{fact}");
        let ends = ["amount", "low", "high"].map(|key| {
            let text = fact[key].as_str();
            assert!(fact[key].is_null() || text.is_some(), "{key} of {fact}");
            text.inspect(|text| {
                assert!(
                    text.trim_start_matches('-')
                        .chars()
                        .all(|ch| ch.is_ascii_digit() || ch == '.'),
                    "{fact}"
                );
            })
            .is_some()
        });
        let wanted = match qualifier {
            "range" => [false, true, true],
            "unknown" => [false; 3],
            _ => [true, false, false],
        };
        assert_eq!(ends, wanted, "{fact}");
        let stated = fact["derived"] == false;
        assert_eq!(fact["origin"]["source"].is_string(), stated, "{fact}");
        assert_eq!(fact["origin"]["place"].is_string(), stated, "{fact}");
    }
    let events = printed["events"].as_array().expect("events");
    assert!(events.len() >= 10);
    for event in events {
        assert!(event["at"].is_string() && event["label"].is_string());
        assert!(event["origin"]["source"].is_string());
    }
}

/// The page on output shows every field of facts, events and explanations.
#[test]
fn every_field_is_documented() {
    let folder = small_folder();
    let page = read("docs/output.md");
    let facts = json(&expect(folder.path(), &["facts", "--format", "json"], 0));
    let explained = json(&expect(
        folder.path(),
        &["explain", "sales@2023", "--format", "json"],
        0,
    ));
    for value in [
        &facts,
        &facts["facts"][0],
        &facts["events"][0],
        &explained,
        &explained["derivation"],
        &explained["uses"][0],
    ] {
        for key in value.as_object().expect("an object").keys() {
            assert!(page.contains(&format!("\"{key}\": ")), "{key} is not shown");
        }
    }
}

#[test]
fn the_three_forms_say_the_same() {
    let folder = article_folder();
    let facts = article::facts();
    let print = |format: &str| expect(folder.path(), &["facts", "--format", format], 0).data;
    assert_eq!(print("csv"), export::csv(&facts, export::Selection::ALL));
    assert_eq!(
        print("table"),
        export::table(&facts, export::Selection::ALL)
    );
    let json: Value = serde_json::from_str(&print("json")).expect("JSON");
    let printed = print("csv");
    let mut rows = csv::Reader::from_reader(printed.as_bytes());
    let head = rows.headers().expect("a head").clone();
    let column = |name: &str| head.iter().position(|cell| cell == name).expect("a column");
    let mut count = 0;
    for (row, fact) in rows.records().zip(json["facts"].as_array().expect("facts")) {
        let row = row.expect("a row");
        count += 1;
        for key in [
            "address",
            "qualifier",
            "amount",
            "low",
            "high",
            "display",
            "status",
        ] {
            assert_eq!(&row[column(key)], fact[key].as_str().unwrap_or_default());
        }
    }
    assert_eq!(count, facts.facts.len());
}

#[test]
fn filters_narrow_and_widen() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = DATA
        .replace("report: {", "other: {title: Another}\n  report: {")
        .replace("at: 2022,", "at: 2022, status: estimated,")
        .replace("rich, from: report", "rich, from: other")
        .replace(
            "events:",
            "  double: {label: Double, unit: cars, at: 2023, formula: 2 * sales@2023}\nevents:",
        );
    small::write(folder.path(), BRIEF, &data);
    let rich = "price[trim=rich]@2023";
    let plain = "price[trim=plain]@2023";
    for (filters, wanted) in [
        (
            &["--metric", "sales"] as &[&str],
            &["sales@2022", "sales@2023"] as &[&str],
        ),
        (
            &["--metric", "sales", "--metric", "double"],
            &["sales@2022", "sales@2023", "double@2023"],
        ),
        (
            &["--metric", "sales", "--status", "estimated"],
            &["sales@2022"],
        ),
        (
            &["--status", "actual"],
            &["sales@2023", plain, rich, "double@2023", "event:launch"],
        ),
        (&["--source", "other"], &[rich]),
        (
            &["--source", "report", "--status", "actual"],
            &["sales@2023", plain, "event:launch"],
        ),
        (&["--derived"], &["double@2023"]),
        (&["--address", "*[trim=*]*"], &[plain, rich]),
        (
            &["--address", "sales@2022", "--address", "event:*"],
            &["sales@2022", "event:launch"],
        ),
    ] {
        let mut args = vec!["facts", "--format", "json"];
        args.extend(filters);
        let printed = json(&expect(folder.path(), &args, 0));
        let mut found: Vec<String> = Vec::new();
        for fact in printed["facts"].as_array().expect("facts") {
            found.push(fact["address"].as_str().expect("text").to_owned());
        }
        for event in printed["events"].as_array().expect("events") {
            found.push(format!("event:{}", event["id"].as_str().expect("text")));
        }
        assert_eq!(found, wanted, "{filters:?}");
        args[2] = "table";
        let table = expect(folder.path(), &args, 0).data;
        let first = |line: &str| line.split("  ").next().unwrap_or_default().to_owned();
        let lines: Vec<String> = table.lines().map(first).collect();
        assert_eq!(lines, wanted, "{filters:?}");
    }
}

#[test]
fn facts_are_printed_of_sound_data_only() {
    let folder = tempfile::tempdir().expect("a folder");
    small::write(
        folder.path(),
        BRIEF,
        &DATA.replace("value: 100", "value: ten"),
    );
    let run = expect(folder.path(), &["facts"], 1);
    assert_eq!(run.data, "");
    assert!(run.talk.contains("error[bad-value]"), "{}", run.talk);
}

/// Metrics beside those of the small data set.
const MORE: &str = "  \
goal:
    label: Sales that are aimed at
    description: Cars of every trim
    unit: cars
    observations:
      - {at: 2024, value: 200..250, status: target, by: the board, due: 2024-11, from: report p. 3}
      - {at: 2025, value: ~ 300, preferred: the later page is newer, status: target, from: report p. 4}
      - {at: 2025, value: 290, status: target, from: report p. 3}
      - {at: 2026, value: 30, status: target, from: report p. 3}
      - {at: 2026, value: 300, corrects: a digit was lost, status: target, from: report p. 5}
  total: {label: Sales of both years, unit: cars, at: 2023, formula: sales@2022 + sales@2023}
  part: {label: Price a car, unit: EUR/cars, at: 2023, formula: 'price[trim=plain]@2023 / total@2023'}
events:
";

/// The small brief with everything that an explanation can speak of.
fn rich_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let brief = BRIEF
        .replace(
            "exhibits:",
            "key-figures: [{of: goal@2024, label: Goal}]\nexhibits:",
        )
        .replace(
            "we sold {{ sales@2023 }}.",
            "we sold {{ sales@2023 }}, after the launch in {{ event:launch }}, {{ total }}.",
        );
    let data = DATA
        .replace(
            "from: report p. 1}\n  price",
            "from: report p. 1, evidence: \"120 cars\", note: Without exports.}\n  price",
        )
        // A price does not add up over time: it may stand beside the sales of two years.
        .replace("unit: EUR\n", "unit: EUR\n    measure: stock\n")
        .replace("events:\n", MORE);
    small::write(folder.path(), &brief, &data);
    folder
}

#[test]
fn explanations_are_as_they_were() {
    let folder = rich_folder();
    for (name, address) in [
        ("stated", "sales@2023"),
        ("target", "goal@2024"),
        ("conflict", "goal@2025"),
        ("correction", "goal@2026"),
        ("derived", "part"),
        ("event", "event:launch"),
    ] {
        let text = expect(folder.path(), &["explain", address], 0);
        assert_eq!(text.talk, "");
        check(&format!("explain/{name}.txt"), &text.data);
    }
}

#[test]
fn an_explanation_is_the_same_for_programs() {
    let folder = article_folder();
    let explained = json(&expect(
        folder.path(),
        &["explain", "value_multiple", "--format", "json"],
        0,
    ));
    assert_eq!(explained["schema"], "exhibit-explain-1");
    assert_eq!(explained["fact"]["address"], "value_multiple@2024");
    let tree = &explained["derivation"];
    let tesla = &tree["inputs"][0];
    assert_eq!(tesla["address"], "value_per_vehicle[maker=Tesla]@2024");
    assert_eq!(tesla["formula"], "market_value / vehicle_sales");
    assert_eq!(tesla["inputs"][1]["origin"]["source"], "article");
    let uses = explained["uses"].as_array().expect("uses");
    assert!(!uses.is_empty());
    for place in uses {
        let file = place["file"].as_str().expect("a file");
        let line = place["line"].as_u64().expect("a line");
        let text = std::fs::read_to_string(folder.path().join(file)).expect("an input");
        let found = text
            .lines()
            .nth(usize::try_from(line).expect("small") - 1)
            .expect("a line");
        assert_eq!(place["text"], found.trim());
        assert!(
            place["kind"] != "prose" || found.contains("value_multiple"),
            "{place}"
        );
    }

    let event = json(&expect(
        folder.path(),
        &["explain", "event:announcement", "--format", "json"],
        0,
    ));
    assert_eq!(event["event"]["id"], "announcement");
    assert_eq!(event["derivation"], Value::Null);
}

/// Figures that share their inputs are taken apart once: the tree would double with each level.
#[test]
fn shared_inputs_are_shown_once() {
    let folder = small_folder();
    let mut data = DATA.to_owned();
    let mut before = ("sales@2022".to_owned(), "sales@2023".to_owned());
    for level in 0..30 {
        let metric = |name: &str| {
            let (a, b) = &before;
            format!("  {name}{level}: {{label: M, unit: cars, at: 2023, formula: {a} + {b}}}\n")
        };
        let metrics = format!("{}{}events:", metric("a"), metric("b"));
        data = data.replace("events:", &metrics);
        before = (format!("a{level}@2023"), format!("b{level}@2023"));
    }
    small::write(folder.path(), BRIEF, &data);
    let run = expect(folder.path(), &["explain", "a29"], 0);
    assert!(run.data.contains("(as above)"), "{}", run.data);
    assert!(run.data.lines().count() < 200, "{}", run.data);
    let run = expect(folder.path(), &["explain", "sales@2022"], 0);
    assert!(run.data.contains("formula of b0@2023"), "{}", run.data);
}

/// A chain of formulas that is longer than the stack is deep is explained as far down as anybody reads.
#[test]
fn a_long_chain_is_explained_to_a_depth() {
    let folder = small_folder();
    let mut metrics = "  p0: {label: M, unit: cars, formula: sales@2022}\n".to_owned();
    for level in 1..6_000 {
        let before = level - 1;
        metrics.push_str(&format!(
            "  p{level}: {{label: M, unit: cars, formula: p{before} + sales@2022}}\n"
        ));
    }
    let data = DATA.replace("events:", &format!("{metrics}events:"));
    small::write(folder.path(), BRIEF, &data);
    let run = expect(folder.path(), &["explain", "p5999"], 0);
    assert!(
        run.data.contains("(for more, explain this address)"),
        "{}",
        run.data
    );
    assert!(run.data.lines().count() < 200, "{}", run.data);
    let deep = json(&expect(
        folder.path(),
        &["explain", "p5999", "--format", "json"],
        0,
    ));
    let mut node = &deep["derivation"];
    let mut levels = 1;
    while node["inputs"][0].is_object() {
        node = &node["inputs"][0];
        levels += 1;
    }
    assert_eq!((levels, &node["deeper"]), (50, &Value::Bool(true)));
}
