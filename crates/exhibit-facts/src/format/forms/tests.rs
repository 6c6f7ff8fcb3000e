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

#[test]
fn money_stands_as_its_style_says() {
    use Language::{Chinese, English, German};
    let printed = |language, text: &str, unit: &str, style| {
        let mut units = Units::builtin();
        for code in ["USD", "EUR", "JPY", "CNY", "CHF"] {
            assert!(units.set_style(code, style));
        }
        let unit = unit_words(language, &units, &units.parse(unit).unwrap());
        let forms = forms(language, &value(text).unwrap(), &unit, Scaling::Natural);
        [forms.label, forms.sentence, forms.spoken].map(|text| text.replace('\u{a0}', " "))
    };
    use CurrencyStyle::{Code, Symbol};
    for (language, text, unit, style, label, sentence, spoken) in [
        (
            English,
            "28.8",
            "USD",
            Symbol,
            "$28.80",
            "$28.80",
            "twenty-eight point eight zero US dollars",
        ),
        (
            English,
            "1.5 billion",
            "EUR",
            Symbol,
            "€1.5bn",
            "€1.5bn",
            "one point five billion euros",
        ),
        (
            English,
            "> 10_000",
            "USD",
            Symbol,
            "> $10,000",
            "more than $10,000",
            "more than ten thousand US dollars",
        ),
        (
            English,
            "-5",
            "USD",
            Symbol,
            "−$5",
            "−$5",
            "minus five US dollars",
        ),
        (
            English,
            "40..50",
            "USD",
            Symbol,
            "$40–50",
            "between $40 and $50",
            "between forty and fifty US dollars",
        ),
        (
            English,
            "600..700 billion",
            "JPY",
            Symbol,
            "¥600–700bn",
            "between ¥600bn and ¥700bn",
            "between six hundred billion and seven hundred billion yen",
        ),
        (
            English,
            "1",
            "USD/t",
            Symbol,
            "$1 per tonne",
            "$1 per tonne",
            "one US dollar per tonne",
        ),
        (
            English,
            "5",
            "CHF",
            Symbol,
            "CHF 5",
            "CHF 5",
            "five Swiss francs",
        ),
        (
            English,
            "28.80",
            "USD",
            Code,
            "USD 28.80",
            "USD 28.80",
            "twenty-eight point eight zero US dollars",
        ),
        (
            German,
            "1.5 billion",
            "EUR",
            Symbol,
            "1,5 Mrd. €",
            "1,5 Mrd. €",
            "eins Komma fünf Milliarden Euro",
        ),
        (
            German,
            "28.80",
            "USD",
            Symbol,
            "28,80 $",
            "28,80 $",
            "achtundzwanzig Komma acht null US-Dollar",
        ),
        (
            German,
            "1.5 billion",
            "EUR",
            Code,
            "1,5 Milliarden EUR",
            "1,5 Milliarden EUR",
            "eins Komma fünf Milliarden Euro",
        ),
        (
            Chinese,
            "19.1 billion",
            "CNY",
            Symbol,
            "¥191亿",
            "¥191亿",
            "一百九十一亿元",
        ),
    ] {
        let [a, b, c] = printed(language, text, unit, style);
        assert_eq!(
            [a.as_str(), &b],
            [label, sentence],
            "{language:?} {text} {unit}"
        );
        if !text.contains("..") {
            assert_eq!(c, spoken, "{language:?} {text} {unit}");
        }
    }
}

#[test]
fn one_of_something_is_said_as_people_say_it() {
    use Language::{English, German};
    for (language, text, unit, sentence, spoken) in [
        (English, "1", "EUR", "1 euro", "one euro"),
        (English, "1", "USD", "1 US dollar", "one US dollar"),
        (
            English,
            "> 1",
            "EUR",
            "more than 1 euro",
            "more than one euro",
        ),
        (
            English,
            "1 million",
            "EUR",
            "1 million euros",
            "one million euros",
        ),
        (
            English,
            "1",
            "EUR/people",
            "1 euro per person",
            "one euro per person",
        ),
        (English, "1.0", "days", "1.0 days", "one point zero days"),
        (German, "1", "EUR", "1 Euro", "ein Euro"),
        (
            German,
            "1",
            "EUR/people",
            "1 Euro je Person",
            "ein Euro je Person",
        ),
        (German, "1", "people", "1 Person", "eine Person"),
        (German, "1", "hours", "1 Stunde", "eine Stunde"),
        (German, "-1", "%", "−1 %", "minus ein Prozent"),
        (
            German,
            "1 million",
            "EUR",
            "1 Million Euro",
            "eine Million Euro",
        ),
        (
            German,
            "> 1 billion",
            "EUR",
            "mehr als 1 Milliarde Euro",
            "mehr als eine Milliarde Euro",
        ),
        (
            German,
            "1 thousand",
            "EUR",
            "1 Tausend Euro",
            "ein Tausend Euro",
        ),
        (
            German,
            "21",
            "vehicles",
            "21 Fahrzeuge",
            "einundzwanzig Fahrzeuge",
        ),
        (
            German,
            "1.5",
            "vehicles",
            "1,5 Fahrzeuge",
            "eins Komma fünf Fahrzeuge",
        ),
    ] {
        let [_, b, c] = all(language, text, unit);
        assert_eq!(
            [b.as_str(), &c],
            [sentence, spoken],
            "{language:?} {text} {unit}"
        );
    }
}
