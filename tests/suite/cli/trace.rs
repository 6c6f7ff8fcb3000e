//! `exhibit trace`: what a finished file shows, from the file alone, and against the data.

use std::fs;
use std::path::Path;

use exhibit_tests::check;
use exhibit_tests::small::{self, DATA};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{expect, small_folder};

/// A brief that shows facts in every way: key figure, prose, chart, timeline, formula.
const RICH: &str = "\
title: Sales of a year
date: 2024-01-31
data: [data.yaml]
key-figures: [{of: sales@2023, label: Sold}]
exhibits:
  sales:
    column: {title: Sales rose, of: sales, over: period}
  road:
    timeline: {title: One launch}
body:
  - text: In {{ sales@2023 | at }} we sold {{ sales@2023 }}, {{ both }}.
  - exhibit: sales
  - exhibit: road
";

/// The folder with a built brief, its inputs gone to `was`.
fn built(brief: &str, data: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    small::write(folder.path(), brief, data);
    expect(folder.path(), &["build", "--format", "pdf,svg"], 0);
    folder
}

fn rich() -> (TempDir, String) {
    let data = DATA.replace(
        "events:",
        "  both: {label: Both years, unit: cars, at: 2023, formula: sales@2022 + sales@2023}\nevents:",
    );
    (built(RICH, &data), data)
}

fn json(folder: &Path, args: &[&str], code: i32) -> Value {
    let mut all = vec!["trace", "--format", "json"];
    all.extend(args);
    serde_json::from_str(&expect(folder, &all, code).data).expect("JSON")
}

/// The states of the facts, by address.
fn states(traced: &Value) -> Vec<(&str, &str)> {
    let facts = traced["facts"].as_array().expect("facts").iter();
    fn text(value: &Value) -> &str {
        value.as_str().unwrap_or("none")
    }
    facts
        .map(|fact| (text(&fact["address"]), text(&fact["now"]["state"])))
        .collect()
}

#[test]
fn a_pdf_says_what_it_shows() {
    let (folder, _) = rich();
    // The file alone: nothing that it was made from is there.
    for input in ["brief.yaml", "data.yaml"] {
        fs::remove_file(folder.path().join(input)).expect("a file");
    }
    let run = expect(folder.path(), &["trace", "output/brief.pdf"], 0);
    check("trace/pdf.txt", &format!("{}{}", run.data, run.talk));
    let traced = json(folder.path(), &["output/brief.pdf"], 0);
    assert_eq!(traced["schema"], "exhibit-trace-1");
    assert_eq!(traced["title"], "Sales of a year");
    let first = &traced["facts"][0];
    assert_eq!(first["address"], "sales@2023");
    assert_eq!(first["mark"], 1);
    assert_eq!(first["qualifier"], "more_than");
    assert_eq!(
        first["origin"],
        json!({"source": "report", "place": "p. 1"})
    );
    assert_eq!(first["exhibits"], json!(["sales"]));
    assert_eq!(first["now"], Value::Null);
}

#[test]
fn a_picture_says_what_it_shows() {
    let (folder, _) = rich();
    for name in ["sales", "sales@slide", "road"] {
        let path = format!("output/charts/{name}.svg");
        let run = expect(folder.path(), &["trace", &path], 0);
        check(
            &format!("trace/{name}.txt"),
            &format!("{}{}", run.data, run.talk),
        );
    }
    let traced = json(folder.path(), &["output/charts/sales.svg"], 0);
    let last = &traced["facts"][1];
    assert_eq!(last["address"], "sales@2023");
    assert_eq!(
        last["label"],
        "Sales, 2023: more than one hundred twenty cars"
    );
    assert_eq!(last["words"], json!(["> 120"]));
    assert_eq!(last["mark"], Value::Null);
}

