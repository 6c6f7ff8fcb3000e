//! A data set: sources, units, metrics with observations, events.

use super::{Fields, Reader};
use crate::diag::Finding;
use crate::model::{
    DataModel, EventModel, Measure, MetricModel, ObservationModel, SourceModel, Spanned, UnitModel,
};
use crate::number;
use crate::quantity::{Reading, Shape, Status, Value};
use crate::yaml::{Kind, Node};

const STATUS: [(&str, Status); 6] = [
    ("actual", Status::Actual),
    ("estimated", Status::Estimated),
    ("provisional", Status::Provisional),
    ("target", Status::Target),
    ("forecast", Status::Forecast),
    ("claimed", Status::Claimed),
];

const MEASURE: [(&str, Measure); 3] = [
    ("flow", Measure::Flow),
    ("stock", Measure::Stock),
    ("ratio", Measure::Ratio),
];

const OBSERVATION: [&str; 9] = [
    "at",
    "value",
    "from",
    "evidence",
    "status",
    "by",
    "due",
    "note",
    "preferred",
];

/// Reads a data set.
pub(crate) fn data(reader: &mut Reader<'_>, root: &Node) -> DataModel {
    let mut model = DataModel::default();
    let Some(fields) = reader.fields(
        root,
        "a data set",
        &["sources", "units", "inventory", "metrics", "events"],
    ) else {
        return model;
    };
    for (name, span, node) in entries(reader, &fields, "sources") {
        let id = reader.id(name, span, "a source");
        if let Some(source) = source(reader, id, node) {
            model.sources.push(source);
        }
    }
    for (name, span, node) in entries(reader, &fields, "units") {
        if let Some(unit) = unit(
            reader,
            Spanned {
                value: name.to_owned(),
                span,
            },
            node,
        ) {
            model.units.push(unit);
        }
    }
    for (name, span, node) in entries(reader, &fields, "metrics") {
        let id = reader.id(name, span, "a metric");
        match metric(reader, id, node) {
            Some(metric) => model.metrics.push(metric),
            None => model.broken.push(name.to_owned()),
        }
    }
    for (name, span, node) in entries(reader, &fields, "events") {
        let id = reader.id(name, span, "an event");
        if let Some(event) = event(reader, id, node) {
            model.events.push(event);
        }
    }
    inventory(reader, &fields, &model.metrics);
    model
}

/// Holds the data set to what it says it holds: so many observations of each metric, in this unit.
fn inventory(reader: &mut Reader<'_>, fields: &Fields<'_>, metrics: &[MetricModel]) {
    let Some(node) = fields.get("inventory") else {
        return;
    };
    let Some(listed) = reader.mapping(node, "`inventory`") else {
        return;
    };
    let way_out =
        "count again what the source states; if the data set is right, write it into `inventory`";
    for (name, span, node) in listed.entries() {
        let Some(text) = reader.text(node, "an entry of `inventory`") else {
            continue;
        };
        let (count, unit) = text
            .said
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((text.said.trim(), "1"));
        let Ok(count) = count.parse::<usize>() else {
            reader.push(
                Finding::error("inventory", text.span, format!("`{}` is no count of observations", text.said))
                    .help("write how many observations the metric has, then its unit, such as `2 vehicles`; a metric without unit has the count alone"),
            );
            continue;
        };
        let Some(metric) = metrics.iter().find(|metric| metric.id.value == *name) else {
            let finding = Finding::error(
                "inventory",
                *span,
                format!("the inventory lists `{name}`, but there is no such metric"),
            )
            .label("not below")
            .help(way_out);
            let names = metrics.iter().map(|metric| metric.id.value.as_str());
            reader.push(finding.nearest(name, names));
            continue;
        };
        if metric.written != count {
            let finding = Finding::error(
                "inventory",
                metric.id.span,
                format!(
                    "`{name}` has {} observations, the inventory lists {count}",
                    metric.written
                ),
            );
            reader.push(
                finding
                    .label(format!("{} here", metric.written))
                    .other(text.span, format!("{count} there"))
                    .help(way_out),
            );
        }
        let (stated, place) = match &metric.unit {
            Some(unit) => (unit.said.trim(), unit.span),
            None => ("1", metric.id.span),
        };
        if stated != unit.trim() {
            let finding = Finding::error(
                "inventory",
                place,
                format!(
                    "`{name}` is in `{stated}`, the inventory lists it in `{}`",
                    unit.trim()
                ),
            );
            reader.push(
                finding
                    .label("this unit")
                    .other(text.span, "another one there")
                    .help(way_out),
            );
        }
    }
    for metric in metrics {
        let observed = metric.formula.is_none();
        if observed
            && !listed
                .entries()
                .iter()
                .any(|(name, ..)| *name == metric.id.value)
        {
            reader.push(
                Finding::error(
                    "inventory",
                    metric.id.span,
                    format!("the inventory does not list `{}`", metric.id.value),
                )
                .label("not listed")
                .other(node.span.part(0, 0), "the inventory begins here")
                .help(way_out),
            );
        }
    }
}

