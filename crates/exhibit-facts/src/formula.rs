//! Formulas over addresses: `rd_spend@2023 / (1 + rd_growth@2023)`.

use std::fmt;

use num_rational::BigRational;

use crate::address::{Address, AddressErrorKind};
use crate::number::{self, NumberError};
use crate::period::is_frequency;
use crate::rounding::power_of_ten;

/// A formula, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number of its own, exact.
    Number(BigRational),
    /// A number with a unit, exact: `1.95 million jobs`, `365 days`. The unit is as written.
    Amount(BigRational, String),
    /// A fact; the index into the list of references.
    Reference(usize),
    /// The other sign.
    Negate(Box<Formula>),
    /// Two parts joined.
    Join(Operator, Box<Formula>, Box<Formula>),
    /// A named function.
    Call(Function, Vec<Formula>),
    /// A fact beside all that it is one of, for [`Function::Share`] and [`Function::Rank`]: the indices of the two references.
    Beside(Function, usize, usize),
}

/// How two parts are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// Named functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `sum(a, b, …)`
    Sum,
    /// `mean(a, b, …)`
    Mean,
    /// `share(part, whole)`: part of whole; `share(a over region)`: each value's part of the sum.
    Share,
    /// `growth(before, after)`: after / before - 1.
    Growth,
    /// `before(after, growth)`: the inverse of growth, after / (1 + growth).
    Before,
    /// `cagr(before, after, steps)`: compound growth for each step.
    Cagr,
    /// `last(a over month)`: the latest.
    Last,
    /// `first(a over month)`: the earliest.
    First,
    /// `abs(a)`: the magnitude, without its sign.
    Abs,
    /// `most(a, b, …)` or `max(a, b, …)`: the largest.
    Most,
    /// `least(a, b, …)` or `min(a, b, …)`: the smallest.
    Least,
    /// `rank(a over region)`: the place of each among all, the largest first.
    Rank,
}

const FUNCTIONS: [(&str, Function, std::ops::RangeInclusive<usize>); 14] = [
    ("sum", Function::Sum, 1..=99),
    ("mean", Function::Mean, 1..=99),
    ("share", Function::Share, 2..=2),
    ("growth", Function::Growth, 2..=2),
    ("before", Function::Before, 2..=2),
    ("cagr", Function::Cagr, 3..=3),
    ("last", Function::Last, 0..=0),
    ("first", Function::First, 0..=0),
    ("most", Function::Most, 1..=99),
    ("least", Function::Least, 1..=99),
    // A second name of the two above, as spreadsheets call them.
    ("max", Function::Most, 1..=99),
    ("min", Function::Least, 1..=99),
    ("rank", Function::Rank, 0..=0),
    ("abs", Function::Abs, 1..=1),
];

impl Function {
    /// Its name in formulas.
    ///
    /// ```
    /// assert_eq!(exhibit_facts::formula::Function::Cagr.name(), "cagr");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        FUNCTIONS
            .iter()
            .find(|(_, function, _)| *function == self)
            .map_or("", |(name, ..)| *name)
    }

    /// It may run over all values of a dimension, or over time.
    const fn runs_over(self) -> bool {
        !matches!(self, Self::Growth | Self::Before | Self::Cagr | Self::Abs)
    }

    /// Over something, it looks at each value beside all others.
    const fn compares(self) -> bool {
        matches!(self, Self::Share | Self::Rank)
    }
}

/// Bytes of the longest formula: nobody reads longer ones.
const MAX_LENGTH: usize = 2_000;
/// Levels of the deepest.
const MAX_DEPTH: u32 = 40;

/// An address in a formula and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The address.
    pub address: Address,
    /// First byte in the formula.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Stands for all facts over a dimension (`sales over region`) or over time (`sales@2024 over month`), not for one.
    pub over: Option<String>,
    /// Another reference is one of these facts and decides for which period and dimension values the result is.
    pub beside: bool,
}

