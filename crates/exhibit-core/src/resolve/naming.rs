//! Labels that name periods, held to the periods of their figures. A label is typed, and drifts when the figures beside it change.

use exhibit_facts::facts::{Category, FactId, Origin};
use exhibit_facts::period::Period;
use exhibit_facts::span::Span;

use super::context::Context;
use super::draft::Draft;
use super::lex::{Token, lex};
use super::period_words::{Named, named};
use crate::diag::{Code, Finding};

/// A label as it is printed, and as it is written.
pub(super) struct Label<'l> {
    /// The words of the label.
    pub text: &'l str,
    /// The label before templates are filled in; empty where it is not typed.
    pub raw: &'l str,
    /// Where it is written.
    pub span: Span,
}

impl Label<'_> {
    /// The periods that the label names. Escaped words name none.
    fn named(&self) -> Option<Named> {
        let mut text = self.text.to_owned();
        for (_, token) in lex(self.raw) {
            if let Token::Escaped(words) = token {
                text = text.replacen(words, "", 1);
            }
        }
        named(&text)
    }
}

/// Holds a label to the periods of the figures that it names. The first figure of another period is a finding.
pub(super) fn named_alike(
    context: &mut Context<'_>,
    label: &Label<'_>,
    facts: impl Iterator<Item = FactId>,
) {
    let Some(named) = label.named() else {
        return;
    };
    let mut facts = facts;
    let wrong = facts.find(|fact| !agrees(context, label, &named, *fact));
    if let Some(fact) = wrong {
        let fact = context.store.fact(fact);
        let message = format!(
            "label `{}` names another period than its figure: `{}` is for {}",
            label.text, fact.address, fact.at
        );
        let finding = Finding::error(Code::LabelPeriod, label.span, message)
            .label("names a period")
            .help(format!(
                "write the address of that period, or take the label from the figure: \"{{{{ {} | at }}}}\"; escape words that are no period: `\\#{{{}}}`",
                fact.address, label.text
            ));
        context.push(finding);
    }
}

/// True where a figure may have the label.
pub(super) fn fits(context: &Context<'_>, label: &Label<'_>, fact: FactId) -> bool {
    label
        .named()
        .is_none_or(|named| agrees(context, label, &named, fact))
}

fn agrees(context: &Context<'_>, label: &Label<'_>, named: &Named, fact: FactId) -> bool {
    let at = &context.store.fact(fact).at;
    // Two weeks, days or spans say it themselves.
    let other = Period::parse(label.text)
        .is_some_and(|own| own.frequency() == at.frequency() && own.order() != at.order());
    !other && (named.fits(at) || (!named.whole && named_elsewhere(context, named, fact)))
}

/// True where the label names the period of a figure that this one is computed from, or its deadline.
fn named_elsewhere(context: &Context<'_>, named: &Named, fact: FactId) -> bool {
    let mut open = vec![fact];
    // A formula of many formulas: what a label can mean is near.
    for _ in 0..1_000 {
        let Some(id) = open.pop() else {
            return false;
        };
        let fact = context.store.fact(id);
        if named.fits(&fact.at) || fact.due.as_ref().is_some_and(|due| named.fits(due)) {
            return true;
        }
        if let Origin::Derived { inputs, .. } = &fact.origin {
            open.extend(inputs);
        }
    }
    false
}

/// Gives each category its period, where every category is a period: one that is typed as a period, or named like one and has figures of
/// one period.
pub(super) fn in_time(context: &Context<'_>, categories: &mut [Category], drafts: &[Draft]) {
    let period = |(index, category): (usize, &Category)| -> Option<Period> {
        if category.period.is_some() {
            return category.period.clone();
        }
        named(&category.label).filter(|named| named.whole)?;
        let mut facts = drafts
            .iter()
            .filter_map(|draft| draft.data.get(index)?.as_ref())
            .map(|(fact, _)| &context.store.fact(*fact).at);
        let first = facts.next()?;
        facts.all(|at| at == first).then(|| first.clone())
    };
    let periods: Option<Vec<Period>> = categories.iter().enumerate().map(period).collect();
    let Some(periods) = periods else {
        return;
    };
    let mut orders: Vec<(i64, i64)> = periods.iter().map(Period::order).collect();
    orders.sort_unstable();
    // Two things of one time do not stand at one place.
    if orders.windows(2).any(|pair| pair[0] == pair[1]) {
        return;
    }
    for (category, period) in categories.iter_mut().zip(periods) {
        category.period = Some(period);
    }
}

/// Puts categories that are all periods in order of time, whatever their order in the brief. Equal periods keep their order.
pub(super) fn sorted_in_time(categories: &mut Vec<Category>, drafts: &mut [Draft]) {
    let keys: Option<Vec<(i64, i64)>> = categories
        .iter()
        .map(|category| category.period.as_ref().map(Period::order))
        .collect();
    let Some(keys) = keys else {
        return;
    };
    let mut order: Vec<usize> = (0..categories.len()).collect();
    order.sort_by_key(|at| keys[*at]);
    *categories = order.iter().map(|at| categories[*at].clone()).collect();
    for draft in drafts {
        draft.data = order.iter().map(|at| draft.data[*at]).collect();
    }
}
