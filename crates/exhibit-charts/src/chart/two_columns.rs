//! Bands in one column or in two.

use exhibit_scene::MissingGlyph;

use crate::region::{Plotted, Region, TOLERANCE, fits};
use crate::style::ChartStyle;

/// Least number of bands that stand in two columns rather than in smaller type.
const MIN_BANDS_TO_HALVE: usize = 12;

/// Draws bands in one column, or in two where one column does not fit. Both are tried before an overflow is reported,
/// because a report counts the parts that fit in either.
pub(super) fn in_one_or_two_columns(
    style: &ChartStyle,
    region: Region,
    parts: usize,
    draw: impl Fn(usize) -> Result<Plotted, MissingGlyph>,
) -> Result<Plotted, MissingGlyph> {
    let one = draw(1)?;
    let t = &style.tokens;
    // A slide sets a few bands in smaller type first.
    let smallest = t.small.min(t.kicker).min(t.label) <= t.legible + TOLERANCE;
    let stays = parts < MIN_BANDS_TO_HALVE && region.height.is_some() && !smallest;
    if parts < 2 || stays || fits(&one, region) {
        return Ok(one);
    }
    let two = draw(2)?;
    let lower = two.frame.size.height < one.frame.size.height;
    Ok(if lower && !two.narrow { two } else { one })
}
