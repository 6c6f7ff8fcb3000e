//! What `exhibit build` refuses, and that it then leaves everything as it was.

use std::fs;
use std::path::Path;

use exhibit_tests::program::{self, outcome};
use exhibit_tests::small::{self, BRIEF, DATA};
use tempfile::TempDir;

use super::{expect, files, small_folder};

/// Builds where something stands in the way, and expects words about it and no change.
#[track_caller]
fn refused(folder: &TempDir, args: &[&str], said: &str) {
    let before = files(folder.path());
    let run = expect(folder.path(), args, 3);
    assert!(run.talk.contains(said), "{}", run.talk);
    assert_eq!(run.data, "");
    assert!(files(folder.path()) == before, "nothing has changed");
}

fn built() -> TempDir {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "svg"], 0);
    folder
}

/// A manifest that is broken: `--check` says what `build` says, and the way out is one.
#[test]
fn a_broken_manifest_is_told_alike_by_build_and_check() {
    let folder = built();
    let output = folder.path().join("output");
    fs::write(output.join("manifest.json"), "{\"schema\": ").expect("a file");
    change(folder.path());
    let why = "output/charts/sales.svg and 2 more files would be overwritten, but no build wrote output/manifest.json, so the files of builds are not known; \
               restore the earlier manifest, remove output if all files in it can be built again, or choose another folder by `--out`";
    let args = ["build", "--format", "svg"];
    refused(&folder, &args, why);
    let run = expect(folder.path(), &["build", "--format", "svg", "--check"], 1);
    assert_eq!(
        run.talk,
        format!("output: 3 files are not up to date; `exhibit build` would stop: {why}\n")
    );
    fs::remove_dir_all(&output).expect("the way out");
    expect(folder.path(), &args, 0);
}

/// However the root is written.
#[test]
fn the_root_is_no_output_folder() {
    let folder = small_folder();
    let up = "../".repeat(folder.path().components().count() + 1);
    for out in ["/", up.as_str()] {
        for check in [None, Some("--check")] {
            let mut args = vec!["build", "--out", out];
            args.extend(check);
            let run = expect(folder.path(), &args, 2);
            assert!(
                run.talk
                    .contains("the root of the file system cannot be the output folder"),
                "{}",
                run.talk
            );
        }
    }
}

/// Other input, so that a build has something to write.
fn change(folder: &Path) {
    small::write(
        folder,
        &BRIEF.replace("Sales rose", "Sales grew"),
        &DATA.replace("100", "110"),
    );
}

#[test]
fn a_file_is_no_folder() {
    let folder = small_folder();
    fs::write(folder.path().join("output"), "mine").expect("a file");
    refused(&folder, &["build"], "output is not a folder");
    refused(
        &folder,
        &["build", "--out", "output/deeper"],
        "output/deeper cannot be read: a part of the path is not a folder",
    );
}

#[test]
fn files_of_others_are_not_overwritten() {
    let folder = small_folder();
    let output = folder.path().join("output");
    fs::create_dir(&output).expect("a folder");
    fs::write(output.join("brief.pdf"), "mine").expect("a file");
    refused(
        &folder,
        &["build"],
        "output/brief.pdf would be overwritten, but no manifest of an earlier build lists",
    );
    fs::write(output.join("manifest.json"), r#"{"name": "a web app"}"#).expect("a file");
    refused(
        &folder,
        &["build"],
        "output/brief.pdf and 1 more file would be overwritten",
    );
    // What is not there is not in the way of it.
    fs::remove_file(output.join("brief.pdf")).expect("a file");
    refused(
        &folder,
        &["build"],
        "output/manifest.json would be overwritten",
    );
}

#[test]
fn what_is_no_plain_file_is_in_the_way() {
    let folder = built();
    change(folder.path());
    let chart = folder.path().join("output/charts/sales.svg");
    fs::remove_file(&chart).expect("a file");
    fs::create_dir(&chart).expect("a folder");
    refused(
        &folder,
        &["build"],
        "output/charts/sales.svg is not a plain file; move this entry",
    );
}

#[test]
#[cfg(unix)]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = built();
    change(folder.path());
    let output = folder.path().join("output");
    let (charts, away) = (output.join("charts"), folder.path().join("away"));
    fs::rename(&charts, &away).expect("a folder");
    symlink("../away", &charts).expect("a link");
    refused(
        &folder,
        &["build"],
        "output/charts is not a folder, or is a link",
    );

    fs::remove_file(&charts).expect("a link");
    fs::create_dir(&charts).expect("a folder");
    symlink("../../away/sales.svg", charts.join("sales.svg")).expect("a link");
    refused(
        &folder,
        &["build"],
        "output/charts/sales.svg is not a plain",
    );

    let nowhere = folder.path().join("nowhere");
    symlink("gone", &nowhere).expect("a link");
    refused(
        &folder,
        &["build", "--out", "nowhere"],
        "nowhere is a link to a folder that does not exist; remove the link",
    );
}

