//! The modules of a crate and what each imports of the others, read from the source: a circle of modules is a fault.
//!
//! A module is a file. Parent and child are two: a parent that declares a child imports the child, and a child that names what
//! its parent's file defines imports the parent. A name leads to the file that defines it, through any number of re-exports, so
//! that `super::sibling::Name` is an import of the sibling alone. What only tests compile is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Lines of one import that a message names.
const MOST_PLACES: usize = 4;

/// The modules of one crate.
pub struct Modules {
    files: Vec<String>,
    /// The places where one file imports another.
    imports: BTreeMap<(usize, usize), Vec<Place>>,
}

/// Where a module imports another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    line: usize,
    /// The path as written; for a declaration `mod name`.
    path: String,
}

/// A namespace: a file's own, or that of a module written inside a file.
#[derive(Default)]
struct Scope {
    file: usize,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    /// Names of what the scope defines itself.
    defined: BTreeSet<String>,
    /// Names that `use` brings, with the paths that they stand for.
    used: BTreeMap<String, Vec<Vec<String>>>,
    globs: Vec<Vec<String>>,
    mentions: Vec<(usize, Vec<String>)>,
}

impl Scope {
    /// True for a name that the scope has without a glob.
    fn names(&self, name: &str) -> bool {
        self.children.contains_key(name)
            || self.defined.contains(name)
            || self.used.contains_key(name)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// Something that a file defines.
    Item { file: usize },
    /// A namespace.
    Scope(usize),
    /// Something of another crate, which a `use` passes on.
    Foreign,
}

impl Modules {
    /// Reads a crate from its root file, for instance `src/lib.rs`, by a function that gives a file's text if the file exists.
    ///
    /// # Panics
    /// When a file is not Rust, or a declared module has no file.
    pub fn read(root: &str, text: &mut dyn FnMut(&Path) -> Option<String>) -> Self {
        let mut tree = Tree {
            files: Vec::new(),
            scopes: Vec::new(),
            declared: Vec::new(),
            text,
        };
        let folder = Path::new(root).parent().expect("a folder").to_path_buf();
        tree.file(Path::new(root), &folder, None);
        let mut imports: BTreeMap<(usize, usize), Vec<Place>> = BTreeMap::new();
        for (from, to, place) in &tree.declared {
            imports.entry((*from, *to)).or_default().push(place.clone());
        }
        for (number, scope) in tree.scopes.iter().enumerate() {
            for (line, path) in &scope.mentions {
                for file in tree.leads_to(number, path) {
                    if file != scope.file {
                        let path = path.join("::");
                        let places = imports.entry((scope.file, file)).or_default();
                        places.push(Place { line: *line, path });
                    }
                }
            }
        }
        for places in imports.values_mut() {
            places.sort();
            places.dedup();
        }
        let files = tree.files;
        Self { files, imports }
    }

    /// How many modules the crate has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Every circle, in words: its modules, then each import between them with its line. Empty for a crate without one.
    #[must_use]
    pub fn circles(&self) -> Vec<String> {
        let reached: Vec<BTreeSet<usize>> = (0..self.files.len())
            .map(|from| self.reached(from))
            .collect();
        let mut told = BTreeSet::new();
        let mut circles = Vec::new();
        for from in 0..self.files.len() {
            if !reached[from].contains(&from) || told.contains(&from) {
                continue;
            }
            let circle: BTreeSet<usize> = reached[from]
                .iter()
                .copied()
                .filter(|to| reached[*to].contains(&from))
                .collect();
            circles.push(self.describe(&circle));
            told.extend(circle);
        }
        circles
    }

    /// The modules that imports lead to from one, itself only where it lies on a circle.
    fn reached(&self, from: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut next = vec![from];
        while let Some(at) = next.pop() {
            for (_, to) in self.imports.keys().filter(|(importer, _)| *importer == at) {
                if reached.insert(*to) {
                    next.push(*to);
                }
            }
        }
        reached
    }

    fn describe(&self, circle: &BTreeSet<usize>) -> String {
        let name = |file: usize| {
            let name = self.files[file].as_str();
            name.split_once("src/").map_or(name, |(_, name)| name)
        };
        let names: Vec<&str> = circle.iter().map(|file| name(*file)).collect();
        let mut text = format!("circle of {}:", names.join(", "));
        for ((from, to), places) in &self.imports {
            if !circle.contains(from) || !circle.contains(to) {
                continue;
            }
            let mut told: Vec<String> = places
                .iter()
                .take(MOST_PLACES)
                .map(|place| format!("{} `{}`", place.line, place.path))
                .collect();
            if places.len() > MOST_PLACES {
                told.push(format!("{} more", places.len() - MOST_PLACES));
            }
            let _ = write!(
                text,
                "\n  {} imports {}: line {}",
                name(*from),
                name(*to),
                told.join(", ")
            );
        }
        text
    }
}

/// A crate while its files are read.
struct Tree<'a> {
    files: Vec<String>,
    scopes: Vec<Scope>,
    declared: Vec<(usize, usize, Place)>,
    text: &'a mut dyn FnMut(&Path) -> Option<String>,
}

