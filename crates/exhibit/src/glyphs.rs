//! What only drawing would find: characters that no face has, reported at their place before anything is drawn.

use exhibit_core::Compilation;
use exhibit_core::diag::{Code, Finding};
use exhibit_facts::span::Span;
use exhibit_scene::{Fonts, MissingGlyph};

/// Adds a finding for each character of the brief and its data that no face has.
pub(crate) fn check(fonts: &Fonts, compilation: &mut Compilation) {
    let mut covered: Vec<(char, bool)> = Vec::new();
    for (span, text) in &compilation.texts {
        // Every face has printable ASCII (a test of the scene holds them to it), and most text is nothing else.
        let mut missing_here: Vec<char> = Vec::new();
        for ch in text.chars().filter(|ch| !ch.is_ascii()) {
            let known = covered.iter().find(|(known, _)| *known == ch);
            let has = known.map_or_else(|| fonts.covers(ch), |(_, has)| *has);
            if known.is_none() {
                covered.push((ch, has));
            }
            if !has && !missing_here.contains(&ch) {
                missing_here.push(ch);
            }
        }
        for ch in missing_here {
            let source = compilation.sources.slice(*span);
            // A character that was written as an escape has no place of its own.
            let place = match source.find(ch) {
                Some(at) => span.part(at, at + ch.len_utf8()),
                None => *span,
            };
            compilation.report.push(missing(MissingGlyph(ch), place));
        }
    }
}

/// The finding for a character that no face has.
pub(crate) fn missing(glyph: MissingGlyph, span: Span) -> Finding {
    Finding::error(Code::MissingGlyph, span, glyph.to_string())
        .label("cannot be printed")
        .note("the fonts inside the program have Latin, Greek and Cyrillic letters and the Chinese characters of GB 2312")
        .help("write other words: the program has no other font, and never prints an empty box")
}
