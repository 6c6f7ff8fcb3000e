//! A finished SVG into pixels.
//!
//! The reader is an independent one (resvg), so that every PNG checks the SVG from which it is made. The reader gets no
//! fonts, no files and no network: an SVG that needs any of these is an error, not a gap in the picture.

use std::fmt;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, Tree};

/// Points in a CSS pixel: `width` and `height` of an SVG count pixels of 1/96 inch, a point is 1/72.
const POINTS: f64 = 0.75;

/// Longest side of a picture, in pixels. A longer side is a slip in the scale, and would take gigabytes of memory.
pub const LONGEST: f64 = 16_384.0;

/// Reason why an SVG gave no pixels.
#[derive(Debug)]
pub enum Error {
    /// The text is no SVG: cause, in the words of the reader.
    Read(usvg::Error),
    /// The SVG holds this kind of element, which needs something outside the SVG: text, an image or a style sheet.
    NotWhole(&'static str),
    /// The picture would have this width and height in pixels: a side is below 1 or beyond [`LONGEST`].
    Size(f64, f64),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the SVG cannot be read: {error}"),
            Self::NotWhole(what) => write!(f, "the SVG holds {what}, which needs more than itself"),
            Self::Size(width, height) => write!(
                f,
                "a picture of {width:.0} by {height:.0} pixels is outside 1 to {LONGEST:.0}"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::NotWhole(_) | Self::Size(..) => None,
        }
    }
}

/// Draws an SVG on white paper, and gives the picture as a PNG file: 8 bits a channel, RGB, sRGB, with its physical size.
///
/// `scale` is the number of pixels in a point: at 2, a slide of 960 x 540 points comes out as 1920 x 1080 pixels of 1/144
/// inch. The same SVG and scale give the same bytes.
///
/// ```
/// let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="2" height="4" fill="#f00"/></svg>"##;
/// let png = exhibit_png::render(svg, 2.0).unwrap();
/// assert!(png.starts_with(b"\x89PNG"));
/// assert!(exhibit_png::render("<svg", 2.0).is_err());
/// ```
///
/// # Errors
/// - [`Error::Read`] when the text is no SVG.
/// - [`Error::NotWhole`] when the SVG needs something outside itself.
/// - [`Error::Size`] when a side would have less than 1 or more than [`LONGEST`] pixels.
pub fn render(svg: &str, scale: f64) -> Result<Vec<u8>, Error> {
    let tree = read(svg)?;
    let zoom = scale * POINTS;
    let width = side(f64::from(tree.size().width()) * zoom);
    let height = side(f64::from(tree.size().height()) * zoom);
    let (Some(width), Some(height)) = (width, height) else {
        return Err(Error::Size(
            f64::from(tree.size().width()) * zoom,
            f64::from(tree.size().height()) * zoom,
        ));
    };
    let mut pixels = Pixmap::new(width, height).expect("both sides are in 1 to 16,384");
    pixels.fill(Color::WHITE);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the rasteriser counts in f32"
    )]
    let zoom = zoom as f32;
    resvg::render(
        &tree,
        Transform::from_scale(zoom, zoom),
        &mut pixels.as_mut(),
    );
    Ok(encode(&pixels, scale))
}

fn read(svg: &str) -> Result<Tree, Error> {
    // The reader would skip what it cannot resolve; we would ship the gap.
    for (mark, what) in [
        ("<text", "text that is no outline"),
        ("<image", "an image"),
        ("<style", "a style sheet"),
    ] {
        if svg.contains(mark) {
            return Err(Error::NotWhole(what));
        }
    }
    Tree::from_str(svg, &usvg::Options::default()).map_err(Error::Read)
}

/// A side in whole pixels, the nearest.
fn side(pixels: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in 1 to 16,384"
    )]
    (1.0..=LONGEST)
        .contains(&pixels.round())
        .then(|| pixels.round() as u32)
}

fn encode(pixels: &Pixmap, scale: f64) -> Vec<u8> {
    // On white paper every pixel is opaque, so that premultiplied and plain colours are the same.
    let rgb: Vec<u8> = pixels
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();

    let mut out = Vec::with_capacity(rgb.len() / 16);
    let mut encoder = png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float to integer cast saturates, and no sane scale gets there"
    )]
    let per_metre = (scale * 72.0 / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    // Fixed, so that another default of the library changes no bytes behind our back. Flat colour in long rows is what
    // `Up` and a middle level are good at.
    encoder.set_filter(png::Filter::Up);
    encoder.set_deflate_compression(png::DeflateCompression::Level(6));
    let mut writer = encoder
        .write_header()
        .expect("a Vec takes every byte, and the header is sound");
    writer
        .write_image_data(&rgb)
        .expect("as many bytes as the header says");
    writer.finish().expect("a Vec takes every byte");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 40 x 20 points: the left half red.
    const HALF: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="53.33" height="26.67" viewBox="0 0 40 20"><rect width="20" height="20" fill="#ff0000"/></svg>"##;

    struct Read {
        size: (u32, u32),
        rgb: Vec<u8>,
        dims: (u32, u32),
        srgb: bool,
    }

    fn decoded(bytes: &[u8]) -> Read {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .expect("a PNG");
        let mut rgb = vec![0; reader.output_buffer_size().expect("a small picture")];
        reader.next_frame(&mut rgb).expect("a whole picture");
        let info = reader.info();
        assert_eq!(
            (info.color_type, info.bit_depth),
            (png::ColorType::Rgb, png::BitDepth::Eight)
        );
        let dims = info.pixel_dims.expect("a pHYs chunk");
        assert_eq!(dims.unit, png::Unit::Meter);
        Read {
            size: (info.width, info.height),
            rgb,
            dims: (dims.xppu, dims.yppu),
            srgb: info.srgb.is_some(),
        }
    }

    #[test]
    fn scale_is_pixels_of_a_point() {
        let picture = decoded(&render(HALF, 2.0).expect("a picture"));
        assert_eq!(picture.size, (80, 40));
        // 144 pixels an inch.
        assert_eq!(picture.dims, (5669, 5669));
        assert!(picture.srgb);
        let row = &picture.rgb[..80 * 3];
        assert_eq!(row[..3], [255, 0, 0], "the left edge is red");
        assert_eq!(row[39 * 3..40 * 3], [255, 0, 0], "up to the middle");
        assert_eq!(row[41 * 3..42 * 3], [255; 3], "paper is white");
        assert_eq!(row[79 * 3..], [255; 3], "up to the right edge");
    }

    #[test]
    fn the_same_bytes_twice() {
        assert_eq!(
            render(HALF, 1.5).expect("a picture"),
            render(HALF, 1.5).expect("a picture")
        );
    }

    #[test]
    fn what_needs_more_than_itself_is_refused() {
        for (inside, word) in [
            ("<text>a</text>", "text"),
            (r#"<image href="a.png" width="1" height="1"/>"#, "image"),
            ("<style>@import 'a.css'</style>", "style sheet"),
        ] {
            let svg = HALF.replace("</svg>", &format!("{inside}</svg>"));
            let error = render(&svg, 1.0).expect_err(inside).to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(matches!(render("<svg", 1.0), Err(Error::Read(_))));
        assert!(matches!(render("", 1.0), Err(Error::Read(_))));
    }

    #[test]
    fn sizes_have_limits() {
        for scale in [0.0, 0.001, -1.0, f64::NAN, f64::INFINITY, 500.0] {
            assert!(
                matches!(render(HALF, scale), Err(Error::Size(..))),
                "{scale}"
            );
        }
    }
}
