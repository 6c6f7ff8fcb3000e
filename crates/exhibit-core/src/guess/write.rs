//! The texts of a first data set and brief.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use exhibit_facts::address::Address;
use exhibit_facts::dated::{Dated, read, read_as};
use exhibit_facts::period::{Date, Period};
use exhibit_facts::quantity::{Amount, Value};

use super::column::{Column, Grain, Kind, Numbers, numbers};
use super::draft::FirstDraft;
use super::file::Found;
use super::yaml::quoted;
use crate::rules::OBSERVATION_KEYS;
use crate::table::Numerals;

/// Metrics of a first data set; a file may have hundreds of columns.
const MAX_METRICS: usize = 6;

/// Lines of a chart over time, and bars of a ranking.
const MAX_LINES: usize = 6;
const MAX_BARS: usize = 12;

/// An id made of a name, none of those taken; `fallback` where the name has no letter of the alphabet. Each id is made once.
fn id(name: &str, fallback: &str, taken: &[&str], made: &mut BTreeSet<String>) -> String {
    let mut id = String::new();
    for ch in name.to_lowercase().chars() {
        let ch = match ch {
            'ä' | 'á' | 'à' | 'â' => 'a',
            'ö' | 'ó' | 'ô' => 'o',
            'ü' | 'ú' => 'u',
            'é' | 'è' | 'ê' => 'e',
            'ß' => 's',
            other => other,
        };
        if ch.is_ascii_alphanumeric() {
            id.push(ch);
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
    }
    let id = id.trim_matches('_');
    let start = id
        .find(|ch: char| ch.is_ascii_alphabetic())
        .map_or("", |at| &id[at..]);
    let short: String = start.chars().take(40).collect();
    let base = if short.is_empty() {
        fallback
    } else {
        short.trim_matches('_')
    };
    let base = if taken.contains(&base) {
        format!("{base}_name")
    } else {
        base.to_owned()
    };
    let mut id = base.clone();
    let mut number = 1;
    while !made.insert(id.clone()) {
        number += 1;
        id = format!("{base}_{number}");
    }
    id
}

/// A dimension: its id, its column and its values.
struct Dimension<'c> {
    id: String,
    column: usize,
    name: &'c str,
    values: &'c [String],
}

/// A metric: its id, its label and how its numbers are written. A wide table has no column of numbers.
struct Metric<'c> {
    id: String,
    label: String,
    column: Option<usize>,
    numbers: &'c Numbers,
}

/// One figure of the sample.
struct Figure {
    period: Period,
    values: Vec<String>,
    amount: Amount,
}

/// Writes both texts.
pub(super) fn draft(file: &str, found: &Found, columns: &[Column]) -> FirstDraft {
    let sample = &found.sample;
    let mut settle = Vec::new();
    let mut made = BTreeSet::new();
    let at = columns
        .iter()
        .enumerate()
        .find_map(|(index, column)| match &column.kind {
            Kind::Periods(periods) => Some((index, periods)),
            _ => None,
        });
    let heads: Vec<(usize, Period)> = if at.is_some() {
        Vec::new()
    } else {
        let period = |column: &Column| head_period(&column.name);
        let all = columns.iter().enumerate();
        all.filter_map(|(index, column)| Some((index, period(column)?)))
            .collect()
    };
    let wide = heads.len() > 1;
    let stem = stem(file);
    // The columns of a wide table are written alike.
    let in_heads: Vec<&str> = sample
        .rows
        .iter()
        .flat_map(|row| heads.iter().map(|(column, _)| row[*column].as_str()))
        .filter(|cell| !cell.is_empty())
        .collect();
    let wide_numbers = if wide { numbers("", &in_heads) } else { None };
    let mut metrics: Vec<Metric<'_>> = Vec::new();
    if let Some(numbers) = &wide_numbers {
        metrics.push(Metric {
            id: id(&stem, "value", &[], &mut made),
            label: title(&stem),
            column: None,
            numbers,
        });
    }
    let mut more = 0;
    for (index, column) in columns.iter().enumerate() {
        let Kind::Numbers(numbers) = &column.kind else {
            continue;
        };
        if wide {
            continue;
        }
        if metrics.len() == MAX_METRICS {
            more += 1;
            continue;
        }
        metrics.push(Metric {
            id: id(&column.name, "value", &[], &mut made),
            label: column.name.clone(),
            column: Some(index),
            numbers,
        });
    }
    if metrics.is_empty() {
        settle.push("No column has numbers: write `rows: count` to count the rows, or name the column of the numbers in `value`.".to_owned());
    }
    if more > 0 {
        let columns = if more == 1 { "column" } else { "columns" };
        settle.push(format!("The file has {more} more {columns} of numbers: copy a metric for each of them that is needed."));
    }
    let (dimensions, unique) = dimensions(found, columns, at.map(|(index, _)| index), &mut made);
    let last = figures(found, &metrics, at, &heads, &dimensions);
    let date = last
        .iter()
        .filter_map(|figure| figure.period.days().1)
        .max()
        .map(Date::from_days);
    if at.is_none() && !wide {
        settle.push(
            "No column has periods: `at` is a guess for all rows; write the period of the data."
                .to_owned(),
        );
    }
    if let Some((_, periods)) = at
        && !periods.others.is_empty()
    {
        settle.push(format!(
            "The dates fit several formats, also {}: write the right one into `at`.",
            periods.others.join(" and ")
        ));
    }
    if !unique {
        settle.push("Several rows have the same period and dimension values: `rows` is a guess; name a column that tells the rows apart, or say how they are joined.".to_owned());
    }
    if !found.sheets.is_empty() {
        settle.push(format!(
            "The workbook has further sheets: {}.",
            found.sheets.join(", ")
        ));
    }
    if sample.more {
        settle.push(format!(
            "The guesses are made from the first {} rows.",
            sample.rows.len()
        ));
    }
    let shape = Shape {
        file,
        found,
        columns,
        at,
        wide,
        unique,
        dimensions: &dimensions,
    };
    let data = data(&shape, &metrics, &settle);
    let brief = brief(&stem, &metrics, &dimensions, &last, date);
    FirstDraft {
        data,
        brief,
        settle,
    }
}

