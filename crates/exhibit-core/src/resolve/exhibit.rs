//! Exhibits: texts, data and the notes that their marks need.

use super::{Context, Place, chart, prose};
use crate::diag::{Finding, Span, one_of};
use crate::facts::{
    Align, Content, Datum, Exhibit, FactId, KeyFigure, Mark, Origin, Prose, Table, TableCell,
    TableRow, TimelineEvent, Tone, Used,
};
use crate::format::{self, Language, Scaling};
use crate::model::{ExhibitBody, ExhibitKind, ExhibitModel, FigureModel, RowModel, Spanned, Text};
use crate::quantity::{Reading, Shape, Status, Value};

/// Most rows of a table, bars of a chart, events of a timeline: what fits a page at reading size.
pub(crate) const MOST: usize = 500;

/// Resolves one exhibit. `None` if it cannot be drawn; the findings say why.
pub(crate) fn exhibit(
    context: &mut Context<'_>,
    model: &ExhibitModel,
    index: usize,
    at: Place,
) -> Option<Exhibit> {
    let language = context.store.language;
    let title = prose::line(context, &model.title, at);
    let subtitle = model
        .subtitle
        .as_ref()
        .map(|text| prose::line(context, text, at))
        .unwrap_or_default();
    let content = match (&model.body, model.kind.value) {
        (ExhibitBody::Chart(chart), ExhibitKind::Chart(kind)) => {
            chart::chart(context, kind, chart, model, at).map(Content::Chart)
        }
        (ExhibitBody::Timeline { events, emphasis }, _) => {
            timeline(context, events.as_deref(), emphasis, model, at).map(Content::Timeline)
        }
        (ExhibitBody::KeyFigures(models), _) => {
            let found = figures(context, models, at);
            if models.is_empty() || found.len() > 12 {
                context.push(
                    Finding::error(
                        "chart-without-data",
                        model.id.span,
                        format!(
                            "exhibit `{}` has {} key figures",
                            model.id.value,
                            models.len()
                        ),
                    )
                    .help("key figures come in ones to twelves"),
                );
            }
            Some(Content::KeyFigures(found))
        }
        (ExhibitBody::Table { head, align, rows }, _) => {
            table(context, head, align, rows, model, at).map(Content::Table)
        }
        (ExhibitBody::Chart(_), _) => unreachable!("the parser gives charts a chart kind"),
    };
    let mut notes: Vec<Prose> = model
        .notes
        .iter()
        .map(|text| prose::line(context, text, at))
        .collect();
    let content = content?;
    let mut facts = Vec::new();
    let mut take = |fact: FactId| {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    };
    for prose in [&title, &subtitle].into_iter().chain(&notes) {
        prose.runs.iter().for_each(|run| {
            if let Some(Mark::Fact { fact, .. }) = run.mark {
                take(fact)
            }
        });
    }
    let data = data(&content);
    data.iter().for_each(|datum| take(datum.fact));
    if let Content::Table(table) = &content {
        table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .for_each(|cell| {
                if let Some(fact) = cell.fact {
                    take(fact)
                }
            });
    }
    notes.extend(mark_notes(language, &content));
    let source_line = source_line(context, &facts, &content);
    Some(Exhibit {
        id: model.id.value.clone(),
        number: index + 1,
        kicker: super::exhibit_name(language, index + 1),
        title,
        subtitle,
        notes,
        source_line,
        content,
        alt: model
            .alt
            .as_ref()
            .map(|text| prose::label(context, text, at)),
        language,
        facts,
        span: model.id.span,
    })
}

fn data(content: &Content) -> Vec<&Datum> {
    match content {
        Content::Chart(chart) => chart
            .series
            .iter()
            .flat_map(|series| series.data.iter().flatten())
            .chain(chart.references.iter().map(|reference| &reference.datum))
            .collect(),
        Content::KeyFigures(figures) => figures.iter().map(|figure| &figure.datum).collect(),
        Content::Timeline(_) | Content::Table(_) => Vec::new(),
    }
}

