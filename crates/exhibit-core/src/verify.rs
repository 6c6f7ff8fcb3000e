//! Evidence against the source's text: does it stand at the named place, and does the source say the number and qualifier there?

use std::collections::BTreeMap;

use exhibit_facts::facts::{Event, Fact, Facts, Origin, SourceId};
use exhibit_facts::format::month;
use exhibit_facts::language::Language;
use exhibit_facts::normal::normalised;
use exhibit_facts::period::{CalendarUnit, Extent};
use exhibit_facts::quantity::Reading;
use exhibit_facts::span::Span;

use crate::diag::{Code, Finding, Report};
use crate::evidence::{numbers, supports};

/// What a comparison with a source's text gave.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// What does not agree.
    pub report: Report,
    /// Observations and events that name the source.
    pub checked: usize,
    /// Those whose evidence stands at its place and supports them.
    pub supported: usize,
    /// Those of the supported whose place is in terms that no text can be asked for: their evidence stands somewhere in it.
    pub anywhere: usize,
}

/// Compares every observation and event of one source with that source's text.
///
/// A place is read as `§S ¶P`: `§0` is what stands before the first heading, `¶` counts non-empty lines and leaves headings out. A
/// heading begins with the next number (`1. …`, `1) …`, `§1 …`); in a text with Markdown headings (`# …`) it is each of those. An
/// observation without such a place may have its evidence anywhere in the text. Spaces of all widths count as one kind.
///
/// ```
/// use exhibit_core::{compile, verify::verify};
/// use exhibit_facts::facts::SourceId;
/// let brief = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nbody: [{text: '{{ a }}'}]\n";
/// let data = "sources: {s: {title: S}}\nmetrics: {a: {label: A, observations: [{at: 2023, value: '~ 5', from: s §0 ¶1, evidence: five}]}}\n";
/// let facts = compile("b.yaml", brief, &mut |_| Ok(("d.yaml".into(), data.into()))).facts.unwrap();
/// assert_eq!(verify(&facts, SourceId(0), "There were about five.").supported, 1);
/// let found = verify(&facts, SourceId(0), "There were more than five.").report;
/// assert_eq!(found.findings()[0].code.as_str(), "verify-qualifier");
/// ```
#[must_use]
pub fn verify(facts: &Facts, source: SourceId, text: &str) -> Verification {
    let text = &spaces(text);
    let paragraphs = paragraphs(text);
    let mut done = Verification::default();
    for fact in &facts.facts {
        let Origin::Stated {
            source: from,
            place,
            evidence,
        } = &fact.origin
        else {
            continue;
        };
        if *from != source {
            continue;
        }
        done.checked += 1;
        let quote = evidence.as_deref().map(spaces);
        let claim = Claim {
            facts,
            what: &fact.address,
            span: fact.span,
            place,
            evidence: quote.as_deref(),
        };
        let found = claim.stands(text, &paragraphs).and_then(|at| match at {
            Some((paragraph, at)) => supported(&claim, fact, paragraph, &at),
            None => Ok(()),
        });
        match found {
            Ok(()) => done.counts(&claim),
            Err(finding) => done.report.push(*finding),
        }
        if evidence.is_none() {
            done.report.push(claim.silent());
        }
    }
    for event in facts.events.iter().filter(|event| event.source == source) {
        done.checked += 1;
        let what = format!("event:{}", event.id);
        let quote = event.evidence.as_deref().map(spaces);
        let claim = Claim {
            facts,
            what: &what,
            span: event.span,
            place: &event.place,
            evidence: quote.as_deref(),
        };
        let found = claim
            .stands(text, &paragraphs)
            .and_then(|_| dated(&claim, event));
        match found {
            Ok(()) => done.counts(&claim),
            Err(finding) => done.report.push(*finding),
        }
        if event.evidence.is_none() {
            done.report.push(claim.silent());
        }
    }
    done
}

impl Verification {
    /// Counts what has nothing against it.
    fn counts(&mut self, claim: &Claim<'_>) {
        if claim.evidence.is_some() {
            self.supported += 1;
            self.anywhere += usize::from(place(claim.place).is_none());
        }
    }
}

