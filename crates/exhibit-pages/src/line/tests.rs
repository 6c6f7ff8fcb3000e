//! Laws of broken paragraphs, at all widths from 60 to 460 pt and over random text.

use exhibit_scene::{Fonts, TextStyle, Theme, Weight};
use proptest::prelude::*;

use super::breaking::fit_logical_line;
use super::fit::Measure;
use super::length::{points, units};
use super::paragraph::Paragraph;
use super::{Hyphens, Line, TextRun, break_lines, breakpoints, han, min_justified_width};

const ENGLISH: &str = "Deliveries of the SU7 passed 10,000 vehicles a month in June and July 2024, after the manufacturer had doubled the number of \
    shifts at its Beijing plant; about 17,800 people now work on the well-known project, and research expenditure rose by 19.1 % to 19.1 billion \
    yuan. Investigators characterised the extraordinarily straightforward internationalisation as unconventional (see https://example.org/a/b), with a range of \
    40–50 % and 800 km at € 5 per 100 km.";
const GERMAN: &str = "Die Auslieferungen überschritten im Juni 2024 erstmals 10 000 Fahrzeuge, obwohl die Produktionskapazitäten der \
    Fahrzeugfertigungsanlagen noch nicht ausgeschöpft waren; die Forschungs- und Entwicklungsausgaben beliefen sich auf rund 19,1 Mrd. Yuan.";
const CHINESE: &str = "小米集团（Xiaomi）宣布，“小米汽车”首款车型SU7于2024年3月28日上市，27分钟内大定突破50000台。截至7月，交付量已连续两个月超过10000辆；公司表示，\
    “全年交付目标为100000辆”。研发人员约17800人，占员工总数的53%以上，研发支出为191亿元。";

fn style(lang: &'static str) -> TextStyle {
    TextStyle {
        lang,
        ..Theme::standard().text(9.6)
    }
}

fn text_run(text: &str, lang: &'static str) -> TextRun {
    TextRun {
        text: text.to_owned(),
        style: style(lang),
        leaf: 0,
        rise: 0.0,
        hyphens: Hyphens::Any,
    }
}

/// Plain, bold and raised text runs; the third is a link with its own leaf.
fn mixed() -> Vec<TextRun> {
    let plain = |text: &str, leaf: usize| TextRun {
        leaf,
        ..text_run(text, "en")
    };
    let bold = TextStyle {
        weight: Weight::SemiBold,
        ..style("en")
    };
    let raised = TextStyle {
        size: 5.8,
        ..style("en")
    };
    vec![
        plain("Deliveries passed ", 0),
        TextRun {
            style: bold,
            ..plain("10,000 vehicles", 0)
        },
        TextRun {
            style: raised,
            rise: 3.2,
            ..plain("1", 1)
        },
        plain(" a month in June and July", 2),
        TextRun {
            style: raised,
            rise: 3.2,
            ..plain("2", 3)
        },
        plain(", says the magazine 小米", 4),
        TextRun {
            style: raised,
            rise: 3.2,
            ..plain("3", 5)
        },
        plain(" of Beijing, which manufactures extraordinarily.", 6),
    ]
}

fn samples() -> Vec<(&'static str, Vec<TextRun>)> {
    let chinese_in_english = "The brand 小米“汽车”, or Xiaomi Auto, delivered 10,000 vehicles（2024年6月）and then some 27分钟 later it was unconventional.";
    vec![
        ("English", vec![text_run(ENGLISH, "en")]),
        ("German", vec![text_run(GERMAN, "de")]),
        ("Chinese", vec![text_run(CHINESE, "zh-Hans")]),
        (
            "Chinese in English",
            vec![text_run(chinese_in_english, "en")],
        ),
        ("mixed", mixed()),
    ]
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(Line::text).collect()
}

/// Text of the text runs: the text of the lines without the hyphens of broken words.
fn said(text_runs: &[TextRun]) -> String {
    text_runs
        .iter()
        .map(|text_run| text_run.text.as_str())
        .collect()
}

/// Number of characters apart from soft hyphens.
fn lasting(text: &str) -> usize {
    text.chars().filter(|ch| *ch != '\u{AD}').count()
}