/// A few words on each kind of mark that occurs and a reader may not know.
fn mark_notes(language: Language, content: &Content) -> Option<Prose> {
    let notes = format::words(language).mark_notes;
    let graphic = matches!(content, Content::Chart(_));
    let data = data(content);
    let mut lines: Vec<String> = Vec::new();
    let mut add = |wanted: bool, line: &str| {
        if wanted && !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    };
    let values = || {
        data.iter().filter_map(|datum| match &datum.reading {
            Reading::Value(value) => Some(value),
            Reading::Missing(_) => None,
        })
    };
    // A line across the plot says its bound by its number's sign alone.
    let lines_across = match content {
        Content::Chart(chart) => chart.references.len(),
        Content::Timeline(_) | Content::KeyFigures(_) | Content::Table(_) => 0,
    };
    let marks = || {
        data[..data.len() - lines_across]
            .iter()
            .filter_map(|datum| match &datum.reading {
                Reading::Value(value) => Some(&value.shape),
                Reading::Missing(_) => None,
            })
    };
    if graphic {
        add(
            marks().any(|shape| matches!(shape, Shape::MoreThan(_) | Shape::AtLeast(_))),
            notes.lower_bound,
        );
        add(
            marks().any(|shape| matches!(shape, Shape::LessThan(_) | Shape::AtMost(_))),
            notes.upper_bound,
        );
        add(
            marks().any(|shape| matches!(shape, Shape::Range { .. })),
            notes.range,
        );
    }
    add(
        values().any(|value| value.about),
        if graphic { notes.soft } else { notes.about },
    );
    add(data.iter().any(|datum| datum.rounded), notes.rounded);
    for (status, line) in [
        (Status::Target, notes.target),
        (Status::Forecast, notes.forecast),
        (Status::Estimated, notes.estimated),
        (Status::Provisional, notes.provisional),
    ] {
        add(
            graphic && data.iter().any(|datum| datum.status == status),
            line,
        );
    }
    if let Content::Timeline(events) = content {
        let day = |event: &TimelineEvent| event.days.1 - event.days.0 < 32;
        add(!events.iter().all(day), notes.within);
        let happened = |event: &TimelineEvent| {
            matches!(
                event.status,
                Status::Actual | Status::Estimated | Status::Provisional
            )
        };
        add(!events.iter().all(happened), notes.expected);
    }
    for datum in data
        .iter()
        .filter(|datum| graphic && datum.status == Status::Claimed)
    {
        let line = match &datum.by {
            Some(who) => notes.claimed.replace("{who}", who),
            None => notes
                .claimed
                .replace(" ({who})", "")
                .replace("（{who}）", ""),
        };
        add(true, &line);
    }
    add(
        data.iter()
            .any(|datum| matches!(datum.reading, Reading::Missing(_))),
        notes.missing,
    );
    add(data.iter().any(|datum| datum.conflict), notes.conflict);
    let space = if language == Language::Chinese {
        ""
    } else {
        " "
    };
    (!lines.is_empty()).then(|| Prose::plain(lines.join(space)))
}

/// Places as a reader meets them: numbers in them count as numbers, so that ¶10 comes after ¶9.
fn reading_order(place: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = place;
    while let Some(ch) = rest.chars().next() {
        let digits = rest
            .find(|ch: char| !ch.is_ascii_digit())
            .unwrap_or(rest.len());
        if digits > 0 {
            let number = rest[..digits].parse().unwrap_or(u64::MAX);
            parts.push((std::mem::take(&mut words), number));
            rest = &rest[digits..];
        } else {
            words.push(ch);
            rest = &rest[ch.len_utf8()..];
        }
    }
    parts.push((words, 0));
    parts
}

