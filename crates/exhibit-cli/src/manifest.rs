//! `manifest.json`: what was built, from what, and which facts each file shows. No clock and no absolute path, so that equal
//! input gives equal bytes.

use std::collections::{BTreeMap, BTreeSet};

use exhibit_core::{Facts, export};
use serde_json::{Value as Json, json};

use crate::input::Input;
use crate::outputs::Output;
use crate::row::Rows;

/// The file's name in the output folder.
pub(crate) const NAME: &str = "manifest.json";

/// The identifier of the form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-manifest-1";

/// BLAKE3 of the faces inside the program, one after the other. A constant, as five megabytes are not hashed for each build;
/// a test holds it to the faces.
const FONTS: &str = "4a581ef143809b35ff4925f346122e3700701f740061a9664299f904fd7e8bb2";

/// The theme of every build so far.
const THEME: &str = "standard";

/// What a manifest says of each fact that an output shows: what two editions are compared by. Fields that are null are left out.
const FACT_FIELDS: &[&str] = &[
    "address",
    "qualifier",
    "approximate",
    "amount",
    "low",
    "high",
    "unit",
    "display",
    "status",
    "reason",
    "derived",
];

/// The same of each event.
const EVENT_FIELDS: &[&str] = &["id", "at", "label", "status"];

/// The manifest of a build: what it built, and what stays in the folder from the one before.
///
/// A build of single formats or exhibits leaves the others in place. Where they were made from other input, their entries say
/// `"stale": true`. `stays` tells which paths do.
pub(crate) fn text(
    input: &Input,
    facts: &Facts,
    outputs: &[Output],
    old: Option<&Manifest>,
    stays: &dyn Fn(&str) -> bool,
) -> String {
    let inputs: Vec<Json> = input
        .files
        .iter()
        .enumerate()
        .map(|(index, file)| {
            json!({
                "name": file.name,
                "role": if index == 0 { "brief" } else { "data" },
                "bytes": file.length,
                "blake3": file.digest,
            })
        })
        .collect();
    let mut manifest = json!({
        "schema": SCHEMA,
        "program": concat!("exhibit ", env!("CARGO_PKG_VERSION")),
        "theme": THEME,
        "fonts": FONTS,
        "inputs": inputs,
    });
    let mut entries: BTreeMap<&str, Json> = BTreeMap::new();
    if let Some(old) = old {
        let same = ["program", "theme", "fonts", "inputs"]
            .iter()
            .all(|key| old.json[key] == manifest[key]);
        for entry in old.outputs.iter().filter(|entry| stays(&entry.path)) {
            let mut json = entry.json.clone();
            if !same {
                json["stale"] = true.into();
            }
            entries.insert(&entry.path, json);
        }
    }
    for output in outputs {
        let entry = json!({
            "path": output.path,
            "bytes": output.bytes.len(),
            "blake3": digest(&output.bytes),
            "facts": output.shows.addresses,
            "sources": output.shows.sources,
        });
        entries.insert(&output.path, entry);
    }
    let entries: Json = entries.into_values().collect();
    let shown: BTreeSet<&str> = addresses(&entries).collect();
    let selection = export::Selection {
        fact: &|fact| shown.contains(fact.address.as_str()),
        event: &|event| shown.contains(format!("event:{}", event.id).as_str()),
    };
    let mut rows = export::json(facts, selection);
    for (list, fields) in [("facts", FACT_FIELDS), ("events", EVENT_FIELDS)] {
        manifest[list] = rows[list].take();
        for row in manifest[list].as_array_mut().into_iter().flatten() {
            if let Some(row) = row.as_object_mut() {
                row.retain(|field, value| fields.contains(&field.as_str()) && !value.is_null());
            }
        }
    }
    manifest["outputs"] = entries;
    format!("{manifest:#}\n")
}

