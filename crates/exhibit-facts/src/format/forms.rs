//! The printed forms of a reading: label, sentence, speech. One place says how each qualifier is written.

use super::currency::{german_one, short_multiplier, symbol};
use super::digits::Detail;
use super::number::{Printed, decimal, display_exponent, fineness, list, print, print_like};
use super::spell::spell;
use super::words::{absent, comma, semicolon, words};
use crate::estimate::Level;
use crate::language::Language;
use crate::quantity::{Amount, Reading, Scale, Shape, Value};
use crate::rounding::{Rounding, decimal_text};
use crate::unit::{CurrencyStyle, Unit, UnitDef, Units};

/// Between a number and what belongs to it: no line ends here.
const TIE: char = '\u{a0}';

/// The printed forms of a reading, all from one source of truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// On a mark, without unit: "> 10,000", "~ 17,800", "40–50", "no data".
    pub number: String,
    /// On a mark, with unit: "> 10,000 vehicles", "40–50%", "> 100 billion yuan".
    pub label: String,
    /// In a sentence: "more than 10,000 vehicles", "between 40% and 50%".
    pub sentence: String,
    /// For a voice: "more than ten thousand vehicles".
    pub spoken: String,
    /// The unit after the number, as the label has it: "vehicles", "%", "billion yuan". Empty for none.
    pub unit: String,
    /// The interval of an estimate, in the scale of the number: "95% CI 11.9 to 12.7". Empty for every other value. It stands in the
    /// sentence and the spoken form already; the label has the point alone.
    pub interval: String,
}

/// How a value is scaled when printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// As written, results from a million on with a multiplier word.
    Natural,
    /// As a number of `10^n`; the word for it stands elsewhere.
    At(u32),
    /// As a number of `10^n`, with the word for it.
    In(u32),
}

/// The unit of a reading in words, ready for one and for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLabel {
    /// With one: "vehicle".
    pub one: String,
    /// With many: "vehicles".
    pub other: String,
    /// For a voice, with one: "per cent", "US dollar".
    pub spoken_one: String,
    /// For a voice, with many: "per cent", "US dollars".
    pub spoken: String,
    /// What stands close before the number: the sign of a currency, or its code and a space. Empty for none.
    pub before: String,
    /// A currency that is printed by its sign or code.
    pub money: bool,
    /// Multiplier words are short, as they stand with the sign of a currency: "€1.5bn".
    pub compact: bool,
    /// A sign that stands close to the number ("%").
    pub sign: bool,
    /// What is counted comes one by one: "fewer than", not "less than".
    pub counted: bool,
}

/// A unit in words. A name that is not in the table of units stands for itself.
///
/// ```
/// use exhibit_facts::{Language, Units, format::unit_words};
/// let units = Units::builtin();
/// let unit = units.parse("CNY/people").unwrap();
/// assert_eq!(unit_words(Language::English, &units, &unit).other, "yuan per person");
/// assert_eq!(unit_words(Language::German, &units, &unit).other, "Yuan je Person");
/// ```
#[must_use]
pub fn unit_words(language: Language, units: &Units, unit: &Unit) -> UnitLabel {
    let word = |name: &str, many: bool, spoken: bool| -> String {
        let Some(def) = units.get(name) else {
            return name.to_owned();
        };
        if let (Some(sign), false) = (def.sign, spoken) {
            return sign.to_owned();
        }
        if !spoken && let Some(short) = short(language, def) {
            return short;
        }
        def.words
            .get(&language)
            .or_else(|| def.words.get(&Language::English))
            .map_or_else(
                || name.to_owned(),
                |words| {
                    if many {
                        words.other.clone()
                    } else {
                        words.one.clone()
                    }
                },
            )
    };
    let per = match language {
        Language::English => " per ",
        Language::German => " je ",
        Language::Chinese => "/",
    };
    // A currency by its sign or code stands before the number, but behind it in German. What it is paid for stands behind.
    let mut above = unit.factors.iter().filter(|(_, power)| *power > 0);
    let money = match (above.next(), above.next()) {
        (Some((name, 1)), None) => units
            .get(name)
            .and_then(|def| short(language, def).map(|short| (def, short))),
        _ => None,
    };
    let leads = money.is_some() && language != Language::German;
    let joined = |many: bool, spoken: bool| -> String {
        let of = |sign: i32, many: bool| -> Vec<String> {
            unit.factors
                .iter()
                .filter(|(name, power)| power.signum() == sign && name != "XXX")
                .filter(|_| spoken || sign < 0 || !leads)
                .map(|(name, _)| word(name, many, spoken))
                .collect()
        };
        let above = of(1, many).join("-");
        let below = of(-1, false);
        let mut text = above;
        for name in below {
            if text.is_empty() {
                text = per.trim_start().to_owned()
            } else {
                text.push_str(per)
            }
            text.push_str(&name);
        }
        // The code for "no currency named" stands last, so that "per vehicle" stays with the number.
        if unit.factors.iter().any(|(name, _)| name == "XXX") {
            let unspecified = word("XXX", true, spoken);
            if text.is_empty() || language == Language::Chinese {
                text.push_str(&unspecified)
            } else {
                text = format!("{text} {unspecified}")
            }
        }
        text
    };
    let counted = matches!(unit.factors.as_slice(), [(name, 1)] if units.get(name).is_some_and(|def| def.dimension == def.name));
    UnitLabel {
        one: joined(false, false),
        other: joined(true, false),
        spoken_one: joined(false, true),
        spoken: joined(true, true),
        money: money.is_some(),
        compact: money
            .as_ref()
            .is_some_and(|(def, _)| def.style == CurrencyStyle::Symbol),
        before: match money {
            Some((def, short)) if leads => match symbol_of(language, def) {
                Some(_) => short,
                None => format!("{short}{TIE}"),
            },
            _ => String::new(),
        },
        sign: unit.is_percent(),
        counted,
    }
}