impl Tree<'_> {
    /// Reads a file whose child modules lie in a folder; returns its scope.
    fn file(&mut self, path: &Path, folder: &Path, parent: Option<usize>) -> usize {
        let name = path.to_string_lossy().replace('\\', "/");
        let text = (self.text)(path).unwrap_or_else(|| panic!("{name} does not exist"));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        self.files.push(name);
        let file = self.files.len() - 1;
        self.scope(&parsed.items, file, parent, path, folder)
    }

    fn scope(
        &mut self,
        items: &[syn::Item],
        file: usize,
        parent: Option<usize>,
        path: &Path,
        folder: &Path,
    ) -> usize {
        self.scopes.push(Scope {
            file,
            parent,
            ..Scope::default()
        });
        let number = self.scopes.len() - 1;
        let mut reader = Reader::default();
        for item in items {
            reader.visit_item(item);
            reader.scope.defined.extend(defined(item));
        }
        let Reader { scope, modules } = reader;
        let own = &mut self.scopes[number];
        own.defined = scope.defined;
        own.used = scope.used;
        own.globs = scope.globs;
        own.mentions = scope.mentions;
        for module in modules {
            let name = module.ident.to_string();
            let inner = folder.join(&name);
            let child = match &module.content {
                Some((_, items)) => self.scope(items, file, Some(number), path, &inner),
                None => {
                    let (path, inner) = self.place(&module, path, folder);
                    let child = self.file(&path, &inner, Some(number));
                    let place = Place {
                        line: module.mod_token.span.start().line,
                        path: format!("mod {name}"),
                    };
                    let to = self.scopes[child].file;
                    self.declared.push((file, to, place));
                    child
                }
            };
            self.scopes[number].children.insert(name, child);
        }
        number
    }

    /// The file of a declared module, and the folder of its children.
    fn place(&mut self, module: &syn::ItemMod, path: &Path, folder: &Path) -> (PathBuf, PathBuf) {
        let name = module.ident.to_string();
        let named = module.attrs.iter().find_map(|attribute| {
            let syn::Meta::NameValue(pair) = &attribute.meta else {
                return None;
            };
            match &pair.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) if pair.path.is_ident("path") => Some(text.value()),
                _ => None,
            }
        });
        if let Some(named) = named {
            let beside = path.parent().expect("a folder").join(named);
            let inner = beside.parent().expect("a folder").to_path_buf();
            return (beside, inner);
        }
        let inner = folder.join(&name);
        let flat = folder.join(format!("{name}.rs"));
        if (self.text)(&flat).is_some() {
            (flat, inner)
        } else {
            (inner.join("mod.rs"), inner)
        }
    }

    /// The files that define what a path names; none for what is not of this crate.
    fn leads_to(&self, scope: usize, path: &[String]) -> BTreeSet<usize> {
        let mut open = BTreeSet::new();
        let mut files = BTreeSet::new();
        let targets = match path {
            // Its `use` has been counted, unless that was a glob.
            [name] if self.scopes[scope].names(name) => BTreeSet::new(),
            path => self.resolve(scope, path, &mut open),
        };
        for target in targets {
            // The name of a namespace alone imports nothing; the paths that begin with the name do.
            if let Target::Item { file } = target {
                files.insert(file);
            }
        }
        files
    }

    /// What a path stands for, seen from a scope; `open` holds the names that are being looked up.
    fn resolve(
        &self,
        scope: usize,
        path: &[String],
        open: &mut BTreeSet<(usize, String)>,
    ) -> BTreeSet<Target> {
        let Some((first, rest)) = path.split_first() else {
            return BTreeSet::from([Target::Scope(scope)]);
        };
        let reached = match first.as_str() {
            "crate" => BTreeSet::from([Target::Scope(0)]),
            "self" => BTreeSet::from([Target::Scope(scope)]),
            "super" => self.scopes[scope]
                .parent
                .map(Target::Scope)
                .into_iter()
                .collect(),
            name => self.lookup(scope, name, open),
        };
        if rest.is_empty() {
            return reached;
        }
        let inner: Vec<usize> = reached
            .iter()
            .filter_map(|target| match target {
                Target::Scope(inner) => Some(*inner),
                Target::Item { .. } | Target::Foreign => None,
            })
            .collect();
        if inner.is_empty() {
            // What follows the name of a type is a method, a constant or a variant.
            return reached;
        }
        // A function or a macro may have a module's name, but nothing follows the name of such.
        let mut found = BTreeSet::new();
        for inner in inner {
            let deeper = self.resolve(inner, rest, open);
            if deeper.is_empty() {
                // A macro may define the name, in the module that the path has reached.
                let file = self.scopes[inner].file;
                found.insert(Target::Item { file });
            }
            found.extend(deeper);
        }
        found
    }

    /// What a name stands for in a scope.
    fn lookup(
        &self,
        scope: usize,
        name: &str,
        open: &mut BTreeSet<(usize, String)>,
    ) -> BTreeSet<Target> {
        let here = &self.scopes[scope];
        let mut found = BTreeSet::new();
        found.extend(here.children.get(name).map(|child| Target::Scope(*child)));
        if here.defined.contains(name) {
            found.insert(Target::Item { file: here.file });
        }
        // `use bar::bar` looks up `bar` while `bar` is being looked up.
        let key = (scope, name.to_owned());
        if !open.insert(key.clone()) {
            return found;
        }
        for path in here.used.get(name).into_iter().flatten() {
            found.extend(self.resolve(scope, path, open));
        }
        if found.is_empty() {
            found = self.by_glob(scope, name, open);
        }
        if found.is_empty() && here.used.contains_key(name) {
            found.insert(Target::Foreign);
        }
        open.remove(&key);
        found
    }

    /// What a name stands for in the modules that a scope imports by `*`.
    fn by_glob(
        &self,
        scope: usize,
        name: &str,
        open: &mut BTreeSet<(usize, String)>,
    ) -> BTreeSet<Target> {
        let mut found = BTreeSet::new();
        for glob in &self.scopes[scope].globs {
            for target in self.resolve(scope, glob, open) {
                if let Target::Scope(inner) = target
                    && inner != scope
                {
                    found.extend(self.lookup(inner, name, open));
                }
            }
        }
        found
    }
}

