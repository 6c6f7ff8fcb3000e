//! Tables: head, columns, and rows of texts that may show a fact each.

use exhibit_facts::facts::{Align, Table, TableCell, TableRow};
use exhibit_facts::span::Span;

use super::context::{BriefPart, Context};
use super::prose;
use crate::diag::{Code, Finding};
use crate::model::{ExhibitModel, RowModel, Spanned, Text};

/// Most rows of a table: what fits a page at reading size.
const MAX_ROWS: usize = 500;

/// Most columns of a table, the one of the row labels included.
const MAX_COLUMNS: usize = 12;

/// Resolves a table. `None` if it has no rows or too many; the finding says so.
pub(super) fn table(
    context: &mut Context<'_>,
    head: &[Text],
    align: &[Spanned<Align>],
    rows: &[RowModel],
    model: &ExhibitModel,
    at: BriefPart,
) -> Option<Table> {
    if rows.is_empty() || rows.len() > MAX_ROWS || !(2..=MAX_COLUMNS).contains(&head.len()) {
        context.push(
            Finding::error(
                Code::ChartWithoutData,
                model.id.span,
                format!(
                    "table `{}` has {} columns and {} rows",
                    model.id.value,
                    head.len(),
                    rows.len()
                ),
            )
            .help(format!(
                "give the table 2 to {MAX_COLUMNS} columns and 1 to {MAX_ROWS} rows"
            )),
        );
        return None;
    }
    let head: Vec<String> = head
        .iter()
        .map(|text| prose::label(context, text, at))
        .collect();
    let columns = head.len();
    let wrong = |context: &mut Context<'_>, span: Span, what: &str, count: usize, wanted: usize| {
        context.push(
            Finding::error(
                Code::TableShape,
                span,
                format!("{what} has {count} entries, but the head has {wanted} columns"),
            )
            .help("write one entry for each column; write \"\" for an empty cell"),
        );
    };
    let mut aligns: Vec<Align> = align.iter().map(|align| align.value).collect();
    if aligns.is_empty() {
        aligns = std::iter::once(Align::Left)
            .chain(std::iter::repeat_n(Align::Decimal, columns - 1))
            .collect();
    } else if aligns.len() != columns {
        wrong(context, align[0].span, "`align`", aligns.len(), columns);
    }
    let mut out = Vec::new();
    for row in rows {
        if row.cells.len() != columns - 1 {
            wrong(context, row.span, "this row", row.cells.len() + 1, columns);
        }
        let label = prose::label(context, &row.label, at);
        let cells = row
            .cells
            .iter()
            .map(|cell| {
                let prose = prose::line(context, cell, at);
                let fact = prose.facts().next();
                TableCell {
                    fact,
                    says: fact.map(|id| {
                        let fact = &context.store.facts[id.0];
                        (fact.address.clone(), fact.forms.spoken.clone())
                    }),
                    text: prose.text(),
                }
            })
            .collect();
        out.push(TableRow {
            label,
            cells,
            emphasis: row.emphasis,
        });
    }
    Some(Table {
        head,
        align: aligns,
        rows: out,
    })
}
