//! Values with units: parse two of them, calculate, print the result.
//!
//! [`Quantity`] joins what the other modules keep apart: [`number`](crate::number) reads, [`arithmetic`](crate::arithmetic)
//! calculates in base units, [`format`](crate::format) prints. A program that computes many figures of one unit uses those modules
//! itself.

use std::fmt;

use crate::arithmetic::{Interval, Refusal};
use crate::format::{Forms, Scaling, forms, unit_words};
use crate::language::Language;
use crate::number::{NumberError, value};
use crate::quantity::Value;
use crate::unit::{Unit, Units, UnknownUnit};

/// A value and its unit.
///
/// ```
/// use exhibit_facts::{Language, Units, calculation::Quantity};
/// let units = Units::builtin();
/// let spending = Quantity::parse("19.1 billion", "CNY", &units).unwrap();
/// let staff = Quantity::parse("> 10_000", "people", &units).unwrap();
/// let each = spending.over(&staff, &units).unwrap();
/// // The quotient of a number and a lower bound is an upper bound.
/// assert_eq!(each.value.shape.qualifier(), "less_than");
/// let forms = each.forms(Language::English, &units);
/// assert_eq!(forms.sentence.replace('\u{a0}', " "), "less than 2.0 million yuan per person");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quantity {
    /// The value, counted in the unit.
    pub value: Value,
    /// The unit.
    pub unit: Unit,
    /// The true number may be below zero. Where this is false, "less than 30" means from zero up to 30.
    pub signed: bool,
}

/// Why a calculation has no result. [`Display`](fmt::Display) gives the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CalculationError {
    /// A text is not a value.
    Number(NumberError),
    /// A unit has a name that is not known.
    Unit(UnknownUnit),
    /// The two units measure different things.
    Dimensions {
        /// The unit of the first quantity.
        left: Unit,
        /// The unit of the second quantity, or the one to convert into.
        right: Unit,
    },
    /// The bounds do not support a result, or the result is beyond measure.
    Refused(Refusal),
}

impl fmt::Display for CalculationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(error) => error.fmt(f),
            Self::Unit(error) => error.fmt(f),
            Self::Dimensions { left, right } => {
                write!(f, "`{left}` and `{right}` measure different things")
            }
            Self::Refused(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for CalculationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Number(error) => Some(error),
            Self::Unit(error) => Some(error),
            Self::Dimensions { .. } => None,
            Self::Refused(refusal) => Some(refusal),
        }
    }
}

impl From<NumberError> for CalculationError {
    fn from(error: NumberError) -> Self {
        Self::Number(error)
    }
}

impl From<UnknownUnit> for CalculationError {
    fn from(error: UnknownUnit) -> Self {
        Self::Unit(error)
    }
}

impl From<Refusal> for CalculationError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Quantity {
    /// A value that counts in a unit, and cannot be below zero.
    ///
    /// ```
    /// use exhibit_facts::{Unit, calculation::Quantity, number::value};
    /// let share = Quantity::new(value("40..50").unwrap(), Unit::named("%"));
    /// assert!(share.unit.is_percent() && !share.signed);
    /// ```
    #[must_use]
    pub fn new(value: Value, unit: Unit) -> Self {
        Self {
            value,
            unit,
            signed: false,
        }
    }

    /// Reads a value in its short form (`> 10_000`, `~ 40..50`, `19.1 billion`) and a unit (`CNY/people`; `1` for a pure number). A
    /// value with a minus makes the quantity signed.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::{CalculationError, Quantity}};
    /// let units = Units::builtin();
    /// assert!(Quantity::parse("-5", "%", &units).unwrap().signed);
    /// assert!(matches!(Quantity::parse("5", "furlongs", &units), Err(CalculationError::Unit(_))));
    /// ```
    ///
    /// # Errors
    /// [`CalculationError::Number`] or [`CalculationError::Unit`].
    pub fn parse(text: &str, unit: &str, units: &Units) -> Result<Self, CalculationError> {
        let value = value(text)?;
        let signed = value
            .shape
            .amounts()
            .any(crate::quantity::Amount::is_negative);
        Ok(Self {
            signed,
            ..Self::new(value, units.parse(unit)?)
        })
    }

