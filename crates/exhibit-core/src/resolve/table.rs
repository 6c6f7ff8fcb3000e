//! Tables: head, columns, and rows of texts that may show a fact each.

use std::collections::BTreeMap;

use exhibit_facts::facts::{Align, Annotation, Fact, FactId, Prose, Table, TableCell, TableRow};
use exhibit_facts::format;
use exhibit_facts::quantity::{Amount, DisplayPrecision, Reading, Value};
use exhibit_facts::span::Span;
use num_traits::Signed;

use super::context::{BriefPart, ColumnDigits, Context};
use super::naming::{Label, fits, is_period, named_alike};
use super::prose;
use super::template::{Lone, only_number};
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
    precision: &[Spanned<Option<DisplayPrecision>>],
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
    let written = head;
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
    if !aligns.is_empty() && aligns.len() != columns {
        wrong(context, align[0].span, "`align`", aligns.len(), columns);
    }
    if !precision.is_empty() && precision.len() != columns {
        let span = precision[0].span;
        wrong(
            context,
            span,
            "`digits` or `decimals`",
            precision.len(),
            columns,
        );
    }
    let asked = |column: usize| precision.get(column).and_then(|asked| asked.value);
    let digits: Vec<ColumnDigits> = (1..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.cells.get(column - 1));
            column_digits(context, cells, asked(column))
        })
        .collect();
    context.rounded_cells = false;
    let mut contents = vec![ColumnContent::default(); columns];
    let mut out = Vec::new();
    for row in rows {
        if row.cells.len() != columns - 1 {
            wrong(context, row.span, "this row", row.cells.len() + 1, columns);
        }
        let label = prose::label(context, &row.label, at);
        let cells: Vec<TableCell> = row
            .cells
            .iter()
            .enumerate()
            .map(|(index, cell)| {
                context.column = digits.get(index).cloned();
                let prose = prose::line(context, cell, at);
                context.column = None;
                let fact = prose.facts().next();
                if let Some(content) = contents.get_mut(index + 1) {
                    content.take(context, &prose);
                }
                let text = prose.text();
                let sign = fact.and_then(|id| absence_sign(&context.store.facts[id.0], &text));
                TableCell {
                    fact,
                    says: fact.map(|id| {
                        let fact = &context.store.facts[id.0];
                        (fact.address.clone(), fact.forms.spoken.clone())
                    }),
                    text: sign.map_or(text, str::to_owned),
                }
            })
            .collect();
        alike(context, &label, &row.label, &cells);
        out.push(TableRow {
            label,
            cells,
            emphasis: row.emphasis,
        });
    }
    if aligns.is_empty() {
        aligns = contents.iter().map(ColumnContent::align).collect();
    }
    columns_alike(context, &head, written, &out);
    Some(Table {
        head,
        align: aligns,
        rows: out,
    })
}

/// The digits of a column: numbers of one unit at one scale share their decimals.
fn column_digits<'m>(
    context: &Context<'_>,
    cells: impl Iterator<Item = &'m Text>,
    asked: Option<DisplayPrecision>,
) -> ColumnDigits {
    let mut numbers: BTreeMap<(String, u32), Vec<Value>> = BTreeMap::new();
    for Lone {
        value,
        unit,
        exponent,
    } in cells.filter_map(|cell| only_number(context, &cell.raw, cell.span))
    {
        numbers.entry((unit, exponent)).or_default().push(value);
    }
    let shared = numbers.into_iter().map(|(key, values)| {
        let decimals = format::shared_decimals(&values, key.1);
        let amounts = values.iter().flat_map(|value| value.shape.named());
        let largest: Option<Amount> = amounts.max_by_key(|amount| amount.value.abs()).cloned();
        (key, (decimals, largest))
    });
    ColumnDigits {
        asked,
        shared: shared.collect(),
    }
}

/// Holds each head of a column that is a period to the periods of the column's figures. One figure of the period is enough.
fn columns_alike(context: &mut Context<'_>, head: &[String], texts: &[Text], rows: &[TableRow]) {
    for (column, (label, text)) in head.iter().zip(texts).enumerate().skip(1) {
        let written = Label {
            text: label,
            raw: &text.raw,
            span: text.span,
        };
        let facts: Vec<FactId> = rows
            .iter()
            .filter_map(|row| row.cells.get(column - 1)?.fact)
            .collect();
        let one = facts.iter().any(|fact| fits(context, &written, *fact));
        if is_period(&written) && !one {
            named_alike(context, &written, facts.into_iter());
        }
    }
}

/// Holds the label of a row that is a period to the periods of the row's figures. A row may compare its figure with an earlier one, so that
/// one figure of the period is enough.
fn alike(context: &mut Context<'_>, label: &str, text: &Text, cells: &[TableCell]) {
    let written = Label {
        text: label,
        raw: &text.raw,
        span: text.span,
    };
    let facts: Vec<FactId> = cells.iter().filter_map(|cell| cell.fact).collect();
    if !facts.iter().any(|fact| fits(context, &written, *fact)) {
        named_alike(context, &written, facts.into_iter());
    }
}

/// The usual sign of a missing value in a table, for a cell that says nothing else.
fn absence_sign(fact: &Fact, text: &str) -> Option<&'static str> {
    match &fact.reading {
        Reading::Missing(reason) if fact.forms.label == text => {
            Some(format::absence_sign(reason.kind))
        }
        Reading::Missing(_) | Reading::Value(_) => None,
    }
}

/// What the cells of a column hold, for its alignment where the author says none.
#[derive(Clone, Copy, Default)]
struct ColumnContent {
    /// A cell is a number.
    numbers: bool,
    /// A cell is words.
    words: bool,
}

impl ColumnContent {
    /// Adds a cell. A cell of a fact alone is a number; so is a typed number with its signs and its unit of one word or none. An empty
    /// cell, a dash, and a fact without a value are neither.
    fn take(&mut self, context: &Context<'_>, cell: &Prose) {
        let typed = cell
            .runs
            .iter()
            .filter(|run| !matches!(run.annotation, Some(Annotation::Fact { .. })));
        let typed: String = typed.map(|run| run.text.as_str()).collect();
        let mut facts = cell.facts();
        if let (Some(fact), None, "") = (facts.next(), facts.next(), typed.trim()) {
            let found = matches!(context.store.fact(fact).reading, Reading::Value(_));
            self.numbers |= found;
            return;
        }
        let text = cell.text();
        let letters = |ch: char| ch.is_alphabetic();
        if text.contains(|ch: char| ch.is_ascii_digit())
            && text
                .split(|ch: char| !letters(ch))
                .filter(|word| !word.is_empty())
                .count()
                <= 1
        {
            self.numbers = true;
        } else if text.contains(letters) {
            self.words = true;
        }
    }

    /// Words stand left, and numbers alone on their decimal signs.
    fn align(&self) -> Align {
        if self.numbers && !self.words {
            Align::Decimal
        } else {
            Align::Left
        }
    }
}
