//! Labels that name periods, held to the periods of their figures. A label is typed, and drifts when the figures beside it change.

use exhibit_facts::facts::{Category, FactId, Origin};
use exhibit_facts::number;
use exhibit_facts::period::Period;
use exhibit_facts::quantity::{Reading, Shape};
use exhibit_facts::rounding::{Rounding, rounded_at};
use exhibit_facts::span::Span;
use num_rational::BigRational;

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

/// True for a label that is a period and nothing else.
pub(super) fn is_period(label: &Label<'_>) -> bool {
    label.named().is_some_and(|named| named.whole)
}

/// Holds a label to the periods of the figures that it names. The first figure of another period is a finding.
pub(super) fn named_alike(
    context: &mut Context<'_>,
    label: &Label<'_>,
    facts: impl Iterator<Item = FactId>,
) {
    let facts: Vec<FactId> = facts.collect();
    other_value(context, label, &facts);
    let Some(named) = label.named() else {
        return;
    };
    let mut facts = facts.into_iter();
    let wrong = facts.find(|fact| !agrees(context, label, &named, *fact));
    if let Some(fact) = wrong {
        let fact = context.store.fact(fact);
        let message = format!(
            "label `{}` names another period than its figure: `{}` is for {}",
            label.text, fact.address, fact.at
        );
        let finding = Finding::error(Code::LabelDrift, label.span, message)
            .label("names a period")
            .help(format!(
                "write the address of that period, or take the label from the figure: \"{{{{ {} | at }}}}\"; escape words that are no period: `\\#{{{}}}`",
                fact.address, label.text
            ));
        context.push(finding);
    }
}

/// Finds a percentage that a label sets apart, "Coal (40%)" or "Coal: 40%", beside a figure of another percentage.
fn other_value(context: &mut Context<'_>, label: &Label<'_>, facts: &[FactId]) {
    let &[fact] = facts else {
        return;
    };
    let Some((number, decimals)) = apart(label.text) else {
        return;
    };
    let found = context.store.fact(fact);
    let Reading::Value(value) = &found.reading else {
        return;
    };
    let Shape::Exact(amount) = &value.shape else {
        return;
    };
    let same = rounded_at(&amount.value, -decimals, Rounding::Nearest) == number;
    if same || context.store.entry_of(fact).unit.to_string() != "%" {
        return;
    }
    let message = format!(
        "label `{}` names another value than its figure: `{}` is {}",
        label.text, found.address, found.forms.label
    );
    let help = format!(
        "take the number from the figure: {{{{ {} | label }}}}, or leave it out of the label",
        found.address
    );
    context.push(
        Finding::error(Code::LabelDrift, label.span, message)
            .label("names a value")
            .help(help),
    );
}

/// The percentage that a label sets apart by a bracket, a colon or a dash, and its number of decimals.
fn apart(label: &str) -> Option<(BigRational, i64)> {
    let end = label.find('%')?;
    let before = label[..end].trim_end();
    let is_number = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
    let start = before.len()
        - before
            .len()
            .min(before.chars().rev().take_while(|ch| is_number(*ch)).count());
    let (words, digits) = before.split_at(start);
    if !words
        .trim_end()
        .ends_with(['(', '（', ':', '：', '–', '—', ','])
    {
        return None;
    }
    let digits = digits.replace(',', ".");
    let decimals = digits.split_once('.').map_or(0, |(_, rest)| rest.len());
    let value = number::amount(&digits).ok()?.value;
    Some((value, i64::try_from(decimals).ok()?))
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
    let spread = || {
        let mut all = named.singly().into_iter();
        !named.is_one() && all.all(|one| named_elsewhere(context, &one, fact))
    };
    // The deadline of a target is a name for the target.
    let due = context.store.fact(fact).due.as_ref();
    let due = due.is_some_and(|due| named.fits(due));
    !other && (named.fits(at) || due || spread())
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