/// For each line, true when a breakpoint lies inside it.
fn breakable(fonts: &Fonts, text_runs: &[TextRun], lines: &[Line], width: f64) -> Vec<bool> {
    let paragraph = Paragraph::new(fonts, text_runs).unwrap();
    let mut allowed = Vec::new();
    for logical_line in breakpoints::logical_lines(&paragraph) {
        let measure = Measure::ragged(units(width));
        let plain = breakpoints::unhyphenated(&paragraph, &logical_line, &measure);
        for place in breakpoints::hyphenated(&paragraph, &logical_line, plain) {
            let byte = paragraph.clusters[place.at - 1].bytes().end;
            allowed.push(lasting(&paragraph.text[..byte]));
        }
    }
    let mut end = 0;
    let mut inside = |line: &Line| {
        let start = end;
        end += lasting(&line.text());
        allowed.iter().any(|place| start < *place && *place < end)
    };
    lines.iter().map(&mut inside).collect()
}

fn assert_sound(
    name: &str,
    fonts: &Fonts,
    text_runs: &[TextRun],
    width: f64,
    justified: bool,
) -> Vec<Line> {
    let lines = break_lines(fonts, text_runs, width, justified).unwrap();
    let breakable = breakable(fonts, text_runs, &lines, width);
    assert_eq!(
        text(&lines).replace('\u{AD}', ""),
        said(text_runs).replace('\u{AD}', ""),
        "{name} at {width}"
    );
    let mut short = false;
    for (index, line) in lines.iter().enumerate() {
        let (shown, end) = (line.text(), line.width());
        assert!(
            end <= width || !breakable[index],
            "{name} at {width}: {shown:?} is {end} wide"
        );
        // Pieces and glyph runs join, and widths are sums of advances.
        let mut pen = line.pieces[0].x;
        for piece in &line.pieces {
            assert!((piece.x - pen).abs() < 1e-6);
            let mut inner = 0.0;
            for (x, run) in &piece.runs {
                assert!((x - inner).abs() < 1e-6);
                inner += run.width();
            }
            assert!(
                (piece.width - inner).abs() < 1e-6,
                "{name} at {width}: {shown:?}"
            );
            pen += piece.width;
        }
        let begin = shown.chars().next().unwrap();
        let last = shown.trim_end().chars().next_back().unwrap();
        assert!(
            !"。，、；：！？）》”".contains(begin),
            "{name} at {width}: {shown:?}"
        );
        assert!(!"（《“".contains(last), "{name} at {width}: {shown:?}");
        if justified
            && width >= min_justified_width(text_runs)
            && index + 1 < lines.len()
            && end <= width
        {
            // The empty half of a Chinese mark at the end has no width.
            short |= (end - width).abs() >= 1e-6;
        }
    }
    // Either all lines are filled or none.
    if short {
        let ragged = break_lines(fonts, text_runs, width, false).unwrap();
        assert_eq!(lines, ragged, "{name} at {width}");
    }
    lines
}

#[test]
fn laws_hold_at_every_width() {
    let fonts = Fonts::builtin();
    let units_apart = [
        "5", "19.1", "800", "100", "€", "40–", "50", "10", "27", "53",
    ];
    for (name, text_runs) in samples() {
        for width in 60..=460 {
            let justified = width % 2 == 0;
            let lines = assert_sound(name, &fonts, &text_runs, f64::from(width), justified);
            for pair in lines.windows(2) {
                let (before, after) = (pair[0].text(), pair[1].text());
                let word = before
                    .trim_end()
                    .rsplit(|ch: char| ch == ' ' || !ch.is_ascii() && ch != '€' && ch != '–')
                    .next()
                    .unwrap()
                    .to_owned();
                let unit = [
                    "%", "km", "billion", "000", "Mrd", "年", "月", "日", "分", "台", "辆", "人",
                    "50 %", "5 ",
                ];
                let torn = units_apart.contains(&word.as_str())
                    && unit.iter().any(|unit| after.starts_with(unit));
                assert!(!torn, "{name} at {width}: {before:?} | {after:?}");
                assert!(
                    !(word.ends_with(|ch: char| ch.is_ascii_digit())
                        && after.starts_with(|ch: char| "年月日分亿台辆人".contains(ch))),
                    "{name} at {width}: {before:?} | {after:?}"
                );
            }
        }
    }
}

#[test]
fn no_line_begins_with_a_raised_mark() {
    let fonts = Fonts::builtin();
    for width in 60..=460 {
        for line in break_lines(&fonts, &mixed(), f64::from(width), true).unwrap() {
            assert!(line.pieces[0].rise <= 0.0, "at {width}: {:?}", line.text());
        }
    }
}

