//! Codes beside a number: its status, its qualifier, its unit, its multiplier.

use exhibit_facts::number;
use exhibit_facts::quantity::{Amount, Shape, Status};

use crate::model::CodedColumn;

/// What the code of a status says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flag {
    pub status: Option<Status>,
    /// Anything else: a note of a number, or the reason why there is none.
    pub words: Option<String>,
}

/// The observation statuses of SDMX, and the flags by which Eurostat writes them. A meaning that is no status is words.
const SDMX: [(&str, &str); 34] = [
    ("A", "actual"),
    ("B", "break in the series"),
    ("D", "definition differs"),
    ("E", "estimated"),
    ("F", "forecast"),
    ("G", "experimental value"),
    ("H", "holiday or weekend"),
    ("I", "estimated"),
    ("J", "derogation"),
    ("K", "included in another category"),
    ("L", "not collected"),
    ("M", "not applicable"),
    ("N", "not significant"),
    ("O", "not available"),
    ("P", "provisional"),
    ("Q", "suppressed"),
    ("S", "strike or other special event"),
    ("U", "low reliability"),
    ("V", "unvalidated value"),
    ("W", "includes another category"),
    ("X", "included in another category"),
    ("b", "break in the series"),
    ("c", "suppressed: confidential"),
    ("d", "definition differs"),
    ("e", "estimated"),
    ("f", "forecast"),
    ("i", "estimated"),
    ("m", "not applicable"),
    ("n", "not significant"),
    ("p", "provisional"),
    ("r", "revised"),
    ("s", "estimated"),
    ("u", "low reliability"),
    ("z", "not applicable"),
];

/// What a cell of status codes says. `None` for a code that nobody has given a meaning.
pub(super) fn flag(column: &CodedColumn, cell: &str) -> Option<Flag> {
    let mut flag = Flag::default();
    if cell.is_empty() {
        return Some(flag);
    }
    let own = |code: &str| {
        let mut codes = column.codes.iter();
        let own = codes.find(|(known, _)| known == code);
        own.map(|(_, meaning)| meaning.raw.as_str())
    };
    let built_in = |code: &str| {
        let found = SDMX.iter().find(|(known, _)| *known == code);
        // A column without codes has the words themselves, or those of SDMX.
        found
            .map(|(_, meaning)| *meaning)
            .filter(|_| column.codes.is_empty() || column.optional)
    };
    let meaning = |code: &str| {
        own(code)
            .or_else(|| built_in(code))
            .or_else(|| named(code).map(Status::name))
    };
    if let Some(meaning) = meaning(cell) {
        flag.add(meaning);
        return Some(flag);
    }
    // "bp": a break in the series, and provisional.
    for ch in cell.chars().filter(|ch| !matches!(ch, ' ' | ',' | ';')) {
        flag.add(meaning(ch.encode_utf8(&mut [0; 4]))?);
    }
    Some(flag)
}

impl Flag {
    fn add(&mut self, meaning: &str) {
        let Some(status) = named(meaning) else {
            self.say(meaning);
            return;
        };
        // The status furthest from what is known; a note has the other one.
        let weakest = self.status.map_or(status, |other| weaker(other, status));
        if let Some(other) = self.status.filter(|other| *other != status) {
            let nearer = if weakest == status { other } else { status };
            self.say(nearer.name());
        }
        self.status = Some(weakest);
    }

    fn say(&mut self, meaning: &str) {
        match &mut self.words {
            Some(words) => {
                words.push_str(", ");
                words.push_str(meaning);
            }
            None => self.words = Some(meaning.to_owned()),
        }
    }
}

/// The status of its name, in any letters.
fn named(word: &str) -> Option<Status> {
    let fits = |status: &Status| status.name().eq_ignore_ascii_case(word);
    Status::ALL.into_iter().find(fits)
}

/// Of two statuses the one that promises less.
pub(super) fn weaker(one: Status, other: Status) -> Status {
    let promise = |status| match status {
        Status::Forecast => 0,
        Status::Target => 1,
        Status::Claimed => 2,
        Status::Estimated => 3,
        Status::Provisional => 4,
        Status::Actual => 5,
    };
    if promise(other) < promise(one) {
        other
    } else {
        one
    }
}

