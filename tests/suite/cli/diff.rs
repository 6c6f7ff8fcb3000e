//! `exhibit diff`: two data sets, two briefs, two manifests, two revisions.

use std::fs;
use std::path::Path;
use std::process::Command;

use exhibit_tests::program::{command, outcome};
use exhibit_tests::small::{self, BRIEF, DATA};
use exhibit_tests::{check, run};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{expect, small_folder};

/// The small data with a number that rises, one that loses its bound, one that is new, one that is gone, and one that is
/// found in another place.
fn changed() -> String {
    DATA.replace("value: 100", "value: 110")
        .replace("\"> 120\"", "120")
        .replace("price:\n    label: Price", "cost:\n    label: Cost")
        .replace(
            "2022-03, label: Launch, from: report p. 1",
            "2022-03, label: Launch, from: report p. 7",
        )
}

/// Two folders, `old` and `new`, each with a brief and its data.
fn editions() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, data) in [("old", DATA.to_owned()), ("new", changed())] {
        let edition = folder.path().join(name);
        fs::create_dir(&edition).expect("a folder");
        small::write(&edition, BRIEF, &data);
    }
    folder
}

fn json(folder: &Path, old: &str, new: &str, code: i32) -> Value {
    let run = expect(folder, &["diff", old, new, "--format", "json"], code);
    serde_json::from_str(&run.data).expect("JSON")
}

#[test]
fn two_briefs_are_told_apart() {
    let folder = editions();
    let (old, new) = ("old/brief.yaml", "new/brief.yaml");
    for (format, name) in [
        ("text", "brief.txt"),
        ("markdown", "brief.md"),
        ("json", "brief.json"),
    ] {
        let run = expect(folder.path(), &["diff", old, new, "--format", format], 1);
        assert_eq!(run.talk, "");
        check(&format!("diff/{name}"), &run.data);
    }
    let run = expect(folder.path(), &["diff", old, old], 0);
    assert_eq!(run.data, "no difference\n5 unchanged\n");
    let same = json(folder.path(), new, new, 0);
    assert_eq!(same["changes"], json!([]));
    assert_eq!(same["pages"]["changed"], json!([]));
}

/// What is not in the data is a difference in print all the same.
#[test]
fn words_that_the_author_changed_are_pages_that_change() {
    let folder = editions();
    let brief = BRIEF.replace("we sold", "we had sold");
    small::write(&folder.path().join("new"), &brief, DATA);
    let run = expect(
        folder.path(),
        &["diff", "old/brief.yaml", "new/brief.yaml"],
        1,
    );
    assert_eq!(run.data, "pages        1 of 1\n5 unchanged\n");
    // A long text makes more pages; those behind them have no counterpart.
    let long = "      Much has been said of it, and more is to be said.\n\n".repeat(120);
    let brief = BRIEF.replace("  - exhibit: sales", &format!("{long}  - exhibit: sales"));
    small::write(&folder.path().join("new"), &brief, DATA);
    let found = json(folder.path(), "old/brief.yaml", "new/brief.yaml", 1);
    assert_eq!(found["pages"]["old"], 1);
    let pages = found["pages"]["new"].as_u64().expect("pages");
    let all: Vec<u64> = (1..=pages).collect();
    assert!(pages > 2, "{found}");
    assert_eq!(found["pages"]["changed"], json!(all));
    let run = expect(
        folder.path(),
        &["diff", "new/brief.yaml", "old/brief.yaml"],
        1,
    );
    assert!(
        run.data
            .contains(&format!("pages        1 of 1 (before: {pages})\n")),
        "{}",
        run.data
    );
}

#[test]
fn two_data_sets_are_told_apart() {
    let folder = editions();
    let run = expect(
        folder.path(),
        &["diff", "old/data.yaml", "new/data.yaml"],
        1,
    );
    check("diff/data.txt", &run.data);
    let found = json(folder.path(), "old/data.yaml", "new/data.yaml", 1);
    assert_eq!(found["pages"], Value::Null);
    assert_eq!(found["files"], Value::Null);
    assert_eq!(found["counts"]["revised"], 1);
    expect(
        folder.path(),
        &["diff", "new/data.yaml", "new/data.yaml"],
        0,
    );
    // Findings have the name of the file that they are in.
    fs::write(folder.path().join("new/data.yaml"), "metrics: 7\n").expect("a file");
    let run = expect(
        folder.path(),
        &["diff", "old/data.yaml", "new/data.yaml"],
        1,
    );
    assert!(run.talk.contains("--> new/data.yaml:1:"), "{}", run.talk);
    assert!(run.talk.contains("nothing was compared"), "{}", run.talk);
    assert_eq!(run.data, "");
}