/// The sign of a currency that is printed by its sign, and has one.
fn symbol_of(language: Language, def: &UnitDef) -> Option<&'static str> {
    match def.style {
        CurrencyStyle::Symbol => symbol(language, &def.name),
        CurrencyStyle::Name | CurrencyStyle::Code => None,
    }
}

/// The sign or the code of a currency that is not printed by its name.
fn short(language: Language, def: &UnitDef) -> Option<String> {
    if def.style == CurrencyStyle::Name || def.name == "XXX" {
        return None;
    }
    Some(symbol_of(language, def).map_or_else(|| def.name.clone(), str::to_owned))
}

/// The multiplier word of a power of ten, 3 to 12; empty where the language has none.
///
/// ```
/// use exhibit_facts::{Language, format::multiplier_word};
/// assert_eq!(multiplier_word(Language::German, 9, true), "Milliarde");
/// assert_eq!(multiplier_word(Language::English, 8, false), "");
/// ```
#[must_use]
pub fn multiplier_word(language: Language, exponent: u32, singular: bool) -> &'static str {
    match (language, exponent) {
        (Language::English, 3) => "thousand",
        (Language::English, 6) => "million",
        (Language::English, 9) => "billion",
        (Language::English, 12) => "trillion",
        (Language::German, 3) => "Tausend",
        (Language::German, 6) => {
            if singular {
                "Million"
            } else {
                "Millionen"
            }
        }
        (Language::German, 9) => {
            if singular {
                "Milliarde"
            } else {
                "Milliarden"
            }
        }
        (Language::German, 12) => {
            if singular {
                "Billion"
            } else {
                "Billionen"
            }
        }
        (Language::Chinese, 4) => "万",
        (Language::Chinese, 8) => "亿",
        (Language::Chinese, 12) => "万亿",
        _ => "",
    }
}

/// One number with its multiplier word.
struct Worded {
    text: String,
    spoken: String,
    exponent: u32,
    singular: bool,
    exact: bool,
}

/// The power of ten that all numbers of a value count in. The ends of a range share one, or "900–1.2 billion" would be read as it
/// stands; zero goes with the other end.
///
/// ```
/// use exhibit_facts::format::{Scaling, shape_exponent};
/// use exhibit_facts::{Language, number::value};
/// let range = value("600..700 billion").unwrap().shape;
/// assert_eq!(shape_exponent(Language::English, &range, Scaling::Natural), 9);
/// ```
#[must_use]
pub fn shape_exponent(language: Language, shape: &Shape, scaling: Scaling) -> u32 {
    if let Scaling::At(exponent) | Scaling::In(exponent) = scaling {
        return exponent;
    }
    shape
        .named()
        .filter(|amount| !amount.is_zero())
        .map(|amount| display_exponent(language, amount))
        .min()
        .unwrap_or(0)
}