#[test]
fn runs_are_grouped_by_leaf() {
    let lines = break_lines(&Fonts::builtin(), &mixed(), 2000.0, false).unwrap();
    assert_eq!(lines.len(), 1);
    let leaves: Vec<(usize, f64, usize)> = lines[0]
        .pieces
        .iter()
        .map(|piece| (piece.leaf, piece.rise, piece.runs.len()))
        .collect();
    let raised = 3.2;
    assert_eq!(
        leaves,
        [
            (0, 0.0, 2),
            (1, raised, 1),
            (2, 0.0, 1),
            (3, raised, 1),
            (4, 0.0, 2),
            (5, raised, 1),
            (6, 0.0, 1)
        ]
    );
    let metrics = Fonts::builtin().metrics(&style("en"));
    assert!(
        (lines[0].ascent - metrics.ascent * 9.6).abs() < 1e-9
            && (lines[0].descent - metrics.descent * 9.6).abs() < 1e-9
    );
}

/// Text with a bar at each breakpoint inside a word that some width uses.
fn broken(text: &str, lang: &'static str, never: bool) -> String {
    let text_run = TextRun {
        hyphens: if never { Hyphens::Never } else { Hyphens::Any },
        ..text_run(text, lang)
    };
    let fonts = Fonts::builtin();
    let mut found = std::collections::BTreeSet::new();
    for width in 15..=200 {
        let text_runs = std::slice::from_ref(&text_run);
        let mut at = 0;
        for line in break_lines(&fonts, text_runs, f64::from(width), false).unwrap() {
            let said = line.text().replace('\u{AD}', "");
            at += said.len();
            if line.text().ends_with('\u{AD}') {
                found.insert(at);
            }
        }
    }
    let mut shown = text.replace('\u{AD}', "");
    found.iter().rev().for_each(|at| shown.insert(*at, '|'));
    shown
}

#[test]
fn words_are_hyphenated_by_their_language() {
    let long = "die Fahrzeugfertigungsanlagen";
    assert_eq!(broken("a manufacturer", "en", false), "a man|u|fac|turer");
    assert_eq!(
        broken(long, "de", false),
        "die Fahr|zeug|fer|ti|gungs|an|la|gen"
    );
    assert_eq!(broken(long, "fr", false), long);
}

#[test]
fn names_numbers_and_links_stay_whole() {
    for text in [
        "the extraordinary7",
        "an extraordinary.example.org",
        "an https://extraordinary/unconventional",
        "10,000,000,000",
    ] {
        assert_eq!(broken(text, "en", false), text);
    }
    // A name stays whole where a line has room for it.
    let name = [text_run(
        "an old and far too long story by Manufacturer",
        "en",
    )];
    for width in 80..200 {
        let lines = break_lines(&Fonts::builtin(), &name, f64::from(width), true).unwrap();
        assert!(
            lines
                .iter()
                .any(|line| line.text().contains("Manufacturer"))
        );
    }
    assert_eq!(broken("by Manufacturer", "en", false), "by Man|u|fac|turer");
    let address = "an extraordinary manufacturer";
    assert_eq!(broken(address, "en", true), address);
}

#[test]
fn the_authors_hyphens_win() {
    assert_eq!(
        broken("a manufac\u{AD}turer", "en", false),
        "a manufac|turer"
    );
    let text_runs = [text_run("manufac\u{AD}turer", "en")];
    let lines = break_lines(&Fonts::builtin(), &text_runs, 45.0, false).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        text(&lines),
        "manufac\u{AD}turer",
        "one soft hyphen, not two"
    );
}

#[test]
fn a_hyphen_is_a_run_of_its_own() {
    let lines = break_lines(
        &Fonts::builtin(),
        &[text_run("unconventional manufacturer", "en")],
        60.0,
        false,
    )
    .unwrap();
    let broken: Vec<&Line> = lines
        .iter()
        .filter(|line| line.text().ends_with('\u{AD}'))
        .collect();
    assert!(!broken.is_empty());
    for line in broken {
        let (_, run) = line.pieces.last().unwrap().runs.last().unwrap();
        assert_eq!((&*run.text, run.glyphs.len()), ("\u{AD}", 1));
        assert!(run.glyphs[0].advance > 2.0, "it has ink");
    }
}

