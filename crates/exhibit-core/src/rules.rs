//! Rules that every reader of data holds a value to, be it written in YAML or in a table, and the way out of each.

use exhibit_facts::quantity::{Amount, Shape};

/// The way out where [`below_zero`] refuses a value.
pub(crate) const SIGNED_HELP: &str =
    "add `signed: true` to the metric if it can be below zero (a change, a profit, a temperature)";

/// The way out for a dimension value that no address can name.
pub(crate) const DIMENSION_VALUE_HELP: &str = "choose a text without line breaks and other control characters, and without spaces at its ends";

/// Why a metric that is never negative cannot have this value; `None` where it can.
pub(crate) fn below_zero(shape: &Shape, metric: &str) -> Option<String> {
    let reason = format!("metric `{metric}` cannot be negative");
    match shape {
        Shape::Estimate { point, low, .. } if low.is_negative() && !point.is_negative() => {
            Some(format!("the interval reaches below zero, and {reason}"))
        }
        _ if shape.amounts().any(Amount::is_negative) => Some(reason),
        Shape::LessThan(amount) if amount.is_zero() => {
            Some(format!("{reason}, so no value can be less than zero"))
        }
        _ => None,
    }
}

/// Keys of an observation. No dimension can have the name of one.
pub(crate) const OBSERVATION_KEYS: [&str; 10] = [
    "at",
    "value",
    "from",
    "evidence",
    "status",
    "by",
    "due",
    "note",
    "preferred",
    "corrects",
];
