//! `exhibit build`: what it writes, what it leaves, what `--check` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use exhibit_tests::program::{command, outcome};
use exhibit_tests::small::{self, BRIEF, DATA};
use serde_json::Value;

use super::{expect, files, names, small_folder};

/// What a build of the small brief leaves.
const ALL: [&str; 6] = [
    "brief.pdf",
    "charts/sales.png",
    "charts/sales.svg",
    "charts/sales@slide.png",
    "charts/sales@slide.svg",
    "manifest.json",
];

fn manifest(output: &Path) -> Value {
    let text = fs::read_to_string(output.join("manifest.json")).expect("a manifest");
    serde_json::from_str(&text).expect("JSON")
}

fn list(value: &Value) -> Vec<&str> {
    let items = value.as_array().expect("a list").iter();
    items.map(|item| item.as_str().expect("text")).collect()
}

/// The entry of a path in a manifest.
fn entry<'a>(manifest: &'a Value, path: &str) -> &'a Value {
    let outputs = manifest["outputs"].as_array().expect("outputs");
    outputs
        .iter()
        .find(|entry| entry["path"] == path)
        .unwrap_or_else(|| panic!("{path} is listed"))
}

/// An exhibit that is for the page alone leaves no slide, and one that was made before goes.
#[test]
fn no_slide_is_made_where_none_is_wanted() {
    let folder = small_folder();
    expect(folder.path(), &["build"], 0);
    let brief = BRIEF.replace("      of: sales\n", "      of: sales\n      slide: false\n");
    small::write(folder.path(), &brief, DATA);
    expect(folder.path(), &["build"], 0);
    let left = files(&folder.path().join("output"));
    let wanted: Vec<&str> = ALL
        .into_iter()
        .filter(|path| !path.contains("@slide"))
        .collect();
    assert_eq!(names(&left), wanted);
}

#[test]
fn build_writes_everything_once() {
    let folder = small_folder();
    let run = expect(folder.path(), &["build"], 0);
    assert_eq!(
        (run.data.as_str(), run.talk.as_str()),
        ("", "output: 6 files written\n")
    );
    let output = folder.path().join("output");
    let first = files(&output);
    assert_eq!(names(&first), ALL);
    assert_eq!(
        names(&files(folder.path())).len(),
        ALL.len() + 2,
        "no stage is left beside the inputs"
    );
    let when = |path: &str| {
        let path = output.join(path);
        fs::metadata(path).and_then(|found| found.modified()).ok()
    };
    let before = ALL.map(when);
    let run = expect(folder.path(), &["build"], 0);
    assert_eq!(run.talk, "output: 6 files, all up to date\n");
    assert_eq!(files(&output), first);
    assert_eq!(ALL.map(when), before, "what is current is not touched");
    let run = expect(folder.path(), &["build", "--check"], 0);
    assert_eq!(run.data, "");
}

#[test]
fn the_manifest_says_what_was_built_from_what() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--out", "deep/er/out"], 0);
    let output = folder.path().join("deep/er/out");
    let manifest = manifest(&output);
    assert_eq!(manifest["schema"], "exhibit-manifest-1");
    assert_eq!(manifest["program"], "exhibit 0.1.0");
    assert_eq!(manifest["theme"], "standard");
    assert_eq!(manifest["fonts"].as_str().map(str::len), Some(64));
    for (index, (name, role, text)) in [("brief.yaml", "brief", BRIEF), ("data.yaml", "data", DATA)]
        .into_iter()
        .enumerate()
    {
        let input = &manifest["inputs"][index];
        assert_eq!(input["name"], name);
        assert_eq!(input["role"], role);
        assert_eq!(input["bytes"], text.len());
        assert_eq!(
            input["blake3"],
            blake3::hash(text.as_bytes()).to_hex().as_str()
        );
    }
    let outputs = manifest["outputs"].as_array().expect("outputs");
    let paths: Vec<&str> = outputs
        .iter()
        .map(|entry| entry["path"].as_str().expect("a path"))
        .collect();
    assert_eq!(paths, ALL[..5], "every file but itself, sorted");
    for (entry, path) in outputs.iter().zip(paths) {
        let bytes = fs::read(output.join(path)).expect("a file");
        assert_eq!(entry["bytes"], bytes.len(), "{path}");
        assert_eq!(
            entry["blake3"],
            blake3::hash(&bytes).to_hex().as_str(),
            "{path}"
        );
        assert_eq!(list(&entry["sources"]), ["report"], "{path}");
        let shown: BTreeSet<&str> = list(&entry["facts"]).into_iter().collect();
        assert_eq!(
            shown,
            BTreeSet::from(["sales@2022", "sales@2023"]),
            "{path}"
        );
        assert_eq!(entry.get("stale"), None, "{path}");
    }
}