#[test]
fn the_halves_of_a_broken_word_are_kerned_anew() {
    let fonts = Fonts::builtin();
    let lines = break_lines(
        &fonts,
        &[text_run("unconventional manufacturer", "en")],
        60.0,
        false,
    )
    .unwrap();
    for line in lines.iter().filter(|line| line.text().ends_with('\u{AD}')) {
        let as_written = line.text().replace('\u{AD}', "-");
        assert!(
            (line.width() - fonts.width(&as_written, &style("en")).unwrap()).abs() < 1e-3,
            "{as_written}"
        );
    }
}

#[test]
fn white_space_is_collapsed_and_kept_between_lines() {
    let text_runs = [
        text_run("  one\n two  ", "en"),
        text_run(" three\tfour \n", "en"),
    ];
    let fonts = Fonts::builtin();
    for width in 20..120 {
        assert_eq!(
            text(&break_lines(&fonts, &text_runs, f64::from(width), false).unwrap()),
            "one two three four"
        );
    }
    let lines = break_lines(&fonts, &text_runs, 40.0, false).unwrap();
    let (_, run) = lines[0].pieces.last().unwrap().runs.last().unwrap();
    assert!(run.text.ends_with(' ') && run.glyphs.last().unwrap().advance == 0.0);
    assert_eq!(
        break_lines(&fonts, &[text_run(" \n ", "en")], 40.0, false).unwrap(),
        []
    );
    assert_eq!(break_lines(&fonts, &[], 40.0, false).unwrap(), []);
}

#[test]
fn a_line_separator_forces_a_line_end() {
    let lines = break_lines(
        &Fonts::builtin(),
        &[text_run("one \u{2028} two three", "en")],
        400.0,
        true,
    )
    .unwrap();
    let said: Vec<String> = lines.iter().map(Line::text).collect();
    assert_eq!(said, ["one ", "two three"]);
    assert!(lines[0].width() < 40.0, "a forced end is not filled");
}

#[test]
fn a_missing_character_is_an_error() {
    let found = break_lines(
        &Fonts::builtin(),
        &[text_run("a \u{1F600}", "en")],
        100.0,
        false,
    );
    assert_eq!(found, Err(exhibit_scene::MissingGlyph('\u{1F600}')));
}

#[test]
fn chinese_marks_take_half_their_square_where_it_shows() {
    let fonts = Fonts::builtin();
    let width = |text: &str| {
        break_lines(&fonts, &[text_run(text, "zh-Hans")], 400.0, false).unwrap()[0].width() / 9.6
    };
    let close = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 1e-3, "{found} is not {expected}")
    };
    close(width("汽车。"), 2.5);
    close(width("（汽车）"), 3.0);
    close(width("汽，“车"), 3.5);
    close(width("汽车”。"), 3.0);
    let digit = fonts.width("7", &style("zh-Hans")).unwrap() / 9.6;
    close(width("汽7"), 1.25 + digit);
    close(
        width("汽 7") - width("汽7"),
        fonts.width(" ", &style("zh-Hans")).unwrap() / 9.6 - 0.25,
    );
}

