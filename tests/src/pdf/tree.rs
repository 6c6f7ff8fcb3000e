//! The structure tree: what hangs in it, once each, and what its elements must say.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::{File, Findings};

/// Types of ISO 32000-1, 14.8.4 that we write.
const TYPES: [&str; 29] = [
    "Document",
    "Sect",
    "Div",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "P",
    "Span",
    "BlockQuote",
    "Figure",
    "Caption",
    "Table",
    "THead",
    "TBody",
    "TR",
    "TH",
    "TD",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Link",
    "Reference",
    "Note",
    "TOC",
    "TOCI",
];

pub(super) fn check(
    file: &File,
    sequences: &BTreeMap<(usize, i64), String>,
    annotations: &BTreeMap<ObjectId, i64>,
    findings: &mut Findings,
) {
    let root = file
        .catalog
        .get(b"StructTreeRoot")
        .and_then(Object::as_reference);
    let tree = root
        .as_ref()
        .map(|root| file.document.get_dictionary(*root));
    let (Ok(root), Ok(Ok(tree))) = (&root, &tree) else {
        findings.say("there is no structure tree");
        return;
    };
    let numbers = file
        .dict(tree, "ParentTree")
        .and_then(|parents| file.array(parents, "Nums"))
        .unwrap_or_default();
    let parents: BTreeMap<i64, &Object> = numbers
        .chunks_exact(2)
        .filter_map(|pair| Some((pair[0].as_i64().ok()?, file.deref_once(&pair[1]))))
        .collect();
    let keys: Vec<i64> = parents.keys().copied().collect();
    findings.want(
        (0..).zip(&keys).all(|(index, key)| index == *key),
        "the keys of the parent tree have gaps",
    );
    findings.want(
        file.integer(tree, "ParentTreeNextKey") == Some(i64::try_from(keys.len()).unwrap_or(-1)),
        "the next key of the parent tree is taken",
    );
    let page_keys = file
        .pages
        .iter()
        .map(|(_, page)| file.integer(page, "StructParents").unwrap_or(-1))
        .collect();
    let mut walker = Walker {
        file,
        sequences,
        annotations,
        parents,
        page_keys,
        seen: BTreeSet::new(),
        met: BTreeSet::new(),
        live: BTreeSet::new(),
        ids: BTreeMap::new(),
        level: 0,
        findings,
    };
    if let Ok(top) = tree.get(b"K").and_then(Object::as_reference) {
        let kind = walker.element(top, *root, None);
        walker.want(
            kind.as_deref() == Some("Document"),
            "the root is no Document",
        );
    } else {
        walker.want(false, "the tree has no root");
    }
    walker.end(tree);
}

impl<'a> File<'a> {
    /// A value as it stands behind its reference, unless that is an element: then the reference itself.
    fn deref_once(&self, object: &'a Object) -> &'a Object {
        let target = self.deref(object);
        if target.as_array().is_ok() {
            target
        } else {
            object
        }
    }
}

struct Walker<'a, 'b> {
    file: &'b File<'a>,
    sequences: &'b BTreeMap<(usize, i64), String>,
    annotations: &'b BTreeMap<ObjectId, i64>,
    parents: BTreeMap<i64, &'a Object>,
    /// Key of each page in the parent tree.
    page_keys: Vec<i64>,
    seen: BTreeSet<ObjectId>,
    met: BTreeSet<(usize, i64)>,
    live: BTreeSet<ObjectId>,
    ids: BTreeMap<Vec<u8>, ObjectId>,
    level: u8,
    findings: &'b mut Findings,
}

/// What stands below an element.
#[derive(Default)]
struct Below {
    kinds: Vec<String>,
    elements: Vec<ObjectId>,
    links: usize,
}

impl<'a> Walker<'a, '_> {
    fn want(&mut self, holds: bool, problem: impl Into<String>) {
        self.findings.want(holds, problem);
    }