#[test]
fn events_and_inputs_of_derived_facts_count_as_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let brief = BRIEF.replace(
        "column:\n      title: Sales rose\n      of: sales\n      over: period",
        "timeline: {title: What happened}",
    );
    let data = DATA
        .replace("report: {", "other: {title: Another}\n  report: {")
        .replace("value: 100, from: report", "value: 100, from: other")
        .replace(
            "events:",
            "  double: {label: Double, unit: cars, at: 2022, formula: 2 * sales@2022}\nevents:",
        );
    let brief = brief.replace("{{ sales@2023 }}.", "{{ double }}.");
    small::write(folder.path(), &brief, &data);
    expect(folder.path(), &["build"], 0);
    let manifest = manifest(&folder.path().join("output"));
    let chart = entry(&manifest, "charts/sales.svg");
    assert_eq!(list(&chart["facts"]), ["event:launch"]);
    assert_eq!(list(&chart["sources"]), ["report"]);
    let pdf = entry(&manifest, "brief.pdf");
    assert_eq!(
        list(&pdf["facts"]),
        ["sales@2023", "double@2022", "event:launch"]
    );
    assert_eq!(list(&pdf["sources"]), ["other", "report"]);
}

#[test]
fn check_lists_what_is_not_current_and_writes_nothing() {
    let folder = small_folder();
    let run = expect(folder.path(), &["build", "--check"], 1);
    assert_eq!(run.data.lines().count(), ALL.len(), "all are missing");
    assert!(!folder.path().join("output").exists());

    let both = BRIEF.replace(
        "body:",
        "  prices: {bar: {title: Prices, of: price, over: trim}}\nbody:",
    );
    let both = format!("{both}  - exhibit: prices\n");
    small::write(folder.path(), &both, DATA);
    expect(folder.path(), &["build"], 0);
    small::write(folder.path(), BRIEF, DATA);
    let output = folder.path().join("output");
    fs::remove_file(output.join("charts/sales.svg")).expect("a file");
    fs::write(output.join("charts/sales.png"), "garbled").expect("a file");
    let before = files(folder.path());
    let run = expect(folder.path(), &["build", "--check"], 1);
    for line in [
        "differs    output/charts/sales.png",
        "missing    output/charts/sales.svg",
        "left over  output/charts/prices.svg",
        "left over  output/charts/prices@slide.png",
        "differs    output/manifest.json",
    ] {
        assert!(run.data.lines().any(|said| said == line), "{}", run.data);
    }
    assert!(
        run.talk
            .contains("files are not up to date; run `exhibit build`"),
        "{}",
        run.talk
    );
    assert_eq!(files(folder.path()), before);

    let run = expect(folder.path(), &["build"], 0);
    assert!(run.talk.contains("4 left over and removed"), "{}", run.talk);
    assert_eq!(names(&files(&output)), ALL);
    expect(folder.path(), &["build", "--check"], 0);
}

#[test]
fn only_what_a_build_wrote_is_removed() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "svg"], 0);
    let output = folder.path().join("output");
    fs::write(output.join("notes.txt"), "mine").expect("a file");
    fs::write(output.join("charts/old.svg"), "mine").expect("a file");
    // Changed since, by hand.
    let edited = output.join("charts/sales@slide.svg");
    fs::write(&edited, "<svg/>").expect("a file");
    let renamed = BRIEF
        .replace("  sales:", "  turnover:")
        .replace("exhibit: sales", "exhibit: turnover");
    small::write(folder.path(), &renamed, DATA);
    let run = expect(folder.path(), &["build", "--format", "svg"], 0);
    assert!(
        run.talk
            .contains("note: output/charts/sales@slide.svg is left over from an earlier build, but was changed"),
        "{}",
        run.talk
    );
    assert_eq!(
        names(&files(&output)),
        [
            "charts/old.svg",
            "charts/sales@slide.svg",
            "charts/turnover.svg",
            "charts/turnover@slide.svg",
            "manifest.json",
            "notes.txt",
        ]
    );
}

