//! Stale figures: older than the brief allows. Each finding names what the figure weakens.

use std::collections::BTreeSet;

use exhibit_facts::facts::{Fact, FactId, Origin, Use, UsePlace, Used};
use exhibit_facts::period::{Age, Date};
use exhibit_facts::quantity::{Reading, Status};

use super::store::Store;
use crate::diag::{Code, Finding, Report};
use crate::model::Freshness;

/// Adds a warning for every stated figure that the brief uses, by itself or through a formula, and that is older than `limit`, or than the
/// limit of its metric, on the brief's date.
pub(super) fn stale(
    store: &Store,
    uses: &[Use],
    exhibits: &[&str],
    limit: Option<Age>,
    date: Date,
    report: &mut Report,
) {
    for (index, fact) in store.facts.iter().enumerate() {
        let limit = match store.metrics[fact.metric.0].model.max_age {
            Some(Freshness::Never) => continue,
            Some(Freshness::Within(age)) => age,
            None => match limit {
                Some(age) => age,
                None => continue,
            },
        };
        // A target or a forecast is for a time to come; what is not known cannot grow old.
        let ages = matches!(
            fact.status,
            Status::Actual | Status::Estimated | Status::Provisional | Status::Claimed
        );
        let stated = matches!(
            (&fact.origin, &fact.reading),
            (Origin::Stated { .. }, Reading::Value(_))
        );
        let Some(last) = fact.at.days().1.filter(|_| ages && stated) else {
            continue;
        };
        if last >= limit.before(date).days() {
            continue;
        }
        let weakened = leading_to(store, FactId(index));
        let places: Vec<&Use> = uses
            .iter()
            .filter(|place| matches!(place.what, Used::Fact(fact) if weakened.contains(&fact)))
            // The older figures of a series that goes on are its history.
            .filter(|place| {
                !matches!(place.at, UsePlace::Exhibit(_))
                    || !uses.iter().any(|other| {
                        other.at == place.at
                            && is_newer(store, other, fact, limit.before(date).days())
                    })
            })
            .collect();
        if places.is_empty() {
            continue;
        }
        let mut finding = Finding::warning(
            Code::Stale,
            fact.span,
            format!(
                "`{}` is for {}, more than {limit} before the date of the brief",
                fact.address, fact.at
            ),
        )
        .label("too old");
        let mut told = BTreeSet::new();
        for place in places {
            let what = match place.at {
                UsePlace::Prose => "used in this sentence".to_owned(),
                UsePlace::KeyFigure => "used in this key figure".to_owned(),
                UsePlace::Exhibit(index) => {
                    format!("used in exhibit `{}`", exhibits.get(index).unwrap_or(&""))
                }
            };
            if told.insert(place.span) {
                finding = finding.other(place.span, what);
            }
        }
        report.push(finding.help("look for a newer figure, write `max-age: never` for a metric that does not age, or set a longer `max-age` in the brief"));
    }
}

/// True where a place shows a figure of the same series whose last day, in days since 1970-01-01, is not before `limit`.
fn is_newer(store: &Store, place: &Use, fact: &Fact, limit: i64) -> bool {
    let Used::Fact(other) = place.what else {
        return false;
    };
    let other = &store.facts[other.0];
    (other.metric, &other.dimensions) == (fact.metric, &fact.dimensions)
        && other.at.days().1.is_some_and(|last| last >= limit)
}

/// A fact, and every fact that is computed from it.
fn leading_to(store: &Store, fact: FactId) -> BTreeSet<FactId> {
    let mut found = BTreeSet::from([fact]);
    // Derived facts stand behind what they were computed from.
    for (index, derived) in store.facts.iter().enumerate() {
        if let Origin::Derived { inputs, .. } = &derived.origin
            && inputs.iter().any(|input| found.contains(input))
        {
            found.insert(FactId(index));
        }
    }
    found
}
