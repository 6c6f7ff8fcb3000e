//! `manifest.json`: what was built, from what, and which facts each file shows. No clock and no absolute path, so that equal
//! input gives equal bytes.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use exhibit_core::export::{EventSummary, FactSummary};
use exhibit_facts::facts::Facts;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::brief::Brief;
use crate::outputs::Output;
use crate::record::{RecordError, Records};

/// The file's name in the output folder.
pub const NAME: &str = "manifest.json";

/// The identifier of the form; it changes when a field changes its meaning.
const SCHEMA: &str = "exhibit-manifest-1";

/// BLAKE3 of the faces inside the program, one after the other. A constant, as five megabytes are not hashed for each build;
/// a test holds it to the faces.
const FONTS: &str = "4a581ef143809b35ff4925f346122e3700701f740061a9664299f904fd7e8bb2";

/// The theme of every build so far.
const THEME: &str = "standard";

/// A manifest as it is written.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    made: Made<'a>,
    /// What two editions are compared by.
    facts: Vec<FactSummary<'a>>,
    events: Vec<EventSummary<'a>>,
    outputs: Vec<Line<'a>>,
}

/// From what, and by what: equal in two manifests whose files were made of the same.
#[derive(Serialize)]
struct Made<'a> {
    schema: &'static str,
    program: &'static str,
    theme: &'static str,
    fonts: &'static str,
    inputs: Vec<InputLine<'a>>,
}

#[derive(Serialize)]
struct InputLine<'a> {
    name: &'a str,
    role: &'static str,
    bytes: u64,
    blake3: &'a str,
}

/// What a manifest says of a file in the folder.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    /// Left there by a build before.
    Stays(Json),
    /// Written by this one.
    New {
        path: &'a str,
        bytes: usize,
        blake3: String,
        facts: &'a [String],
        sources: &'a [String],
    },
}

impl Brief {
    /// `manifest.json` of a build: what it built, from what, and which facts each file shows. It also lists what stays in the
    /// folder from the build before, whose manifest is `old`; `stays` tells which paths do. Where those were made from other
    /// input, their entries say `"stale": true`. Empty where the brief has errors.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection, manifest::Manifest};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let first = brief.manifest(&outputs, None, &|_| false);
    /// // The next build makes no file, and the slide of the first one stays.
    /// let old = Manifest::parse(first.as_bytes()).unwrap();
    /// let second = brief.manifest(&[], Some(&old), &|path| path.contains("@slide"));
    /// let entries = Manifest::parse(second.as_bytes()).unwrap().outputs;
    /// assert_eq!((entries.len(), entries[0].path.as_str()), (1, "charts/value@slide.svg"));
    /// ```
    #[must_use]
    pub fn manifest(
        &self,
        outputs: &[Output],
        old: Option<&Manifest>,
        stays: &dyn Fn(&str) -> bool,
    ) -> String {
        let facts = self.facts();
        facts.map_or_else(String::new, |facts| text(self, facts, outputs, old, stays))
    }
}

/// The manifest of a build: what it built, and what stays in the folder from the one before.
///
/// A build of single formats or exhibits leaves the others in place. Where they were made from other input, their entries say
/// `"stale": true`. `stays` tells which paths do.
fn text(
    brief: &Brief,
    facts: &Facts,
    outputs: &[Output],
    old: Option<&Manifest>,
    stays: &dyn Fn(&str) -> bool,
) -> String {
    let inputs = brief
        .files
        .iter()
        .enumerate()
        .map(|(index, file)| InputLine {
            name: &file.name,
            role: if index == 0 { "brief" } else { "data" },
            bytes: file.length,
            blake3: &file.digest,
        });
    let made = Made {
        schema: SCHEMA,
        program: concat!("exhibit ", env!("CARGO_PKG_VERSION")),
        theme: THEME,
        fonts: FONTS,
        inputs: inputs.collect(),
    };
    let mut lines: BTreeMap<&str, Line<'_>> = BTreeMap::new();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for output in outputs {
        let line = Line::New {
            path: &output.path,
            bytes: output.bytes.len(),
            blake3: digest(&output.bytes),
            facts: &output.shows.addresses,
            sources: &output.shows.sources,
        };
        shown.extend(output.shows.addresses.iter().map(String::as_str));
        lines.insert(&output.path, line);
    }
    if let Some(old) = old {
        let new = json!(made);
        let mut fields = new.as_object().into_iter().flatten();
        let same = fields.all(|(key, value)| old.json[key] == *value);
        for entry in old.outputs.iter().filter(|entry| stays(&entry.path)) {
            let btree_map::Entry::Vacant(free) = lines.entry(&entry.path) else {
                continue;
            };
            let mut json = entry.json.clone();
            if !same {
                json["stale"] = true.into();
            }
            shown.extend(entry.facts());
            free.insert(Line::Stays(json));
        }
    }
    let document = Document {
        made,
        facts: facts
            .facts
            .iter()
            .filter(|fact| shown.contains(fact.address.as_str()))
            .map(|fact| FactSummary::of(facts, fact))
            .collect(),
        events: facts
            .events
            .iter()
            .filter(|event| shown.contains(format!("event:{}", event.id).as_str()))
            .map(EventSummary::of)
            .collect(),
        outputs: lines.into_values().collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("plain fields");
    text.push('\n');
    text
}

