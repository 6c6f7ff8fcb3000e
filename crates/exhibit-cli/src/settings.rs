//! What was typed, checked against the brief: from here on every id exists and every pattern is sound.

use std::path::Path;

use exhibit::Selection;
use exhibit::diag::{nearest, unknown_name};
use exhibit::facts::{Event, Fact, Facts, Origin};
use exhibit::quantity::Status;

use crate::args::{BuildArgs, FactsArgs, Format, VerifyArgs};
use crate::exit::Failure;

/// Checks `--format` and `--only`.
///
/// # Errors
/// An exhibit that the brief does not have, or a PDF of single exhibits.
pub(crate) fn selection(args: &BuildArgs, facts: &Facts) -> Result<Selection, Failure> {
    let wants = |format: Format| args.format.is_empty() || args.format.contains(&format);
    if !args.only.is_empty() && args.format.contains(&Format::Pdf) {
        return Err(Failure::Usage(
            "the PDF always has every exhibit; remove `--only`, or choose the format svg or png"
                .to_owned(),
        ));
    }
    let known = facts.exhibits.iter().map(|exhibit| exhibit.id.as_str());
    if let Some(id) = args
        .only
        .iter()
        .find(|id| !known.clone().any(|name| name == **id))
    {
        let message = unknown_name("exhibit", id, known);
        return Err(Failure::Usage(message));
    }
    let mut selection = Selection::none();
    selection.pdf = wants(Format::Pdf) && args.only.is_empty();
    selection.svg = wants(Format::Svg);
    selection.png = wants(Format::Png);
    Ok(if args.only.is_empty() {
        selection
    } else {
        selection.only(&args.only)
    })
}

/// Which facts and events are printed. Filters of one kind widen, filters of different kinds narrow.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// Indices of metrics; empty for all.
    metrics: Vec<usize>,
    /// Empty for all.
    statuses: Vec<Status>,
    /// Indices of sources; empty for all.
    sources: Vec<usize>,
    /// Patterns of addresses; empty for all.
    addresses: Vec<String>,
    /// Derived ones only.
    derived: bool,
}

impl Filter {
    /// Checks the filters against the data.
    ///
    /// # Errors
    /// A metric, source or status that there is not, or a pattern that no address fits.
    pub(crate) fn new(args: &FactsArgs, facts: &Facts) -> Result<Self, Failure> {
        let find = |what: &str, names: Vec<&str>, wanted: &[String]| {
            wanted
                .iter()
                .map(|id| {
                    names.iter().position(|name| name == id).ok_or_else(|| {
                        Failure::Usage(unknown_name(what, id, names.iter().copied()))
                    })
                })
                .collect::<Result<Vec<usize>, Failure>>()
        };
        let metrics = facts.metrics.iter().map(|metric| metric.id.as_str());
        let sources = facts.sources.iter().map(|source| source.id.as_str());
        let statuses = Status::ALL.iter().map(|status| status.name());
        let addresses = || {
            let addresses = facts.facts.iter().map(|fact| fact.address.clone());
            let events = facts.events.iter();
            addresses.chain(events.map(|event| format!("event:{}", event.id)))
        };
        for pattern in &args.address {
            if !addresses().any(|address| fits(pattern, &address)) {
                let known: Vec<String> = addresses().collect();
                let help = match nearest(pattern, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "remove `--address` to list all; `*` matches any text".to_owned(),
                };
                return Err(Failure::Usage(format!(
                    "no fact or event has the address `{pattern}`; {help}"
                )));
            }
        }
        Ok(Self {
            metrics: find("metric", metrics.collect(), &args.metric)?,
            statuses: find("status", statuses.collect(), &args.status)?
                .into_iter()
                .map(|index| Status::ALL[index])
                .collect(),
            sources: find("source", sources.collect(), &args.source)?,
            addresses: args.address.clone(),
            derived: args.derived,
        })
    }

    /// True for a fact that is wanted.
    pub(crate) fn wants(&self, fact: &Fact) -> bool {
        let stated = match &fact.origin {
            Origin::Stated { source, .. } => Some(source.0),
            Origin::Derived { .. } => None,
        };
        let any = |list: &[usize], index: Option<usize>| {
            list.is_empty() || index.is_some_and(|index| list.contains(&index))
        };
        any(&self.metrics, Some(fact.metric.0))
            && any(&self.sources, stated)
            && (self.statuses.is_empty() || self.statuses.contains(&fact.status))
            && (!self.derived || stated.is_none())
            && self.fits(&fact.address)
    }

    /// True for an event that is wanted. An event belongs to no metric and is never derived.
    pub(crate) fn wants_event(&self, event: &Event) -> bool {
        self.metrics.is_empty()
            && !self.derived
            && (self.sources.is_empty() || self.sources.contains(&event.source.0))
            && (self.statuses.is_empty() || self.statuses.contains(&event.status))
            && self.fits(&format!("event:{}", event.id))
    }

    fn fits(&self, address: &str) -> bool {
        self.addresses.is_empty() || self.addresses.iter().any(|pattern| fits(pattern, address))
    }
}

/// True when a text fits a pattern, where `*` stands for any number of any characters.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut tail) = text.strip_prefix(head) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    // The first place that fits leaves the most for the parts behind it.
    for part in parts {
        let Some(at) = tail.find(part) else {
            return false;
        };
        tail = &tail[at + part.len()..];
    }
    tail.ends_with(last)
}

/// Sources, by index, with the files that hold their texts.
///
/// # Errors
/// A source that there is not or that is given twice, or a text that is no `ID=FILE`.
pub(crate) fn texts<'a>(
    args: &'a VerifyArgs,
    facts: &Facts,
) -> Result<Vec<(usize, &'a Path)>, Failure> {
    let ids = facts.sources.iter().map(|source| source.id.as_str());
    let mut seen: Vec<&str> = Vec::new();
    args.source
        .iter()
        .map(|given| {
            let (id, file) = given
                .split_once('=')
                .filter(|(id, file)| !id.is_empty() && !file.is_empty())
                .ok_or_else(|| {
                    Failure::Usage(format!(
                        "`{given}` does not name a source and a file; write `--source ID=FILE`"
                    ))
                })?;
            if seen.contains(&id) {
                return Err(Failure::Usage(format!(
                    "source `{id}` has two files; write one file for each source"
                )));
            }
            seen.push(id);
            let index = ids
                .clone()
                .position(|known| known == id)
                .ok_or_else(|| Failure::Usage(unknown_name("source", id, ids.clone())))?;
            Ok((index, Path::new(file)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_whole_addresses() {
        for (pattern, address, wanted) in [
            ("a@2023", "a@2023", true),
            ("a@2023", "a@2023-06", false),
            ("a@*", "a@2023-06", true),
            ("*", "", true),
            ("*@2024*", "a[x=y]@2024-07", true),
            ("*[x=*]@2024", "a[x=y]@2024", true),
            ("*[x=*]@2024", "a@2024", false),
            ("a*a", "a", false),
            ("a*b*b", "a-b", false),
            ("a**b", "ab", true),
        ] {
            assert_eq!(fits(pattern, address), wanted, "{pattern} {address}");
        }
    }
}
