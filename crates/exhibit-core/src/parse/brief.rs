//! A brief: head matter, exhibits, body.

use exhibit_facts::chart_spec::CHART_KEYS;
use exhibit_facts::facts::{Align, ChartKind, ColorRole, Directive, RegisterForm};
use exhibit_facts::language::Language;
use exhibit_facts::number;
use exhibit_facts::span::Span;

use super::metric::metric;
use super::precision::{of_columns, precision};
use super::reader::{Fields, Reader};
use crate::diag::{Code, Finding};
use crate::model::{
    BarModel, BlockModel, BriefModel, ChartDataModel, ChartModel, ExhibitBody, ExhibitKind,
    ExhibitModel, FigureModel, MetricModel, RowModel, SeriesModel, Sort, Spanned, Text,
};
use crate::yaml::{Kind, Node};

const LANGUAGES: [(&str, Language); 5] = [
    ("en", Language::English),
    ("de", Language::German),
    ("zh", Language::Chinese),
    ("zh-Hans", Language::Chinese),
    ("zh-CN", Language::Chinese),
];

const ROLES: [(&str, ColorRole); 9] = [
    ("accent", ColorRole::Accent),
    ("second", ColorRole::Second),
    ("third", ColorRole::Third),
    ("fourth", ColorRole::Fourth),
    ("fifth", ColorRole::Fifth),
    ("sixth", ColorRole::Sixth),
    ("seventh", ColorRole::Seventh),
    ("eighth", ColorRole::Eighth),
    ("neutral", ColorRole::Neutral),
];

const REGISTERS: [(&str, RegisterForm); 3] = [
    ("grouped", RegisterForm::Grouped),
    ("full", RegisterForm::Full),
    ("attached", RegisterForm::Attached),
];

/// Words of `sort`. As in the data is what is drawn without it.
const SORTS: [(&str, Option<Sort>); 7] = [
    ("data", None),
    ("value", sort(true, true)),
    ("value descending", sort(true, true)),
    ("value ascending", sort(true, false)),
    ("label", sort(false, false)),
    ("label ascending", sort(false, false)),
    ("label descending", sort(false, true)),
];

const fn sort(by_value: bool, descending: bool) -> Option<Sort> {
    Some(Sort {
        by_value,
        descending,
    })
}

const ALIGNS: [(&str, Align); 2] = [("left", Align::Left), ("decimal", Align::Decimal)];

/// Kinds of exhibits that are no charts.
const OTHER_KINDS: [(&str, ExhibitKind); 3] = [
    ("timeline", ExhibitKind::Timeline),
    ("key-figures", ExhibitKind::KeyFigures),
    ("table", ExhibitKind::Table),
];

/// Every kind of exhibit by its name, charts first.
fn kinds() -> Vec<(&'static str, ExhibitKind)> {
    let charts = ChartKind::ALL
        .iter()
        .map(|&kind| (kind.name(), ExhibitKind::Chart(kind)));
    charts.chain(OTHER_KINDS).collect()
}

/// Where an exhibit stands.
const PLACES: [(&str, Directive); 3] = [
    ("here", Directive::Here),
    ("top", Directive::Top),
    ("float", Directive::Float),
];

const BLOCKS: [&str; 10] = [
    "heading",
    "subheading",
    "text",
    "exhibit",
    "key-figures",
    "callout",
    "columns",
    "page-break",
    "place",
    "keep",
];

