//! Content streams: what is painted, inside which marked-content sequence, with which codes.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

use super::{File, Findings};

/// What the pages hold.
#[derive(Default)]
pub(super) struct Found {
    /// Page (from 0) and number of each sequence, with its tag.
    pub(super) sequences: BTreeMap<(usize, i64), String>,
    /// The codes that are shown, by font resource.
    pub(super) codes: BTreeMap<String, BTreeSet<u16>>,
}

pub(super) fn check(file: &File, findings: &mut Findings) -> Found {
    let mut found = Found::default();
    for (number, (id, page)) in file.pages.iter().enumerate() {
        findings.want(
            file.name(page, "Tabs") == Some("S"),
            "a page's tab order is not the structure's",
        );
        let content = Content::decode(&file.document.get_page_content(*id)).ok();
        match content {
            Some(content) => {
                let mut reader = Reader {
                    page: number,
                    file,
                    resources: file.dict(page, "Resources"),
                    open: Vec::new(),
                    saved: Vec::new(),
                    text: None,
                    font: None,
                    found: &mut found,
                    findings,
                };
                for operation in &content.operations {
                    reader.operation(operation);
                }
                reader.end();
            }
            None => findings.say(format!("the content of page {} cannot be read", number + 1)),
        }
    }
    findings.sequences = found.sequences.len();
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Sequence {
    Content,
    Artifact,
    Span,
}

struct Reader<'a, 'b> {
    page: usize,
    file: &'b File<'a>,
    resources: Option<&'a Dictionary>,
    open: Vec<Sequence>,
    /// How many sequences were open at each `q`, and the font.
    saved: Vec<(usize, Option<String>)>,
    /// How many sequences were open at `BT`.
    text: Option<usize>,
    font: Option<String>,
    found: &'b mut Found,
    findings: &'b mut Findings,
}

impl Reader<'_, '_> {
    fn say(&mut self, problem: &str) {
        self.findings
            .say(format!("page {}: {problem}", self.page + 1));
    }

    fn want(&mut self, holds: bool, problem: &str) {
        if !holds {
            self.say(problem);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => self.begin(operands),
            "EMC" => {
                let saved = self.saved.last().map(|(open, _)| *open);
                let least = self.text.or(saved).unwrap_or(0);
                let sound = self.open.len() > least && self.open.pop().is_some();
                self.want(sound, "a sequence ends that did not begin here");
            }
            "BT" => {
                self.want(self.text.is_none(), "a text object begins inside another");
                self.text = Some(self.open.len());
            }
            "ET" => {
                self.want(
                    self.text == Some(self.open.len()),
                    "a text object ends inside a sequence that began in it, or outside",
                );
                self.text = None;
            }
            "q" => {
                self.want(self.text.is_none(), "q in a text object");
                self.saved.push((self.open.len(), self.font.clone()));
            }
            "Q" => {
                self.want(self.text.is_none(), "Q in a text object");
                let saved = self.saved.pop();
                let open = saved.as_ref().map(|(open, _)| *open);
                self.want(open == Some(self.open.len()), "Q without its q");
                self.font = saved.and_then(|(_, font)| font);
            }
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.font = name.map(|name| String::from_utf8_lossy(name).into_owned());
                let known = self.resource("Font", operands);
                self.want(known, "a font is no resource");
            }
            "TJ" => {
                self.painted();
                self.want(self.text.is_some(), "text outside a text object");
                let items = operands.first().and_then(|items| items.as_array().ok());
                for item in items.into_iter().flatten() {
                    if let Ok(bytes) = item.as_str() {
                        self.codes(bytes);
                    }
                }
            }
            "f" | "S" | "B" => {
                self.painted();
                self.want(self.text.is_none(), "a path in a text object");
            }
            "sh" => {
                self.painted();
                let known = self.resource("Shading", operands);
                self.want(known, "a shading is no resource");
            }
            "rg" | "RG" | "w" | "d" | "J" | "m" | "l" | "c" | "h" | "re" | "W" | "n" | "Td"
            | "Ts" => {}
            other => self.say(&format!("the operator {other} is none of ours")),
        }
    }

    fn begin(&mut self, operands: &[Object]) {
        let tag = operands.first().and_then(|tag| tag.as_name().ok());
        let tag = String::from_utf8_lossy(tag.unwrap_or_default()).into_owned();
        let properties = operands.get(1).and_then(|list| list.as_dict().ok());
        let number = properties
            .and_then(|list| list.get(b"MCID").ok())
            .and_then(|number| number.as_i64().ok());
        let inside = !self.open.is_empty();
        let kind = if let Some(number) = number {
            self.want(!inside, "content begins inside a sequence");
            self.want(self.text.is_none(), "content begins in a text object");
            let twice = self
                .found
                .sequences
                .insert((self.page, number), tag)
                .is_some();
            self.want(!twice, "two sequences have one number");
            Sequence::Content
        } else if tag == "Artifact" {
            self.want(!inside, "an artifact begins inside a sequence");
            let typed = properties.is_some_and(|list| list.has(b"Type"));
            self.want(typed, "an artifact has no type");
            Sequence::Artifact
        } else {
            let says = properties.is_some_and(|list| list.has(b"ActualText") || list.has(b"Lang"));
            self.want(tag == "Span" && says, "a sequence without meaning");
            self.want(inside, "a Span outside content and artifacts");
            Sequence::Span
        };
        self.open.push(kind);
    }

    fn painted(&mut self) {
        let marked = self
            .open
            .iter()
            .any(|kind| matches!(kind, Sequence::Content | Sequence::Artifact));
        self.want(
            marked,
            "something is painted that is neither content nor artifact",
        );
    }

    fn codes(&mut self, bytes: &[u8]) {
        self.want(bytes.len().is_multiple_of(2), "half a code is shown");
        match &self.font {
            Some(font) => {
                let codes = self.found.codes.entry(font.clone()).or_default();
                codes.extend(
                    bytes
                        .chunks_exact(2)
                        .map(|code| u16::from_be_bytes([code[0], code[1]])),
                );
            }
            None => self.say("text is shown without a font"),
        }
    }

    fn resource(&self, kind: &str, operands: &[Object]) -> bool {
        let name = operands.first().and_then(|name| name.as_name().ok());
        self.resources
            .and_then(|resources| self.file.dict(resources, kind))
            .is_some_and(|known| name.is_some_and(|name| known.has(name)))
    }

    fn end(mut self) {
        let closed = self.open.is_empty() && self.saved.is_empty() && self.text.is_none();
        self.want(closed, "the page ends inside something");
        let own = |key: &&(usize, i64)| key.0 == self.page;
        let numbers: Vec<i64> = self
            .found
            .sequences
            .keys()
            .filter(own)
            .map(|key| key.1)
            .collect();
        let counted = (0..).zip(&numbers).all(|(index, number)| index == *number);
        self.want(counted, "the numbers of sequences have gaps");
    }
}
