//! Rows of a share chart as the parts of one bar.

use exhibit_facts::facts::Category;

use super::draft::{Draft, category, series_role};
use crate::model::ChartDataModel;

/// True where the data of a share chart are the parts of one whole: rows, or the values of a dimension. Periods are no parts, as each period
/// is a whole of its own.
pub(super) fn is_one_whole(data: &ChartDataModel, categories: &[Category]) -> bool {
    match data {
        ChartDataModel::Rows(_) => true,
        ChartDataModel::Of { by, .. } => {
            by.is_none() && categories.iter().all(|category| category.period.is_none())
        }
        ChartDataModel::Grid { .. } => false,
    }
}

/// The categories of one series as the parts of one bar: each category becomes a series, and the bar has no name.
pub(super) fn stacked(
    categories: Vec<Category>,
    drafts: Vec<Draft>,
) -> (Vec<Category>, Vec<Draft>) {
    let data = drafts.into_iter().flat_map(|draft| draft.data);
    let parts = categories
        .into_iter()
        .zip(data)
        .enumerate()
        .map(|(index, (category, entry))| Draft {
            label: if category.detail.is_empty() {
                category.label
            } else {
                format!("{} ({})", category.label, category.detail)
            },
            named: true,
            role: entry
                .and_then(|(_, role)| role)
                .unwrap_or_else(|| series_role(index)),
            precision: None,
            data: vec![entry.map(|(fact, _)| (fact, None))],
        })
        .collect();
    (vec![category(String::new())], parts)
}
