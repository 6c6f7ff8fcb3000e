//! Builds that meet: several at once in one folder, and one after another that was killed.

use std::fs;

use exhibit_tests::program::command;
use exhibit_tests::small::{self, BRIEF, DATA};

use super::{expect, files, names, small_folder};

/// Whether the folder is still to come or is there with something to remove, each of them ends well and the folder is whole.
#[test]
fn builds_at_once_in_one_folder_all_end_well() {
    let folder = small_folder();
    let renamed = BRIEF
        .replace("  sales:", "  turnover:")
        .replace("exhibit: sales", "exhibit: turnover");
    for round in 0..4 {
        let brief = if round % 2 == 0 { BRIEF } else { &renamed };
        small::write(folder.path(), brief, DATA);
        let builds: Vec<_> = (0..6)
            .map(|_| {
                let mut build = command(folder.path(), &["build", "--format", "svg"]);
                build.stderr(std::process::Stdio::piped());
                build.spawn().expect("it starts")
            })
            .collect();
        for build in builds {
            let done = build.wait_with_output().expect("it ends");
            let talk = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "round {round}: {talk}");
        }
        expect(folder.path(), &["build", "--format", "svg", "--check"], 0);
        assert_eq!(files(&folder.path().join("output")).len(), 3);
    }
}

/// What a killed build has half replaced is put back by the next one, even by one that has findings.
#[test]
fn findings_do_not_keep_a_folder_half_replaced() {
    let folder = small_folder();
    expect(folder.path(), &["build", "--format", "svg"], 0);
    let output = folder.path().join("output");
    let whole = files(&output);
    let stage = output.join(".exhibit-4194305");
    fs::create_dir_all(stage.join("old")).expect("a folder");
    fs::write(stage.join("lock"), "").expect("a file");
    fs::write(stage.join("steps"), "- charts/sales.svg\n").expect("a file");
    fs::rename(output.join("charts/sales.svg"), stage.join("old/0")).expect("it goes");

    small::write(
        folder.path(),
        &BRIEF.replace("sales@2023 }}.", "sales@1066 }}."),
        DATA,
    );
    expect(folder.path(), &["build", "--check"], 1);
    assert!(stage.exists(), "to look changes nothing");
    expect(folder.path(), &["build"], 1);
    assert!(!stage.exists());
    assert_eq!(names(&files(&output)), names(&whole));
    assert!(files(&output) == whole, "it is as it was");
}
