//! Whatever is typed, compiling ends with facts or with findings that have a place; never with a panic.

use exhibit_core::{Compilation, article, compile};
use proptest::prelude::*;

/// What slips in: pieces of both languages of the files, at any place.
const SCRAPS: [&str; 24] = [
    "",
    " ",
    "\n",
    "\n      ",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "{{ ",
    " }}",
    "7",
    "~",
    ">",
    "..",
    "@2024",
    " over maker",
    "sum(",
    ")",
    "check: ",
    "\u{a0}",
    "小",
    "\u{301}",
];

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Every finding has a way out and places that are whole characters of their files.
fn assert_placed(done: &Compilation) -> Result<(), TestCaseError> {
    for finding in done.report.findings() {
        let spans = finding
            .span
            .into_iter()
            .chain(finding.others.iter().map(|(span, _)| *span));
        for span in spans {
            let file = done.sources.file(span.file);
            prop_assert!(
                span.start <= span.end && span.end as usize <= file.text.len(),
                "{finding:?}"
            );
            prop_assert!(
                file.text.is_char_boundary(span.start as usize)
                    && file.text.is_char_boundary(span.end as usize),
                "{finding:?}"
            );
        }
        prop_assert!(
            finding.span.is_some() && finding.help.is_some(),
            "{finding:?}"
        );
    }
    Ok(())
}

/// Pieces of a text: dates, signs of ours and of other programs, letters of one to four bytes.
const PIECES: [&str; 42] = [
    "2015",
    "2015-",
    "2015–",
    "19",
    "03",
    "Q3",
    "H1",
    "März ",
    "March ",
    "年",
    "月",
    "日",
    "第",
    "季度",
    "世纪",
    "é",
    "ﬁ",
    "２",
    "𝟗",
    "’s ",
    "s ",
    "th ",
    "%",
    "$",
    "FY",
    "@s",
    "[@s",
    "[@s, p. 4]",
    "]",
    "^[",
    "{",
    "}",
    "{{ a }}",
    "{#x",
    "小米",
    ":::",
    "\\page",
    "#e",
    "`",
    "~",
    "==",
    " ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spoiled_files_are_told_and_never_panic(
        of_brief in any::<bool>(),
        at in 0.0..1.0_f64,
        cut in 0..30_usize,
        scrap in prop::sample::select(&SCRAPS[..]),
    ) {
        let text = if of_brief { article::BRIEF } else { article::DATA };
        let from = floor(text, (text.len() as f64 * at) as usize);
        let to = floor(text, from + cut).max(from);
        let spoiled = format!("{}{scrap}{}", &text[..from], &text[to..]);
        let (brief, data) = if of_brief { (spoiled.as_str(), article::DATA) } else { (article::BRIEF, spoiled.as_str()) };
        let done = compile("brief.yaml", brief, &mut |_| Ok(("data.yaml".to_owned(), data.to_owned())));
        prop_assert_eq!(done.facts.is_none(), done.report.has_errors());
        assert_placed(&done)?;
    }
}

proptest! {
    // A text is small, and what it takes to confuse two places is rare.
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_of_any_signs_are_told_and_never_panic(
        language in prop::sample::select(&["en", "de", "zh"][..]),
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 2..14), 1..8),
    ) {
        let data = "sources: {s: {title: S}}\nmetrics:\n  a: {label: A, unit: people, observations: [{at: 2015, value: 7 ± 2, from: s}]}\n";
        let mut brief = format!("title: T\ndate: 2024-12-31\nlanguage: {language}\ndata: [d.yaml]\nexhibits: {{e: {{bar: {{title: T, rows: [{{of: a}}]}}}}}}\nbody:\n");
        for text in texts {
            brief += &format!("  - text: |\n      x {}\n", text.concat());
        }
        let done = compile("b.yaml", &brief, &mut |_| Ok(("d.yaml".to_owned(), data.to_owned())));
        prop_assert_eq!(done.facts.is_none(), done.report.has_errors());
        assert_placed(&done)?;
    }
}
