//! A number in a cell, as offices write it: `1.234,5`, `$1,300.00`, `(12)`, `12 %`.
//!
//! A cell is read only where it has one reading. The decimal sign is a point unless the data set says otherwise, so that `1,234` may be
//! a thousand or a little more than one: both are given back.

use std::borrow::Cow;

use exhibit_facts::number;
use exhibit_facts::quantity::Value;

/// How the numbers of a table are written, and what they count.
pub(crate) struct Numerals<'t> {
    pub decimal: Option<char>,
    pub thousands: Option<char>,
    /// Texts of the author that may stand around a number.
    pub signs: &'t [String],
    /// The unit of the metric, as it is written.
    pub unit: &'t str,
    /// Nobody said what a comma or a point is, and semicolons separate the cells: a point may group digits.
    pub points_may_group: bool,
}

/// Why a cell is no number, and the way out.
#[derive(Debug)]
pub(crate) struct CellError {
    pub reason: String,
    pub help: String,
}

/// Signs of currencies, and the currencies that have them.
const CURRENCIES: [(&str, &[&str]); 19] = [
    ("US$", &["USD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("HK$", &["HKD"]),
    ("NT$", &["TWD"]),
    ("S$", &["SGD"]),
    ("R$", &["BRL"]),
    ("$", &["USD", "AUD", "CAD", "HKD", "TWD", "SGD", "MXN"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["CNY", "JPY"]),
    ("￥", &["CNY", "JPY"]),
    ("元", &["CNY"]),
    ("円", &["JPY"]),
    ("₩", &["KRW"]),
    ("₹", &["INR"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("kr", &["SEK", "NOK", "DKK"]),
];

/// Spaces that group digits.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

/// Signs that qualify a number, or make it negative.
const BEFORE: [char; 9] = ['~', '<', '>', '=', '≤', '≥', '-', '+', '±'];

impl Numerals<'_> {
    /// True where a plain decimal means what it says, so that nothing of it has to be looked at again.
    pub(super) fn are_plain(&self) -> bool {
        self.decimal != Some(',') && !matches!(self.thousands, Some('.')) && !self.points_may_group
    }

    /// Reads a cell that is not empty.
    ///
    /// # Errors
    /// The cell is no number, has more than one reading, or counts in another unit than the metric.
    pub(crate) fn value(&self, cell: &str) -> Result<Value, CellError> {
        let plain = self.plain(cell)?;
        number::value(&plain).map_err(|error| match error {
            number::NumberError::NotANumber(_) | number::NumberError::UnknownMultiplier(_) => {
                CellError {
                    reason: format!("`{cell}` is not a number"),
                    help: format!(
                        "write `na: [\"{cell}\"]` where the cell says that there is no number, `signs: [\"…\"]` for a text around the \
                         number, or exclude the row with `where`"
                    ),
                }
            }
            other => CellError {
                reason: other.to_string(),
                help: other.help(),
            },
        })
    }

    /// The cell as the short form of a value: without currency, percent sign and groups, with a decimal point.
    fn plain<'c>(&self, cell: &'c str) -> Result<Cow<'c, str>, CellError> {
        if self.are_plain() && is_plain(cell) {
            return Ok(Cow::Borrowed(cell));
        }
        let mut text: String = cell.chars().map(ascii).collect();
        let negative = accounting(&mut text);
        self.strip(&mut text, cell)?;
        let negative = accounting(&mut text) || negative;
        if let Some(body) = text.strip_suffix('-')
            && body.ends_with(|ch: char| ch.is_ascii_digit())
        {
            text = format!("-{body}");
        }
        let text = self.digits(&text, cell)?;
        Ok(Cow::Owned(match negative {
            true => format!("-{text}"),
            false => text,
        }))
    }

    /// Takes away what stands around the number: the author's signs, the currency and the percent sign of the unit.
    fn strip(&self, text: &mut String, cell: &str) -> Result<(), CellError> {
        loop {
            let before = text.len();
            for sign in self.signs {
                take(text, sign);
            }
            for (sign, codes) in CURRENCIES {
                if !take(text, sign) {
                    continue;
                }
                if !codes.iter().any(|code| self.counts(code)) {
                    return Err(self.other_unit(sign, cell));
                }
            }
            for code in self.unit_parts() {
                if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    take(text, code);
                }
            }
            if text.ends_with('%') || text.starts_with('%') {
                if !self.counts("%") {
                    return Err(self.other_unit("%", cell));
                }
                take(text, "%");
            }
            if text.len() == before {
                return Ok(());
            }
        }
    }

    /// The names in the unit of the metric.
    fn unit_parts(&self) -> impl Iterator<Item = &str> {
        self.unit.split(['/', '*', ' '])
    }

    fn counts(&self, code: &str) -> bool {
        self.unit_parts().any(|part| part == code)
    }

    fn other_unit(&self, sign: &str, cell: &str) -> CellError {
        let unit = if self.unit.is_empty() {
            "the metric has no unit".to_owned()
        } else {
            format!("the unit of the metric is `{}`", self.unit)
        };
        CellError {
            reason: format!("`{cell}` counts in `{sign}`, but {unit}"),
            help: format!(
                "correct `unit` of the metric, or write `signs: [\"{sign}\"]` if the sign says nothing"
            ),
        }
    }

    /// The text with every run of digits in plain form.
    fn digits(&self, text: &str, cell: &str) -> Result<String, CellError> {
        let chars: Vec<char> = text.chars().collect();
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let joins = |at: usize| {
            let sign = chars[at];
            (matches!(sign, '.' | ',' | '\'' | '’' | '_') || SPACES.contains(&sign))
                && digit(at + 1)
        };
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        while at < chars.len() {
            // ".5" is a number, but the second point of "1..5" belongs to a range.
            let leading = matches!(chars[at], '.' | ',')
                && digit(at + 1)
                && (at == 0 || BEFORE.contains(&chars[at - 1]) || chars[at - 1] == ' ');
            if !chars[at].is_ascii_digit() && !leading {
                plain.push(chars[at]);
                at += 1;
                continue;
            }
            let begin = at;
            while at < chars.len() && (digit(at) || joins(at)) {
                at += 1;
            }
            let run: String = chars[begin..at].iter().collect();
            plain.push_str(&self.run(&run, cell)?);
        }
        Ok(plain)
    }

    /// A run of digits and of the signs between them in plain form.
    fn run(&self, run: &str, cell: &str) -> Result<String, CellError> {
        let commas = run.matches(',').count();
        let points = run.matches('.').count();
        let decimal = match (self.decimal, self.thousands) {
            (Some(sign), _) => sign,
            (None, Some(',')) => '.',
            (None, Some('.')) => ',',
            // Neither of the two groups digits.
            (None, Some(_)) if points == 0 && commas == 1 => ',',
            (None, Some(_)) => '.',
            (None, None) => self.unsaid(run, cell, commas, points)?,
        };
        let (whole, fraction) = run.split_once(decimal).unwrap_or((run, ""));
        let whole = if whole.is_empty() { "0" } else { whole };
        let grouped = |text: &str| text.contains(|ch: char| !ch.is_ascii_digit() && ch != '_');
        if grouped(fraction) || (grouped(whole) && !self.well_grouped(whole, decimal)) {
            return Err(CellError {
                reason: format!("`{cell}` is not a number: its digits do not stand in groups of three"),
                help: "correct the cell; `decimal` and `thousands` of the table say what a comma and a point mean".to_owned(),
            });
        }
        let mut plain: String = whole
            .chars()
            .filter(|ch| ch.is_ascii_digit() || *ch == '_')
            .collect();
        if run.contains(decimal) {
            plain.push('.');
            plain.push_str(fraction);
        }
        Ok(plain)
    }

    /// The decimal sign of a run that has one reading alone.
    fn unsaid(
        &self,
        run: &str,
        cell: &str,
        commas: usize,
        points: usize,
    ) -> Result<char, CellError> {
        let comma_decimal = || CellError {
            reason: format!("`{cell}` has a decimal comma, and the table does not say so"),
            help: "add `decimal: \",\"` to the table".to_owned(),
        };
        let groups = |sign: char| {
            let parts: Vec<&str> = run.split(sign).collect();
            parts.len() == 2
                && (1..=3).contains(&parts[0].len())
                && parts[1].len() == 3
                && parts[0] != "0"
        };
        let two_readings = |sign: char| {
            let grouped = run.replace(sign, "");
            let split = run.replace(sign, ".");
            CellError {
                reason: format!(
                    "`{cell}` has two readings: {grouped}, and {split} with a decimal {}",
                    if sign == ',' { "comma" } else { "point" }
                ),
                help: if sign == ',' {
                    "add `thousands: \",\"` to the table if a comma groups digits, or `decimal: \",\"` if it is the decimal sign".to_owned()
                } else {
                    "semicolons separate the cells, as in countries with a decimal comma: add `decimal: \",\"` to the table, or `decimal: \".\"` if the point is the decimal sign".to_owned()
                },
            }
        };
        match (commas, points) {
            (0, 0) => Ok('.'),
            (0, 1) if self.points_may_group && groups('.') => Err(two_readings('.')),
            (0, 1) => Ok('.'),
            (1, 0) if groups(',') && !run.contains(SPACES) => Err(two_readings(',')),
            (1, 0) => Err(comma_decimal()),
            (_, 0) => Ok('.'),
            (_, 1) if run.rfind(',') < run.find('.') => Ok('.'),
            _ => Err(comma_decimal()),
        }
    }

    /// True for groups of three digits behind one kind of sign, the first group shorter. Groups of two before the last are those of India.
    fn well_grouped(&self, whole: &str, decimal: char) -> bool {
        let mut signs = whole
            .chars()
            .filter(|ch| !ch.is_ascii_digit() && *ch != '_');
        let Some(sign) = signs.next() else {
            return true;
        };
        let apostrophe = |ch: char| matches!(ch, '\'' | '’');
        let same = |ch: char| {
            ch == sign
                || (apostrophe(ch) && apostrophe(sign))
                || (SPACES.contains(&ch) && SPACES.contains(&sign))
        };
        if sign == decimal || !signs.all(same) {
            return false;
        }
        let fits = match self.thousands {
            None => true,
            Some(' ') => SPACES.contains(&sign),
            Some('\'') => apostrophe(sign),
            Some(said) => said == sign,
        };
        let groups: Vec<&str> = whole.split(same).collect();
        let (first, rest) = (groups[0], &groups[1..]);
        let last = rest.last().map_or(0, |group| group.len());
        let threes = rest.iter().all(|group| group.len() == 3);
        let twos = sign == ','
            && rest[..rest.len() - 1].iter().all(|group| group.len() == 2)
            && first.len() <= 2;
        fits && (1..=3).contains(&first.len()) && last == 3 && (threes || twos)
    }
}

/// Full-width signs and the many minus signs as those of ASCII.
fn ascii(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => u32::from(ch)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(ch),
        '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        '\u{3000}' => ' ',
        other => other,
    }
}

