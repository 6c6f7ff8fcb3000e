//! Kinds of charts: the documentation's table is that of the code, and a new kind touches few files.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use exhibit_facts::chart_spec::ChartKind;
use exhibit_tests::{read, run, workspace};

const BEGIN: &str = "<!-- kinds: written from the table in the code by a test -->\n";
const END: &str = "<!-- end of kinds -->\n";

/// The table of `docs/format.md`: a row for each kind of chart, then the other exhibits.
fn table() -> String {
    let mut table = String::from(
        "| kind | `rows` | `categories` + `series` | `of` + `over` | also takes | for |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    let list = |keys: &[&str]| {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        keys.join(", ")
    };
    for spec in ChartKind::ALL.iter().map(|kind| kind.spec()) {
        let free: Vec<&str> = spec
            .keys
            .iter()
            .filter(|key| !spec.required.contains(key))
            .copied()
            .collect();
        let needs = match spec.required {
            [] => String::new(),
            keys => format!("needs {}", list(keys)),
        };
        let keys = [list(&free), needs];
        let keys: Vec<&str> = keys
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            spec.name,
            spec.shapes.rows,
            spec.shapes.series,
            spec.shapes.over,
            keys.join("; "),
            spec.purpose
        ));
    }
    table.push_str(
        "| `timeline` | - | - | - | `events` | what happened when; `events: [id, …]` |\n\
         | `key-figures` | - | - | - | needs `figures` | one to twelve numbers that stand alone |\n\
         | `table` | `cells` of words and figures | - | - | needs `head`, `rows`; `align`, `sort` | what is read, not seen |\n",
    );
    table
}

#[test]
fn the_documentation_has_every_kind() {
    let page = read("docs/format.md");
    let (before, rest) = page.split_once(BEGIN).expect("the begin of the table");
    let (written, after) = rest.split_once(END).expect("the end of the table");
    if env::var_os("UPDATE").is_some() {
        let page = format!("{before}{BEGIN}{}{END}{after}", table());
        fs::write(workspace().join("docs/format.md"), page).expect("the page");
    } else {
        assert_eq!(written, table(), "UPDATE=1 renews docs/format.md");
    }
}

#[test]
fn every_key_that_a_kind_needs_is_a_key_of_its_own() {
    let mut names = BTreeSet::new();
    for spec in ChartKind::ALL.iter().map(|kind| kind.spec()) {
        assert!(names.insert(spec.name), "{} stands twice", spec.name);
        for key in spec.required {
            assert!(spec.takes(key), "{} needs {key}", spec.name);
        }
    }
}

/// What the recipe of CONTRIBUTING.md does to a file.
enum Edit {
    /// Puts text before the only place that has the other.
    Before(&'static str, &'static str),
    /// Writes a new file.
    New(&'static str),
}

/// The recipe of CONTRIBUTING.md for a chart kind, followed for one of dots that are never joined.
const RECIPE: &[(&str, &[Edit])] = &[
    (
        "crates/exhibit-facts/src/chart_spec.rs",
        &[
            Edit::Before(
                "}\n\n/// What a value is drawn as.",
                "    /// One row a category, a dot a value, never joined.\n    Dot,\n",
            ),
            Edit::Before(
                "impl ChartKind {",
                "const DOT: ChartSpec = ChartSpec {\n    kind: ChartKind::Dot,\n    name: \"dot\",\n    purpose: \"values on one scale\",\n    \
                 spoken: [\"Dot chart\", \"Punktdiagramm\", \"点图\"],\n    shapes: DataShapes {\n        rows: \"a dot each\",\n        \
                 series: \"a dot a series\",\n        over: \"a dot for each\",\n    },\n    ..RANGE\n};\n\n",
            ),
            Edit::Before("        Self::Bar,\n", "        Self::Dot,\n"),
            Edit::Before(
                "            Self::Bar => &BAR,",
                "            Self::Dot => &DOT,\n",
            ),
        ],
    ),
    (
        "crates/exhibit-charts/src/chart/mod.rs",
        &[
            Edit::Before("mod gap_labels;", "mod dot;\n"),
            Edit::Before(
                "ChartKind::Line => line",
                "ChartKind::Dot => dot::dots(style, chart, region),\n        ",
            ),
        ],
    ),
    (
        "crates/exhibit-charts/src/chart/dot.rs",
        &[Edit::New(
            "//! Dots on a scale, one row a category.\n\nuse exhibit_facts::facts::Chart;\nuse exhibit_scene::MissingGlyph;\n\n\
             use super::range;\nuse crate::region::{Plotted, Region};\nuse crate::style::ChartStyle;\n\n/// Draws a dot chart.\n///\n\
             /// # Errors\n/// A character that no face has.\npub(crate) fn dots(\n    style: &ChartStyle,\n    chart: &Chart,\n    \
             region: Region,\n) -> Result<Plotted, MissingGlyph> {\n    range::range(style, chart, region)\n}\n",
        )],
    ),
    (
        "tests/data/kinds/brief.yaml",
        &[
            Edit::Before(
                "body:\n",
                "  dots:\n    dot: {title: Everyone gained, subtitle: Points, of: before, over: who, by: when}\n",
            ),
            Edit::Before("  - exhibit: barsgrouped", "  - exhibit: dots\n"),
        ],
    ),
];

/// Files that `UPDATE=1 cargo test` writes anew for a new kind: the documentation's table and the example's golden. The changelog is
/// written by hand.
const RENEWED: [&str; 3] = [
    "docs/format.md",
    "tests/ref/charts/dots.txt",
    "CHANGELOG.md",
];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the workspace") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a file");
        }
    }
}

