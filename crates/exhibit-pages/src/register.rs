//! The register: every figure that the document shows, with its origin.
//!
//! The register is a table in the order of the register numbers. Each marker in the text links to its row, and the
//! number of the row links back to the first use of the figure.

use std::rc::Rc;

use exhibit_charts::columns;
use exhibit_facts::address::Address;
use exhibit_facts::facts::{Fact, FactId, MetricId, Origin};
use exhibit_facts::language::Language;
use exhibit_facts::quantity::{Reading, Status};
use exhibit_scene::{Color, LinkTarget, MissingGlyph, Role, Scope, TagId, Weight};

use crate::block::grid::{self, Cell, CellAlign, Column};
use crate::block::prose::TaggedText;
use crate::flow::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::{self, TagTree};

/// Number of columns: label, value, origin.
const COLUMNS: usize = 3;

/// One row of the register before its setting.
struct RegisterRow {
    /// Register number, from 1.
    number: usize,
    /// Text of the first column.
    label: String,
    /// Text of the second column.
    value: String,
    /// Text of the third column.
    origin: Vec<OriginPart>,
}

/// The register as one stack. A page may end between two rows, but two rows stay together at each end.
///
/// # Errors
/// A character that no face has.
pub(crate) fn register(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
) -> Result<Stack, MissingGlyph> {
    let entries = entries(styles);
    let (columns, indent) = columns(styles, &entries)?;
    let width = styles.width();
    let page = &styles.theme.page;
    let colors = &styles.theme.colors;
    let table = tree.add(parent, Role::Table);
    let head_node = tree.add(table, Role::TableHead);
    let mut head = head(styles, tree, head_node, &columns, indent)?;
    grid::rule(&mut head, 0.0, width, page.heavy, colors.rule);
    let foot = head.height - page.hairline;
    grid::rule(&mut head, foot, width, page.hairline, colors.grid);
    head.keep_with_next = true;
    let repeat = Some(Rc::new(grid::as_artifact(&head)));
    let mut fragments = vec![head];
    let body = tree.add(table, Role::TableBody);
    for (index, entry) in entries.iter().enumerate() {
        let mut fragment = entry_row(styles, tree, body, entry, &columns, indent)?;
        if index > 0 {
            grid::rule(&mut fragment, 0.0, width, page.hairline, colors.grid);
        }
        fragment.keep_with_next =
            index + 1 < entries.len() && (index == 0 || index + 2 == entries.len());
        fragments.push(fragment);
    }
    if let Some(last) = fragments.last_mut() {
        last.height += page.hairline;
        let foot = last.height - page.heavy;
        grid::rule(last, foot, width, page.heavy, colors.rule);
    }
    Ok(Stack {
        fragments,
        repeat,
        ..Stack::default()
    })
}

/// Rows in the order of the register numbers.
fn entries(styles: &PageStyle) -> Vec<RegisterRow> {
    let mut above: Option<(MetricId, Option<&str>)> = None;
    let mut entries = Vec::new();
    for (index, entry) in styles.facts.register.iter().enumerate() {
        let fact = &styles.facts.facts[entry.fact.0];
        let note = fact.note.as_deref();
        // A note that repeats the note of the row above is left out.
        let repeated = above == Some((fact.metric, note));
        above = Some((fact.metric, note));
        entries.push(RegisterRow {
            number: index + 1,
            label: styles.fact_label(fact),
            value: value(styles, fact),
            origin: origin_parts(styles, fact, if repeated { None } else { note }),
        });
    }
    entries
}

/// Style of register numbers and values, with tabular figures. Tabular figures in words would space hyphens and years
/// too widely.
fn number_style(styles: &PageStyle) -> ParagraphStyle {
    let mut style = styles.fine();
    style.text.tabular = true;
    style
}

/// Semibold text of the register in a colour.
fn bold(styles: &PageStyle, color: Color) -> ParagraphStyle {
    let mut style = styles.fine();
    style.text.weight = Weight::SemiBold;
    style.text.color = color;
    style
}

/// One row as a fragment, at least as high as the rows of the register.
fn row_fragment(
    styles: &PageStyle,
    columns: &[Column],
    cells: Vec<Cell>,
) -> Result<Fragment, MissingGlyph> {
    grid::row_of(styles, columns, cells, styles.theme.page.fine_row)
}

