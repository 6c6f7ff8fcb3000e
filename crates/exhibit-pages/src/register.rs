//! The register: every figure that the brief shows, and where it comes from.
//!
//! A table grouped by metric, each entry a place that the marks lead to and that leads back to where its figure is first shown.

use std::rc::Rc;

use exhibit_core::facts::{Fact, MetricId, Origin};
use exhibit_core::format::Language;
use exhibit_core::quantity::Status;
use exhibit_scene::{Color, LinkTarget, MissingGlyph, Role, Scope, TagId, Weight};

use crate::block::grid::{self, Cell, Column, Place};
use crate::block::prose::Text;
use crate::flow::{Stack, Strip};
use crate::style::{Setting, Type};
use crate::tags::{self, Tree};

/// Columns: figure, value, where it comes from.
const COLUMNS: usize = 3;

/// One row before it is set.
struct Entry<'a> {
    number: usize,
    /// Its note, unless the row above it says the same.
    note: Option<&'a str>,
    fact: &'a Fact,
    /// What the first cell says.
    figure: String,
}

/// The register as one stack, which may be parted between rows but never leaves the name of a metric alone.
pub(crate) fn register(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
) -> Result<Stack, MissingGlyph> {
    let groups = groups(setting);
    let (columns, indent) = columns(setting, &groups)?;
    let width = setting.width();
    let page = &setting.theme.page;
    let colors = &setting.theme.colors;
    let table = tree.add(parent, Role::Table);
    let head_node = tree.add(table, Role::TableHead);
    let mut head = head(setting, tree, head_node, &columns)?;
    grid::rule(&mut head, 0.0, width, page.heavy, colors.rule);
    let foot = head.height - page.hairline;
    grid::rule(&mut head, foot, width, page.hairline, colors.grid);
    head.keep = true;
    let repeat = Some(Rc::new(grid::as_artifact(&head)));
    let mut strips = vec![head];
    let body = tree.add(table, Role::TableBody);
    for (index, (metric, entries)) in groups.iter().enumerate() {
        let first = strips.len();
        if entries.len() > 1 {
            strips.push(group_row(setting, tree, body, *metric, width)?);
        }
        for entry in entries {
            strips.push(entry_row(setting, tree, body, entry, &columns, indent)?);
        }
        if index > 0 {
            grid::rule(&mut strips[first], 0.0, width, page.hairline, colors.grid);
        }
        keep_ends(&mut strips[first..]);
    }
    if let Some(last) = strips.last_mut() {
        last.height += page.hairline;
        let foot = last.height - page.heavy;
        grid::rule(last, foot, width, page.heavy, colors.rule);
    }
    Ok(Stack {
        strips,
        repeat,
        ..Stack::default()
    })
}

/// No page may leave less than two figures of a metric above or below its end.
fn keep_ends(group: &mut [Strip]) {
    let count = group.len();
    let named = usize::from(count > 1);
    for (index, strip) in group.iter_mut().enumerate() {
        strip.keep = index + 1 < count && (index <= named || index + 2 == count);
    }
}

/// Entries of each metric, metrics in the order of their first mark.
fn groups<'a>(setting: &'a Setting) -> Vec<(MetricId, Vec<Entry<'a>>)> {
    let mut groups: Vec<(MetricId, Vec<Entry<'a>>)> = Vec::new();
    for (index, entry) in setting.facts.register.iter().enumerate() {
        let fact = &setting.facts.facts[entry.fact.0];
        let entry = Entry {
            number: index + 1,
            fact,
            note: fact.note.as_deref(),
            figure: figure(fact),
        };
        match groups.iter_mut().find(|(metric, _)| *metric == fact.metric) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((fact.metric, vec![entry])),
        }
    }
    for (metric, entries) in &mut groups {
        for index in (1..entries.len()).rev() {
            if entries[index].note == entries[index - 1].note {
                entries[index].note = None;
            }
        }
        // A figure that is the only one of its metric says the metric's name itself.
        if let [only] = entries.as_mut_slice() {
            let label = &setting.facts.metrics[metric.0].label;
            only.figure = format!("{label}, {}", only.figure);
        }
    }
    groups
}

/// Figures of one width, for what is read downwards: marks and values. In words they would pull hyphens and years apart.
fn number_type(setting: &Setting) -> Type {
    let mut kind = setting.fine();
    kind.style.tabular = true;
    kind
}

fn bold(setting: &Setting, color: Color) -> Type {
    let mut kind = setting.fine();
    kind.style.weight = Weight::SemiBold;
    kind.style.color = color;
    kind
}

fn set_row(setting: &Setting, columns: &[Column], cells: Vec<Cell>) -> Result<Strip, MissingGlyph> {
    grid::row_of(setting, columns, cells, setting.theme.page.fine_row)
}