#[test]
fn a_part_is_built_alone_and_the_rest_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let two = BRIEF.replace(
        "body:",
        "  prices: {bar: {title: Prices, of: price, over: trim}}\nbody:",
    );
    let two = format!("{two}  - exhibit: prices\n");
    small::write(folder.path(), &two, DATA);
    let output = folder.path().join("output");
    expect(
        folder.path(),
        &["build", "--only", "prices", "--format", "svg"],
        0,
    );
    assert_eq!(
        names(&files(&output)),
        [
            "charts/prices.svg",
            "charts/prices@slide.svg",
            "manifest.json"
        ]
    );
    expect(folder.path(), &["build", "--only", "sales"], 0);
    assert_eq!(
        names(&files(&output)),
        [
            "charts/prices.svg",
            "charts/prices@slide.svg",
            "charts/sales.png",
            "charts/sales.svg",
            "charts/sales@slide.png",
            "charts/sales@slide.svg",
            "manifest.json"
        ]
    );
    assert_eq!(
        entry(&manifest(&output), "charts/prices.svg").get("stale"),
        None
    );

    // Other input: what is not built again is older than the rest, and the manifest says so until it is.
    small::write(folder.path(), &two.replace("sold", "have sold"), DATA);
    expect(folder.path(), &["build", "--only", "sales"], 0);
    let mixed = manifest(&output);
    assert_eq!(entry(&mixed, "charts/prices.svg")["stale"], true);
    assert_eq!(entry(&mixed, "charts/sales.svg").get("stale"), None);
    let run = expect(folder.path(), &["build", "--check"], 1);
    assert!(run.data.contains("missing    output/brief.pdf"));
    assert!(run.data.contains("differs    output/manifest.json"));
    expect(folder.path(), &["build", "--check", "--only", "sales"], 0);

    expect(folder.path(), &["build"], 0);
    let whole = manifest(&output);
    assert_eq!(whole["outputs"].as_array().map(Vec::len), Some(9));
    assert!(!whole.to_string().contains("stale"));
}

/// The same bytes whatever the surroundings: threads, time zone, language, folder, the way the brief is named.
#[test]
fn equal_input_gives_equal_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    expect(folder.path(), &["build", "--out", "one"], 0);
    let one = files(&folder.path().join("one"));
    assert!(one.len() > 40);

    let elsewhere = tempfile::tempdir().expect("a folder");
    let brief = folder.path().join("data/brief.yaml");
    let mut far = command(
        elsewhere.path(),
        &["build", brief.to_str().expect("a plain path")],
    );
    far.env("TZ", "Pacific/Kiritimati")
        .env("LANG", "de_DE.UTF-8")
        .env("LC_ALL", "de_DE.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .env("SOURCE_DATE_EPOCH", "1");
    assert_eq!(outcome(&mut far).code, 0);
    let other = files(&elsewhere.path().join("output"));
    assert_eq!(names(&one), names(&other));
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{path} differs");
    }

    let text = String::from_utf8_lossy(&one["manifest.json"]).into_owned();
    let machine = folder.path().to_str().expect("a plain path");
    assert!(!text.contains(machine) && !text.contains("/tmp"), "{text}");
}

#[test]
fn the_pdf_is_named_like_the_brief() {
    let folder = small_folder();
    let from = folder.path().join("brief.yaml");
    fs::rename(from, folder.path().join("q3.report.yaml")).expect("a file");
    expect(
        folder.path(),
        &["build", "q3.report.yaml", "--format", "pdf"],
        0,
    );
    assert_eq!(
        names(&files(&folder.path().join("output"))),
        ["manifest.json", "q3.report.pdf"]
    );
}

#[test]
fn an_output_folder_may_be_a_link() {
    let folder = small_folder();
    fs::create_dir(folder.path().join("real")).expect("a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("real", folder.path().join("output")).expect("a link");
        expect(folder.path(), &["build"], 0);
        assert!(folder.path().join("output").is_symlink());
        assert_eq!(names(&files(&folder.path().join("real"))), ALL);
    }
}
