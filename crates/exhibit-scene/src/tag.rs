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

/// What the contents of a group are to the document's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// They fill this `Content` leaf.
    Content(TagId),
    /// They are no content: rules, running heads, folios (PDF/UA-1, 7.1).
    Artifact(Artifact),
}

/// Kinds of decoration (ISO 32000-1, 14.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Rules, backgrounds.
    Layout,
    /// Running head.
    Header,
    /// Folio.
    Footer,
}

/// What a node is (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole document; the root.
    Document,
    /// A section with its heading.
    Sect,
    /// A division without meaning of its own.
    Div,
    /// A heading, level 1 to 6. Levels are not skipped.
    Heading(u8),
    /// A paragraph.
    P,
    /// A stretch of text in a paragraph.
    Span,
    /// Emphasis of a quotation or callout: set off from the text.
    BlockQuote,
    /// A chart. Must have `alt`.
    Figure,
    /// Title of a figure or table.
    Caption,
    /// A table.
    Table,
    /// Its head rows.
    TableHead,
    /// Its body rows.
    TableBody,
    /// A row.
    TableRow,
    /// A head cell and what it heads.
    TableHeader(Scope),
    /// A data cell.
    TableCell,
    /// A list.
    List,
    /// One of its items.
    ListItem,
    /// Bullet or number.
    Label,
    /// The rest of the item.
    ListBody,
    /// A link: its text, and the annotations that name it.
    Link,
    /// A reference to a note or exhibit.
    Reference,
    /// A note. Must have a unique `id` (PDF/UA-1, 7.9).
    Note,
    /// Table of contents.
    Toc,
    /// One of its entries.
    TocItem,
    /// A leaf that page content fills. Not an element of its own in the file.
    Content,
}

/// What a head cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The cells below it.
    Column,
    /// The cells beside it.
    Row,
    /// Both.
    Both,
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct TagNode {
    /// What it is.
    pub role: Role,
    /// Its children in reading order.
    pub children: Vec<TagId>,
    /// Alternative text.
    pub alt: Option<String>,
    /// What it says, where drawing differs from saying.
    pub actual_text: Option<String>,
    /// BCP 47 language where it differs from its parent's.
    pub lang: Option<String>,
    /// Title shown by tools (headings, sections).
    pub title: Option<String>,
    /// A name unique in the document.
    pub id: Option<String>,
    /// Page (from 0) and place, for figures.
    pub bbox: Option<(usize, Rect)>,
    /// How many columns a table cell spans; 1 for most.
    pub col_span: u32,
}

/// The tree of nodes. Node 0 is the root, a [`Role::Document`].
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
    /// The root.
    pub const ROOT: TagId = TagId(0);

    /// A structure with only its root.
    #[must_use]
    pub fn new() -> Self {
        Self {
            nodes: vec![blank(Role::Document)],
        }
    }

    /// Adds a node as the last child of `parent`.
    pub fn add(&mut self, parent: TagId, role: Role) -> TagId {
        let id = TagId(u32::try_from(self.nodes.len()).expect("fewer than 2^32 nodes"));
        self.nodes.push(blank(role));
        self.node_mut(parent).children.push(id);
        id
    }

    /// Adds a node and a `Content` leaf in it, and gives both.
    pub fn add_leaf(&mut self, parent: TagId, role: Role) -> (TagId, TagId) {
        let node = self.add(parent, role);
        (node, self.add(node, Role::Content))
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: TagId) -> &TagNode {
        &self.nodes[id.0 as usize]
    }

    /// A node, to fill in its texts.
    pub fn node_mut(&mut self, id: TagId) -> &mut TagNode {
        &mut self.nodes[id.0 as usize]
    }

    /// All nodes, the root first, each after its parent.
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