/// Reads a brief. `None` if what every brief needs is not there; the findings say what.
pub(crate) fn brief(reader: &mut Reader<'_>, root: &Node) -> Option<BriefModel> {
    let keys = [
        "title",
        "subtitle",
        "kicker",
        "short-title",
        "authors",
        "date",
        "language",
        "keywords",
        "contents",
        "register",
        "data",
        "allow-numbers",
        "max-age",
        "metrics",
        "key-figures",
        "exhibits",
        "body",
    ];
    let fields = reader.fields(root, "a brief", &keys)?;
    let title = reader.need_text(&fields, "title", "a brief");
    let date = reader
        .need(&fields, "date", "a brief")
        .and_then(|node| reader.period(node, "`date`"));
    let language = fields
        .get("language")
        .and_then(|node| reader.choice(node, "language", &LANGUAGES))
        .map_or(Language::English, |language| language.value);
    let data = if reader.need(&fields, "data", "a brief").is_some() {
        let paths = reader.texts(&fields, "data");
        paths
            .into_iter()
            .map(|path| reader.as_written(path))
            .collect()
    } else {
        Vec::new()
    };
    let key_figures = fields
        .get("key-figures")
        .map(|node| figures(reader, node))
        .unwrap_or_default();
    let metrics = computed(reader, &fields);
    let mut exhibits = Vec::new();
    let mut broken = Vec::new();
    if let Some(node) = fields.get("exhibits")
        && let Some(inner) = reader.mapping(node, "`exhibits`")
    {
        for (name, span, node) in inner.entries() {
            let id = reader.id(name, *span, "an exhibit");
            file_name(reader, &id, &exhibits);
            let found = exhibit(reader, id, node);
            if found.is_none() {
                broken.push((*name).to_owned());
            }
            exhibits.extend(found);
        }
    }
    let body = reader
        .need(&fields, "body", "a brief")
        .map(|node| blocks(reader, node, 0))
        .unwrap_or_default();
    Some(BriefModel {
        subtitle: reader.optional_text(&fields, "subtitle"),
        kicker: reader.optional_text(&fields, "kicker"),
        short_title: reader.optional_text(&fields, "short-title"),
        authors: reader.texts(&fields, "authors"),
        keywords: reader.texts(&fields, "keywords"),
        contents: reader.boolean(&fields, "contents", true),
        register: fields
            .get("register")
            .and_then(|node| reader.choice(node, "form of the register", &REGISTERS))
            .map_or(RegisterForm::default(), |form| form.value),
        allow_numbers: reader.texts(&fields, "allow-numbers"),
        max_age: fields
            .get("max-age")
            .and_then(|node| reader.age(node, false)),
        title: title?,
        date: date?,
        language,
        data,
        metrics,
        key_figures,
        exhibits,
        broken,
        body,
    })
}