/// "Source: Author, Title, §2 ¶5, §3 ¶10; own computation."
fn source_line(context: &Context<'_>, facts: &[FactId], content: &Content) -> String {
    let store = &context.store;
    let language = store.language;
    let mut places: Vec<(usize, Vec<String>)> = Vec::new();
    let mut add = |source: usize, place: &str| {
        let entry = match places.iter().position(|(known, _)| *known == source) {
            Some(index) => &mut places[index].1,
            None => {
                places.push((source, Vec::new()));
                &mut places.last_mut().expect("just added").1
            }
        };
        if !place.is_empty() && !entry.iter().any(|known| known == place) {
            entry.push(place.to_owned());
        }
    };
    let mut computed = false;
    let mut open: Vec<FactId> = facts.iter().rev().copied().collect();
    let mut seen: Vec<FactId> = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match &store.fact(id).origin {
            Origin::Stated { source, place, .. } => {
                // Which row of a table it was, the register says; under a chart it would be a list of numbers.
                match &store.entry_of(id).model.table {
                    Some(table) => add(
                        source.0,
                        table
                            .from
                            .said
                            .trim()
                            .split_once(char::is_whitespace)
                            .map_or("", |(_, place)| place.trim()),
                    ),
                    None => add(source.0, place),
                }
            }
            Origin::Derived { inputs, .. } => {
                computed = true;
                open.extend(inputs.iter().rev());
            }
        }
    }
    if let Content::Timeline(events) = content {
        for shown in events {
            if let Some(event) = store
                .events
                .iter()
                .find(|event| shown.address == format!("event:{}", event.id))
            {
                add(event.source.0, &event.place);
            }
        }
    }
    let words = format::words(language);
    let comma = format::comma(language);
    let mut parts: Vec<String> = places
        .iter()
        .map(|(source, places)| {
            let source = &store.sources[*source];
            let who = source.author.as_ref().or(source.publisher.as_ref());
            let mut parts: Vec<String> = who.into_iter().cloned().collect();
            parts.push(if language == Language::Chinese {
                format!("《{}》", source.title)
            } else {
                source.title.clone()
            });
            // A long list of places says no more than the register does.
            if places.len() <= 6 {
                let mut places = places.clone();
                places.sort_by_key(|place| reading_order(place));
                parts.extend(places);
            }
            parts.join(comma)
        })
        .collect();
    if computed {
        parts.push(words.computed.to_owned());
    }
    let colon = format::colon(language);
    if parts.is_empty() {
        String::new()
    } else {
        format!(
            "{}{colon}{}",
            words.source,
            parts.join(if language == Language::Chinese {
                "；"
            } else {
                "; "
            })
        )
    }
}

/// A fact as a mark at a scale.
pub(crate) fn datum(context: &Context<'_>, fact: FactId, scaling: Scaling) -> Datum {
    let entry = context.store.entry_of(fact);
    let found = context.store.fact(fact);
    Datum {
        fact,
        address: found.address.clone(),
        reading: match &found.reading {
            Reading::Value(value) if found.rounded => Reading::Value(Value {
                about: false,
                ..value.clone()
            }),
            reading => reading.clone(),
        },
        rounded: found.rounded,
        status: found.status,
        forms: crate::facts::Forms {
            // The voice and the sentence keep the natural scale: nobody hears the axis.
            sentence: found.forms.sentence.clone(),
            spoken: found.forms.spoken.clone(),
            ..format::reading_forms(
                context.store.language,
                &found.reading,
                &entry.phrase,
                scaling,
            )
        },
        tone: None,
        conflict: !found.conflicts.is_empty(),
        by: found.by.clone(),
    }
}

/// Key figures: the number at its own scale, the multiplier word with the unit.
pub(crate) fn figures(
    context: &mut Context<'_>,
    models: &[FigureModel],
    at: Place,
) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for model in models {
        let label = model
            .label
            .as_ref()
            .map(|text| prose::label(context, text, at));
        let detail = model
            .detail
            .as_ref()
            .map(|text| prose::label(context, text, at))
            .unwrap_or_default();
        let Some(fact) = context
            .store
            .find(&model.of.said, model.of.span, context.report)
        else {
            continue;
        };
        context.register(fact, at, model.of.span);
        let label = label.unwrap_or_else(|| context.store.entry_of(fact).model.label.said.clone());
        let language = context.store.language;
        let exponent = match &context.store.fact(fact).reading {
            Reading::Value(value) => value
                .shape
                .amounts()
                .map(|amount| format::display_exponent(language, amount))
                .max()
                .unwrap_or(0),
            Reading::Missing(_) => 0,
        };
        let mut datum = datum(context, fact, Scaling::At(exponent));
        let phrase = &context.store.entry_of(fact).phrase;
        if phrase.sign {
            datum.forms.number = datum.forms.label.clone();
            datum.forms.unit = String::new();
        } else if exponent > 0 {
            let gap = if language == Language::Chinese {
                ""
            } else {
                " "
            };
            datum.forms.unit = format!(
                "{}{gap}{}",
                format::multiplier_word(language, exponent, false),
                datum.forms.unit
            )
            .trim()
            .to_owned();
        }
        figures.push(KeyFigure {
            label,
            detail,
            datum,
        });
    }
    figures
}

