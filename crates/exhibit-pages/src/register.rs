//! The register: every figure that the document shows, with its origin.
//!
//! The register is a table in the order of the register numbers. Each marker in the text links to its row, and the
//! number of the row links back to the first use of the figure. A row may stand for a whole series: how many values,
//! over which time, in which rows of which file. The brief may leave the table to the attached file altogether.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use exhibit_charts::columns;
use exhibit_facts::address::Address;
use exhibit_facts::facts::{Fact, FactId, MetricId, Origin, RegisterForm};
use exhibit_facts::format;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Reading, Status};
use exhibit_scene::{Color, LinkTarget, MissingGlyph, Role, Scope, TagId, Weight};

use crate::block::grid::{self, Cell, CellAlign, Column};
use crate::block::prose::TaggedText;
use crate::block::table::highest_row;
use crate::fragment::{Fragment, Stack};
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

/// The register in the form that the brief asks for: a table, with a sentence below about the values behind the rows
/// of series; or one sentence alone.
///
/// # Errors
/// A character that no face has.
pub(crate) fn register(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
) -> Result<Vec<Stack>, MissingGlyph> {
    let entries = entries(styles);
    if styles.facts.meta.register == RegisterForm::Attached {
        let mut stack = sentence(styles, tree, parent, styles.words.register_attached)?;
        // The sentence is what every marker leads to.
        let anchors = entries
            .iter()
            .map(|entry| (tags::fact_destination(entry.number), 0.0));
        stack.fragments[0].anchors.extend(anchors);
        return Ok(vec![stack]);
    }
    let mut stacks = vec![rows(styles, tree, parent, &entries)?];
    if entries.len() < styles.facts.register.len() {
        stacks.push(sentence(
            styles,
            tree,
            parent,
            styles.words.register_series,
        )?);
    }
    Ok(stacks)
}

/// A sentence about the register, in grey.
fn sentence(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    words: &str,
) -> Result<Stack, MissingGlyph> {
    let style = styles.quiet();
    let node = tree.add(parent, Role::P);
    let text = TaggedText::plain(tree, node, words, &style);
    let width = styles.measure(styles.width());
    Ok(Stack {
        above: styles.theme.page.paragraph,
        below: styles.theme.page.paragraph,
        fragments: text.fragments(styles, &style, 0.0, width, false)?,
        ..Stack::default()
    })
}

/// The table as one stack. A page may end between two rows, but two rows stay together at each end.
///
/// # Errors
/// A character that no face has.
fn rows(
    styles: &PageStyle,
    tree: &mut TagTree,
    parent: TagId,
    entries: &[RegisterRow],
) -> Result<Stack, MissingGlyph> {
    let (columns, indent) = columns(styles, entries)?;
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
    let mut parts: Vec<Fragment> = Vec::new();
    let body = tree.add(table, Role::TableBody);
    for (index, entry) in entries.iter().enumerate() {
        let mut fragment = entry_row(styles, tree, body, entry, &columns, indent)?;
        if index > 0 {
            grid::rule(&mut fragment, 0.0, width, page.hairline, colors.grid);
        }
        fragment.keep_with_next =
            index + 1 < entries.len() && (index == 0 || index + 2 == entries.len());
        parts.push(fragment);
    }
    if let Some(last) = parts.last_mut() {
        last.height += page.hairline;
        let foot = last.height - page.heavy;
        grid::rule(last, foot, width, page.heavy, colors.rule);
    }
    let most = highest_row(styles);
    fragments.extend(parts.into_iter().flat_map(|row| grid::parted(row, most)));
    Ok(Stack {
        fragments,
        repeat,
        ..Stack::default()
    })
}