/// Reads the items of one scope.
#[derive(Default)]
struct Reader {
    scope: Scope,
    modules: Vec<syn::ItemMod>,
}

impl Reader {
    fn mention(&mut self, line: usize, path: Vec<String>) {
        self.scope.mentions.push((line, path));
    }

    /// The leaves of a `use`.
    fn leaves(&mut self, line: usize, before: &[String], tree: &syn::UseTree) {
        let mut path = before.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.leaves(line, &path, &step.tree);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.leaves(line_of(tree).unwrap_or(line), before, tree);
                }
            }
            syn::UseTree::Glob(_) => {
                self.mention(line, path.clone());
                self.scope.globs.push(path);
            }
            syn::UseTree::Name(leaf) => {
                self.leaf(line, path, &leaf.ident.to_string(), None);
            }
            syn::UseTree::Rename(leaf) => {
                let other = leaf.rename.to_string();
                self.leaf(line, path, &leaf.ident.to_string(), Some(other));
            }
        }
    }

    fn leaf(&mut self, line: usize, mut path: Vec<String>, name: &str, other: Option<String>) {
        if name != "self" {
            path.push(name.to_owned());
        }
        self.mention(line, path.clone());
        let name = other.or_else(|| path.last().cloned());
        if let Some(name) = name {
            self.scope.used.entry(name).or_default().push(path);
        }
    }

    /// The paths among the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        // After a dot stands a field or a method; after leading colons another crate's name.
        let mut foreign = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 || path.is_empty() {
                        self.finish(line, &mut path, foreign);
                        foreign &= colons == 0;
                        foreign |= colons == 2;
                        line = ident.span().start().line;
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' && colons < 2 => {
                    colons += 1;
                }
                other => {
                    self.finish(line, &mut path, foreign);
                    foreign = matches!(&other, TokenTree::Punct(sign) if sign.as_char() == '.');
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.finish(line, &mut path, foreign);
    }

    fn finish(&mut self, line: usize, path: &mut Vec<String>, foreign: bool) {
        let path = std::mem::take(path);
        if !path.is_empty() && !foreign {
            self.mention(line, path);
        }
    }
}

