//! Tables of exhibits: head, rows, rules, numbers on their decimal signs.

use std::rc::Rc;

use exhibit_charts::columns::{self, choose_gap};
use exhibit_core::facts::{Align, Table, TableCell, TableRow};
use exhibit_scene::{LinkTarget, MissingGlyph, Role, Scope, TagId, TextStyle, Weight};

use super::grid::{self, Cell, Column, ContentWidth, Place};
use super::prose::Text;
use crate::flow::Strip;
use crate::style::{Setting, Type};
use crate::tags::{Tree, fact_name};

/// A table as strips, and its head for the pages it goes on over.
pub(crate) struct Rows {
    /// Head and rows.
    pub(crate) strips: Vec<Strip>,
    /// The head again, as an artifact.
    pub(crate) head: Rc<Strip>,
}

/// Rows of a table under its `Table` node.
pub(crate) fn table(
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    table: &Table,
    width: f64,
) -> Result<Rows, MissingGlyph> {
    let columns = columns(setting, table, width)?;
    let page = &setting.theme.page;
    let colors = &setting.theme.colors;
    let head_node = tree.add(node, Role::TableHead);
    let mut head = head(setting, tree, head_node, table, &columns)?;
    grid::rule(&mut head, 0.0, width, page.heavy, colors.rule);
    let foot = head.height - page.hairline;
    grid::rule(&mut head, foot, width, page.hairline, colors.grid);
    head.keep = true;
    let repeated = Rc::new(grid::as_artifact(&head));
    let mut strips = vec![head];
    let body = tree.add(node, Role::TableBody);
    let count = table.rows.len();
    for (index, row) in table.rows.iter().enumerate() {
        let mut strip = table_row(setting, tree, body, table, row, &columns)?;
        strip.keep = index + 1 < count && (index == 0 || index + 2 == count);
        if index + 1 == count {
            strip.height += page.hairline;
            let foot = strip.height - page.heavy;
            grid::rule(&mut strip, foot, width, page.heavy, colors.rule);
        }
        strips.push(strip);
    }
    Ok(Rows {
        strips,
        head: repeated,
    })
}

/// How the cells are set: chart text, with figures of one width.
fn cell_type(setting: &Setting, emphasis: bool) -> Type {
    let chart = &setting.theme.chart;
    let style = TextStyle {
        size: chart.label,
        tabular: true,
        weight: if emphasis {
            Weight::SemiBold
        } else {
            Weight::Regular
        },
        ..setting.small().style
    };
    Type {
        style,
        leading: chart.label_leading,
    }
}

fn align(table: &Table, index: usize) -> Align {
    table.align.get(index).copied().unwrap_or(Align::Left)
}

/// The text of each cell of a row, its label first.
fn texts(row: &TableRow) -> impl Iterator<Item = &str> {
    std::iter::once(row.label.as_str()).chain(row.cells.iter().map(|cell| cell.text.as_str()))
}

/// What the columns of a table want.
struct Wants {
    /// Each column, with its numbers whole.
    whole: Vec<ContentWidth>,
    /// Each column, with lines ended in cells of numbers, too, wherever a line of text may end: never in a number, or between it and
    /// its unit.
    broken: Vec<ContentWidth>,
    /// Widths left and right of the decimal sign.
    sides: Vec<(f64, f64)>,
}

impl Wants {
    fn new(setting: &Setting, table: &Table) -> Result<Self, MissingGlyph> {
        let heads = setting.label(setting.theme.colors.grey);
        let mut wants = Self {
            whole: Vec::new(),
            broken: Vec::new(),
            sides: Vec::new(),
        };
        for (index, head) in table.head.iter().enumerate() {
            let head = grid::want(setting, head, &heads)?;
            // A head may take two lines before it makes its column wider.
            let mut broken = ContentWidth {
                natural: head.least.max(head.natural / 2.0),
                ..head
            };
            let mut whole = broken;
            let mut side: (f64, f64) = (0.0, 0.0);
            for row in &table.rows {
                let Some(text) = texts(row).nth(index) else {
                    continue;
                };
                let kind = cell_type(setting, row.emphasis);
                let mut cell = grid::want(setting, text, &kind)?;
                broken.take(cell);
                if align(table, index) == Align::Decimal {
                    cell.least = cell.natural;
                    let (left, right) = grid::number_widths(setting, text, &kind)?;
                    side = (side.0.max(left), side.1.max(right));
                }
                whole.take(cell);
            }
            whole.natural = whole.natural.max(side.0 + side.1);
            whole.least = whole.least.max(side.0 + side.1);
            wants.whole.push(whole);
            wants.broken.push(broken);
            wants.sides.push(side);
        }
        Ok(wants)
    }
}

