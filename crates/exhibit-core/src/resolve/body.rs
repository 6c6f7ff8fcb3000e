//! The body: blocks in order, exhibits where they stand.

use super::{Context, Place, exhibit, prose};
use crate::diag::Finding;
use crate::facts::{Block, Exhibit};
use crate::model::{BlockModel, BriefModel, Text};

/// Resolves the body and every exhibit.
pub(crate) fn body(context: &mut Context<'_>, brief: &BriefModel) -> (Vec<Block>, Vec<Exhibit>) {
    let mut exhibits: Vec<Slot> = brief.exhibits.iter().map(|_| Slot::default()).collect();
    let blocks = blocks(context, brief, &brief.body, &mut exhibits);
    for model in &brief.exhibits {
        let index = context.numbers[&model.id.value] - 1;
        if !exhibits[index].placed {
            context.push(
                Finding::warning(
                    "unplaced-exhibit",
                    model.id.span,
                    format!("exhibit `{}` stands nowhere in the body", model.id.value),
                )
                .help("add `- exhibit: id` to the body; its chart files are written all the same"),
            );
            exhibits[index].exhibit =
                exhibit::exhibit(context, model, index, Place::Unplaced(index));
        }
    }
    let exhibits = exhibits.into_iter().filter_map(|slot| slot.exhibit);
    (blocks, exhibits.collect())
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
                text: prose::line(context, text, Place::Prose),
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
                    .map(|title| prose::line(context, title, Place::Prose));
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
    let name = id.said.trim();
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
