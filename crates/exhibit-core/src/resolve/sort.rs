//! The order of categories and rows, by value or by label. An order by value that the bounds do not support is a finding.

use exhibit_facts::arithmetic::Interval;
use exhibit_facts::facts::{Category, FactId, TableRow};
use exhibit_facts::format::Collation;
use exhibit_facts::quantity::Reading;
use num_rational::BigRational;
use num_traits::One;

use super::context::Context;
use super::draft::Draft;
use super::duration::{Near, alike};
use super::equals;
use crate::diag::{Code, Finding};
use crate::model::{Sort, Spanned};

/// Sorts the categories of a chart by their labels, or by the values of the first series. `None` where the bounds leave the order open.
pub(super) fn categories(
    context: &mut Context<'_>,
    sort: &Spanned<Sort>,
    categories: &mut Vec<Category>,
    drafts: &mut [Draft],
) -> Option<()> {
    let labels: Vec<&str> = categories.iter().map(|one| one.label.as_str()).collect();
    let first = drafts.first()?;
    let facts: Vec<Option<FactId>> = first
        .data
        .iter()
        .map(|entry| entry.map(|(fact, _)| fact))
        .collect();
    let order = order(context, sort, &labels, &facts)?;
    *categories = order.iter().map(|at| categories[*at].clone()).collect();
    for draft in drafts {
        draft.data = order.iter().map(|at| draft.data[*at]).collect();
    }
    Some(())
}

/// Sorts the rows of a table by their labels, or by the first fact of each. `None` where the bounds leave the order open.
pub(super) fn rows(
    context: &mut Context<'_>,
    sort: &Spanned<Sort>,
    rows: &mut Vec<TableRow>,
) -> Option<()> {
    let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    let facts: Vec<Option<FactId>> = rows
        .iter()
        .map(|row| row.cells.iter().find_map(|cell| cell.fact))
        .collect();
    if sort.value.by_value {
        rankable(context, sort, &facts)?;
    }
    let order = order(context, sort, &labels, &facts)?;
    *rows = order.iter().map(|at| rows[*at].clone()).collect();
    Some(())
}

/// Holds the figures that rank the rows of a table to one unit, and to times of one length. `None` where two differ; the finding names both.
/// A chart has one scale and needs no such look.
fn rankable(
    context: &mut Context<'_>,
    sort: &Spanned<Sort>,
    facts: &[Option<FactId>],
) -> Option<()> {
    let facts: Vec<FactId> = facts.iter().copied().flatten().collect();
    let store = &context.store;
    let unit = |fact: FactId| &store.entry_of(fact).unit;
    let other = facts.iter().find(|fact| unit(**fact) != unit(facts[0]));
    if let Some(other) = other {
        let (one, other) = (store.fact(facts[0]), store.fact(*other));
        let message = format!(
            "rows of different units have no order by value: `{}` is {}, `{}` is {}",
            one.address, one.forms.label, other.address, other.forms.label
        );
        context.push(
            Finding::error(Code::UnitMismatch, sort.span, message)
                .help("remove `sort`, or write `sort: label`"),
        );
        return None;
    }
    let mut near = Near::new();
    let durations = facts.iter().map(|fact| equals::of_fact(store, *fact));
    let alike = alike("the order by value ranks the two", durations, &mut near);
    for unequal in near
        .iter()
        .chain(alike.as_ref().err().map(|error| &**error))
    {
        let first = "remove `sort`, write `sort: label`";
        context.push(unequal.finding("the table", first, sort.span));
    }
    alike.ok().map(|_| ())
}

/// Indices in their new order. Entries without a value come last, and equal entries keep their order.
fn order(
    context: &mut Context<'_>,
    sort: &Spanned<Sort>,
    labels: &[&str],
    facts: &[Option<FactId>],
) -> Option<Vec<usize>> {
    let Sort {
        by_value,
        descending,
    } = sort.value;
    let mut indices: Vec<usize> = (0..labels.len()).collect();
    if !by_value {
        let names = Collation::of(context.store.language);
        indices.sort_by(|a, b| {
            let (first, second) = if descending { (b, a) } else { (a, b) };
            names.compare(labels[*first], labels[*second])
        });
        return Some(indices);
    }
    let values: Vec<Option<(Interval, BigRational)>> =
        facts.iter().map(|fact| value(context, (*fact)?)).collect();
    indices.sort_by(|a, b| match (&values[*a], &values[*b]) {
        (Some((_, a)), Some((_, b))) if descending => b.cmp(a),
        (Some((_, a)), Some((_, b))) => a.cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
    for pair in indices.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let (Some((first, _)), Some((second, _))) = (&values[before], &values[after]) else {
            continue;
        };
        let (more, less) = if descending {
            (first, second)
        } else {
            (second, first)
        };
        if !more.not_below(less) {
            let value = |at: usize| {
                let fact = facts[at].map(|fact| context.store.fact(fact));
                fact.map_or_else(String::new, |fact| {
                    let forms = &fact.forms;
                    // An estimate overlaps another by its interval, which the label leaves out.
                    let shown = match forms.interval.as_str() {
                        "" => &forms.label,
                        _ => &forms.sentence,
                    };
                    format!("`{}` is {shown}", fact.address)
                })
            };
            let message = format!(
                "the order of `{}` and `{}` is not certain: {}, {}",
                labels[before],
                labels[after],
                value(before),
                value(after)
            );
            context.push(
                Finding::error(Code::UnsupportedOrder, sort.span, message)
                    .help("remove `sort` to keep the order of the data, or write `sort: label`"),
            );
            return None;
        }
    }
    Some(indices)
}

/// The interval of a fact, and the number that sorts it: the number as written, the point of an estimate, or the middle of a range. `None` for a missing value.
fn value(context: &Context<'_>, fact: FactId) -> Option<(Interval, BigRational)> {
    let signed = context.store.entry_of(fact).model.signed;
    match &context.store.fact(fact).reading {
        Reading::Missing(_) => None,
        Reading::Value(value) => {
            let interval = Interval::of(value, &BigRational::one(), signed);
            let (sum, count) = value.shape.named().fold(
                (BigRational::from_integer(0.into()), 0),
                |(sum, count), one| (sum + &one.value, count + 1),
            );
            Some((interval, sum / BigRational::from_integer(count.into())))
        }
    }
}
