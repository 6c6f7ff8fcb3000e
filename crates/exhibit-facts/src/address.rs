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

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte in the text where it goes wrong.
    pub at: usize,
    /// Why.
    pub reason: String,
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
    /// Where and why it is no address.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (address, rest) = Self::read(text)?;
        if rest == text.len() {
            Ok(address)
        } else {
            Err(Fault {
                at: rest,
                reason: format!("`{}` does not belong to an address", &text[rest..]),
            })
        }
    }

    /// Reads an address from the begin of a text, and gives the byte where it ends.
    ///
    /// # Errors
    /// Where and why it is no address.
    pub fn read(text: &str) -> Result<(Self, usize), Fault> {
        let fault = |at: usize, reason: &str| {
            Err(Fault {
                at,
                reason: reason.to_owned(),
            })
        };
        let name = text
            .find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-')))
            .unwrap_or(text.len());
        // A minus after a name belongs to the name only if a letter or digit follows: `a-b` is a name, `a - b` is not.
        let name = text[..name].trim_end_matches('-').len();
        if name == 0 || !text.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            return fault(0, "an address begins with the id of a metric");
        }
        let metric = text[..name].to_owned();
        let mut at = name;
        let mut dimensions = BTreeMap::new();
        if text[at..].starts_with('[') {
            let Some(close) = text[at..].find(']') else {
                return fault(at, "a `[` has no `]`");
            };
            for part in text[at + 1..at + close].split(',') {
                let Some((dimension, value)) = part.split_once('=') else {
                    return fault(at + 1, "a dimension is written `name=value`");
                };
                if dimensions
                    .insert(dimension.trim().to_owned(), value.trim().to_owned())
                    .is_some()
                {
                    return fault(at + 1, "a dimension stands twice");
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
                return fault(
                    from,
                    "after `@` stands a period, such as 2023, 2024-06 or 2024-Q2",
                );
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
                    let said = address.to_string();
                    assert!(!said.contains("{{") && !said.contains("}}"), "{said}");
                    assert_eq!(Address::parse(&said), Ok(address));
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