/// Rows in the order of the register numbers.
fn entries(styles: &PageStyle) -> Vec<RegisterRow> {
    let mut rows: BTreeMap<usize, Vec<FactId>> = BTreeMap::new();
    for entry in &styles.facts.register {
        rows.entry(entry.row).or_default().push(entry.fact);
    }
    let mut above: Option<(MetricId, Option<&str>)> = None;
    let mut entries = Vec::new();
    for (number, row) in rows {
        let fact = &styles.facts.facts[row[0].0];
        let note = fact.note.as_deref();
        // A note that repeats the note of the row above is left out.
        let repeated = above == Some((fact.metric, note));
        above = Some((fact.metric, note));
        let note = if repeated { None } else { note };
        entries.push(match row.as_slice() {
            [_] => RegisterRow {
                number,
                label: styles.fact_label(fact),
                value: value(styles, fact),
                origin: origin_parts(styles, fact, note),
            },
            series => RegisterRow {
                number,
                label: series_label(styles, series),
                value: series_value(styles, series),
                origin: series_origin(styles, series, note),
            },
        });
    }
    entries
}

/// Label of a series: label of its metric, the time it covers, its dimension values.
fn series_label(styles: &PageStyle, series: &[FactId]) -> String {
    let facts: Vec<&Fact> = series.iter().map(|id| &styles.facts.facts[id.0]).collect();
    let first = facts[0];
    let mut parts = vec![styles.facts.metrics[first.metric.0].label.clone()];
    if facts.iter().all(|fact| fact.at == first.at) {
        parts.push(first.at_text.clone());
    } else {
        let periods: Vec<&Period> = facts.iter().map(|fact| &fact.at).collect();
        parts.push(format::covering(styles.facts.meta.language, &periods));
    }
    for (name, value) in &first.dimensions {
        let mut values: Vec<&str> = vec![value];
        for fact in &facts {
            let other = fact.dimensions.get(name).map_or("", String::as_str);
            if !values.contains(&other) {
                values.push(other);
            }
        }
        let last = values[values.len() - 1];
        if values.len() > MOST_VALUES {
            values.truncate(SHOWN_VALUES);
            values.extend(["…", last]);
        }
        parts.push(values.join(styles.comma()));
    }
    parts.join(styles.comma())
}

/// Most dimension values that a row names one by one.
const MOST_VALUES: usize = 12;
/// Dimension values that a row names when there are more, before the last one.
const SHOWN_VALUES: usize = 3;

/// Number of values of a series.
fn series_value(styles: &PageStyle, series: &[FactId]) -> String {
    let missing = |id: &&FactId| {
        let fact = &styles.facts.facts[id.0];
        matches!(fact.reading, Reading::Missing(_))
    };
    let missing = series.iter().filter(missing).count();
    format::values(styles.facts.meta.language, series.len() - missing, missing)
}

