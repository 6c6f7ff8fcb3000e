//! Which head cells a cell of a table stands under.
//!
//! `Scope` tells a reader enough where heads stand above and to the left. A head inside the body (the name of a group of
//! rows) heads only the rows up to the next one, which `Scope` cannot say: there each cell names its heads (ISO 32000-1,
//! table 349, `Headers`).

use std::collections::{BTreeMap, BTreeSet};

use exhibit_scene::{Role, Scope, Structure, TagId, TagNode};

/// The heads of cells, for tables with a head in their body.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    of: BTreeMap<TagId, Vec<TagId>>,
    named: BTreeSet<TagId>,
}

impl Heads {
    /// Looks through the tables of a structure.
    pub(crate) fn new(structure: &Structure) -> Self {
        let mut heads = Self::default();
        for (_, node) in structure.iter() {
            if node.role == Role::Table && has_inner_head(structure, node) {
                heads.table(structure, node);
            }
        }
        heads.named = heads.of.values().flatten().copied().collect();
        heads
    }

    /// The names of a cell's heads; empty where `Scope` is enough.
    pub(crate) fn names(&self, structure: &Structure, cell: TagId) -> Vec<String> {
        let heads = self.of.get(&cell).into_iter().flatten();
        heads
            .map(|head| self.name(structure, *head).expect("a head is named"))
            .collect()
    }

    /// The name of a node: its own, or the one that a head is given.
    pub(crate) fn name(&self, structure: &Structure, id: TagId) -> Option<String> {
        let own = structure.node(id).id.clone();
        own.or_else(|| self.named.contains(&id).then(|| format!("cell-{}", id.0)))
    }

    fn table(&mut self, structure: &Structure, table: &TagNode) {
        let mut above: Vec<Vec<TagId>> = Vec::new();
        let mut group: Vec<Option<TagId>> = Vec::new();
        for (in_head, row) in rows(structure, table) {
            let cells = cells(structure, row);
            let beside: Vec<TagId> = cells
                .iter()
                .filter(|cell| cell.role == Role::TableHeader(Scope::Row))
                .map(|cell| cell.id)
                .collect();
            for cell in &cells {
                let columns = cell.columns.clone();
                if above.len() < columns.end {
                    above.resize(columns.end, Vec::new());
                    group.resize(columns.end, None);
                }
                let heads_down =
                    matches!(cell.role, Role::TableHeader(Scope::Column | Scope::Both));
                if in_head {
                    above[columns]
                        .iter_mut()
                        .for_each(|heads| heads.push(cell.id));
                } else if heads_down {
                    group[columns].fill(Some(cell.id));
                } else {
                    let mut heads: Vec<TagId> = Vec::new();
                    let over = columns
                        .flat_map(|column| above[column].iter().copied().chain(group[column]));
                    for head in over.chain(beside.iter().copied()) {
                        if head != cell.id && !heads.contains(&head) {
                            heads.push(head);
                        }
                    }
                    self.of.insert(cell.id, heads);
                }
            }
        }
    }
}

/// A cell and the columns that it takes.
struct Cell {
    id: TagId,
    role: Role,
    columns: std::ops::Range<usize>,
}

fn cells(structure: &Structure, row: TagId) -> Vec<Cell> {
    let mut end = 0;
    let cell = |id: &TagId| {
        let node = structure.node(*id);
        let begin = end;
        end += node.col_span as usize;
        Cell {
            id: *id,
            role: node.role,
            columns: begin..end,
        }
    };
    structure.node(row).children.iter().map(cell).collect()
}

/// The rows of a table, and whether each stands in its head.
fn rows<'a>(
    structure: &'a Structure,
    table: &'a TagNode,
) -> impl Iterator<Item = (bool, TagId)> + 'a {
    table.children.iter().flat_map(|part| {
        let node = structure.node(*part);
        let rows = match node.role {
            Role::TableHead | Role::TableBody => node.children.clone(),
            Role::TableRow => vec![*part],
            _ => Vec::new(),
        };
        let in_head = node.role == Role::TableHead;
        rows.into_iter().map(move |row| (in_head, row))
    })
}

fn has_inner_head(structure: &Structure, table: &TagNode) -> bool {
    let heads_down = |row: TagId| {
        let mut cells = structure.node(row).children.iter();
        cells.any(|cell| structure.node(*cell).role == Role::TableHeader(Scope::Column))
    };
    rows(structure, table).any(|(in_head, row)| !in_head && heads_down(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_heads_the_rows_up_to_the_next_one() {
        let mut structure = Structure::new();
        let table = structure.add(Structure::ROOT, Role::Table);
        let head = structure.add(table, Role::TableHead);
        let body = structure.add(table, Role::TableBody);
        let row = structure.add(head, Role::TableRow);
        let first = structure.add(row, Role::TableHeader(Scope::Column));
        let second = structure.add(row, Role::TableHeader(Scope::Column));
        let mut groups = Vec::new();
        let mut rows = Vec::new();
        for _ in 0..2 {
            let row = structure.add(body, Role::TableRow);
            let group = structure.add(row, Role::TableHeader(Scope::Column));
            structure.node_mut(group).col_span = 2;
            groups.push(group);
            let row = structure.add(body, Role::TableRow);
            let side = structure.add(row, Role::TableHeader(Scope::Row));
            rows.push((side, structure.add(row, Role::TableCell)));
        }
        let heads = Heads::new(&structure);
        for (group, (side, cell)) in groups.into_iter().zip(rows) {
            assert_eq!(heads.of[&side], [first, group]);
            assert_eq!(heads.of[&cell], [second, group, side]);
        }
        assert_eq!(heads.name(&structure, first).as_deref(), Some("cell-5"));
    }

    #[test]
    fn a_plain_table_needs_no_names() {
        let mut structure = Structure::new();
        let table = structure.add(Structure::ROOT, Role::Table);
        let head = structure.add(table, Role::TableHead);
        let row = structure.add(head, Role::TableRow);
        let cell = structure.add(row, Role::TableHeader(Scope::Column));
        let heads = Heads::new(&structure);
        assert!(heads.names(&structure, cell).is_empty());
        assert_eq!(heads.name(&structure, cell), None);
    }
}
