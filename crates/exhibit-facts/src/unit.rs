//! Units: what a number counts. Dimensions are checked, multipliers are not units.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use crate::language::Language;

/// The words of a unit in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWords {
    /// With one: "vehicle".
    pub one: String,
    /// With any other number: "vehicles".
    pub other: String,
}

/// A named unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDef {
    /// The name used in data sets: `vehicles`, `%`, `CNY`.
    pub name: String,
    /// What it measures; units of one dimension convert into each other.
    pub dimension: String,
    /// How many of the dimension's base unit one of it is.
    pub factor: BigRational,
    /// Words by language.
    pub words: BTreeMap<Language, UnitWords>,
    /// A sign that replaces the words and stands close to the number: "%".
    pub sign: Option<&'static str>,
    /// How it stands in print, if it is a currency.
    pub style: CurrencyStyle,
}

/// The units that a compilation knows.
#[derive(Clone, Debug)]
pub struct Units {
    defs: BTreeMap<String, UnitDef>,
}

/// A product of powers of named units: `CNY/vehicles` is CNY¹ vehicles⁻¹. No factors: a pure number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Unit {
    /// Names and powers, powers never 0, numerators in written order first.
    pub factors: Vec<(String, i32)>,
}

/// A name in a written unit that no unit has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownUnit {
    /// The name.
    pub name: String,
}

impl std::fmt::Display for UnknownUnit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unit `{}` is not defined", self.name)
    }
}

impl std::error::Error for UnknownUnit {}

/// Powers of dimensions; what two amounts must share to be added.
pub type Dimensions = BTreeMap<String, i32>;

/// ISO 4217 codes with their words: English one and other, German one and other, Chinese.
const CURRENCIES: [(&str, [&str; 5]); 22] = [
    ("CNY", ["yuan", "yuan", "Yuan", "Yuan", "元"]),
    (
        "USD",
        ["US dollar", "US dollars", "US-Dollar", "US-Dollar", "美元"],
    ),
    ("EUR", ["euro", "euros", "Euro", "Euro", "欧元"]),
    ("JPY", ["yen", "yen", "Yen", "Yen", "日元"]),
    ("GBP", ["pound", "pounds", "Pfund", "Pfund", "英镑"]),
    (
        "CHF",
        [
            "Swiss franc",
            "Swiss francs",
            "Schweizer Franken",
            "Schweizer Franken",
            "瑞士法郎",
        ],
    ),
    ("KRW", ["won", "won", "Won", "Won", "韩元"]),
    ("INR", ["rupee", "rupees", "Rupie", "Rupien", "印度卢比"]),
    (
        "HKD",
        [
            "Hong Kong dollar",
            "Hong Kong dollars",
            "Hongkong-Dollar",
            "Hongkong-Dollar",
            "港元",
        ],
    ),
    (
        "TWD",
        [
            "Taiwan dollar",
            "Taiwan dollars",
            "Taiwan-Dollar",
            "Taiwan-Dollar",
            "新台币",
        ],
    ),
    (
        "SGD",
        [
            "Singapore dollar",
            "Singapore dollars",
            "Singapur-Dollar",
            "Singapur-Dollar",
            "新加坡元",
        ],
    ),
    (
        "AUD",
        [
            "Australian dollar",
            "Australian dollars",
            "australischer Dollar",
            "australische Dollar",
            "澳元",
        ],
    ),
    (
        "CAD",
        [
            "Canadian dollar",
            "Canadian dollars",
            "kanadischer Dollar",
            "kanadische Dollar",
            "加元",
        ],
    ),
    (
        "SEK",
        [
            "Swedish krona",
            "Swedish kronor",
            "schwedische Krone",
            "schwedische Kronen",
            "瑞典克朗",
        ],
    ),
    (
        "NOK",
        [
            "Norwegian krone",
            "Norwegian kroner",
            "norwegische Krone",
            "norwegische Kronen",
            "挪威克朗",
        ],
    ),
    (
        "DKK",
        [
            "Danish krone",
            "Danish kroner",
            "dänische Krone",
            "dänische Kronen",
            "丹麦克朗",
        ],
    ),
    ("PLN", ["zloty", "zlotys", "Złoty", "Złoty", "兹罗提"]),
    (
        "CZK",
        [
            "Czech koruna",
            "Czech korunas",
            "tschechische Krone",
            "tschechische Kronen",
            "捷克克朗",
        ],
    ),
    (
        "BRL",
        [
            "Brazilian real",
            "Brazilian reals",
            "brasilianischer Real",
            "brasilianische Real",
            "巴西雷亚尔",
        ],
    ),
    (
        "MXN",
        [
            "Mexican peso",
            "Mexican pesos",
            "mexikanischer Peso",
            "mexikanische Pesos",
            "墨西哥比索",
        ],
    ),
    ("ZAR", ["rand", "rand", "Rand", "Rand", "兰特"]),
    (
        "XXX",
        [
            "(currency unspecified)",
            "(currency unspecified)",
            "(Währung nicht angegeben)",
            "(Währung nicht angegeben)",
            "（币种未注明）",
        ],
    ),
];

