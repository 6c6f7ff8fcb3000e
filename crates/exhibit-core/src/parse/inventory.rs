//! The inventory: what a data set says it holds, counted.

use exhibit_facts::span::Span;

use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::MetricModel;

const WAY_OUT: &str =
    "count the observations in the source again; if the data set is right, correct `inventory`";

/// Holds the data set to what it says it holds: the number of observations of each metric, and their unit.
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
                Finding::error(Code::Inventory, text.span, format!("`{}` is not a count of observations", text.raw))
                    .help("write the number of observations and the unit, such as `2 vehicles`; for a metric without unit, write the number alone"),
            );
            continue;
        };
        let Some(metric) = metrics.iter().find(|metric| metric.id.value == *name) else {
            let finding = Finding::error(
                Code::Inventory,
                *span,
                format!("the inventory lists `{name}`, but no metric has this id"),
            )
            .label("no such metric")
            .help(WAY_OUT);
            let names = metrics.iter().map(|metric| metric.id.value.as_str());
            reader.push(finding.nearest(name, names));
            continue;
        };
        if metric.table.is_some() {
            let finding = Finding::error(
                Code::Inventory,
                *span,
                format!(
                    "metric `{name}` reads a table, and the inventory counts no rows of tables"
                ),
            );
            reader.push(finding.help("remove the metric from `inventory`"));
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
                    format!("the inventory does not list metric `{}`", metric.id.value),
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
                "metric `{}` has {} observations, but the inventory lists {count}",
                metric.id.value, metric.written
            ),
        );
        reader.push(
            finding
                .label(format!("{} written here", metric.written))
                .other(listed, format!("{count} listed here"))
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
                "metric `{}` has the unit `{stated}`, but the inventory lists the unit `{unit}`",
                metric.id.value
            ),
        );
        reader.push(
            finding
                .label("unit of the metric")
                .other(listed, "unit in the inventory")
                .help(WAY_OUT),
        );
    }
}