    /// The same quantity, whose true number may be below zero: a change, a profit, a temperature.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let one = Quantity::parse("1", "CNY", &units).unwrap();
    /// let profit = Quantity::parse("< 30", "CNY", &units).unwrap().signed();
    /// assert_eq!(one.minus(&profit, &units).unwrap().value.shape.qualifier(), "more_than");
    /// ```
    #[must_use]
    pub fn signed(self) -> Self {
        Self {
            signed: true,
            ..self
        }
    }

    /// The sum, in the unit of the first.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let [a, b] = [("1.50", "km"), ("250", "m")].map(|(text, unit)| Quantity::parse(text, unit, &units).unwrap());
    /// assert_eq!(a.plus(&b, &units).unwrap().value.shape.low().unwrap().to_f64(), 1.75);
    /// ```
    ///
    /// # Errors
    /// [`CalculationError::Dimensions`] for units that do not convert into each other, [`CalculationError::Refused`] where the bounds
    /// pull apart.
    pub fn plus(&self, other: &Self, units: &Units) -> Result<Self, CalculationError> {
        self.comparable(&other.unit, units)?;
        let sum = self.interval(units).plus(&other.interval(units))?;
        Ok(self.result(&sum, self.unit.clone(), self.signed || other.signed, units))
    }

    /// The difference, in the unit of the first; it may be below zero.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let [a, b] = ["17_800", "> 10_000"].map(|text| Quantity::parse(text, "people", &units).unwrap());
    /// let difference = a.minus(&b, &units).unwrap();
    /// assert_eq!(difference.value.shape.qualifier(), "less_than");
    /// // Either of two lower bounds may be the larger.
    /// assert!(b.minus(&b, &units).is_err());
    /// ```
    ///
    /// # Errors
    /// As [`Quantity::plus`].
    pub fn minus(&self, other: &Self, units: &Units) -> Result<Self, CalculationError> {
        self.comparable(&other.unit, units)?;
        let difference = self.interval(units).minus(&other.interval(units))?;
        Ok(self.result(&difference, self.unit.clone(), true, units))
    }

    /// The product, in the product of the units.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let hours = Quantity::parse("<= 8", "hours", &units).unwrap();
    /// let people = Quantity::parse("25", "people", &units).unwrap();
    /// let work = people.times(&hours, &units).unwrap();
    /// assert_eq!((work.unit.to_string().as_str(), work.value.shape.qualifier()), ("people*hours", "at_most"));
    /// ```
    ///
    /// # Errors
    /// [`CalculationError::Refused`] where the bounds pull apart or the result is beyond measure.
    pub fn times(&self, other: &Self, units: &Units) -> Result<Self, CalculationError> {
        let product = self.interval(units).times(&other.interval(units))?;
        let unit = joined(&self.unit, &other.unit, 1);
        Ok(self.result(&product, unit, self.signed || other.signed, units))
    }

    /// The quotient, in the quotient of the units: a pure number where they are one.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let [part, whole] = ["30", "120"].map(|text| Quantity::parse(text, "people", &units).unwrap());
    /// let share = part.over(&whole, &units).unwrap();
    /// assert_eq!(share.unit.to_string(), "1");
    /// let percent = units.parse("%").unwrap();
    /// assert_eq!(share.in_unit(&percent, &units).unwrap().value.shape.low().unwrap().to_f64(), 25.0);
    /// ```
    ///
    /// # Errors
    /// [`CalculationError::Refused`] where the divisor may be zero or change its sign, where the bounds pull apart, or where the
    /// result is beyond measure.
    pub fn over(&self, divisor: &Self, units: &Units) -> Result<Self, CalculationError> {
        let quotient = self.interval(units).over(&divisor.interval(units))?;
        let unit = joined(&self.unit, &divisor.unit, -1);
        Ok(self.result(&quotient, unit, self.signed || divisor.signed, units))
    }