/// Widths of the columns, and how far figures hang from their numbers.
fn columns(
    setting: &Setting,
    groups: &[(MetricId, Vec<Entry>)],
) -> Result<(Vec<Column>, f64), MissingGlyph> {
    let gap = setting.theme.page.gutter;
    let kind = setting.fine();
    let count = setting.facts.register.len();
    let marks = setting
        .fonts
        .width(&count.to_string(), &number_type(setting).style)?;
    let indent = marks + setting.theme.page.step * 1.5;
    let mut least = [0.0_f64; COLUMNS];
    let heads = bold(setting, setting.theme.colors.grey);
    for (least, head) in least.iter_mut().zip(setting.words.register_head) {
        *least = setting.fonts.width(head, &heads.style)?;
    }
    let mut rows = Vec::new();
    for entry in groups.iter().flat_map(|(_, entries)| entries) {
        let cells = [
            grid::want(setting, &entry.figure, &kind)?,
            grid::want(setting, &value(setting, entry.fact), &number_type(setting))?,
            grid::want(setting, &place_text(setting, entry), &kind)?,
        ];
        let mut row = [0.0; COLUMNS];
        for (index, cell) in cells.into_iter().enumerate() {
            let hang = if index == 0 { indent } else { 0.0 };
            least[index] = least[index].max(cell.least + hang);
            row[index] = cell.natural + hang;
        }
        rows.push(row);
    }
    let room = setting.width() - 2.0 * gap;
    Ok((grid::columns(&shortest(&rows, &least, room), gap), indent))
}

/// Of widths in steps of a fiftieth of the room, those that make the fewest lines; of equals the first.
fn shortest(rows: &[[f64; COLUMNS]], least: &[f64; COLUMNS], room: f64) -> [f64; COLUMNS] {
    let lines = |widths: &[f64; COLUMNS]| -> f64 {
        let of = |row: &[f64; COLUMNS]| {
            let cells = row.iter().zip(widths);
            // A line is never quite full.
            cells
                .map(|(said, width)| (said * 1.04 / width).ceil())
                .fold(1.0, f64::max)
        };
        rows.iter().map(of).sum()
    };
    let total: f64 = least.iter().sum();
    let mut best = least.map(|least| least * room / total);
    let mut fewest = f64::INFINITY;
    for first in 1..50_u32 {
        for second in 1..50 - first {
            let (first, second) = (f64::from(first) / 50.0, f64::from(second) / 50.0);
            let widths = [first * room, second * room, (1.0 - first - second) * room];
            let wide_enough = widths
                .iter()
                .zip(least)
                .all(|(width, least)| width >= least);
            if wide_enough {
                let count = lines(&widths);
                if count < fewest {
                    (best, fewest) = (widths, count);
                }
            }
        }
    }
    best
}

fn head(
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    columns: &[Column],
) -> Result<Strip, MissingGlyph> {
    let kind = bold(setting, setting.theme.colors.grey);
    let row = tree.add(node, Role::TableRow);
    let mut cells = Vec::new();
    for word in setting.words.register_head {
        let cell = tree.add(row, Role::TableHeader(Scope::Column));
        cells.push(words(Text::plain(tree, cell, word, &kind), kind, 0.0));
    }
    set_row(setting, columns, cells)
}

fn words(text: Text, kind: Type, indent: f64) -> Cell {
    Cell {
        text,
        kind,
        place: Place::Left(indent),
    }
}

/// The metric's name over its figures; a head cell of everything below it.
fn group_row(
    setting: &Setting,
    tree: &mut Tree,
    body: TagId,
    metric: MetricId,
    width: f64,
) -> Result<Strip, MissingGlyph> {
    let kind = bold(setting, setting.theme.colors.ink);
    let row = tree.add(body, Role::TableRow);
    let cell = tree.add(row, Role::TableHeader(Scope::Column));
    tree.structure.node_mut(cell).col_span = u32::try_from(COLUMNS).expect("a few columns");
    let text = Text::plain(tree, cell, &setting.facts.metrics[metric.0].label, &kind);
    let column = Column {
        x: 0.0,
        width,
        axis: None,
    };
    set_row(setting, &[column], vec![words(text, kind, 0.0)])
}

fn entry_row(
    setting: &Setting,
    tree: &mut Tree,
    body: TagId,
    entry: &Entry,
    columns: &[Column],
    indent: f64,
) -> Result<Strip, MissingGlyph> {
    let kind = setting.fine();
    let row = tree.add(body, Role::TableRow);
    let name = tree.add(row, Role::TableHeader(Scope::Row));
    let numbers = number_type(setting);
    let back = back(setting, tree, name, entry, &numbers);
    let figure = Text::plain(tree, name, &entry.figure, &kind);
    let mut cells = vec![words(figure, kind, indent)];
    let cell = tree.add(row, Role::TableCell);
    let text = Text::plain(tree, cell, &value(setting, entry.fact), &numbers);
    cells.push(words(text, numbers, 0.0));
    let cell = tree.add(row, Role::TableCell);
    cells.push(words(place(setting, tree, cell, entry, &kind), kind, 0.0));
    let mut strip = set_row(setting, columns, cells)?;
    let mut mark = set_row(setting, columns, vec![words(back, numbers, 0.0)])?;
    // The number stands first, in reading as on the page.
    mark.items.append(&mut strip.items);
    strip.items = mark.items;
    strip.anchors.push((tags::fact_name(entry.number), 0.0));
    Ok(strip)
}

