//! Guides: everything around the marks that explains them. Texts, legends, axes, reference lines.

pub(crate) mod axis;
pub(crate) mod dodge;
pub(crate) mod head;
pub(crate) mod legend;
pub(crate) mod reference;
pub(crate) mod text;
