//! The structure during composition: nodes in reading order, wherever their content lands on the pages.

use std::collections::BTreeSet;

use exhibit_scene::{LinkTarget, Role, Structure, TagId};

/// Structure of a document, with a record of what a document names only once.
#[derive(Debug)]
pub(crate) struct TagTree {
    /// Nodes so far.
    pub(crate) structure: Structure,
    /// Register numbers of the facts that already have a destination at their first use.
    pub(crate) facts_used: BTreeSet<usize>,
    /// Numbers of the notes that already have a destination at their first marker.
    pub(crate) notes_marked: BTreeSet<usize>,
}

/// A link and the node that stands for the link in the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkNode {
    /// Target of the link.
    pub(crate) target: LinkTarget,
    /// Description that a screen reader speaks.
    pub(crate) description: String,
    /// The `Link` node.
    pub(crate) node: TagId,
}

impl TagTree {
    /// A structure of the root alone.
    pub(crate) fn new() -> Self {
        Self {
            structure: Structure::new(),
            facts_used: BTreeSet::new(),
            notes_marked: BTreeSet::new(),
        }
    }

    /// Adds a node below `parent`.
    pub(crate) fn add(&mut self, parent: TagId, role: Role) -> TagId {
        self.structure.add(parent, role)
    }

    /// Adds a content leaf below `parent`.
    pub(crate) fn add_leaf(&mut self, parent: TagId) -> TagId {
        self.structure.add(parent, Role::Content)
    }

    /// Adds a node with one content leaf, and returns the leaf.
    pub(crate) fn add_with_leaf(&mut self, parent: TagId, role: Role) -> TagId {
        self.structure.add_leaf(parent, role).1
    }

    /// Adds a `Link` node with one content leaf, and returns the link and the leaf.
    pub(crate) fn add_link(
        &mut self,
        parent: TagId,
        target: LinkTarget,
        description: String,
    ) -> (LinkNode, TagId) {
        let (node, leaf) = self.structure.add_leaf(parent, Role::Link);
        let link = LinkNode {
            target,
            description,
            node,
        };
        (link, leaf)
    }

    /// Destination of the first use of a fact. The first call for a number returns the destination, every later call
    /// none.
    pub(crate) fn first_use(&mut self, number: usize) -> Option<String> {
        self.facts_used
            .insert(number)
            .then(|| use_destination(number))
    }
}

/// Destination of a heading, by number from 1.
pub(crate) fn heading_destination(number: usize) -> String {
    format!("heading-{number}")
}

/// Destination of an exhibit, by its id.
pub(crate) fn exhibit_destination(id: &str) -> String {
    format!("exhibit-{id}")
}

/// Destination of a fact in the register, by register number from 1.
pub(crate) fn fact_destination(number: usize) -> String {
    format!("fact-{number}")
}

/// Destination of the first use of a fact, by register number from 1.
pub(crate) fn use_destination(number: usize) -> String {
    format!("use-{number}")
}

/// Destination of a note, by number from 1.
pub(crate) fn note_destination(number: usize) -> String {
    format!("note-{number}")
}

/// Destination of the first marker of a note, by number from 1.
pub(crate) fn note_marker_destination(number: usize) -> String {
    format!("note-mark-{number}")
}

/// Destination of an entry in the list of sources, by number from 1.
pub(crate) fn source_destination(number: usize) -> String {
    format!("source-{number}")
}
