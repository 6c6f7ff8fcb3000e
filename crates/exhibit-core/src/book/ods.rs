//! The cells of an OpenDocument sheet (ODF 1.3, part 3), as they stream by.
//!
//! A row or a cell that repeats is written once with a count, so that a file of a hundred bytes may stand for all cells that a sheet
//! can have. Cells that hold nothing are counted and never made.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor};
use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;
use zip::result::ZipError;

use super::cell::{Cell, Content, Fault};
use super::format::{Finest, GENERAL, NumberFormat, Section, period, qualifier};
use super::place::{Area, Spot};

/// Cells with content that one sheet may unfold to.
const MAX_CELLS: u64 = 20_000_000;

/// The largest counts of rows and columns of a sheet.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// The names of the sheets.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    let mut locked = false;
    if let Some(manifest) = part(bytes, "META-INF/manifest.xml")? {
        let mut reader = Events::new(Cursor::new(manifest));
        while let Some(event) = reader.next()? {
            locked |= matches!(event, Event::Start(start) if start.local_name().as_ref() == "encryption-data");
        }
    }
    if locked {
        return Err(Fault::whole(
            "the workbook has a password",
            "save the workbook without a password",
        ));
    }
    with_content(bytes, &mut |reader| {
        let mut depth = 0_u32;
        while let Some(event) = reader.next()? {
            match event {
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    // A table inside a cell is none of the workbook's sheets.
                    if depth == 0 {
                        names.push(
                            Attributes::of(&start)?
                                .take("table:name")
                                .unwrap_or_default(),
                        );
                    }
                    depth += 1;
                }
                Event::End(end) if end.name().as_ref() == "table:table" => {
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(names)
}

/// Hands out the cells of a sheet.
pub(super) fn cells<E: From<Fault>>(
    bytes: &[u8],
    sheet: &str,
    visit: &mut dyn FnMut(Cell) -> Result<bool, E>,
) -> Result<(), E> {
    let mut styles = Styles::default();
    if let Some(text) = part(bytes, "styles.xml")? {
        let mut reader = Events::new(Cursor::new(text));
        while let Some(event) = reader.next()? {
            styles.take(&event)?;
        }
    }
    // The visitor's own fault, which the reader of the file does not know.
    let mut stopped: Option<E> = None;
    with_content(bytes, &mut |reader| {
        while let Some(event) = reader.next()? {
            styles.take(&event)?;
            let Event::Start(start) = event else {
                continue;
            };
            if start.name().as_ref() != "table:table" {
                continue;
            }
            let name = Attributes::of(&start)?
                .take("table:name")
                .unwrap_or_default();
            if name == sheet {
                stopped = table(reader, &styles, visit)?;
                return Ok(());
            }
            skip(reader, "table:table")?;
        }
        Ok(())
    })?;
    stopped.map_or(Ok(()), Err)
}

/// A small part of the archive, in memory; none where it is missing.
fn part(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Fault::damaged)?;
    match archive.by_name(name) {
        Ok(mut part) => {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut text).map_err(Fault::damaged)?;
            Ok(Some(text))
        }
        Err(ZipError::FileNotFound) => Ok(None),
        Err(error) => Err(Fault::damaged(error)),
    }
}

/// A reader of the part with all sheets, as it is unpacked.
type Sheets<'c> = Events<Box<dyn BufRead + 'c>>;

/// Reads the part with all sheets.
fn with_content(
    bytes: &[u8],
    read: &mut dyn FnMut(&mut Sheets<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Fault::damaged)?;
    let part = archive.by_name("content.xml").map_err(Fault::damaged)?;
    let input: Box<dyn BufRead> = Box::new(BufReader::new(part));
    read(&mut Events::new(input))
}

/// The events of an XML text, without the reader's own errors.
struct Events<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Events<R> {
    fn new(input: R) -> Self {
        let mut reader = Reader::from_reader(input);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    /// The next event; nothing at the end.
    fn next(&mut self) -> Result<Option<Event<'_>>, Fault> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(Fault::damaged(error)),
        }
    }
}

/// Reads on to the end of an element that has begun, past elements of its name inside it.
fn skip<R: BufRead>(reader: &mut Events<R>, name: &str) -> Result<(), Fault> {
    let mut depth = 1_u32;
    while depth > 0 {
        match reader.next()? {
            Some(Event::Start(start)) if start.name().as_ref() == name => depth += 1,
            Some(Event::End(end)) if end.name().as_ref() == name => depth -= 1,
            Some(_) => {}
            None => return Err(cut_off()),
        }
    }
    Ok(())
}

