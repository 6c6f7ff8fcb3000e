//! Shaped text: the same from memory as fresh, complete, and never a box.

use exhibit_scene::{FaceId, Fonts, MissingGlyph, Segment, Shaped, TextStyle, Theme, Weight};

fn style(size: f64) -> TextStyle {
    Theme::standard().text(size)
}

/// A small generator with a fixed seed (xorshift), so that a failure can be run again.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Pieces that a shaper's contextual rules, two families and hidden characters trip over.
const PIECES: &[&str] = &[
    "(", ")", "[", "]", "-", "–", "—", "->", "+", "−", "×", ":", "@", "<", "=", ">", "~", "•", "→",
    "3x4", " ", "  ", "A", "a", "AV", "To", "fi", "ß", "1", "111", "8", "½", "10,000", "%", "km/h",
    "e\u{301}", "\u{AD}", "\u{A0}", "\u{202F}", "\u{200B}", "\n", "\t", "小米", "。", "，", "“",
    "”", "‘", "’", "…", "·", "（", "）", "　", "％", "Ж", "Ω", "SU7", "\u{2060}", "\u{2011}",
];

fn hostile(seed: &mut Seeded) -> String {
    (0..1 + seed.below(12)).map(|_| seed.pick(PIECES)).collect()
}

fn any_style(seed: &mut Seeded) -> TextStyle {
    let weights = [Weight::Regular, Weight::SemiBold, Weight::Bold];
    TextStyle {
        weight: weights[seed.below(3)],
        italic: seed.below(4) == 0,
        tabular: seed.below(3) == 0,
        tracking: [0.0, 0.08, -0.02][seed.below(3)],
        lang: seed.pick(&["en", "de", "zh-Hans", "ro"]).to_owned().leak(),
        ..style([7.6, 9.6, 26.0][seed.below(3)])
    }
}

/// Runs join without gaps, clusters rise and lie on characters, and the width is the sum of the advances.
fn assert_sound(text: &str, shaped: &Shaped) {
    assert_eq!(shaped.text(), text);
    let mut pen = 0.0;
    for (x, run) in &shaped.runs {
        assert!(
            (x - pen).abs() < 1e-9,
            "{text:?}: a run begins where the one before ends"
        );
        assert_eq!(
            run.glyphs.first().map(|glyph| glyph.cluster),
            Some(0),
            "{text:?}: the first glyph stands for the first character"
        );
        assert!(
            run.glyphs.iter().all(|glyph| glyph.id != 0),
            "{text:?}: no box"
        );
        assert!(
            run.glyphs
                .iter()
                .all(|glyph| run.text.is_char_boundary(glyph.cluster as usize))
        );
        assert!(
            run.glyphs.is_sorted_by_key(|glyph| glyph.cluster),
            "{text:?}: glyphs stand in reading order"
        );
        pen += run.width();
    }
    assert!((shaped.width - pen).abs() < 1e-9, "{text:?}");
}

#[test]
fn text_from_memory_equals_fresh_text() {
    let mut seed = Seeded(0x5EED_0F7E_0817_0001);
    let kept = Fonts::builtin();
    for round in 0..40 {
        // A fresh memory now and then costs plans; every line is new to it.
        let fresh = Fonts::builtin();
        for _ in 0..100 {
            let (text, style) = (hostile(&mut seed), any_style(&mut seed));
            let warm = kept.shape(&text, &style).unwrap();
            assert_eq!(
                warm,
                kept.shape(&text, &style).unwrap(),
                "{text:?} from memory, round {round}"
            );
            assert_eq!(
                warm,
                fresh.shape(&text, &style).unwrap(),
                "{text:?} with another memory, round {round}"
            );
            assert_sound(&text, &warm);
        }
    }
}

#[test]
fn threads_share_one_value() {
    let fonts = Fonts::builtin();
    let expected = fonts.shape("Deliveries 小米 10,000", &style(8.0)).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let fresh = Fonts::builtin();
                for fonts in [&fonts, &fresh] {
                    assert_eq!(
                        fonts.shape("Deliveries 小米 10,000", &style(8.0)).unwrap(),
                        expected
                    );
                }
            });
        }
    });
}

#[test]
fn size_scales_and_nothing_else() {
    let fonts = Fonts::builtin();
    let (small, large) = (
        fonts.shape("AVATAR 3x4 ->", &style(8.0)).unwrap(),
        fonts.shape("AVATAR 3x4 ->", &style(16.0)).unwrap(),
    );
    assert!((large.width - 2.0 * small.width).abs() < 1e-9);
}

