//! How long a time an amount is over. A flow over a year and a flow over a quarter are no equals: they are not grown, averaged, ranked,
//! compared or drawn on one scale. A formula may bring them to one length: `4 * sales@2024-Q1`, `sales@2023 / 12 months`.
//!
//! Stocks belong to a moment, and ratios to no amount of time. Both may mix.

use exhibit_facts::formula::Function;
use exhibit_facts::length::Length;
use exhibit_facts::period::Period;
use exhibit_facts::span::Span;
use num_rational::BigRational;

use crate::diag::{Code, Finding};

/// The time that a figure is over.
#[derive(Clone, Debug)]
pub(crate) enum Duration {
    /// None: a number, a stock, a ratio or a rate.
    Free,
    /// An amount over time.
    Over(Stretch),
}

/// The time that an amount is over.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    /// Lengths that the amount may be meant for. Empty where the length is not known, which equals every length. `4 * sales@2024-Q1` may be four times the sales of a
    /// quarter, or sales at the rate of a year.
    pub lengths: Vec<Length>,
    /// The period itself, for an amount that is not computed from several.
    pub period: Option<Period>,
    /// An address that the amount comes from, for findings.
    pub address: String,
    /// The metric that does not say how it is measured.
    pub undeclared: Option<String>,
}

/// Two amounts that are no equals.
#[derive(Debug)]
pub(super) struct Unequal {
    /// What was to be done with the two: "grows from one to the other".
    doing: &'static str,
    one: Stretch,
    other: Stretch,
    /// The lengths are near each other: the last decade is not over yet. A warning.
    near: bool,
}

/// Amounts that were taken as equals although their lengths only come near each other.
pub(super) type Near = Vec<Unequal>;

impl Stretch {
    /// True where the amounts may be over times of one length.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.lengths.is_empty()
            || other.lengths.is_empty()
            || self
                .lengths
                .iter()
                .any(|one| other.lengths.iter().any(|two| one.equals(two)))
    }

    /// True where one of the two periods lies in the other, as a part lies in its whole.
    pub(super) fn nested(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (&self.period, &other.period) else {
            return false;
        };
        inside(one, two) || inside(two, one)
    }

    /// So many of it: perhaps over a longer time.
    fn times(mut self, count: &BigRational) -> Self {
        let more: Vec<Length> = self.lengths.iter().map(|one| one.times(count)).collect();
        self.lengths.extend(more);
        self.period = None;
        self
    }

    /// The first length in words.
    fn said(&self) -> String {
        self.lengths
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }
}

/// True where a period lies in another.
pub(super) fn inside(period: &Period, whole: &Period) -> bool {
    let ((first, last), (begin, end)) = (period.order(), whole.order());
    begin <= first && last <= end
}

/// The time of the result of a function.
///
/// # Errors
/// Two amounts over times of unequal length that the function treats as equals.
pub(super) fn call(
    function: Function,
    parts: Vec<Duration>,
    near: &mut Near,
) -> Result<Duration, Box<Unequal>> {
    let mut all = parts.into_iter();
    match function {
        Function::Sum => Ok(all
            .reduce(|one, other| match (one, other) {
                (Duration::Over(one), Duration::Over(other)) => {
                    Duration::Over(together(one, &other))
                }
                (Duration::Over(one), Duration::Free) | (Duration::Free, Duration::Over(one)) => {
                    Duration::Over(one)
                }
                (Duration::Free, Duration::Free) => Duration::Free,
            })
            .unwrap_or(Duration::Free)),
        Function::Mean => alike("the mean weighs both alike", all, near),
        Function::Most | Function::Least => alike("the choice of one compares the two", all, near),
        Function::Last => Ok(all.next_back().unwrap_or(Duration::Free)),
        Function::First | Function::Abs | Function::Before => {
            Ok(all.next().unwrap_or(Duration::Free))
        }
        Function::Growth | Function::Cagr => {
            alike("growth compares the two", all.take(2), near)?;
            Ok(Duration::Free)
        }
        Function::Share => match (all.next(), all.next()) {
            (Some(Duration::Over(part)), Some(Duration::Over(whole))) if !part.nested(&whole) => {
                equal("the share compares the two", &part, &whole, near)?;
                Ok(Duration::Free)
            }
            _ => Ok(Duration::Free),
        },
        Function::Rank => Ok(Duration::Free),
    }
}

