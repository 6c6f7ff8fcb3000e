//! The body: blocks in order, exhibits where they stand.

use exhibit_facts::facts::{Block, Exhibit};
use exhibit_facts::span::Span;

use super::{Context, Place, exhibit, prose};
use crate::diag::Finding;
use crate::model::{BlockModel, BriefModel, Spanned, Text};

/// Resolves the body and every exhibit.
pub(crate) fn body(context: &mut Context<'_>, brief: &BriefModel) -> (Vec<Block>, Vec<Exhibit>) {
    let mut exhibits: Vec<Slot> = brief.exhibits.iter().map(|_| Slot::default()).collect();
    let blocks = blocks(context, brief, &brief.body, &mut exhibits);
    for model in &brief.exhibits {
        let index = context.numbers[&model.id.value] - 1;
        if !exhibits[index].placed {
            exhibits[index].exhibit =
                exhibit::exhibit(context, model, index, Place::Unplaced(index));
            context.push(unplaced(context, &model.id, index));
        }
    }
    let exhibits = exhibits.into_iter().filter_map(|slot| slot.exhibit);
    (blocks, exhibits.collect())
}

/// An exhibit that the body does not show. Its chart files are written all the same; a text that names it would lead nowhere.
fn unplaced(context: &Context<'_>, id: &Spanned<String>, index: usize) -> Finding {
    let said = format!("exhibit `{}` stands nowhere in the body", id.value);
    let named = context.named.iter().filter(|(named, _)| *named == index);
    let mut places: Vec<Span> = named.map(|(_, span)| *span).collect();
    places.sort_unstable();
    let Some((first, others)) = places.split_first() else {
        return Finding::warning("unplaced-exhibit", id.span, said)
            .help("add `- exhibit: id` to the body; its chart files are written all the same");
    };
    let finding = Finding::error("unplaced-exhibit", *first, said)
        .label("leads nowhere")
        .other(id.span, "this one")
        .help("add `- exhibit: id` to the body, or name one that stands there");
    others
        .iter()
        .fold(finding, |finding, place| finding.other(*place, "and here"))
}

/// An exhibit on its way: one that the body shows may have findings and so no result.
#[derive(Default)]
struct Slot {
    placed: bool,
    exhibit: Option<Exhibit>,
}

fn blocks(
    context: &mut Context<'_>,
    brief: &BriefModel,
    models: &[BlockModel],
    exhibits: &mut [Slot],
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for model in models {
        match model {
            BlockModel::Heading { level, text } => blocks.push(Block::Heading {
                level: *level,
                text: prose::said(context, text, Place::Prose, "a heading"),
            }),
            BlockModel::Text(text) => blocks.extend(prose::markdown(context, text, Place::Prose)),
            BlockModel::KeyFigures(figures) => blocks.push(Block::KeyFigures(exhibit::figures(
                context,
                figures,
                Place::KeyFigure,
            ))),
            BlockModel::Callout { title, text } => {
                let title = title
                    .as_ref()
                    .map(|title| prose::said(context, title, Place::Prose, "a title"));
                blocks.push(Block::Callout {
                    title,
                    blocks: prose::markdown(context, text, Place::Prose),
                });
            }
            BlockModel::Columns(columns) => {
                let columns = columns
                    .iter()
                    .map(|column| self::blocks(context, brief, column, exhibits))
                    .collect();
                blocks.push(Block::Columns(columns));
            }
            BlockModel::Exhibit(id) => blocks.extend(placed(context, brief, id, exhibits)),
        }
    }
    blocks
}

fn placed(
    context: &mut Context<'_>,
    brief: &BriefModel,
    id: &Text,
    exhibits: &mut [Slot],
) -> Option<Block> {
    let name = id.raw.trim();
    let Some(model) = brief
        .exhibits
        .iter()
        .find(|exhibit| exhibit.id.value == name)
    else {
        if brief.broken.iter().any(|broken| broken == name) {
            return None;
        }
        let known: Vec<&str> = brief
            .exhibits
            .iter()
            .map(|exhibit| exhibit.id.value.as_str())
            .collect();
        context.push(
            Finding::error(
                "unknown-exhibit",
                id.span,
                format!("there is no exhibit `{name}`"),
            )
            .help("define it in `exhibits:`")
            .nearest(name, known),
        );
        return None;
    };
    let index = context.numbers[name] - 1;
    if exhibits[index].placed {
        context.push(
            Finding::error(
                "duplicate-key",
                id.span,
                format!("exhibit `{name}` stands in the body twice"),
            )
            .help("an exhibit has one place; refer to it elsewhere by [#id]"),
        );
        return None;
    }
    exhibits[index].placed = true;
    exhibits[index].exhibit = exhibit::exhibit(context, model, index, Place::Exhibit(index));
    exhibits[index].exhibit.as_ref()?;
    Some(Block::Exhibit(index))
}
