//! Reads nodes of known types, and says what is wrong with each that is not.

use exhibit_facts::normal::normalised;
use exhibit_facts::period::{Age, Period};
use exhibit_facts::quantity::Status;
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding, Report, nearest};
use crate::model::{Spanned, Text};
use crate::source::SourceMap;
use crate::yaml::{Kind, Node};

/// Longest text a brief may hold in one place, in bytes. A page has about 4,000.
const MAX_TEXT: usize = 200_000;
/// Longest stretch of a text without a place to break, in characters. Setting it takes time by the square of its length.
const MAX_WORD: usize = 2_000;

/// Reads nodes and collects findings.
pub(crate) struct Reader<'a> {
    pub sources: &'a SourceMap,
    pub report: &'a mut Report,
}

/// The entries of a mapping whose keys were checked.
pub(crate) struct Fields<'n> {
    entries: Vec<(&'n str, Span, &'n Node)>,
    /// The whole mapping.
    pub span: Span,
}

impl<'n> Fields<'n> {
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries
            .iter()
            .find(|(name, _, node)| *name == key && !matches!(node.kind, Kind::Null))
            .map(|(_, _, node)| *node)
    }

    pub(crate) fn entries(&self) -> &[(&'n str, Span, &'n Node)] {
        &self.entries
    }
}

