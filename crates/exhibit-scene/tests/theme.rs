//! The theme keeps its promise of contrast (WCAG 2.2, 1.4.3 and 1.4.11).
#![expect(
    clippy::disallowed_methods,
    reason = "powers and roots stand in the definitions, and no layout depends on the results"
)]

use exhibit_scene::{Color, Theme};

/// Red, green and blue of an sRGB colour as shares of light, 0 to 1.
fn light(color: Color) -> [f64; 3] {
    [color.r, color.g, color.b].map(|byte| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Relative luminance of an sRGB colour, as WCAG 2.2 defines it.
fn luminance(color: Color) -> f64 {
    let [r, g, b] = light(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Product of a matrix and a column.
fn times(matrix: &[[f64; 3]; 3], column: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(column).map(|(a, b)| a * b).sum())
}

/// Position of a light in OKLab: lightness and two axes of colour (Ottosson, "A perceptual color space for image processing", 2020).
fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        light,
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

/// Sight without a deficiency, and with each of the three at its full severity: protanopia, deuteranopia, tritanopia. The matrices are those
/// of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (IEEE Transactions on
/// Visualization and Computer Graphics 15/6, 2009), for severity 1.0.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// CIE lightness of a colour, 0 to 100: what is left of it in grey.
fn lightness(color: Color) -> f64 {
    116.0 * luminance(color).cbrt() - 16.0
}

/// The colours of the eight subjects.
fn subjects() -> Vec<Color> {
    let colors = Theme::standard().colors;
    let mut subjects = vec![colors.accent, colors.second, colors.third];
    subjects.extend(colors.further);
    subjects
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
        ("fourth", colors.further[0]),
        ("fifth", colors.further[1]),
        ("sixth", colors.further[2]),
        ("seventh", colors.further[3]),
        ("eighth", colors.further[4]),
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
        ("darker context", colors.context[0]),
        ("darkest context", colors.context[1]),
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

#[test]
fn eight_subjects_can_be_told_apart_whatever_the_sight() {
    for (sight, matrix) in SIGHTS {
        let seen: Vec<[f64; 3]> = subjects()
            .into_iter()
            .map(|color| oklab(times(&matrix, light(color)).map(|share| share.clamp(0.0, 1.0))))
            .collect();
        for (index, a) in seen.iter().enumerate() {
            for (other, b) in seen.iter().enumerate().skip(index + 1) {
                let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                let distance = square.sqrt();
                // Three to four times the difference that is just seen.
                assert!(
                    distance >= 0.08,
                    "{sight}: subjects {index} and {other} differ by {distance:.3}"
                );
            }
        }
    }
}

#[test]
fn eight_subjects_can_be_told_apart_in_grey() {
    let mut greys: Vec<f64> = subjects().into_iter().map(lightness).collect();
    greys.sort_by(f64::total_cmp);
    for pair in greys.windows(2) {
        assert!(pair[1] - pair[0] >= 5.0, "{pair:?}");
    }
    let colors = Theme::standard().colors;
    let context = [colors.neutral, colors.context[0], colors.context[1]].map(lightness);
    for pair in context.windows(2) {
        assert!(pair[0] - pair[1] >= 12.0, "{pair:?}");
    }
}