/// Which way a claim compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `~`: no difference is shown, since both may be the same.
    NoDifference,
}

/// Where and why a text is not a formula. [`Display`](fmt::Display) gives the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormulaError {
    /// Byte in the formula.
    pub at: usize,
    /// Why.
    pub kind: FormulaErrorKind,
}

/// Why a text is not a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormulaErrorKind {
    /// The text is longer than 2,000 bytes; how long.
    TooLong(usize),
    /// Parentheses are nested more than 40 deep.
    TooDeep,
    /// Signs are nested more than 40 deep.
    TooManySigns,
    /// No metric is named.
    NoMetric,
    /// A claim has no comparison.
    NoComparison,
    /// A character stands where none of its kind can.
    Unexpected(char),
    /// The text ends where a number or an address should stand.
    Ends,
    /// A parenthesis is not closed.
    Parenthesis,
    /// A number cannot be read.
    Number(NumberError),
    /// An address cannot be read.
    Address(AddressErrorKind),
    /// A name before a parenthesis is not a function.
    UnknownFunction(String),
    /// Something stands beside what a function runs over.
    NotAlone,
    /// This function runs over something, and nothing is named.
    RunsOver(Function),
    /// A function has another number of parts than it takes.
    Parts {
        /// The function.
        function: Function,
        /// How many parts it takes, at least.
        takes: usize,
        /// How many are written.
        given: usize,
    },
}

impl fmt::Display for FormulaErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(length) => write!(
                f,
                "a formula of {length} bytes is too long; {MAX_LENGTH} are allowed"
            ),
            Self::TooDeep => f.write_str("parentheses are nested too deep"),
            Self::TooManySigns => f.write_str("signs are nested too deep"),
            Self::NoMetric => f.write_str("a formula must contain at least one metric"),
            Self::NoComparison => {
                f.write_str("a claim must compare two formulas by >, >=, <, <=, = or ~")
            }
            Self::Unexpected(ch) => write!(f, "`{ch}` was not expected here"),
            Self::Ends => f.write_str("a number or an address is missing at the end"),
            Self::Parenthesis => f.write_str("`(` has no closing `)`"),
            Self::Number(error) => error.fmt(f),
            Self::Address(kind) => kind.fmt(f),
            Self::UnknownFunction(name) => {
                let names: Vec<&str> = FUNCTIONS.iter().map(|(name, ..)| *name).collect();
                write!(
                    f,
                    "function `{name}` does not exist; the functions are {}",
                    names.join(", ")
                )
            }
            Self::NotAlone => f.write_str("a part with `over` must be alone in its parentheses"),
            Self::RunsOver(function) => {
                let name = function.name();
                write!(
                    f,
                    "`{name}` needs `over`: {name}(metric over dimension), or over period, year, quarter, month, week or day"
                )
            }
            Self::Parts {
                function,
                takes,
                given,
            } => write!(f, "`{}` takes {takes} parts, not {given}", function.name()),
        }
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for FormulaError {}

/// Takes a formula apart, and lists its addresses in order of appearance.
///
/// ```
/// let (_, references) = exhibit_facts::formula::parse("a@2023 / (1 + b)").unwrap();
/// assert_eq!(references.len(), 2);
/// ```
///
/// # Errors
/// Where and why the text is not a formula.
pub fn parse(text: &str) -> Result<(Formula, Vec<Reference>), FormulaError> {
    let mut parser = Parser::new(text)?;
    let formula = parser.sum()?;
    Ok((formula, parser.end()?))
}

