//! YAML text to a tree of nodes, each with its place. The only module that names the reader.
//!
//! The reader is serde's: [`Node`] is a `Deserialize` type whose visitor takes whatever comes. It is not derived straight into
//! the model because a derived type stops at its first fault, and Exhibit tells all of them at once; and because a number must
//! keep the digits it was written with, which only the source text has.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use exhibit_facts::normal::normalise;
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding};
use crate::source::SourceMap;

/// Nodes a file may have, aliases replayed included. A brief of fifty pages has a few thousand.
const MAX_NODES: usize = 100_000;
/// Nesting a file may have.
const MAX_DEPTH: usize = 48;

/// What the visitor says of a list of more nodes.
const TOO_LONG: &str = "a list is longer than the limit";

/// A YAML node and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, quotation marks included.
    pub span: Span,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Nothing, `null` or `~`.
    Null,
    /// A scalar: for a plain one the source text to the letter, for a quoted or block one what it says; in the form in which texts are
    /// compared.
    Scalar {
        /// What it says.
        text: String,
    },
    /// A sequence.
    Seq(Vec<Node>),
    /// A mapping in written order, duplicate keys kept.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// "a mapping", "a list", …: for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Scalar { .. } => "a text or number",
            Kind::Seq(_) => "a list",
            Kind::Map(_) => "a mapping",
        }
    }
}

impl Node {
    /// Every scalar below that is more than ASCII, with its place, but those under `evidence`: what a source says is attached, never
    /// drawn.
    pub(crate) fn texts(&self, found: &mut Vec<(Span, String)>) {
        match &self.kind {
            Kind::Null => {}
            Kind::Scalar { text } if text.is_ascii() => {}
            Kind::Scalar { text } => found.push((self.span, text.clone())),
            Kind::Seq(items) => items.iter().for_each(|item| item.texts(found)),
            Kind::Map(entries) => {
                for (key, value) in entries {
                    if !matches!(&key.kind, Kind::Scalar { text, .. } if text == "evidence") {
                        key.texts(found);
                        value.texts(found);
                    }
                }
            }
        }
    }
}

/// Reads a file of the source map.
///
/// # Errors
/// A finding with the place, if the text is not YAML or breaks a limit.
pub(crate) fn read(sources: &SourceMap, file: u32) -> Result<Node, Box<Finding>> {
    let text = &sources.file(file).text;
    let mut options = serde_saphyr::Options::default();
    options.duplicate_keys = serde_saphyr::options::DuplicateKeyPolicy::PassThrough;
    // The reader need not remember every key for merging where there is nothing to merge.
    if !text.contains("<<") {
        options.merge_keys = serde_saphyr::options::MergeKeyPolicy::AsOrdinary;
    }
    options.strict_booleans = true;
    options.with_snippet = false;
    options.non_finite_float_policy = serde_saphyr::options::NonFiniteFloatPolicy::PassThrough;
    if let Some(budget) = options.budget.as_mut() {
        budget.max_nodes = MAX_NODES;
        budget.max_depth = MAX_DEPTH;
        budget.max_events = MAX_NODES * 3;
        budget.max_documents = 1;
    }
    options.alias_limits.max_total_replayed_events = MAX_NODES;
    match serde_saphyr::from_str_with_options::<Node>(text, options) {
        Ok(mut node) => {
            node.settle(file, text);
            Ok(node)
        }
        Err(error) => Err(Box::new(fault(&error, file, text))),
    }
}

