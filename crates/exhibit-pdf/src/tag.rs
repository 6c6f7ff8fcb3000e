//! What things are, beside how they look: marked content, and the structure tree that it hangs in.

use std::collections::BTreeMap;

use exhibit_scene::{Artifact, Role, Scope, Structure, TagId, TagNode};
use lopdf::{Document, ObjectId};

use crate::file::Packed;
use crate::object::{Entries, Hundredths, Key, Name, Text, Value, push_whole};
use crate::path::Flip;
use crate::string;

/// Which sequences of which pages fill the leaves of a structure.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The parent of each node; the root's is itself.
    parents: Vec<TagId>,
    /// The leaf that each sequence fills, page by page in drawing order.
    pages: Vec<Vec<TagId>>,
    /// Texts of the labels of list items.
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
        sequences.push(leaf);
        (structure.node(element).role, number)
    }

    /// Every sequence with its leaf, page and number, leaf by leaf; those of a leaf in drawing order.
    fn filled(&self) -> Vec<(TagId, (usize, usize))> {
        let mut filled: Vec<_> = (0..)
            .zip(&self.pages)
            .flat_map(|(page, leaves)| {
                (0..)
                    .zip(leaves)
                    .map(move |(number, leaf)| (*leaf, (page, number)))
            })
            .collect();
        filled.sort_unstable();
        filled
    }

    /// Keeps the text of a leaf that is the label of a list's item.
    pub(crate) fn keep_label(&mut self, structure: &Structure, leaf: TagId, text: &str) {
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
    push_whole(out, number);
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
    let objects = structure
        .iter()
        .map(|(_, node)| (node.role != Role::Content).then(|| document.new_object_id()))
        .collect();
    let elements = Elements { root, objects };
    let context = (structure, marks);
    let ids = elements.write(packed, context, (pages, flips), annotations);
    let parent_tree = elements.write_parents(document, packed, marks, annotations);
    let id_tree = (!ids.is_empty()).then(|| {
        let id_tree = document.new_object_id();
        write_ids(packed, id_tree, ids);
        id_tree
    });

    let mut tree = packed.dictionary(root);
    tree.set("Type", Name("StructTreeRoot"));
    tree.set("K", elements.of(Structure::ROOT));
    tree.set("ParentTree", parent_tree);
    tree.set("ParentTreeNextKey", marks.pages.len() + annotations.len());
    if let Some(id_tree) = id_tree {
        tree.set("IDTree", id_tree);
    }
    tree.end();
    root
}

/// The elements of a structure as objects.
struct Elements {
    /// The root of the tree, which is no element.
    root: ObjectId,
    /// By node; none for a leaf.
    objects: Vec<Option<ObjectId>>,
}

impl Elements {
    /// The object of a node that is no leaf.
    fn of(&self, node: TagId) -> ObjectId {
        self.objects[node.0 as usize].expect("a leaf has no children")
    }

