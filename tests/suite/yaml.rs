//! Our reader of YAML beside another one, which shares no code with ours: every text means the same to both, or is refused by one
//! of them for a reason that is listed here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, iter};

use exhibit_core::as_json;
use exhibit_tests::workspace;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value as Ours;
use serde_yaml::Value as Theirs;

/// Why a text is refused by one of the two readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// A key stands twice in a mapping: both refuse it.
    DuplicateKey,
    /// Ours: a key that is nothing, a list or a mapping.
    KeyThatIsNoText,
    /// Ours: too many nodes, or too deep.
    Limit,
    /// Theirs: two keys that mean the same, as `true` and `TRUE`; to ours a key is its letters.
    KeysOfOneMeaning,
    /// Theirs: a whole number of more than 64 bits, of which ours keeps the digits.
    NumberOfMoreThan64Bits,
    /// Neither reads it.
    NotYaml,
    /// Ours alone takes it for no YAML, and its finding says why: `|#` without a space, `!!str` at a list, a line that should be
    /// indented. No text that a generator writes in order is among these.
    NotYamlToOurs,
    /// Theirs alone takes it for no YAML: white lines with tabs.
    NotYamlToTheirs,
}

/// What came of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Same,
    Refused(Reason),
}

/// Reads a text by both.
///
/// # Errors
/// In words, where the readers disagree without a reason.
fn compare(text: &str) -> Result<Outcome, String> {
    let theirs = serde_yaml::from_str::<Theirs>(text).and_then(|mut value| {
        // Their reader leaves merging to its caller.
        value.apply_merge()?;
        Ok(value)
    });
    match (as_json(text), theirs) {
        (Ok(ours), Ok(theirs)) => same(&ours, &theirs).map(|()| Outcome::Same),
        (Err(finding), theirs) => {
            let reason = match (finding.code.as_str(), theirs) {
                ("duplicate-key", Err(_)) => Reason::DuplicateKey,
                ("wrong-type", _) => Reason::KeyThatIsNoText,
                ("yaml-limit", _) => Reason::Limit,
                ("yaml-syntax", Err(_)) => Reason::NotYaml,
                ("yaml-syntax", Ok(_)) => Reason::NotYamlToOurs,
                (code, _) => {
                    return Err(format!("only ours refuses it: {code}: {}", finding.message));
                }
            };
            Ok(Outcome::Refused(reason))
        }
        (Ok(_), Err(error)) if error.to_string().contains("128, expected any YAML value") => {
            Ok(Outcome::Refused(Reason::NumberOfMoreThan64Bits))
        }
        (Ok(_), Err(error)) if error.to_string().contains("duplicate entry with key") => {
            Ok(Outcome::Refused(Reason::KeysOfOneMeaning))
        }
        (Ok(_), Err(_)) => Ok(Outcome::Refused(Reason::NotYamlToTheirs)),
    }
}

/// Compares what the two read. Ours keeps the letters of a number or a boolean, which mean it.
fn same(ours: &Ours, theirs: &Theirs) -> Result<(), String> {
    let agree = match (ours, theirs) {
        (Ours::Null, Theirs::Null) => true,
        // Ours are in the form in which texts are compared.
        (Ours::String(text), Theirs::String(other)) => {
            *text == exhibit_facts::normal::normalised(other)
        }
        (Ours::String(text), Theirs::Bool(truth)) => text.eq_ignore_ascii_case(&truth.to_string()),
        (Ours::String(text), Theirs::Number(number)) => is_number(text, number),
        // A tag of one's own means nothing to a brief.
        (ours, Theirs::Tagged(tagged)) => return same(ours, &tagged.value),
        (Ours::Array(items), Theirs::Sequence(others)) => {
            for (item, other) in items.iter().zip(others) {
                same(item, other)?;
            }
            items.len() == others.len()
        }
        (Ours::Object(entries), Theirs::Mapping(others)) => {
            // Merging changes the order.
            let in_order = entries.iter().zip(others);
            let in_order = in_order
                .map(|((own, _), (key, _))| same(&Ours::String(own.clone()), key))
                .all(|same| same.is_ok());
            for (place, (key, value)) in others.iter().enumerate() {
                let mut own = entries.iter();
                let found = if in_order {
                    own.nth(place)
                } else {
                    own.find(|(own, _)| same(&Ours::String((*own).clone()), key).is_ok())
                };
                let Some((_, own)) = found else {
                    return Err(format!("ours has no {key:?} in {entries:?}"));
                };
                same(own, value)?;
            }
            entries.len() == others.len()
        }
        _ => false,
    };
    if agree {
        Ok(())
    } else {
        Err(format!("{ours} against {theirs:?}"))
    }
}