fn timeline(
    context: &mut Context<'_>,
    events: Option<&[Text]>,
    emphasis: &[Text],
    model: &ExhibitModel,
    at: Place,
) -> Option<Vec<TimelineEvent>> {
    let find = |context: &mut Context<'_>, text: &Text| {
        let id = text.said.trim().trim_start_matches("event:");
        let found = context.store.events.iter().position(|event| event.id == id);
        if found.is_none() {
            let finding = Finding::error(
                "unknown-event",
                text.span,
                format!("there is no event `{id}`"),
            )
            .help(one_of(
                context.store.events.iter().map(|event| event.id.as_str()),
            ))
            .nearest(
                id,
                context.store.events.iter().map(|event| event.id.as_str()),
            );
            context.push(finding);
        }
        found
    };
    let loud: Vec<usize> = emphasis
        .iter()
        .filter_map(|text| find(context, text))
        .collect();
    let mut shown: Vec<usize> = match events {
        Some(texts) => texts
            .iter()
            .filter_map(|text| find(context, text))
            .collect(),
        None => (0..context.store.events.len()).collect(),
    };
    shown.sort_by_key(|index| context.store.events[*index].at.order());
    shown.dedup();
    if shown.is_empty() || shown.len() > MOST {
        context.push(Finding::error("chart-without-data", model.id.span, format!("timeline `{}` has {} events", model.id.value, shown.len())).help(format!("a timeline shows 1 to {MOST} events; add `events:` to the data set or to the exhibit")));
        return None;
    }
    for index in &shown {
        context.uses(Used::Event(*index), at, model.id.span);
    }
    let events = shown.into_iter().map(|index| {
        let event = &context.store.events[index];
        let (first, last) = event.at.days();
        let any = first.or(last).expect("a period has an end");
        TimelineEvent {
            address: format!("event:{}", event.id),
            at: event.at.clone(),
            days: (first.unwrap_or(any), last.unwrap_or(any)),
            date_label: event.at_text.clone(),
            label: event.label.clone(),
            status: event.status,
            tone: if loud.contains(&index) {
                Tone::Accent
            } else {
                Tone::Neutral
            },
        }
    });
    Some(events.collect())
}

fn table(
    context: &mut Context<'_>,
    head: &[Text],
    align: &[Spanned<Align>],
    rows: &[RowModel],
    model: &ExhibitModel,
    at: Place,
) -> Option<Table> {
    if rows.is_empty() || rows.len() > MOST || head.len() < 2 || head.len() > 12 {
        context.push(
            Finding::error(
                "chart-without-data",
                model.id.span,
                format!(
                    "table `{}` has {} columns and {} rows",
                    model.id.value,
                    head.len(),
                    rows.len()
                ),
            )
            .help(format!("a table has 2 to 12 columns and 1 to {MOST} rows")),
        );
        return None;
    }
    let head: Vec<String> = head
        .iter()
        .map(|text| prose::label(context, text, at))
        .collect();
    let columns = head.len();
    let wrong = |context: &mut Context<'_>, span: Span, what: &str, count: usize, wanted: usize| {
        context.push(
            Finding::error(
                "table-shape",
                span,
                format!("{what} has {count} entries, the head asks for {wanted}"),
            )
            .help("one entry a column; an empty cell is \"\""),
        );
    };
    let mut aligns: Vec<Align> = align.iter().map(|align| align.value).collect();
    if aligns.is_empty() {
        aligns = std::iter::once(Align::Left)
            .chain(std::iter::repeat_n(Align::Decimal, columns - 1))
            .collect();
    } else if aligns.len() != columns {
        wrong(context, align[0].span, "`align`", aligns.len(), columns);
    }
    let mut out = Vec::new();
    for row in rows {
        if row.cells.len() != columns - 1 {
            wrong(context, row.span, "this row", row.cells.len() + 1, columns);
        }
        let label = prose::label(context, &row.label, at);
        let cells = row
            .cells
            .iter()
            .map(|cell| {
                let prose = prose::line(context, cell, at);
                let mut facts = prose.runs.iter().filter_map(|run| match run.mark {
                    Some(Mark::Fact { fact, .. }) => Some(fact),
                    _ => None,
                });
                TableCell {
                    fact: facts.next(),
                    text: prose.text(),
                }
            })
            .collect();
        out.push(TableRow {
            label,
            cells,
            emphasis: row.emphasis,
        });
    }
    Some(Table {
        head,
        align: aligns,
        rows: out,
    })
}