#[test]
fn kerning_and_tabular_figures_are_on() {
    let fonts = Fonts::builtin();
    let plain = style(10.0);
    let width = |text: &str, style: &TextStyle| fonts.width(text, style).unwrap();
    assert!(
        width("AV", &plain) < width("A", &plain) + width("V", &plain),
        "A and V are kerned"
    );
    assert!(
        width("111", &plain) < width("888", &plain),
        "figures are proportional in text"
    );
    let columns = TextStyle {
        tabular: true,
        ..plain
    };
    for weight in [Weight::Regular, Weight::SemiBold, Weight::Bold] {
        let columns = TextStyle { weight, ..columns };
        let widths: Vec<f64> = (0..10)
            .map(|digit| width(&format!("{digit}{digit},{digit}"), &columns))
            .collect();
        assert!(
            widths.iter().all(|other| *other == widths[0]),
            "{weight:?}: {widths:?}"
        );
    }
}

#[test]
fn tracking_widens_every_cluster() {
    let fonts = Fonts::builtin();
    let plain = style(10.0);
    let tracked = TextStyle {
        tracking: 0.1,
        ..plain
    };
    let (narrow, wide) = (
        fonts.width("EXHIBIT 3", &plain).unwrap(),
        fonts.width("EXHIBIT 3", &tracked).unwrap(),
    );
    assert!(
        (wide - narrow - 9.0).abs() < 1e-9,
        "nine clusters, a point each"
    );
}

#[test]
fn a_missing_character_is_named() {
    let fonts = Fonts::builtin();
    assert_eq!(
        fonts.shape("ab \u{1F600}", &style(8.0)),
        Err(MissingGlyph('\u{1F600}'))
    );
    assert!(
        !fonts.covers('\u{1F600}')
            && fonts.covers('\n')
            && fonts.covers('小')
            && fonts.covers('é')
            && fonts.covers('\u{AD}')
    );
    assert_eq!(
        MissingGlyph('\u{1F600}').to_string(),
        "no face has the character '😀' (U+1F600)"
    );
}

#[test]
fn what_is_covered_can_be_shaped() {
    let fonts = Fonts::builtin();
    for code in (0..0x3_0000).filter_map(char::from_u32) {
        let mut bytes = [0; 4];
        let text = code.encode_utf8(&mut bytes);
        for weight in [Weight::Regular, Weight::SemiBold, Weight::Bold] {
            for italic in [false, true] {
                let shaped = fonts.shape(
                    text,
                    &TextStyle {
                        weight,
                        italic,
                        ..style(8.0)
                    },
                );
                assert!(
                    shaped.is_ok() || !fonts.covers(code),
                    "U+{:04X}",
                    u32::from(code)
                );
            }
        }
    }
}

/// The run texts of a line, with `H` before those of the Chinese face.
fn families(text: &str, lang: &'static str) -> Vec<String> {
    let shaped = Fonts::builtin()
        .shape(text, &TextStyle { lang, ..style(8.0) })
        .unwrap();
    shaped
        .runs
        .iter()
        .map(|(_, run)| {
            if run.face >= FaceId(4) {
                format!("H:{}", run.text)
            } else {
                run.text.to_string()
            }
        })
        .collect()
}

#[test]
fn chinese_falls_back_and_quotation_marks_follow_their_neighbours() {
    assert_eq!(
        families("SU7 小米，2024年", "en"),
        ["SU7 ", "H:小米，", "2024", "H:年"]
    );
    assert_eq!(
        families("the “小米” brand", "en"),
        ["the “", "H:小米", "” brand"]
    );
    assert_eq!(families("小米“汽车”公司", "en"), ["H:小米“汽车”公司"]);
    assert_eq!(
        families("小米“SU7”很好", "zh-Hans"),
        ["H:小米“", "SU7", "H:”很好"]
    );
    assert_eq!(
        families("it’s… 小米", "zh-Hans"),
        ["it’s", "H:…", " ", "H:小米"]
    );
    assert_eq!(families("don’t – “no”", "en"), ["don’t – “no”"]);
}

#[test]
fn a_part_chooses_faces_by_the_whole() {
    let fonts = Fonts::builtin();
    let text = "小米“汽车”公司";
    let quote = fonts.shape_part(text, 6..9, &style(8.0)).unwrap();
    assert_eq!(
        (quote.text().as_str(), quote.runs[0].1.face),
        ("“", FaceId(4))
    );
    assert_eq!(
        fonts.shape("“", &style(8.0)).unwrap().runs[0].1.face,
        FaceId(0)
    );
}

#[test]
fn chinese_says_its_language_where_it_differs() {
    let fonts = Fonts::builtin();
    let lang = |lang: &'static str| {
        fonts
            .shape("小米", &TextStyle { lang, ..style(8.0) })
            .unwrap()
            .runs[0]
            .1
            .lang
    };
    assert_eq!(
        (lang("en"), lang("zh-Hans"), lang("zh")),
        (Some("zh-Hans"), None, None)
    );
}