/// True where a text is a way to write a number.
fn is_number(text: &str, number: &serde_yaml::Number) -> bool {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    // `017` is a text to theirs: older readers took it for an octal number.
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|one| one.is_ascii_digit())
    {
        return false;
    }
    let whole = [("0x", 16), ("0o", 8), ("0b", 2), ("", 10)]
        .into_iter()
        .find_map(|(sign, base)| i128::from_str_radix(digits.strip_prefix(sign)?, base).ok())
        .map(|whole| if negative { -whole } else { whole });
    if let (Some(whole), false) = (whole, number.is_f64()) {
        let theirs = number
            .as_i64()
            .map(i128::from)
            .or(number.as_u64().map(i128::from));
        return theirs == Some(whole);
    }
    let theirs = number.as_f64().expect("every number is a float");
    match digits.to_ascii_lowercase().as_str() {
        ".nan" => theirs.is_nan(),
        ".inf" => theirs.is_infinite() && (theirs < 0.0) == negative,
        _ => text.parse() == Ok(theirs),
    }
}

/// Every YAML file of the repository.
fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a plain name");
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                walk(&path, found);
            } else if name.ends_with(".yaml") || name.ends_with(".yml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&workspace(), &mut found);
    found.sort();
    found
}

#[test]
fn files_of_the_repository_mean_the_same() {
    let files = files();
    assert!(files.len() > 8, "{files:?}");
    for path in files {
        let name = path.to_string_lossy();
        let text = fs::read_to_string(&path).expect("a text");
        assert_eq!(compare(&text), Ok(Outcome::Same), "{name}");
    }
}

