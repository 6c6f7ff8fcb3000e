//! The program from outside: what is typed, what is printed, what lies in the folder afterwards.

mod build;
mod data;
mod diff;
mod refuse;
mod schema;
mod together;
mod trace;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use exhibit_tests::program::{Run, command, outcome, run_in};
use exhibit_tests::small::{BRIEF, DATA};
use exhibit_tests::{small, workspace};
use tempfile::TempDir;

/// A folder with the small brief.
fn small_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    small::write(folder.path(), BRIEF, DATA);
    folder
}

/// Every file and link below a folder by its path, and every folder with nothing in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        let mut entries = fs::read_dir(folder).expect("a folder").peekable();
        let name = |path: &Path| {
            let path = path.strip_prefix(root).expect("below the root");
            path.to_str().expect("a plain name").to_owned()
        };
        if entries.peek().is_none() {
            found.insert(format!("{}/", name(folder)), Vec::new());
        }
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_symlink() {
                let target = fs::read_link(&path).expect("a link");
                found.insert(name(&path), format!("-> {}", target.display()).into_bytes());
            } else if path.is_dir() {
                walk(root, &path, found);
            } else {
                found.insert(name(&path), fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// Runs and expects an exit code.
#[track_caller]
fn expect(folder: &Path, args: &[&str], code: i32) -> Run {
    let run = run_in(folder, args);
    assert_eq!(run.code, code, "{args:?}: {run:#?}");
    run
}

#[test]
fn help_and_version_are_data() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [
        "build", "check", "facts", "explain", "verify", "trace", "diff", "schema", "init",
    ] {
        let help = expect(folder.path(), &[command, "--help"], 0);
        assert!(help.data.contains("Usage: exhibit"), "{help:?}");
        assert_eq!(help.talk, "");
    }
    let help = expect(folder.path(), &["--help"], 0);
    assert!(help.data.contains("Exit codes: 0 done"), "{help:?}");
    let version = expect(folder.path(), &["--version"], 0);
    assert!(version.data.starts_with("exhibit 0."), "{version:?}");
}

#[test]
fn wrong_usage_is_told_and_ends_with_2() {
    let folder = small_folder();
    for (args, said) in [
        (&[] as &[&str], "Usage: exhibit"),
        (&["biuld"], "a similar subcommand exists: 'build'"),
        (&["build", "--formt", "pdf"], "--format"),
        (
            &["build", "--format", "doc"],
            "possible values: pdf, svg, png",
        ),
        (&["build", "a.yaml", "b.yaml"], "unexpected argument"),
        (&["build", "--only", "slaes"], "did you mean `sales`?"),
        (
            &["build", "--only", "sales", "--format", "pdf"],
            "the PDF always has every exhibit",
        ),
        (&["facts", "--metric", "prize"], "did you mean `price`?"),
        (&["facts", "--source", "memory"], "one of: report"),
        (&["facts", "--status", "targt"], "did you mean `target`?"),
        (&["verify"], "--source <ID=FILE>"),
        (
            &["verify", "--source", "report"],
            "write `--source ID=FILE`",
        ),
        (
            &["verify", "--source", "reprot=data.yaml"],
            "did you mean `report`?",
        ),
        (&["explain"], "<ADDRESS>"),
        (&["explain", "slaes"], "did you mean `sales`?"),
        (&["explain", "sales"], "fits 2 facts"),
        (&["explain", "sales@1990"], "has no observation"),
        (&["explain", "sales@soon"], "cannot be read as an address"),
        (&["explain", "event:lunch"], "did you mean `launch`?"),
        (&["trace"], "<FILE>"),
        (&["diff", "brief.yaml"], "<NEW>"),
        (
            &["diff", "brief.yaml", "data.yaml"],
            "brief.yaml is a brief and data.yaml is a data set; choose two files of one kind",
        ),
        (&["schema", "fax"], "possible values: facts"),
    ] {
        let run = expect(folder.path(), args, 2);
        assert!(run.talk.contains(said), "{args:?}: {}", run.talk);
        assert_eq!(run.data, "", "{args:?}");
    }
    assert_eq!(names(&files(folder.path())), ["brief.yaml", "data.yaml"]);
}

#[test]
fn without_a_brief_the_way_to_one_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["build", "check", "facts"] {
        let run = expect(folder.path(), &[command], 3);
        assert!(run.talk.contains("`exhibit init`"), "{}", run.talk);
    }
    let run = expect(folder.path(), &["check", "mine.yaml"], 3);
    assert_eq!(
        run.talk,
        "error: mine.yaml cannot be read: the file does not exist\n"
    );
}

#[test]
fn the_nearer_brief_is_taken() {
    let folder = small_folder();
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a folder");
    small::write(&data, &BRIEF.replace("sold", "sold 5"), DATA);
    expect(folder.path(), &["check"], 0);
    fs::remove_file(folder.path().join("brief.yaml")).expect("a file");
    let run = expect(folder.path(), &["check"], 1);
    assert!(run.talk.contains("data/brief.yaml:12:"), "{}", run.talk);
}