/// Where the marks of the prose stand is where the trace says, on a document of several pages.
#[test]
fn pages_are_those_of_the_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    expect(folder.path(), &["build", "--format", "pdf"], 0);
    let path = folder.path().join("output/brief.pdf");
    let contents = exhibit_pdf::read(&fs::read(&path).expect("a file")).expect("a PDF");
    let traced = json(folder.path(), &["output/brief.pdf"], 0);
    let facts = traced["facts"].as_array().expect("facts");
    let register = contents.places["fact-1"];
    let mut several = 0;
    for (number, fact) in facts
        .iter()
        .filter(|fact| fact["mark"].is_u64())
        .enumerate()
    {
        assert_eq!(fact["mark"], number + 1, "in the order of the marks");
        let pages: Vec<usize> = serde_json::from_value(fact["pages"].clone()).expect("pages");
        assert!(!pages.is_empty(), "{fact}");
        let name = format!("fact-{}", number + 1);
        assert_eq!(fact["entry"], contents.places[&name].page + 1);
        let first = contents.places[&format!("use-{}", number + 1)];
        assert_eq!(pages[0], first.page + 1, "{fact}");
        assert!(
            pages.iter().all(|page| *page <= register.page + 1),
            "{fact}"
        );
        several += usize::from(pages.len() > 1);
    }
    assert_eq!(facts.iter().filter(|fact| fact["mark"].is_u64()).count(), {
        let entries = contents
            .places
            .keys()
            .filter(|name| name.starts_with("fact-"));
        entries.count()
    });
    assert!(several > 3, "facts are shown on several pages");
    assert!(
        facts
            .iter()
            .any(|fact| fact["address"] == "event:launch" || fact["mark"].is_null())
    );
    let files: Vec<&str> = contents.files.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "brief.yaml",
            "facts.csv",
            "facts.json",
            "facts.schema.json",
            "xiaomi-auto.yaml"
        ]
    );
}

#[test]
fn a_file_is_compared_with_the_data() {
    let (folder, data) = rich();
    let pdf = ["output/brief.pdf", "--data", "brief.yaml"];
    let svg = ["output/charts/sales.svg", "--data", "brief.yaml"];
    let road = ["output/charts/road.svg", "--data", "brief.yaml"];
    for file in [pdf, svg, road] {
        for (address, state) in states(&json(folder.path(), &file, 0)) {
            assert_eq!(state, "unchanged", "{address}");
        }
    }
    // One number rises, one loses its bound, an event is moved, what was computed follows.
    let changed = data
        .replace("value: 100", "value: 110")
        .replace("\"> 120\"", "120")
        .replace("2022-03", "2022-04");
    small::write(folder.path(), RICH, &changed);
    let traced = json(folder.path(), &pdf, 1);
    assert_eq!(
        states(&traced),
        [
            ("sales@2023", "requalified"),
            ("both@2023", "revised"),
            ("sales@2022", "revised"),
            ("event:launch", "revised"),
        ]
    );
    assert_eq!(traced["facts"][0]["now"]["display"], "120 cars");
    assert_eq!(
        states(&json(folder.path(), &svg, 1)),
        [("sales@2022", "revised"), ("sales@2023", "requalified")]
    );
    assert_eq!(
        states(&json(folder.path(), &road, 1)),
        [("event:launch", "revised")]
    );
    let run = expect(
        folder.path(),
        &["trace", "output/brief.pdf", "--data", "brief.yaml"],
        1,
    );
    check("trace/compared.txt", &format!("{}{}", run.data, run.talk));

    // What is no more.
    let gone = data
        .replace("      - {at: 2022, value: 100, from: report p. 1}\n", "")
        .replace("launch:", "lunch:");
    let brief = RICH.replace(", {{ both }}", "");
    let gone = gone.replace("sales@2022 + sales@2023", "sales@2023 + sales@2023");
    small::write(folder.path(), &brief, &gone);
    let traced = json(folder.path(), &svg, 1);
    assert_eq!(
        states(&traced),
        [("sales@2022", "gone"), ("sales@2023", "unchanged")]
    );
    assert_eq!(traced["facts"][0]["now"]["display"], Value::Null);
    assert_eq!(
        states(&json(folder.path(), &road, 1)),
        [("event:launch", "gone")]
    );
    let traced = json(folder.path(), &pdf, 1);
    assert_eq!(traced["facts"][2]["now"]["state"], "gone");

    // Data that have findings are compared with nothing.
    small::write(
        folder.path(),
        RICH,
        &data.replace("unit: cars", "unit: card"),
    );
    let run = expect(
        folder.path(),
        &["trace", "output/brief.pdf", "--data", "brief.yaml"],
        1,
    );
    assert_eq!(run.data, "");
    assert!(run.talk.contains("nothing was compared"), "{}", run.talk);
}