/// Status, source and places of a series, or its formula; then the reasons for missing values, then the note.
fn series_origin(styles: &PageStyle, series: &[FactId], note: Option<&str>) -> Vec<OriginPart> {
    let facts: Vec<&Fact> = series.iter().map(|id| &styles.facts.facts[id.0]).collect();
    let mut inputs: Vec<FactId> = Vec::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut places: Vec<&str> = Vec::new();
    let mut reasons: Vec<String> = Vec::new();
    for fact in &facts {
        match &fact.origin {
            Origin::Stated { place, .. } => {
                places.push(place);
                if let Reading::Missing(reason) = &fact.reading {
                    let words = match reason.text.as_str() {
                        "" => format::absent(styles.facts.meta.language, reason.kind),
                        text => text,
                    };
                    let reason = capitalized(words);
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
            }
            Origin::Derived { inputs: own, .. } => {
                inputs.extend(own.iter().filter(|input| seen.insert(input.0)));
            }
        }
    }
    let mut parts = match &facts[0].origin {
        Origin::Stated { source, .. } => {
            let places = format::places(styles.facts.meta.language, &places);
            stated_parts(styles, facts[0], source.0 + 1, &places)
        }
        Origin::Derived { formula, .. } => derived_parts(styles, facts[0], formula, &inputs, true),
    };
    let remarks = reasons.iter().map(String::as_str).chain(note);
    add_remarks(styles, &mut parts, remarks);
    parts
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
    let last = entries.last().map_or(0, |entry| entry.number);
    let number_width = styles
        .fonts
        .width(&last.to_string(), &number_style(styles).text)?;
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
    let target = LinkTarget::Destination(tags::use_destination(entry.number));
    let description = format!("{}{}{}", entry.label, styles.colon(), entry.value);
    let (link, leaf) = tree.add_link(cell, target, description);
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
    let stop = format::stop(styles.facts.meta.language, &status_text);
    format!("{}{stop}", capitalized(&status_text))
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
    let mut parts = match &fact.origin {
        Origin::Stated { source, place, .. } => stated_parts(styles, fact, source.0 + 1, place),
        Origin::Derived { formula, inputs } => derived_parts(styles, fact, formula, inputs, false),
    };
    // The reason for a missing value is what a reader of the register looks for.
    let reason = match (&fact.reading, &fact.origin) {
        (Reading::Missing(reason), Origin::Stated { .. }) if !reason.text.is_empty() => {
            Some(capitalized(&reason.text))
        }
        _ => None,
    };
    add_remarks(
        styles,
        &mut parts,
        reason.as_deref().into_iter().chain(note),
    );
    parts
}

/// Longest place that stays on one line, in characters. A line may end in a longer one.
const UNBROKEN_PLACE: usize = 24;

/// Status, source and place. `source` is the number of the source, from 1.
fn stated_parts(styles: &PageStyle, fact: &Fact, source: usize, place: &str) -> Vec<OriginPart> {
    let mut parts = vec![
        OriginPart::Text(status(styles, fact)),
        OriginPart::Source(source),
    ];
    if !place.is_empty() {
        let place = if place.chars().count() <= UNBROKEN_PLACE {
            place.replace(' ', "\u{a0}")
        } else {
            place.to_owned()
        };
        parts.push(OriginPart::Text(format!("\u{a0}{place}")));
    }
    parts
}

/// Status and formula.
fn derived_parts(
    styles: &PageStyle,
    fact: &Fact,
    formula: &str,
    inputs: &[FactId],
    series: bool,
) -> Vec<OriginPart> {
    let computed = capitalized(styles.words.computed);
    let words = format!("{}{computed}{}", status(styles, fact), styles.colon());
    let mut parts = vec![OriginPart::Text(words)];
    parts.extend(formula_parts(styles, formula, inputs, series));
    parts
}

/// Adds remarks behind the origin, each as a sentence of its own. A place may end with a stop already: "p. 3 ff."
fn add_remarks<'t>(
    styles: &PageStyle,
    parts: &mut Vec<OriginPart>,
    remarks: impl Iterator<Item = &'t str>,
) {
    for remark in remarks {
        let before = match parts.last() {
            Some(OriginPart::Text(text)) if !text.is_empty() => text.as_str(),
            // The number of a source or of a fact stands in brackets.
            _ => "]",
        };
        let stop = format::stop(styles.facts.meta.language, before);
        parts.push(OriginPart::Text(format!("{stop}{}", begun(remark))));
    }
}

