//! The structure while it grows: nodes in reading order, whatever order things come to stand in.

use std::collections::BTreeSet;

use exhibit_scene::{LinkTarget, Role, Structure, TagId};

/// The structure, and what must happen only once in a document.
#[derive(Debug)]
pub(crate) struct TagTree {
    /// The nodes.
    pub(crate) structure: Structure,
    /// Facts, by their marks, that some place of the document was already named as the first use of.
    pub(crate) facts_used: BTreeSet<usize>,
    /// Notes that some place was already named as the mark of.
    pub(crate) notes_marked: BTreeSet<usize>,
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkNode {
    /// Where it leads.
    pub(crate) target: LinkTarget,
    /// What a reader hears.
    pub(crate) description: String,
    /// Its `Link` node.
    pub(crate) node: TagId,
}

impl TagTree {
    /// A structure with only its root.
    pub(crate) fn new() -> Self {
        Self {
            structure: Structure::new(),
            facts_used: BTreeSet::new(),
            notes_marked: BTreeSet::new(),
        }
    }

    /// Adds a node.
    pub(crate) fn add(&mut self, parent: TagId, role: Role) -> TagId {
        self.structure.add(parent, role)
    }

    /// Adds a leaf.
    pub(crate) fn add_leaf(&mut self, parent: TagId) -> TagId {
        self.structure.add(parent, Role::Content)
    }

    /// Adds a node with one leaf, and gives the leaf.
    pub(crate) fn add_with_leaf(&mut self, parent: TagId, role: Role) -> TagId {
        self.structure.add_leaf(parent, role).1
    }

    /// Adds a link with one leaf.
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

    /// The name of the first use of a fact, the first time it is asked for.
    pub(crate) fn first_use(&mut self, number: usize) -> Option<String> {
        self.facts_used
            .insert(number)
            .then(|| use_destination(number))
    }
}

/// Where a heading stands.
pub(crate) fn heading_destination(number: usize) -> String {
    format!("heading-{number}")
}

/// Where an exhibit stands.
pub(crate) fn exhibit_destination(id: &str) -> String {
    format!("exhibit-{id}")
}

/// Where a fact stands in the register.
pub(crate) fn fact_destination(number: usize) -> String {
    format!("fact-{number}")
}

/// Where a fact is first used.
pub(crate) fn use_destination(number: usize) -> String {
    format!("use-{number}")
}

/// Where a note stands.
pub(crate) fn note_destination(number: usize) -> String {
    format!("note-{number}")
}

/// Where a note is first marked.
pub(crate) fn note_marker_destination(number: usize) -> String {
    format!("note-mark-{number}")
}

/// Where a source stands in the list of sources.
pub(crate) fn source_destination(number: usize) -> String {
    format!("source-{number}")
}
