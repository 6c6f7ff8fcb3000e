//! Addresses: names of facts. `deliveries@2024-06`, `female_share[basis=owners]@2024`, `event:launch`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::period::Period;

/// True for a text that an address can name as the value of a dimension: any text without control characters, and without spaces at its
/// ends. What has a sign with a meaning in addresses stands in quotation marks there.
///
/// ```
/// use exhibit_facts::address::is_dimension_value;
/// assert!(is_dimension_value("Korea, Rep."));
/// assert!(!is_dimension_value(" a"));
/// ```
#[must_use]
pub fn is_dimension_value(value: &str) -> bool {
    !value.is_empty() && value.trim() == value && !value.contains(char::is_control)
}

/// True for a dimension value that needs no quotation marks, wherever addresses stand: in prose, formulas and lists.
fn is_plain(value: &str) -> bool {
    !value.contains([',', ';', '=', '|', '[', ']', '"'])
        && !value.contains("{{")
        && !value.contains("}}")
}

/// A dimension value as an address has it: in quotation marks where it has a sign with a meaning of its own. A quotation mark in it is
/// doubled.
///
/// ```
/// use exhibit_facts::address::quoted;
/// assert_eq!(quoted("media forecast"), "media forecast");
/// assert_eq!(quoted("Korea, Rep."), "\"Korea, Rep.\"");
/// ```
#[must_use]
pub fn quoted(value: &str) -> Cow<'_, str> {
    if is_plain(value) {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")))
    }
}

/// The places of a sign in a text that are not between quotation marks, as bytes.
///
/// ```
/// use exhibit_facts::address::outside_quotes;
/// let text = r#"a[x="b|c"] | label"#;
/// assert_eq!(outside_quotes(text, "|").collect::<Vec<_>>(), [11]);
/// ```
pub fn outside_quotes<'t>(text: &'t str, sign: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(sign)
        .map(|(at, _)| at)
        .filter(|at| text[..*at].matches('"').count().is_multiple_of(2))
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
    /// A quotation mark around a value is not closed, or text stands behind it.
    Quotation,
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
            Self::Quotation => {
                "a value in quotation marks must end with one; inside, write two for one"
            }
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
            let open = at;
            at += 1;
            loop {
                let (dimension, value, length) = read_dimension(&text[at..]).map_err(|kind| {
                    let bracket = kind == AddressErrorKind::Bracket;
                    AddressError {
                        at: if bracket { open } else { open + 1 },
                        kind,
                    }
                })?;
                if dimensions.insert(dimension, value).is_some() {
                    return error(open + 1, AddressErrorKind::Repeated);
                }
                at += length;
                if text[at - 1..].starts_with(']') {
                    break;
                }
            }
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

/// Reads `name=value` and the `,` or `]` behind it; gives the bytes of all three.
fn read_dimension(text: &str) -> Result<(String, String, usize), AddressErrorKind> {
    let end = text.find([',', ']']);
    let Some(equals) = text.find('=').filter(|at| end.is_none_or(|end| *at < end)) else {
        // What is not closed at all is told first.
        return Err(match text.contains(']') {
            true => AddressErrorKind::Dimension,
            false => AddressErrorKind::Bracket,
        });
    };
    let name = text[..equals].trim().to_owned();
    let behind = &text[equals + 1..];
    let value = behind.trim_start();
    let begin = text.len() - value.len();
    if let Some(inner) = value.strip_prefix('"') {
        let mut read = String::new();
        let mut rest = inner;
        loop {
            let close = rest.find('"').ok_or(AddressErrorKind::Quotation)?;
            read.push_str(&rest[..close]);
            rest = &rest[close + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    read.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        let after = rest.trim_start();
        return match after.chars().next() {
            Some(',' | ']') => Ok((name, read, text.len() - after.len() + 1)),
            Some(_) => Err(AddressErrorKind::Quotation),
            None => Err(AddressErrorKind::Bracket),
        };
    }
    let length = value.find([',', ']']).ok_or(AddressErrorKind::Bracket)?;
    Ok((name, value[..length].trim().to_owned(), begin + length + 1))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.metric)?;
        if !self.dimensions.is_empty() {
            let parts: Vec<String> = self
                .dimensions
                .iter()
                .map(|(name, value)| format!("{name}={}", quoted(value)))
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
            "a", " ", ",", ";", "=", "|", "[", "]", "{{", "}", "@", "2023", "#", "\n", "東", "~",
            "\"",
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
                    assert_eq!(outside_quotes(&written, "}}").count(), 0, "{written}");
                    assert_eq!(outside_quotes(&written, "|").count(), 0, "{written}");
                    assert_eq!(Address::parse(&written), Ok(address));
                }
            }
        }
        assert!(sound > 100);
        for value in ["", " a", "a\n", "a ", "\u{7f}"] {
            assert!(!is_dimension_value(value), "{value:?}");
        }
    }

    #[test]
    fn quotation_marks_hold_any_sign() {
        let address = Address::parse(r#"gdp[country = "Korea, Rep." , kind="a ""b"" ]"]@2020"#);
        let address = address.expect("an address");
        assert_eq!(address.dimensions["country"], "Korea, Rep.");
        assert_eq!(address.dimensions["kind"], r#"a "b" ]"#);
        assert_eq!(
            address.to_string(),
            r#"gdp[country="Korea, Rep.",kind="a ""b"" ]"]@2020"#
        );
        for (text, at, kind) in [
            ("a[x=\"b", 2, AddressErrorKind::Quotation),
            ("a[x=\"b\"c]", 2, AddressErrorKind::Quotation),
            ("a[x=\"b\"", 1, AddressErrorKind::Bracket),
            ("a[x=b", 1, AddressErrorKind::Bracket),
            ("a[x]", 2, AddressErrorKind::Dimension),
            ("a[x=b,y]", 2, AddressErrorKind::Dimension),
            ("a[x=b,x=c]", 2, AddressErrorKind::Repeated),
        ] {
            assert_eq!(
                Address::parse(text),
                Err(AddressError { at, kind }),
                "{text}"
            );
        }
    }
}