/// The BLAKE3 digest of bytes: 64 hexadecimal digits in lower case.
///
/// ```
/// use exhibit::{Brief, manifest::digest};
/// let brief = Brief::article();
/// let file = &brief.files()[0];
/// assert_eq!(digest(file.bytes.as_ref().unwrap()), file.digest);
/// assert_eq!(file.digest.len(), 64);
/// ```
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A manifest that was found in a folder.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Manifest {
    json: Json,
    /// Its entries, by what is needed of them.
    pub outputs: Vec<ManifestEntry>,
}

/// A file that a manifest lists.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ManifestEntry {
    /// Where it is, from the output folder.
    pub path: String,
    /// The digest of what was written.
    pub digest: String,
    json: Json,
}

impl ManifestEntry {
    /// The addresses that the file shows: facts in the order of first mention, then events.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection, manifest::Manifest};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let manifest = Manifest::parse(brief.manifest(&outputs, None, &|_| false).as_bytes()).unwrap();
    /// assert!(manifest.outputs[0].facts().eq(&outputs[0].shows.addresses));
    /// ```
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        let facts = self.json["facts"].as_array().into_iter().flatten();
        facts.filter_map(Json::as_str)
    }
}

impl Manifest {
    /// Reads a manifest. `None` for bytes that are no manifest of this program, and for a path that leads out of the output folder.
    /// Nothing in such bytes can be trusted.
    ///
    /// ```
    /// use exhibit::{Brief, manifest::Manifest};
    /// let text = Brief::article().manifest(&[], None, &|_| false);
    /// assert!(Manifest::parse(text.as_bytes()).unwrap().outputs.is_empty());
    /// assert_eq!(Manifest::parse(b"{\"name\": \"another program\"}"), None);
    /// ```
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let json: Json = serde_json::from_slice(bytes).ok()?;
        if json["schema"] != SCHEMA {
            return None;
        }
        let outputs = json["outputs"]
            .as_array()?
            .iter()
            .map(|entry| {
                let path = entry["path"].as_str().filter(|path| is_output_path(path))?;
                Some(ManifestEntry {
                    path: path.to_owned(),
                    digest: entry["blake3"].as_str()?.to_owned(),
                    json: entry.clone(),
                })
            })
            .collect::<Option<Vec<ManifestEntry>>>()?;
        Some(Self { json, outputs })
    }

    /// The facts and events that the outputs show.
    ///
    /// # Errors
    /// [`RecordError`] where the manifest does not say what its facts are.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection, manifest::Manifest};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let manifest = Manifest::parse(brief.manifest(&outputs, None, &|_| false).as_bytes()).unwrap();
    /// let records = manifest.records().unwrap();
    /// assert!(records.facts.iter().any(|fact| fact.address.starts_with("value_per_vehicle[maker=Tesla]")));
    /// ```
    pub fn records(&self) -> Result<Records, RecordError> {
        Records::parse(self.json.clone())
    }

    /// The entry of a path. `None` where the manifest does not list the path.
    ///
    /// ```
    /// use exhibit::{Brief, Fonts, Selection, manifest::{Manifest, digest}};
    /// let mut brief = Brief::article();
    /// let outputs = brief.build(&Fonts::builtin(), &Selection::svg().only(["value"])).unwrap();
    /// let manifest = Manifest::parse(brief.manifest(&outputs, None, &|_| false).as_bytes()).unwrap();
    /// assert_eq!(manifest.entry("charts/value.svg").unwrap().digest, digest(&outputs[0].bytes));
    /// assert_eq!(manifest.entry("brief.pdf"), None);
    /// ```
    pub fn entry(&self, path: &str) -> Option<&ManifestEntry> {
        self.outputs.iter().find(|entry| entry.path == path)
    }
}

/// True for a path that a build may have written: a manifest is a file that anybody can edit, and it must not lead a build
/// to remove anything else.
///
/// ```
/// use exhibit::manifest::is_output_path;
/// assert!(is_output_path("charts/value@slide.svg"));
/// assert!(!is_output_path("charts/../notes.svg"));
/// ```
#[must_use]
pub fn is_output_path(path: &str) -> bool {
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
            assert!(is_output_path(path), "{path}");
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
            assert!(!is_output_path(path), "{path}");
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
