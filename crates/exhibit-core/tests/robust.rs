//! Whatever is typed, compiling ends with facts or with findings that have a place; never with a panic.

use exhibit_core::{article, compile};
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
        for finding in done.report.findings() {
            let spans = finding.span.into_iter().chain(finding.others.iter().map(|(span, _)| *span));
            for span in spans {
                let file = done.sources.file(span.file);
                prop_assert!(span.start <= span.end && span.end as usize <= file.text.len(), "{finding:?}");
                prop_assert!(file.text.is_char_boundary(span.start as usize) && file.text.is_char_boundary(span.end as usize), "{finding:?}");
            }
            prop_assert!(finding.span.is_some() && finding.help.is_some(), "{finding:?}");
        }
    }
}
