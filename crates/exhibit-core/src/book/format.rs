//! Number formats: what they say of the number in a cell besides how it looks.
//!
//! `0.0%` makes 0.075 "7.5%". `#,##0.0,,"m"` shows 1,234,567 as "1.2m". `"> "#,##0` is a qualifier. `mmm yyyy` shows a day as its month.
//! Formats are those of ECMA-376, 18.8.31; a format of OpenDocument is turned into the same parts.

use super::decimal::Decimal;

/// How the number of a cell becomes a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digits {
    /// As a name or a period: `2024`, whatever zeros are shown behind the point.
    Name,
    /// As a figure: all digits that are stored, and the zeros that are shown.
    Stored,
    /// As a figure with the digits that are shown.
    Shown,
}

/// The smallest part of a date that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Finest {
    Year,
    Month,
    Day,
    /// A time of the day, without a date.
    Time,
}

/// One of the up to three parts of a format, for the numbers that it is meant for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    /// The numbers that it is for, where the format says so itself.
    condition: Option<Condition>,
    /// The qualifier that it shows before the number, as a data set writes it: `>`, `>=`, `<`, `<=`, `~`; else empty.
    pub qualifier: String,
    /// It shows a per cent sign: the number times a hundred.
    pub percent: bool,
    /// How many times it divides the number by a thousand.
    pub thousands: u8,
    /// Digits behind the point, at least and at most; none where it leaves them to the number.
    pub places: Option<(i64, i64)>,
    /// The smallest part of a date that it shows; none where it shows a number.
    pub finest: Option<Finest>,
}

/// The part that leaves everything to the number.
pub(super) static GENERAL: Section = Section {
    condition: None,
    qualifier: String::new(),
    percent: false,
    thousands: 0,
    places: None,
    finest: None,
};

/// `[>=1000]`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Condition {
    below: bool,
    above: bool,
    equal: bool,
    bound: f64,
}

impl Condition {
    /// Reads what stands in the brackets.
    fn parse(text: &str) -> Option<Self> {
        const SIGNS: [(&str, [bool; 3]); 6] = [
            ("<>", [true, true, false]),
            ("<=", [true, false, true]),
            (">=", [false, true, true]),
            ("<", [true, false, false]),
            (">", [false, true, false]),
            ("=", [false, false, true]),
        ];
        SIGNS.iter().find_map(|(sign, [below, above, equal])| {
            let bound = text.strip_prefix(sign)?.trim().parse().ok()?;
            Some(Self {
                below: *below,
                above: *above,
                equal: *equal,
                bound,
            })
        })
    }

    fn holds(&self, number: f64) -> bool {
        (self.below && number < self.bound)
            || (self.above && number > self.bound)
            || (self.equal && number == self.bound)
    }
}

/// A number format.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// The format of cells that nobody has formatted.
    pub(super) fn general() -> Self {
        Self {
            sections: vec![GENERAL.clone()],
        }
    }

    /// A format of one part, for all numbers.
    pub(super) fn plain(section: Section) -> Self {
        Self {
            sections: vec![section],
        }
    }

    /// Reads a format code of Excel. Every text is one: what is not understood is decoration.
    pub(super) fn excel(code: &str) -> Self {
        let sections = sections(code)
            .iter()
            .take(3)
            .map(|part| section(part))
            .collect();
        Self { sections }
    }

    /// The part that shows this number.
    fn section(&self, number: f64) -> &Section {
        let sections = self.sections.as_slice();
        if sections.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.is_none_or(|only| only.holds(number));
            return sections.iter().find(fits).unwrap_or(&GENERAL);
        }
        match sections {
            [] => &GENERAL,
            [all] => all,
            [_, negative] if number < 0.0 => negative,
            [_, negative, _] if number < 0.0 => negative,
            [_, _, zero] if number == 0.0 => zero,
            [positive, ..] => positive,
        }
    }

    /// A number as the text that a file of rows would have.
    pub(super) fn text(&self, number: f64, digits: Digits) -> String {
        let section = self.section(number);
        let Some(mut decimal) = Decimal::of(number) else {
            return number.to_string();
        };
        if digits == Digits::Name {
            return decimal.to_string();
        }
        if section.percent {
            decimal.shift(2);
        }
        decimal.shift(-3 * i64::from(section.thousands));
        if let Some((least, most)) = section.places {
            if digits == Digits::Shown {
                decimal.round(most);
            }
            decimal.pad(least);
        }
        let multiplier = match section.thousands {
            1 => " thousand",
            2 => " million",
            3 => " billion",
            4 => " trillion",
            _ => "",
        };
        let percent = if section.percent { "%" } else { "" };
        let gap = if section.qualifier.is_empty() {
            ""
        } else {
            " "
        };
        format!("{}{gap}{decimal}{multiplier}{percent}", section.qualifier)
    }

    /// The smallest part of a date that the format shows; none where it shows a number.
    pub(super) fn finest(&self) -> Option<Finest> {
        self.sections.first().and_then(|section| section.finest)
    }

    /// A date as the period that the format shows, or as a time of the day where it shows no date.
    pub(super) fn date(&self, day: (u16, u8, u8), time: (u8, u8, u8)) -> String {
        period(self.finest().unwrap_or(Finest::Day), day, time)
    }
}

