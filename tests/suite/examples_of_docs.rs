//! The documentation of the crates that other programs use: every public function has an example, which the tests of its crate run.

use std::fs;
use std::path::{Path, PathBuf};

use exhibit_tests::workspace;
use syn::{Attribute, ImplItem, Item, Visibility};

/// Every Rust file below a folder, tests left out.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            found.push(path);
        }
    }
}

/// The documentation holds a code block.
fn has_example(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else {
            return false;
        };
        let syn::Expr::Lit(literal) = &pair.value else {
            return false;
        };
        let syn::Lit::Str(text) = &literal.lit else {
            return false;
        };
        attribute.path().is_ident("doc") && text.value().trim_start().starts_with("```")
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Public functions and methods without an example, by file and name.
fn lacking(items: &[Item], file: &str, found: &mut Vec<String>, seen: &mut usize) {
    let mut judge = |name: &syn::Ident, attributes: &[Attribute]| {
        *seen += 1;
        if !has_example(attributes) {
            found.push(format!("{file}: {name}"));
        }
    };
    for item in items {
        match item {
            Item::Fn(function) if is_public(&function.vis) => {
                judge(&function.sig.ident, &function.attrs);
            }
            Item::Impl(block) if block.trait_.is_none() => {
                for inner in &block.items {
                    if let ImplItem::Fn(method) = inner
                        && is_public(&method.vis)
                    {
                        judge(&method.sig.ident, &method.attrs);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_public_function_has_an_example() {
    let mut found = Vec::new();
    let mut seen = 0;
    for member in ["exhibit", "exhibit-facts"] {
        let folder = workspace().join("crates").join(member).join("src");
        let mut files = Vec::new();
        sources(&folder, &mut files);
        files.sort();
        for path in files {
            let text = fs::read_to_string(&path).expect("a source");
            let file = syn::parse_file(&text).expect("our sources are Rust");
            let name = path.strip_prefix(&folder).expect("inside").display();
            lacking(
                &file.items,
                &format!("{member}/{name}"),
                &mut found,
                &mut seen,
            );
        }
    }
    assert!(seen > 150, "the sources were read: {seen} functions");
    assert!(
        found.is_empty(),
        "without an example:\n{}",
        found.join("\n")
    );
}