impl Reader<'_> {
    pub(crate) fn push(&mut self, finding: Finding) {
        self.report.push(finding);
    }

    /// A mapping with free keys. Duplicate keys are findings; the first stays.
    pub(crate) fn mapping<'n>(&mut self, node: &'n Node, what: &str) -> Option<Fields<'n>> {
        let Kind::Map(pairs) = &node.kind else {
            self.push(
                Finding::error(
                    Code::WrongType,
                    node.span,
                    format!("{what} must be a mapping, not {}", node.describe()),
                )
                .label("here")
                .help("write indented `key: value` lines below the key"),
            );
            return None;
        };
        let mut entries: Vec<(&str, Span, &Node)> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let Kind::Scalar { text, .. } = &key.kind else {
                self.push(
                    Finding::error(Code::WrongType, key.span, "a key must be a plain word")
                        .help("write the key as one word before a colon"),
                );
                continue;
            };
            if let Some((_, first, _)) = entries.iter().find(|(name, ..)| name == text) {
                let first = *first;
                self.push(
                    Finding::error(
                        Code::DuplicateKey,
                        key.span,
                        format!("key `{text}` stands twice in {what}"),
                    )
                    .label("again here")
                    .other(first, "first here")
                    .help("keep one of the two keys: the program neither merges nor overwrites values"),
                );
                continue;
            }
            entries.push((text, key.span, value));
        }
        Some(Fields {
            entries,
            span: node.span,
        })
    }

    /// A mapping with known keys only.
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
    ) -> Option<Fields<'n>> {
        let fields = self.mapping(node, what)?;
        for (name, span, _) in &fields.entries {
            if !known.contains(name) {
                self.unknown_key(name, *span, what, known);
            }
        }
        Some(fields)
    }

    pub(crate) fn unknown_key(&mut self, name: &str, span: Span, what: &str, known: &[&str]) {
        let finding = Finding::error(
            Code::UnknownKey,
            span,
            format!("{what} has no key `{name}`"),
        )
        .label("unknown key");
        let finding = match nearest(name, known.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("known keys: {}", known.join(", "))),
        };
        self.push(finding);
    }

    /// A required entry; its absence is a finding.
    pub(crate) fn need<'n>(
        &mut self,
        fields: &Fields<'n>,
        key: &str,
        what: &str,
    ) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() {
            let empty = fields
                .entries
                .iter()
                .find(|(name, ..)| *name == key)
                .map(|(_, span, _)| *span);
            let span = empty.unwrap_or_else(|| self.head(fields.span));
            self.push(
                Finding::error(Code::MissingKey, span, format!("{what} has no `{key}`"))
                    .help(format!("add `{key}:` here")),
            );
        }
        found
    }

    /// The first line of a span: a finding on a whole mapping points at its begin.
    fn head(&self, span: Span) -> Span {
        let text = self.sources.slice(span);
        span.part(0, text.find('\n').unwrap_or(text.len()))
    }

    /// A text or number, as text.
    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        match &node.kind {
            Kind::Scalar { text, .. } => {
                if text.len() > MAX_TEXT {
                    let written = self.sources.slice(node.span);
                    let first = written.chars().next().map_or(0, char::len_utf8);
                    self.push(
                        Finding::error(
                            Code::TooLong,
                            node.span.part(0, first),
                            format!("{what} is too long: {} bytes", text.len()),
                        )
                        .help(format!("split the text: {MAX_TEXT} bytes are allowed")),
                    );
                    return None;
                }
                let longest = longest_word(text);
                if longest > MAX_WORD {
                    self.push(
                        Finding::error(
                            Code::TooLong,
                            node.span.part(0, 1),
                            format!("{what} contains a word of {longest} characters"),
                        )
                        .help(format!(
                            "split the word by spaces: {MAX_WORD} characters are allowed"
                        )),
                    );
                    return None;
                }
                // Control characters are below a space, DEL, or U+0080 to U+009F, which begin with C2 in UTF-8.
                let suspect = |byte: u8| byte < b' ' || matches!(byte, 0x7F | 0xC2);
                if text.bytes().any(suspect)
                    && let Some(ch) = text
                        .chars()
                        .find(|ch| ch.is_control() && !matches!(ch, '\n' | '\t' | '\r'))
                {
                    let span = self.head(node.span);
                    self.push(
                        Finding::error(
                            Code::ControlCharacter,
                            span,
                            format!(
                                "{what} contains the control character U+{:04X}",
                                u32::from(ch)
                            ),
                        )
                        .help("remove the character; line breaks and tabs are allowed"),
                    );
                    return None;
                }
                Some(Text {
                    raw: text.clone(),
                    span: node.span,
                })
            }
            _ => {
                self.push(
                    Finding::error(
                        Code::WrongType,
                        self.head(node.span),
                        format!("{what} must be a text, not {}", node.describe()),
                    )
                    .label("here")
                    .help("write the text on one line, in quotation marks if the text begins with a sign such as `[`"),
                );
                None
            }
        }
    }

    /// A text to the letter of the file: a path names a file by its bytes, however they look.
    pub(crate) fn as_written(&self, text: Text) -> Text {
        let written = self.sources.slice(text.span).trim_matches(['"', '\'']);
        if written != text.raw && normalised(written) == text.raw {
            Text {
                raw: written.to_owned(),
                ..text
            }
        } else {
            text
        }
    }

    pub(crate) fn optional_text(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        fields
            .get(key)
            .and_then(|node| self.text(node, &format!("`{key}`")))
    }

    pub(crate) fn need_text(&mut self, fields: &Fields<'_>, key: &str, what: &str) -> Option<Text> {
        let node = self.need(fields, key, what)?;
        let text = self.text(node, &format!("`{key}`"))?;
        if text.raw.trim().is_empty() {
            self.push(
                Finding::error(
                    Code::MissingKey,
                    text.span,
                    format!("`{key}` of {what} is empty"),
                )
                .help(format!("write a text behind `{key}:`")),
            );
            return None;
        }
        Some(text)
    }

    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        match &node.kind {
            Kind::Seq(items) => items,
            Kind::Null => &[],
            _ => {
                self.push(
                    Finding::error(
                        Code::WrongType,
                        self.head(node.span),
                        format!("{what} must be a list, not {}", node.describe()),
                    )
                    .label("here")
                    .help(
                        "write `[a, b]` on one line, or each item on a line of its own: `- item`",
                    ),
                );
                &[]
            }
        }
    }

    pub(crate) fn texts(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Text> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        self.list(node, &format!("`{key}`"))
            .iter()
            .filter_map(|item| self.text(item, &format!("an entry of `{key}`")))
            .collect()
    }

    pub(crate) fn boolean(&mut self, fields: &Fields<'_>, key: &str, default: bool) -> bool {
        let Some(node) = fields.get(key) else {
            return default;
        };
        match &node.kind {
            Kind::Scalar { text, .. } if text == "true" => true,
            Kind::Scalar { text, .. } if text == "false" => false,
            _ => {
                self.push(
                    Finding::error(
                        Code::WrongType,
                        self.head(node.span),
                        format!("`{key}` must be true or false"),
                    )
                    .help("write `true` or `false`"),
                );
                default
            }
        }
    }

    /// One of some words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        choices: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(node, what)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.raw) {
            return Some(Spanned {
                value: *value,
                span: text.span,
            });
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let finding = Finding::error(
            Code::UnknownWord,
            text.span,
            format!("`{}` is not a known {what}", text.raw),
        );
        self.push(match nearest(&text.raw, names.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("one of: {}", names.join(", "))),
        });
        None
    }

    /// One of the statuses.
    pub(crate) fn status(&mut self, node: &Node) -> Option<Spanned<Status>> {
        self.choice(
            node,
            "status",
            &Status::ALL.map(|status| (status.name(), status)),
        )
    }

    pub(crate) fn period(&mut self, node: &Node, what: &str) -> Option<Spanned<Period>> {
        let text = self.text(node, what)?;
        if let Some(value) = Period::parse(&text.raw) {
            return Some(Spanned {
                value,
                span: text.span,
            });
        }
        self.push(
            Finding::error(Code::BadPeriod, text.span, format!("`{}` cannot be read as a period", text.raw))
                .help("write 2023, 2024-H1, 2024-Q2, 2024-06, 2024-W23, 2024-06-30, FY2024, or a span such as 2024-06..2024-07; `~` before a period means about"),
        );
        None
    }

    /// How old something may be; with `never`, that word is let through without a finding.
    pub(crate) fn age(&mut self, node: &Node, never: bool) -> Option<Age> {
        let text = self.text(node, "`max-age`")?;
        let age = Age::parse(&text.raw);
        if age.is_none() && !(never && text.raw.trim() == "never") {
            let way_out = if never { ", or `never`" } else { "" };
            self.push(
                Finding::error(
                    Code::BadPeriod,
                    text.span,
                    format!("`{}` cannot be read as an age", text.raw),
                )
                .help(format!(
                    "write a number of days, weeks, months or years, such as `18 months`{way_out}"
                )),
            );
        }
        age
    }

    /// An id: letters, digits, `-` and `_`, a letter first.
    pub(crate) fn id(&mut self, name: &str, span: Span, what: &str) -> Spanned<String> {
        let fits = name.starts_with(|ch: char| ch.is_ascii_alphabetic())
            && name.len() <= 64
            && name
                .chars()
                .all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_'));
        if !fits {
            self.push(Finding::error(Code::BadId, span, format!("`{name}` cannot be the id of {what}")).help("begin the id with a letter; use up to 64 letters a-z, digits, `-` and `_`: the id becomes part of addresses and file names"));
        }
        Spanned {
            value: name.to_owned(),
            span,
        }
    }
}

/// Characters in the longest stretch without white space. Chinese can be broken at nearly every character, and ends one.
fn longest_word(text: &str) -> usize {
    const FIRST_EAST_ASIAN: char = '\u{2e80}';
    if text.len() <= MAX_WORD {
        return 0;
    }
    text.split(|ch: char| ch.is_whitespace() || ch >= FIRST_EAST_ASIAN)
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0)
}