#[test]
fn glyphs_map_back_where_one_character_is_not_one_glyph() {
    let fonts = Fonts::builtin();
    let glyphs = |text: &str| {
        fonts
            .shape(text, &style(8.0))
            .unwrap()
            .runs
            .remove(0)
            .1
            .glyphs
    };
    assert_eq!(glyphs("->").len(), 1, "an arrow is one glyph");
    assert_ne!(
        glyphs("3x4")[1].id,
        glyphs("axb")[1].id,
        "x between figures is drawn as a multiplication sign"
    );
    let hidden = glyphs("a\u{AD}b");
    assert_eq!(
        hidden.iter().map(|glyph| glyph.cluster).collect::<Vec<_>>(),
        [0, 1, 3]
    );
    assert_eq!(hidden[1].advance, 0.0, "a soft hyphen takes no room");
}

#[test]
fn faces_say_their_names_and_measures() {
    let fonts = Fonts::builtin();
    let names: Vec<&str> = fonts.faces().map(|(_, info)| info.name).collect();
    assert_eq!(
        names,
        [
            "Inter-Regular",
            "Inter-Italic",
            "Inter-SemiBold",
            "Inter-Bold",
            "NotoSansSC-Regular",
            "NotoSansSC-SemiBold"
        ]
    );
    let regular = fonts.face(FaceId(0));
    assert_eq!(
        (
            regular.units_per_em,
            regular.ascent,
            regular.descent,
            regular.cap_height,
            regular.x_height
        ),
        (2048, 1984, -494, 1490, 1118)
    );
    assert!(fonts.face(FaceId(1)).italic_angle < -9.0 && regular.italic_angle == 0.0);
    let five = fonts.glyph(FaceId(4), '五').unwrap();
    assert_eq!(
        fonts.advance(FaceId(4), five),
        1000,
        "an ideograph is one em wide"
    );
    assert_eq!(fonts.glyph(FaceId(4), 'A'), None, "the cut holds no Latin");
}

#[test]
fn outlines_are_closed_and_within_the_box() {
    let fonts = Fonts::builtin();
    for (face, info) in fonts.faces() {
        let ch = if face >= FaceId(4) { '小' } else { 'Å' };
        let outline = fonts.outline(face, fonts.glyph(face, ch).unwrap());
        assert!(
            matches!(outline.first(), Some(Segment::Move(_)))
                && outline.last() == Some(&Segment::Close)
        );
        let [left, bottom, right, top] = info.bbox.map(f64::from);
        for segment in &outline {
            let (Segment::Move(at) | Segment::Line(at) | Segment::Cubic(_, _, at)) = segment else {
                continue;
            };
            assert!(
                (left..=right).contains(&at.x) && (bottom..=top).contains(&at.y),
                "{}",
                info.name
            );
        }
    }
    assert_eq!(
        fonts.outline(FaceId(0), fonts.glyph(FaceId(0), ' ').unwrap()),
        []
    );
}

#[test]
fn wrapping_keeps_the_text_and_the_width() {
    let mut seed = Seeded(0x5EED_0F7E_0817_0002);
    let fonts = Fonts::builtin();
    for _ in 0..400 {
        let (text, style) = (
            hostile(&mut seed) + " " + &hostile(&mut seed),
            any_style(&mut seed),
        );
        let width = 20.0 + 10.0 * f64::from(u32::try_from(seed.below(20)).unwrap());
        let lines = fonts.wrap(&text, &style, width).unwrap();
        assert_eq!(lines.iter().map(Shaped::text).collect::<String>(), text);
        for line in &lines {
            let inner = exhibit_scene::breaks::breaks(line.text().trim_end()).len();
            assert!(
                line.width <= width || inner == 1,
                "{:?} is wider than {width} and could be broken",
                line.text()
            );
        }
    }
}

/// The choice of faces relies on it.
#[test]
fn every_latin_face_has_latin_1_but_the_soft_hyphen() {
    let fonts = Fonts::builtin();
    let latin = fonts
        .faces()
        .filter(|(_, info)| info.name.starts_with("Inter"));
    let mut count = 0;
    for (face, info) in latin {
        count += 1;
        for ch in (' '..='~')
            .chain('\u{A0}'..='¬')
            .chain('®'..='ÿ')
            .chain(['–'])
        {
            assert!(
                fonts.glyph(face, ch).is_some(),
                "{} lacks {ch:?}",
                info.name
            );
        }
    }
    assert_eq!(count, 4);
}
