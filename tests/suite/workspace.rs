//! Laws of the workspace: who may import whom, among crates and among modules, and what the architecture page says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use exhibit_tests::modules::Modules;
use exhibit_tests::{read, run, workspace};
use serde_json::Value;

/// Libraries that belong to one room: nobody else in `crates/` may name them. The suite may, to look at what came out.
const TENANTS: [(&str, &str); 18] = [
    ("annotate-snippets", "exhibit-cli"),
    ("bytes", "exhibit-core"),
    ("calamine", "exhibit-core"),
    ("clap", "exhibit-cli"),
    ("harfrust", "exhibit-scene"),
    ("indicatif", "exhibit-cli"),
    ("lopdf", "exhibit-pdf"),
    ("parquet", "exhibit-core"),
    ("plotters", "exhibit-charts"),
    ("plotters-backend", "exhibit-charts"),
    ("printpdf", "exhibit-pdf"),
    ("quick-xml", "exhibit-core"),
    ("rayon", "exhibit"),
    ("resvg", "exhibit-png"),
    ("serde-saphyr", "exhibit-core"),
    ("signal-hook", "exhibit-cli"),
    ("subsetter", "exhibit-pdf"),
    ("xmp-writer", "exhibit-pdf"),
];

/// Crates whose modules still import each other in a circle. A crate leaves the list with its last circle.
const STILL_CIRCLES: [&str; 0] = [];

/// Lines of a source file, above which its head says why it is one thing.
const LONG: usize = 900;

/// A member of the workspace, as Cargo sees it.
struct Member {
    /// What it needs to be built.
    needs: BTreeSet<String>,
    /// What only its tests and build scripts need.
    needs_beside: BTreeSet<String>,
}

fn members() -> BTreeMap<String, Member> {
    let output = run(Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(workspace()));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let mut member = Member {
                needs: BTreeSet::new(),
                needs_beside: BTreeSet::new(),
            };
            for need in package["dependencies"].as_array().expect("dependencies") {
                let list = match need["kind"].as_str() {
                    None => &mut member.needs,
                    Some(_) => &mut member.needs_beside,
                };
                list.insert(text(&need["name"]));
            }
            (text(&package["name"]), member)
        })
        .collect()
}

/// The table of rooms in `ARCHITECTURE.md`: each package with those it may import.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let page = read("ARCHITECTURE.md");
    let rows: Vec<(String, String)> = page
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [name, _, imports] = cells[..] else {
                return None;
            };
            let name = name.strip_prefix('`')?.strip_suffix('`')?;
            Some((package(name), imports.to_owned()))
        })
        .collect();
    rows.iter()
        .map(|(name, imports)| {
            let allowed = match imports.as_str() {
                "-" => BTreeSet::new(),
                list => list.split(',').map(|room| package(room.trim())).collect(),
            };
            (name.clone(), allowed)
        })
        .collect()
}

/// A room's package: the table says `core` where it lists imports, and `tests` is a folder.
fn package(room: &str) -> String {
    if room == "exhibit" || room.starts_with("exhibit-") {
        room.to_owned()
    } else {
        format!("exhibit-{room}")
    }
}

fn ours(names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut ours = names.clone();
    ours.retain(|name| name == "exhibit" || name.starts_with("exhibit-"));
    ours
}

/// Every Rust file under `crates/` and `tests/`, by its path from the root.
fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the workspace") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    let root = workspace();
    let mut found = Vec::new();
    for folder in ["crates", "tests"] {
        walk(&root.join(folder), &mut found);
    }
    found.sort();
    found
        .iter()
        .map(|path| path.strip_prefix(&root).expect("inside").to_path_buf())
        .collect()
}

#[test]
fn imports_are_those_of_the_architecture() {
    let members = members();
    let rooms = rooms();
    assert_eq!(
        members.keys().collect::<Vec<_>>(),
        rooms.keys().collect::<Vec<_>>(),
        "the members of the workspace against the table of ARCHITECTURE.md"
    );
    for (name, member) in &members {
        assert_eq!(
            ours(&member.needs),
            rooms[name],
            "{name} imports what the table does not say, or not all of it"
        );
        assert!(
            ours(&member.needs_beside).is_subset(&rooms[name]),
            "the tests of {name} import {:?}; what needs more rooms belongs into the suite",
            ours(&member.needs_beside)
        );
    }
}

#[test]
fn libraries_stay_in_their_room() {
    for (name, member) in members() {
        for (library, room) in TENANTS {
            let named = member.needs.contains(library) || member.needs_beside.contains(library);
            assert!(
                !named || name == room || name == "exhibit-tests",
                "{library} belongs to {room}, but {name} names it"
            );
            assert!(
                named || name != room,
                "{room} does not need {library} any more"
            );
        }
    }
}