/// The shape that a qualifier makes of an amount, and whether it says "about". `None` for an unknown qualifier.
pub(super) fn qualified(column: &CodedColumn, cell: &str, amount: Amount) -> Option<(Shape, bool)> {
    let mut codes = column.codes.iter();
    let meaning = codes
        .find(|(code, _)| code == cell)
        .map_or(cell, |(_, meaning)| meaning.raw.as_str());
    let shape = match meaning
        .trim()
        .to_ascii_lowercase()
        .replace(['_', '-'], " ")
        .as_str()
    {
        "" | "=" | "exact" | "exactly" => Shape::Exact(amount),
        ">" | "more than" => Shape::MoreThan(amount),
        ">=" | "≥" | "at least" => Shape::AtLeast(amount),
        "<" | "less than" => Shape::LessThan(amount),
        "<=" | "≤" | "at most" => Shape::AtMost(amount),
        "~" | "about" => return Some((Shape::Exact(amount), true)),
        _ => return None,
    };
    Some((shape, false))
}

/// The unit that a cell names, and the power of ten of the multiplier before it: `million EUR`.
pub(super) fn unit<'c>(column: &'c CodedColumn, cell: &'c str) -> (&'c str, u32) {
    let mut codes = column.codes.iter();
    let meaning = codes
        .find(|(code, _)| code == cell)
        .map_or(cell, |(_, meaning)| meaning.raw.trim());
    let power = meaning
        .split_once(' ')
        .and_then(|(word, unit)| Some((unit.trim(), number::multiplier(word)?)));
    power.unwrap_or((meaning, 0))
}

/// The power of ten of a multiplier: `6`, `millions`, `Units`. `None` for any other text.
pub(super) fn power(cell: &str) -> Option<u32> {
    if let Ok(power) = cell.parse::<u32>() {
        return (power <= 15).then_some(power);
    }
    let word = cell.to_lowercase();
    let word = word.strip_suffix('s').unwrap_or(&word);
    match word {
        "" | "unit" | "one" => Some(0),
        "ten" => Some(1),
        "hundred" => Some(2),
        word => number::multiplier(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;
    use exhibit_facts::span::Span;

    fn column(codes: &[(&str, &str)], optional: bool) -> CodedColumn {
        let span = Span {
            file: 0,
            start: 0,
            end: 0,
        };
        let code = |(code, meaning): &(&str, &str)| {
            let raw = (*meaning).to_owned();
            ((*code).to_owned(), Text { raw, span })
        };
        CodedColumn {
            columns: vec!["c".to_owned()],
            span,
            optional,
            codes: codes.iter().map(code).collect(),
        }
    }

    #[test]
    fn flags_are_statuses_or_words() {
        let sdmx = column(&[], true);
        let read = |cell| flag(&sdmx, cell).map(|flag| (flag.status, flag.words));
        assert_eq!(read(""), Some((None, None)));
        assert_eq!(read("p"), Some((Some(Status::Provisional), None)));
        assert_eq!(
            read("bp"),
            Some((
                Some(Status::Provisional),
                Some("break in the series".to_owned())
            ))
        );
        assert_eq!(read("E"), Some((Some(Status::Estimated), None)));
        let both = |status, other: &str| Some((Some(status), Some(other.to_owned())));
        assert_eq!(read("ef"), both(Status::Forecast, "estimated"));
        assert_eq!(read("ep"), both(Status::Estimated, "provisional"));
        assert_eq!(read("Provisional"), Some((Some(Status::Provisional), None)));
        assert_eq!(read("?"), None);
        let own = column(&[("x", "counted by hand"), ("pp", "forecast")], false);
        let read = |cell| flag(&own, cell).map(|flag| (flag.status, flag.words));
        assert_eq!(read("x"), Some((None, Some("counted by hand".to_owned()))));
        assert_eq!(read("pp"), Some((Some(Status::Forecast), None)));
        assert_eq!(read("p"), None);
    }

    #[test]
    fn multipliers_are_powers_or_words() {
        let powers = ["6", "Millions", "units", "", "thousand", "99", "-2", "many"].map(power);
        assert_eq!(
            powers,
            [
                Some(6),
                Some(6),
                Some(0),
                Some(0),
                Some(3),
                None,
                None,
                None
            ]
        );
        let codes = column(&[("MIO_EUR", "million EUR"), ("PC", "%")], false);
        assert_eq!(unit(&codes, "MIO_EUR"), ("EUR", 6));
        assert_eq!(unit(&codes, "PC"), ("%", 0));
        assert_eq!(unit(&codes, "USD"), ("USD", 0));
    }
}
