//! Names, looked up in the store: an address, an event; and what is said where there is none.

use std::collections::BTreeSet;

use exhibit_facts::address::Address;
use exhibit_facts::facts::FactId;
use exhibit_facts::span::Span;

use super::store::{Complaint, Store};
use crate::diag::{Finding, Report, nearest, one_of};

impl Store {
    /// The event of an id; else a finding at `span`, unless it is lost to one of its own.
    pub(crate) fn event(&self, id: &str, span: Span, report: &mut Report) -> Option<usize> {
        let found = self.events.iter().position(|event| event.id == id);
        if found.is_none() && !self.broken.contains(&format!("event:{id}")) {
            let names = self.events.iter().map(|event| event.id.as_str());
            report.push(
                Finding::error("unknown-event", span, format!("there is no event `{id}`"))
                    .help(choice(id, names)),
            );
        }
        found
    }

    /// True when events are lost to findings of their own.
    pub(crate) fn lacks_events(&self) -> bool {
        self.broken.iter().any(|name| name.starts_with("event:"))
    }

    /// The facts that an address fits: the metric's, with these dimension values and this period where it names them.
    ///
    /// # Errors
    /// Why the address cannot fit anything.
    pub(crate) fn matching(&self, address: &Address) -> Result<Vec<FactId>, Complaint> {
        let broken = self.broken.contains(&address.metric);
        let complain = |code, message, help| Err((!broken).then_some((code, message, help)));
        let Some(index) = self.metric(&address.metric) else {
            let ids = self
                .metrics
                .iter()
                .map(|entry| entry.model.id.value.as_str());
            return complain(
                "unknown-metric",
                format!("there is no metric `{}`", address.metric),
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
                    0 => "leave it out: the metric has no dimensions".to_owned(),
                    _ => choice(name, names.iter().copied()),
                };
                return complain(
                    "unknown-dimension",
                    format!("metric `{}` has no dimension `{name}`", address.metric),
                    help,
                );
            }
            if !known.contains(value.as_str()) {
                return complain(
                    "unknown-dimension-value",
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

    /// The way out where a name is two with a minus between them.
    fn minus(&self, name: &str) -> Option<String> {
        let (left, right) = name.match_indices('-').find_map(|(at, _)| {
            let (left, right) = (&name[..at], &name[at + 1..]);
            let known = |part: &str| {
                self.metric(part).is_some() || exhibit_facts::number::amount(part).is_ok()
            };
            (known(left) && known(right)).then_some((left, right))
        })?;
        Some(format!(
            "a minus stands between spaces: `{left} - {right}`; a dash without them is part of a name"
        ))
    }

    /// The one fact that an address names; else a finding at `span`.
    pub(crate) fn find(&self, text: &str, span: Span, report: &mut Report) -> Option<FactId> {
        let address = match Address::parse(text.trim()) {
            Ok(address) => address,
            Err(fault) => {
                report.push(
                    Finding::error(
                        "bad-address",
                        span,
                        format!("`{}` is no address: {}", text.trim(), fault),
                    )
                    .help("an address is metric@period or metric[dimension=value]@period"),
                );
                return None;
            }
        };
        let found = match self.matching(&address) {
            Ok(found) => found,
            Err(complaint) => {
                if let Some((code, message, help)) = complaint {
                    report.push(Finding::error(code, span, message).help(help));
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
                        "no-observation",
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
                        "ambiguous-address",
                        span,
                        format!("`{address}` may be any of {} facts", many.len()),
                    )
                    .help(format!("name one: {}", names.join(", "))),
                );
                None
            }
        }
    }
}

/// "did you mean `x`?", or all names where none is near.
fn choice<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of(names),
    }
}