/// The entry's number, a link to where its figure is first shown, if any place is.
fn back(setting: &Setting, tree: &mut Tree, cell: TagId, entry: &Entry, kind: &Type) -> Text {
    let number = entry.number.to_string();
    let mut kind = *kind;
    kind.style.color = setting.theme.colors.grey;
    if !tree.used.contains(&entry.number) {
        return Text::plain(tree, cell, &number, &kind);
    }
    let fact = setting.facts.register[entry.number - 1].fact;
    let target = LinkTarget::Destination(tags::use_name(entry.number));
    let (live, leaf) = tree.link(cell, target, setting.spoken(fact));
    Text::filled(leaf, Some(live), &number, &kind)
}

/// What the figure is for: its period and what tells it from others of its metric.
fn figure(fact: &Fact) -> String {
    let mut parts = vec![fact.at_text.clone()];
    parts.extend(fact.dimensions.values().cloned());
    parts.join(", ")
}

/// The value with its qualifier, and those that disagree.
fn value(setting: &Setting, fact: &Fact) -> String {
    let mut text = fact.forms.label.clone();
    for other in &fact.conflicts {
        text.push_str(" \u{2260} ");
        text.push_str(&setting.facts.facts[other.0].forms.label);
    }
    text
}

/// How far the figure is from being known, and whose it is: "Forecast by the article. "; nothing for what simply happened.
fn status(setting: &Setting, fact: &Fact) -> String {
    if fact.status == Status::Actual && fact.by.is_none() {
        return String::new();
    }
    let words = &setting.words;
    let index = Status::ALL.iter().position(|status| *status == fact.status);
    let status = words.status[index.expect("every status is among all of them")];
    let said = match &fact.by {
        Some(by) => words.by.replace("{status}", status).replace("{who}", by),
        None => status.into(),
    };
    let mut letters = said.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let stop = match setting.facts.meta.language {
        Language::Chinese => "。",
        Language::English | Language::German => ". ",
    };
    format!("{first}{}{stop}", letters.as_str())
}

/// Source and place, or formula and inputs, as plain text: what columns are measured by.
fn place_text(setting: &Setting, entry: &Entry) -> String {
    let fact = entry.fact;
    let mut text = status(setting, fact);
    text.push_str(&match &fact.origin {
        Origin::Stated { source, place, .. } => format!("[{}] {place}", source.0 + 1),
        Origin::Derived { formula, inputs } => {
            let marks: Vec<String> = inputs
                .iter()
                .filter_map(|input| setting.mark(*input))
                .map(|mark| mark.to_string())
                .collect();
            format!(
                "{}: {formula} {}",
                setting.words.computed,
                marks.join(",\u{A0}")
            )
        }
    });
    if let Some(note) = entry.note {
        text = format!("{text}. {note}");
    }
    text
}

/// The same with its links: to the list of sources, or to the inputs' entries.
fn place(setting: &Setting, tree: &mut Tree, cell: TagId, entry: &Entry, kind: &Type) -> Text {
    let fact = entry.fact;
    let mut text = match status(setting, fact) {
        said if said.is_empty() => Text::default(),
        said => Text::plain(tree, cell, &said, kind),
    };
    text.append(match &fact.origin {
        Origin::Stated { source, place, .. } => {
            let number = source.0 + 1;
            let target = LinkTarget::Destination(tags::source_name(number));
            let description = format!(
                "{}: {}",
                setting.words.source, setting.facts.sources[source.0].title
            );
            let (live, leaf) = tree.link(cell, target, description);
            let mut text = Text::filled(leaf, Some(live), &format!("[{number}]"), kind);
            text.append(Text::plain(tree, cell, &format!(" {place}"), kind));
            text
        }
        Origin::Derived { formula, inputs } => {
            let mut text = Text::plain(
                tree,
                cell,
                &format!("{}: {formula} ", setting.words.computed),
                kind,
            );
            let marked = inputs
                .iter()
                .filter_map(|input| Some((*input, setting.mark(*input)?)));
            for (index, (input, number)) in marked.enumerate() {
                if index > 0 {
                    text.append(Text::plain(tree, cell, ",\u{A0}", kind));
                }
                let target = LinkTarget::Destination(tags::fact_name(number));
                let (live, leaf) = tree.link(cell, target, setting.spoken(input));
                let mut grey = *kind;
                grey.style.color = setting.theme.colors.grey;
                text.append(Text::filled(leaf, Some(live), &number.to_string(), &grey));
            }
            text
        }
    });
    if let Some(note) = entry.note {
        text.append(Text::plain(tree, cell, &format!(". {note}"), kind));
    }
    text
}
