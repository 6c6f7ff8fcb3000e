//! Qualified and missing values beside each other: words keep clear of marks, and notes name what is drawn.

use exhibit_charts::{draw, slide};
use exhibit_scene::{Fonts, Theme};
use exhibit_tests::charts::{arrows, words};

use super::{assert_lawful, exhibit, metric};

/// The arrow of an open part reaches over a narrow part after it, and no number stands under it.
#[test]
fn an_arrow_over_a_narrow_part_touches_no_number() {
    let (theme, fonts) = (Theme::standard(), Fonts::builtin());
    for parts in [
        ["> 90", "0.4", "~ 50"],
        ["> 90", "0.4", "> 50"],
        ["> 90", "0.4", "7"],
        ["> 90", "> 0.4", "0.2"],
    ] {
        let ids = ["a", "b", "c"];
        let mut metrics = String::new();
        for (id, part) in ids.iter().zip(parts) {
            let value = format!("value: \"{part}\"");
            metrics += &metric(id, "people", &[("2024", value.as_str())]);
        }
        let rows = "rows: [{label: P, of: a}, {label: Q, of: b}, {label: R, of: c}]";
        let shown = exhibit(&format!("share: {{title: T, {rows}}}"), &metrics);
        let on_page = draw(&shown, 459.0, &theme, &fonts).expect("all glyphs");
        let on_slide = slide(&shown, &theme, &fonts).expect("all glyphs");
        for frame in [&on_page.plot, &on_slide.frame] {
            assert_lawful(frame, &format!("{parts:?}"));
            assert!(!arrows(frame).is_empty(), "{parts:?}");
            for (ink, text) in words(frame) {
                let touched = arrows(frame).iter().any(|arrow| arrow.overlaps(&ink));
                assert!(!touched, "{parts:?}: {text} under an arrow");
            }
        }
    }
}