/// How a currency stands in print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CurrencyStyle {
    /// By its name: "28.80 US dollars".
    #[default]
    Name,
    /// By its code: "USD 28.80".
    Code,
    /// By its sign: "$28.80", "€1.5bn".
    Symbol,
}

/// Other built-in units: name, dimension, factor as numerator and denominator, English one and other, German one and other, Chinese.
type Measure = (&'static str, &'static str, (i64, i64), [&'static str; 5]);
const MEASURES: [Measure; 26] = [
    (
        "people",
        "people",
        (1, 1),
        ["person", "people", "Person", "Personen", "人"],
    ),
    (
        "years",
        "month",
        (12, 1),
        ["year", "years", "Jahr", "Jahre", "年"],
    ),
    (
        "quarters",
        "month",
        (3, 1),
        ["quarter", "quarters", "Quartal", "Quartale", "个季度"],
    ),
    (
        "months",
        "month",
        (1, 1),
        ["month", "months", "Monat", "Monate", "个月"],
    ),
    (
        "weeks",
        "second",
        (604_800, 1),
        ["week", "weeks", "Woche", "Wochen", "周"],
    ),
    (
        "days",
        "second",
        (86_400, 1),
        ["day", "days", "Tag", "Tage", "天"],
    ),
    (
        "hours",
        "second",
        (3_600, 1),
        ["hour", "hours", "Stunde", "Stunden", "小时"],
    ),
    (
        "minutes",
        "second",
        (60, 1),
        ["minute", "minutes", "Minute", "Minuten", "分钟"],
    ),
    (
        "seconds",
        "second",
        (1, 1),
        ["second", "seconds", "Sekunde", "Sekunden", "秒"],
    ),
    (
        "km",
        "metre",
        (1_000, 1),
        ["kilometre", "kilometres", "Kilometer", "Kilometer", "公里"],
    ),
    (
        "m",
        "metre",
        (1, 1),
        ["metre", "metres", "Meter", "Meter", "米"],
    ),
    (
        "cm",
        "metre",
        (1, 100),
        [
            "centimetre",
            "centimetres",
            "Zentimeter",
            "Zentimeter",
            "厘米",
        ],
    ),
    (
        "mm",
        "metre",
        (1, 1_000),
        [
            "millimetre",
            "millimetres",
            "Millimeter",
            "Millimeter",
            "毫米",
        ],
    ),
    (
        "t",
        "gram",
        (1_000_000, 1),
        ["tonne", "tonnes", "Tonne", "Tonnen", "吨"],
    ),
    (
        "kg",
        "gram",
        (1_000, 1),
        ["kilogram", "kilograms", "Kilogramm", "Kilogramm", "千克"],
    ),
    (
        "g",
        "gram",
        (1, 1),
        ["gram", "grams", "Gramm", "Gramm", "克"],
    ),
    (
        "ha",
        "hectare",
        (1, 1),
        ["hectare", "hectares", "Hektar", "Hektar", "公顷"],
    ),
    (
        "km²",
        "hectare",
        (100, 1),
        [
            "square kilometre",
            "square kilometres",
            "Quadratkilometer",
            "Quadratkilometer",
            "平方公里",
        ],
    ),
    (
        "kWh",
        "watt-hour",
        (1_000, 1),
        [
            "kilowatt-hour",
            "kilowatt-hours",
            "Kilowattstunde",
            "Kilowattstunden",
            "千瓦时",
        ],
    ),
    (
        "MWh",
        "watt-hour",
        (1_000_000, 1),
        [
            "megawatt-hour",
            "megawatt-hours",
            "Megawattstunde",
            "Megawattstunden",
            "兆瓦时",
        ],
    ),
    (
        "GWh",
        "watt-hour",
        (1_000_000_000, 1),
        [
            "gigawatt-hour",
            "gigawatt-hours",
            "Gigawattstunde",
            "Gigawattstunden",
            "吉瓦时",
        ],
    ),
    (
        "TWh",
        "watt-hour",
        (1_000_000_000_000, 1),
        [
            "terawatt-hour",
            "terawatt-hours",
            "Terawattstunde",
            "Terawattstunden",
            "太瓦时",
        ],
    ),
    (
        "kW",
        "watt",
        (1_000, 1),
        ["kilowatt", "kilowatts", "Kilowatt", "Kilowatt", "千瓦"],
    ),
    (
        "MW",
        "watt",
        (1_000_000, 1),
        ["megawatt", "megawatts", "Megawatt", "Megawatt", "兆瓦"],
    ),
    (
        "°C",
        "kelvin",
        (1, 1),
        [
            "degree Celsius",
            "degrees Celsius",
            "Grad Celsius",
            "Grad Celsius",
            "摄氏度",
        ],
    ),
    ("times", "", (1, 1), ["time", "times", "Mal", "Mal", "倍"]),
];

impl Default for Units {
    fn default() -> Self {
        Self::builtin()
    }
}

impl UnitDef {
    /// A unit of things that are counted one by one: vehicles, shops. It converts into no other. Words are language, singular, plural.
    ///
    /// ```
    /// use exhibit_facts::{Language, Units, format::unit_words, unit::UnitDef};
    /// let mut units = Units::builtin();
    /// units.add(UnitDef::counted("shops", [(Language::English, "shop", "shops"), (Language::German, "Laden", "Läden")]));
    /// let shops = units.parse("shops").unwrap();
    /// assert_eq!(unit_words(Language::German, &units, &shops).one, "Laden");
    /// ```
    #[must_use]
    pub fn counted<'w>(
        name: &str,
        words: impl IntoIterator<Item = (Language, &'w str, &'w str)>,
    ) -> Self {
        let words = words.into_iter().map(|(language, one, other)| {
            let words = UnitWords {
                one: one.to_owned(),
                other: other.to_owned(),
            };
            (language, words)
        });
        Self {
            name: name.to_owned(),
            dimension: name.to_owned(),
            factor: BigRational::one(),
            words: words.collect(),
            sign: None,
            style: CurrencyStyle::Name,
        }
    }
}

impl Units {
    /// The units every compilation knows.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// assert!(Units::builtin().get("CNY").is_some());
    /// ```
    #[must_use]
    pub fn builtin() -> Self {
        let mut units = Self {
            defs: BTreeMap::new(),
        };
        let all = |english: (&str, &str), german: (&str, &str), chinese: &str| {
            let words = |(one, other): (&str, &str)| UnitWords {
                one: one.to_owned(),
                other: other.to_owned(),
            };
            BTreeMap::from([
                (Language::English, words(english)),
                (Language::German, words(german)),
                (Language::Chinese, words((chinese, chinese))),
            ])
        };
        for (code, [one, other, german_one, german_other, chinese]) in CURRENCIES {
            units.add(UnitDef {
                name: code.to_owned(),
                dimension: format!("currency {code}"),
                factor: BigRational::one(),
                words: all((one, other), (german_one, german_other), chinese),
                sign: None,
                style: CurrencyStyle::Name,
            });
        }
        for (
            name,
            dimension,
            (numerator, denominator),
            [one, other, german_one, german_other, chinese],
        ) in MEASURES
        {
            units.add(UnitDef {
                name: name.to_owned(),
                dimension: dimension.to_owned(),
                factor: BigRational::new(BigInt::from(numerator), BigInt::from(denominator)),
                words: all((one, other), (german_one, german_other), chinese),
                sign: None,
                style: CurrencyStyle::Name,
            });
        }
        let points = || {
            all(
                ("percentage point", "percentage points"),
                ("Prozentpunkt", "Prozentpunkte"),
                "个百分点",
            )
        };
        for (name, sign, words) in [
            (
                "%",
                Some("%"),
                all(("per cent", "per cent"), ("Prozent", "Prozent"), "%"),
            ),
            ("points", None, points()),
            // Other names of the same.
            ("percentage points", None, points()),
            ("pp", None, points()),
        ] {
            let factor = BigRational::new(BigInt::one(), BigInt::from(100));
            units.add(UnitDef {
                name: name.to_owned(),
                dimension: String::new(),
                factor,
                words,
                sign,
                style: CurrencyStyle::Name,
            });
        }
        units
    }

    /// Adds a unit, in place of one of the same name.
    ///
    /// ```
    /// use exhibit_facts::{Language, Units, unit::UnitDef};
    /// let mut units = Units::builtin();
    /// units.add(UnitDef::counted("vehicles", [(Language::English, "vehicle", "vehicles")]));
    /// assert!(units.parse("CNY/vehicles").is_ok());
    /// ```
    pub fn add(&mut self, def: UnitDef) {
        self.defs.insert(def.name.clone(), def);
    }

    /// Sets how a currency stands in print. False for a unit that is none.
    ///
    /// ```
    /// use exhibit_facts::unit::{CurrencyStyle, Units};
    /// let mut units = Units::builtin();
    /// assert!(units.set_style("USD", CurrencyStyle::Symbol));
    /// assert!(!units.set_style("km", CurrencyStyle::Symbol));
    /// ```
    pub fn set_style(&mut self, name: &str, style: CurrencyStyle) -> bool {
        let currency = self
            .defs
            .get_mut(name)
            .filter(|def| def.dimension == format!("currency {name}"));
        match currency {
            Some(def) => {
                def.style = style;
                true
            }
            None => false,
        }
    }

    /// A unit by name.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// assert_eq!(Units::builtin().get("km").unwrap().dimension, "metre");
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&UnitDef> {
        self.defs.get(name)
    }

    /// All names, sorted.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// assert!(Units::builtin().names().any(|name| name == "people"));
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.defs.keys().map(String::as_str)
    }

    /// Reads a written unit: names joined by `*`, at most one `/`, `1` for a pure number.
    ///
    /// ```
    /// use exhibit_facts::unit::Units;
    /// let units = Units::builtin();
    /// assert_eq!(units.parse("CNY/people").unwrap().to_string(), "CNY/people");
    /// assert_eq!(units.parse("CNY/furlongs").unwrap_err().name, "furlongs");
    /// ```
    ///
    /// # Errors
    /// [`UnknownUnit`] with the first name that no unit has.
    pub fn parse(&self, text: &str) -> Result<Unit, UnknownUnit> {
        let mut unit = Unit::default();
        let (above, below) = text.split_once('/').unwrap_or((text, ""));
        for (part, sign) in [(above, 1), (below, -1)] {
            for name in part
                .split('*')
                .map(str::trim)
                .filter(|name| !name.is_empty() && *name != "1")
            {
                if !self.defs.contains_key(name) {
                    return Err(UnknownUnit {
                        name: name.to_owned(),
                    });
                }
                unit.multiply(name, sign);
            }
        }
        Ok(unit)
    }

    /// The unit that words stand for: a written unit, or the words of a named one in any language, with one or with many.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// let units = Units::builtin();
    /// assert_eq!(units.in_words("US dollars").unwrap().to_string(), "USD");
    /// assert_eq!(units.in_words("CNY/people").unwrap().to_string(), "CNY/people");
    /// assert!(units.in_words("furlongs").is_none());
    /// ```
    #[must_use]
    pub fn in_words(&self, words: &str) -> Option<Unit> {
        if let Ok(unit) = self.parse(words) {
            return Some(unit);
        }
        let low = words.to_lowercase();
        let said = |def: &&UnitDef| {
            let mut all = def.words.values();
            all.any(|own| own.one.to_lowercase() == low || own.other.to_lowercase() == low)
        };
        self.defs
            .values()
            .find(said)
            .map(|def| Unit::named(&def.name))
    }

    /// Powers of the dimensions of a unit. A name that is not in this table counts as a dimension of its own.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// let units = Units::builtin();
    /// let of = |text: &str| units.dimensions(&units.parse(text).unwrap());
    /// assert_eq!(of("CNY/years"), of("CNY/months"));
    /// assert!(of("%").is_empty());
    /// ```
    #[must_use]
    pub fn dimensions(&self, unit: &Unit) -> Dimensions {
        let mut dimensions = Dimensions::new();
        for (name, power) in &unit.factors {
            let dimension = self.defs.get(name).map_or(name, |def| &def.dimension);
            if !dimension.is_empty() {
                *dimensions.entry(dimension.clone()).or_default() += power;
            }
        }
        dimensions.retain(|_, power| *power != 0);
        dimensions
    }

    /// How many base units one of a unit is: `%` is 1/100. A name that is not in this table counts as a base unit.
    ///
    /// ```
    /// use exhibit_facts::Units;
    /// let units = Units::builtin();
    /// assert_eq!(units.factor(&units.parse("km").unwrap()).to_string(), "1000");
    /// assert_eq!(units.factor(&units.parse("%").unwrap()).to_string(), "1/100");
    /// ```
    #[must_use]
    pub fn factor(&self, unit: &Unit) -> BigRational {
        let mut factor = BigRational::one();
        for (name, power) in &unit.factors {
            let Some(UnitDef { factor: one, .. }) = self.defs.get(name) else {
                continue;
            };
            for _ in 0..power.unsigned_abs() {
                if *power > 0 {
                    factor *= one
                } else {
                    factor /= one
                }
            }
        }
        factor
    }
}

