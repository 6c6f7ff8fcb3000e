//! Frictionless Data Packages, versions 1 and 2: `datapackage.json` says who made a table, and how its file is written.
//!
//! What a data set says itself stands before what a package says. A package may name files of its own folder alone.

use exhibit_facts::period::Period;
use exhibit_facts::span::Span;
use serde_json::Value;

use crate::model::{AtPlace, Format, SourceModel, Spanned, TableModel, Text};

/// What is wrong with a package, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackageError {
    /// What is wrong.
    pub reason: String,
    /// The way out.
    pub help: String,
}

fn refused<T>(reason: impl Into<String>, help: impl Into<String>) -> Result<T, PackageError> {
    Err(PackageError {
        reason: reason.into(),
        help: help.into(),
    })
}

/// A package that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    root: Value,
    /// The folder of its file, as the data set names it; empty for the folder of the brief.
    folder: String,
}

/// What a package says of itself as a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub licence: Option<String>,
    pub url: Option<String>,
    pub published: Option<Period>,
}

/// A table of a package: its file, and how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resource {
    /// The file, relative to the folder of the brief.
    pub file: String,
    /// The format, where the package names it: `csv`.
    pub format: Option<String>,
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
    pub comment: Option<String>,
    /// Lines before the head.
    pub skip: Option<u64>,
    pub sheet: Option<String>,
    /// Cells that say that there is no number, with the reason, if any.
    pub missing: Vec<(String, Option<String>)>,
    pub fields: Vec<Field>,
}

/// A column, as a package describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    pub name: String,
    pub decimal: Option<String>,
    pub group: Option<String>,
    /// The format of a date, such as `%d/%m/%Y`.
    pub format: Option<String>,
    /// Marks of this column alone.
    pub missing: Vec<(String, Option<String>)>,
}

impl About {
    /// Adds what the author of a source has not said, at the place that names the package.
    pub(crate) fn add_to(self, source: &mut SourceModel, span: Span) {
        let text = |raw: Option<String>| raw.map(|raw| Text { raw, span });
        if source.title.raw.is_empty() {
            source.title.raw = self.title.unwrap_or_else(|| "Data package".to_owned());
        }
        let fill = |own: &mut Option<Text>, said: Option<String>| {
            if own.is_none() {
                *own = text(said);
            }
        };
        fill(&mut source.author, self.author);
        fill(&mut source.publisher, self.publisher);
        fill(&mut source.licence, self.licence);
        fill(&mut source.url, self.url);
        if source.published.is_none() {
            source.published = self.published.map(|value| Spanned { value, span });
        }
    }
}

impl Resource {
    /// Adds to a table what its author has not said.
    ///
    /// # Errors
    /// A format or a sign that is not read.
    pub(crate) fn describe(self, table: &mut TableModel) -> Result<(), PackageError> {
        if table
            .package
            .as_ref()
            .is_some_and(|package| !package.format_is_said)
        {
            let ending = self
                .file
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let known = |name: &str| match name {
                "csv" | "txt" => Some(Format::Csv),
                "tsv" | "tab" => Some(Format::Tsv),
                "json" => Some(Format::Json),
                "xlsx" | "xlsm" | "ods" => Some(Format::Book),
                "parquet" => Some(Format::Parquet),
                _ => None,
            };
            let format = self
                .format
                .as_deref()
                .and_then(known)
                .or_else(|| known(&ending));
            let Some(format) = format else {
                return refused(
                    format!("the format of `{}` is not read", self.file),
                    "save the table as .csv, .tsv, .json, .xlsx, .ods or .parquet, or write `format:`",
                );
            };
            table.format = format;
        }
        table.file.raw = self.file;
        let dialect = &mut table.dialect;
        let one = |text: &str| {
            u8::try_from(text.chars().next()?)
                .ok()
                .filter(|_| text.len() == 1)
        };
        if let Some(delimiter) = &self.delimiter
            && dialect.separator.is_none()
        {
            let Some(sign) = one(delimiter) else {
                return refused(
                    format!("the separator `{delimiter}` is more than one sign"),
                    "save the table with one sign between the cells",
                );
            };
            dialect.separator = Some(sign);
        }
        dialect.encoding = dialect.encoding.take().or(self
            .encoding
            .map(|name| name.to_ascii_lowercase())
            .filter(|name| crate::table::is_encoding(name)));
        dialect.comment = dialect.comment.take().or(self.comment);
        if dialect.skip == 0 {
            dialect.skip = self.skip.unwrap_or(0);
        }
        if table.book.sheet.is_none() {
            table.book.sheet = self.sheet;
        }
        let value = table.value.as_ref().map(|value| value.raw.as_str());
        let field = self
            .fields
            .iter()
            .find(|field| Some(field.name.as_str()) == value);
        // A wide table has its numbers in many columns, which are written alike.
        let field = field.or_else(|| {
            let wide = table.wide.is_some();
            self.fields
                .iter()
                .find(|field| wide && (field.decimal.is_some() || field.group.is_some()))
        });
        if let Some(field) = field {
            let sign = |text: &Option<String>| text.as_ref().and_then(|text| text.chars().next());
            dialect.decimal = dialect.decimal.or(sign(&field.decimal));
            dialect.thousands = dialect.thousands.or(sign(&field.group));
        }
        let own = field.into_iter().flat_map(|field| &field.missing);
        for (mark, reason) in self.missing.iter().chain(own) {
            if !dialect.na.iter().any(|(known, _)| known == mark) {
                dialect.na.push((mark.clone(), reason.clone()));
            }
        }
        if let AtPlace::Column(column) = &table.at.place
            && table.at.formats.is_empty()
        {
            let field = self.fields.iter().find(|field| field.name == column.raw);
            table
                .at
                .formats
                .extend(field.and_then(|field| field.format.clone()));
        }
        Ok(())
    }
}