/// The period that a name of a column is.
fn head_period(name: &str) -> Option<Period> {
    match read(name) {
        Dated::Certain(period) => Some(period),
        Dated::Several(_) => None,
        Dated::Unknown => read_as(name, HEAD_FORMAT),
    }
}

/// The heads of the World Bank's tables: `1960 [YR1960]`.
const HEAD_FORMAT: &str = "%Y [YR%Y]";

/// The name of a file without folder and ending.
fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split('.').next().unwrap_or(name).to_owned()
}

/// A title made of a file's name: its words without digits.
fn title(stem: &str) -> String {
    let words: Vec<&str> = stem
        .split(|ch: char| !ch.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.contains(|ch: char| ch.is_numeric()))
        .collect();
    let text = words.join(" ");
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "First look".to_owned(),
    }
}

/// The columns of names that tell the rows of one period apart: as few as are enough. False where they are not.
fn dimensions<'c>(
    found: &Found,
    columns: &'c [Column],
    at: Option<usize>,
    made: &mut BTreeSet<String>,
) -> (Vec<Dimension<'c>>, bool) {
    let rows = &found.sample.rows;
    let different = |chosen: &[usize]| {
        let key = |row: &Vec<String>| -> Vec<String> {
            at.iter()
                .chain(chosen)
                .map(|index| row[*index].clone())
                .collect()
        };
        rows.iter().map(key).collect::<BTreeSet<_>>().len()
    };
    let candidates: Vec<(usize, &[String])> = columns
        .iter()
        .enumerate()
        .filter_map(|(index, column)| match &column.kind {
            Kind::Names(Some(values)) if values.len() > 1 && column.empty == 0 => {
                Some((index, values.as_slice()))
            }
            _ => None,
        })
        .collect();
    let mut chosen: Vec<usize> = Vec::new();
    let mut count = different(&chosen);
    while count < rows.len() {
        let gains = candidates
            .iter()
            .map(|(index, _)| *index)
            .filter(|index| !chosen.contains(index))
            .map(|index| {
                let with: Vec<usize> = chosen.iter().copied().chain([index]).collect();
                (different(&with), std::cmp::Reverse(index))
            })
            .max();
        match gains {
            Some((more, index)) if more > count => {
                chosen.push(index.0);
                count = more;
            }
            _ => break,
        }
    }
    chosen.sort_unstable();
    let dimensions = chosen
        .into_iter()
        .filter_map(|index| {
            let (_, values) = candidates.iter().find(|(own, _)| *own == index)?;
            let name = columns[index].name.as_str();
            Some(Dimension {
                id: id(name, "group", &OBSERVATION_KEYS, made),
                column: index,
                name,
                values,
            })
        })
        .collect();
    (dimensions, count == rows.len())
}

