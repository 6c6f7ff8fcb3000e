//! The inventory: what a data set says it holds, counted.

use exhibit_facts::span::Span;

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::MetricModel;

const WAY_OUT: &str =
    "count again what the source states; if the data set is right, write it into `inventory`";

/// Holds the data set to what it says it holds: so many observations of each metric, in this unit.
pub(super) fn inventory(reader: &mut Reader<'_>, fields: &Fields<'_>, metrics: &[MetricModel]) {
    let Some(node) = fields.get("inventory") else {
        return;
    };
    let Some(listed) = reader.mapping(node, "`inventory`") else {
        return;
    };
    for (name, span, node) in listed.entries() {
        let Some(text) = reader.text(node, "an entry of `inventory`") else {
            continue;
        };
        let (count, unit) = text
            .raw
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((text.raw.trim(), "1"));
        let Ok(count) = count.parse::<usize>() else {
            reader.push(
                Finding::error(Code::Inventory, text.span, format!("`{}` is no count of observations", text.raw))
                    .help("write how many observations the metric has, then its unit, such as `2 vehicles`; a metric without unit has the count alone"),
            );
            continue;
        };
        let Some(metric) = metrics.iter().find(|metric| metric.id.value == *name) else {
            let finding = Finding::error(
                Code::Inventory,
                *span,
                format!("the inventory lists `{name}`, but there is no such metric"),
            )
            .label("not below")
            .help(WAY_OUT);
            let names = metrics.iter().map(|metric| metric.id.value.as_str());
            reader.push(finding.nearest(name, names));
            continue;
        };
        if metric.table.is_some() {
            let finding = Finding::error(
                Code::Inventory,
                *span,
                format!("`{name}` reads a table, so that its observations are not counted here"),
            );
            reader.push(finding.help("remove it from `inventory`"));
            continue;
        }
        compare(reader, metric, (count, unit.trim()), text.span);
    }
    for metric in metrics {
        // A table is counted by its own file.
        let observed = metric.formula.is_none() && metric.table.is_none();
        if observed
            && !listed
                .entries()
                .iter()
                .any(|(name, ..)| *name == metric.id.value)
        {
            reader.push(
                Finding::error(
                    Code::Inventory,
                    metric.id.span,
                    format!("the inventory does not list `{}`", metric.id.value),
                )
                .label("not listed")
                .other(node.span.part(0, 0), "the inventory begins here")
                .help(WAY_OUT),
            );
        }
    }
}

/// Compares a metric with its entry: how many observations, and their unit.
fn compare(
    reader: &mut Reader<'_>,
    metric: &MetricModel,
    (count, unit): (usize, &str),
    listed: Span,
) {
    if metric.written != count {
        let finding = Finding::error(
            Code::Inventory,
            metric.id.span,
            format!(
                "`{}` has {} observations, the inventory lists {count}",
                metric.id.value, metric.written
            ),
        );
        reader.push(
            finding
                .label(format!("{} here", metric.written))
                .other(listed, format!("{count} there"))
                .help(WAY_OUT),
        );
    }
    let (stated, place) = match &metric.unit {
        Some(unit) => (unit.raw.trim(), unit.span),
        None => ("1", metric.id.span),
    };
    if stated != unit {
        let finding = Finding::error(
            Code::Inventory,
            place,
            format!(
                "`{}` is in `{stated}`, the inventory lists it in `{unit}`",
                metric.id.value
            ),
        );
        reader.push(
            finding
                .label("this unit")
                .other(listed, "another one there")
                .help(WAY_OUT),
        );
    }
}
