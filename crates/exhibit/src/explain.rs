//! Where a figure comes from, and where it is used.

use std::fmt;

use exhibit_core::diag::unknown_name;
use exhibit_core::export;
use exhibit_facts::address::Address;
use exhibit_facts::facts::Facts;
use exhibit_facts::facts::{Event, Fact, FactId, Origin, UsePlace, Used};
use exhibit_facts::format;
use exhibit_facts::quantity::Reading;
use exhibit_facts::span::Span;
use serde_json::{Value as Json, json};

use crate::brief::Brief;

/// The identifier of the JSON form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-explain-1";

impl Brief {
    /// Where the fact or event at an address comes from, and where it is used.
    ///
    /// # Errors
    /// When the brief has errors, or the address is none, names nothing, or names several facts.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let explanation = brief.explain("staff@2023-12-31").unwrap();
    /// assert!(explanation.text().contains("rd_staff / rd_staff_share"));
    /// assert!(brief.explain("staf@2023").is_err());
    /// ```
    pub fn explain(&self, address: &str) -> Result<Explanation<'_>, ExplainError> {
        match self.facts() {
            Some(facts) => Explanation::of(self, facts, address),
            None => Err(ExplainError("the brief or its data have errors".to_owned())),
        }
    }
}

/// The fact or event that an address names.
fn find(facts: &Facts, address: &str) -> Result<Used, ExplainError> {
    if let Some(id) = address.strip_prefix("event:") {
        let ids = facts.events.iter().map(|event| event.id.as_str());
        let found = ids.clone().position(|known| known == id);
        return found
            .map(Used::Event)
            .ok_or_else(|| ExplainError(unknown_name("event", id, ids)));
    }
    // A fact that another one is preferred to has an address that cannot be written in a brief.
    if let Some(index) = facts.facts.iter().position(|fact| fact.address == address) {
        return Ok(Used::Fact(FactId(index)));
    }
    let wanted = Address::parse(address).map_err(|fault| {
        ExplainError(format!(
            "`{address}` cannot be read as an address: {}; write metric@period, metric[dimension=value]@period or event:id",
            fault
        ))
    })?;
    let metrics = facts.metrics.iter().map(|metric| metric.id.as_str());
    if !metrics.clone().any(|id| id == wanted.metric) {
        let message = unknown_name("metric", &wanted.metric, metrics);
        return Err(ExplainError(message));
    }
    let found: Vec<usize> = (0..facts.facts.len())
        .filter(|index| fits(facts, &wanted, &facts.facts[*index]))
        .collect();
    let list = |indices: &[usize]| {
        let addresses = indices.iter().map(|index| &facts.facts[*index].address);
        addresses
            .map(|address| format!("\n  {address}"))
            .collect::<String>()
    };
    match found.as_slice() {
        [one] => Ok(Used::Fact(FactId(*one))),
        [] => {
            let all: Vec<usize> = (0..facts.facts.len())
                .filter(|index| facts.metrics[facts.facts[*index].metric.0].id == wanted.metric)
                .collect();
            Err(ExplainError(format!(
                "`{address}` has no observation; the facts of this metric are{}",
                list(&all)
            )))
        }
        many => Err(ExplainError(format!(
            "address `{address}` fits {} facts; write one of:{}",
            many.len(),
            list(many)
        ))),
    }
}

/// True when a fact is the one of its address, and this is among those that `wanted` names.
fn fits(facts: &Facts, wanted: &Address, fact: &Fact) -> bool {
    let dimensions = |(name, value): (&String, &String)| fact.dimensions.get(name) == Some(value);
    facts.metrics[fact.metric.0].id == wanted.metric
        && !fact.address.contains('#')
        && wanted.dimensions.iter().all(dimensions)
        && wanted.period.as_ref().is_none_or(|at| *at == fact.at)
}

/// A fact and what it was derived from.
struct Node {
    fact: FactId,
    inputs: Vec<Node>,
    /// Its inputs stand at an earlier node.
    again: bool,
    /// It is as far down as a tree goes, and has inputs that are left out.
    deeper: bool,
}

/// Levels of a tree: nobody reads deeper ones, readers of JSON stop at 128 brackets (two a level), and a chain of formulas may be
/// longer than the stack is deep.
const DEEPEST: usize = 50;

