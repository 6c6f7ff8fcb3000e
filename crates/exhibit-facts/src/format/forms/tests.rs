//! Each qualifier in each language.

use super::*;
use crate::number::value;

fn all(language: Language, text: &str, unit: &str) -> [String; 3] {
    let mut units = Units::builtin();
    units.add(crate::unit::UnitDef::counted(
        "vehicles",
        [
            (Language::English, "vehicle", "vehicles"),
            (Language::German, "Fahrzeug", "Fahrzeuge"),
            (Language::Chinese, "辆", "辆"),
        ],
    ));
    let unit = units.parse(unit).unwrap();
    let forms = forms(
        language,
        &value(text).unwrap(),
        &unit_words(language, &units, &unit),
        Scaling::Natural,
    );
    [forms.label, forms.sentence, forms.spoken]
        .map(|text| text.replace(['\u{a0}', '\u{202f}'], " "))
}

#[test]
fn every_qualifier_comes_off() {
    for language in [Language::English, Language::German, Language::Chinese] {
        for unit in ["vehicles", "%", "CNY"] {
            let bare = |text: &str| unqualified(language, &all(language, text, unit)[2]);
            let number = bare("34_000");
            for sign in ["> ", ">= ", "< ", "<= ", "~ ", "~ > ", "~ < "] {
                assert_eq!(bare(&format!("{sign}34_000")), number, "{language:?}");
            }
            assert_ne!(bare("> 35_000"), number);
            assert_eq!(bare("~ 40..50"), bare("40..50"), "{language:?} {unit}");
            assert_ne!(bare("~ 40..50"), bare("40..60"));
        }
    }
}

#[test]
fn each_qualifier_is_said_alike_in_every_form() {
    use Language::{Chinese, English, German};
    for (language, text, unit, label, sentence, spoken) in [
        (
            English,
            "> 10_000",
            "vehicles",
            "> 10,000 vehicles",
            "more than 10,000 vehicles",
            "more than ten thousand vehicles",
        ),
        (
            English,
            "1",
            "vehicles",
            "1 vehicle",
            "1 vehicle",
            "one vehicle",
        ),
        (
            English,
            "~ < 34_000",
            "people",
            "< ~ 34,000 people",
            "fewer than about 34,000 people",
            "fewer than about thirty-four thousand people",
        ),
        (
            English,
            "40..50",
            "%",
            "40–50%",
            "between 40% and 50%",
            "between forty per cent and fifty per cent",
        ),
        (
            English,
            "~ 40..50",
            "%",
            "~ 40–50%",
            "about 40% to 50%",
            "about forty per cent to fifty per cent",
        ),
        (
            English,
            "-20..25",
            "%",
            "−20 to 25%",
            "between −20% and 25%",
            "between minus twenty per cent and twenty-five per cent",
        ),
        (
            English,
            "~ -20..-5 billion",
            "CNY",
            "~ −20 to −5 billion yuan",
            "about −20 billion to −5 billion yuan",
            "about minus twenty billion to minus five billion yuan",
        ),
        (
            German,
            "-20..25",
            "%",
            "−20 bis 25 %",
            "zwischen −20 % und 25 %",
            "zwischen minus zwanzig Prozent und fünfundzwanzig Prozent",
        ),
        (
            Chinese,
            "-20..25",
            "%",
            "−20至25%",
            "−20%至25%",
            "百分之负二十至百分之二十五",
        ),
        (
            English,
            "19.1 billion",
            "CNY",
            "19.1 billion yuan",
            "19.1 billion yuan",
            "nineteen point one billion yuan",
        ),
        (
            English,
            "<= 5",
            "%",
            "≤ 5%",
            "at most 5%",
            "at most five per cent",
        ),
        (
            English,
            "~ 600..700 billion",
            "XXX",
            "~ 600–700 billion (currency unspecified)",
            "about 600 billion to 700 billion (currency unspecified)",
            "about six hundred billion to seven hundred billion (currency unspecified)",
        ),
        (
            English,
            "~ < 30_000",
            "XXX/vehicles",
            "< ~ 30,000 per vehicle (currency unspecified)",
            "less than about 30,000 per vehicle (currency unspecified)",
            "less than about thirty thousand per vehicle (currency unspecified)",
        ),
        (
            German,
            "> 19.1 billion",
            "CNY",
            "> 19,1 Milliarden Yuan",
            "mehr als 19,1 Milliarden Yuan",
            "mehr als neunzehn Komma eins Milliarden Yuan",
        ),
        (
            German,
            "40..50",
            "%",
            "40–50 %",
            "zwischen 40 % und 50 %",
            "zwischen vierzig Prozent und fünfzig Prozent",
        ),
        (
            Chinese,
            "> 10_000",
            "vehicles",
            "> 10,000辆",
            "超过10,000辆",
            "超过一万辆",
        ),
        (
            Chinese,
            "19.1 billion",
            "CNY",
            "191亿元",
            "191亿元",
            "一百九十一亿元",
        ),
        (
            Chinese,
            "~ 40..50",
            "%",
            "~ 40–50%",
            "约40%至50%",
            "约百分之四十至百分之五十",
        ),
    ] {
        assert_eq!(
            all(language, text, unit),
            [label, sentence, spoken],
            "{text} {unit}"
        );
    }
}
