//! Why a calculation has no certain result.

/// Why a calculation has no certain result. [`Display`](std::fmt::Display) gives the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The bounds do not support a result; why.
    Bounds(String),
    /// The result is larger, smaller or longer than figures are; how.
    Beyond(String),
    /// The result would have no meaning, whatever its bounds: growth from a loss, a share of parts with two signs.
    Sense {
        /// Why.
        reason: String,
        /// The way out.
        help: &'static str,
    },
}

impl Refusal {
    /// Why there is no result.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let refusal = of("> 8").minus(&of("> 5")).unwrap_err();
    /// assert!(refusal.reason().starts_with("the difference of two bounds of one kind can be anything"));
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        let (Self::Bounds(reason) | Self::Beyond(reason) | Self::Sense { reason, .. }) = self;
        reason
    }

    /// The way out.
    ///
    /// ```
    /// use exhibit_facts::{arithmetic::Interval, number::{amount, value}};
    /// let number = |text: &str| amount(text).unwrap().value;
    /// let of = |text: &str| Interval::of(&value(text).unwrap(), &number("1"), false);
    /// let refusal = of("> 8").minus(&of("> 5")).unwrap_err();
    /// assert_eq!(refusal.help(), "use figures whose bounds support the result, or remove the result");
    /// ```
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Bounds(_) => "use figures whose bounds support the result, or remove the result",
            Self::Beyond(_) => {
                "compute fewer steps, check whether one figure enters repeatedly, or write an intermediate result as an observation"
            }
            Self::Sense { help, .. } => help,
        }
    }

    /// The same, but for what bounds do not support, which gets other words.
    pub(super) fn reworded(self, bounds: &str) -> Self {
        match self {
            Self::Bounds(_) => Self::Bounds(bounds.to_owned()),
            Self::Beyond(_) | Self::Sense { .. } => self,
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.reason())
    }
}

impl std::error::Error for Refusal {}

pub(super) fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Bounds(reason.into()))
}

/// A refusal of what has no meaning, with a way out of its own.
pub(super) fn senseless<T>(reason: &str, help: &'static str) -> Result<T, Refusal> {
    Err(Refusal::Sense {
        reason: reason.to_owned(),
        help,
    })
}