/// Links all files of a folder that are no crate of the workspace into another folder.
fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if name.to_string_lossy().contains("exhibit") {
            continue;
        }
        if path.is_dir() {
            link(&path, &to.join(name));
        } else {
            fs::hard_link(&path, to.join(name)).expect("a link");
        }
    }
}

/// Follows the recipe in a copy of the workspace, where the compiler and the program must then know the new kind.
#[test]
#[ignore = "builds a copy of the workspace; the gate runs it"]
fn a_new_kind_of_chart_touches_at_most_eight_files() {
    let root = workspace();
    let scratch = tempfile::tempdir().expect("a folder");
    for folder in ["crates", "tests", "data", "docs"] {
        copy(&root.join(folder), &scratch.path().join(folder));
    }
    for file in ["Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md"] {
        fs::copy(root.join(file), scratch.path().join(file)).expect("a file");
    }
    let mut touched: BTreeSet<&str> = RENEWED.into();
    for (file, edits) in RECIPE {
        touched.insert(file);
        let path = scratch.path().join(file);
        for edit in *edits {
            let text = match edit {
                Edit::New(text) => {
                    assert!(!path.exists(), "{file} is new");
                    (*text).to_owned()
                }
                Edit::Before(place, text) => {
                    let old = fs::read_to_string(&path).expect("a file");
                    assert_eq!(old.matches(place).count(), 1, "{file}: {place:?}");
                    old.replace(place, &format!("{text}{place}"))
                }
            };
            fs::write(&path, text).expect("a file");
        }
    }
    assert!(
        touched.len() <= 8,
        "the recipe touches {}: {touched:?}",
        touched.len()
    );

    // In a folder of its own: the copy's crates have the names and the identities of the workspace's, and would take their places. What
    // they depend on is built already, and is the same.
    let program = env::current_exe().expect("this program");
    let built = program
        .ancestors()
        .nth(2)
        .expect("tests lie in target/debug/deps");
    let artefacts = built.join("recipe");
    let _ = fs::remove_dir_all(&artefacts);
    for folder in ["deps", "build", ".fingerprint"] {
        link(&built.join(folder), &artefacts.join("debug").join(folder));
    }
    run(Command::new(env!("CARGO"))
        // All packages: one alone would ask for other features of what it depends on.
        .args([
            "build",
            "--quiet",
            "--offline",
            "--workspace",
            "--example=folder",
        ])
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", &artefacts));
    let listed = run(Command::new(artefacts.join("debug/examples/folder"))
        .arg("tests/data/kinds/brief.yaml")
        .current_dir(scratch.path()));
    let listed = String::from_utf8_lossy(&listed.stdout);
    assert!(listed.contains("charts/dots.svg"), "{listed}");
}
