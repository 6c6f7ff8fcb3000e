//! Formulas over addresses: `rd_spend@2023 / (1 + rd_growth@2023)`.

use num_rational::BigRational;

use crate::address::Address;
use crate::number;

/// A formula, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number of its own, exact.
    Number(BigRational),
    /// A fact; the index into the list of references.
    Reference(usize),
    /// The other sign.
    Negate(Box<Formula>),
    /// Two parts joined.
    Join(Operator, Box<Formula>, Box<Formula>),
    /// A named function.
    Call(Function, Vec<Formula>),
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
    /// `share(part, whole)`: part of whole.
    Share,
    /// `growth(before, after)`: after / before - 1.
    Growth,
    /// `before(after, growth)`: the inverse of growth, after / (1 + growth).
    Before,
    /// `cagr(before, after, steps)`: compound growth for each step.
    Cagr,
}

const FUNCTIONS: [(&str, Function, std::ops::RangeInclusive<usize>); 6] = [
    ("sum", Function::Sum, 1..=99),
    ("mean", Function::Mean, 1..=99),
    ("share", Function::Share, 2..=2),
    ("growth", Function::Growth, 2..=2),
    ("before", Function::Before, 2..=2),
    ("cagr", Function::Cagr, 3..=3),
];

/// Longest formula, and deepest: nobody reads longer ones.
const MAX_LENGTH: usize = 2_000;
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
}

/// Where and why a text is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte in the formula.
    pub at: usize,
    /// Why.
    pub reason: String,
}

/// Takes a formula apart, and lists its addresses in order of appearance.
///
/// ```
/// let (_, references) = exhibit_core::formula::parse("a@2023 / (1 + b)").unwrap();
/// assert_eq!(references.len(), 2);
/// ```
///
/// # Errors
/// Where and why it is no formula.
pub fn parse(text: &str) -> Result<(Formula, Vec<Reference>), Fault> {
    if text.len() > MAX_LENGTH {
        return Err(Fault {
            at: 0,
            reason: format!(
                "a formula of {} bytes is beyond reading; {MAX_LENGTH} are allowed",
                text.len()
            ),
        });
    }
    let mut parser = Parser {
        text,
        at: 0,
        references: Vec::new(),
        depth: 0,
    };
    let formula = parser.sum()?;
    parser.skip();
    if parser.at < text.len() {
        return parser.fault(format!(
            "`{}` was not expected here",
            parser.rest().chars().next().unwrap_or(' ')
        ));
    }
    if parser.references.is_empty() {
        parser.at = 0;
        return parser.fault("a formula names at least one metric");
    }
    Ok((formula, parser.references))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    references: Vec<Reference>,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn fault<T>(&self, reason: impl Into<String>) -> Result<T, Fault> {
        Err(Fault {
            at: self.at,
            reason: reason.into(),
        })
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn sum(&mut self) -> Result<Formula, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fault("parentheses are nested too deep");
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

    fn product(&mut self) -> Result<Formula, Fault> {
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

    fn part(&mut self) -> Result<Formula, Fault> {
        self.skip();
        if self.take('-') {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return self.fault("signs are nested too deep");
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
                self.fault("a `(` has no `)`")
            };
        }
        let rest = self.rest();
        match rest.chars().next() {
            None => self.fault("the formula ends where a number or an address should stand"),
            Some(ch) if ch.is_ascii_digit() => {
                let length = rest
                    .find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | '_')))
                    .unwrap_or(rest.len());
                let amount =
                    number::amount(&rest[..length]).or_else(|fault| self.fault(fault.reason))?;
                self.at += length;
                Ok(Formula::Number(amount.value))
            }
            Some(ch) if ch.is_ascii_alphabetic() => {
                for (name, function, arguments) in &FUNCTIONS {
                    if rest
                        .strip_prefix(name)
                        .is_some_and(|after| after.trim_start().starts_with('('))
                    {
                        self.at += name.len();
                        return self.call(name, *function, arguments);
                    }
                }
                let (address, length) = Address::read(rest).map_err(|fault| Fault {
                    at: self.at + fault.at,
                    reason: fault.reason,
                })?;
                if rest[length..].trim_start().starts_with('(') {
                    let names: Vec<&str> = FUNCTIONS.iter().map(|(name, ..)| *name).collect();
                    return self.fault(format!(
                        "`{}` is no function; there are {}",
                        &rest[..length],
                        names.join(", ")
                    ));
                }
                self.references.push(Reference {
                    address,
                    start: self.at,
                    end: self.at + length,
                });
                self.at += length;
                Ok(Formula::Reference(self.references.len() - 1))
            }
            Some(ch) => self.fault(format!("`{ch}` was not expected here")),
        }
    }

    fn call(
        &mut self,
        name: &str,
        function: Function,
        arguments: &std::ops::RangeInclusive<usize>,
    ) -> Result<Formula, Fault> {
        let begin = self.at;
        self.take('(');
        let mut parts = vec![self.sum()?];
        while self.take(',') {
            parts.push(self.sum()?);
        }
        if !self.take(')') {
            return self.fault("a `(` has no `)`");
        }
        if !arguments.contains(&parts.len()) {
            self.at = begin;
            return self.fault(format!(
                "`{name}` takes {} parts, not {}",
                arguments.start(),
                parts.len()
            ));
        }
        Ok(Formula::Call(function, parts))
    }
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
    fn faults_say_where() {
        for (text, at) in [
            ("a +", 3),
            ("(a", 2),
            ("a b", 2),
            ("foo(a)", 0),
            ("share(a)", 5),
            ("1 + 2", 0),
            ("a @ 2", 2),
            ("a / %", 4),
            ("", 0),
        ] {
            assert_eq!(parse(text).expect_err(text).at, at, "{text}");
        }
        assert!(parse(&"(".repeat(1_500)).is_err());
        assert!(parse(&"-".repeat(1_500)).is_err());
    }
}
