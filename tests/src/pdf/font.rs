//! Fonts: embedded, subset, as wide as they say, and with text for every code.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};

use super::{File, Findings};

pub(super) fn check(file: &File, codes: &BTreeMap<String, BTreeSet<u16>>, findings: &mut Findings) {
    let fonts = file
        .pages
        .first()
        .and_then(|(_, page)| file.dict(page, "Resources"))
        .and_then(|resources| file.dict(resources, "Font"));
    let Some(fonts) = fonts else {
        findings.want(codes.is_empty(), "there are no fonts");
        return;
    };
    findings.want(
        fonts.len() == codes.len(),
        "fonts are embedded that show nothing",
    );
    for (name, used) in codes {
        findings.codes += used.len();
        match file.dict(fonts, name) {
            Some(font) => {
                if let Err(problem) = font_of(file, font, used) {
                    findings.say(format!("font {name}: {problem}"));
                }
            }
            None => findings.say(format!("font {name} is not there")),
        }
    }
}

fn font_of(file: &File, font: &Dictionary, used: &BTreeSet<u16>) -> Result<(), String> {
    let want = |holds: bool, problem: &str| holds.then_some(()).ok_or_else(|| problem.to_owned());
    want(
        file.name(font, "Subtype") == Some("Type0"),
        "no composite font",
    )?;
    want(
        file.name(font, "Encoding") == Some("Identity-H"),
        "another encoding than Identity-H",
    )?;
    let descendant = file
        .array(font, "DescendantFonts")
        .and_then(|list| list.first())
        .and_then(|font| file.deref(font).as_dict().ok())
        .ok_or("no descendant")?;
    want(
        file.name(descendant, "Subtype") == Some("CIDFontType2")
            && file.name(descendant, "CIDToGIDMap") == Some("Identity"),
        "no TrueType font by glyph number",
    )?;
    let descriptor = file
        .dict(descendant, "FontDescriptor")
        .ok_or("no descriptor")?;
    let name = file.name(font, "BaseFont").unwrap_or_default();
    let tagged = name.split_once('+').is_some_and(|(tag, rest)| {
        tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()) && !rest.is_empty()
    });
    want(tagged, "the name has no subset tag")?;
    want(
        file.name(descendant, "BaseFont") == Some(name)
            && file.name(descriptor, "FontName") == Some(name),
        "the name differs from place to place",
    )?;
    let program = file
        .get(descriptor, "FontFile2")
        .and_then(|stream| stream.as_stream().ok())
        .ok_or("it is not embedded")?;
    let program = program
        .decompressed_content()
        .unwrap_or_else(|_| program.content.clone());
    let advances = advances(&program).ok_or("the program cannot be read")?;
    let widths = file.array(descendant, "W").unwrap_or_default();
    let [first, Object::Array(widths)] = widths else {
        return Err("the widths are no single list".into());
    };
    let first = first.as_i64().map_err(|error| error.to_string())?;
    want(
        advances.len() <= used.len() * 2 + 16,
        "the program holds more glyphs than are used",
    )?;
    let texts = to_unicode(file.document, font).ok_or("no ToUnicode")?;
    for code in used {
        let advance = advances
            .get(usize::from(*code))
            .ok_or_else(|| format!("code {code} is no glyph of the program"))?;
        let width = usize::try_from(i64::from(*code) - first)
            .ok()
            .and_then(|index| widths.get(index))
            .and_then(|width| width.as_float().ok())
            .ok_or_else(|| format!("code {code} has no width"))?;
        want(
            (f64::from(width) - advance).abs() <= 0.51,
            &format!("code {code} is {advance} wide, not {width}"),
        )?;
        let text = texts
            .get(code)
            .ok_or_else(|| format!("code {code} has no text"))?;
        let sound = !text.is_empty() && text.iter().all(|unit| ![0, 0xFEFF, 0xFFFE].contains(unit));
        want(sound, &format!("code {code} stands for no character"))?;
    }
    Ok(())
}

/// Advances of a TrueType program's glyphs in thousandths of an em.
fn advances(program: &[u8]) -> Option<Vec<f64>> {
    let u16_at = |at: usize| {
        Some(u16::from_be_bytes(
            program.get(at..at + 2)?.try_into().ok()?,
        ))
    };
    let u32_at = |at: usize| {
        Some(u32::from_be_bytes(
            program.get(at..at + 4)?.try_into().ok()?,
        ))
    };
    let table = |tag: &[u8; 4]| {
        let count = usize::from(u16_at(4)?);
        let record = (0..count)
            .map(|index| 12 + index * 16)
            .find(|at| program.get(*at..at + 4) == Some(tag))?;
        usize::try_from(u32_at(record + 8)?).ok()
    };
    let em = f64::from(u16_at(table(b"head")? + 18)?);
    let glyphs = usize::from(u16_at(table(b"maxp")? + 4)?);
    let long = usize::from(u16_at(table(b"hhea")? + 34)?);
    let hmtx = table(b"hmtx")?;
    let advance = |glyph: usize| u16_at(hmtx + glyph.min(long - 1) * 4);
    (0..glyphs)
        .map(|glyph| Some(f64::from(advance(glyph)?) * 1000.0 / em))
        .collect()
}

/// The UTF-16 units of each code.
pub(super) fn to_unicode(
    document: &Document,
    font: &Dictionary,
) -> Option<BTreeMap<u16, Vec<u16>>> {
    let stream = font
        .get_deref(b"ToUnicode", document)
        .ok()?
        .as_stream()
        .ok()?;
    let bytes = stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone());
    let map = String::from_utf8(bytes).ok()?;
    let mut found = BTreeMap::new();
    let mut inside = false;
    for line in map.lines() {
        if line.ends_with("beginbfchar") {
            inside = true;
        } else if line == "endbfchar" {
            inside = false;
        } else if inside {
            let (code, text) = line.split_once(' ')?;
            let digits = |hex: &str| hex.strip_prefix('<')?.strip_suffix('>').map(str::to_owned);
            let code = u16::from_str_radix(&digits(code)?, 16).ok()?;
            let text = digits(text)?;
            let units = (0..text.len() / 4)
                .map(|index| u16::from_str_radix(&text[index * 4..index * 4 + 4], 16).ok());
            found.insert(code, units.collect::<Option<Vec<u16>>>()?);
        }
    }
    Some(found)
}
