//! Addresses: names of facts. `deliveries@2024-06`, `female_share[basis=owners]@2024`, `event:launch`.

use std::collections::BTreeMap;
use std::fmt;

use crate::period::Period;

/// True for a text that an address can name as the value of a dimension, wherever addresses stand: in prose, formulas and lists.
///
/// ```
/// use exhibit_facts::address::is_dimension_value;
/// assert!(is_dimension_value("media forecast"));
/// assert!(!is_dimension_value("a, b"));
/// ```
#[must_use]
pub fn is_dimension_value(value: &str) -> bool {
    !value.is_empty()
        && value.trim() == value
        && !value
            .contains(|ch: char| matches!(ch, ',' | ';' | '=' | '|' | '[' | ']') || ch.is_control())
        && !value.contains("{{")
        && !value.contains("}}")
}

/// A written address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The metric's id.
    pub metric: String,
    /// Dimension values; what is not named may be anything.
    pub dimensions: BTreeMap<String, String>,
    /// The period; what is not named may be any.
    pub period: Option<Period>,
}

/// Where and why a text is not an address. [`Display`](fmt::Display) gives the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddressError {
    /// Byte in the text where it goes wrong.
    pub at: usize,
    /// Why.
    pub kind: AddressErrorKind,
}

/// Why a text is not an address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressErrorKind {
    /// It does not begin with the id of a metric.
    Metric,
    /// A bracket is not closed.
    Bracket,
    /// A dimension has no `=`.
    Dimension,
    /// A dimension is named twice.
    Repeated,
    /// No period stands behind `@`.
    Period,
    /// Text is left over behind the address.
    Rest(String),
}

impl fmt::Display for AddressErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Metric => "an address must begin with the id of a metric",
            Self::Bracket => "`[` has no closing `]`",
            Self::Dimension => "a dimension must be written `name=value`",
            Self::Repeated => "a dimension stands twice",
            Self::Period => "a period must follow `@`, such as 2023, 2024-06 or 2024-Q2",
            Self::Rest(rest) => {
                return write!(f, "`{rest}` does not belong to an address");
            }
        })
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for AddressError {}

impl std::str::FromStr for Address {
    type Err = AddressError;

    /// Takes a written address apart, as [`Address::parse`] does.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::parse(text)
    }
}

impl Address {
    /// Takes a written address apart.
    ///
    /// ```
    /// use exhibit_facts::address::Address;
    /// let address = Address::parse("female_share[basis=owners]@2024").unwrap();
    /// assert_eq!(address.to_string(), "female_share[basis=owners]@2024");
    /// ```
    ///
    /// # Errors
    /// Where and why the text is not an address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let (address, rest) = Self::read(text)?;
        if rest == text.len() {
            Ok(address)
        } else {
            Err(AddressError {
                at: rest,
                kind: AddressErrorKind::Rest(text[rest..].to_owned()),
            })
        }
    }

    /// Reads an address from the begin of a text, and gives the byte where it ends.
    ///
    /// ```
    /// use exhibit_facts::address::Address;
    /// let (address, end) = Address::read("sales@2023 / 2").unwrap();
    /// assert_eq!((address.metric.as_str(), end), ("sales", 10));
    /// ```
    ///
    /// # Errors
    /// Where and why the text is not an address.
    pub fn read(text: &str) -> Result<(Self, usize), AddressError> {
        let error = |at: usize, kind| Err(AddressError { at, kind });
        let name = text
            .find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-')))
            .unwrap_or(text.len());
        // A minus after a name belongs to the name only if a letter or digit follows: `a-b` is a name, `a - b` is not.
        let name = text[..name].trim_end_matches('-').len();
        if name == 0 || !text.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            return error(0, AddressErrorKind::Metric);
        }
        let metric = text[..name].to_owned();
        let mut at = name;
        let mut dimensions = BTreeMap::new();
        if text[at..].starts_with('[') {
            let Some(close) = text[at..].find(']') else {
                return error(at, AddressErrorKind::Bracket);
            };
            for part in text[at + 1..at + close].split(',') {
                let Some((dimension, value)) = part.split_once('=') else {
                    return error(at + 1, AddressErrorKind::Dimension);
                };
                if dimensions
                    .insert(dimension.trim().to_owned(), value.trim().to_owned())
                    .is_some()
                {
                    return error(at + 1, AddressErrorKind::Repeated);
                }
            }
            at += close + 1;
        }
        let mut period = None;
        if text[at..].starts_with('@') {
            let from = at + 1;
            let length = text[from..]
                .find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '-' | '.' | '~')))
                .unwrap_or(text.len() - from);
            let Some(found) = Period::parse(&text[from..from + length]) else {
                return error(from, AddressErrorKind::Period);
            };
            period = Some(found);
            at = from + length;
        }
        Ok((
            Self {
                metric,
                dimensions,
                period,
            },
            at,
        ))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.metric)?;
        if !self.dimensions.is_empty() {
            let parts: Vec<String> = self
                .dimensions
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            write!(f, "[{}]", parts.join(","))?;
        }
        if let Some(period) = &self.period {
            write!(f, "@{period}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What passes for a dimension value comes back out of every address that names it, alone and among others.
    #[test]
    fn what_can_be_said_is_understood() {
        let parts = [
            "a", " ", ",", ";", "=", "|", "[", "]", "{", "}", "@", "2023", "#", "\n", "東", "~",
        ];
        let mut sound = 0;
        for first in parts {
            for second in parts {
                for third in ["", "b", "}", " "] {
                    let value = format!("{first}{second}{third}");
                    if !is_dimension_value(&value) {
                        continue;
                    }
                    sound += 1;
                    let address = Address {
                        metric: "m".to_owned(),
                        dimensions: BTreeMap::from([
                            ("x".to_owned(), value.clone()),
                            ("y".to_owned(), value),
                        ]),
                        period: Period::parse("2023"),
                    };
                    let written = address.to_string();
                    assert!(
                        !written.contains("{{") && !written.contains("}}"),
                        "{written}"
                    );
                    assert_eq!(Address::parse(&written), Ok(address));
                }
            }
        }
        assert!(sound > 100);
        for value in [
            "", " a", "a\n", "a,b", "a;b", "a=b", "a|b", "a[b", "a]b", "a}}",
        ] {
            assert!(!is_dimension_value(value), "{value:?}");
        }
    }
}