impl Package {
    /// Reads a package from the text of its file. `file` is the name of the file, as the data set names it.
    ///
    /// # Errors
    /// The text is no package.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, PackageError> {
        let text = text.trim_start_matches('\u{feff}');
        let root: Value = match serde_json::from_str(text) {
            Ok(root) => root,
            Err(error) => {
                return refused(
                    format!("the package is no JSON: {error}"),
                    "choose the file `datapackage.json` of a Data Package",
                );
            }
        };
        if !root["resources"].is_array() {
            return refused(
                "the package has no list `resources`",
                "choose the file `datapackage.json` of a Data Package",
            );
        }
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(Self {
            root,
            folder: folder.to_owned(),
        })
    }

    /// The package as a source.
    pub(crate) fn about(&self) -> About {
        let root = &self.root;
        let people = |roles: &[&str]| {
            let names: Vec<String> = list(&root["contributors"])
                .filter(|one| plays(one, roles))
                .filter_map(|one| words(&one["title"]).or_else(|| words(&one["name"])))
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let first = |key: &str| list(&root[key]).next().cloned().unwrap_or(Value::Null);
        let (source, licence) = (first("sources"), first("licenses"));
        // A package that somebody else made of a source is credited to the source.
        let publisher = people(&["publisher"])
            .or_else(|| words(&source["title"]))
            .or_else(|| words(&source["name"]))
            .or_else(|| people(&["wrangler", "maintainer", "contributor"]));
        About {
            title: words(&root["title"]).or_else(|| words(&root["name"])),
            author: people(&["author", "creator"]),
            publisher,
            licence: Self::licence_of(&licence, root),
            url: words(&root["homepage"])
                .or_else(|| words(&source["path"]))
                .or_else(|| words(&source["web"]))
                .filter(|url| url.starts_with("http")),
            published: words(&root["created"])
                .and_then(|created| Period::parse(created.get(..10).unwrap_or(&created))),
        }
    }

    /// The licence, by title, else by name; old packages have `license`, a text or an object.
    fn licence_of(first: &Value, root: &Value) -> Option<String> {
        let old = [&root["license"], &root["licence"]];
        words(&first["title"])
            .or_else(|| words(&first["name"]))
            .or_else(|| words(&first["type"]))
            .or_else(|| {
                old.iter()
                    .find_map(|one| words(one).or_else(|| words(&one["name"])))
            })
    }

    /// A table of the package; the only one where none is named. `load` gives the text of a further file of the package.
    ///
    /// # Errors
    /// There is no such table, it cannot be read as the package describes it, or its file lies outside the package.
    pub(crate) fn resource(
        &self,
        wanted: Option<&str>,
        load: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Result<Resource, PackageError> {
        let all: Vec<&Value> = list(&self.root["resources"]).collect();
        let name = |one: &Value| words(&one["name"]).unwrap_or_default();
        let names: Vec<String> = all.iter().map(|one| name(one)).collect();
        let found = match wanted {
            Some(wanted) => all.iter().find(|one| name(one) == wanted),
            None if all.len() == 1 => all.first(),
            None => None,
        };
        let Some(one) = found else {
            let list = names.join(", ");
            return match wanted {
                Some(wanted) => refused(
                    format!("the package has no resource `{wanted}`"),
                    crate::diag::nearest(wanted, names.iter().map(String::as_str)).map_or_else(
                        || format!("the resources are: {list}"),
                        |near| format!("did you mean `{near}`?"),
                    ),
                ),
                None => refused(
                    format!("the package has {} resources", all.len()),
                    format!("add `resource:` with one of: {list}"),
                ),
            };
        };
        let path = match &one["path"] {
            Value::String(path) => path.clone(),
            Value::Array(paths) if paths.len() == 1 => words(&paths[0]).unwrap_or_default(),
            Value::Array(_) => {
                return refused(
                    "the resource is split into several files",
                    "join the files, and name the result by `file:`",
                );
            }
            _ => {
                return refused(
                    "the resource names no file",
                    "save the rows in a file, and name it by `path` in the package",
                );
            }
        };
        if words(&one["compression"]).is_some_and(|kind| kind != "no") {
            return refused(
                "the file is compressed",
                "unpack the file, and correct the package",
            );
        }
        let mut part = |value: &Value| -> Result<Value, PackageError> {
            let Some(file) = value.as_str() else {
                return Ok(value.clone());
            };
            let file = self.inside(file)?;
            let text = load(&file).map_err(|why| PackageError {
                reason: format!("`{file}`, a part of the package, cannot be read: {why}"),
                help: "complete the package, or name the table by `file:`".to_owned(),
            })?;
            serde_json::from_str(&text).map_err(|error| PackageError {
                reason: format!("`{file}`, a part of the package, is no JSON: {error}"),
                help: "correct the file".to_owned(),
            })
        };
        let (dialect, schema) = (part(&one["dialect"])?, part(&one["schema"])?);
        let resource = Resource {
            file: self.inside(&path)?,
            format: words(&one["format"]).map(|format| format.to_ascii_lowercase()),
            encoding: words(&one["encoding"]),
            fields: list(&schema["fields"]).map(field).collect(),
            missing: marks(&schema["missingValues"]),
            ..Resource::default()
        };
        with_dialect(resource, &dialect)
    }

    /// A file of the package, as the data set would name it.
    fn inside(&self, path: &str) -> Result<String, PackageError> {
        let out = path.contains("://")
            || path.starts_with(['/', '\\', '~'])
            || path.as_bytes().get(1) == Some(&b':')
            || path.split(['/', '\\']).any(|part| part == "..");
        if out || path.trim().is_empty() {
            return refused(
                format!("`{path}` lies outside the folder of the package"),
                "save the file in the folder of the package, and correct `path`",
            );
        }
        Ok(if self.folder.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.folder)
        })
    }
}

