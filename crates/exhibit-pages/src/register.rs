//! The register: every figure that the brief shows, and where it comes from.
//!
//! A table in the order of the marks, each entry a place that the marks lead to and that leads back to where its figure is first shown.

use std::rc::Rc;

use exhibit_charts::columns;
use exhibit_core::address::Address;
use exhibit_core::facts::{Fact, FactId, MetricId, Origin};
use exhibit_core::format::Language;
use exhibit_core::quantity::{Reading, Status};
use exhibit_scene::{Color, LinkTarget, MissingGlyph, Role, Scope, TagId, Weight};

use crate::block::grid::{self, Cell, CellAlign, Column};
use crate::block::prose::TaggedText;
use crate::flow::{Fragment, Stack};
use crate::style::{PageStyle, ParagraphStyle};
use crate::tags::{self, TagTree};

/// Columns: figure, value, where it comes from.
const COLUMNS: usize = 3;

/// One row before it is set.
struct RegisterRow {
    number: usize,
    /// What the first cell says.
    label: String,
    /// What the second cell says.
    value: String,
    /// What the third cell says.
    origin: Vec<OriginPart>,
}

/// The register as one stack, which may be parted between rows, but leaves two together at either end.
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

/// Every figure that is shown, in the order of its mark: who looks up a mark reads down the numbers.
fn entries(styles: &PageStyle) -> Vec<RegisterRow> {
    let mut above: Option<(MetricId, Option<&str>)> = None;
    let mut entries = Vec::new();
    for (index, entry) in styles.facts.register.iter().enumerate() {
        let fact = &styles.facts.facts[entry.fact.0];
        let note = fact.note.as_deref();
        // A note is left out where the row above says the same.
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

/// Figures of one width, for what is read downwards: marks and values. In words they would pull hyphens and years apart.
fn number_style(styles: &PageStyle) -> ParagraphStyle {
    let mut style = styles.fine();
    style.text.tabular = true;
    style
}

fn bold(styles: &PageStyle, color: Color) -> ParagraphStyle {
    let mut style = styles.fine();
    style.text.weight = Weight::SemiBold;
    style.text.color = color;
    style
}

fn row_fragment(
    styles: &PageStyle,
    columns: &[Column],
    cells: Vec<Cell>,
) -> Result<Fragment, MissingGlyph> {
    grid::row_of(styles, columns, cells, styles.theme.page.fine_row)
}

/// Widths of the columns, and how far figures hang from their numbers.
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
    // One word may be wider than all. A little is left for the steps that widths are tried in.
    columns::cut(&mut least, available * 0.94);
    Ok((
        grid::columns(&widths_of_fewest_lines(&rows, &least, available), gap),
        indent,
    ))
}

/// Of widths in steps of a fiftieth of the available, those that make the fewest lines; of equals the first.
fn widths_of_fewest_lines(
    rows: &[[f64; COLUMNS]],
    least: &[f64; COLUMNS],
    available: f64,
) -> [f64; COLUMNS] {
    // How many lines, as long as they are fewer than some.
    let lines = |widths: &[f64; COLUMNS], fewest: f64| -> f64 {
        let of = |row: &[f64; COLUMNS]| {
            let cells = row.iter().zip(widths);
            // A line is never quite full.
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

fn left_cell(text: TaggedText, style: ParagraphStyle, indent: f64) -> Cell {
    Cell {
        text,
        style,
        align: CellAlign::Left(indent),
    }
}

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
    // The number stands first, in reading as on the page.
    number.items.append(&mut fragment.items);
    fragment.items = number.items;
    fragment
        .anchors
        .push((tags::fact_destination(entry.number), 0.0));
    Ok(fragment)
}

/// The entry's number, a link to where its figure is first shown, if any place is.
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

/// The value with its qualifier, and those that disagree.
fn value(styles: &PageStyle, fact: &Fact) -> String {
    let mut text = fact.forms.label.clone();
    for other in &fact.conflicts {
        text.push_str(" \u{2260} ");
        text.push_str(&styles.facts.facts[other.0].forms.label);
    }
    text
}

/// How far the figure is from being known, and whose it is: "Forecast by the article. "; nothing for what simply happened.
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

/// A stretch of what a cell says of a figure's origin.
enum OriginPart {
    /// Words.
    Text(String),
    /// The mark of a figure, a link to its entry.
    Fact(FactId, usize),
    /// The number of a source, a link to the list of sources.
    Source(usize),
}

/// Status, source and place, or the formula in terms of other entries; then the note.
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
    // Why there is no value is as good as a value to who looks for one.
    let reason = match (&fact.reading, &fact.origin) {
        (Reading::Missing(reason), Origin::Stated { .. }) => Some(capitalized(reason)),
        _ => None,
    };
    for remark in reason.as_deref().into_iter().chain(note) {
        parts.push(OriginPart::Text(format!("{}{remark}", full_stop(styles))));
    }
    parts
}

/// A formula with the marks of its inputs for their addresses, as accounts write it: (6) ÷ (1 + (7)). An input that the document does not
/// show is called by its name.
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
            // The name of a function: all letters of it.
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

/// The inputs that an address of the formula stands for.
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

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}

/// The parts as plain text: what columns are measured by.
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

/// The parts with their links.
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
