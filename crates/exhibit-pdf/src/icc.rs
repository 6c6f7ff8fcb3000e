//! A colour profile that says "sRGB", made from the published numbers (IEC 61966-2-1) in the form of ICC.1:2001-04.

/// The profile: version 2.1, three-component, with a curve of 256 points, so that each 8-bit value is exact.
pub(crate) fn srgb() -> Vec<u8> {
    let white = xyz([0xF351, 0x1_0000, 0x1_16CC]);
    let description = description("sRGB IEC61966-2.1");
    let copyright = text("No copyright, use freely");
    // Primaries as seen under D50 (Bradford): 0.4361 0.2225 0.0139, and so on, in 65,536ths.
    let red = xyz([0x6FA2, 0x38F5, 0x0390]);
    let green = xyz([0x6299, 0xB785, 0x18DA]);
    let blue = xyz([0x24A0, 0x0F84, 0xB6CF]);
    let curve = curve();
    let data = [
        &description,
        &copyright,
        &white,
        &red,
        &green,
        &blue,
        &curve,
    ];
    let tags: [(&[u8; 4], usize); 9] = [
        (b"desc", 0),
        (b"cprt", 1),
        (b"wtpt", 2),
        (b"rXYZ", 3),
        (b"gXYZ", 4),
        (b"bXYZ", 5),
        (b"rTRC", 6),
        (b"gTRC", 6),
        (b"bTRC", 6),
    ];

    let begin = 128 + 4 + 12 * tags.len();
    let mut offsets = Vec::new();
    let mut body = Vec::new();
    for part in data {
        offsets.push(begin + body.len());
        body.extend_from_slice(part);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut profile = header(begin + body.len());
    profile.extend_from_slice(&number(tags.len()));
    for (tag, part) in tags {
        profile.extend_from_slice(tag);
        profile.extend_from_slice(&number(offsets[part]));
        profile.extend_from_slice(&number(data[part].len()));
    }
    profile.extend_from_slice(&body);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &number(size));
    put(8, &[2, 0x10, 0, 0]);
    put(12, b"mntrRGB XYZ ");
    // The date of the standard that it describes: 1999-10-18.
    put(24, &[0x07, 0xCF, 0, 10, 0, 18]);
    put(36, b"acsp");
    // The illuminant is D50, as every profile of this version has it.
    put(68, &[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    header
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value)
        .expect("a profile of a few hundred bytes")
        .to_be_bytes()
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut data = b"XYZ \0\0\0\0".to_vec();
    data.extend(values.into_iter().flat_map(u32::to_be_bytes));
    data
}

fn text(text: &str) -> Vec<u8> {
    let mut data = b"text\0\0\0\0".to_vec();
    data.extend_from_slice(text.as_bytes());
    data.push(0);
    data
}

fn description(text: &str) -> Vec<u8> {
    let mut data = b"desc\0\0\0\0".to_vec();
    data.extend_from_slice(&number(text.len() + 1));
    data.extend_from_slice(text.as_bytes());
    data.push(0);
    // No name in Unicode (language, count) nor in a Macintosh script (code, count, 67 bytes).
    data.resize(data.len() + 4 + 4 + 2 + 1 + 67, 0);
    data
}

/// Linear light, 0 to 65,535, of each 8-bit value.
fn curve() -> Vec<u8> {
    let mut data = b"curv\0\0\0\0".to_vec();
    data.extend_from_slice(&number(256));
    data.extend((0..=255_u8).flat_map(|value| linear(value).to_be_bytes()));
    data
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "light is 0 to 1, its share of 65,535 rounded"
)]
fn linear(value: u8) -> u16 {
    let value = f64::from(value) / 255.0;
    let light = if value <= 0.040_45 {
        value / 12.92
    } else {
        power_12_5((value + 0.055) / 1.055)
    };
    (light * 65_535.0 + 0.5) as u16
}

/// `base` to the power of 2.4, base 0 to 1, by operations that every machine rounds alike.
fn power_12_5(base: f64) -> f64 {
    let square = base * base;
    let fourth = square * square;
    let twelfth = fourth * fourth * fourth;
    // The fifth root by Newton's method, from above, where it cannot overshoot.
    let mut root = 1.0;
    for _ in 0..64 {
        root -= (root - twelfth / (root * root * root * root)) / 5.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_the_standards() {
        // Published pairs: 8-bit value, linear light.
        for (value, light) in [
            (0, 0.0),
            (1, 0.000_303_53),
            (10, 0.003_035_27),
            (11, 0.003_346_54),
            (128, 0.215_860_5),
            (188, 0.502_886_5),
            (255, 1.0),
        ] {
            let off = (f64::from(linear(value)) / 65_535.0 - light).abs();
            assert!(off < 1.0 / 65_535.0, "{value}: {off}");
        }
        assert!((0..255).all(|value| linear(value) < linear(value + 1)));
    }

    #[test]
    fn the_primaries_add_up_to_white() {
        for (sum, white) in [
            (0x6FA2 + 0x6299 + 0x24A0, 0xF6D6_i32),
            (0x38F5 + 0xB785 + 0x0F84, 0x1_0000),
            (0x0390 + 0x18DA + 0xB6CF, 0xD32D),
        ] {
            assert!((sum - white).abs() < 16, "{sum:x} {white:x}");
        }
    }

    #[test]
    fn tags_lie_inside_the_profile() {
        let profile = srgb();
        let number = |at: usize| {
            u32::from_be_bytes(profile[at..at + 4].try_into().expect("four bytes")) as usize
        };
        assert_eq!(number(0), profile.len());
        for tag in 0..number(128) {
            let (offset, size) = (number(132 + tag * 12 + 4), number(132 + tag * 12 + 8));
            assert!(offset % 4 == 0 && offset + size <= profile.len());
        }
    }
}
