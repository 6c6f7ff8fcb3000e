//! Marks: how a qualified value looks, the same in every kind of chart.
//!
//! | said | drawn |
//! | --- | --- |
//! | exact | solid, with a hard end |
//! | more than, at least | solid to the bound, then a fade and a small arrow |
//! | less than, at most | pale up to the bound, with a hard end; where it may be below zero, a fade and an arrow on that side |
//! | range | a pale span between two end ticks |
//! | about | a soft end, of no meaning in its width |
//! | target | an open, dashed outline |
//! | forecast | hatched |
//! | estimated, provisional | tinted, with a dashed outline |
//! | claimed | tinted, with a dotted outline |

pub(crate) mod bar;
pub(crate) mod dot;
pub(crate) mod hatch;
pub(crate) mod interval;
pub(crate) mod slot;
pub(crate) mod style;