#[test]
fn two_manifests_are_told_apart() {
    let folder = editions();
    for edition in ["old", "new"] {
        expect(
            &folder.path().join(edition),
            &["build", "--format", "pdf,svg"],
            0,
        );
    }
    let (old, new) = ("old/output/manifest.json", "new/output/manifest.json");
    for (format, name) in [("text", "manifest.txt"), ("markdown", "manifest.md")] {
        let run = expect(folder.path(), &["diff", old, new, "--format", format], 1);
        check(&format!("diff/{name}"), &run.data);
    }
    let found = json(folder.path(), old, new, 1);
    assert_eq!(found["sentences"], json!([]));
    assert_eq!(found["pages"], Value::Null);
    assert_eq!(found["exhibits"][0]["id"], "sales");
    assert_eq!(
        found["files"][0],
        json!({"path": "brief.pdf", "kind": "revised"})
    );
    let run = expect(folder.path(), &["diff", old, old], 0);
    assert_eq!(run.data, "no difference\n2 unchanged\n");

    fs::write(folder.path().join("any.json"), "{}").expect("a file");
    let run = expect(folder.path(), &["diff", old, "any.json"], 3);
    assert_eq!(
        run.talk,
        "error: any.json cannot be read: no build of this program wrote this manifest\n"
    );
    let text = fs::read_to_string(folder.path().join(old)).expect("a file");
    let spoilt = text.replace("\"approximate\": false", "\"approximate\": 7");
    assert_ne!(spoilt, text);
    fs::write(folder.path().join("any.json"), spoilt).expect("a file");
    let run = expect(folder.path(), &["diff", old, "any.json"], 3);
    assert!(
        run.talk
            .contains("any.json cannot be read: its facts are damaged"),
        "{}",
        run.talk
    );
}

/// Runs git in a folder, as somebody without settings.
fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    run(git
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null"));
}

/// A repository with two revisions of a brief in a folder, the first one tagged `first`.
fn repository(place: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join(place);
    fs::create_dir_all(&inside).expect("a folder");
    git(folder.path(), &["init", "--quiet"]);
    for (data, message) in [(DATA.to_owned(), "first"), (changed(), "second")] {
        small::write(&inside, BRIEF, &data);
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "--quiet", "--message", message]);
        if message == "first" {
            git(folder.path(), &["tag", "first"]);
        }
    }
    folder
}

#[test]
fn two_revisions_are_told_apart() {
    let editions = editions();
    let expected = expect(
        editions.path(),
        &["diff", "old/brief.yaml", "new/brief.yaml"],
        1,
    );
    // The default brief in both of its places, from the top and from below.
    for place in ["", "data"] {
        let folder = repository(place);
        let found = expect(folder.path(), &["diff", "HEAD~1", "HEAD"], 1);
        assert_eq!(found, expected, "{place}");
        let found = expect(&folder.path().join(place), &["diff", "first", "HEAD"], 1);
        assert_eq!(found, expected, "{place}");
    }
    let folder = repository("deep/er");
    let inside = folder.path().join("deep");
    let brief = ["--brief", "er/brief.yaml"];
    let found = expect(
        &inside,
        &[&["diff", "first", "HEAD"][..], &brief].concat(),
        1,
    );
    assert_eq!(found, expected);
    let absolute = inside.join("er/brief.yaml");
    let absolute = absolute.to_str().expect("a plain name");
    let found = expect(
        folder.path(),
        &["diff", "first", "HEAD", "--brief", absolute],
        1,
    );
    assert_eq!(found, expected);
    // A revision against what lies here.
    let found = expect(
        &inside,
        &[&["diff", "first", "er/brief.yaml"][..], &brief].concat(),
        1,
    );
    assert_eq!(found, expected);
    let found = expect(
        &inside,
        &[&["diff", "HEAD", "er/brief.yaml"][..], &brief].concat(),
        0,
    );
    assert_eq!(found.data, "no difference\n5 unchanged\n");
    let found = json(&folder.path().join("deep/er"), "first", "HEAD", 1);
    assert_eq!(
        (&found["old"], &found["new"]),
        (&json!("first"), &json!("HEAD"))
    );
}