/// Takes a claim apart: two formulas and how they compare, their addresses in one list.
///
/// ```
/// use exhibit_facts::formula::{Comparison, parse_claim};
/// let (_, comparison, _, references) = parse_claim("a@2023 >= 2 * a@2022").unwrap();
/// assert_eq!((comparison, references.len()), (Comparison::AtLeast, 2));
/// ```
///
/// # Errors
/// Where and why the text is not a claim.
pub fn parse_claim(
    text: &str,
) -> Result<(Formula, Comparison, Formula, Vec<Reference>), FormulaError> {
    let mut parser = Parser::new(text)?;
    let left = parser.sum()?;
    parser.skip();
    let signs = [
        (">=", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        (">", Comparison::More),
        ("<", Comparison::Less),
        ("=", Comparison::Equal),
        ("~", Comparison::NoDifference),
        ("≈", Comparison::NoDifference),
    ];
    let Some((sign, comparison)) = signs
        .into_iter()
        .find(|(sign, _)| parser.rest().starts_with(sign))
    else {
        return parser.error(FormulaErrorKind::NoComparison);
    };
    parser.at += sign.len();
    let right = parser.sum()?;
    Ok((left, comparison, right, parser.end()?))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    references: Vec<Reference>,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, FormulaError> {
        if text.len() > MAX_LENGTH {
            return Err(FormulaError {
                at: 0,
                kind: FormulaErrorKind::TooLong(text.len()),
            });
        }
        Ok(Self {
            text,
            at: 0,
            references: Vec::new(),
            depth: 0,
        })
    }

    /// Nothing is left, and something was named: the addresses.
    fn end(mut self) -> Result<Vec<Reference>, FormulaError> {
        self.skip();
        if self.at < self.text.len() {
            let ch = self.rest().chars().next().unwrap_or(' ');
            return self.error(FormulaErrorKind::Unexpected(ch));
        }
        if self.references.is_empty() {
            self.at = 0;
            return self.error(FormulaErrorKind::NoMetric);
        }
        Ok(self.references)
    }

    /// `address over name`, if that is what stands here.
    fn group(&mut self) -> Option<(Reference, String)> {
        self.skip();
        let (address, length) = Address::read(self.rest()).ok()?;
        let after = self.rest()[length..].trim_start().strip_prefix("over")?;
        let name = after.strip_prefix(char::is_whitespace)?.trim_start();
        let width = name
            .find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_')))
            .unwrap_or(name.len());
        if width == 0 {
            return None;
        }
        let reference = Reference {
            address,
            start: self.at,
            end: self.at + length,
            over: None,
            beside: false,
        };
        self.at = self.text.len() - name.len() + width;
        Some((reference, name[..width].to_owned()))
    }

    /// A function over all values.
    fn over(&mut self, function: Function, own: Reference, name: String) -> Formula {
        let mut all = own.clone();
        all.address.dimensions.remove(&name);
        all.beside = function.compares();
        if all.beside && is_frequency(&name) {
            // Among all times, not among the one that the own fact is of.
            all.address.period = None;
        }
        all.over = Some(name);
        if function.compares() {
            self.references.extend([own, all]);
            let count = self.references.len();
            return Formula::Beside(function, count - 2, count - 1);
        }
        self.references.push(all);
        Formula::Call(
            function,
            vec![Formula::Reference(self.references.len() - 1)],
        )
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn error<T>(&self, kind: FormulaErrorKind) -> Result<T, FormulaError> {
        Err(FormulaError { at: self.at, kind })
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn sum(&mut self) -> Result<Formula, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error(FormulaErrorKind::TooDeep);
        }
        let mut left = self.product()?;
        loop {
            let operator = if self.take('+') {
                Operator::Plus
            } else if self.take('-') || self.take('\u{2212}') {
                Operator::Minus
            } else {
                self.depth -= 1;
                return Ok(left);
            };
            left = Formula::Join(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.part()?;
        loop {
            let operator = if self.take('*') || self.take('×') {
                Operator::Times
            } else if self.take('/') || self.take('÷') {
                Operator::Over
            } else {
                return Ok(left);
            };
            left = Formula::Join(operator, Box::new(left), Box::new(self.part()?));
        }
    }

    fn part(&mut self) -> Result<Formula, FormulaError> {
        self.skip();
        if self.take('-') {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return self.error(FormulaErrorKind::TooManySigns);
            }
            let inner = self.part()?;
            self.depth -= 1;
            return Ok(Formula::Negate(Box::new(inner)));
        }
        if self.take('(') {
            let inner = self.sum()?;
            return if self.take(')') {
                Ok(inner)
            } else {
                self.error(FormulaErrorKind::Parenthesis)
            };
        }
        let rest = self.rest();
        match rest.chars().next() {
            None => self.error(FormulaErrorKind::Ends),
            Some(ch) if ch.is_ascii_digit() => {
                let length = rest
                    .find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | '_')))
                    .unwrap_or(rest.len());
                let amount = number::amount(&rest[..length])
                    .or_else(|error| self.error(FormulaErrorKind::Number(error)))?;
                self.at += length;
                let (power, unit) = self.unit();
                let value = amount.value * power_of_ten(i64::from(power));
                Ok(match unit {
                    Some(unit) => Formula::Amount(value, unit),
                    None => Formula::Number(value),
                })
            }
            Some(ch) if ch.is_ascii_alphabetic() => {
                for (name, function, arguments) in &FUNCTIONS {
                    if rest
                        .strip_prefix(name)
                        .is_some_and(|after| after.trim_start().starts_with('('))
                    {
                        self.at += name.len();
                        return self.call(*function, arguments);
                    }
                }
                let (address, length) = Address::read(rest).map_err(|error| FormulaError {
                    at: self.at + error.at,
                    kind: FormulaErrorKind::Address(error.kind),
                })?;
                if rest[length..].trim_start().starts_with('(') {
                    return self
                        .error(FormulaErrorKind::UnknownFunction(rest[..length].to_owned()));
                }
                self.references.push(Reference {
                    address,
                    start: self.at,
                    end: self.at + length,
                    over: None,
                    beside: false,
                });
                self.at += length;
                Ok(Formula::Reference(self.references.len() - 1))
            }
            Some(ch) => self.error(FormulaErrorKind::Unexpected(ch)),
        }
    }

    /// What stands behind a number: a multiplier word, as its power of ten, and a unit.
    fn unit(&mut self) -> (u32, Option<String>) {
        let (mut power, mut words) = (0, Vec::new());
        loop {
            let begin = self.at;
            self.skip();
            let word = unit_word(self.rest());
            if word.is_empty() {
                self.at = begin;
                break;
            }
            let multiplied = if words.is_empty() && power == 0 {
                multiplier_before(word)
            } else {
                None
            };
            let length = match multiplied {
                Some((own, length)) => {
                    power = own;
                    length
                }
                None => {
                    words.push(word);
                    word.len()
                }
            };
            self.at += length;
        }
        (power, (!words.is_empty()).then(|| words.join(" ")))
    }

    fn call(
        &mut self,
        function: Function,
        arguments: &std::ops::RangeInclusive<usize>,
    ) -> Result<Formula, FormulaError> {
        let begin = self.at;
        self.take('(');
        if function.runs_over()
            && let Some((own, name)) = self.group()
        {
            let formula = self.over(function, own, name);
            return if self.take(')') {
                Ok(formula)
            } else {
                self.error(FormulaErrorKind::NotAlone)
            };
        }
        if *arguments.end() == 0 {
            return self.error(FormulaErrorKind::RunsOver(function));
        }
        let mut parts = vec![self.sum()?];
        while self.take(',') {
            parts.push(self.sum()?);
        }
        if !self.take(')') {
            return self.error(FormulaErrorKind::Parenthesis);
        }
        if !arguments.contains(&parts.len()) {
            self.at = begin;
            return self.error(FormulaErrorKind::Parts {
                function,
                takes: *arguments.start(),
                given: parts.len(),
            });
        }
        Ok(Formula::Call(function, parts))
    }
}