/// Columns, and the indent of labels behind their numbers in points.
fn columns(
    styles: &PageStyle,
    entries: &[RegisterRow],
) -> Result<(Vec<Column>, f64), MissingGlyph> {
    let gap = styles.theme.page.gutter;
    let style = styles.fine();
    let count = styles.facts.register.len();
    let number_width = styles
        .fonts
        .width(&count.to_string(), &number_style(styles).text)?;
    let indent = number_width + styles.theme.page.step * 1.5;
    let mut least = [0.0_f64; COLUMNS];
    let heads = bold(styles, styles.theme.colors.grey);
    for (least, head) in least.iter_mut().zip(styles.words.register_head) {
        *least = styles.fonts.width(head, &heads.text)?;
    }
    let mut rows = Vec::new();
    for entry in entries {
        let cells = [
            grid::want(styles, &entry.label, &style)?,
            grid::want(styles, &entry.value, &number_style(styles))?,
            grid::want(styles, &origin_plain_text(&entry.origin), &style)?,
        ];
        let mut row = [0.0; COLUMNS];
        for (index, cell) in cells.into_iter().enumerate() {
            let hang = if index == 0 { indent } else { 0.0 };
            least[index] = least[index].max(cell.least + hang);
            row[index] = cell.natural + hang;
        }
        rows.push(row);
    }
    let available = styles.width() - 2.0 * gap;
    // A single word may be wider than the text area. The margin of 6 % leaves space for the steps of the search.
    columns::cap_widest(&mut least, available * 0.94);
    Ok((
        grid::columns(&widths_of_fewest_lines(&rows, &least, available), gap),
        indent,
    ))
}

/// Widths that give the rows the fewest lines. The search tries widths in steps of a fiftieth of `available` points;
/// among equals the first one wins.
fn widths_of_fewest_lines(
    rows: &[[f64; COLUMNS]],
    least: &[f64; COLUMNS],
    available: f64,
) -> [f64; COLUMNS] {
    // Number of lines, counted no further than `fewest`.
    let lines = |widths: &[f64; COLUMNS], fewest: f64| -> f64 {
        let of = |row: &[f64; COLUMNS]| {
            let cells = row.iter().zip(widths);
            // A line of words is never quite full: 4 % stay free.
            let most = cells.map(|(natural, width)| natural * 1.04 / width);
            most.fold(1.0, f64::max).ceil()
        };
        let mut count = 0.0;
        for row in rows {
            count += of(row);
            if count >= fewest {
                break;
            }
        }
        count
    };
    let total: f64 = least.iter().sum();
    let mut best = least.map(|least| least * available / total);
    let mut fewest = f64::INFINITY;
    for first in 1..50_u32 {
        for second in 1..50 - first {
            let (first, second) = (f64::from(first) / 50.0, f64::from(second) / 50.0);
            let widths = [
                first * available,
                second * available,
                (1.0 - first - second) * available,
            ];
            let wide_enough = widths
                .iter()
                .zip(least)
                .all(|(width, least)| width >= least);
            if wide_enough {
                let count = lines(&widths, fewest);
                if count < fewest {
                    (best, fewest) = (widths, count);
                }
            }
        }
    }
    best
}

/// Head row, below `node`.
fn head(
    styles: &PageStyle,
    tree: &mut TagTree,
    node: TagId,
    columns: &[Column],
    indent: f64,
) -> Result<Fragment, MissingGlyph> {
    let style = bold(styles, styles.theme.colors.grey);
    let row = tree.add(node, Role::TableRow);
    let mut cells = Vec::new();
    for (index, word) in styles.words.register_head.into_iter().enumerate() {
        let cell = tree.add(row, Role::TableHeader(Scope::Column));
        let text = TaggedText::plain(tree, cell, word, &style);
        cells.push(left_cell(
            text,
            style,
            if index == 0 { indent } else { 0.0 },
        ));
    }
    row_fragment(styles, columns, cells)
}

/// Cell with text at the left, `indent` points from the edge of the column.
fn left_cell(text: TaggedText, style: ParagraphStyle, indent: f64) -> Cell {
    Cell {
        text,
        style,
        align: CellAlign::Left(indent),
    }
}

