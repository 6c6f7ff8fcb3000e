//! Findings: what is wrong in the input, where, why, and the way out.

use std::collections::BTreeSet;

use exhibit_facts::span::Span;

pub use crate::code::Code;
use crate::source::SourceMap;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// The brief is built, and the finding is reported.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its stable name: `unknown-key`, `unit-mismatch`, …
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where; `None` only for what has no place in a file.
    pub span: Option<Span>,
    /// A word at the place.
    pub label: String,
    /// Other places that belong to it.
    pub others: Vec<(Span, String)>,
    /// Why.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Option<String>,
}

impl Finding {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: Some(span),
            label: String::new(),
            others: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// With a word at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place.
    #[must_use]
    pub fn other(mut self, span: Span, label: impl Into<String>) -> Self {
        self.others.push((span, label.into()));
        self
    }

    /// With a reason.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With "did you mean": the nearest of `names`, if one is near.
    #[must_use]
    pub fn nearest<'a>(self, name: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, names) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// "one of: a, b, c", cut where it would fill the screen; that there is none, where there is none.
#[must_use]
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MAX_NAMES: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "none exists yet; define one in a data set first".to_owned();
    }
    match names.len().checked_sub(MAX_NAMES) {
        None | Some(0) => format!("one of: {}", names.join(", ")),
        Some(more) => format!("one of: {} and {more} more", names[..MAX_NAMES].join(", ")),
    }
}

/// The nearest of some names, where it is near enough to be what was meant. The first of equals.
#[must_use]
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in names {
        let likeness = strsim::jaro_winkler(name, candidate);
        if likeness > 0.75 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "unknown metric `x`; did you mean `y`?", or all names where none is near.
///
/// ```
/// use exhibit_core::diag::unknown_name;
/// let names = ["sales", "staff"];
/// assert_eq!(unknown_name("metric", "staf", names.into_iter()), "unknown metric `staf`; did you mean `staff`?");
/// ```
#[must_use]
pub fn unknown_name<'a>(
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let help = match nearest(name, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of: {}", names.collect::<Vec<_>>().join(", ")),
    };
    format!("unknown {what} `{name}`; {help}")
}

/// All findings of one compilation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    /// What was told, so that it is not told again.
    told: BTreeSet<(Option<Span>, Code, String)>,
}

impl Report {
    /// Adds a finding. One place and code is told once.
    pub fn push(&mut self, finding: Finding) {
        let told = (finding.span, finding.code, finding.message.clone());
        if self.told.insert(told) {
            self.findings.push(finding);
        }
    }

    /// True when something must be mended first.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// Findings by file and place.
    #[must_use]
    pub fn findings(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort_by_key(|finding| finding.span);
        sorted
    }

    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// True without findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One line a finding, `file:line:column: severity[code]: message`: for tests and tools.
#[must_use]
pub fn one_line(finding: &Finding, sources: &SourceMap) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = finding.span.map_or_else(String::new, |span| {
        let file = sources.file(span.file);
        let at = file.line_column(span.start);
        format!("{}:{}:{}: ", file.name, at.line, at.column)
    });
    format!("{place}{severity}[{}]: {}", finding.code, finding.message)
}