/// Adds what a dialect says.
fn with_dialect(mut resource: Resource, dialect: &Value) -> Result<Resource, PackageError> {
    let quote = words(&dialect["quoteChar"]).filter(|quote| quote != "\"");
    if let Some(quote) = quote {
        return refused(
            format!("the cells of the file stand between `{quote}`, and only `\"` is read"),
            "save the file with quotation marks of the usual kind",
        );
    }
    if dialect["header"] == Value::Bool(false) {
        return refused(
            "the file has no head",
            "write the names of the columns into the first line, and remove `header: false`",
        );
    }
    let rows: Vec<u64> = list(&dialect["headerRows"])
        .filter_map(Value::as_u64)
        .collect();
    if rows.len() > 1 {
        return refused(
            "the head of the file has several lines",
            "write one head, and remove `headerRows`",
        );
    }
    resource.skip = rows.first().and_then(|row| row.checked_sub(1));
    resource.delimiter = words(&dialect["delimiter"]);
    resource.comment = words(&dialect["commentChar"]);
    resource.sheet = words(&dialect["sheetName"]).or_else(|| {
        dialect["sheetNumber"]
            .as_u64()
            .map(|number| number.to_string())
    });
    Ok(resource)
}

/// A column, as a schema describes it.
fn field(one: &Value) -> Field {
    Field {
        name: words(&one["name"]).unwrap_or_default(),
        decimal: words(&one["decimalChar"]),
        group: words(&one["groupChar"]),
        format: words(&one["format"]).filter(|format| format.contains('%')),
        missing: marks(&one["missingValues"]),
    }
}

/// Cells without a number: texts, or in version 2 objects with a label.
fn marks(value: &Value) -> Vec<(String, Option<String>)> {
    list(value)
        .filter_map(|one| match one {
            Value::String(mark) => Some((mark.clone(), None)),
            other => Some((other["value"].as_str()?.to_owned(), words(&other["label"]))),
        })
        .filter(|(mark, _)| !mark.trim().is_empty())
        .collect()
}