    /// The same quantity, counted in another unit.
    ///
    /// ```
    /// use exhibit_facts::{Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let age = Quantity::parse("~ 18", "months", &units).unwrap();
    /// let years = age.in_unit(&units.parse("years").unwrap(), &units).unwrap();
    /// assert!(years.value.about);
    /// assert_eq!(years.value.shape.low().unwrap().to_f64(), 1.5);
    /// ```
    ///
    /// # Errors
    /// [`CalculationError::Dimensions`] for a unit that measures something else.
    pub fn in_unit(&self, unit: &Unit, units: &Units) -> Result<Self, CalculationError> {
        self.comparable(unit, units)?;
        Ok(self.result(&self.interval(units), unit.clone(), self.signed, units))
    }

    /// The printed forms, in the words of a language: a label, a sentence, a spoken form.
    ///
    /// ```
    /// use exhibit_facts::{Language, Units, calculation::Quantity};
    /// let units = Units::builtin();
    /// let share = Quantity::parse("40..50", "%", &units).unwrap();
    /// assert_eq!(share.forms(Language::English, &units).label, "40–50%");
    /// assert_eq!(share.forms(Language::Chinese, &units).spoken, "百分之四十至百分之五十");
    /// let german = share.forms(Language::German, &units).sentence;
    /// assert_eq!(german.replace('\u{202f}', " "), "zwischen 40 % und 50 %");
    /// ```
    #[must_use]
    pub fn forms(&self, language: Language, units: &Units) -> Forms {
        let label = unit_words(language, units, &self.unit);
        forms(language, &self.value, &label, Scaling::Natural)
    }

    fn comparable(&self, unit: &Unit, units: &Units) -> Result<(), CalculationError> {
        if units.dimensions(&self.unit) == units.dimensions(unit) {
            Ok(())
        } else {
            Err(CalculationError::Dimensions {
                left: self.unit.clone(),
                right: unit.clone(),
            })
        }
    }

    fn interval(&self, units: &Units) -> Interval {
        Interval::of(&self.value, &units.factor(&self.unit), self.signed)
    }

    fn result(&self, interval: &Interval, unit: Unit, signed: bool, units: &Units) -> Self {
        Self {
            value: interval.value(&units.factor(&unit)),
            unit,
            signed,
        }
    }
}

/// The product of a unit and a power of another.
fn joined(left: &Unit, right: &Unit, power: i32) -> Unit {
    let mut unit = left.clone();
    for (name, own) in &right.factors {
        unit.multiply(name, own * power);
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str, unit: &str) -> Quantity {
        Quantity::parse(text, unit, &Units::builtin()).unwrap()
    }

    #[test]
    fn units_follow_the_operation() {
        let units = Units::builtin();
        let distance = quantity("90", "km");
        let time = quantity("2.0", "hours");
        let speed = distance.over(&time, &units).unwrap();
        assert_eq!(speed.unit.to_string(), "km/hours");
        let back = speed.times(&time, &units).unwrap();
        assert_eq!(back.unit, distance.unit);
        assert_eq!(
            back.value.shape.low().unwrap().value,
            distance.value.shape.low().unwrap().value
        );
    }

    #[test]
    fn what_measures_different_things_is_not_added() {
        let units = Units::builtin();
        let error = quantity("1", "km").plus(&quantity("1", "hours"), &units);
        assert_eq!(
            error.unwrap_err().to_string(),
            "`km` and `hours` measure different things"
        );
        let error = quantity("1", "km").in_unit(&Unit::named("kg"), &units);
        assert!(matches!(error, Err(CalculationError::Dimensions { .. })));
    }

    #[test]
    fn a_refusal_keeps_its_reason() {
        let units = Units::builtin();
        let error = quantity("1", "km").over(&quantity("0", "hours"), &units);
        let error = error.unwrap_err();
        assert_eq!(error.to_string(), "the divisor is zero");
        assert!(std::error::Error::source(&error).is_some());
    }

    #[test]
    fn a_unit_of_another_table_is_a_dimension_of_its_own() {
        let units = Units::builtin();
        let foreign = Quantity::new(value("5").unwrap(), Unit::named("furlongs"));
        assert_eq!(
            foreign.forms(Language::English, &units).label,
            "5\u{a0}furlongs"
        );
        assert!(foreign.plus(&quantity("5", "km"), &units).is_err());
        assert!(foreign.plus(&foreign, &units).is_ok());
    }
}