fn entries<'n>(
    reader: &mut Reader<'_>,
    fields: &Fields<'n>,
    key: &str,
) -> Vec<(&'n str, crate::diag::Span, &'n Node)> {
    let Some(node) = fields.get(key) else {
        return Vec::new();
    };
    reader
        .mapping(node, &format!("`{key}`"))
        .map(|inner| inner.entries().to_vec())
        .unwrap_or_default()
}

fn source(reader: &mut Reader<'_>, id: Spanned<String>, node: &Node) -> Option<SourceModel> {
    let keys = [
        "title",
        "author",
        "editor",
        "publisher",
        "kind",
        "published",
        "accessed",
        "url",
        "licence",
        "note",
    ];
    let fields = reader.fields(node, "a source", &keys)?;
    let title = reader.need_text(&fields, "title", "a source");
    let period = |reader: &mut Reader<'_>, key: &str| {
        fields
            .get(key)
            .and_then(|node| reader.period(node, &format!("`{key}`")))
    };
    let (published, accessed) = (period(reader, "published"), period(reader, "accessed"));
    let mut text = |key: &str| reader.optional_text(&fields, key);
    Some(SourceModel {
        id,
        author: text("author"),
        editor: text("editor"),
        publisher: text("publisher"),
        kind: text("kind"),
        url: text("url"),
        licence: text("licence"),
        note: text("note"),
        title: title?,
        published,
        accessed,
    })
}

fn unit(reader: &mut Reader<'_>, name: Spanned<String>, node: &Node) -> Option<UnitModel> {
    if name.value.contains(['*', '/']) || name.value == "1" || name.value.trim().is_empty() {
        reader.push(
            Finding::error(
                "bad-id",
                name.span,
                format!("`{}` cannot name a unit", name.value),
            )
            .help("a unit's name holds no `*` or `/`: products and quotients are made from names"),
        );
    }
    let fields = reader.fields(node, "a unit", &["one", "other", "de", "zh"])?;
    let one = reader.optional_text(&fields, "one");
    let other = reader.optional_text(&fields, "other");
    let german = fields.get("de").and_then(|node| {
        let pair = reader.fields(node, "`de`", &["one", "other"])?;
        let one = reader.need_text(&pair, "one", "`de`");
        let other = reader.need_text(&pair, "other", "`de`");
        Some((one?.said, other?.said))
    });
    let chinese = reader.optional_text(&fields, "zh").map(|text| text.said);
    Some(UnitModel {
        name,
        one,
        other,
        german,
        chinese,
    })
}