/// Text with plain spaces only, in the form in which texts are compared: a source groups digits and joins units by spaces that are not
/// seen.
fn spaces(text: &str) -> String {
    const OTHERS: [char; 3] = ['\u{a0}', '\u{2009}', '\u{202f}'];
    normalised(text).replace(OTHERS, " ")
}

/// The paragraphs of a text by section and number.
fn paragraphs(text: &str) -> BTreeMap<(u32, u32), &str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let marked = |line: &str| {
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        (1..=6).contains(&depth) && line[depth..].starts_with(' ')
    };
    let markdown = lines().any(marked);
    let (mut section, mut paragraph) = (0, 0);
    let mut found = BTreeMap::new();
    for line in lines() {
        let next = section + 1;
        let numbered = [
            format!("{next}. "),
            format!("{next}) "),
            format!("§{next} "),
        ];
        let heading = if markdown {
            marked(line)
        } else {
            numbered.iter().any(|begin| line.starts_with(begin))
        };
        if heading {
            (section, paragraph) = (next, 0);
        } else {
            paragraph += 1;
            found.insert((section, paragraph), line);
        }
    }
    found
}

/// `§2 ¶5` to its two numbers; `None` for a place in other terms.
fn place(text: &str) -> Option<(u32, u32)> {
    let (section, paragraph) = text.trim().strip_prefix('§')?.split_once('¶')?;
    Some((section.trim().parse().ok()?, paragraph.trim().parse().ok()?))
}

/// What the data say of one figure or event, and where they say it.
struct Claim<'f> {
    facts: &'f Facts,
    what: &'f str,
    span: Span,
    place: &'f str,
    evidence: Option<&'f str>,
}

/// A paragraph, and where the evidence stands in it.
type Standing<'t> = (&'t str, Vec<usize>);

impl Claim<'_> {
    fn error(&self, code: Code, message: String) -> Finding {
        Finding::error(code, self.shown(), message)
    }

    fn silent(&self) -> Finding {
        Finding::warning(
            Code::VerifySilent,
            self.span,
            format!("`{}` has no evidence to check", self.what),
        )
        .help("add `evidence:`, the shortest text of that place that states the number")
    }

    /// Where the evidence is written in the data set, or what it belongs to.
    fn shown(&self) -> Span {
        let Some(evidence) = self.evidence else {
            return self.span;
        };
        let text = &self.facts.inputs[self.span.file as usize].1;
        let written = &text[self.span.start as usize..self.span.end as usize];
        written
            .find("evidence:")
            .and_then(|key| written[key..].find(evidence).map(|at| key + at))
            .map_or(self.span, |at| self.span.part(at, at + evidence.len()))
    }

    /// Finds the evidence at its place.
    fn stands<'t>(
        &self,
        text: &'t str,
        paragraphs: &BTreeMap<(u32, u32), &'t str>,
    ) -> Result<Option<Standing<'t>>, Box<Finding>> {
        let named = place(self.place);
        let paragraph = match named {
            None => text,
            Some(at) => paragraphs.get(&at).copied().ok_or_else(|| {
                let last = paragraphs.keys().next_back().copied().unwrap_or((0, 0));
                Box::new(
                    self.error(
                        Code::VerifyPlace,
                        format!("the source has no place `{}`", self.place),
                    )
                    .help(format!(
                        "choose a place up to §{} ¶{}, the last paragraph; § counts headings (`1. Title`, or Markdown's `# Title`), ¶ counts the non-empty lines after a heading",
                        last.0, last.1
                    )),
                )
            })?,
        };
        let Some(evidence) = self.evidence else {
            return Ok(None);
        };
        let found = occurrences(paragraph, evidence);
        if !found.is_empty() {
            return Ok(Some((paragraph, found)));
        }
        let finding = self.error(
            Code::VerifyEvidence,
            match self.place {
                "" => format!("evidence “{evidence}” is not in the source"),
                place => format!("evidence “{evidence}” is not at {place} of the source"),
            },
        );
        let elsewhere: Vec<String> = paragraphs
            .iter()
            .filter(|(_, words)| !occurrences(words, evidence).is_empty())
            .map(|((section, paragraph), _)| format!("§{section} ¶{paragraph}"))
            .collect();
        Err(Box::new(if elsewhere.is_empty() {
            finding.help(
                "copy the words exactly from the source: the evidence is nowhere in the source",
            )
        } else {
            finding.help(format!(
                "change the place: the evidence is at {}",
                elsewhere.join(", ")
            ))
        }))
    }
}