#[test]
fn init_writes_what_build_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = expect(folder.path(), &["init", "new/brief"], 0);
    assert_eq!(run.data, "");
    let written = files(folder.path());
    assert_eq!(
        names(&written),
        [
            "new/brief/data/brief.yaml",
            "new/brief/data/xiaomi-auto.yaml"
        ]
    );
    for (path, bytes) in &written {
        let own = path.strip_prefix("new/brief/").expect("as above");
        let own = fs::read(workspace().join(own)).expect("the built-in one");
        assert_eq!(*bytes, own, "{path}");
    }
    expect(&folder.path().join("new/brief"), &["check"], 0);
}

#[test]
fn init_writes_over_nothing() {
    let all = ["data/brief.yaml", "data/xiaomi-auto.yaml", "brief.yaml"];
    for there in all {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        fs::write(folder.path().join(there), "mine").expect("a file");
        let before = files(folder.path());
        let run = expect(folder.path(), &["init"], 3);
        for path in all {
            assert_eq!(run.talk.contains(&format!("./{path} ")), path == there);
        }
        assert_eq!(files(folder.path()), before);
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("data"), "no folder").expect("a file");
    let run = expect(folder.path(), &["init"], 3);
    assert!(run.talk.contains("is not a folder"), "{}", run.talk);
    assert_eq!(names(&files(folder.path())), ["data"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    let mut child = command(folder.path(), &["facts", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_standard_output_is_told() {
    let folder = small_folder();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let mut child = command(folder.path(), &["facts"]);
    let run = outcome(child.stdout(full));
    assert_eq!(run.code, 3);
    assert_eq!(
        run.talk,
        "error: standard output cannot be written: the disk is full\n"
    );
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    let brief = BRIEF.replace("  - exhibit: sales\n", "");
    small::write(folder.path(), &brief, DATA);
    let run = expect(folder.path(), &["build", "--format", "svg"], 0);
    assert!(run.talk.contains("warning[unplaced-exhibit]"));
    assert!(run.talk.contains("\n1 warning\n"), "{}", run.talk);
    assert!(folder.path().join("output/charts/sales.svg").exists());
    let before = files(folder.path());
    let run = expect(folder.path(), &["build", "--deny", "warnings"], 1);
    assert!(
        run.talk.ends_with("1 warning; nothing was written\n"),
        "{}",
        run.talk
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn input_of_other_editors_is_read() {
    let folder = small_folder();
    let expected = expect(folder.path(), &["facts"], 0);
    let marked = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    small::write(folder.path(), &marked(BRIEF), &marked(DATA));
    assert_eq!(expect(folder.path(), &["facts"], 0), expected);
    let brief = marked(&BRIEF.replace("title: Sales of", "titel: Sales of"));
    small::write(folder.path(), &brief, &marked(DATA));
    let run = expect(folder.path(), &["check"], 1);
    assert!(run.talk.contains("--> brief.yaml:1:1\n"), "{}", run.talk);
}

#[test]
fn input_that_is_no_text_is_told() {
    let folder = small_folder();
    let path = folder.path().join("data.yaml");
    let mut bytes = DATA.as_bytes().to_vec();
    bytes[DATA.find("vehicle").unwrap_or(40)] = 0xff;
    fs::write(&path, &bytes).expect("a file");
    let run = expect(folder.path(), &["build"], 3);
    assert!(
        run.talk.contains("error[unreadable-file]") && run.talk.contains("is not UTF-8 text (line"),
        "{}",
        run.talk
    );
    fs::write(folder.path().join("brief.yaml"), b"title: \xff").expect("a file");
    let run = expect(folder.path(), &["build"], 3);
    assert_eq!(
        run.talk,
        "error: brief.yaml cannot be read: the file is not UTF-8 text (line 1, byte 8)\n"
    );
    #[cfg(unix)]
    {
        let run = expect(folder.path(), &["check", "/dev/zero"], 3);
        assert!(
            run.talk.contains("the path is a pipe or a device"),
            "{}",
            run.talk
        );
    }
}

/// Warnings pass here too; what the source does not say is a finding. `diag` has the findings.
#[test]
fn verify_counts_what_stands_in_the_source() {
    let folder = small_folder();
    let data = DATA.replace("value: 100,", "value: 100, evidence: \"100\",");
    small::write(folder.path(), BRIEF, &data);
    let args = ["verify", "--source", "report=source.txt"];
    let run = expect(folder.path(), &args, 3);
    assert_eq!(
        run.talk,
        "error: source.txt cannot be read: the file does not exist\n"
    );
    fs::write(folder.path().join("source.txt"), "They sold 100 cars.\n").expect("a file");
    let run = expect(folder.path(), &args, 0);
    assert!(
        run.talk.ends_with(
            "report: 5 figures and events checked in source.txt, 1 confirmed; for 1, the place was not looked up, because the place is not written as `§1 ¶2`\n"
        ),
        "{}",
        run.talk
    );
    assert_eq!(run.talk.matches("warning[verify-silent]").count(), 4);
    fs::write(folder.path().join("source.txt"), "They sold 99 cars.\n").expect("a file");
    expect(folder.path(), &args, 1);
}