/// A number as it is printed. Beside the sign of a currency one decimal is none: $28.80, never $28.8.
fn printed(
    language: Language,
    amount: &Amount,
    exponent: u32,
    rounding: Rounding,
    detail: Detail,
    money: bool,
) -> Printed {
    let printed = print(language, amount, exponent, rounding, detail);
    let tenths = printed
        .plain
        .rsplit_once('.')
        .is_some_and(|(_, tenths)| tenths.len() == 1);
    if money && exponent == 0 && printed.exact && tenths {
        let amount = Amount {
            scale: Some(Scale {
                decimals: 2,
                multiplier: 0,
            }),
            ..amount.clone()
        };
        print(language, &amount, exponent, rounding, detail)
    } else {
        printed
    }
}

fn worded(
    language: Language,
    amount: &Amount,
    exponent: u32,
    scaling: Scaling,
    rounding: Rounding,
    detail: Detail,
    compact: bool,
) -> Worded {
    let Printed {
        text,
        plain,
        singular,
        exact,
    } = printed(language, amount, exponent, rounding, detail, compact);
    let word = match scaling {
        Scaling::Natural | Scaling::In(_) => multiplier_word(language, exponent, plain == "1"),
        Scaling::At(_) => "",
    };
    let spoken_number = match (language, plain.trim_start_matches('-'), word) {
        (Language::German, "1", "Tausend") => spell(language, &plain).replace("eins", "ein"),
        (Language::German, "1", word) if !word.is_empty() => {
            spell(language, &plain).replace("eins", "eine")
        }
        _ => spell(language, &plain),
    };
    if word.is_empty() {
        return Worded {
            text,
            spoken: spoken_number,
            exponent,
            singular,
            exact,
        };
    }
    let (tie, gap) = if language == Language::Chinese {
        (String::new(), "")
    } else {
        (TIE.to_string(), " ")
    };
    let text = match (compact, language) {
        (true, Language::English) => format!("{text}{}", short_multiplier(language, exponent)),
        (true, _) => format!("{text}{tie}{}", short_multiplier(language, exponent)),
        (false, _) => format!("{text}{tie}{word}"),
    };
    Worded {
        text,
        spoken: format!("{spoken_number}{gap}{word}"),
        exponent,
        singular: false,
        exact,
    }
}

/// The forms of a value.
///
/// ```
/// use exhibit_facts::format::{Scaling, forms, unit_words};
/// use exhibit_facts::{Language, Units, number::value};
/// let units = Units::builtin();
/// let people = unit_words(Language::English, &units, &units.parse("people").unwrap());
/// let forms = forms(Language::English, &value("> 10_000").unwrap(), &people, Scaling::Natural);
/// assert_eq!(forms.label, ">\u{a0}10,000\u{a0}people");
/// assert_eq!(forms.spoken, "more than ten thousand people");
/// ```
#[must_use]
pub fn forms(language: Language, value: &Value, unit: &UnitLabel, scaling: Scaling) -> Forms {
    forms_with(language, value, unit, scaling, Detail::Brief)
}