/// A date, cut at its smallest part.
pub(super) fn period(finest: Finest, day: (u16, u8, u8), time: (u8, u8, u8)) -> String {
    let (year, month, day) = day;
    match finest {
        Finest::Year => format!("{year:04}"),
        Finest::Month => format!("{year:04}-{month:02}"),
        Finest::Day => format!("{year:04}-{month:02}-{day:02}"),
        Finest::Time => format!("{:02}:{:02}:{:02}", time.0, time.1, time.2),
    }
}

/// A sign of a format code, or words that it shows as they are.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A sign with a meaning: `0`, `#`, `?`, `.`, `,`, `%`, `E`, `/`, or a letter of a date.
    Sign(char),
    /// Shown as it is.
    Literal(String),
    /// What stands in brackets.
    Bracket(String),
}

/// The parts of a format code between semicolons, as tokens.
fn sections(code: &str) -> Vec<Vec<Token>> {
    let mut sections = vec![Vec::new()];
    let mut rest = code.chars().peekable();
    let push = |sections: &mut Vec<Vec<Token>>, token: Token| {
        if let Some(last) = sections.last_mut() {
            last.push(token);
        }
    };
    while let Some(ch) = rest.next() {
        match ch {
            '"' => {
                let words: String = rest.by_ref().take_while(|ch| *ch != '"').collect();
                push(&mut sections, Token::Literal(words));
            }
            '\\' => {
                if let Some(next) = rest.next() {
                    push(&mut sections, Token::Literal(next.to_string()));
                }
            }
            // A space as wide as the next sign, and a sign that fills the cell: neither is read.
            '_' | '*' => {
                rest.next();
            }
            '[' => {
                let words: String = rest.by_ref().take_while(|ch| *ch != ']').collect();
                push(&mut sections, Token::Bracket(words));
            }
            ';' => sections.push(Vec::new()),
            '0' | '#' | '?' | '.' | ',' | '%' | '/' => push(&mut sections, Token::Sign(ch)),
            'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => {
                rest.next();
                push(&mut sections, Token::Sign('E'));
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                push(&mut sections, Token::Sign(ch.to_ascii_lowercase()));
            }
            other => push(&mut sections, Token::Literal(other.to_string())),
        }
    }
    sections
}

/// What one part of a format says.
fn section(tokens: &[Token]) -> Section {
    let mut section = GENERAL.clone();
    let digit = |token: &Token| matches!(token, Token::Sign('0' | '#' | '?'));
    let words: String = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Literal(words) => Some(words.as_str()),
            _ => None,
        })
        .collect();
    for token in tokens {
        if let Token::Bracket(inside) = token {
            section.condition = section.condition.or_else(|| Condition::parse(inside));
        }
    }
    let Some(first) = tokens.iter().position(digit) else {
        if !words.eq_ignore_ascii_case("general") {
            section.finest = finest(tokens);
        }
        return section;
    };
    let last = tokens.iter().rposition(digit).unwrap_or(first);
    let before = literal(&tokens[..first]);
    let behind = literal(&tokens[last + 1..]);
    section.qualifier = qualifier(&before, &behind);
    section.percent = tokens.contains(&Token::Sign('%'));
    let fraction = tokens.contains(&Token::Sign('/'));
    let power = tokens.contains(&Token::Sign('E'));
    if fraction || power {
        return section;
    }
    // Commas behind the last digit before the point, or behind the last of all, divide by a thousand each.
    let point = tokens.iter().position(|token| *token == Token::Sign('.'));
    let end = point.filter(|point| (first..=last).contains(point));
    let commas = |from: usize| {
        tokens[from..]
            .iter()
            .take_while(|token| **token == Token::Sign(','))
            .count()
    };
    let whole_end = end.map(|point| {
        tokens[..point]
            .iter()
            .rposition(digit)
            .map_or(point, |digit| digit + 1)
    });
    let divided = commas(last + 1) + whole_end.map_or(0, commas);
    section.thousands = u8::try_from(divided.min(4)).unwrap_or(0);
    let decimals: Vec<char> = end.map_or_else(Vec::new, |point| {
        tokens[point..=last]
            .iter()
            .filter_map(|token| match token {
                Token::Sign(sign @ ('0' | '#' | '?')) => Some(*sign),
                _ => None,
            })
            .collect()
    });
    let least = decimals
        .iter()
        .rposition(|sign| *sign == '0')
        .map_or(0, |at| at + 1);
    let count = |number: usize| i64::try_from(number).unwrap_or(0);
    section.places = Some((count(least), count(decimals.len())));
    section
}

/// The words among some tokens.
fn literal(tokens: &[Token]) -> String {
    tokens
        .iter()
        .filter_map(|token| match token {
            Token::Literal(words) => Some(words.as_str()),
            _ => None,
        })
        .collect()
}