/// The time of amounts that are taken as equals: the time of the first that has one. Lengths that come near each other go into `near`.
///
/// # Errors
/// Two whose times have unequal lengths.
pub(super) fn alike(
    doing: &'static str,
    all: impl Iterator<Item = Duration>,
    near: &mut Near,
) -> Result<Duration, Box<Unequal>> {
    let mut first: Option<Stretch> = None;
    for duration in all {
        let Duration::Over(other) = duration else {
            continue;
        };
        match &mut first {
            None => first = Some(other),
            Some(one) => {
                equal(doing, one, &other, near)?;
                if one.lengths.is_empty() {
                    one.lengths = other.lengths;
                }
                if one.period != other.period {
                    one.period = None;
                }
            }
        }
    }
    Ok(first.map_or(Duration::Free, Duration::Over))
}

/// Holds two amounts to be of one length. Lengths that come near each other go into `near`.
///
/// # Errors
/// Lengths that do not.
pub(super) fn equal(
    doing: &'static str,
    one: &Stretch,
    other: &Stretch,
    near: &mut Near,
) -> Result<(), Box<Unequal>> {
    if one.equals(other) {
        return Ok(());
    }
    let is_near = match (one.lengths.first(), other.lengths.first()) {
        (Some(one), Some(other)) => one.is_near(other),
        _ => false,
    };
    let unequal = Unequal {
        doing,
        one: one.clone(),
        other: other.clone(),
        near: is_near,
    };
    if is_near {
        // The first pair says it for all.
        if near.is_empty() {
            near.push(unequal);
        }
        Ok(())
    } else {
        Err(Box::new(unequal))
    }
}

/// The time of a sum of two amounts.
pub(super) fn together(one: Stretch, other: &Stretch) -> Stretch {
    if one.period.is_some() && one.period == other.period {
        return one;
    }
    let apart = match (&one.period, &other.period) {
        (Some(one), Some(other)) => {
            let ((a, b), (c, d)) = (one.order(), other.order());
            b < c || d < a
        }
        _ => false,
    };
    let lengths = match (one.lengths.as_slice(), other.lengths.as_slice()) {
        // Two times after each other make a longer one.
        ([Length::Months(one)], [Length::Months(other)]) if apart => {
            vec![Length::Months(one + other)]
        }
        ([Length::Days(one)], [Length::Days(other)]) if apart => vec![Length::Days(one + other)],
        (own, others) if !apart && own == others => one.lengths.clone(),
        _ => Vec::new(),
    };
    Stretch {
        lengths,
        period: None,
        ..one
    }
}

/// What an amount over time is multiplied with or divided by.
pub(super) enum Factor {
    /// A number of the formula: so many times the amount, or the amount over so many times the length.
    Number(BigRational),
    /// A count, which may be a count of periods.
    Count,
    /// A share, a price: the time stays.
    Other,
}

/// An amount times a factor, or over it.
pub(super) fn scaled(one: Stretch, factor: &Factor, divided: bool) -> Duration {
    Duration::Over(match factor {
        Factor::Other => one,
        Factor::Count => Stretch {
            lengths: Vec::new(),
            period: None,
            ..one
        },
        Factor::Number(number) if number.numer() == &0.into() => one,
        Factor::Number(number) if divided => one.times(&number.recip()),
        Factor::Number(number) => one.times(number),
    })
}