/// The width of a table below which words or numbers would be broken.
pub(crate) fn narrowest(setting: &Setting, table: &Table) -> Result<f64, MissingGlyph> {
    let wants = Wants::new(setting, table)?;
    let (gap, wants) = choose_gap(setting.theme.page.gutter, &wants.whole, &wants.broken, 0.0);
    Ok(columns::min_total_width(wants, gap))
}

fn columns(setting: &Setting, table: &Table, width: f64) -> Result<Vec<Column>, MissingGlyph> {
    let all = Wants::new(setting, table)?;
    let (gap, wants) = choose_gap(setting.theme.page.gutter, &all.whole, &all.broken, width);
    let mut columns = grid::columns(&grid::column_widths(wants, gap, width), gap);
    for (index, column) in columns.iter_mut().enumerate() {
        if align(table, index) == Align::Decimal {
            column.axis = Some(column.width - all.sides[index].1);
        }
    }
    Ok(columns)
}

fn head(
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    table: &Table,
    columns: &[Column],
) -> Result<Strip, MissingGlyph> {
    let kind = setting.label(setting.theme.colors.grey);
    let row = tree.add(node, Role::TableRow);
    let mut cells = Vec::new();
    for (index, head) in table.head.iter().enumerate() {
        let cell = tree.add(row, Role::TableHeader(Scope::Column));
        let place = match align(table, index) {
            Align::Decimal => Place::Right,
            Align::Left => Place::Left(0.0),
        };
        let text = Text::plain(tree, cell, head, &kind);
        cells.push(Cell { text, kind, place });
    }
    grid::row(setting, columns, cells)
}

fn table_row(
    setting: &Setting,
    tree: &mut Tree,
    body: TagId,
    table: &Table,
    row: &TableRow,
    columns: &[Column],
) -> Result<Strip, MissingGlyph> {
    let kind = cell_type(setting, row.emphasis);
    let node = tree.add(body, Role::TableRow);
    let label = tree.add(node, Role::TableHeader(Scope::Row));
    let text = Text::plain(tree, label, &row.label, &kind);
    let place = Place::Left(0.0);
    let mut cells = vec![Cell { text, kind, place }];
    for (index, cell) in row.cells.iter().enumerate() {
        let data = tree.add(node, Role::TableCell);
        let place = match align(table, index + 1) {
            Align::Decimal => Place::Axis(cell.text.clone()),
            Align::Left => Place::Left(0.0),
        };
        let text = data_text(setting, tree, data, cell, &kind);
        cells.push(Cell { text, kind, place });
    }
    grid::row(setting, columns, cells)
}

/// The text of a cell; one that shows a fact is a link to where the fact comes from.
fn data_text(
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    cell: &TableCell,
    kind: &Type,
) -> Text {
    let marked = cell.fact.and_then(|fact| Some((fact, setting.mark(fact)?)));
    let Some((fact, number)) = marked.filter(|_| !cell.text.is_empty()) else {
        return Text::plain(tree, node, &cell.text, kind);
    };
    let description = format!(
        "{}{}{}",
        setting.words.source,
        setting.colon(),
        setting.spoken(fact)
    );
    let target = LinkTarget::Destination(fact_name(number));
    let (live, leaf) = tree.link(node, target, description);
    let mut text = Text::filled(leaf, Some(live), &cell.text, kind);
    text.anchors.extend(tree.first_use(number));
    text
}