/// True for digits with at most one point among them, and signs before them: nothing has to be taken away.
fn is_plain(cell: &str) -> bool {
    let body = cell.trim_start_matches(['-', '<', '>', '=', '~', ' ']);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// Parentheses around a number, which make it negative, are taken away.
fn accounting(text: &mut String) -> bool {
    let inner = text
        .trim()
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| {
            inner.contains(|ch: char| ch.is_ascii_digit()) && !inner.contains(['(', ')', '-'])
        })
        .map(|inner| inner.trim().to_owned());
    let found = inner.is_some();
    if let Some(inner) = inner {
        *text = inner;
    }
    found
}

/// Takes a sign from the begin or the end of a text, also from behind a minus or a qualifier, or from within parentheses.
fn take(text: &mut String, sign: &str) -> bool {
    let whole = text.trim();
    let body = whole.trim_start_matches(|ch| BEFORE.contains(&ch) || ch == ' ');
    let head = &whole[..whole.len() - body.len()];
    let word = sign.ends_with(char::is_alphabetic);
    let rest = body
        .strip_prefix(sign)
        // "kr" is no part of another word.
        .filter(|rest| !(word && rest.starts_with(char::is_alphabetic)))
        .map(str::trim_start)
        .or_else(|| {
            body.strip_suffix(sign)
                .filter(|rest| !(word && rest.ends_with(char::is_alphabetic)))
                .map(str::trim_end)
        });
    let Some(rest) = rest else {
        return false;
    };
    *text = format!("{}{rest}", head.trim_end());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numerals<'t>(decimal: Option<char>, thousands: Option<char>, unit: &'t str) -> Numerals<'t> {
        Numerals {
            decimal,
            thousands,
            signs: &[],
            unit,
            points_may_group: false,
        }
    }

    fn plain(numerals: &Numerals<'_>, cell: &str) -> Result<String, String> {
        match numerals.value(cell) {
            Ok(_) => Ok(numerals.plain(cell).expect("plain").into_owned()),
            Err(error) => Err(error.reason),
        }
    }

    #[test]
    fn one_reading_needs_no_word() {
        let numerals = numerals(None, None, "USD/people");
        for (cell, expected) in [
            ("1234.5", "1234.5"),
            ("-5", "-5"),
            ("> 10", "> 10"),
            ("1,234.5", "1234.5"),
            ("1,234,567", "1234567"),
            ("12,34,567.5", "1234567.5"),
            ("1 234 567", "1234567"),
            (
                "1\u{a0}234,567.1".replace(",567", "\u{202f}567").as_str(),
                "1234567.1",
            ),
            ("1'234'567.25", "1234567.25"),
            ("1’234", "1234"),
            ("$1,234.50", "1234.50"),
            ("$ 5", "5"),
            ("-$5", "-5"),
            ("$-5", "-5"),
            ("5 USD", "5"),
            ("USD 5", "5"),
            ("US$1,000,000", "1000000"),
            ("($1,234.5)", "-1234.5"),
            ("$(5)", "-5"),
            ("(12)", "-12"),
            ("12-", "-12"),
            ("\u{2212}7.5", "-7.5"),
            ("–7", "-7"),
            ("１２．５", "12.5"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1.5E+06", "1.5E+06"),
            ("< $1,234.5", "<1234.5"),
            ("40..50", "40..50"),
            ("1 million", "1 million"),
            ("$1.5 million", "1.5 million"),
            ("10_000", "10_000"),
            ("0.999", "0.999"),
        ] {
            assert_eq!(plain(&numerals, cell).as_deref(), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn two_readings_are_asked_back() {
        let numerals = numerals(None, None, "EUR");
        for (cell, words) in [
            ("1,234", "two readings: 1234, and 1.234"),
            ("> 10,000", "two readings: 10000, and 10.000"),
            ("12,5", "decimal comma"),
            ("1.234,5", "decimal comma"),
            ("1.234.567", "decimal comma"),
            ("0,123", "decimal comma"),
            ("1 234,5", "decimal comma"),
            ("12 34", "groups of three"),
            ("$5", "counts in `$`, but the unit of the metric is `EUR`"),
            ("5 %", "counts in `%`"),
            ("n/a", "`n/a` is not a number"),
            ("5 apples", "`5 apples` is not a number"),
            ("5*", "not a number"),
            ("(a)", "not a number"),
            ("", "the number is missing"),
        ] {
            let reason = plain(&numerals, cell).expect_err(cell);
            assert!(reason.contains(words), "{cell}: {reason}");
        }
        let semicolons = Numerals {
            points_may_group: true,
            ..numerals
        };
        assert!(
            plain(&semicolons, "1.234")
                .expect_err("two")
                .contains("two readings: 1234, and 1.234")
        );
        assert_eq!(plain(&semicolons, "0.234").as_deref(), Ok("0.234"));
        assert_eq!(plain(&semicolons, "1.2345").as_deref(), Ok("1.2345"));
    }

    #[test]
    fn a_word_settles_the_signs() {
        for (decimal, thousands, cell, expected) in [
            (Some(','), None, "1.234,5", Some("1234.5")),
            (Some(','), None, "1.234", Some("1234")),
            (Some(','), None, "12,5", Some("12.5")),
            (Some(','), None, "1 234,5", Some("1234.5")),
            (Some(','), None, "1.5", None),
            (Some(','), Some(' '), "1.234", None),
            (Some('.'), None, "1,234", Some("1234")),
            (Some('.'), None, "12,5", None),
            (None, Some(','), "1,234", Some("1234")),
            (None, Some(','), "1.234", Some("1.234")),
            (None, Some('.'), "1.234", Some("1234")),
            (None, Some('.'), "1.234,5", Some("1234.5")),
            (None, Some(' '), "1 234,5", Some("1234.5")),
            (None, Some('\''), "1'234.5", Some("1234.5")),
            (None, Some('\''), "1,234.5", None),
            (Some(','), None, "(1.234,5) €", Some("-1234.5")),
            (Some(','), None, "-1.234,5 €", Some("-1234.5")),
        ] {
            let numerals = numerals(decimal, thousands, "EUR");
            assert_eq!(
                plain(&numerals, cell).ok().as_deref(),
                expected,
                "{decimal:?} {thousands:?} {cell}"
            );
        }
        let percent = numerals(None, None, "%");
        assert_eq!(plain(&percent, "12.5 %").as_deref(), Ok("12.5"));
        let signs = ["*".to_owned(), "Mio.".to_owned(), "$".to_owned()];
        let stripped = Numerals {
            signs: &signs,
            ..numerals(None, None, "EUR")
        };
        assert_eq!(plain(&stripped, "$5.5 Mio.*").as_deref(), Ok("5.5"));
    }
}