fn cut_off() -> Fault {
    Fault::damaged("it ends too early")
}

/// The attributes of an element.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(start: &BytesStart<'_>) -> Result<Self, Fault> {
        let mut all = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(Fault::damaged)?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(Fault::damaged)?;
            all.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self(all))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn take(self, name: &str) -> Option<String> {
        let found = self.0.into_iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value)
    }

    /// A count, at least 1.
    fn count(&self, name: &str) -> u32 {
        self.get(name)
            .and_then(|count| count.parse().ok())
            .unwrap_or(1)
            .max(1)
    }
}

/// The number formats of the cell styles.
#[derive(Default)]
struct Styles {
    /// Number formats by name.
    formats: HashMap<String, Rc<NumberFormat>>,
    /// Cell styles: the name of the number format, and of the style that it is made from.
    cells: HashMap<String, (Option<String>, Option<String>)>,
    /// The format that is being read.
    open: Option<Open>,
}

/// A number format in the making.
struct Open {
    name: String,
    section: Section,
    before: String,
    behind: String,
    /// The number has come.
    number: bool,
    /// Text of the format is being read.
    text: bool,
}

impl Styles {
    /// Takes an event of the part where styles are defined; others do nothing.
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.begin(start),
            Event::Text(words) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.text) {
                    let side = if open.number {
                        &mut open.behind
                    } else {
                        &mut open.before
                    };
                    side.push_str(&words.xml10_content());
                }
                Ok(())
            }
            Event::GeneralRef(entity) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.text) {
                    let side = if open.number {
                        &mut open.behind
                    } else {
                        &mut open.before
                    };
                    side.push_str(
                        referred(&entity.xml10_content())
                            .unwrap_or_default()
                            .as_str(),
                    );
                }
                Ok(())
            }
            Event::End(end) => {
                let name = end.name();
                let name = name.as_ref();
                if let Some(open) = self.open.as_mut() {
                    open.text &= name != "number:text";
                }
                if name.starts_with("number:")
                    && name.ends_with("-style")
                    && let Some(mut open) = self.open.take()
                {
                    open.section.qualifier = qualifier(&open.before, &open.behind);
                    let format = Rc::new(NumberFormat::plain(open.section));
                    self.formats.insert(open.name, format);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let name = start.name();
        let name = name.as_ref();
        if name == "style:style" {
            let attributes = Attributes::of(start)?;
            if attributes.get("style:family") == Some("table-cell")
                && let Some(own) = attributes.get("style:name")
            {
                let text = |key: &str| attributes.get(key).map(str::to_owned);
                let style = (
                    text("style:data-style-name"),
                    text("style:parent-style-name"),
                );
                self.cells.insert(own.to_owned(), style);
            }
            return Ok(());
        }
        let Some(part) = name.strip_prefix("number:") else {
            return Ok(());
        };
        if part.ends_with("-style") {
            let mut section = GENERAL.clone();
            section.percent = part == "percentage-style";
            self.open = Some(Open {
                name: Attributes::of(start)?
                    .take("style:name")
                    .unwrap_or_default(),
                section,
                before: String::new(),
                behind: String::new(),
                number: false,
                text: false,
            });
            return Ok(());
        }
        let Some(open) = self.open.as_mut() else {
            return Ok(());
        };
        let mut finest = |finest: Finest| {
            let before = open.section.finest.unwrap_or(Finest::Year);
            // A time beside a date adds nothing to the period.
            if finest != Finest::Time {
                let date = if before == Finest::Time {
                    finest
                } else {
                    before.max(finest)
                };
                open.section.finest = Some(date);
            } else if open.section.finest.is_none() {
                open.section.finest = Some(Finest::Time);
            }
        };
        match part {
            "text" => open.text = true,
            "year" => finest(Finest::Year),
            "month" => finest(Finest::Month),
            "day" | "day-of-week" => finest(Finest::Day),
            "hours" | "minutes" | "seconds" => finest(Finest::Time),
            "number" => {
                open.number = true;
                let attributes = Attributes::of(start)?;
                let number = |key: &str| {
                    attributes
                        .get(key)
                        .and_then(|text| text.parse::<i64>().ok())
                };
                if let Some(most) = number("number:decimal-places") {
                    let least = number("number:min-decimal-places").unwrap_or(most);
                    open.section.places = Some((least, most));
                }
                open.section.thousands = match attributes.get("number:display-factor") {
                    Some("1000") => 1,
                    Some("1000000") => 2,
                    Some("1000000000") => 3,
                    Some("1000000000000") => 4,
                    _ => 0,
                };
            }
            _ => {}
        }
        Ok(())
    }

    /// The number format of a cell style, its own or that of a style it is made from.
    fn format(&self, style: &str) -> Option<&Rc<NumberFormat>> {
        let mut name = style.to_owned();
        // Styles may be made from each other in a circle.
        for _ in 0..16 {
            let (format, parent) = self.cells.get(&name)?;
            if let Some(format) = format {
                return self.formats.get(format);
            }
            name = parent.clone()?;
        }
        None
    }
}