/// A limit on the size of files stands in for a full disk: the stage cannot be written, and what is there stays.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_full_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), &["init"], 0);
    let svg = ["build", "--format", "svg"];
    expect(folder.path(), &svg, 0);
    let old = fs::read(folder.path().join("output/manifest.json")).expect("a manifest");
    assert!(old.len() > 4096, "the manifest passes the limit");
    let brief = folder.path().join("data/brief.yaml");
    let text = fs::read_to_string(&brief).expect("a brief");
    fs::write(&brief, text.replace("Company brief", "Company note")).expect("a brief");
    // Whether whoever starts the program has it ignore the signal that the system sends, or not.
    for (out, there, trap) in [
        ("output", true, "trap '' XFSZ; "),
        ("output", true, ""),
        ("fresh/output", false, ""),
    ] {
        let before = files(folder.path());
        let line = format!(
            "{trap}ulimit -f 8; exec {} build --format svg --out {out}",
            program::exhibit().display()
        );
        let mut shell = std::process::Command::new("bash");
        let run = outcome(shell.args(["-c", &line]).current_dir(folder.path()));
        assert_eq!(run.code, 3, "{}", run.talk);
        assert_eq!(
            run.talk,
            format!("error: {out} cannot be written: the file would be too large\n")
        );
        assert!(files(folder.path()) == before, "nothing has changed");
        assert_eq!(folder.path().join(out).exists(), there);
        assert!(!folder.path().join("fresh").exists());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn where_nobody_may_write_is_told() {
    let folder = small_folder();
    let run = expect(folder.path(), &["build", "--out", "/proc/exhibit/out"], 3);
    assert!(
        run.talk.contains("/proc/exhibit/out cannot be written: "),
        "{}",
        run.talk
    );
}

/// A pipe that nobody writes to would be waited for; it is told at once, whatever it stands for.
#[test]
#[cfg(target_os = "linux")]
fn only_plain_files_are_read() {
    let folder = small_folder();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    let brief = fs::read_dir(folder.path())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| name.ends_with("brief.yaml"))
        .expect("a brief");
    for (name, why) in [
        ("pipe", "the path is a pipe or a device"),
        ("/dev/zero", "the path is a pipe or a device"),
        (".", "the path is a folder"),
    ] {
        let run = expect(folder.path(), &["check", name], 3);
        assert!(run.talk.contains(why), "{name}: {}", run.talk);
        let other = folder.path().join("other.yaml");
        let text = fs::read_to_string(folder.path().join(&brief)).expect("a brief");
        let begin = text.find("data: [").expect("the data") + "data: [".len();
        let end = begin + text[begin..].find(']').expect("the end of the list");
        fs::write(&other, format!("{}{name}{}", &text[..begin], &text[end..])).expect("a brief");
        let run = expect(folder.path(), &["check", "other.yaml"], 3);
        assert!(run.talk.contains(why), "{name}: {}", run.talk);
    }
}

#[test]
fn what_names_nothing_is_wrong_usage() {
    let folder = small_folder();
    for (args, said) in [
        (
            &["facts", "--address", "zzz*"][..],
            "no fact or event has the address `zzz*`",
        ),
        (
            &["verify", "--source", "report="],
            "`report=` does not name a source and a file",
        ),
        (
            &["verify", "--source", "=text.txt"],
            "`=text.txt` does not name a source and a file",
        ),
        (
            &["verify", "--source", "report=a", "--source", "report=b"],
            "source `report` has two files",
        ),
    ] {
        let run = expect(folder.path(), args, 2);
        assert!(run.talk.contains(said), "{}", run.talk);
        assert_eq!(run.data, "");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn help_that_cannot_be_written_is_told() {
    let line = format!("exec {} --help > /dev/full", program::exhibit().display());
    let mut shell = std::process::Command::new("bash");
    let run = outcome(shell.args(["-c", &line]));
    assert_eq!(run.code, 3, "{}", run.talk);
    assert!(
        run.talk.contains("standard output cannot be written"),
        "{}",
        run.talk
    );
}