/// The entries of a list; none for anything else.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text that says something.
fn words(value: &Value) -> Option<String> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Whether a contributor has one of these roles; version 1 has `role`, version 2 `roles`.
fn plays(contributor: &Value, roles: &[&str]) -> bool {
    let fits = |role: &Value| role.as_str().is_some_and(|role| roles.contains(&role));
    fits(&contributor["role"])
        || list(&contributor["roles"]).any(fits)
        || (roles.contains(&"contributor")
            && contributor["role"].is_null()
            && contributor["roles"].is_null())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(text: &str) -> Package {
        Package::parse("data/co2/datapackage.json", text).expect("a package")
    }

    fn resource(text: &str) -> Result<Resource, String> {
        package(text)
            .resource(None, &mut |file| Err(format!("{file} is missing")))
            .map_err(|error| error.reason)
    }

    #[test]
    fn both_versions_name_their_makers() {
        let first = package(
            r#"{"name": "co2", "license": "ODC-PDDL-1.0", "sources": [{"name": "NOAA", "web": "https://noaa.gov"}], "resources": []}"#,
        );
        assert_eq!(
            first.about(),
            About {
                title: Some("co2".to_owned()),
                publisher: Some("NOAA".to_owned()),
                licence: Some("ODC-PDDL-1.0".to_owned()),
                url: Some("https://noaa.gov".to_owned()),
                ..About::default()
            }
        );
        let second = package(
            r#"{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "title": "CO2", "homepage": "https://example.org",
                "created": "2024-06-30T10:00:00Z", "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
                "contributors": [{"title": "A. Author", "roles": ["author"]}, {"title": "The Office", "roles": ["publisher"]}], "resources": []}"#,
        );
        let about = second.about();
        assert_eq!(about.author.as_deref(), Some("A. Author"));
        assert_eq!(about.publisher.as_deref(), Some("The Office"));
        assert_eq!(
            about.licence.as_deref(),
            Some("Creative Commons Attribution 4.0")
        );
        assert_eq!(about.published, Period::parse("2024-06-30"));
    }

    #[test]
    fn files_stay_in_the_package() {
        let path = |path: &str| {
            resource(&format!(
                r#"{{"resources": [{{"name": "a", "path": {path}}}]}}"#
            ))
        };
        assert_eq!(
            path(r#""rows/a.csv""#).map(|one| one.file),
            Ok("data/co2/rows/a.csv".to_owned())
        );
        assert_eq!(
            path(r#"["a.csv"]"#).map(|one| one.file),
            Ok("data/co2/a.csv".to_owned())
        );
        for out in [
            "../a.csv",
            "/etc/a.csv",
            "b/../../a.csv",
            "https://example.org/a.csv",
            "C:\\\\a.csv",
            "..\\\\a.csv",
            "~/a.csv",
        ] {
            let reason = path(&format!("\"{out}\"")).expect_err(out);
            assert!(
                reason.contains("outside the folder of the package"),
                "{reason}"
            );
        }
        assert!(
            path(r#"["a.csv", "b.csv"]"#)
                .expect_err("two")
                .contains("several files")
        );
        assert!(path("null").expect_err("none").contains("names no file"));
    }

    #[test]
    fn dialects_and_schemas_are_read() {
        let one = resource(
            r##"{"resources": [{"name": "a", "path": "a.csv", "encoding": "windows-1252", "dialect": {"delimiter": ";", "headerRows": [3], "commentChar": "#"},
                "schema": {"missingValues": ["", "-99"], "fields": [{"name": "day", "type": "date", "format": "%d.%m.%Y"},
                {"name": "value", "type": "number", "decimalChar": ",", "groupChar": ".", "missingValues": [{"value": "-9", "label": "not asked"}]}]}}]}"##,
        )
        .expect("a table");
        assert_eq!(
            (one.delimiter.as_deref(), one.skip, one.comment.as_deref()),
            (Some(";"), Some(2), Some("#"))
        );
        assert_eq!(one.missing, [("-99".to_owned(), None)]);
        assert_eq!(one.fields[0].format.as_deref(), Some("%d.%m.%Y"));
        assert_eq!(
            one.fields[1].missing,
            [("-9".to_owned(), Some("not asked".to_owned()))]
        );
        let quoted = resource(
            r#"{"resources": [{"name": "a", "path": "a.csv", "dialect": {"quoteChar": "'"}}]}"#,
        );
        assert!(quoted.expect_err("quotes").contains("stand between `'`"));
        let apart =
            resource(r#"{"resources": [{"name": "a", "path": "a.csv", "schema": "schema.json"}]}"#);
        assert!(
            apart
                .expect_err("a missing part")
                .contains("data/co2/schema.json")
        );
    }
}