/// One row, below `body`.
fn entry_row(
    styles: &PageStyle,
    tree: &mut TagTree,
    body: TagId,
    entry: &RegisterRow,
    columns: &[Column],
    indent: f64,
) -> Result<Fragment, MissingGlyph> {
    let style = styles.fine();
    let row = tree.add(body, Role::TableRow);
    let name = tree.add(row, Role::TableHeader(Scope::Row));
    let numbers = number_style(styles);
    let number = number_link(styles, tree, name, entry, &numbers);
    let figure = TaggedText::plain(tree, name, &entry.label, &style);
    let mut cells = vec![left_cell(figure, style, indent)];
    let cell = tree.add(row, Role::TableCell);
    let text = TaggedText::plain(tree, cell, &entry.value, &numbers);
    cells.push(left_cell(text, numbers, 0.0));
    let cell = tree.add(row, Role::TableCell);
    cells.push(left_cell(
        origin_text(styles, tree, cell, &entry.origin, &style),
        style,
        0.0,
    ));
    let mut fragment = row_fragment(styles, columns, cells)?;
    let mut number = row_fragment(styles, columns, vec![left_cell(number, numbers, 0.0)])?;
    // The number stands first, in reading order as on the page.
    number.items.append(&mut fragment.items);
    fragment.items = number.items;
    fragment
        .anchors
        .push((tags::fact_destination(entry.number), 0.0));
    Ok(fragment)
}

/// Register number of a row, as a link to the first use of the figure. A figure without a use in the text has no link.
fn number_link(
    styles: &PageStyle,
    tree: &mut TagTree,
    cell: TagId,
    entry: &RegisterRow,
    style: &ParagraphStyle,
) -> TaggedText {
    let number = entry.number.to_string();
    let mut style = *style;
    style.text.color = styles.theme.colors.grey;
    if !tree.facts_used.contains(&entry.number) {
        return TaggedText::plain(tree, cell, &number, &style);
    }
    let fact = styles.facts.register[entry.number - 1].fact;
    let target = LinkTarget::Destination(tags::use_destination(entry.number));
    let (link, leaf) = tree.add_link(cell, target, styles.fact_description(fact));
    TaggedText::in_leaf(leaf, Some(link), &number, &style)
}

/// Value with its qualifier, followed by the values that conflict.
fn value(styles: &PageStyle, fact: &Fact) -> String {
    // An estimate stands here with its interval, as in a sentence.
    let own = match fact.forms.interval.as_str() {
        "" => &fact.forms.label,
        _ => &fact.forms.sentence,
    };
    let mut text = own.clone();
    for other in &fact.conflicts {
        text.push_str(" \u{2260} ");
        text.push_str(&styles.facts.facts[other.0].forms.label);
    }
    text
}

/// Status of a figure and its author, as a sentence: "Forecast by the article. ". Empty for an actual value without an
/// author.
fn status(styles: &PageStyle, fact: &Fact) -> String {
    if fact.status == Status::Actual && fact.by.is_none() {
        return String::new();
    }
    let words = &styles.words;
    let index = Status::ALL.iter().position(|status| *status == fact.status);
    let status = words.status[index.expect("every status is among all of them")];
    let status_text = match &fact.by {
        Some(by) => words.by.replace("{status}", status).replace("{who}", by),
        None => status.into(),
    };
    format!("{}{}", capitalized(&status_text), full_stop(styles))
}

/// Full stop of the language, with the space behind it.
fn full_stop(styles: &PageStyle) -> &'static str {
    match styles.facts.meta.language {
        Language::Chinese => "。",
        Language::English | Language::German => ". ",
    }
}

/// Part of the text about the origin of a figure.
enum OriginPart {
    /// Plain text.
    Text(String),
    /// Register number of a fact, as a link to the row of the fact.
    Fact(FactId, usize),
    /// Number of a source from 1, as a link to the list of sources.
    Source(usize),
}

/// Status, source and place of a stated figure, or the formula of a derived one; then the reason for a missing value,
/// then the note.
fn origin_parts(styles: &PageStyle, fact: &Fact, note: Option<&str>) -> Vec<OriginPart> {
    let status_text = status(styles, fact);
    let mut parts = match &fact.origin {
        Origin::Stated { source, place, .. } => vec![
            OriginPart::Text(status_text),
            OriginPart::Source(source.0 + 1),
            OriginPart::Text(format!("\u{a0}{}", place.replace(' ', "\u{a0}"))),
        ],
        Origin::Derived { formula, inputs } => {
            let computed = capitalized(styles.words.computed);
            let colon = styles.colon();
            let mut parts = vec![OriginPart::Text(format!("{status_text}{computed}{colon}"))];
            parts.extend(formula_parts(styles, formula, inputs));
            parts
        }
    };
    // The reason for a missing value is what a reader of the register looks for.
    let reason = match (&fact.reading, &fact.origin) {
        (Reading::Missing(reason), Origin::Stated { .. }) if !reason.text.is_empty() => {
            Some(capitalized(&reason.text))
        }
        _ => None,
    };
    for remark in reason.as_deref().into_iter().chain(note) {
        parts.push(OriginPart::Text(format!("{}{remark}", full_stop(styles))));
    }
    parts
}