fn metric(reader: &mut Reader<'_>, id: Spanned<String>, node: &Node) -> Option<MetricModel> {
    let keys = [
        "label",
        "description",
        "unit",
        "measure",
        "signed",
        "dimensions",
        "observations",
        "formula",
        "at",
        "status",
        "note",
    ];
    let what = format!("metric `{}`", id.value);
    let fields = reader.fields(node, &what, &keys)?;
    let label = reader.need_text(&fields, "label", &what);
    let mut dimensions: Vec<(Spanned<String>, Vec<Spanned<String>>)> = Vec::new();
    if let Some(node) = fields.get("dimensions")
        && let Some(inner) = reader.mapping(node, "`dimensions`")
    {
        for (name, span, values) in inner.entries() {
            if OBSERVATION.contains(name) {
                reader.push(
                    Finding::error(
                        "bad-id",
                        *span,
                        format!("`{name}` is a key of observations and cannot name a dimension"),
                    )
                    .help("choose another name for the dimension"),
                );
                continue;
            }
            let name = reader.id(name, *span, "a dimension");
            let values = reader
                .list(values, "the values of a dimension")
                .iter()
                .filter_map(|value| reader.text(value, "a dimension value"))
                .map(|text| Spanned {
                    value: text.said,
                    span: text.span,
                })
                .collect();
            dimensions.push((name, values));
        }
    }
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
    if formula.is_none() && written == 0 {
        reader.push(
            Finding::error(
                "missing-key",
                id.span,
                format!("{what} has neither observations nor a formula"),
            )
            .help("add `observations:` with at least one entry, or `formula:`"),
        );
    }
    let measure = fields
        .get("measure")
        .and_then(|node| reader.choice(node, "measure", &MEASURE));
    let at = fields
        .get("at")
        .and_then(|node| reader.period(node, "`at`"));
    if at.is_some() && formula.is_none() {
        reader.push(Finding::error("unknown-key", fields.get("at").map_or(id.span, |node| node.span), format!("{what} has `at` but no formula")).help("`at` belongs to each observation; on a metric it says for which period a formula holds"));
    }
    let status = fields
        .get("status")
        .and_then(|node| reader.choice(node, "status", &STATUS));
    Some(MetricModel {
        description: reader.optional_text(&fields, "description"),
        unit: reader.optional_text(&fields, "unit"),
        signed: reader.boolean(&fields, "signed", false),
        note: reader.optional_text(&fields, "note"),
        label: label?,
        id,
        measure,
        dimensions,
        broken: observations.len() < written,
        observations,
        written,
        formula,
        at,
        status,
    })
}

fn observation(
    reader: &mut Reader<'_>,
    node: &Node,
    metric: &str,
    dimensions: &[(Spanned<String>, Vec<Spanned<String>>)],
) -> Option<ObservationModel> {
    let what = format!("an observation of {metric}");
    let names: Vec<&str> = OBSERVATION
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
        let Some(text) = reader.text(node, &format!("`{}`", dimension.value)) else {
            continue;
        };
        if !allowed.is_empty() && !allowed.iter().any(|value| value.value == text.said) {
            let names: Vec<&str> = allowed.iter().map(|value| value.value.as_str()).collect();
            reader.push(
                Finding::error(
                    "unknown-dimension-value",
                    text.span,
                    format!(
                        "`{}` is no value of dimension `{}`",
                        text.said, dimension.value
                    ),
                )
                .help(format!("one of: {}", names.join(", ")))
                .nearest(&text.said, names.iter().copied()),
            );
        }
        given.push((
            dimension.clone(),
            Spanned {
                value: text.said,
                span: text.span,
            },
        ));
    }
    let status = fields
        .get("status")
        .and_then(|node| reader.choice(node, "status", &STATUS))
        .unwrap_or(Spanned {
            value: Status::Actual,
            span: node.span,
        });
    let due = fields
        .get("due")
        .and_then(|node| reader.period(node, "`due`"));
    let from = reader.need_text(&fields, "from", &what);
    Some(ObservationModel {
        evidence: reader.optional_text(&fields, "evidence"),
        by: reader.optional_text(&fields, "by"),
        note: reader.optional_text(&fields, "note"),
        preferred: reader.optional_text(&fields, "preferred"),
        dimensions: given,
        at: at?,
        reading: reading?,
        from,
        status,
        due,
        span: node.span,
    })
}