/// The figures of the first metric.
fn figures(
    found: &Found,
    metrics: &[Metric<'_>],
    at: Option<(usize, &super::column::Periods)>,
    heads: &[(usize, Period)],
    dimensions: &[Dimension<'_>],
) -> Vec<Figure> {
    let Some(metric) = metrics.first() else {
        return Vec::new();
    };
    let numerals = Numerals {
        decimal: metric.numbers.decimal,
        thousands: metric.numbers.thousands,
        signs: &[],
        unit: metric.numbers.unit.unwrap_or(""),
        points_may_group: false,
    };
    let amount = |cell: &str| {
        let Value { shape, .. } = numerals.value(cell).ok()?;
        shape.amounts().next().cloned()
    };
    let mut figures = Vec::new();
    for row in &found.sample.rows {
        let values: Vec<String> = dimensions
            .iter()
            .map(|one| row[one.column].clone())
            .collect();
        let cells: Vec<(Option<Period>, usize)> = match (metric.column, at) {
            (Some(column), Some((at, periods))) => vec![(periods.read(&row[at]), column)],
            (Some(column), None) => vec![(Period::parse(ALWAYS), column)],
            (None, _) => heads
                .iter()
                .map(|(column, period)| (Some(period.clone()), *column))
                .collect(),
        };
        for (period, column) in cells {
            if let (Some(period), Some(amount)) = (period, amount(&row[column])) {
                figures.push(Figure {
                    period,
                    values: values.clone(),
                    amount,
                });
            }
        }
    }
    figures
}

/// The period of a file without periods, until its author says which.
const ALWAYS: &str = "2024";

/// What all metrics of a data set share.
struct Shape<'d> {
    file: &'d str,
    found: &'d Found,
    columns: &'d [Column],
    at: Option<(usize, &'d super::column::Periods)>,
    wide: bool,
    unique: bool,
    dimensions: &'d [Dimension<'d>],
}

/// Adds a line with its comment.
fn line(text: &mut String, written: impl AsRef<str>, comment: &str) {
    let written = written.as_ref();
    if comment.is_empty() {
        let _ = writeln!(text, "{written}");
    } else {
        let _ = writeln!(text, "{written}  # {comment}");
    }
}

fn data(shape: &Shape<'_>, metrics: &[Metric<'_>], settle: &[String]) -> String {
    let mut text = String::new();
    line(
        &mut text,
        format!(
            "# A first data set for {}. Each guess is marked: check it, and remove the mark.",
            shape.file
        ),
        "",
    );
    if !settle.is_empty() {
        line(&mut text, "# To settle:", "");
        for one in settle {
            line(&mut text, format!("# - {one}"), "");
        }
    }
    line(&mut text, "sources:", "");
    line(&mut text, "  source:", "");
    line(
        &mut text,
        format!("    title: {}", quoted(&stem(shape.file))),
        "guess: the name of the file; write the title, and add publisher, url, licence and accessed",
    );
    line(
        &mut text,
        if metrics.is_empty() {
            "metrics: {}"
        } else {
            "metrics:"
        },
        "",
    );
    for metric in metrics {
        one_metric(&mut text, shape, metric);
    }
    text
}