impl Node {
    fn of(facts: &Facts, fact: FactId, depth: usize, seen: &mut Vec<FactId>) -> Self {
        let Origin::Derived { inputs, .. } = &facts.facts[fact.0].origin else {
            return Self {
                fact,
                inputs: Vec::new(),
                again: false,
                deeper: false,
            };
        };
        // Each is taken apart once: figures that share their inputs would make the tree grow without measure.
        let again = seen.contains(&fact);
        seen.push(fact);
        let deeper = !again && depth == DEEPEST;
        let inputs = if again || deeper {
            &[]
        } else {
            inputs.as_slice()
        };
        Self {
            fact,
            inputs: inputs
                .iter()
                .map(|input| Self::of(facts, *input, depth + 1, seen))
                .collect(),
            again,
            deeper,
        }
    }
}

/// A place that uses the fact.
#[derive(PartialEq)]
struct Occurrence {
    span: Span,
    file: String,
    line: usize,
    column: usize,
    /// `"prose"`, `"key figure"`, `"exhibit"` or `"formula"`.
    kind: &'static str,
    /// The exhibit's id, or the derived fact's address.
    of: Option<String>,
    /// The line itself, without its indentation.
    text: String,
    /// Which character of it the use begins with, from 0.
    at: usize,
}

/// Every place that uses a fact or event: those of the brief, then formulas.
fn uses(brief: &Brief, facts: &Facts, what: Used) -> Vec<Occurrence> {
    let sources = &brief.compilation.sources;
    let place = |span: Span, kind, of| {
        let file = sources.file(span.file);
        let at = file.line_column(span.start);
        let text = file.line(at.line);
        let indent = text.chars().take_while(|ch| ch.is_whitespace()).count();
        Occurrence {
            at: (at.column - 1).saturating_sub(indent),
            span,
            file: file.name.clone(),
            line: at.line,
            column: at.column,
            kind,
            of,
            text: text.trim().to_owned(),
        }
    };
    let here = brief
        .compilation
        .uses
        .iter()
        .filter(|used| used.what == what);
    let mut places: Vec<Occurrence> = here
        .map(|used| match used.at {
            UsePlace::Prose => place(used.span, "prose", None),
            UsePlace::KeyFigure => place(used.span, "key figure", None),
            UsePlace::Exhibit(index) => {
                place(used.span, "exhibit", Some(facts.exhibits[index].id.clone()))
            }
        })
        .collect();
    for fact in &facts.facts {
        if let (Origin::Derived { inputs, .. }, Used::Fact(id)) = (&fact.origin, what)
            && inputs.contains(&id)
        {
            places.push(place(fact.span, "formula", Some(fact.address.clone())));
        }
    }
    places.sort_by_key(|place| place.span);
    places.dedup();
    places
}

/// Why an address explains nothing: it is none, names nothing, or names several facts. The message says which, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainError(String);

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ExplainError {}

/// What is known of a fact or event: its value, its derivation, the places that use it.
pub struct Explanation<'a> {
    facts: &'a Facts,
    what: Used,
    tree: Option<Node>,
    uses: Vec<Occurrence>,
}

impl<'a> Explanation<'a> {
    /// Explains the fact or event at an address of a brief's data. A part of an address does where it fits one fact alone.
    ///
    /// # Errors
    /// When the address is none, names nothing, or names several facts.
    pub(crate) fn of(
        brief: &'a Brief,
        facts: &'a Facts,
        address: &str,
    ) -> Result<Self, ExplainError> {
        let what = find(facts, address.trim())?;
        Ok(Self {
            facts,
            what,
            tree: match what {
                Used::Fact(id) => Some(Node::of(facts, id, 1, &mut Vec::new())),
                Used::Event(_) => None,
            },
            uses: uses(brief, facts, what),
        })
    }

