//! The body: blocks in order, each exhibit in its place.

use exhibit_facts::facts::{Block, Exhibit};
use exhibit_facts::span::Span;

use super::context::{BriefPart, Context};
use super::markdown::markdown;
use super::{exhibit, key_figures, prose};
use crate::diag::{Code, Finding};
use crate::model::{BlockModel, BriefModel, Spanned, Text};

/// Resolves the body and every exhibit.
pub(crate) fn body(context: &mut Context<'_>, brief: &BriefModel) -> (Vec<Block>, Vec<Exhibit>) {
    let mut exhibits: Vec<Slot> = brief.exhibits.iter().map(|_| Slot::default()).collect();
    let blocks = blocks(context, brief, &brief.body, &mut exhibits);
    for model in &brief.exhibits {
        let index = context.numbers[&model.id.value] - 1;
        if !exhibits[index].placed {
            exhibits[index].exhibit =
                exhibit::exhibit(context, model, index, BriefPart::Unplaced(index));
            context.push(unplaced(context, &model.id, index));
        }
    }
    let exhibits = exhibits.into_iter().filter_map(|slot| slot.exhibit);
    (blocks, exhibits.collect())
}

/// The finding of an exhibit that the body does not show: a warning, as its chart files are written all the same; an error where a text
/// refers to the exhibit.
fn unplaced(context: &Context<'_>, id: &Spanned<String>, index: usize) -> Finding {
    let message = format!("exhibit `{}` is not in the body", id.value);
    let named = context.named.iter().filter(|(named, _)| *named == index);
    let mut places: Vec<Span> = named.map(|(_, span)| *span).collect();
    places.sort_unstable();
    let Some((first, others)) = places.split_first() else {
        return Finding::warning(Code::UnplacedExhibit, id.span, message).help(format!(
            "add `- exhibit: {}` to the body; its chart files are written in any case",
            id.value
        ));
    };
    let finding = Finding::error(Code::UnplacedExhibit, *first, message)
        .label("this reference has no target")
        .other(id.span, "defined here")
        .help(format!(
            "add `- exhibit: {}` to the body, or refer to an exhibit that is in the body",
            id.value
        ));
    others
        .iter()
        .fold(finding, |finding, place| finding.other(*place, "and here"))
}

/// An exhibit before the whole body is read. A placed exhibit with findings has no result.
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
                text: prose::not_empty(context, text, BriefPart::Prose, "a heading"),
            }),
            BlockModel::Text(text) => blocks.extend(markdown(context, text, BriefPart::Prose)),
            BlockModel::KeyFigures(figures) => blocks.push(Block::KeyFigures(
                key_figures::figures(context, figures, None, BriefPart::KeyFigure),
            )),
            BlockModel::Callout { title, text } => {
                let title = title
                    .as_ref()
                    .map(|title| prose::not_empty(context, title, BriefPart::Prose, "a title"));
                blocks.push(Block::Callout {
                    title,
                    blocks: markdown(context, text, BriefPart::Prose),
                });
            }
            BlockModel::Columns(columns) => {
                let columns = columns
                    .iter()
                    .map(|column| self::blocks(context, brief, column, exhibits))
                    .collect();
                blocks.push(Block::Columns(columns));
            }
            BlockModel::Directive(directive) => blocks.push(Block::Directive(*directive)),
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
                Code::UnknownExhibit,
                id.span,
                format!("exhibit `{name}` is not defined"),
            )
            .help("define the exhibit in `exhibits:`")
            .nearest(name, known),
        );
        return None;
    };
    let index = context.numbers[name] - 1;
    if exhibits[index].placed {
        context.push(
            Finding::error(
                Code::DuplicateKey,
                id.span,
                format!("exhibit `{name}` is in the body twice"),
            )
            .help(format!(
                "remove one of the two; refer to the exhibit by `[#{name}]`"
            )),
        );
        return None;
    }
    exhibits[index].placed = true;
    exhibits[index].exhibit = exhibit::exhibit(context, model, index, BriefPart::Exhibit(index));
    exhibits[index].exhibit.as_ref()?;
    Some(Block::Exhibit(index))
}
