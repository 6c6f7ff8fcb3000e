//! A workbook is an archive. It is measured before it is read: a small file may unpack to more than memory holds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::cell::Fault;

/// Bytes of the largest workbook.
pub(crate) const MAX_FILE_BYTES: u64 = 64 << 20;

/// Bytes of the largest sheet, unpacked. Sheets are read cell by cell.
const MAX_SHEET_BYTES: u64 = 1 << 30;

/// Bytes of all other parts, unpacked: texts and styles, which are in memory at once.
const MAX_OTHER_BYTES: u64 = 128 << 20;

/// The beginning of the files of old Excel, and of new ones with a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// What is known of a workbook before it is read.
pub(super) struct Measured {
    /// It is an OpenDocument sheet; else an Excel workbook.
    pub open_document: bool,
    /// A formula stands somewhere in it.
    pub formulas: bool,
}

/// Measures a workbook by unpacking it, a piece at a time.
///
/// # Errors
/// A file that is no workbook, or unpacks to more than is read.
pub(super) fn measure(bytes: &[u8]) -> Result<Measured, Fault> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Fault::whole(
            format!("the workbook is larger than {} MiB", MAX_FILE_BYTES >> 20),
            "save the sheet as .csv, which may have any length",
        ));
    }
    if bytes.starts_with(&COMPOUND) {
        return Err(Fault::whole(
            "the file is an Excel workbook of the old kind (.xls), or has a password",
            "open the file in a spreadsheet program and save it as .xlsx, without a password",
        ));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
        Fault::whole(
            "the file is no workbook",
            "choose a file that a spreadsheet program saved as .xlsx or .ods, or name the format by `format:`",
        )
    })?;
    let mut measured = Measured {
        open_document: false,
        formulas: false,
    };
    let (mut excel, mut other) = (false, 0);
    let mut piece = vec![0; 1 << 16];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(Fault::damaged)?;
        let name = part.name().map_err(Fault::damaged)?.into_owned();
        excel |= name == "xl/workbook.xml";
        measured.open_document |= name == "content.xml";
        if name == "xl/workbook.bin" {
            return Err(Fault::whole(
                "the file is a binary Excel workbook (.xlsb)",
                "open the file in a spreadsheet program and save it as .xlsx",
            ));
        }
        let sheet = name.starts_with("xl/worksheets/") || name == "content.xml";
        // Pictures and the like are never unpacked.
        if !sheet && !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut length: u64 = 0;
        // The last bytes of the piece before, since `<f` may be cut in two.
        let mut before = [0_u8; 2];
        loop {
            let count = part.read(&mut piece).map_err(Fault::damaged)?;
            if count == 0 {
                break;
            }
            length += count as u64;
            let beyond = if sheet {
                length > MAX_SHEET_BYTES
            } else {
                other + length > MAX_OTHER_BYTES
            };
            if beyond {
                return Err(Fault::whole(
                    format!(
                        "the workbook unpacks to more than {} MiB",
                        if sheet {
                            MAX_SHEET_BYTES
                        } else {
                            MAX_OTHER_BYTES
                        } >> 20
                    ),
                    "save the sheet as .csv, which may have any length",
                ));
            }
            if sheet && !measured.formulas {
                let seam = [before[0], before[1], piece[0], piece[1.min(count - 1)]];
                measured.formulas = has_formula(&seam) || has_formula(&piece[..count]);
            }
            if count > 1 {
                before = [piece[count - 2], piece[count - 1]];
            } else {
                before = [before[1], piece[0]];
            }
        }
        if !sheet {
            other += length;
        }
    }
    if excel || measured.open_document {
        Ok(measured)
    } else {
        Err(Fault::whole(
            "the file is an archive, but no workbook",
            "choose a file that a spreadsheet program saved as .xlsx or .ods",
        ))
    }
}

/// True where an element of a formula may begin: `<f>`, `<f t="shared">`, `<f/>`.
fn has_formula(piece: &[u8]) -> bool {
    piece
        .windows(3)
        .any(|three| three[..2] == *b"<f" && matches!(three[2], b'>' | b' ' | b'/'))
}