/// Formula with the register numbers of its inputs, as accounts write it: (6) ÷ (1 + (7)). An input that the document
/// does not show is written out with label and value.
fn formula_parts(styles: &PageStyle, formula: &str, inputs: &[FactId]) -> Vec<OriginPart> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = formula;
    while let Some(ch) = rest.chars().next() {
        let address = if ch.is_ascii_alphabetic() {
            Address::read(rest).ok()
        } else {
            None
        };
        let matching = address
            .as_ref()
            .map(|(address, _)| matching_inputs(styles, address, inputs))
            .unwrap_or_default();
        match address {
            Some((_, end)) if !matching.is_empty() => {
                for (index, input) in matching.into_iter().enumerate() {
                    words.push_str(if index > 0 { styles.comma() } else { "" });
                    match styles.register_number(input) {
                        Some(number) => {
                            words.push('(');
                            parts.push(OriginPart::Text(std::mem::take(&mut words)));
                            parts.push(OriginPart::Fact(input, number));
                            words.push(')');
                        }
                        None => words.push_str(&styles.fact_description(input)),
                    }
                }
                rest = &rest[end..];
            }
            // The name of a function, up to its last letter, figure or underscore.
            Some(_) => {
                let end = rest.find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '_');
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                words.push_str(name);
                rest = after;
            }
            None => {
                words.push(match ch {
                    '*' => '×',
                    '/' => '÷',
                    '-' => '\u{2212}',
                    other => other,
                });
                rest = &rest[ch.len_utf8()..];
            }
        }
    }
    parts.push(OriginPart::Text(words));
    parts
}

/// Inputs that an address of the formula selects.
fn matching_inputs(styles: &PageStyle, address: &Address, inputs: &[FactId]) -> Vec<FactId> {
    let fits = |input: &&FactId| {
        let fact = &styles.facts.facts[input.0];
        styles.facts.metrics[fact.metric.0].id == address.metric
            && address
                .dimensions
                .iter()
                .all(|(name, value)| fact.dimensions.get(name) == Some(value))
            && address.period.as_ref().is_none_or(|at| *at == fact.at)
    };
    inputs.iter().filter(fits).copied().collect()
}

/// Text with its first letter in upper case.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}

/// Parts as plain text, for the measurement of columns.
fn origin_plain_text(parts: &[OriginPart]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            OriginPart::Text(words) => text.push_str(words),
            OriginPart::Fact(_, number) => text.push_str(&number.to_string()),
            OriginPart::Source(number) => text.push_str(&format!("[{number}]")),
        }
    }
    text
}

/// Parts with their links.
fn origin_text(
    styles: &PageStyle,
    tree: &mut TagTree,
    cell: TagId,
    parts: &[OriginPart],
    style: &ParagraphStyle,
) -> TaggedText {
    let mut text = TaggedText::default();
    for part in parts {
        match part {
            OriginPart::Text(words) if words.is_empty() => {}
            OriginPart::Text(words) => text.append(TaggedText::plain(tree, cell, words, style)),
            OriginPart::Fact(fact, number) => {
                let target = LinkTarget::Destination(tags::fact_destination(*number));
                let (link, leaf) = tree.add_link(cell, target, styles.fact_description(*fact));
                let mut accent = *style;
                accent.text.color = styles.theme.colors.accent_text;
                text.append(TaggedText::in_leaf(
                    leaf,
                    Some(link),
                    &number.to_string(),
                    &accent,
                ));
            }
            OriginPart::Source(number) => {
                let target = LinkTarget::Destination(tags::source_destination(*number));
                let description = format!(
                    "{}{}{}",
                    styles.words.source,
                    styles.colon(),
                    styles.facts.sources[number - 1].title
                );
                let (link, leaf) = tree.add_link(cell, target, description);
                text.append(TaggedText::in_leaf(
                    leaf,
                    Some(link),
                    &format!("[{number}]"),
                    style,
                ));
            }
        }
    }
    text
}