    /// The explanation as text for people, in lines.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let text = brief.explain("deliveries@2024-06").unwrap().text();
    /// assert!(text.contains("place      §2 ¶3"));
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = match self.what {
            Used::Fact(id) => self.fact(&self.facts.facts[id.0]),
            Used::Event(index) => self.event(&self.facts.events[index]),
        };
        if let Some(tree) = self.tree.as_ref().filter(|tree| !tree.inputs.is_empty()) {
            out.push_str("\nderived from\n");
            self.branches(tree, "  ", &mut out);
        }
        if self.uses.is_empty() {
            out.push_str("\nused nowhere\n");
            return out;
        }
        out.push_str("\nused in\n");
        let mut rows: Vec<[String; 3]> = Vec::new();
        for place in &self.uses {
            let kind = match &place.of {
                Some(of) if place.kind == "formula" => format!("formula of {of}"),
                Some(of) => format!("{} {of}", place.kind),
                None => place.kind.to_owned(),
            };
            let at = format!("{}:{}:{}", place.file, place.line, place.column);
            rows.push([at, kind, excerpt(&place.text, place.at)]);
        }
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
        let (first, second) = (width(0).unwrap_or(0), width(1).unwrap_or(0));
        for [at, kind, text] in &rows {
            out.push_str(&format!("  {at:<first$}  {kind:<second$}  {text}\n"));
        }
        out
    }

    fn fact(&self, fact: &Fact) -> String {
        let metric = &self.facts.metrics[fact.metric.0];
        let mut out = format!("{}: {}\n\n", fact.address, metric.label);
        let mut line = |name: &str, text: &str| {
            out.push_str(&format!("  {name:<11}{}\n", plain(text)));
        };
        line("value", &fact.forms.sentence);
        line("label", &fact.forms.label);
        if !fact.forms.interval.is_empty() {
            line("interval", &fact.forms.interval);
        }
        line("qualifier", &qualifier(&fact.reading));
        line("period", &fact.at_text);
        if let Some(due) = &fact.due {
            line("due", &format::deadline(self.facts.meta.language, due));
        }
        let by = fact.by.as_ref().map(|by| format!(", by {by}"));
        line(
            "status",
            &format!("{}{}", fact.status.name(), by.unwrap_or_default()),
        );
        match &fact.origin {
            Origin::Stated {
                source,
                place,
                evidence,
            } => {
                let source = &self.facts.sources[source.0];
                line("source", &format!("{}: {}", source.id, source.title));
                if !place.is_empty() {
                    line("place", place);
                }
                if let Some(evidence) = evidence {
                    line("evidence", &format!("“{evidence}”"));
                }
            }
            Origin::Derived { formula, .. } => line("formula", formula),
        }
        if let Some(description) = &metric.description {
            line("measures", description);
        }
        if let Some(note) = &fact.note {
            line("note", note);
        }
        for id in &fact.conflicts {
            let other = &self.facts.facts[id.0];
            line(
                "conflict",
                &format!("{} says {}", other.address, other.forms.sentence),
            );
        }
        for id in &fact.corrected {
            let old = &self.facts.facts[id.0];
            line(
                "superseded",
                &format!("{}, {}", old.address, old.forms.sentence),
            );
        }
        if let Some(why) = &fact.corrects {
            line("corrects", why);
        }
        if let Some(why) = &fact.preferred {
            line("preferred", why);
        }
        out
    }

    fn event(&self, event: &Event) -> String {
        let source = &self.facts.sources[event.source.0];
        let mut out = format!("event:{}: {}\n\n", event.id, event.label);
        let mut line = |name: &str, text: &str| {
            out.push_str(&format!("  {name:<11}{}\n", plain(text)));
        };
        line("date", &event.at_text);
        line("status", event.status.name());
        line("source", &format!("{}: {}", source.id, source.title));
        line("place", &event.place);
        if let Some(evidence) = &event.evidence {
            line("evidence", &format!("“{evidence}”"));
        }
        if let Some(note) = &event.note {
            line("note", note);
        }
        out
    }

    /// The inputs of a node, each with its own below it.
    fn branches(&self, node: &Node, indent: &str, out: &mut String) {
        for (index, input) in node.inputs.iter().enumerate() {
            let fact = &self.facts.facts[input.fact.0];
            let last = index + 1 == node.inputs.len();
            let (branch, below) = if last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            let origin = match &fact.origin {
                Origin::Stated { source, place, .. } => {
                    format!("{} {place}", self.facts.sources[source.0].id)
                }
                Origin::Derived { formula, .. } => format!("= {formula}"),
            };
            let again = match (input.again, input.deeper) {
                (true, _) => "  (as above)",
                (false, true) => "  (for more, explain this address)",
                (false, false) => "",
            };
            out.push_str(&format!(
                "{indent}{branch}{}  {}  {}{again}\n",
                fact.address,
                plain(&fact.forms.label),
                origin.trim_end()
            ));
            self.branches(input, &format!("{indent}{below}"), out);
        }
    }

    /// The explanation as JSON for programs: `schema`, the `fact` or `event`, its `derivation` and its `uses`.
    ///
    /// ```
    /// let brief = exhibit::Brief::article();
    /// let json = brief.explain("deliveries@2024-06").unwrap().json();
    /// assert_eq!(json["fact"]["address"], "deliveries@2024-06");
    /// assert!(!json["uses"].as_array().unwrap().is_empty());
    /// ```
    #[must_use]
    pub fn json(&self) -> Json {
        let (key, selected) = match self.what {
            Used::Fact(id) => {
                let wanted = &self.facts.facts[id.0].address;
                let selection = export::Selection {
                    fact: &|fact| fact.address == *wanted,
                    event: &|_| false,
                };
                let mut json = export::json(self.facts, selection);
                ("fact", json["facts"][0].take())
            }
            Used::Event(index) => {
                let wanted = &self.facts.events[index].id;
                let selection = export::Selection {
                    fact: &|_| false,
                    event: &|event| event.id == *wanted,
                };
                let mut json = export::json(self.facts, selection);
                ("event", json["events"][0].take())
            }
        };
        let uses: Vec<Json> = self
            .uses
            .iter()
            .map(|place| {
                json!({"kind": place.kind.replace(' ', "-"), "of": place.of, "file": place.file, "line": place.line,
                       "column": place.column, "text": place.text})
            })
            .collect();
        let mut json = json!({"schema": SCHEMA});
        json[key] = selected;
        json["derivation"] = self
            .tree
            .as_ref()
            .map_or(Json::Null, |tree| self.node(tree));
        json["uses"] = uses.into();
        json
    }

    fn node(&self, node: &Node) -> Json {
        let fact = &self.facts.facts[node.fact.0];
        let (formula, source, place) = match &fact.origin {
            Origin::Stated { source, place, .. } => (
                None,
                Some(self.facts.sources[source.0].id.as_str()),
                Some(place.as_str()),
            ),
            Origin::Derived { formula, .. } => (Some(formula.as_str()), None, None),
        };
        let inputs: Vec<Json> = node.inputs.iter().map(|input| self.node(input)).collect();
        let mut json = json!({"address": fact.address, "display": plain(&fact.forms.label), "formula": formula,
               "origin": {"source": source, "place": place}, "again": node.again, "inputs": inputs});
        if node.deeper {
            json["deeper"] = true.into();
        }
        json
    }
}