/// Formula with the register numbers of its inputs, as accounts write it: (6) ÷ (1 + (7)). An input that the document
/// does not show is written out with label and value. `series` is true for the formula of a row of several facts.
fn formula_parts(
    styles: &PageStyle,
    formula: &str,
    inputs: &[FactId],
    series: bool,
) -> Vec<OriginPart> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = formula;
    while let Some(ch) = rest.chars().next() {
        // The name behind "over" is that of a dimension.
        let address = if ch.is_ascii_alphabetic() && !words.ends_with(" over ") {
            Address::read(rest).ok()
        } else {
            None
        };
        let matching = address
            .as_ref()
            .map(|(address, _)| matching_inputs(styles, address, inputs))
            .unwrap_or_default();
        match address {
            Some((address, end)) if !matching.is_empty() => {
                input_parts(styles, &address, &matching, series, &mut words, &mut parts);
                rest = &rest[end..];
            }
            // The name of a function or dimension, up to its last letter, figure or underscore.
            _ if ch.is_ascii_alphabetic() => {
                let end = rest.find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '_');
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                words.push_str(name);
                rest = after;
            }
            _ => {
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

/// Most inputs of an address that a formula names one by one.
const MOST_INPUTS: usize = 6;

/// Most inputs of an address without a row that a formula writes out.
const MOST_UNLISTED: usize = 2;
/// Most runs of rows that stand behind the label of many inputs.
const MOST_RUNS: usize = 3;

/// Appends the inputs that an address selects. One input, and a few that stand singly, are their rows in the register, or
/// label and value where they have none. An input in the row of a series has its value, too. Many inputs, and those of
/// a formula for a whole series, are the label of their metric with the rows behind it. `words` is the text since the
/// last part.
fn input_parts(
    styles: &PageStyle,
    address: &Address,
    matching: &[FactId],
    series: bool,
    words: &mut String,
    parts: &mut Vec<OriginPart>,
) {
    let row = |input: &FactId| styles.register_number(*input);
    let single = |input: &FactId| row(input).is_none_or(|row| !styles.is_series(row));
    let mut push = |input: FactId, row: usize, words: &mut String| {
        words.push('(');
        parts.push(OriginPart::Text(std::mem::take(words)));
        parts.push(OriginPart::Fact(input, row));
        words.push(')');
    };
    let unlisted = matching.iter().filter(|input| row(input).is_none()).count();
    if matching.len() == 1
        || !series
            && matching.len() <= MOST_INPUTS
            && unlisted <= MOST_UNLISTED
            && matching.iter().all(single)
    {
        for (index, input) in matching.iter().enumerate() {
            words.push_str(if index > 0 { styles.comma() } else { "" });
            match row(input) {
                None => words.push_str(&styles.fact_description(*input)),
                Some(row) => {
                    if styles.is_series(row) {
                        words.push_str(&styles.facts.facts[input.0].forms.label);
                        words.push(' ');
                    }
                    push(*input, row, words);
                }
            }
        }
        return;
    }
    words.push_str(&selection_label(styles, address));
    let mut rows: BTreeMap<Option<usize>, FactId> = BTreeMap::new();
    for input in matching {
        rows.entry(row(input)).or_insert(*input);
    }
    let rows: Vec<(usize, FactId)> = rows
        .into_iter()
        .map(|(row, input)| (row.unwrap_or(0), input))
        .collect();
    let runs: Vec<&[(usize, FactId)]> = rows
        .chunk_by(|(left, _), (right, _)| left + 1 == *right)
        .collect();
    // Row 0 is no row: an input that the register does not hold.
    if rows[0].0 == 0 || runs.len() > MOST_RUNS {
        return;
    }
    words.push(' ');
    for (index, run) in runs.into_iter().enumerate() {
        words.push_str(if index > 0 { styles.comma() } else { "" });
        push(run[0].1, run[0].0, words);
        if let [_, .., last] = run {
            words.push('–');
            push(last.1, last.0, words);
        }
    }
}

/// What an address selects, in words: label of the metric, period, dimension values.
fn selection_label(styles: &PageStyle, address: &Address) -> String {
    let metrics = &styles.facts.metrics;
    let metric = metrics.iter().find(|metric| metric.id == address.metric);
    let label = metric.map_or(&address.metric, |metric| &metric.label);
    let mut parts = vec![label.clone()];
    let period = address.period.as_ref();
    parts.extend(period.map(|period| format::period(styles.facts.meta.language, period)));
    parts.extend(address.dimensions.values().cloned());
    parts.join(styles.comma())
}

/// Inputs that an address of the formula selects: those of its period, else those within it.
fn matching_inputs(styles: &PageStyle, address: &Address, inputs: &[FactId]) -> Vec<FactId> {
    let select = |fits: &dyn Fn(&Period) -> bool| -> Vec<FactId> {
        let selected = inputs.iter().filter(|input| {
            let fact = &styles.facts.facts[input.0];
            styles.facts.metrics[fact.metric.0].id == address.metric
                && address
                    .dimensions
                    .iter()
                    .all(|(name, value)| fact.dimensions.get(name) == Some(value))
                && fits(&fact.at)
        });
        selected.copied().collect()
    };
    let Some(at) = &address.period else {
        return select(&|_| true);
    };
    let same = select(&|period| period == at);
    if !same.is_empty() {
        return same;
    }
    let (first, last) = at.order();
    select(&|period| {
        let (from, to) = period.order();
        first <= from && to <= last
    })
}

/// Text as a sentence begins: with a capital letter, unless its first word is a name such as iPhone.
fn begun(text: &str) -> String {
    let word = text.split(|ch: char| !ch.is_alphabetic()).next();
    if word.unwrap_or_default().chars().all(char::is_lowercase) {
        capitalized(text)
    } else {
        text.to_owned()
    }
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
