//! The checker itself: each way to spoil a sound file is found.

use exhibit_scene::Fonts;
use exhibit_tests::documents;
use exhibit_tests::pdf::check;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// What the checker says of the sample after a change to its objects.
fn problems(spoil: &dyn Fn(&mut Document)) -> Vec<String> {
    let fonts = Fonts::builtin();
    let bytes = exhibit_pdf::write(&documents::composed(&fonts), &fonts);
    let mut document = Document::load_mem(&bytes).expect("a PDF");
    spoil(&mut document);
    let mut spoilt = Vec::new();
    document
        .save_to(&mut spoilt)
        .expect("a Vec takes every byte");
    check(&spoilt).problems
}

/// The first dictionary with this value for a key.
fn find(document: &Document, key: &[u8], value: &[u8]) -> ObjectId {
    let is = |object: &Object| {
        let dictionary = object.as_dict().ok();
        let found = dictionary.and_then(|dictionary| dictionary.get(key).ok());
        found.and_then(|name| name.as_name().ok()) == Some(value)
    };
    let found = document.objects.iter().find(|(_, object)| is(object));
    *found.expect("the sample has one").0
}

fn change(document: &mut Document, id: ObjectId, change: impl FnOnce(&mut Dictionary)) {
    let object = document.objects.get_mut(&id).expect("it is there");
    change(object.as_dict_mut().expect("a dictionary"));
}

#[test]
fn an_untouched_file_has_no_problems() {
    assert_eq!(problems(&|_| {}), Vec::<String>::new());
}

#[test]
fn each_loss_is_found() {
    // The key and value of a dictionary, the key that goes, and what is said then.
    for (key, value, gone, words) in [
        ("S", "Figure", "Alt", "no Alt"),
        ("S", "Figure", "A", "no BBox"),
        ("S", "TH", "A", "no Scope"),
        ("S", "Note", "ID", "no ID"),
        ("S", "L", "A", "how it counts"),
        ("S", "Link", "K", "hang in no element"),
        ("S", "P", "P", "its parent"),
        ("Subtype", "Link", "Contents", "no Contents"),
        ("Subtype", "Link", "F", "does not print"),
        ("Subtype", "Link", "Border", "a border"),
        ("Subtype", "Link", "StructParent", "no StructParent"),
        ("Type", "Catalog", "Lang", "no Lang"),
        ("Type", "Catalog", "MarkInfo", "not Marked"),
        ("Type", "Catalog", "ViewerPreferences", "no title"),
        ("Type", "Catalog", "OutputIntents", "output intent"),
        ("Type", "Catalog", "Metadata", "no plain XMP"),
        ("Type", "Catalog", "StructTreeRoot", "no structure tree"),
        ("Type", "Catalog", "AF", "associated"),
        ("Type", "Catalog", "Names", "leads nowhere"),
        ("Type", "Page", "Tabs", "tab order"),
        ("Type", "Page", "StructParents", "names another element"),
        ("Type", "Filespec", "Desc", "not described"),
        ("Type", "Filespec", "AFRelationship", "no relationship"),
        ("Type", "FontDescriptor", "FontFile2", "not embedded"),
        ("Subtype", "Type0", "ToUnicode", "no ToUnicode"),
        (
            "Type",
            "StructTreeRoot",
            "ParentTree",
            "names another element",
        ),
        ("Type", "StructTreeRoot", "IDTree", "differs from the IDs"),
        ("Type", "Outlines", "Count", "counts wrong"),
    ] {
        let found = problems(&|document| {
            let id = find(document, key.as_bytes(), value.as_bytes());
            change(document, id, |dictionary| {
                let lost = dictionary.remove(gone.as_bytes());
                assert!(lost.is_some(), "{value} has no {gone}");
            });
        });
        assert!(
            found.iter().any(|problem| problem.contains(words)),
            "{value} without {gone}: {found:?}"
        );
    }
}

#[test]
fn each_addition_is_found() {
    for (key, words) in [
        ("OpenAction", "the key OpenAction"),
        ("AA", "the key AA"),
        ("OCProperties", "the key OCProperties"),
        ("AcroForm", "the key AcroForm"),
    ] {
        let found = problems(&|document| {
            let id = find(document, b"Type", b"Catalog");
            change(document, id, |catalog| catalog.set(key, Dictionary::new()));
        });
        assert!(
            found.iter().any(|problem| problem.contains(words)),
            "{found:?}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_content_stream_is_found() {
    for (old, new, words) in [
        ("/Artifact<</Type", "/Artifact<</Typo", "no type"),
        ("/MCID 1>>", "/MCID 0>>", "one number"),
        ("/MCID 2>>", "/MCID 99>>", "have gaps"),
        ("/P<</MCID 0>>BDC\n", "", "neither content nor artifact"),
        ("BT\n", "", "outside a text object"),
        ("ET\n", "", "begins inside another"),
        ("[(\0", "[(", "half a code"),
        ("/F0 ", "/F9 ", "is no resource"),
        (" rg\n", " rg\n0 i\n", "none of ours"),
    ] {
        let found = problems(&|document| {
            let page = document.get_pages()[&1];
            let content = document.get_page_content(page);
            // Byte for byte: codes of glyphs are no text.
            let text: String = content.into_iter().map(char::from).collect();
            // The first page begins with a heading; whatever tag comes first does.
            let old = if old.starts_with("/P<<") {
                let start = text.find("<</MCID 0>>BDC\n").expect("a sequence");
                let name = text[..start].rfind('/').expect("its tag");
                text[name..start].to_owned() + "<</MCID 0>>BDC\n"
            } else {
                old.to_owned()
            };
            assert!(text.contains(&old), "{old}");
            let spoilt = text.replacen(&old, new, 1);
            let bytes = spoilt.chars().map(|ch| u8::try_from(ch).expect("a byte"));
            let changed = document.change_page_content(page, bytes.collect());
            changed.expect("the page has content");
        });
        assert!(
            found.iter().any(|problem| problem.contains(words)),
            "{old:?} to {new:?}: {found:?}"
        );
    }
}
