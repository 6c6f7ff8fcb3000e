//! Pictures as pixels, and how far two of them differ.

/// A picture of 8-bit RGB samples, row by row from the top.
pub struct Pixels {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Three samples a pixel.
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// Reads a PNG of 8 bits; what is transparent stands on white paper.
    ///
    /// # Panics
    /// When the bytes are no such PNG.
    #[must_use]
    pub fn read(png: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG");
        let mut samples = vec![0; reader.output_buffer_size().expect("it fits into memory")];
        let info = reader.next_frame(&mut samples).expect("a whole picture");
        samples.truncate(info.buffer_size());
        let over_white = |sample: u8, alpha: u8| {
            let sum = u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((sum + 127) / 255).expect("a mean of bytes is a byte")
        };
        let rgb = match info.color_type {
            png::ColorType::Rgb => samples,
            png::ColorType::Rgba => samples
                .chunks_exact(4)
                .flat_map(|p| [0, 1, 2].map(|channel| over_white(p[channel], p[3])))
                .collect(),
            other => panic!("a picture of kind {other:?}"),
        };
        Self {
            width: info.width as usize,
            height: info.height as usize,
            rgb,
        }
    }

    /// The three samples of a pixel.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (y * self.width + x) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// The upper left corner of the picture, this many pixels wide and high.
    ///
    /// # Panics
    /// When the picture is more than a pixel larger or any smaller than that.
    #[must_use]
    pub fn corner(&self, width: usize, height: usize) -> Self {
        assert!(
            (width..=width + 1).contains(&self.width)
                && (height..=height + 1).contains(&self.height),
            "{} x {} has no corner of {width} x {height}",
            self.width,
            self.height
        );
        let rows = self.rgb.chunks_exact(self.width * 3).take(height);
        Self {
            width,
            height,
            rgb: rows.flat_map(|row| row[..width * 3].to_vec()).collect(),
        }
    }

    /// The share of pixels, 0 to 1, that are not white.
    #[must_use]
    pub fn inked(&self) -> f64 {
        let inked = self.rgb.chunks_exact(3).filter(|p| **p != [255; 3]).count();
        share(inked, self.width * self.height)
    }

    /// The share of samples, 0 to 1, that differ by more than `tolerance` of 255.
    ///
    /// # Panics
    /// When the pictures differ in size.
    #[must_use]
    pub fn difference(&self, other: &Self, tolerance: u8) -> f64 {
        assert_eq!(
            (self.width, self.height),
            (other.width, other.height),
            "the pictures differ in size"
        );
        let pairs = self.rgb.iter().zip(&other.rgb);
        share(
            pairs.filter(|(a, b)| a.abs_diff(**b) > tolerance).count(),
            self.rgb.len(),
        )
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a share for people, of far fewer than 2^52 parts"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
