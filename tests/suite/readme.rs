//! The README is true: its tour is walked here, step by step, and each command must say what the page shows. `UPDATE=1`
//! writes what they say into the page.

use std::path::{Path, PathBuf};
use std::{env, fs};

use exhibit_tests::program::run_in;
use exhibit_tests::{read, workspace};

/// The commands of the page and what follows each, in order.
fn steps() -> Vec<(String, String)> {
    let page = read("README.md");
    let mut steps: Vec<(String, String)> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push((command.to_owned(), String::new()));
            } else if let Some((_, said)) = steps.last_mut() {
                said.push_str(line);
                said.push('\n');
            }
        }
    }
    steps
}

#[test]
fn the_tour_says_what_the_program_says() {
    let root = tempfile::tempdir().expect("a folder");
    let mut folder = root.path().to_path_buf();
    let mut page = read("README.md");
    let steps = steps();
    assert_eq!(steps.len(), 5, "the tour of the page");
    for (command, said) in steps {
        let (command, then) = command
            .split_once(" && cd ")
            .map_or((command.as_str(), None), |(command, folder)| {
                (command, Some(folder))
            });
        let args: Vec<&str> = command
            .strip_prefix("exhibit ")
            .expect("the program")
            .split(' ')
            .map(|arg| arg.trim_matches('\''))
            .collect();
        if args == ["check"] {
            // The mistake that the page speaks of.
            let path = folder.join("data/brief.yaml");
            let text = fs::read_to_string(&path).expect("the brief");
            let spoiled = text.replace("{{ rd_staff }} in research", "17,800 people in research");
            assert_ne!(spoiled, text, "the brief has the sentence");
            fs::write(&path, spoiled).expect("the brief");
        }
        let run = run_in(&folder, &args);
        let says = format!("{}{}", run.data, run.talk);
        if env::var_os("UPDATE").is_some() {
            page = page.replace(&said, &says);
        } else {
            assert_eq!(says, said, "README.md, after `{command}`");
        }
        folder.extend(then);
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(workspace().join("README.md"), page).expect("the page");
    }
}

/// The Markdown pages of the repository: at its root, in `docs`, and beside data and crates.
fn pages() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                found.push(path);
            }
        }
    }
    let root = workspace();
    let mut found: Vec<PathBuf> = fs::read_dir(&root)
        .expect("the workspace")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "md"))
        .collect();
    for folder in ["crates", "data", "docs"] {
        walk(&root.join(folder), &mut found);
    }
    found.sort();
    let from_root = |path: &PathBuf| {
        let path = path.strip_prefix(&root).expect("inside");
        path.to_str().expect("a plain name").to_owned()
    };
    found.iter().map(from_root).collect()
}

/// The name by which a link reaches a heading: small letters, and hyphens for white space.
fn anchor(heading: &str) -> String {
    heading
        .trim_matches(['#', ' '])
        .to_lowercase()
        .chars()
        .filter(|ch| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_'))
        .map(|ch| if ch == ' ' { '-' } else { ch })
        .collect()
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let mut links = 0;
    for page in pages() {
        let text = read(&page);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            // `output/` is built; the gate proves that it is current.
            if link.contains("://") || link.starts_with("mailto:") || file.starts_with("output/") {
                continue;
            }
            links += 1;
            let path = workspace().join(folder).join(file);
            let path = if file.is_empty() {
                workspace().join(&page)
            } else {
                path
            };
            assert!(
                path.exists(),
                "{page} links to {file}, which does not exist"
            );
            let named = || {
                let text = fs::read_to_string(&path).expect("a text");
                text.lines()
                    .any(|line| line.starts_with('#') && anchor(line) == heading)
            };
            assert!(
                heading.is_empty() || named(),
                "{page} links to {link}, but no heading is named so"
            );
        }
    }
    assert!(links > 8, "the pages have links, not {links}");
}
