//! What stands around marks: texts, legends, axes, reference lines.

pub(crate) mod axis;
pub(crate) mod dodge;
pub(crate) mod head;
pub(crate) mod legend;
pub(crate) mod reference;
pub(crate) mod text;