impl Unit {
    /// A single named unit.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::Unit::named("CNY").to_string(), "CNY");
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            factors: vec![(name.to_owned(), 1)],
        }
    }

    /// Times a power of a named unit.
    ///
    /// ```
    /// let mut unit = exhibit_facts::Unit::named("CNY");
    /// unit.multiply("people", -1);
    /// assert_eq!(unit.to_string(), "CNY/people");
    /// ```
    pub fn multiply(&mut self, name: &str, power: i32) {
        if let Some(entry) = self.factors.iter_mut().find(|(known, _)| known == name) {
            entry.1 += power;
        } else {
            self.factors.push((name.to_owned(), power));
        }
        self.factors.retain(|(_, power)| *power != 0);
        self.factors.sort_by_key(|(_, power)| *power < 0);
    }

    /// True for `%`.
    ///
    /// ```
    /// assert!(exhibit_facts::Unit::named("%").is_percent());
    /// ```
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.factors == [("%".to_owned(), 1)]
    }
}

impl std::fmt::Display for Unit {
    /// The written form; `1` for a pure number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |sign: i32| {
            let names: Vec<&str> = self
                .factors
                .iter()
                .filter(|(_, power)| power.signum() == sign)
                .flat_map(|(name, power)| {
                    std::iter::repeat_n(name.as_str(), power.unsigned_abs() as usize)
                })
                .collect();
            names.join("*")
        };
        let (above, below) = (part(1), part(-1));
        f.write_str(if above.is_empty() { "1" } else { &above })?;
        if below.is_empty() {
            Ok(())
        } else {
            write!(f, "/{below}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_read_and_print_back() {
        let units = Units::builtin();
        for text in ["%", "CNY", "CNY/people", "people*hours", "1", "1/months"] {
            assert_eq!(units.parse(text).unwrap().to_string(), text);
        }
        assert_eq!(units.parse("furlongs").unwrap_err().name, "furlongs");
    }

    #[test]
    fn every_unit_has_a_singular_and_a_plural() {
        let units = Units::builtin();
        // One form for both, as the language has it.
        let alike = ["CNY", "JPY", "KRW", "ZAR", "XXX", "%"];
        for name in units.names() {
            let words = &units.get(name).unwrap().words[&Language::English];
            assert_eq!(words.one == words.other, alike.contains(&name), "{name}");
        }
    }

    #[test]
    fn percent_is_a_pure_number_and_years_are_months() {
        let units = Units::builtin();
        assert!(units.dimensions(&units.parse("%").unwrap()).is_empty());
        assert_eq!(
            units.dimensions(&units.parse("CNY/years").unwrap()),
            units.dimensions(&units.parse("CNY/months").unwrap())
        );
        assert_eq!(
            units.factor(&units.parse("years").unwrap()).to_string(),
            "12"
        );
    }
}