impl Unequal {
    /// The finding, for something at a place: "`change@2024`", "the claim". `first` is the way out that comes first.
    pub(super) fn finding(&self, what: &str, first: &str, span: Span) -> Finding {
        let (one, other) = (&self.one, &self.other);
        let message = format!(
            "{what} treats unequal periods as equals: `{}` is over {}, `{}` is over {}, and {}",
            one.address,
            one.said(),
            other.address,
            other.said(),
            self.doing
        );
        let help = self.help(first);
        if self.near {
            Finding::warning(Code::MixedPeriods, span, message).help(help)
        } else {
            Finding::error(Code::MixedPeriods, span, message).help(help)
        }
    }

    /// The way out.
    fn help(&self, first: &str) -> String {
        if let Some(metric) = self
            .one
            .undeclared
            .as_ref()
            .or(self.other.undeclared.as_ref())
        {
            return format!(
                "add `measure: stock` or `measure: ratio` to metric `{metric}` if its figures do not add up over time; if they do, add `measure: flow` and {first}"
            );
        }
        let parts = |long: &Stretch, short: &Stretch| {
            let count = long.lengths.first()?.parts(short.lengths.first()?)?;
            Some(format!(
                "`{count} * {}` or `{} / {count}`",
                short.address, long.address
            ))
        };
        let formula = parts(&self.one, &self.other)
            .or_else(|| parts(&self.other, &self.one))
            .unwrap_or_else(|| {
                let rate = |one: &Stretch| {
                    let length = one.lengths.first()?.in_units()?;
                    Some(format!("`{} / {length}`", one.address))
                };
                let rates: Vec<String> = [&self.one, &self.other]
                    .into_iter()
                    .filter_map(rate)
                    .collect();
                rates.join(", ")
            });
        if formula.is_empty() {
            return first.to_owned();
        }
        format!("{first}, or bring the figures to one length by a formula: {formula}")
    }
}

/// The first way out for a formula or a claim.
pub(super) const ONE_LENGTH: &str = "use figures over periods of one length";

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn over(period: &str) -> Stretch {
        let period = Period::parse(period).expect(period);
        Stretch {
            lengths: vec![Length::of(&period)],
            address: format!("a@{period}"),
            period: Some(period),
            undeclared: None,
        }
    }

    fn compared(one: Stretch, other: Stretch) -> Result<bool, Box<Unequal>> {
        let mut near = Near::new();
        let all = [one, other].map(Duration::Over);
        alike("both are compared", all.into_iter(), &mut near)?;
        Ok(near.is_empty())
    }

    #[test]
    fn a_number_may_bring_an_amount_to_another_length() {
        let times =
            |count: i64| over("2024-Q1").times(&BigRational::from_integer(BigInt::from(count)));
        assert!(matches!(compared(times(4), over("2023")), Ok(true)));
        assert!(matches!(compared(times(2), over("2023-Q1")), Ok(true)));
        assert!(compared(times(3), over("2023")).is_err());
        assert!(compared(over("2024-Q1"), over("2023")).is_err());
    }

    #[test]
    fn a_decade_that_is_not_over_is_a_warning() {
        assert!(matches!(
            compared(over("2000..2009"), over("2010..2017")),
            Ok(false)
        ));
        assert!(matches!(
            compared(over("2023"), over("2024-01..2024-11")),
            Ok(false)
        ));
        assert!(compared(over("2023"), over("2024-01..2024-09")).is_err());
    }

    #[test]
    fn a_sum_is_over_all_of_its_time() {
        let both = together(over("2024-Q1"), &over("2024-Q2"));
        assert!(matches!(compared(both, over("2024-H2")), Ok(true)));
        // Two things in one time are over that time.
        let both = together(over("2024-Q1"), &over("2024-Q1"));
        assert!(matches!(compared(both, over("2024-Q2")), Ok(true)));
    }

    #[test]
    fn the_way_out_names_the_figures() {
        let unequal = compared(over("2024"), over("2024-06")).expect_err("unequal");
        let help = unequal.help(ONE_LENGTH);
        assert!(
            help.ends_with("`12 * a@2024-06` or `a@2024 / 12`"),
            "{help}"
        );
    }
}