    /// Checks an element and what hangs below it; gives its type.
    fn element(&mut self, id: ObjectId, parent: ObjectId, within: Option<&str>) -> Option<String> {
        let fresh = self.seen.insert(id);
        self.want(fresh, "an element hangs in two places");
        let element = self
            .file
            .document
            .get_dictionary(id)
            .ok()
            .filter(|_| fresh)?;
        self.findings.elements += 1;
        let kind = self.file.name(element, "S").unwrap_or_default().to_owned();
        self.want(
            TYPES.contains(&kind.as_str()),
            format!("{kind} is no standard type"),
        );
        let back = element.get(b"P").and_then(Object::as_reference).ok();
        self.want(
            back == Some(parent),
            format!("a {kind} does not point to its parent"),
        );
        self.nesting(&kind, within);
        self.heading(&kind);
        if let Ok(name) = element.get(b"ID").and_then(Object::as_str) {
            let twice = self.ids.insert(name.to_vec(), id).is_some();
            self.want(!twice, "two elements have one ID");
        }
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        let kids = self
            .file
            .get(element, "K")
            .map_or(Vec::new(), |kids| match kids {
                Object::Array(kids) => kids.iter().collect(),
                _ => element.get(b"K").into_iter().collect(),
            });
        let mut below = Below::default();
        for kid in kids {
            self.kid(kid, id, &kind, page, &mut below);
        }
        self.says(element, &kind, &below);
        Some(kind)
    }

    fn kid(
        &mut self,
        kid: &'a Object,
        id: ObjectId,
        kind: &str,
        page: Option<ObjectId>,
        below: &mut Below,
    ) {
        match kid {
            Object::Integer(number) => self.sequence(*number, page, id, kind),
            Object::Reference(child) => {
                if let Some(kind) = self.element(*child, id, Some(kind)) {
                    below.kinds.push(kind);
                    below.elements.push(*child);
                }
            }
            Object::Dictionary(reference) => {
                let own = reference.get(b"Pg").and_then(Object::as_reference).ok();
                match self.file.name(reference, "Type") {
                    Some("MCR") => {
                        let number = self.file.integer(reference, "MCID").unwrap_or(-1);
                        self.sequence(number, own.or(page), id, kind);
                    }
                    Some("OBJR") => {
                        below.links += 1;
                        self.annotation(reference, id);
                    }
                    _ => self.want(false, "an element has a child of no known type"),
                }
            }
            _ => self.want(false, "an element has a child of no known type"),
        }
    }

    fn sequence(&mut self, number: i64, page: Option<ObjectId>, id: ObjectId, kind: &str) {
        let page = self
            .file
            .pages
            .iter()
            .position(|(known, _)| Some(*known) == page);
        let Some(page) = page else {
            self.want(false, "a sequence stands on no page");
            return;
        };
        let fresh = self.met.insert((page, number));
        self.want(fresh, "a sequence hangs in two places");
        let tag = self.sequences.get(&(page, number)).map(String::as_str);
        self.want(
            tag == Some(kind),
            format!("a {kind} holds a sequence that is tagged {tag:?}"),
        );
        let owner = self
            .parents
            .get(&self.page_keys[page])
            .and_then(|owners| owners.as_array().ok())
            .and_then(|owners| owners.get(usize::try_from(number).ok()?))
            .and_then(|owner| owner.as_reference().ok());
        self.want(owner == Some(id), "the parent tree names another element");
    }

    fn annotation(&mut self, reference: &Dictionary, id: ObjectId) {
        let object = reference.get(b"Obj").and_then(Object::as_reference).ok();
        let key = object.and_then(|object| self.annotations.get(&object));
        let owner = key
            .and_then(|key| self.parents.get(key))
            .and_then(|owner| owner.as_reference().ok());
        self.want(
            owner == Some(id),
            "an annotation does not lead back to its element",
        );
        if let Some(object) = object {
            let fresh = self.live.insert(object);
            self.want(fresh, "an annotation hangs in two places");
        }
    }

    /// What may stand where (ISO 32000-1, 14.8.4.3; PDF/UA-1, 7.2, 7.5 and 7.6).
    fn nesting(&mut self, kind: &str, within: Option<&str>) {
        let within = within.unwrap_or("root");
        let fits = match kind {
            "Document" => within == "root",
            "THead" | "TBody" => within == "Table",
            "TR" => matches!(within, "Table" | "THead" | "TBody"),
            "TH" | "TD" => within == "TR",
            "LI" => within == "L",
            "LBody" => within == "LI",
            "Lbl" => matches!(within, "LI" | "Note" | "TOCI"),
            "TOCI" => within == "TOC",
            _ => {
                !matches!(within, "L" | "TR" | "THead" | "TBody" | "LI" | "root")
                    && (within != "Table" || kind == "Caption")
            }
        };
        self.want(fits, format!("a {kind} stands in a {within}"));
    }

    fn heading(&mut self, kind: &str) {
        let level = kind
            .strip_prefix('H')
            .and_then(|level| level.parse::<u8>().ok());
        if let Some(level) = level {
            self.want(level <= self.level + 1, "a level of headings is skipped");
            self.level = level;
        }
    }

