//! The order in which a reader looks names up.

use std::cmp::Ordering;
use std::fmt;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::language::Language;

/// The order of names in a language (CLDR): marks on letters and capitals count between equals only, digits count as a number, and
/// Chinese stands by pinyin in Chinese. A character of several readings stands by its usual one, 厦 of Xiàmén by shà.
pub struct Collation(CollatorBorrowed<'static>);

impl fmt::Debug for Collation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Collation")
    }
}

impl Collation {
    /// The order of a language.
    ///
    /// ```
    /// use exhibit_facts::format::Collation;
    /// use exhibit_facts::language::Language;
    /// let english = Collation::of(Language::English);
    /// let mut names = ["Madrid", "Region 10", "Region 9", "Łódź", "Lodz"];
    /// names.sort_by(|a, b| english.compare(a, b));
    /// assert_eq!(names, ["Lodz", "Łódź", "Madrid", "Region 9", "Region 10"]);
    /// ```
    ///
    /// # Panics
    /// Never: the data inside the program have every [`Language`]; a test holds them to it.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let locale: Locale = language.tag().parse().expect("the tag of a language");
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = Collator::try_new(preferences, CollatorOptions::default());
        Self(collator.expect("the built-in data has the language"))
    }

    /// The order of two names. Names that differ in text may be equal, such as `Region 9` and `Region 09`: a sort must be stable.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use exhibit_facts::format::Collation;
    /// use exhibit_facts::language::Language;
    /// let german = Collation::of(Language::German);
    /// assert_eq!(german.compare("Ärger", "Zug"), Ordering::Less);
    /// assert_eq!(german.compare("Region 9", "Region 09"), Ordering::Equal);
    /// ```
    #[must_use]
    pub fn compare(&self, first: &str, second: &str) -> Ordering {
        self.0.compare(first, second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names are in the language's order, whatever order they are given in.
    fn ordered(language: Language, names: &[&str]) {
        let collator = Collation::of(language);
        for start in 0..names.len() {
            let mut given = names.to_vec();
            given.rotate_left(start);
            given.reverse();
            given.sort_by(|a, b| collator.compare(a, b));
            assert_eq!(given, names, "{language:?}");
        }
    }

    #[test]
    fn marks_and_strokes_stand_beside_their_letter() {
        let names = [
            "Ångström",
            "Ärger",
            "Lodz",
            "Łódź",
            "Lublin",
            "Madrid",
            "Ørsted",
            "oslo",
            "Oslo",
            "Österreich",
            "Ostia",
            "Zamość",
            "Zug",
            "Zürich",
        ];
        ordered(Language::English, &names);
        ordered(Language::German, &names);
        ordered(Language::Chinese, &names);
        ordered(Language::German, &["Mull", "Müll", "Strasse", "Straße"]);
    }

    #[test]
    fn digits_count_as_a_number() {
        let names = ["Region 9", "Region 10", "Region 10b", "Region 110"];
        for language in [Language::English, Language::German, Language::Chinese] {
            ordered(language, &names);
        }
        ordered(
            Language::English,
            &["§2 ¶9", "§2 ¶10", "§10 ¶1", "p. 9", "p. 10"],
        );
    }

    #[test]
    fn chinese_stands_by_pinyin_in_a_chinese_brief() {
        // Ānhuī, Běijīng, Chéngdū, Chóngqìng, Guǎngzhōu, Shànghǎi, Xī'ān.
        ordered(
            Language::Chinese,
            &["安徽", "北京", "成都", "重庆", "广州", "上海", "西安"],
        );
        // Elsewhere by radical and strokes, since a reader need not know how they are read.
        ordered(Language::German, &["上海", "北京", "安徽", "广州", "重庆"]);
    }

    #[test]
    fn equals_keep_the_order_of_the_data() {
        for language in [Language::English, Language::German, Language::Chinese] {
            let collator = Collation::of(language);
            for names in [
                ["Region 09", "Region 9", "Region 009"],
                // Composed and decomposed.
                ["Z\u{fc}rich", "Zu\u{308}rich", "Z\u{fc}rich"],
            ] {
                let mut sorted = names.to_vec();
                sorted.sort_by(|a, b| collator.compare(a, b));
                assert_eq!(sorted, names);
            }
        }
    }
}