/// A YAML text as this program reads it, for tests that compare with another reader: `null`, lists, mappings with texts for keys, and
/// every other scalar as the text that was written.
///
/// # Errors
/// A finding with the place, if the text is not YAML or breaks a limit, and for what every reader of a mapping refuses: a key that
/// is no text, or stands twice.
#[doc(hidden)]
pub fn as_json(text: &str) -> Result<serde_json::Value, Box<Finding>> {
    use serde_json::Value;
    fn value(node: Node) -> Result<Value, Box<Finding>> {
        match node.kind {
            Kind::Null => Ok(Value::Null),
            Kind::Scalar { text } => Ok(Value::String(text)),
            Kind::Seq(items) => items.into_iter().map(value).collect(),
            Kind::Map(entries) => {
                let mut map = serde_json::Map::new();
                for (key, inner) in entries {
                    let Kind::Scalar { text } = key.kind else {
                        return Err(Box::new(Finding::error(Code::WrongType, key.span, "a key")));
                    };
                    if map.insert(text, value(inner)?).is_some() {
                        return Err(Box::new(Finding::error(
                            Code::DuplicateKey,
                            key.span,
                            "a key",
                        )));
                    }
                }
                Ok(Value::Object(map))
            }
        }
    }
    let mut sources = SourceMap::default();
    let file = sources.add("text.yaml", text);
    value(read(&sources, file)?)
}

fn fault(error: &serde_saphyr::Error, file: u32, text: &str) -> Finding {
    let at = error.location().map_or(0, |location| {
        location.span().byte_offset().map_or_else(
            || byte_of(text, location.line(), location.column()),
            |byte| usize::try_from(byte).unwrap_or(0),
        )
    });
    let at = floor_boundary(text, at.min(text.len()));
    // The character there, or nothing at the end of a line.
    let width = text[at..]
        .chars()
        .next()
        .filter(|ch| *ch != '\n')
        .map_or(0, char::len_utf8);
    let span = Span {
        file,
        ..Span::default()
    }
    .part(at, at + width);
    let reason = error.to_string();
    let reason = reason.lines().next().unwrap_or("not YAML").trim();
    // The place is shown as that of every finding.
    let reason = reason
        .rsplit_once(" at line ")
        .map_or(reason, |(reason, _)| reason);
    match limit(error) {
        Some(Limit::Nodes) => Finding::error(
            Code::YamlLimit,
            span,
            format!("this file has more than {MAX_NODES} nodes, written or repeated by aliases"),
        )
        .label("limit reached here")
        .help("move the observations of a metric to a table file, which `table:` of the metric reads; otherwise split the file, and write values instead of aliases"),
        Some(Limit::Depth) => Finding::error(
            Code::YamlLimit,
            span,
            format!("this file is nested more than {MAX_DEPTH} levels deep"),
        )
        .label("limit reached here")
        .help("check that all brackets are closed: no brief or data set needs such nesting"),
        Some(Limit::Documents) => Finding::error(
            Code::YamlSyntax,
            span,
            "this file contains a second YAML document",
        )
        .label("the second document begins here")
        .help("remove the line `---`, or move the lines below to another file: a brief and a data set are one document each"),
        None => Finding::error(
            Code::YamlSyntax,
            span,
            format!("this file cannot be read as YAML: {reason}"),
        )
        .help("put texts in quotation marks that begin with a sign such as `>`, `{`, `*` or `@`, or contain `: ` or ` #`; close all brackets; indent lists and mappings by spaces"),
    }
}

/// What of a text that may be YAML is more than a brief can need.
enum Limit {
    Nodes,
    Depth,
    Documents,
}

fn limit(error: &serde_saphyr::Error) -> Option<Limit> {
    use serde_saphyr::Error;
    use serde_saphyr::budget::BudgetBreach;
    match error {
        Error::AliasError { error, .. } | Error::WithSnippet { error, .. } => limit(error),
        Error::MultipleDocuments { .. }
        | Error::Budget {
            breach: BudgetBreach::Documents { .. },
            ..
        } => Some(Limit::Documents),
        Error::Budget {
            breach: BudgetBreach::Depth { .. },
            ..
        } => Some(Limit::Depth),
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => Some(Limit::Nodes),
        // The visitor's and the scanner's own.
        Error::Message { msg, .. } | Error::ExternalMessage { msg, .. } => {
            if msg.contains("recursion limit") {
                Some(Limit::Depth)
            } else {
                msg.contains(TOO_LONG).then_some(Limit::Nodes)
            }
        }
        _ => None,
    }
}

