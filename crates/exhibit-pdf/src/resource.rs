//! Names by which the content of a page asks for what all pages share (ISO 32000-1, 7.8.3).

use exhibit_scene::FaceId;
use exhibit_scene::number::{Text, push_short};

/// Name of a face's font: `F3`.
pub(crate) fn font(face: FaceId) -> String {
    let mut name = String::new();
    push_font(&mut name, face);
    name
}

/// Writes the name of a face's font, without the slash that begins a name.
pub(crate) fn push_font(out: &mut impl Text, face: FaceId) {
    out.append("F");
    push_short::<0>(out, i64::from(face.0));
}

/// Name of a fade, which is counted from 0: `S3`.
pub(crate) fn fade(number: usize) -> String {
    format!("S{number}")
}
