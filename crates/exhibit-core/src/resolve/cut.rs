//! Which facts of a metric a chart shows: `where`, `from` and `to`.

use std::collections::BTreeSet;

use exhibit_facts::address::Address;
use exhibit_facts::facts::FactId;
use exhibit_facts::period::Period;

use super::context::Context;
use super::duration::inside;
use crate::diag::{Code, Finding};
use crate::model::{Spanned, Text};

/// What is asked for of a metric: `of`, `over`, `by`, `where`, `from` and `to`.
pub(super) struct Asked<'m> {
    pub metric: &'m Text,
    pub over: Option<&'m Text>,
    pub by: Option<&'m Text>,
    pub filter: &'m [(Spanned<String>, Vec<Text>)],
    pub from: Option<&'m Spanned<Period>>,
    pub to: Option<&'m Spanned<Period>>,
}

/// The facts of the metric that the cuts leave, in their order. `None` where the metric or a cut is wrong, or nothing is left; the finding
/// says so.
pub(super) fn kept(context: &mut Context<'_>, asked: &Asked<'_>) -> Option<Vec<FactId>> {
    let metric = asked.metric.raw.trim();
    let all = matching(context, metric, None, asked.metric)?;
    if all.is_empty() && context.store.broken.contains(metric) {
        return None;
    }
    let dimensions = context.store.dimensions(context.store.metric(metric)?);
    let mut found = all.clone();
    let mut whole = true;
    for (name, values) in asked.filter {
        let in_time = name.value == "period" && !dimensions.contains(&name.value);
        let mut kept = BTreeSet::new();
        for value in values {
            let some = if in_time {
                within(context, &all, value)
            } else {
                matching(context, metric, Some((&name.value, &value.raw)), value)
            };
            whole &= some.is_some();
            kept.extend(some.into_iter().flatten());
        }
        found.retain(|id| kept.contains(id));
    }
    if !whole {
        return None;
    }
    let at = |id: &FactId| context.store.fact(*id).at.order();
    if let Some(from) = asked.from {
        found.retain(|id| from.value.order().0 <= at(id).0);
    }
    if let Some(to) = asked.to {
        found.retain(|id| at(id).1 <= to.value.order().1);
    }
    if found.is_empty() && !all.is_empty() {
        nothing_left(context, asked, &all);
        return None;
    }
    Some(found)
}

/// The facts of a metric, or of one value of a dimension. `None` for an unknown name, with a finding at a text.
fn matching(
    context: &mut Context<'_>,
    metric: &str,
    value: Option<(&str, &str)>,
    place: &Text,
) -> Option<Vec<FactId>> {
    let address = Address {
        metric: metric.to_owned(),
        dimensions: value
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        period: None,
    };
    match context.store.matching(&address) {
        Ok(found) => Some(found),
        Err(error) => {
            if let Some(finding) = error.finding(place.span) {
                context.push(finding);
            }
            None
        }
    }
}

/// The facts at a period; where there are none, those within the period. `None` for no fact and for a text that is no period, with a finding.
fn within(context: &mut Context<'_>, all: &[FactId], value: &Text) -> Option<Vec<FactId>> {
    let Some(period) = Period::parse(&value.raw) else {
        context.push(
            Finding::error(
                Code::BadPeriod,
                value.span,
                format!("`{}` is not a period", value.raw),
            )
            .help("write a year 2024, a half 2024-H1, a quarter 2024-Q2, a month 2024-06, a day 2024-06-30 or a span 2024-01..2024-06"),
        );
        return None;
    };
    let at = |id: &FactId| &context.store.fact(*id).at;
    let of = |wanted: &dyn Fn(&Period) -> bool| -> Vec<FactId> {
        all.iter().copied().filter(|id| wanted(at(id))).collect()
    };
    let same = of(&|at| at.order() == period.order());
    if !same.is_empty() {
        return Some(same);
    }
    let inner = of(&|at| inside(at, &period));
    if !inner.is_empty() {
        return Some(inner);
    }
    let help = nearest(context, all, &period);
    context.push(
        Finding::error(
            Code::NoObservation,
            value.span,
            format!("there is no figure for `{period}`"),
        )
        .help(help),
    );
    None
}

/// The way out for a period without a fact: the nearest period that has one, and how far the data reach.
fn nearest(context: &Context<'_>, all: &[FactId], period: &Period) -> String {
    let mut periods: Vec<&Period> = all.iter().map(|id| &context.store.fact(*id).at).collect();
    periods.sort_by_key(|period| period.order());
    let away = |other: &Period| {
        let ((a, b), (c, d)) = (period.order(), other.order());
        a.saturating_sub(c)
            .saturating_abs()
            .saturating_add(b.saturating_sub(d).saturating_abs())
    };
    let near = periods.iter().min_by_key(|other| away(other));
    match (near, periods.first(), periods.last()) {
        (Some(near), Some(first), Some(last)) => {
            format!("the nearest period is `{near}`; the data reach from {first} to {last}")
        }
        _ => "remove the period".to_owned(),
    }
}

/// The finding of cuts that leave nothing together.
fn nothing_left(context: &mut Context<'_>, asked: &Asked<'_>, all: &[FactId]) {
    let bound = asked.from.or(asked.to);
    let span = bound
        .map(|bound| bound.span)
        .or_else(|| asked.filter.last().map(|(name, _)| name.span))
        .unwrap_or(asked.metric.span);
    let help = match bound {
        Some(bound) => nearest(context, all, &bound.value),
        None if asked.filter.iter().any(|(_, values)| values.is_empty()) => {
            "name at least one value for each key of `where`".to_owned()
        }
        None => "the values of `where` occur, but not together: remove one of them".to_owned(),
    };
    context.push(
        Finding::error(
            Code::NoObservation,
            span,
            format!(
                "`{}` has no figure that the cuts leave",
                asked.metric.raw.trim()
            ),
        )
        .help(help),
    );
}