/// A scalar or a collection with its style.
#[derive(Clone, Debug)]
enum Made {
    Plain(&'static str),
    Single(String),
    Double(String),
    /// A block scalar: its header, and its lines.
    Block(&'static str, Vec<String>),
    /// A quoted text over several lines.
    Wrapped(Vec<String>, char),
    List(Vec<Self>, bool),
    Map(Vec<(Self, Self)>, bool),
    /// The same again: an anchor on what stands here, and an alias later.
    Anchor(Box<Self>),
    Alias(usize),
}

const PLAIN: [&str; 60] = [
    "",
    "~",
    "null",
    "Null",
    "NULL",
    "nul",
    "true",
    "True",
    "TRUE",
    "tRue",
    "false",
    "False",
    "FALSE",
    "yes",
    "no",
    "Yes",
    "on",
    "off",
    "y",
    "n",
    "0",
    "-0",
    "+5",
    "17",
    "017",
    "-12",
    "1_000",
    "10,000",
    "0x1F",
    "0o17",
    "0b11",
    "1.50",
    ".5",
    "5.",
    "-.5",
    "1e3",
    "1E-3",
    "1e400",
    "12e03",
    ".inf",
    "-.Inf",
    ".NAN",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "2024-06",
    "2024-06-01",
    "2024-06-01T12:30:00Z",
    "12:30",
    "1.2.3",
    "a",
    "a b",
    "a#b",
    "http://x.org/?a=b",
    "小米",
    "Übergröße",
    "e\u{301}",
    "a-b",
    "--x",
    "<<<",
];

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,5}",
        1 => "[ -~]{0,6}",
        1 => prop::sample::select(vec!["小米", "é", "“x”", "# no comment", "a: b", "- a", "true", "17", "\u{1F697}", "\u{A0}", "\t"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

/// Lines of a block scalar or a wrapped text; the first one begins with a letter.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        4 => "[a-z]{1,6}( [a-z小#:]{1,5})?",
        1 => Just(String::new()),
        1 => "  [a-z]{1,4}",
    ];
    ("[a-z]{1,5}", prop::collection::vec(line, 0..4))
        .prop_map(|(first, rest)| iter::once(first).chain(rest).collect())
}

fn made() -> impl Strategy<Value = Made> {
    let header = prop::sample::select(vec!["|", "|-", "|+", ">", ">-", ">+"]);
    let scalar = prop_oneof![
        5 => prop::sample::select(&PLAIN[..]).prop_map(Made::Plain),
        2 => words().prop_map(Made::Single),
        2 => words().prop_map(Made::Double),
        1 => (header, lines()).prop_map(|(header, lines)| Made::Block(header, lines)),
        1 => (lines(), prop::sample::select(vec!['"', '\''])).prop_map(|(lines, quote)| Made::Wrapped(lines, quote)),
        1 => (0_usize..4).prop_map(Made::Alias),
    ];
    scalar.prop_recursive(4, 40, 5, |inner| {
        let key = prop_oneof![
            4 => "[a-z]{1,6}".prop_map(Made::Double),
            2 => prop::sample::select(&PLAIN[4..]).prop_map(Made::Plain),
            1 => words().prop_map(Made::Single),
        ];
        prop_oneof![
            2 => (prop::collection::vec(inner.clone(), 0..5), any::<bool>()).prop_map(|(items, flow)| Made::List(items, flow)),
            3 => (prop::collection::vec((key, inner.clone()), 0..5), any::<bool>()).prop_map(|(entries, flow)| Made::Map(entries, flow)),
            1 => inner.prop_map(|inner| Made::Anchor(Box::new(inner))),
        ]
    })
}

/// Writes a text.
#[derive(Default)]
struct Writer {
    out: String,
    anchors: usize,
}

impl Writer {
    /// Writes what stands after a key, a dash or nothing. Collections in block style begin on a line of their own.
    fn value(&mut self, made: &Made, indent: usize, flow: bool) {
        match made {
            Made::Plain(text) => self.out.push_str(text),
            Made::Single(text) => {
                let _ = write!(self.out, "'{}'", text.replace('\'', "''"));
            }
            Made::Double(text) => {
                let _ = write!(
                    self.out,
                    "\"{}\"",
                    text.replace('\\', "\\\\").replace('"', "\\\"")
                );
            }
            Made::Block(_, lines) if flow => {
                let _ = write!(self.out, "\"{}\"", lines.join("\\n"));
            }
            Made::Block(header, lines) => {
                self.out.push_str(header);
                for line in lines {
                    let _ = write!(self.out, "\n{}{line}", " ".repeat(indent));
                }
            }
            Made::Wrapped(lines, quote) => {
                self.out.push(*quote);
                let between = format!("\n{}", " ".repeat(indent));
                self.out.push_str(&lines.join(&between));
                self.out.push(*quote);
            }
            Made::List(items, own) if flow || *own || items.is_empty() => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    // Nothing between two commas is no item.
                    match item {
                        Made::Plain("") => self.out.push('~'),
                        item => self.value(item, indent, true),
                    }
                }
                self.out.push(']');
            }
            Made::List(items, _) => {
                for item in items {
                    let _ = write!(self.out, "\n{}- ", " ".repeat(indent));
                    self.value(item, indent + 2, false);
                }
            }
            Made::Map(entries, own) if flow || *own || entries.is_empty() => {
                self.out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    self.value(key, indent, true);
                    self.out.push_str(": ");
                    self.value(value, indent, true);
                }
                self.out.push('}');
            }
            Made::Map(entries, _) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    let comment = if index % 3 == 2 {
                        "  # a comment: ["
                    } else {
                        ""
                    };
                    let _ = write!(self.out, "\n{}# {index}\n{0}", " ".repeat(indent));
                    self.value(key, indent, true);
                    self.out.push_str(": ");
                    self.value(value, indent + 2, false);
                    if !matches!(value, Made::Block(..)) {
                        self.out.push_str(comment);
                    }
                }
            }
            Made::Anchor(inner) => {
                if matches!(**inner, Made::Alias(_) | Made::Anchor(_)) {
                    return self.value(inner, indent, flow);
                }
                let number = self.anchors;
                let _ = write!(self.out, "&a{number} ");
                self.value(inner, indent, flow);
                self.anchors += 1;
            }
            Made::Alias(number) if *number < self.anchors => {
                let _ = write!(self.out, "*a{number} ");
            }
            Made::Alias(_) => self.out.push('~'),
        }
    }
}