/// The forms of a value, its number printed so far. A point that is rounded in print is "about", unless it stands beside others.
///
/// ```
/// use exhibit_facts::format::{Detail, Scaling, forms_with, unit_words};
/// use exhibit_facts::{Language, Units, number::value};
/// let units = Units::builtin();
/// let people = unit_words(Language::English, &units, &units.parse("people").unwrap());
/// let print = |detail| {
///     let value = value("13_725_000").unwrap();
///     forms_with(Language::English, &value, &people, Scaling::In(6), detail).sentence.replace('\u{a0}', " ")
/// };
/// assert_eq!(print(Detail::Brief), "about 13.7 million people");
/// assert_eq!(print(Detail::Full), "13.725 million people");
/// ```
#[must_use]
pub fn forms_with(
    language: Language,
    value: &Value,
    unit: &UnitLabel,
    scaling: Scaling,
    detail: Detail,
) -> Forms {
    let exponent = shape_exponent(language, &value.shape, scaling);
    let number = |amount: &Amount, rounding: Rounding| {
        // Another multiplier word of the language, as in 191亿 for 19.1 billion, takes nothing from a written number.
        let detail = match (scaling, amount.scale) {
            (Scaling::Natural, Some(_)) => Detail::Full,
            _ => detail,
        };
        worded(
            language,
            amount,
            exponent,
            scaling,
            rounding,
            detail,
            unit.compact,
        )
    };
    let (low, high) = match &value.shape {
        Shape::Exact(amount) => (number(amount, Rounding::Nearest), None),
        Shape::Estimate { point, .. } => {
            (number(&fine_zero(point, exponent), Rounding::Nearest), None)
        }
        Shape::MoreThan(amount) | Shape::AtLeast(amount) => (number(amount, Rounding::Down), None),
        Shape::LessThan(amount) | Shape::AtMost(amount) => (number(amount, Rounding::Up), None),
        Shape::Range { low, high } => (
            number(low, Rounding::Down),
            Some(number(high, Rounding::Up)),
        ),
    };
    let rounded = matches!(value.shape, Shape::Exact(_)) && !low.exact;
    let given = value;
    let value = &Value {
        about: value.about || rounded && detail != Detail::Beside,
        ..value.clone()
    };
    let singular = high.is_none() && low.singular;
    let unit_text = if singular {
        unit.one.clone()
    } else {
        unit.other.clone()
    };
    // "%" stands close in English and Chinese, after a thin space in German (DIN 5008); a word after a tie, or a plain space if a multiplier word is before it.
    let gap = match (language, unit.sign) {
        (_, _) if unit_text.is_empty() => String::new(),
        (Language::German, true) => '\u{202f}'.to_string(),
        (Language::English, true) | (Language::Chinese, _) => String::new(),
        _ if low.exponent > 0 => ' '.to_string(),
        _ => TIE.to_string(),
    };
    // The minus stands before the sign of a currency: −$5.
    let with_unit = |text: &str| match text.strip_prefix('\u{2212}') {
        Some(positive) if !unit.before.is_empty() => {
            format!("\u{2212}{}{positive}{gap}{unit_text}", unit.before)
        }
        _ => format!("{}{text}{gap}{unit_text}", unit.before),
    };
    let about_sign = if value.about {
        format!("~{TIE}")
    } else {
        String::new()
    };
    let bound_sign = match value.shape {
        Shape::MoreThan(_) => format!(">{TIE}"),
        Shape::AtLeast(_) => format!("≥{TIE}"),
        Shape::LessThan(_) => format!("<{TIE}"),
        Shape::AtMost(_) => format!("≤{TIE}"),
        Shape::Exact(_) | Shape::Range { .. } | Shape::Estimate { .. } => String::new(),
    };
    let joint = joint(language, &value.shape);
    let digits = match &high {
        None => low.text.clone(),
        // The word of both ends stands once where it is the same: "600–700 billion".
        Some(high) if low.exponent > 0 => {
            let word_at = low
                .text
                .find(|ch: char| ch.is_alphabetic())
                .unwrap_or(low.text.len());
            format!("{}{joint}{}", low.text[..word_at].trim_end(), high.text)
        }
        Some(high) => format!("{}{joint}{}", low.text, high.text),
    };
    let printed = format!("{bound_sign}{about_sign}{digits}");
    let label = format!("{bound_sign}{about_sign}{}", with_unit(&digits));
    let spoken_unit = if singular {
        unit.spoken_one.as_str()
    } else {
        unit.spoken.as_str()
    };
    let sentence = phrase(
        language,
        value,
        &with_unit(&low.text),
        high.as_ref().map(|high| with_unit(&high.text)).as_deref(),
        &low.text,
        unit,
    );
    let speak = |words: &str| match (language, spoken_unit.is_empty()) {
        (_, true) => words.to_owned(),
        (Language::Chinese, _) if unit.sign => format!("百分之{words}"),
        (Language::Chinese, _) => format!("{words}{spoken_unit}"),
        // Before a noun the number one is an article: "ein Euro", "eine Stunde".
        (Language::German, _) if words == "eins" || words.ends_with(" eins") => {
            let noun = spoken_unit.split(" je ").next().unwrap_or_default();
            let before = words.strip_suffix("eins").unwrap_or_default();
            format!("{before}{} {spoken_unit}", german_one(noun))
        }
        _ => format!("{words} {spoken_unit}"),
    };
    let spoken = phrase(
        language,
        value,
        &speak(&low.spoken),
        high.as_ref().map(|high| speak(&high.spoken)).as_deref(),
        &low.spoken,
        unit,
    );
    // What is rounded for the eye is said as it is, if it can be.
    let spoken = match &given.shape {
        Shape::Exact(amount)
            if rounded && detail != Detail::Full && scaling == Scaling::Natural =>
        {
            let full = worded(
                language,
                amount,
                exponent,
                scaling,
                Rounding::Nearest,
                Detail::Full,
                unit.compact,
            );
            if full.exact {
                forms_with(language, given, unit, scaling, Detail::Full).spoken
            } else {
                spoken
            }
        }
        _ => spoken,
    };
    let interval = interval(language, &value.shape, exponent, detail);
    let (interval, sentence, spoken) = match interval {
        None => (String::new(), sentence, spoken),
        Some(interval) => {
            let sentence = match language {
                Language::English | Language::German => {
                    format!("{sentence} ({})", interval.printed)
                }
                Language::Chinese => format!("{sentence}（{}）", interval.printed),
            };
            let spoken = format!("{spoken}{}{}", comma(language), interval.spoken);
            (interval.printed, sentence, spoken)
        }
    };
    Forms {
        number: printed,
        label,
        sentence,
        spoken,
        unit: unit_text,
        interval,
    }
}

