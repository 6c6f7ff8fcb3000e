//! Tables of exhibits: head, rows, rules, numbers aligned at their decimal signs.

use std::rc::Rc;

use exhibit_charts::columns::{self, choose_gap};
use exhibit_facts::facts::{Align, Table, TableCell, TableRow};
use exhibit_scene::theme::PageTokens;
use exhibit_scene::{LinkTarget, MissingGlyph, Role, Scope, TagId, TextStyle, Weight};

use super::grid::{self, Cell, CellAlign, Column, ContentWidth};
use super::prose::TaggedText;
use crate::fragment::Fragment;
use crate::region::text_region;
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::{TagTree, fact_destination};

/// A table as fragments, with the head for later pages.
pub(crate) struct TableLayout {
    /// Head and rows.
    pub(crate) fragments: Vec<Fragment>,
    /// Head as an artifact.
    pub(crate) head: Rc<Fragment>,
}

/// Rows of a table below its `Table` node, `width` points wide.
///
/// # Errors
/// A character that no face has.
pub(crate) fn table(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    table: &Table,
    width: f64,
) -> Result<TableLayout, MissingGlyph> {
    let columns = columns(styles, table, width)?;
    let page = &styles.theme.page;
    let colors = &styles.theme.colors;
    let head_node = tree.add(node, Role::TableHead);
    let mut head = head(styles, tree, head_node, table, &columns)?;
    grid::rule(&mut head, 0.0, width, page.heavy, colors.rule);
    let foot = head.height - page.hairline;
    grid::rule(&mut head, foot, width, page.hairline, colors.grid);
    head.keep_with_next = true;
    let repeated = Rc::new(grid::as_artifact(&head));
    let mut fragments = vec![head];
    let body = tree.add(node, Role::TableBody);
    let count = table.rows.len();
    let most = highest_row(styles);
    for (index, row) in table.rows.iter().enumerate() {
        let mut fragment = table_row(styles, tree, body, table, row, &columns)?;
        fragment.keep_with_next = index + 1 < count && (index == 0 || index + 2 == count);
        if index + 1 == count {
            fragment.height += page.hairline;
            let foot = fragment.height - page.heavy;
            grid::rule(&mut fragment, foot, width, page.heavy, colors.rule);
        }
        fragments.extend(grid::parted(fragment, most));
    }
    Ok(TableLayout {
        fragments,
        head: repeated,
    })
}

/// Greatest height of a row that no page end may cut, in points. A higher row would leave too much of a page empty.
pub(crate) fn highest_row(styles: &PageStyle) -> f64 {
    text_region(styles.theme).size.height * PageTokens::EMPTY
}

/// Style of cells: text of charts, with tabular figures.
fn cell_type(styles: &PageStyle, emphasis: bool) -> ParagraphStyle {
    let chart = &styles.theme.chart;
    let text = TextStyle {
        size: chart.label,
        tabular: true,
        weight: if emphasis {
            Weight::SemiBold
        } else {
            Weight::Regular
        },
        ..styles.small().text
    };
    ParagraphStyle {
        text,
        leading: chart.label_leading,
    }
}

/// Alignment of a column; left for a column without one.
fn column_align(table: &Table, index: usize) -> Align {
    table.align.get(index).copied().unwrap_or(Align::Left)
}

/// Texts of a row, the label first.
fn texts(row: &TableRow) -> impl Iterator<Item = &str> {
    std::iter::once(row.label.as_str()).chain(row.cells.iter().map(|cell| cell.text.as_str()))
}

/// Widths that the columns of a table ask for.
struct ColumnWidths {
    /// Widths with every number on one line.
    whole: Vec<ContentWidth>,
    /// Widths with line ends in cells of numbers too, wherever text allows one: never inside a number, nor between a
    /// number and its unit.
    broken: Vec<ContentWidth>,
    /// Widths left and right of the decimal sign, in points.
    sides: Vec<(f64, f64)>,
}