/// The word of a unit at the begin of a text: letters and signs such as `%` and `°`, and `/`, `*` and `-` between letters. Empty for none.
fn unit_word(text: &str) -> &str {
    let letter = |ch: char| ch.is_alphabetic() || "%°²³$€£¥'’".contains(ch);
    let mut end = 0;
    for (at, ch) in text.char_indices() {
        let joins = matches!(ch, '/' | '*' | '-')
            && at > 0
            && text[at + 1..].chars().next().is_some_and(letter);
        if !letter(ch) && !joins {
            break;
        }
        end = at + ch.len_utf8();
    }
    &text[..end]
}

/// The multiplier that a word is, or that a Chinese word begins with (`万辆`), and its length in bytes.
fn multiplier_before(word: &str) -> Option<(u32, usize)> {
    if let Some(power) = number::multiplier(word) {
        return Some((power, word.len()));
    }
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.filter(|end| !word.is_ascii() && !word[..*end].is_ascii())
        .filter_map(|end| Some((number::multiplier(&word[..end])?, end)))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_bind_closer_than_sums() {
        let (formula, references) = parse("a + b * c").unwrap();
        assert!(matches!(formula, Formula::Join(Operator::Plus, _, _)));
        assert_eq!(references.len(), 3);
        let (_, references) = parse("sum(m[a=x y]@2023, m[a=z]@2023) / rd-total@2023-Q1").unwrap();
        assert_eq!(references[2].address.to_string(), "rd-total@2023-Q1");
    }

    #[test]
    fn a_number_may_have_a_multiplier_and_a_unit() {
        for (text, value, unit) in [
            ("1.95 million jobs", "1950000", "jobs"),
            ("365 days", "365", "days"),
            ("2 percentage points", "2", "percentage points"),
            ("40%", "40", "%"),
            ("5 CNY/vehicles", "5", "CNY/vehicles"),
            ("150万辆", "1500000", "辆"),
            ("1.5万亿 元", "1500000000000", "元"),
            ("5 kilowatt-hours", "5", "kilowatt-hours"),
        ] {
            let (formula, references) = parse(&format!("a - {text}")).expect(text);
            assert_eq!(references.len(), 1, "{text}");
            let Formula::Join(Operator::Minus, _, right) = formula else {
                panic!("{text}: {formula:?}");
            };
            let value = BigRational::from_integer(value.parse().expect("a number"));
            assert_eq!(*right, Formula::Amount(value, unit.to_owned()), "{text}");
        }
        let (formula, _) = parse("2 * a - 1 million").expect("a formula");
        assert!(
            matches!(formula, Formula::Join(_, _, right) if matches!(*right, Formula::Number(_)))
        );
    }

    #[test]
    fn errors_say_where() {
        for (text, at) in [
            ("a +", 3),
            ("(a", 2),
            ("a b", 2),
            ("foo(a)", 0),
            ("share(a)", 5),
            ("1 + 2", 0),
            ("a @ 2", 2),
            ("a / %", 4),
            ("rank(a)", 5),
            ("sum(a over)", 6),
            ("sum(a over x, b)", 12),
            ("growth(a over x, b)", 9),
            ("", 0),
        ] {
            assert_eq!(parse(text).expect_err(text).at, at, "{text}");
        }
        for (text, at) in [("a", 1), ("a >", 3), ("a > b > c", 6), ("1 > 2", 0)] {
            assert_eq!(parse_claim(text).expect_err(text).at, at, "{text}");
        }
        assert!(parse(&"(".repeat(1_500)).is_err());
        assert!(parse(&"-".repeat(1_500)).is_err());
        let long = format!("a{} > b", " + a".repeat(100_000));
        let error = parse_claim(&long).expect_err("too long");
        assert_eq!(error.kind, FormulaErrorKind::TooLong(long.len()));
    }
}
