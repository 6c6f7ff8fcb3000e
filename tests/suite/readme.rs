//! The README is true: its tour is walked here, step by step, and each command must say what the page shows. `UPDATE=1`
//! writes what they say into the page.

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

#[test]
fn files_of_the_page_exist() {
    let page = read("README.md");
    let mut links = 0;
    for link in page.split("](").skip(1) {
        let path = link.split(')').next().unwrap_or_default();
        // `output/` is built; the gate proves that it is current.
        if !path.starts_with("http") && !path.starts_with("output/") {
            links += 1;
            assert!(workspace().join(path).exists(), "{path} does not exist");
        }
    }
    assert!(links > 5, "the page has links");
}