fn byte_of(text: &str, line: u64, column: u64) -> usize {
    let line = usize::try_from(line.max(1)).unwrap_or(1);
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let column = usize::try_from(column.max(1)).unwrap_or(1);
    text[start.min(text.len())..]
        .char_indices()
        .nth(column - 1)
        .map_or(text.len(), |(at, _)| start + at)
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl<'de> Deserialize<'de> for Node {
    /// The node as the reader hands it out; [`Node::settle`] makes it whole.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, defined, .. } = Spanned::<Kind>::deserialize(deserializer)?;
        let span = defined.span();
        let number = |value: Option<u64>| usize::try_from(value.unwrap_or(0)).unwrap_or(0);
        let start = number(span.byte_offset());
        let span = Span::default().part(start, start + number(span.byte_len()));
        Ok(Self { kind: value, span })
    }
}

impl Node {
    /// Puts a node that the reader handed out into its file: places end on characters of the text, and what the reader took for a
    /// number or a boolean gets back the letters it was written with.
    fn settle(&mut self, file: u32, text: &str) {
        let at = |byte: u32| floor_boundary(text, (byte as usize).min(text.len()));
        let (start, end) = (at(self.span.start), at(self.span.end));
        self.span = Span {
            file,
            ..Span::default()
        }
        .part(start, end);
        match &mut self.kind {
            Kind::Scalar { text: raw } if raw.is_empty() => {
                // The reader kept no text: it is a number or a boolean, unless it is an empty text in quotation marks or a block.
                let written = text[start..end].trim();
                if !written.starts_with(['"', '\'', '|', '>', '!']) {
                    written.clone_into(raw);
                }
            }
            // What looks alike is alike, from here on: names, filters, evidence.
            Kind::Scalar { text: raw } => normalise(raw),
            Kind::Null => {}
            // The reader knows where a block begins; it ends where the last thing in it does.
            Kind::Seq(items) => {
                for item in items {
                    item.settle(file, text);
                    self.span.end = self.span.end.max(item.span.end);
                }
            }
            Kind::Map(entries) => {
                for (key, value) in entries {
                    key.settle(file, text);
                    value.settle(file, text);
                    self.span.end = self.span.end.max(value.span.end);
                }
            }
        }
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a mapping")
    }
    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }
    fn visit_none<E>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind, D::Error> {
        Kind::deserialize(deserializer)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Kind, E> {
        Ok(Kind::Scalar {
            text: String::new(),
        })
    }
    fn visit_i64<E>(self, _: i64) -> Result<Kind, E> {
        Ok(Kind::Scalar {
            text: String::new(),
        })
    }
    fn visit_u64<E>(self, _: u64) -> Result<Kind, E> {
        Ok(Kind::Scalar {
            text: String::new(),
        })
    }
    fn visit_f64<E>(self, _: f64) -> Result<Kind, E> {
        Ok(Kind::Scalar {
            text: String::new(),
        })
    }
    fn visit_str<E>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Scalar {
            text: text.to_owned(),
        })
    }
    fn visit_string<E>(self, text: String) -> Result<Kind, E> {
        Ok(Kind::Scalar { text })
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Kind, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
            if items.len() > MAX_NODES {
                return Err(A::Error::custom(TOO_LONG));
            }
        }
        Ok(Kind::Seq(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Kind, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(Kind::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (SourceMap, Node) {
        let mut sources = SourceMap::default();
        let file = sources.add("x.yaml", text);
        let node = read(&sources, file).unwrap_or_else(|finding| panic!("{finding:?}"));
        (sources, node)
    }

    fn print(sources: &SourceMap, node: &Node, depth: usize, out: &mut String) {
        use std::fmt::Write as _;
        let at = sources.file(0).line_column(node.span.start);
        let pad = "  ".repeat(depth);
        match &node.kind {
            Kind::Null => writeln!(out, "{pad}{}:{} null", at.line, at.column).unwrap(),
            Kind::Scalar { text } => writeln!(
                out,
                "{pad}{}:{} {text:?} [{}]",
                at.line,
                at.column,
                sources.slice(node.span)
            )
            .unwrap(),
            Kind::Seq(items) => {
                writeln!(out, "{pad}{}:{} seq", at.line, at.column).unwrap();
                items
                    .iter()
                    .for_each(|item| print(sources, item, depth + 1, out));
            }
            Kind::Map(entries) => {
                writeln!(out, "{pad}{}:{} map", at.line, at.column).unwrap();
                for (key, value) in entries {
                    print(sources, key, depth + 1, out);
                    print(sources, value, depth + 2, out);
                }
            }
        }
    }

    #[test]
    fn numbers_keep_their_digits_and_places() {
        let (sources, node) = tree(
            "a: 10_000\nb: [19.10, \"> 5\", '~ 3']\nc: {d: 2024-06, a: 1, a: 2}\ne: |\n  Line one\n  two\nf: null\ng: 1e999\nh: true\n",
        );
        let mut out = String::new();
        print(&sources, &node, 0, &mut out);
        let expected = "1:1 map\n  1:1 \"a\" [a]\n    1:4 \"10_000\" [10_000]\n  2:1 \"b\" [b]\n    2:4 seq\n      2:5 \"19.10\" [19.10]\n      \
2:12 \"> 5\" [\"> 5\"]\n      2:19 \"~ 3\" ['~ 3']\n  3:1 \"c\" [c]\n    3:4 map\n      3:5 \"d\" [d]\n        3:8 \"2024-06\" [2024-06]\n      \
3:17 \"a\" [a]\n        3:20 \"1\" [1]\n      3:23 \"a\" [a]\n        3:26 \"2\" [2]\n  4:1 \"e\" [e]\n    \
5:3 \"Line one\\ntwo\\n\" [Line one\n  two\n]\n  7:1 \"f\" [f]\n    7:4 null\n  8:1 \"g\" [g]\n    8:4 \"1e999\" [1e999]\n  9:1 \"h\" [h]\n    9:4 \"true\" [true]\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn a_mapping_takes_from_another_what_it_does_not_say_itself() {
        let (_, node) = tree("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n");
        let Kind::Map(entries) = node.kind else {
            panic!("a mapping");
        };
        let Kind::Map(merged) = &entries[1].1.kind else {
            panic!("a mapping");
        };
        let text = |node: &Node| match &node.kind {
            Kind::Scalar { text } => text.clone(),
            _ => panic!("a scalar"),
        };
        let mut pairs: Vec<_> = merged
            .iter()
            .map(|(key, value)| (text(key), text(value)))
            .collect();
        pairs.sort();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(pairs, [pair("x", "1"), pair("y", "3")]);
    }

    #[test]
    fn a_bomb_and_broken_text_are_findings_with_a_line() {
        let bomb = format!(
            "a: &a [x,x,x,x,x,x,x,x,x,x]\n{}",
            (b'b'..=b'j')
                .map(|name| {
                    let (name, before) = (char::from(name), char::from(name - 1));
                    format!(
                        "{name}: &{name} [{}]\n",
                        vec![format!("*{before}"); 10].join(",")
                    )
                })
                .collect::<String>()
        );
        for text in [bomb.as_str(), "a: [1, 2", "a: b: c", "a: {b: 1"] {
            let mut sources = SourceMap::default();
            let file = sources.add("x.yaml", text);
            let finding = read(&sources, file).expect_err(text);
            assert!(
                finding.span.is_some() && finding.help.is_some(),
                "{finding:?}"
            );
        }
    }
}