/// Every kind of picture of the article's brief, tables among them, shows facts and is as the data have it.
#[test]
fn every_picture_is_as_its_data() {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    expect(folder.path(), &["build", "--format", "svg"], 0);
    let mut pictures = 0;
    for entry in fs::read_dir(folder.path().join("output/charts")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let path = path.to_str().expect("a plain name");
        let traced = json(folder.path(), &[path, "--data", "data/brief.yaml"], 0);
        assert!(!states(&traced).is_empty(), "{path}");
        pictures += 1;
    }
    assert!(pictures > 18, "nine exhibits, each for a page and a slide");
    let table = json(folder.path(), &["output/charts/outcomes.svg"], 0);
    assert_eq!(table["facts"][0]["address"], "media_forecast@2024");
    assert_eq!(table["facts"][0]["words"], json!(["3,000 vehicles"]));
}

/// In other languages and scales, a picture is compared by what is said, not by how.
#[test]
fn pictures_of_other_languages_are_compared() {
    for (language, scale) in [("de", "thousand"), ("zh", "万")] {
        let brief = RICH
            .replace(
                "title: Sales of a year",
                &format!("title: A\nlanguage: {language}"),
            )
            .replace("of: sales,", &format!("of: sales, in: {scale},"));
        let brief = brief.replace(
            "In {{ sales@2023 | at }} we sold {{ sales@2023 }}, {{ both }}.",
            "A.",
        );
        let data = DATA
            .replace("value: 100", "value: 120_000")
            .replace("> 120", "> 200_000")
            .replace(
                "events:",
                "  both: {label: A, unit: cars, at: 2023, formula: sales@2022 + sales@2023}\nevents:",
            );
        let folder = built(&brief, &data);
        let args = ["output/charts/sales.svg", "--data", "brief.yaml"];
        json(folder.path(), &args, 0);
        small::write(
            folder.path(),
            &brief,
            &data.replace("> 200_000", "~ 200_000"),
        );
        assert_eq!(
            states(&json(folder.path(), &args, 1)),
            [("sales@2022", "unchanged"), ("sales@2023", "requalified")],
            "{language}"
        );
    }
}

#[test]
fn what_cannot_be_traced_is_told() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "pdf,svg"], 0);
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    let pdf = fs::read(folder.path().join("output/brief.pdf")).expect("a file");
    write("cut.pdf", &pdf[..pdf.len() / 2]);
    write("head.pdf", b"%PDF-1.7\n");
    write("noise.bin", &[0xff, 0x00, 0x3c]);
    write("note.txt", b"no picture");
    write("page.svg", b"<html/>");
    write("open.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g>");
    write(
        "plain.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
    );
    for (file, said) in [
        (
            "none.pdf",
            "none.pdf cannot be read: the file does not exist",
        ),
        ("output", "output cannot be read: the path is a folder"),
        ("cut.pdf", "cut.pdf cannot be read: the file is damaged ("),
        ("head.pdf", "head.pdf cannot be read: the file is damaged ("),
        ("noise.bin", "the file is neither a PDF nor an SVG"),
        ("note.txt", "the file is neither a PDF nor an SVG"),
        ("page.svg", "the file is neither a PDF nor an SVG"),
        ("open.svg", "open.svg cannot be read: the file is damaged ("),
        (
            "plain.svg",
            "plain.svg holds no facts: no group of the file",
        ),
    ] {
        let run = expect(folder.path(), &["trace", file], 3);
        assert!(run.talk.contains(said), "{file}: {}", run.talk);
        assert_eq!(run.data, "", "{file}");
    }
}