/// The qualifier that words before or behind a number mean, as a data set writes it; else nothing.
pub(super) fn qualifier(before: &str, behind: &str) -> String {
    const SIGNS: [(&str, &str); 18] = [
        (">=", ">="),
        ("≥", ">="),
        ("<=", "<="),
        ("≤", "<="),
        (">", ">"),
        ("<", "<"),
        ("~", "~"),
        ("≈", "~"),
        ("at least", ">="),
        ("at most", "<="),
        ("more than", ">"),
        ("less than", "<"),
        ("over", ">"),
        ("under", "<"),
        ("about", "~"),
        ("approx.", "~"),
        ("ca.", "~"),
        ("circa", "~"),
    ];
    let mut found: Vec<&str> = Vec::new();
    let mut rest = before.trim().to_lowercase();
    while let Some((words, sign)) = SIGNS.iter().find(|(words, _)| rest.starts_with(words)) {
        found.push(sign);
        rest = rest[words.len()..].trim_start().to_owned();
    }
    // Other words, as a currency, qualify nothing; a sign behind the number says that there may be more.
    if found.is_empty() && behind.trim_start().starts_with('+') {
        found.push(">=");
    }
    // "about" stands first in a data set.
    found.sort_by_key(|sign| *sign != "~");
    found.dedup();
    found.join(" ")
}

/// The smallest part of a date that is shown; none where none is.
fn finest(tokens: &[Token]) -> Option<Finest> {
    let shows = |sign: char| tokens.contains(&Token::Sign(sign));
    if shows('d') {
        Some(Finest::Day)
    } else if shows('y') {
        Some(if shows('m') {
            Finest::Month
        } else {
            Finest::Year
        })
    } else if shows('h') || shows('s') {
        Some(Finest::Time)
    } else {
        // A month without a year stands in a table of one year: the year is in the number.
        shows('m').then_some(Finest::Month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(number: f64, code: &str, digits: Digits) -> String {
        NumberFormat::excel(code).text(number, digits)
    }

    #[test]
    fn formats_are_read() {
        let cases = [
            (0.075, "0.0%", "7.5%"),
            (0.07, "0.0%", "7.0%"),
            (0.075, "0%", "7.5%"),
            (1_234_567.0, "0.0,,", "1.234567 million"),
            (1_200_000.0, "#,##0.00,,\"m\"", "1.20 million"),
            (1_234_567.0, "#,##0,", "1234.567 thousand"),
            (1_234_567.0, "0,.0", "1234.567 thousand"),
            (10_000.0, "\"> \"#,##0", "> 10000"),
            (10_000.0, "\\~#,##0", "~ 10000"),
            (10_000.0, "\"ca. \"#,##0", "~ 10000"),
            (10_000.0, "\"~ > \"0", "~ > 10000"),
            (10_000.0, "#,##0\"+\"", ">= 10000"),
            (12.0, "0.00", "12.00"),
            (12.5, "General", "12.5"),
            (12.0, "#,##0.##", "12"),
            (-5.0, "#,##0;(#,##0)", "-5"),
            (-5.0, "0.0;[Red]-0.0", "-5.0"),
            (0.0, "0.0;-0.0;\"–\"", "0"),
            (
                1_500.0,
                "[>=1000000]0.0,,\"m\";[>=1000]0.0,\"k\";0",
                "1.5 thousand",
            ),
            (
                2_500_000.0,
                "[>=1000000]0.0,,\"m\";[>=1000]0.0,\"k\";0",
                "2.5 million",
            ),
            (12.0, "[$€-407] #,##0.00", "12.00"),
            (
                12.0,
                "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
                "12.00",
            ),
            (0.5, "# ?/?", "0.5"),
            (1_234.0, "0.00E+00", "1234"),
            (12.0, "+0.0;-0.0", "12.0"),
        ];
        for (number, code, text) in cases {
            assert_eq!(
                shown(number, code, Digits::Stored),
                text,
                "{number} as {code}"
            );
        }
    }

    #[test]
    fn digits_may_be_those_that_are_shown() {
        assert_eq!(shown(0.142_857_142_857, "0.0%", Digits::Shown), "14.3%");
        assert_eq!(shown(1_234_567.0, "0.0,,", Digits::Shown), "1.2 million");
        assert_eq!(
            shown(2.0 / 3.0, "General", Digits::Shown),
            "0.666666666666667"
        );
        assert_eq!(shown(2024.0, "0.0", Digits::Name), "2024");
    }

    #[test]
    fn a_date_is_the_period_that_is_shown() {
        let date = |code: &str| NumberFormat::excel(code).date((2024, 6, 30), (12, 30, 0));
        assert_eq!(date("dd/mm/yyyy"), "2024-06-30");
        assert_eq!(date("mm-dd-yy"), "2024-06-30");
        assert_eq!(date("mmm-yy"), "2024-06");
        assert_eq!(date("[$-407]mmmm yyyy"), "2024-06");
        assert_eq!(date("yyyy"), "2024");
        assert_eq!(date("d/m/yyyy h:mm"), "2024-06-30");
        assert_eq!(date("h:mm"), "12:30:00");
    }
}
