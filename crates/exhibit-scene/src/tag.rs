//! The document's structure: what a screen reader walks, in reading order, whatever the order of drawing.
//!
//! A [`Structure`] is a tree of [`TagNode`]s. Drawn content does not hang in the tree itself: a group of a page
//! names the [`Role::Content`] leaf it fills ([`Tag::Content`]), or says that it is decoration ([`Tag::Artifact`]).
//! So `P -> [Content, Link -> [Content], Content]` says where the link stands in the sentence. A leaf may be filled by
//! several groups (a paragraph over two pages); their order is the order of drawing, page by page.

use crate::geom::Rect;

/// Index of a node in its [`Structure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagId(pub u32);

/// Place of a group's contents in the document's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Contents of this [`Role::Content`] leaf.
    Content(TagId),
    /// Decoration outside the structure: rules, running heads, folios (PDF/UA-1, 7.1).
    Artifact(Artifact),
}

/// Kind of decoration (ISO 32000-1, 14.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Rules, backgrounds.
    Layout,
    /// Running head.
    Header,
    /// Folio.
    Footer,
}

/// Kind of a node (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whole document: the root.
    Document,
    /// A section with its heading.
    Sect,
    /// A division without meaning of its own.
    Div,
    /// Heading of level 1 to 6. Levels are not skipped.
    Heading(u8),
    /// A paragraph.
    P,
    /// A stretch of text in a paragraph.
    Span,
    /// Quotation or callout, set off from the text.
    BlockQuote,
    /// Chart. `alt` is required.
    Figure,
    /// Title of a figure or table.
    Caption,
    /// A table.
    Table,
    /// Head rows of a table.
    TableHead,
    /// Body rows of a table.
    TableBody,
    /// Row of a table.
    TableRow,
    /// Head cell, with the cells that the head cell is for.
    TableHeader(Scope),
    /// Data cell.
    TableCell,
    /// A list.
    List,
    /// Item of a list.
    ListItem,
    /// Bullet or number of an item.
    Label,
    /// Text of an item.
    ListBody,
    /// Link: text, and the annotations that name the node.
    Link,
    /// Reference to a note or exhibit.
    Reference,
    /// Note. A unique `id` is required (PDF/UA-1, 7.9).
    Note,
    /// Table of contents.
    Toc,
    /// Entry of a table of contents.
    TocItem,
    /// Leaf that page content fills. The file has no element for the leaf.
    Content,
}

/// Cells that a head cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Cells below.
    Column,
    /// Cells beside.
    Row,
    /// Cells below and beside.
    Both,
}

/// Node of a [`Structure`].
#[derive(Clone, Debug, PartialEq)]
pub struct TagNode {
    /// Kind of the node.
    pub role: Role,
    /// Children in reading order.
    pub children: Vec<TagId>,
    /// Alternative text of a figure.
    pub alt: Option<String>,
    /// Text to be read aloud, where the drawn text differs.
    pub actual_text: Option<String>,
    /// BCP 47 language, where the parent has another.
    pub lang: Option<String>,
    /// Title of a heading or section, for tools.
    pub title: Option<String>,
    /// Name, unique in the document.
    pub id: Option<String>,
    /// Page (from 0) and place of a figure, in points on the page.
    pub bbox: Option<(usize, Rect)>,
    /// Columns that a table cell spans, from 1.
    pub col_span: u32,
}

/// Tree of nodes. Node 0 is the root, a [`Role::Document`].
///
/// ```
/// use exhibit_scene::{Role, Structure};
/// let mut structure = Structure::new();
/// let (paragraph, leaf) = structure.add_leaf(Structure::ROOT, Role::P);
/// structure.node_mut(paragraph).lang = Some("de".to_owned());
/// assert_eq!(structure.node(paragraph).children, [leaf]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    nodes: Vec<TagNode>,
}

impl Default for Structure {
    fn default() -> Self {
        Self::new()
    }
}

impl Structure {
    /// Id of the root.
    pub const ROOT: TagId = TagId(0);

    /// Structure with only its root.
    #[must_use]
    pub fn new() -> Self {
        Self {
            nodes: vec![blank(Role::Document)],
        }
    }

    /// Adds a node as the last child of `parent`, and gives the new node's id.
    ///
    /// # Panics
    /// When `parent` is an id of another structure.
    pub fn add(&mut self, parent: TagId, role: Role) -> TagId {
        let id = TagId(u32::try_from(self.nodes.len()).expect("fewer than 2^32 nodes"));
        self.nodes.push(blank(role));
        self.node_mut(parent).children.push(id);
        id
    }

    /// Adds a node as the last child of `parent`, with a [`Role::Content`] leaf inside. Gives the ids of the node and of the leaf.
    ///
    /// # Panics
    /// When `parent` is an id of another structure.
    pub fn add_leaf(&mut self, parent: TagId, role: Role) -> (TagId, TagId) {
        let node = self.add(parent, role);
        (node, self.add(node, Role::Content))
    }

    /// Node of an id.
    ///
    /// # Panics
    /// When the id is another structure's.
    #[must_use]
    pub fn node(&self, id: TagId) -> &TagNode {
        &self.nodes[id.0 as usize]
    }

    /// Node of an id, for filling in texts.
    ///
    /// # Panics
    /// When the id is another structure's.
    pub fn node_mut(&mut self, id: TagId) -> &mut TagNode {
        &mut self.nodes[id.0 as usize]
    }

    /// All nodes with their ids: the root first, each node after its parent.
    pub fn iter(&self) -> impl Iterator<Item = (TagId, &TagNode)> {
        self.nodes.iter().enumerate().map(|(index, node)| {
            (
                TagId(u32::try_from(index).expect("fewer than 2^32 nodes")),
                node,
            )
        })
    }
}

fn blank(role: Role) -> TagNode {
    TagNode {
        role,
        children: Vec::new(),
        alt: None,
        actual_text: None,
        lang: None,
        title: None,
        id: None,
        bbox: None,
        col_span: 1,
    }
}