fn written(made: &Made) -> String {
    let mut writer = Writer::default();
    writer.value(made, 2, false);
    writer.out.push('\n');
    writer.out
}

/// Draws texts from a strategy, the same ones each time, and counts what came of them.
fn tally(count: usize, texts: &impl Strategy<Value = String>) -> BTreeMap<Outcome, usize> {
    let mut runner = TestRunner::deterministic();
    let mut tally = BTreeMap::new();
    let mut faults = Vec::new();
    for _ in 0..count {
        let text = texts.new_tree(&mut runner).expect("a text").current();
        match compare(&text) {
            Ok(outcome) => *tally.entry(outcome).or_insert(0) += 1,
            Err(why) => faults.push(format!("{text}{text:?}\n{why}\n")),
        }
    }
    // The shortest ones say most.
    faults.sort_by_key(String::len);
    faults.dedup();
    faults.truncate(12);
    assert!(faults.is_empty(), "{tally:?}\n{}", faults.join("\n"));
    tally
}

#[test]
fn generated_texts_mean_the_same() {
    let tally = tally(4000, &made().prop_map(|made| written(&made)));
    let same = tally.get(&Outcome::Same).copied().unwrap_or(0);
    assert!(same > 3000, "{tally:?}");
    for reason in [
        Reason::Limit,
        Reason::NotYaml,
        Reason::NotYamlToOurs,
        Reason::NotYamlToTheirs,
    ] {
        assert!(!tally.contains_key(&Outcome::Refused(reason)), "{tally:?}");
    }
}

/// Texts of the signs that have a meaning in YAML, most of which are not YAML.
#[test]
fn texts_of_signs_mean_the_same() {
    let sign = prop::sample::select(vec![
        "a", "b", " ", " ", "\n", "\n  ", "- ", ": ", "? ", ":", "-", ",", "[", "]", "{", "}", "#",
        " # ", "&a ", "*a", "!a ", "!!str ", "|", ">", "'", "\"", "%", "@", "`", "~", "1", ".",
        "---", "\t", "\\", "小", "=", "\r\n",
    ]);
    let texts =
        prop::collection::vec(sign, 1..14).prop_map(|signs| format!("k: {}\n", signs.concat()));
    let tally = tally(6000, &texts);
    let count = |outcome| tally.get(&outcome).copied().unwrap_or(0);
    assert!(count(Outcome::Same) > 500, "{tally:?}");
    assert!(count(Outcome::Refused(Reason::NotYaml)) > 500, "{tally:?}");
    // Where the two differ about what is YAML at all, the text is a rare one.
    for reason in [Reason::NotYamlToOurs, Reason::NotYamlToTheirs] {
        assert!(count(Outcome::Refused(reason)) < 120, "{tally:?}");
    }
}

/// Each reason by an example, and merging, which theirs does when asked.
#[test]
fn reasons_are_as_listed() {
    // Without optimisation sixty lists in each other take more stack than the thread of a test has.
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(reasons)
        .expect("a thread")
        .join()
        .expect("each reason is as listed");
}

fn reasons() {
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    let many = format!("[{}1]", "1, ".repeat(100_001));
    for (text, reason) in [
        ("a: 1\nb: 2\na: 3\n", Reason::DuplicateKey),
        ("a: |#b", Reason::NotYamlToOurs),
        ("a:\n\t\n", Reason::NotYamlToTheirs),
        ("{[a]: b}", Reason::KeyThatIsNoText),
        ("~: b", Reason::KeyThatIsNoText),
        (&deep, Reason::Limit),
        (&many, Reason::Limit),
        ("{true: 1, TRUE: 2}", Reason::KeysOfOneMeaning),
        ("a: 18446744073709551616", Reason::NumberOfMoreThan64Bits),
        ("a: [1", Reason::NotYaml),
    ] {
        assert_eq!(compare(text), Ok(Outcome::Refused(reason)), "{text:.40}");
    }
    for text in [
        "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}",
        "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b]\n  w: 1",
    ] {
        assert_eq!(compare(text), Ok(Outcome::Same), "{text}");
    }
}
