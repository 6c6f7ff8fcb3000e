//! A metric: observed, read from a table, or computed.

use exhibit_facts::address::is_dimension_value;
use exhibit_facts::length::Length;
use exhibit_facts::period::{Extent, Period};
use exhibit_facts::quantity::Status;

use super::precision::precision;
use super::reader::{Fields, Reader};
use super::table::table;
use super::value::reading;
use crate::diag::{Code, Finding, one_of};
use crate::model::{Freshness, Measure, MetricModel, ObservationModel, Spanned, Text};
use crate::rules::{DIMENSION_VALUE_HELP, OBSERVATION_KEYS};
use crate::yaml::{Kind, Node};

const MEASURE: [(&str, Measure); 3] = [
    ("flow", Measure::Flow),
    ("stock", Measure::Stock),
    ("ratio", Measure::Ratio),
];

/// Dimensions of a metric, each with its declared values; their names for people; their order.
#[derive(Default)]
struct Dimensions {
    values: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    labels: Vec<(String, String, Text)>,
    order: Vec<(String, Vec<String>)>,
}

/// Periods of 1, 3, 6 and 12 months, of a week and a day, for `per`.
const PER: [(&str, &str); 6] = [
    ("year", "2024"),
    ("half", "2024-H1"),
    ("quarter", "2024-Q1"),
    ("month", "2024-01"),
    ("week", "2024-W01"),
    ("day", "2024-01-01"),
];

/// `per: month`: the length that each figure is for.
fn per(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Length> {
    let word = reader.choice(fields.get("per")?, "length of time", &PER)?;
    Period::parse(word.value).map(|period| Length::of(&period))
}

/// One metric: observed, read from a table, or computed.
pub(super) fn metric(
    reader: &mut Reader<'_>,
    id: Spanned<String>,
    node: &Node,
) -> Option<MetricModel> {
    let keys = [
        "label",
        "description",
        "unit",
        "measure",
        "per",
        "signed",
        "max-age",
        "dimensions",
        "observations",
        "table",
        "formula",
        "at",
        "digits",
        "decimals",
        "independent",
        "status",
        "note",
    ];
    let what = format!("metric `{}`", id.value);
    let fields = reader.fields(node, &what, &keys)?;
    let label = reader.need_text(&fields, "label", &what);
    let Dimensions {
        values: dimensions,
        labels: value_labels,
        order: value_order,
    } = dimensions(reader, &fields);
    let mut observations = Vec::new();
    let mut written = 0;
    if let Some(node) = fields.get("observations") {
        let items = reader.list(node, "`observations`");
        written = items.len();
        for item in items {
            observations.extend(observation(reader, item, &what, &dimensions));
        }
    }
    let formula = reader.optional_text(&fields, "formula");
    let names: Vec<&str> = dimensions
        .iter()
        .map(|(name, _)| name.value.as_str())
        .collect();
    let table = fields
        .get("table")
        .and_then(|node| table(reader, node, &what, &names));
    if formula.is_none() && written == 0 && fields.get("table").is_none() {
        reader.push(
            Finding::error(
                Code::MissingKey,
                id.span,
                format!("{what} has no observations, no formula and no table"),
            )
            .help("add `observations:` with at least one entry, `formula:` or `table:`"),
        );
    }
    let measure = fields
        .get("measure")
        .and_then(|node| reader.choice(node, "measure", &MEASURE));
    let at = fields
        .get("at")
        .and_then(|node| reader.period(node, "`at`"));
    if at.is_some() && formula.is_none() {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                fields.get("at").map_or(id.span, |node| node.span),
                format!("{what} has `at` but no formula"),
            )
            .help("move `at` to each observation; on a metric, `at` is the period of its formula"),
        );
    }
    // Fewer than two significant digits mislead more than their inputs do.
    let precision = precision(reader, &fields, 2);
    for key in ["digits", "decimals"] {
        if let Some(node) = fields.get(key)
            && formula.is_none()
        {
            reader.push(Finding::error(Code::UnknownKey, node.span, format!("{what} has `{key}` but no formula")).help("remove the key: an observation is printed as its source wrote it; to round the observation, define a second metric with a `formula:`"));
        }
    }
    let independent = reader.boolean(&fields, "independent", false);
    if let Some(node) = fields.get("independent")
        && formula.is_none()
    {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                node.span,
                format!("{what} has `independent` but no formula"),
            )
            .help("remove the key: it says that the estimates in a formula are independent of each other"),
        );
    }
    let status = fields.get("status").and_then(|node| reader.status(node));
    Some(MetricModel {
        description: reader.optional_text(&fields, "description"),
        unit: reader.optional_text(&fields, "unit"),
        signed: reader.boolean(&fields, "signed", false),
        max_age: fields.get("max-age").map(|node| {
            reader
                .age(node, true)
                .map_or(Freshness::Never, Freshness::Within)
        }),
        note: reader.optional_text(&fields, "note"),
        label: label?,
        id,
        measure,
        per: per(reader, &fields),
        dimensions,
        value_labels,
        value_order,
        broken: observations.len() < written || (table.is_none() && fields.get("table").is_some()),
        observations,
        table,
        written,
        formula,
        at,
        precision,
        independent,
        status,
    })
}

