//! The data of a chart on the way: categories and series whose scale is not known yet.

use exhibit_facts::facts::{Category, ColorRole, FactId};
use exhibit_facts::quantity::DisplayPrecision;

use super::context::Context;
use crate::diag::{Code, Finding};
use crate::model::ExhibitModel;

/// Most categories of a chart: what fits a page at reading size.
pub(super) const MAX_CATEGORIES: usize = 500;

/// Most series of a chart, and most parts of a bar.
pub(super) const MAX_SERIES: usize = 12;

/// A series whose scale is not known yet. Each entry is a fact and the color role that its row asks for.
pub(super) struct Draft {
    pub(super) label: String,
    pub(super) named: bool,
    pub(super) role: ColorRole,
    /// How far its numbers are printed; else as those of the chart.
    pub(super) precision: Option<DisplayPrecision>,
    pub(super) data: Vec<Option<(FactId, Option<ColorRole>)>>,
}

/// True for a chart that can be drawn and read. Else a finding says how many facts, series and categories the chart would have.
pub(super) fn sized(
    context: &mut Context<'_>,
    exhibit: &ExhibitModel,
    shown: usize,
    series: usize,
    categories: usize,
) -> bool {
    if series > MAX_SERIES {
        let message = format!(
            "chart `{}` has {series} series, and no reader tells more than {MAX_SERIES} apart",
            exhibit.id.value
        );
        let finding = Finding::error(Code::TooCrowded, exhibit.id.span, message).help(
            "show the few that matter (`where`, `series`), sum the others into one, or make small multiples: an exhibit for each, with `where: {dimension: value}`, side by side in `columns:`",
        );
        context.push(finding);
        return false;
    }
    let fits = shown > 0 && categories <= MAX_CATEGORIES && series <= MAX_SERIES;
    if !fits {
        context.push(
            Finding::error(
                Code::ChartWithoutData,
                exhibit.id.span,
                format!(
                    "chart `{}` has {shown} facts in {series} series and {categories} categories",
                    exhibit.id.value
                ),
            )
            .help(format!(
                "choose data with at least 1 fact, at most {MAX_SERIES} series and at most {MAX_CATEGORIES} categories"
            )),
        );
    }
    fits
}

/// The color role of a series that the brief gives none, by its index from 0.
pub(super) fn series_role(index: usize) -> ColorRole {
    let roles = ColorRole::SUBJECTS;
    roles[index % roles.len()]
}

/// A category with a label alone.
pub(super) fn category(label: String) -> Category {
    Category {
        label,
        detail: String::new(),
        period: None,
    }
}