/// `metrics:` of a brief: formulas only. A figure with a source belongs into a data set, where it can be verified.
fn computed(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<MetricModel> {
    let mut metrics = Vec::new();
    let Some(node) = fields.get("metrics") else {
        return metrics;
    };
    let Some(inner) = reader.mapping(node, "`metrics`") else {
        return metrics;
    };
    for (name, span, node) in inner.entries() {
        let id = reader.id(name, *span, "a metric");
        let Some(metric) = metric(reader, id, node) else {
            continue;
        };
        if metric.formula.is_none() {
            reader.push(
                Finding::error(
                    Code::MissingKey,
                    metric.id.span,
                    format!("metric `{name}` of the brief has no formula"),
                )
                .help("add `formula:`, or move the metric and its observations to a data set"),
            );
            continue;
        }
        metrics.push(metric);
    }
    metrics
}

/// An exhibit's id is a file name, on every system.
fn file_name(reader: &mut Reader<'_>, id: &Spanned<String>, before: &[ExhibitModel]) {
    let low = id.value.to_ascii_lowercase();
    let device = matches!(low.as_str(), "con" | "prn" | "aux" | "nul")
        || (low.len() == 4
            && (low.starts_with("com") || low.starts_with("lpt"))
            && low.ends_with(|ch: char| ch.is_ascii_digit()));
    if device {
        reader.push(
            Finding::error(
                Code::BadId,
                id.span,
                format!(
                    "exhibit id `{}` is a reserved file name on Windows",
                    id.value
                ),
            )
            .help("choose another id: the id of an exhibit is also the name of its chart files"),
        );
    }
    let twin = before
        .iter()
        .find(|other| other.id.value.eq_ignore_ascii_case(&id.value));
    if let Some(twin) = twin {
        reader.push(
            Finding::error(
                Code::BadId,
                id.span,
                format!(
                    "exhibit ids `{}` and `{}` differ only in capital letters",
                    id.value, twin.id.value
                ),
            )
            .label("again here")
            .other(twin.id.span, "first here")
            .help("choose another id: ids become file names, and many disks ignore capital letters in file names"),
        );
    }
}

fn figures(reader: &mut Reader<'_>, node: &Node) -> Vec<FigureModel> {
    reader
        .list(node, "key figures")
        .iter()
        .filter_map(|item| figure(reader, item, "a key figure"))
        .collect()
}

fn figure(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<FigureModel> {
    let fields = reader.fields(node, what, &["of", "label", "detail"])?;
    let of = reader.need_text(&fields, "of", what);
    Some(FigureModel {
        label: reader.optional_text(&fields, "label"),
        detail: reader.optional_text(&fields, "detail"),
        of: of?,
    })
}

fn exhibit(reader: &mut Reader<'_>, id: Spanned<String>, node: &Node) -> Option<ExhibitModel> {
    let kinds = kinds();
    let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
    let what = format!("exhibit `{}`", id.value);
    let outer = reader.fields(node, &what, &names)?;
    let [(kind, span, inner)] = outer.entries() else {
        if outer.entries().len() != 1 {
            reader.push(
                Finding::error(
                    Code::WrongType,
                    id.span,
                    format!("{what} must have exactly one kind"),
                )
                .help(format!(
                    "write exactly one of {} below the id",
                    names.join(", ")
                )),
            );
        }
        return None;
    };
    let kind = Spanned {
        value: kinds.iter().find(|(name, _)| name == kind)?.1,
        span: *span,
    };
    let common = ["title", "subtitle", "notes", "alt", "slide"];
    let (shared, own): (&[&str], &[&str]) = match kind.value {
        ExhibitKind::Chart(chart) => (&CHART_KEYS, chart.spec().keys),
        ExhibitKind::Timeline => (&[], &["events", "emphasis", "break"]),
        ExhibitKind::KeyFigures => (&[], &["figures", "digits", "decimals"]),
        ExhibitKind::Table => (
            &[],
            &["head", "align", "rows", "sort", "digits", "decimals"],
        ),
    };
    let known: Vec<&str> = common.iter().chain(shared).chain(own).copied().collect();
    let fields = reader.fields(inner, &what, &known)?;
    let title = reader.need_text(&fields, "title", &what);
    let body = match kind.value {
        ExhibitKind::Chart(_) => chart(reader, &fields, &what, kind.span)
            .map(|chart| ExhibitBody::Chart(Box::new(chart))),
        ExhibitKind::Timeline => {
            let events = fields
                .get("events")
                .map(|_| reader.texts(&fields, "events"));
            Some(ExhibitBody::Timeline {
                events,
                emphasis: reader.texts(&fields, "emphasis"),
                breaks: reader.boolean(&fields, "break", true),
            })
        }
        ExhibitKind::KeyFigures => {
            reader
                .need(&fields, "figures", &what)
                .map(|node| ExhibitBody::KeyFigures {
                    figures: figures(reader, node),
                    precision: precision(reader, &fields, 1),
                })
        }
        ExhibitKind::Table => table(reader, &fields, &what),
    };
    Some(ExhibitModel {
        subtitle: reader.optional_text(&fields, "subtitle"),
        notes: reader.texts(&fields, "notes"),
        alt: reader.optional_text(&fields, "alt"),
        slide: reader.boolean(&fields, "slide", true),
        title: title?,
        body: body?,
        id,
        kind,
    })
}

fn chart(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    what: &str,
    kind: Span,
) -> Option<ChartModel> {
    let data = chart_data(reader, fields, what, kind)?;
    misplaced(reader, fields, what);
    let scale = multiplier(reader, fields);
    let references = fields
        .get("references")
        .map(|node| {
            reader
                .list(node, "`references`")
                .iter()
                .filter_map(|item| figure(reader, item, "a reference"))
                .collect()
        })
        .unwrap_or_default();
    Some(ChartModel {
        data,
        scale,
        emphasis: reader.texts(fields, "emphasis"),
        references,
        whole: reader.optional_text(fields, "whole"),
        precision: precision(reader, fields, 1),
        sort: sorting(reader, fields),
    })
}

/// What a chart draws, written in one of three ways.
fn chart_data(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    what: &str,
    kind: Span,
) -> Option<ChartDataModel> {
    let forms = ["of", "rows", "series"];
    let given: Vec<&str> = forms
        .into_iter()
        .filter(|key| fields.get(key).is_some())
        .collect();
    match given.as_slice() {
        ["of"] => {
            let metric = reader.need_text(fields, "of", what)?;
            let mut filter = Vec::new();
            if let Some(node) = fields.get("where")
                && let Some(inner) = reader.mapping(node, "`where`")
            {
                for (name, span, value) in inner.entries() {
                    let values = one_or_more(reader, value, "a dimension value");
                    filter.push((
                        Spanned {
                            value: (*name).to_owned(),
                            span: *span,
                        },
                        values,
                    ));
                }
            }
            Some(ChartDataModel::Of {
                metric,
                over: reader.optional_text(fields, "over"),
                by: reader.optional_text(fields, "by"),
                filter,
                from: fields
                    .get("from")
                    .and_then(|node| reader.period(node, "`from`")),
                to: fields
                    .get("to")
                    .and_then(|node| reader.period(node, "`to`")),
            })
        }
        ["rows"] => {
            let rows = reader
                .list(fields.get("rows")?, "`rows`")
                .iter()
                .filter_map(|item| bar(reader, item))
                .collect();
            Some(ChartDataModel::Rows(rows))
        }
        ["series"] => {
            reader.need(fields, "categories", what)?;
            let categories = reader.texts(fields, "categories");
            let series = reader
                .list(fields.get("series")?, "`series`")
                .iter()
                .filter_map(|item| series(reader, item))
                .collect();
            Some(ChartDataModel::Grid { categories, series })
        }
        _ => {
            reader.push(
                Finding::error(
                    Code::ChartWithoutData,
                    kind,
                    format!("{what} must name its data in exactly one way"),
                )
                .help("write `of:` with `over:`, or `rows:`, or `categories:` with `series:`"),
            );
            None
        }
    }
}

/// A text, or a list of texts.
fn one_or_more(reader: &mut Reader<'_>, node: &Node, what: &str) -> Vec<Text> {
    if matches!(node.kind, Kind::Seq(_)) {
        let items = reader.list(node, what);
        items
            .iter()
            .filter_map(|item| reader.text(item, what))
            .collect()
    } else {
        reader.text(node, what).into_iter().collect()
    }
}

/// Keys that go with another one, which is not there.
fn misplaced(reader: &mut Reader<'_>, fields: &Fields<'_>, what: &str) {
    for (key, belongs) in [
        ("over", "of"),
        ("by", "of"),
        ("where", "of"),
        ("from", "of"),
        ("to", "of"),
        ("categories", "series"),
    ] {
        if let (Some(node), None) = (fields.get(key), fields.get(belongs)) {
            reader.push(
                Finding::error(
                    Code::UnknownKey,
                    node.span,
                    format!("{what} has `{key}` but no `{belongs}`"),
                )
                .help(format!("remove `{key}` or add `{belongs}`")),
            );
        }
    }
}

/// `in:`, the power of ten that the scale counts in.
fn multiplier(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Spanned<u32>> {
    let node = fields.get("in")?;
    let text = reader.text(node, "`in`")?;
    let power = number::multiplier(&text.raw);
    if power.is_none() {
        reader.push(
            Finding::error(
                Code::UnknownWord,
                text.span,
                format!("`{}` is not a multiplier word", text.raw),
            )
            .help("one of: thousand, million, billion, trillion, 万, 亿"),
        );
    }
    power.map(|value| Spanned {
        value,
        span: text.span,
    })
}

/// `sort:`; `None` for the order of the data.
fn sorting(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Spanned<Sort>> {
    let sort = reader.choice(fields.get("sort")?, "order", &SORTS)?;
    sort.value.map(|value| Spanned {
        value,
        span: sort.span,
    })
}

fn color_role(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<ColorRole> {
    fields
        .get("tone")
        .and_then(|node| reader.choice(node, "tone", &ROLES))
        .map(|role| role.value)
}

fn bar(reader: &mut Reader<'_>, node: &Node) -> Option<BarModel> {
    let fields = reader.fields(node, "a row", &["label", "of", "detail", "tone"])?;
    let of = reader.need_text(&fields, "of", "a row");
    Some(BarModel {
        label: reader.optional_text(&fields, "label"),
        detail: reader.optional_text(&fields, "detail"),
        role: color_role(reader, &fields),
        of: of?,
    })
}

fn series(reader: &mut Reader<'_>, node: &Node) -> Option<SeriesModel> {
    let fields = reader.fields(
        node,
        "a series",
        &["label", "tone", "of", "digits", "decimals"],
    )?;
    let label = reader.need_text(&fields, "label", "a series");
    let of = reader.need(&fields, "of", "a series")?;
    let of = reader
        .list(of, "`of` of a series")
        .iter()
        .map(|item| {
            if matches!(item.kind, Kind::Null) {
                None
            } else {
                reader.text(item, "an address")
            }
        })
        .collect();
    Some(SeriesModel {
        label: label?,
        role: color_role(reader, &fields),
        precision: precision(reader, &fields, 1),
        of,
        span: node.span,
    })
}

fn table(reader: &mut Reader<'_>, fields: &Fields<'_>, what: &str) -> Option<ExhibitBody> {
    reader.need(fields, "head", what)?;
    let head = reader.texts(fields, "head");
    let align = fields
        .get("align")
        .map(|node| {
            reader
                .list(node, "`align`")
                .iter()
                .filter_map(|item| reader.choice(item, "alignment", &ALIGNS))
                .collect()
        })
        .unwrap_or_default();
    let node = reader.need(fields, "rows", what)?;
    let mut rows = Vec::new();
    for item in reader.list(node, "`rows`") {
        let Some(row) = reader.fields(item, "a row", &["label", "cells", "emphasis"]) else {
            continue;
        };
        let label = reader.need_text(&row, "label", "a row");
        let cells = reader.texts(&row, "cells");
        let emphasis = reader.boolean(&row, "emphasis", false);
        rows.extend(label.map(|label| RowModel {
            label,
            cells,
            emphasis,
            span: item.span,
        }));
    }
    let sort = sorting(reader, fields);
    let precision = of_columns(reader, fields, head.len());
    Some(ExhibitBody::Table {
        head,
        align,
        precision,
        rows,
        sort,
    })
}

/// Blocks inside blocks; a callout in a column in a column is as deep as it goes.
fn blocks(reader: &mut Reader<'_>, node: &Node, depth: u32) -> Vec<BlockModel> {
    let mut found = Vec::new();
    for item in reader.list(node, "a body") {
        if matches!(&item.kind, Kind::Scalar { text, .. } if text == "page-break") && depth == 0 {
            found.push(BlockModel::Directive(Directive::PageBreak));
            continue;
        }
        let Some(fields) = reader.fields(item, "a block", &BLOCKS) else {
            continue;
        };
        let placed = directives(reader, &fields, depth);
        found.extend(placed.into_iter().map(BlockModel::Directive));
        let kinds = fields
            .entries()
            .iter()
            .filter(|(name, ..)| !DIRECTIVES.contains(name));
        for (index, (name, span, value)) in kinds.enumerate() {
            if index > 0 {
                reader.push(
                    Finding::error(Code::WrongType, *span, "a block must have exactly one key")
                        .help("start a new `- ` entry for this key"),
                );
            }
            let one = |text: Option<Text>, make: fn(Text) -> BlockModel| text.map(make);
            let block = match *name {
                "heading" => one(reader.text(value, "a heading"), |text| {
                    BlockModel::Heading { level: 1, text }
                }),
                "subheading" => one(reader.text(value, "a heading"), |text| {
                    BlockModel::Heading { level: 2, text }
                }),
                "text" => one(reader.text(value, "a text"), BlockModel::Text),
                "exhibit" => one(
                    reader.text(value, "the id of an exhibit"),
                    BlockModel::Exhibit,
                ),
                "key-figures" => Some(BlockModel::KeyFigures(figures(reader, value))),
                "callout" => callout(reader, value),
                "columns" if depth == 0 => Some(BlockModel::Columns(
                    reader
                        .list(value, "`columns`")
                        .iter()
                        .map(|column| blocks(reader, column, depth + 1))
                        .collect(),
                )),
                "columns" => {
                    reader.push(
                        Finding::error(
                            Code::WrongType,
                            *span,
                            "`columns` cannot contain `columns`",
                        )
                        .help("write all columns as one list below one `columns:`"),
                    );
                    None
                }
                _ => None,
            };
            found.extend(block);
        }
    }
    found
}

/// Keys that say something of the place of a block.
const DIRECTIVES: [&str; 3] = ["page-break", "place", "keep"];

/// `page-break`, `place` and `keep` of an entry of the body. `place` goes with an exhibit, `keep` with any block; none of them stands
/// in columns, which no page parts.
fn directives(reader: &mut Reader<'_>, fields: &Fields<'_>, depth: u32) -> Vec<Directive> {
    let mut found = Vec::new();
    for (name, span, value) in fields.entries() {
        if !DIRECTIVES.contains(name) {
            continue;
        }
        if depth > 0 {
            reader.push(
                Finding::error(
                    Code::WrongType,
                    *span,
                    format!("`{name}` cannot stand in columns"),
                )
                .help(format!("write `{name}` at the entry of `columns` itself")),
            );
            continue;
        }
        let alone = fields
            .entries()
            .iter()
            .all(|(name, ..)| DIRECTIVES.contains(name));
        let lonely = match *name {
            "place" => fields.get("exhibit").is_none().then_some("exhibit"),
            "keep" if alone => Some("a block"),
            _ => None,
        };
        if let Some(wanted) = lonely {
            reader.push(
                Finding::error(
                    Code::UnknownKey,
                    *span,
                    format!(
                        "this entry has `{name}` but not {}",
                        if wanted == "exhibit" {
                            "`exhibit`"
                        } else {
                            wanted
                        }
                    ),
                )
                .help(format!(
                    "write `{name}` into the entry of the {}",
                    if wanted == "exhibit" {
                        "exhibit"
                    } else {
                        "block"
                    }
                )),
            );
            continue;
        }
        match *name {
            "page-break" if reader.boolean(fields, name, true) => found.push(Directive::PageBreak),
            "keep" if reader.boolean(fields, name, true) => found.push(Directive::Keep),
            "place" => {
                let place = reader.choice(value, "place", &PLACES);
                found.extend(place.map(|place| place.value));
            }
            _ => {}
        }
    }
    found
}

fn callout(reader: &mut Reader<'_>, node: &Node) -> Option<BlockModel> {
    let fields = reader.fields(node, "a callout", &["title", "text"])?;
    let title = reader.optional_text(&fields, "title");
    let text = reader.need_text(&fields, "text", "a callout")?;
    Some(BlockModel::Callout { title, text })
}