impl ColumnWidths {
    /// Widths of all columns.
    fn new(styles: &PageStyle, table: &Table) -> Result<Self, MissingGlyph> {
        let heads = styles.label(styles.theme.colors.grey);
        let mut wants = Self {
            whole: Vec::new(),
            broken: Vec::new(),
            sides: Vec::new(),
        };
        for (index, head) in table.head.iter().enumerate() {
            let head = grid::want(styles, head, &heads)?;
            // A head takes two lines before its column grows.
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
                let style = cell_type(styles, row.emphasis);
                let mut cell = grid::want(styles, text, &style)?;
                broken.take(cell);
                if column_align(table, index) == Align::Decimal {
                    cell.least = cell.natural;
                    let (left, right) = grid::number_widths(styles, text, &style)?;
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

/// Least width of a table that breaks no word and no number, in points.
///
/// # Errors
/// A character that no face has.
pub(crate) fn min_width(styles: &PageStyle, table: &Table) -> Result<f64, MissingGlyph> {
    let wants = ColumnWidths::new(styles, table)?;
    let (gap, wants) = choose_gap(styles.theme.page.gutter, &wants.whole, &wants.broken, 0.0);
    Ok(columns::min_total_width(wants, gap))
}

/// Columns that together are `width` points wide.
fn columns(styles: &PageStyle, table: &Table, width: f64) -> Result<Vec<Column>, MissingGlyph> {
    let all = ColumnWidths::new(styles, table)?;
    let (gap, wants) = choose_gap(styles.theme.page.gutter, &all.whole, &all.broken, width);
    let mut columns = grid::columns(&grid::column_widths(wants, gap, width), gap);
    for (index, column) in columns.iter_mut().enumerate() {
        if column_align(table, index) == Align::Decimal {
            column.axis = Some(column.width - all.sides[index].1);
        }
    }
    Ok(columns)
}

/// Head row, below `node`.
fn head(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    table: &Table,
    columns: &[Column],
) -> Result<Fragment, MissingGlyph> {
    let style = styles.label(styles.theme.colors.grey);
    let row = tree.add(node, Role::TableRow);
    let mut cells = Vec::new();
    for (index, head) in table.head.iter().enumerate() {
        let cell = tree.add(row, Role::TableHeader(Scope::Column));
        let align = match column_align(table, index) {
            Align::Decimal => CellAlign::Right,
            Align::Left => CellAlign::Left(0.0),
        };
        let text = TaggedText::plain(tree, cell, head, &style);
        cells.push(Cell { text, style, align });
    }
    grid::row(styles, columns, cells)
}

/// One row, below `body`.
fn table_row(
    styles: &PageStyle,
    tree: &mut TagTree,
    body: TagId,
    table: &Table,
    row: &TableRow,
    columns: &[Column],
) -> Result<Fragment, MissingGlyph> {
    let style = cell_type(styles, row.emphasis);
    let node = tree.add(body, Role::TableRow);
    let label = tree.add(node, Role::TableHeader(Scope::Row));
    let text = TaggedText::plain(tree, label, &row.label, &style);
    let align = CellAlign::Left(0.0);
    let mut cells = vec![Cell { text, style, align }];
    for (index, cell) in row.cells.iter().enumerate() {
        let data = tree.add(node, Role::TableCell);
        let align = match column_align(table, index + 1) {
            Align::Decimal => CellAlign::Decimal(cell.text.clone()),
            Align::Left => CellAlign::Left(0.0),
        };
        let text = data_text(styles, tree, data, cell, &style);
        cells.push(Cell { text, style, align });
    }
    grid::row(styles, columns, cells)
}

/// Text of a cell. The text of a fact in the register is a link to its row.
fn data_text(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    cell: &TableCell,
    style: &ParagraphStyle,
) -> TaggedText {
    let marked = cell
        .fact
        .and_then(|fact| Some((fact, styles.register_number(fact)?)));
    let Some((fact, number)) = marked.filter(|_| !cell.text.is_empty()) else {
        return TaggedText::plain(tree, node, &cell.text, style);
    };
    let description = format!(
        "{}{}{}",
        styles.words.source,
        styles.colon(),
        styles.fact_description(fact)
    );
    let target = LinkTarget::Destination(fact_destination(number));
    let (link, leaf) = tree.add_link(node, target, description);
    let mut text = TaggedText::in_leaf(leaf, Some(link), &cell.text, style);
    text.anchors.extend(tree.first_use(number));
    text
}