    /// Writes every element, and gives those that have an id of their own.
    fn write<'s>(
        &self,
        packed: &mut Packed,
        (structure, marks): (&'s Structure, &Marks),
        (pages, flips): (&[ObjectId], &[Flip]),
        annotations: &[Annotation],
    ) -> BTreeMap<&'s str, ObjectId> {
        let filled = marks.filled();
        let mut live: Vec<(TagId, Annotation)> = annotations
            .iter()
            .map(|annotation| (annotation.node, *annotation))
            .collect();
        live.sort_by_key(|(node, _)| *node);
        let mut ids = BTreeMap::new();
        let mut kids = Kids::new(pages);
        for (id, node) in structure.iter() {
            let Some(object) = self.objects[id.0 as usize] else {
                continue;
            };
            kids.begin(node.bbox.map(|(page, _)| page));
            for child in &node.children {
                match self.objects[child.0 as usize] {
                    Some(child) => kids.list.push(Kid::Element(child)),
                    None => {
                        of(&filled, *child).for_each(|(page, number)| kids.sequence(*page, *number))
                    }
                }
            }
            of(&live, id).for_each(|annotation| kids.annotation(annotation));

            let mut entries = packed.dictionary(object);
            entries.set("Type", Name("StructElem"));
            entries.set("S", Name(name(node.role)));
            entries.set(
                "P",
                match id {
                    Structure::ROOT => self.root,
                    _ => self.of(marks.parent(id)),
                },
            );
            kids.write(&mut entries);
            texts(&mut entries, node);
            if let Some(name) = &node.id {
                entries.set("ID", Key(name));
                let known = ids.insert(name.as_str(), object);
                assert!(known.is_none(), "an id stands in the document once");
            }
            attributes(&mut entries, structure, marks, node, flips);
            entries.end();
        }
        ids
    }

    /// Writes the tree that leads from the sequences of each page, and from each annotation, to their elements (ISO
    /// 32000-1, 14.7.4.4). Gives the tree.
    fn write_parents(
        &self,
        document: &mut Document,
        packed: &mut Packed,
        marks: &Marks,
        annotations: &[Annotation],
    ) -> ObjectId {
        let tree = document.new_object_id();
        let mut owners = Vec::with_capacity(marks.pages.len() + annotations.len());
        owners.extend(marks.pages.iter().map(|_| document.new_object_id()));
        for (leaves, list) in marks.pages.iter().zip(&owners) {
            let mut parents = packed.list(*list);
            leaves
                .iter()
                .for_each(|leaf| parents.push(self.of(marks.parent(*leaf))));
            parents.end();
        }
        let nodes = annotations.iter().map(|annotation| annotation.node);
        owners.extend(nodes.map(|node| self.of(node)));

        let mut entries = packed.dictionary(tree);
        let mut numbers = entries.list("Nums");
        for (key, owner) in owners.into_iter().enumerate() {
            numbers.push(key);
            numbers.push(owner);
        }
        numbers.end();
        entries.end();
        tree
    }
}

/// Writes the name tree of the elements that have an id.
fn write_ids(packed: &mut Packed, tree: ObjectId, ids: BTreeMap<&str, ObjectId>) {
    let mut entries = packed.dictionary(tree);
    let mut names = entries.list("Names");
    for (name, object) in ids {
        names.push(Key(name));
        names.push(object);
    }
    names.end();
    entries.end();
}

/// What belongs to a node, in a list that is sorted by nodes.
fn of<T>(sorted: &[(TagId, T)], node: TagId) -> impl Iterator<Item = &T> {
    let start = sorted.partition_point(|(other, _)| *other < node);
    sorted[start..]
        .iter()
        .take_while(move |(other, _)| *other == node)
        .map(|(_, item)| item)
}

/// The children of an element, and the page that their numbers count on.
struct Kids<'a> {
    pages: &'a [ObjectId],
    page: Option<usize>,
    list: Vec<Kid>,
}

/// A child as its parent names it; with its page where that is another than the parent's.
enum Kid {
    Element(ObjectId),
    Sequence(Option<ObjectId>, usize),
    Annotation(Option<ObjectId>, ObjectId),
}

impl<'a> Kids<'a> {
    fn new(pages: &'a [ObjectId]) -> Self {
        Self {
            pages,
            page: None,
            list: Vec::new(),
        }
    }

    /// Goes on to the next element.
    fn begin(&mut self, page: Option<usize>) {
        self.page = page;
        self.list.clear();
    }

    fn sequence(&mut self, page: usize, number: usize) {
        let elsewhere = self.elsewhere(page);
        self.list.push(Kid::Sequence(elsewhere, number));
    }

    fn annotation(&mut self, annotation: &Annotation) {
        let elsewhere = self.elsewhere(annotation.page);
        self.list
            .push(Kid::Annotation(elsewhere, annotation.object));
    }

    /// Writes the entries that name the children and the page.
    fn write(&self, entries: &mut Entries<'_>) {
        if let Some(page) = self.page {
            entries.set("Pg", self.pages[page]);
        }
        match self.list.as_slice() {
            [] => {}
            [kid] => entries.set("K", kid),
            several => {
                let mut list = entries.list("K");
                several.iter().for_each(|kid| list.push(kid));
                list.end();
            }
        }
    }