/// Where a string stands in a text, not inside a longer number or word.
fn occurrences(text: &str, wanted: &str) -> Vec<usize> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let joins = |inside: Option<char>, outside: Option<char>, beyond: Option<char>| {
        let digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
        // "000" is part of "10,000", and "5" of "0.5"; but "July" is not part of "JulyThe", which only lacks a space.
        (digit(inside) && (digit(outside) || (matches!(outside, Some(',' | '.')) && digit(beyond))))
            || (inside.is_some_and(|ch| ch.is_ascii_alphabetic())
                && outside.is_some_and(|ch| ch.is_ascii_lowercase()))
    };
    text.match_indices(wanted)
        .filter(|(at, _)| {
            let mut before = text[..*at].chars().rev();
            let mut after = text[at + wanted.len()..].chars();
            !joins(wanted.chars().next(), before.next(), before.next())
                && !joins(wanted.chars().next_back(), after.next(), after.next())
        })
        .map(|(at, _)| at)
        .collect()
}

/// The source says the number of a fact where its evidence stands, with the fact's qualifier.
fn supported(
    claim: &Claim<'_>,
    fact: &Fact,
    paragraph: &str,
    places: &[usize],
) -> Result<(), Box<Finding>> {
    let Reading::Value(value) = &fact.reading else {
        return Ok(());
    };
    let length = claim.evidence.map_or(0, str::len);
    let mentions = numbers(paragraph);
    let mut best: Option<String> = None;
    for at in places {
        let here: Vec<_> = mentions
            .iter()
            .filter(|mention| mention.place.0 < at + length && *at < mention.place.1)
            .collect();
        let mut whole = true;
        for amount in value.shape.named() {
            let mut reason = None;
            let fits = here
                .iter()
                .filter(|mention| mention.may_be(amount))
                .any(|mention| match supports(mention, value) {
                    Ok(()) => true,
                    Err(why) => {
                        reason = Some(why);
                        false
                    }
                });
            if !fits {
                best = reason.or(best);
                whole = false;
            }
        }
        if whole {
            return Ok(());
        }
    }
    Err(Box::new(match best {
        Some(why) => claim
            .error(
                Code::VerifyQualifier,
                format!("`{}` has another qualifier than its source", claim.what),
            )
            .label(why)
            .help("write the qualifier of the source: `> 5` for more than, `~ 5` for about"),
        None => claim
            .error(
                Code::VerifyNumber,
                format!(
                    "the number of `{}` is not at this place of the source",
                    claim.what
                ),
            )
            .label(format!("the data have {}", fact.forms.label))
            .help("correct the number, or choose the place that states the number"),
    }))
}