/// The line of a leaf of a `use`, which may have many lines.
fn line_of(tree: &syn::UseTree) -> Option<usize> {
    let ident = match tree {
        syn::UseTree::Path(step) => &step.ident,
        syn::UseTree::Name(leaf) => &leaf.ident,
        syn::UseTree::Rename(leaf) => &leaf.ident,
        syn::UseTree::Glob(_) | syn::UseTree::Group(_) => return None,
    };
    Some(ident.span().start().line)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if attributes(item).iter().any(is_for_tests) {
            return;
        }
        match item {
            syn::Item::Mod(module) => self.modules.push(module.clone()),
            syn::Item::Use(import) if import.leading_colon.is_none() => {
                let line = import.use_token.span.start().line;
                self.leaves(line, &[], &import.tree);
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !function.attrs.iter().any(is_for_tests) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let line = path
                .segments
                .first()
                .map(|one| one.ident.span().start().line);
            let names = path.segments.iter().map(|one| one.ident.to_string());
            self.mention(line.unwrap_or(0), names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    // `pub(in path)` says who may see, and imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

/// True for an attribute by which only tests compile what it stands at.
fn is_for_tests(attribute: &syn::Attribute) -> bool {
    fn only_tests(condition: &syn::Meta) -> bool {
        let inner = |list: &syn::MetaList| {
            list.parse_args_with(
                syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated,
            )
            .unwrap_or_default()
        };
        match condition {
            syn::Meta::Path(path) => path.is_ident("test"),
            syn::Meta::List(list) if list.path.is_ident("all") => {
                inner(list).iter().any(only_tests)
            }
            syn::Meta::List(list) if list.path.is_ident("any") => {
                inner(list).iter().all(only_tests)
            }
            _ => false,
        }
    }
    match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => list
            .parse_args::<syn::Meta>()
            .is_ok_and(|condition| only_tests(&condition)),
        meta => meta.path().is_ident("test"),
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    use syn::Item;
    match item {
        Item::Const(one) => &one.attrs,
        Item::Enum(one) => &one.attrs,
        Item::ExternCrate(one) => &one.attrs,
        Item::Fn(one) => &one.attrs,
        Item::Impl(one) => &one.attrs,
        Item::Macro(one) => &one.attrs,
        Item::Mod(one) => &one.attrs,
        Item::Static(one) => &one.attrs,
        Item::Struct(one) => &one.attrs,
        Item::Trait(one) => &one.attrs,
        Item::Type(one) => &one.attrs,
        Item::Union(one) => &one.attrs,
        Item::Use(one) => &one.attrs,
        _ => &[],
    }
}

/// The name that an item gives to its scope.
fn defined(item: &syn::Item) -> Option<String> {
    use syn::Item;
    if attributes(item).iter().any(is_for_tests) {
        return None;
    }
    let name = match item {
        Item::Const(one) => &one.ident,
        Item::Enum(one) => &one.ident,
        Item::Fn(one) => &one.sig.ident,
        Item::Macro(one) => one.ident.as_ref()?,
        Item::Static(one) => &one.ident,
        Item::Struct(one) => &one.ident,
        Item::Trait(one) => &one.ident,
        Item::Type(one) => &one.ident,
        Item::Union(one) => &one.ident,
        _ => return None,
    };
    Some(name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads an invented crate.
    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let mut text = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            found.map(|(_, text)| (*text).to_owned())
        };
        let modules = Modules::read("src/lib.rs", &mut text);
        assert_eq!(modules.count(), files.len(), "every file is read");
        modules.circles()
    }

    #[test]
    fn two_that_import_each_other_are_a_circle_with_its_lines() {
        let found = circles(&[
            ("src/lib.rs", "mod a;\nmod b;\n"),
            ("src/a.rs", "//! A.\nuse crate::b::B;\npub struct A(B);\n"),
            ("src/b.rs", "pub struct B;\nfn f(_: &super::a::A) {}\n"),
        ]);
        assert_eq!(
            found,
            [
                "circle of a.rs, b.rs:\n  a.rs imports b.rs: line 2 `crate::b::B`\n  b.rs imports a.rs: line 2 `super::a::A`"
            ]
        );
    }

    #[test]
    fn a_longer_circle_is_one_and_what_leads_to_it_is_not_in_it() {
        let found = circles(&[
            ("src/lib.rs", "mod a; mod b; mod c; mod d;"),
            ("src/a.rs", "use crate::b; pub fn a() { b::b() }"),
            (
                "src/b.rs",
                "pub fn b() { println!(\"{}\", crate::c::c()); }",
            ),
            (
                "src/c.rs",
                "pub fn c() -> u8 { if false { crate::a::a() } 1 }",
            ),
            ("src/d.rs", "pub fn d() { crate::a::a() }"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("circle of a.rs, b.rs, c.rs:"),
            "{found:?}"
        );
    }

    #[test]
    fn a_diamond_is_no_circle() {
        let found = circles(&[
            ("src/lib.rs", "mod a; mod b; mod c; mod d;"),
            (
                "src/a.rs",
                "use crate::{b::B, c::{self, C}}; fn f(_: B, _: C) { c::c() }",
            ),
            ("src/b.rs", "use super::d::*; pub struct B(D);"),
            ("src/c.rs", "pub struct C(crate::d::D); pub fn c() {}"),
            ("src/d.rs", "pub struct D;"),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_child_that_names_what_its_parent_defines_closes_a_circle() {
        let child = ("src/a/x.rs", "use super::A; pub fn x(_: A) {}");
        let found = circles(&[
            ("src/lib.rs", "mod a;"),
            ("src/a.rs", "mod x; pub struct A;"),
            child,
        ]);
        assert_eq!(
            found,
            [
                "circle of a.rs, a/x.rs:\n  a.rs imports a/x.rs: line 1 `mod x`\n  a/x.rs imports a.rs: line 1 `super::A`"
            ]
        );
        // The same name, defined by a sibling and passed on by the parent.
        let found = circles(&[
            ("src/lib.rs", "mod a;"),
            ("src/a/mod.rs", "mod x; mod y; pub use y::A;"),
            child,
            ("src/a/y.rs", "pub struct A;"),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn what_a_parent_passes_on_from_another_crate_is_not_its_own() {
        let found = circles(&[
            (
                "src/lib.rs",
                "mod a; pub use std::fmt; pub mod inner { pub use std::io::Result; }",
            ),
            (
                "src/a.rs",
                "use crate::inner::Result; pub fn a(_: Result<crate::fmt::Error>) {}",
            ),
        ]);
        assert!(found.is_empty(), "{found:?}");
        // What is not found at all may be a macro's, in the module that the path reaches.
        let found = circles(&[
            ("src/lib.rs", "mod a; thread_local!(static X: u8 = 1);"),
            ("src/a.rs", "pub fn a() { crate::X.with(|_| ()) }"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn names_that_a_star_brings_lead_to_their_module() {
        let found = circles(&[
            ("src/lib.rs", "mod a;"),
            ("src/a.rs", "mod x; pub struct A; pub const N: u8 = 1;"),
            (
                "src/a/x.rs",
                "use super::*;\npub fn x() -> u8 {\n    vec![N][0]\n}",
            ),
        ]);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].ends_with("a/x.rs imports a.rs: line 3 `N`"),
            "{found:?}"
        );
    }

    #[test]
    fn a_function_may_have_its_modules_name() {
        let found = circles(&[
            (
                "src/lib.rs",
                "mod bar; mod user; use bar::bar; pub fn all() { bar(); bar::other() }",
            ),
            ("src/bar.rs", "pub fn bar() {} pub fn other() {}"),
            (
                "src/user.rs",
                "pub fn user() { super::bar::other(); crate::bar() }",
            ),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn modules_inside_a_file_are_the_file() {
        let found = circles(&[
            ("src/lib.rs", "mod a; mod b;"),
            (
                "src/a.rs",
                "pub mod inner { pub fn f() { super::g(); self::h() } fn h() {} } fn g() {}",
            ),
            ("src/b.rs", "pub fn b() { crate::a::inner::f() }"),
        ]);
        assert!(found.is_empty(), "{found:?}");
        let found = circles(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "pub mod inner { pub fn f() { crate::b::b() } }"),
            ("src/b.rs", "pub fn b() { crate::a::inner::f() }"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn what_only_tests_compile_is_left_out() {
        let found = circles(&[
            ("src/lib.rs", "mod a;"),
            (
                "src/a.rs",
                "mod x; pub struct A; #[cfg(test)] mod tests { use super::x::x; } #[cfg(all(test, unix))] mod gone;",
            ),
            (
                "src/a/x.rs",
                "pub fn x() {} #[cfg(test)] mod tests { use super::super::A; } #[test] fn t() { let _ = super::A; }",
            ),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn other_crates_and_visibility_are_no_imports() {
        let found = circles(&[
            ("src/lib.rs", "mod a; pub(crate) struct L;"),
            (
                "src/a.rs",
                "use ::std::fmt; use std::collections::*; pub(in crate) fn a(x: Vec<u8>) -> fmt::Result { drop(x.L); ::L::new(); drop(format!(\"{}\", 1.L)); Ok(()) } pub(super) struct S;",
            ),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