/// The sign that a reference in XML stands for: `amp`, `#xA0`.
fn referred(name: &str) -> Option<String> {
    let sign = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some(sign.to_string())
}

/// A cell of the row at hand, before it is repeated.
struct Written {
    column: u32,
    columns: u32,
    /// Cells that it covers, down and to the right.
    spans: (u32, u32),
    content: Content,
}

/// Reads a sheet. Gives the visitor's fault, if it has one.
fn table<E>(
    reader: &mut Sheets<'_>,
    styles: &Styles,
    visit: &mut dyn FnMut(Cell) -> Result<bool, E>,
) -> Result<Option<E>, Fault> {
    // The default styles of the columns: each with the first column behind those that have it.
    let mut columns: Vec<(u32, Option<String>)> = Vec::new();
    let (mut row, mut made) = (0_u32, 0_u64);
    loop {
        let Some(event) = reader.next()? else {
            return Err(cut_off());
        };
        match event {
            Event::Start(start) if start.name().as_ref() == "table:table-column" => {
                let attributes = Attributes::of(&start)?;
                let first = columns.last().map_or(0, |(end, _)| *end);
                let end = first.saturating_add(attributes.count("table:number-columns-repeated"));
                columns.push((end, attributes.take("table:default-cell-style-name")));
            }
            Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                let attributes = Attributes::of(&start)?;
                let repeated = attributes.count("table:number-rows-repeated");
                let default = attributes.take("table:default-cell-style-name");
                let written = self::row(reader, styles, &columns, default.as_deref())?;
                let rows = if written.is_empty() {
                    0
                } else {
                    repeated.min(MAX_ROWS.saturating_sub(row))
                };
                for offset in 0..rows {
                    for cell in &written {
                        for column in cell.column..cell.column + cell.columns {
                            made += 1;
                            if made > MAX_CELLS {
                                return Err(Fault::whole(
                                    format!(
                                        "the sheet has more than {MAX_CELLS} cells with content"
                                    ),
                                    "save the sheet as .csv, which may have any length",
                                ));
                            }
                            let at = Spot {
                                row: row + offset,
                                column,
                            };
                            let area = Area {
                                from: at,
                                to: Spot {
                                    row: at.row.saturating_add(cell.spans.0 - 1),
                                    column: column.saturating_add(cell.spans.1 - 1),
                                },
                            };
                            let content = cell.content.clone();
                            match visit(Cell { at, area, content }) {
                                Ok(true) => {}
                                Ok(false) => return Ok(None),
                                Err(fault) => return Ok(Some(fault)),
                            }
                        }
                    }
                }
                row = row.saturating_add(repeated);
            }
            Event::End(end) if end.name().as_ref() == "table:table" => return Ok(None),
            _ => {}
        }
    }
}