/// The qualifier in words: "more than", "about, less than".
fn qualifier(reading: &Reading) -> String {
    match reading {
        Reading::Missing(reason) => format!("unknown: {reason}"),
        Reading::Value(value) => {
            let shape = value.shape.qualifier().replace('_', " ");
            match (value.about, shape.as_str()) {
                (false, _) => shape,
                (true, "exact") => "about".to_owned(),
                (true, _) => format!("about, {shape}"),
            }
        }
    }
}

/// Text for a terminal: ties and narrow spaces become plain ones.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
}

/// A line of text, or the part of it around its character number `at`.
fn excerpt(text: &str, at: usize) -> String {
    const MAX_CHARS: usize = 72;
    const CHARS_BEFORE: usize = 24;
    let count = text.chars().count();
    if count <= MAX_CHARS {
        return text.to_owned();
    }
    let from = at.saturating_sub(CHARS_BEFORE).min(count - MAX_CHARS);
    let part: String = text.chars().skip(from).take(MAX_CHARS).collect();
    let head = if from > 0 { "…" } else { "" };
    let tail = if from + MAX_CHARS < count { "…" } else { "" };
    format!("{head}{}{tail}", part.trim())
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_holds_what_it_is_about() {
        assert_eq!(excerpt("short", 3), "short");
        let long: String = ('a'..='z').cycle().take(200).collect();
        assert_eq!(excerpt(&long, 0).chars().count(), 73);
        assert!(excerpt(&long, 0).ends_with('…'));
        let middle = excerpt(&long, 100);
        assert!(middle.starts_with('…') && middle.ends_with('…'));
        assert_eq!(middle.chars().nth(1 + 24), long.chars().nth(100));
        assert!(excerpt(&long, 199).ends_with(&long[190..]));
    }
}