/// An amount of zero with its decimals, which stand beside those of its interval: 0.0 between −0.4 and 0.4.
fn fine_zero(point: &Amount, exponent: u32) -> Amount {
    let mut point = point.clone();
    if point.is_zero() && point.scale.is_none() {
        point.scale = Some(Scale {
            decimals: point.digits - 1,
            multiplier: exponent,
        });
    }
    point
}

/// The interval of an estimate in print and for a voice.
struct IntervalWords {
    printed: String,
    spoken: String,
}

/// The interval of an estimate, its ends rounded outward to the decimals of the point. `None` for every other shape.
fn interval(
    language: Language,
    shape: &Shape,
    exponent: u32,
    detail: Detail,
) -> Option<IntervalWords> {
    let Shape::Estimate {
        point,
        low,
        high,
        level,
    } = shape
    else {
        return None;
    };
    let point = fine_zero(point, exponent);
    let printed = print(language, &point, exponent, Rounding::Nearest, detail);
    let fine = fineness(&point, exponent, &printed);
    let end = |end: &Amount, rounding| print_like(language, &end.value, exponent, fine, rounding);
    let (low, high) = (end(low, Rounding::Down), end(high, Rounding::Up));
    let ends = |low: &str, high: &str| match language {
        Language::English => format!("{low} to {high}"),
        Language::German => format!("{low} bis {high}"),
        Language::Chinese => format!("{low}至{high}"),
    };
    let spoken = ends(&spell(language, &low.plain), &spell(language, &high.plain));
    let printed = ends(&low.text, &high.text);
    Some(match level {
        None => IntervalWords {
            spoken: format!("{}{spoken}", words(language).interval_spoken),
            printed,
        },
        Some(level) => IntervalWords {
            printed: format!("{}{printed}", level_printed(language, level)),
            spoken: format!("{}{spoken}", level_spoken(language, level)),
        },
    })
}