    /// What elements of a type must say.
    fn says(&mut self, element: &'a Dictionary, kind: &str, below: &Below) {
        let file = self.file;
        let attribute = |owner: &str, key: &str| {
            let found: Vec<&Object> = match file.get(element, "A") {
                Some(Object::Array(list)) => list.iter().collect(),
                Some(one) => vec![one],
                None => Vec::new(),
            };
            let owned = found
                .into_iter()
                .filter_map(|one| file.deref(one).as_dict().ok());
            owned
                .filter(|one| file.name(one, "O") == Some(owner))
                .find_map(|one| file.get(one, key))
        };
        match kind {
            "Figure" => {
                let alt = file.text(element, "Alt").unwrap_or_default();
                self.want(!alt.is_empty(), "a Figure has no Alt");
                let bbox = attribute("Layout", "BBox").and_then(|bbox| bbox.as_array().ok());
                let sides: Vec<f32> = bbox
                    .into_iter()
                    .flatten()
                    .filter_map(|side| side.as_float().ok())
                    .collect();
                let sound = sides.len() == 4 && sides[0] < sides[2] && sides[1] < sides[3];
                self.want(sound, "a Figure has no BBox");
            }
            "TH" | "TD" => {
                let scoped = kind == "TD" || attribute("Table", "Scope").is_some();
                self.want(scoped, "a TH has no Scope");
            }
            "Note" => self.want(element.has(b"ID"), "a Note has no ID"),
            "Link" => self.want(below.links > 0, "a Link holds no annotation"),
            "L" if self.labelled(below) => self.want(
                attribute("List", "ListNumbering").is_some(),
                "a list with labels does not say how it counts",
            ),
            "Table" => self.rows(below),
            _ => {}
        }
        let link = kind == "Link" || below.links == 0;
        self.want(link, format!("a {kind} holds an annotation"));
    }

    fn labelled(&self, below: &Below) -> bool {
        below.elements.iter().any(|item| {
            let item = self.file.document.get_dictionary(*item);
            let kids = item.map(|item| self.children(item)).unwrap_or_default();
            kids.iter()
                .any(|kid| self.file.name(kid, "S") == Some("Lbl"))
        })
    }

    /// The child elements of an element.
    fn children(&self, element: &'a Dictionary) -> Vec<&'a Dictionary> {
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.iter().collect(),
            Ok(one) => vec![one],
            Err(_) => Vec::new(),
        };
        kids.into_iter()
            .filter_map(|kid| {
                self.file
                    .document
                    .get_dictionary(kid.as_reference().ok()?)
                    .ok()
            })
            .collect()
    }

    /// Every row of a table is as wide as the others (PDF/UA-1, 7.2).
    fn rows(&mut self, below: &Below) {
        let file = self.file;
        let span = |cell: &'a Dictionary| {
            let span = file
                .dict(cell, "A")
                .and_then(|attributes| file.integer(attributes, "ColSpan"));
            span.unwrap_or(1)
        };
        let mut widths = BTreeSet::new();
        for part in &below.elements {
            let Ok(part) = file.document.get_dictionary(*part) else {
                continue;
            };
            let rows = match file.name(part, "S") {
                Some("TR") => vec![part],
                Some("THead" | "TBody") => self.children(part),
                _ => Vec::new(),
            };
            for row in rows {
                widths.insert(self.children(row).into_iter().map(span).sum::<i64>());
            }
        }
        self.want(
            widths.len() == 1,
            format!("a table has rows of {widths:?} columns"),
        );
    }

    fn end(mut self, tree: &'a Dictionary) {
        let all: BTreeSet<(usize, i64)> = self.sequences.keys().copied().collect();
        let lost = all.difference(&self.met).count();
        self.want(lost == 0, format!("{lost} sequences hang in no element"));
        let lost = self
            .annotations
            .keys()
            .filter(|id| !self.live.contains(id))
            .count();
        self.want(lost == 0, format!("{lost} annotations hang in no element"));
        let listed: BTreeMap<Vec<u8>, ObjectId> = self
            .file
            .dict(tree, "IDTree")
            .and_then(|ids| self.file.array(ids, "Names"))
            .unwrap_or_default()
            .chunks_exact(2)
            .filter_map(|pair| {
                Some((
                    pair[0].as_str().ok()?.to_vec(),
                    pair[1].as_reference().ok()?,
                ))
            })
            .collect();
        let equal = listed == self.ids;
        self.want(equal, "the tree of IDs differs from the IDs");
    }
}
