//! What things are, beside how they look: marked content, and the structure tree that it hangs in.

use std::collections::BTreeMap;

use exhibit_scene::{Artifact, Role, Scope, Structure, TagId, TagNode};
use lopdf::{Document, Object, ObjectId, dictionary};

use crate::file::{Entries, Packed};
use crate::number::push_decimal;
use crate::paint::real;
use crate::path::Flip;
use crate::string;

/// Which sequences of which pages fill the leaves of a structure.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The parent of each node; the root's is itself.
    parents: Vec<TagId>,
    /// The sequences of each leaf: page and number on it, in drawing order.
    filled: BTreeMap<TagId, Vec<(usize, usize)>>,
    /// The element of each sequence, page by page: what the parent tree lists.
    pages: Vec<Vec<TagId>>,
    /// What the labels of list items say.
    labels: BTreeMap<TagId, String>,
}

impl Marks {
    pub(crate) fn new(structure: &Structure) -> Self {
        let mut parents = vec![Structure::ROOT; structure.iter().count()];
        for (id, node) in structure.iter() {
            for child in &node.children {
                parents[child.0 as usize] = id;
            }
        }
        Self {
            parents,
            filled: BTreeMap::new(),
            pages: Vec::new(),
            labels: BTreeMap::new(),
        }
    }

    pub(crate) fn begin_page(&mut self) {
        self.pages.push(Vec::new());
    }

    fn parent(&self, id: TagId) -> TagId {
        self.parents[id.0 as usize]
    }

    /// Gives the next sequence of the page to a leaf: the role of the element it belongs to, and its number.
    pub(crate) fn fill(
        &mut self,
        structure: &Structure,
        leaf: TagId,
        page: usize,
    ) -> (Role, usize) {
        assert!(
            structure.node(leaf).role == Role::Content,
            "groups fill Content leaves only, not {:?}",
            structure.node(leaf).role
        );
        let element = self.parent(leaf);
        let sequences = &mut self.pages[page];
        let number = sequences.len();
        sequences.push(element);
        self.filled.entry(leaf).or_default().push((page, number));
        (structure.node(element).role, number)
    }

    /// Notes what a leaf says, if it is the label of a list's item.
    pub(crate) fn says(&mut self, structure: &Structure, leaf: TagId, text: &str) {
        let element = self.parent(leaf);
        if structure.node(element).role == Role::Label {
            self.labels
                .entry(element)
                .or_insert_with(|| text.to_owned());
        }
    }
}

/// Writes the start of a sequence that fills a leaf.
pub(crate) fn begin_content(out: &mut Vec<u8>, role: Role, number: usize) {
    out.push(b'/');
    out.extend_from_slice(name(role).as_bytes());
    out.extend_from_slice(b"<</MCID ");
    let number = i64::try_from(number).expect("fewer sequences than bytes");
    push_decimal(out, number, 0);
    out.extend_from_slice(b">>BDC\n");
}

/// Writes the start of an artifact (ISO 32000-1, 14.8.2.2).
pub(crate) fn begin_artifact(out: &mut Vec<u8>, kind: Artifact) {
    out.extend_from_slice(match kind {
        Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n".as_slice(),
        Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
        Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
    });
}

/// The standard structure type of a role (ISO 32000-1, 14.8.4).
fn name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Sect => "Sect",
        Role::Div => "Div",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::P => "P",
        Role::Span => "Span",
        Role::BlockQuote => "BlockQuote",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::TableHeader(_) => "TH",
        Role::TableCell => "TD",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Link => "Link",
        Role::Reference => "Reference",
        Role::Note => "Note",
        Role::Toc => "TOC",
        Role::TocItem => "TOCI",
        Role::Content => unreachable!("a leaf is no element"),
    }
}

/// An annotation that belongs to an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation {
    /// Its object.
    pub(crate) object: ObjectId,
    /// Its page, from 0.
    pub(crate) page: usize,
    /// Its `Link` node.
    pub(crate) node: TagId,
}