fn one_metric(text: &mut String, shape: &Shape<'_>, metric: &Metric<'_>) {
    let numbers = metric.numbers;
    line(text, format!("  {}:", metric.id), "");
    line(
        text,
        format!("    label: {}", quoted(&metric.label)),
        "guess: what is counted",
    );
    match numbers.unit {
        Some(unit) => line(
            text,
            format!("    unit: {}", quoted(unit)),
            "guess: the unit",
        ),
        None => line(
            text,
            "    # unit: people",
            "to settle: what the numbers count",
        ),
    }
    line(
        text,
        "    # measure: flow",
        "to settle: flow adds up over time, stock is counted at a moment, ratio is a rate",
    );
    if numbers.signed {
        line(
            text,
            "    signed: true",
            "guess: values may be below zero, as some are",
        );
    }
    if !shape.dimensions.is_empty() {
        let names: Vec<String> = shape
            .dimensions
            .iter()
            .map(|one| format!("{}: []", one.id))
            .collect();
        line(
            text,
            format!("    dimensions: {{{}}}", names.join(", ")),
            "guess: columns that tell the rows apart; an empty list allows any value",
        );
    }
    line(text, "    table:", "");
    line(text, format!("      file: {}", quoted(shape.file)), "");
    line(text, "      from: source", "");
    for (key, value) in &shape.found.keys {
        line(
            text,
            format!("      {key}: {value}"),
            "guess: how the file is written",
        );
    }
    let sign = |sign: char| quoted(&sign.to_string());
    if let Some(decimal) = numbers.decimal {
        line(
            text,
            format!("      decimal: {}", sign(decimal)),
            "guess: the decimal sign",
        );
    }
    if let Some(thousands) = numbers.thousands {
        line(
            text,
            format!("      thousands: {}", sign(thousands)),
            "guess: the sign that groups digits",
        );
    }
    match shape.at {
        Some((column, periods)) => {
            let name = quoted(&shape.columns[column].name);
            let format = periods
                .format
                .as_ref()
                .map(|format| format!(", format: {}", quoted(format)));
            let grain = periods.grain.map(|grain| match grain {
                Grain::FirstDays | Grain::ManyDays => ", period: month",
                Grain::ManyMonths => ", period: year",
            });
            let comment = match periods.grain {
                Some(Grain::FirstDays) => {
                    "guess: the column of the period; each day stands for its month"
                }
                Some(Grain::ManyMonths) => {
                    "guess: the column of the period; many days are joined to years"
                }
                Some(Grain::ManyDays) => {
                    "guess: the column of the period; many days are joined to months"
                }
                None => "guess: the column of the period",
            };
            if format.is_none() && grain.is_none() {
                line(text, format!("      at: {name}"), comment);
            } else {
                let (format, grain) = (format.unwrap_or_default(), grain.unwrap_or_default());
                line(
                    text,
                    format!("      at: {{column: {name}{format}{grain}}}"),
                    comment,
                );
            }
        }
        None if shape.wide => {
            let plain = shape
                .columns
                .iter()
                .any(|column| matches!(read(&column.name), Dated::Certain(_)));
            if !plain {
                line(
                    text,
                    format!("      at: {{format: {}}}", quoted(HEAD_FORMAT)),
                    "guess: how the periods in the head are written",
                );
            }
            line(
                text,
                "      wide: {period: all}",
                "guess: a column for each period",
            );
        }
        None => line(
            text,
            format!("      at: {{always: {ALWAYS}}}"),
            "to settle: the period of all rows",
        ),
    }
    if let Some(column) = metric.column {
        line(
            text,
            format!("      value: {}", quoted(&shape.columns[column].name)),
            "guess: the column of the number",
        );
    }
    if !shape.dimensions.is_empty() {
        let names: Vec<String> = shape
            .dimensions
            .iter()
            .map(|one| format!("{}: {}", one.id, quoted(one.name)))
            .collect();
        line(
            text,
            format!("      dimensions: {{{}}}", names.join(", ")),
            "",
        );
    }
    if !numbers.marks.is_empty() {
        let marks: Vec<String> = numbers.marks.iter().map(|mark| quoted(mark)).collect();
        line(
            text,
            format!("      na: [{}]", marks.join(", ")),
            "guess: cells that say that there is no number",
        );
    }
    let empty = match metric.column {
        Some(column) => shape.columns[column].empty > 0,
        None => shape.columns.iter().any(|column| {
            matches!(column.kind, Kind::Numbers(_) | Kind::Empty) && column.empty > 0
        }),
    };
    if empty || !numbers.marks.is_empty() {
        line(
            text,
            "      empty: skip",
            "guess: rows without a number say nothing",
        );
    }
    let joined = shape.at.is_some_and(|(_, periods)| {
        matches!(periods.grain, Some(Grain::ManyDays | Grain::ManyMonths))
    });
    if joined {
        line(
            text,
            "      rows: mean",
            "to settle: how the days of a month are joined: mean, sum, last, min or max",
        );
    } else if !shape.unique {
        // A sum of what does not add up misleads; a mean of what does is seen at once.
        line(
            text,
            "      rows: mean",
            "to settle: how rows with the same period and names are joined: sum for parts of one whole, mean, last, min or max",
        );
    }
}

