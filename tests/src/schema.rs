//! A small reader of JSON Schema (draft 2020-12): as much of it as our schemas use. A keyword that it does not know is a
//! failure, so that none is there for show.

use serde_json::Value;

/// What of a value a schema forbids, each with its place in the value.
///
/// ```
/// use serde_json::json;
/// let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b"]});
/// let faults = exhibit_tests::schema::faults(&schema, &json!({"a": 1}));
/// assert_eq!(faults, ["/a: 1 is no string", ": b is missing"]);
/// ```
///
/// # Panics
/// When the schema has a keyword, a type or a pattern that is not known here.
#[must_use]
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Check {
        root: schema,
        found: &mut found,
    }
    .check(schema, value, "");
    found
}

struct Check<'a> {
    root: &'a Value,
    found: &'a mut Vec<String>,
}

impl Check<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        let schema = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return self.fault(at, format!("{value} may not be here")),
            other => other.as_object().expect("a schema is an object or a flag"),
        };
        for (keyword, said) in schema {
            match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" => {}
                "$ref" => {
                    let path = said.as_str().and_then(|path| path.strip_prefix('#'));
                    let target = path.and_then(|path| self.root.pointer(path));
                    let target = target.unwrap_or_else(|| panic!("{said} leads nowhere"));
                    self.check(&target.clone(), value, at);
                }
                "type" => {
                    let types = said
                        .as_array()
                        .map_or(std::slice::from_ref(said), Vec::as_slice);
                    if !types.iter().any(|kind| is(kind, value)) {
                        let names: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
                        self.fault(at, format!("{value} is no {}", names.join(" or ")));
                    }
                }
                "const" => self.must(at, value == said, || format!("{value} is not {said}")),
                "enum" => {
                    let allowed = said.as_array().expect("a list");
                    self.must(at, allowed.contains(value), || {
                        format!("{value} is none of {said}")
                    });
                }
                "minimum" => {
                    let low = value.as_f64() < said.as_f64();
                    self.must(at, !value.is_number() || !low, || {
                        format!("{value} is below {said}")
                    });
                }
                "minLength" => {
                    let length = value.as_str().map(|text| text.chars().count() as u64);
                    let short = length.is_some_and(|length| Some(length) < said.as_u64());
                    self.must(at, !short, || format!("{value} is too short"));
                }
                "maxItems" => {
                    let length = value.as_array().map(|list| list.len() as u64);
                    let long = length.is_some_and(|length| Some(length) > said.as_u64());
                    self.must(at, !long, || format!("{value} is too long"));
                }
                "uniqueItems" => {
                    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
                    let twice = (1..list.len()).any(|index| list[..index].contains(&list[index]));
                    self.must(at, !twice, || format!("{value} has an item twice"));
                }
                "pattern" => {
                    let fits = value.as_str().is_none_or(|text| fits(said, text));
                    self.must(at, fits, || format!("{value} does not fit {said}"));
                }
                "required" => {
                    for name in said
                        .as_array()
                        .expect("a list")
                        .iter()
                        .filter_map(Value::as_str)
                    {
                        let has = value
                            .as_object()
                            .is_none_or(|object| object.contains_key(name));
                        self.must(at, has, || format!("{name} is missing"));
                    }
                }
                "properties" => {
                    for (name, schema) in said.as_object().expect("an object") {
                        if let Some(value) = value.get(name) {
                            self.check(schema, value, &format!("{at}/{name}"));
                        }
                    }
                }
                "additionalProperties" => {
                    let known = schema.get("properties").and_then(Value::as_object);
                    for (name, value) in value.as_object().into_iter().flatten() {
                        if known.is_none_or(|known| !known.contains_key(name)) {
                            self.check(said, value, &format!("{at}/{name}"));
                        }
                    }
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(said, item, &format!("{at}/{index}"));
                    }
                }
                "allOf" => {
                    for schema in said.as_array().expect("a list") {
                        self.check(schema, value, at);
                    }
                }
                "if" => {
                    let mut found = Vec::new();
                    let root = self.root;
                    Check {
                        root,
                        found: &mut found,
                    }
                    .check(said, value, at);
                    let branch = if found.is_empty() { "then" } else { "else" };
                    if let Some(schema) = schema.get(branch) {
                        self.check(schema, value, at);
                    }
                }
                "then" | "else" => assert!(schema.contains_key("if"), "`{keyword}` without `if`"),
                other => panic!("`{other}` is not known here"),
            }
        }
    }

    fn must(&mut self, at: &str, holds: bool, why: impl FnOnce() -> String) {
        if !holds {
            self.fault(at, why());
        }
    }

    fn fault(&mut self, at: &str, why: String) {
        self.found.push(format!("{at}: {why}"));
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type's name") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the type {other} is not known here"),
    }
}

/// The patterns that our schemas have, by hand: two do not ask for a library.
fn fits(pattern: &Value, text: &str) -> bool {
    match pattern.as_str().expect("a pattern is a text") {
        "@" => text.contains('@'),
        r"^-?[0-9]+(\.[0-9]+)?$" => {
            let digits =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.strip_prefix('-').unwrap_or(text);
            match number.split_once('.') {
                Some((whole, part)) => digits(whole) && digits(part),
                None => digits(number),
            }
        }
        other => panic!("the pattern {other} is not known here"),
    }
}