/// `dimensions:`: each name, and the values that are declared for it, none where any will do: a list, or `values`, `labels` and `order`.
fn dimensions(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Dimensions {
    let mut dimensions = Dimensions::default();
    if let Some(node) = fields.get("dimensions")
        && let Some(inner) = reader.mapping(node, "`dimensions`")
    {
        for (name, span, values) in inner.entries() {
            if OBSERVATION_KEYS.contains(name) {
                reader.push(
                    Finding::error(
                        Code::BadId,
                        *span,
                        format!("`{name}` cannot be the name of a dimension: observations have a key of this name"),
                    )
                    .help("choose another name for the dimension"),
                );
                continue;
            }
            let name = reader.id(name, *span, "a dimension");
            let values = if matches!(values.kind, Kind::Map(_)) {
                described(reader, values, &name.value, &mut dimensions)
            } else {
                declared(reader, values)
            };
            dimensions.values.push((name, values));
        }
    }
    dimensions
}

/// A list of dimension values.
fn declared(reader: &mut Reader<'_>, node: &Node) -> Vec<Spanned<String>> {
    reader
        .list(node, "the values of a dimension")
        .iter()
        .filter_map(|value| dimension_value(reader, value, "a dimension value"))
        .collect()
}

/// `{values: […], labels: {value: name}, order: […]}` of a dimension: its declared values; labels and order go to `dimensions`.
fn described(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &str,
    dimensions: &mut Dimensions,
) -> Vec<Spanned<String>> {
    let what = format!("dimension `{name}`");
    let Some(fields) = reader.fields(node, &what, &["values", "labels", "order"]) else {
        return Vec::new();
    };
    let values = fields
        .get("values")
        .map_or_else(Vec::new, |node| declared(reader, node));
    if let Some(node) = fields.get("labels")
        && let Some(inner) = reader.mapping(node, "`labels`")
    {
        for (value, span, label) in inner.entries() {
            let value = value.trim().to_owned();
            if !values.is_empty() && !values.iter().any(|known| known.value == value) {
                let names = values.iter().map(|known| known.value.as_str());
                reader.push(
                    Finding::error(
                        Code::UnknownDimensionValue,
                        *span,
                        format!("{what} has no value `{value}`"),
                    )
                    .help(one_of(names.clone()))
                    .nearest(&value, names),
                );
                continue;
            }
            if let Some(label) = reader.text(label, "the label of a dimension value") {
                dimensions.labels.push((name.to_owned(), value, label));
            }
        }
    }
    if let Some(node) = fields.get("order") {
        let order = declared(reader, node);
        let order = order.into_iter().map(|value| value.value).collect();
        dimensions.order.push((name.to_owned(), order));
    }
    values
}

fn observation(
    reader: &mut Reader<'_>,
    node: &Node,
    metric: &str,
    dimensions: &[(Spanned<String>, Vec<Spanned<String>>)],
) -> Option<ObservationModel> {
    let what = format!("an observation of {metric}");
    let names: Vec<&str> = OBSERVATION_KEYS
        .iter()
        .copied()
        .chain(dimensions.iter().map(|(name, _)| name.value.as_str()))
        .collect();
    let fields = reader.fields(node, &what, &names)?;
    let at = reader
        .need(&fields, "at", &what)
        .and_then(|node| reader.period(node, "`at`"));
    let reading = reader
        .need(&fields, "value", &what)
        .and_then(|node| reading(reader, node));
    let mut given = Vec::new();
    for (dimension, allowed) in dimensions {
        let Some(node) = fields.get(&dimension.value) else {
            continue;
        };
        let what = format!("`{}`", dimension.value);
        // A declared value has told at its declaration.
        let known = |raw: &str| allowed.iter().any(|value| value.value == raw);
        let given_value = if allowed.is_empty() {
            dimension_value(reader, node, &what)
        } else {
            reader.text(node, &what).map(crate::model::Text::spanned)
        };
        let Some(text) = given_value else {
            continue;
        };
        if !allowed.is_empty() && !known(&text.value) {
            let names: Vec<&str> = allowed.iter().map(|value| value.value.as_str()).collect();
            reader.push(
                Finding::error(
                    Code::UnknownDimensionValue,
                    text.span,
                    format!(
                        "dimension `{}` has no value `{}`",
                        dimension.value, text.value
                    ),
                )
                .help(format!("one of: {}", names.join(", ")))
                .nearest(&text.value, names.iter().copied()),
            );
        }
        given.push((dimension.clone(), text));
    }
    let status = fields
        .get("status")
        .and_then(|node| reader.status(node))
        .unwrap_or(Spanned {
            value: Status::Actual,
            span: node.span,
        });
    let due = fields
        .get("due")
        .and_then(|node| reader.period(node, "`due`"))
        .filter(|due| deadline(reader, due));
    let from = reader.need_text(&fields, "from", &what);
    Some(ObservationModel {
        evidence: reader.optional_text(&fields, "evidence"),
        by: reader.optional_text(&fields, "by"),
        note: reader.optional_text(&fields, "note"),
        preferred: reader.optional_text(&fields, "preferred"),
        corrects: reader.optional_text(&fields, "corrects"),
        dimensions: given,
        at: at?,
        reading: reading?,
        rounded: false,
        from,
        status,
        due,
        span: node.span,
    })
}

/// A dimension value, which an address must be able to say.
fn dimension_value(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<String>> {
    let text = reader.text(node, what)?;
    if !is_dimension_value(&text.raw) {
        reader.push(
            Finding::error(
                Code::BadId,
                text.span,
                format!("`{}` cannot be a dimension value", text.raw),
            )
            .help(DIMENSION_VALUE_HELP),
        );
    }
    Some(text.spanned())
}

/// A deadline is the end of one year, month or day; it has no begin.
fn deadline(reader: &mut Reader<'_>, due: &Spanned<Period>) -> bool {
    let single = matches!(due.value.extent, Extent::Unit(_));
    if !single {
        reader.push(
            Finding::error(
                Code::BadPeriod,
                due.span,
                "a deadline cannot be a span of time",
            )
            .help("write one day, month or year, such as `due: 2024-11`"),
        );
    }
    single
}
