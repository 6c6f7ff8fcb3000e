//! The first data set, built in: the figures of one article on Xiaomi's car, and a brief on them.
//!
//! `exhibit init` writes these two texts; [`facts`] is the typed way to the same figures.
//!
//! ```
//! let facts = exhibit_core::article::facts();
//! let june = facts.fact("deliveries@2024-06").expect("the article states it");
//! assert_eq!(june.forms.sentence.replace('\u{a0}', " "), "more than 10,000 vehicles");
//! ```

use exhibit_facts::facts::Facts;

/// The brief.
pub const BRIEF: &str = include_str!("../built-in/brief.yaml");

/// The data set.
pub const DATA: &str = include_str!("../built-in/xiaomi-auto.yaml");

/// The built-in brief and data set, resolved.
///
/// # Panics
/// Never: a test holds both texts to having no findings.
#[must_use]
pub fn facts() -> Facts {
    let done = crate::compile("data/brief.yaml", BRIEF, &mut |name| {
        Ok((format!("data/{name}"), DATA.to_owned()))
    });
    done.facts.unwrap_or_else(|| {
        panic!(
            "the built-in brief has findings: {:#?}",
            done.report.findings()
        )
    })
}