/// Writes the structure tree and gives its root. Keys of the parent tree are the pages' numbers, then the annotations' in
/// their order.
pub(crate) fn write(
    document: &mut Document,
    packed: &mut Packed,
    structure: &Structure,
    marks: &Marks,
    (pages, flips): (&[ObjectId], &[Flip]),
    annotations: &[Annotation],
) -> ObjectId {
    let root = document.new_object_id();
    let elements: Vec<Option<ObjectId>> = structure
        .iter()
        .map(|(_, node)| (node.role != Role::Content).then(|| document.new_object_id()))
        .collect();
    let element = |id: TagId| elements[id.0 as usize].expect("a leaf has no children");
    let mut live: BTreeMap<TagId, Vec<Annotation>> = BTreeMap::new();
    for annotation in annotations {
        live.entry(annotation.node).or_default().push(*annotation);
    }
    let mut ids: BTreeMap<String, ObjectId> = BTreeMap::new();

    for (id, node) in structure.iter() {
        let Some(object) = elements[id.0 as usize] else {
            continue;
        };
        let parent = match id {
            Structure::ROOT => root,
            _ => element(marks.parent(id)),
        };
        let mut entries = packed.dictionary(object);
        entries.set("Type", "StructElem");
        entries.set("S", name(node.role));
        entries.set("P", parent);
        let mut kids = Kids {
            pages,
            page: node.bbox.map(|(page, _)| page),
            list: Vec::new(),
        };
        for child in &node.children {
            match elements[child.0 as usize] {
                Some(child) => kids.list.push(child.into()),
                None => {
                    let sequences = marks.filled.get(child).into_iter().flatten();
                    sequences.for_each(|(page, number)| kids.sequence(*page, *number));
                }
            }
        }
        for annotation in live.get(&id).into_iter().flatten() {
            kids.annotation(annotation);
        }
        if let Some(page) = kids.page {
            entries.set("Pg", pages[page]);
        }
        match kids.list.len() {
            0 => {}
            1 => entries.set("K", kids.list.remove(0)),
            _ => entries.set("K", kids.list),
        }
        texts(&mut entries, node);
        if let Some(name) = &node.id {
            entries.set("ID", string::key(name));
            let known = ids.insert(name.clone(), object);
            assert!(known.is_none(), "an id stands in the document once");
        }
        let mut attributes = attributes(structure, marks, node, flips);
        match attributes.len() {
            0 => {}
            1 => entries.set("A", attributes.remove(0)),
            _ => entries.set("A", attributes),
        }
        entries.end();
    }

    let mut numbers: Vec<Object> = Vec::new();
    let mut key = 0_i64;
    for sequences in &marks.pages {
        let owners: Vec<Object> = sequences.iter().map(|id| element(*id).into()).collect();
        numbers.extend([key.into(), document.add_object(owners).into()]);
        key += 1;
    }
    for annotation in annotations {
        numbers.extend([key.into(), element(annotation.node).into()]);
        key += 1;
    }
    let parent_tree = document.add_object(dictionary! { "Nums" => numbers });
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => element(Structure::ROOT),
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => key,
    };
    if !ids.is_empty() {
        let names: Vec<Object> = ids
            .into_iter()
            .flat_map(|(name, object)| [string::key(&name), object.into()])
            .collect();
        tree.set(
            "IDTree",
            document.add_object(dictionary! { "Names" => names }),
        );
    }
    document.set_object(root, tree);
    root
}

/// The children of an element, and the page that their numbers count on.
struct Kids<'a> {
    pages: &'a [ObjectId],
    page: Option<usize>,
    list: Vec<Object>,
}

impl Kids<'_> {
    fn sequence(&mut self, page: usize, number: usize) {
        let number = Object::Integer(i64::try_from(number).expect("fewer sequences than bytes"));
        if *self.page.get_or_insert(page) == page {
            self.list.push(number);
        } else {
            let reference = dictionary! {
                "Type" => "MCR",
                "Pg" => self.pages[page],
                "MCID" => number,
            };
            self.list.push(reference.into());
        }
    }

    fn annotation(&mut self, annotation: &Annotation) {
        let mut reference = dictionary! {
            "Type" => "OBJR",
            "Obj" => annotation.object,
        };
        if *self.page.get_or_insert(annotation.page) != annotation.page {
            reference.set("Pg", self.pages[annotation.page]);
        }
        self.list.push(reference.into());
    }
}

fn texts(entries: &mut Entries<'_>, node: &TagNode) {
    for (key, text) in [
        ("T", &node.title),
        ("Lang", &node.lang),
        ("Alt", &node.alt),
        ("ActualText", &node.actual_text),
    ] {
        if let Some(text) = text {
            entries.set(key, string::text(&string::plain_spaces(text)));
        }
    }
}

/// Attributes by owner (ISO 32000-1, 14.8.5).
fn attributes(structure: &Structure, marks: &Marks, node: &TagNode, flips: &[Flip]) -> Vec<Object> {
    let mut found: Vec<Object> = Vec::new();
    match node.role {
        Role::Figure => {
            assert!(
                node.alt.is_some(),
                "a figure has an alternative text (PDF/UA-1, 7.3)"
            );
            let (page, rect) = node.bbox.expect("a figure knows its place");
            found.push(
                dictionary! {
                    "O" => "Layout",
                    "Placement" => "Block",
                    "BBox" => flips[page].corners(rect).map(real).to_vec(),
                }
                .into(),
            );
        }
        Role::Note => {
            assert!(node.id.is_some(), "a note has an id (PDF/UA-1, 7.9)");
            found.push(dictionary! { "O" => "Layout", "Placement" => "Block" }.into());
        }
        Role::List => {
            if let Some(numbering) = numbering(structure, marks, node) {
                found.push(dictionary! { "O" => "List", "ListNumbering" => numbering }.into());
            }
        }
        Role::TableHeader(_) | Role::TableCell => {
            let mut table = dictionary! { "O" => "Table" };
            if let Role::TableHeader(scope) = node.role {
                table.set("Scope", scope_name(scope));
            }
            if node.col_span != 1 {
                table.set("ColSpan", i64::from(node.col_span));
            }
            if table.len() > 1 {
                found.push(table.into());
            }
        }
        _ => {}
    }
    found
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Column => "Column",
        Scope::Row => "Row",
        Scope::Both => "Both",
    }
}

/// How a list counts, from what its first label says (ISO 32000-1, 14.8.5.5). `None` for a list without labels.
fn numbering(structure: &Structure, marks: &Marks, list: &TagNode) -> Option<&'static str> {
    let item = structure.node(*list.children.first()?);
    let label = item
        .children
        .iter()
        .find(|child| structure.node(**child).role == Role::Label)?;
    let says = marks.labels.get(label)?;
    Some(if says.contains(|ch: char| ch.is_ascii_digit()) {
        "Decimal"
    } else if says.contains(|ch: char| ch.is_ascii_lowercase()) {
        "LowerAlpha"
    } else if says.contains(|ch: char| ch.is_ascii_uppercase()) {
        "UpperAlpha"
    } else if says.contains(['◦', '○']) {
        "Circle"
    } else if says.contains(['▪', '■']) {
        "Square"
    } else {
        "Disc"
    })
}
