//! Bad input: each kind of it is told with its place, its line, the reason and a way out.
//!
//! `cases` holds the inputs. The whole talk of the program on each is kept in `tests/ref/diag/<code>.txt`, one file for each
//! code that a finding can have.

mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use exhibit_core::diag::Code;
use exhibit_core::{article, compile};
use exhibit_tests::program::run_in;
use exhibit_tests::small::{self, BRIEF, DATA};
use exhibit_tests::{check, read, workspace};

use cases::{CASES, Case};

/// Codes that small input cannot cause; the rooms that emit them test them.
const DRAWN: [&str; 1] = ["picture-too-large"];

/// The inputs of a case.
fn inputs(case: &Case) -> (String, String) {
    let spoil = |text: &str, edits: &[(&str, &str)]| {
        edits.iter().fold(text.to_owned(), |text, (old, new)| {
            assert_eq!(
                text.matches(old).count(),
                1,
                "{}: {old:?} stands once",
                case.what
            );
            text.replace(old, new)
        })
    };
    (spoil(BRIEF, case.brief), spoil(DATA, case.data))
}

/// Runs `check` or `verify` on a case, and gives what it said, or how it failed to be told as what it is.
fn talk(case: &Case, folder: &Path) -> Result<String, String> {
    let (brief, data) = inputs(case);
    small::write(folder, &brief, &data);
    let mut args = vec!["check", "--deny", "warnings"];
    if let Some(source) = case.source {
        fs::write(folder.join("source.txt"), source).expect("a file");
        args[0] = "verify";
        args.push("--source=report=source.txt");
    }
    let run = run_in(folder, &args);
    let code = if case.code == "unreadable-file" { 3 } else { 1 };
    let told = run.talk.contains(&format!("[{}]: ", case.code));
    if run.code == code && run.data.is_empty() && told {
        Ok(run.talk)
    } else {
        Err(format!("== {} is no {}: {run:#?}", case.what, case.code))
    }
}

#[test]
fn the_input_that_is_spoiled_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    small::write(folder.path(), BRIEF, DATA);
    let run = run_in(folder.path(), &["check", "--deny", "warnings"]);
    assert_eq!((run.code, run.talk.as_str()), (0, "no findings\n"));
}

#[test]
fn every_case_is_told_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut golden: BTreeMap<&str, String> = BTreeMap::new();
    let mut failures = Vec::new();
    for case in CASES {
        match talk(case, folder.path()) {
            Err(failure) => failures.push(failure),
            Ok(talk) => {
                let text = golden.entry(case.code).or_default();
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&format!("== {}\n{talk}", case.what));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for (code, text) in golden {
        check(&format!("diag/{code}.txt"), &text);
    }
}

/// Every finding of a run shows where, in a line that exists, and ends with a way out.
#[test]
fn every_finding_has_a_place_and_a_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    for case in CASES {
        let (brief, data) = inputs(case);
        let talk = talk(case, folder.path()).expect("as its reference");
        let mut findings = 0;
        for finding in talk.split("\n\n").filter(|part| part.contains("]: ")) {
            findings += 1;
            let place = finding
                .lines()
                .find_map(|line| line.trim_start().strip_prefix("--> "))
                .unwrap_or_else(|| panic!("{}: no place in\n{finding}", case.what));
            let parts: Vec<&str> = place.split(':').collect();
            let [file, line, column] = parts[..] else {
                panic!("{}: {place}", case.what)
            };
            let text = if file == "brief.yaml" { &brief } else { &data };
            let (line, column): (usize, usize) = (
                line.parse().expect("a line"),
                column.parse().expect("a column"),
            );
            assert!(
                (1..=text.split('\n').count()).contains(&line) && column >= 1,
                "{}: {place}",
                case.what
            );
            assert!(
                finding.contains("= help: "),
                "{}: no way out of\n{finding}",
                case.what
            );
        }
        assert!(findings > 0, "{}", case.what);
    }
}

#[test]
fn every_code_has_a_case() {
    let told: BTreeSet<String> = CASES.iter().map(|case| case.code.to_owned()).collect();
    let mut codes: BTreeSet<String> = Code::ALL.iter().map(ToString::to_string).collect();
    for code in DRAWN {
        assert!(codes.remove(code), "{code} is a code");
    }
    assert_eq!(codes, told, "the codes against those of the cases");
    for code in Code::ALL {
        assert!(
            code.summary().ends_with('.') && code.summary().len() > 20,
            "{code}: {}",
            code.summary()
        );
    }
    let kept: BTreeSet<String> = fs::read_dir(workspace().join("tests/ref/diag"))
        .expect("a folder of references")
        .map(|entry| entry.expect("an entry").file_name())
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".txt")?.to_owned()))
        .collect();
    assert_eq!(kept, told, "references against cases");
}

/// Whatever line of the built-in brief or data is lost or garbled, nothing panics, and each finding has a place in the text and
/// a way out.
#[test]
fn no_finding_is_without_a_place() {
    let garble: [fn(&str) -> String; 4] = [
        |_| String::new(),
        |line| line.replacen(':', "", 1),
        |line| line.replace(|ch: char| ch.is_ascii_digit(), "x"),
        |line| format!("  {line}"),
    ];
    for (brief, text) in [(true, article::BRIEF), (false, article::DATA)] {
        let lines: Vec<&str> = text.lines().collect();
        for (number, spoil) in (0..lines.len()).zip(garble.iter().cycle()) {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            lines[number] = spoil(&lines[number]);
            let spoiled = lines.join("\n");
            let (brief, data) = if brief {
                (spoiled.as_str(), article::DATA)
            } else {
                (article::BRIEF, spoiled.as_str())
            };
            let done = compile("brief.yaml", brief, &mut |name| {
                Ok((name.to_owned(), data.to_owned()))
            });
            assert_eq!(done.facts.is_none(), done.report.has_errors());
            for finding in done.report.findings() {
                let span = finding.span.unwrap_or_else(|| panic!("{finding:?}"));
                let place = done.sources.file(span.file).line_column(span.start);
                assert!(place.line > 0 && place.column > 0, "{finding:?}");
                assert!(finding.help.is_some(), "{finding:?}");
                let _ = done.sources.slice(span);
            }
        }
    }
}

#[test]
fn all_findings_come_at_once_in_the_order_of_their_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let brief = BRIEF
        .replace("date:", "dat: 1\ndate:")
        .replace("we sold", "we sold 7 and");
    fs::write(folder.path().join("brief.yaml"), brief).expect("a file");
    fs::write(
        folder.path().join("data.yaml"),
        DATA.replace("unit: cars", "unit: card"),
    )
    .expect("a file");
    let run = run_in(folder.path(), &["build"]);
    assert_eq!(run.code, 1);
    let places: Vec<&str> = run
        .talk
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .collect();
    assert_eq!(
        places,
        ["brief.yaml:2:1", "brief.yaml:13:40", "data.yaml:8:11"]
    );
    assert!(
        run.talk.ends_with("\n3 errors; nothing was written\n"),
        "{}",
        run.talk
    );
    assert!(!folder.path().join("output").exists());
}

/// No reference holds a path of the machine that it was made on.
#[test]
fn references_name_no_machine() {
    for code in CASES.iter().map(|case| case.code) {
        let text = read(&format!("tests/ref/diag/{code}.txt"));
        assert!(!text.contains("/tmp") && !text.contains("/home"), "{code}");
    }
}
