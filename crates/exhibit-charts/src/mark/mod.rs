//! Marks: the drawing of a qualified value, the same in every kind of chart.
//!
//! | value | drawing |
//! | --- | --- |
//! | exact | solid, with a hard end |
//! | more than, at least | solid to the bound, then a fade and a small arrow |
//! | less than, at most | pale up to the bound, with a hard end; a fade and an arrow on the side of zero where the value may be negative |
//! | range | a pale span between two end ticks |
//! | estimate | the mark of its point, with a whisker over its interval; along a line a pale band |
//! | about | a soft end, whose width has no meaning |
//!
//! | status | bar, part, span | line | dot |
//! | --- | --- | --- | --- |
//! | actual | solid | solid | a disc |
//! | provisional | striped | long dashes | a pale disc with a rim |
//! | estimated | cross-hatched | dashes and dots | a disc, half filled |
//! | forecast | hatched | dashes | an open ring |
//! | target | an open, dashed outline | thin dashes | an open diamond |
//! | claimed | tinted, with a dotted outline | dots | an open square |

pub(crate) mod band;
pub(crate) mod bar;
pub(crate) mod dot;
pub(crate) mod hatch;
pub(crate) mod interval;
pub(crate) mod slot;
pub(crate) mod style;
pub(crate) mod whisker;