#[test]
fn revisions_that_are_not_there_are_told() {
    let folder = repository("");
    for (args, said) in [
        (
            &["diff", "nope", "HEAD"] as &[&str],
            "`nope` is neither a file nor a revision that git knows",
        ),
        (&["diff", "HEAD", "HEAD~7"], "`HEAD~7` is neither a file"),
        (
            &["diff", "HEAD", ""],
            "`` is neither a file nor a git revision",
        ),
        (
            &["diff", "first", "HEAD", "--brief", "mine.yaml"],
            "mine.yaml cannot be read: the file does not exist at first",
        ),
    ] {
        let run = expect(folder.path(), args, 3);
        assert!(run.talk.contains(said), "{args:?}: {}", run.talk);
    }
    fs::rename(
        folder.path().join("brief.yaml"),
        folder.path().join("b.yaml"),
    )
    .expect("a file");
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "third"]);
    let run = expect(folder.path(), &["diff", "first", "HEAD"], 3);
    assert_eq!(
        run.talk,
        "error: brief.yaml and data/brief.yaml do not exist at HEAD; choose the brief by `--brief`\n"
    );
    // A data set that was not there is a finding at its line of the brief of then.
    fs::write(
        folder.path().join("b.yaml"),
        BRIEF.replace("data.yaml", "lost.yaml"),
    )
    .expect("a file");
    git(
        folder.path(),
        &["commit", "--quiet", "--all", "--message", "fourth"],
    );
    let run = expect(
        folder.path(),
        &["diff", "HEAD~1", "HEAD", "--brief", "b.yaml"],
        3,
    );
    assert!(run.talk.contains("--> HEAD:b.yaml:3:8"), "{}", run.talk);
    assert!(
        run.talk.contains("the file does not exist at HEAD"),
        "{}",
        run.talk
    );
}

#[test]
fn without_git_or_a_repository_the_reason_is_told() {
    let folder = small_folder();
    let mut without = command(folder.path(), &["diff", "HEAD~1", "HEAD"]);
    let run = outcome(without.env("PATH", ""));
    assert_eq!(run.code, 3);
    assert_eq!(
        run.talk,
        "error: git is not installed, and is needed to read revisions; install git, or compare two files\n"
    );
    let mut outside = command(folder.path(), &["diff", "HEAD~1", "HEAD"]);
    let ceiling = folder.path().parent().expect("a folder");
    let run = outcome(
        outside
            .env("GIT_CEILING_DIRECTORIES", ceiling)
            .env_remove("GIT_DIR"),
    );
    assert_eq!(run.code, 3);
    assert!(
        run.talk.contains("no git repository was found"),
        "{}",
        run.talk
    );
}

/// Figures and words are not read as markup, and nothing is HTML.
#[test]
fn markdown_is_only_what_it_means() {
    let folder = editions();
    let brief = BRIEF.replace("we sold", r"\*we\*, \<b>A|B_c_\</b>, sold");
    for (edition, data) in [
        ("old", DATA.to_owned()),
        ("new", DATA.replace("> 120", "~ < 130")),
    ] {
        let data = data.replace("one: car, other: cars", "one: car, other: \"c|a_r_s\"");
        small::write(&folder.path().join(edition), &brief, &data);
    }
    let args = [
        "diff",
        "old/brief.yaml",
        "new/brief.yaml",
        "--format",
        "markdown",
    ];
    let run = expect(folder.path(), &args, 1);
    assert_eq!(run.talk, "");
    check("diff/escaped.md", &run.data);
    for line in run.data.lines().filter(|line| line.starts_with('|')) {
        let bare = line.replace("\\|", "");
        assert_eq!(bare.matches('|').count(), 5, "{line}");
    }
    let bare = run.data.replace("\\<", "");
    assert!(!bare.contains('<'), "{}", run.data);
}