/// A PDF of somebody else, and one whose facts are of another form.
#[test]
fn a_pdf_without_our_facts_is_told() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "pdf"], 0);
    let path = folder.path().join("output/brief.pdf");
    let spoil = |name: &str, facts: Option<&[u8]>| {
        let mut document = lopdf::Document::load(&path).expect("a PDF");
        for object in document.objects.values_mut() {
            if let Ok(names) = object.as_dict_mut().and_then(|it| it.get_mut(b"Names")) {
                // The catalog's: the others are lists.
                if let (Ok(names), true) = (names.as_dict_mut(), facts.is_none()) {
                    names.remove(b"EmbeddedFiles");
                }
            }
            if let (Ok(stream), Some(facts)) = (object.as_stream_mut(), facts) {
                let is_json = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name);
                if is_json.is_ok_and(|name| name == b"application/json") {
                    stream.dict.remove(b"Filter");
                    stream.set_content(facts.to_vec());
                }
            }
        }
        document.save(folder.path().join(name)).expect("a file");
    };
    for (name, facts, said) in [
        (
            "a.pdf",
            None,
            "a.pdf holds no facts: the file has no facts.json",
        ),
        (
            "b.pdf",
            Some(b"{" as &[u8]),
            "the facts.json in the file is damaged",
        ),
        (
            "c.pdf",
            Some(br#"{"schema": "exhibit-facts-9"}"#),
            "has the form exhibit-facts-9, but this program reads exhibit-facts-1",
        ),
        (
            "d.pdf",
            Some(br#"{"schema": "exhibit-facts-1", "facts": [{}], "events": []}"#),
            "the facts.json in the file is damaged (missing field",
        ),
        (
            "e.pdf",
            Some(br#"{"schema": "exhibit-facts-1", "facts": [], "events": []}"#),
            "e.pdf holds no facts: the file shows none",
        ),
    ] {
        spoil(name, facts);
        let run = expect(folder.path(), &["trace", name], 3);
        assert!(run.talk.contains(said), "{name}: {}", run.talk);
    }
}

/// Wherever a file is cut or garbled, it is read or told, and nothing panics.
#[test]
fn damage_is_never_a_fault_of_ours() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "pdf,svg"], 0);
    let read = |path: &str| fs::read(folder.path().join(path)).expect("a file");
    let pdf = read("output/brief.pdf");
    for end in (0..pdf.len()).step_by(pdf.len() / 60) {
        let _ = exhibit_pdf::read(&pdf[..end]);
    }
    // The same document with its objects in the open, where a byte that differs is seen by more than a checksum.
    let mut open = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let is_font = |object: &lopdf::Object| {
        let stream = object.as_stream();
        stream.is_ok_and(|stream| stream.dict.has(b"Length1") || stream.content.len() > 20_000)
    };
    for object in open.objects.values_mut().filter(|object| is_font(object)) {
        *object = lopdf::Object::Null;
    }
    open.decompress();
    let mut bytes = Vec::new();
    open.save_to(&mut bytes).expect("bytes");
    assert!(exhibit_pdf::read(&bytes).is_ok());
    for at in (0..bytes.len()).step_by(61) {
        let mut spoilt = bytes.clone();
        spoilt[at] = spoilt[at].wrapping_add(u8::try_from(at % 11).expect("small") * 17 + 1);
        let _ = exhibit_pdf::read(&spoilt);
    }
    let svg = String::from_utf8(read("output/charts/sales.svg")).expect("text");
    for end in (0..svg.len()).step_by(97) {
        assert!(exhibit_svg::read(&svg[..end]).is_err(), "cut at {end}");
    }
    assert!(exhibit_svg::read(&svg).is_ok());
}