#[test]
fn every_dependency_is_used_and_says_why() {
    let manifest = read("Cargo.toml");
    let section = manifest
        .split("[workspace.dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("the section");
    let used: BTreeSet<String> = members()
        .into_values()
        .flat_map(|member| member.needs.into_iter().chain(member.needs_beside))
        .collect();
    for line in section.lines().filter(|line| line.contains('=')) {
        let name = line.split('=').next().expect("a name").trim();
        if name == "exhibit" || name.starts_with("exhibit-") {
            continue;
        }
        assert!(
            line.split_once('#').is_some_and(|(_, why)| why.len() > 10),
            "{name} does not say what it is for"
        );
        assert!(used.contains(name), "no member uses {name}");
    }
}

#[test]
fn every_member_takes_the_shared_settings() {
    for folder in members().keys().map(|name| match name.as_str() {
        "exhibit-tests" => "tests".to_owned(),
        name => format!("crates/{name}"),
    }) {
        let manifest = read(&format!("{folder}/Cargo.toml"));
        for setting in [
            "[lints]\nworkspace = true",
            "edition.workspace = true",
            "rust-version.workspace = true",
            "license.workspace = true",
            "version.workspace = true",
        ] {
            assert!(manifest.contains(setting), "{folder} lacks {setting:?}");
        }
        // What another program may take says what it is; the suite is for the workspace alone.
        let settings = if folder == "tests" {
            ["publish = false", "description = \"", "[[test]]"]
        } else {
            [
                "publish.workspace = true",
                "description = \"",
                "keywords = [",
            ]
        };
        for setting in settings {
            assert!(manifest.contains(setting), "{folder} lacks {setting:?}");
        }
        let page = workspace().join(&folder).join("README.md");
        assert!(
            folder == "tests" || page.exists(),
            "{folder} has no README.md"
        );
    }
}

#[test]
fn paths_of_the_architecture_exist() {
    let page = read("ARCHITECTURE.md");
    let mut paths = 0;
    for name in page.split('`').skip(1).step_by(2) {
        let is_path = name.contains('/') || [".md", ".toml"].iter().any(|end| name.ends_with(end));
        if is_path && !name.contains(char::is_whitespace) {
            paths += 1;
            assert!(workspace().join(name).exists(), "{name} does not exist");
        }
    }
    assert!(paths > 1, "the page names paths");
    assert!(
        page.lines().count() <= 150,
        "the page says only what changes slowly, in 150 lines"
    );
}

#[test]
fn long_files_say_why() {
    for path in sources() {
        let name = path.to_string_lossy();
        let text = read(&name);
        let lines = text.lines().count();
        let head = text.lines().take_while(|line| line.starts_with("//!"));
        let says_why = head.into_iter().any(|line| line.contains("900 lines"));
        assert!(
            lines <= LONG || says_why,
            "{name} has {lines} lines; split it, or say in its head why it passes 900 lines as one thing"
        );
        assert!(
            lines > LONG || !says_why,
            "{name} excuses a length that it no longer has"
        );
    }
}

#[test]
fn no_modules_import_each_other() {
    let root = workspace();
    let mut circular = BTreeSet::new();
    let mut roots = 0;
    for path in sources() {
        let name = path.to_string_lossy().into_owned();
        let is_root = name.ends_with("/src/lib.rs") || name.ends_with("/src/main.rs");
        let Some(("crates", rest)) = name.split_once('/').filter(|_| is_root) else {
            continue;
        };
        let member = rest.split('/').next().expect("a crate");
        roots += 1;
        let modules = Modules::read(&name, &mut |path| fs::read_to_string(root.join(path)).ok());
        let circles = modules.circles();
        assert!(
            circles.is_empty() || STILL_CIRCLES.contains(&member),
            "{member} has a {}",
            circles.join("\nand a ")
        );
        if !circles.is_empty() {
            circular.insert(member.to_owned());
        }
    }
    assert!(roots > 7, "every crate is looked at, not {roots}");
    for member in STILL_CIRCLES {
        assert!(
            circular.contains(member),
            "{member} has no circle any more: take it from the list"
        );
    }
}

/// `clippy.toml` bans files, environment and clock. What it cannot see is who lets himself off.
#[test]
fn only_the_door_touches_the_world() {
    let doors = [
        "crates/exhibit/examples/",
        "crates/exhibit/src/loader.rs",
        "crates/exhibit-cli/src/world",
        "crates/exhibit-cli/tests/",
        "crates/exhibit-cli/src/write",
        "crates/exhibit-scene/tests/theme.rs",
        "tests/",
    ];
    for path in sources() {
        let name = path.to_string_lossy();
        let lets_off = read(&name).contains("clippy::disallowed_");
        assert!(
            !lets_off || doors.iter().any(|door| name.starts_with(door)),
            "{name} lets itself off clippy.toml; only the library's loader, and `world` and `write` of the CLI may"
        );
    }
}

/// A package holds what it includes, so the core crate has copies of the built-in brief, its data and the published schema. `UPDATE=1`
/// renews them.
#[test]
fn built_in_files_are_those_of_the_workspace() {
    for (inside, original) in [
        ("brief.yaml", "data/brief.yaml"),
        ("xiaomi-auto.yaml", "data/xiaomi-auto.yaml"),
        ("facts.schema.json", "docs/facts.schema.json"),
    ] {
        let inside = format!("crates/exhibit-core/built-in/{inside}");
        let text = read(original);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(workspace().join(&inside), text).expect("a copy");
        } else {
            assert!(
                read(&inside) == text,
                "{inside} is not {original}; UPDATE=1 renews it"
            );
        }
    }
}