/// The years and months that an event's evidence names are those of its date.
fn dated(claim: &Claim<'_>, event: &Event) -> Result<(), Box<Finding>> {
    let Some(evidence) = claim.evidence else {
        return Ok(());
    };
    let units: Vec<CalendarUnit> = match &event.at.extent {
        Extent::Unit(unit) => vec![*unit],
        Extent::Span(from, to) => from.iter().chain(to).copied().collect(),
    };
    let written: Vec<String> = units.iter().map(ToString::to_string).collect();
    let year_fits = |year: &str| written.iter().any(|unit| unit.contains(year));
    let month_fits = |month: u8| {
        units.iter().any(|unit| match unit {
            CalendarUnit::Month(_, number) => *number == month,
            CalendarUnit::Day(date) => date.month == month,
            _ => true,
        })
    };
    let years = evidence
        .split(|ch: char| !ch.is_ascii_digit())
        .filter(|digits| digits.len() == 4);
    let months = (1..=12)
        .map(|number| (number, month(Language::English, number)))
        .filter(|(_, name)| evidence.contains(name));
    let wrong = years
        .filter(|year| !year_fits(year))
        .map(str::to_owned)
        .chain(
            months
                .filter(|(number, _)| !month_fits(*number))
                .map(|(_, name)| name),
        )
        .next();
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(Box::new(
            claim
                .error(
                    Code::VerifyDate,
                    format!(
                        "`{}` is dated {}, but its evidence states {wrong}",
                        claim.what, event.at
                    ),
                )
                .help("correct the date or the evidence"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile;

    const SOURCE: &str = "A title\n\nSales passed 10,000 units, and 100,000 are wanted.\n1. Part one\n\nAbout 28% are women; it began in May 2021.\n";

    /// Codes of what is found for one observation, and what the finding points at.
    fn found(observation: &str) -> Vec<(Code, String)> {
        let brief = "title: T\ndate: 2024-01-31\ndata: [d.yaml]\nbody: [{text: 'x'}]\n";
        let data = format!(
            "sources: {{s: {{title: S}}}}\nmetrics: {{a: {{label: A, observations: [{observation}]}}}}\nevents: {{e: {{at: 2021-05, label: E, from: s §1 ¶1, evidence: May 2021}}}}\n"
        );
        let done = compile("b.yaml", brief, &mut |_| {
            Ok(("d.yaml".into(), data.clone()))
        });
        let facts = done.facts.unwrap_or_else(|| panic!("{:?}", done.report));
        verify(&facts, SourceId(0), SOURCE)
            .report
            .findings()
            .iter()
            .map(|finding| {
                (
                    finding.code,
                    done.sources
                        .slice(finding.span.expect("a place"))
                        .to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn headings_are_numbered_or_marked() {
        let at = |text: &str, place| paragraphs(text).get(&place).map(|line| (*line).to_owned());
        for text in [
            "a\n1. One\nb\n2. Two\nc",
            "a\n1) One\nb\n2) Two\nc",
            "a\n§1 One\nb\n§2 Two\nc",
            "a\n# One\nb\n## 1.1 Two\nc",
        ] {
            assert_eq!(at(text, (0, 1)).as_deref(), Some("a"), "{text}");
            assert_eq!(at(text, (2, 1)).as_deref(), Some("c"), "{text}");
        }
        // No heading begins with another number than the next, and in Markdown none is unmarked.
        assert_eq!(at("3. Third", (0, 1)).as_deref(), Some("3. Third"));
        assert_eq!(at("# One\n2. point", (1, 1)).as_deref(), Some("2. point"));
    }

    #[test]
    fn a_finding_says_what_the_source_says_otherwise() {
        for (observation, code) in [
            (
                "{at: 2023, value: '> 10_000', from: s §0 ¶2, evidence: '10,000'}",
                None,
            ),
            (
                "{at: 2023, value: '~ 28', from: s §1 ¶1, evidence: '28%'}",
                None,
            ),
            ("{at: 2023, value: '~ 28', from: s, evidence: '28%'}", None),
            (
                "{at: 2023, value: 10_000, from: s §0 ¶2, evidence: '10,000'}",
                Some(Code::VerifyQualifier),
            ),
            (
                "{at: 2023, value: '> 28', from: s §1 ¶1, evidence: '28%'}",
                Some(Code::VerifyQualifier),
            ),
            (
                "{at: 2023, value: '> 10_000', from: s §1 ¶1, evidence: '10,000'}",
                Some(Code::VerifyEvidence),
            ),
            (
                "{at: 2023, value: '> 10_000', from: s §0 ¶9, evidence: '10,000'}",
                Some(Code::VerifyPlace),
            ),
            (
                "{at: 2023, value: 8, from: s §1 ¶1, evidence: '8'}",
                Some(Code::VerifyEvidence),
            ),
        ] {
            let found = found(observation);
            let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
            assert_eq!(codes, Vec::from_iter(code), "{observation}");
            if let Some((_, shown)) = found.first() {
                assert!(["10,000", "28%", "8"].contains(&shown.as_str()), "{shown}");
            }
        }
        let silent = found("{at: 2023, value: 10_000, from: s §0 ¶2}");
        assert_eq!(silent[0].0, Code::VerifySilent);
    }
}