/// A value in its short or long form.
fn reading(reader: &mut Reader<'_>, node: &Node) -> Option<Spanned<Reading>> {
    let spanned = |reading| {
        Some(Spanned {
            value: reading,
            span: node.span,
        })
    };
    match &node.kind {
        Kind::Scalar { text, .. } => match number::value(text) {
            Ok(value) => spanned(Reading::Value(value)),
            Err(fault) => {
                reader.push(
                    Finding::error("bad-value", node.span, fault.reason)
                        .label("not a value")
                        .help(fault.help),
                );
                None
            }
        },
        Kind::Map(_) => {
            let fields = reader.fields(
                node,
                "a value",
                &[
                    "exactly",
                    "more_than",
                    "at_least",
                    "less_than",
                    "at_most",
                    "range",
                    "unknown",
                    "about",
                ],
            )?;
            let about = reader.boolean(&fields, "about", false);
            let shapes: Vec<_> = fields
                .entries()
                .iter()
                .filter(|(name, ..)| *name != "about")
                .collect();
            let [(name, _, inner)] = shapes.as_slice() else {
                reader.push(Finding::error("bad-value", node.span, "a value has exactly one shape").help("write one of exactly, more_than, at_least, less_than, at_most, range, unknown; `about: true` may stand beside it"));
                return None;
            };
            if *name == "unknown" {
                return reader
                    .text(inner, "the reason")
                    .and_then(|reason| spanned(Reading::Missing(reason.said)));
            }
            let shape = if *name == "range" {
                let ends: Vec<_> = reader
                    .list(inner, "`range`")
                    .iter()
                    .map(|end| amount(reader, end))
                    .collect();
                let [low, high] = ends.as_slice() else {
                    reader.push(
                        Finding::error("bad-value", inner.span, "a range has two ends")
                            .help("write {range: [40, 50]}"),
                    );
                    return None;
                };
                match number::range(low.clone()?, high.clone()?) {
                    Ok(shape) => shape,
                    Err(fault) => {
                        reader.push(
                            Finding::error("bad-value", inner.span, fault.reason).help(fault.help),
                        );
                        return None;
                    }
                }
            } else {
                let amount = amount(reader, inner)?;
                match *name {
                    "more_than" => Shape::MoreThan(amount),
                    "at_least" => Shape::AtLeast(amount),
                    "less_than" => Shape::LessThan(amount),
                    "at_most" => Shape::AtMost(amount),
                    _ => Shape::Exact(amount),
                }
            };
            spanned(Reading::Value(Value { shape, about }))
        }
        Kind::Null => {
            reader.push(Finding::error("bad-value", node.span, "there is no value").help("a figure that is not known is written {unknown: reason}; missing is never zero"));
            None
        }
        Kind::Seq(_) => {
            reader.push(
                Finding::error("bad-value", node.span, "a value is one number or range")
                    .help("write 40..50 or {range: [40, 50]}"),
            );
            None
        }
    }
}

fn amount(reader: &mut Reader<'_>, node: &Node) -> Option<crate::quantity::Amount> {
    let text = reader.text(node, "a number")?;
    match number::amount(&text.said) {
        Ok(amount) => Some(amount),
        Err(fault) => {
            reader.push(
                Finding::error("bad-value", text.span, fault.reason)
                    .label("not a number")
                    .help(fault.help),
            );
            None
        }
    }
}

fn event(reader: &mut Reader<'_>, id: Spanned<String>, node: &Node) -> Option<EventModel> {
    let what = format!("event `{}`", id.value);
    let fields = reader.fields(
        node,
        &what,
        &["at", "label", "from", "evidence", "status", "note"],
    )?;
    let at = reader
        .need(&fields, "at", &what)
        .and_then(|node| reader.period(node, "`at`"));
    let label = reader.need_text(&fields, "label", &what);
    let from = reader.need_text(&fields, "from", &what);
    let status = fields
        .get("status")
        .and_then(|node| reader.choice(node, "status", &STATUS))
        .map_or(Status::Actual, |status| status.value);
    let evidence = reader.optional_text(&fields, "evidence");
    let note = reader.optional_text(&fields, "note");
    Some(EventModel {
        id,
        at: at?,
        label: label?,
        from,
        evidence,
        status,
        note,
    })
}
