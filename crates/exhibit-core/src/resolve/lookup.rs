//! Names looked up in the store: addresses and events. A name that nothing has is a finding with the nearest name.

use std::collections::BTreeSet;

use exhibit_facts::address::Address;
use exhibit_facts::facts::FactId;
use exhibit_facts::span::Span;

use super::store::Store;
use crate::diag::{Code, Finding, Report, nearest, one_of};

/// Why an address fits no fact.
pub(super) enum LookupError {
    /// The metric has findings of its own, and another would say the same again.
    Told,
    /// A name of the address is unknown.
    Unknown {
        code: Code,
        message: String,
        help: String,
    },
}

impl LookupError {
    /// The error as a finding at a place. `None` where it is told already.
    pub(super) fn finding(self, span: Span) -> Option<Finding> {
        match self {
            Self::Told => None,
            Self::Unknown {
                code,
                message,
                help,
            } => Some(Finding::error(code, span, message).help(help)),
        }
    }
}

impl Store {
    /// The index of the event with an id. `None` for no event, with a finding at `span`, unless the event has a finding of its own.
    pub(super) fn event(&self, id: &str, span: Span, report: &mut Report) -> Option<usize> {
        let found = self.events.iter().position(|event| event.id == id);
        if found.is_none() && !self.broken.contains(&format!("event:{id}")) {
            let names = self.events.iter().map(|event| event.id.as_str());
            report.push(
                Finding::error(
                    Code::UnknownEvent,
                    span,
                    format!("event `{id}` is not defined"),
                )
                .help(choice(id, names)),
            );
        }
        found
    }

    /// True when events are lost to findings of their own.
    pub(super) fn lacks_events(&self) -> bool {
        self.broken.iter().any(|name| name.starts_with("event:"))
    }

    /// The facts of the metric that have the dimension values and the period of an address, as far as the address names them.
    ///
    /// # Errors
    /// The metric, a dimension or the value of a dimension that the data sets do not know.
    pub(super) fn matching(&self, address: &Address) -> Result<Vec<FactId>, LookupError> {
        let unknown = |code, message, help| {
            if self.broken.contains(&address.metric) {
                return Err(LookupError::Told);
            }
            Err(LookupError::Unknown {
                code,
                message,
                help,
            })
        };
        let Some(index) = self.metric(&address.metric) else {
            let ids = self
                .metrics
                .iter()
                .map(|entry| entry.model.id.value.as_str());
            return unknown(
                Code::UnknownMetric,
                format!("metric `{}` is not defined", address.metric),
                self.minus(&address.metric)
                    .unwrap_or_else(|| choice(&address.metric, ids)),
            );
        };
        let entry = &self.metrics[index];
        let at = match &address.period {
            None => entry.facts.as_slice(),
            Some(period) => entry.at.get(period).map_or(&[][..], Vec::as_slice),
        };
        let fits = |id: &FactId| {
            let fact = self.fact(*id);
            let mut named = address.dimensions.iter();
            named.all(|(name, value)| fact.dimensions.get(name) == Some(value))
        };
        let found: Vec<FactId> = at.iter().copied().filter(fits).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let facts = || entry.facts.iter().map(|id| self.fact(*id));
        for (name, value) in &address.dimensions {
            let known: BTreeSet<&str> = facts()
                .filter_map(|fact| fact.dimensions.get(name))
                .map(String::as_str)
                .collect();
            if known.is_empty() {
                let names: BTreeSet<&str> = facts()
                    .flat_map(|fact| fact.dimensions.keys().map(String::as_str))
                    .collect();
                let help = match names.len() {
                    0 => "remove the dimension: the metric has no dimensions".to_owned(),
                    _ => choice(name, names.iter().copied()),
                };
                return unknown(
                    Code::UnknownDimension,
                    format!("metric `{}` has no dimension `{name}`", address.metric),
                    help,
                );
            }
            if !known.contains(value.as_str()) {
                return unknown(
                    Code::UnknownDimensionValue,
                    format!(
                        "metric `{}` has no observation for `{name}={value}`",
                        address.metric
                    ),
                    choice(value, known.iter().copied()),
                );
            }
        }
        Ok(found)
    }

    /// The way out for two names with a minus between them and no spaces; `None` for any other name.
    fn minus(&self, name: &str) -> Option<String> {
        let (left, right) = name.match_indices('-').find_map(|(at, _)| {
            let (left, right) = (&name[..at], &name[at + 1..]);
            let known = |part: &str| {
                self.metric(part).is_some() || exhibit_facts::number::amount(part).is_ok()
            };
            (known(left) && known(right)).then_some((left, right))
        })?;
        Some(format!(
            "write spaces around a minus: `{left} - {right}`; without spaces, `-` is part of a name"
        ))
    }

    /// The one fact that an address names. `None` for no fact and for several, with a finding at `span`.
    pub(super) fn find(&self, text: &str, span: Span, report: &mut Report) -> Option<FactId> {
        let address = match Address::parse(text.trim()) {
            Ok(address) => address,
            Err(fault) => {
                report.push(
                    Finding::error(
                        Code::BadAddress,
                        span,
                        format!("`{}` cannot be read as an address: {}", text.trim(), fault),
                    )
                    .help("write `metric@period` or `metric[dimension=value]@period`"),
                );
                return None;
            }
        };
        let found = match self.matching(&address) {
            Ok(found) => found,
            Err(error) => {
                if let Some(finding) = error.finding(span) {
                    report.push(finding);
                }
                return None;
            }
        };
        match found.as_slice() {
            [one] => Some(*one),
            [] if self.broken.contains(&address.metric) => None,
            [] => {
                let facts = self.metric(&address.metric).into_iter();
                let names: Vec<&str> = facts
                    .flat_map(|index| &self.metrics[index].facts)
                    .map(|id| self.fact(*id).address.as_str())
                    .collect();
                report.push(
                    Finding::error(
                        Code::NoObservation,
                        span,
                        format!("`{address}` has no observation"),
                    )
                    .help(choice(text.trim(), names.iter().copied())),
                );
                None
            }
            many => {
                let names: Vec<&str> = many
                    .iter()
                    .take(6)
                    .map(|id| self.fact(*id).address.as_str())
                    .collect();
                report.push(
                    Finding::error(
                        Code::AmbiguousAddress,
                        span,
                        format!("address `{address}` fits {} facts", many.len()),
                    )
                    .help(format!("write one of: {}", names.join(", "))),
                );
                None
            }
        }
    }
}

/// The way out for an unknown name: the nearest name, or all names where none is near.
fn choice<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of(names),
    }
}
