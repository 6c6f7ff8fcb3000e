//! Currencies as signs and codes, and the short multiplier words that stand with them.

use crate::language::Language;

/// The sign of a currency in a language. `None` where the language has none that names this currency alone; its code stands instead.
///
/// The dollar of a language's readers is the US dollar, the yen or yuan sign their own: ¥ is the yen, and in Chinese the yuan.
pub(super) fn symbol(language: Language, code: &str) -> Option<&'static str> {
    Some(match (code, language) {
        ("USD", _) => "$",
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("JPY", Language::English | Language::German) => "¥",
        ("JPY", Language::Chinese) => "JP¥",
        ("CNY", Language::Chinese) => "¥",
        ("CNY", Language::English | Language::German) => "CN¥",
        ("INR", _) => "₹",
        ("KRW", _) => "₩",
        ("HKD", _) => "HK$",
        ("TWD", _) => "NT$",
        ("SGD", _) => "S$",
        ("AUD", _) => "A$",
        ("CAD", _) => "C$",
        ("MXN", _) => "MX$",
        ("BRL", _) => "R$",
        _ => return None,
    })
}

/// The short multiplier word of a power of ten, as it stands with a sign: `€1.5bn`, `1,5 Mrd. €`. Empty where the language has none.
pub(super) fn short_multiplier(language: Language, exponent: u32) -> &'static str {
    match (language, exponent) {
        (Language::English, 3) => "k",
        (Language::English, 6) => "m",
        (Language::English, 9) => "bn",
        (Language::English, 12) => "tn",
        (Language::German, 3) => "Tsd.",
        (Language::German, 6) => "Mio.",
        (Language::German, 9) => "Mrd.",
        (Language::German, 12) => "Bio.",
        (Language::Chinese, 4) => "万",
        (Language::Chinese, 8) => "亿",
        (Language::Chinese, 12) => "万亿",
        _ => "",
    }
}

/// "ein" or "eine" before a German noun, by its ending: the endings of feminine nouns are few. In the nominative case, in which a label
/// stands.
pub(super) fn german_one(noun: &str) -> &'static str {
    /// Masculine and neuter nouns that end like feminine ones.
    const OTHERS: [&str; 16] = [
        "kunde", "junge", "name", "erbe", "auge", "ende", "käse", "experte", "neffe", "gebäude",
        "getriebe", "gewerbe", "benzin", "magazin", "abitur", "verein",
    ];
    const FEMININE: [&str; 15] = [
        "ung", "heit", "keit", "schaft", "ion", "tät", "ik", "ei", "enz", "anz", "ur", "in", "e",
        "person", "bahn",
    ];
    let noun = noun.to_lowercase();
    let feminine = FEMININE.iter().any(|ending| noun.ends_with(ending));
    let other = OTHERS.iter().any(|ending| noun.ends_with(ending));
    if feminine && !other { "eine" } else { "ein" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stands_before_its_noun() {
        for noun in [
            "Person",
            "Stunde",
            "Tonne",
            "schwedische Krone",
            "Bestellung",
            "Firma-Filiale",
            "Kundin",
            "Universität",
            "Lieferung",
            "Milliarde",
            "Kilowattstunde",
        ] {
            assert_eq!(german_one(noun), "eine", "{noun}");
        }
        for noun in [
            "Auto",
            "Euro",
            "Tag",
            "Monat",
            "Prozent",
            "Kunde",
            "Gebäude",
            "Kilometer",
            "Laden",
            "Fall",
            "Prozentpunkt",
            "Jahr",
        ] {
            assert_eq!(german_one(noun), "ein", "{noun}");
        }
    }
}
