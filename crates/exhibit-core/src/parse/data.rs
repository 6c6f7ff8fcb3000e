//! A data set: sources, units, metrics with observations, events.

use exhibit_facts::quantity::Status;
use exhibit_facts::unit::{CurrencyStyle, Units};

use super::inventory::inventory;
use super::metric::metric;
use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::{DataModel, EventModel, SourceModel, Spanned, Text, UnitModel};
use crate::yaml::Node;

/// Reads a data set; nothing where it is no mapping.
pub(crate) fn data(reader: &mut Reader<'_>, root: &Node) -> Option<DataModel> {
    let mut model = DataModel::default();
    let fields = reader.fields(
        root,
        "a data set",
        &["sources", "units", "inventory", "metrics", "events"],
    )?;
    for (name, span, node) in entries(reader, &fields, "sources") {
        let id = reader.id(name, span, "a source");
        match source(reader, id, node) {
            Some(source) => model.sources.push(source),
            None => model.broken.push(format!("source:{name}")),
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
        match event(reader, id, node) {
            Some(event) => model.events.push(event),
            None => model.broken.push(format!("event:{name}")),
        }
    }
    inventory(reader, &fields, &model.metrics);
    Some(model)
}

fn entries<'n>(
    reader: &mut Reader<'_>,
    fields: &Fields<'n>,
    key: &str,
) -> Vec<(&'n str, exhibit_facts::span::Span, &'n Node)> {
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
        "package",
    ];
    let fields = reader.fields(node, "a source", &keys)?;
    let package = reader
        .optional_text(&fields, "package")
        .map(|file| reader.as_written(file));
    let title = match (&package, fields.get("title")) {
        // The package has one.
        (Some(package), None) => Some(Text {
            raw: String::new(),
            span: package.span,
        }),
        _ => reader.need_text(&fields, "title", "a source"),
    };
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
        package,
    })
}

/// How a currency stands in print, by the word for it.
const STYLES: [(&str, CurrencyStyle); 3] = [
    ("symbol", CurrencyStyle::Symbol),
    ("code", CurrencyStyle::Code),
    ("name", CurrencyStyle::Name),
];

fn unit(reader: &mut Reader<'_>, name: Spanned<String>, node: &Node) -> Option<UnitModel> {
    if name.value.contains(['*', '/']) || name.value == "1" || name.value.trim().is_empty() {
        reader.push(
            Finding::error(
                Code::BadId,
                name.span,
                format!("`{}` cannot be the name of a unit", name.value),
            )
            .help("choose a name without `*` and `/`: these signs multiply and divide units"),
        );
    }
    let fields = reader.fields(node, "a unit", &["one", "other", "de", "zh", "style"])?;
    let one = reader.optional_text(&fields, "one");
    let other = reader.optional_text(&fields, "other");
    let german = fields.get("de").and_then(|node| {
        let pair = reader.fields(node, "`de`", &["one", "other"])?;
        let one = reader.need_text(&pair, "one", "`de`");
        let other = reader.need_text(&pair, "other", "`de`");
        Some((one?.raw, other?.raw))
    });
    let chinese = reader.optional_text(&fields, "zh").map(|text| text.raw);
    let style = fields
        .get("style")
        .and_then(|node| reader.choice(node, "style", &STYLES));
    if let Some(style) = &style
        && !Units::builtin().set_style(&name.value, style.value)
    {
        reader.push(
            Finding::error(
                Code::UnknownKey,
                style.span,
                format!(
                    "unit `{}` is no built-in currency and cannot have a `style`",
                    name.value
                ),
            )
            .help("remove `style`: only currencies such as USD, EUR and CNY have signs and codes"),
        );
    }
    Some(UnitModel {
        name,
        one,
        other,
        german,
        style: style.map(|style| style.value),
        chinese,
    })
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
        .and_then(|node| reader.status(node))
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