/// What the whiskers of a chart are, by the levels that occur: "95% confidence intervals". `None` stands for a level that the source does
/// not state.
///
/// ```
/// use exhibit_facts::{Language, format::intervals, number::level};
/// let level = |text: &str| Some(level(text).unwrap());
/// assert_eq!(intervals(Language::English, &[level("95%")]), "95% confidence intervals");
/// assert_eq!(intervals(Language::German, &[level("95%")]), "95-%-Konfidenzintervalle");
/// assert_eq!(intervals(Language::English, &[level("95%"), level(">= 90%")]), "confidence intervals (95% and at least 90%)");
/// ```
#[must_use]
pub fn intervals(language: Language, levels: &[Option<Level>]) -> String {
    if let [level] = levels {
        return match (level, language) {
            (None, Language::English) => "intervals of a level that is not stated".to_owned(),
            (None, Language::German) => "Intervalle ohne angegebenes Niveau".to_owned(),
            (None, Language::Chinese) => "未说明置信水平的区间".to_owned(),
            (Some(level), Language::English) => {
                format!("{} confidence intervals", percent(language, level))
            }
            (Some(level), Language::German) if level.at_least() => {
                format!("Konfidenzintervalle von {}", percent(language, level))
            }
            (Some(level), Language::German) => {
                format!("{}-%-Konfidenzintervalle", percent_number(language, level))
            }
            (Some(level), Language::Chinese) => format!("{}置信区间", percent(language, level)),
        };
    }
    let unstated = match language {
        Language::English => "some without a stated level",
        Language::German => "zum Teil ohne angegebenes Niveau",
        Language::Chinese => "部分未说明置信水平",
    };
    let stated: Vec<String> = levels
        .iter()
        .flatten()
        .map(|level| percent(language, level))
        .collect();
    let mut named = list(language, &stated);
    if levels.contains(&None) {
        named = format!("{named}{}{unstated}", semicolon(language));
    }
    match language {
        Language::English => format!("confidence intervals ({named})"),
        Language::German => format!("Konfidenzintervalle ({named})"),
        Language::Chinese => format!("置信区间（{named}）"),
    }
}

/// A level as per cent, in the language's digits.
fn percent_number(language: Language, level: &Level) -> String {
    decimal(language, &decimal_text(&level.percent()))
}

/// A level as words may name it: "95%", "at least 90%".
fn percent(language: Language, level: &Level) -> String {
    let number = percent_number(language, level);
    match (language, level.at_least()) {
        (Language::English, false) => format!("{number}%"),
        (Language::English, true) => format!("at least {number}%"),
        (Language::German, false) => format!("{number}\u{202f}%"),
        (Language::German, true) => format!("mindestens {number}\u{202f}%"),
        (Language::Chinese, false) => format!("{number}%"),
        (Language::Chinese, true) => format!("至少{number}%"),
    }
}

/// A level before the ends of its interval: "95% CI ".
fn level_printed(language: Language, level: &Level) -> String {
    match (language, level.at_least()) {
        (Language::English, _) => format!("{}{TIE}CI ", percent(language, level)),
        (Language::German, false) => format!("{}-%-KI ", percent_number(language, level)),
        (Language::German, true) => {
            format!("mindestens {}-%-KI ", percent_number(language, level))
        }
        (Language::Chinese, _) => format!("{}置信区间", percent(language, level)),
    }
}

/// A level before the ends of its interval, for a voice.
fn level_spoken(language: Language, level: &Level) -> String {
    let percent = spell(language, &decimal_text(&level.percent()));
    let bound = match (language, level.at_least()) {
        (_, false) => "",
        (Language::English, true) => "at least ",
        (Language::German, true) => "mindestens ",
        (Language::Chinese, true) => "至少",
    };
    match language {
        Language::English => format!("{bound}{percent} per cent confidence interval "),
        Language::German => format!("{bound}{percent}-Prozent-Konfidenzintervall "),
        Language::Chinese => format!("{bound}百分之{percent}置信区间"),
    }
}

/// What stands between the ends of a range in a label: a dash, but a word beside a minus, since "−20–25%" may end at minus 25.
fn joint(language: Language, shape: &Shape) -> String {
    match (language, shape.amounts().any(Amount::is_negative)) {
        (_, false) => "–".to_owned(),
        (Language::English, true) => format!("{TIE}to{TIE}"),
        (Language::German, true) => format!("{TIE}bis{TIE}"),
        (Language::Chinese, true) => "至".to_owned(),
    }
}

