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

use crate::block::grid::{self, Cell, Column, Place};
use crate::block::prose::Text;
use crate::flow::{Stack, Strip};
use crate::style::{Setting, Type};
use crate::tags::{self, Tree};

/// Columns: figure, value, where it comes from.
const COLUMNS: usize = 3;

/// One row before it is set.
struct Entry {
    number: usize,
    /// What the first cell says.
    figure: String,
    /// What the second cell says.
    value: String,
    /// What the third cell says.
    pieces: Vec<Piece>,
}

/// The register as one stack, which may be parted between rows, but leaves two together at either end.
pub(crate) fn register(
    setting: &Setting,
    tree: &mut Tree,
    parent: TagId,
) -> Result<Stack, MissingGlyph> {
    let entries = entries(setting);
    let (columns, indent) = columns(setting, &entries)?;
    let width = setting.width();
    let page = &setting.theme.page;
    let colors = &setting.theme.colors;
    let table = tree.add(parent, Role::Table);
    let head_node = tree.add(table, Role::TableHead);
    let mut head = head(setting, tree, head_node, &columns, indent)?;
    grid::rule(&mut head, 0.0, width, page.heavy, colors.rule);
    let foot = head.height - page.hairline;
    grid::rule(&mut head, foot, width, page.hairline, colors.grid);
    head.keep = true;
    let repeat = Some(Rc::new(grid::as_artifact(&head)));
    let mut strips = vec![head];
    let body = tree.add(table, Role::TableBody);
    for (index, entry) in entries.iter().enumerate() {
        let mut strip = entry_row(setting, tree, body, entry, &columns, indent)?;
        if index > 0 {
            grid::rule(&mut strip, 0.0, width, page.hairline, colors.grid);
        }
        strip.keep = index + 1 < entries.len() && (index == 0 || index + 2 == entries.len());
        strips.push(strip);
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

/// Every figure that is shown, in the order of its mark: who looks up a mark reads down the numbers.
fn entries(setting: &Setting) -> Vec<Entry> {
    let mut above: Option<(MetricId, Option<&str>)> = None;
    let mut entries = Vec::new();
    for (index, entry) in setting.facts.register.iter().enumerate() {
        let fact = &setting.facts.facts[entry.fact.0];
        let note = fact.note.as_deref();
        // A note is left out where the row above says the same.
        let said = above == Some((fact.metric, note));
        above = Some((fact.metric, note));
        entries.push(Entry {
            number: index + 1,
            figure: setting.named(fact),
            value: value(setting, fact),
            pieces: pieces(setting, fact, if said { None } else { note }),
        });
    }
    entries
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
fn columns(setting: &Setting, entries: &[Entry]) -> Result<(Vec<Column>, f64), MissingGlyph> {
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
    for entry in entries {
        let cells = [
            grid::want(setting, &entry.figure, &kind)?,
            grid::want(setting, &entry.value, &number_type(setting))?,
            grid::want(setting, &place_text(&entry.pieces), &kind)?,
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
    // One word may be wider than all. A little is left for the steps that widths are tried in.
    columns::cap_widest(&mut least, room * 0.94);
    Ok((grid::columns(&shortest(&rows, &least, room), gap), indent))
}

/// Of widths in steps of a fiftieth of the room, those that make the fewest lines; of equals the first.
fn shortest(rows: &[[f64; COLUMNS]], least: &[f64; COLUMNS], room: f64) -> [f64; COLUMNS] {
    // How many lines, as long as they are fewer than some.
    let lines = |widths: &[f64; COLUMNS], fewest: f64| -> f64 {
        let of = |row: &[f64; COLUMNS]| {
            let cells = row.iter().zip(widths);
            // A line is never quite full.
            let most = cells.map(|(said, width)| said * 1.04 / width);
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
    setting: &Setting,
    tree: &mut Tree,
    node: TagId,
    columns: &[Column],
    indent: f64,
) -> Result<Strip, MissingGlyph> {
    let kind = bold(setting, setting.theme.colors.grey);
    let row = tree.add(node, Role::TableRow);
    let mut cells = Vec::new();
    for (index, word) in setting.words.register_head.into_iter().enumerate() {
        let cell = tree.add(row, Role::TableHeader(Scope::Column));
        let text = Text::plain(tree, cell, word, &kind);
        cells.push(words(text, kind, if index == 0 { indent } else { 0.0 }));
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
    let text = Text::plain(tree, cell, &entry.value, &numbers);
    cells.push(words(text, numbers, 0.0));
    let cell = tree.add(row, Role::TableCell);
    cells.push(words(
        place(setting, tree, cell, &entry.pieces, &kind),
        kind,
        0.0,
    ));
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
    let stop = match setting.facts.meta.language {
        Language::Chinese => "。",
        Language::English | Language::German => ". ",
    };
    format!("{}{stop}", capital(&said))
}

/// A stretch of what a cell says of a figure's origin.
enum Piece {
    /// Words.
    Words(String),
    /// The mark of a figure, a link to its entry.
    Mark(FactId, usize),
    /// The number of a source, a link to the list of sources.
    Source(usize),
}

/// Status, source and place, or the formula in terms of other entries; then the note.
fn pieces(setting: &Setting, fact: &Fact, note: Option<&str>) -> Vec<Piece> {
    let said = status(setting, fact);
    let mut pieces = match &fact.origin {
        Origin::Stated { source, place, .. } => vec![
            Piece::Words(said),
            Piece::Source(source.0 + 1),
            Piece::Words(format!("\u{a0}{}", place.replace(' ', "\u{a0}"))),
        ],
        Origin::Derived { formula, inputs } => {
            let computed = capital(setting.words.computed);
            let colon = setting.colon();
            let mut pieces = vec![Piece::Words(format!("{said}{computed}{colon}"))];
            pieces.extend(spelled(setting, formula, inputs));
            pieces
        }
    };
    // Why there is no value is as good as a value to who looks for one.
    let reason = match (&fact.reading, &fact.origin) {
        (Reading::Missing(reason), Origin::Stated { .. }) => Some(capital(reason)),
        _ => None,
    };
    for remark in reason.as_deref().into_iter().chain(note) {
        let stop = match setting.facts.meta.language {
            Language::Chinese => "。",
            Language::English | Language::German => ". ",
        };
        pieces.push(Piece::Words(format!("{stop}{remark}")));
    }
    pieces
}

/// A formula with the marks of its inputs for their addresses, as accounts write it: (6) ÷ (1 + (7)). An input that the document does not
/// show is called by its name.
fn spelled(setting: &Setting, formula: &str, inputs: &[FactId]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = formula;
    while let Some(ch) = rest.chars().next() {
        let address = if ch.is_ascii_alphabetic() {
            Address::read(rest).ok()
        } else {
            None
        };
        let meant = address
            .as_ref()
            .map(|(address, _)| meant(setting, address, inputs))
            .unwrap_or_default();
        match address {
            Some((_, end)) if !meant.is_empty() => {
                for (index, input) in meant.into_iter().enumerate() {
                    words.push_str(if index > 0 { setting.comma() } else { "" });
                    match setting.mark(input) {
                        Some(number) => {
                            words.push('(');
                            pieces.push(Piece::Words(std::mem::take(&mut words)));
                            pieces.push(Piece::Mark(input, number));
                            words.push(')');
                        }
                        None => words.push_str(&setting.spoken(input)),
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
    pieces.push(Piece::Words(words));
    pieces
}

/// The inputs that an address of the formula stands for.
fn meant(setting: &Setting, address: &Address, inputs: &[FactId]) -> Vec<FactId> {
    let fits = |input: &&FactId| {
        let fact = &setting.facts.facts[input.0];
        setting.facts.metrics[fact.metric.0].id == address.metric
            && address
                .dimensions
                .iter()
                .all(|(name, value)| fact.dimensions.get(name) == Some(value))
            && address.period.as_ref().is_none_or(|at| *at == fact.at)
    };
    inputs.iter().filter(fits).copied().collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}

/// The pieces as plain text: what columns are measured by.
fn place_text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Mark(_, number) => text.push_str(&number.to_string()),
            Piece::Source(number) => text.push_str(&format!("[{number}]")),
        }
    }
    text
}

/// The pieces with their links.
fn place(setting: &Setting, tree: &mut Tree, cell: TagId, pieces: &[Piece], kind: &Type) -> Text {
    let mut text = Text::default();
    for piece in pieces {
        match piece {
            Piece::Words(words) if words.is_empty() => {}
            Piece::Words(words) => text.append(Text::plain(tree, cell, words, kind)),
            Piece::Mark(fact, number) => {
                let target = LinkTarget::Destination(tags::fact_name(*number));
                let (live, leaf) = tree.link(cell, target, setting.spoken(*fact));
                let mut accent = *kind;
                accent.style.color = setting.theme.colors.accent_text;
                text.append(Text::filled(leaf, Some(live), &number.to_string(), &accent));
            }
            Piece::Source(number) => {
                let target = LinkTarget::Destination(tags::source_name(*number));
                let description = format!(
                    "{}{}{}",
                    setting.words.source,
                    setting.colon(),
                    setting.facts.sources[number - 1].title
                );
                let (live, leaf) = tree.link(cell, target, description);
                text.append(Text::filled(leaf, Some(live), &format!("[{number}]"), kind));
            }
        }
    }
    text
}