    /// A page, where it is not the element's. The first one becomes the element's.
    fn elsewhere(&mut self, page: usize) -> Option<ObjectId> {
        (*self.page.get_or_insert(page) != page).then(|| self.pages[page])
    }
}

impl Value for Kid {
    fn is_delimited(&self) -> bool {
        !matches!(self, Self::Element(_) | Self::Sequence(None, _))
    }

    fn push(&self, out: &mut Vec<u8>) {
        match self {
            Self::Element(element) => element.push(out),
            Self::Sequence(None, number) => number.push(out),
            Self::Sequence(Some(page), number) => {
                let mut reference = Entries::begin(out);
                reference.set("Type", Name("MCR"));
                reference.set("Pg", page);
                reference.set("MCID", number);
                reference.end();
            }
            Self::Annotation(page, annotation) => {
                let mut reference = Entries::begin(out);
                reference.set("Type", Name("OBJR"));
                reference.set("Obj", annotation);
                if let Some(page) = page {
                    reference.set("Pg", page);
                }
                reference.end();
            }
        }
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
            entries.set(key, Text(&string::plain_spaces(text)));
        }
    }
}

/// Writes the attributes of a node (ISO 32000-1, 14.8.5); those of all our roles have one owner each.
fn attributes(
    entries: &mut Entries<'_>,
    structure: &Structure,
    marks: &Marks,
    node: &TagNode,
    flips: &[Flip],
) {
    match node.role {
        Role::Figure => {
            assert!(
                node.alt.is_some(),
                "a figure has an alternative text (PDF/UA-1, 7.3)"
            );
            let (page, rect) = node.bbox.expect("a figure knows its place");
            let mut layout = entries.dictionary("A");
            layout.set("O", Name("Layout"));
            layout.set("Placement", Name("Block"));
            let mut corners = layout.list("BBox");
            flips[page]
                .corners(rect)
                .into_iter()
                .for_each(|side| corners.push(Hundredths(side)));
            corners.end();
            layout.end();
        }
        Role::Note => {
            assert!(node.id.is_some(), "a note has an id (PDF/UA-1, 7.9)");
            let mut layout = entries.dictionary("A");
            layout.set("O", Name("Layout"));
            layout.set("Placement", Name("Block"));
            layout.end();
        }
        Role::List => {
            if let Some(numbering) = numbering(structure, marks, node) {
                let mut list = entries.dictionary("A");
                list.set("O", Name("List"));
                list.set("ListNumbering", Name(numbering));
                list.end();
            }
        }
        Role::TableHeader(_) | Role::TableCell => {
            let scope = match node.role {
                Role::TableHeader(scope) => Some(scope_name(scope)),
                _ => None,
            };
            if scope.is_none() && node.col_span == 1 {
                return;
            }
            let mut table = entries.dictionary("A");
            table.set("O", Name("Table"));
            if let Some(scope) = scope {
                table.set("Scope", Name(scope));
            }
            if node.col_span != 1 {
                table.set("ColSpan", i64::from(node.col_span));
            }
            table.end();
        }
        _ => {}
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Column => "Column",
        Scope::Row => "Row",
        Scope::Both => "Both",
    }
}

/// How a list counts, from its first label (ISO 32000-1, 14.8.5.5). `None` for a list without labels.
fn numbering(structure: &Structure, marks: &Marks, list: &TagNode) -> Option<&'static str> {
    let item = structure.node(*list.children.first()?);
    let label = item
        .children
        .iter()
        .find(|child| structure.node(**child).role == Role::Label)?;
    let text = marks.labels.get(label)?;
    Some(if text.contains(|ch: char| ch.is_ascii_digit()) {
        "Decimal"
    } else if text.contains(|ch: char| ch.is_ascii_lowercase()) {
        "LowerAlpha"
    } else if text.contains(|ch: char| ch.is_ascii_uppercase()) {
        "UpperAlpha"
    } else if text.contains(['◦', '○']) {
        "Circle"
    } else if text.contains(['▪', '■']) {
        "Square"
    } else {
        "Disc"
    })
}