/// The qualifier around numbers that are already in words or digits.
fn phrase(
    language: Language,
    value: &Value,
    low: &str,
    high: Option<&str>,
    low_bare: &str,
    unit: &UnitLabel,
) -> String {
    let about = match (value.about, language) {
        (false, _) => "",
        (true, Language::English) => "about ",
        (true, Language::German) => "rund ",
        (true, Language::Chinese) => "约",
    };
    let bound = match (&value.shape, language) {
        (Shape::Exact(_) | Shape::Range { .. } | Shape::Estimate { .. }, _) => "",
        (Shape::MoreThan(_), Language::English) => "more than ",
        (Shape::MoreThan(_), Language::German) => "mehr als ",
        (Shape::MoreThan(_), Language::Chinese) => "超过",
        (Shape::AtLeast(_), Language::English) => "at least ",
        (Shape::AtLeast(_), Language::German) => "mindestens ",
        (Shape::AtLeast(_), Language::Chinese) => "至少",
        (Shape::LessThan(_), Language::English) if unit.counted => "fewer than ",
        (Shape::LessThan(_), Language::English) => "less than ",
        (Shape::LessThan(_), Language::German) => "weniger als ",
        (Shape::LessThan(_), Language::Chinese) => "不到",
        (Shape::AtMost(_), Language::English) => "at most ",
        (Shape::AtMost(_), Language::German) => "höchstens ",
        (Shape::AtMost(_), Language::Chinese) => "至多",
    };
    let Some(high) = high else {
        return format!("{bound}{about}{low}");
    };
    // A sign is repeated ("between 40% and 50%"), a word stands once ("between 600 billion and 700 billion yuan").
    let repeated = unit.sign || !unit.before.is_empty();
    let low = if repeated { low } else { low_bare };
    match (language, value.about) {
        (Language::English, false) => format!("between {low} and {high}"),
        (Language::English, true) => format!("about {low} to {high}"),
        (Language::German, false) => format!("zwischen {low} und {high}"),
        (Language::German, true) => format!("rund {low} bis {high}"),
        (Language::Chinese, about) => format!("{}{low}至{high}", if about { "约" } else { "" }),
    }
}

/// A spoken form without its qualifier: equal texts name the same number, whatever its qualifier.
///
/// ```
/// use exhibit_facts::format::unqualified;
/// use exhibit_facts::language::Language;
/// let bare = unqualified(Language::English, "fewer than about ten thousand people");
/// assert_eq!(bare, unqualified(Language::English, "ten thousand people"));
/// ```
#[must_use]
pub fn unqualified(language: Language, spoken: &str) -> String {
    // What `phrase` puts before a number, and the words that join the ends of a range.
    let (before, joints): (&[&str], [&str; 2]) = match language {
        Language::English => (
            &[
                "more than ",
                "at least ",
                "fewer than ",
                "less than ",
                "at most ",
                "about ",
                "between ",
            ],
            [" and ", " to "],
        ),
        Language::German => (
            &[
                "mehr als ",
                "mindestens ",
                "weniger als ",
                "höchstens ",
                "rund ",
                "zwischen ",
            ],
            [" und ", " bis "],
        ),
        Language::Chinese => (&["超过", "至少", "不到", "至多", "约"], ["至", "至"]),
    };
    // The interval of an estimate qualifies its point.
    let interval = words(language).interval_spoken.trim();
    let mut rest = match spoken.split_once(comma(language)) {
        Some((point, behind)) if behind.to_lowercase().contains(&interval.to_lowercase()) => point,
        _ => spoken,
    };
    while let Some(shorter) = before.iter().find_map(|words| rest.strip_prefix(words)) {
        rest = shorter;
    }
    rest.replace(joints[0], joints[1])
}

/// The forms of a reading: of its value, or of its absence.
///
/// ```
/// use exhibit_facts::format::{Scaling, reading_forms, unit_words};
/// use exhibit_facts::{Language, Units, quantity::Reading, reason::Reason};
/// let units = Units::builtin();
/// let people = unit_words(Language::English, &units, &units.parse("people").unwrap());
/// let missing = Reading::Missing(Reason::stated("not published"));
/// assert_eq!(reading_forms(Language::English, &missing, &people, Scaling::Natural).label, "no data");
/// ```
#[must_use]
pub fn reading_forms(
    language: Language,
    reading: &Reading,
    unit: &UnitLabel,
    scaling: Scaling,
) -> Forms {
    match reading {
        Reading::Value(value) => forms(language, value, unit, scaling),
        Reading::Missing(reason) => {
            let absent = absent(language, reason.kind).to_owned();
            Forms {
                number: absent.clone(),
                label: absent.clone(),
                sentence: absent.clone(),
                spoken: absent,
                unit: String::new(),
                interval: String::new(),
            }
        }
    }
}

#[cfg(test)]
mod tests;
