//! The theme keeps its promise of contrast (WCAG 2.2, 1.4.3 and 1.4.11).

use exhibit_scene::{Color, Theme};

/// Relative luminance of an sRGB colour, as WCAG 2.2 defines it.
#[expect(
    clippy::disallowed_methods,
    reason = "the definition has a power in it, and no layout depends on the result"
)]
fn luminance(color: Color) -> f64 {
    let linear = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast(Color::hex(0), Color::WHITE) - 21.0).abs() < 1e-9);
}

#[test]
fn text_has_four_and_a_half_to_one() {
    let colors = Theme::standard().colors;
    for (name, color) in [
        ("ink", colors.ink),
        ("grey", colors.grey),
        ("accent_text", colors.accent_text),
        ("second_text", colors.second_text),
        ("third_text", colors.third_text),
    ] {
        let found = contrast(color, colors.paper);
        assert!(found >= 4.5, "{name} has {found:.2}:1");
    }
}

#[test]
fn marks_have_three_to_one() {
    let colors = Theme::standard().colors;
    for (name, color) in [
        ("rule", colors.rule),
        ("accent", colors.accent),
        ("second", colors.second),
        ("third", colors.third),
        ("neutral", colors.neutral),
    ] {
        let found = contrast(color, colors.paper);
        assert!(found >= 3.0, "{name} has {found:.2}:1");
    }
}

#[test]
fn the_three_subjects_can_be_told_apart_by_their_text() {
    let colors = Theme::standard().colors;
    let texts = [
        colors.accent_text,
        colors.second_text,
        colors.third_text,
        colors.ink,
        colors.grey,
    ];
    for (index, text) in texts.iter().enumerate() {
        assert!(!texts[index + 1..].contains(text));
    }
}