/// Reads the cells of a row that hold something.
fn row(
    reader: &mut Sheets<'_>,
    styles: &Styles,
    columns: &[(u32, Option<String>)],
    default: Option<&str>,
) -> Result<Vec<Written>, Fault> {
    let mut written = Vec::new();
    let mut column = 0_u32;
    loop {
        let Some(event) = reader.next()? else {
            return Err(cut_off());
        };
        match event {
            Event::Start(start)
                if matches!(
                    start.name().as_ref(),
                    "table:table-cell" | "table:covered-table-cell"
                ) =>
            {
                let covered = start.name().as_ref() == "table:covered-table-cell";
                let attributes = Attributes::of(&start)?;
                let text = text(reader)?;
                let repeated = attributes
                    .count("table:number-columns-repeated")
                    .min(MAX_COLUMNS.saturating_sub(column));
                let by_column = || {
                    let found = columns.iter().find(|(end, _)| column < *end)?;
                    found.1.as_deref()
                };
                let style = attributes
                    .get("table:style-name")
                    .or(default)
                    .or_else(by_column);
                let format = style.and_then(|style| styles.format(style));
                // What a merged cell hides is not what its reader sees.
                let content = if covered {
                    None
                } else {
                    content(&attributes, text, format)
                };
                if let Some(content) = content {
                    written.push(Written {
                        column,
                        columns: repeated,
                        spans: (
                            attributes.count("table:number-rows-spanned"),
                            attributes.count("table:number-columns-spanned"),
                        ),
                        content,
                    });
                }
                column += repeated;
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(written),
            _ => {}
        }
    }
}

/// Reads a cell to its end, and gives its paragraphs as a text. What stands in a note is left out.
fn text(reader: &mut Sheets<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    let (mut depth, mut hidden, mut paragraphs) = (0_u32, 0_u32, 0_u32);
    loop {
        let Some(event) = reader.next()? else {
            return Err(cut_off());
        };
        match event {
            Event::Start(start) => {
                depth += 1;
                let name = start.name();
                match name.as_ref() {
                    _ if hidden > 0 => {}
                    "office:annotation" | "table:table" | "draw:frame" => hidden = depth,
                    "text:p" => {
                        paragraphs += 1;
                        if paragraphs > 1 {
                            text.push('\n');
                        }
                    }
                    "text:s" => {
                        let count = Attributes::of(&start)?.count("text:c").min(1000);
                        text.extend(std::iter::repeat_n(
                            ' ',
                            usize::try_from(count).unwrap_or(1),
                        ));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => return Ok(text),
            Event::End(_) => {
                if hidden == depth {
                    hidden = 0;
                }
                depth -= 1;
            }
            Event::Text(words) if hidden == 0 && paragraphs > 0 => {
                text.push_str(&words.xml10_content());
            }
            Event::GeneralRef(entity) if hidden == 0 && paragraphs > 0 => {
                if let Some(sign) = referred(&entity.xml10_content()) {
                    text.push_str(&sign);
                }
            }
            _ => {}
        }
    }
}

/// What a cell holds; nothing where it is only painted.
fn content(
    attributes: &Attributes,
    text: String,
    format: Option<&Rc<NumberFormat>>,
) -> Option<Content> {
    let filled = |text: String| (!text.trim().is_empty()).then_some(Content::Text(text));
    if attributes.get("calcext:value-type") == Some("error") {
        // LibreOffice also shows errors by number: Err:502.
        let sign = if text.starts_with('#') { "" } else { "#" };
        return Some(Content::Text(format!("{sign}{text}")));
    }
    match attributes.get("office:value-type") {
        Some("float" | "percentage" | "currency") => {
            let number: f64 = attributes.get("office:value")?.parse().ok()?;
            let format = format.map_or_else(
                || {
                    let mut section = GENERAL.clone();
                    section.percent = attributes.get("office:value-type") == Some("percentage");
                    Rc::new(NumberFormat::plain(section))
                },
                Rc::clone,
            );
            Some(Content::Number(number, format))
        }
        Some("date") => {
            let written = attributes.get("office:date-value")?;
            let part = |from: usize, to: usize| written.get(from..to)?.parse::<u16>().ok();
            let small = |from: usize, to: usize| u8::try_from(part(from, to)?).ok();
            let day = part(0, 4).zip(small(5, 7)).zip(small(8, 10));
            let Some(((year, month), day)) = day else {
                return filled(written.to_owned());
            };
            let finest = format.and_then(|format| format.finest());
            filled(period(
                finest.unwrap_or(Finest::Day),
                (year, month, day),
                (small(11, 13).unwrap_or(0), small(14, 16).unwrap_or(0), 0),
            ))
        }
        Some("time") => filled(text),
        Some("boolean") => filled(attributes.get("office:boolean-value")?.to_lowercase()),
        Some("string") => {
            let own = attributes.get("office:string-value").map(str::to_owned);
            filled(own.filter(|own| !own.is_empty()).unwrap_or(text))
        }
        None if attributes.get("table:formula").is_some() && text.trim().is_empty() => {
            let formula = attributes.get("table:formula")?;
            // The language of the formula stands before it: `of:=[.B2]`.
            let formula = formula
                .split_once('=')
                .map_or(formula, |(_, formula)| formula);
            Some(Content::Formula(formula.to_owned()))
        }
        _ => filled(text),
    }
}
