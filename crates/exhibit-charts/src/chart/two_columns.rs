//! Bands in one column or in two.

use exhibit_scene::MissingGlyph;

use crate::region::{Plotted, Region, TOLERANCE, fits};
use crate::style::ChartStyle;

/// Bands that stand in two columns rather than in smaller type.
const MIN_BANDS_TO_HALVE: usize = 12;

/// Draws bands in one column, or in two where one does not hold them. Both are drawn before anything is said to be too much: else some
/// would be refused where more fit.
pub(super) fn in_one_or_two_columns(
    style: &ChartStyle,
    region: Region,
    parts: usize,
    draw: impl Fn(usize) -> Result<Plotted, MissingGlyph>,
) -> Result<Plotted, MissingGlyph> {
    let one = draw(1)?;
    let t = &style.tokens;
    // On a slide a few are set smaller first.
    let smallest = t.small.min(t.kicker).min(t.label) <= t.legible + TOLERANCE;
    let stays = parts < MIN_BANDS_TO_HALVE && region.height.is_some() && !smallest;
    if parts < 2 || stays || fits(&one, region) {
        return Ok(one);
    }
    let two = draw(2)?;
    let lower = two.frame.size.height < one.frame.size.height;
    Ok(if lower && !two.narrow { two } else { one })
}
