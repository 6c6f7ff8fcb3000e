//! What readers see of lines in the languages that a page mixes.

use exhibit_pages::line::{Hyphens, Line, TextRun, break_lines};
use exhibit_scene::{Fonts, TextStyle, Theme};

const ENGLISH: &str = "Deliveries passed their target in June and July, after the manufacturer had doubled the number of shifts at its plant; \
    investigators characterised the extraordinarily straightforward internationalisation as unconventional.";
const CHINESE: &str = "小米集团宣布，首款车型于三月上市，二十七分钟内大定突破五万台。截至七月，交付量已连续两个月超过一万辆；公司表示，\
    全年交付目标为十万辆。研发人员约一万七千人，占员工总数的一半以上。";

fn text_run(text: &str, lang: &'static str) -> TextRun {
    TextRun {
        text: text.to_owned(),
        style: TextStyle {
            lang,
            ..Theme::standard().text(9.6)
        },
        leaf: 0,
        rise: 0.0,
        hyphens: Hyphens::Any,
    }
}

#[test]
fn text_in_half_a_page_is_ragged_unless_it_is_chinese() {
    let ends = |text: &str, lang| {
        let lines =
            break_lines(&Fonts::builtin(), &[text_run(text, lang)], 224.0, true).expect("glyphs");
        let full = lines.iter().rev().skip(1);
        full.filter(|line| (line.width() - 224.0).abs() < 1e-6)
            .count()
    };
    assert_eq!(ends(ENGLISH, "en"), 0);
    assert!(ends(CHINESE, "zh-Hans") > 2);
}

#[test]
fn a_chinese_name_in_another_language_stays_whole() {
    let text = "The founder, Lei Jun (雷军), and Ouyang Nana (欧阳娜娜) drive what 小米汽车 makes.";
    for width in 60..300 {
        let lines = break_lines(
            &Fonts::builtin(),
            &[text_run(text, "en")],
            f64::from(width),
            true,
        )
        .expect("glyphs");
        for name in ["(雷军),", "(欧阳娜娜)", "小米汽车"] {
            let found = lines.iter().any(|line| {
                let runs = line.pieces.iter().flat_map(|piece| &piece.runs);
                let texts: String = runs.map(|(_, run)| &*run.text).collect();
                texts.contains(name)
            });
            assert!(found, "{name} is parted at {width}");
        }
    }
}

#[test]
fn no_line_is_filled_with_spaces_beside_a_long_address() {
    let address = TextRun {
        hyphens: Hyphens::Never,
        ..text_run(&"address".repeat(8), "en")
    };
    let text = |text| text_run(text, "en");
    let beside = [
        text("One more word and a few, then. "),
        address,
        text(" is not much of an end."),
    ];
    let fonts = Fonts::builtin();
    let ends = |text_runs: &[TextRun]| -> Vec<f64> {
        let lines = break_lines(&fonts, text_runs, 354.0, true).expect("glyphs");
        lines.iter().rev().skip(1).map(Line::width).collect()
    };
    let ragged = ends(&beside);
    assert!(
        ragged.len() > 1 && ragged.iter().all(|end| *end < 353.9),
        "{ragged:?}"
    );
    let usual = ends(&[text(ENGLISH)]);
    assert!(
        !usual.is_empty() && usual.iter().all(|end| (end - 354.0).abs() < 1e-6),
        "{usual:?}"
    );
}