/// Every address that entries list.
fn addresses(entries: &Json) -> impl Iterator<Item = &str> {
    let entries = entries.as_array().into_iter().flatten();
    entries
        .flat_map(|entry| entry["facts"].as_array().into_iter().flatten())
        .filter_map(Json::as_str)
}

/// BLAKE3 in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A manifest that was found in a folder.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manifest {
    json: Json,
    /// Its entries, by what we need of them.
    pub(crate) outputs: Vec<Entry>,
}

/// A file that a manifest lists.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Where it is, from the output folder.
    pub(crate) path: String,
    /// The digest of what was written.
    pub(crate) digest: String,
    json: Json,
}

impl Entry {
    /// The addresses that the file shows.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &str> {
        let facts = self.json["facts"].as_array().into_iter().flatten();
        facts.filter_map(Json::as_str)
    }
}

impl Manifest {
    /// Reads a manifest. `None` if the bytes are not one that this program wrote: then nothing it says can be trusted.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let json: Json = serde_json::from_slice(bytes).ok()?;
        if json["schema"] != SCHEMA {
            return None;
        }
        let outputs = json["outputs"]
            .as_array()?
            .iter()
            .map(|entry| {
                let path = entry["path"].as_str().filter(|path| is_ours(path))?;
                Some(Entry {
                    path: path.to_owned(),
                    digest: entry["blake3"].as_str()?.to_owned(),
                    json: entry.clone(),
                })
            })
            .collect::<Option<Vec<Entry>>>()?;
        Some(Self { json, outputs })
    }

    /// The facts and events that its outputs show.
    ///
    /// # Errors
    /// What they lack, in the words of the JSON reader.
    pub(crate) fn rows(&self) -> Result<Rows, String> {
        Rows::parse(self.json.clone())
    }

    /// The entry of a path.
    pub(crate) fn entry(&self, path: &str) -> Option<&Entry> {
        self.outputs.iter().find(|entry| entry.path == path)
    }
}

/// True for a path that a build may have written: a manifest is a file that anybody can edit, and it must not lead a build
/// to remove anything else.
pub(crate) fn is_ours(path: &str) -> bool {
    let (name, kinds): (&str, &[&str]) = match path.strip_prefix("charts/") {
        Some(name) => (name, &[".svg", ".png"]),
        None => (path, &[".pdf"]),
    };
    !name.starts_with('.')
        && !name.contains(['/', '\\', '\0'])
        && kinds.iter().any(|kind| name.ends_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_the_faces_is_theirs() {
        let mut hasher = blake3::Hasher::new();
        for (_, face) in exhibit_scene::Fonts::builtin().faces() {
            hasher.update(face.bytes);
        }
        assert_eq!(
            hasher.finalize().to_hex().as_str(),
            FONTS,
            "the faces have changed: write their digest into FONTS"
        );
    }

    #[test]
    fn a_manifest_leads_nowhere_else() {
        for path in ["brief.pdf", "charts/a.svg", "charts/a@slide.png"] {
            assert!(is_ours(path), "{path}");
        }
        for path in [
            "../brief.pdf",
            "/etc/a.pdf",
            "charts/../a.svg",
            "charts/a.txt",
            "a.svg",
            "charts/.svg",
            "c:\\a.pdf",
            "",
        ] {
            assert!(!is_ours(path), "{path}");
        }
    }

    #[test]
    fn what_is_no_manifest_is_none() {
        let path = |path: &str| {
            format!(r#"{{"schema": "{SCHEMA}", "outputs": [{{"path": "{path}", "blake3": "0"}}]}}"#)
        };
        assert!(Manifest::parse(path("brief.pdf").as_bytes()).is_some());
        assert!(Manifest::parse(path("../brief.pdf").as_bytes()).is_none());
        for text in ["", "{}", "[]", r#"{"name": "a web app"}"#] {
            assert!(Manifest::parse(text.as_bytes()).is_none(), "{text}");
        }
    }
}