fn brief(
    stem: &str,
    metrics: &[Metric<'_>],
    dimensions: &[Dimension<'_>],
    figures: &[Figure],
    date: Option<Date>,
) -> String {
    let mut text = String::new();
    let date = date.map_or_else(|| format!("{ALWAYS}-12-31"), |date| date.to_string());
    line(
        &mut text,
        format!("title: {}", quoted(&title(stem))),
        "guess: from the name of the file",
    );
    line(
        &mut text,
        format!("date: {date}"),
        "guess: the last day of the data",
    );
    line(&mut text, "language: en", "en, de or zh");
    line(&mut text, "data: [data.yaml]", "");
    let chart = metrics
        .first()
        .and_then(|metric| chart(metric, dimensions, figures));
    if let Some(chart) = &chart {
        line(&mut text, "exhibits:", "");
        line(&mut text, "  first-look:", "");
        text.push_str(chart);
    }
    line(&mut text, "body:", "");
    line(&mut text, "  - text: |", "");
    match (metrics.first(), latest(figures)) {
        (Some(metric), Some(figure)) => {
            let address = address(metric, dimensions, figure);
            line(
                &mut text,
                format!(
                    "      To settle: say what the reader should know. A figure comes from the data by its address: {{{{ {address} }}}}."
                ),
                "",
            );
        }
        _ => line(
            &mut text,
            "      To settle: say what the reader should know.",
            "",
        ),
    }
    if chart.is_some() {
        line(&mut text, "  - exhibit: first-look", "");
    }
    text
}

/// The figure of the last period that stands first.
fn latest(figures: &[Figure]) -> Option<&Figure> {
    let last = figures.iter().map(|figure| figure.period.order()).max()?;
    figures.iter().find(|figure| figure.period.order() == last)
}

fn address(metric: &Metric<'_>, dimensions: &[Dimension<'_>], figure: &Figure) -> String {
    let values = dimensions.iter().zip(&figure.values);
    Address {
        metric: metric.id.clone(),
        dimensions: values
            .map(|(one, value)| (one.id.clone(), value.clone()))
            .collect(),
        period: Some(figure.period.clone()),
    }
    .to_string()
}

/// A chart that fits: lines over time for a few names, the largest of many at the last period, columns or a line without names.
fn chart(metric: &Metric<'_>, dimensions: &[Dimension<'_>], figures: &[Figure]) -> Option<String> {
    let periods: BTreeSet<(i64, i64)> =
        figures.iter().map(|figure| figure.period.order()).collect();
    let digits = |text: &str| text.contains(|ch: char| ch.is_numeric());
    let label = if digits(&metric.label) {
        "The first metric"
    } else {
        metric.label.as_str()
    };
    let mut text = String::new();
    // Further dimensions stay at the value of the first figure of the last period.
    let last = latest(figures)?;
    let rest: BTreeMap<&str, &str> = dimensions
        .iter()
        .zip(&last.values)
        .skip(1)
        .map(|(one, value)| (one.id.as_str(), value.as_str()))
        .collect();
    let title = |text: &mut String, words: &str| {
        line(
            text,
            format!("      title: {}", quoted(words)),
            "to settle: the message of the chart, in a sentence",
        );
    };
    let first = dimensions.first();
    let over_time = periods.len() > 1 && first.is_none_or(|one| one.values.len() <= MAX_LINES);
    if over_time {
        let kind = if first.is_none() && periods.len() <= 12 {
            "column"
        } else {
            "line"
        };
        line(
            &mut text,
            format!("    {kind}:"),
            "guess: a chart over time",
        );
        match first {
            Some(one) if !digits(one.name) => title(
                &mut text,
                &format!("{label} by {}", one.name.to_lowercase()),
            ),
            _ => title(&mut text, label),
        }
        line(&mut text, format!("      of: {}", metric.id), "");
        line(&mut text, "      over: period", "");
        if let Some(one) = first {
            line(&mut text, format!("      by: {}", one.id), "");
        }
        if !rest.is_empty() {
            let pairs: Vec<String> = rest
                .iter()
                .map(|(id, value)| format!("{id}: {}", quoted(value)))
                .collect();
            line(
                &mut text,
                format!("      where: {{{}}}", pairs.join(", ")),
                "guess: one value of each further dimension",
            );
        }
        return Some(text);
    }
    let mut at_last: Vec<&Figure> = figures
        .iter()
        .filter(|figure| figure.period.order() == last.period.order())
        .filter(|figure| figure.values.iter().skip(1).eq(last.values.iter().skip(1)))
        .collect();
    at_last.sort_by(|one, other| other.amount.value.cmp(&one.amount.value));
    // Rows that are joined have one address.
    let mut named = HashSet::new();
    at_last.retain(|figure| named.insert(address(metric, dimensions, figure)));
    at_last.truncate(MAX_BARS);
    line(
        &mut text,
        "    bar:",
        "guess: the largest at the last period",
    );
    title(&mut text, label);
    line(&mut text, "      rows:", "");
    for figure in at_last {
        let of = quoted(&address(metric, dimensions, figure));
        match figure.values.first().filter(|value| !digits(value)) {
            Some(value) => line(
                &mut text,
                format!("        - {{label: {}, of: {of}}}", quoted(value)),
                "",
            ),
            None => line(&mut text, format!("        - {{of: {of}}}"), ""),
        }
    }
    Some(text)
}