#[test]
fn trimmed_halves_hold_no_ink() {
    let fonts = Fonts::builtin();
    for (face, info) in fonts
        .faces()
        .filter(|(_, info)| info.family == "Noto Sans SC")
    {
        for ch in han::CLOSING.chars().chain(han::OPENING.chars()) {
            let outline = fonts.outline(face, fonts.glyph(face, ch).unwrap());
            let xs = outline.iter().filter_map(|segment| match segment {
                exhibit_scene::Segment::Move(at)
                | exhibit_scene::Segment::Line(at)
                | exhibit_scene::Segment::Cubic(_, _, at) => Some(at.x),
                exhibit_scene::Segment::Close => None,
            });
            let fits = |x: f64| {
                if han::CLOSING.contains(ch) {
                    x <= 510.0
                } else {
                    x >= 490.0
                }
            };
            assert!(
                xs.clone().all(fits),
                "{} {ch}: {:?}",
                info.name,
                xs.map(|x| x as i32).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn ragged_lines_are_even() {
    // The lengths of lines vary less by total fit than by greedy filling.
    let fonts = Fonts::builtin();
    let spread = |widths: &[f64], width: f64| {
        widths[..widths.len() - 1]
            .iter()
            .map(|end| (width - end).powi(2))
            .sum::<f64>()
    };
    let (mut total, mut greedy) = (0.0, 0.0);
    for width in (200..400).step_by(10).map(f64::from) {
        let lines: Vec<f64> = break_lines(&fonts, &[text_run(ENGLISH, "en")], width, false)
            .unwrap()
            .iter()
            .map(Line::width)
            .collect();
        let filled: Vec<f64> = fonts
            .wrap(ENGLISH, &style("en"), width)
            .unwrap()
            .iter()
            .map(|line| line.width)
            .collect();
        total += spread(&lines, width);
        greedy += spread(&filled, width);
    }
    assert!(total < greedy, "{total} against {greedy}");
}

#[test]
fn the_same_lines_cold_and_warm() {
    let warm = Fonts::builtin();
    for (name, text_runs) in samples() {
        for width in [100.0, 230.0, 354.3] {
            let first = break_lines(&warm, &text_runs, width, true).unwrap();
            assert_eq!(
                first,
                break_lines(&warm, &text_runs, width, true).unwrap(),
                "{name}"
            );
            assert_eq!(
                first,
                break_lines(&Fonts::builtin(), &text_runs, width, true).unwrap(),
                "{name}"
            );
        }
    }
}

#[test]
fn units_are_exact() {
    assert_eq!(units(1.5), 98_304);
    assert!((points(units(9.6)) - 9.6).abs() < 1e-5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn laws_hold_for_random_text(
        pieces in proptest::collection::vec(prop::sample::select(vec![
            "word", "extraordinary", "manufacturer ", " ", " ", " a ", "10,000", "km", "%", "SU7", "-", "–", "“", "”", "（", "）", "。", "，", "小米", "汽车",
            "2024", "年", "\u{A0}", "\u{AD}", "3x4", "(", ")", "https://example.org/a", "ß", "e\u{301}", "…", "—", "/", "\u{2028}",
        ]), 1..60),
        width in 40.0_f64..460.0,
        justified: bool,
        german: bool,
    ) {
        let text: String = pieces.concat();
        let fonts = Fonts::builtin();
        let text_run = text_run(&text, if german { "de" } else { "en" });
        let lines = break_lines(&fonts, std::slice::from_ref(&text_run), width, justified).unwrap();
        let bare = |text: &str| text.chars().filter(|ch| !matches!(ch, ' ' | '\u{AD}' | '\u{2028}')).collect::<String>();
        prop_assert_eq!(bare(&lines.iter().map(Line::text).collect::<String>()), bare(&text));
        let breakable = breakable(&fonts, std::slice::from_ref(&text_run), &lines, width);
        for (line, breakable) in lines.iter().zip(breakable) {
            prop_assert!(line.width() <= width || !breakable, "{:?}", line.text());
            prop_assert!(line.pieces.iter().flat_map(|piece| &piece.runs).flat_map(|(_, run)| &run.glyphs).all(|glyph| glyph.advance.is_finite()));
        }
    }
}

/// A single line is set without a search. The search would find the same line.
#[test]
fn one_line_is_what_the_search_would_find() {
    let fonts = Fonts::builtin();
    let mut found = [0, 0];
    for (text, lang) in [(ENGLISH, "en"), (GERMAN, "de"), (CHINESE, "zh-Hans")] {
        for (length, _) in text.char_indices().skip(1).step_by(3).take(40) {
            let text_runs = [text_run(&text[..length], lang)];
            let paragraph = Paragraph::new(&fonts, &text_runs).expect("the faces have it");
            for width in [60, 100, 180, 199, 200, 320] {
                let width = i64::from(width) << 16;
                for measure in [Measure::ragged(width), Measure::justified(width)] {
                    let logical_lines = breakpoints::logical_lines(&paragraph);
                    let [logical_line] = &logical_lines[..] else {
                        panic!("no line end is forced");
                    };
                    let (breakpoints, chosen) =
                        fit_logical_line(&paragraph, logical_line, &measure);
                    let only = breakpoints::single_line_end(&paragraph, &measure);
                    // The search may shrink a line that is a little too long.
                    if let Some(only) = only {
                        let chosen: Vec<_> =
                            chosen.iter().map(|index| breakpoints[*index]).collect();
                        assert_eq!([only], chosen[..], "{:?} at {width}", &text[..length]);
                    }
                    found[usize::from(only.is_some())] += 1;
                }
            }
        }
    }
    assert!(found[0] > 100 && found[1] > 100, "{found:?}");
}
